import {createContext} from '@lit/context';
import type {BaseClient} from '../core/client.js';
import type {SipError} from '../errors.js';

/** The client of the nearest `<sip-client>`, which the elements inside it share; undefined while it has none. */
export const clientContext = createContext<BaseClient | undefined>(Symbol('sip-client'));

/** Why the nearest `<sip-client>` has no client: an attribute that is missing or wrong; undefined while it has one. */
export const clientFailureContext = createContext<SipError | undefined>(Symbol('sip-client-failure'));
