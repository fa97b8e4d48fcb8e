import {AudioInput} from './audio-input.js';
import {AudioOutput, createEncoder} from './audio-output.js';
import {Limiter} from './limiter.js';
import {FRAME, FRAME_TIME, loudness, SILENCE} from './sound.js';
import {everyInterval} from './ticker.js';

/** Sound below this level is not a voice; −60 dB. */
const QUIET = 0.001;

/** How many quiet frames still belong to a voice: its pauses. */
const HANGOVER = 25;

/** A source of sound, frame by frame. */
export interface SoundSource {
  /** Returns the next frame, to be used before the next call; undefined if there is none. */
  read(): Int16Array | undefined;
}

/** A voice that all ports hear, or one. */
export class MixerVoice {
  /** Whether it may be heard. */
  speaks = true;
  /** The only port that hears it; all others do if undefined. */
  listener: MixerPort | undefined;
  /** How loud it was in the last frame as all others hear it, 0–1. */
  level = 0;
  /** @internal Its sound in this frame; undefined if it is silent. */
  voice: Int16Array | undefined;
  readonly #source: SoundSource;
  #quietFor = HANGOVER;

  constructor(source: SoundSource) {
    this.#source = source;
  }

  /** @internal Reads the next frame. */
  listen(): void {
    const frame = this.#source.read();
    const level = frame && this.speaks ? loudness(frame) : 0;
    this.#quietFor = level > QUIET ? 0 : this.#quietFor + 1;
    this.level = this.listener ? 0 : level;
    this.voice = frame && this.speaks && this.#quietFor < HANGOVER ? frame : undefined;
  }
}

/** A participant of the mix: their voice goes in, the voices of the others come out. */
export class MixerPort extends MixerVoice {
  readonly input: AudioInput;
  readonly output = new AudioOutput();
  /** Whether they hear the others. */
  hears = true;
  /** @internal */
  readonly encoder = createEncoder();
  /** @internal */
  readonly limiter = new Limiter();

  constructor(input = new AudioInput()) {
    super(input);
    this.input = input;
  }
}

/**
 * Mixes sound so that each port hears all others, but not itself, nor what is whispered to another one.
 *
 * Each voice is decoded once. Silent ports hear the same mix, which is encoded once for all of them; each speaking port
 * gets its own encoding.
 */
export class Mixer {
  readonly #voices = new Set<MixerVoice>();
  readonly #ports = new Set<MixerPort>();
  readonly #sum = new Int32Array(FRAME);
  readonly #whispered = new Int32Array(FRAME);
  readonly #mixed = new Int16Array(FRAME);
  readonly #encoder = createEncoder();
  readonly #limiter = new Limiter();
  readonly #stop: () => void;

  /** @param onFrame - Called after each frame with the number of frames since the beginning. */
  constructor(onFrame: (index: number) => void = () => undefined) {
    this.#stop = everyInterval(FRAME_TIME, (index) => {
      this.#mix(index);
      onFrame(index);
    });
  }

  add(): MixerPort {
    const port = new MixerPort();
    this.#voices.add(port);
    this.#ports.add(port);
    return port;
  }

  /** Plays a source to all; it hears nothing. */
  play(source: SoundSource): MixerVoice {
    const voice = new MixerVoice(source);
    this.#voices.add(voice);
    return voice;
  }

  delete(one: MixerVoice): void {
    this.#voices.delete(one);
    if (one instanceof MixerPort) this.#ports.delete(one);
  }

  /** Stops mixing. */
  close(): void {
    this.#stop();
    this.#voices.clear();
    this.#ports.clear();
  }

  #mix(index: number): void {
    const sum = this.#sum.fill(0);
    const whispers: MixerVoice[] = [];
    for (const each of this.#voices) {
      each.listen();
      if (each.voice && each.listener) whispers.push(each);
      else if (each.voice) add(sum, each.voice);
    }
    let common: Uint8Array | undefined;
    for (const port of this.#ports) {
      const {encoder, limiter} = port;
      const heard = this.#sumFor(port, whispers);
      const own = port.listener ? undefined : port.voice;
      let payload: Uint8Array = SILENCE;
      if (port.hears && (own || heard !== sum))
        payload = encoder.encode(limiter.fit(heard, this.#mixed, own));
      else if (port.hears) payload = common ??= this.#encoder.encode(this.#limiter.fit(sum, this.#mixed));
      port.output.send(payload, index * FRAME);
    }
  }

  /** Returns what a port hears, its own voice included: the sum, and what is for it alone. */
  #sumFor(port: MixerPort, whispers: readonly MixerVoice[]): Int32Array {
    const own = whispers.filter(({listener}) => listener === port);
    if (!own.length) return this.#sum;
    this.#whispered.set(this.#sum);
    for (const {voice} of own) add(this.#whispered, voice!);
    return this.#whispered;
  }
}

function add(sum: Int32Array, voice: Int16Array): void {
  for (let place = 0; place < FRAME; place += 1) sum[place]! += voice[place]!;
}
