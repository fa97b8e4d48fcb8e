import type {ReactiveController, ReactiveElement} from 'lit';
import type {BaseClient} from '../../core/client/client.js';
import {collectHandover} from '../../core/handover/collect-handover.js';
import {eraseAccount, endShift, type ErasureLeft, type ShiftEnd} from '../../core/handover/end-shift.js';
import {isEmpty, type Handover} from '../../core/handover/handover.js';
import {dropHandover, keptHandover} from '../../core/handover/handover-store.js';
import type {Journal} from '../../core/journal/journal.js';
import {isRegistered} from '../shared/registration.js';
import {hasJournal} from './equipment.js';

/** What a shift needs of its desk. */
export interface ShiftOptions {
  readonly client: () => BaseClient | undefined;
  readonly end: () => ShiftEnd;
  /** Whether the newest unread text of each sender is handed over. */
  readonly texts: () => boolean;
}

/** What a `<sip-console>` tells the page when a shift has ended. */
export interface ShiftEnded extends ErasureLeft {
  readonly handover: Handover;
}

/** A shift at a desk: what its user hands over, and what the user before has handed over. */
export class ShiftController implements ReactiveController {
  readonly #host: ReactiveElement;
  readonly #options: ShiftOptions;
  /** The client whose user is at the desk. */
  #client: BaseClient | undefined;
  #registered = false;
  #journal: Journal | undefined;
  #handed: Handover | undefined;
  #ended: Handover | undefined;
  #shown: 'give' | 'take' | undefined;
  #ending = false;

  constructor(host: ReactiveElement, options: ShiftOptions) {
    this.#host = host;
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('storage', this.#onStorage);
  }

  hostDisconnected(): void {
    removeEventListener('storage', this.#onStorage);
  }

  hostUpdate(): void {
    if (this.#ending) return;
    const client = this.#options.client();
    if (client !== this.#client) {
      this.#client = client;
      this.#journal = this.#handed = this.#shown = undefined;
      this.#registered = false;
    }
    const registered = isRegistered(client);
    if (registered === this.#registered) return;
    this.#registered = registered;
    if (registered && client) this.#begin(client);
  }

  /** The journal of the shift, once it is open. */
  get journal(): Journal | undefined {
    return this.#journal;
  }

  /** What the user before has handed over, until it is taken over. */
  get handed(): Handover | undefined {
    return this.#handed;
  }

  /** The shift that has ended at this desk, until a user signs in. */
  get ended(): Handover | undefined {
    return this.#ended;
  }

  /** Whether the shift is about to end. */
  get ending(): boolean {
    return this.#ending;
  }

  /** Which of both is shown. */
  get shown(): 'give' | 'take' | undefined {
    return this.#shown;
  }

  /** Returns what the user would hand over now. */
  draft(comment = ''): Handover | undefined {
    if (!this.#client) return undefined;
    return collectHandover(this.#client, this.#journal, {comment, texts: this.#options.texts()});
  }

  show(which: 'give' | 'take' | undefined): void {
    this.#shown = which;
    this.#host.requestUpdate();
  }

  /** Hands over, signs the user out, and locks or erases what is theirs. */
  async end(comment: string): Promise<ShiftEnded | undefined> {
    const client = this.#client;
    const draft = this.draft(comment);
    if (!client || !draft || this.#ending) return undefined;
    this.#ending = true;
    this.#host.requestUpdate();
    try {
      // The journal of a shift that was short may not be open yet.
      const journal = hasJournal(client) ? await client.openJournal().catch(() => undefined) : undefined;
      this.#ended = await endShift(client, journal, draft);
      // The elements are gone before their data is: they would store it again.
      this.show(undefined);
      await this.#host.updateComplete;
      const erased = this.#options.end() === 'erase' ? await eraseAccount(client, journal) : undefined;
      return {handover: this.#ended, ...(erased ?? {journalKept: false, recordingsKept: false})};
    } finally {
      this.#ending = this.#registered = false;
      this.#host.requestUpdate();
    }
  }

  /** Takes over: notes it in the journal, and makes alarms of those that no one has acknowledged. */
  async takeOver(): Promise<Handover | undefined> {
    const [client, handed] = [this.#client, this.#handed];
    if (!client || !handed) return undefined;
    if (handed.alarms.length > 0) (await client.alarms.load()).take(handed.alarms, handed.time);
    dropHandover(client);
    const {number: person, name: personName} = handed.from;
    const journal = hasJournal(client) ? await client.openJournal().catch(() => undefined) : undefined;
    journal?.noteShift('taken-over', {person, personName, text: handed.comment});
    this.#handed = undefined;
    this.show(undefined);
    return handed;
  }

  #begin(client: BaseClient): void {
    this.#ended = undefined;
    if (hasJournal(client))
      client.openJournal().then(
        (journal) => {
          if (client !== this.#client) return;
          this.#journal = journal;
          this.#host.requestUpdate();
        },
        // The journal says why by itself.
        () => {},
      );
    this.#handed = keptHandover(client);
    if (this.#handed && isEmpty(this.#handed)) {
      // There is nothing to read.
      dropHandover(client);
      this.#handed = undefined;
    }
    // The connection may only have been lost for a moment.
    if (!this.#shown) this.show(this.#handed && 'take');
  }

  readonly #onStorage = ({key}: StorageEvent): void => {
    if (!this.#client || !this.#handed || !key?.startsWith('sip-elements:handover:')) return;
    // Another tab has taken it over.
    this.#handed = keptHandover(this.#client);
    if (!this.#handed) this.show(undefined);
  };
}
