import type {RtpPacket} from 'werift';

/** A tone that was sent as RTP events; `duration` in milliseconds. */
export interface Tone {
  readonly tone: string;
  readonly duration: number;
}

/** The events that are tones, by their numbers (RFC 4733 §3.2). */
const TONES = '0123456789*#ABCD';

/** How long an event that nobody ends may lack a packet while sound comes again, in milliseconds. */
const PATIENCE = 150;

/** Whether one 32-bit timestamp is older than another. */
const older = (one: number, other: number): boolean => ((one - other) & 0xffff_ffff) < 0;

/** Makes tones of RTP events: each is told once, when it has ended, however often its packets are repeated. */
export class ToneReader {
  #current:
    {readonly timestamp: number; tone: string; duration: number; told: boolean; at: number} | undefined;

  /**
   * Takes a packet of events (RFC 4733 §2.3); gives the tones that it ends: its own, and one whose end got lost.
   *
   * @param clock - Ticks a second of its timestamps.
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

  /** Sound came: gives the tone that must have ended meanwhile, its end lost. */
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
