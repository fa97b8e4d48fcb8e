import {connect, type MediaKind, type Route} from '../media/index.js';
import type {CallLeg} from './call-leg.js';

const KINDS: readonly MediaKind[] = ['audio', 'video'];

/**
 * Two legs that hear and see each other.
 *
 * A hold of one is kept from the other by the legs themselves, and told to it by a re-INVITE; video that one adds is
 * offered to the other; tones go across as INFO.
 */
export class Bridge {
  readonly #routes: readonly Route[];
  readonly #hadVideo = new Map<CallLeg, boolean>();

  constructor(one: CallLeg, other: CallLeg) {
    this.#routes = [...routes(one, other), ...routes(other, one)];
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      this.#hadVideo.set(from, from.media.video.present);
      from.onOfferAnswered = () => this.#follow(from, to);
      from.onInfo = (contentType, body) => void to.info(contentType, body);
    }
  }

  /** Takes them apart. */
  close(): void {
    for (const route of this.#routes) route.close();
  }

  #follow(changed: CallLeg, other: CallLeg): void {
    const video = changed.media.video.present && this.#hadVideo.get(changed) === false;
    this.#hadVideo.set(changed, changed.media.video.present);
    const added: MediaKind[] = video && !other.media.video.present ? ['video'] : [];
    let news = added.length > 0;
    for (const kind of KINDS) {
      const {wanted} = other.media;
      const receives = !changed.media[kind].held;
      news ||= wanted[kind].receives !== receives && other.media[kind].present;
      wanted[kind] = {sends: true, receives};
    }
    if (!news) return;
    void other.offerAgain(added).then((taken) => {
      if (taken) this.#hadVideo.set(other, other.media.video.present);
    });
  }
}

const routes = (from: CallLeg, to: CallLeg): Route[] =>
  KINDS.map((kind) => connect(from.media[kind], to.media[kind]));
