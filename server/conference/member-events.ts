import {API_EVENT} from '../../src/dispatch/protocol.js';
import type {ApiEvents} from '../api/handlers.js';

/** How often it is told who talks, at most, in milliseconds. */
const TALKING_INTERVAL = 250;

/** Between one who began to talk or ended and the next one, in milliseconds: to tell many of it takes as long as their sound. */
const PACE = 20;

/** Somebody or something in the list of members. */
export interface Told {
  /** As the list shows it. */
  readonly record: Readonly<Record<string, string>>;
  /** Its place in the room, while it has one. */
  readonly seat: {readonly talking: boolean} | undefined;
  /** What was told last of whether it talks. */
  talking: boolean;
}

/** Tells those concerned of the members of a conference. */
export class MemberEvents {
  readonly #events: ApiEvents;
  readonly #cid: string;
  readonly #concerned: () => readonly string[];
  /** Those of whom it may be new whether they talk. */
  readonly #talking = new Set<Told>();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  /** @param concerned - The numbers of those who are told at a moment. */
  constructor(events: ApiEvents, cid: string, concerned: () => readonly string[]) {
    this.#events = events;
    this.#cid = cid;
    this.#concerned = concerned;
  }

  /** Tells how a member stands now. */
  changed(member: Told): void {
    if (this.#closed) return;
    const body = {cid: this.#cid, ...member.record};
    for (const number of new Set(this.#concerned()))
      void this.#events.sendEvent(number, API_EVENT.memberChange, body);
  }

  /** A member began to talk or ended: that is told with the next ones, unless it is as before by then. */
  talking(member: Told): void {
    if (this.#closed) return;
    this.#talking.add(member);
    this.#timer ??= setTimeout(() => this.#tellNext(), TALKING_INTERVAL);
  }

  /** Tells nothing more. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  #tellNext(): void {
    this.#timer = undefined;
    for (const member of this.#talking) {
      this.#talking.delete(member);
      const talking = member.seat?.talking ?? false;
      if (talking === member.talking) continue;
      member.talking = talking;
      this.changed(member);
      this.#timer = setTimeout(() => this.#tellNext(), PACE);
      return;
    }
  }
}
