/** The sentence of an error in both languages; `unnamed` is used if the error has no subject. */
export interface ErrorTexts {
  readonly en: string;
  readonly zh: string;
  readonly unnamed?: {readonly en: string; readonly zh: string};
}

/** What the embedding page writes on an `<iframe>`. */
const ALLOW = 'allow="camera; microphone; display-capture; autoplay"';

/** Returns the sentence for a feature that the page may not use, and who can allow it. */
const forbidden = (en: string, zh: string): ErrorTexts => ({
  en: `This page may not ${en}. Write ${ALLOW} on the <iframe> that it is in, or allow it in the site’s Permissions-Policy.`,
  zh: `本页面无权${zh}。请为其所在的 <iframe> 添加 ${ALLOW}，或在网站的 Permissions-Policy 中允许。`,
});

/**
 * All codes of a `SipError`, with their sentences in both languages.
 *
 * `{subject}` is replaced by what the error refers to: a number, an address, a function's argument. A sentence tells a
 * phone user what happened and what to do. A subject in brackets or after a colon is omitted if there is none; other
 * sentences have an `unnamed` version.
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
    en: 'Nothing may be answering at {subject}, or the browser may be refusing its certificate. Check address and port, or open the server’s own page and accept the certificate, then connect again.',
    zh: '{subject} 可能没有响应，或浏览器不信任其证书。请检查地址和端口，或打开服务器页面并接受证书，然后重新连接。',
    unnamed: {
      en: 'The server may not be answering, or the browser may be refusing its certificate. Check address and port, or open the server’s own page and accept the certificate, then connect again.',
      zh: '服务器可能没有响应，或浏览器不信任其证书。请检查地址和端口，或打开服务器页面并接受证书，然后重新连接。',
    },
  },
  'insecure-server': {
    en: 'A page over https may connect by wss: only: {subject}. Write wss:// and the server’s port for it.',
    zh: 'https 页面只能通过 wss: 连接：{subject}。请改用 wss:// 及服务器的相应端口。',
  },
  'forbidden-by-page': {
    en: 'This page’s Content-Security-Policy forbids {subject}. Add it to connect-src.',
    zh: '本页面的 Content-Security-Policy 禁止连接 {subject}。请将其加入 connect-src。',
    unnamed: {
      en: 'This page’s Content-Security-Policy forbids this connection. Add it to connect-src.',
      zh: '本页面的 Content-Security-Policy 禁止该连接。请将其加入 connect-src。',
    },
  },
  'connection-lost': {
    en: 'The connection to the server was lost. It is being restored.',
    zh: '与服务器的连接已断开，正在恢复。',
  },
  'not-connected': {
    en: 'There is no connection to the server. Connect first.',
    zh: '尚未连接服务器。请先连接。',
  },
  'insecure-page': {
    en: 'The browser gives microphone and camera to secure pages only. Open this page over https or on localhost.',
    zh: '浏览器只允许安全页面使用麦克风和摄像头。请通过 https 或 localhost 打开本页面。',
  },
  // The registration
  'wrong-password': {
    en: 'The server refuses the password of {subject}. Check user and password.',
    zh: '服务器拒绝了 {subject} 的密码。请检查用户名和密码。',
    unnamed: {
      en: 'The server refuses the password. Check user and password.',
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
    en: 'You are not registered with the server yet. Wait until the connection is there, or connect again.',
    zh: '尚未在服务器注册。请等待连接恢复，或重新连接。',
  },
  'registration-refused': {
    en: 'The server refuses the registration of {subject}. Ask its administrator.',
    zh: '服务器拒绝 {subject} 注册。请联系管理员。',
    unnamed: {
      en: 'The server refuses the registration. Ask its administrator.',
      zh: '服务器拒绝注册。请联系管理员。',
    },
  },
  'logged-in-elsewhere': {
    en: 'This account is in use elsewhere. Sign in again to take it back.',
    zh: '该账号已在别处登录。如需使用请重新登录。',
  },
  // The call
  'invalid-number': {
    en: '“{subject}” is not a number that can be called. Check it.',
    zh: '“{subject}”不是有效的号码。请检查。',
    unnamed: {
      en: 'That is not a number that can be called. Check it.',
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
    zh: '{subject} 正忙。请稍后再试。',
    unnamed: {
      en: 'The other side is busy. Try again later.',
      zh: '对方正忙。请稍后再试。',
    },
  },
  declined: {
    en: '{subject} declined the call.',
    zh: '{subject} 拒接了呼叫。',
    unnamed: {
      en: 'The other side declined the call.',
      zh: '对方拒接了呼叫。',
    },
  },
  'call-refused': {
    en: 'The call to {subject} was not accepted. Try again later.',
    zh: '呼叫 {subject} 未被接受。请稍后再试。',
    unnamed: {
      en: 'The call was not accepted. Try again later.',
      zh: '呼叫未被接受。请稍后再试。',
    },
  },
  'no-answer': {
    en: '{subject} does not answer. Try again later.',
    zh: '{subject} 无人接听。请稍后再试。',
    unnamed: {
      en: 'The other side does not answer. Try again later.',
      zh: '对方无人接听。请稍后再试。',
    },
  },
  cancelled: {
    en: 'The caller gave up before the call was answered.',
    zh: '对方已取消呼叫。',
  },
  'answered-elsewhere': {
    en: 'The call was answered on another device.',
    zh: '该呼叫已在其他设备上接听。',
  },
  'call-not-found': {
    en: 'There is no call {subject}. It may have ended already.',
    zh: '没有呼叫 {subject}。它可能已经结束。',
    unnamed: {
      en: 'There is no such call. It may have ended already.',
      zh: '没有该呼叫。它可能已经结束。',
    },
  },
  'no-invite': {
    en: 'The server accepted the call but never set it up. Call again; if it stays so, ask the server’s administrator.',
    zh: '服务器已受理呼叫但未建立。请重新呼叫；如仍失败请联系管理员。',
  },
  'session-expired': {
    en: 'The other side was not heard of any more. Call again.',
    zh: '长时间没有收到对方的信号。请重新呼叫。',
  },
  'call-lost': {
    en: 'The connection of the call was lost. Call again.',
    zh: '通话连接已中断。请重新呼叫。',
  },
  'not-acceptable': {
    en: '{subject} and this browser have no kind of call in common. Try it with sound only, or ask whoever runs the server.',
    zh: '{subject} 与此浏览器没有共同支持的通话方式。请尝试仅语音呼叫，或联系服务器管理员。',
    unnamed: {
      en: 'The other side and this browser have no kind of call in common. Try it with sound only, or ask whoever runs the server.',
      zh: '对方与此浏览器没有共同支持的通话方式。请尝试仅语音呼叫，或联系服务器管理员。',
    },
  },
  'kicked-out': {
    en: 'You were removed from the call.',
    zh: '您已被移出通话。',
  },
  'too-many-calls': {
    en: 'There are as many calls as there may be: {subject}. End one of them, then call again.',
    zh: '通话数已达上限：{subject}。请先结束一个通话，再重新呼叫。',
  },
  'invalid-state': {
    en: 'That is not possible in this moment: {subject}.',
    zh: '当前状态下无法执行：{subject}。',
  },
  'tones-refused': {
    en: '{subject} does not take key tones. Say it instead, or ask the administrator.',
    zh: '{subject} 不接受按键音。请直接说明，或联系管理员。',
    unnamed: {
      en: 'The other side does not take key tones. Say it instead, or ask the administrator.',
      zh: '对方不接受按键音。请直接说明，或联系管理员。',
    },
  },
  'transfer-refused': {
    en: '{subject} does not let itself be put through. Tell them the number, or ask the administrator.',
    zh: '{subject} 不接受转接。请将号码告知对方，或联系管理员。',
    unnamed: {
      en: 'The other side does not let itself be put through. Tell them the number, or ask the administrator.',
      zh: '对方不接受转接。请将号码告知对方，或联系管理员。',
    },
  },
  'member-not-found': {
    en: '{subject} is not in the conference any more.',
    zh: '{subject} 已不在会议中。',
    unnamed: {
      en: 'This member is not in the conference any more.',
      zh: '该成员已不在会议中。',
    },
  },
  'conference-full': {
    en: 'There is no room for {subject}. Remove somebody first.',
    zh: '会议人数已满，无法加入 {subject}。请先移出其他成员。',
    unnamed: {
      en: 'The server has no room for more. Remove somebody first.',
      zh: '人数已满。请先移出其他成员。',
    },
  },
  'not-in-group': {
    en: 'You do not belong to the group {subject}. Ask its administrator.',
    zh: '您不是群组 {subject} 的成员。请联系管理员。',
    unnamed: {
      en: 'You do not belong to this group. Ask its administrator.',
      zh: '您不是该群组的成员。请联系管理员。',
    },
  },
  'floor-denied': {
    en: '{subject} is speaking. Wait until they have ended, then press again.',
    zh: '{subject} 正在讲话。请等对方讲完后再按。',
    unnamed: {
      en: 'Somebody else is speaking. Wait until they have ended, then press again.',
      zh: '其他人正在讲话。请等对方讲完后再按。',
    },
  },
  // The media
  'microphone-refused': {
    en: 'The microphone is not allowed. Allow it in the browser’s address bar, then call again.',
    zh: '未允许使用麦克风。请在浏览器地址栏中允许，然后重新呼叫。',
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
    en: 'The camera is not allowed. Allow it in the browser’s address bar, then turn it on again.',
    zh: '未允许使用摄像头。请在浏览器地址栏中允许，然后重新打开。',
  },
  'camera-forbidden': forbidden('use the camera', '使用摄像头'),
  'camera-missing': {
    en: 'There is no camera. Plug one in, then turn it on again.',
    zh: '未找到摄像头。请接入摄像头后重新打开。',
  },
  'camera-busy': {
    en: 'The camera is in use by another program. Close that program, then turn it on again.',
    zh: '摄像头正被其他程序占用。请关闭该程序后重新打开。',
  },
  'screen-cancelled': {
    en: 'No screen was chosen, so nothing is shared. To share one, start again and choose it.',
    zh: '未选择屏幕，没有共享任何内容。如需共享，请重新开始并选择。',
  },
  'screen-refused': {
    en: 'The screen cannot be shared from here. Allow screen recording in the settings of browser and system, then press the button again.',
    zh: '无法共享屏幕。请在浏览器和系统设置中允许屏幕录制，然后重新点击按钮。',
  },
  'screen-forbidden': forbidden('share the screen', '共享屏幕'),
  'screen-missing': {
    en: 'There is no screen that can be shared.',
    zh: '没有可以共享的屏幕。',
  },
  'screen-busy': {
    en: 'The system does not give the screen to the browser. Close other programs that record it, then share again.',
    zh: '系统未能将屏幕提供给浏览器。请关闭其他录屏程序后重新共享。',
  },
  'screen-unsupported': {
    en: 'This browser cannot share the screen. Use a current browser on a computer.',
    zh: '该浏览器不支持共享屏幕。请使用电脑上的新版浏览器。',
  },
  'media-refused': {
    en: '{subject} does not take the picture. The call goes on with sound.',
    zh: '{subject} 拒绝了视频。通话继续，仅语音。',
    unnamed: {
      en: 'The other side does not take the picture. The call goes on with sound.',
      zh: '对方拒绝了视频。通话继续，仅语音。',
    },
  },
  'microphone-replaced': {
    en: 'The chosen microphone is not connected; another one is used. Plug it in again, or choose another one.',
    zh: '所选麦克风未连接，已改用其他麦克风。请重新接入，或另选一个。',
  },
  'camera-replaced': {
    en: 'The chosen camera is not connected; another one is used. Plug it in again, or choose another one.',
    zh: '所选摄像头未连接，已改用其他摄像头。请重新接入，或另选一个。',
  },
  'processing-failed': {
    en: 'This page could not process your sound or picture; it is sent as it is. If that disturbs, tell whoever runs this page.',
    zh: '本页面无法处理您的音视频，已按原样发送。如有影响，请联系页面管理员。',
  },
  'unknown-device': {
    en: 'The chosen device is not connected ({subject}). Plug it in, or choose another one.',
    zh: '所选设备未连接（{subject}）。请接入该设备，或另选一个。',
  },
  'devices-hidden': {
    en: 'The browser names devices only after you have allowed their use. Allow it, then choose.',
    zh: '允许使用设备后，浏览器才会显示设备名称。请先允许，再选择。',
  },
  'output-unsupported': {
    en: 'This browser plays all sound on the system’s speaker. Choose the speaker in the system’s settings.',
    zh: '此浏览器只能使用系统默认扬声器。请在系统设置中选择扬声器。',
  },
  'no-other-camera': {
    en: 'There is no other camera. Plug one in, then switch again.',
    zh: '没有其他摄像头。请接入后再切换。',
  },
  'playback-blocked': {
    en: 'The browser keeps the sound off until you press something on this page.',
    zh: '浏览器在您操作页面之前不会播放声音。',
  },
  'media-failed': {
    en: 'Sound and picture found no way between you and the server. A firewall may be blocking them.',
    zh: '音视频无法连通。可能被防火墙阻止。',
  },
  'no-picture': {
    en: 'There is no picture at the moment. Wait until it is shown, then try again.',
    zh: '当前没有画面。请等画面出现后再试。',
  },
  'no-video': {
    en: 'There is no camera to be seen at {subject}. Choose another number, or ask there whether a camera is connected and allowed.',
    zh: '{subject} 没有可查看的摄像头。请选择其他号码，或请对方检查摄像头是否已连接并允许使用。',
    unnamed: {
      en: 'There is no camera to be seen there. Choose another number, or ask there whether a camera is connected and allowed.',
      zh: '对方没有可查看的摄像头。请选择其他号码，或请对方检查摄像头是否已连接并允许使用。',
    },
  },
  'no-relay': {
    en: 'There is no TURN server, and force-relay needs ice-servers: write its address, its user and its password there.',
    zh: '没有 TURN 服务器，而 force-relay 需要 ice-servers：请在其中填写 TURN 服务器的地址、用户名和密码。',
  },
  'relay-refused': {
    en: 'The TURN server refused: {subject}. Where that says 401, check the user and the password in ice-servers, which may have expired; otherwise ask whoever runs it.',
    zh: 'TURN 服务器拒绝了请求：{subject}。如为 401，请检查 ice-servers 中的用户名和密码（可能已过期）；否则请联系服务管理员。',
  },
  'relay-unreachable': {
    en: 'The TURN server did not answer: {subject}. Check its address in ice-servers: nothing may be answering there, or the browser refuses its certificate.',
    zh: 'TURN 服务器未响应：{subject}。请检查 ice-servers 中的地址：该处可能无服务，或浏览器不接受其证书。',
  },
  'ice-servers-failed': {
    en: 'The page’s iceServers failed: {subject}. No call was made.',
    zh: '页面的 iceServers 出错：{subject}。未发起呼叫。',
  },
  'recording-failed': {
    en: 'The recording could not go on: {subject}. What was recorded until then is kept; start it again.',
    zh: '录制中断：{subject}。此前录制的内容已保留，请重新开始录制。',
    unnamed: {
      en: 'The recording could not go on. What was recorded until then is kept; start it again.',
      zh: '录制中断。此前录制的内容已保留，请重新开始录制。',
    },
  },
  'recording-declined': {
    en: 'The recording was not agreed to, so nothing is recorded. Ask those who are in the call, then start it again.',
    zh: '录制未获同意，未录制任何内容。请先征得通话各方同意，然后重新开始。',
  },
  'storage-full': {
    en: 'There is no room for more recordings. Save and delete old ones, or free space on the disk, then record again. What was recorded until then is kept.',
    zh: '录制空间不足。请保存并删除旧录制，或清理磁盘空间，然后重新录制。此前录制的内容已保留。',
  },
  'recording-not-found': {
    en: 'There is no recording {subject} in this browser. It may have been deleted, or have gone when it was too old.',
    zh: '此浏览器中没有录制 {subject}。它可能已被删除，或已过期清除。',
    unnamed: {
      en: 'There is no such recording in this browser. It may have been deleted, or have gone when it was too old.',
      zh: '此浏览器中没有该录制。它可能已被删除，或已过期清除。',
    },
  },
  'unsupported-browser': {
    en: 'This browser cannot do that: {subject}. Use a current version of Chrome, Edge, Firefox or Safari.',
    zh: '当前浏览器不支持：{subject}。请使用最新版的 Chrome、Edge、Firefox 或 Safari。',
  },
  // The documented functions
  'bad-argument': {
    en: 'A function was called with something that it cannot use: {subject}.',
    zh: '函数收到无法使用的参数：{subject}。',
  },
  'not-initialized': {
    en: 'Call init and connect before anything else: {subject}.',
    zh: '请先调用 init 和 connect：{subject}。',
  },
  // Files
  'upload-failed': {
    en: '“{subject}” could not be sent: the server did not answer. Check your network, then send it again.',
    zh: '“{subject}”发送失败：服务器没有响应。请检查网络后重新发送。',
    unnamed: {
      en: 'The file could not be sent: the server did not answer. Check your network, then send it again.',
      zh: '文件发送失败：服务器没有响应。请检查网络后重新发送。',
    },
  },
  'file-unreadable': {
    en: '“{subject}” cannot be read. It may have been moved or changed, or be a folder: choose the file again.',
    zh: '无法读取“{subject}”。它可能已被移动或修改，或是一个文件夹：请重新选择文件。',
    unnamed: {
      en: 'The file cannot be read. It may have been moved or changed, or be a folder: choose it again.',
      zh: '无法读取文件。它可能已被移动或修改，或是一个文件夹：请重新选择。',
    },
  },
  'file-too-large': {
    en: '“{subject}” is larger than the server allows. Send a smaller file, or ask the administrator.',
    zh: '“{subject}”超过了服务器允许的大小。请发送较小的文件，或联系管理员。',
    unnamed: {
      en: 'The file is larger than the server allows. Send a smaller one, or ask the administrator.',
      zh: '文件超过了服务器允许的大小。请发送较小的文件，或联系管理员。',
    },
  },
  'file-not-found': {
    en: 'The server cannot play “{subject}”. Choose another file.',
    zh: '服务器无法播放“{subject}”。请另选文件。',
    unnamed: {
      en: 'The server cannot play this file. Choose another one.',
      zh: '服务器无法播放该文件。请另选文件。',
    },
  },
  'file-playing': {
    en: '“{subject}” is playing already. Stop it first.',
    zh: '“{subject}”正在播放。请先停止。',
    unnamed: {
      en: 'This file is playing already. Stop it first.',
      zh: '该文件正在播放。请先停止。',
    },
  },
  // The server's API
  'bad-parameter': {
    en: 'The server does not accept {subject}. Check what was given.',
    zh: '服务器不接受 {subject}。请检查参数。',
    unnamed: {
      en: 'The server does not accept that. Check what was given.',
      zh: '服务器不接受该请求。请检查参数。',
    },
  },
  'not-allowed': {
    en: 'You have no right to do that ({subject}). Ask the administrator.',
    zh: '您没有权限执行该操作（{subject}）。请联系管理员。',
  },
  unsupported: {
    en: 'This server cannot do that: {subject}.',
    zh: '该服务器不支持：{subject}。',
    unnamed: {
      en: 'This server cannot do that.',
      zh: '该服务器不支持此操作。',
    },
  },
  'message-too-long': {
    en: 'The message is too long. Send it in several parts, or as a file.',
    zh: '消息过长。请分成几条发送，或以文件形式发送。',
  },
  'no-dispatch-server': {
    en: 'This server is no dispatch server. For any other SIP server write <sip-client profile="standard">.',
    zh: '该服务器不是调度服务器。其他 SIP 服务器请写 <sip-client profile="standard">。',
  },
  'bad-reply': {
    en: 'The server sent something that cannot be read. If it stays so, ask its administrator.',
    zh: '服务器返回的内容无法识别。如持续出现请联系管理员。',
  },
  'server-error': {
    en: 'The server could not do it ({subject}). Try again; if it stays so, ask its administrator.',
    zh: '服务器处理失败（{subject}）。请重试；如持续出现请联系管理员。',
  },
  timeout: {
    en: 'The server does not reply ({subject}). Check your network and try again.',
    zh: '服务器没有响应（{subject}）。请检查网络后重试。',
  },
  aborted: {
    en: 'It was given up before it was done: {subject}.',
    zh: '操作已取消：{subject}。',
  },
  internal: {
    en: 'Something unexpected went wrong: {subject}. Try again.',
    zh: '发生意外错误：{subject}。请重试。',
  },
} as const satisfies Readonly<Record<string, ErrorTexts>>;

/** The sentence for an invalid value if a valid one is known; no request was sent. */
export const UNUSABLE: ErrorTexts = {
  en: '{subject} cannot be used. Write: {expected}',
  zh: '{subject} 无法使用。应写为：{expected}',
};

/** The sentence for a missing value. */
export const MISSING: ErrorTexts = {
  en: '{subject} is missing. Write: {expected}',
  zh: '缺少 {subject}。应写为：{expected}',
};

/** The closed union of error codes. */
export type SipErrorCode = keyof typeof ERROR_TEXTS;
