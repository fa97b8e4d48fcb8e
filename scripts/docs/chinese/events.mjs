/** The events of elements in Chinese, by their English sentences. */
export const EVENTS = {
  'The other side asks something that the user answers here. The containing element may be closed and can open. Does not bubble.':
    '对方提出请求，由用户在此回答。所在的容器若已关闭，可借此打开。不冒泡。',
  "A control's command failed.": '控件的操作失败',
  'A command of a line failed.': '某路通话的操作失败',
  'There is no camera, or the other side does not accept video.': '没有摄像头，或对方不接受视频',
  'The attributes do not define a client, or one of them has an invalid value.':
    '属性不足以定义客户端，或某个属性的值无效',
  'A command failed.': '操作失败',
  'A device could not be chosen or tested.': '无法选择或测试设备',
  'A call or a connection that was requested here failed.': '在此发起的呼叫或连接失败',
  'The user chose an action for a person, by a button or in the menu. Cancelable: if canceled, nothing happens. `invite`, `message` and `monitor` are handled by a `<sip-conference>`, `<sip-messages>` or `<sip-monitor>` of the same client, or by the page.':
    '用户通过按钮或菜单对某人选择了操作。可取消：取消后不执行。`invite`、`message`、`monitor` 由同一客户端的 `<sip-conference>`、`<sip-messages>`、`<sip-monitor>` 或页面处理。',
  'The user chose an action for all that is selected. Cancelable: if canceled, nothing happens, and the selection is cleared.':
    '用户对所选对象选择了操作。可取消：取消后不执行，并清除选择。',
  'An action failed.': '操作失败',
  'The link cannot be shown or copied.': '链接无法显示或复制',
  'The command failed.': '操作失败',
  'A call that was requested here failed.': '在此发起的呼叫失败',
  'The command failed; for example, the other side did not agree.': '操作失败，例如对方不同意',
  'A call could not be answered or declined, or the `notification-worker` was not found.':
    '无法接听或拒接，或找不到 `notification-worker`',
  'A tone could not be sent.': '按键音发送失败',
  'A message could not be sent.': '消息发送失败',
  'A photo was taken. Cancelable: if canceled, it is not downloaded.': '已抓拍。可取消：取消后不下载。',
  'No photo could be taken.': '无法抓拍',
  'A recording started by this button is finished. Cancelable: if canceled, it is not downloaded. Does not bubble: the client dispatches the same event.':
    '由此按钮开始的录制已完成。可取消：取消后不下载。不冒泡：客户端会派发同样的事件。',
  'A recording could not start, or not continue.': '录制无法开始或继续',
  'The screen could not be shared. Not dispatched if the user cancels the choice.':
    '无法共享屏幕。用户取消选择时不派发。',
  'The call could not be transferred.': '转接失败',
  'A file could not be uploaded.': '文件上传失败',
  'The video started, changed its size, or ended.': '画面开始、尺寸改变或结束',
  'The user has handed over and is signed out. `journalKept` tells that `hand-over="erase"` has kept the journal, because your sink has not taken all of it; `recordingsKept` that it has kept recordings that are still to be uploaded.':
    '用户已交班并退出登录。`journalKept` 表示 `hand-over="erase"` 保留了值班日志，因为您的 sink 尚未全部接收；`recordingsKept` 表示保留了尚待上传的录音',
  'The user sends the report, with `sends`.': '用户发送报告（设有 `sends` 时）',
  'The user has taken over what was handed over.': '用户已接班',
  'The user changed the selection: its numbers, separated by commas.': '用户更改了选择：其号码，用逗号分隔',
  'The user has arranged the keys.': '用户更改了按键的编排',
  'The user chose an action for a person, by a press or in the menu. Cancelable: if canceled, nothing happens. `invite`, `message` and `monitor` are handled by a `<sip-conference>`, `<sip-messages>` or `<sip-monitor>` of the same client, or by the page.':
    '用户按下按键或在菜单中对某人选择了操作。可取消：取消后不执行。`invite`、`message`、`monitor` 由同一客户端的 `<sip-conference>`、`<sip-messages>`、`<sip-monitor>` 或页面处理。',
  'The user chose an action for a group, or for all that is selected. Cancelable: if canceled, nothing happens.':
    '用户对部门或所选对象选择了操作。可取消：取消后不执行。',
  'The user chose an action for all that is selected, if a directory or keys share the selection. Cancelable: if canceled, nothing happens.':
    '与通讯录或一键调度共用选择时，用户对所选对象选择了操作。可取消：取消后不执行。',
  'The user has selected other people.': '用户更改了选择的人员',
  'The user pressed an action for the selected people. Cancelable: if canceled, nothing happens.':
    '用户对所选人员按下了操作。可取消：取消后不执行。',
  'The user wants to write to a person: a `<sip-messages>` of the same client opens the conversation, or the page does.':
    '用户要给某人发消息：由同一客户端的 `<sip-messages>` 或页面打开会话',
};
