import type {BaseClient} from '../../core/client/client.js';
import {CAMERA} from '../../core/directory/people.js';
import type {Party} from '../../core/types.js';
import {SipError} from '../../errors.js';
import '../../locales/desk/message-groups-en.js';
import type {InnerElements} from '../shared/define-inner.js';
import {GroupMembers} from '../shared/people/group-members.js';
import {MessagesDeliveryElement} from './messages-delivery.js';

/** The elements of conversations with groups. */
export const inner: InnerElements = {'sip-messages-delivery': MessagesDeliveryElement};

/** A group to which a text is sent, and its members without the user. */
export interface MessageGroup extends Party {
  readonly members: readonly Party[];
}

/**
 * Resolves with the name of a group and its people: those of the groups inside it as well, and no cameras.
 *
 * @throws {SipError} `unknown-number` if the directory has no such group, or nobody is in it; the failures of the directory.
 */
export async function messageGroup(number: string, client: BaseClient): Promise<MessageGroup> {
  const groups = await groupsOf(client);
  const name = groups.known.find((group) => group.number === number)?.name;
  if (name === undefined) throw new SipError('unknown-number', {subject: number});
  const {user} = client.options;
  const members = new Map(
    (await groups.membersOf(number))
      .filter((person) => person.type !== CAMERA && person.number !== user)
      .map((person) => [person.number, {number: person.number, name: person.name}]),
  );
  if (!members.size) throw new SipError('unknown-number', {subject: name || number});
  return {number, name, members: [...members.values()]};
}

/** Finds groups of the directory by name, by the pinyin of Chinese names, and by number. */
export async function findGroups(text: string, client: BaseClient): Promise<readonly Party[]> {
  const [{known: groups}, {findLocally}] = await Promise.all([
    groupsOf(client),
    import('../sip-directory/local-search.js'),
  ]);
  const found = await findLocally(text.trim(), {
    groups,
    people: [],
    groupsOf: new Map(),
    identify: (person) => person,
    wordsOf: () => '',
  });
  return found.groups.map(({number, name}) => ({number, name}));
}

/** The groups of the directory of each client. */
const directories = new WeakMap<BaseClient, GroupMembers>();

async function groupsOf(client: BaseClient): Promise<GroupMembers> {
  const groups = directories.get(client) ?? new GroupMembers(() => client);
  directories.set(client, groups);
  await groups.load();
  return groups;
}
