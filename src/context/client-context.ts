import {createContext} from '@lit/context';
import type {BaseClient} from '../core/client/client.js';
import type {SipError} from '../errors.js';

// Several bundles on a page have them in common: the number is another one if what they carry is no longer understood.

/** The client of the nearest `<sip-client>`, which the elements inside it share; undefined while it has none. */
export const clientContext = createContext<BaseClient | undefined>(Symbol.for('sip-elements/client@1'));

/** Why the nearest `<sip-client>` has no client: an attribute that is missing or wrong; undefined while it has one. */
export const clientFailureContext = createContext<SipError | undefined>(
  Symbol.for('sip-elements/client-failure@1'),
);
