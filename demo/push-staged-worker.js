/** The service worker of `push.html?staged`: a page of this server gives it the push in place of the push service. */
importScripts('/sip-push-worker.js');

addEventListener('message', (event) => {
  if (event.data !== 'demo-push') return;
  const push = new PushEvent('push');
  // A script's own event cannot keep the worker alive; the message does.
  Object.defineProperty(push, 'waitUntil', {value: (task) => event.waitUntil(task)});
  dispatchEvent(push);
});
