import type {Binding} from '../sip/index.js';

/** A request of the JSON API whose sender is known (protocol page §2, §5). */
export interface ApiRequest {
  readonly header: string;
  readonly msgid: string | number | undefined;
  /** Empty where the request had none. Nothing in it has been checked. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** What a handler answers. The envelope, and the echoes of `msgid`, are added for it. */
export interface ApiReply {
  /** One of the codes of §7; 0 is success. */
  readonly code: number;
  /** `body[0]`, or the whole array. One empty object where it is absent. */
  readonly body?: Readonly<Record<string, unknown>> | readonly Readonly<Record<string, unknown>>[];
  /** False keeps `msgid` out of `body[0]` of the reply to a creating request (§8.8). */
  readonly echo?: boolean;
}

/** Who asks, and how. */
export interface ApiContext {
  /** Number of the authenticated user. */
  readonly user: string;
  /** 1: SIP MESSAGE. 2: WebSocket. */
  readonly carrier: 1 | 2;
  /**
   * The registration to invite him on (§4, "Who is invited where"): carrier 1, that of the socket he asked from;
   * carrier 2, the one that its login named, or his newest. Undefined where he has none.
   */
  readonly binding: Binding | undefined;
  /**
   * Sends the reply before the handler is done, once; a later result of the handler is ignored.
   *
   * Resolves when it was handed over: carrier 1, when the client has answered the MESSAGE; carrier 2, when it was
   * written to the socket, which says nothing of the order on the client's other socket (§8.2).
   */
  reply(reply: ApiReply): Promise<void>;
}

/** Does what one kind of request asks. What it throws is answered with 1108 (operation failed). */
export type ApiHandler = (
  request: ApiRequest,
  context: ApiContext,
) => ApiReply | undefined | Promise<ApiReply | undefined>;

/** Who answers which header. A request without a handler is answered with 1108 or 1008 (§8.19). */
export type ApiHandlers = Map<string, ApiHandler>;

/**
 * Sends events (§2, §4.5).
 *
 * An event goes to each registration of those concerned exactly once: over carrier 2 where that registration has a
 * login there, otherwise over carrier 1 (§8.12).
 */
export interface ApiEvents {
  /**
   * @param target - A number, for all of its registrations, or one registration.
   * @returns When it was handed over everywhere; true where at least one client took it.
   */
  sendEvent(
    target: string | Binding,
    header: string,
    body: Readonly<Record<string, unknown>>,
  ): Promise<boolean>;
}
