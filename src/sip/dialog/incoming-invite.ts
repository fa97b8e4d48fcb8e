import type {IncomingInviteRequest, IncomingRequestMessage, SessionDialog} from '../sip-js.js';
import {namesTag} from '../headers/header-values.js';
import {bodyOf} from '../headers/session-description.js';
import {dialogOf} from './session-dialog.js';

/** The server should end an unanswered INVITE; this limit is for servers that never do, in seconds. */
const LONGEST_RINGING_S = 180;

/** Callbacks of an INVITE that is not answered yet. */
export interface IncomingInviteDelegate {
  onCancel(request: IncomingRequestMessage): void;
  /** The INVITE was refused because the user did not answer. */
  onExpire(): void;
}

/** An INVITE of the other side, until it is answered. */
export class IncomingInvite {
  delegate: IncomingInviteDelegate | undefined;
  readonly #request: IncomingInviteRequest;
  readonly #timer: ReturnType<typeof setTimeout>;
  #pending = true;

  constructor(request: IncomingInviteRequest) {
    this.#request = request;
    request.delegate = {
      onCancel: (cancel) => {
        this.reject(487);
        this.delegate?.onCancel(cancel);
      },
    };
    request.trying();
    const expires = Number(request.message.getHeader('expires') ?? NaN);
    const [seconds, status] = expires < LONGEST_RINGING_S ? [expires, 487] : [LONGEST_RINGING_S, 480];
    this.#timer = setTimeout(() => {
      this.reject(status);
      this.delegate?.onExpire();
    }, seconds * 1_000);
  }

  get message(): IncomingRequestMessage {
    return this.#request.message;
  }

  /** Tells the other side that it rings, unless it is over, or requires a reliable response. */
  ring(): void {
    const reliable = namesTag(this.message.getHeaders('require'), '100rel');
    if (this.#pending && !reliable) this.#request.progress({statusCode: 180});
  }

  /** Accepts it; returns its dialog. */
  accept(description: string, headers: readonly string[]): SessionDialog {
    this.#end();
    const body = bodyOf(description);
    return dialogOf(this.#request.accept({statusCode: 200, extraHeaders: [...headers], body}));
  }

  /** Refuses it unless it is over. */
  reject(statusCode: number, headers: readonly string[] = []): void {
    if (!this.#pending) return;
    this.#end();
    this.#request.reject({statusCode, extraHeaders: [...headers]});
  }

  #end(): void {
    this.#pending = false;
    clearTimeout(this.#timer);
  }
}
