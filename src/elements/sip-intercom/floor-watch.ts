import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {FloorState} from '../../core/intercom/floor.js';
import type {SipIntercom} from '../../core/intercom/intercom.js';
import type {CueName} from '../../media/audio/tones.js';
import {floorText} from '../shared/floor-text.js';

/** How to report changes of the floor to the user. */
export interface FloorWatchOptions {
  readonly localize: LocalizeController;
  readonly onCue: (name: CueName) => void;
}

/**
 * Follows the floor of the intercom shown: since when the user has been speaking, which tone to play, and what to
 * announce.
 */
export class FloorWatch {
  readonly #options: FloorWatchOptions;
  #intercom: SipIntercom | undefined;
  #floor: FloorState = 'idle';
  #since: number | undefined;
  #denied = false;
  #news = '';

  constructor(options: FloorWatchOptions) {
    this.#options = options;
  }

  /** How long the user has been speaking, in milliseconds; undefined while they do not speak. */
  get spoken(): number | undefined {
    return this.#since === undefined ? undefined : performance.now() - this.#since;
  }

  /** Whether the last request was denied, and nothing has changed since. */
  get denied(): boolean {
    return this.#denied;
  }

  /**
   * The text for screen readers. The user's own speaking is not announced, because the others would hear it; nor is the
   * same speaker twice in a row.
   */
  get news(): string {
    return this.#news;
  }

  /** Follows another intercom, or none. */
  follow(intercom: SipIntercom | undefined): void {
    if (intercom === this.#intercom) return;
    this.#intercom?.removeEventListener('statechange', this.#onChange);
    this.#intercom = intercom;
    this.#floor = 'idle';
    this.#since = undefined;
    this.#denied = false;
    this.#news = '';
    intercom?.addEventListener('statechange', this.#onChange);
    if (intercom) this.#onChange();
  }

  /** Reports that the user's request was denied. */
  deny(): void {
    const {localize, onCue} = this.#options;
    this.#denied = true;
    if (this.#intercom) this.#news = floorText(this.#intercom, localize);
    onCue('denied');
  }

  readonly #onChange = (): void => {
    const {state} = this.#intercom!;
    const {floor} = state;
    const before = this.#floor;
    this.#floor = floor;
    if (state.phase === 'released') return;
    this.#tell();
    if (floor === before) return;
    this.#denied = false;
    this.#since = floor === 'granted' ? performance.now() : undefined;
    if (floor === 'granted') this.#options.onCue('granted');
    else if (state.revoked && before === 'granted') this.#options.onCue('denied');
    else if (before === 'granted' || (before === 'taken' && floor === 'idle')) this.#options.onCue('ended');
  };

  #tell(): void {
    const {localize} = this.#options;
    const {floor, revoked} = this.#intercom!.state;
    if (floor === 'taken' || floor === 'queued') this.#news = floorText(this.#intercom!, localize);
    else if (floor === 'idle' && revoked) this.#news = localize.term('floorRevoked');
    else if (floor === 'granted') this.#news = '';
  }
}
