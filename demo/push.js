/**
 * Subscribes phone 1053 to pushes, which the development server sends while the page is closed; with `?caller` in the address,
 * this is the page that calls. With `?staged`, no push service is used: the calling page gives the push to the service worker.
 */

const given = new URLSearchParams(location.search);
const isCaller = given.has('caller');
const isStaged = given.has('staged');

/** The service worker beside which the calling page stands in for the push service. */
const STAGED_WORKER = '/push-staged-worker.js';
const STAGED_SCOPE = '/push-staged-worker/';

/** How long the push service may take to answer, in milliseconds. */
const PATIENCE_MS = 10_000;

const unused = isCaller ? ['#woken', '#how'] : ['#caller'];
for (const section of unused) document.querySelector(section).remove();
await customElements.whenDefined('sip-client');
const client = document.querySelector('sip-client');

/** Calls 1053, and gives its service worker the push if no push service does. */
function calls() {
  document.querySelector('#caller').hidden = false;
  if (!isStaged) return;
  client.addEventListener('sip-call-created', async ({detail: {call}}) => {
    if (call.direction !== 'outgoing') return;
    const registration = await navigator.serviceWorker?.getRegistration(STAGED_SCOPE);
    registration?.active?.postMessage('demo-push');
  });
}

/** Shows whether the page is woken, and turns it on and off. */
async function isWoken() {
  const status = document.querySelector('.state');
  const [enable, disable, without] = ['#enable', '#disable', '#without'].map((id) =>
    document.querySelector(id),
  );
  /** Set while the browser and its push service are asked. */
  let isAsking = false;
  let isSilent = false;
  let isOffline = false;
  /** Settles the wish to be woken of a page without a push service. */
  let allow;
  const allowed = new Promise((resolve) => (allow = resolve));

  async function subscription() {
    if (globalThis.Notification?.permission === 'default') await allowed;
    if (globalThis.Notification?.permission !== 'granted') throw new Error('Notifications are not allowed.');
    return {endpoint: new URL('/push.html', location.href).href};
  }

  client.options = {
    ...client.options,
    push: isStaged ? {worker: STAGED_WORKER, subscription} : '/sip-push-worker.js',
  };
  const push = await client.openPush();

  /** The name of what is the matter. */
  function stateOf({status, error}) {
    if (!isSecureContext) return 'insecure';
    if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window))
      return 'unsupported';
    if (Notification.permission === 'denied') return 'denied';
    if (isOffline) return 'offline';
    // A subscription of an earlier visit may outlive the permission.
    if (status === 'on' && Notification.permission === 'granted') return 'on';
    if (isSilent) return 'service';
    if (isAsking) return 'subscribing';
    if (status === 'failed') return error?.code === 'unsupported-browser' ? 'unsupported' : 'service';
    return 'off';
  }

  function show() {
    const state = stateOf(push.state);
    status.dataset.state = state;
    enable.hidden = !['off', 'service'].includes(state);
    disable.hidden = state !== 'on';
    without.hidden = isStaged || !['subscribing', 'service'].includes(state);
  }

  push.addEventListener('statechange', show);
  client.addEventListener('sip-registration', ({detail: {state, error}}) => {
    isOffline = state !== 'registered' && error !== undefined;
    show();
  });
  client.addEventListener('sip-connection', ({detail: {state}}) => {
    isOffline = state === 'reconnecting';
    show();
  });
  enable.addEventListener('click', async () => {
    isAsking = true;
    isSilent = false;
    show();
    let patience;
    try {
      // Asked for by the press; `enable()` asks no more.
      await globalThis.Notification?.requestPermission();
      allow();
      patience = setTimeout(() => {
        isSilent = true;
        show();
      }, PATIENCE_MS);
      await push.enable();
    } catch {
      // The state has it.
    }
    clearTimeout(patience);
    isAsking = isSilent = false;
    show();
  });
  disable.addEventListener('click', () => push.disable());
  document.querySelector('#staged').hidden = !isStaged;
  document.querySelector('#caller-link').href = isStaged ? '?caller&staged' : '?caller';
  show();
}

if (isCaller) calls();
else await isWoken();
client.autoconnect = true;
