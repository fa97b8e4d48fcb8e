import type {Sound, SoundOptions} from './sound-player.js';

/** A sound whose samples are in memory. It repeats without a gap. */
export class ToneSound implements Sound {
  readonly #buffer: AudioBuffer;
  #target: AudioNode | undefined;
  #options: SoundOptions | undefined;
  #playing: {readonly source: AudioBufferSourceNode; readonly since: number} | undefined;
  /** The position at which it continues, in seconds. */
  #offset = 0;

  constructor(buffer: AudioBuffer) {
    this.#buffer = buffer;
  }

  get duration(): number {
    return this.#buffer.duration;
  }

  get position(): number {
    const {duration} = this;
    const now = this.#target?.context.currentTime ?? 0;
    const position = this.#offset + (this.#playing ? now - this.#playing.since : 0);
    return this.#options?.loop ? position % duration : Math.min(position, duration);
  }

  async connect(target: AudioNode, options: SoundOptions): Promise<boolean> {
    this.#target = target;
    this.#options = options;
    return true;
  }

  play(): void {
    if (!this.#target || !this.#options) return;
    const {loop, onEnd} = this.#options;
    const {context} = this.#target;
    const source = new AudioBufferSourceNode(context, {buffer: this.#buffer, loop});
    source.connect(this.#target);
    const playing = (this.#playing = {source, since: context.currentTime});
    source.onended = () => {
      source.disconnect();
      if (this.#playing !== playing) return;
      this.#keepPosition();
      onEnd();
    };
    source.start(0, this.#offset);
  }

  pause(delay: number): void {
    const playing = this.#playing;
    this.#keepPosition();
    playing?.source.stop(playing.source.context.currentTime + delay);
  }

  close(): void {
    this.#keepPosition();
  }

  #keepPosition(): void {
    this.#offset = this.position;
    this.#playing = undefined;
  }
}
