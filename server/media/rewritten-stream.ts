import {ExtensionProfiles, type RtpPacket} from 'werift';

/** Whether one 16-bit sequence number is newer than another (RFC 3550 §A.1). */
const newer = (one: number, other: number): boolean => ((one - other) & 0xffff) < 0x8000 && one !== other;

/**
 * Copies packets of changing sources into one RTP stream: sequence numbers and timestamps go on where the last source
 * left off, and gaps and reordering inside a source stay as they are, so that losses are still seen.
 */
export class RewrittenStream {
  /** How many packets there were. */
  sent = 0;
  readonly #clock: number;
  #sequence = Math.trunc(Math.random() * 0x7fff);
  #timestamp = Math.trunc(Math.random() * 0x7fff_ffff);
  #sentAt: number | undefined;
  #offsets: {readonly sequence: number; readonly timestamp: number} | undefined;

  /** @param clock - Ticks a second of the timestamps. */
  constructor(clock: number) {
    this.#clock = clock;
  }

  /** Starts anew with the next packet: another source, or the same one after a pause. */
  begin(): void {
    this.#offsets = undefined;
  }

  /** A copy of a packet with this stream's numbers, and without the source's header extensions. */
  rewrite(packet: RtpPacket): RtpPacket {
    const {header} = packet;
    this.#offsets ??= {
      sequence: (this.#sequence + 1 - header.sequenceNumber) & 0xffff,
      timestamp: (this.#timestamp + this.#elapsed() - header.timestamp) >>> 0,
    };
    const copy = packet.clone();
    copy.header.extensions = [];
    copy.header.extension = false;
    // This server's own extensions are short; a source's two-byte profile would not fit them.
    copy.header.extensionProfile = ExtensionProfiles.OneByte;
    copy.header.sequenceNumber = (header.sequenceNumber + this.#offsets.sequence) & 0xffff;
    copy.header.timestamp = (header.timestamp + this.#offsets.timestamp) >>> 0;
    if (this.#sentAt === undefined || newer(copy.header.sequenceNumber, this.#sequence)) {
      this.#sequence = copy.header.sequenceNumber;
      this.#timestamp = copy.header.timestamp;
    }
    this.#sentAt = performance.now();
    this.sent += 1;
    return copy;
  }

  /** Ticks since the last packet, one at least. */
  #elapsed(): number {
    if (this.#sentAt === undefined) return 1;
    return Math.max(1, Math.round(((performance.now() - this.#sentAt) / 1000) * this.#clock));
  }
}
