import type {MediaKind} from '../media/index.js';
import type {Bridge} from './bridge.js';
import type {CallServices} from './call-services.js';
import {ConferenceFiles} from '../conference/conference-files.js';
import type {Refused} from './asked.js';
import type {TwoPartyRoom} from './two-party-room.js';
import {MemberEvents} from '../conference/member-events.js';
import type {SessionFiles} from './sessions.js';

/** Whom files are played to. */
export interface TwoPartyFilesOptions {
  readonly cid: string;
  /** The numbers that receive the progress. */
  readonly numbers: readonly string[];
  /** The bridge that connects the two otherwise. */
  readonly bridge: Bridge;
  /** The room that the two use while a file plays. */
  readonly room: TwoPartyRoom;
  /** Returns the kinds that both sides have. */
  readonly kinds: () => readonly MediaKind[];
}

/** What exists while something plays. */
interface Playing {
  readonly files: ConferenceFiles;
  readonly events: MemberEvents;
}

/**
 * The files that are played to two users, who meet in a room while a file plays and are connected directly otherwise.
 */
export class TwoPartyFiles implements SessionFiles {
  readonly #services: CallServices;
  readonly #options: TwoPartyFilesOptions;
  #playing: Playing | undefined;

  constructor(services: CallServices, options: TwoPartyFilesOptions) {
    this.#services = services;
    this.#options = options;
    options.bridge.onClosed = () => this.#rest();
  }

  async play(id: string, times: number): Promise<Refused | undefined> {
    const {files} = (this.#playing ??= this.#begin());
    const refused = await files.play(id, times);
    if (files.idle && this.#playing?.files === files) this.#rest();
    return refused;
  }

  stop(id: string): boolean {
    return this.#playing?.files.stop(id) ?? false;
  }

  #begin(): Playing {
    const {cid, numbers, room: shared, kinds} = this.#options;
    const room = shared.open();
    const events = new MemberEvents(this.#services.notices, cid, () => numbers);
    const files = new ConferenceFiles(this.#services, {
      room,
      kinds: kinds(),
      events,
      first: undefined,
      onBegin: () => shared.meet(),
      onIdle: () => this.#rest(),
    });
    return {files, events};
  }

  /** Ends the playback. */
  #rest(): void {
    const playing = this.#playing;
    if (!playing) return;
    this.#playing = undefined;
    playing.files.close();
    playing.events.close();
    this.#options.room.close();
  }
}
