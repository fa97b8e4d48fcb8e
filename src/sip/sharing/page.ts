import type {Branch} from './request-fork.js';
import type {ToPage} from './port-messages.js';
import {ownMessage, type SipText} from './sip-text.js';

/** A page that takes part in the phone. */
export class Page implements Branch {
  /** The address of the server that it asked for. */
  url = '';
  /** The address of its first server. */
  home = '';
  /** The user part and the host of its Contact, as it writes them. */
  user = '';
  host = '';
  address = '';
  /** The parameters of its Contact's URI, which are those of the phone, and its token. */
  parameters = '';
  instance = '';
  /** The host in its Via: responses with it are for this page. */
  sentBy = '';
  /** The hosts of the account's domain, by its page. */
  hosts: readonly string[] = [];
  isLeaving = false;
  /** Whether it has a call, by its last answer. */
  isBusy = false;
  /** Whether the server has accepted its REGISTER: it gets calls. */
  isRegistered = false;
  /** Whether it was registered: it knows the password of the account whose connection this is. */
  isAdmitted = false;
  /** Whether the server is still to decide about its REGISTER, or about the next with a digest. */
  isRegistering = false;
  /** Whether it was asked to renew the registration, and has not done so yet. */
  isRenewing = false;
  /** The lifetime that it asked for last, in seconds. */
  lifetime = 0;
  /** Its requests that are sent once it is admitted. */
  heldRequests: readonly SipText[] = [];
  /** Aborted when it takes no part any longer. */
  readonly ending = new AbortController();
  readonly #port: MessagePort;

  constructor(port: MessagePort) {
    this.#port = port;
  }

  deliver(text: string): void {
    this.post({received: text});
  }

  /** Receives a text as a MESSAGE of the user, in the server's name. */
  receiveMessage(user: string, type: string, body: string): void {
    this.deliver(ownMessage(this.address, `${user}@${new URL(this.url).hostname}`, type, body));
  }

  post(message: ToPage): void {
    this.#port.postMessage(message);
  }
}
