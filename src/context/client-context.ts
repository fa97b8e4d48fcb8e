import {createContext} from '@lit/context';
import type {BaseClient} from '../core/client.js';

/** The client of the nearest `<sip-client>`, which the elements inside it share; undefined while it has none. */
export const clientContext = createContext<BaseClient | undefined>(Symbol('sip-client'));
