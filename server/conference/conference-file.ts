import {CALL_STATE, MEMBER_SWITCH, PUSH_TYPE} from '../../src/dispatch/protocol.js';
import {Playback} from '../files/index.js';
import type {Played, Room} from '../media/index.js';
import type {Told} from './member-events.js';
import type {OpenedFile} from '../calls/open-file.js';

/** How a file is played. */
export interface ConferenceFileOptions {
  /** How many times. */
  readonly times: number;
  readonly room: Room;
  /** Called when it has reached its end. */
  readonly onEnded: (file: ConferenceFile) => void;
  /** Called if reading fails; `onEnded` follows. */
  readonly onError: (error: unknown) => void;
}

/** A file that is played to a conference, which the list shows as a member. */
export class ConferenceFile implements Told {
  readonly id: string;
  talking = false;
  /** Its seat in the room, while it plays. */
  seat: Played | undefined;
  readonly #name: string;
  readonly #playback: Playback;

  constructor({id, name, media}: OpenedFile, {times, room, onEnded, onError}: ConferenceFileOptions) {
    this.id = id;
    this.#name = name;
    this.#playback = new Playback(media, times, {
      onEnded: () => {
        this.stop();
        onEnded(this);
      },
      onError,
    });
    this.seat = room.play(this.#playback);
  }

  /** Its entry in the member list and the event: a member that speaks and hears nothing, with its progress. */
  get record(): Readonly<Record<string, string>> {
    const {time, times, position, duration} = this.#playback;
    return {
      number: this.id,
      name: this.#name,
      state: String(this.seat ? CALL_STATE.connected : CALL_STATE.release),
      speak: String(MEMBER_SWITCH.on),
      hear: String(MEMBER_SWITCH.off),
      push: String(PUSH_TYPE.stop),
      talking: this.talking ? '1' : '0',
      FileID: this.id,
      position: inSeconds(position),
      duration: inSeconds(duration),
      time: String(time),
      times: String(times),
    };
  }

  /** Stops the file early. Idempotent. */
  stop(): void {
    this.talking = false;
    this.seat?.leave();
    this.seat = undefined;
    this.#playback.close();
  }
}

const inSeconds = (time: number): string => time.toFixed(1);
