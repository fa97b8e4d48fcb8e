import {usePerTrack} from './per-track.js';
import {letSend} from './running-context.js';

/** One track of the mix. */
interface Voice {
  readonly node: MediaStreamAudioSourceNode;
  readonly player: HTMLAudioElement;
}

/** Mixes tracks into one that stays the same while they come and go. */
export class SoundMixer {
  readonly #context = new AudioContext();
  readonly #target = this.#context.createMediaStreamDestination();
  readonly #voices = new Map<MediaStreamTrack, Voice>();

  /** The mix: silence if nothing is mixed. */
  get track(): MediaStreamTrack {
    return this.#target.stream.getAudioTracks()[0]!;
  }

  /** The node that other sources can be connected to. */
  get target(): AudioNode {
    return this.#target;
  }

  /**
   * Begins to mix. Returns whether the browser allows that in time: it may wait for a gesture.
   *
   * @param patience - In milliseconds.
   */
  async run(patience: number): Promise<boolean> {
    return letSend(this.#target, patience);
  }

  /** Mixes exactly these tracks from now on. */
  use(tracks: readonly MediaStreamTrack[]): void {
    usePerTrack(this.#voices, tracks, {begin: (track) => this.#join(track), end: leave});
  }

  /** Ends the mix and its track; idempotent. */
  stop(): void {
    this.use([]);
    this.track.stop();
    if (this.#context.state !== 'closed') void this.#context.close();
  }

  #join(track: MediaStreamTrack): Voice {
    const stream = new MediaStream([track]);
    // Chromium decodes remote audio only if an element plays it.
    const player = new Audio();
    player.muted = true;
    player.srcObject = stream;
    player.play().catch(() => {});
    const node = this.#context.createMediaStreamSource(stream);
    node.connect(this.#target);
    return {node, player};
  }
}

function leave({node, player}: Voice): void {
  node.disconnect();
  player.srcObject = null;
}
