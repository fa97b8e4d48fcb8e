import {API_EVENT} from '../../src/dispatch/protocol.js';
import type {ApiEvents} from '../api/handlers.js';

/** How often changes of who talks, and of who is seen, are sent at most, in milliseconds. */
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
  /** Recipients that may be shown another member, and how to find out whom. */
  readonly #watching = new Map<string, () => Told | undefined>();
  /** Whom each recipient is shown, as last sent. */
  readonly #shown = new Map<string, Told>();
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

  /**
   * Notes that a recipient is shown the video of another member, or of none: that is sent to them with the next changes,
   * unless it has changed back by then.
   *
   * @param shown - Returns the member whose video they are shown.
   */
  shows(recipient: string, shown: () => Told | undefined): void {
    if (this.#closed) return;
    this.#watching.set(recipient, shown);
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
    for (const [recipient, shown] of this.#watching) {
      this.#watching.delete(recipient);
      if (!this.#tellShown(recipient, shown())) continue;
      this.#timer = setTimeout(() => this.#tellNext(), PACE);
      return;
    }
  }

  /** Tells a recipient whose video they are shown; returns false if they know. */
  #tellShown(recipient: string, member: Told | undefined): boolean {
    const before = this.#shown.get(recipient);
    if (member === before) return false;
    if (member) this.#shown.set(recipient, member);
    else this.#shown.delete(recipient);
    const told = member ?? before!;
    // One who has left is not listed any more.
    if (!told.seat) return false;
    const body = {cid: this.#cid, ...told.record, picture: member ? '1' : '0'};
    void this.#events.sendEvent(recipient, API_EVENT.memberChange, body);
    return true;
  }
}
