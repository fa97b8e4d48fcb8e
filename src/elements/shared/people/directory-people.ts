import type {BaseClient} from '../../../core/client/client.js';
import type {Person} from '../../../core/directory/people.js';
import {fewAtOnce} from '../../../core/util/collections/few-at-once.js';

/** Up to how many numbers are searched one by one, instead of requesting everyone. */
const MOST_SEARCHES = 20;

/** How many groups' members are requested at the same time. */
export const GROUPS_AT_ONCE = 4;

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
  const many = numbers.length > MOST_SEARCHES;
  const people = many ? await everyone(client, signal) : await found(client, numbers, signal);
  const wanted = new Set(numbers);
  return people.filter(({number}) => wanted.has(number));
}

/**
 * Requests the people of all groups, some groups at a time.
 *
 * @param most - After so many, no further group is requested.
 * @throws {SipError} The failures of the directory.
 */
export async function everyone(
  client: BaseClient,
  signal: AbortSignal,
  most = Infinity,
): Promise<readonly Person[]> {
  const groups = await client.directory.groups({signal});
  const people: Person[] = [];
  await fewAtOnce(groups, GROUPS_AT_ONCE, async ({number}) => {
    if (people.length < most) people.push(...(await client.directory.members(number, {signal})));
  });
  return [...new Map(people.map((person) => [person.number, person])).values()];
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
