import type {LogEntry} from '../core/options.js';

/** Takes one line of the log. */
export type Log = (level: LogEntry['level'], text: string) => void;

const SECRETS: readonly (readonly [RegExp, string])[] = [
  [/^((?:proxy-)?authorization[ \t]*:).*(?:\r?\n[ \t].*)*/gim, '$1 ***'],
  [/^((?:www|proxy)-authenticate[ \t]*:).*(?:\r?\n[ \t].*)*/gim, '$1 ***'],
  [/("(?:password|passwd|pwd|secret|token|credential)"\s*:\s*)"(?:[^"\\]|\\.)*"/gi, '$1"***"'],
  [/^(a=(?:ice-pwd|crypto):).*/gim, '$1***'],
];

/** Masks credentials in a SIP message or its body: digest headers, passwords in JSON, keys in SDP. */
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
