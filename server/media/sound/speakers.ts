/** A participant whose voice is monitored. */
export interface Watched {
  /** How loud they are, 0–1. */
  readonly level: number;
}

/** The level from which a participant counts as talking; −46 dB. */
const LOUD = 0.005;

/** How many frames of sound begin talking, and how many of silence end it. */
const BEGINS = 5;
const ENDS = 40;

/** How many frames a louder participant needs to replace the speaker. */
const TAKES_OVER = 40;

/** The share of the earlier loudness that remains in each frame. */
const INERTIA = 0.95;

interface Voice {
  talking: boolean;
  frames: number;
  loudness: number;
}

/** Detects who talks and who is the speaker; neither changes with a cough or a pause for breath. */
export class Speakers<T extends Watched> {
  readonly #voices = new Map<T, Voice>();
  #speaker: T | undefined;
  #rival: T | undefined;
  #rivalFor = 0;

  /** The current speaker, or the last one. */
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

  /** Evaluates the levels of a frame. Returns the participants who began or stopped to talk. */
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
    // A talking speaker is not replaced by a participant who is hardly louder.
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
