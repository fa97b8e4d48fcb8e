/** Old browsers choose the device of an audio element alone, the oldest ones none. */
interface Sinkable {
  setSinkId?(id: string): Promise<void>;
}

/**
 * One way for sounds to a loudspeaker: an `AudioContext` that runs while something sounds, and rests otherwise, when the
 * browser has no device open for it.
 */
export class SoundOutput {
  readonly #onChange: () => void;
  #context: AudioContext | undefined;
  /** Plays what the context makes, where that cannot choose the device itself. */
  #element: HTMLAudioElement | undefined;
  #target: AudioNode | undefined;
  #sinkId = '';

  /** @param onChange - Called when it begins or ceases to run. */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Whether what is played is heard: not before the browser allows it. */
  get running(): boolean {
    return this.#context?.state === 'running' && !(this.#element?.paused ?? false);
  }

  /** Where to connect what is to sound. Runs from now on, as soon as the browser lets it. */
  open(): {readonly context: AudioContext; readonly target: AudioNode} {
    const context = (this.#context ??= this.#make());
    this.resume();
    return {context, target: this.#target ?? context.destination};
  }

  /** Tries to run; within a gesture of the user's that succeeds. */
  resume(): void {
    // A promise that waits for a gesture, or a context that is closed: `statechange` tells what comes of it.
    this.#context?.resume().catch(() => {});
    this.#element?.play().then(this.#onChange, () => {});
  }

  /** Gives the device back until the next `open`. */
  rest(): void {
    this.#element?.pause();
    this.#context?.suspend().catch(() => {});
  }

  /** Plays on the device; on the usual one where it is gone, since a sound elsewhere is better than none. */
  async setSinkId(id: string): Promise<void> {
    if (id === this.#sinkId) return;
    this.#sinkId = id;
    if (this.#context) await this.#direct(this.#context);
  }

  /** Ends it; it can be opened again. */
  close(): void {
    this.#context?.removeEventListener('statechange', this.#onChange);
    this.#context?.close().catch(() => {});
    if (this.#element) this.#element.srcObject = null;
    this.#context = this.#element = this.#target = undefined;
  }

  #make(): AudioContext {
    const context = new AudioContext();
    context.addEventListener('statechange', this.#onChange);
    if (this.#sinkId) void this.#direct(context);
    return context;
  }

  async #direct(context: AudioContext & Sinkable): Promise<void> {
    const id = this.#sinkId;
    const sinkable: Sinkable = context.setSinkId ? context : this.#elementOf(context);
    try {
      await sinkable.setSinkId?.(id);
    } catch {
      await sinkable.setSinkId?.('').catch(() => {});
    }
  }

  #elementOf(context: AudioContext): HTMLAudioElement {
    if (this.#element) return this.#element;
    const destination = context.createMediaStreamDestination();
    this.#target = destination;
    this.#element = new Audio();
    this.#element.srcObject = destination.stream;
    return this.#element;
  }
}
