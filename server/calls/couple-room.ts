import type {MediaServer, Room} from '../media/index.js';

/** The room where two who talk meet while something is played to them or somebody is with them. */
export class CoupleRoom {
  readonly #media: MediaServer;
  readonly #meetIn: (room: Room | undefined) => void;
  #room: Room | undefined;
  /** How many need it. */
  #users = 0;
  #met = false;

  /** @param meetIn - Takes the two into the room, or out of it. */
  constructor(media: MediaServer, meetIn: (room: Room | undefined) => void) {
    this.#media = media;
    this.#meetIn = meetIn;
  }

  /** Needs the room from now on, until `close`. */
  open(): Room {
    this.#users += 1;
    return (this.#room ??= this.#media.createRoom());
  }

  /** Takes the two in, where they are not. */
  meet(): void {
    if (!this.#room || this.#met) return;
    this.#met = true;
    this.#meetIn(this.#room);
  }

  /** Takes in those who are the two now, where the others were in. */
  meetAgain(): void {
    if (this.#met) this.#meetIn(this.#room);
  }

  /** Needs it no more: the last one who did takes the two out. */
  close(): void {
    this.#users -= 1;
    if (this.#users > 0 || !this.#room) return;
    if (this.#met) this.#meetIn(undefined);
    this.#met = false;
    this.#room.close();
    this.#room = undefined;
  }
}
