import type {SipCall} from '../call/call.js';
import type {Directory} from '../directory/directory.js';
import type {Position} from '../directory/people.js';
import type {Capabilities} from '../types.js';
import type {TypedEventTarget} from '../util/typed-event-target.js';
import type {Alarm} from './alarm.js';

/** What alarms need of their client. */
export interface AlarmsClient extends TypedEventTarget<{
  'sip-call-received': CustomEvent<{readonly call: SipCall}>;
  'sip-call-resumed': CustomEvent<{readonly call: SipCall}>;
  'sip-position': CustomEvent<Position>;
}> {
  readonly calls: readonly SipCall[];
  readonly capabilities: Pick<Capabilities, 'directory'>;
  readonly directory: Pick<Directory, 'positions' | 'follow' | 'unfollow'>;
  readonly options: {readonly user: string};
  /** Aborted by the next `disconnect()`. */
  readonly ending: AbortSignal;
}

/** What alarms need of the account. */
export interface AlarmsOptions {
  /** The `localStorage` key of the alarms; empty if they last as long as the page. */
  readonly key: string;
  readonly client: AlarmsClient;
  readonly onChange: (alarms: readonly Alarm[]) => void;
}
