import {registerTranslation} from '@shoelace-style/localize';
import type {Terms} from './en.js';

/** Simplified Chinese, for every Chinese that a page asks for. Registers itself. */
export const zhCN: Terms = {
  $code: 'zh',
  $name: '简体中文',
  $dir: 'ltr',

  registered: '已注册',
  registering: '正在注册…',
  unregistered: '未注册',
  rejected: '注册被拒绝',
  connecting: '正在连接…',
  reconnecting: '正在重新连接…',
  disconnected: '未连接',

  number: '号码',
  keypad: '拨号键盘',
  deleteDigit: '删除',
  call: '呼叫',
  audioCall: '语音呼叫',
  videoCall: '视频呼叫',
  calling: '正在呼叫…',
  cancel: '取消',
  dismiss: '关闭',
  connect: '连接',
  tryAgain: '重试',
  serverPage: '打开服务器页面',

  incomingAudio: '语音来电',
  incomingVideo: '视频来电',
  answer: '接听',
  answerAudio: '语音接听',
  answerVideo: '视频接听',
  decline: '拒接',

  ringing: '振铃中…',
  connected: '通话中',
  mute: '静音',
  unmute: '取消静音',
  hold: '保持',
  unhold: '恢复',
  held: '已保持',
  cameraOff: '关闭摄像头',
  cameraOn: '打开摄像头',
  hangup: '挂断',
  notYet: '通话建立后可用',
  remoteHeld: '对方已保持通话',
  callWith: (name) => `与 ${name} 的通话`,
  picture: (name) => `${name} 的画面`,
  ownPicture: '本地画面',
  unknown: '未知号码',

  suspect: '网络不稳定',
  recovering: '正在恢复通话…',
  failed: '音视频中断',

  enableSound: '开启声音',
  soundOn: '打开声音',

  ended: '通话已结束。',
  endedByYou: '您已结束通话。',
  declinedByYou: '您已拒接来电。',
  callAgain: '再次呼叫',
  callBack: '回拨',
  noCall: '当前没有通话',
  noCallHint: '通话开始后将显示在这里。',
  noClient: '此元素需放在 <sip-client> 内，或用 for 属性指定其 id。',
};

registerTranslation(zhCN);
