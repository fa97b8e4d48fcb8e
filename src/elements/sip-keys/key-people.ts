import type {ReactiveController, ReactiveElement} from 'lit';
import type {BaseClient} from '../../core/client/client.js';
import type {SipEventMap} from '../../core/client/events.js';
import type {PersonState} from '../../core/directory/people.js';
import {isNumber} from '../../core/util/number.js';
import {dialed} from '../shared/people/dial-field.js';
import {peopleWith} from '../shared/people/directory-people.js';
import {GroupMembers} from '../shared/people/group-members.js';
import {isRegistered} from '../shared/registration.js';
import {idOf, type DialKey} from './key-pages.js';

/** How many members a group has, and how many of them can be reached. */
export interface GroupCount {
  readonly all: number;
  readonly online: number;
}

/**
 * The states of the people of the keys in view, and of the members of their groups; followed while the host is on the page. A server
 * with a directory is asked for them once and reports changes unasked; at any other, the numbers are watched.
 */
export class KeyPeople implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #states = new Map<string, PersonState | undefined>();
  /** The user types of people. */
  readonly #types = new Map<string, number>();
  /** The states of the members of groups, by their numbers. */
  readonly #groups = new Map<string, Map<string, PersonState | undefined>>();
  /** The names of people in the directory, and of its groups, by the ids of their keys. */
  readonly #names = new Map<string, string>();
  /** The ids of the keys whose people were requested from the directory. */
  readonly #asked = new Set<string>();
  #client: BaseClient | undefined;
  #keys: readonly DialKey[] = [];
  /** The numbers that the keys in view dial. */
  #dialed: ReadonlySet<string> = new Set();
  #registered = false;
  /** Ends with the client, and with the registration. */
  #ending = new AbortController();
  #asking = new AbortController();
  /** Ends with the keys; the next watch begins first, so that no one in both is requested again. */
  #watching = new AbortController();
  #watched = '';

  constructor(host: ReactiveElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#follow(undefined);
  }

  /** Sets the keys in view, and the client that knows about them; called with each update of the host. */
  follow(client: BaseClient | undefined, keys: readonly DialKey[]): void {
    const before = this.#client;
    this.#follow(this.#host.isConnected ? client : undefined);
    if (keys !== this.#keys || this.#client !== before)
      this.#dialed = new Set(
        keys.filter(({group}) => !group).map(({number}) => dialed(number, this.#client)),
      );
    this.#keys = keys;
    this.#watch();
    const registered = isRegistered(this.#client);
    if (registered !== this.#registered) {
      // What was reported before may be old.
      this.#asking.abort();
      this.#asking = new AbortController();
      this.#asked.clear();
    }
    this.#registered = registered;
    if (registered && this.#client?.capabilities.directory) this.#ask(this.#client);
  }

  /** Returns the state of a person; undefined if it is unknown. */
  stateOf(number: string): PersonState | undefined {
    if (this.#client?.state.connection === 'disconnected') return undefined;
    return this.#states.get(dialed(number, this.#client));
  }

  /** Returns the user type of a person; undefined if it is unknown. */
  typeOf(number: string): number | undefined {
    return this.#types.get(number);
  }

  /** Counts the members of a group; undefined if they are unknown. */
  countOf(number: string): GroupCount | undefined {
    const members = this.#groups.get(number);
    if (!members || this.#client?.state.connection === 'disconnected') return undefined;
    const states = [...members.values()];
    const online = states.filter((state) => state !== undefined && state !== 'offline');
    return {all: states.length, online: online.length};
  }

  /** Returns the name of a person or a group in the directory; empty if it is unknown. */
  nameOf(key: Pick<DialKey, 'group' | 'number'>): string {
    return this.#names.get(idOf(key)) ?? '';
  }

  #follow(client: BaseClient | undefined): void {
    if (client === this.#client) return;
    for (const ending of [this.#ending, this.#asking, this.#watching]) ending.abort();
    this.#ending = new AbortController();
    this.#asking = new AbortController();
    this.#watched = '';
    for (const facts of [this.#states, this.#types, this.#groups, this.#names, this.#asked]) facts.clear();
    this.#client = client;
    this.#registered = false;
    client?.addEventListener('sip-person-state', this.#onState, {signal: this.#ending.signal});
  }

  #watch(): void {
    const client = this.#client;
    if (!client?.capabilities.presence) return;
    const numbers = this.#keys.filter(({group}) => !group).map(({number}) => number);
    const watched = numbers.join(' ');
    if (watched === this.#watched) return;
    this.#watched = watched;
    const before = this.#watching;
    this.#watching = new AbortController();
    // If the numbers cannot be watched, their state stays unknown.
    void this.#begin(client, numbers.filter(isNumber), this.#watching.signal)
      .catch(() => {})
      .finally(() => before.abort());
  }

  async #begin(client: BaseClient, numbers: readonly string[], signal: AbortSignal): Promise<void> {
    if (!numbers.length) return;
    const watch = await client.watchPeople(numbers);
    if (signal.aborted) return watch.close();
    signal.addEventListener('abort', () => watch.close());
    const update = (): void => {
      for (const {number, state} of watch.state.people) this.#states.set(number, state);
      this.#host.requestUpdate();
    };
    watch.addEventListener('statechange', update, {signal});
    update();
  }

  /** Requests what is missing about the keys in view. */
  #ask(client: BaseClient): void {
    const fresh = this.#keys.filter((key) => !this.#asked.has(idOf(key)));
    if (!fresh.length) return;
    for (const key of fresh) this.#asked.add(idOf(key));
    const numbers = (group: boolean): readonly string[] =>
      fresh.filter((key) => key.group === group).map(({number}) => number);
    // Who is unknown can still be called: their state stays unknown.
    void this.#askPeople(client, numbers(false)).catch(() => {});
    void this.#askGroups(client, numbers(true)).catch(() => {});
  }

  async #askPeople(client: BaseClient, numbers: readonly string[]): Promise<void> {
    if (!numbers.length) return;
    const {signal} = this.#asking;
    const changed = new Set<string>();
    const note = ({detail}: SipEventMap['sip-person-state']): void => void changed.add(detail.number);
    client.addEventListener('sip-person-state', note, {signal});
    const people = await peopleWith(numbers, client, signal).finally(() =>
      client.removeEventListener('sip-person-state', note),
    );
    if (signal.aborted) return;
    for (const {number, name, state, type} of people) {
      this.#names.set(idOf({group: false, number}), name);
      // What was reported meanwhile is newer.
      if (!changed.has(number)) this.#states.set(number, state);
      if (type !== undefined) this.#types.set(number, type);
    }
    this.#host.requestUpdate();
  }

  async #askGroups(client: BaseClient, groups: readonly string[]): Promise<void> {
    if (!groups.length) return;
    const {signal} = this.#asking;
    const directory = new GroupMembers(() => client);
    await directory.load();
    if (signal.aborted) return;
    for (const {number, name} of directory.known) this.#names.set(idOf({group: true, number}), name);
    this.#host.requestUpdate();
    for (const group of groups) {
      const members = await directory.membersOf(group).catch(() => []);
      if (signal.aborted) return;
      if (members.length) this.#groups.set(group, new Map(members.map(({number, state}) => [number, state])));
      this.#host.requestUpdate();
    }
  }

  readonly #onState = ({detail: {number, state}}: SipEventMap['sip-person-state']): void => {
    const own = this.#dialed.has(number);
    // Those of other pages were in view before.
    if (own || this.#states.has(number)) this.#states.set(number, state);
    const groups = [...this.#groups.values()].filter((members) => members.has(number));
    for (const members of groups) members.set(number, state);
    if (own || groups.length > 0) this.#host.requestUpdate();
  };
}
