import type {ReactiveController, ReactiveElement} from 'lit';
import type {BaseClient} from '../../core/client/client.js';
import type {SipEventMap} from '../../core/client/events.js';
import type {Person, PersonState} from '../../core/directory/people.js';
import {toSipError, type SipError} from '../../errors.js';
import {LazyModule} from '../shared/lazy-module.js';
import {isRegistered} from '../shared/registration.js';
import {Counting} from './counting.js';
import type {LocalResult} from './local-search.js';
import {PagePeople, type PageNumbers} from './page-people.js';
import {PeopleSearch} from './people-search.js';
import {Places} from './places.js';
import {DirectoryTree, type GroupCount, type Row} from './tree.js';

/** The loading state of the directory. */
export type DirectoryPhase = 'no-client' | 'waiting' | 'unsupported' | 'loading' | 'failed' | 'ready';

/** The number of people on the page's list from which the list is searched. */
const MANY = 10;

/** What searches in what is known of a directory; without it, the server alone searches. */
const LOCAL_SEARCH = new LazyModule(() => import('./local-search.js'));

/** The options of a model. */
export interface DirectoryModelOptions {
  client(): BaseClient | undefined;
  /** Returns the people whom the page names instead of the server's. */
  numbers(): PageNumbers;
  /** Returns the words of a state, by which people are found. */
  wordsOf(state: PersonState): string;
}

/**
 * Loads the directory of its host's client: the groups once the client is registered, the members when their group is
 * opened, and both again after each new registration; or the people whom the page names. Follows their presence and
 * positions.
 */
export class DirectoryModel implements ReactiveController {
  readonly places = new Places(() => this.#host.requestUpdate());
  readonly search: PeopleSearch;
  readonly #host: ReactiveElement;
  readonly #options: DirectoryModelOptions;
  readonly #page = new PagePeople((people) => {
    this.#tree.addPeople(people);
    this.#changed();
  });
  readonly #counting = new Counting(
    async (group) => {
      if (this.#tree.wasAsked(group) || !this.#tree.full) await this.#loadMembers(group);
    },
    () => void this.#searchAgain(),
  );
  /** What was found in what is known of the directory. */
  #local: LocalResult | undefined;
  /** Whether members have come while a search runs. */
  #grown = false;
  /** Whether members are loaded for a search, which then looks at them. */
  #searchesAll = false;
  /** The groups that are open in the result of a search. */
  readonly #openFound = new Set<string>();
  #client: BaseClient | undefined;
  /** The client whose directory is loaded, kept while the host is disconnected. */
  #last: BaseClient | undefined;
  #registered = false;
  #tree = new DirectoryTree();
  #error: SipError | undefined;
  #rows: readonly Row[] | undefined;
  /** By group; each presence event draws all groups. */
  readonly #counts = new Map<string, GroupCount | undefined>();
  #ending = new AbortController();

  constructor(host: ReactiveElement, options: DirectoryModelOptions) {
    this.#host = host;
    this.#options = options;
    this.search = new PeopleSearch(
      (text, signal) => this.#find(text, signal),
      () => this.#changed(),
    );
    host.addController(this);
  }

  get phase(): DirectoryPhase {
    if (!this.#client) return 'no-client';
    if (this.ofPage || this.#tree.known) return 'ready';
    if (this.#error) return 'failed';
    if (!this.#registered) return 'waiting';
    return this.#client.capabilities.directory ? 'loading' : 'unsupported';
  }

  /** Why the directory is not available. */
  get error(): SipError | undefined {
    return this.#error;
  }

  /** Whether the page names the people. */
  get ofPage(): boolean {
    return this.#page.list.length > 0;
  }

  /** Whether the server has no groups. */
  get empty(): boolean {
    return !this.ofPage && this.#tree.empty;
  }

  /** Whether there is something to search. */
  get searches(): boolean {
    return this.phase === 'ready' && (!this.ofPage || this.#page.list.length >= MANY);
  }

  /** The rows to show; during a search, the people found. */
  get rows(): readonly Row[] {
    return (this.#rows ??= this.#findRows());
  }

  /** The person with a number, as far as known. */
  personOf(number: string): Person | undefined {
    const person = this.#tree.personOf(number);
    return person && this.#identified(person);
  }

  /** Returns a row with what else is known about its person. */
  identified(row: Row): Row {
    const person = row.kind === 'person' && this.#identified(row.person);
    return person && person !== row.person ? {...row, person} : row;
  }

  /** How many people of a group are online; undefined if unknown. */
  countOf(group: string): GroupCount | undefined {
    if (!this.#counts.has(group)) this.#counts.set(group, this.#tree.count(group));
    return this.#counts.get(group);
  }

  hostConnected(): void {
    this.#host.requestUpdate();
  }

  hostDisconnected(): void {
    this.#follow(undefined);
    this.#page.follow(undefined, this.#options.numbers());
  }

  hostUpdate(): void {
    this.#follow(this.#host.isConnected ? this.#options.client() : undefined);
    const {ofPage} = this;
    this.#page.follow(this.#client, this.#options.numbers());
    const registered = isRegistered(this.#client);
    if (registered === this.#registered && ofPage === this.ofPage) return;
    this.#registered = registered;
    if (registered && this.#client?.capabilities.directory && !this.ofPage) this.#load();
  }

  /** Opens or closes a group. */
  toggle(group: string, open = !this.#tree.isOpen(group)): void {
    if (this.search.active && !this.ofPage) {
      if (this.#openFound.has(group)) this.#openFound.delete(group);
      else this.#openFound.add(group);
      return this.#changed();
    }
    if (open === this.#tree.isOpen(group)) return;
    this.#tree.setOpen(group, open);
    if (open && this.#registered && this.#tree.failed(group)) void this.#loadMembers(group);
    this.#loadUnasked();
    this.#changed();
  }

  /** Requests the groups again after a failure. */
  readonly retry = (): void => {
    if (this.#registered) this.#load();
  };

  /** Requests a group's members again after a failure. */
  readonly retryMembers = (group: string): void => void this.#loadMembers(group);

  /** Sets the rows in view: requests the positions of the people, and what is missing to count those online. */
  showRows(rows: readonly Row[]): void {
    if (!this.#client?.capabilities.directory || !this.#registered) return;
    const numbers = rows.flatMap((row) => (row.kind === 'person' ? [row.person.number] : []));
    this.places.request(numbers, this.#client.directory);
    const groups = rows.flatMap((row) =>
      row.kind === 'group' ? this.#tree.uncounted(row.group.number) : [],
    );
    this.#counting.want([...new Set(groups)]);
  }

  /** How many people a search has found. */
  get foundPeople(): number {
    return this.rows.filter(({kind, level}) => kind === 'person' && level === 1).length;
  }

  #findRows(): readonly Row[] {
    if (this.ofPage) return this.#tree.list(this.#found());
    if (!this.search.active) return this.#tree.rows();
    const {people} = this.search.state;
    // Nothing is found until the first answer.
    const {groups = [], people: others = []} = (people && this.#local) ?? {};
    const all = new Map([...(people ?? []), ...others].map((person) => [person.number, person]));
    return this.#tree.found(groups, [...all.values()], this.#openFound);
  }

  /** Searches in what is known: the server finds no pinyin, groups or states. Without the code for it, finds nothing. */
  async #searchLocally(text: string): Promise<LocalResult | undefined> {
    const search = LOCAL_SEARCH.value ?? (await LOCAL_SEARCH.wait().catch(() => undefined));
    const tree = this.#tree;
    const finding = search?.findLocally(text, {
      people: this.ofPage ? this.#page.list : tree.people,
      groups: this.ofPage ? [] : tree.groups,
      groupsOf: tree.groupsOf(),
      identify: (person) => this.#identified(person),
      wordsOf: (state) => this.#options.wordsOf(state),
    });
    return finding?.catch(() => undefined);
  }

  /** Loads the members of all groups once, so that they are found. */
  #loadForSearch(): void {
    if (this.#searchesAll || !this.#registered || this.ofPage) return;
    this.#searchesAll = true;
    this.#counting.again(this.#tree.allUnasked);
  }

  /** Looks again at what has come meanwhile. */
  async #searchAgain(): Promise<void> {
    const before = this.#local;
    if (!this.#searchesAll || this.ofPage) return;
    this.#grown = before?.text !== this.search.state.text;
    if (!before || this.#grown) return;
    const found = await this.#searchLocally(before.text);
    if (!found || before !== this.#local) return;
    // What has come meanwhile is last: nothing moves that the user may aim at.
    const known = new Set(before.people.map(({number}) => number));
    const isKnown = ({number}: Person): boolean => known.has(number);
    const people = [...found.people.filter(isKnown), ...found.people.filter((each) => !isKnown(each))];
    this.#local = {...found, people};
    this.#changed();
  }

  #identified(person: Person): Person {
    return this.#client?.identify(person) ?? person;
  }

  #follow(client: BaseClient | undefined): void {
    if (client === this.#client) return;
    this.#ending.abort();
    this.#ending = new AbortController();
    const {signal} = this.#ending;
    this.#client = client;
    this.#registered = false;
    this.#counting.stop();
    this.search.stop();
    if (client && client !== this.#last) this.#forget();
    this.#last = client ?? this.#last;
    client?.addEventListener('sip-person-state', this.#onState, {signal});
    client?.addEventListener('sip-position', ({detail}) => this.places.set(detail), {signal});
    client?.addEventListener('statechange', this.#onClient, {signal});
  }

  #forget(): void {
    this.#tree = new DirectoryTree();
    this.#error = undefined;
    this.#local = undefined;
    this.search.forget();
    this.places.clear();
    this.#changed();
  }

  #load(): void {
    this.#searchesAll = false;
    void this.#loadGroups();
    this.#counting.again(this.#tree.asked);
    this.search.again();
  }

  async #loadGroups(): Promise<void> {
    const {signal} = this.#ending;
    this.#error = undefined;
    this.#changed();
    try {
      const groups = await this.#client!.directory.groups({signal});
      if (signal.aborted) return;
      this.#tree.setGroups(groups);
      this.#loadUnasked();
    } catch (error) {
      if (signal.aborted) return;
      this.#error = toSipError(error);
    }
    this.#changed();
  }

  #loadUnasked(): void {
    for (const group of this.#tree.unasked) void this.#loadMembers(group);
  }

  async #loadMembers(group: string): Promise<void> {
    const {signal} = this.#ending;
    const tree = this.#tree;
    tree.setMembers(group, {loading: true});
    this.#changed();
    try {
      const people = await this.#client!.directory.members(group, {signal});
      if (signal.aborted) return;
      tree.setMembers(group, {loading: false}, people);
    } catch (error) {
      // The next registration requests them again.
      if (signal.aborted) return;
      tree.setMembers(group, {loading: false, error: toSipError(error)});
    }
    this.#changed();
  }

  /** The people of the page's list whose name or number contains the searched text. */
  #found(): readonly Person[] {
    const wanted = this.searches ? this.search.state.text.toLocaleLowerCase() : '';
    // A person is identified, for which the page may be asked, only if they are searched or in view.
    if (!wanted) return this.#page.list;
    const local = this.search.state.pending ? [] : (this.#local?.people ?? []);
    const found = new Set(local.map(({number}) => number));
    return this.#page.list.filter((person) => {
      const {name, number} = this.#identified(person);
      return found.has(number) || `${name} ${number}`.toLocaleLowerCase().includes(wanted);
    });
  }

  async #find(text: string, signal: AbortSignal): Promise<readonly Person[]> {
    const local = this.#searchLocally(text);
    if (this.ofPage) {
      const found = await local;
      if (!signal.aborted) this.#local = found;
      return this.#found();
    }
    const tree = this.#tree;
    this.#loadForSearch();
    const people = await this.#client!.directory.search(text, {signal});
    const found = await local;
    // Both at once: what comes later would move what the user aims at.
    if (!signal.aborted) {
      this.#local = found;
      this.#openFound.clear();
      if (this.#grown) setTimeout(() => void this.#searchAgain());
    }
    tree.addPeople(people);
    return people;
  }

  readonly #onState = ({detail}: SipEventMap['sip-person-state']): void => {
    if (this.#tree.change(detail.number, detail.state)) this.#changed();
  };

  /** Other names may be known, by which people of the page are found. */
  readonly #onClient = (): void => {
    if (this.ofPage && this.search.active) this.#rows = undefined;
    this.#host.requestUpdate();
  };

  #changed(): void {
    this.#rows = undefined;
    this.#counts.clear();
    this.#host.requestUpdate();
  }
}
