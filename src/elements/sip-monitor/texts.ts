import type {TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import {pauseIcon, videoOffIcon} from '../shared/icons/controls.js';
import {triangleAlertIcon} from '../shared/icons.js';
import {nameOf} from '../shared/people/people.js';
import type {Camera} from './cameras.js';
import {banIcon, lockIcon, unplugIcon} from './icons.js';
import {timeOfDay} from '../shared/history-time.js';

/** Returns the state of a video now in a word or two; for a video whose frames are no longer new, since when. */
export function cameraState({subscription}: Camera, localize: LocalizeController, now: number): string {
  const {phase, reason} = subscription.state;
  const {seenAt} = subscription;
  if (seenAt !== undefined && subscription.isLate(now))
    return localize.term('pictureLate', timeOfDay(seenAt, localize.lang()));
  if (phase === 'live') return localize.term('pictureLive');
  if (phase === 'off') return localize.term('pictureOff');
  if (phase === 'connecting') return localize.term('pictureAwaited');
  if (phase === 'paused') return localize.term('picturePaused');
  if (phase === 'stalled') return localize.term('pictureStopped');
  if (reason === 'normal') return localize.term('pictureEnded');
  return localize.term(reason === 'number-offline' ? 'offline' : 'pictureRefused');
}

/** Explains in a sentence why a video was lost or refused. */
export function cameraReason({subscription, party}: Camera, localize: LocalizeController): string {
  const {reason} = subscription.state;
  if (!reason || reason === 'normal') return '';
  return localize.describe({code: reason, subject: nameOf(party, localize)});
}

/** Returns the symbol for why no video is shown; undefined while it is being requested, or is not wanted. */
export function cameraSymbol({subscription}: Camera): TemplateResult | undefined {
  const {phase, reason} = subscription.state;
  if (phase === 'off' || phase === 'connecting') return undefined;
  if (phase === 'paused') return pauseIcon;
  switch (reason) {
    case 'number-offline':
    case 'not-connected':
    case 'connection-lost':
      return unplugIcon;
    case 'no-video':
      return videoOffIcon;
    case 'not-allowed':
      return lockIcon;
    case 'declined':
    case 'call-refused':
      return banIcon;
    default:
      return triangleAlertIcon;
  }
}

/** Returns when the last frame was shown, while the video does not play. */
export function lastText({subscription}: Camera, localize: LocalizeController): string {
  const {seenAt, state} = subscription;
  if (seenAt === undefined || state.phase === 'live') return '';
  return localize.term('pictureLast', timeOfDay(seenAt, localize.lang()));
}

/** Returns when the next attempt starts. */
export function retryText({subscription}: Camera, localize: LocalizeController): string {
  const {retryAt} = subscription.state;
  if (retryAt === undefined) return '';
  const seconds = Math.max(1, Math.ceil((retryAt - performance.now()) / 1000));
  return localize.term('retriesIn', String(seconds));
}

/** The changes that screen readers announce: which video was lost, and which one is back. */
export class CameraAnnouncements {
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
