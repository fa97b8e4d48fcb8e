import {SipError} from '../../errors.js';
import {isStored, removeStored} from '../util/stored.js';
import type {AlarmKeeper} from './alarm-keeper.js';
import type {AlarmsOptions} from './alarms-options.js';

/**
 * The SOS calls that no one has acknowledged yet, also after they were answered or have ended; `client.state.alarms` lists
 * them. Their code is loaded by the first one.
 */
export class Alarms {
  readonly #options: AlarmsOptions;
  #keeper: AlarmKeeper | undefined;

  /** @internal Created by its client. */
  constructor(options: AlarmsOptions) {
    this.#options = options;
    options.client.addEventListener('sip-call-received', ({detail: {call}}) => {
      // Without the code, an SOS is a call like others.
      if (call.type === 'sos')
        this.load().then(
          (keeper) => keeper.add(call),
          () => {},
        );
    });
  }

  /**
   * Acknowledges an alarm, which the client's `sip-alarm-acknowledged` reports. Does nothing if that was done before.
   *
   * ```ts
   * await client.alarms.acknowledge(client.state.alarms[0].id);
   * ```
   */
  async acknowledge(id: string): Promise<void> {
    (await this.load()).acknowledge(id);
  }

  /** @internal Loads what keeps the alarms, and learns of those of other tabs from then on. */
  async load(): Promise<AlarmKeeper> {
    const {ending} = this.#options.client;
    const {AlarmKeeper} = await import('./alarm-keeper.js');
    // The user has signed out meanwhile.
    if (ending.aborted) throw new SipError('aborted', {subject: 'alarms'});
    return (this.#keeper ??= new AlarmKeeper(this.#options));
  }

  /** @internal Takes over what an earlier page of the account has left, if anything. */
  async resume(): Promise<AlarmKeeper | undefined> {
    try {
      if (this.#keeper || isStored(this.#options.key)) return await this.load();
    } catch {
      // Nothing is stored, or the next registration tries again.
    }
    return undefined;
  }

  /** @internal Erases all alarms. */
  end(): void {
    this.#keeper?.end();
    this.#keeper = undefined;
    removeStored(this.#options.key);
  }
}
