import {nextTick} from 'vue';
import DefaultTheme from 'vitepress/theme-without-fonts';
import './style.css';

/** The home page has no main landmark of its own. */
function markMain() {
  const content = document.querySelector('#VPContent');
  if (content?.classList.contains('is-home')) content.setAttribute('role', 'main');
  else content?.removeAttribute('role');
}

export default {
  extends: DefaultTheme,
  enhanceApp({router}) {
    if (import.meta.env.SSR) return;
    router.onAfterRouteChange = () => nextTick(markMain);
  },
};
