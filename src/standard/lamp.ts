import type {PersonState} from '../core/directory/people.js';
import type {Log} from '../sip/log.js';
import {mediaTypeOf} from '../sip/headers/media-type.js';
import type {RunningSubscription, SubscriptionRequest} from '../sip/user-agent.js';
import {DIALOG_INFO, DialogTable} from './dialog-event.js';
import {PIDF, readPresence} from './presence-event.js';

/** Options of a lamp. */
export interface LampOptions {
  readonly number: string;
  readonly log: Log;
  subscribe(request: SubscriptionRequest): RunningSubscription;
  onChange(state: PersonState | undefined): void;
  /** The server has answered a SUBSCRIBE for the event package with the status. */
  onAnswer(event: string, status: number): void;
}

/** The state of a person, combined from their dialogs (RFC 4235) and their presence (RFC 3856). */
export class Lamp {
  readonly #options: LampOptions;
  readonly #dialogs: DialogTable;
  #presence: PersonState | undefined;
  #state: PersonState | undefined;
  #subscriptions: readonly RunningSubscription[] = [];

  constructor(options: LampOptions) {
    this.#options = options;
    this.#dialogs = new DialogTable(options.number);
  }

  /** Undefined if unknown. */
  get state(): PersonState | undefined {
    return this.#state;
  }

  /** The dialogs of the number, as RFC 4235 writes them. */
  get dialogs(): readonly Element[] {
    return this.#dialogs.dialogs;
  }

  /** Subscribes, unless already subscribed. @throws {SipError} `not-connected`, `invalid-number` */
  light(): void {
    if (this.#subscriptions.length) return;
    const {number} = this.#options;
    const dialog = this.#options.subscribe({
      number,
      event: 'dialog',
      patient: true,
      onAnswer: (status) => this.#options.onAnswer('dialog', status),
      accept: DIALOG_INFO,
      onDocument: (type, body) => this.#onDialogs(type, body),
      onReset: () => {
        this.#dialogs.clear();
        this.#update();
      },
    });
    const presence = this.#options.subscribe({
      number,
      event: 'presence',
      patient: true,
      onAnswer: (status) => this.#options.onAnswer('presence', status),
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
    const state = readPresence(body, this.#options.number);
    if (state === 'malformed') return this.#leave(`malformed ${PIDF}`);
    this.#presence = state;
    this.#update();
  }

  #leave(what: string): void {
    const {log, number} = this.#options;
    log('warning', `left a document about ${number} aside: ${what.slice(0, 80) || 'of no type'}`);
  }

  /** Combines both states: a call takes precedence over presence. */
  #update(): void {
    const dialogs = this.#dialogs.state;
    const state = dialogs === 'busy' || dialogs === 'ringing' ? dialogs : (this.#presence ?? dialogs);
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onChange(state);
  }
}
