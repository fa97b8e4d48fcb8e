import {NameAddrHeader, type IncomingReferRequest} from 'sip.js/lib/core/index.js';
import {userOf} from './uri.js';

/** The dialog that a Replaces header identifies (RFC 3891 §6.1), as its other end knows it. */
export interface Replaces {
  readonly callId: string;
  /** The tag of the end that receives the header. */
  readonly toTag: string;
  readonly fromTag: string;
}

/** Sends NOTIFY within the dialog; resolves with the status of the answer. */
export type Notify = (headers: readonly string[], body: string) => Promise<number>;

const PHRASES: Readonly<Record<number, string>> = {
  100: 'Trying',
  180: 'Ringing',
  200: 'OK',
  403: 'Forbidden',
  404: 'Not Found',
  480: 'Temporarily Unavailable',
  481: 'Call/Transaction Does Not Exist',
  486: 'Busy Here',
  487: 'Request Terminated',
  491: 'Request Pending',
  603: 'Decline',
};

/** A client's REFER (RFC 3515), which must be accepted or refused; once accepted, NOTIFY reports its progress. */
export class IncomingRefer {
  /** The number to call. */
  readonly target: string;
  /** The dialog to replace, if any. */
  readonly replaces: Replaces | undefined;
  readonly #request: IncomingReferRequest;
  readonly #contact: string;
  readonly #notify: Notify;
  #over = false;

  constructor(request: IncomingReferRequest, contact: string, notify: Notify) {
    this.#request = request;
    this.#contact = contact;
    this.#notify = notify;
    const address: unknown = request.message.parseHeader('refer-to');
    const uri = address instanceof NameAddrHeader ? address.uri : undefined;
    this.target = uri ? userOf(uri) : '';
    const header: unknown = uri?.getHeader('replaces');
    this.replaces = Array.isArray(header) ? readReplaces(unescaped(String(header[0]))) : undefined;
  }

  accept(): void {
    this.#request.accept({statusCode: 202, extraHeaders: [`Contact: ${this.#contact}`]});
    void this.tell(100);
  }

  reject(statusCode: number): void {
    this.#request.reject({statusCode});
  }

  /**
   * Reports the progress of the call to the client; a final status is the last report. Resolves when it was answered.
   */
  async tell(status: number): Promise<void> {
    if (this.#over) return;
    this.#over = status >= 200;
    const headers = [
      `Event: refer;id=${this.#request.message.cseq}`,
      `Subscription-State: ${this.#over ? 'terminated;reason=noresource' : 'active;expires=180'}`,
      `Contact: ${this.#contact}`,
    ];
    await this.#notify(headers, `SIP/2.0 ${status} ${PHRASES[status] ?? 'Told by the callee'}\r\n`);
  }
}

/** Reads a Replaces header; one that cannot be read identifies no dialog. */
export function readReplaces(header: string): Replaces {
  const [callId = '', ...parameters] = header.split(';').map((part) => part.trim());
  const valueOf = (name: string): string =>
    parameters.find((parameter) => parameter.startsWith(`${name}=`))?.slice(name.length + 1) ?? '';
  return {callId, toTag: valueOf('to-tag'), fromTag: valueOf('from-tag')};
}

function unescaped(header: string): string {
  try {
    return decodeURIComponent(header);
  } catch {
    return '';
  }
}
