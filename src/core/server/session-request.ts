import type {CallMedia} from '../types.js';

/** A call of two. */
export interface SingleRequest {
  readonly kind: 'single';
  readonly number: string;
  readonly media: CallMedia;
  readonly screen?: boolean | undefined;
}

/** A session with several members, or one that plays a file. */
export interface GroupSessionRequest {
  readonly kind: 'conference' | 'broadcast' | 'temporary-intercom' | 'file';
  /** The numbers that are invited. */
  readonly members: readonly string[];
  /** The session's own number; allotted by the server where it is empty. */
  readonly number: string;
  readonly name: string;
  readonly media: CallMedia;
  readonly screen?: boolean | undefined;
  /** A file that the server plays into it. */
  readonly fileId?: string | undefined;
  /** The server's number of the type, where it is none of these (protocol page §6). */
  readonly typeNumber?: number | undefined;
}

/** The picture and sound of somebody's device. Nothing is sent to it. */
export interface MonitorRequest {
  readonly kind: 'monitor';
  readonly number: string;
  /** What the server is to make of it; the server's own choice where it is empty. */
  readonly codec: string;
}

/** The picture of a member of a running session, for some numbers. */
export interface MemberVideoRequest {
  readonly kind: 'member-video';
  readonly sid: string;
  readonly member: string;
  readonly number: string;
  readonly name: string;
  /** Who is to see it; this side where there is nobody. */
  readonly to: readonly string[];
}

/** A call of others that is gone into, listened to, or ended for one of them. */
export interface SuperviseRequest {
  readonly kind: 'barge-in' | 'listen-in' | 'remove' | 'remove-other';
  /** Whose call it is. */
  readonly number: string;
  /** The session; the only one of the number where it is empty. */
  readonly sid: string;
}

/** An intercom group, whose session begins where there is none. */
export interface IntercomRequest {
  readonly kind: 'intercom';
  readonly group: string;
  /** Asks for the floor, by which one joins as well; otherwise it is joined without speaking. */
  readonly speak: boolean;
}

/** A session as a page asks the server for it (protocol page §5). */
export type SessionRequest = (
  | SingleRequest
  | GroupSessionRequest
  | MonitorRequest
  | MemberVideoRequest
  | SuperviseRequest
  | IntercomRequest
) & {
  /** Gives it up before it has a name; one that has a name is hung up. */
  readonly signal?: AbortSignal | undefined;
  /** What of the request's body goes to the server as a page wrote it. */
  readonly written?: Readonly<Record<string, unknown>> | undefined;
};

/** What a session goes by before the server names it. */
export function numberOf(request: SessionRequest): string {
  return request.kind === 'intercom' ? request.group : request.number;
}
