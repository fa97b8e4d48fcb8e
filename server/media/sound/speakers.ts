/** One whose voice is watched. */
export interface Watched {
  /** How loud he is, 0–1. */
  readonly level: number;
}

/** From this loudness on somebody talks; −46 dB. */
const LOUD = 0.005;

/** How many frames of sound make talking, and how many of silence end it. */
const BEGINS = 5;
const ENDS = 40;

/** How many frames somebody has to be the louder one before he takes the place of the one who speaks. */
const TAKES_OVER = 40;

/** How much of an earlier loudness is left in each frame. */
const INERTIA = 0.95;

interface Voice {
  talking: boolean;
  frames: number;
  loudness: number;
}

/** Finds out who talks, and who of them is the speaker; neither changes with a cough or a pause for breath. */
export class Speakers<T extends Watched> {
  readonly #voices = new Map<T, Voice>();
  #speaker: T | undefined;
  #rival: T | undefined;
  #rivalFor = 0;

  /** The one who speaks, or who spoke last. */
  get speaker(): T | undefined {
    return this.#speaker;
  }

  add(one: T): void {
    this.#voices.set(one, {talking: false, frames: 0, loudness: 0});
  }

  delete(one: T): void {
    this.#voices.delete(one);
    if (this.#speaker === one) this.#speaker = undefined;
    if (this.#rival === one) this.#rival = undefined;
  }

  talks(one: T): boolean {
    return this.#voices.get(one)?.talking ?? false;
  }

  /** Takes the levels of a frame; gives those who began to talk or ended. */
  follow(): T[] {
    const changed: T[] = [];
    for (const [one, voice] of this.#voices) {
      voice.loudness = voice.loudness * INERTIA + one.level * (1 - INERTIA);
      voice.frames = one.level > LOUD === voice.talking ? 0 : voice.frames + 1;
      if (voice.frames < (voice.talking ? ENDS : BEGINS)) continue;
      voice.talking = !voice.talking;
      voice.frames = 0;
      changed.push(one);
    }
    this.#elect();
    return changed;
  }

  #elect(): void {
    const loudest = this.#loudest();
    const speaker = this.#speaker && this.#voices.get(this.#speaker);
    // He who goes on talking is not interrupted by one who is hardly louder.
    const stays = speaker?.talking && loudest && this.#voices.get(loudest)!.loudness < 2 * speaker.loudness;
    if (!loudest || loudest === this.#speaker || stays) {
      this.#rival = undefined;
      return;
    }
    this.#rivalFor = loudest === this.#rival ? this.#rivalFor + 1 : 0;
    this.#rival = loudest;
    if (speaker && this.#rivalFor < TAKES_OVER) return;
    this.#speaker = loudest;
    this.#rival = undefined;
  }

  #loudest(): T | undefined {
    let loudest: T | undefined;
    let most = 0;
    for (const [one, {talking, loudness}] of this.#voices) {
      if (!talking || loudness <= most) continue;
      most = loudness;
      loudest = one;
    }
    return loudest;
  }
}
