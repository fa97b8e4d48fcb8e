import type {ApiEvents} from './api/handlers.js';
import type {Log} from './log.js';
import type {Pushes} from './push/pushes.js';
import type {FoundFile, StoredFile} from './uploads/index.js';
import type {SipHub} from './sip/index.js';
import type {Users} from './users.js';

/**
 * Whether the asker gets the reply or the INVITE first; tests force each (docs/protocol/calls.md#order,
 * docs/protocol/clients.md#order).
 */
export type InviteOrder = 'reply-first' | 'invite-first';

/** What the parts of the server share. */
export interface ServerServices {
  readonly hub: SipHub;
  readonly users: Users;
  /** The uploaded files and the samples. */
  readonly files: {
    find(id: string): Promise<FoundFile | undefined>;
    /** Returns those that can be played, the newest first. */
    list(): Promise<readonly StoredFile[]>;
  };
  readonly events: ApiEvents;
  /** Wakes the closed pages of users. */
  readonly pushes: Pushes;
  readonly log: Log;
  readonly inviteOrder: InviteOrder;
  /** How long a callee may ring, in milliseconds (docs/protocol/calls.md#refusals: 30 s). */
  readonly noAnswerTimeout: number;
  /** How long a user may take to answer the INVITE of a session that they asked for, in milliseconds. */
  readonly askerTimeout: number;
  /** How long a call to the echo may last, in milliseconds. */
  readonly echoTimeout: number;
  /** The most open sessions that a user may have asked for. */
  readonly sessionsLimit: number;
  /** How long a speaker may have the floor of an intercom, in milliseconds. */
  readonly floorTimeout: number;
  /** How many users other than dispatchers may wait for the floor. */
  readonly floorQueue: number;
  /** The address that the server listens on, which determines the media addresses; undefined for loopback only. */
  readonly host: string | undefined;
}

/** A part of the server that can be closed and counted. */
export interface ServerPart {
  /** Ends everything in progress; resolves when that is done. */
  close(): Promise<void>;
  /** Returns the numbers of open resources, by name. */
  stats(): Readonly<Record<string, number>>;
}
