import {
  cut,
  headOf,
  piecesOf,
  readAddress,
  readFirstLine,
  readSequence,
  readUriParts,
  readVia,
  tagOf,
  type RawHeader,
} from '../headers/sip-reader.js';

/** This proxy, in the Via of a request of its own. */
export const PROXY = 'tabs.invalid';

/** Headers that a response copies from its request (RFC 3261 §8.2.6.2). */
const COPIED = ['via', 'from', 'to', 'call-id', 'cseq'];

/**
 * One SIP message as a proxy sees it: a text of which it reads some headers and replaces some words (RFC 3261 §16).
 * Everything else stays as it is, whatever a stranger has written.
 */
export class SipText {
  readonly text: string;
  readonly body: string;
  /** The status of a response; undefined for a request. */
  readonly status: number | undefined;
  /** The method that the first line has; that of a response is empty. */
  readonly requested: string;
  /** The Request-URI. */
  readonly uri: string;
  /** The method: of a response, that of its request. */
  readonly method: string;
  /** The number of the request within its dialog. */
  readonly sequence: number;
  /** Who sent the request, by the topmost Via: the response goes there (RFC 3261 §18.2.2). */
  readonly sentBy: string;
  /** What a request and its responses have in common (RFC 3261 §17.2.3). */
  readonly branch: string;
  readonly #headers: readonly RawHeader[];

  constructor(text: string) {
    const {start, headers, rest} = headOf(text);
    this.text = text;
    this.body = rest.slice('\r\n\r\n'.length);
    this.#headers = headers;
    const {status, method = '', uri = ''} = readFirstLine(start) ?? {};
    this.status = status;
    this.requested = method;
    this.uri = uri;
    const sequence = readSequence(this.header('cseq'));
    this.method = sequence?.method ?? '';
    this.sequence = sequence?.value ?? 0;
    const via = readVia(this.header('via'));
    this.sentBy = via?.host ?? '';
    this.branch = via?.parameters.get('branch') ?? '';
  }

  /**
   * Whether every reader finds this message in the text, and no other one: servers may read what comes as a stream, in which
   * the next message begins where the first one says that it ends (RFC 3261 §18.3).
   */
  get isSingle(): boolean {
    const head = this.text.slice(0, this.text.length - this.body.length);
    const lengths = this.values('content-length');
    const {length} = new TextEncoder().encode(this.body);
    return !/\r(?!\n)|(?<!\r)\n/.test(head) && lengths.length === 1 && lengths[0] === String(length);
  }

  /** The user part of the Request-URI. */
  get target(): string {
    return readUriParts(this.uri).user ?? '';
  }

  /** Whether the message belongs to a dialog. */
  get inDialog(): boolean {
    return tagOf(this.header('to')) !== undefined;
  }

  /** The first header of the name, in lower case; empty if there is none. */
  header(name: string): string {
    return this.values(name)[0] ?? '';
  }

  /** The values of all headers of the name. */
  values(name: string): readonly string[] {
    return this.#headers.flatMap((header) => (header.name === name ? [header.value] : []));
  }

  /** The user part of the sender. */
  get sender(): string {
    return readUriParts(this.#from).user ?? '';
  }

  /** The host of the sender. */
  get senderHost(): string {
    return readUriParts(this.#from).host;
  }

  /** The sender's address; empty if it can be read in more than one way. */
  get #from(): string {
    const [from = '', ...others] = this.values('from');
    return others.length ? '' : (readAddress(from)?.uri ?? '');
  }

  /** The URI in a header, of several the first; empty if it cannot be read. */
  address(name: string): string {
    const value = this.header(name);
    return (readAddress(value) ?? readAddress(piecesOf(value)[0]!))?.uri ?? '';
  }

  /** The same request for another address; for the one in its To, if that is empty. */
  to(given: string): string {
    const address = given || this.address('to');
    const [start] = cut(this.text, '\r\n');
    return `${this.requested} ${address} SIP/2.0${this.text.slice(start.length)}`;
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

  /** All headers of the name, each on one line. */
  lines(name: string): readonly string[] {
    return this.#headers.filter((header) => header.name === name).map(({value}) => `${name}: ${value}`);
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
