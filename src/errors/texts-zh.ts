import type {ErrorSentences} from './texts.js';

const forbidden = (what: string): string => `本页面无权${what}。请联系管理员开通。`;

/** The sentences of errors in simplified Chinese. */
export const errorsZh: ErrorSentences = {
  // The connection
  'server-unreachable': [
    '无法连接服务器 {subject}。请检查地址和网络，然后重试。',
    '无法连接服务器。请检查地址和网络，然后重试。',
  ],
  'certificate-refused': [
    '{subject} 没有响应，或浏览器不信任其证书。请检查地址和端口，或打开服务器页面并接受证书，然后重试。',
    '服务器没有响应，或浏览器不信任其证书。请检查地址和端口，或打开服务器页面并接受证书，然后重试。',
  ],
  'insecure-server': '暂时无法通话。请联系管理员。',
  'forbidden-by-page': '本页面无权连接服务器（{subject}）。请检查地址和端口，或联系管理员开通。',
  'connection-lost': '与服务器的连接已断开。请检查网络。',
  'not-connected': '尚未连接服务器。请等待连接恢复，或重新连接。',
  'untrusted-host': [
    '服务器指向另一台主机 {subject}，本页面不认识该主机。请联系本页面的运营方允许该主机。',
    '服务器指向另一台本页面不认识的主机。请联系本页面的运营方。',
  ],
  'insecure-page': '麦克风和摄像头只能在安全页面中使用。请通过 https 或 localhost 打开本页面。',
  'push-failed': '通知已被阻止。请在浏览器设置中允许通知，或稍后重试。',
  // The registration
  'wrong-password': '用户名或密码错误。请检查后重试。',
  'token-refused': '服务器拒绝了您的登录。请重新登录。',
  'credentials-failed': '本页面出错，无法登录。请重试，或联系管理员。',
  'config-failed': '暂时无法通话：无法加载本页面的设置。请重试，或联系管理员。',
  'unknown-user': [
    '服务器上没有用户 {subject}。请检查用户名和服务器地址。',
    '服务器上没有该用户。请检查用户名和服务器地址。',
  ],
  'not-registered': '尚未在服务器注册。请等待连接恢复，或重新连接。',
  'registration-refused': ['服务器拒绝 {subject} 注册。请联系管理员。', '服务器拒绝注册。请联系管理员。'],
  'logged-in-elsewhere': '该账号已在别处登录。如需在此使用，请重新登录。',
  // The call
  'invalid-number': ['“{subject}”不是有效的号码。请检查。', '该号码无效。请检查。'],
  'unknown-number': ['未找到 {subject}。请检查号码。', '该号码不存在。请检查。'],
  'number-offline': ['{subject} 暂时无法接通。请稍后再试。', '对方暂时无法接通。请稍后再试。'],
  busy: ['{subject} 忙线中。请稍后再试。', '对方忙线中。请稍后再试。'],
  declined: ['{subject} 已拒绝。', '对方已拒绝。'],
  'call-refused': ['呼叫 {subject} 被拒绝。请稍后再试。', '呼叫被拒绝。请稍后再试。'],
  'no-answer': ['{subject} 无人接听。请稍后再试。', '对方无人接听。请稍后再试。'],
  cancelled: '呼叫在接听前已取消。',
  'answered-elsewhere': '该呼叫已在其他设备上接听。',
  'call-not-found': '未找到该通话（{subject}），可能已经结束。',
  'no-invite': '服务器已受理呼叫，但未能建立通话。请重试；如持续出现，请联系管理员。',
  'session-expired': '对方长时间没有响应。请重试。',
  'call-lost': '通话连接已中断。请重试。',
  'encryption-unavailable': '此通话无法进行端到端加密（{subject}），已结束。',
  'not-acceptable': [
    '{subject} 不支持此类通话。如果是视频通话，请改用语音；否则请联系管理员。',
    '对方不支持此类通话。如果是视频通话，请改用语音；否则请联系管理员。',
  ],
  'address-hidden':
    '服务器需要本机的网络地址，但浏览器将其隐藏。请在浏览器地址栏允许使用麦克风，然后重新呼叫；如没有麦克风，请联系管理员。',
  'kicked-out': '您已被移出通话。',
  'too-many-calls': '通话数已达上限：{subject}。请先结束一路通话，然后重试。',
  'wall-full': '画面数已达上限：{subject}。如需显示其他画面，请先关闭一路。',
  'invalid-state': '当前无法执行此操作。请稍后再试。',
  'patch-loop': [
    '{subject} 已与其他通话连接，再次连接会听到自己的声音。请先将其从原连接中移出。',
    '其中一路通话已与其他通话连接，再次连接会听到自己的声音。请先将其从原连接中移出。',
  ],
  'tones-refused': [
    '{subject} 不接受按键音。请口头说明，或联系管理员。',
    '对方不接受按键音。请口头说明，或联系管理员。',
  ],
  'transfer-refused': [
    '{subject} 未接受转接。请将号码告知对方，或联系管理员。',
    '对方未接受转接。请将号码告知对方，或联系管理员。',
  ],
  'member-not-found': ['{subject} 已不在会议中。', '该成员已不在会议中。'],
  'conference-full': [
    '服务器人数已满，暂时无法接入 {subject}。请稍后再试，或先移除其他成员。',
    '服务器人数已满。请稍后再试，或先移除其他成员。',
  ],
  'not-in-group': ['您不是群组 {subject} 的成员。请联系管理员。', '您不是该群组的成员。请联系管理员。'],
  'open-in-another-tab': [
    '群组 {subject} 已在另一个标签页中打开。请转到该标签页，或在那里退出群组。',
    '该群组已在另一个标签页中打开。请转到该标签页，或在那里退出群组。',
  ],
  'floor-denied': ['{subject} 正在讲话。请等对方讲完后再按。', '其他人正在讲话。请等对方讲完后再按。'],
  // The media
  'microphone-refused': '麦克风权限未开启。请在浏览器地址栏或系统设置中允许。',
  'microphone-forbidden': forbidden('使用麦克风'),
  'microphone-missing': '未找到麦克风。请接入麦克风。',
  'microphone-busy': '麦克风正被其他程序占用。请关闭该程序。',
  'camera-refused': '摄像头权限未开启。请在浏览器地址栏或系统设置中允许。',
  'camera-forbidden': forbidden('使用摄像头'),
  'camera-missing': '未找到摄像头。请接入摄像头。',
  'camera-busy': '摄像头正被其他程序占用。请关闭该程序。',
  'screen-cancelled': '未选择要共享的屏幕。如需共享，请重新选择。',
  'screen-refused': '屏幕共享被阻止。请在浏览器和系统设置中允许屏幕录制，然后重新共享。',
  'screen-forbidden': forbidden('共享屏幕'),
  'screen-missing': '没有可以共享的屏幕。',
  'screen-busy': '浏览器无法获取屏幕画面。请关闭其他录屏程序后重新共享。',
  'screen-unsupported': '此浏览器不支持共享屏幕。请使用电脑上的新版浏览器。',
  'media-refused': ['{subject} 不接受视频。将继续语音通话。', '对方不接受视频。将继续语音通话。'],
  'microphone-replaced': '所选麦克风未连接，已改用其他麦克风。请重新接入，或另选一个。',
  'camera-replaced': '所选摄像头未连接，已改用其他摄像头。请重新接入，或另选一个。',
  'processing-failed': '本页面无法处理您的音视频，已按原样发送。如有影响，请联系管理员。',
  'camera-effect-failed': '无法更换背景，因此摄像头已关闭。如要显示真实背景，请不使用背景效果。',
  'effect-failed': '本页面无法启用该效果。请重试或联系管理员。',
  'unknown-device': '所选设备未连接。请接入该设备，或另选一个。',
  'devices-hidden': '允许访问后，浏览器才会显示设备名称。请先允许，再选择。',
  'output-unsupported': '此浏览器只能使用系统默认扬声器。请在系统设置中选择扬声器。',
  'no-other-camera': '没有其他摄像头。请接入后再切换。',
  'playback-blocked': '浏览器已阻止播放声音。请点击本页面任意位置。',
  'media-failed': '未收到音视频，通话已结束。可能被防火墙阻断，请更换网络后重试。',
  'no-picture': '当前没有画面。请等画面出现后再试。',
  'no-video': [
    '{subject} 没有可查看的摄像头。请选择其他号码，或请对方检查摄像头是否已连接并允许使用。',
    '对方没有可查看的摄像头。请选择其他号码，或请对方检查摄像头是否已连接并允许使用。',
  ],
  'no-relay': '暂时无法通话。请联系管理员。',
  'relay-refused': 'TURN 服务器拒绝了请求：{subject}。请联系管理员。',
  'relay-unreachable': 'TURN 服务器没有响应：{subject}。请检查网络，或联系管理员。',
  'ice-servers-failed': '本页面出错，无法呼叫。请联系管理员。',
  'recording-failed': '录制失败。已录制的内容会保留。请重新开始录制。',
  'recording-declined': '录制未获同意。请先征得通话各方同意，然后重新开始。',
  'storage-full':
    '录制空间不足。请保存并删除旧的录制文件，或清理磁盘空间，然后重新录制。已录制的内容会保留。',
  'recording-not-found': [
    '此浏览器中没有录制文件 {subject}，可能已被删除或已过期。',
    '此浏览器中没有该录制文件，可能已被删除或已过期。',
  ],
  'nothing-to-repeat': '最近几分钟内没有可重听的内容。',
  'unsupported-browser': '此浏览器缺少所需功能：{subject}。请使用最新版的 Chrome、Edge、Firefox 或 Safari。',
  // The documented functions, whose errors only the author of the page receives
  'bad-argument': '函数的参数无效：{subject}。',
  'not-initialized': '请先调用 init 和 connect：{subject}。',
  // Files
  'upload-failed': [
    '“{subject}”上传失败：服务器没有响应。请检查网络后重新上传。',
    '文件上传失败：服务器没有响应。请检查网络后重新上传。',
  ],
  'file-unreadable': [
    '无法读取“{subject}”。文件可能为空、已被移动或修改，或者是一个文件夹。请重新选择文件。',
    '无法读取文件。文件可能为空、已被移动或修改，或者是一个文件夹。请重新选择文件。',
  ],
  'file-too-large': [
    '“{subject}”超过了服务器允许的大小。请选择较小的文件，或联系管理员。',
    '文件超过了服务器允许的大小。请选择较小的文件，或联系管理员。',
  ],
  'file-not-found': ['服务器无法播放“{subject}”。请另选文件。', '服务器无法播放该文件。请另选文件。'],
  'file-playing': ['“{subject}”正在播放。请先停止。', '该文件正在播放。请先停止。'],
  'sound-unreachable': [
    '无法加载“{subject}”。请检查网络，或另选声音。',
    '无法加载该声音。请检查网络，或另选声音。',
  ],
  'sound-unsupported': [
    '此浏览器无法播放“{subject}”。请选择 MP3、WAV 或 OGG 文件。',
    '此浏览器无法播放该声音。请选择 MP3、WAV 或 OGG 文件。',
  ],
  'sound-too-long': ['“{subject}”超过 10 分钟。请选择较短的声音。', '声音超过 10 分钟。请选择较短的声音。'],
  // The server’s API
  'bad-parameter': ['服务器不接受 {subject}。请检查输入。', '服务器不接受该请求。请检查输入。'],
  'not-allowed': '您没有执行此操作的权限（{subject}）。请联系管理员。',
  unsupported: '服务器不支持此操作。',
  'message-refused': [
    '{subject} 未接收该消息。请稍后再试，或改为呼叫。',
    '对方未接收该消息。请稍后再试，或改为呼叫。',
  ],
  'message-too-long': '消息过长。请分成几条发送，或以文件形式发送。',
  'no-dispatch-server': '暂时无法通话。请联系管理员。',
  'bad-reply': '服务器返回的内容无法识别。如持续出现，请联系管理员。',
  'server-error': '服务器处理失败（{subject}）。请重试；如持续出现，请联系管理员。',
  timeout: '未及时收到响应（{subject}）。请检查网络后重试。',
  aborted: '操作已取消。',
  internal: '发生意外错误。请重试。',
  // A value of the page
  $unusable: '暂时无法通话：本页面的设置有误（{subject}）。请联系管理员。',
  $missing: '暂时无法通话：本页面的设置不完整（缺少 {subject}）。请联系管理员。',
};
