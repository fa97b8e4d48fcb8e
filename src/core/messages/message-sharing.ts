import type {SipMessage} from './message.js';

/** What one tab tells the others. */
export type Shared =
  | {readonly messages: readonly SipMessage[]; readonly name: string; readonly unread: boolean}
  | {readonly changed: SipMessage}
  | {readonly removed: readonly string[]; readonly number: string}
  | {readonly cleared: string | undefined}
  | {readonly read: string};

/** Who takes what other tabs tell. */
interface Taker {
  take(shared: Shared): Promise<void>;
}

/** Tells the other tabs of an account what has changed, and takes what they tell. */
export class MessageSharing {
  readonly #channel: BroadcastChannel;

  constructor(account: string, taker: Taker) {
    const channel = (this.#channel = new BroadcastChannel(`sip-elements:messages:${account}`));
    // A client ends with the page's last reference to it; a channel that listens would keep it.
    const reference = new WeakRef(taker);
    channel.onmessage = ({data}: MessageEvent<Shared>) => {
      const known = reference.deref();
      if (known) void known.take(data);
      else channel.close();
    };
  }

  share(shared: Shared): void {
    this.#channel.postMessage(shared);
  }
}
