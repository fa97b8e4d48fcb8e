import {
  SessionDialog,
  type IncomingRequestMessage,
  type IncomingResponse,
  type OutgoingRequest,
  type URI,
} from '../sip-js.js';
import type {CallCause} from '../../core/types.js';
import {sipDurations} from '../../durations/sip.js';
import {SipError, toSipError} from '../../errors.js';
import {dialogRefusal} from '../dialog/own-response.js';
import {replacesOf} from './replaces.js';
import {readFragment} from './sipfrag.js';

/** A REFER to send. */
export interface TransferOptions {
  readonly dialog: SessionDialog;
  /** The URI to call, or the dialog to hand over. */
  readonly to: URI | SessionDialog;
  /** The transferred side and the target, for errors. */
  readonly asked: string;
  readonly called: string;
  readonly onProgress: (status: number) => void;
}

/**
 * A REFER that this side sends within a dialog, and the reports on the call that it requests (RFC 3515, RFC 3891).
 *
 * ```
 * asked ── 2xx, NOTIFY ──► accepted ── NOTIFY 2xx, BYE of the other side ──► done
 *   └── refused, timeout ──────┴── NOTIFY 3xx–6xx, timeout, lost ──► failed
 * ```
 */
export class Transfer {
  /** Resolves when the other side has reached the target. */
  readonly done: Promise<void>;
  readonly #options: TransferOptions;
  readonly #timer: ReturnType<typeof setTimeout>;
  #request: OutgoingRequest | undefined;
  #accepted = false;
  #settled = false;
  #resolve!: () => void;
  #reject!: (error: SipError) => void;

  constructor(options: TransferOptions) {
    this.#options = options;
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#timer = setTimeout(
      () => this.fail(new SipError('timeout', {subject: options.called})),
      sipDurations.transfer,
    );
    this.#ask();
  }

  /** Handles a NOTIFY of the dialog; returns false if it belongs to another subscription. */
  notified(request: IncomingRequestMessage): boolean {
    const [event = '', ...parameters] = (request.getHeader('event') ?? '')
      .split(';')
      .map((part) => part.trim());
    if (event.toLowerCase() !== 'refer') return false;
    const id = parameters.find((parameter) => parameter.startsWith('id='))?.slice(3);
    // The first REFER of a dialog needs no id (RFC 3515 §2.4.6).
    if (id !== undefined && id !== String(this.#request?.message.cseq)) return false;
    this.#accepted = true;
    const {status, over} = readFragment(request);
    const {called, onProgress} = this.#options;
    if (status >= 300) this.fail(toSipError({status}, called));
    else if (status >= 200) this.#succeed();
    else if (over) this.fail(new SipError('timeout', {subject: called}));
    else if (status >= 100 && !this.#settled) onProgress(status);
    return true;
  }

  /** Handles the end of the dialog. A BYE from the side that accepted the transfer means that it succeeded. */
  ended({by, code}: CallCause): void {
    if (this.#accepted && by === 'remote' && code === 'normal') this.#succeed();
    else if (by === 'local' || code === 'normal') this.fail(new SipError('aborted', {subject: 'transfer'}));
    else this.fail(new SipError(code, {subject: this.#options.called}));
  }

  /** Fails the transfer. */
  fail(error: SipError): void {
    this.#end(() => this.#reject(error));
  }

  #ask(): void {
    const {dialog, to, asked} = this.#options;
    const {aor, contact} = dialog.userAgentCore.configuration;
    const refused = ({message}: IncomingResponse): void =>
      this.fail(dialogRefusal(message, 'transfer-refused', asked));
    try {
      this.#request = dialog.refer(
        {onAccept: () => (this.#accepted = true), onReject: refused, onRedirect: refused},
        {
          extraHeaders: [
            `Refer-To: ${referTo(to)}`,
            `Referred-By: <${aor}>`,
            `Contact: ${contact.toString()}`,
          ],
        },
      );
    } catch (error) {
      // The dialog has ended.
      this.fail(new SipError('invalid-state', {subject: 'transfer', cause: error}));
    }
  }

  #succeed(): void {
    this.#end(() => {
      this.#options.onProgress(200);
      this.#resolve();
    });
  }

  #end(settle: () => void): void {
    if (this.#settled) return;
    this.#settled = true;
    clearTimeout(this.#timer);
    settle();
  }
}

function referTo(to: URI | SessionDialog): string {
  if (!(to instanceof SessionDialog)) return `<${to}>`;
  return `<${addressOf(to)}?Replaces=${encodeURIComponent(replacesOf(to))}>`;
}

/**
 * The address at which a third party reaches the other side of a dialog. A GRUU leads only to that device. The address
 * of record leads to all devices of its user, of which those without the dialog refuse. A browser's Contact leads
 * nowhere (RFC 7118 §5), and another user's or host's would choose whom the third party calls.
 */
function addressOf({remoteTarget, remoteURI}: SessionDialog): URI {
  const isDevice =
    remoteTarget.hasParam('gr') &&
    remoteTarget.user === remoteURI.user &&
    remoteTarget.host === remoteURI.host;
  const address = (isDevice || !remoteURI.user ? remoteTarget : remoteURI).clone();
  address.clearHeaders();
  return address;
}
