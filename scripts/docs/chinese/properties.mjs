/** The properties of elements that have no attribute, in Chinese, by their English sentences. */
export const PROPERTIES = {
  'The token that is added to the link, such as a new one of your server. It is no attribute.':
    '加到链接中的令牌，如由您的服务器新签发的；不是 HTML 属性',
  'The call to control, if the page sets it.': '要控制的通话（由页面设置时）',
  'Tells who has a number: `{name, picture, detail, href}`, or a promise of it. The elements show it; nothing waits for it.':
    '告知号码对应的人：`{name, picture, detail, href}`，或其 Promise。由各元素显示，任何操作都不等待它。',
  'The call shown.': '当前显示的通话',
  'The state of the call shown; undefined if there is none.': '当前显示的通话的状态；没有时为 undefined',
  'The state of the conference shown; undefined if there is none.':
    '当前显示的会议的状态；没有时为 undefined',
  'The state of the intercom shown; undefined if there is none.': '当前显示的对讲的状态；没有时为 undefined',
  'The calls shown: urgent ones first, then oldest first. Cameras that this client watches are left out.':
    '当前显示的通话：紧急呼叫在前，其余按时间从早到晚。不含本客户端正在查看的摄像头。',
  "The client: the one that the page has set, or else the element's own; undefined while the attributes do not define one. The element never connects or ends a client that the page has set.":
    '客户端：页面设置的客户端，否则为元素自己的；属性不足以定义客户端时为 undefined。元素绝不连接或结束页面设置的客户端。',
  'Options that have no attribute: `credentials`, `codecs`, `timeouts`, `log` and so on. They override attributes.':
    '没有对应标签属性的选项：`credentials`、`codecs`、`timeouts`、`log` 等。优先于标签属性。',
  'The calls of this account that have ended; undefined while there is no client.':
    '该账号已结束的通话；没有客户端时为 undefined',
  "The recordings of this account's calls that the browser stores; undefined while there is no client.":
    '浏览器保存的该账号的通话录制；没有客户端时为 undefined',
  "The client's state.": '客户端的状态',
  'The calls that have not ended, oldest first.': '尚未结束的通话，最早的在前',
  'The SIP and API messages, for a support desk; `trace.start()` begins to keep the last 500; undefined while there is no client.':
    'SIP 和 API 消息，供技术支持使用；`trace.start()` 起保留最近 500 条；没有客户端时为 undefined',
  'The SOS calls that no one has acknowledged yet; `state.alarms` lists them; undefined while there is no client.':
    '尚未确认的 SOS 呼叫，列于 `state.alarms`；没有客户端时为 undefined',
  'What the PBX offers by codes: parking, picking up, voicemail, forwarding and so on; undefined while there is no client.':
    'PBX 以功能码提供的操作：停泊、代接、语音信箱、呼叫转移等；没有客户端时为 undefined',
  'The patches that have not ended, oldest first.': '尚未结束的桥接，最早的在前',
  'Messages sent and received: conversations, unread messages, files; undefined while there is no client.':
    '收发的消息：会话、未读消息、文件；没有客户端时为 undefined',
  'Microphone, camera, speaker and ringer; available before the first connection; undefined while there is no client.':
    '麦克风、摄像头、扬声器和铃声设备；首次连接之前即可使用；没有客户端时为 undefined',
  'Plays the ringtone of incoming calls and the call tones of outgoing ones; undefined while there is no client.':
    '播放来电铃声和呼出的呼叫音；没有客户端时为 undefined',
  'The people and devices that the server knows; undefined while there is no client.':
    '服务器通讯录中的人员和设备；没有客户端时为 undefined',
  'What the server supports; undefined while there is no client.':
    '服务器支持的能力；没有客户端时为 undefined',
  'The conference shown.': '当前显示的会议',
  'The devices to choose from.': '可选择的设备',
  'The client whose directory is shown.': '所显示通讯录的客户端',
  'The client whose people have keys.': '按键所属人员的客户端',
  'Full seconds; undefined while nothing is counted.': '整秒数；未计时时为 undefined',
  'The entries shown, newest first.': '当前显示的记录，最新的在前',
  'The ringing calls shown, oldest first.': '当前显示的来电，最早的在前',
  'The intercom shown.': '当前显示的对讲',
  "The client: the phone's own, or the surrounding one.": '客户端：电话自己的，或外层的',
  "The options of the phone's own client, as in `<sip-client>.options`.":
    '电话自己的客户端的选项，与 `<sip-client>.options` 相同',
  "The ICE servers of the phone's own client, as in `<sip-client>.iceServers`.":
    '电话自己的客户端的 ICE 服务器，与 `<sip-client>.iceServers` 相同',
  'Closes the dialog; a transfer in progress continues.': '关闭对话框；正在进行的转接继续',
  'The files in the list.': '列表中的文件',
  'Whether video is playing.': '是否正在播放画面',
  'The numbers of the people who are selected.': '所选人员的号码',
  'The client whose people are shown.': '显示其人员的客户端',
};
