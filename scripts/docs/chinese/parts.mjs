/** The parts of elements in Chinese. */

/** What follows “The button that”, in Chinese before “按钮”. */
export const BUTTONS = {
  // Sound and video of a call
  'turns the sound on': '打开声音',
  'confirms that the codes match': '确认验证码一致',
  'says whether the call is encrypted end to end': '显示通话是否已端到端加密',
  'turns the sound on or off': '打开或关闭声音',
  mutes: '静音',
  'turns the camera on or off': '打开或关闭摄像头',
  'shares the screen': '共享屏幕',
  "adds the user's video after the other side has added theirs": '对方开启视频后加入本方画面的',
  'removes the video from the call again': '转为语音通话的',
  'opens the menu of all devices': '打开“音视频设置”菜单的',
  'shows the call in a small window above all others': '将通话显示在置顶小窗口（画中画）的',
  'shows the call in full screen': '全屏显示通话的',
  'takes a photo': '抓拍',
  'records the call': '录制通话',
  'pauses the recording': '暂停录制',

  // Answering and ending
  'answers with audio': '语音接听',
  'answers with video': '视频接听',
  'answers with audio and shares the screen': '语音接听并共享屏幕的',
  'answers a video call with audio only': '以语音接听视频来电的',
  'answers and holds the active call': '保持当前通话并接听的',
  'answers and ends the active call': '挂断当前通话并接听的',
  declines: '拒接',
  'declines a call': '拒接来电的',
  'declines the call': '拒接',
  'ends the call': '挂断',
  'ends a call': '挂断通话的',
  'calls again': '重新呼叫',
  'clears the stage': '关闭通话结束提示的',
  'removes an ended call': '移除已结束通话的',
  'turns do not disturb on or off': '打开或关闭免打扰的',

  // Keys of people and groups
  'opens the menu of a key': '打开按键菜单的',
  'removes the page': '删除分页的',
  'adds a page': '新建分页的',
  'begins and ends arranging the keys': '开始或结束编辑按键的',
  'restores the keys of the page': '恢复页面按键的',
  'takes back the last change of pages': '撤销上一次分页修改的',
  'begins to add keys if there are none': '没有按键时开始添加的',
  'adds what is selected': '添加所选对象的',
  'removes a key': '移除按键的',
  'puts a removed key back': '恢复已移除按键的',

  // A desk
  'applies a layout': '应用布局的',
  'removes a layout': '移除布局的',
  'applies the default layout': '恢复默认布局的',
  'saves the layout': '保存布局的',
  'hands over': '交班',
  'shows what the user before has handed over': '显示上一位用户交班内容的',
  'saves a JSON file': '保存 JSON 文件的',
  'calls a number that was handed over': '呼叫交班内容中号码的',
  'closes it': '关闭它的',
  'ends the shift': '结束值班的',
  'takes over': '接班',
  'reloads the page then': '随后重新加载页面的',
  'opens a drawer': '打开抽屉的',
  'closes a drawer': '关闭抽屉的',

  // During a call
  'opens the keypad': '打开拨号盘的',
  'opens the sounds to play into the call': '打开“播放声音”面板的',
  'opens the sounds to play into the conference': '打开“播放声音”面板的',
  'opens the menu': '打开“更多”菜单的',
  'puts the call on hold': '呼叫保持',
  'holds or resumes a call': '保持或恢复通话的',
  'mutes the microphone in a call of another tab': '将其他标签页通话中的麦克风静音的',
  'transfers the call': '转接',
  'completes a transfer after a consultation': '咨询后完成转接的',
  'ends the consultation and resumes the call': '取消转接、恢复原通话的',
  'accepts a requested transfer': '接受转接请求的',
  'refuses a requested transfer': '拒绝转接请求的',
  'transfers the call at once': '直接转接',
  'calls the target first': '咨询转接',
  'closes the dialog': '关闭对话框的',
  'merges the calls into one conference': '将各路通话合并为多方通话的',
  'ends the conference: this call continues, the others are held': '拆分多方通话（本通话继续，其余保持）的',
  'opens the choice of what to connect': '选择桥接各方的',
  'connects those that are chosen': '桥接所选各方的',
  'takes a member out and holds it; the others go on': '移出某一方（其呼叫保持，其余继续）的',
  'connects one more': '将另一方加入桥接的',
  'lets the user speak and hear': '让用户参与桥接的',
  'lets the user only hear': '让用户只旁听桥接的',
  'lets the user neither speak nor hear': '让用户退出桥接（其余继续）的',
  'ends the connection: the current call continues, the others are held':
    '解除桥接（当前通话继续，其余保持）的',
  'barges into the call that the user listens to': '由监听转为强插的',
  'ends a call of others after the user has confirmed that': '强拆他人通话（需用户确认）的',
  'cancels ending the call of others, or connecting calls': '取消强拆他人通话或取消桥接的',
  'confirms ending the call of others': '确认强拆他人通话的',

  // A conference
  'starts the conference': '开始会议',
  'starts the conference with the other kind of media': '以另一种媒体开始会议的',
  'cancels a conference that the server has not named yet': '取消创建会议（服务器尚未分配 ID 时）的',
  'shows the previous page of tiles': '显示上一页窗格的',
  'shows the next page of tiles': '显示下一页窗格的',
  'opens the files': '打开文件列表的',
  'plays a file': '播放文件',
  'uploads files': '上传文件',
  'stops a file': '停止播放文件的',
  'opens the invitation': '打开邀请的',
  invites: '邀请',
  'ends the conference for all': '为所有人结束会议的',
  'confirms ending the conference': '确认结束会议的',
  'keeps the conference': '取消结束会议的',
  'opens the further commands of a member': '打开成员更多操作的',
  'mutes a member': '禁言成员的',
  'deafens a member': '禁听成员的',
  'spotlights a member for all': '将成员画面推送给所有人的',
  'removes a member': '移除成员的',
  'invites a member again who did not answer': '重新邀请未应答成员的',
  'invites a removed member again': '撤销移除、重新邀请成员的',
  'returns to the form after the conference has ended': '会议结束后返回表单的',

  // Devices
  'asks for access': '允许访问设备的',
  "shows the microphone's level": '测试麦克风（显示音量）的',
  'shows the camera preview': '测试摄像头（显示预览）的',
  'plays a tone on the speaker': '测试扬声器（播放提示音）的',
  'plays a tone on the loudspeaker': '测试外放扬声器（播放提示音）的',
  'plays a tone on the ringer': '测试铃声设备（播放提示音）的',

  // Dialing
  calls: '呼叫',
  'calls with the other kind of media': '以另一种媒体呼叫的',
  'calls and shares the screen': '呼叫并共享屏幕的',
  'cancels a call that the server has not named yet': '取消呼叫（服务器尚未分配 ID 时）的',
  'connects and registers': '连接并注册的',
  'opens the menu of urgent and SOS calls': '打开“紧急呼叫和 SOS 呼叫”菜单的',

  // The directory and the history
  'adds a person to a conference': '邀请某人加入会议的',
  'opens a conversation': '打开会话的',
  "shows a person's camera": '查看某人摄像头的',
  "opens a person's menu": '打开某人菜单的',
  'clears the selection': '取消选择的',
  'cancels ending the call': '取消强拆的',
  'confirms ending the call': '确认强拆的',
  'requests the data again': '重新请求数据的',
  'shows only missed calls': '仅看未接的',
  'calls the number called last': '重拨',
  'removes all entries shown': '清空所显示记录的',
  'removes an entry': '删除一条记录的',
  'restores removed entries': '撤销删除的',

  // Incoming calls
  'allows the caller to see the camera': '允许主叫查看摄像头的',
  'ends the watching': '停止被查看的',
  'enables the ringtone': '打开铃声的',
  'requests permission for notifications': '请求通知权限的',

  // The intercom
  joins: '加入',
  'cancels joining': '取消加入的',
  leaves: '离开',
  "declines a group's call": '拒接对讲来电的',
  "answers a group's call": '接听对讲来电的',

  // Talk groups
  "opens a group's options": '打开对讲组选项的',
  'speaks to the selected groups': '对选中的组讲话的',
  'joins all groups': '加入所有组的',
  'lists the keys': '列出按键的',
  'lets the user drag tiles, or no longer': '拖动磁贴或停止拖动的',
  'removes one of them': '移除其中一个的',
  'adds a page, while tiles are moved': '移动磁贴时新建分页的',
  'removes the page in view, while tiles are moved': '移动磁贴时删除当前分页的',
  'undoes a change of the pages': '撤销分页更改的',
  'opens the sounds to play to the selected groups': '打开“播放声音”面板的',
  'connects a pedal': '连接脚踏开关的',
  'learns a button, or no longer': '设置按钮或取消的',

  // Journal
  'ends the filter for one person': '取消只显示某人的',
  'checks all rows': '校验全部记录的',
  'saves a CSV file': '保存 CSV 文件的',
  'saves a JSON file, which can be checked': '保存可校验的 JSON 文件的',
  'plays what was said then': '播放当时讲话的（语音回放仍有时）',
  'saves a recording': '保存录制文件的',
  'writes a note to a row': '为一条记录写备注的',
  'adds a note': '添加备注的',
  'closes the form of a note': '关闭备注表单的',
  'lists the people of a roll call': '列出点名人员的',
  'closes the list': '关闭列表的',

  // The queue
  'acknowledges an SOS': '确认 SOS 的',
  'returns to the call that the SOS interrupted': '返回被 SOS 打断的通话的',
  'lets the caller see the camera': '允许查看摄像头的',
  'makes a conference of the chosen calls': '将所选通话组成会议的',

  // The map
  'selects in a box': '框选的',
  'selects with a lasso': '圈选的',
  'brings everyone into view': '显示所有人的',
  'shows or hides the list': '显示或隐藏列表的',
  'zooms in': '放大的',
  'zooms out': '缩小的',
  'ends the selection': '取消选择的',
  'calls the selected person': '呼叫所选人员的',
  'starts a conference with the selected people': '与所选人员召开会议的',
  'requests something again': '重试的',

  // Recall
  'repeats the last utterance': '重听上一段的',
  'plays an utterance, or stops it': '播放或停止某一段的',
  'makes a recording of an utterance': '把某一段保存为录制文件的',
  'starts the check, or stops it': '开始或停止检测的',
  'copies the link': '复制链接的',
  'downloads the report': '下载报告的',
  'sends the report': '发送报告的',
  'opens the `<sip-check>`': '打开 `<sip-check>` 的',
  'connects the buttons of a headset, until there is a list of headsets':
    '连接耳机按键的（出现耳机列表之前）',
  'connects another headset': '连接另一耳机的',
  'tries again to open a headset': '重新打开耳机的',
  'forgets a headset': '忘记耳机的',
  'opens a recording and plays it, or closes it': '打开并播放录制文件或将其关闭的',
  'gives a recording a title': '为录制文件设置标题的',
  'downloads a recording': '下载录制文件的',
  'deletes a recording': '删除录制文件的',
  'shows more recordings': '显示更多录制文件的',
  'restores the recording deleted last': '恢复刚删除的录制文件的',
  'plays the recording of a call, or closes its player': '播放通话录制文件或关闭其播放器的',
  'plays a recording, or closes its player': '播放录制文件或关闭其播放器的',
  'closes the player': '关闭播放器的',
  'downloads the recording of an utterance': '下载某一段录制文件的',

  // Messages
  'returns to all conversations': '返回全部会话的',
  'calls the other side': '语音呼叫对方的',
  'calls the other side with video': '视频呼叫对方的',
  'asks whether to remove all messages': '清空消息（先询问）的',
  'confirms the removal': '确认清空的',
  'begins a message to another person': '新建消息的',
  'cancels the new message': '取消新建消息的',
  'removes a file while it is being uploaded': '取消上传文件的',
  'sends a message again': '重新发送消息的',
  'removes a failed message': '删除发送失败的消息的',
  'opens the conversation with a recipient': '打开与接收人会话的',
  'opens the conversation with the group that a text was for': '打开群发会话的',
  'scrolls to the newest message': '查看最新消息的',
  'attaches files': '发送文件的',
  'sends the message': '发送消息的',

  // The wall of videos
  'requests the videos': '开始请求画面的',
  'releases the videos': '停止并释放画面的',
  'allows the sound of several videos at once': '同时播放多路声音的',
  'opens the rounds of cameras': '打开轮巡列表的',
  'starts a round': '开始轮巡的',
  'changes a saved round': '编辑已保存轮巡的',
  'removes a saved round': '移除已保存轮巡的',
  'saves a round': '保存轮巡的',
  'saves a round and starts it': '保存并开始轮巡的',
  'shows the cameras before these': '显示上一组摄像头的',
  'pauses or resumes the round': '暂停或继续轮巡的',
  'shows the next cameras': '显示下一组摄像头的',
  'opens the menu of a video': '打开画面菜单的',
  'records a video': '录制画面的',
  'shows a video full screen': '全屏显示画面的',
  'removes a video from the wall': '从监控墙移除画面的',
  'requests a refused video again, or retries at once': '重新请求被拒绝的画面或立即重试的',

  // The phone
  'signs out': '退出登录',
  'closes the phone in the corner': '收起悬浮电话的',

  // Uploads
  'opens the file picker': '选择文件',
  'cancels an upload': '取消上传的',
  'uploads a file again': '重新上传文件的',
  'tries to open a missing microphone or camera': '重新尝试打开麦克风或摄像头的',
  'removes a file from the list': '从列表移除文件的',
};

/** When a button is shown: what follows the comma after {@link BUTTONS}. */
export const CONDITIONS = {
  'if the browser supports it': '浏览器支持时显示',
  'if the server supports them': '服务器支持时显示',
  'if `screen` is set': '设置 `screen` 时显示',
  'where the small buttons have no room': '放不下小按钮时显示',
  'shown while there is no connection': '没有连接时显示',
  'shown if the browser blocks it': '浏览器阻止响铃时显示',
  'shown while one plays sound': '有一路播放声音时显示',
};

/** What follows “The field for”, in Chinese before “输入框”. */
export const FIELDS = {
  'the name of the layout': '布局名称',
  'the name of a round': '轮巡名称',
  'the name of the page': '分页名称',
  'the seconds of each set': '每组停留秒数',
  'a comment': '说明',
  'names and numbers': '姓名和号码',
  'a name or a number': '姓名或号码',
  "the conference's name": '会议名称',
  'the id of the file to play': '播放文件 ID 的',
  'how often the file plays': '文件播放次数',
  "a group's number": '对讲组号码',
  'the name or number of the recipient': '收件人姓名或号码',
  'a message': '消息',
};

/** What follows “The menu item for” or “The menu item that”, in Chinese before “菜单项”. */
export const MENU_ITEMS = {
  'an urgent call': '紧急呼叫',
  'an SOS call': 'SOS 呼叫',
  "listens to a person's call": '监听某人通话的',
  "barges into a person's call": '强插某人通话的',
  "ends a person's call after the user has confirmed that": '强拆某人通话（需用户确认）的',
};

/** Other parts, by their English sentences. */
export const PARTS = {
  'The box around everything.': '包含全部内容的外框',
  'The name that leads to the page about the other side, if `people` tells one.':
    '姓名，链接到关于对方的页面（`people` 给出时）',
  'A message about a failure.': '失败提示',
  'The button.': '按钮',

  // A call
  'The red header of an urgent or SOS call.': '紧急呼叫或 SOS 呼叫的红色标题',
  'The red header of an urgent or SOS call; a chip after the call.':
    '紧急呼叫或 SOS 呼叫的红色标题；通话结束后为小标签',
  "The other side's video.": '对方画面',
  "The user's own video.": '本方画面',
  "The other party and the call's state, shown while there is no video.":
    '对方信息和通话状态，没有画面时显示',
  'The duration of the call.': '通话时长',
  'The sign that the other side records the call.': '对方正在录制通话的标志',
  'The sign that the user has turned the sound of the call off; a press turns it on.':
    '用户已关闭本次通话声音的标志；按下即打开',
  'The button with the quality bars.': '通话质量按钮（信号条）',
  'The row of controls.': '控件栏',
  'The small button that opens the menu of microphones and speakers.': '打开麦克风和扬声器菜单的小按钮',
  'The small button that opens the menu of cameras.': '打开摄像头菜单的小按钮',
  'The menu of devices.': '设备菜单',
  'The panel of the sounds.': '“播放声音”面板',
  'The dialog that asks for the transfer target.': '选择转接对象的对话框',
  'The menu of the controls that do not fit.': '放不下的控件的菜单',
  'A message about a failure or a limitation.': '有关失败或限制的提示',
  'A message about a failure, a limitation, or a change.': '有关失败、限制或变化的提示',

  // Several calls
  'Each call.': '每路通话',
  'The box that selects a person or a group.': '选择人员或部门的方框',
  'The bar of what is selected.': '所选对象的操作栏',
  'How much is selected.': '所选数量',
  'Each button of the bar.': '操作栏的每个按钮',
  'What became of each person after an action of the bar.': '操作栏操作后每个人的结果',
  'The form of a text to those who are selected.': '给所选对象发送消息的表单',
  'The calls, conferences and intercoms that can be connected.': '可桥接的通话、会议和对讲。',
  'Each row of calls that are connected.': '每个桥接的一行。',
  'A member of such a row.': '桥接的一个成员。',
  'Each ended call; it is shown for some seconds, with how long it was.':
    '每路已结束的通话；显示数秒，并注明通话时长',
  'What a line offers: to complete a transfer, to merge calls, to barge into a call of others or end it.':
    '每路通话可用的操作：完成转接、合并通话、强插或强拆他人的通话',
  'The part of a line that resumes its call.': '一行中用于恢复该通话的部分',

  // A conference
  'Each chosen member.': '每位已选成员',
  "The field for a room's number, if the server has rooms.": '会议室号码输入框，服务器有会议室时显示',
  'The box of the videos and controls.': '画面和控件区域',
  'Each video, or the member shown in its place.': '每个画面，或代替画面显示的成员',
  'The button for the grid layout.': '宫格视图按钮',
  'The button for the speaker view.': '演讲者视图按钮',
  'The button for video only.': '仅画面按钮',
  'Each file being played.': '每个正在播放的文件',
  'Each file that can be played.': '每个可播放的文件',
  'The choice of the file that a broadcast plays.': '选择广播所播放文件的区域',
  'The list of members.': '成员列表',
  'Each member.': '每位成员',

  // Devices
  'The text and button shown while the browser does not name the devices.':
    '浏览器不提供设备名称时显示的说明和按钮',
  'The button that forgets the volumes of calls and groups, while there are any.':
    '清除记住的通话和对讲组音量的按钮（有记住的音量时）',
  'The microphone select.': '麦克风选择框',
  'The camera select.': '摄像头选择框',
  'The speaker select.': '扬声器选择框',
  'The button that opens the sound of the intercom: its volume, level, silence, and output.':
    '打开对讲声音设置（音量、接收音量、静音、输出）的按钮',
  'The sound of the intercom.': '对讲的声音设置',
  'The button that opens the sound of the conference: its volume, level, silence, and output.':
    '打开会议声音设置（音量、接收音量、静音、输出）的按钮',
  'The sound of the conference.': '会议的声音设置',
  'The button that opens the sound of a video: its volume, level, silence, and output.':
    '打开画面声音设置（音量、接收音量、静音、输出）的按钮',
  'The sound of a video.': '画面的声音设置',
  'The select of the loudspeaker for calls that the user only listens to.': '外放扬声器选择框',
  'The ringer select.': '铃声设备选择框',
  'The ring volume.': '铃声音量',
  "The microphone's level.": '麦克风音量条',
  'The camera preview.': '摄像头预览',

  // Keys of people and groups
  'The `<sip-keys>`.': '一键调度 `<sip-keys>`',
  'The keys.': '所有按键',
  'The menu of a key.': '按键的菜单',
  'Each action for a group in its menu.': '部门菜单中的每个操作',
  'The tabs of the pages.': '分页的标签',
  'Each tab of a page.': '每个分页的标签',
  'The field that finds people and groups.': '查找人员和部门的输入框',
  'The people and groups that were found.': '找到的人员和部门',
  'What became of each person after an action.': '操作后每个人的结果',

  // Dialing
  'The registered user, or why the phone is not registered.': '已注册的用户，或未注册的原因',
  'The message waiting indicator; a button if it can call the mailbox.':
    '语音留言提示；可呼叫语音信箱时为按钮',
  'The field.': '输入框',
  'Each person suggested for a name.': '按姓名匹配的每位联系人',
  'The keypad.': '拨号盘',
  'Each key.': '每个按键',
  'The keys sent.': '已发送的按键',

  // The directory and the history
  'The search field.': '搜索框',
  'The groups and people.': '部门和人员',
  'Each row of the tree.': '通讯录树的每一行',
  'The button for an audio call.': '语音呼叫按钮',
  'The button for a video call.': '视频呼叫按钮',
  'Each entry.': '每条记录',

  // Incoming calls
  'The box around each call.': '每个来电的外框',
  'The sign that another user is watching the camera.': '有人正在查看摄像头的标志',

  // Journal
  'The choice of what is shown: everything, the last hour, the shift, SOS.':
    '选择显示的内容：全部、最近一小时、本班次、SOS',
  'Each row.': '每条记录',
  'The button with a name, which shows the rows of this person alone.':
    '带姓名的按钮，按下后只显示此人的记录',
  'The form of a note.': '备注表单',
  'The field of a note.': '备注输入框',
  'A message about a failure, or the result of a check.': '失败提示，或校验结果',
  // The queue
  'How many SOS are not acknowledged.': '未确认的 SOS 数量',
  'How long the call that waits longest has waited.': '最长等待时间',
  'The place of the alarms, which is reserved.': '为告警预留的位置',
  'Each SOS that is not acknowledged.': '每个未确认的 SOS',
  'The sign that an SOS is heard.': '正在听到 SOS 声音的标志',
  'Where the caller is, and since when that is known.': '呼叫者的位置及其时间',
  'Each ended call; it is shown for some seconds.': '每路已结束的通话，显示数秒',
  'The sign of an urgent or SOS call.': '紧急呼叫或 SOS 呼叫的标志',
  'The checkbox of a call that a conference can be made of.': '可组成会议的通话的复选框',
  'The bar below the list: how many calls are chosen.': '列表下方的栏：已选通话数',

  // The check of calls
  'How many steps have ended.': '已完成的步骤数',
  'Whether calls work.': '能否正常通话',
  'Each step.': '每个步骤',
  'The report, and what is done with it.': '报告及其操作',
  'The checkbox that hides numbers in the report.': '在报告中隐藏号码的复选框',
  "The report's text.": '报告内容',

  // The link of a desk
  'The name of the desk.': '席位名称',
  'The QR code.': '二维码',
  'The link, without its token.': '链接，不含 `token`',

  // Recordings
  'Each recording.': '每个录制文件',
  'The field of a title.': '标题输入框',
  'The player of a recording.': '录制文件的播放器',
  'A message about a failure, or recordings that were deleted for space.':
    '失败，或因空间不足删除了录制文件的提示',

  // Recall
  'The field for how fast utterances play.': '播放速度',
  'For how long sound is kept.': '声音保留多久的说明',
  'The last minutes as a picture: a line for each call, group or conference.':
    '最近几分钟的时间轴：每个通话、对讲组或会议一行',
  'Each utterance.': '每一段',
  'Whether an utterance has a recording, and for how long.': '某一段是否已保存、保存多久',

  // Talk groups
  'The list of the tiles.': '磁贴列表',
  "The button of a group's tile.": '对讲组磁贴的按钮',
  'The name of a group.': '对讲组名称',
  'The key of a group.': '对讲组的按键',
  'What happens in a group: a shape and a word.': '对讲组的状态：图形和文字',
  'How long someone has been speaking.': '讲话时长',
  "Who speaks, the user's place in the queue, why the user was refused, or when the group was heard last.":
    '讲话人、本方的排位、被拒绝的原因，或上次收听的时间',
  'How many members have joined the group.': '已加入该组的人数',
  'The urgent or SOS call of a member of the group.': '组内成员的紧急或 SOS 呼叫',
  'The options of a group.': '对讲组的选项',
  'The option that keeps the user from speaking to the group.': '“只听”选项',
  'The option that gives the group priority, with `scan`.': '设置该组优先的选项（有 `scan` 时）',
  'The option that joins the group.': '加入该组的选项',
  'The option that leaves the group.': '离开该组的选项',
  "The option that plays what was last heard of the group, with the client's `recall`.":
    '重听该组最近一段的选项（客户端有 `recall` 时）',
  'The option that selects the people of the group, with a `<sip-directory selectable>` of the same client.':
    '选择组内人员的选项（同一客户端有 `<sip-directory selectable>` 时）',
  'The option that plays sounds to the group alone.': '只向该组播放声音的选项',
  'The option that moves the group to another page.': '将该组移到其他分页的选项',
  'The tabs of the pages, if there are several.': '分页的标签（有多个分页时）',
  'The tab of a page, with what happens in its groups.': '分页的标签，包括其中各组的状态',
  'The name of the page in view, while tiles are moved.': '移动磁贴时当前分页的名称',
  'The groups that do not hear the user, and why.': '听不到本方的组及原因',
  'How the tiles are used, and whether calls hear the user.': '磁贴的用法，以及通话能否听到本方',
  'The list of the keys.': '按键列表',
  'The pedals and gamepads.': '脚踏开关和手柄',
  'The headsets whose buttons are connected.': '已连接按键的耳机',
  'The pedals and gamepads, in the list of the keys.': '按键列表中的脚踏开关和手柄',
  'Their buttons that speak to groups.': '其中用于讲话的按钮',
  'What the next button speaks to.': '下一个按钮的讲话对象',

  // The intercom
  'The button with the number of members in the intercom, if the server reports them.':
    '显示对讲成员人数的按钮，服务器上报成员时显示',
  'The list that it opens.': '由该按钮打开的成员列表',
  'The speaker.': '讲话人',
  'How long the user has been speaking; in the last seconds, how long the speaker may still speak.':
    '本方已讲话的时长；最后几秒为讲话人的剩余时间',
  "How many wait to speak, or the user's place among them, if the server reports it.":
    '排队等待讲话的人数，或本方的排位（服务器上报时）',
  'The push-to-talk button.': '讲话按钮',

  // Messages
  'The field that searches conversations and messages.': '会话和消息的搜索框',
  'Each conversation in the list.': '列表中的每个会话',
  'The words that the other side is writing.': '“正在输入”提示',
  'The messages.': '消息区域',
  'The line above the first message of a day.': '每天第一条消息上方的日期行',
  'The line above the first unread message.': '第一条未读消息上方的提示行',
  'Each message.': '每条消息',
  'The delivery state of an outgoing message.': '本方消息的发送状态',
  'A web address in a message.': '消息中的网址',
  'A file in a message.': '消息中的文件',
  'The preview of an image file.': '图片文件的预览',
  'The progress of a file being uploaded.': '正在上传的文件的进度',
  'The button with what became of a text to a group, which lists its recipients.':
    '显示群发结果的按钮，点击列出接收人',
  'The note that each member of a group gets a message of their own.': '说明每位成员单独收到消息的提示',

  // The journal
  'The list of these people.': '点名人员的列表',

  // The desk
  'The region at the top: the user, the counters and the clock.': '顶部区域：用户、计数器和时钟',
  'The region on the left.': '左侧区域',
  'The region in the center.': '中部区域',
  'The region on the right, above.': '右侧上方的区域',
  'The region on the right, below.': '右侧下方的区域',
  'The region at the bottom.': '底部区域',
  'The number of SOS that wait or are not acknowledged; it leads to the queue.':
    '等待或未确认的 SOS 数，点击转到队列',
  'The number of other calls that wait; it leads to the queue.': '其他等待的呼叫数，点击转到队列',
  'The sign that calls are recorded.': '正在录制通话的标志',
  'The clock.': '时钟',
  'The date.': '日期',
  'The sign that there are voice messages.': '有语音留言的标志',
  'A failure of the connection.': '连接失败的原因',
  'The button with the layouts.': '布局按钮',
  'The list of the layouts.': '布局列表',
  'What is handed over.': '交班内容',
  'What is shown after the end of a shift.': '班次结束后显示的内容',
  'The tabs of a region.': '区域的标签栏',
  'Each tab of a region.': '区域的每个标签',
  'The buttons that divide the center.': '分开中部的按钮组',
  'Each of the buttons that divide the center.': '分开中部的每个按钮',
  'The dividers between regions.': '区域之间的分隔条',
  'A side that is a drawer.': '成为抽屉的一侧',
  'The tabs of the regions in a narrow desk.': '窄调度台的区域标签栏',
  'Each tab of the regions in a narrow desk.': '窄调度台的每个区域标签',
  'The `<sip-queue>` of calls.': '呼叫队列 `<sip-queue>`',

  // The wall of videos
  'The current time, shown while the wall runs.': '当前时间，监控墙运行时显示',
  'The grid of videos.': '画面宫格',
  'The rounds, and the form for a new one.': '轮巡列表和新建轮巡的表单',
  'The list of the rounds.': '轮巡列表',
  'The form for a round.': '轮巡表单',
  'The box around the field for its cameras.': '轮巡摄像头输入框的外框',
  'The choice of how many cameras it shows at a time.': '同屏路数选择框',
  'The bar of the running round.': '进行中轮巡的工具栏',
  'Why the round waits, and which cameras it has passed over.': '轮巡等待的原因，以及已跳过的摄像头',
  'The menu of a video.': '画面的菜单',
  'The item that invites a camera to the running conference.': '邀请摄像头加入进行中会议的菜单项',
  'Each video, or the message in its place.': '每个画面，或代替画面的提示',
  "The time of a video's last frame.": '画面最后一帧的时间',
  'The controls of a video.': '画面的控件',

  // The phone
  'The button in the corner.': '页面角落的悬浮按钮',
  'The button beside the launcher that ends or declines the call while the phone is closed.':
    '悬浮按钮旁的挂断或拒接按钮，电话收起时显示',
  'The box around the phone.': '电话的外框',
  'The form that signs in, if `login` is set.': '登录表单，设置 `login` 时显示',
  "The login form's field for the server.": '登录表单的服务器输入框',
  "The login form's field for the user name.": '登录表单的用户名输入框',
  "The login form's field for the password.": '登录表单的密码输入框',
  "The login form's button.": '登录按钮',
  'The box around the calls.': '通话区域的外框',
  'The row of tabs.': '标签栏',
  'Each tab.': '每个标签',
  'The view of the selected tab.': '所选标签的内容',

  // Controls
  'The time.': '时长',
  'The popover with the chart and table.': '带图表和表格的弹出框',
  'The popover with the code to compare.': '带有待核对验证码的弹出框',
  'The message that no media arrives, with the reason and a remedy.': '收不到媒体的提示，含原因和处理办法',
  'The chart.': '图表',
  'The buttons; `button record` and `button pause` select each of the two.':
    '两个按钮；用 `button record` 和 `button pause` 分别选择',
  'The red sign and the time, while the call is recorded.': '录制期间的红色标志和时长',
  'The dialog.': '对话框',
  'Each person suggested.': '每位匹配的联系人',
  'A call that this call can be transferred to.': '可转接到的其他通话',
  'The reason for a failed transfer.': '转接失败的原因',
  'The video.': '画面',
  'The icon shown while there is no video.': '没有画面时显示的图标',

  'The `<sip-map>`, if the server reports positions.': '地图 `<sip-map>`（服务器提供位置时）',

  // The map
  'The map.': '地图',
  'The scale.': '比例尺',
  'The people in view.': '视野内的人员',
  'Each person of the list.': '列表中的每个人',
  'The bar with what can be done with the selected people.': '对所选人员的操作栏',
  // Features of a PBX
  'The button and the menu item that answer the call that rings at a person, if the client has feature codes.':
    '代接此人来电的按钮和菜单项，客户端有功能码时显示',
  'The menu item that answers the call that rings at a person, if the client has feature codes.':
    '代接此人来电的菜单项，客户端有功能码时显示',
  "The menu item that listens to a person's call and speaks to that person alone, if there is a code for it.":
    '监听此人通话并只对此人讲话（密语）的菜单项，有功能码时显示',
  'The button that parks the call, if the client has a feature code for it.':
    '驻留通话的按钮，客户端有功能码时显示',
  "The button that transfers to the target's voicemail, if the option `features` has a code for it.":
    '转至对方语音信箱的按钮，选项 `features` 有功能码时显示',
  "The button of the user's settings at a PBX, if the client has feature codes for them.":
    '用户在 PBX 上的设置按钮（电话服务），客户端有功能码时显示',
  'The panel of these settings.': '这些设置的面板',
  'Each setting.': '每项设置',
  'The field for a number of a setting.': '设置的号码输入框',
  'Each button that calls a code.': '拨打功能码的每个按钮',
  'Each call that was parked here, with where it is.': '在此驻留的每个通话及其位置',
  'Where the call was parked.': '通话的驻留位置',
  'The field for the slot of a parked call.': '驻留号输入框',
  'The button that turns captions on and off, if the page recognizes speech.':
    '开关字幕的按钮（页面能识别语音时显示）',
  'The choice of a background, if the page offers backgrounds.': '虚拟背景的选择（页面提供时）',
  'The switch of the suppression of noise, if the page offers it.': '降噪开关（页面提供时）',
  'The captions above the controls.': '控件上方的字幕',
  'The button that retrieves a parked call.': '取回驻留通话的按钮',
  'The button that removes a parked call from the list.': '从列表中移除驻留通话的按钮',
  // Uploads
  'The area where files are dropped.': '拖放文件的区域',
  'Each file.': '每个文件',
  'The progress of a file.': '文件的上传进度',
};
