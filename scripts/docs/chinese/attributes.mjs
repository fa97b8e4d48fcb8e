/** The attributes of elements in Chinese, by their English sentences. */
export const ATTRIBUTES = {
  'Keeps the sound off until the user turns it on.': '用户打开之前不播放声音',
  'The id of the `<sip-call>` or `<sip-client>`; the nearest enclosing one if empty.':
    '`<sip-call>` 或 `<sip-client>` 的 id；为空时使用外层最近的一个',
  'Also shows the action as text.': '按钮上同时显示文字',
  'The keyboard shortcut to display, set by the code that handles it: `Alt+M`.':
    '要显示的快捷键（由处理它的代码设置）：`Alt+M`',
  "The id of the call to show; the client's current call if empty.":
    '要显示的通话 ID；为空时显示客户端的当前通话',
  'The id of the `<sip-client>`; the nearest enclosing one if empty.':
    '`<sip-client>` 的 id；为空时使用外层最近的一个',
  "Keyboard shortcuts that replace the defaults, `{mute: 'Control+M', hangup: ''}`; the attribute takes only `none`, which turns all off.":
    "替换默认快捷键：`{mute: 'Control+M', hangup: ''}`；写在标签上时只能用 `none`，即全部关闭",
  'Where the shortcuts work: while the focus is in the `stage`, or anywhere on the `page` except while the user types.':
    '快捷键的有效范围：焦点在 `stage`（本元素）内时，或整个 `page`（用户输入文字时除外）',
  "The id of the conference to show; the client's current one if empty.":
    '要显示的会议 ID；为空时显示客户端的当前会议',
  'The members that a new conference calls: numbers, or one string separated by commas.':
    '新会议要呼叫的成员：号码列表，或用逗号分隔的文本',
  'The number of a new conference; the server assigns one if empty.': '新会议的号码；为空时由服务器分配',
  'The name of a new conference.': '新会议的名称',
  'The media that a new conference starts with: `audio` or `video`.': '新会议的媒体：`audio` 或 `video`',
  'Sends the screen as video.': '以屏幕作为视频画面发送',
  'The id of a file on the server that a new conference plays.': '新会议要播放的服务器文件 ID',
  'Creates a broadcast: the members only listen.': '创建广播：成员只听',
  'The layout of the videos: `grid`, `speaker` or `picture`.':
    '画面布局：`grid`（宫格）、`speaker`（演讲者）或 `picture`（仅画面）',
  'Keyboard shortcuts that replace the defaults of the controls; the attribute takes only `none`, which turns all off.':
    '替换控件的默认快捷键；写在标签上时只能用 `none`，即全部关闭',
  'The id of the `<sip-client>`; the nearest enclosing one if empty, or the whole page if there is none.':
    '`<sip-client>` 的 id；为空时使用外层最近的一个，没有则作用于整个页面',
  'The number in the field.': '输入框中的号码',
  'The media that Enter and the large button call with: `audio` or `video`.':
    '回车键和大按钮呼叫时使用的媒体：`audio` 或 `video`',
  'Offers to call and share the screen, if the browser supports it.': '提供“呼叫并共享屏幕”（需浏览器支持）',
  'The actions of a row, separated by spaces: `call`, `video`, `invite`, `message`, `monitor` as buttons, `pick-up`, `urgent`, `sos`, `listen-in`, `barge-in`, `force-end`, `whisper` in a menu. Actions that the server does not support are left out. `invite` is for a `<sip-conference>` of the same client, `monitor` for a `<sip-monitor>`; the last four are for people who are in a call, `pick-up` for those whose phone is ringing, and it is a button, too.':
    '每行提供的操作，用空格分隔：`call`、`video`、`invite`、`message`、`monitor` 为按钮，`pick-up`、`urgent`、`sos`、`listen-in`、`barge-in`、`force-end`、`whisper` 在菜单中。服务器不支持的操作不显示。`invite` 用于同一客户端的 `<sip-conference>`，`monitor` 用于 `<sip-monitor>`；最后四项用于正在通话的人员，`pick-up` 用于振铃中的人员，同时也是按钮。',
  'Rows of 36 px, for a mouse: name, number and state on one line, and the actions over the row that is hovered or focused.':
    '适合鼠标的 36 px 紧凑行：姓名、号码和状态在一行，操作按钮覆盖在悬停或获得焦点的行上',
  'Lets the user select several people and groups: by their boxes, by Ctrl or Shift and a click, and by Space, Shift with an arrow key, and Ctrl+A. Below the tree is the bar with what can be done with them; its place is always there, and the tree has the whole of its height.':
    '允许用户选择多个人员和部门：勾选方框，按住 Ctrl 或 Shift 点击，或使用空格、Shift 加方向键、Ctrl+A。树的下方是操作栏，其位置始终保留，树占满其高度',
  "Numbers to show instead of the server's directory, separated by `,`, `;` or spaces; the property also takes a list whose items may be `{number, name}`.":
    '代替服务器通讯录显示的号码，用 `,`、`;` 或空格分隔；作为 JavaScript 属性时也可以是列表，列表项可为 `{number, name}`',
  'What is counted: the `call` or the `recording`.': '计时对象：`call`（通话）或 `recording`（录制）',
  'Shows only missed calls.': '只显示未接来电',
  'Notifications while the user does not see the call. By default they are shown if the user has already allowed them; `ask` shows a button that requests permission, until the user has decided; `none` shows none.':
    '用户看不到来电时的系统通知。默认在用户已允许时显示；`ask` 显示请求权限的按钮，直到用户作出选择；`none` 不显示通知。',
  "The address of the service worker `sip-notification-worker.js`, on the page's origin. With it, a notification has buttons that answer with audio only and that decline. A notification never has a button that allows the camera to be seen.":
    '与页面同源的 service worker `sip-notification-worker.js` 的地址。设置后，通知带有“语音接听”和“拒接”按钮。通知中绝不会有允许查看摄像头的按钮。',
  'Offers to answer and share the screen, if the browser supports it.':
    '提供“接听并共享屏幕”（需浏览器支持）',
  'The id of the intercom to show; if empty, the other attributes choose it.':
    '要显示的对讲 ID；为空时由其他属性决定',
  'The number of the group to join.': '要加入的对讲组号码',
  'The members that a temporary group calls: numbers, or one string separated by commas.':
    '临时对讲组要呼叫的成员：号码列表，或用逗号分隔的文本',
  'The number of a temporary group; the server assigns one if empty.': '临时对讲组的号码；为空时由服务器分配',
  'The name of a temporary group.': '临时对讲组的名称',
  'A key that works like the button anywhere on the page: `F8`, `Control+T`, or a `KeyboardEvent.code` such as `Space`, `ControlRight`; empty for none. Keys other than function keys do nothing while the user types; the space bar and Enter also do nothing while a button has the focus. If several intercoms have the same key, it works for the one that was joined first.':
    '在页面任何位置都等同于按钮的按键：`F8`、`Control+T`，或 `KeyboardEvent.code`，如 `Space`、`ControlRight`；为空则不设。用户输入文字时只有功能键有效；焦点在按钮上时，空格和回车也无效。多个对讲使用同一按键时，先加入的有效。',
  'The first press begins and the second one ends, for users who cannot hold a button.':
    '按一次开始，再按一次结束，便于无法长按的用户',
  "The groups, 24 at most: numbers or `number=name`, separated by commas, such as `9001=All hands, 9002`; as a property also a list. Without them, the groups of the server's directory.":
    '对讲组，最多 24 个：号码或 `号码=名称`，用逗号分隔，如 `9001=All hands, 9002`；作为 JavaScript 属性时也可以是列表。不设时为服务器通讯录的组',
  'Shows only the rows of this number: a person, a conference or a group.':
    '只显示该号码（个人、会议或对讲组）的记录',
  'Which rows are shown at first: `all`, `hour`, `shift` (since the user signed in) or `sos`.':
    '最初显示哪些记录：`all`、`hour`、`shift`（登录以来）或 `sos`',
  'Shows only what was heard of this number: a caller, a group or a conference.':
    '只显示该号码（主叫、对讲组或会议）的内容',
  "A number that answers and sends back what it hears, for the test call; the server's own one if empty.":
    '用于测试通话的回声号码：自动应答并回送声音；为空时用服务器给出的号码',
  'Whether the page sends reports: a button then dispatches `sip-check-report`.':
    '页面是否发送报告：是则由按钮派发 `sip-check-report`',
  'The link, without a token, such as `/phone.html#config=/desks/7.json`; it may be relative to the page.':
    '链接，不含 `token`，如 `/phone.html#config=/desks/7.json`；可相对于页面',
  'The name of the desk, such as `Desk 7`.': '席位名称，如 `7 号席位`',
  'The key that repeats the last utterance, anywhere on the page except while the user types; empty for none.':
    '重听上一段的按键，在页面任何位置有效，输入文字时除外；留空则没有',
  'The numbers of the selected groups.': '选中的组的号码',
  'A key that speaks to the selected groups while it is held, as that of a `<sip-intercom>`; empty for none.':
    '按住时对选中的组讲话的按键，规则与 `<sip-intercom>` 相同；为空则不设',
  'The keys of the groups, in their order, separated by spaces: a press selects the group, holding the key speaks to it alone; empty for none.':
    '各组的按键，按组的顺序，用空格分隔：按一下选中该组，按住只对该组讲话；为空则不设',
  'The regions to show, separated by spaces: `top`, `left`, `center`, `queue`, `right`, `bottom`; all if empty.':
    '要显示的区域，用空格分隔：`top`、`left`、`center`、`queue`、`right`、`bottom`；为空则全部显示',
  "Keys that replace the defaults, as `{answer: 'F9', groups: ['F5', 'F6']}`; as an attribute `answer: F9; groups: F5 F6`. An empty value turns a key off, `none` all of them. The names are `answer`, `hold`, `search`, `listen`, `groups`, `talk`, `repeat`, `regions` and `list`.":
    "代替默认值的按键，如 `{answer: 'F9', groups: ['F5', 'F6']}`；作为属性时写 `answer: F9; groups: F5 F6`。空值关闭某个按键，`none` 关闭全部。名称为 `answer`、`hold`、`search`、`listen`、`groups`、`talk`、`repeat`、`regions` 和 `list`",
  'What becomes of the data of a user who hands over: `lock` keeps it in the browser and shows nothing of it, `erase` erases all of it, with the journal; `off` removes the button.':
    '交班用户的数据如何处理：`lock` 保留在浏览器中但不显示，`erase` 全部删除，包括值班日志；`off` 去掉交班按钮',
  'Hands over the newest unread text of each sender; otherwise only who has written, and how many.':
    '交班内容包含每位发送人最新的未读消息；否则只包含谁发来几条',
  'The first press speaks to the selected groups and the second one ends, for users who cannot hold a button.':
    '按一次对选中的组讲话，再按一次结束，便于无法长按的用户',
  'Joins each group once the client is registered; the browser asks for the microphone then.':
    '客户端注册后加入各组；此时浏览器会请求使用麦克风',
  'Lets the calls and conferences of the client hear what the user says to groups.':
    '让客户端的通话和会议听到用户对对讲组的讲话',
  "Lets the user give groups priority, in their options: all others are lowered while one of them is heard, as the client's `duck` says.":
    '让用户在对讲组的选项中设置优先：听到优先的组时，按客户端的 `duck` 降低其他声音',
  'Turns the local key tones off.': '关闭本地按键音',
  'The number of the other side, or `group:` and the number of a group; if empty, all conversations are listed.':
    '对方号码，或 `group:` 加群组号码；为空时列出所有会话',
  'The name of the other side; if empty, the name that the other side sends.':
    '对方名称；为空时使用对方发来的名称',
  'The numbers whose cameras are shown: numbers, or one string separated by commas; 16 at most. A number may occur several times.':
    '要查看摄像头的号码：号码列表，或用逗号分隔的文本；最多 16 个，可重复',
  "The cameras of the page's round: numbers, or one string separated by commas; 64 at most.":
    '页面预设轮巡的摄像头：号码列表，或用逗号分隔的文本；最多 64 个',
  'How many cameras that round shows at a time: 1, 4, 9 or 16.': '该轮巡的同屏路数：1、4、9 或 16',
  'How many seconds it shows them.': '每组停留的秒数',
  'The id of a running conference; its `members` are shown instead of `numbers`.':
    '正在进行的会议 ID；显示其 `members`，而不是 `numbers`',
  'The conference members whose video is shown: numbers, or one string separated by commas.':
    '要查看画面的会议成员：号码列表，或用逗号分隔的文本',
  "The codec that the server converts the video to, in the server's notation; the server chooses if empty.":
    '服务器转码的目标编解码器（按服务器的写法）；为空时由服务器选择',
  'Numbers to show with their states, as in `<sip-directory>`, if the server has no directory.':
    '服务器没有通讯录时，显示这些号码及其状态，与 `<sip-directory>` 相同',
  'The view shown: `keypad`, `history`, `directory`, `messages` or `devices`.':
    '当前页：`keypad`、`history`、`directory`、`messages` 或 `devices`',
  'Shows the phone as a button in the corner of the page, which opens it.':
    '以页面角落的悬浮按钮显示，点击打开电话',
  'Whether the phone in the corner is open.': '悬浮电话是否已打开',
  'Offers to share the screen when the user calls or answers, if the browser supports it.':
    '呼叫或接听时提供共享屏幕（需浏览器支持）',
  "Calls the numbers of the page's `tel:` and `sip:` links, and of its elements with `data-sip-call`, when they are clicked. The links show the states of their calls.":
    '点击页面的 `tel:` 和 `sip:` 链接，以及带 `data-sip-call` 的元素时，呼叫其号码；链接显示其通话的状态',
  'Shows a form for server, user and password until the user has signed in, and a button that signs out. The attributes `server` and `user` fill its fields.':
    '登录前显示服务器、用户和密码表单，登录后显示退出按钮。属性 `server` 和 `user` 会填入表单。',
  'Where the form keeps the server and the user, never the password: `local` (in the browser) or `none`.':
    '表单把服务器和用户（绝不包括密码）保存在哪里：`local`（浏览器）或 `none`',
  "The file's name: `{number}`, `{name}`, `{id}` and `{time}` are filled in; `{{` is a literal brace.":
    '文件名：自动填入 `{number}`、`{name}`、`{id}`、`{time}`；`{{` 表示花括号本身',
  'Whose video: `remote` or `local`.': '谁的画面：`remote`（对方）或 `local`（本方）',
  "The file's name: `{number}`, `{name}`, `{id}` and `{time}` are filled in; `{{` is a literal brace; the extension is added.":
    '文件名：自动填入 `{number}`、`{name}`、`{id}`、`{time}`；`{{` 表示花括号本身；扩展名自动添加',
  "Puts the user's own video, small, into a corner of the other side's.": '把本方画面缩小放在对方画面的一角',
  "The purpose of the files: `text`, `picture`, `voice`, `video`, `play-audio`, `play-video` and so on, or the server's number. Derived from each file if empty.":
    '文件用途：`text`、`picture`、`voice`、`video`、`play-audio`、`play-video` 等，或服务器的编号。为空时按文件判断。',
  'The accepted file types, as in `<input type="file">`: `image/*,.pdf`.':
    '可选择的文件类型，与 `<input type="file">` 相同：`image/*,.pdf`',
  'The template of the URLs of tiles (Web Mercator), such as `/tiles/{z}/{x}/{y}.png`; a grid if empty.':
    '瓦片（Web Mercator）的 URL 模板，例如 `/tiles/{z}/{x}/{y}.png`；为空时显示网格',
  'The largest zoom that has tiles.': '有瓦片的最大缩放级别',
  "The URL of a picture of the page's own, such as a site plan with north at the top; needs `bounds`.":
    '页面自己的图片的 URL，例如上北下南的平面图；需要 `bounds`',
  'The corners of the picture in degrees: south, west, north, east, such as `29.91,121.59 29.95,121.65`.':
    '图片的两角（度）：南、西、北、东，例如 `29.91,121.59 29.95,121.65`',
  'The place in the middle at first, in degrees north and east; if empty, everyone is in view.':
    '最初位于中心的地点（北纬和东经的度数）；为空时显示所有人',
  'The zoom at first if `center` is set: 1 the world, 19 houses.':
    '设置 `center` 时最初的缩放级别：1 为全世界，19 为房屋',
  'The numbers of the people to show, separated by `,`, `;` or spaces; everyone in the directory if empty.':
    '要显示的人员的号码，用 `,`、`;` 或空格分隔；为空时为通讯录中的所有人',
  'What the selected people are offered, separated by spaces: `call`, `conference`, `message`.':
    '对所选人员提供的操作，用空格分隔：`call`、`conference`、`message`',
  'The age from which a position is shown as old, in seconds.': '位置超过多少秒即显示为过时',
  // Keys of people and groups
  'The keys of the page: numbers separated by `,`, `;` or spaces, or JSON such as `[{"number": "1002", "name": "Anna"}, {"number": "8100", "group": true}]`. The property also takes a list.':
    '页面的按键：用 `,`、`;` 或空格分隔的号码，或 JSON，如 `[{"number": "1002", "name": "Anna"}, {"number": "8100", "group": true}]`。JavaScript 属性也接受列表。',
  'Several pages of keys instead of `keys`, as JSON such as `[{"name": "Harbor", "keys": ["1002", "1003"]}]`, or as a list.':
    '代替 `keys` 的多页按键：JSON，如 `[{"name": "Harbor", "keys": ["1002", "1003"]}]`，或列表',
  'The actions in the menu of a person, separated by spaces: `call`, `video`, `invite`, `message`, `monitor`, `pick-up`, `urgent`, `sos`, `listen-in`, `barge-in`, `force-end`, `whisper`. Actions that the server does not support are left out; the last four are for people who are in a call, `pick-up` for those whose phone is ringing.':
    '人员菜单中的操作，用空格分隔：`call`、`video`、`invite`、`message`、`monitor`、`pick-up`、`urgent`、`sos`、`listen-in`、`barge-in`、`force-end`、`whisper`。服务器不支持的操作不显示；后四项用于通话中的人员，`pick-up` 用于振铃中的人员。',
  'What the key of a group does: `conference`, `broadcast`, `talk` (push to talk), `call` (one after the other) or `text`.':
    '部门按键的操作：`conference`（会议）、`broadcast`（广播）、`talk`（对讲）、`call`（轮呼）或 `text`（消息）',
  'Does not let the user arrange the keys.': '不允许用户编排按键',
};
