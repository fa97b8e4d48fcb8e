import {cleanedNumber, writtenNumbers} from '../../core/util/number.js';
import {LONGEST_NAME, MOST_PAGES} from '../shared/tiles/page-limits.js';
import type {TilePage} from '../shared/tiles/tile-page.js';

/** Someone who has a key: a person, a device or a group of the directory. */
export interface DialKey {
  readonly number: string;
  readonly name: string;
  readonly group: boolean;
  /** The server's user type (docs/protocol/numbers.md#user-types) of a person. */
  readonly type?: number | undefined;
}

/** A page of keys. */
export interface KeyPage extends TilePage {
  readonly keys: readonly DialKey[];
}

/** A key as a page writes it. */
export interface WrittenKey {
  readonly number: string;
  readonly name?: string;
  /** Whether the number is that of a group of the directory. */
  readonly group?: boolean;
}

/** A page of keys as a page writes it. */
export interface WrittenKeyPage {
  readonly name?: string;
  readonly keys: readonly (string | WrittenKey)[];
}

/** What the page of a `<sip-keys>` writes as its keys: a list, its JSON, or numbers separated by commas. */
export type WrittenKeys = string | readonly (string | WrittenKey)[];

/** The same for several pages. */
export type WrittenKeyPages = string | readonly WrittenKeyPage[];

/** The maximum number of keys of a page, and of characters of a number or a name. */
export const MOST_KEYS = 120;
const LONGEST = 200;

/** Identifies a key on its page. */
export const idOf = ({group, number}: Pick<DialKey, 'group' | 'number'>): string =>
  `${group ? 'group' : 'person'} ${number}`;

/**
 * Reads the keys that a page writes.
 *
 * @returns Their pages, without any if the page writes none; undefined if they cannot be read.
 */
export function writtenPages(
  keys: WrittenKeys,
  pages: WrittenKeyPages,
  clean?: (number: string) => string,
): readonly KeyPage[] | undefined {
  const several = valueOf(pages);
  const one = typeof keys === 'string' && !/^\s*\[/.test(keys) ? writtenNumbers(keys) : valueOf(keys);
  const list = Array.isArray(several) && several.length > 0 ? (several as readonly unknown[]) : [{keys: one}];
  if (several === undefined || !list.every((page) => Array.isArray(recordOf(page)['keys']))) return undefined;
  return pagesIn(list, clean).filter((page, _, {length}) => length > 1 || page.keys.length > 0);
}

/** Reads pages from what any script may have written; what is no key is left out. */
export function pagesIn(list: unknown, clean?: (number: string) => string): readonly KeyPage[] {
  const pages = Array.isArray(list) ? (list as readonly unknown[]).slice(0, MOST_PAGES) : [];
  return pages.map((page, index) => {
    const {name, keys} = recordOf(page);
    return {id: String(index + 1), name: textIn(name).slice(0, LONGEST_NAME), keys: keysIn(keys, clean)};
  });
}

function keysIn(list: unknown, clean?: (number: string) => string): readonly DialKey[] {
  const found = new Map<string, DialKey>();
  for (const entry of Array.isArray(list) ? (list as readonly unknown[]) : []) {
    if (found.size >= MOST_KEYS) break;
    const {number, name, group, type} = typeof entry === 'string' ? {number: entry} : recordOf(entry);
    const written = typeof number === 'number' ? String(number) : number;
    if (typeof written !== 'string' || !written.trim() || written.length > LONGEST) continue;
    const key: DialKey = {
      number: cleanedNumber(written.trim(), clean),
      name: textIn(name),
      group: group === true,
      ...(typeof type === 'number' && {type}),
    };
    if (!found.has(idOf(key))) found.set(idOf(key), key);
  }
  return [...found.values()];
}

/** Reads what is written as JSON; an empty text is an empty list, and undefined is no JSON. */
function valueOf(written: unknown): unknown {
  if (typeof written !== 'string') return written ?? [];
  if (!written.trim()) return [];
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}

const textIn = (value: unknown): string => (typeof value === 'string' ? value.slice(0, LONGEST) : '');

const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' ? (value as Readonly<Record<string, unknown>>) : {};
