import type {URI} from 'sip.js/lib/core/index.js';
import type {OutgoingInvite, OutgoingInviteHandlers, OutgoingInviteOptions} from './outgoing-invite.js';

/** A call that the server made over a {@link Line}. */
export type OutgoingCall = Pick<OutgoingInvite, 'end' | 'isMeantBy' | 'introduce' | 'reinvite' | 'info'>;

/** The way to a binding: a client's connection, or a device of the server itself. */
export interface Line {
  /** Aborted when it closes. */
  readonly closed: AbortSignal;
  /** Aborted when the connection that carries its calls at this moment closes; undefined if nothing else ever does. */
  readonly line?: AbortSignal;
  /**
   * Invites a user.
   *
   * @param to - The user, and the binding to use; by default the user's newest one over this line.
   * @throws TypeError if the user has no binding here.
   */
  invite(
    to: {readonly user: string; readonly contact?: Binding},
    options: OutgoingInviteOptions,
    handlers: OutgoingInviteHandlers,
  ): OutgoingCall;
  /**
   * Sends MESSAGE.
   *
   * @param from - The sender's number, or its number and name.
   * @param extraHeaders - Whole lines, without their ends.
   * @returns The status of the answer; 408 if there was none, or the line closed.
   */
  message(
    to: Recipient,
    from: string | {readonly number: string; readonly name: string},
    content: string,
    contentType: string,
    extraHeaders?: readonly string[],
  ): Promise<number>;
}

/** Where a registered user can be reached: one Contact on one WebSocket (RFC 3261 §10). */
export interface Binding {
  readonly user: string;
  /**
   * The registered Contact's address as text; the request URI of everything sent to it
   * (docs/protocol/clients.md#invites).
   */
  readonly contact: string;
  readonly uri: URI;
  readonly connection: Line;
  /** The Contact's `+sip.instance` without brackets and quotes, if it has one (RFC 5626 §4.1). */
  readonly instance: string | undefined;
  /** The Contact's `reg-id`, if it has one (RFC 5626 §4.2). */
  readonly regId: string | undefined;
  /** The host of the address of record, as this client writes it. */
  readonly domain: string;
  /** The content types in `Accept` of its REGISTER, in lower case (docs/protocol/clients.md#messages). */
  readonly accept: readonly string[];
  /** When it was registered or refreshed last, in milliseconds since the epoch. */
  readonly refreshedAt: number;
  /** The granted lifetime, in seconds. */
  readonly expires: number;
}

/** The recipient of a MESSAGE: a binding, or a user on the socket that they sent a request from. */
export type Recipient = Pick<Binding, 'user' | 'uri' | 'domain'>;

/** Why a binding ended. */
export type BindingEnd = 'unregistered' | 'expired' | 'closed' | 'replaced';

/** Whether two registrations seem to be of one client: it has the same instance, or the same Contact. */
export function isSameClient(one: Binding, other: Binding): boolean {
  if (one.instance !== undefined && other.instance !== undefined) return one.instance === other.instance;
  return one.contact === other.contact;
}
