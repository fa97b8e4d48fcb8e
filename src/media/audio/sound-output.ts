import {durations} from '../../durations/page.js';

/** Old browsers can choose the device only for an audio element, the oldest ones not at all. */
interface Sinkable {
  setSinkId?(id: string): Promise<void>;
}

/**
 * An output to one speaker: an `AudioContext` that runs while something sounds, and is suspended otherwise, so that the
 * browser keeps no device open for it.
 */
export class SoundOutput {
  readonly #onChange: () => void;
  #context: AudioContext | undefined;
  /** Plays the output of a context that cannot choose the device itself. */
  #element: HTMLAudioElement | undefined;
  #target: AudioNode | undefined;
  #sinkId = '';
  /** The change of the device that is under way. */
  #directing: Promise<void> | undefined;
  /** Whether something must sound. */
  #wanted = false;
  /** The pending request to the context. */
  #turning: 'resume' | 'suspend' | undefined;
  /** The last time that the context was suspended. */
  #suspending: Promise<void> | undefined;

  /** @param onChange - Called when the output starts or stops running. */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** Whether playback is heard: not before the browser allows it. */
  get running(): boolean {
    return this.#context?.state === 'running' && !(this.#element?.paused ?? false);
  }

  /** Returns the node to connect sources to. Runs from now on, as soon as the browser allows it. */
  open(): {readonly context: AudioContext; readonly target: AudioNode} {
    const context = (this.#context ??= this.#make());
    this.resume();
    return {context, target: this.#target ?? context.destination};
  }

  /** Tries to run; succeeds within a user gesture. */
  resume(): void {
    this.#wanted = true;
    void this.#turn();
    this.#element?.play().then(this.#onChange, () => {});
  }

  /** Releases the device until the next `open`. */
  rest(): void {
    this.#element?.pause();
    this.#wanted = false;
    void this.#turn();
  }

  /** Plays on the device, or on the default one if that is gone, since a sound elsewhere is better than none. */
  async setSinkId(id: string): Promise<void> {
    if (id === this.#sinkId) return;
    this.#sinkId = id;
    if (this.#context) await this.#redirect(this.#context);
  }

  /** Closes the output; it can be opened again. */
  close(): void {
    this.#context?.removeEventListener('statechange', this.#onChange);
    this.#context?.close().catch(() => {});
    if (this.#element) this.#element.srcObject = null;
    this.#context = this.#directing = this.#suspending = undefined;
    this.#element = this.#target = this.#turning = undefined;
    this.#wanted = false;
  }

  /**
   * Resumes or suspends the context, one after the other, and suspends it only once its device is changed: Chromium's
   * context stays silent for good, and claims to run, if one is requested before the other is done.
   */
  async #turn(): Promise<void> {
    const context = this.#context;
    if (!context) return;
    if (this.#turning) {
      // A context that waits for a gesture must be resumed again within it.
      if (this.#wanted && this.#turning === 'resume') context.resume().catch(() => {});
      return;
    }
    let turned: boolean;
    try {
      do {
        if (!this.#wanted) {
          this.#turning = 'suspend';
          while (this.#directing) await this.#directing;
          if (this.#context !== context) return;
        }
        turned = this.#wanted;
        this.#turning = turned ? 'resume' : 'suspend';
        const done = context[this.#turning]();
        if (!turned) this.#suspending = done;
        await done;
      } while (this.#context === context && this.#wanted !== turned);
    } catch {
      // The context is closed.
    }
    if (this.#context === context) this.#turning = undefined;
  }

  #make(): AudioContext {
    const context = new AudioContext();
    context.addEventListener('statechange', this.#onChange);
    if (this.#sinkId) void this.#redirect(context);
    return context;
  }

  /** Changes the device, one change after the other: a refused one would otherwise undo the next. */
  #redirect(context: AudioContext): Promise<void> {
    return (this.#directing ??= this.#direct(context));
  }

  async #direct(context: AudioContext & Sinkable): Promise<void> {
    const sinkable: Sinkable = context.setSinkId ? context : this.#elementOf(context);
    let id: string;
    do {
      id = this.#sinkId;
      await this.#suspending?.catch(() => {});
      const ran = context.state === 'running';
      try {
        await sinkable.setSinkId?.(id);
      } catch {
        await sinkable.setSinkId?.('').catch(() => {});
      }
      // The browser stops a context for the change, and starts it again after it.
      if (ran && sinkable === context) await runs(context);
    } while (this.#context === context && this.#sinkId !== id);
    if (this.#context === context) this.#directing = undefined;
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

/** Resolves once the context runs, or will not: its device may be gone. */
async function runs(context: AudioContext): Promise<void> {
  if (context.state !== 'suspended') return;
  const ended = new AbortController();
  await new Promise<void>((resolve) => {
    const changed = (): void => {
      if (context.state !== 'suspended') resolve();
    };
    context.addEventListener('statechange', changed, ended);
    setTimeout(resolve, durations.playbackStart);
  });
  ended.abort();
}
