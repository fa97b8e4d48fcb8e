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
  /** Something is to sound. */
  #wanted = false;
  /** What the context was asked for and has not done yet. */
  #turning: 'resume' | 'suspend' | undefined;

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
    this.#wanted = true;
    void this.#turn();
    this.#element?.play().then(this.#onChange, () => {});
  }

  /** Gives the device back until the next `open`. */
  rest(): void {
    this.#element?.pause();
    this.#wanted = false;
    void this.#turn();
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
    this.#context = this.#element = this.#target = this.#turning = undefined;
    this.#wanted = false;
  }

  /**
   * Lets the context run or rest, one after the other: Chromium's is silent for good, and says that it runs, where it is
   * asked for the one before it has done the other.
   */
  async #turn(): Promise<void> {
    const context = this.#context;
    if (!context) return;
    if (this.#turning) {
      // One that waits for a gesture has to be asked again within it.
      if (this.#wanted && this.#turning === 'resume') context.resume().catch(() => {});
      return;
    }
    let turned: boolean;
    try {
      do {
        turned = this.#wanted;
        this.#turning = turned ? 'resume' : 'suspend';
        await context[this.#turning]();
      } while (this.#context === context && this.#wanted !== turned);
    } catch {
      // It is closed.
    }
    if (this.#context === context) this.#turning = undefined;
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
