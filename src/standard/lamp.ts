import type {PersonState} from '../core/directory/people.js';
import type {Log} from '../sip/log.js';
import {mediaTypeOf} from '../sip/headers/media-type.js';
import type {RunningSubscription, SubscriptionRequest} from '../sip/user-agent.js';
import {DIALOG_INFO, DialogTable} from './dialog-event.js';
import {PIDF, readPresence} from './presence-event.js';

/** What a lamp needs. */
export interface LampOptions {
  readonly number: string;
  readonly log: Log;
  subscribe(request: SubscriptionRequest): RunningSubscription;
  onChange(state: PersonState | undefined): void;
  /** The server has answered to a SUBSCRIBE of the event package with the status. */
  onAnswer(event: string, status: number): void;
}

/** How somebody is, put together from whether they are in a call (RFC 4235) and whether they are there (RFC 3856). */
export class Lamp {
  readonly #with: LampOptions;
  readonly #dialogs: DialogTable;
  #presence: PersonState | undefined;
  #state: PersonState | undefined;
  #subscriptions: readonly RunningSubscription[] = [];

  constructor(using: LampOptions) {
    this.#with = using;
    this.#dialogs = new DialogTable(using.number);
  }

  /** Undefined where nobody told. */
  get state(): PersonState | undefined {
    return this.#state;
  }

  /** Subscribes, where that is not done. @throws {SipError} `not-connected`, `invalid-number` */
  light(): void {
    if (this.#subscriptions.length) return;
    const {number} = this.#with;
    const dialog = this.#with.subscribe({
      number,
      event: 'dialog',
      patient: true,
      onAnswer: (status) => this.#with.onAnswer('dialog', status),
      accept: DIALOG_INFO,
      onDocument: (type, body) => this.#onDialogs(type, body),
      onReset: () => {
        this.#dialogs.clear();
        this.#update();
      },
    });
    const presence = this.#with.subscribe({
      number,
      event: 'presence',
      patient: true,
      onAnswer: (status) => this.#with.onAnswer('presence', status),
      accept: PIDF,
      onDocument: (type, body) => this.#onPresence(type, body),
      onReset: () => {
        this.#presence = undefined;
        this.#update();
      },
    });
    this.#subscriptions = [dialog, presence];
  }

  /** Ends the subscriptions. */
  quench(): void {
    const subscriptions = this.#subscriptions;
    this.#subscriptions = [];
    for (const subscription of subscriptions) subscription.stop();
  }

  #onDialogs(type: string, body: string): void {
    if (mediaTypeOf(type) !== DIALOG_INFO) return this.#leave(type);
    const reading = this.#dialogs.read(body);
    if (reading === 'malformed' || reading === 'outdated') return this.#leave(`${reading} ${DIALOG_INFO}`);
    if (reading === 'gap') this.#subscriptions[0]?.refresh();
    this.#update();
  }

  #onPresence(type: string, body: string): void {
    if (mediaTypeOf(type) !== PIDF) return this.#leave(type);
    const state = readPresence(body, this.#with.number);
    if (state === 'malformed') return this.#leave(`malformed ${PIDF}`);
    this.#presence = state;
    this.#update();
  }

  #leave(what: string): void {
    const {log, number} = this.#with;
    log('warning', `left a document about ${number} aside: ${what.slice(0, 80) || 'of no type'}`);
  }

  /** Who is in a call is, whatever else is told. */
  #update(): void {
    const dialogs = this.#dialogs.state;
    const state = dialogs === 'busy' || dialogs === 'ringing' ? dialogs : (this.#presence ?? dialogs);
    if (state === this.#state) return;
    this.#state = state;
    this.#with.onChange(state);
  }
}
