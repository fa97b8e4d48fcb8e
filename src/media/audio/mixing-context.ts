/** A track that is mixed: decoded once for all mixes. */
interface Source {
  readonly node: MediaStreamAudioSourceNode;
  readonly player: HTMLAudioElement;
  users: number;
}

/**
 * The audio context in which all mixes of the page run, with one source for each track.
 *
 * A context for each mix would be another thread and another output of the browser: on a busy machine they wait for each
 * other, which delays the sound.
 */
export class MixingContext {
  static #shared: MixingContext | undefined;
  readonly context = new AudioContext();
  readonly #sources = new Map<MediaStreamTrack, Source>();
  #users = 0;

  /** Returns the page's context, until `leave` is called as often as this. */
  static enter(): MixingContext {
    const shared = (MixingContext.#shared ??= new MixingContext());
    shared.#users += 1;
    return shared;
  }

  /** Closes the context if nobody else needs it. */
  leave(): void {
    this.#users -= 1;
    if (this.#users > 0) return;
    MixingContext.#shared = undefined;
    void this.context.close();
  }

  /** Connects a track to a node; returns how to disconnect it. */
  connect(track: MediaStreamTrack, target: AudioNode): () => void {
    const source = this.#sources.get(track) ?? this.#open(track);
    source.users += 1;
    source.node.connect(target);
    return () => {
      source.node.disconnect(target);
      source.users -= 1;
      if (source.users > 0) return;
      this.#sources.delete(track);
      source.player.srcObject = null;
    };
  }

  #open(track: MediaStreamTrack): Source {
    const stream = new MediaStream([track]);
    // Chromium decodes remote audio only if an element plays it.
    const player = new Audio();
    player.muted = true;
    player.srcObject = stream;
    player.play().catch(() => {});
    const source = {node: this.context.createMediaStreamSource(stream), player, users: 0};
    this.#sources.set(track, source);
    return source;
  }
}
