import {SipError} from '../../errors.js';
import {letRun} from '../audio/running-context.js';

/**
 * How long the browser may take to start the sound, in milliseconds: some open the device first. It reports no refusal.
 */
const PATIENCE = 4000;

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

  /** Begins to mix. @throws {SipError} `playback-blocked` if the browser waits for a gesture. */
  async run(): Promise<void> {
    if (!(await letRun(this.#context, PATIENCE))) throw new SipError('playback-blocked');
  }

  /** Mixes exactly these tracks from now on. */
  use(tracks: readonly MediaStreamTrack[]): void {
    for (const [track, voice] of this.#voices) {
      if (tracks.includes(track)) continue;
      this.#voices.delete(track);
      leave(voice);
    }
    for (const track of tracks) if (!this.#voices.has(track)) this.#voices.set(track, this.#join(track));
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
