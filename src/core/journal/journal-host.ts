import type {AlarmAcknowledgement} from '../alarms/alarm.js';
import type {SipCall} from '../call/call.js';
import type {CallHistory} from '../history/call-history.js';
import type {SipMessage} from '../messages/message.js';
import type {ConnectionState, Party, ReceivedMessage, RegistrationState} from '../types.js';
import type {StateEventMap} from '../util/state-target.js';
import type {TypedEventTarget} from '../util/typed-event-target.js';
import type {SipErrorCode} from '../../errors.js';

/** Where a journal is stored: in the browser, in memory while the client lives, or nowhere. */
export type JournalMode = 'local' | 'memory' | 'none';

/** The events of a client that its journal notes. */
interface JournalEventMap extends StateEventMap {
  'sip-message-received': CustomEvent<{readonly message: ReceivedMessage}>;
  'sip-message-state': CustomEvent<{readonly message: SipMessage}>;
  'sip-alarm-acknowledged': CustomEvent<AlarmAcknowledgement>;
}

/** The client whose journal is written. */
export interface JournalHost extends TypedEventTarget<JournalEventMap> {
  readonly options: {readonly user: string; readonly domain: string};
  /** Undefined if neither the page nor a desk wants a journal. */
  readonly journalStorage: JournalMode | undefined;
  readonly history: CallHistory;
  readonly state: {
    readonly calls: readonly SipCall[];
    readonly connection: ConnectionState;
    readonly registration: RegistrationState;
    readonly error?: {readonly code: SipErrorCode} | undefined;
  };
  identify<T extends Party>(party: T): T & Party;
}
