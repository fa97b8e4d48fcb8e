import type {SipCall} from '../call/call.js';
import type {Directory} from '../directory/directory.js';
import type {Position} from '../directory/people.js';
import type {Capabilities} from '../types.js';
import type {TypedEventTarget} from '../util/typed-event-target.js';
import type {Alarm, AlarmAcknowledgement} from './alarm.js';
import type {AlarmKeeper} from './alarm-keeper.js';

/** What alarms need of their client. */
export interface AlarmsClient extends TypedEventTarget<{
  'sip-call-resumed': CustomEvent<{readonly call: SipCall}>;
  'sip-position': CustomEvent<Position>;
}> {
  readonly calls: readonly SipCall[];
  readonly capabilities: Pick<Capabilities, 'directory'>;
  readonly directory: Pick<Directory, 'positions' | 'follow' | 'unfollow'>;
}

/** What alarms need of the account. */
export interface AlarmsOptions {
  /** The `localStorage` key of the alarms; empty if they last as long as the page. */
  readonly key: string;
  /** The number of the user, who acknowledges alarms. */
  readonly user: string;
  readonly client: AlarmsClient;
  readonly onChange: (alarms: readonly Alarm[]) => void;
  /** Called if the code of alarms cannot be loaded. */
  readonly onError: (error: unknown) => void;
  readonly onAcknowledge: (acknowledgement: AlarmAcknowledgement) => void;
}

/** The alarms of a client. Their code is loaded by the first one, or by what shows them. */
export class Alarms {
  readonly #options: AlarmsOptions;
  #keeper: Promise<AlarmKeeper> | undefined;

  constructor(options: AlarmsOptions) {
    this.#options = options;
  }

  /** Returns what keeps the alarms. If loading fails, the next call tries again. */
  async load(): Promise<AlarmKeeper> {
    return (this.#keeper ??= import('./alarm-keeper.js').then(
      ({AlarmKeeper}) => new AlarmKeeper(this.#options),
      (error: unknown) => {
        this.#keeper = undefined;
        throw error;
      },
    ));
  }

  /** Makes an incoming SOS call an alarm. */
  add(call: SipCall): void {
    this.load().then((keeper) => keeper.add(call), this.#options.onError);
  }

  /** Takes over what an earlier page of the account has left. */
  resume(): void {
    let left = this.#keeper !== undefined;
    try {
      left ||= localStorage.getItem(this.#options.key) !== null;
    } catch {
      // Then nothing is stored either.
    }
    if (left) this.load().catch(() => {});
  }

  /** Erases all alarms. */
  async end(): Promise<void> {
    const keeper = this.#keeper;
    this.#keeper = undefined;
    await keeper?.then((loaded) => loaded.end()).catch(() => {});
    try {
      localStorage.removeItem(this.#options.key);
    } catch {
      // Then nothing is stored either.
    }
  }
}
