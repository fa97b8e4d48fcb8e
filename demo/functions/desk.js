/**
 * Shared by the pages of the documented functions: the links between them, the account, the log of callbacks. A classic
 * script, like those of pages from before modules; everything goes through `Client` and `AllEnum`.
 */

/** The pages, in each language. */
const PAGES = {
  'index.html': ['Connect', '连接', 'اتصال'],
  'call.html': ['Call', '呼叫', 'مكالمة'],
  'conference.html': ['Conference', '会议', 'مؤتمر'],
  'intercom.html': ['Intercom', '对讲', 'الاتصال الداخلي'],
  'monitor.html': ['Monitoring', '监控', 'المراقبة'],
  'data.html': ['Data', '数据', 'البيانات'],
  'desk.html': ['Beside elements', '与元素并用', 'بجانب العناصر'],
};

const inEach = (english, chinese, arabic) =>
  `<span lang="en">${english}</span><span lang="zh-CN">${chinese}</span><span lang="ar">${arabic}</span>`;
const here = location.pathname.split('/').at(-1) || 'index.html';
const links = Object.entries(PAGES).map(
  ([page, names]) =>
    `<a href="${page}" ${page === here ? 'aria-current="page"' : ''}>${inEach(...names)}</a>`,
);
document
  .querySelector('.head')
  .insertAdjacentHTML('afterend', `<nav aria-label="Pages">${links.join(' ')}</nav>`);

const field = (id, names, type = 'text') =>
  `<label>${inEach(...names)}<input id="${id}" type="${type}" autocomplete="off" /></label>`;
document.querySelector('main').insertAdjacentHTML(
  'afterbegin',
  `<form id="account" class="account">
    <div class="row">
      ${field('host', ['Server', '服务器', 'الخادم'])}
      ${field('port', ['Port', '端口', 'المنفذ'])}
      ${field('user', ['Number', '号码', 'الرقم'])}
      ${field('password', ['Password', '密码', 'كلمة المرور'], 'password')}
    </div>
    <div class="row">
      <button class="go">${inEach('Connect', '连接', 'اتصال')}</button>
      <button id="leave" type="button">${inEach('Disconnect', '断开', 'قطع الاتصال')}</button>
    </div>
  </form>`,
);
document.querySelector('main').insertAdjacentHTML(
  'beforeend',
  `<section>
    <h2>${inEach('Callbacks', '回调', 'الاستدعاءات')}</h2>
    <ol id="log" tabindex="0" aria-label="Callbacks"></ol>
  </section>`,
);

/** Returns an element of the page by its id. */
const $ = (id) => document.getElementById(id);

/** The callbacks that each page adds. */
const callbacks = {};

/** Writes a line into the log; its text never becomes markup. */
function log(...words) {
  const line = document.createElement('li');
  line.textContent = `${new Date().toLocaleTimeString()} ${words.join(' ')}`;
  $('log').prepend(line);
  while ($('log').children.length > 200) $('log').lastChild.remove();
}

const NAMES = [
  'onCallCreated',
  'onCallReceived',
  'onCallAnswered',
  'onCallHangup',
  'onCallHold',
  'onSessionStateChange',
  'onServerConnect',
  'onServerDisconnect',
  'onServerConnectState',
  'onRegisteredState',
  'onMessageReceived',
  'onAPIReceived',
  'onFileUploadResult',
  'onFileUploadprogress',
  'onCallDTMFReceived',
];
const delegate = Object.fromEntries(
  NAMES.map((name) => [
    name,
    (...values) => {
      log(name, ...values.map((value) => (value instanceof Error ? value.message : String(value))));
      callbacks[name]?.(...values);
    },
  ]),
);

// Functions without a result report failures as errors of the page.
addEventListener('error', ({message}) => log('⚠', message));

/** Logs the failure of a promise. */
const told = (promise) => promise.catch((error) => log('⚠', error.message));

for (const [id, value] of Object.entries({
  host: location.hostname,
  port: location.port || (location.protocol === 'https:' ? '443' : '80'),
  user: new URLSearchParams(location.search).get('user') ?? '1001',
  password: '1234',
}))
  $(id).value = value;

$('account').addEventListener('submit', (event) => {
  event.preventDefault();
  Client.init($('host').value, $('port').value, $('user').value, $('password').value);
  told(Client.connect(delegate).then(() => Client.Register(60)));
});
$('leave').addEventListener('click', () =>
  told(
    Client.UnRegister()
      .catch(() => {})
      .then(() => Client.disconnect()),
  ),
);
