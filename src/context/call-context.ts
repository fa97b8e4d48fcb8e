import {createContext} from '@lit/context';
import type {SipCall} from '../core/call/call.js';

/** The call of the nearest `<sip-call>`, for controls placed in it; undefined while it shows none. */
export const callContext = createContext<SipCall | undefined>(Symbol.for('sip-elements/call@1'));
