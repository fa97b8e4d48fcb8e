import type {CallServiceHost} from '../core/server/call-service.js';
import type {WaitingMessages} from '../core/types.js';
import {logOf, type Log} from '../sip/log.js';
import {mediaTypeOf} from '../sip/headers/media-type.js';
import type {RunningSubscription, SubscriptionRequest} from '../sip/user-agent.js';
import {MESSAGE_SUMMARY, readMessageSummary} from './message-summary.js';

/** Tells what waits in the account's mailbox (RFC 3842), asked for or told by the server itself. */
export class Mailbox {
  readonly #host: CallServiceHost;
  readonly #log: Log;
  readonly #subscribe: (request: SubscriptionRequest) => RunningSubscription;
  #subscription: RunningSubscription | undefined;
  /** What is known was told within the subscription. */
  #asked = false;

  /** @param subscribe - As `SipUserAgent.subscribe`. */
  constructor(host: CallServiceHost, subscribe: (request: SubscriptionRequest) => RunningSubscription) {
    this.#host = host;
    this.#log = logOf(host.options.log, 'sip');
    this.#subscribe = subscribe;
  }

  /** The server knows who asks. */
  registered(): void {
    try {
      this.#subscription ??= this.#subscribe({
        number: this.#host.options.user,
        event: 'message-summary',
        accept: MESSAGE_SUMMARY,
        onDocument: (type, body) => this.#told(type, body),
        onReset: (refused) => this.#reset(refused),
      });
    } catch {
      // No connection, for the moment: the next registration asks.
    }
  }

  /** The account is registered no more, or the connection is given up. */
  end(): void {
    this.#subscription?.stop();
    this.#subscription = undefined;
    this.#asked = false;
    this.#host.setWaitingMessages(undefined);
  }

  /**
   * Takes what comes without being asked for, as servers do for whoever is registered. Anybody might send it, so it names no
   * number to call, and counts only while no subscription tells.
   */
  take(type: string, body: string): void {
    const messages = this.#asked ? undefined : this.#read(type, body);
    if (messages) this.#tell({...messages, account: ''});
  }

  #told(type: string, body: string): void {
    const messages = this.#read(type, body);
    if (!messages) return;
    this.#asked = true;
    this.#tell(messages);
  }

  #tell(messages: WaitingMessages): void {
    const {mailbox} = this.#host.options;
    this.#host.setWaitingMessages(Object.freeze(mailbox ? {...messages, account: mailbox} : messages));
  }

  /** Until it is told anew, what was told last is the best that is known; but not where nobody will tell. */
  #reset(refused: boolean): void {
    if (refused && this.#asked) this.#host.setWaitingMessages(undefined);
    this.#asked = false;
  }

  #read(type: string, body: string): WaitingMessages | undefined {
    const {domain, servers} = this.#host.options;
    const hosts = [domain, ...servers.map((server) => new URL(server).hostname)];
    const messages = mediaTypeOf(type) === MESSAGE_SUMMARY ? readMessageSummary(body, hosts) : undefined;
    if (!messages) this.#log('warning', 'left a document about waiting messages aside');
    return messages;
  }
}
