import type {ServerFile} from '../core/uploads/server-file.js';
import {plainName} from '../core/util/plain-name.js';
import {decimalOf, isRecord, textOf, timeOf} from './envelope.js';

/** The most files that are listed: anyone who reaches the server can upload some. */
const MOST_FILES = 1_000;

/**
 * Reads the files of a reply, each once.
 *
 * @param base - What their addresses are relative to; without it they have none.
 */
export function readFiles(list: readonly unknown[], base?: string): readonly ServerFile[] {
  const files = new Map<string, ServerFile>();
  for (const raw of list) {
    const file = files.size < MOST_FILES ? readFile(raw, base) : undefined;
    if (file && !files.has(file.id)) files.set(file.id, file);
  }
  return [...files.values()];
}

/** Reads a file of a reply; undefined if it has no id. */
export function readFile(raw: unknown, base?: string): ServerFile | undefined {
  if (!isRecord(raw)) return undefined;
  const id = textOf(raw['FileID']);
  if (id === undefined) return undefined;
  return {
    id,
    name: plainName(textOf(raw['name'])) || id,
    size: decimalOf(raw['size']),
    time: timeOf(decimalOf(raw['time'])),
    duration: decimalOf(raw['duration']),
    url: addressOf(textOf(raw['url']), base),
    sample: textOf(raw['sample']) === '1',
  };
}

/** Returns an address to load a file from; undefined if there is none. */
function addressOf(url: string | undefined, base: string | undefined): string | undefined {
  if (url === undefined || base === undefined || !URL.canParse(url, base)) return undefined;
  const {protocol, href} = new URL(url, base);
  return /^https?:$/.test(protocol) ? href : undefined;
}
