import {SipError} from '../../errors.js';
import {isOutput, isVolume, type SoundMemory} from './sound-memory.js';
import {gainOf, type CallSoundState} from './sound-state.js';
import type {HeardCall} from './who-is-heard.js';
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
    this.set({...memory.get(call.remoteParty.number)});
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

  #remember(): void {
    this.#memory.set(this.call.remoteParty.number, this.call.state.sound);
  }
}
