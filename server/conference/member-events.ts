import {API_EVENT} from '../../src/dispatch/protocol.js';
import type {ApiEvents} from '../api/handlers.js';

/** How often changes of who talks are sent at most, in milliseconds. */
const TALKING_INTERVAL = 250;

/** The interval between two such changes, in milliseconds: sending one to many takes as long as their audio. */
const PACE = 20;

/** An entry in the list of members. */
export interface Told {
  /** The entry as the list shows it. */
  readonly record: Readonly<Record<string, string>>;
  /** Its seat in the room, while it has one. */
  readonly seat: {readonly talking: boolean} | undefined;
  /** Whether it talks, as last sent. */
  talking: boolean;
}

/** Sends the members of a conference to the users concerned. */
export class MemberEvents {
  readonly #events: ApiEvents;
  readonly #cid: string;
  readonly #concerned: () => readonly string[];
  /** Members that may have begun or stopped to talk. */
  readonly #talking = new Set<Told>();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  /** @param concerned - Returns the numbers of the current recipients. */
  constructor(events: ApiEvents, cid: string, concerned: () => readonly string[]) {
    this.#events = events;
    this.#cid = cid;
    this.#concerned = concerned;
  }

  /** Sends the current entry of a member. */
  changed(member: Told): void {
    if (this.#closed) return;
    const body = {cid: this.#cid, ...member.record};
    for (const number of new Set(this.#concerned()))
      void this.#events.sendEvent(number, API_EVENT.memberChange, body);
  }

  /**
   * Notes that a member began or stopped to talk: that is sent with the next ones, unless it has changed back by then.
   */
  talking(member: Told): void {
    if (this.#closed) return;
    this.#talking.add(member);
    this.#timer ??= setTimeout(() => this.#tellNext(), TALKING_INTERVAL);
  }

  /** Stops sending. */
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
