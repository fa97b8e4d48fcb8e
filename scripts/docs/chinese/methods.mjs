/** The methods of elements in Chinese, by their English sentences. */
export const METHODS = {
  // Of several elements
  "Moves the focus to the control's button, if it has one.": '将焦点移到控件的按钮（如有）',
  "Presses the control's button, if it has one.": '按下控件的按钮（如有）',

  // `<sip-client>`
  'Connects to the server; resolves when the connection is open.': '连接服务器；连接打开后完成',
  'Ends calls, registration and connection.': '结束通话、注册和连接',
  'Registers to receive calls and messages; resolves when the server has accepted.':
    '注册，以接收呼叫和消息；服务器接受后完成',
  'Ends the registration.': '注销',
  'Calls a number; resolves once the server has named the call.': '呼叫号码；服务器为通话分配 ID 后完成',
  'Calls several numbers and joins them in a conference with this side; resolves once the server has named the conference.':
    '呼叫多个号码，并与本方接入同一会议；服务器为会议分配 ID 后完成',
  'Like `createConference`, for members who only listen to this side, and to the file if one is given.':
    '与 `createConference` 相同，但成员只听本方讲话，以及给定的文件（广播）',
  'Joins an intercom group without speaking, or calls members into a temporary group; resolves once the server has named the intercom.':
    '加入对讲组（不讲话），或呼叫成员组成临时对讲组；服务器为对讲分配 ID 后完成',
  'Shows the camera of a number; resolves once the server has named the call, which has the type `monitor`.':
    '查看号码的摄像头；服务器为通话分配 ID 后完成，其类型为 `monitor`',
  'Barges into a call of others: both parties hear this side and are heard.':
    '强插他人的通话：双方都能听到本方，本方也能听到双方',
  'Listens to a call of others, who do not hear this side and are not notified; otherwise like `bargeIn`, but opens no device.':
    '监听他人的通话，双方听不到本方，也不会收到通知；其余与 `bargeIn` 相同，但不打开任何设备',
  'Removes a party from a call of others.': '将一方从他人的通话中移除（强拆）',
  "Removes the other party of a number's call.": '移除与该号码通话的对方',
  'Resumes a call and holds the active one; makes an outgoing call that is not answered yet the current one.':
    '恢复一路通话，并保持当前通话；尚未接通的呼出通话则成为当前通话',
  'Merges answered calls of two into one conference: everyone hears everyone.':
    '将已接通的双方通话合并为一个会议：所有人都能互相听到',
  'Ends the conference that a call was merged into: this call continues, the others are held.':
    '结束通话所并入的会议：该通话继续，其余通话保持',
  'Connects answered calls, conferences and intercoms in this page: everyone hears everyone, and nobody hears themselves.':
    '在页面中连接已接通的通话、会议和对讲：所有人互相听得到，没有人听到自己的声音',
  "Returns the call with the server's session id, while it has not ended.":
    '按服务器的会话 ID 返回尚未结束的通话',
  'Returns a party with what is known about the number; `statechange` of the client reports when more becomes known.':
    '返回补充了该号码已知信息的一方；得知更多信息时客户端触发 `statechange`',
  'Begins the journal if the option `journalStorage` allows it, and resolves with it.':
    '选项 `journalStorage` 允许时开始值班日志，并返回它',
  "Watches the presence of numbers that the page chooses, like a phone's busy lamps; works before the first connection.":
    '关注页面指定号码的状态，如同话机的忙线灯；首次连接之前即可使用',
  'Sends a text to a number; resolves when the server has accepted it.':
    '向号码发送文本消息；服务器接受后完成',
  'Uploads a file to the server; resolves with its reply, whatever the status.':
    '向服务器上传文件；无论状态码如何，完成时返回服务器的应答',
  'Resolves with the files that the server can play into calls, the newest first: those that were uploaded, and samples.':
    '完成时返回服务器可向通话播放的文件，最新的在前：已上传的文件和示例文件',
  "Opens the API's WebSocket and logs in.": '打开 API 的 WebSocket 并登录',
  "Closes the API's WebSocket.": '关闭 API 的 WebSocket',
  "Sends a message to the server's API; resolves with its reply, whatever the code.":
    '向服务器 API 发送消息；无论 code 如何，完成时返回服务器的应答',
  "Resolves with the addresses of the server's other services.": '完成时返回服务器其他服务的地址',

  // `<sip-call>`
  'Moves the focus to the stage, which describes the call, and not to a button that may be pressed by mistake.':
    '将焦点移到说明通话情况的通话区域，而不是可能误按的按钮',

  // Of the call that an element shows
  'Sets how loud this side hears the call, beside the volume of all calls.':
    '设置本方听此通话的音量（在全部通话的音量之外）',
  'Silences the call for this side alone: the other side does not learn of it, and a recording has its sound.':
    '只对本方静音此通话：对方不会知道，录制中仍有其声音',
  'Reverts `silence()`.': '取消 `silence()`',
  'Chooses where the call is heard: on the chosen speaker, such as a headset (`selected`), or on the loudspeaker (`unselected`), which is the speaker too if the user has chosen no other.':
    '选择在哪里播放此通话：所选扬声器（如耳机，`selected`）或外放扬声器（`unselected`；用户没有另选时与扬声器相同）',
  'Sets whether all other calls are lowered while this one is heard, as they are for an urgent call.':
    '设置能听到此通话时是否降低其他通话的音量，如同紧急呼叫',
  'Answers an incoming call; resolves when the answer was sent.': '接听来电；应答发出后完成',
  'Refuses an incoming call that rings; does nothing once the call has ended.':
    '拒接正在振铃的来电；通话结束后不执行任何操作',
  'Cancels, refuses or ends the call, depending on its phase; does nothing once the call has ended.':
    '按通话所处阶段取消、拒接或挂断；通话结束后不执行任何操作',
  'Sends silence instead of the microphone, immediately and without signalling.':
    '立即以静音代替麦克风的声音，不发信令',
  'Sends the microphone again, even while the user speaks to talk groups; opens it if that was not possible before.':
    '恢复发送麦克风的声音，即使正在对对讲组讲话；此前无法打开麦克风时重新打开',
  'Opens the microphone if that was not possible before; a muted call stays muted.':
    '打开此前无法打开的麦克风；已静音的通话保持静音',
  'Plays a sound into the call; resolves when it begins.': '向通话播放声音；开始播放时完成',
  'Plays a sound while this side has the floor; it ends with the floor.':
    '在本方持有话权时播放声音；话权结束时播放也结束',
  "Plays one of the server's files to everyone in the call; resolves when it begins.":
    '向通话中的所有人播放服务器上的文件；开始播放后完成',
  'Stops a file that `playFile` started.': '停止由 `playFile` 播放的文件',
  "Records all voices and the other side's video; resolves when recording, which `state.recording` reports.":
    '录制所有人的声音和对方的画面；开始录制后完成，由 `state.recording` 表示',
  'Pauses the recording, which `state.recordingPaused` reports.': '暂停录制，由 `state.recordingPaused` 表示',
  'Resumes a paused recording; does nothing if it is not paused.': '继续已暂停的录制；未暂停时不执行任何操作',
  "Stops the recording; resolves with the file, even after the call's end or if the recording had ended automatically.":
    '停止录制；完成时返回文件，通话结束后或录制已自动结束时也一样',
  'Switches between the front and the back camera of a phone; elsewhere to the next camera.':
    '在手机的前后摄像头之间切换；其他设备上切换到下一个摄像头',
  'Notes that the users have compared the code of `state.encryption`, and that it is the same at both sides: the phase is `verified` from now on.':
    '记录双方用户已核对 `state.encryption` 的验证码且一致：此后阶段为 `verified`',
  'Puts the call on hold.': '呼叫保持',
  'Resumes a held call; resolves when the other side has agreed.': '恢复保持中的通话；对方同意后完成',
  'Sends DTMF tones one after another, after those of earlier requests; resolves when the last one was sent.':
    '依次发送 DTMF 音，排在先前请求的之后；最后一个发出后完成',
  'Transfers the other side to a number and ends the call; resolves when the two are connected.':
    '将对方转接到号码并结束本通话；双方接通后完成',
  'Stops the camera, whose light goes out, and sends black; or opens it again.':
    '关闭摄像头（指示灯熄灭）并发送黑屏，或重新打开摄像头',
  "Hands the sound of each side to the page's recognizer, and shows what it understands; resolves once it gets the sound.":
    '将双方的声音交给页面的识别器，并显示识别结果；识别器开始接收声音后完成',
  'Sends sound and picture otherwise from now on: size, frame rate, bit rates, codecs, Opus.':
    '更改此后声音和画面的发送方式：尺寸、帧率、码率、编解码器、Opus',
  "Adds this side's video to the call, or removes the video of both sides; resolves when the other side has answered.":
    '为通话添加本方画面，或移除双方画面；对方应答后完成',
  'Sends the screen instead of the camera, which stops.': '以屏幕代替摄像头画面，摄像头关闭',
  'Stops sharing the screen and restores the camera: on, off, or no video.':
    '停止共享屏幕，摄像头恢复原状：打开、关闭或没有画面',
  'Takes a photo of the video at full size: the newest frame, as a PNG, or as a JPEG if the name ends with `.jpg`.':
    '按原始尺寸抓拍最新一帧：PNG 格式，文件名以 `.jpg` 结尾时为 JPEG',
  "Shows a member's video as a separate call, even while another video is shown here; it ends with this call.":
    '以单独的通话显示成员的画面，即使此处正在显示其他画面；随本通话结束',
  'Invites a number, also one that did not answer before; resolves when the server calls it.':
    '邀请号码，包括先前未应答的；服务器呼叫该号码后完成',
  'Removes a member.': '移除成员',
  'Sets whether the others hear a member.': '设置其他人能否听到该成员',
  'Sets whether a member hears the others.': '设置该成员能否听到其他人',
  "Sets whether a member's video is shown to all, in place of another; if false, the talking member is shown.":
    '设置是否向所有人显示该成员的画面（取代其他画面）；为 false 时显示正在讲话的成员',
  'Ends the conference for all, even after this side has left; does nothing if it is over.':
    '为所有人结束会议，即使本方已离开；会议已结束时不执行任何操作',
  'Sends silence, even while this side has the floor.': '发送静音，即使本方持有话权',
  'Reverts `mute()`.': '撤销 `mute()`',
  'Requests the floor; resolves when this side is heard.': '申请话权；本方可以讲话后完成',
  'Silences this side immediately and releases the floor, or leaves the queue; resolves when the server has confirmed.':
    '立即静音本方并释放话权，或退出排队；服务器确认后完成',

  // `<sip-conference>`
  'Creates the conference that the properties describe; resolves once the server has named it. The element also shows a failure.':
    '按属性创建会议；服务器分配会议 ID 后完成。失败时元素也会显示原因。',
  'Cancels the conference being created, or leaves the one shown.':
    '取消正在创建的会议，或离开当前显示的会议',

  // `<sip-dialer>`
  'Calls the number in the field; resolves once the server has named the call. The element also shows a failure.':
    '呼叫输入框中的号码；服务器为通话分配 ID 后完成。失败时元素也会显示原因。',
  'Cancels the call being placed, or hangs up the last one placed here.':
    '取消正在发起的呼叫，或挂断在此发起的最近一路通话',

  // `<sip-intercom>`
  'Joins the group, or calls the members; resolves once the server has named the intercom. The element also shows a failure.':
    '加入对讲组，或呼叫成员；服务器分配对讲 ID 后完成。失败时元素也会显示原因。',
  'Cancels joining, or leaves the intercom.': '取消加入，或离开对讲',
  'Moves the focus to the push-to-talk button, or to the controls that precede it.':
    '将焦点移到讲话按钮，或其前面的控件',

  // `<sip-channels>`
  'Joins all groups that are not joined; resolves once the server has answered.':
    '加入所有尚未加入的组；服务器应答后完成',
  'Leaves all groups.': '离开所有组',
  'Moves the focus to the first tile.': '将焦点移到第一个磁贴',

  // `<sip-queue>`
  'Answers the first call of the queue that waits: SOS and urgent calls first, then the oldest one. The active call is held.':
    '接听队列中第一个等待的呼叫：先 SOS 和紧急呼叫，再按等待时间；当前通话被保持',
  'Moves the focus to the first button of the list.': '将焦点移到列表的第一个按钮',
  // `<sip-directory>`
  'Listens in to the person in the chosen row; resolves with false if no one who is in a call is chosen.':
    '监听所选行中的人员；未选中通话中的人员时返回 false',
  'Moves the focus to the search field, or to the tree if there is none.':
    '将焦点移到搜索框；没有搜索框时移到列表',

  // `<sip-console>`
  'Shows a region if it is hidden, and moves the focus to it.': '显示隐藏的区域，并将焦点移到该区域',

  'Finds out whether calls work from here: the page, its devices, the network, the server, TURN, sound and bandwidth.':
    '检测此处能否正常通话：页面、设备、网络、服务器、TURN、声音和带宽',
  'Resolves with the pushes that wake the page for calls while it is closed, by the option `push`.':
    '返回页面关闭后用于唤醒它的推送（选项 `push`）',
  "Resolves with the headsets of the page, whose buttons answer, hang up, mute and hold this client's calls until `disconnect()`.":
    '返回页面的耳机；在 `disconnect()` 之前，其按键可接听、挂断、静音和保持此客户端的通话',
  // `<sip-check>`
  'Starts the check; resolves with its report when all steps have ended.': '开始检测；全部步骤结束后返回报告',
  'Moves the focus to the button that starts the check, or stops it.': '将焦点移到开始或停止检测的按钮',

  // `<sip-recordings>`
  'Opens a recording, scrolls to it, and plays it.': '打开某个录制文件，滚动到该处并播放',

  // `<sip-recall>`
  'Plays the last utterance that is shown; resolves when it sounds.': '播放所显示的最后一段；开始发声后完成',

  // `<sip-keypad>`
  'Moves the focus to the current key.': '将焦点移到当前按键',
  'Does nothing, because there is no single button to press.': '不执行任何操作，因为没有唯一的按钮可按',

  // `<sip-messages>`
  'Moves the focus to the field for a message.': '将焦点移到消息输入框',
  'Removes the messages exchanged with the number from this browser; without a number, all messages.':
    '从此浏览器删除与该号码的全部消息；未设号码时删除所有消息',

  // `<sip-monitor>`
  'Requests the videos, and requests lost ones again, until `stop()`. Each tile shows the state of its video.':
    '请求全部画面，中断后重新请求，直到调用 `stop()`。每个窗格显示其画面的状态。',
  'Releases all videos; their tiles stay.': '释放全部画面；窗格保留',
  'Adds a tile for a number, and requests its video if the wall is started; does nothing if the number has a tile.':
    '为号码添加窗格，监控墙已启动时请求其画面；该号码已有窗格时不执行任何操作',
  "Removes a number's tile and releases its video.": '移除号码的窗格并释放其画面',
  'Starts a round in place of the one that runs; `stop()` ends it.':
    '开始轮巡，替换正在进行的轮巡；`stop()` 结束轮巡',
  'Keeps the present cameras of the round on the wall until `resumeRound()`; does nothing if none runs.':
    '让当前一组摄像头停留在墙上，直到调用 `resumeRound()`；没有轮巡时不执行任何操作',
  'Continues a paused round.': '继续已暂停的轮巡',
  'Shows the next cameras of the round at once.': '立即显示轮巡的下一组摄像头',
  'Shows the cameras before these again.': '重新显示上一组摄像头',

  // `<sip-phone>`
  'Opens the phone in the corner.': '打开悬浮电话',
  'Closes the phone in the corner; calls continue.': '收起悬浮电话；通话继续',

  // `<sip-transfer-button>`
  'Opens the dialog.': '打开对话框',

  // `<sip-upload>`
  'Moves the focus to the button that opens the file picker.': '将焦点移到选择文件按钮',
  'Uploads files; without an argument it opens the file picker, which browsers allow only after a user gesture.':
    '上传文件；不带参数时打开文件选择器，浏览器只在用户操作后允许',
  'Cancels every unfinished file.': '取消所有未完成的文件',

  // `<sip-video>`
  'Moves the focus to the element itself, which has no button.': '将焦点移到元素本身（没有按钮）',
  'Clicks the element itself, which has no button.': '点击元素本身（没有按钮）',
  // `<sip-keys>`
  'Moves the focus to the keys.': '将焦点移到按键',
  // `<sip-map>`
  'Brings everyone into view.': '显示所有人',
  'Moves the focus to the map.': '将焦点移到地图',
};
