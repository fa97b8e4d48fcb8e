/** What a player needs from its owner. */
export interface UtterancePlayerDelegate {
  /** Keeps the sound of the element on the chosen output until the returned function is called. */
  route(element: HTMLAudioElement): () => void;
  /** Called several times a second with the position, in seconds. */
  onProgress(position: number): void;
  /** Called when the end is reached. */
  onEnd(): void;
}

/** Plays one file at a time, slower or faster without changing the pitch. */
export class UtterancePlayer {
  readonly #element = new Audio();
  readonly #unroute: () => void;
  #url = '';

  constructor(delegate: UtterancePlayerDelegate) {
    this.#element.preservesPitch = true;
    this.#element.onended = () => {
      this.stop();
      delegate.onEnd();
    };
    this.#element.ontimeupdate = () => {
      if (this.#url) delegate.onProgress(this.#element.currentTime);
    };
    this.#unroute = delegate.route(this.#element);
  }

  /** Plays a file instead of the one that plays; resolves when it sounds. */
  async play(file: Blob, rate: number): Promise<void> {
    this.stop();
    const element = this.#element;
    element.src = this.#url = URL.createObjectURL(file);
    element.defaultPlaybackRate = element.playbackRate = rate;
    await element.play();
  }

  /** Changes how fast the sound plays. */
  set rate(rate: number) {
    this.#element.defaultPlaybackRate = this.#element.playbackRate = rate;
  }

  /** Idempotent. */
  stop(): void {
    if (!this.#url) return;
    this.#element.pause();
    URL.revokeObjectURL(this.#url);
    this.#url = '';
    this.#element.removeAttribute('src');
    this.#element.load();
  }

  /** Idempotent. */
  close(): void {
    this.stop();
    this.#unroute();
  }
}
