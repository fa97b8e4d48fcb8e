import type {Group, Person, PersonState} from '../../core/directory/people.js';
import {withInner} from '../shared/people/inner-groups.js';

/** What is known of a directory, and searched in it. */
export interface KnownDirectory {
  readonly people: readonly Person[];
  readonly groups: readonly Group[];
  /** The groups of each person by number. A person is also in the groups around these. */
  readonly groupsOf: ReadonlyMap<string, readonly Group[]>;
  /** Returns a person with what else is known, such as the name. */
  readonly identify: (person: Person) => Person;
  /** Returns the words of a state, as the rows show it. */
  readonly wordsOf: (state: PersonState) => string;
}

/** What a search has found, the best matches first. */
export interface LocalResult {
  readonly text: string;
  readonly groups: readonly Group[];
  readonly people: readonly Person[];
}

/** The most words that are looked for one by one. */
const MOST_WORDS = 8;

type Spells = (letters: string, name: string) => boolean;

const HAN = /\p{Script=Han}/u;
const LETTERS = /^[a-zü]+$/;

/**
 * Finds people by name, number, group and state, and groups by name and number, in what is known of a directory. If the text as
 * a whole fits nothing, each of its words has to. Latin letters also stand for the pinyin of Chinese names.
 */
export async function findLocally(text: string, known: KnownDirectory): Promise<LocalResult> {
  const whole = text.toLocaleLowerCase();
  const words = whole.split(/\s+/).filter(Boolean);
  const found = await findWords(text, [whole], known);
  return found.groups.length || found.people.length || words.length < 2 || words.length > MOST_WORDS
    ? found
    : findWords(text, words, known);
}

async function findWords(
  text: string,
  words: readonly string[],
  known: KnownDirectory,
): Promise<LocalResult> {
  const people = known.people.map((person) => known.identify(person));
  const spells = await loadSpelling(words, people, known.groups);
  const isNamed = (name: string, word: string): boolean =>
    name.toLocaleLowerCase().includes(word) || (LETTERS.test(word) && HAN.test(name) && spells(word, name));
  const isGroup = ({name, number}: Group, word: string): boolean =>
    number.startsWith(word) || ((word.length > 1 || HAN.test(word)) && isNamed(name, word));
  // The same for all people of a group.
  const fitting = new Map(
    words.map((word) => [word, new Set(known.groups.filter((group) => isGroup(group, word)))]),
  );
  const within = new Map(
    [...fitting].map(([word, groups]) => [
      word,
      withInner(
        [...groups].map(({number}) => number),
        known.groups,
      ),
    ]),
  );
  /** How well a word fits a person: 0 for the name and the number, then the group, then the state. */
  const rank = (person: Person, word: string): number => {
    if (person.number.includes(word) || isNamed(person.name, word)) return 0;
    if (known.groupsOf.get(person.number)?.some((group) => within.get(word)!.has(group.number))) return 1;
    return person.state && isState(person.state, known.wordsOf(person.state), word) ? 2 : Infinity;
  };
  const ranked = people
    .map((person) => ({person, worst: Math.max(...words.map((word) => rank(person, word)))}))
    .filter(({worst}) => worst < Infinity)
    .sort((one, other) => one.worst - other.worst);
  return {
    text,
    groups: known.groups.filter((group) => words.every((word) => fitting.get(word)!.has(group))),
    people: ranked.map(({person}) => person),
  };
}

/** Whether a word begins one of the words of a state: with three letters, or two Chinese characters. */
function isState(state: PersonState, shown: string, word: string): boolean {
  if (word.length < (HAN.test(word) ? 2 : 3)) return false;
  const words = shown.toLocaleLowerCase();
  return [state, words, ...words.split(/\s+/)].some((each) => each.startsWith(word));
}

/** Loads the pinyin of characters, which is needed only for Latin letters and Chinese names. */
async function loadSpelling(
  words: readonly string[],
  people: readonly Person[],
  groups: readonly Group[],
): Promise<Spells> {
  const needed =
    words.some((word) => LETTERS.test(word)) && [...people, ...groups].some(({name}) => HAN.test(name));
  if (!needed) return () => false;
  try {
    return (await import('./pinyin.js')).spells;
  } catch {
    // The next search tries again.
    return () => false;
  }
}
