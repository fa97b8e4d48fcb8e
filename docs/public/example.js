/** What every live example needs: a frame as high as the example is. */
const frame = window.frameElement;
if (frame) {
  const fit = () =>
    (frame.style.blockSize = `${Math.ceil(document.body.getBoundingClientRect().height) + 2}px`);
  new ResizeObserver(fit).observe(document.body);
}

const response = await fetch('/sip-elements.js', {method: 'HEAD'}).catch(() => undefined);
if (!response?.ok) {
  const note = document.createElement('p');
  note.textContent = document.documentElement.lang.startsWith('zh')
    ? '实时示例需要开发服务器：请运行 npm start，然后打开它的 /docs/ 页面。'
    : 'Live examples need the development server: run npm start, and open its /docs/.';
  document.querySelector('main').replaceChildren(note);
}
