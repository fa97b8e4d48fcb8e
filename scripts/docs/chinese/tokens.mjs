/** The tokens of elements (CSS custom properties) in Chinese, by their English sentences. */
export const TOKENS = {
  'A design token: set it on any ancestor of the elements.': '设计变量：可在元素的任一祖先上设置',

  // Controls
  'The background of the button.': '按钮的背景',
  'The background under the pointer.': '指针悬停时的背景',
  'The color of the icon.': '图标的颜色',
  'The `backdrop-filter` of the button.': '按钮的 `backdrop-filter`',
  'The background while the control is pressed.': '控件处于按下状态时的背景',
  'The color of the icon while the control is pressed.': '控件处于按下状态时图标的颜色',

  // Videos
  'How the video fills the stage: `contain` or `cover`.': '画面如何填充通话区域：`contain` 或 `cover`',
  'How a video fills its tile: `contain` or `cover`.': '画面如何填充窗格：`contain` 或 `cover`',
  'How the video fills the element: `contain` or `cover`.': '画面如何填充元素：`contain` 或 `cover`',

  // Sizes
  'The height up to which the list of members grows before it scrolls.': '成员列表的最大高度，超出后滚动',
  'The height up to which the tree grows before it scrolls.': '通讯录树的最大高度，超出后滚动',
  'The largest width of the QR code.': '二维码的最大宽度',
  'The height up to which the list of steps grows before it scrolls.': '步骤列表的最大高度，超出后滚动',
  'The height up to which the list grows before it scrolls.': '列表的最大高度，超出后滚动',
  'The width of the push-to-talk button.': '讲话按钮的宽度',
  'The height of the messages.': '消息区域的高度',
  'The height of the phone.': '电话的高度',
  'The distance of the phone in the corner from the top and the bottom.': '悬浮电话与页面上、下边缘的距离',
  'The distance of the phone in the corner from the start and the end.': '悬浮电话与页面起始、末尾边缘的距离',
};
