import type {Group, Person} from '../../core/directory/people.js';
import type {SipError} from '../../errors.js';

/** How many people are known at once: further groups are loaded only if the user opens them. */
const MOST_PEOPLE = 50_000;
/** How many groups at the top are open at first. */
const MOST_OPEN = 100;

/** The position of a row in the tree. */
interface Place {
  /** Identifies the row. */
  readonly key: string;
  /** The level, from 1 at the top. */
  readonly level: number;
  /** The position among its siblings, from 1. */
  readonly position: number;
  readonly size: number;
}

/** The row of a group. */
export interface GroupRow extends Place {
  readonly kind: 'group';
  readonly group: Group;
  readonly expanded: boolean;
}

/** The row of a person. */
export interface PersonRow extends Place {
  readonly kind: 'person';
  readonly person: Person;
}

/** The row in place of members: they are loading, there are none, or they failed to load. */
export interface NoteRow extends Place {
  readonly kind: 'note';
  readonly group: Group;
  readonly error: SipError | undefined;
  readonly loading: boolean;
}

export type Row = GroupRow | PersonRow | NoteRow;

/** The members of a group, as far as they are loaded. */
interface Members {
  readonly numbers?: readonly string[];
  readonly error?: SipError | undefined;
  readonly loading: boolean;
}

/** How many people a group has, those of the groups inside it included, and how many of them are online. */
export interface GroupCount {
  readonly online: number;
  readonly all: number;
}

/** The tree of groups and people, and its visible rows: those inside open groups. */
export class DirectoryTree {
  readonly #children = new Map<string, Group[]>();
  readonly #members = new Map<string, Members>();
  readonly #people = new Map<string, Person>();
  readonly #open = new Set<string>();
  #groups: readonly Group[] | undefined;
  #parents: ReadonlyMap<string, string> = new Map();

  /** Whether the groups have loaded. */
  get known(): boolean {
    return this.#groups !== undefined;
  }

  get empty(): boolean {
    return !this.#groups?.length;
  }

  /** The groups whose members were requested. */
  get asked(): readonly string[] {
    return [...this.#members.keys()];
  }

  /** Whether the members of a group were requested. */
  wasAsked(group: string): boolean {
    return this.#members.has(group);
  }

  /** Sets all groups; a group whose parent is missing, or whose parents lead to a cycle, becomes a root. */
  setGroups(groups: readonly Group[]): void {
    const parents = new Map(groups.map(({number, parent}) => [number, parent]));
    const cyclic = endless(parents);
    const first = this.#groups === undefined;
    this.#groups = groups;
    this.#parents = parents;
    this.#children.clear();
    for (const group of groups) {
      const parent = parents.has(group.parent) && !cyclic.has(group.number) ? group.parent : '';
      const beside = this.#children.get(parent);
      if (beside) beside.push(group);
      else this.#children.set(parent, [group]);
    }
    for (const number of this.asked) if (!parents.has(number)) this.#members.delete(number);
    if (!first) return;
    for (const {number} of this.#children.get('')?.slice(0, MOST_OPEN) ?? []) this.#open.add(number);
  }

  setMembers(group: string, members: Omit<Members, 'numbers'>, people?: readonly Person[]): void {
    const numbers = people?.map(({number}) => number) ?? this.#members.get(group)?.numbers;
    this.#members.set(group, {...members, ...(numbers && {numbers})});
    for (const person of people ?? []) this.#people.set(person.number, person);
  }

  /** Adds people who were found; if enough are known, only what has changed of these. */
  addPeople(people: readonly Person[]): void {
    for (const person of people)
      if (!this.full || this.#people.has(person.number)) this.#people.set(person.number, person);
  }

  /** Whether so many people are known that no further group is loaded for the count of a group, or for a search. */
  get full(): boolean {
    return this.#people.size >= MOST_PEOPLE;
  }

  get groups(): readonly Group[] {
    return this.#groups ?? [];
  }

  /** All people known so far. */
  get people(): readonly Person[] {
    return [...this.#people.values()];
  }

  /** The groups whose members have not been requested. */
  get allUnasked(): readonly string[] {
    return this.groups.flatMap(({number}) => (this.#members.has(number) ? [] : [number]));
  }

  /** Returns the groups of each person by number, without those around them. */
  groupsOf(): ReadonlyMap<string, readonly Group[]> {
    const groups = new Map(this.groups.map((group) => [group.number, group]));
    const found = new Map<string, Group[]>();
    for (const [number, {numbers = []}] of this.#members) {
      const group = groups.get(number);
      if (!group) continue;
      for (const each of numbers) {
        const known = found.get(each);
        if (known) known.push(group);
        else found.set(each, [group]);
      }
    }
    return found;
  }

  personOf(number: string): Person | undefined {
    return this.#people.get(number);
  }

  /** Updates a person's state; returns false if the person is unknown or the state is unchanged. */
  change(number: string, state: Person['state']): boolean {
    const person = this.#people.get(number);
    if (!person || person.state === state) return false;
    this.#people.set(number, {...person, state});
    return true;
  }

  isOpen(group: string): boolean {
    return this.#open.has(group);
  }

  setOpen(group: string, open: boolean): void {
    if (open) this.#open.add(group);
    else this.#open.delete(group);
  }

  /** The open groups whose members have not been requested. */
  get unasked(): readonly string[] {
    return [...this.#open].filter((number) => !this.#members.has(number) && this.#parents.has(number));
  }

  /** Whether the members of a group failed to load. */
  failed(group: string): boolean {
    return !!this.#members.get(group)?.error;
  }

  /** Counts the people of a group; undefined until all of them are loaded, and if no one's state is known. */
  count(group: string): GroupCount | undefined {
    const people = new Set<string>();
    for (const number of this.#nested(group)) {
      const {numbers, error} = this.#members.get(number) ?? {};
      if (!numbers || error) return undefined;
      for (const person of numbers) people.add(person);
    }
    const states = [...people].map((number) => this.#people.get(number)?.state);
    if (!states.some((state) => state)) return undefined;
    return {online: states.filter((state) => state && state !== 'offline').length, all: people.size};
  }

  /** The group and those inside it whose members have not been requested. */
  uncounted(group: string): readonly string[] {
    return this.#nested(group).filter((number) => !this.#members.has(number));
  }

  /** Returns the rows, from top to bottom. */
  rows(): readonly Row[] {
    const rows: Row[] = [];
    // Iterative, because the depth of a server's groups is not limited.
    const waiting: Row[] = this.#below('', 1).reverse();
    for (let row = waiting.pop(); row; row = waiting.pop()) {
      rows.push(row);
      if (row.kind !== 'group' || !row.expanded) continue;
      const inside = this.#inside(row.group, row.level + 1);
      for (let index = inside.length - 1; index >= 0; index -= 1) waiting.push(inside[index]!);
    }
    return rows;
  }

  /** Returns the rows of a flat list of people. */
  list(people: readonly Person[]): readonly Row[] {
    return people.map(({number}, index) => ({
      kind: 'person',
      key: number,
      level: 1,
      position: index + 1,
      size: people.length,
      person: this.#people.get(number)!,
    }));
  }

  /** Returns the rows of groups, which list all people in them if they are open, and of people. */
  found(groups: readonly Group[], people: readonly Person[], open: ReadonlySet<string>): readonly Row[] {
    const size = groups.length + people.length;
    const rows = groups.flatMap((group, index): Row[] => {
      const expanded = open.has(group.number);
      const row = {
        kind: 'group',
        key: keyOf(group.number),
        level: 1,
        position: index + 1,
        size,
        group,
        expanded,
      } as const;
      return expanded ? [row, ...this.#everyone(group)] : [row];
    });
    const list = this.list(people).map((row) => ({...row, position: row.position + groups.length, size}));
    return [...rows, ...list];
  }

  /** Returns the rows of all people of a group and of those inside it. */
  #everyone(group: Group): readonly Row[] {
    const nested = this.#nested(group.number).map((number) => this.#members.get(number));
    const numbers = [...new Set(nested.flatMap((members) => members?.numbers ?? []))];
    if (!numbers.length) {
      const loading = nested.some((members) => !members || members.loading);
      const error = nested.find((members) => members?.error)?.error;
      return [
        {kind: 'note', key: keyOf(group.number, null), level: 2, position: 1, size: 1, group, error, loading},
      ];
    }
    return numbers.map((number, index) => ({
      kind: 'person',
      key: keyOf(group.number, number),
      level: 2,
      position: index + 1,
      size: numbers.length,
      person: this.#people.get(number)!,
    }));
  }

  /** Returns a group and all groups inside it. */
  #nested(group: string): readonly string[] {
    const found = [group];
    for (let index = 0; index < found.length; index += 1)
      for (const {number} of this.#children.get(found[index]!) ?? []) found.push(number);
    return found;
  }

  #below(parent: string, level: number, more = 0): Row[] {
    const groups = this.#children.get(parent) ?? [];
    return groups.map((group, index) => ({
      kind: 'group',
      key: keyOf(group.number),
      level,
      position: index + 1,
      size: groups.length + more,
      group,
      expanded: this.#open.has(group.number),
    }));
  }

  #inside(group: Group, level: number): Row[] {
    const {numbers = [], error, loading = true} = this.#members.get(group.number) ?? {};
    const inner = this.#children.get(group.number)?.length ?? 0;
    const notes = error || (loading && !numbers.length) || (!inner && !numbers.length) ? 1 : 0;
    const size = inner + numbers.length + notes;
    const rows = this.#below(group.number, level, size - inner);
    const place = (key: string): Place => ({
      key,
      level,
      position: rows.length + 1,
      size,
    });
    for (const number of numbers)
      rows.push({kind: 'person', ...place(keyOf(group.number, number)), person: this.#people.get(number)!});
    if (notes) rows.push({kind: 'note', ...place(keyOf(group.number, null)), group, error, loading});
    return rows;
  }
}

/** Identifies a row: that of a group, of a person in it, or the one in place of people. A server's numbers can be any text. */
const keyOf = (...parts: readonly (string | null)[]): string => JSON.stringify(parts);

/** Finds the groups whose parents lead to a cycle; looks at each group once, however deep they are. */
function endless(parents: ReadonlyMap<string, string>): ReadonlySet<string> {
  const found = new Set<string>();
  const seen = new Set<string>();
  for (const number of parents.keys()) {
    const path = new Set<string>();
    let above: string | undefined = number;
    for (; above && !seen.has(above); above = parents.get(above)) {
      seen.add(above);
      path.add(above);
    }
    if (above && (path.has(above) || found.has(above))) for (const each of path) found.add(each);
  }
  return found;
}
