/** Where a call is heard: `selected` is the chosen speaker, such as a headset; `unselected` is the loudspeaker. */
export type CallOutput = 'selected' | 'unselected';

/** How this side hears a call. Plain data that can be cloned. */
export interface CallSoundState {
  /** The volume that the user has set for the call, 0–1. */
  readonly volume: number;
  /** Whether the user has silenced the call for this side alone. */
  readonly silenced: boolean;
  readonly output: CallOutput;
  /** Whether the call is lowered, because the user speaks into an intercom or something urgent is heard. */
  readonly lowered: boolean;
  /** Whether all other calls are lowered while this one is heard. Urgent calls always have priority. */
  readonly priority: boolean;
  /**
   * Whether the call is on hold because an urgent one was answered or placed: it resumes by itself when that ends, unless
   * the user has chosen another call.
   */
  readonly interrupted: boolean;
}

/** The sound of a call that no one has changed. */
export const FULL_SOUND: CallSoundState = Object.freeze({
  volume: 1,
  silenced: false,
  output: 'selected',
  lowered: false,
  priority: false,
  interrupted: false,
});

/** Whether the user hears nothing of a call: they have silenced it, or turned its volume to 0. */
export function isInaudible({silenced, volume}: CallSoundState): boolean {
  return silenced || volume === 0;
}

/**
 * Returns the factor by which the sound of a call is multiplied, 0–1.
 *
 * @param duck - By how many decibels a lowered call is quieter.
 */
export function gainOf({volume, silenced, lowered}: CallSoundState, duck: number): number {
  if (silenced) return 0;
  return lowered ? volume * 10 ** (-duck / 20) : volume;
}
