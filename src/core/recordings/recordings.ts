import type {RecordingAbout, StoredRecording} from '../../media/recording/recording-about.js';
import type {RecordingSink} from '../../media/recording/recording-sink.js';
import {TypedEventTarget} from '../util/typed-event-target.js';
import type {KeptRecordings} from './kept-recordings.js';
import type {RecordingsEventMap, RecordingsOptions} from './recordings-state.js';

export type {StoredRecording} from '../../media/recording/recording-about.js';
export type {DroppedRecording, RecordingMode, RecordingsEventMap} from './recordings-state.js';

/**
 * The recordings of an account that the browser stores in the origin's private file system. They survive the page and a
 * restart of the browser.
 *
 * The code for them is loaded when it is first used.
 */
export class Recordings extends TypedEventTarget<RecordingsEventMap> {
  readonly #options: RecordingsOptions;
  #kept: KeptRecordings | undefined;

  /** @internal Created by its client. */
  constructor(options: RecordingsOptions) {
    super();
    this.#options = options;
  }

  /**
   * Lists the stored recordings, newest first; empty if the browser stores none for this page, as in a private window. Deletes
   * those that are too old.
   *
   * @throws {SipError} `internal` if the browser cannot read what it stores.
   */
  async list(): Promise<readonly StoredRecording[]> {
    return (await this.#load()).list();
  }

  /**
   * @internal The same, with those that the user has just removed; rejects also if the browser denies its files to this
   * page: it may have some of earlier pages.
   */
  async find(): Promise<readonly StoredRecording[]> {
    return (await this.#load()).find();
  }

  /**
   * Returns a recording as a file that players can open and seek in; the browser reads it from disk. An interrupted
   * recording is repaired, a running one is returned up to now.
   *
   * @throws {SipError} `recording-not-found`
   */
  async get(id: string): Promise<File> {
    return (await this.#load()).get(id);
  }

  /**
   * Returns the captions of a recording as a WebVTT file, for a `<track>`; undefined if it has none.
   *
   * @throws {SipError} `recording-not-found`
   */
  async captions(id: string): Promise<File | undefined> {
    return (await this.#load()).captions(id);
  }

  /**
   * Downloads a recording, and its captions beside it.
   *
   * @throws {SipError} `recording-not-found`
   */
  async download(id: string): Promise<void> {
    return (await this.#load()).download(id);
  }

  /**
   * Gives a recording a title, which is also the name of its download; an empty one removes it.
   *
   * @throws {SipError} `recording-not-found`; `invalid-state` while it is running, here or in another page.
   */
  async rename(id: string, title: string): Promise<void> {
    return (await this.#load()).rename(id, title);
  }

  /**
   * Deletes a recording. With `restorable`, `restore` undoes that for a minute; the recording is not listed meanwhile.
   *
   * @throws {SipError} `recording-not-found`; `invalid-state` while it is running, here or in another page.
   */
  async delete(id: string, options: {readonly restorable?: boolean} = {}): Promise<void> {
    return (await this.#load()).delete(id, options.restorable);
  }

  /**
   * Undoes the deletion of a recording that was deleted with `restorable`.
   *
   * @throws {SipError} `recording-not-found` if it is gone.
   */
  async restore(id: string): Promise<void> {
    return (await this.#load()).restore(id);
  }

  /**
   * @internal Opens the sink of a new recording; in memory if the browser stores none, or does not respond.
   *
   * @throws {SipError} `storage-full`
   */
  async begin(about: Omit<RecordingAbout, 'account'>): Promise<{id?: string; sink: RecordingSink}> {
    return (await this.#load()).begin(about);
  }

  /** @internal Uploads what is to be sent, until the signal is aborted. */
  async send(signal: AbortSignal): Promise<void> {
    await (await this.#load()).send(signal);
  }

  /** @internal Dispatches `change`. */
  changed(): void {
    this.dispatchEvent(new Event('change'));
  }

  async #load(): Promise<KeptRecordings> {
    const {KeptRecordings} = await import('./kept-recordings.js');
    return (this.#kept ??= new KeptRecordings(this, this.#options));
  }
}
