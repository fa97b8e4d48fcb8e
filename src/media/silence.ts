import type {LocalMedia} from './local-media.js';

/**
 * Keeps a connection silent and dark both ways without a word to the other side: nothing is sent, and what arrives is
 * not played. It leaves devices and their tracks alone.
 */
export class Silence {
  readonly #connection: RTCPeerConnection;
  /** What sent when it began, with the kind. */
  readonly #senders = new Map<RTCRtpSender, 'audio' | 'video'>();
  #kept = false;

  constructor(connection: RTCPeerConnection) {
    this.#connection = connection;
  }

  /** Whether it is kept. */
  get kept(): boolean {
    return this.#kept;
  }

  /** What sends pictures, or did so before; undefined where nothing does. */
  get videoSender(): RTCRtpSender | undefined {
    return this.#connection
      .getTransceivers()
      .map(({sender}) => sender)
      .find((sender) => (sender.track?.kind ?? this.#senders.get(sender)) === 'video');
  }

  /** Keeps it from now on, on lines that have come since as well. */
  keep(): void {
    if (!this.#kept) this.#senders.clear();
    this.#kept = true;
    for (const {sender, receiver} of this.#connection.getTransceivers()) {
      receiver.track.enabled = false;
      if (!sender.track) continue;
      this.#senders.set(sender, sender.track.kind as 'audio' | 'video');
      replace(sender, null);
    }
  }

  /** Breaks it: what there is to send now goes where something went before. */
  break(local: LocalMedia): void {
    if (!this.#kept) return;
    this.#kept = false;
    for (const {receiver} of this.#connection.getTransceivers()) receiver.track.enabled = true;
    for (const [sender, kind] of this.#senders) replace(sender, local[kind] ?? null);
  }
}

/** Replacements of one sender take effect in the order in which they were asked for. */
function replace(sender: RTCRtpSender, track: MediaStreamTrack | null): void {
  // It fails where the connection is closed meanwhile: then nothing is sent anyway.
  sender.replaceTrack(track).catch(() => {});
}
