/** The Chinese sentences of what the sources describe in English: the options, the events, and the attributes of elements. */

/** By names: the options and attributes of a client, the timeouts, the capabilities, the events. */
const NAMED = {
  // Options, by their attributes
  server: '服务器的 WebSocket 地址；可写多个（列表，或用空格、逗号分隔），依次尝试',
  'server-order':
    '尝试多个服务器的顺序：`listed`（按列出的顺序）或 `random`（随机，把客户端分散到同等的服务器）',
  host: '服务器的主机名或地址，代替 `server`：`wss://{host}:{port}{path}`，本机为 `ws:`',
  port: '与 `host` 搭配的端口',
  path: '与 `host` 搭配的路径',
  user: '服务器上的用户号码',
  password: '用户的密码',
  domain: '注册地址（address of record）的域',
  'display-name': '对方看到的名称',
  profile: '服务器类型：`dispatch`，或用于任何 SIP over WebSocket 服务器的 `standard`',
  expires: '注册有效期，单位秒，1–600',
  api: '服务器 API 的 WebSocket 地址',
  mailbox: '语音信箱号码，如 `*97`',
  'upload-url': '文件上传地址，可以是相对于页面的地址',
  'ice-servers': 'STUN 和 TURN 服务器：属性中写 JSON，也可以是返回它们的函数',
  'force-relay': '媒体只经 TURN 服务器传输',
  'max-calls': '同时通话的最大数量，至少为 1',
  'parallel-calls': '允许多路通话同时进行；否则只有一路通话，其余保持',
  resume: '页面重新加载或崩溃后，若 30 秒内连接成功，则在新页面中继续通话',
  'shared-worker':
    '`sip-shared-worker.js` 的地址，须与页面同源：同一账号的所有标签页共用一部电话，只有一个连接和一个注册',
  'do-not-disturb': '拒绝来电并记为未接',
  'allow-monitoring': '无需每次询问，允许他人查看摄像头',
  'auto-answer': '主叫要求自动应答时自动接听：`audio` 或 `video`',
  'history-storage': '通话记录的保存位置：`local`（浏览器）、`memory`（客户端存在期间）或 `none`',
  'recordings-storage': '录制文件的保存位置：`local`（浏览器私有文件）或 `memory`（页面存在期间）',
  'recordings-limit': '所有录制文件的总大小上限，单位 MB，1–1,000,000',
  'recordings-days': '录制文件保留天数，1–36,500',
  'message-bytes': '文本的最大长度，UTF-8 字节数，1–32,000；Asterisk 只接受 1023',
  'message-receipts': '发送和请求哪些消息回执：`all`、`delivery`（仅送达，不含已读）或 `none`（RFC 5438）',
  'message-composing': '是否让对方看到本方正在输入，并看到对方正在输入：`on` 或 `off`（RFC 3994）',
  dtmf: 'DTMF 按键音的发送方式：`auto`、`rfc4733` 或 `info`',
  ringtone: '来电铃声：`default`、`none` 或声音文件的地址',
  'ring-volume': '铃声音量，0–1',
  'tone-country': '播放哪个国家的信号音（ITU-T E.180），写 ISO 3166-1 代码，如 `de`',
  'quiet-hours': '每天只显示来电而不响铃的时段，按用户本地时间，如 `22:00-07:00`',
  'monitor-uri': '查看某号码摄像头时呼叫的地址，如 `sip:*33{number}@{host}`',
  'listen-in-uri': '监听某号码通话（不被听到）时呼叫的地址',
  'barge-in-uri': '强插某号码通话时呼叫的地址',
  'play-file-uri':
    '向通话播放文件时呼叫的地址，如 `sip:*88{file}*{number}@{host}`：播放给通话对方，或播放到该号码的会议室',
  'conference-uri': '创建会议时呼叫的地址（RFC 4579 §5.4），如 `sip:conference@{host}`',
  autoconnect: '属性设置完成后立即连接并注册；设有 `api` 时同时打开 API 连接',
  'keep-alive': '元素离开文档时保留连接和通话',
  'leave-warning': '通话中离开页面时，让浏览器先询问用户',
  credentials: '返回凭据（或其 Promise），代替 `password`',
  registerHeaders: '附加到每个 REGISTER 的头域',
  codecs: "首选编解码器，按优先顺序，如 `['VP8', 'opus']`",
  historyLimit: '保留多少条通话记录，1–1000',
  messageLimit: '每个会话保留多少条消息，1–100,000',
  messageDays: '消息保留天数，1–36,500',
  timeouts: '各种等待时间，单位毫秒',
  callTones: '用户是否听到回铃音和呼叫失败提示音',
  audio: '浏览器对麦克风声音的处理',
  processAudio: '在发送前处理麦克风声音',
  processVideo: '在发送前处理摄像头画面',
  devices: '客户端自己的设备选择',
  log: '接收日志（不含密码）：`{level, area, text}`',
  // Timeouts
  reply: '对服务器 API 的请求，或没有最终响应的 SIP 请求；文本消息按 RFC 3261 为 32 秒',
  heartbeat: '空闲 API 连接的心跳间隔',
  invitePatience: '会话 ID 未知的 INVITE 等待说明它的应答',
  invite: '已创建的会话等待其 INVITE',
  sessionEvent: '对话没有收到任何会话事件的时长；之后由对话本身决定通话阶段',
  members: '服务器不上报变化时，查询会议成员的间隔',
  connect: '打开 WebSocket',
  iceGathering: '收集 STUN 服务器的 ICE 候选；TURN 服务器为五倍',
  // Capabilities
  'capability call': '可以呼叫',
  'capability message': '可以发送文本消息',
  'capability api': '服务器有 JSON API',
  'capability directory': '部门、人员及其位置',
  'capability presence': '服务器上报指定号码是否空闲或通话中（`client.watchPeople`）',
  'capability transfer': '可以转接通话',
  'capability upload': '可以向服务器上传文件',
  'capability conference': '可以创建会议',
  'capability rooms': '会议是按号码加入的会议室，即使没有呼叫成员',
  'capability broadcast': '可以创建广播，成员只听',
  'capability members': '可以邀请、移除会议成员，并更改其发言和收听',
  'capability push': '可以把某成员的画面显示给所有人',
  'capability playFile': '服务器可以向通话播放文件',
  'capability intercom': '对讲组：同一时间一人讲话',
  'capability monitor': '可以查看摄像头',
  'capability memberVideo': '可以用单独的通话查看成员画面',
  'capability bargeIn': '可以强插他人的通话',
  'capability listenIn': '可以监听他人的通话',
  'capability supervise': '可以强插、监听和强拆他人的通话',
  'capability urgent': '可以发起紧急呼叫和 SOS 呼叫',
  // Events
  'sip-call-created': '已创建呼出通话',
  'sip-call-received': '有来电；阻止后：不响铃',
  'sip-call-resumed': '上一个页面的通话继续（选项 `resume`）：已接听，正在恢复',
  'sip-auto-answer': '主叫要求自动应答，将在 `after` 秒后接听；阻止后：照常响铃',
  'sip-call-answered': '通话已接听',
  'sip-call-hangup': '通话已结束',
  'sip-call-state': '通话阶段已改变',
  'sip-call-hold': '用户保持或恢复了通话',
  'sip-call-remote-hold': '对方保持或恢复了通话',
  'sip-call-remote-recording': '对方或中间的服务器报告开始或停止录制通话',
  'sip-call-health': '通话连接的健康状况已改变',
  'sip-call-quality': '通话质量测量结果，接通期间每两秒一次',
  'sip-call-stalled': '五秒没有收到媒体，或原因已改变；媒体恢复时为 undefined',
  'sip-dtmf': '对方的 DTMF 按键音：`0`–`9`、`A`–`D`、`*`、`#`；`duration` 单位毫秒',
  'sip-media-request': '对方请求加入视频；阻止后：拒绝请求',
  'sip-transfer': '本方发起的转接有进展、已完成或失败',
  'sip-transfer-request': '对方请求呼叫 `target` 以代替当前通话（RFC 3515）',
  'sip-recording-request': '即将开始录制；阻止后：不开始',
  'sip-recording': '录制完成，可能在通话结束之后；阻止后：不下载',
  'sip-server-connect': '客户端已连接服务器',
  'sip-server-disconnect': '客户端已断开与服务器的连接',
  'sip-connection': '连接状态已改变',
  'sip-registration': '注册状态已改变',
  'sip-api-connection': 'API 连接的状态已改变',
  'sip-api-received': '服务器 API 发来消息',
  'sip-message-received': '收到文本消息',
  'sip-message-state': '本方消息已发送、发送失败或正在重发',
  'sip-message-unread': '未读消息数已改变：`count` 为该号码的未读数，`unread` 为总数',
  'sip-waiting-messages': '语音信箱中的留言已改变；未知时为 undefined',
  'sip-upload-progress': '上传进度，每秒最多五次',
  'sip-upload-end': '上传结束：服务器已应答，或上传失败',
  'sip-person-state': '某号码变为空闲、忙线或离线；状态未知时为 undefined',
  'sip-position': '被跟踪的人员（`client.directory.follow`）位置已移动',
  'sip-member-change': '会议成员加入、离开、被呼叫、讲话，或其音视频改变',
  'sip-floor': '对讲的话权已改变',
  'sip-device-change': '正在使用的设备改变：用户选择了设备，或设备被拔出、重新接入',
};

/**
 * By the English sentences: what elements have.
 *
 * @type {Readonly<Record<string, string>>}
 */
const SENTENCES = {
  "An icon instead of the element's own.": '代替元素自身的图标',
  'An icon instead of that of the pressed button.': '代替按下状态的图标',
  'Keeps the sound off until the user turns it on.': '用户打开之前不播放声音。',
  'The id of the `<sip-call>` or `<sip-client>`; the nearest enclosing one if empty.':
    '`<sip-call>` 或 `<sip-client>` 的 id；为空时使用外层最近的一个。',
  'Also shows the action as text.': '按钮上同时显示文字。',
  'The keyboard shortcut to display, set by the code that handles it: `Alt+M`.':
    '要显示的快捷键（由处理它的代码设置）：`Alt+M`。',
  'The sound is off, and the button is shown.': '声音已关闭，显示打开按钮。',
  "The id of the call to show; the client's current call if empty.":
    '要显示的通话 ID；为空时显示客户端的当前通话。',
  'The id of the `<sip-client>`; the nearest enclosing one if empty.':
    '`<sip-client>` 的 id；为空时使用外层最近的一个。',
  "Keyboard shortcuts that replace the defaults, `{mute: 'Control+M', hangup: ''}`; the attribute takes only `none`, which turns all off.":
    "替换默认快捷键：`{mute: 'Control+M', hangup: ''}`；写在标签上时只能用 `none`，即全部关闭。",
  'Where the shortcuts work: while the focus is in the `stage`, or anywhere on the `page` except while the user types.':
    '快捷键的有效范围：焦点在 `stage`（本元素）内时，或整个 `page`（用户输入文字时除外）。',
  'The other side asks something that the user answers here. The containing element may be closed and can open. Does not bubble.':
    '对方提出请求，由用户在此回答。所在的容器若已关闭，可借此打开。不冒泡。',
  "A control's command failed.": '控件的操作失败。',
  'Further controls of an active call, placed before the hang-up button.':
    '通话中的其他控件，显示在挂断按钮之前。',
  'An incoming call waits to be answered.': '有来电等待接听。',
  'The call is in progress.': '通话进行中。',
  'The element fills the screen.': '元素处于全屏。',
  'The call has ended, and the reason is shown.': '通话已结束，正在显示原因。',
  'A command of a line failed.': '某条线路的操作失败。',
  'A call waits to be answered.': '有通话等待接听。',
  'There is no camera, or the other side does not accept video.': '没有摄像头，或对方不接受视频。',
  'The elements that use the client.': '使用该客户端的元素。',
  "The id of the conference to show; the client's current one if empty.":
    '要显示的会议 ID；为空时显示客户端的当前会议。',
  'The members that a new conference calls: numbers, or one string separated by commas.':
    '新会议要呼叫的成员：号码列表，或用逗号分隔的文本。',
  'The number of a new conference; the server assigns one if empty.': '新会议的号码；为空时由服务器分配。',
  'The name of a new conference.': '新会议的名称。',
  'The media that a new conference starts with: `audio` or `video`.': '新会议的媒体：`audio` 或 `video`。',
  'Sends the screen as video.': '以屏幕作为视频画面发送。',
  'The id of a file on the server that a new conference plays.': '新会议要播放的服务器文件 ID。',
  'Creates a broadcast: the members only listen.': '创建广播：成员只听。',
  'The layout of the videos: `grid`, `speaker` or `picture`.':
    '画面布局：`grid`（宫格）、`speaker`（演讲者）或 `picture`（仅画面）。',
  'Keyboard shortcuts that replace the defaults of the controls; the attribute takes only `none`, which turns all off.':
    '替换控件的默认快捷键；写在标签上时只能用 `none`，即全部关闭。',
  'A command failed.': '操作失败。',
  'The id of the `<sip-client>`; the nearest enclosing one if empty, or the whole page if there is none.':
    '`<sip-client>` 的 id；为空时使用外层最近的一个，没有则作用于整个页面。',
  'A device could not be chosen or tested.': '无法选择或测试设备。',
  'The number in the field.': '输入框中的号码。',
  'The media that Enter and the large button call with: `audio` or `video`.':
    '回车键和大按钮呼叫时使用的媒体：`audio` 或 `video`。',
  'Offers to call and share the screen, if the browser supports it.':
    '提供“呼叫并共享屏幕”（需浏览器支持）。',
  'A call or a connection that was requested here failed.': '在此发起的呼叫或连接失败。',
  'The actions of a row, separated by spaces: `call`, `video`, `invite`, `message`, `monitor` as buttons, `urgent`, `sos`, `listen-in`, `barge-in`, `force-end` in a menu. Actions that the server does not support are left out. `invite` is for a `<sip-conference>` of the same client, `monitor` for a `<sip-monitor>`; the last three are for people who are in a call.':
    '每行提供的操作，用空格分隔：`call`、`video`、`invite`、`message`、`monitor` 为按钮，`urgent`、`sos`、`listen-in`、`barge-in`、`force-end` 在菜单中。服务器不支持的操作不显示。`invite` 用于同一客户端的 `<sip-conference>`，`monitor` 用于 `<sip-monitor>`；最后三项用于正在通话的人员。',
  "Numbers to show instead of the server's directory, separated by `,`, `;` or spaces; the property also takes a list whose items may be `{number, name}`.":
    '代替服务器通讯录显示的号码，用 `,`、`;` 或空格分隔；作为 JavaScript 属性时也可以是列表，列表项可为 `{number, name}`。',
  'The user chose an action for a person, by a button or in the menu. Cancelable: if canceled, nothing happens. `invite`, `message` and `monitor` are handled by a `<sip-conference>`, `<sip-messages>` or `<sip-monitor>` of the same client, or by the page.':
    '用户通过按钮或菜单对某人选择了操作。可取消：取消后不执行。`invite`、`message`、`monitor` 由同一客户端的 `<sip-conference>`、`<sip-messages>`、`<sip-monitor>` 或页面处理。',
  'An action failed.': '操作失败。',
  'What is counted: the `call` or the `recording`.': '计时对象：`call`（通话）或 `recording`（录制）。',
  'The command failed.': '操作失败。',
  'Shows only missed calls.': '只显示未接来电。',
  'A call that was requested here failed.': '在此发起的呼叫失败。',
  'There are missed calls that the user has not seen.': '有用户尚未查看的未接来电。',
  'The command failed; for example, the other side did not agree.': '操作失败，例如对方不同意。',
  'Notifications while the user does not see the call. By default they are shown if the user has already allowed them; `ask` shows a button that requests permission, until the user has decided; `none` shows none.':
    '用户看不到来电时的系统通知。默认在用户已允许时显示；`ask` 显示请求权限的按钮，直到用户作出选择；`none` 不显示通知。',
  "The address of the service worker `sip-notification-worker.js`, on the page's origin. With it, a notification has buttons that answer with audio only and that decline. A notification never has a button that allows the camera to be seen.":
    '与页面同源的 service worker `sip-notification-worker.js` 的地址。设置后，通知带有“语音接听”和“拒接”按钮。通知中绝不会有允许查看摄像头的按钮。',
  'Offers to answer and share the screen, if the browser supports it.':
    '提供“接听并共享屏幕”（需浏览器支持）。',
  'A call could not be answered or declined, or the `notification-worker` was not found.':
    '无法接听或拒接，或找不到 `notification-worker`。',
  'A call is ringing.': '有来电正在响铃。',
  'Another user is watching the camera.': '有人正在查看摄像头。',
  'The button that requests permission for notifications is shown.': '正在显示请求通知权限的按钮。',
  'The id of the intercom to show; if empty, the other attributes choose it.':
    '要显示的对讲 ID；为空时由其他属性决定。',
  'The number of the group to join.': '要加入的对讲组号码。',
  'The members that a temporary group calls: numbers, or one string separated by commas.':
    '临时对讲组要呼叫的成员：号码列表，或用逗号分隔的文本。',
  'The number of a temporary group; the server assigns one if empty.':
    '临时对讲组的号码；为空时由服务器分配。',
  'The name of a temporary group.': '临时对讲组的名称。',
  'A key that works like the button anywhere on the page: `F8`, `Control+T`, or a `KeyboardEvent.code` such as `Space`, `ControlRight`; empty for none. Keys other than function keys do nothing while the user types; the space bar and Enter also do nothing while a button has the focus. If several intercoms have the same key, it works for the one that was joined first.':
    '在页面任何位置都等同于按钮的按键：`F8`、`Control+T`，或 `KeyboardEvent.code`，如 `Space`、`ControlRight`；为空则不设。用户输入文字时只有功能键有效；焦点在按钮上时，空格和回车也无效。多个对讲使用同一按键时，先加入的有效。',
  'The first press begins and the second one ends, for users who cannot hold a button.':
    '按一次开始，再按一次结束，便于无法长按的用户。',
  'The user is heard.': '本方正在讲话（已获得话权）。',
  'Another member is heard.': '其他成员正在讲话。',
  'The intercom is connected.': '对讲已接通。',
  'Turns the local key tones off.': '关闭本地按键音。',
  'A tone could not be sent.': '按键音发送失败。',
  'The number of the other side; if empty, all conversations are listed.': '对方号码；为空时列出所有会话。',
  'The name of the other side; if empty, the name that the other side sends.':
    '对方名称；为空时使用对方发来的名称。',
  'A message could not be sent.': '消息发送失败。',
  'The numbers whose cameras are shown: numbers, or one string separated by commas; 16 at most. A number may occur several times.':
    '要查看摄像头的号码：号码列表，或用逗号分隔的文本；最多 16 个，可重复。',
  'The id of a running conference; its `members` are shown instead of `numbers`.':
    '正在进行的会议 ID；显示其 `members`，而不是 `numbers`。',
  'The conference members whose video is shown: numbers, or one string separated by commas.':
    '要查看画面的会议成员：号码列表，或用逗号分隔的文本。',
  "The codec that the server converts the video to, in the server's notation; the server chooses if empty.":
    '服务器转码的目标编解码器（按服务器的写法）；为空时由服务器选择。',
  'Numbers to show with their states, as in `<sip-directory>`, if the server has no directory.':
    '服务器没有通讯录时，显示这些号码及其状态，与 `<sip-directory>` 相同。',
  'The view shown: `keypad`, `history`, `directory`, `messages` or `devices`.':
    '当前页：`keypad`、`history`、`directory`、`messages` 或 `devices`。',
  'Shows the phone as a button in the corner of the page, which opens it.':
    '以页面角落的悬浮按钮显示，点击打开电话。',
  'Whether the phone in the corner is open.': '悬浮电话是否已打开。',
  'Offers to share the screen when the user calls or answers, if the browser supports it.':
    '呼叫或接听时提供共享屏幕（需浏览器支持）。',
  'Shows a form for server, user and password until the user has signed in, and a button that signs out. The attributes `server` and `user` fill its fields.':
    '登录前显示服务器、用户和密码表单，登录后显示退出按钮。属性 `server` 和 `user` 会填入表单。',
  'Where the form keeps the server and the user, never the password: `local` (in the browser) or `none`.':
    '表单把服务器和用户（绝不包括密码）保存在哪里：`local`（浏览器）或 `none`。',
  'There is a call.': '有通话。',
  "The file's name: `{number}`, `{name}`, `{id}` and `{time}` are filled in; `{{` is a literal brace.":
    '文件名：自动填入 `{number}`、`{name}`、`{id}`、`{time}`；`{{` 表示花括号本身。',
  'Whose video: `remote` or `local`.': '谁的画面：`remote`（对方）或 `local`（本方）。',
  'A photo was taken. Cancelable: if canceled, it is not downloaded.': '已拍照。可取消：取消后不下载。',
  'No photo could be taken.': '无法拍照。',
  'Users are satisfied with the quality.': '用户对质量满意。',
  'Some users are dissatisfied.': '部分用户不满意。',
  'Many users are dissatisfied.': '许多用户不满意。',
  'Nearly all users are dissatisfied.': '几乎所有用户都不满意。',
  'No media arrives.': '收不到媒体。',
  "The file's name: `{number}`, `{name}`, `{id}` and `{time}` are filled in; `{{` is a literal brace; the extension is added.":
    '文件名：自动填入 `{number}`、`{name}`、`{id}`、`{time}`；`{{` 表示花括号本身；扩展名自动添加。',
  "Puts the user's own video, small, into a corner of the other side's.":
    '把本方画面缩小放在对方画面的一角。',
  'A recording started by this button is finished. Cancelable: if canceled, it is not downloaded. Does not bubble: the client dispatches the same event.':
    '由此按钮开始的录制已完成。可取消：取消后不下载。不冒泡：客户端会派发同样的事件。',
  'A recording could not start, or not continue.': '录制无法开始或继续。',
  'The screen could not be shared. Not dispatched if the user cancels the choice.':
    '无法共享屏幕。用户取消选择时不派发。',
  'The call could not be transferred.': '转接失败。',
  "The purpose of the files: `text`, `picture`, `voice`, `video`, `play-audio`, `play-video` and so on, or the server's number. Derived from each file if empty.":
    '文件用途：`text`、`picture`、`voice`、`video`、`play-audio`、`play-video` 等，或服务器的编号。为空时按文件判断。',
  'The accepted file types, as in `<input type="file">`: `image/*,.pdf`.':
    '可选择的文件类型，与 `<input type="file">` 相同：`image/*,.pdf`。',
  'A file could not be uploaded.': '文件上传失败。',
  'An upload is in progress.': '正在上传。',
  'The video started, changed its size, or ended.': '画面开始、尺寸改变或结束。',
  'Video is playing.': '正在播放画面。',
  'The other side sends black, as for a camera that is off.': '对方发送黑屏，如摄像头已关闭。',
  'The attributes do not define a client, or one of them has an invalid value.':
    '属性不足以定义客户端，或某个属性的值无效。',
};

/** Words in the column of defaults. */
const DEFAULTS = {
  none: '无',
  on: '开',
  off: '关',
  "the scheme's": '协议默认值',
  "the server's host": '服务器主机名',
  'the user': '用户号码',
  'from the server': '由服务器提供',
  "the browser's": '浏览器默认',
  'see below': '见下文',
  'all on': '全部开启',
  'shared by the page': '页面共用',
};

/**
 * @param {Readonly<Record<string, string>>} table
 * @param {string} key
 */
function chosen(table, key) {
  const text = table[key];
  if (text === undefined) throw new Error(`scripts/docs/chinese.mjs has no Chinese for: ${key}`);
  return text;
}

/**
 * Returns the Chinese description of an option, timeout, capability or event.
 *
 * @param {string} name
 */
export const namedInChinese = (name) => chosen(NAMED, name);

/**
 * Returns the Chinese sentences for a description of an element's attribute, event, slot or state; those of an option
 * that an element passes to its client have the option's.
 *
 * @param {string} description
 * @param {string} [name] The name of the attribute or event.
 */
export function inChinese(description, name = '') {
  const sentence = description.replace(/\s+/g, ' ').trim();
  return SENTENCES[sentence] ?? chosen(name in NAMED ? NAMED : SENTENCES, name in NAMED ? name : sentence);
}

/**
 * Returns a default value in Chinese; a value of code, or a number, is as it is.
 *
 * @param {string} value
 */
export const defaultInChinese = (value) => (/^[`\d]/.test(value) ? value : chosen(DEFAULTS, value));
