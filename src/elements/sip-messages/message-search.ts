import type {ReactiveController, ReactiveElement} from 'lit';
import type {SipMessage} from '../../core/messages/message.js';

/** The typing pause after which a search starts, in milliseconds. */
const PAUSE = 200;

/** Searches messages as the user types; an outdated result is dropped. */
export class MessageSearch implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #find: (text: string) => Promise<readonly SipMessage[]>;
  #text = '';
  #messages: readonly SipMessage[] | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveElement, find: (text: string) => Promise<readonly SipMessage[]>) {
    this.#host = host;
    this.#find = find;
    host.addController(this);
  }

  /** What is searched for. */
  get text(): string {
    return this.#text;
  }

  /** The messages found; undefined until the first result. */
  get messages(): readonly SipMessage[] | undefined {
    return this.#messages;
  }

  /** Searches for a text; the previous result stays until the next one is there. */
  search(text: string): void {
    this.#text = text;
    clearTimeout(this.#timer);
    if (text.trim()) this.#timer = setTimeout(() => void this.#ask(text), PAUSE);
    else this.#messages = undefined;
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  async #ask(text: string): Promise<void> {
    const found = await this.#find(text).catch(() => []);
    if (text !== this.#text) return;
    this.#messages = found;
    this.#host.requestUpdate();
  }
}
