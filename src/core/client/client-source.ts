import type {StateSource} from '../util/state-target.js';
import type {BaseClient} from './client.js';
import {CLIENT_CHANGE} from './functions-client.js';

/** A client, or an element that has one: a `<sip-client>` or a `<sip-phone>`. */
export type ClientSource = BaseClient | (Element & {readonly client: BaseClient | undefined});

/** Returns the client of a source; undefined while its attributes do not define one, or its tag is not defined. */
export function clientOf(source: ClientSource): BaseClient | undefined {
  return source instanceof Element ? source.client : source;
}

/** Whether a value is a client, or an element that has one. */
export function isClientSource(value: unknown): value is ClientSource {
  return value instanceof Element
    ? value.localName.startsWith('sip-')
    : value instanceof EventTarget && 'calls' in value;
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
