/**
 * What the pages of the documented functions share: the account, the log of callbacks, the language. A classic script,
 * as a page from before modules has it; everything goes through `Client` and `AllEnum`.
 */
const params = new URLSearchParams(location.search);
const chinese = (params.get('lang') ?? navigator.language).toLowerCase().startsWith('zh');
document.documentElement.lang = chinese ? 'zh-CN' : 'en';
document.documentElement.dataset.theme = params.get('theme') ?? '';

/** An element of the page by its id. */
const $ = (id) => document.getElementById(id);

/** What each page adds to the callbacks. */
const callbacks = {};

/** Writes a line into the log; nothing in it becomes markup. */
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

// Functions without a result report what went wrong as an error of the page.
addEventListener('error', ({message}) => log('⚠', message));

/** Tells of a promise that came to nothing. */
const told = (promise) => promise.catch((error) => log('⚠', error.message));

for (const [id, value] of Object.entries({
  host: location.hostname,
  port: location.port || (location.protocol === 'https:' ? '443' : '80'),
  user: params.get('user') ?? '1001',
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
