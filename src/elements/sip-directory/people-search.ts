import type {Person} from '../../core/directory/people.js';
import {toSipError, type SipError} from '../../errors.js';

/** The typing pause after which a search starts, in milliseconds. */
const PAUSE = 250;

/** The state of a search. */
export interface SearchState {
  readonly text: string;
  /** The people found; undefined until the first response. */
  readonly people?: readonly Person[] | undefined;
  readonly error?: SipError | undefined;
  readonly pending: boolean;
}

/** Searches as the user types: sends a request when the typing pauses, and cancels outdated ones. */
export class PeopleSearch {
  readonly #ask: (text: string, signal: AbortSignal) => Promise<readonly Person[]>;
  readonly #onChange: () => void;
  #state: SearchState = {text: '', pending: false};
  #ending = new AbortController();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ask: (text: string, signal: AbortSignal) => Promise<readonly Person[]>, onChange: () => void) {
    this.#ask = ask;
    this.#onChange = onChange;
  }

  get state(): SearchState {
    return this.#state;
  }

  /** Whether a search text is set. */
  get active(): boolean {
    return this.#state.text !== '';
  }

  /** Searches for a text; the previous result stays until the next one arrives. */
  search(input: string): void {
    const text = input.trim();
    if (text === this.#state.text) return;
    this.stop();
    this.#change(text ? {...this.#state, text, pending: true} : {text, pending: false});
    if (text) this.#timer = setTimeout(() => void this.#find(), PAUSE);
  }

  /** Searches again. */
  readonly again = (): void => {
    this.stop();
    if (this.active) void this.#find();
  };

  /** Clears the result, but not the search text. */
  forget(): void {
    this.stop();
    this.#change({text: this.#state.text, pending: false});
  }

  /** Cancels the running search. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#ending.abort();
    this.#ending = new AbortController();
  }

  async #find(): Promise<void> {
    const {signal} = this.#ending;
    const {text} = this.#state;
    this.#change({...this.#state, pending: true});
    try {
      const people = await this.#ask(text, signal);
      if (!signal.aborted) this.#change({text, people, pending: false});
    } catch (error) {
      if (!signal.aborted) this.#change({text, error: toSipError(error), pending: false});
    }
  }

  #change(state: SearchState): void {
    this.#state = state;
    this.#onChange();
  }
}
