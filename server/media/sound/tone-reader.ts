import type {RtpPacket} from 'werift';

/** A tone that was sent as RTP events; `duration` in milliseconds. */
export interface Tone {
  readonly tone: string;
  readonly duration: number;
}

/** The events that are tones, by their numbers (RFC 4733 §3.2). */
const TONES = '0123456789*#ABCD';

/** After how long without a packet an event without an end counts as ended if audio arrives, in milliseconds. */
const PATIENCE = 150;

/** Whether one 32-bit timestamp is older than another. */
const older = (one: number, other: number): boolean => ((one - other) & 0xffff_ffff) < 0;

/** Converts RTP events to tones: each is returned once, when it has ended, however often its packets are repeated. */
export class ToneReader {
  #current:
    {readonly timestamp: number; tone: string; duration: number; told: boolean; at: number} | undefined;

  /**
   * Processes a packet of events (RFC 4733 §2.3). Returns the tones that it ends: its own, and one whose end was lost.
   *
   * @param clock - The clock rate of its timestamps, in ticks per second.
   */
  read({header, payload}: RtpPacket, clock: number): Tone[] {
    const tone = payload.length >= 4 ? TONES[payload[0]!] : undefined;
    if (tone === undefined) return [];
    const {timestamp} = header;
    const before = this.#current;
    const duration = Math.round((payload.readUInt16BE(2) / clock) * 1000);
    const ended: Tone[] = [];
    if (before && before.timestamp !== timestamp) {
      if (older(timestamp, before.timestamp)) return [];
      ended.push(...this.#tell());
    }
    const known = before?.timestamp === timestamp ? before : undefined;
    const current = (this.#current = {
      timestamp,
      tone,
      duration: Math.max(duration, known?.duration ?? 0),
      told: known?.told ?? false,
      at: performance.now(),
    });
    if ((payload[1]! & 0x80) !== 0 && !current.told) ended.push(...this.#tell());
    return ended;
  }

  /** Notes that audio arrived. Returns a tone that must have ended although its end was lost. */
  settle(): Tone[] {
    if (!this.#current || performance.now() - this.#current.at < PATIENCE) return [];
    return this.#tell();
  }

  #tell(): Tone[] {
    const current = this.#current;
    if (!current || current.told) return [];
    current.told = true;
    const {tone, duration} = current;
    return duration > 0 ? [{tone, duration}] : [];
  }
}
