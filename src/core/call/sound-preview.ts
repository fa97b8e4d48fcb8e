import {SipError} from '../../errors.js';
import type {SoundOutput} from '../../media/audio/sound-output.js';
import {nameOf, soundOf, type PageSoundSource} from './announcement-source.js';

/** Plays sounds to this side alone, one at a time. */
export class SoundPreview {
  #output: SoundOutput | undefined;
  readonly #onEnd: () => void;
  #source: AudioBufferSourceNode | undefined;
  #loading: AbortController | undefined;

  /** @param onEnd - Called when a sound has reached its end. */
  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  /**
   * Plays a sound instead of the one that plays; resolves with its length in seconds when it begins.
   *
   * @param speaker - The id of the device; the system's speaker if it is empty.
   * @throws {SipError} why it cannot be played; `aborted` if another one is played or stopped meanwhile.
   */
  async play(source: PageSoundSource, speaker = ''): Promise<number> {
    this.stop();
    const loading = (this.#loading = new AbortController());
    const [buffer, {SoundOutput}] = await Promise.all([
      soundOf(source, nameOf(source), loading.signal),
      import('../../media/audio/sound-output.js'),
    ]);
    if (loading.signal.aborted) throw new SipError('aborted', {subject: nameOf(source)});
    const output = (this.#output ??= new SoundOutput(() => {}));
    void output.setSinkId(speaker);
    const {context, target} = output.open();
    const playing = (this.#source = new AudioBufferSourceNode(context, {buffer}));
    playing.onended = () => {
      if (this.#source !== playing) return;
      this.stop();
      this.#onEnd();
    };
    playing.connect(target);
    playing.start();
    return buffer.duration;
  }

  /** Stops the sound; idempotent. */
  stop(): void {
    this.#loading?.abort();
    const source = this.#source;
    this.#source = undefined;
    source?.disconnect();
    this.#output?.rest();
  }

  /** Releases the device; idempotent. */
  close(): void {
    this.stop();
    this.#output?.close();
  }
}
