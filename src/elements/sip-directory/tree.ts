import type {Group, Person} from '../../core/directory/people.js';
import type {SipError} from '../../errors.js';

/** What every line of the tree knows of its place. */
interface Place {
  /** Tells the lines apart. */
  readonly key: string;
  /** 1 at the top. */
  readonly level: number;
  /** Its place among those beside it, from 1. */
  readonly position: number;
  readonly size: number;
}

/** A group. */
export interface GroupRow extends Place {
  readonly kind: 'group';
  readonly group: Group;
  readonly expanded: boolean;
}

/** Somebody. */
export interface PersonRow extends Place {
  readonly kind: 'person';
  readonly person: Person;
}

/** What stands in the place of members: they are on their way, there are none, or they did not come. */
export interface NoteRow extends Place {
  readonly kind: 'note';
  readonly group: Group;
  readonly error: SipError | undefined;
  readonly loading: boolean;
}

export type Row = GroupRow | PersonRow | NoteRow;

/** The members of a group, as far as they are known. */
interface Members {
  readonly numbers?: readonly string[];
  readonly error?: SipError | undefined;
  readonly loading: boolean;
}

/** Groups and people as a tree, and the lines that it makes: those inside what is open. */
export class DirectoryTree {
  readonly #children = new Map<string, Group[]>();
  readonly #members = new Map<string, Members>();
  readonly #people = new Map<string, Person>();
  readonly #open = new Set<string>();
  #groups: readonly Group[] | undefined;

  /** Whether the groups have come. */
  get known(): boolean {
    return this.#groups !== undefined;
  }

  get empty(): boolean {
    return !this.#groups?.length;
  }

  /** The groups whose members were asked for. */
  get asked(): readonly string[] {
    return [...this.#members.keys()];
  }

  /** Takes all groups; what hangs below nothing, or below itself, is at the top. */
  setGroups(groups: readonly Group[]): void {
    const parents = new Map(groups.map(({number, parent}) => [number, parent]));
    const first = this.#groups === undefined;
    this.#groups = groups;
    this.#children.clear();
    for (const group of groups) {
      const parent = parents.has(group.parent) && !circles(group, parents) ? group.parent : '';
      const beside = this.#children.get(parent);
      if (beside) beside.push(group);
      else this.#children.set(parent, [group]);
    }
    for (const number of this.asked) if (!parents.has(number)) this.#members.delete(number);
    if (first) for (const {number} of this.#children.get('') ?? []) this.#open.add(number);
  }

  setMembers(group: string, members: Omit<Members, 'numbers'>, people?: readonly Person[]): void {
    const numbers = people?.map(({number}) => number) ?? this.#members.get(group)?.numbers;
    this.#members.set(group, {...members, ...(numbers && {numbers})});
    if (people) this.addPeople(people);
  }

  addPeople(people: readonly Person[]): void {
    for (const person of people) this.#people.set(person.number, person);
  }

  /** Changes what is known of somebody; false where nothing is, or nothing is new. */
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

  /** The open groups whose members nobody has asked for. */
  get unasked(): readonly string[] {
    return [...this.#open].filter((number) => !this.#members.has(number) && this.#has(number));
  }

  /** The lines, from top to bottom. */
  rows(): readonly Row[] {
    const rows: Row[] = [];
    // Not by recursion: nobody knows how deep a server's groups go.
    const waiting: Row[] = this.#below('', 1).reverse();
    for (let row = waiting.pop(); row; row = waiting.pop()) {
      rows.push(row);
      if (row.kind !== 'group' || !row.expanded) continue;
      const inside = this.#inside(row.group, row.level + 1);
      for (let index = inside.length - 1; index >= 0; index -= 1) waiting.push(inside[index]!);
    }
    return rows;
  }

  /** People one below the other, without groups. */
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

  #has(number: string): boolean {
    return !!this.#groups?.some((group) => group.number === number);
  }

  #below(parent: string, level: number, more = 0): Row[] {
    const groups = this.#children.get(parent) ?? [];
    return groups.map((group, index) => ({
      kind: 'group',
      key: `${group.number}/`,
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
      key: `${group.number}/${key}`,
      level,
      position: rows.length + 1,
      size,
    });
    for (const number of numbers)
      rows.push({kind: 'person', ...place(number), person: this.#people.get(number)!});
    if (notes) rows.push({kind: 'note', ...place('/'), group, error, loading});
    return rows;
  }
}

/** Whether one comes back to a group by going up from it. */
function circles({number, parent}: Group, parents: ReadonlyMap<string, string>): boolean {
  const seen = new Set([number]);
  for (let above: string | undefined = parent; above; above = parents.get(above)) {
    if (seen.has(above)) return true;
    seen.add(above);
  }
  return false;
}
