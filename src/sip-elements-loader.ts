/**
 * Defines each element when its tag first appears in the document: for pages without a bundler that use a few elements.
 * The code of each element is in files beside this one, which is small.
 */
import {ContextRoot} from '@lit/context';
import {servedBesideWorker} from './core/tabs/shared-phone.js';
import type * as Api from './index.js';
import {prepareParts} from './loading/part-loader.js';

/** What defines each tag. */
const TAGS: Readonly<Record<string, () => Promise<unknown>>> = {
  'sip-audio': () => import('./define/sip-audio.js'),
  'sip-call': () => import('./define/sip-call.js'),
  'sip-calls': () => import('./define/sip-calls.js'),
  'sip-camera-button': () => import('./define/sip-camera-button.js'),
  'sip-channels': () => import('./define/sip-channels.js'),
  'sip-check': () => import('./define/sip-check.js'),
  'sip-client': () => import('./define/sip-client.js'),
  'sip-conference': () => import('./define/sip-conference.js'),
  'sip-console': () => import('./define/sip-console.js'),
  'sip-desk-link': () => import('./define/sip-desk-link.js'),
  'sip-devices': () => import('./define/sip-devices.js'),
  'sip-dialer': () => import('./define/sip-dialer.js'),
  'sip-directory': () => import('./define/sip-directory.js'),
  'sip-duration': () => import('./define/sip-duration.js'),
  'sip-hangup-button': () => import('./define/sip-hangup-button.js'),
  'sip-history': () => import('./define/sip-history.js'),
  'sip-hold-button': () => import('./define/sip-hold-button.js'),
  'sip-incoming': () => import('./define/sip-incoming.js'),
  'sip-intercom': () => import('./define/sip-intercom.js'),
  'sip-journal': () => import('./define/sip-journal.js'),
  'sip-keypad': () => import('./define/sip-keypad.js'),
  'sip-keys': () => import('./define/sip-keys.js'),
  'sip-map': () => import('./define/sip-map.js'),
  'sip-messages': () => import('./define/sip-messages.js'),
  'sip-monitor': () => import('./define/sip-monitor.js'),
  'sip-mute-button': () => import('./define/sip-mute-button.js'),
  'sip-phone': () => import('./define/sip-phone.js'),
  'sip-photo-button': () => import('./define/sip-photo-button.js'),
  'sip-quality': () => import('./define/sip-quality.js'),
  'sip-queue': () => import('./define/sip-queue.js'),
  'sip-recall': () => import('./define/sip-recall.js'),
  'sip-record-button': () => import('./define/sip-record-button.js'),
  'sip-recordings': () => import('./define/sip-recordings.js'),
  'sip-screen-button': () => import('./define/sip-screen-button.js'),
  'sip-transfer-button': () => import('./define/sip-transfer-button.js'),
  'sip-upload': () => import('./define/sip-upload.js'),
  'sip-video': () => import('./define/sip-video.js'),
};

const asked = new Set<string>();

/**
 * Loads the API: what `index.js` beside this file exports, checked as the elements are.
 *
 * ```js
 * import {api} from './loader/sip-elements-loader.js';
 * const {SipClient} = await api();
 * ```
 */
export const api = (): Promise<typeof Api> => import('./index.js');

/**
 * Defines the elements inside a document, an element or a shadow root, now and when more of them appear. The page's
 * document is watched without that, but not the shadow roots in it.
 *
 * ```js
 * import {watch} from './loader/sip-elements-loader.js';
 * watch(panel.shadowRoot);
 * ```
 */
export function watch(root: ParentNode & Node): void {
  look(root);
  new MutationObserver((records) => {
    for (const {addedNodes} of records)
      for (const node of addedNodes) if (node instanceof Element) look(node);
  }).observe(root, {childList: true, subtree: true});
}

function look(root: ParentNode): void {
  if (root instanceof Element) define(root.localName);
  for (const {localName} of root.querySelectorAll(':not(:defined)')) define(localName);
}

/** Defines a tag of this package, once. If its files cannot be loaded, the next element with the tag tries again. */
function define(tag: string): void {
  const load = Object.hasOwn(TAGS, tag) && !asked.has(tag) && TAGS[tag];
  if (!load) return;
  asked.add(tag);
  load().catch((error: unknown) => {
    asked.delete(tag);
    console.warn(`<${tag}> could not be loaded from the files beside sip-elements-loader.js.`, error);
  });
}

// Nothing checks the code of a worker: tabs of a page that has asked for checks share one if the page names it.
if (!prepareParts(import.meta.url)) servedBesideWorker(import.meta.url);
// Consumers that were there first find their provider when it comes.
new ContextRoot().attach(document.documentElement);
watch(document);
