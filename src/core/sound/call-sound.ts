import {SipError} from '../../errors.js';
import {isOutput, isVolume, type SoundMemory} from './sound-memory.js';
import {gainOf, type CallSoundState} from './sound-state.js';
import type {HeardCall} from './who-is-heard.js';
import {isOfTwo, isUrgent} from '../call-kinds.js';
import {isNobody} from '../util/number.js';
import {patched} from '../util/state-target.js';

/** The sound of one call: what the user has chosen for it, and what the other calls make of it. */
export class CallSound {
  readonly call: HeardCall;
  readonly #memory: SoundMemory;
  readonly #duck: number;
  readonly #update: (sound: CallSoundState) => void;

  /**
   * @param duck - By how many decibels it is lowered.
   * @param update - Changes the sound in the call's state.
   */
  constructor(call: HeardCall, memory: SoundMemory, duck: number, update: (sound: CallSoundState) => void) {
    this.call = call;
    this.#memory = memory;
    this.#duck = duck;
    this.#update = update;
    const name = this.#rememberedAs;
    if (name) this.set({...memory.get(name)});
  }

  /** The factor by which what arrives is multiplied, 0–1. */
  get gain(): number {
    return gainOf(this.call.state.sound, this.#duck);
  }

  /** @throws {SipError} `bad-parameter` */
  setVolume(volume: number): void {
    if (!isVolume(volume)) throw new SipError('bad-parameter', {subject: `volume “${String(volume)}”`});
    this.set({volume});
    this.#remember();
  }

  /** @throws {SipError} `bad-parameter` */
  setOutput(output: CallSoundState['output']): void {
    if (!isOutput(output)) throw new SipError('bad-parameter', {subject: `output “${String(output)}”`});
    this.set({output});
    this.#remember();
  }

  /** Changes parts of the sound; does nothing if they are the same. */
  set(patch: Partial<CallSoundState>): void {
    const {sound} = this.call.state;
    const changed = patched(sound, patch);
    if (changed !== sound) this.#update(changed);
  }

  /**
   * What the volume and the output are remembered for: the number, of a session apart from conversations with its type.
   * Empty for a caller without a number, and for an urgent call, which is heard in full.
   */
  get #rememberedAs(): string {
    const {type, remoteParty} = this.call;
    const {number} = remoteParty;
    if (isNobody(number) || isUrgent(type)) return '';
    // A called number may turn out to be a conference.
    return isOfTwo(type) || type === 'conference' ? number : `${type} ${number}`;
  }

  #remember(): void {
    const name = this.#rememberedAs;
    if (name) this.#memory.set(name, this.call.state.sound);
  }
}
