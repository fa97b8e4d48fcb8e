/** The sentences of an error. Their readers differ: users see `en` and `zh`, the author of the page reads `author`. */
export interface ErrorTexts {
  /** Tells the user what happened and what to do. */
  readonly en: string;
  readonly zh: string;
  /** Used if the error has no subject. */
  readonly unnamed?: {readonly en: string; readonly zh: string};
  /** The message of the error, if the author of the page can correct it: what to write, and where. */
  readonly author?: string;
}

/** What the embedding page writes on an `<iframe>`. */
const ALLOW = 'allow="camera; microphone; display-capture; autoplay"';

/** Returns the sentences for a feature that the page may not use. */
const forbidden = (en: string, zh: string): ErrorTexts => ({
  en: `This page may not ${en}. Ask its operator to allow it.`,
  zh: `本页面无权${zh}。请联系管理员开通。`,
  author: `This page may not ${en}. Write ${ALLOW} on its <iframe>, or allow it in the site’s Permissions-Policy.`,
});

/**
 * All codes of a `SipError`, with their sentences.
 *
 * `{subject}` is replaced by what the error refers to: a number, an address, a function's argument. A subject in brackets
 * or after a colon is omitted if there is none; other sentences have an `unnamed` version.
 */
export const ERROR_TEXTS = {
  // The connection
  'server-unreachable': {
    en: 'The server {subject} cannot be reached. Check the address and your network, then connect again.',
    zh: '无法连接服务器 {subject}。请检查地址和网络，然后重新连接。',
    unnamed: {
      en: 'The server cannot be reached. Check the address and your network, then connect again.',
      zh: '无法连接服务器。请检查地址和网络，然后重新连接。',
    },
  },
  'certificate-refused': {
    en: '{subject} is not answering, or the browser does not trust its certificate. Check the address and port, or open the server page and accept the certificate. Then connect again.',
    zh: '{subject} 没有响应，或浏览器不信任其证书。请检查地址和端口，或打开服务器页面并接受证书，然后重新连接。',
    unnamed: {
      en: 'The server is not answering, or the browser does not trust its certificate. Check the address and port, or open the server page and accept the certificate. Then connect again.',
      zh: '服务器没有响应，或浏览器不信任其证书。请检查地址和端口，或打开服务器页面并接受证书，然后重新连接。',
    },
  },
  'insecure-server': {
    en: 'This page may only use secure connections. Ask its operator to correct the server’s address.',
    zh: '本页面只能使用安全连接。请联系管理员更正服务器地址。',
    author:
      'A page over https may connect by wss: only: {subject}. Write wss:// and the server’s port for it.',
  },
  'forbidden-by-page': {
    en: 'This page may not connect to the server. Ask its operator to allow it.',
    zh: '本页面无权连接该服务器。请联系管理员开通。',
    author: 'This page’s Content-Security-Policy forbids a connection: {subject}. Add it to connect-src.',
  },
  'connection-lost': {
    en: 'The connection to the server was lost. Reconnecting now.',
    zh: '与服务器的连接已断开，正在重新连接。',
  },
  'not-connected': {
    en: 'You are not connected to the server. Connect first.',
    zh: '尚未连接服务器。请先连接。',
  },
  'insecure-page': {
    en: 'Microphone and camera work on secure pages only. Open this page over https or on localhost.',
    zh: '麦克风和摄像头只能在安全页面中使用。请通过 https 或 localhost 打开本页面。',
  },
  // The registration
  'wrong-password': {
    en: 'The server rejected the password of {subject}. Check user name and password.',
    zh: '服务器拒绝了 {subject} 的密码。请检查用户名和密码。',
    unnamed: {
      en: 'The server rejected the password. Check user name and password.',
      zh: '服务器拒绝了密码。请检查用户名和密码。',
    },
  },
  'unknown-user': {
    en: 'The server does not know the user {subject}. Check user name and domain.',
    zh: '服务器没有用户 {subject}。请检查用户名和域名。',
    unnamed: {
      en: 'The server does not know this user. Check user name and domain.',
      zh: '服务器没有该用户。请检查用户名和域名。',
    },
  },
  'not-registered': {
    en: 'You are not registered with the server. Wait for the connection, or connect again.',
    zh: '尚未在服务器注册。请等待连接恢复，或重新连接。',
  },
  'registration-refused': {
    en: 'The server refused to register {subject}. Contact its administrator.',
    zh: '服务器拒绝 {subject} 注册。请联系管理员。',
    unnamed: {
      en: 'The server refused to register you. Contact its administrator.',
      zh: '服务器拒绝注册。请联系管理员。',
    },
  },
  'logged-in-elsewhere': {
    en: 'This account is in use elsewhere. Sign in again to use it here.',
    zh: '该账号已在别处登录。如需在此使用，请重新登录。',
  },
  // The call
  'invalid-number': {
    en: '“{subject}” is not a valid number. Check it.',
    zh: '“{subject}”不是有效的号码。请检查。',
    unnamed: {
      en: 'The number is not valid. Check it.',
      zh: '该号码无效。请检查。',
    },
  },
  'unknown-number': {
    en: 'The number {subject} does not exist. Check it.',
    zh: '号码 {subject} 不存在。请检查。',
    unnamed: {
      en: 'The number does not exist. Check it.',
      zh: '该号码不存在。请检查。',
    },
  },
  'number-offline': {
    en: '{subject} is not reachable at the moment. Try again later.',
    zh: '{subject} 当前不在线。请稍后再试。',
    unnamed: {
      en: 'The other side is not reachable at the moment. Try again later.',
      zh: '对方当前不在线。请稍后再试。',
    },
  },
  busy: {
    en: '{subject} is busy. Try again later.',
    zh: '{subject} 忙线中。请稍后再试。',
    unnamed: {
      en: 'The other side is busy. Try again later.',
      zh: '对方忙线中。请稍后再试。',
    },
  },
  declined: {
    en: '{subject} declined the call.',
    zh: '{subject} 已拒接。',
    unnamed: {
      en: 'The other side declined the call.',
      zh: '对方已拒接。',
    },
  },
  'call-refused': {
    en: 'The call to {subject} was not accepted. Try again later.',
    zh: '呼叫 {subject} 被拒绝。请稍后再试。',
    unnamed: {
      en: 'The call was not accepted. Try again later.',
      zh: '呼叫被拒绝。请稍后再试。',
    },
  },
  'no-answer': {
    en: '{subject} did not answer. Try again later.',
    zh: '{subject} 无人接听。请稍后再试。',
    unnamed: {
      en: 'The other side did not answer. Try again later.',
      zh: '对方无人接听。请稍后再试。',
    },
  },
  cancelled: {
    en: 'The call was canceled before it was answered.',
    zh: '呼叫在接听前已取消。',
  },
  'answered-elsewhere': {
    en: 'The call was answered on another device.',
    zh: '该呼叫已在其他设备上接听。',
  },
  'call-not-found': {
    en: 'The call {subject} was not found. It may have ended already.',
    zh: '未找到呼叫 {subject}。它可能已经结束。',
    unnamed: {
      en: 'The call was not found. It may have ended already.',
      zh: '未找到该呼叫。它可能已经结束。',
    },
  },
  'no-invite': {
    en: 'The server accepted the call but did not set it up. Call again. If this continues, contact the administrator.',
    zh: '服务器已受理呼叫但未建立。请重新呼叫；如仍失败请联系管理员。',
  },
  'session-expired': {
    en: 'The other side stopped responding. Call again.',
    zh: '对方长时间没有响应。请重新呼叫。',
  },
  'call-lost': {
    en: 'The connection of the call was lost. Call again.',
    zh: '通话连接已中断。请重新呼叫。',
  },
  'not-acceptable': {
    en: '{subject} does not support this kind of call. Try an audio call, or contact the administrator.',
    zh: '{subject} 不支持此类通话。请尝试语音呼叫，或联系管理员。',
    unnamed: {
      en: 'The other side does not support this kind of call. Try an audio call, or contact the administrator.',
      zh: '对方不支持此类通话。请尝试语音呼叫，或联系管理员。',
    },
  },
  'kicked-out': {
    en: 'You were removed from the call.',
    zh: '您已被移出通话。',
  },
  'too-many-calls': {
    en: 'You have reached the maximum number of calls: {subject}. End one, then call again.',
    zh: '通话数已达上限：{subject}。请先结束一个通话，再重新呼叫。',
  },
  'invalid-state': {
    en: 'This is not possible right now. Try again in a moment.',
    zh: '当前状态下无法执行。请稍后再试。',
  },
  'tones-refused': {
    en: '{subject} does not accept DTMF tones. Say your choice, or contact the administrator.',
    zh: '{subject} 不接受按键音。请口头说明，或联系管理员。',
    unnamed: {
      en: 'The other side does not accept DTMF tones. Say your choice, or contact the administrator.',
      zh: '对方不接受按键音。请口头说明，或联系管理员。',
    },
  },
  'transfer-refused': {
    en: '{subject} does not support transfer. Give them the number, or contact the administrator.',
    zh: '{subject} 不支持转接。请将号码告知对方，或联系管理员。',
    unnamed: {
      en: 'The other side does not support transfer. Give them the number, or contact the administrator.',
      zh: '对方不支持转接。请将号码告知对方，或联系管理员。',
    },
  },
  'member-not-found': {
    en: '{subject} is no longer in the conference.',
    zh: '{subject} 已不在会议中。',
    unnamed: {
      en: 'This member is no longer in the conference.',
      zh: '该成员已不在会议中。',
    },
  },
  'conference-full': {
    en: 'There is no room for {subject}. Remove a member first.',
    zh: '人数已满，无法加入 {subject}。请先移出其他成员。',
    unnamed: {
      en: 'There is no room for more members. Remove one first.',
      zh: '人数已满。请先移出其他成员。',
    },
  },
  'not-in-group': {
    en: 'You are not a member of the group {subject}. Contact its administrator.',
    zh: '您不是群组 {subject} 的成员。请联系管理员。',
    unnamed: {
      en: 'You are not a member of this group. Contact its administrator.',
      zh: '您不是该群组的成员。请联系管理员。',
    },
  },
  'floor-denied': {
    en: '{subject} is speaking. Wait until they finish, then press again.',
    zh: '{subject} 正在讲话。请等对方讲完后再按。',
    unnamed: {
      en: 'Someone else is speaking. Wait until they finish, then press again.',
      zh: '其他人正在讲话。请等对方讲完后再按。',
    },
  },
  // The media
  'microphone-refused': {
    en: 'Microphone access is blocked. Allow it in the browser’s address bar, then call again.',
    zh: '麦克风权限未开启。请在浏览器地址栏中允许，然后重新呼叫。',
  },
  'microphone-forbidden': forbidden('use the microphone', '使用麦克风'),
  'microphone-missing': {
    en: 'There is no microphone. Plug one in, then call again.',
    zh: '未找到麦克风。请接入麦克风后重新呼叫。',
  },
  'microphone-busy': {
    en: 'The microphone is in use by another program. Close that program, then call again.',
    zh: '麦克风正被其他程序占用。请关闭该程序后重新呼叫。',
  },
  'camera-refused': {
    en: 'Camera access is blocked. Allow it in the browser’s address bar, then turn the camera on again.',
    zh: '摄像头权限未开启。请在浏览器地址栏中允许，然后重新打开摄像头。',
  },
  'camera-forbidden': forbidden('use the camera', '使用摄像头'),
  'camera-missing': {
    en: 'There is no camera. Plug one in, then turn it on again.',
    zh: '未找到摄像头。请接入摄像头后重新打开。',
  },
  'camera-busy': {
    en: 'The camera is in use by another program. Close that program, then turn the camera on again.',
    zh: '摄像头正被其他程序占用。请关闭该程序后重新打开摄像头。',
  },
  'screen-cancelled': {
    en: 'No screen was chosen. To share one, start again.',
    zh: '未选择屏幕。如需共享，请重新开始并选择。',
  },
  'screen-refused': {
    en: 'Screen sharing is blocked. Allow screen recording in the browser and system settings, then share again.',
    zh: '屏幕共享被阻止。请在浏览器和系统设置中允许屏幕录制，然后重新共享。',
  },
  'screen-forbidden': forbidden('share the screen', '共享屏幕'),
  'screen-missing': {
    en: 'There is no screen that can be shared.',
    zh: '没有可以共享的屏幕。',
  },
  'screen-busy': {
    en: 'The browser cannot capture the screen. Close other programs that record it, then share again.',
    zh: '浏览器无法获取屏幕画面。请关闭其他录屏程序后重新共享。',
  },
  'screen-unsupported': {
    en: 'This browser cannot share the screen. Use a current browser on a computer.',
    zh: '此浏览器不支持共享屏幕。请使用电脑上的新版浏览器。',
  },
  'media-refused': {
    en: '{subject} does not accept video. The call continues with audio.',
    zh: '{subject} 不接受视频。通话将以语音继续。',
    unnamed: {
      en: 'The other side does not accept video. The call continues with audio.',
      zh: '对方不接受视频。通话将以语音继续。',
    },
  },
  'microphone-replaced': {
    en: 'The chosen microphone is not connected, so another one is used. Plug it in again, or choose another one.',
    zh: '所选麦克风未连接，已改用其他麦克风。请重新接入，或另选一个。',
  },
  'camera-replaced': {
    en: 'The chosen camera is not connected, so another one is used. Plug it in again, or choose another one.',
    zh: '所选摄像头未连接，已改用其他摄像头。请重新接入，或另选一个。',
  },
  'processing-failed': {
    en: 'This page could not process your audio or video, which is sent unchanged. If this is a problem, contact the page’s operator.',
    zh: '本页面无法处理您的音视频，已按原样发送。如有影响，请联系管理员。',
  },
  'unknown-device': {
    en: 'The chosen device is not connected. Plug it in, or choose another one.',
    zh: '所选设备未连接。请接入该设备，或另选一个。',
  },
  'devices-hidden': {
    en: 'The browser shows device names after you allow access. Allow it, then choose.',
    zh: '允许访问后，浏览器才会显示设备名称。请先允许，再选择。',
  },
  'output-unsupported': {
    en: 'This browser plays all audio on the system’s speaker. Choose the speaker in the system’s settings.',
    zh: '此浏览器只能使用系统默认扬声器。请在系统设置中选择扬声器。',
  },
  'no-other-camera': {
    en: 'There is no other camera. Plug one in, then switch again.',
    zh: '没有其他摄像头。请接入后再切换。',
  },
  'playback-blocked': {
    en: 'The browser blocks sound until you click on this page.',
    zh: '浏览器已阻止播放声音。请点击本页面任意位置。',
  },
  'media-failed': {
    en: 'Audio and video could not connect. A firewall may be blocking them. Try another network.',
    zh: '音视频无法连通，可能被防火墙阻止。请更换网络后重试。',
  },
  'no-picture': {
    en: 'There is no video at the moment. Wait until it appears, then try again.',
    zh: '当前没有画面。请等画面出现后再试。',
  },
  'no-video': {
    en: '{subject} has no camera that can be viewed. Choose another number, or ask the other side to connect and allow a camera.',
    zh: '{subject} 没有可查看的摄像头。请选择其他号码，或请对方检查摄像头是否已连接并允许使用。',
    unnamed: {
      en: 'There is no camera that can be viewed. Choose another number, or ask the other side to connect and allow a camera.',
      zh: '对方没有可查看的摄像头。请选择其他号码，或请对方检查摄像头是否已连接并允许使用。',
    },
  },
  'no-relay': {
    en: 'This page has no TURN server, which its calls need. Contact the administrator.',
    zh: '本页面未配置通话所需的 TURN 服务器。请联系管理员。',
    author:
      'There is no TURN server, which force-relay needs. Write its address, user and password into ice-servers.',
  },
  'relay-refused': {
    en: 'The TURN server refused the call: {subject}. Contact the administrator.',
    zh: 'TURN 服务器拒绝了请求：{subject}。请联系管理员。',
    author:
      'The TURN server refused: {subject}. If this is 401, check user and password in ice-servers, which may have expired. Otherwise ask its operator.',
  },
  'relay-unreachable': {
    en: 'The TURN server did not answer: {subject}. Check your network, or contact the administrator.',
    zh: 'TURN 服务器未响应：{subject}。请检查网络，或联系管理员。',
    author:
      'The TURN server did not answer: {subject}. Check its address in ice-servers, and whether the browser accepts its certificate.',
  },
  'ice-servers-failed': {
    en: 'The call could not be set up because of an error in this page. Contact its operator.',
    zh: '本页面出错，无法建立呼叫。请联系管理员。',
    author: 'The page’s iceServers failed: {subject}. No call was made.',
  },
  'recording-failed': {
    en: 'The recording stopped. What was recorded until then is kept. Start it again.',
    zh: '录制中断。此前录制的内容已保留，请重新开始录制。',
  },
  'recording-declined': {
    en: 'The recording was not agreed to. Ask the participants, then start it again.',
    zh: '录制未获同意。请先征得通话各方同意，然后重新开始。',
  },
  'storage-full': {
    en: 'There is no room for more recordings. Save and delete old ones, or free disk space, then record again. What was recorded until then is kept.',
    zh: '录制空间不足。请保存并删除旧录制，或清理磁盘空间，然后重新录制。此前录制的内容已保留。',
  },
  'recording-not-found': {
    en: 'The recording {subject} is not in this browser. It may have been deleted or expired.',
    zh: '此浏览器中没有录制 {subject}。它可能已被删除或已过期。',
    unnamed: {
      en: 'The recording is not in this browser. It may have been deleted or expired.',
      zh: '此浏览器中没有该录制。它可能已被删除或已过期。',
    },
  },
  'unsupported-browser': {
    en: 'This browser lacks a feature: {subject}. Use a current version of Chrome, Edge, Firefox or Safari.',
    zh: '此浏览器缺少所需功能：{subject}。请使用最新版的 Chrome、Edge、Firefox 或 Safari。',
  },
  // The documented functions, whose errors only the author of the page receives
  'bad-argument': {
    en: 'A function was called with an invalid argument: {subject}.',
    zh: '函数的参数无效：{subject}。',
  },
  'not-initialized': {
    en: 'Call init and connect first: {subject}.',
    zh: '请先调用 init 和 connect：{subject}。',
  },
  // Files
  'upload-failed': {
    en: '“{subject}” could not be sent because the server did not answer. Check your network, then send it again.',
    zh: '“{subject}”发送失败：服务器没有响应。请检查网络后重新发送。',
    unnamed: {
      en: 'The file could not be sent because the server did not answer. Check your network, then send it again.',
      zh: '文件发送失败：服务器没有响应。请检查网络后重新发送。',
    },
  },
  'file-unreadable': {
    en: '“{subject}” cannot be read. It may be a folder, or have been moved or changed. Choose the file again.',
    zh: '无法读取“{subject}”。它可能已被移动或修改，或是一个文件夹。请重新选择文件。',
    unnamed: {
      en: 'The file cannot be read. It may be a folder, or have been moved or changed. Choose the file again.',
      zh: '无法读取文件。它可能已被移动或修改，或是一个文件夹。请重新选择文件。',
    },
  },
  'file-too-large': {
    en: '“{subject}” is larger than the server allows. Send a smaller file, or contact the administrator.',
    zh: '“{subject}”超过了服务器允许的大小。请发送较小的文件，或联系管理员。',
    unnamed: {
      en: 'The file is larger than the server allows. Send a smaller file, or contact the administrator.',
      zh: '文件超过了服务器允许的大小。请发送较小的文件，或联系管理员。',
    },
  },
  'file-not-found': {
    en: 'The server cannot play “{subject}”. Choose another file.',
    zh: '服务器无法播放“{subject}”。请另选文件。',
    unnamed: {
      en: 'The server cannot play this file. Choose another file.',
      zh: '服务器无法播放该文件。请另选文件。',
    },
  },
  'file-playing': {
    en: '“{subject}” is already playing. Stop it first.',
    zh: '“{subject}”正在播放。请先停止。',
    unnamed: {
      en: 'This file is already playing. Stop it first.',
      zh: '该文件正在播放。请先停止。',
    },
  },
  // The server’s API
  'bad-parameter': {
    en: 'The server does not accept {subject}. Check your entry.',
    zh: '服务器不接受 {subject}。请检查输入。',
    unnamed: {
      en: 'The server does not accept this. Check your entry.',
      zh: '服务器不接受该请求。请检查输入。',
    },
  },
  'not-allowed': {
    en: 'You do not have permission to do this ({subject}). Contact the administrator.',
    zh: '您没有执行该操作的权限（{subject}）。请联系管理员。',
  },
  unsupported: {
    en: 'The server does not support this action.',
    zh: '该服务器不支持此操作。',
  },
  'message-too-long': {
    en: 'The message is too long. Send it in several parts, or as a file.',
    zh: '消息过长。请分成几条发送，或以文件形式发送。',
  },
  'no-dispatch-server': {
    en: 'This server is not a dispatch server. Contact the operator of this page.',
    zh: '该服务器不是调度服务器。请联系管理员。',
    author:
      'This server is not a dispatch server. For any other SIP server write <sip-client profile="standard">.',
  },
  'bad-reply': {
    en: 'The server sent an invalid reply. If this continues, contact its administrator.',
    zh: '服务器返回的内容无法识别。如持续出现请联系管理员。',
  },
  'server-error': {
    en: 'The server could not complete the request ({subject}). Try again. If this continues, contact its administrator.',
    zh: '服务器处理失败（{subject}）。请重试；如持续出现请联系管理员。',
  },
  timeout: {
    en: 'The server does not reply ({subject}). Check your network and try again.',
    zh: '服务器没有响应（{subject}）。请检查网络后重试。',
  },
  aborted: {
    en: 'The action was canceled.',
    zh: '操作已取消。',
  },
  internal: {
    en: 'Something unexpected went wrong. Try again.',
    zh: '发生意外错误。请重试。',
  },
} as const satisfies Readonly<Record<string, ErrorTexts>>;

/** The sentences for an invalid value of the page, if a valid one is known; no request was sent. */
export const UNUSABLE: ErrorTexts = {
  en: 'This page is not set up correctly: {subject}. Contact its operator.',
  zh: '本页面的设置有误：{subject}。请联系管理员。',
  author: '{subject} cannot be used. Write: {expected}',
};

/** The sentences for a missing value of the page. */
export const MISSING: ErrorTexts = {
  en: 'This page is not set up completely: {subject} is missing. Contact its operator.',
  zh: '本页面的设置不完整：缺少 {subject}。请联系管理员。',
  author: '{subject} is missing. Write: {expected}',
};

/** The closed union of error codes. */
export type SipErrorCode = keyof typeof ERROR_TEXTS;
