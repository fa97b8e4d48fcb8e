import type {InputSettings} from './device-choice.js';
import {constraintsFor, wantedDevice} from './open-device.js';

/** The microphones that are open for calls to come. */
const ahead = new Set<() => void>();

/**
 * Opens the chosen microphone for a call that is about to begin: the browser then opens it again at once. Does nothing if
 * the browser would ask the user.
 *
 * @returns A function that closes it; idempotent. So does the next `openMedia`.
 */
export function openAhead(input: InputSettings): () => void {
  let closed = false;
  let device: MediaStreamTrack | undefined;
  const close = (): void => {
    closed = true;
    ahead.delete(close);
    device?.stop();
  };
  ahead.add(close);
  const open = async (): Promise<void> => {
    const {state} = await navigator.permissions.query({name: 'microphone'});
    if (closed || state !== 'granted') return close();
    const audio = constraintsFor('microphone', await wantedDevice('microphone', input), input);
    if (closed) return;
    [device] = (await navigator.mediaDevices.getUserMedia({audio})).getTracks();
    if (closed) device?.stop();
  };
  // Older browsers do not tell the permission; the call reports why a microphone does not open.
  open().catch(close);
  return close;
}

/** Closes what was opened ahead: the call has its own now. */
export function closeAhead(): void {
  for (const close of ahead) close();
}
