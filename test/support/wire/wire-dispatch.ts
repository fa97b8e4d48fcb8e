import type {ApiMessage} from '../../../src/core/types.js';
import {BaseClient} from '../../../src/core/client/client.js';
import type {CallServiceFactory} from '../../../src/core/client/call-service.js';
import type {SipClientOptions} from '../../../src/core/client/options.js';
import {DispatchService} from '../../../src/dispatch/dispatch-service.js';
import {parseText, type ApiRequest} from '../../../src/dispatch/envelope.js';
import {
  API_EVENT,
  API_HEADER,
  API_REPLY_TYPE,
  API_REQUEST_TYPE,
  CREATING_HEADERS,
} from '../../../src/dispatch/protocol.js';
import type {SipDialog, UserAgentParts} from '../../../src/sip/user-agent.js';
import {StandardService} from '../../../src/standard/standard-service.js';
import {backoff, type ReconnectPolicy} from '../../../src/core/util/reconnect-policy.js';
import {WireUser} from './wire-users.js';
import {Wire} from './wire.js';

/** Timeouts short enough for a test. */
const SHORT = {reply: 1_000, invitePatience: 150, invite: 3_000, sessionEvent: 1_000};

/** A client of either profile on the wire. */
export class WireClient extends BaseClient {
  readonly #parts: UserAgentParts;

  constructor(
    wire: Wire,
    options: Partial<SipClientOptions> & {user: string},
    policy: ReconnectPolicy = backoff({first: 10, longest: 50}),
  ) {
    const {timeouts, ...rest} = options;
    super({
      server: 'ws://wire.test/sip',
      password: '1234',
      ...rest,
      timeouts: {...SHORT, ...timeouts},
    });
    this.#parts = {createTransport: wire.createTransport, policy};
  }

  protected override readonly createService: CallServiceFactory = async (host) =>
    host.options.profile === 'standard'
      ? new StandardService(host, this.#parts)
      : new DispatchService(host, this.#parts);
}

/** How the server reacts to a request; it may stay silent. */
export type Reaction = (request: ApiRequest, server: WireDispatch) => void | Promise<void>;

/**
 * A dispatch server in memory that does what a test writes down, good or bad. SIP goes over a wire; its legs are real
 * user agents with real media.
 */
export class WireDispatch {
  readonly wire: Wire;
  /** The API requests that arrived, in order. */
  readonly requests: ApiRequest[] = [];
  /** By header; requests without a reaction get code 0. */
  readonly reactions: Record<string, Reaction> = {};
  readonly #changes = new EventTarget();
  readonly #legs = new Map<string, Promise<WireUser>>();
  #sent = 0;

  constructor(users: Readonly<Record<string, string>> = {'1001': '1234', '1002': '1234'}) {
    this.wire = new Wire(users);
    this.wire.handle = ({request, reply}) => {
      if (request.method !== 'MESSAGE' || request.ruri?.user !== 'api') return false;
      reply(request.getHeader('content-type') === API_REQUEST_TYPE ? 200 : 415);
      const parsed = JSON.parse(request.body) as ApiRequest;
      this.requests.push(parsed);
      this.#changes.dispatchEvent(new Event('request'));
      const react = this.reactions[parsed.header] ?? ((asked) => this.reply(asked));
      void react(parsed, this);
      return true;
    };
  }

  /** The request of the header, once it has arrived. */
  async asked(header: string): Promise<ApiRequest> {
    for (;;) {
      const found = this.requests.find((request) => request.header === header);
      if (found) return found;
      await new Promise((resolve) => this.#changes.addEventListener('request', resolve, {once: true}));
    }
  }

  /** Replies to a request as deployed servers do: the `msgid` in the body of creating requests. */
  reply(request: ApiRequest, code: number | string = 0, body: object = {}, user = '1001'): void {
    const isNamed = CREATING_HEADERS.has(request.header) && request.header !== API_HEADER.applySpeak;
    const echo = isNamed ? {msgid: request.msgid} : {};
    this.send(JSON.stringify({header: `${request.header}.CB`, code, body: [{...echo, ...body}]}), user);
  }

  /** Reports the state of a session to its user, or to another one. */
  event(cid: string, state: number, more: object = {}, user = '1001', from = 'api'): void {
    const body = {cid, type: '12', state: String(state), direction: '1', othernum: '1002', othername: 'Bob'};
    this.send(JSON.stringify({header: API_EVENT.sessionState, body: [{...body, ...more}]}), user, from);
  }

  /** Sends any text on carrier 1. */
  send(text: string, user = '1001', from = 'api'): void {
    const number = ++this.#sent;
    this.wire.tell(
      user,
      [
        `MESSAGE sip:${user}@wire.test SIP/2.0`,
        `Via: SIP/2.0/WS wire.test;branch=z9hG4bKapi${number}`,
        'Max-Forwards: 70',
        `From: <sip:${from.includes('@') ? from : `${from}@wire.test`}>;tag=api${number}`,
        `To: <sip:${user}@wire.test>`,
        `Call-ID: api${number}@wire.test`,
        `CSeq: ${number} MESSAGE`,
        `Content-Type: ${API_REPLY_TYPE}`,
        `Content-Length: ${new TextEncoder().encode(text).length}`,
        '',
        text,
      ].join('\r\n'),
    );
  }

  /** Invites a user from a leg of the server; the leg shows up under the other party's number. */
  async invite(
    ids: string | undefined,
    {user = '1001', from = '1002', video = false} = {},
  ): Promise<SipDialog> {
    const leg = await this.leg(from);
    return leg.agent.invite(user, {audio: true, video}, {headers: ids === undefined ? [] : [`ids: ${ids}`]});
  }

  /** A registered user agent that is the server's end, or another phone. */
  async leg(user: string): Promise<WireUser> {
    let leg = this.#legs.get(user);
    if (!leg) {
      if (!this.wire.users.has(user)) this.wire.users.set(user, '');
      leg = new WireUser(this.wire, {user, password: this.wire.users.get(user)!}).begin();
      this.#legs.set(user, leg);
    }
    return leg;
  }

  /** Ends the server's legs. */
  async close(): Promise<void> {
    await Promise.all([...this.#legs.values()].map(async (leg) => (await leg).agent.disconnect()));
  }
}

/** Parses a message that the test expects to be valid. */
export function message(text: string): ApiMessage {
  const {message: found} = parseText(text);
  if (!found) throw new Error(`No API message: ${text}`);
  return found;
}
