import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {FloorState} from '../../core/intercom/floor.js';
import type {SipIntercom} from '../../core/intercom/intercom.js';
import type {CueName} from '../../media/audio/tones.js';
import {floorText, queueText, revokedText} from '../shared/talk/floor-text.js';

/** When the end of the user's time is announced, in seconds before. */
const WARNING = 10;

/**
 * Follows the floor of the intercom shown: since when the user has been speaking, which tone to play, and what to
 * announce.
 */
export class FloorWatch {
  readonly #localize: LocalizeController;
  readonly #onCue: (name: CueName) => void;
  #intercom: SipIntercom | undefined;
  #floor: FloorState = 'idle';
  /** Since when the floor has been as it is. */
  #since = 0;
  /** Whether the user got so much time that its end is announced. */
  #warns = false;
  /** What {@link announcement} is about. */
  #announced = '';
  #denied = false;
  #announcement = '';

  /** @param onCue - Plays the tone for a change of the floor. */
  constructor(localize: LocalizeController, onCue: (name: CueName) => void) {
    this.#localize = localize;
    this.#onCue = onCue;
  }

  /** How long the floor has been as it is, in milliseconds; undefined while that does not matter. */
  get passed(): number | undefined {
    const counts = this.#floor === 'granted' || this.left !== undefined;
    return counts ? performance.now() - this.#since : undefined;
  }

  /** How many seconds the speaker may still speak; undefined if the server does not report it. */
  get left(): number | undefined {
    const {floorEndsAt} = this.#intercom?.state ?? {};
    return floorEndsAt === undefined ? undefined : Math.max(0, Math.ceil((floorEndsAt - Date.now()) / 1_000));
  }

  /** Whether the last request was denied, and nothing has changed since. */
  get denied(): boolean {
    return this.#denied;
  }

  /**
   * The text for screen readers. The user's own speaking is not announced, because the others would hear it, except that
   * it is about to end; nor is the same speaker twice in a row.
   */
  get announcement(): string {
    const ends = this.#warns && this.#floor === 'granted' && (this.left ?? Infinity) <= WARNING;
    return ends ? this.#localize.term('secondsLeft', String(WARNING)) : this.#announcement;
  }

  /** Follows another intercom, or none. */
  follow(intercom: SipIntercom | undefined): void {
    if (intercom === this.#intercom) return;
    this.#intercom?.removeEventListener('statechange', this.#onChange);
    this.#intercom = intercom;
    this.#floor = 'idle';
    this.#denied = false;
    this.#announcement = this.#announced = '';
    intercom?.addEventListener('statechange', this.#onChange);
    if (intercom) this.#onChange();
  }

  /** Reports that the user's request was denied. */
  deny(): void {
    this.#denied = true;
    if (this.#intercom) this.#announcement = floorText(this.#intercom, this.#localize);
    this.#onCue('denied');
  }

  readonly #onChange = (): void => {
    const {state} = this.#intercom!;
    const {floor} = state;
    const before = this.#floor;
    this.#floor = floor;
    if (state.phase === 'released') return;
    this.#announce(before);
    if (floor === 'granted' && (this.left ?? 0) > WARNING) this.#warns = true;
    if (floor === before) return;
    this.#denied = false;
    this.#since = performance.now();
    if (floor !== 'granted') this.#warns = false;
    if (floor === 'granted') this.#onCue('granted');
    else if (state.revoked && before === 'granted') this.#onCue('denied');
    else if (before === 'granted' || (before === 'taken' && floor === 'idle')) this.#onCue('ended');
  };

  #announce(before: FloorState): void {
    const localize = this.#localize;
    const {state} = this.#intercom!;
    const {floor, speaker, revoked, queuePosition} = state;
    const fact = [floor, speaker?.number, speaker?.name, queuePosition].join();
    if (fact === this.#announced) return;
    this.#announced = fact;
    const text = localize.sentences([
      revoked && before === 'granted' ? revokedText(state, localize) : '',
      localize.listed([
        floor === 'taken' || floor === 'queued' ? floorText(this.#intercom!, localize) : '',
        queuePosition ? queueText(state, localize)! : '',
      ]),
    ]);
    if (text || floor === 'granted') this.#announcement = text;
  }
}
