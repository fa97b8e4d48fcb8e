import {createHash} from 'node:crypto';
import {WebSocket} from 'ws';
import {Inbox, type RawSip} from './raw-sip.js';

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** A message of the JSON API, unread. */
export interface RawApiMessage {
  readonly header: string;
  readonly code: number;
  readonly msgid?: string;
  readonly body: Record<string, unknown>[];
}

/** A client of carrier 2 that sends plain text. */
export class RawApi {
  readonly inbox = new Inbox<RawApiMessage>();
  /** Resolves with the close code. */
  readonly closed: Promise<number>;
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('message', (data: Buffer) => this.inbox.push(JSON.parse(data.toString()) as RawApiMessage));
  }

  /** Opens the API's WebSocket of a server's `url`. */
  static open(url: string): Promise<RawApi> {
    const socket = new WebSocket(new URL('websocketapi', url.replace(/^http/, 'ws')));
    return new Promise((resolve, reject) => {
      socket.once('open', () => resolve(new RawApi(socket)));
      socket.once('error', reject);
    });
  }

  /** Opens it and logs in (docs/protocol/sign-in.md#login). */
  static async loggedIn(url: string, user: string, instance?: string): Promise<RawApi> {
    const api = await RawApi.open(url);
    const {code} = await api.login(user, '1234', instance);
    if (code !== 0) throw new Error(`login: ${code}`);
    return api;
  }

  /** Sends a text or binary frame as it is. */
  send(frame: string | Buffer): void {
    this.#socket.send(frame);
  }

  /** Sends a request; resolves with the next message, which is its reply if nothing else is pending. */
  ask(request: unknown): Promise<RawApiMessage> {
    this.send(JSON.stringify(request));
    return this.inbox.next();
  }

  /** Asks for a challenge and answers it. */
  async login(user: string, password: string, instance?: string): Promise<RawApiMessage> {
    const challenge = await this.ask({header: 'reg.ws.login', body: {username: user, password: ''}});
    const answer = md5(password + String(challenge.body[0]?.['checkuuid']));
    const named = instance === undefined ? {} : {instance};
    return this.ask({header: 'reg.ws.login', body: {username: user, password: answer, ...named}});
  }

  async close(): Promise<void> {
    this.#socket.close();
    await this.closed;
  }
}

/** Sends a text to the API over SIP MESSAGE, carrier 1; resolves with the status of the MESSAGE. */
export async function post(
  client: RawSip,
  text: string,
  contentType = 'application/jsonapi',
): Promise<number> {
  const parts = {to: 'sip:api@localhost', headers: [`Content-Type: ${contentType}`], body: text};
  return (await client.request('MESSAGE', parts)).status;
}

/** Takes the next MESSAGE of the API, answers it with 200, and returns what it says. */
export async function apiMessage(client: RawSip): Promise<RawApiMessage> {
  const message = await client.inbox.next(
    (each) => each.method === 'MESSAGE' && each.header('content-type') === 'application/resjsonapi',
  );
  client.answer(message, 200, 'OK');
  return JSON.parse(message.body) as RawApiMessage;
}
