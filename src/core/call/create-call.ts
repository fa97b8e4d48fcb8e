import type {CreateCall} from '../server/call-service.js';
import {SipCall, type CallContext} from './call.js';
import {CallControl} from './call-control.js';

/** Returns what creates calls of a class, with their controls. */
export const callsOf =
  (create: (control: CallControl, context: CallContext) => SipCall): CreateCall =>
  (init, context) => {
    const control = new CallControl(init);
    return {call: create(control, context), control};
  };

/** Creates a call that is no more than a `SipCall`. */
export const createCall = callsOf((...inner) => new SipCall(...inner));
