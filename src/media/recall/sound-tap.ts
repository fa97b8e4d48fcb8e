import {usePerTrack} from '../audio/per-track.js';

/** How many samples are handed over at once: about a tenth of a second. */
const BLOCK = 4_096;

/** Hands over the sound of tracks, mixed to one channel. */
export class SoundTap {
  readonly #context: AudioContext;
  // An audio worklet would need a file of its own at an address that the policy of each page allows.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  readonly #node: ScriptProcessorNode;
  readonly #target: MediaStreamAudioDestinationNode;
  readonly #sources = new Map<MediaStreamTrack, MediaStreamAudioSourceNode>();

  /** @param onBlock - Called with the next samples, which it may keep. */
  constructor(context: AudioContext, onBlock: (samples: Float32Array<ArrayBuffer>) => void) {
    this.#context = context;
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    this.#node = context.createScriptProcessor(BLOCK, 1, 1);
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    this.#node.onaudioprocess = ({inputBuffer}) => onBlock(inputBuffer.getChannelData(0).slice());
    // A node whose sound goes nowhere gets none.
    this.#target = context.createMediaStreamDestination();
    this.#node.connect(this.#target);
  }

  /** Hands over exactly these tracks from now on. In Chromium, a remote one has to be played by an element. */
  use(tracks: readonly MediaStreamTrack[]): void {
    usePerTrack(this.#sources, tracks, {
      begin: (track) => {
        const source = this.#context.createMediaStreamSource(new MediaStream([track]));
        source.connect(this.#node);
        return source;
      },
      end: (source) => source.disconnect(),
    });
  }

  /** Idempotent. */
  stop(): void {
    this.use([]);
    // eslint-disable-next-line @typescript-eslint/no-deprecated
    this.#node.onaudioprocess = null;
    this.#node.disconnect();
    for (const track of this.#target.stream.getTracks()) track.stop();
  }
}
