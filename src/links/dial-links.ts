import type {SipCall} from '../core/call/call.js';
import type {BaseClient} from '../core/client/client.js';
import {clientOf, followClient, isClientSource, type ClientSource} from '../core/client/client-source.js';
import type {CallMedia} from '../core/types.js';
import {badArgument, plainError, type PlainError} from '../core/util/plain-error.js';
import {LinkStates, type LinkState, type LinkStateName} from './link-states.js';

export {takeNumbers} from './handed-numbers.js';

/** The links that are dialed. */
const LINKS = ['tel', 'sip', 'sips']
  .map((scheme) => `:is(a, area)[href^="${scheme}:" i]`)
  .concat('[data-sip-call]')
  .join();

/** The attributes that make a link one of these. */
const ATTRIBUTES = ['href', 'data-sip-call'];

/** Options of {@link dialLinks}. */
export interface DialLinksOptions {
  /** The media of links without `data-sip-media`; `audio` by default. */
  readonly media?: CallMedia;
  /** Places the call, if the client is not to do it by itself. */
  readonly dial?: (number: string, media: CallMedia) => Promise<unknown>;
  /** Returns a screen reader's text for the state of a link; the call is undefined until the server has named it. */
  readonly describe?: (call: SipCall | undefined) => string;
  /** Ends it: links are ordinary links again. */
  readonly signal?: AbortSignal;
}

/**
 * Calls the numbers of links when they are clicked: `tel:`, `sip:` and `sips:` links, and elements with `data-sip-call`.
 *
 * Links that are added later work, too; those in a shadow root if it is the `root`. Clicks that another handler has
 * prevented are left alone, as are those with a modifier key, and links with `download` or another `target`. A link
 * whose number has a call shows its state by `data-sip-state`, and is not called again. A failure is dispatched as
 * `sip-error` from the link.
 *
 * @param source - The client, or a `<sip-client>`.
 * @param root - What contains the links.
 * @throws {PlainError} `bad-parameter` if there is no client, or the root is none.
 */
export function dialLinks(
  source: ClientSource,
  root: Document | ShadowRoot | Element = document,
  options: DialLinksOptions = {},
): void {
  if (!isClientSource(source)) throw badArgument('client', "document.querySelector('sip-client')");
  if (!(root instanceof Node && 'querySelectorAll' in root)) throw badArgument('root', 'document');
  const {media: usual = 'audio', describe, signal = new AbortController().signal} = options;
  const dial = options.dial ?? (async (number, media) => requiredClient(source).call(number, {media}));
  /** The numbers that are being called, until the server has named their calls. */
  const placing = new Set<string>();
  const shown = new LinkStates();
  const observer = new MutationObserver(() => update());

  /** Returns the number that is dialed; one that cannot be dialed is an error once it is called. */
  const numberOf = (link: Element): string => {
    const written = writtenNumber(link);
    try {
      return requiredClient(source).options.dial(written);
    } catch {
      return written;
    }
  };

  const stateOf = (number: string): LinkState | undefined => {
    const call = clientOf(source)?.calls.findLast(({remote}) => remote.number === number);
    if (!call && !placing.has(number)) return undefined;
    return {name: call ? stateName(call) : 'calling', text: describe?.(call)};
  };

  const update = (): void => {
    const inCall = !signal.aborted && (placing.size > 0 || !!clientOf(source)?.calls.length);
    const states = new Map<Element, LinkState>();
    for (const link of inCall ? root.querySelectorAll(LINKS) : []) {
      const state = stateOf(numberOf(link));
      if (state) states.set(link, state);
    }
    shown.show(states);
    if (inCall) observer.observe(root, {subtree: true, childList: true, attributeFilter: ATTRIBUTES});
    else observer.disconnect();
  };

  const place = async (link: Element): Promise<void> => {
    const number = numberOf(link);
    if (stateOf(number)) return;
    placing.add(number);
    update();
    try {
      await dial(number, link.getAttribute('data-sip-media') === 'video' ? 'video' : usual);
    } catch (thrown) {
      const error = thrown as PlainError;
      // A canceled call is not a failure.
      if (error.code !== 'aborted')
        link.dispatchEvent(new CustomEvent('sip-error', {detail: {error}, bubbles: true, composed: true}));
    } finally {
      placing.delete(number);
      update();
    }
  };

  root.addEventListener(
    'click',
    (event) => {
      const link = linkOf(event as MouseEvent, root);
      if (!link) return;
      event.preventDefault();
      void place(link);
    },
    {signal},
  );
  followClient(source, update, signal);
  signal.addEventListener('abort', update);
}

/** Returns the link that was clicked; undefined if it is none of the root, or the click is not for a call. */
function linkOf(event: MouseEvent, root: Node): Element | undefined {
  const {defaultPrevented, button, altKey, ctrlKey, metaKey, shiftKey} = event;
  if (defaultPrevented || button || altKey || ctrlKey || metaKey || shiftKey) return undefined;
  const link = event
    .composedPath()
    .find((node) => node instanceof Element && root.contains(node) && node.matches(LINKS)) as
    Element | undefined;
  const target = link?.getAttribute('target') ?? '';
  return link?.hasAttribute('download') || !/^(?:_self)?$/i.test(target) ? undefined : link;
}

/** Returns the number of a link as it is written; without a value, `data-sip-call` means the text. */
function writtenNumber(link: Element): string {
  return (link.getAttribute('data-sip-call') ?? link.getAttribute('href')) || link.textContent;
}

function stateName({state}: SipCall): LinkStateName {
  const {phase, held} = state;
  if (phase === 'answered') return held ? 'held' : 'connected';
  return phase === 'ringing' ? 'ringing' : 'calling';
}

function requiredClient(source: ClientSource): BaseClient {
  const client = clientOf(source);
  if (!client) throw plainError('not-connected');
  return client;
}
