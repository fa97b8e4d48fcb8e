import type {PersonDetails} from '../types.js';
import {plainName} from '../util/plain-name.js';

/** Tells what a page knows about a number; undefined if it knows nothing. */
export type PeopleSource = (
  number: string,
) => PersonDetails | null | undefined | Promise<PersonDetails | null | undefined>;

/** The longest URL, which may be a whole picture as `data:`, in characters. */
const LONGEST_URL = 100_000;

const PICTURES = /^(?:https?:|blob:|data:image\/)/i;
const PAGES = /^https?:/i;

/** Returns what is usable of a page's answer, which may be any value; undefined if nothing is. */
export function readDetails(given: unknown): PersonDetails | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const {name, picture, detail, href} = given as Record<keyof PersonDetails, unknown>;
  const read = {
    name: plainName(name),
    picture: urlOf(picture, PICTURES),
    detail: plainName(detail),
    href: urlOf(href, PAGES),
  };
  const known = Object.entries(read).filter(([, text]) => text);
  return known.length ? Object.freeze(Object.fromEntries(known)) : undefined;
}

/** Returns the absolute URL if its beginning is allowed; empty otherwise. */
function urlOf(given: unknown, allowed: RegExp): string {
  const text = given instanceof URL ? given.href : given;
  if (typeof text !== 'string' || !text || text.length > LONGEST_URL) return '';
  try {
    const {href} = new URL(text, globalThis.document?.baseURI);
    return allowed.test(href) ? href : '';
  } catch {
    return '';
  }
}
