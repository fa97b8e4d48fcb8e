import type {ApiEvents} from '../api/handlers.js';
import type {MediaServer} from '../media/index.js';
import type {ServerServices} from '../services.js';
import type {CallLeg} from './call-leg.js';
import type {SessionEvents} from './session-events.js';
import type {Sessions} from './sessions.js';

/** What calls are made with. */
export interface CallServices extends Pick<
  ServerServices,
  'hub' | 'users' | 'files' | 'log' | 'inviteOrder' | 'noAnswerTimeout' | 'floorTimeout' | 'floorQueue'
> {
  readonly media: MediaServer;
  readonly events: SessionEvents;
  /** Tells what is no state of a session. */
  readonly notices: ApiEvents;
  readonly sessions: Sessions;
  /** The legs that are not yet released. */
  readonly legs: Set<CallLeg>;
}
