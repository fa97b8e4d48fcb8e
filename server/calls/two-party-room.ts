import type {MediaServer, Room} from '../media/index.js';

/** The room that two users use while a file is played to them or others are present. */
export class TwoPartyRoom {
  readonly #media: MediaServer;
  readonly #meetIn: (room: Room | undefined) => void;
  #room: Room | undefined;
  /** How many users the room has. */
  #users = 0;
  #met = false;

  /** @param meetIn - Moves the two into the room, or out of it. */
  constructor(media: MediaServer, meetIn: (room: Room | undefined) => void) {
    this.#media = media;
    this.#meetIn = meetIn;
  }

  /** Requires the room from now on, until `close`. */
  open(): Room {
    this.#users += 1;
    return (this.#room ??= this.#media.createRoom());
  }

  /** Moves the two into the room, unless they are in it. */
  meet(): void {
    if (!this.#room || this.#met) return;
    this.#met = true;
    this.#meetIn(this.#room);
  }

  /** Moves the current two into the room, if their predecessors were in it. */
  meetAgain(): void {
    if (this.#met) this.#meetIn(this.#room);
  }

  /** Requires the room no longer: the last `close` moves the two out. */
  close(): void {
    this.#users -= 1;
    if (this.#users > 0 || !this.#room) return;
    if (this.#met) this.#meetIn(undefined);
    this.#met = false;
    this.#room.close();
    this.#room = undefined;
  }
}
