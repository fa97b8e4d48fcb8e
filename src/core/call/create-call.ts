import type {CallInit} from './call-init.js';
import {SipCall, type CallContext} from './call.js';
import {CallControl} from './call-control.js';

/** A call of a client, and the control by which its profile drives it. */
export interface AddedCall {
  readonly call: SipCall;
  readonly control: CallControl;
}

/**
 * Creates a call and its control: `createCall`, or what `callsOf` returns. The service passes it on, because calls are
 * loaded with it.
 */
export type CreateCall = (init: CallInit, context: CallContext) => AddedCall;

/** Returns what creates calls of a class, with their controls. */
export const callsOf =
  (create: (control: CallControl, context: CallContext) => SipCall): CreateCall =>
  (init, context) => {
    const control = new CallControl(init);
    return {call: create(control, context), control};
  };

/** Creates a call that is no more than a `SipCall`. */
export const createCall = callsOf((...inner) => new SipCall(...inner));
