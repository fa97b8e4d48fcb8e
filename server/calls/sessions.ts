import {randomBytes} from 'node:crypto';
import type {Refused} from './asked.js';
import type {Conversation} from './conversation.js';

/** The files that are played to a session. */
export interface SessionFiles {
  /** Plays a file from its beginning, so many times. Returns the refusal, if any. */
  play(id: string, times: number): Promise<Refused | undefined>;
  /** Stops a file. Returns false if it is not playing. */
  stop(id: string): boolean;
}

/** A session as others see it. */
export interface Session {
  /** The documentation's *sid*: without a dot (docs/protocol/calls.md#beginning). */
  readonly cid: string;
  /** The number of the user who asked for it; undefined for the session of an intercom group. */
  readonly asker: string | undefined;
  /** Its files: undefined before it is connected; omitted if nothing can be played. */
  readonly files?: SessionFiles | undefined;
  /** Its connected users, if the session has them; undefined before. */
  readonly conversation?: Conversation | undefined;
  /** Whether a number takes part in it. */
  has(number: string): boolean;
  /** Whether a number may end it for all. */
  controls(number: string): boolean;
  /** Ends it for all; resolves when that is done. Idempotent. */
  end(): Promise<void>;
}

/** How long a closing server waits for clients to answer a BYE, in milliseconds; then their sockets are closed. */
const END_PATIENCE = 2000;

/** All sessions, by cid. */
export class Sessions {
  readonly #sessions = new Map<string, Session>();
  readonly #listeners = new Set<() => void>();
  readonly #limit: number;
  #lastNumber = 9100;

  /** @param limit - The most open sessions that a user may have asked for. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Returns an id for a new session. */
  newCid(): string {
    return randomBytes(10).toString('hex');
  }

  /** Returns a number for a session whose asker gave none. */
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

  /** Whether a user has asked for as many open sessions as they may. */
  areFullFor(number: string): boolean {
    return this.all().filter(({asker}) => asker === number).length >= this.#limit;
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

  /** Notifies listeners that the participants of a session changed. */
  changed(): void {
    for (const listener of this.#listeners) listener();
  }

  /** Notifies when a session begins or ends, or its participants change. Returns a function that stops it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends all sessions; does not wait for clients that leave a BYE unanswered. */
  async end(): Promise<void> {
    const ended = Promise.allSettled([...this.#sessions.values()].map((session) => session.end()));
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise((resolve) => (timer = setTimeout(resolve, END_PATIENCE)));
    await Promise.race([ended, patience]);
    clearTimeout(timer);
  }
}
