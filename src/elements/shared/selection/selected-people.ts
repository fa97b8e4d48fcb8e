import type {BaseClient} from '../../../core/client/client.js';
import type {Party} from '../../../core/types.js';
import {CAMERA} from '../../../core/directory/people.js';
import {MOST_MEMBERS} from '../people/directory-people.js';
import {GroupMembers} from '../people/group-members.js';
import type {Selected} from './selection.js';

/**
 * Returns the selected people and the members of the selected groups, each once and without the user. Of groups, it takes
 * the people or the cameras; what is selected by itself is always in it.
 *
 * @throws {SipError} The failures of the directory.
 */
export async function selectedPeople(
  items: readonly Selected[],
  client: BaseClient,
  of: 'people' | 'cameras' = 'people',
): Promise<readonly Party[]> {
  const found = new Map<string, Party>();
  const groups = new GroupMembers(() => client);
  if (items.some(({kind}) => kind === 'group')) await groups.load();
  for (const item of items) {
    if (found.size >= MOST_MEMBERS) break;
    const people =
      item.kind === 'person'
        ? [item]
        : (await groups.membersOf(item.number)).filter(({type}) => (type === CAMERA) === (of === 'cameras'));
    for (const {number, name} of people)
      if (number !== client.options.user)
        found.set(number, {number, name: name || found.get(number)?.name || ''});
  }
  return [...found.values()];
}

/** Returns the group if nothing else is selected. */
export function onlyGroup(items: readonly Selected[]): Party | undefined {
  const [first, ...others] = items;
  return first?.kind === 'group' && !others.length ? {number: first.number, name: first.name} : undefined;
}

/** Returns the name of what is called together: that of the only group. */
export function nameOfSelected(items: readonly Selected[]): string {
  return onlyGroup(items)?.name ?? '';
}
