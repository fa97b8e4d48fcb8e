/** The frame of this demo has the language and the theme of the page around it. */
const around = parent.document.documentElement;
function follow() {
  Object.assign(document.documentElement, {lang: around.lang, dir: around.dir});
  document.documentElement.dataset.theme = around.dataset.theme;
}
new MutationObserver(follow).observe(around, {attributes: true});
follow();
