import type {Referral as SipJsReferral, Session, URI} from 'sip.js';
import type {Referral} from '../../core/server/dialog.js';
import type {Party} from '../../core/types.js';

/** A REFER of the other side (RFC 3515). It must be accepted or refused, and reports the progress of the new call. */
export class IncomingReferral implements Referral {
  readonly target: Party;
  /** The target of the new INVITE. */
  readonly uri: URI;
  /** Whether the other side transfers an existing call. */
  readonly attended: boolean;
  /** Further headers of the new INVITE, as complete lines (RFC 3891, RFC 3892). */
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

  /** Reads a REFER; undefined if its target cannot be called. */
  static read(referral: SipJsReferral, session: Session): IncomingReferral | undefined {
    try {
      const read = new IncomingReferral(referral, session);
      // A REFER may only place calls here, nothing else.
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
      // The referring side is gone.
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
