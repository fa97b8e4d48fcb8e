import type {BaseClient} from './client.js';

// Several bundles on a page share the slot. The number changes when its content becomes incompatible.
const SLOT: unique symbol = Symbol.for('sip-elements/functions@1');

/** Holds the client of the page's documented functions; dispatches `change` when another one takes its place. */
export interface FunctionsSlot extends EventTarget {
  client?: BaseClient | undefined;
}

/** Returns the slot of the page, which the functions fill and a `<sip-client functions>` reads. */
export function functionsSlot(): FunctionsSlot {
  const page = globalThis as {[SLOT]?: FunctionsSlot};
  return (page[SLOT] ??= new EventTarget());
}
