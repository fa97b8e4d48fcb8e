/** How many values a header may have whose values are all parsed, before anybody has logged in. */
const MOST_VALUES: Readonly<Record<string, number>> = {contact: 10, 'record-route': 20};
/** How long a header may be, in characters: its parser takes the square of its length. */
const LONGEST = 4_000;
/** How many lines a message may have before its body. */
const MOST_LINES = 200;

/** What is read as it is. */
const UNPARSED: ReadonlySet<string> = new Set(['authorization', 'proxy-authorization', 'accept', 'subject']);

/** Short names (RFC 3261 §7.3.3), of what counts here. */
const SHORT: Readonly<Record<string, string>> = {v: 'via', f: 'from', t: 'to', i: 'call-id', m: 'contact'};

/** What a response repeats of its request (RFC 3261 §8.2.6.2). */
const REPEATED: ReadonlySet<string> = new Set(['via', 'from', 'to', 'call-id', 'cseq']);

interface Line {
  readonly name: string;
  readonly text: string;
}

/**
 * Looks at a message before it is parsed, since parsing costs more than writing one.
 *
 * @returns The response to a request that is refused for its form; `''` for what is dropped; undefined for what is parsed.
 */
export function firstLook(text: string): string | undefined {
  const end = text.indexOf('\r\n\r\n');
  const [start = '', ...rest] = text.slice(0, end < 0 ? text.length : end).split('\r\n', MOST_LINES + 2);
  const lines = unfolded(rest);
  const tooLong = start.length > LONGEST ? '414 Request-URI Too Long' : undefined;
  const tooMany = rest.length > MOST_LINES ? '400 Too Many Headers' : undefined;
  const refusal = tooLong ?? tooMany ?? tooMuch(lines) ?? wrongForm(start, lines);
  if (!refusal) return undefined;
  return /^(?:SIP\/|ACK )/i.test(start) ? '' : response(refusal, lines);
}

function tooMuch(lines: readonly Line[]): string | undefined {
  if (lines.some(({name, text}) => text.length > LONGEST && !UNPARSED.has(name)))
    return '400 Header Too Long';
  for (const [name, most] of Object.entries(MOST_VALUES)) {
    const values = lines.filter((line) => line.name === name).map(({text}) => valuesIn(text));
    if (values.reduce((sum, count) => sum + count, 0) > most) return '400 Too Many Addresses';
  }
  return undefined;
}

function wrongForm(start: string, lines: readonly Line[]): string | undefined {
  const [method = '', , version = ''] = start.split(' ');
  if (/^SIP\/2\.0$/i.test(method)) return undefined;
  if (/^SIP\//i.test(version) && !/^SIP\/2\.0$/i.test(version)) return '505 Version Not Supported';
  const named = lines
    .find(({name}) => name === 'cseq')
    ?.text.split(/[ \t]/)
    .findLast(Boolean);
  return named === undefined || named === method ? undefined : '400 CSeq Of Another Method';
}

/** Headers, each in one line. */
function unfolded(lines: readonly string[]): readonly Line[] {
  const headers: {name: string; text: string}[] = [];
  for (const line of lines) {
    const last = headers.at(-1);
    const colon = line.indexOf(':');
    if (/^\s/.test(line) && last) last.text += ` ${line.trim()}`;
    else {
      const name = line.slice(0, colon).trim().toLowerCase();
      headers.push({name: SHORT[name] ?? name, text: line.slice(colon + 1).trim()});
    }
  }
  return headers;
}

/** How many values stand between the commas of a header, quoted ones and those in addresses apart. */
function valuesIn(text: string): number {
  let values = 1;
  let quoted = false;
  let enclosed = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (quoted && character === '\\') index += 1;
    else if (character === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (character === '<' || character === '>') enclosed = character === '<';
    else if (character === ',' && !enclosed) values += 1;
  }
  return values;
}

function response(status: string, lines: readonly Line[]): string {
  const repeated = lines.filter(({name}) => REPEATED.has(name)).map(({name, text}) => `${name}: ${text}`);
  return [`SIP/2.0 ${status}`, ...repeated, 'Content-Length: 0', '', ''].join('\r\n');
}
