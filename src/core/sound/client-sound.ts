import {isUrgent} from '../call-kinds.js';
import {CallSound} from './call-sound.js';
import {SoundMemory, type RememberedSound} from './sound-memory.js';
import type {CallSoundState} from './sound-state.js';
import {GIVING_WAY, isLowered, type HeardCall} from './who-is-heard.js';

/** What a client says about the sound of its calls. */
export interface SoundOptions {
  /** The `localStorage` key of the user's choices; empty if they are not stored. */
  readonly key: string;
  /** The user's choices while nothing can be stored, by number. */
  readonly transient: Map<string, RememberedSound>;
  /** By how many decibels calls are lowered; 0 never lowers them. */
  readonly duck: number;
  readonly lines: SoundLines;
}

/** The lines of a client, as far as urgent calls take them. */
export interface SoundLines {
  /** Returns the calls that gave way to the call when it was first chosen, and have not been chosen since. */
  interruptedBy(call: HeardCall): readonly HeardCall[];
  /** Whether a call may be resumed automatically: no other one was chosen after it. */
  maySpeak(call: HeardCall): boolean;
}

const clients = new WeakMap<SoundOptions, ClientSound>();

/** The sound of all calls of a client: lowers those that give way to another one, and resumes them afterwards. */
export class ClientSound {
  readonly #memory: SoundMemory;
  readonly #duck: number;
  readonly #lines: SoundLines;
  readonly #sounds = new Set<CallSound>();

  /** Returns the one of a client, made with its first call: a page without calls does not load this code. */
  static of(options: SoundOptions): ClientSound {
    const known = clients.get(options) ?? new ClientSound(options);
    clients.set(options, known);
    return known;
  }

  private constructor({key, transient, duck, lines}: SoundOptions) {
    this.#memory = new SoundMemory(key, transient);
    this.#duck = duck;
    this.#lines = lines;
  }

  /**
   * Returns the sound of a call, which is followed until it ends.
   *
   * @param update - Changes the sound in the call's state.
   */
  add(call: HeardCall, update: (sound: CallSoundState) => void): CallSound {
    const sound = new CallSound(call, this.#memory, this.#duck, update);
    this.#sounds.add(sound);
    call.addEventListener('statechange', this.#onChange);
    // The lines choose a call that this side has placed after this.
    queueMicrotask(this.#onChange);
    return sound;
  }

  readonly #onChange = (): void => {
    for (const sound of this.#sounds) {
      if (sound.call.state.phase !== 'released') continue;
      sound.call.removeEventListener('statechange', this.#onChange);
      this.#sounds.delete(sound);
      // The lines learn of its end after this listener.
      if (isUrgent(sound.call.type)) queueMicrotask(() => this.#resume(sound.call));
    }
    const calls = [...this.#sounds].map(({call}) => call);
    const urgent = calls.filter(({type}) => isUrgent(type));
    const interrupted = new Set(urgent.flatMap((call) => this.#lines.interruptedBy(call)));
    for (const sound of this.#sounds)
      sound.set({
        lowered: this.#duck > 0 && isLowered(sound.call, calls),
        interrupted: sound.call.state.held && interrupted.has(sound.call),
      });
  };

  /** Resumes what an urgent call has interrupted, and joins the patch that the user left for it, now that it has ended. */
  #resume(urgent: HeardCall): void {
    for (const call of this.#lines.interruptedBy(urgent)) {
      const {phase, held} = call.state;
      const gaveWay = held || call.patch?.stoodBack;
      const resumes = GIVING_WAY[call.type].afterwards === 'resumed' && gaveWay;
      // If the other side refuses, the call stays on hold until the user resumes it.
      if (resumes && phase === 'answered' && this.#lines.maySpeak(call)) call.unhold().catch(() => {});
    }
  }
}
