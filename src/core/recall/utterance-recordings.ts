import {SipError, toSipError} from '../../errors.js';
import type {RecordingMode} from '../recordings/recordings.js';
import type {RecallHost} from './recall-host.js';
import type {Utterance} from './recall-state.js';

/** A recording of an utterance: its id in the recordings of the client, or its file in memory. */
type UtteranceRecording = {readonly id: string} | {readonly file: File};

/** The recordings of utterances: stored with all others, or in memory if the client stores none. */
export class UtteranceRecordings {
  readonly #host: RecallHost;
  readonly #onChange: () => void;
  readonly #made = new Map<string, UtteranceRecording>();
  /** What is made at the moment: a second press makes no second recording. */
  readonly #making = new Map<string, Promise<File>>();

  /** @param onChange - Called when an utterance has a recording, or has none any more. */
  constructor(host: RecallHost, onChange: () => void) {
    this.#host = host;
    this.#onChange = onChange;
    host.recordings.addEventListener('change', this.#onRecordings);
  }

  /** Where the recording of an utterance is; undefined if there is none. */
  storageOf(utterance: string): RecordingMode | undefined {
    const made = this.#made.get(utterance);
    return made && ('id' in made ? 'local' : 'memory');
  }

  /**
   * Returns the recording of an utterance, which is made if there is none.
   *
   * @param sound - Returns the sound as a file.
   * @throws {SipError} `recording-declined`, `recording-not-found`, `storage-full`
   */
  async keep(utterance: Utterance, sound: () => Promise<Blob>): Promise<File> {
    const {id} = utterance;
    const made = this.#made.get(id);
    if (made) return 'id' in made ? this.#host.recordings.get(made.id) : made.file;
    const making = this.#making.get(id) ?? this.#make(utterance, sound);
    this.#making.set(id, making);
    try {
      return await making;
    } finally {
      this.#making.delete(id);
    }
  }

  /** Forgets the recording of an utterance that is erased; a stored one stays. */
  forget(utterance: string): void {
    this.#made.delete(utterance);
  }

  /** Idempotent. */
  end(): void {
    this.#host.recordings.removeEventListener('change', this.#onRecordings);
    this.#made.clear();
  }

  async #make(utterance: Utterance, sound: () => Promise<Blob>): Promise<File> {
    const {call, direction, remote, time, duration} = utterance;
    const {recordings} = this.#host;
    if (!this.#host.allowsRecording(utterance)) throw new SipError('recording-declined');
    const file = await sound();
    const {id, sink} = await recordings.begin({call, direction, remote, time});
    const progress = {duration, pictured: false};
    // A file that cannot be written is finished all the same: otherwise, it would be listed as one that is running.
    const written = await sink.write(file, progress).then(
      () => undefined,
      (error: unknown) => toSipError(error),
    );
    const {blob} = await sink.finish({type: file.type, ...progress});
    recordings.changed();
    if (written) throw written;
    const recording = id === undefined ? await named(blob, utterance) : await recordings.get(id);
    this.#made.set(utterance.id, id === undefined ? {file: recording} : {id});
    this.#onChange();
    return recording;
  }

  readonly #onRecordings = (): void => {
    if (this.#made.size) this.#forgetDeleted().catch(() => {});
  };

  async #forgetDeleted(): Promise<void> {
    const stored = new Set((await this.#host.recordings.list()).map(({id}) => id));
    for (const [utterance, made] of this.#made)
      if ('id' in made && !stored.has(made.id)) this.#made.delete(utterance);
    this.#onChange();
  }
}

async function named(blob: Blob, {remote, time}: Utterance): Promise<File> {
  const {recordingName} = await import('../recordings/recording-name.js');
  const {type} = blob;
  return new File([blob], recordingName({remote, time, name: undefined}, type), {type, lastModified: time});
}
