import {responseTo} from '../../src/sip/headers/header-values.js';
import {headOf, piecesOf, type RawHeader} from '../../src/sip/headers/sip-reader.js';

/** The longest line that is read before the login, in characters. */
const LONGEST_LINE = 4_000;
/** How many values a header with parsed values may have before the login. */
const MOST_VALUES: Readonly<Record<string, number>> = {contact: 10, 'record-route': 20};
/** How many lines a message may have before its body. */
const MOST_LINES = 200;

/** Control characters: some readers begin a header at a line feed or a carriage return alone. */
const CONTROL = /[\u0000-\u0008\u000a-\u001f\u007f]/;

/** Headers that are not parsed. */
const UNPARSED: ReadonlySet<string> = new Set(['authorization', 'proxy-authorization', 'accept', 'subject']);

/**
 * Checks a message before it is parsed, since parsing costs more than sending one.
 *
 * @returns The response to a malformed request; `''` for a message to drop; undefined for a message to parse.
 */
export function firstLook(text: string): string | undefined {
  const {start, headers} = headOf(text);
  const tooLong = start.length > LONGEST_LINE ? '414 Request-URI Too Long' : undefined;
  const refusal = tooLong ?? tooMuch(headers) ?? strange(start, headers) ?? wrongForm(start, headers);
  return refusal && (responseTo(text, refusal) ?? '');
}

function tooMuch(headers: readonly RawHeader[]): string | undefined {
  const lines = headers.reduce((sum, {raw}) => sum + raw.split('\r\n').length, 0);
  if (lines > MOST_LINES) return '400 Too Many Headers';
  if (headers.some(({name, value}) => value.length > LONGEST_LINE && !UNPARSED.has(name)))
    return '400 Header Too Long';
  for (const [name, most] of Object.entries(MOST_VALUES)) {
    const values = headers.filter((header) => header.name === name).map(({value}) => piecesOf(value).length);
    if (values.reduce((sum, count) => sum + count, 0) > most) return '400 Too Many Addresses';
  }
  return undefined;
}

function strange(start: string, headers: readonly RawHeader[]): string | undefined {
  const lines = [start, ...headers.flatMap(({raw}) => raw.split('\r\n'))];
  return lines.some((line) => CONTROL.test(line)) ? '400 Control Character' : undefined;
}

function wrongForm(start: string, headers: readonly RawHeader[]): string | undefined {
  const [method = '', , version = ''] = start.split(' ');
  if (/^SIP\/2\.0$/i.test(method)) return undefined;
  if (/^SIP\//i.test(version) && !/^SIP\/2\.0$/i.test(version)) return '505 Version Not Supported';
  const named = headers
    .find(({name}) => name === 'cseq')
    ?.value.split(/[ \t]/)
    .findLast(Boolean);
  return named === undefined || named === method ? undefined : '400 CSeq Of Another Method';
}
