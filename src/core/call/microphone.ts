import type {SipCall} from './call.js';
import type {SipErrorCode} from '../../errors.js';

/** Whether a warning of a call means that it has no device of the kind. */
export function lacks(kind: 'microphone' | 'camera', warning: SipErrorCode | undefined): boolean {
  return warning?.startsWith(`${kind}-`) === true && warning !== `${kind}-replaced`;
}

/** Whether the other side hears silence: the user has muted the microphone or speaks elsewhere, or it cannot be opened. */
export function isSilent({state: {muted, unheard, warning}}: Pick<SipCall, 'state'>): boolean {
  return muted || unheard || lacks('microphone', warning);
}

/** Mutes the microphone, or has it heard again. */
export async function toggleMicrophone(call: Pick<SipCall, 'state' | 'mute' | 'unmute'>): Promise<void> {
  await (isSilent(call) ? call.unmute() : call.mute());
}
