import {ExtensionProfiles, type RtpPacket} from 'werift';

/** Whether one 16-bit sequence number is newer than another (RFC 3550 §A.1). */
const newer = (one: number, other: number): boolean => ((one - other) & 0xffff) < 0x8000 && one !== other;

/**
 * Copies packets of changing sources into one RTP stream: sequence numbers and timestamps continue across sources. Gaps
 * and reordering within a source are preserved, so that losses remain visible.
 */
export class RewrittenStream {
  /** The number of packets so far. */
  sent = 0;
  readonly #clock: number;
  #sequence = Math.trunc(Math.random() * 0x7fff);
  #timestamp = Math.trunc(Math.random() * 0x7fff_ffff);
  #sentAt: number | undefined;
  #offsets: {readonly sequence: number; readonly timestamp: number} | undefined;

  /** @param clock - The clock rate of the timestamps, in ticks per second. */
  constructor(clock: number) {
    this.#clock = clock;
  }

  /** Makes the next packet a new beginning: of another source, or of the same one after a pause. */
  begin(): void {
    this.#offsets = undefined;
  }

  /** Returns a copy of a packet with this stream's numbers, and without the source's header extensions. */
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

  /** Returns the ticks since the last packet, at least one. */
  #elapsed(): number {
    if (this.#sentAt === undefined) return 1;
    return Math.max(1, Math.round(((performance.now() - this.#sentAt) / 1000) * this.#clock));
  }
}
