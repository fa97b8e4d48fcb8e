import type {Binding} from '../sip/index.js';

/** A request of the JSON API with an authenticated sender (docs/protocol/envelope.md). */
export interface ApiRequest {
  readonly header: string;
  readonly msgid: string | number | undefined;
  /** Empty if the request had none. Its content has not been checked. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** A handler's answer. The envelope and the echoes of `msgid` are added automatically. */
export interface ApiReply {
  /** One of the codes of docs/protocol/numbers.md#codes; 0 is success. */
  readonly code: number;
  /** `body[0]`, or the whole array. One empty object if omitted. */
  readonly body?: Readonly<Record<string, unknown>> | readonly Readonly<Record<string, unknown>>[];
  /** False omits `msgid` from `body[0]` of the reply to a creating request (docs/protocol/clients.md#the-floor). */
  readonly echo?: boolean;
}

/** The sender of a request and its carrier. */
export interface ApiContext {
  /** The number of the authenticated user. */
  readonly user: string;
  /** 1: SIP MESSAGE. 2: WebSocket. */
  readonly carrier: 1 | 2;
  /**
   * The registration to invite the user on (docs/protocol/calls.md#who-is-invited): on carrier 1, that of the socket of
   * the request; on carrier 2, the one that the login named, or the user's newest. Undefined if there is none.
   */
  readonly binding: Binding | undefined;
  /**
   * Sends the reply before the handler is done, once; a later result of the handler is ignored.
   *
   * Resolves when the reply was delivered: on carrier 1, when the client has answered the MESSAGE; on carrier 2, when
   * it was written to the socket, which implies no order on the client's other socket (docs/protocol/clients.md#order).
   */
  reply(reply: ApiReply): Promise<void>;
}

/** Executes one kind of request. If it throws, the answer is 1108 (operation failed). */
export type ApiHandler = (
  request: ApiRequest,
  context: ApiContext,
) => ApiReply | undefined | Promise<ApiReply | undefined>;

/**
 * The handlers by header. A request without a handler is answered with 1108 or 1008 (docs/protocol/clients.md#replies).
 */
export type ApiHandlers = Map<string, ApiHandler>;

/**
 * Sends events (docs/protocol/envelope.md#events, docs/protocol/calls.md#events).
 *
 * Each registration concerned gets an event exactly once: over carrier 2 if the registration has a login there,
 * otherwise over carrier 1 (docs/protocol/clients.md#messages).
 */
export interface ApiEvents {
  /**
   * @param target - A number, for all of its registrations, or one registration.
   * @returns Resolves when the event was delivered everywhere; with true if at least one client accepted it.
   */
  sendEvent(
    target: string | Binding,
    header: string,
    body: Readonly<Record<string, unknown>>,
  ): Promise<boolean>;
}
