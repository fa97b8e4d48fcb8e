import {SipError} from '../../errors.js';
import {TaskQueue} from '../../task-queue.js';
import {isNumber, numbersOf, plainText} from '../util/number.js';
import type {Group, Person, Position} from './people.js';

/** A server's directory commands. All reject with `SipError`. */
export interface DirectoryService {
  groups(signal?: AbortSignal): Promise<readonly Group[]>;
  members(group: string, signal?: AbortSignal): Promise<readonly Person[]>;
  search(text: string, signal?: AbortSignal): Promise<readonly Person[]>;
  byType(type: number, signal?: AbortSignal): Promise<readonly Person[]>;
  positions(numbers: readonly string[], signal?: AbortSignal): Promise<readonly Position[]>;
  /** Starts or stops the server's reports of the numbers' positions. */
  trace(numbers: readonly string[], on: boolean): Promise<void>;
}

/** Options of a query. */
export interface DirectoryOptions {
  readonly signal?: AbortSignal;
}

/** One number, several, or several in one text, separated by `,`, `;` or spaces. */
export type Numbers = string | readonly string[];

/**
 * The people and devices that the server knows, in their groups, with their states and positions.
 *
 * Every query goes to the server and rejects with `SipError`: the server's refusal, `not-connected`, `timeout`,
 * `aborted`, `unsupported` if the server has no directory. The client's events `sip-person-state` and `sip-position`
 * report changes.
 */
export class Directory {
  readonly #getService: () => DirectoryService;
  readonly #clean: (number: string) => string;
  /** The number of `follow` calls for each number. */
  readonly #followed = new Map<string, number>();
  /** Serializes the changes, so that the server receives them in order. */
  readonly #turns = new TaskQueue();

  /**
   * @internal
   * @param getService - Throws if there is none.
   * @param clean - Returns the number of what a page writes.
   */
  constructor(getService: () => DirectoryService, clean: (number: string) => string) {
    this.#getService = getService;
    this.#clean = clean;
  }

  /** The numbers whose positions are followed. */
  get followed(): readonly string[] {
    return [...this.#followed.keys()];
  }

  /** Resolves with all groups of all levels. */
  async groups({signal}: DirectoryOptions = {}): Promise<readonly Group[]> {
    return this.#getService().groups(signal);
  }

  /** Resolves with the direct members of a group. */
  async members(group: string, {signal}: DirectoryOptions = {}): Promise<readonly Person[]> {
    return this.#getService().members(text(group, 'group'), signal);
  }

  /** Resolves with the people whose name or number contains the text; empty if the text is. */
  async search(query: string, {signal}: DirectoryOptions = {}): Promise<readonly Person[]> {
    const given = String(query).trim();
    const wanted = isNumber(given) ? plainText(given) : given;
    const service = this.#getService();
    return wanted ? service.search(wanted, signal) : [];
  }

  /** Resolves with the people and devices of a user type (docs/protocol/numbers.md#user-types); 7 for the cameras. */
  async byType(type: number, {signal}: DirectoryOptions = {}): Promise<readonly Person[]> {
    if (!Number.isInteger(type)) throw new SipError('bad-parameter', {subject: `type ${type}`});
    return this.#getService().byType(type, signal);
  }

  /** Resolves with the last positions of the numbers; unknown ones are omitted. */
  async positions(numbers: Numbers, {signal}: DirectoryOptions = {}): Promise<readonly Position[]> {
    const wanted = numbersOf(numbers, this.#clean);
    const service = this.#getService();
    return wanted.length ? service.positions(wanted, signal) : [];
  }

  /**
   * Starts `sip-position` reports for the numbers, which continue after a reconnection. Each `follow` of a number needs
   * one `unfollow`; the last one stops the server's reports.
   */
  async follow(numbers: Numbers): Promise<void> {
    const wanted = numbersOf(numbers, this.#clean);
    const service = this.#getService();
    await this.#turns.run(async () => {
      const fresh = wanted.filter((number) => !this.#followed.has(number));
      if (fresh.length) await service.trace(fresh, true);
      for (const number of wanted) this.#followed.set(number, (this.#followed.get(number) ?? 0) + 1);
    });
  }

  /** Ends one `follow` of each of the numbers. Without a connection the server need not be notified. */
  async unfollow(numbers: Numbers): Promise<void> {
    const wanted = numbersOf(numbers, this.#clean);
    await this.#turns.run(async () => {
      const gone = wanted.filter((number) => this.#release(number));
      if (!gone.length) return;
      try {
        await this.#getService().trace(gone, false);
      } catch (error) {
        if (!(error instanceof SipError) || error.code !== 'not-connected') throw error;
      }
    });
  }

  /** @internal Called after a registration: the server may have forgotten whom the client follows. */
  registered(): void {
    if (!this.#followed.size) return;
    const again = async (): Promise<void> => {
      if (this.#followed.size) await this.#getService().trace(this.followed, true);
    };
    // If it fails, the next registration tries again.
    this.#turns.run(again).catch(() => {});
  }

  /** Ends one `follow`; returns whether it was the last one of the number. */
  #release(number: string): boolean {
    const count = this.#followed.get(number);
    if (count === undefined) return false;
    if (count > 1) this.#followed.set(number, count - 1);
    else this.#followed.delete(number);
    return count === 1;
  }
}

function text(value: string, name: string): string {
  const trimmed = String(value).trim();
  if (!trimmed) throw new SipError('bad-parameter', {subject: name});
  return trimmed;
}
