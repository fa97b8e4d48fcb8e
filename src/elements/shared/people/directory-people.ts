import type {BaseClient} from '../../../core/client/client.js';
import type {Person} from '../../../core/directory/people.js';
import {fewAtOnce} from '../../../core/util/collections/few-at-once.js';

/** Up to how many numbers are searched one by one, instead of requesting everyone. */
const MOST_SEARCHES = 20;

/** How many groups' members are requested at the same time. */
export const GROUPS_AT_ONCE = 4;

/** After so many people of groups inside each other, no further group is requested. */
export const MOST_MEMBERS = 10_000;

/**
 * Requests the people with these numbers from the directory; who is not in it is not in the result.
 *
 * @throws {SipError} The failures of the directory.
 */
export async function peopleWith(
  numbers: readonly string[],
  client: BaseClient,
  signal: AbortSignal,
): Promise<readonly Person[]> {
  const wanted = new Set(numbers);
  const isWanted = ({number}: Person): boolean => wanted.has(number);
  return numbers.length > MOST_SEARCHES
    ? everyone(client, signal, numbers.length, isWanted)
    : (await found(client, numbers, signal)).filter(isWanted);
}

/**
 * Requests the people of all groups, some groups at a time.
 *
 * @param most - After so many, no further group is requested.
 * @param isWanted - Whether a person counts; all do by default.
 * @throws {SipError} The failures of the directory.
 */
export async function everyone(
  client: BaseClient,
  signal: AbortSignal,
  most: number,
  isWanted: (person: Person) => boolean = () => true,
): Promise<readonly Person[]> {
  const groups = await client.directory.groups({signal});
  const people = new Map<string, Person>();
  await fewAtOnce(groups, GROUPS_AT_ONCE, async ({number}) => {
    if (people.size >= most) return;
    for (const person of await client.directory.members(number, {signal}))
      if (isWanted(person)) people.set(person.number, person);
  });
  return [...people.values()];
}

/** Searches the directory for numbers. */
async function found(
  client: BaseClient,
  numbers: readonly string[],
  signal: AbortSignal,
): Promise<readonly Person[]> {
  const people = await Promise.all(numbers.map((number) => client.directory.search(number, {signal})));
  return people.flat();
}
