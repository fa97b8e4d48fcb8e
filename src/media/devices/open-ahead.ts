import type {InputSettings} from './device-choice.js';
import {constraintsFor, wantedDevice} from './open-device.js';

/** The microphones that are open for calls to come. */
const ahead = new Set<() => void>();
/** How many calls are opening their own devices. */
let openings = 0;

/**
 * Opens the chosen microphone for a call that is about to begin: the browser then opens it again at once. Does nothing if
 * the browser would ask the user.
 *
 * @returns A function that closes it; idempotent. A call that opens its own devices closes it when these are open.
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
  return () => {
    if (!openings) close();
  };
}

/** Keeps what was opened ahead while a call opens its own devices, and closes it afterwards. */
export async function insteadOfAhead<T>(open: () => Promise<T>): Promise<T> {
  openings += 1;
  try {
    return await open();
  } finally {
    openings -= 1;
    if (!openings) for (const close of ahead) close();
  }
}
