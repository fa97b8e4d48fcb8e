import {mediaDurations} from '../../durations/media.js';
import {FrameKey, joined, readHeader, type Bytes} from './sframe.js';

/** An encoded frame of sound or video (W3C webrtc-encoded-transform). */
export interface EncodedFrame {
  data: ArrayBuffer;
  /** Of video, `key`, `delta` or `empty`. */
  readonly type?: string;
}

/** What happens to frames: none passes while keys are exchanged. */
export type FrameMode = 'hold' | 'plain' | 'encrypted';

/** What became of the frames of a call. */
export interface FrameReport {
  /** Whether a frame was sent encrypted. */
  readonly sent: boolean;
  /** Whether the frames that arrive decrypt; undefined before the first. */
  readonly received: boolean | undefined;
}

/** How many counters behind the newest a frame may arrive: 15 seconds of sound, camera and screen. */
const REPLAY_WINDOW = 2048;

/**
 * How many bytes of a video frame stay readable: packetizers of VP8 read the frame's header (RFC 7741 §4.3), 10 bytes of
 * a key frame and 3 of any other. They are authenticated.
 */
const CLEAR_BYTES = {key: 10, other: 3};

/**
 * Encrypts the frames that one call sends, and decrypts those that it receives, in all its streams: they share one
 * counter, which no stream can use twice.
 *
 * An encrypted frame has its clear bytes, the SFrame ciphertext (RFC 9605), and one byte with the number of clear bytes. The
 * kind of media and the clear bytes are its metadata (RFC 9605 §4.4.3).
 */
export class FrameCipher {
  mode: FrameMode = 'hold';
  readonly #report: (report: FrameReport) => void;
  #own: FrameKey | undefined;
  #other: FrameKey | undefined;
  #counter = 0;
  #newest = -1;
  /** The counters that arrived, each at its rest by the size of the window. */
  readonly #seen = new Float64Array(REPLAY_WINDOW).fill(-1);
  #sent = false;
  #received: boolean | undefined;
  /** When the first frame failed since one decrypted. */
  #failing: number | undefined;

  /** @param report - Called when the report changes. */
  constructor(report: (report: FrameReport) => void) {
    this.#report = report;
  }

  /** Uses a key from now on. @param kid - The id of this side's key: 0 or 1; the other side has the other one. */
  async setKey(baseKey: Bytes, kid: number): Promise<void> {
    const [own, other] = await Promise.all([
      FrameKey.derive(baseKey, kid),
      FrameKey.derive(baseKey, 1 - kid),
    ]);
    // A second key would start its counters again.
    if (this.#own) return;
    this.#own = own;
    this.#other = other;
    this.mode = 'encrypted';
  }

  /** Returns what is sent instead of a frame; undefined if nothing may be. */
  async encrypt(frame: Bytes, video: boolean, type?: string): Promise<Bytes | undefined> {
    if (this.mode === 'plain') return frame;
    const key = this.#own;
    if (this.mode === 'hold' || !key) return undefined;
    const most = !video ? 0 : type === 'key' ? CLEAR_BYTES.key : CLEAR_BYTES.other;
    const clear = frame.subarray(0, Math.min(most, frame.length));
    const counter = this.#counter;
    this.#counter += 1;
    const sealed = await key.encrypt(counter, frame.subarray(clear.length), metadataOf(video, clear));
    if (!this.#sent) {
      this.#sent = true;
      this.#tell();
    }
    return joined(clear, sealed, Uint8Array.of(clear.length));
  }

  /** Returns the frame that was sent; undefined if it is forged, changed, repeated or of another key. */
  async decrypt(data: Bytes, video: boolean): Promise<Bytes | undefined> {
    if (this.mode === 'plain') return data;
    if (this.mode === 'hold' || !this.#other) return undefined;
    const frame = await this.#opened(data, video, this.#other);
    if (frame) {
      this.#failing = undefined;
      this.#note(true);
    } else {
      this.#failing ??= performance.now();
      if (performance.now() - this.#failing >= mediaDurations.encryptionFailing) this.#note(false);
    }
    return frame;
  }

  async #opened(data: Bytes, video: boolean, key: FrameKey): Promise<Bytes | undefined> {
    const length = data.at(-1) ?? 0;
    const clear = data.subarray(0, length);
    const sealed = data.subarray(length, -1);
    const header = length <= CLEAR_BYTES.key ? readHeader(sealed) : undefined;
    if (header?.kid !== key.kid || this.#repeated(header.counter)) return undefined;
    const frame = await key.decrypt(sealed, header, metadataOf(video, clear)).catch(() => undefined);
    // The same frame may have arrived twice at once.
    if (!frame || this.#repeated(header.counter)) return undefined;
    this.#seen[header.counter % REPLAY_WINDOW] = header.counter;
    this.#newest = Math.max(this.#newest, header.counter);
    return joined(clear, frame);
  }

  #repeated(counter: number): boolean {
    return counter <= this.#newest - REPLAY_WINDOW || this.#seen[counter % REPLAY_WINDOW] === counter;
  }

  #note(received: boolean): void {
    if (received === this.#received) return;
    this.#received = received;
    this.#tell();
  }

  #tell(): void {
    this.#report({sent: this.#sent, received: this.#received});
  }
}

function metadataOf(video: boolean, clear: Uint8Array): Bytes {
  return joined(Uint8Array.of(video ? 1 : 0), clear);
}
