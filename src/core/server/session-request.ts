import type {CallMedia} from '../types.js';

/** A call of two. */
export interface SingleRequest {
  readonly kind: 'single';
  readonly number: string;
  readonly media: CallMedia;
  readonly screen?: boolean | undefined;
  /** Whether this side invites the number; otherwise the server places the call. */
  readonly direct?: boolean | undefined;
}

/** A session with several members, or one that plays a file. */
export interface GroupSessionRequest {
  readonly kind: 'conference' | 'broadcast' | 'temporary-intercom' | 'file';
  /** The numbers that are invited. */
  readonly members: readonly string[];
  /** The number of the session; assigned by the server if empty. */
  readonly number: string;
  readonly name: string;
  readonly media: CallMedia;
  readonly screen?: boolean | undefined;
  /** The id of a file that the server plays into the session. */
  readonly fileId?: string | undefined;
  /** The server's number of the type, if it is none of these (docs/protocol/numbers.md#call-types). */
  readonly typeNumber?: number | undefined;
}

/** The video and audio of a device. Nothing is sent to it. */
export interface MonitorRequest {
  readonly kind: 'monitor';
  readonly number: string;
  /** The codec that the server transcodes to; its own choice if empty. */
  readonly codec: string;
}

/** The video of a member of a running session, for some numbers. */
export interface MemberVideoRequest {
  readonly kind: 'member-video';
  readonly sid: string;
  readonly member: string;
  readonly number: string;
  readonly name: string;
  /** The viewers; this side if empty. */
  readonly to: readonly string[];
}

/** A call of others that this side barges into, listens to, or ends for one party. */
export interface SuperviseRequest {
  readonly kind: 'barge-in' | 'listen-in' | 'remove' | 'remove-other';
  /** A party of the call. */
  readonly number: string;
  /** The session; if empty, the only one of the number. */
  readonly sid: string;
}

/** An intercom group; its session is started if there is none. */
export interface IntercomRequest {
  readonly kind: 'intercom';
  readonly group: string;
  /** Whether to join by requesting the floor; otherwise the group is joined without speaking. */
  readonly speak: boolean;
}

/** A session that a page requests from the server (docs/protocol/calls.md#beginning). */
export type SessionRequest = (
  | SingleRequest
  | GroupSessionRequest
  | MonitorRequest
  | MemberVideoRequest
  | SuperviseRequest
  | IntercomRequest
) & {
  /** Aborts the session before it has a name; one that has a name is hung up. */
  readonly signal?: AbortSignal | undefined;
  /** The part of the request's body that is sent to the server as the page wrote it. */
  readonly written?: Readonly<Record<string, unknown>> | undefined;
};

/** Returns the number of a session before the server names it. */
export function numberOf(request: SessionRequest): string {
  return request.kind === 'intercom' ? request.group : request.number;
}
