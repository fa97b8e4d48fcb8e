import type {ApiMessage} from '../core/types.js';
import {SipError, toSipError} from '../errors.js';
import type {Log} from '../sip/log.js';
import {parseText, requestText, UNREPORTED, type ApiRequest} from './envelope.js';
import {oldestOn, repliesTo, requestOf} from './reply-match.js';

/** Carries requests to the server: as SIP MESSAGEs, or as frames of a WebSocket. */
export interface Carrier {
  /** Resolves when the text has been sent. */
  send(text: string): Promise<void>;
}

/** Options of an exchange. */
export interface ApiExchangeOptions {
  /** How long to wait for a reply, in milliseconds. */
  readonly timeout: number;
  readonly log: Log;
  /** Receives events, and replies that came late or twice. */
  onUnsolicited(message: ApiMessage): void;
  /** Receives every readable message, after it was handled. */
  onMessage?(message: ApiMessage): void;
}

interface Pending {
  readonly request: ApiRequest;
  readonly carrier: Carrier;
  /** An unreadable text arrived meanwhile, likely the reply. */
  garbled: boolean;
  resolve(message: ApiMessage): void;
  reject(error: SipError): void;
}

/** Matches requests and replies (docs/protocol/envelope.md#replies) on any carrier. */
export class ApiExchange {
  readonly #options: ApiExchangeOptions;
  /** Oldest first. */
  readonly #pending = new Set<Pending>();
  /** Whether the server repeats the `msgid` of each request in its reply, as a reply has shown. */
  #echoes = false;

  constructor(options: ApiExchangeOptions) {
    this.#options = options;
  }

  /**
   * Sends a request; resolves with its reply, whatever the code.
   *
   * @throws {SipError} `timeout`; `bad-reply` if the reply cannot be read; `aborted`; the carrier's error.
   */
  async request(request: ApiRequest, carrier: Carrier, signal?: AbortSignal): Promise<ApiMessage> {
    const {header} = request;
    const text = requestText(request);
    if (signal?.aborted) throw aborted(header, signal);
    this.#options.log('debug', `sent ${text}`);
    let timer: ReturnType<typeof setTimeout> | undefined;
    let onAbort: (() => void) | undefined;
    let pending: Pending | undefined;
    try {
      return await new Promise<ApiMessage>((resolve, reject) => {
        const waiting = (pending = {request, carrier, garbled: false, resolve, reject});
        this.#pending.add(waiting);
        timer = setTimeout(
          () => reject(new SipError(waiting.garbled ? 'bad-reply' : 'timeout', {subject: header})),
          this.#options.timeout,
        );
        onAbort = () => reject(aborted(header, signal!));
        signal?.addEventListener('abort', onAbort);
        carrier.send(text).catch((error: unknown) => reject(toSipError(error, header)));
      });
    } finally {
      clearTimeout(timer);
      if (onAbort) signal?.removeEventListener('abort', onAbort);
      this.#pending.delete(pending!);
    }
  }

  /** Handles a text that arrived on the carrier. Never throws: logs and drops an unreadable text. */
  receive(text: string, carrier: Carrier): void {
    this.#options.log('debug', `received ${text}`);
    const parsed = parseText(text);
    if (!parsed.message) {
      this.#options.log('warning', `dropped a text from the server: ${parsed.reason}`);
      this.#suspect(text, carrier);
      return;
    }
    const {message} = parsed;
    const {msgid} = message;
    this.#echoes ||= msgid !== undefined && [...this.#pending].some(({request}) => request.msgid === msgid);
    const pending = requestOf(this.#pending, message, {carrier, echoes: this.#echoes});
    if (pending) {
      this.#pending.delete(pending);
      pending.resolve(message);
    } else this.#options.onUnsolicited(message);
    if (!pending?.request[UNREPORTED]) this.#options.onMessage?.(message);
  }

  /** Rejects the requests whose replies would arrive on the carrier; without a carrier, all requests. */
  drop(error: SipError, carrier?: Carrier): void {
    for (const pending of [...this.#pending])
      if (!carrier || pending.carrier === carrier) pending.reject(error);
  }

  /**
   * Guesses the request of an unreadable reply. The text may be an event, so without a name no request fails at once.
   */
  #suspect(text: string, carrier: Carrier): void {
    const lower = text.toLowerCase();
    const culprit =
      oldestOn(this.#pending, carrier, ({request: {msgid}}) => !!msgid && text.includes(`"${msgid}"`)) ??
      oldestOn(this.#pending, carrier, ({request}) =>
        repliesTo(request.header).some((header) => lower.includes(`"${header}"`)),
      );
    if (culprit) culprit.reject(new SipError('bad-reply', {subject: culprit.request.header}));
    else for (const pending of this.#pending) if (pending.carrier === carrier) pending.garbled = true;
  }
}

function aborted(header: string, signal: AbortSignal): SipError {
  return new SipError('aborted', {subject: header, cause: signal.reason});
}
