/** The page of several calls: its language, and where the server is. */

const chinese = navigator.language.toLowerCase().startsWith('zh');
document.documentElement.lang =
  new URLSearchParams(location.search).get('lang') ?? (chinese ? 'zh-CN' : 'en');

// The phones connect as soon as they know where to.
const server = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/fswebrtc`;
for (const client of document.querySelectorAll('sip-client')) client.setAttribute('server', server);
