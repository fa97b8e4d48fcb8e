import {holdLock} from '../locks.js';
import {randomUuid} from '../core/util/uuid.js';

/** The channel by which a page hands a number to the phones of its origin. */
const CHANNEL = 'sip-elements:number';

/** How long a hidden page leaves a number to a visible one, in milliseconds. */
const HIDDEN_MS = 150;

/** How long a page waits for a phone to take its number, in milliseconds: browsers run the timers of hidden pages once a second. */
const TAKEN_MS = 2_500;

/** How long a phone keeps others from a number that it has taken, in milliseconds. */
const KEPT_MS = 5_000;

/** The longest number that is taken, in characters. */
const LONGEST = 256;

/** A number for a phone, and the answer of the phone that takes it. */
type Message = {readonly id: string; readonly number: string} | {readonly taken: string};

/**
 * Calls back with each number that another page of the origin hands over. Of several phones, one takes it: if there is one
 * in a visible page, that one.
 */
export function takeNumbers(onNumber: (number: string) => void, signal: AbortSignal): void {
  if (signal.aborted) return;
  const channel = new BroadcastChannel(CHANNEL);
  signal.addEventListener('abort', () => channel.close());
  channel.onmessage = async ({data}: MessageEvent<Message>) => {
    if (
      !('number' in data) ||
      typeof data.number !== 'string' ||
      data.number.length > LONGEST ||
      !data.number.trim()
    )
      return;
    const {id, number} = data;
    if (document.hidden) await new Promise((resolve) => setTimeout(resolve, HIDDEN_MS));
    if (signal.aborted) return;
    const isFirst = await holdLock(`${CHANNEL}:${id}`, {
      ifAvailable: true,
      signal: AbortSignal.timeout(KEPT_MS),
    });
    if (!isFirst || signal.aborted) return;
    channel.postMessage({taken: id} satisfies Message);
    onNumber(number);
  };
}

/** Hands a number to an open phone of this origin. Resolves with whether one has taken it. */
export async function handNumber(number: string): Promise<boolean> {
  const channel = new BroadcastChannel(CHANNEL);
  const id = randomUuid();
  try {
    return await new Promise<boolean>((resolve) => {
      setTimeout(() => resolve(false), TAKEN_MS);
      channel.onmessage = ({data}: MessageEvent<Message>) => {
        if ('taken' in data && data.taken === id) resolve(true);
      };
      channel.postMessage({id, number} satisfies Message);
    });
  } finally {
    channel.close();
  }
}
