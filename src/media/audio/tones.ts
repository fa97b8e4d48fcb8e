import {durations} from '../../durations.js';
import {GestureWait} from './gesture.js';
import {SoundOutput} from './sound-output.js';
import {toneBuffer} from './tone-samples.js';
import {CHINA, CUES, keyTone, TONES, type CueName, type ToneName, type ToneShape} from './tone-table.js';

export type {CueName, ToneName} from './tone-table.js';

/** Where tones sound: what calls a person, and what a person who is on the phone hears. */
export type ToneOutput = 'ringer' | 'speaker';

/** How long a tone takes to fall silent, in seconds, so that it does not click. */
const FADE = 0.02;

interface Sounding {
  readonly output: ToneOutput;
  readonly gain: GainNode;
  readonly source: AudioBufferSourceNode;
}

/**
 * Plays tones, made in the browser: no file is fetched for them.
 *
 * Where the browser refuses sound until the user does something, what is to sound then does so at the first gesture.
 */
export class TonePlayer {
  readonly #onChange: () => void;
  readonly #outputs: Readonly<Record<ToneOutput, SoundOutput>>;
  readonly #sounding = new Map<ToneName, Sounding>();
  /** What sounds once, at this moment: keys and cues. */
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

  /** Whether something is to sound that the browser does not let sound. */
  get blocked(): boolean {
    return [...this.#sounding.values()].some(({output}) => !this.#outputs[output].running);
  }

  /** How loud the ringtone is, 0–1. */
  set volume(volume: number) {
    this.#volume = volume;
    const ringtone = this.#sounding.get('ringtone');
    if (ringtone) ringtone.gain.gain.value = volume;
  }

  /** The address of a sound to ring with; empty for the built-in ringtone, which also takes its place where it cannot be had soon. */
  set ringtone(url: string) {
    this.#ringtone = url;
  }

  /** Whose network's tones are heard from the next one on; their table is loaded then. */
  set country(country: string) {
    if (country === this.#country) return;
    this.#country = country;
    this.#tones = tonesOf(country);
  }

  /** Lets sound exactly these; what sounds already goes on. */
  play(tones: ReadonlySet<ToneName>): void {
    this.#wanted = tones;
    for (const name of [...this.#sounding.keys()]) if (!tones.has(name)) this.#stop(name);
    for (const name of tones) if (!this.#sounding.has(name)) void this.#start(name);
    this.#changed();
  }

  /** Lets the sound of a key be heard once. */
  playKey(key: string): void {
    const shape = keyTone(key);
    if (shape) this.#playOnce(shape);
  }

  /** Lets be heard once what has become of an intercom's floor, or of a call. */
  playCue(name: CueName): void {
    // What the browser keeps off would be heard at the next gesture, when it is not true any more.
    if (navigator.userActivation.hasBeenActive) this.#playOnce(CUES[name]);
  }

  /** Sounds on the device from now on; the usual one where the id is empty. */
  async setSinkId(id: string, output: ToneOutput): Promise<void> {
    await this.#outputs[output].setSinkId(id);
  }

  /** Lets be heard what is blocked, within a gesture of the user's. */
  resume(): void {
    for (const {output} of this.#sounding.values()) this.#outputs[output].resume();
  }

  /** Ends every sound and lets the devices go; it can play again. */
  close(): void {
    this.play(new Set());
    this.#once.clear();
    for (const output of Object.values(this.#outputs)) output.close();
  }

  async #start(name: ToneName): Promise<void> {
    const buffer =
      (name === 'ringtone' && (await this.#ownRingtone())) || toneBuffer((await this.#tones)[name]);
    if (!this.#wanted.has(name) || this.#sounding.has(name)) return;
    // An alarm is as loud as can be, whatever was chosen for the others.
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

  /** Lets a device go that nothing sounds on. */
  #rest(output: ToneOutput): void {
    const used =
      [...this.#sounding.values()].some((sounding) => sounding.output === output) ||
      (output === 'speaker' && this.#once.size > 0);
    if (!used) this.#outputs[output].rest();
  }

  /** The page's ringtone, fetched once it can be had; undefined where there is none, or not in time. */
  async #ownRingtone(): Promise<AudioBuffer | undefined> {
    const url = this.#ringtone;
    if (!url) return undefined;
    if (this.#fetched?.url !== url) {
      const fetched = (this.#fetched = {url, buffer: fetchSound(url)});
      void fetched.buffer.then((sound) => {
        if (!sound && this.#fetched === fetched) this.#fetched = undefined;
      });
    }
    const late = new Promise<undefined>((resolve) => setTimeout(resolve, durations.ringtone, undefined));
    return Promise.race([this.#fetched.buffer, late]);
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
    // A tone of another country says more than none.
    return TONES;
  }
}

async function fetchSound(url: string): Promise<AudioBuffer | undefined> {
  try {
    const response = await fetch(url);
    if (!response.ok) return undefined;
    return await new OfflineAudioContext(1, 1, 44_100).decodeAudioData(await response.arrayBuffer());
  } catch {
    // Not there, not allowed, or no sound: a call that rings otherwise is better than one that does not ring.
    return undefined;
  }
}
