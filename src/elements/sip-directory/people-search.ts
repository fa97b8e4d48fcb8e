import type {Person} from '../../core/directory/people.js';
import {toSipError, type SipError} from '../../errors.js';

/** How long somebody may pause while typing, in milliseconds. */
const PAUSE = 250;

/** What a search has come to. */
export interface SearchState {
  readonly text: string;
  /** Undefined until the first answer. */
  readonly people?: readonly Person[] | undefined;
  readonly error?: SipError | undefined;
  readonly pending: boolean;
}

/** Searches while somebody types: asks when the typing pauses, and gives up what nobody waits for any more. */
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

  /** Whether there is something to search for. */
  get active(): boolean {
    return this.#state.text !== '';
  }

  /** Searches for a text; what was found before stays until there is something else. */
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

  /** Forgets what was found, not what is searched for. */
  forget(): void {
    this.stop();
    this.#change({text: this.#state.text, pending: false});
  }

  /** Gives up what is under way. */
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
