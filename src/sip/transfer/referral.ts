import type {Referral as SipJsReferral, Session, URI} from 'sip.js';
import type {Referral} from '../../core/server/dialog.js';
import type {Party} from '../../core/types.js';

/** A REFER of the other side's (RFC 3515): it has to be accepted or refused, and is told how the new call goes. */
export class IncomingReferral implements Referral {
  readonly target: Party;
  /** Where the new INVITE goes to. */
  readonly uri: URI;
  /** Whether it hands over a call that it has already. */
  readonly attended: boolean;
  /** What the new INVITE has to say beyond that, whole lines (RFC 3891, RFC 3892). */
  readonly headers: readonly string[];
  readonly #referral: SipJsReferral;
  readonly #session: Session;
  #over = false;

  private constructor(referral: SipJsReferral, session: Session) {
    const {referTo, replaces, referredBy} = referral;
    this.#referral = referral;
    this.#session = session;
    this.uri = referTo.uri.clone();
    this.uri.clearHeaders();
    this.target = {number: decodeURIComponent(referTo.uri.user ?? ''), name: referTo.displayName ?? ''};
    this.attended = replaces !== undefined;
    this.headers = [
      ...(replaces === undefined ? [] : [`Replaces: ${decodeURIComponent(replaces)}`]),
      ...(referredBy === undefined ? [] : [`Referred-By: ${referredBy}`]),
    ].filter((line) => !/[\r\n]/.test(line));
  }

  /** Reads it; undefined where it names nobody who can be called. */
  static read(referral: SipJsReferral, session: Session): IncomingReferral | undefined {
    try {
      const read = new IncomingReferral(referral, session);
      // Whatever else it could ask for, a REFER may only make calls here.
      const method = read.uri.getParam('method') ?? 'INVITE';
      const calls = /^sips?$/i.test(read.uri.scheme) && method.toUpperCase() === 'INVITE';
      return calls && read.target.number ? read : undefined;
    } catch {
      return undefined;
    }
  }

  accept(): void {
    void this.#referral.accept();
    this.tell(100);
  }

  reject(statusCode: number): void {
    void this.#referral.reject({statusCode});
  }

  tell(status: number): void {
    if (this.#over) return;
    this.#over = status >= 200;
    const {dialog, userAgent} = this.#session;
    const extraHeaders = [
      `Event: refer;id=${this.#referral.request.cseq}`,
      `Subscription-State: ${this.#over ? 'terminated;reason=noresource' : 'active;expires=180'}`,
      `Contact: ${userAgent.contact.toString()}`,
    ];
    const body = {
      contentDisposition: 'render',
      contentType: 'message/sipfrag;version=2.0',
      content: `SIP/2.0 ${status} ${PHRASES[status] ?? 'Told by the other side'}\r\n`,
    };
    try {
      dialog?.notify(undefined, {extraHeaders, body});
    } catch {
      // Whoever asked is gone.
    }
  }
}

const PHRASES: Readonly<Record<number, string>> = {
  100: 'Trying',
  180: 'Ringing',
  200: 'OK',
  404: 'Not Found',
  480: 'Temporarily Unavailable',
  486: 'Busy Here',
  487: 'Request Terminated',
  603: 'Decline',
};
