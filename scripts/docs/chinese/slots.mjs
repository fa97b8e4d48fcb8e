/** The slots of elements in Chinese, by their English sentences. */
export const SLOTS = {
  'Further controls of an active call, placed before the hang-up button.':
    '通话中的其他控件，显示在挂断按钮之前',
  "An icon instead of the element's own.": '代替元素自身的图标',
  'An icon instead of that of the pressed button.': '代替按下状态的图标',
  'In the box of the call with this `id`, instead of picture, name and number.':
    '在具有此 `id` 的来电框中，代替头像、姓名和号码',
  'In the box of the call with this `id`, between the caller and the buttons.':
    '在具有此 `id` 的来电框中，位于主叫和按钮之间',
  "The page's own regions: elements with the attribute `data-region`.":
    '页面自己的区域：带 `data-region` 属性的元素',
  'The elements that use the client.': '使用该客户端的元素',
  'Who made the tiles or the picture, which their licence may require to show.':
    '瓦片或图片的署名，其许可证可能要求显示',
};
