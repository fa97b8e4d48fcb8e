import type {LocalMedia} from '../session/local-media.js';

type Kind = 'audio' | 'video';

/**
 * Keeps a connection silent and dark both ways without a word to the other side: nothing is sent, and what arrives is
 * not played. It leaves devices and their tracks alone.
 */
export class Silence {
  readonly #connection: RTCPeerConnection;
  /** What sent when it began, with the kind. */
  readonly #senders = new Map<RTCRtpSender, Kind>();
  #kept = false;
  /** Those that encode nothing. */
  readonly #idle = new Set<RTCRtpSender>();
  /** Changes of what encodes, one after another. */
  #last: Promise<void> = Promise.resolve();

  constructor(connection: RTCPeerConnection) {
    this.#connection = connection;
  }

  /** Whether it is kept. */
  get kept(): boolean {
    return this.#kept;
  }

  /** Has the sender send the track, or nothing; as soon as the silence is broken. */
  async place(sender: RTCRtpSender, kind: Kind, track: MediaStreamTrack | undefined): Promise<void> {
    if (!this.#kept) {
      if (sender.track !== (track ?? null)) await sender.replaceTrack(track ?? null);
    } else if (track) {
      this.#senders.set(sender, kind);
    } else {
      this.#senders.delete(sender);
    }
  }

  /** Keeps it from now on, on lines that have come since as well. */
  keep(): void {
    if (!this.#kept) this.#senders.clear();
    this.#kept = true;
    for (const {sender, receiver} of this.#connection.getTransceivers()) {
      receiver.track.enabled = false;
      if (!sender.track) continue;
      const kind = sender.track.kind as Kind;
      this.#senders.set(sender, kind);
      replace(sender, null);
      if (kind === 'video') this.#encode(sender);
    }
  }

  /** Has the sender send something else of what it sends; as soon as the silence is broken. */
  async replace(sender: RTCRtpSender, kind: Kind, track: MediaStreamTrack | null): Promise<void> {
    if (this.#kept) this.#senders.set(sender, kind);
    else await sender.replaceTrack(track);
  }

  /** Breaks it: what there is to send now goes where something went before. */
  break(local: LocalMedia): void {
    if (this.#kept) {
      this.#kept = false;
      for (const {receiver} of this.#connection.getTransceivers()) receiver.track.enabled = true;
      for (const [sender, kind] of this.#senders) replace(sender, local[kind] ?? null);
    }
    for (const sender of this.#idle) this.#encode(sender);
  }

  /** Has the sender encode, or not while silence is kept: without a track Firefox repeats the last picture once a second. */
  #encode(sender: RTCRtpSender): void {
    this.#last = this.#last
      .then(async () => {
        const active = !this.#kept;
        if (!active) this.#idle.add(sender);
        const parameters = sender.getParameters();
        for (const encoding of parameters.encodings) encoding.active = active;
        await sender.setParameters(parameters);
        if (active) this.#idle.delete(sender);
      })
      // It fails where the connection is closed meanwhile, or a browser cannot do it: then it goes without.
      .catch(() => {});
  }
}

/** Replacements of one sender take effect in the order in which they were asked for. */
function replace(sender: RTCRtpSender, track: MediaStreamTrack | null): void {
  // It fails where the connection is closed meanwhile: then nothing is sent anyway.
  sender.replaceTrack(track).catch(() => {});
}
