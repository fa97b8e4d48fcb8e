import {createHash, randomBytes} from 'node:crypto';
import {WebSocket} from 'ws';

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');
const token = (): string => randomBytes(6).toString('hex');

/** A received SIP message, parsed just enough for tests. */
export interface RawMessage {
  readonly text: string;
  /** The first line. */
  readonly start: string;
  /** Of a response; 0 for a request. */
  readonly status: number;
  /** Of a request, or of the request that a response answers. */
  readonly method: string;
  readonly body: string;
  header(name: string): string | undefined;
  headers(name: string): string[];
}

/** The parts of a request that a test overrides. */
export interface RequestParts {
  readonly uri?: string;
  readonly from?: string;
  readonly to?: string;
  readonly callId?: string;
  readonly cseq?: number;
  readonly headers?: readonly string[];
  readonly body?: string;
}

/** Waits for things that arrive in order. */
export class Inbox<T> {
  readonly #items: T[] = [];
  readonly #waiting = new Set<() => void>();

  push(item: T): void {
    this.#items.push(item);
    this.#waiting.forEach((look) => look());
  }

  /** Takes the first matching item, waiting for it. */
  next(fits: (item: T) => boolean = () => true): Promise<T> {
    return new Promise((resolve) => {
      const look = (): void => {
        const index = this.#items.findIndex(fits);
        if (index < 0) return;
        this.#waiting.delete(look);
        resolve(...(this.#items.splice(index, 1) as [T]));
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** The items that arrived and were not taken. */
  get rest(): readonly T[] {
    return this.#items;
  }
}

/** Parses a SIP message. */
export function parseRaw(text: string): RawMessage {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [start = '', ...lines] = head.split('\r\n');
  const headers = (name: string): string[] =>
    lines
      .filter((line) => line.toLowerCase().startsWith(`${name.toLowerCase()}:`))
      .map((line) => line.slice(line.indexOf(':') + 1).trim());
  const status = Number(/^SIP\/2\.0 (\d{3})/.exec(start)?.[1] ?? 0);
  const cseq = headers('cseq')[0]?.split(' ')[1] ?? '';
  return {
    text,
    start,
    status,
    method: status === 0 ? (start.split(' ')[0] ?? '') : cseq,
    body: rest.join('\r\n\r\n'),
    header: (name) => headers(name)[0],
    headers,
  };
}

/** A SIP client that sends plain text, for messages that a correct stack would never send. */
export class RawSip {
  readonly user: string;
  readonly contact: string;
  readonly inbox = new Inbox<RawMessage>();
  /** The received frames that are not SIP messages: keep-alives. */
  readonly pongs = new Inbox<string>();
  /** Resolves with the close code. */
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;
  readonly #callId = token();
  #cseq = 0;

  private constructor(socket: WebSocket, user: string, contact: string) {
    this.#socket = socket;
    this.user = user;
    this.contact = contact;
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      if (/^[\r\n]*$/.test(text)) this.pongs.push(text);
      else this.inbox.push(parseRaw(text));
    });
  }

  /** Opens a WebSocket to a server's `url`. */
  static open(
    url: string,
    user: string,
    contact = `sip:${token()}@client.invalid;transport=ws`,
  ): Promise<RawSip> {
    const socket = new WebSocket(new URL('fswebrtc', url.replace(/^http/, 'ws')), 'sip', {
      rejectUnauthorized: false,
    });
    return new Promise((resolve, reject) => {
      socket.once('open', () => resolve(new RawSip(socket, user, contact)));
      socket.once('error', reject);
    });
  }

  /** Opens a WebSocket and registers. */
  static async registered(url: string, user: string, headers: readonly string[] = []): Promise<RawSip> {
    const client = await RawSip.open(url, user);
    const response = await client.register({headers});
    if (response.status !== 200) throw new Error(`REGISTER: ${response.start}`);
    return client;
  }

  /** Sends text as it is. */
  send(text: string | Buffer): void {
    this.#socket.send(text);
  }

  /** Reads nothing any more of what the server sends. */
  stopReading(): void {
    this.#socket.pause();
  }

  /** Sends a pong that no ping has asked for. */
  pong(): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.pong();
  }

  /** Sends a request outside dialogs and resolves with its final response. */
  async request(method: string, parts: RequestParts = {}): Promise<RawMessage> {
    const callId = parts.callId ?? token();
    const cseq = parts.cseq ?? ++this.#cseq;
    this.send(this.write(method, {...parts, callId, cseq}));
    return this.inbox.next(
      (message) =>
        message.status >= 200 &&
        message.header('call-id') === callId &&
        message.header('cseq') === `${cseq} ${method}`,
    );
  }

  /** Writes a request. */
  write(method: string, parts: RequestParts = {}): string {
    const {from = `sip:${this.user}@localhost`, to = `sip:${this.user}@localhost`, body = ''} = parts;
    return [
      `${method} ${parts.uri ?? to} SIP/2.0`,
      `Via: SIP/2.0/WS client.invalid;branch=z9hG4bK${token()}`,
      'Max-Forwards: 70',
      `From: <${from}>;tag=${token()}`,
      `To: <${to}>`,
      `Call-ID: ${parts.callId ?? token()}`,
      `CSeq: ${parts.cseq ?? ++this.#cseq} ${method}`,
      ...(parts.headers ?? []),
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n');
  }

  /** Registers with a digest: sends a REGISTER and answers the challenge. */
  async register(
    options: {
      password?: string;
      expires?: number | string;
      contact?: string;
      headers?: readonly string[];
      username?: string;
    } = {},
  ): Promise<RawMessage> {
    const {expires = 60, headers = [], password = '1234', username} = options;
    const contact = options.contact ?? `<${this.contact}>;expires=${expires}`;
    return this.authorized(
      'REGISTER',
      {
        uri: 'sip:localhost',
        callId: this.#callId,
        headers: [`Contact: ${contact}`, ...headers],
      },
      password,
      username,
    );
  }

  /** Sends a request, answers its challenge, and resolves with the response to that. */
  async authorized(
    method: string,
    parts: RequestParts,
    password = '1234',
    username = this.user,
  ): Promise<RawMessage> {
    const first = await this.request(method, parts);
    if (first.status !== 401) return first;
    const uri = parts.uri ?? parts.to ?? `sip:${this.user}@localhost`;
    const credentials = digest(first.header('www-authenticate') ?? '', {method, uri, username, password});
    return this.request(method, {
      ...parts,
      headers: [...(parts.headers ?? []), `Authorization: ${credentials}`],
    });
  }

  /** Takes the next request of the server. */
  received(method: string): Promise<RawMessage> {
    return this.inbox.next((message) => message.status === 0 && message.method === method);
  }

  /** Answers a request of the server. */
  answer(
    request: RawMessage,
    status: number,
    reason: string,
    headers: readonly string[] = [],
    body = '',
  ): void {
    const to = request.header('to') ?? '';
    this.send(
      [
        `SIP/2.0 ${status} ${reason}`,
        ...request.headers('via').map((via) => `Via: ${via}`),
        `From: ${request.header('from')}`,
        `To: ${to.includes(';tag=') ? to : `${to};tag=${this.#callId}`}`,
        `Call-ID: ${request.header('call-id')}`,
        `CSeq: ${request.header('cseq')}`,
        ...headers,
        `Content-Length: ${Buffer.byteLength(body)}`,
        '',
        body,
      ].join('\r\n'),
    );
  }

  /** Stops reading, like a machine that went to sleep. */
  freeze(): void {
    this.#socket.pause();
  }

  /** Reads again. */
  thaw(): void {
    this.#socket.resume();
  }

  /** Closes the socket and waits until it is closed. */
  async close(): Promise<void> {
    this.#socket.close();
    await this.closed;
  }

  /** Drops the connection without closing it. */
  async crash(): Promise<void> {
    this.#socket.terminate();
    await this.closed;
  }
}

/** Answers a digest challenge (RFC 2617 §3.2.2). */
export function digest(
  challenge: string,
  {method, uri, username, password}: {method: string; uri: string; username: string; password: string},
): string {
  const field = (name: string): string => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1] ?? '';
  const [realm, nonce, cnonce, nc] = [field('realm'), field('nonce'), token(), '00000001'];
  const first = md5(`${username}:${realm}:${password}`);
  const second = md5(`${method}:${uri}`);
  const response = md5(`${first}:${nonce}:${nc}:${cnonce}:auth:${second}`);
  return (
    `Digest algorithm=MD5, username="${username}", realm="${realm}", nonce="${nonce}", uri="${uri}", ` +
    `response="${response}", qop=auth, cnonce="${cnonce}", nc=${nc}`
  );
}
