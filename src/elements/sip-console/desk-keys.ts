import {normalizeShortcut} from '../shared/shortcuts.js';

/** What keys do at a desk, in the order of their list. */
export const DESK_KEY_NAMES = [
  'answer',
  'hold',
  'search',
  'listen',
  'groups',
  'talk',
  'repeat',
  'regions',
  'list',
] as const;

/**
 * What keys do at a desk: `answer` the most urgent call, `hold` the call or return to it, `search` people, `listen` in to the
 * chosen person or no longer, talk to `groups` in their order, `talk` to the selected groups, `repeat` the last utterance, lead to
 * `regions` in their order, show the `list` of the keys.
 */
export type DeskKeyName = (typeof DESK_KEY_NAMES)[number];

/** Keys by what they do: one key, or several separated by spaces or in a list; an empty text for none. */
export type DeskKeys = Readonly<Partial<Record<DeskKeyName, string | readonly string[]>>>;

/** The keys of a desk, each as `aria-keyshortcuts` has it. */
export type KeyTable = Readonly<Record<DeskKeyName, readonly string[]>>;

const DEFAULTS: Readonly<Record<DeskKeyName, string>> = {
  answer: 'F1',
  hold: 'F2',
  search: 'F3',
  listen: 'F4',
  groups: 'F5 F6 F7 F8 F9 F10 F11 F12',
  talk: 'Control+Space',
  repeat: 'Alt+R',
  regions: 'Alt+1 Alt+2 Alt+3 Alt+4 Alt+5 Alt+6',
  list: '?',
};

/**
 * Returns the keys of a desk: those that the page gives, and the defaults for what it does not name.
 *
 * @param given - An object, or a text such as `answer: F9; groups: F5 F6; listen:`; `none` turns all keys off. What the text has
 * besides is ignored.
 */
export function keyTable(given: DeskKeys | string): KeyTable {
  const own: DeskKeys = typeof given === 'string' ? writtenKeys(given) : given;
  const entries = DESK_KEY_NAMES.map((name) => {
    const keys = given === 'none' ? '' : (own[name] ?? DEFAULTS[name]);
    const list = Array.isArray(keys) ? keys : String(keys).split(/\s+/);
    return [name, list.map(normalizeShortcut).filter(Boolean)] as const;
  });
  return Object.freeze(Object.fromEntries(entries) as unknown as KeyTable);
}

function writtenKeys(text: string): DeskKeys {
  const pairs = text.split(';').flatMap((pair) => {
    const [name = '', ...keys] = pair.split(':');
    const known = DESK_KEY_NAMES.find((each) => each === name.trim());
    return known && keys.length > 0 ? [[known, keys.join(':').trim()] as const] : [];
  });
  return Object.fromEntries(pairs);
}
