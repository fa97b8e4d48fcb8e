import type {StateSource} from '../util/state-target.js';
import {CLIENT_CHANGE} from './client-change.js';
import type {BaseClient} from './client.js';

/** An element that has a client: a `<sip-client>` or a `<sip-phone>`. It dispatches `CLIENT_CHANGE`. */
export type ClientElement = Element & {readonly client: BaseClient | undefined};

/** A client, or an element that has one. */
export type ClientSource = BaseClient | ClientElement;

// They may be of another bundle or frame, whose classes are other ones.
const has = (value: unknown, name: string): boolean =>
  typeof value === 'object' && value !== null && name in value;

/** Whether a value is an element that has a client, or may have one: its tag is not defined yet. */
export function isClientElement(value: unknown): value is ClientElement {
  return has(value, 'localName') && (has(value, 'client') || !(value as Element).matches(':defined'));
}

/** Whether a value is a client, or an element that has one. */
export function isClientSource(value: unknown): value is ClientSource {
  return has(value, 'localName')
    ? isClientElement(value)
    : has(value, 'createSession') && has(value, 'addEventListener');
}

/** Returns the client of a source; undefined while its attributes do not define one, or its tag is not defined. */
export function clientOf(source: ClientSource): BaseClient | undefined {
  return isClientElement(source) ? source.client : source;
}

/** Calls back at once, and whenever the state of the client or of one of its calls changes, until the signal aborts. */
export function followClient(source: ClientSource, onChange: () => void, signal: AbortSignal): void {
  let followed = new Set<StateSource<object>>();
  const follow = (targets: readonly StateSource<object>[]): void => {
    const next = new Set(targets);
    for (const target of followed) if (!next.has(target)) target.removeEventListener('statechange', update);
    for (const target of next) target.addEventListener('statechange', update);
    followed = next;
  };
  const update = (): void => {
    const client = clientOf(source);
    follow(client ? [client, ...client.calls] : []);
    onChange();
  };
  if (signal.aborted) return;
  signal.addEventListener('abort', () => follow([]));
  (source as EventTarget).addEventListener(CLIENT_CHANGE, update, {signal});
  update();
}
