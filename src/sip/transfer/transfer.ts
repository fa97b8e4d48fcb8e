import type {Notification, Session, URI} from 'sip.js';
import type {IncomingResponse, OutgoingRequest} from 'sip.js/lib/core/index.js';
import type {CallCause} from '../../core/types.js';
import {SipError, toSipError} from '../../errors.js';
import {ownFailure} from '../dialog/own-response.js';
import {replacesOf} from './replaces.js';
import {readFragment} from './sipfrag.js';

/** How long the other side may take to reach somebody, in milliseconds: a phone rings for 180 s at most. */
export const TRANSFER_PATIENCE = 180_000;

/** A REFER to send. */
export interface TransferOptions {
  readonly session: Session;
  /** Whom to call, or the session that is handed over. */
  readonly to: URI | Session;
  /** Who is asked, and who is to be called, for errors. */
  readonly asked: string;
  readonly called: string;
  readonly onProgress: (status: number) => void;
}

/**
 * A REFER of this side's within a dialog, and what is told of the call that it asks for (RFC 3515, RFC 3891).
 *
 * ```
 * asked ── 2xx, NOTIFY ──► accepted ── NOTIFY 2xx, BYE of the other side ──► done
 *   └── refused, timeout ──────┴── NOTIFY 3xx–6xx, timeout, lost ──► failed
 * ```
 */
export class Transfer {
  /** Resolves when the other side has reached whom it was to call. */
  readonly done: Promise<void>;
  readonly #with: TransferOptions;
  readonly #timer: ReturnType<typeof setTimeout>;
  #request: OutgoingRequest | undefined;
  #accepted = false;
  #settled = false;
  #resolve!: () => void;
  #reject!: (error: SipError) => void;

  constructor(using: TransferOptions) {
    this.#with = using;
    this.done = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    this.#timer = setTimeout(
      () => this.fail(new SipError('timeout', {subject: using.called})),
      TRANSFER_PATIENCE,
    );
    this.#ask();
  }

  /** Takes a NOTIFY of the dialog; false where it is of another subscription. */
  notified({request}: Notification): boolean {
    const [event = '', ...parameters] = (request.getHeader('event') ?? '')
      .split(';')
      .map((part) => part.trim());
    if (event.toLowerCase() !== 'refer') return false;
    const id = parameters.find((parameter) => parameter.startsWith('id='))?.slice(3);
    // The first REFER of a dialog needs no id (RFC 3515 §2.4.6).
    if (id !== undefined && id !== String(this.#request?.message.cseq)) return false;
    this.#accepted = true;
    const {status, over} = readFragment(request);
    const {called, onProgress} = this.#with;
    if (status >= 300) this.fail(toSipError({status}, called));
    else if (status >= 200) this.#succeed();
    else if (over) this.fail(new SipError('timeout', {subject: called}));
    else if (status >= 100 && !this.#settled) onProgress(status);
    return true;
  }

  /** The dialog is over. A BYE of whoever agreed to call somebody else means that he has. */
  ended({by, code}: CallCause): void {
    if (this.#accepted && by === 'remote' && code === 'normal') this.#succeed();
    else if (by === 'local' || code === 'normal') this.fail(new SipError('aborted', {subject: 'transfer'}));
    else this.fail(new SipError(code, {subject: this.#with.called}));
  }

  /** Gives it up. */
  fail(error: SipError): void {
    this.#end(() => this.#reject(error));
  }

  #ask(): void {
    const {session, to, asked} = this.#with;
    const {userAgent, dialog} = session;
    const refused = ({message}: IncomingResponse): void => {
      const status = message.statusCode ?? 500;
      const code = ownFailure(message);
      if (code) this.fail(new SipError(code, {subject: asked}));
      else if (status === 481) this.fail(toSipError({status}, asked));
      else this.fail(new SipError('transfer-refused', {subject: asked, status}));
    };
    try {
      this.#request = dialog!.refer(
        {onAccept: () => (this.#accepted = true), onReject: refused, onRedirect: refused},
        {
          extraHeaders: [
            `Refer-To: ${referTo(to)}`,
            `Referred-By: <${userAgent.configuration.uri}>`,
            `Contact: ${userAgent.contact.toString()}`,
          ],
        },
      );
    } catch (error) {
      // No dialog, or none any more.
      this.fail(new SipError('invalid-state', {subject: 'transfer', cause: error}));
    }
  }

  #succeed(): void {
    this.#end(() => {
      this.#with.onProgress(200);
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

function referTo(to: URI | Session): string {
  if (!('dialog' in to)) return `<${to}>`;
  const replaces = replacesOf(to);
  if (!replaces) throw new Error('nothing to hand over');
  return `<${addressOf(to)}?Replaces=${encodeURIComponent(replaces)}>`;
}

/**
 * Where the other side of a session is reached by somebody else: a GRUU leads to that device alone, the address of record
 * to all of its user's, of which those without the dialog refuse. A browser's Contact leads nowhere (RFC 7118 §5).
 */
function addressOf({dialog, remoteIdentity}: Session): URI {
  const contact = dialog?.remoteTarget;
  const chosen =
    contact && (contact.hasParam('gr') || !remoteIdentity.uri.user) ? contact : remoteIdentity.uri;
  const address = chosen.clone();
  address.clearHeaders();
  return address;
}
