import type {StoredRecording} from '../../media/recording/recording-about.js';
import type {DropReason} from '../../media/recording/recording-store.js';
import type {TypedEventTarget} from '../util/typed-event-target.js';
import type {RecordingsUpload, RecordingUploadProgress} from './recordings-upload.js';

/**
 * Where recordings are stored while they are made: in the browser's private files, or in memory while the page lives.
 */
export type RecordingMode = 'local' | 'memory';

/** Options of the recordings. */
export interface RecordingsOptions {
  /** `user@domain`. */
  readonly account: string;
  readonly mode: RecordingMode;
  /** The maximum size of all recordings, in megabytes. */
  readonly limit: number;
  /** After how many days a recording is deleted. */
  readonly days: number;
  /** Where recordings are uploaded. */
  readonly upload?: RecordingsUpload | undefined;
}

/** A recording that was deleted because the limits of the storage are reached, and which one. */
export interface DroppedRecording {
  readonly recording: StoredRecording;
  /** `age` if it was older than `recordingsDays`, `space` if there was no room for another one. */
  readonly reason: DropReason;
}

/** The events of the recordings. */
export interface RecordingsEventMap {
  /** A recording was added, deleted, renamed or finished in this page. */
  change: Event;
  /** A recording of this account was deleted because of its age, or for space. */
  dropped: CustomEvent<DroppedRecording>;
  /** Another part of a recording was uploaded (the option `recordingsUpload`), or its upload has failed and is tried again. */
  upload: CustomEvent<RecordingUploadProgress>;
}

/** What dispatches the events of the recordings. */
export type RecordingsTarget = TypedEventTarget<RecordingsEventMap>;
