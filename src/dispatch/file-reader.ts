import type {ServerFile} from '../core/uploads/server-file.js';
import {plainName} from '../core/util/plain-name.js';
import {decimalOf, isRecord, textOf} from './envelope.js';

/** Reads a file of a reply; undefined if it has no id. */
export function readFile(raw: unknown): ServerFile | undefined {
  if (!isRecord(raw)) return undefined;
  const id = textOf(raw['FileID']);
  if (id === undefined) return undefined;
  return {
    id,
    name: plainName(textOf(raw['name'])) || id,
    size: decimalOf(raw['size']),
    time: decimalOf(raw['time']) || undefined,
    sample: textOf(raw['sample']) === '1',
  };
}
