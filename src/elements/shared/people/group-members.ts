import type {BaseClient} from '../../../core/client/client.js';
import type {Group, Person} from '../../../core/directory/people.js';
import type {Party} from '../../../core/types.js';
import {fewAtOnce} from '../../../core/util/collections/few-at-once.js';
import {SipError} from '../../../errors.js';
import {GROUPS_AT_ONCE, MOST_MEMBERS} from './directory-people.js';
import {withInner} from './inner-groups.js';

/** The groups of a client's directory, each of which stands for its members. */
export class GroupMembers {
  readonly #getClient: () => BaseClient | undefined;
  #client: BaseClient | undefined;
  #groups: readonly Group[] | undefined;

  constructor(getClient: () => BaseClient | undefined) {
    this.#getClient = getClient;
  }

  /** All groups that are known by now. */
  get known(): readonly Group[] {
    return (this.#getClient() === this.#client && this.#groups) || [];
  }

  /** Asks for the groups of a client once; without them, every text is that of a person. */
  async load(): Promise<void> {
    const client = this.#getClient();
    if (client === this.#client && this.#groups) return;
    this.#client = client;
    this.#groups = undefined;
    if (!client?.capabilities.directory) return;
    const groups = await client.directory.groups().catch(() => undefined);
    if (client === this.#client) this.#groups = groups;
  }

  /** Returns the groups whose name or number contains the text. */
  like(text: string): readonly Group[] {
    const wanted = text.trim().toLocaleLowerCase();
    if (!wanted) return [];
    return this.known.filter(({name, number}) => `${name} ${number}`.toLocaleLowerCase().includes(wanted));
  }

  /**
   * Replaces the groups among people by their members and those of the groups below them, each once and without the user.
   *
   * @throws {SipError} `unknown-number` if a group has no members; the failures of the directory.
   */
  async expand(people: readonly Party[]): Promise<readonly Party[]> {
    const user = this.#client!.options.user;
    const found = new Map<string, Party>();
    for (const party of people) {
      if (found.size >= MOST_MEMBERS) break;
      const group = this.known.find(({number}) => number === party.number);
      const members = group
        ? (await this.membersOf(group.number)).filter(({number}) => number !== user)
        : [party];
      if (!members.length) throw new SipError('unknown-number', {subject: group?.name || party.number});
      for (const {number, name} of members)
        found.set(number, {number, name: found.get(number)?.name || name});
    }
    return [...found.values()];
  }

  /**
   * Returns the members of a group and of those below it, each once; after 10,000, no further group is requested.
   *
   * @throws {SipError} The failures of the directory.
   */
  async membersOf(number: string): Promise<readonly Person[]> {
    const {directory} = this.#client!;
    const groups = [...withInner([number], this.known)];
    const found: (readonly Person[])[] = [];
    const numbers = new Set<string>();
    await fewAtOnce(groups.entries(), GROUPS_AT_ONCE, async ([index, group]) => {
      if (numbers.size >= MOST_MEMBERS) return;
      const fresh = (await directory.members(group)).filter((person) => !numbers.has(person.number));
      found[index] = fresh;
      for (const person of fresh) numbers.add(person.number);
    });
    return found.flat().slice(0, MOST_MEMBERS);
  }
}
