import {
  EmitterImpl,
  Registerer,
  SIPExtension,
  TransportState,
  UserAgent,
  type Web,
  type Invitation,
  type Session,
  type Transport,
} from 'sip.js';
import {resolveOptions, type SipClientOptions} from '../../../src/core/client/options.js';
import type {ConnectionState, RegistrationState} from '../../../src/core/types.js';
import type {SipError} from '../../../src/errors.js';
import {backoff} from '../../../src/core/util/reconnect-policy.js';
import {
  SipUserAgent,
  type IncomingMessage,
  type IncomingReferral,
  type SipDialog,
  type UserAgentParts,
} from '../../../src/sip/user-agent.js';
import type {Listener} from '../in-page/facts.js';
import type {Wire, WireTransport} from './wire.js';

/** A user agent on the wire, with all its events. */
export class WireUser {
  readonly name: string;
  readonly agent: SipUserAgent;
  readonly connection: [ConnectionState, string | undefined][] = [];
  readonly registration: [RegistrationState, string | undefined][] = [];
  readonly messages: IncomingMessage[] = [];
  /** Settles when messages are stored. */
  storing: Promise<void> = Promise.resolve();
  readonly dialogs: SipDialog[] = [];
  /** The transfers that the user has accepted. */
  readonly referrals: {readonly dialog: SipDialog; readonly referral: IncomingReferral}[] = [];
  readonly #changes = new EventTarget();

  constructor(wire: Wire, options: Partial<SipClientOptions> & {user: string}, parts: UserAgentParts = {}) {
    this.name = options.user;
    this.agent = new SipUserAgent(
      resolveOptions({server: 'ws://wire.test/sip', ...options}),
      {
        onConnection: (state, error) => this.#note(this.connection, [state, codeOf(error)]),
        onRegistration: (state, error) => this.#note(this.registration, [state, codeOf(error)]),
        onInvite: (dialog) => this.#note(this.dialogs, dialog),
        onMessage: async (message) => {
          this.#note(this.messages, message);
          await this.storing;
        },
        onReferral: (dialog, referral) => this.#note(this.referrals, {dialog, referral}),
      },
      {createTransport: wire.createTransport, policy: backoff({first: 10, longest: 50}), ...parts},
    );
  }

  /** Connects and registers. */
  async begin(): Promise<this> {
    await this.agent.connect();
    await this.agent.register(60);
    return this;
  }

  /** Resolves once the user's events make the condition true. */
  async knows(fact: () => boolean): Promise<void> {
    while (!fact())
      await new Promise((resolve) => this.#changes.addEventListener('note', resolve, {once: true}));
  }

  /** The next dialog that arrives, or arrived and was not asked for yet. */
  async rings(): Promise<SipDialog> {
    await this.knows(() => this.dialogs.length > 0);
    return this.dialogs.shift()!;
  }

  #note<T>(list: T[], entry: T): void {
    list.push(entry);
    this.#changes.dispatchEvent(new Event('note'));
  }
}

function codeOf(error: SipError | undefined): string | undefined {
  return error?.code;
}

/**
 * A user agent of plain sip.js with its own media: a far end that is independent of our code.
 *
 * @param replaces - Whether it supports `Replaces` (RFC 3891).
 */
export async function plainUser(
  wire: Wire,
  user: string,
  onInvite: (invitation: Invitation) => void = () => {},
  replaces = false,
): Promise<UserAgent> {
  const agent = new UserAgent({
    uri: UserAgent.makeURI(`sip:${user}@wire.test`)!,
    logBuiltinEnabled: false,
    sipExtensionReplaces: replaces ? SIPExtension.Supported : SIPExtension.Unsupported,
    transportConstructor: class extends PlainTransport {
      constructor() {
        super(wire.createTransport('') as WireTransport);
      }
    },
    sessionDescriptionHandlerFactoryOptions: {
      iceGatheringTimeout: 500,
      peerConnectionConfiguration: {iceServers: []},
    } satisfies Web.SessionDescriptionHandlerFactoryOptions,
    delegate: {onInvite},
  });
  await agent.start();
  const registerer = new Registerer(agent);
  await new Promise<void>((resolve) => {
    registerer.stateChange.addListener(() => resolve());
    void registerer.register();
  });
  return agent;
}

/** The media of a session of sip.js's own, to be listened to like a dialog's. */
export function plainMedia(session: Session): Listener & {readonly connection: RTCPeerConnection} {
  const handler = session.sessionDescriptionHandler as Web.SessionDescriptionHandler;
  return {
    remoteStream: handler.remoteMediaStream,
    connection: handler.peerConnection!,
    statistics: () => handler.peerConnection!.getStats(),
  };
}

/** Sends a re-INVITE; resolves with the status of its final response. */
export async function plainOffer(session: Session, options: object): Promise<number> {
  return new Promise((resolve, reject) => {
    session
      .invite({
        sessionDescriptionHandlerOptions: options,
        requestDelegate: {
          onAccept: () => resolve(200),
          onReject: ({message}) => resolve(message.statusCode ?? 0),
        },
      })
      .catch(reject);
  });
}

class PlainTransport implements Transport {
  readonly protocol = 'WS';
  readonly stateChange = new EmitterImpl<TransportState>();
  onConnect: (() => void) | undefined;
  onDisconnect: ((error?: Error) => void) | undefined;
  onMessage: ((message: string) => void) | undefined;
  state = TransportState.Disconnected;
  readonly #end: WireTransport;

  constructor(end: WireTransport) {
    this.#end = end;
  }

  async connect(): Promise<void> {
    this.#end.onmessage = (message) => this.onMessage?.(message);
    await this.#end.connect();
    this.state = TransportState.Connected;
    this.onConnect?.();
  }

  async disconnect(): Promise<void> {
    this.state = TransportState.Disconnected;
    await this.#end.disconnect();
  }

  dispose(): Promise<void> {
    return this.disconnect();
  }

  isConnected(): boolean {
    return this.state === TransportState.Connected;
  }

  send(message: string): Promise<void> {
    return this.#end.send(message);
  }
}
