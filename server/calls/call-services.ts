import type {ApiEvents} from '../api/handlers.js';
import type {ServerServices} from '../services.js';
import type {LegServices} from './call-leg.js';
import type {Sessions} from './sessions.js';

/** What calls are made with. */
export interface CallServices
  extends
    LegServices,
    Pick<
      ServerServices,
      'hub' | 'users' | 'files' | 'inviteOrder' | 'noAnswerTimeout' | 'floorTimeout' | 'floorQueue'
    > {
  /** Tells what is no state of a session. */
  readonly notices: ApiEvents;
  readonly sessions: Sessions;
}
