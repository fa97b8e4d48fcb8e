import type {SipCall} from '../../../core/call/call.js';

/** Whether the other side hears silence: the microphone is muted, or cannot be opened. */
export function isSilent({state: {muted, warning}}: SipCall): boolean {
  return muted || (warning?.startsWith('microphone-') === true && warning !== 'microphone-replaced');
}

/** Mutes the microphone, or has it heard again. */
export async function toggleMicrophone(call: SipCall): Promise<void> {
  await (isSilent(call) ? call.unmute() : call.mute());
}
