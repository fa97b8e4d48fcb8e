import {SipError} from '../../errors.js';
import {numbersOf} from '../util/number.js';
import type {Group, Person, Position} from './people.js';

/** What a profile's server does for the directory. Everything rejects with `SipError`. */
export interface DirectoryService {
  groups(signal?: AbortSignal): Promise<readonly Group[]>;
  members(group: string, signal?: AbortSignal): Promise<readonly Person[]>;
  search(text: string, signal?: AbortSignal): Promise<readonly Person[]>;
  byType(type: number, signal?: AbortSignal): Promise<readonly Person[]>;
  positions(numbers: readonly string[], signal?: AbortSignal): Promise<readonly Position[]>;
  /** Begins or ends that the server tells of every change of the numbers' positions. */
  trace(numbers: readonly string[], on: boolean): Promise<void>;
}

/** Gives a question up. */
export interface DirectoryOptions {
  readonly signal?: AbortSignal;
}

/** One number, several, or several in one text, separated by `,`, `;` or spaces. */
export type Numbers = string | readonly string[];

/**
 * The people and devices that the server knows, in their groups; whether they can be reached, and where they are.
 *
 * Every question goes to the server and rejects with `SipError`: what the server refuses it for, `not-connected`,
 * `timeout`, `aborted`, `unsupported` where the server has no directory. Changes come as the client's events
 * `sip-person-state` and `sip-position`.
 */
export class Directory {
  readonly #getService: () => DirectoryService;
  /** How often each number is followed. */
  readonly #followed = new Map<string, number>();
  /** One change of what is followed at a time, so that the server hears them in order. */
  #turns: Promise<unknown> = Promise.resolve();

  /** @internal @param getService - Throws where there is none. */
  constructor(getService: () => DirectoryService) {
    this.#getService = getService;
  }

  /** The numbers whose positions are followed. */
  get followed(): readonly string[] {
    return [...this.#followed.keys()];
  }

  /** Every group, of all levels. */
  async groups({signal}: DirectoryOptions = {}): Promise<readonly Group[]> {
    return this.#getService().groups(signal);
  }

  /** Those who belong to a group itself. */
  async members(group: string, {signal}: DirectoryOptions = {}): Promise<readonly Person[]> {
    return this.#getService().members(text(group, 'group'), signal);
  }

  /** Those whose name or number has the text in it; nobody where it is empty. */
  async search(query: string, {signal}: DirectoryOptions = {}): Promise<readonly Person[]> {
    const wanted = String(query).trim();
    const service = this.#getService();
    return wanted ? service.search(wanted, signal) : [];
  }

  /** Those of a user type (protocol page §6); 7 for the cameras. */
  async byType(type: number, {signal}: DirectoryOptions = {}): Promise<readonly Person[]> {
    if (!Number.isInteger(type)) throw new SipError('bad-parameter', {subject: `type ${type}`});
    return this.#getService().byType(type, signal);
  }

  /** Where the numbers were last; those that nobody knows of are left out. */
  async positions(numbers: Numbers, {signal}: DirectoryOptions = {}): Promise<readonly Position[]> {
    const wanted = numbersOf(numbers);
    const service = this.#getService();
    return wanted.length ? service.positions(wanted, signal) : [];
  }

  /**
   * Has `sip-position` tell of the numbers' positions as they change, also after a reconnection. Whoever follows a number
   * ends that by one `unfollow`: the last one ends it for the server.
   */
  async follow(numbers: Numbers): Promise<void> {
    const wanted = numbersOf(numbers);
    const service = this.#getService();
    await this.#inTurn(async () => {
      const fresh = wanted.filter((number) => !this.#followed.has(number));
      if (fresh.length) await service.trace(fresh, true);
      for (const number of wanted) this.#followed.set(number, (this.#followed.get(number) ?? 0) + 1);
    });
  }

  /** Ends one `follow` of each of the numbers; without a connection there is nothing to tell the server. */
  async unfollow(numbers: Numbers): Promise<void> {
    const wanted = numbersOf(numbers);
    await this.#inTurn(async () => {
      const gone = wanted.filter((number) => this.#release(number));
      if (!gone.length) return;
      try {
        await this.#getService().trace(gone, false);
      } catch (error) {
        if (!(error instanceof SipError) || error.code !== 'not-connected') throw error;
      }
    });
  }

  /** @internal The client is registered anew: the server may have forgotten who is followed. */
  registered(): void {
    if (!this.#followed.size) return;
    const again = async (): Promise<void> => {
      if (this.#followed.size) await this.#getService().trace(this.followed, true);
    };
    // Where it fails, the next registration brings another attempt.
    this.#inTurn(again).catch(() => {});
  }

  /** Whether nobody follows the number any more. */
  #release(number: string): boolean {
    const count = this.#followed.get(number);
    if (count === undefined) return false;
    if (count > 1) this.#followed.set(number, count - 1);
    else this.#followed.delete(number);
    return count === 1;
  }

  #inTurn(task: () => Promise<void>): Promise<void> {
    const turn = this.#turns.then(task);
    this.#turns = turn.catch(() => {});
    return turn;
  }
}

function text(value: string, name: string): string {
  const trimmed = String(value).trim();
  if (!trimmed) throw new SipError('bad-parameter', {subject: name});
  return trimmed;
}
