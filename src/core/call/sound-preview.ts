import {SipError} from '../../errors.js';
import type {SoundPlayer} from '../../media/mixing/sound-player.js';
import {nameOf, soundOf, type PageSoundSource} from './announcement-source.js';

/** Plays sounds to this side alone, one at a time. */
export class SoundPreview {
  readonly #onEnd: () => void;
  #audio: HTMLAudioElement | undefined;
  #player: SoundPlayer | undefined;
  #loading: AbortController | undefined;

  /** @param onEnd - Called when a sound has reached its end. */
  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  /**
   * Plays a sound instead of the one that plays; resolves when it begins.
   *
   * @param speaker - The id of the device; the system's speaker if it is empty.
   * @throws {SipError} why it cannot be played; `aborted` if another one is played or stopped meanwhile.
   */
  async play(source: PageSoundSource, speaker = ''): Promise<void> {
    this.stop();
    const {signal} = (this.#loading = new AbortController());
    const {SoundPlayer} = await import('../../media/mixing/sound-player.js');
    const sound = await soundOf(source, nameOf(source), signal);
    const player = (this.#player = new SoundPlayer(sound, {
      loop: false,
      onProgress: () => {},
      onEnd: () => {
        this.stop();
        this.#onEnd();
      },
    }));
    const audio = (this.#audio ??= new Audio());
    audio.srcObject = new MediaStream([player.track]);
    try {
      // Without the chosen device, the system's own is better than none; old browsers know no other.
      await (audio as Partial<HTMLAudioElement>).setSinkId?.(speaker).catch(() => {});
      if (!(await player.prepare())) throw new SipError('playback-blocked');
      await audio.play();
      signal.throwIfAborted();
    } catch (cause) {
      player.close();
      throw signal.aborted ? new SipError('aborted', {subject: nameOf(source), cause}) : cause;
    }
    player.play();
  }

  /** Stops the sound and releases the device; idempotent. */
  stop(): void {
    this.#loading?.abort();
    this.#player?.close();
    this.#player = undefined;
    if (this.#audio) this.#audio.srcObject = null;
  }
}
