import type {ReactiveController, ReactiveElement} from 'lit';
import type {SipMessage} from '../../core/messages/message.js';
import type {Party} from '../../core/types.js';

/** The typing pause after which a search starts, in milliseconds. */
const PAUSE = 200;

/** What a search has found. */
export interface Found {
  readonly messages: readonly SipMessage[];
  /** Groups of the directory. */
  readonly groups: readonly Party[];
}

/** Searches messages as the user types; an outdated result is dropped. */
export class MessageSearch implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #find: (text: string) => Promise<Found>;
  #text = '';
  #found: Found | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: ReactiveElement, find: (text: string) => Promise<Found>) {
    this.#host = host;
    this.#find = find;
    host.addController(this);
  }

  /** What is searched for. */
  get text(): string {
    return this.#text;
  }

  /** What was found; undefined until the first result. */
  get found(): Found | undefined {
    return this.#found;
  }

  /** Searches for a text; the previous result stays until the next one is there. */
  search(text: string): void {
    this.#text = text;
    clearTimeout(this.#timer);
    if (text.trim()) this.#timer = setTimeout(() => void this.#ask(text), PAUSE);
    else this.#found = undefined;
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer);
  }

  async #ask(text: string): Promise<void> {
    const found = await this.#find(text).catch(() => ({messages: [], groups: []}));
    if (text !== this.#text) return;
    this.#found = found;
    this.#host.requestUpdate();
  }
}
