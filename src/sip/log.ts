import type {LogEntry} from '../core/client/options.js';

/** Takes one line of the log. */
export type Log = (level: LogEntry['level'], text: string) => void;

/** No longer than names are: strangers' texts are masked too, and a word without an end would take the square of its length. */
const NAMES = String.raw`[\w-]{0,40}(?:password|passwd|pwd|secret|token|credential)[\w-]{0,40}`;

const SECRETS: readonly (readonly [RegExp, string])[] = [
  // What pages and servers tell each other.
  [new RegExp(String.raw`^((?:X-[^\s:]+|${NAMES})[ \t]*:).*(?:\r?\n[ \t].*)*`, 'gim'), '$1 ***'],
  [/^((?:proxy-)?authorization[ \t]*:).*(?:\r?\n[ \t].*)*/gim, '$1 ***'],
  [/^((?:www|proxy)-authenticate[ \t]*:).*(?:\r?\n[ \t].*)*/gim, '$1 ***'],
  [new RegExp(String.raw`("${NAMES}"\s*:\s*)(?:"(?:[^"\\]|\\.)*"?|[\d.]+)`, 'gi'), '$1"***"'],
  // JSON as a text within JSON.
  [
    new RegExp(String.raw`(\\"${NAMES}\\"\s*:\s*)(?:\\"[^"\\]*(?:\\"|$)|[\d.]+)`, 'gi'),
    String.raw`$1\"***\"`,
  ],
  [/(\bwss?:\/\/)[^\s/@]+@/gi, '$1***@'],
  [new RegExp(String.raw`([?&]${NAMES}=)[^&#\s]*`, 'gi'), '$1***'],
  [/^(a=(?:ice-pwd|crypto):).*/gim, '$1***'],
];

/** Masks credentials in a SIP message or its body: digest headers, those that begin with `X-`, passwords in JSON and addresses, keys in SDP. */
export function masked(text: string): string {
  return SECRETS.reduce((result, [pattern, replacement]) => result.replace(pattern, replacement), text);
}

/** The log of one layer; every line is masked. */
export function logOf(sink: (entry: LogEntry) => void, area: string): Log {
  return (level, text) => {
    try {
      sink({level, area, text: masked(text)});
    } catch {
      // A page's log must not break a call.
    }
  };
}
