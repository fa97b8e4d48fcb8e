import {until} from '../in-page/facts.js';
import type {Wire} from './wire.js';

/** The places of a message in which the stranger writes a text of their choice. */
export const PLACES = {
  'user of From': {From: '<sip:TEXT@wire.test>;tag=TAG'},
  'name of From': {From: '"TEXT" <sip:stranger@wire.test>;tag=TAG'},
  'parameter of From': {From: '<sip:stranger@wire.test>;tag=TAG;x=TEXT'},
  'tag of From': {From: '<sip:stranger@wire.test>;tag=TAGTEXT'},
  'user of To': {To: '<sip:TEXT@wire.test>'},
  'name of To': {To: '"TEXT" <sip:USER@wire.test>'},
  'user of Contact': {Contact: '<sip:TEXT@stranger.test>'},
  'parameter of Contact': {Contact: '<sip:stranger@stranger.test;x=TEXT>'},
  'name of a parameter of From': {From: '<sip:stranger@wire.test;TEXT;x=1>;tag=TAG'},
  'name of a parameter of Contact': {Contact: '<sip:stranger@stranger.test;TEXT;x=1>'},
  'name of a parameter of a focus': {Contact: '<sip:stranger@stranger.test;TEXT;x=1>;isfocus'},
  'header of Contact': {Contact: '<sip:stranger@stranger.test?x=TEXT>'},
  'user of a focus': {Contact: '<sip:TEXT@stranger.test>;isfocus'},
  'user of Record-Route': {'Record-Route': '<sip:TEXT@wire.test;lr>'},
  'parameter of Record-Route': {'Record-Route': '<sip:wire.test;lr;x=TEXT>'},
  'Call-ID': {'Call-ID': 'IDTEXT'},
  'user of P-Asserted-Identity': {'P-Asserted-Identity': '<sip:TEXT@wire.test>'},
  'name of P-Asserted-Identity': {'P-Asserted-Identity': '"TEXT" <sip:stranger@wire.test>'},
  'user of Remote-Party-ID': {'Remote-Party-ID': '"S" <sip:TEXT@wire.test>;party=calling'},
  Subject: {Subject: 'TEXT'},
  Supported: {Supported: 'TEXT'},
  'Session-Expires': {'Session-Expires': '1800;refresher=TEXT'},
  'Alert-Info': {'Alert-Info': '<sip:TEXT@wire.test>;info=TEXT'},
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Texts that are decoded, escaped, split or looked up on their way through a client. */
export const TEXTS: readonly string[] = [
  ...[
    'a%25b',
    'a%2541',
    '%',
    '%E9',
    '%0d%0aX-Added%3A%201',
    'a;b=c',
    'a:b',
    '__proto__',
    '$&',
    '\\',
    '张三😀',
  ],
];

/** What a stranger's call begins with, and how it answers. */
export interface StrangerOptions {
  /** The callee. */
  readonly user: string;
  /** Headers instead of the usual ones. */
  readonly headers: Readonly<Record<string, string>>;
  readonly offer: string;
}

let count = 0;

/** A caller beyond the server, who writes messages by hand. */
export class Stranger {
  readonly #wire: Wire;
  readonly #branch: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #user: string;

  constructor(wire: Wire, {user, headers, offer}: StrangerOptions) {
    const number = ++count;
    this.#wire = wire;
    this.#user = user;
    this.#branch = `z9hG4bKstranger${number}`;
    const usual = {
      From: '<sip:stranger@wire.test>;tag=TAG',
      To: '<sip:USER@wire.test>',
      'Call-ID': 'ID',
      Contact: '<sip:stranger@stranger.test>',
    };
    const filled = (value: string): string =>
      value.replace('TAG', `tag${number}`).replace('USER', user).replace('ID', `call${number}`);
    this.#headers = Object.fromEntries(
      Object.entries({...usual, ...headers}).map(([name, value]) => [name, filled(value)]),
    );
    this.#send('INVITE', this.#headers, offer);
  }

  /** The status of the final response to the INVITE; 0 without one. */
  get status(): number {
    return Number(this.#final?.slice(8, 11) ?? 0);
  }

  /** Acknowledges the 200. */
  acknowledge(): void {
    this.#send('ACK', this.#inCall, '');
  }

  /** Sends a MESSAGE in the call that was answered. */
  says(contentType: string, body: string): void {
    this.#send('MESSAGE', this.#inCall, body, contentType);
  }

  /** The headers of a request in the call. */
  get #inCall(): Readonly<Record<string, string>> {
    return {...this.#headers, To: /^To: *(.*?)\r$/im.exec(this.#final!)![1]!};
  }

  /** Whether the client has ended the call. */
  get ended(): boolean {
    const {'Call-ID': id} = this.#headers;
    return this.#wire.messages.some((text) => text.startsWith('BYE ') && text.includes(`: ${id}\r\n`));
  }

  get #final(): string | undefined {
    return this.#wire.messages.find(
      (text) => /^SIP\/2\.0 [2-6]/.test(text) && text.includes(`=${this.#branch}`),
    );
  }

  #send(
    method: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    contentType = 'application/sdp',
  ): void {
    const lines = [
      `${method} sip:${this.#user}@wire.test SIP/2.0`,
      `Via: SIP/2.0/WS stranger.test;branch=${this.#branch}${method === 'INVITE' ? '' : method}`,
      'Max-Forwards: 70',
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      `CSeq: ${method === 'MESSAGE' ? 2 : 1} ${method}`,
      ...(body ? [`Content-Type: ${contentType}`] : []),
      `Content-Length: ${new TextEncoder().encode(body).length}`,
    ];
    this.#wire.tell(this.#user, `${lines.join('\r\n')}\r\n\r\n${body}`);
  }
}

/** A message that somebody sends without a call. */
export interface StrangeMessage {
  /** The value of From, without a tag. */
  readonly from: string;
  readonly body: string;
  readonly contentType?: string;
}

/** Sends a message to the user, written by hand. */
export function write(
  wire: Wire,
  user: string,
  {from, body, contentType = 'text/plain'}: StrangeMessage,
): void {
  const number = ++count;
  const lines = [
    `MESSAGE sip:${user}@wire.test SIP/2.0`,
    `Via: SIP/2.0/WS stranger.test;branch=z9hG4bKstranger${number}`,
    'Max-Forwards: 70',
    `From: ${from};tag=tag${number}`,
    `To: <sip:${user}@wire.test>`,
    `Call-ID: message${number}`,
    'CSeq: 1 MESSAGE',
    `Content-Type: ${contentType}`,
    `Content-Length: ${new TextEncoder().encode(body).length}`,
  ];
  wire.tell(user, `${lines.join('\r\n')}\r\n\r\n${body}`);
}

/** Headers with the text in a place. */
export function writtenIn(place: keyof typeof PLACES, text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(PLACES[place]).map(([name, value]) => [name, value.replaceAll('TEXT', () => text)]),
  );
}

/** A description that offers sound, or another kind of media, or that answers. */
export async function description(offer?: string, kind = 'audio'): Promise<string> {
  const peer = new RTCPeerConnection();
  try {
    if (offer === undefined) peer.addTransceiver(kind);
    else await peer.setRemoteDescription({type: 'offer', sdp: offer});
    const made = offer === undefined ? await peer.createOffer() : await peer.createAnswer();
    await peer.setLocalDescription(made);
    await until(() => peer.iceGatheringState === 'complete');
    return peer.localDescription!.sdp;
  } finally {
    peer.close();
  }
}
