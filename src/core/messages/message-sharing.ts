import type {SipMessage} from './message.js';

/** A change that one tab sends to the others. */
export type MessageChange =
  | {readonly messages: readonly SipMessage[]; readonly name: string; readonly unread: boolean}
  | {readonly changed: SipMessage}
  | {readonly removed: readonly string[]; readonly number: string}
  | {readonly cleared: string | undefined}
  | {readonly read: string};

/** Receives the changes of other tabs. */
interface ChangeReceiver {
  apply(change: MessageChange): Promise<void>;
}

/** Sends changes to the other tabs of an account, and receives theirs. */
export class MessageSharing {
  readonly #channel: BroadcastChannel;

  constructor(account: string, receiver: ChangeReceiver) {
    const channel = (this.#channel = new BroadcastChannel(`sip-elements:messages:${account}`));
    // A client ends with the page's last reference to it; a listening channel would keep it alive.
    const reference = new WeakRef(receiver);
    channel.onmessage = ({data}: MessageEvent<MessageChange>) => {
      const known = reference.deref();
      if (known) void known.apply(data);
      else channel.close();
    };
  }

  share(change: MessageChange): void {
    this.#channel.postMessage(change);
  }
}
