import {API_CODE} from '../../src/dispatch/protocol.js';
import {reasonOf} from '../log.js';
import type {MediaKind, Played, Room, Seat} from '../media/index.js';
import type {CallServices} from '../calls/call-services.js';
import {ConferenceFile} from './conference-file.js';
import type {Refused} from '../calls/asked.js';
import type {MemberEvents} from './member-events.js';
import {openFile, type OpenedFile} from '../calls/open-file.js';
import type {SessionFiles} from '../calls/sessions.js';

/** How often the progress of files is sent, in milliseconds. */
const PROGRESS_INTERVAL = 1000;

/** Where the files of a conference are played. */
export interface ConferenceFilesOptions {
  readonly room: Room;
  readonly kinds: readonly MediaKind[];
  readonly events: MemberEvents;
  /** The file that the conference begins with. */
  readonly first: OpenedFile | undefined;
  /** Called when the first file begins to play. */
  readonly onBegin?: () => void;
  /** Called when no file plays or is about to. */
  readonly onIdle?: () => void;
}

/** The files that are played to a conference, each once at a time. */
export class ConferenceFiles implements SessionFiles {
  readonly #services: CallServices;
  readonly #options: ConferenceFilesOptions;
  /** By id; undefined while it is not playing yet. */
  readonly #files = new Map<string, ConferenceFile | undefined>();
  #first: OpenedFile | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(services: CallServices, options: ConferenceFilesOptions) {
    this.#services = services;
    this.#options = options;
    this.#first = options.first;
    if (this.#first) this.#files.set(this.#first.id, undefined);
  }

  /** Whether no file plays or is about to. */
  get idle(): boolean {
    return this.#files.size === 0;
  }

  /** The entries of playing files in the member list. */
  get records(): readonly Readonly<Record<string, string>>[] {
    return this.#playing.map(({record}) => record);
  }

  /** Plays the file that the conference begins with, unless it was played already. */
  playFirst(): void {
    const first = this.#first;
    this.#first = undefined;
    if (first) this.#play(first, 1);
  }

  /** Plays a file from its beginning, so many times. Returns the refusal, if any. */
  async play(id: string, times: number): Promise<Refused | undefined> {
    if (this.#files.has(id)) return {code: API_CODE.fileAlreadyPlaying};
    this.#files.set(id, undefined);
    const opened = await openFile(this.#services, id, this.#options.kinds);
    if ('code' in opened) {
      this.#files.delete(id);
      return opened;
    }
    return this.#play(opened, times) ? undefined : {code: API_CODE.wrongSessionState};
  }

  /** Stops a file. Returns false if it is not playing. */
  stop(id: string): boolean {
    const known = this.#files.has(id);
    const file = this.#files.get(id);
    this.#files.delete(id);
    file?.stop();
    if (file) this.#ended(file);
    return known;
  }

  /** Returns the file of a seat in the room. */
  at(seat: Seat | Played): ConferenceFile | undefined {
    return this.#playing.find((file) => file.seat === seat);
  }

  /** Stops all files. */
  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
    this.#first?.media.close();
    for (const file of this.#playing) file.stop();
    this.#files.clear();
  }

  get #playing(): ConferenceFile[] {
    return [...this.#files.values()].filter((file) => file !== undefined);
  }

  /** Begins to play. Returns false if the file was stopped, and perhaps requested again, or everything was closed. */
  #play(opened: OpenedFile, times: number): boolean {
    const {id} = opened;
    if (this.#closed || !this.#files.has(id) || this.#files.get(id)) {
      opened.media.close();
      return false;
    }
    const {room, events, onBegin} = this.#options;
    if (this.#playing.length === 0) onBegin?.();
    const file = new ConferenceFile(opened, {
      times,
      room,
      onEnded: (ended) => this.#ended(ended),
      onError: (error) => this.#services.log(`file ${id}: ${reasonOf(error)}`),
    });
    this.#files.set(id, file);
    events.changed(file);
    this.#timer ??= setInterval(() => {
      for (const each of this.#playing) events.changed(each);
    }, PROGRESS_INTERVAL);
    return true;
  }

  #ended(file: ConferenceFile): void {
    if (this.#files.get(file.id) === file) this.#files.delete(file.id);
    if (this.#playing.length === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
    this.#options.events.changed(file);
    if (this.idle) this.#options.onIdle?.();
  }
}
