import {mediaDurations} from '../../durations/media.js';
import {within} from '../../within.js';
import {GestureWait} from './gesture.js';
import {SoundOutput} from './sound-output.js';
import {toneBuffer} from './tone-samples.js';
import {CHINA, CUES, keyTone, TONES, type CueName, type ToneName, type ToneShape} from './tone-table.js';

export type {CueName, ToneName} from './tone-table.js';

/** Where tones sound: `ringer` for alerting the user, `speaker` for tones within a call. */
export type ToneOutput = 'ringer' | 'speaker';

/** The duration of fading out a tone, in seconds: it would click otherwise. */
const FADE = 0.02;

interface Sounding {
  readonly output: ToneOutput;
  readonly gain: GainNode;
  readonly source: AudioBufferSourceNode;
}

/**
 * Plays tones that are generated in the browser: no file is fetched for them.
 *
 * If the browser blocks sound until a user gesture, pending tones start at the first gesture.
 */
export class TonePlayer {
  readonly #onChange: () => void;
  readonly #outputs: Readonly<Record<ToneOutput, SoundOutput>>;
  readonly #sounding = new Map<ToneName, Sounding>();
  /** Keys and cues that sound now, once. */
  readonly #once = new Set<AudioBufferSourceNode>();
  #volume = 1;
  #ringtone = '';
  #fetched: {readonly url: string; readonly buffer: Promise<AudioBuffer | undefined>} | undefined;
  readonly #gesture = new GestureWait(() => this.resume());
  #wanted: ReadonlySet<ToneName> = new Set();
  #country = 'cn';
  #tones: Promise<Readonly<Record<ToneName, ToneShape>>> = Promise.resolve(TONES);

  /** @param onChange - Called when `blocked` may have changed. */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
    const changed = (): void => this.#changed();
    this.#outputs = {ringer: new SoundOutput(changed), speaker: new SoundOutput(changed)};
  }

  /** Whether the browser blocks a tone. */
  get blocked(): boolean {
    return [...this.#sounding.values()].some(({output}) => !this.#outputs[output].running);
  }

  /** The volume of the ringtone, 0–1. */
  set volume(volume: number) {
    this.#volume = volume;
    const ringtone = this.#sounding.get('ringtone');
    if (ringtone) ringtone.gain.gain.value = volume;
  }

  /** The URL of a custom ringtone; empty for the built-in one, which also replaces one that does not load in time. */
  set ringtone(url: string) {
    this.#ringtone = url;
  }

  /** The country whose network tones are used from the next tone on; its table is loaded on demand. */
  set country(country: string) {
    if (country === this.#country) return;
    this.#country = country;
    this.#tones = tonesOf(country);
  }

  /** Plays exactly these tones; tones that sound already continue. */
  play(tones: ReadonlySet<ToneName>): void {
    this.#wanted = tones;
    for (const name of [...this.#sounding.keys()]) if (!tones.has(name)) this.#stop(name);
    for (const name of tones) if (!this.#sounding.has(name)) void this.#start(name);
    this.#changed();
  }

  /** Plays the tone of a key once. */
  playKey(key: string): void {
    const shape = keyTone(key);
    if (shape) this.#playOnce(shape);
  }

  /** Plays a cue of an intercom's floor, or of a call, once. */
  playCue(name: CueName): void {
    // A blocked cue would sound at the next gesture, when it is no longer true.
    if (navigator.userActivation.hasBeenActive) this.#playOnce(CUES[name]);
  }

  /** Sets the device of an output; an empty id is the default one. */
  async setSinkId(id: string, output: ToneOutput): Promise<void> {
    await this.#outputs[output].setSinkId(id);
  }

  /** Starts blocked tones, within a user gesture. */
  resume(): void {
    for (const {output} of this.#sounding.values()) this.#outputs[output].resume();
  }

  /** Ends every sound and releases the devices; the player can be used again. */
  close(): void {
    this.play(new Set());
    this.#once.clear();
    for (const output of Object.values(this.#outputs)) output.close();
  }

  async #start(name: ToneName): Promise<void> {
    const buffer =
      (name === 'ringtone' && (await this.#ownRingtone())) || toneBuffer((await this.#tones)[name]);
    if (!this.#wanted.has(name) || this.#sounding.has(name)) return;
    // An alarm is as loud as possible, whatever volume was chosen for the ringtone.
    const output = name === 'ringtone' || name === 'alarm' ? 'ringer' : 'speaker';
    const {context, target} = this.#outputs[output].open();
    const gain = new GainNode(context, {gain: name === 'ringtone' ? this.#volume : 1});
    const source = new AudioBufferSourceNode(context, {buffer, loop: true});
    source.connect(gain).connect(target);
    source.start();
    this.#sounding.set(name, {output, gain, source});
    this.#changed();
  }

  #playOnce(shape: ToneShape): void {
    const {context, target} = this.#outputs.speaker.open();
    const source = new AudioBufferSourceNode(context, {buffer: toneBuffer(shape)});
    source.connect(target);
    this.#once.add(source);
    source.onended = () => {
      this.#once.delete(source);
      source.disconnect();
      this.#rest('speaker');
    };
    source.start();
  }

  #stop(name: ToneName): void {
    const {output, gain, source} = this.#sounding.get(name)!;
    this.#sounding.delete(name);
    const end = (): void => {
      gain.disconnect();
      this.#rest(output);
    };
    if (!this.#outputs[output].running) return end();
    const now = gain.context.currentTime;
    gain.gain.setValueAtTime(gain.gain.value, now);
    gain.gain.linearRampToValueAtTime(0, now + FADE);
    source.onended = end;
    source.stop(now + FADE);
  }

  /** Releases the device of an output that plays nothing. */
  #rest(output: ToneOutput): void {
    const used =
      [...this.#sounding.values()].some((sounding) => sounding.output === output) ||
      (output === 'speaker' && this.#once.size > 0);
    if (!used) this.#outputs[output].rest();
  }

  /** Returns the page's ringtone, fetched once; undefined if there is none, or not in time. */
  async #ownRingtone(): Promise<AudioBuffer | undefined> {
    const url = this.#ringtone;
    if (!url) return undefined;
    if (this.#fetched?.url !== url) {
      const fetched = (this.#fetched = {url, buffer: fetchSound(url)});
      void fetched.buffer.then((sound) => {
        if (!sound && this.#fetched === fetched) this.#fetched = undefined;
      });
    }
    return within(this.#fetched.buffer, mediaDurations.ringtone);
  }

  #changed(): void {
    this.#gesture.set(this.blocked);
    this.#onChange();
  }
}

async function tonesOf(country: string): Promise<Readonly<Record<ToneName, ToneShape>>> {
  if (country === 'cn') return TONES;
  try {
    const {nationalTones} = await import('./national-tones.js');
    return {...TONES, ...nationalTones(country, CHINA)};
  } catch {
    // A tone of another country is better than none.
    return TONES;
  }
}

async function fetchSound(url: string): Promise<AudioBuffer | undefined> {
  try {
    const response = await fetch(url);
    if (!response.ok) return undefined;
    return await new OfflineAudioContext(1, 1, 44_100).decodeAudioData(await response.arrayBuffer());
  } catch {
    // Missing, not allowed, or not decodable: another ringtone is better than a call that does not ring.
    return undefined;
  }
}
