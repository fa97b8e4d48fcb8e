/** Compact forms of header names (RFC 3261 §7.3.3). */
const COMPACT: Readonly<Record<string, string>> = {
  via: 'v',
  from: 'f',
  to: 't',
  'call-id': 'i',
  contact: 'm',
  'content-type': 'c',
};

/** This proxy, in the Via of a request of its own. */
export const PROXY = 'tabs.invalid';

/** Headers that a response copies from its request (RFC 3261 §8.2.6.2). */
const COPIED = ['via', 'from', 'to', 'call-id', 'cseq'];

/** The user part of a SIP URI at the beginning of a text. */
const USER = /^<?sips?:(?:([^@;>\s]*)@)?/i;

/**
 * One SIP message as a proxy sees it: a text of which it reads some headers and replaces some words (RFC 3261 §16).
 * Everything else stays as it is, whatever a stranger has written.
 */
export class SipText {
  readonly text: string;
  readonly body: string;
  readonly #lines: readonly string[];

  constructor(text: string) {
    this.text = text;
    const end = text.indexOf('\r\n\r\n');
    const head = end < 0 ? text : text.slice(0, end);
    this.body = end < 0 ? '' : text.slice(end + 4);
    // A line that begins with a space continues the one before (RFC 3261 §7.3.1).
    this.#lines = head.replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  }

  /** The status of a response; undefined for a request. */
  get status(): number | undefined {
    const [, status] = /^SIP\/2\.0 (\d{3})/i.exec(this.#lines[0]!) ?? [];
    return status === undefined ? undefined : Number(status);
  }

  /** The method: of a response, that of its request. */
  get method(): string {
    return this.header('cseq').split(/\s+/)[1] ?? '';
  }

  /** The method that the first line has; that of a response is empty. */
  get requested(): string {
    return this.status === undefined ? this.#lines[0]!.split(' ', 1)[0]! : '';
  }

  /** The number of the request within its dialog. */
  get sequence(): number {
    return Number.parseInt(this.header('cseq'), 10) || 0;
  }

  /** The Request-URI. */
  get uri(): string {
    return this.#lines[0]!.split(' ')[1] ?? '';
  }

  /** The user part of the Request-URI. */
  get target(): string {
    return USER.exec(this.uri)?.[1] ?? '';
  }

  /** Whether the message belongs to a dialog. */
  get inDialog(): boolean {
    return /;\s*tag\s*=/i.test(this.header('to'));
  }

  /** Who sent the request, by the topmost Via: the response goes there (RFC 3261 §18.2.2). */
  get sentBy(): string {
    return /^SIP\s*\/\s*2\.0\s*\/\s*\w+\s+([^;,:\s]+)/i.exec(this.header('via'))?.[1] ?? '';
  }

  /** What a request and its responses have in common (RFC 3261 §17.2.3). */
  get branch(): string {
    return /;\s*branch\s*=\s*([^;,\s]+)/i.exec(this.header('via'))?.[1] ?? '';
  }

  /** The first header of the name, in lower case; empty if there is none. */
  header(name: string): string {
    return (
      this.lines(name)[0]
        ?.replace(/^[^:]*:\s*/, '')
        .trim() ?? ''
    );
  }

  /** The user part of the sender. */
  get sender(): string {
    return USER.exec(this.#from)?.[1] ?? '';
  }

  /** The host of the sender. */
  get senderHost(): string {
    return /^<?sips?:(?:[^@;>\s]*@)?(\[[^\]]*\]|[^:;>\s]*)/i.exec(this.#from)?.[1] ?? '';
  }

  /** The sender without their name. */
  get #from(): string {
    const from = this.header('from').replace(/^"(?:[^"\\]|\\.)*"/, '');
    return from.slice(Math.max(from.indexOf('<'), 0));
  }

  /** The URI in a header. */
  address(name: string): string {
    const value = this.header(name);
    return /<([^<>]*)>/.exec(value)?.[1] ?? value;
  }

  /** The same request for another address; for the one in its To, if that is empty. */
  to(given: string): string {
    const address = given || this.address('to');
    const [start = ''] = this.text.split('\r\n', 1);
    const [method = '', , version = ''] = start.split(' ');
    return `${method} ${address} ${version}${this.text.slice(start.length)}`;
  }

  /**
   * A request that this proxy sends to one branch of this INVITE, an ACK or a CANCEL (RFC 3261 §9.1, §17.1.1.3).
   *
   * @param to - The value of To, with the tag of the branch in an ACK.
   */
  hop(method: 'ACK' | 'CANCEL', address: string, to: string, more: readonly string[] = []): string {
    const [via = ''] = this.lines('via');
    return request(`${method} ${address}`, [
      via,
      ...this.lines('from'),
      `To: ${to}`,
      ...this.lines('call-id'),
      `CSeq: ${this.sequence} ${method}`,
      ...more,
    ]);
  }

  /** A BYE of the caller to a branch of this INVITE that answered as well. */
  bye(address: string, to: string): string {
    return request(`BYE ${address}`, [
      `Via: SIP/2.0/WS ${PROXY};branch=${this.branch}.bye`,
      ...this.lines('from'),
      `To: ${to}`,
      ...this.lines('call-id'),
      `CSeq: ${this.sequence + 1} BYE`,
    ]);
  }

  /** A response to this request. */
  response(status: string, more: readonly string[] = []): string {
    const tag = this.inDialog ? '' : `;tag=${this.branch.slice(-8)}`;
    const copied = COPIED.flatMap((name) =>
      this.lines(name).map((line) => (name === 'to' ? line + tag : line)),
    );
    return `${[`SIP/2.0 ${status}`, ...copied, ...more].join('\r\n')}\r\nContent-Length: 0\r\n\r\n`;
  }

  /** All headers of the name, as whole lines. */
  lines(name: string): readonly string[] {
    const compact = COMPACT[name];
    return this.#lines.slice(1).filter((line) => {
      const found = line.slice(0, line.indexOf(':')).trim().toLowerCase();
      return found === name || (compact !== undefined && found === compact);
    });
  }
}

/** A MESSAGE of this proxy's own, as if it came from the address of a user of the page's server. */
export function ownMessage(address: string, sender: string, type: string, body: string): string {
  const id = crypto.randomUUID();
  const uri = `<sip:${sender}>`;
  const headers = [
    `Via: SIP/2.0/WS ${PROXY};branch=z9hG4bK${id}`,
    `From: ${uri};tag=${id.slice(0, 8)}`,
    `To: <${address}>`,
    `Call-ID: ${id}`,
    'CSeq: 1 MESSAGE',
    `Content-Type: ${type}`,
  ];
  return request(`MESSAGE ${address}`, headers, body);
}

/** A request with the headers, of which Max-Forwards and Content-Length are added. */
export function request(start: string, headers: readonly string[], body = ''): string {
  const {length} = new TextEncoder().encode(body);
  return `${[`${start} SIP/2.0`, ...headers].join('\r\n')}\r\nMax-Forwards: 70\r\nContent-Length: ${length}\r\n\r\n${body}`;
}
