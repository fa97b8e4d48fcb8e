import type {CallMedia} from '../core/types.js';
import type {SipErrorCode} from '../errors.js';
import {TypedEventTarget} from '../core/util/typed-event-target.js';
import {badArgument, plainError} from '../core/util/plain-error.js';
import {checkedOrigin} from './origin.js';
import {
  posted,
  readMessage,
  TO_HOST,
  TO_PHONE,
  type FrameCall,
  type FrameState,
  type MessageToHost,
  type MessageToPhone,
} from './messages.js';

/** Options of {@link connectPhone}. */
export interface FramePhoneOptions {
  /** The origin of the page in the frame, such as `https://phone.example.com`. */
  readonly origin: string;
  /** Ends the connection. */
  readonly signal?: AbortSignal;
}

/** The events of a {@link FramePhone}. */
export interface FramePhoneEventMap {
  /** The state of the phone, or of one of its calls, has changed. */
  statechange: Event;
  /** A call that the host did not know: it rings (the screen pop), was placed in the phone, or was there before. */
  call: CustomEvent<FrameCall>;
}

/** A request that waits for its result. */
interface Waiting {
  readonly resolve: (id: string) => void;
  readonly reject: (error: Error) => void;
}

type Request = Exclude<MessageToPhone, {readonly type: 'connect'}>;

/** How long the page in a frame may take to answer, in milliseconds. */
const ANSWER_MS = 3_000;

/** The state of a phone that has not answered yet. */
const UNKNOWN: FrameState = {connection: 'disconnected', registration: 'unregistered', calls: []};

/** A phone in an `<iframe>`, for the page around it. */
export class FramePhone extends TypedEventTarget<FramePhoneEventMap> {
  readonly #frame: HTMLIFrameElement;
  readonly #origin: string;
  readonly #waiting = new Map<number, Waiting>();
  #state = UNKNOWN;
  #shared = false;
  #requests = 0;
  /** How many messages have come. */
  #received = 0;

  /** @throws {PlainError} `bad-parameter` */
  constructor(frame: HTMLIFrameElement, {origin, signal}: FramePhoneOptions) {
    super();
    this.#frame = frame;
    this.#origin = checkedOrigin(origin);
    if (signal?.aborted) return;
    addEventListener('message', this.#onMessage, signal && {signal});
    signal?.addEventListener('abort', () => this.#end('aborted'));
    frame.addEventListener('load', this.#onLoad, signal && {signal});
    // The page in the frame cannot listen yet; it sends `ready` once it can.
    if (frame.contentDocument?.URL !== 'about:blank') this.#send({type: 'connect'});
  }

  /** The state of the phone and its calls: replaced on a change, never mutated. */
  get state(): FrameState {
    return this.#state;
  }

  /**
   * Calls a number; resolves with the id of the call once the server has named it.
   *
   * @throws {PlainError} `not-connected` until the phone has answered; what `client.call()` rejects with.
   */
  async call(number: string, {media}: {media?: CallMedia} = {}): Promise<string> {
    return this.#ask({type: 'call', request: ++this.#requests, number: String(number), media});
  }

  /**
   * Answers an incoming call.
   *
   * @throws {PlainError} `call-not-found`; what `call.answer()` rejects with.
   */
  async answer(id: string, {media}: {media?: CallMedia} = {}): Promise<void> {
    await this.#ask({type: 'answer', request: ++this.#requests, id, media});
  }

  /**
   * Cancels, declines or ends a call.
   *
   * @throws {PlainError} `call-not-found`
   */
  async end(id: string): Promise<void> {
    await this.#ask({type: 'end', request: ++this.#requests, id});
  }

  async #ask(message: Request): Promise<string> {
    if (!readMessage(TO_PHONE, posted(message)))
      throw badArgument(message.type, "call('1002', {media: 'audio'}), answer(id), end(id)");
    if (!this.#shared) throw plainError('not-connected');
    return new Promise((resolve, reject) => {
      this.#waiting.set(message.request, {resolve, reject});
      this.#send(message);
    });
  }

  #send(message: MessageToPhone): void {
    this.#frame.contentWindow?.postMessage(posted(message), this.#origin);
  }

  readonly #onMessage = ({source, origin, data}: MessageEvent): void => {
    if (!source || source !== this.#frame.contentWindow || origin !== this.#origin) return;
    const message = readMessage(TO_HOST, data);
    if (message) this.#receive(message);
  };

  /** The frame may have another page now, which shares nothing. */
  readonly #onLoad = (): void => {
    const before = this.#received;
    this.#send({type: 'connect'});
    setTimeout(() => {
      if (this.#received === before) this.#end('not-connected');
    }, ANSWER_MS);
  };

  #receive(message: MessageToHost): void {
    this.#received += 1;
    if (message.type === 'ready') {
      // The page in the frame was loaded anew.
      this.#end('not-connected');
      this.#send({type: 'connect'});
    } else if (message.type === 'state') {
      this.#shared = true;
      this.#update(message.state);
    } else {
      const {request, id = '', error} = message;
      const waiting = this.#waiting.get(request);
      this.#waiting.delete(request);
      if (error) waiting?.reject(plainError(error.code as SipErrorCode, error.message));
      else waiting?.resolve(id);
    }
  }

  #update(state: FrameState): void {
    const known = new Set(this.#state.calls.map(({id}) => id));
    this.#state = state;
    this.dispatchEvent(new Event('statechange'));
    for (const call of state.calls)
      if (!known.has(call.id)) this.dispatchEvent(new CustomEvent('call', {detail: call}));
  }

  #end(code: SipErrorCode): void {
    for (const {reject} of this.#waiting.values()) reject(plainError(code));
    this.#waiting.clear();
    this.#shared = false;
    if (this.#state !== UNKNOWN) this.#update(UNKNOWN);
  }
}

/**
 * Connects a page with the phone in its `<iframe>`, whose page calls `shareWithHost`. It does not matter which of both
 * runs first.
 *
 * @throws {PlainError} `bad-parameter` if it is no `<iframe>`, or not one origin.
 */
export function connectPhone(frame: HTMLIFrameElement, options: FramePhoneOptions): FramePhone {
  if (frame?.localName !== 'iframe') throw badArgument('frame', "document.querySelector('iframe')");
  return new FramePhone(frame, options ?? {});
}
