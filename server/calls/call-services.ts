import type {ApiEvents} from '../api/handlers.js';
import type {Pbx} from '../pbx/pbx.js';
import type {ServerServices} from '../services.js';
import type {LegServices} from './call-leg.js';
import type {Sessions} from './sessions.js';

/** What calls need. */
export interface CallServices
  extends
    LegServices,
    Pick<
      ServerServices,
      | 'hub'
      | 'users'
      | 'files'
      | 'inviteOrder'
      | 'pushes'
      | 'noAnswerTimeout'
      | 'askerTimeout'
      | 'floorTimeout'
      | 'floorQueue'
      | 'sessionsLimit'
    > {
  /** Sends events that are not states of a session. */
  readonly notices: ApiEvents;
  readonly sessions: Sessions;
  readonly pbx: Pbx;
}
