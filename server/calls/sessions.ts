import {randomBytes} from 'node:crypto';
import type {Refused} from './asked.js';
import type {Talk} from './talk.js';

/** The files that are played to a session. */
export interface SessionFiles {
  /** Plays one from its beginning, so many times; gives what refuses it. */
  play(id: string, times: number): Promise<Refused | undefined>;
  /** Stops one; false where it is not played. */
  stop(id: string): boolean;
}

/** A session as others see it. */
export interface Session {
  /** The documentation's *sid*: no dot in it (protocol page §4.4). */
  readonly cid: string;
  /** What is played to it: undefined before anybody talks; left out where nothing can be played. */
  readonly files?: SessionFiles | undefined;
  /** Those who talk in it, in a kind of session where they do; undefined before. */
  readonly talk?: Talk | undefined;
  /** Whether a number takes part in it. */
  has(number: string): boolean;
  /** Whether a number may end it for all. */
  controls(number: string): boolean;
  /** Ends it for all; resolves when nothing is left of it. Idempotent. */
  end(): Promise<void>;
}

/** How long the server's end waits for clients to answer a BYE, in milliseconds; then their sockets are closed. */
const END_PATIENCE = 2000;

/** All sessions, by cid. */
export class Sessions {
  readonly #sessions = new Map<string, Session>();
  readonly #listeners = new Set<() => void>();
  #lastNumber = 9100;

  /** A name for a new session. */
  newCid(): string {
    return randomBytes(10).toString('hex');
  }

  /** A number for a session that its asker gave none. */
  newNumber(): string {
    this.#lastNumber += 1;
    return String(this.#lastNumber);
  }

  get size(): number {
    return this.#sessions.size;
  }

  get(cid: string): Session | undefined {
    return this.#sessions.get(cid);
  }

  all(): readonly Session[] {
    return [...this.#sessions.values()];
  }

  /** Whether a number takes part in any of them. */
  has(number: string): boolean {
    for (const session of this.#sessions.values()) if (session.has(number)) return true;
    return false;
  }

  add(session: Session): void {
    this.#sessions.set(session.cid, session);
    this.changed();
  }

  delete({cid}: Session): void {
    this.#sessions.delete(cid);
    this.changed();
  }

  /** Others take part in one than before. */
  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Tells when one begins or is over, or others take part in it; returns what stops it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends all of them; does not wait for clients that leave a BYE unanswered. */
  async end(): Promise<void> {
    const ended = Promise.allSettled([...this.#sessions.values()].map((session) => session.end()));
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise((resolve) => (timer = setTimeout(resolve, END_PATIENCE)));
    await Promise.race([ended, patience]);
    clearTimeout(timer);
  }
}
