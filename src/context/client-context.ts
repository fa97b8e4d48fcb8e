import {createContext} from '@lit/context';
import type {BaseClient} from '../core/client/client.js';
import type {SipError} from '../errors.js';

// Several bundles on a page share these contexts. The number changes when their values become incompatible.

/** The client of the nearest `<sip-client>`, shared by the elements inside it; undefined while it has none. */
export const clientContext = createContext<BaseClient | undefined>(Symbol.for('sip-elements/client@1'));

/** Why the nearest `<sip-client>` has no client: a missing or invalid attribute; undefined while it has one. */
export const clientFailureContext = createContext<SipError | undefined>(
  Symbol.for('sip-elements/client-failure@1'),
);
