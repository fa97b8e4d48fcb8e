import {NameAddrHeader, type IncomingReferRequest, type SessionDialog, type URI} from '../sip-js.js';
import type {Referral} from '../../core/server/dialog.js';
import type {Party} from '../../core/types.js';
import type {Addresses} from '../headers/addresses.js';
import {LONGEST_VALUE} from '../headers/header-values.js';
import {plainName} from '../../core/util/plain-name.js';

/** A REFER of the other side (RFC 3515). It must be accepted or refused, and reports the progress of the new call. */
export class IncomingReferral implements Referral {
  readonly target: Party;
  /** The target of the new INVITE. */
  readonly uri: URI;
  /** Whether the other side transfers an existing call. */
  readonly attended: boolean;
  /** Further headers of the new INVITE, as complete lines (RFC 3891, RFC 3892). */
  readonly headers: readonly string[];
  readonly #request: IncomingReferRequest;
  readonly #dialog: SessionDialog;
  #over = false;

  private constructor(
    request: IncomingReferRequest,
    dialog: SessionDialog,
    {uri, displayName}: NameAddrHeader,
    addresses: Addresses,
  ) {
    const [replaces] = [uri.getHeader('replaces')].flat();
    const referredBy = request.message.getHeader('referred-by');
    this.#request = request;
    this.#dialog = dialog;
    this.uri = uri.clone();
    this.uri.clearHeaders();
    // The call goes to the host that the user was asked about, and to no other.
    this.uri.deleteParam('maddr');
    // The account's server routes its domain; another port of its host may be somebody else's.
    if (addresses.owns(uri.host)) this.uri.port = undefined;
    this.target = {number: addresses.numberOf(uri), name: plainName(displayName)};
    this.attended = replaces !== undefined;
    this.headers = [
      ...(replaces === undefined ? [] : [`Replaces: ${decodeURIComponent(replaces)}`]),
      ...(referredBy === undefined ? [] : [`Referred-By: ${referredBy}`]),
    ].filter((line) => line.length <= LONGEST_VALUE && !/[\r\n]/.test(line));
  }

  /** Reads a REFER; undefined if its target cannot be called. */
  static read(
    request: IncomingReferRequest,
    dialog: SessionDialog,
    addresses: Addresses,
  ): IncomingReferral | undefined {
    const referTo = request.message.parseHeader('refer-to') as unknown;
    if (!(referTo instanceof NameAddrHeader)) return undefined;
    try {
      const read = new IncomingReferral(request, dialog, referTo, addresses);
      // A REFER may only place calls here, nothing else.
      const method = read.uri.getParam('method') ?? 'INVITE';
      const calls = /^sips?$/i.test(read.uri.scheme) && method.toUpperCase() === 'INVITE';
      return calls && read.target.number ? read : undefined;
    } catch {
      return undefined;
    }
  }

  accept(): void {
    this.#request.accept({statusCode: 202});
    this.report(100);
  }

  reject(statusCode: number): void {
    this.#request.reject({statusCode});
  }

  report(status: number): void {
    if (this.#over) return;
    this.#over = status >= 200;
    const dialog = this.#dialog;
    const extraHeaders = [
      `Event: refer;id=${this.#request.message.cseq}`,
      `Subscription-State: ${this.#over ? 'terminated;reason=noresource' : 'active;expires=180'}`,
      `Contact: ${dialog.userAgentCore.configuration.contact.toString()}`,
    ];
    const body = {
      contentDisposition: 'render',
      contentType: 'message/sipfrag;version=2.0',
      content: `SIP/2.0 ${status} ${PHRASES[status] ?? 'Told by the other side'}\r\n`,
    };
    try {
      dialog.notify(undefined, {extraHeaders, body});
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
