import type {LocalizeController} from '../../controllers/localize-controller.js';
import {nameOf} from '../shared/people/people.js';
import type {Camera} from './cameras.js';

/** Returns the state of a video in a word or two. */
export function cameraState({subscription}: Camera, localize: LocalizeController): string {
  const {phase, reason, call} = subscription.state;
  if (phase === 'live') return localize.term('pictureLive');
  if (phase === 'off') return localize.term('pictureOff');
  if (phase === 'connecting') return localize.term(call ? 'pictureAwaited' : 'connecting');
  if (phase === 'paused') return localize.term('picturePaused');
  if (phase === 'stalled') return localize.term('pictureStopped');
  if (reason === 'normal') return localize.term('pictureEnded');
  return localize.term(phase === 'refused' ? 'pictureRefused' : 'offline');
}

/** Explains in a sentence why a video was lost or refused. */
export function cameraReason({subscription, party}: Camera, localize: LocalizeController): string {
  const {reason} = subscription.state;
  if (!reason || reason === 'normal') return '';
  return localize.describe({code: reason, subject: nameOf(party, localize)});
}

/** Returns when the next attempt starts. */
export function retryText({subscription}: Camera, localize: LocalizeController): string {
  const {retryAt} = subscription.state;
  if (retryAt === undefined) return '';
  const seconds = Math.max(1, Math.ceil((retryAt - Date.now()) / 1000));
  return localize.term('retriesIn', String(seconds));
}

/** The changes that screen readers announce: which video was lost, and which one is back. */
export class CameraNews {
  readonly #localize: LocalizeController;
  /** The keys of cameras whose video was playing or requested, and was lost. */
  readonly #gone = new Set<string>();
  #text = '';

  constructor(localize: LocalizeController) {
    this.#localize = localize;
  }

  get text(): string {
    return this.#text;
  }

  /** Checks whether a camera has a change to announce. */
  take({key, party, subscription}: Camera): void {
    const {phase} = subscription.state;
    const lost = phase === 'stalled' || phase === 'waiting' || phase === 'refused';
    if (phase === 'off') this.#gone.delete(key);
    if (lost === this.#gone.has(key) || (!lost && phase !== 'live')) return;
    if (lost) this.#gone.add(key);
    else this.#gone.delete(key);
    const name = nameOf(party, this.#localize);
    this.#text = this.#localize.term(lost ? 'pictureGone' : 'pictureBack', name);
  }
}
