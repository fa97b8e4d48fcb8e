/** How long a change of the gain takes, in milliseconds: a step would be heard as a click. */
const RAMP_MS = 50;
/** Between two steps of a change, in milliseconds; browsers allow no shorter ones. */
const STEP_MS = 4;

/** The sound that changes each element; another call may take the element. */
const owners = new WeakMap<HTMLMediaElement, ElementSound>();

/**
 * The sound of an element that plays a call: its own volume, which the page, the user or the volume of all calls sets,
 * multiplied by the gain of the call. With a gain of 1, the element's volume is left alone.
 *
 * iPhone and iPad leave the volume of an element to the buttons of the device: there, an element is muted if it must be
 * silent, and has its full volume otherwise.
 */
export class ElementSound {
  readonly setSinkId: HTMLMediaElement['setSinkId'] | undefined;
  readonly #element: HTMLMediaElement;
  /** The element's own volume while a gain changes it. */
  #own = 1;
  #gain = 1;
  /** The volume that the element was last given here; undefined while it is left alone. */
  #given: number | undefined;
  /** Whether the element is muted because its volume cannot be changed. */
  #muted = false;
  #ramp: ReturnType<typeof setInterval> | undefined;

  constructor(element: HTMLMediaElement) {
    this.#element = element;
    owners.get(element)?.end();
    owners.set(element, this);
    const {setSinkId} = element as Partial<HTMLMediaElement>;
    this.setSinkId = setSinkId && ((id) => element.setSinkId(id));
  }

  get sinkId(): string | undefined {
    return (this.#element as Partial<HTMLMediaElement>).sinkId;
  }

  /** The element's own volume. */
  get volume(): number {
    const {volume} = this.#element;
    if (this.#given === undefined) return volume;
    if (volume === this.#given) return this.#own;
    // The page or the user has moved it meanwhile.
    return this.#gain ? Math.min(1, volume / this.#gain) : volume;
  }

  set volume(volume: number) {
    this.#stop();
    if (this.#given === undefined) this.#element.volume = volume;
    else this.#give(volume, volume * this.#gain);
  }

  /** @param ramps - Whether the change takes a moment; a sound that begins has its volume at once. */
  setGain(gain: number, ramps: boolean): void {
    if (gain === this.#gain) return;
    const {volume: own} = this;
    this.#gain = gain;
    this.#stop();
    const from = this.#element.volume;
    const to = own * gain;
    this.#give(own, ramps ? from : to);
    if (!ramps) return this.#settle();
    const begun = performance.now();
    this.#ramp = setInterval(() => {
      const progress = (performance.now() - begun) / RAMP_MS;
      // The page or the user has moved it meanwhile.
      const moved = this.#element.volume !== this.#given;
      if (moved || progress >= 1) this.#stop();
      if (moved) return;
      this.#give(own, progress < 1 ? from + (to - from) * progress : to);
      if (progress >= 1) this.#settle();
    }, STEP_MS);
  }

  /** Gives the element its own volume back. */
  end(): void {
    this.#stop();
    if (this.#given !== undefined) this.#element.volume = this.volume;
    this.#gain = 1;
    this.#given = undefined;
    this.#mute(false);
  }

  #give(own: number, volume: number): void {
    this.#own = own;
    this.#element.volume = volume;
    // Some browsers round it.
    this.#given = this.#element.volume;
    this.#mute(volume === 0 && this.#given > 0);
  }

  /** Leaves an element alone that the page has muted. */
  #mute(muted: boolean): void {
    if (muted === this.#muted || (muted && this.#element.muted)) return;
    this.#element.muted = this.#muted = muted;
  }

  /** Leaves the element alone again when nothing changes its volume. */
  #settle(): void {
    if (this.#gain === 1) this.#given = undefined;
  }

  #stop(): void {
    clearInterval(this.#ramp);
    this.#ramp = undefined;
  }
}
