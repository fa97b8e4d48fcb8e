import type {LocalMedia} from '../session/local-media.js';
import {TaskQueue} from '../../task-queue.js';

type Kind = 'audio' | 'video';

/**
 * Silences a connection in both directions without signalling: nothing is sent, and received media are not played.
 * Devices and their tracks are not touched.
 */
export class Silence {
  readonly #connection: RTCPeerConnection;
  /** The senders that were sending when silence began, with their kinds. */
  readonly #senders = new Map<RTCRtpSender, Kind>();
  #kept = false;
  /** The senders that encode nothing. */
  readonly #idle = new Set<RTCRtpSender>();
  /** Changes of encodings run one after another. */
  readonly changes = new TaskQueue();

  constructor(connection: RTCPeerConnection) {
    this.#connection = connection;
  }

  /** Whether the connection is silent. */
  get kept(): boolean {
    return this.#kept;
  }

  /** Sets the sender's track, or none; during silence, takes effect once that ends. */
  async place(sender: RTCRtpSender, kind: Kind, track: MediaStreamTrack | undefined): Promise<void> {
    if (!this.#kept) {
      if (sender.track !== (track ?? null)) await sender.replaceTrack(track ?? null);
    } else if (track) {
      this.#senders.set(sender, kind);
    } else {
      this.#senders.delete(sender);
    }
  }

  /** Begins silence, or extends it to lines that were added since. */
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

  /** Replaces the track of a sender that sends; during silence, takes effect once that ends. */
  async replace(sender: RTCRtpSender, kind: Kind, track: MediaStreamTrack | null): Promise<void> {
    if (this.#kept) this.#senders.set(sender, kind);
    else await sender.replaceTrack(track);
  }

  /** Ends silence: senders that sent before get the current local tracks. */
  break(local: LocalMedia): void {
    if (this.#kept) {
      this.#kept = false;
      for (const {receiver} of this.#connection.getTransceivers()) receiver.track.enabled = true;
      for (const [sender, kind] of this.#senders) replace(sender, local[kind] ?? null);
    }
    for (const sender of this.#idle) this.#encode(sender);
  }

  /** Enables encoding, or disables it during silence: without a track Firefox repeats the last frame once a second. */
  #encode(sender: RTCRtpSender): void {
    this.changes
      .run(async () => {
        const active = !this.#kept;
        if (!active) this.#idle.add(sender);
        const parameters = sender.getParameters();
        for (const encoding of parameters.encodings) encoding.active = active;
        await sender.setParameters(parameters);
        if (active) this.#idle.delete(sender);
      })
      // Fails if the connection was closed in the meantime, or if the browser does not support it, which is harmless.
      .catch(() => {});
  }
}

/** Replacements of one sender take effect in the order of the calls. */
function replace(sender: RTCRtpSender, track: MediaStreamTrack | null): void {
  // Fails if the connection was closed in the meantime: nothing is sent then anyway.
  sender.replaceTrack(track).catch(() => {});
}
