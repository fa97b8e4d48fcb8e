import type {Party} from '../types.js';

/** How many people a conference is named by; the others are counted. */
const NAMED = 3;

/** Returns the people of a conference as one party with the conference's number: “Ann, Bob, Carol +2”. */
export function conferenceParty(
  number: string,
  people: readonly Party[],
  identify: (party: Party) => Party,
): Party {
  const named = people.slice(0, NAMED).map(identify);
  const names = named.map((party) => party.name || party.number);
  const more = people.length - names.length;
  return {number, name: `${names.join(commaOf(names))}${more > 0 ? ` +${more}` : ''}`};
}

/** Returns the comma of the script in which all names are written. */
function commaOf(names: readonly string[]): string {
  if (names.every((name) => /^[\p{Script=Han}\d]+$/u.test(name) && /\p{Script=Han}/u.test(name))) return '、';
  return names.every((name) => /\p{Script=Arabic}/u.test(name)) ? '، ' : ', ';
}
