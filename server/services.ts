import type {ApiEvents} from './api/handlers.js';
import type {Log} from './log.js';
import type {FoundFile} from './uploads/index.js';
import type {SipHub} from './sip/index.js';
import type {Users} from './users.js';

/** Which of reply and INVITE comes first to the asker; tests force each (protocol page §4.3, §8.2). */
export type InviteOrder = 'reply-first' | 'invite-first';

/** What the parts of the server share. */
export interface ServerServices {
  readonly hub: SipHub;
  readonly users: Users;
  /** The files that were uploaded, and the samples. */
  readonly files: {find(id: string): Promise<FoundFile | undefined>};
  readonly events: ApiEvents;
  readonly log: Log;
  readonly inviteOrder: InviteOrder;
  /** How long a callee may ring, in milliseconds (protocol page §4: 30 s). */
  readonly noAnswerTimeout: number;
  /** How long one may have the floor of an intercom, in milliseconds. */
  readonly floorTimeout: number;
  /** How many who are no dispatchers may wait for it. */
  readonly floorQueue: number;
  /** What the server listens on, from which the addresses for media follow; undefined for loopback alone. */
  readonly host: string | undefined;
}

/** A part of the server that has something to end and to count. */
export interface ServerPart {
  /** Ends what is going on; resolves when nothing is left. */
  close(): Promise<void>;
  /** What is open, by name. */
  stats(): Readonly<Record<string, number>>;
}
