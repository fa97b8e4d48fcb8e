import {mediaDurations} from '../../durations/media.js';
import {SipError} from '../../errors.js';
import {within} from '../../within.js';
import type {Sound, SoundOptions} from './sound-player.js';

/** The longest sound, in seconds. */
const LONGEST = 600;

/**
 * A sound that is decoded while it plays: a few bytes of a file can be hours of sound, and what the file says of its
 * length may be false.
 */
export class FileSound implements Sound {
  readonly #audio = new Audio();
  readonly #url: string;
  readonly #name: string;
  #options: SoundOptions | undefined;
  #pausing: ReturnType<typeof setTimeout> | undefined;

  private constructor(file: Blob, name: string) {
    this.#url = URL.createObjectURL(file);
    this.#name = name;
  }

  /**
   * Opens a file.
   *
   * @param name - What users know it by.
   * @throws {SipError} `file-unreadable`, `sound-unsupported`, `sound-too-long`
   */
  static async open(file: Blob, name: string): Promise<FileSound> {
    try {
      if (!(await file.slice(0, 1).arrayBuffer()).byteLength) throw new Error('The file is empty.');
    } catch (cause) {
      throw new SipError('file-unreadable', {subject: name, cause});
    }
    const sound = new FileSound(file, name);
    try {
      await sound.#load();
      if ((sound.duration ?? 0) > LONGEST) throw new SipError('sound-too-long', {subject: name});
      return sound;
    } catch (error) {
      sound.close();
      throw error;
    }
  }

  get duration(): number | undefined {
    // A browser's recording tells no length: infinity.
    return Number.isFinite(this.#audio.duration) ? this.#audio.duration : undefined;
  }

  get position(): number {
    return this.#audio.currentTime;
  }

  async connect(target: AudioNode, options: SoundOptions): Promise<boolean> {
    const audio = this.#audio;
    this.#options = options;
    audio.loop = options.loop;
    (target.context as AudioContext).createMediaElementSource(audio).connect(target);
    // Browsers tell only by an attempt whether they allow it.
    try {
      await audio.play();
    } catch (cause) {
      if ((cause as DOMException).name === 'NotAllowedError') return false;
      throw this.#unsupported(cause);
    }
    audio.pause();
    audio.currentTime = 0;
    return true;
  }

  play(): void {
    clearTimeout(this.#pausing);
    const audio = this.#audio;
    audio.onended = audio.onerror = () => this.#options?.onEnd();
    audio.play().catch(() => {});
  }

  pause(delay: number): void {
    this.#pausing = setTimeout(() => this.#audio.pause(), delay * 1000);
  }

  close(): void {
    clearTimeout(this.#pausing);
    const audio = this.#audio;
    audio.onended = audio.onerror = null;
    audio.pause();
    audio.removeAttribute('src');
    audio.load();
    URL.revokeObjectURL(this.#url);
  }

  async #load(): Promise<void> {
    const audio = this.#audio;
    const loading = new Promise<true>((resolve, reject) => {
      audio.onloadedmetadata = () => resolve(true);
      audio.onerror = () => reject(this.#unsupported(audio.error));
      audio.src = this.#url;
    });
    if (!(await within(loading, mediaDurations.soundLength))) throw this.#unsupported();
  }

  #unsupported(cause?: unknown): SipError {
    return new SipError('sound-unsupported', {subject: this.#name, cause});
  }
}
