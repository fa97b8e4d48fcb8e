import type {CallServiceHost} from '../core/client/call-service.js';
import type {WaitingMessages} from '../core/types.js';
import {logOf, type Log} from '../sip/log.js';
import {mediaTypeOf} from '../sip/headers/media-type.js';
import type {RunningSubscription, SubscriptionRequest} from '../sip/user-agent.js';
import {MESSAGE_SUMMARY, readMessageSummary} from './message-summary.js';

/**
 * Reports the messages waiting in the account's mailbox (RFC 3842), from a subscription or from unsolicited NOTIFYs.
 */
export class Mailbox {
  readonly #host: CallServiceHost;
  readonly #log: Log;
  readonly #subscribe: (request: SubscriptionRequest) => RunningSubscription;
  #subscription: RunningSubscription | undefined;
  /** Whether the known state comes from the subscription. */
  #hasReport = false;

  /** @param subscribe - Works like `SipUserAgent.subscribe`. */
  constructor(host: CallServiceHost, subscribe: (request: SubscriptionRequest) => RunningSubscription) {
    this.#host = host;
    this.#log = logOf(host.options.log, 'sip');
    this.#subscribe = subscribe;
  }

  /** Subscribes after registration: the server now knows the account. */
  registered(): void {
    try {
      this.#subscription ??= this.#subscribe({
        number: this.#host.options.user,
        event: 'message-summary',
        accept: MESSAGE_SUMMARY,
        onDocument: (type, body) => this.#received(type, body),
        onReset: (refused) => this.#reset(refused),
      });
    } catch {
      // Not connected at the moment: the next registration subscribes.
    }
  }

  /** Ends the subscription: the account is unregistered, or the connection is given up. */
  end(): void {
    this.#subscription?.stop();
    this.#subscription = undefined;
    this.#hasReport = false;
    this.#host.setWaitingMessages(undefined);
  }

  /**
   * Handles an unsolicited NOTIFY, which servers send to registered clients. Anyone could send it, so it provides no
   * number to call, and counts only without a subscription's report.
   */
  take(type: string, body: string): void {
    const messages = this.#hasReport ? undefined : this.#read(type, body);
    if (messages) this.#report({...messages, account: ''});
  }

  #received(type: string, body: string): void {
    const messages = this.#read(type, body);
    if (!messages) return;
    this.#hasReport = true;
    this.#report(messages);
  }

  #report(messages: WaitingMessages): void {
    const {mailbox} = this.#host.options;
    this.#host.setWaitingMessages(Object.freeze(mailbox ? {...messages, account: mailbox} : messages));
  }

  /** Keeps the last known state until a new report, unless the subscription was refused. */
  #reset(refused: boolean): void {
    if (refused && this.#hasReport) this.#host.setWaitingMessages(undefined);
    this.#hasReport = false;
  }

  #read(type: string, body: string): WaitingMessages | undefined {
    const {hosts} = this.#host.options;
    const messages = mediaTypeOf(type) === MESSAGE_SUMMARY ? readMessageSummary(body, hosts) : undefined;
    if (!messages) this.#log('warning', 'left a document about waiting messages aside');
    return messages;
  }
}
