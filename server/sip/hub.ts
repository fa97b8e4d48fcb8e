import type {
  IncomingMessageRequest,
  IncomingRequest,
  IncomingRequestMessage,
  IncomingSubscribeRequest,
  UserAgentCoreDelegate,
} from 'sip.js/lib/core/index.js';
import type {WebSocket} from 'ws';
import type {Attempts} from '../attempts.js';
import type {Log} from '../log.js';
import type {Origin} from '../origin.js';
import {contentTypeOf} from './passed-on.js';
import type {Tokens} from './tokens.js';
import type {Users} from '../users.js';
import {Authorization} from './authorization.js';
import type {Binding, BindingEnd} from './binding.js';
import {CallKeeper} from './call-keeper.js';
import {SipConnection, WILDCARD_HEADER} from './connection.js';
import {Digest} from './digest.js';
import {IncomingInvite} from './incoming-invite.js';
import {Subscription, type SubscriptionAsked} from './subscription.js';
import {Registrar} from './registrar.js';
import {userOf} from './uri.js';

/** A MESSAGE outside dialogs with an authenticated sender; it must be answered once. */
export interface IncomingMessage {
  readonly from: string;
  readonly fromName: string;
  readonly to: string;
  readonly content: string;
  /** The Content-Type on one line, including parameters. */
  readonly contentType: string;
  /** Answers it: 200, 202, or a refusal. */
  answer(status: number): void;
}

/** What a hub needs. */
export interface HubOptions {
  readonly users: Users;
  /** The wrong passwords of all users. */
  readonly attempts: Attempts;
  readonly tokens: Tokens;
  readonly log: Log;
  /** Seconds between a binding's expiry and its end. */
  readonly grace: number;
  /** How long answered calls wait for a client whose connection has closed, in milliseconds. */
  readonly returnTimeout: number;
  /** How long a challenge may be answered, in milliseconds; a day by default. */
  readonly nonceLifetime?: number;
}

/** All SIP connections of the server, and the registrations of users. */
export class SipHub {
  /** Handles the INVITEs that clients send to numbers; each must be answered. Refuses with 480 by default. */
  onInvite: (connection: SipConnection, incoming: IncomingInvite) => void = (_, incoming) =>
    incoming.reject(480);
  /** Handles the MESSAGEs that clients send to numbers and to the API. */
  onMessage: (connection: SipConnection, message: IncomingMessage) => void = (_, message) =>
    message.answer(480);
  /** The event packages that clients may subscribe to, in lower case. Others are refused with 489. */
  events: readonly string[] = [];
  /** Returns what takes a client's subscription, or the status that refuses it. */
  onSubscribe: (asked: SubscriptionAsked) => ((subscription: Subscription) => void) | number = () => 404;
  /** Returns the media types that are accepted for a number; none if the server does not say. */
  acceptedBy: (user: string) => readonly string[] = () => [];
  /**
   * Notes what an authorized REGISTER says of pushes. Returns the headers of its answer, or the status that refuses it.
   *
   * @param removesAll - Whether it ends all registrations of the user.
   */
  onPushes: (
    message: IncomingRequestMessage,
    user: string,
    removesAll: boolean,
  ) => readonly string[] | number = () => [];
  /** Returns a device of the server that represents a number while no client is registered with it. */
  deviceOf: (user: string) => Binding | undefined = () => undefined;
  readonly connections: ReadonlySet<SipConnection>;
  readonly #connections = new Set<SipConnection>();
  readonly #bound = new Set<(binding: Binding, isNew: boolean) => void>();
  readonly #gone = new Set<(binding: Binding, why: BindingEnd) => void>();
  readonly #registrar: Registrar;
  readonly #authorization: Authorization;
  readonly #keeper: CallKeeper;
  readonly #options: HubOptions;

  constructor(options: HubOptions) {
    this.#options = options;
    this.connections = this.#connections;
    this.#authorization = new Authorization(
      options.users,
      new Digest('dispatch', options.nonceLifetime),
      options.attempts,
      options.tokens,
    );
    this.#keeper = new CallKeeper(options.returnTimeout);
    this.#registrar = new Registrar(
      {
        onBound: (binding, isNew) => this.#bound.forEach((listener) => listener(binding, isNew)),
        onGone: (binding, why) => this.#gone.forEach((listener) => listener(binding, why)),
      },
      options.grace,
    );
  }

  /**
   * Accepts a SIP WebSocket.
   *
   * @param remote - The client's address.
   */
  accept(socket: WebSocket, origin: Origin, remote: string): SipConnection {
    const connection = new SipConnection(socket, {
      origin,
      remote,
      log: this.#options.log,
      user: (of) => this.#userOf(of),
      onOptions: (request) => this.#describe(connection, request),
      bindingOn: (of, user) => this.bindingOn(of, user),
      ownerOf: (message, from) => this.#keeper.ownerOf(message, from),
      delegate: (of) => this.#delegate(of),
    });
    this.#connections.add(connection);
    connection.closed.addEventListener(
      'abort',
      () => {
        this.#connections.delete(connection);
        this.#registrar.drop(connection, 'closed');
        this.#keeper.lost(connection);
      },
      {once: true},
    );
    return connection;
  }

  /** Returns a user's bindings in the order of their creation; without any, the server's own device. */
  bindings(user: string): Binding[] {
    const registered = this.#registrar.bindings(user);
    const device = registered.length === 0 ? this.deviceOf(user) : undefined;
    return device ? [device] : registered;
  }

  /** Returns a user's newest binding. */
  newest(user: string): Binding | undefined {
    return this.bindings(user).at(-1);
  }

  /** Returns a user's newest binding on a connection. */
  bindingOn(connection: SipConnection, user: string): Binding | undefined {
    return this.bindings(user).findLast((binding) => binding.connection === connection);
  }

  /** The numbers of open dialogs and transactions. */
  get pending(): {readonly dialogs: number; readonly transactions: number} {
    const all = [...this.#connections, ...this.#keeper.kept].map(({pending}) => pending);
    return {
      dialogs: all.reduce((sum, {dialogs}) => sum + dialogs, 0),
      transactions: all.reduce((sum, {transactions}) => sum + transactions, 0),
    };
  }

  /** Gives up the calls that wait for their clients, and keeps no more. */
  close(): void {
    this.#keeper.close();
  }

  /** The number of bindings. */
  get size(): number {
    return this.#registrar.size;
  }

  /** Notifies of created and refreshed bindings. Returns a function that stops it. */
  onBindingMade(listener: (binding: Binding, isNew: boolean) => void): () => void {
    this.#bound.add(listener);
    return () => this.#bound.delete(listener);
  }

  /** Notifies of ended bindings, including those whose socket closed. Returns a function that stops it. */
  onBindingGone(listener: (binding: Binding, why: BindingEnd) => void): () => void {
    this.#gone.add(listener);
    return () => this.#gone.delete(listener);
  }

  #userOf(connection: SipConnection): string | undefined {
    return this.#registrar.userOf(connection);
  }

  #delegate(connection: SipConnection): UserAgentCoreDelegate {
    return {
      onRegister: (request) => this.#register(connection, request),
      onInvite: (request) => {
        if (this.#authorization.asking(connection, request) === undefined) return;
        if (!request.message.body) return void request.reject({statusCode: 488});
        this.onInvite(connection, new IncomingInvite(request, connection.surroundings));
      },
      onSubscribe: (request) => {
        if (this.#authorization.asking(connection, request) === undefined) return;
        this.#subscribe(connection, request);
      },
      onMessage: (request) => {
        if (this.#authorization.asking(connection, request) === undefined) return;
        this.onMessage(connection, received(connection, request));
      },
    };
  }

  /** Says what is accepted for a number. */
  #describe(connection: SipConnection, request: IncomingRequest): void {
    if (this.#authorization.asking(connection, request) === undefined) return;
    const accepted = this.acceptedBy(userOf(request.message.ruri!));
    request.accept({
      statusCode: 200,
      extraHeaders: accepted.length ? [`Accept: ${accepted.join(', ')}`] : [],
    });
  }

  #subscribe(connection: SipConnection, request: IncomingSubscribeRequest): void {
    const asked = Subscription.read(request);
    if (!this.events.includes(asked.event)) {
      const extraHeaders = this.events.length ? [`Allow-Events: ${this.events.join(', ')}`] : [];
      return void request.reject({statusCode: 489, extraHeaders});
    }
    if (!Subscription.isReachable(request)) return void request.reject({statusCode: 400});
    const taken = this.onSubscribe(asked);
    if (typeof taken === 'number') return void request.reject({statusCode: taken});
    taken(connection.subscribed(request));
  }

  #register(connection: SipConnection, request: IncomingRequest): void {
    const user = this.#authorization.registering(connection, request);
    if (user === undefined) return;
    // A socket carries one user: a new user's REGISTER replaces the earlier user.
    if (connection.user !== undefined && connection.user !== user) {
      connection.endSubscriptions();
      this.#registrar.drop(connection, 'replaced');
    }
    const pushes = this.onPushes(request.message, user, request.message.hasHeader(WILDCARD_HEADER));
    if (typeof pushes === 'number') return void request.reject({statusCode: pushes});
    const {status, contacts} = this.#registrar.register(request.message, user, connection);
    const extraHeaders = [
      ...pushes,
      ...contacts.map((contact) => `Contact: ${contact}`),
      `Date: ${new Date().toUTCString()}`,
    ];
    if (status !== 200) return void request.reject({statusCode: status});
    request.accept({statusCode: 200, extraHeaders});
    const binding = this.bindingOn(connection, user);
    if (binding) this.#keeper.registered(connection, binding, this.#connections);
  }
}

function received(connection: SipConnection, request: IncomingMessageRequest): IncomingMessage {
  const {message} = request;
  return {
    from: userOf(message.from.uri),
    fromName: message.from.displayName,
    to: message.ruri ? userOf(message.ruri) : '',
    content: message.body,
    contentType: contentTypeOf(message) ?? 'text/plain',
    answer: (statusCode) => {
      // The sender's socket may have closed by the time the message was delivered.
      if (connection.closed.aborted) return;
      if (statusCode < 300) request.accept({statusCode});
      else request.reject({statusCode});
    },
  };
}
