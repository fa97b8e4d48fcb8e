import type {RTCRtpTransceiver, RtpPacket} from 'werift';
import type {MediaKind} from './description.js';
import {NO_WAY, type Flow} from './flow.js';
import {eventClock} from './peer.js';
import type {MediaSink, MediaSource, Unsubscribe} from './routing.js';
import {ToneReader, type Tone} from './sound/tone-reader.js';

/** How long a stream may pause before another stream of the same client replaces it, in milliseconds. */
const STREAM_PATIENCE = 500;

/** A negotiated media line of a leg. */
export interface LegLine {
  readonly kind: MediaKind;
  readonly transceiver: RTCRtpTransceiver;
  /** What both ends agreed on, seen from the server's end. */
  agreed: Flow;
  /** The far end's last description, seen from the far end. */
  farEnd: Flow;
  /** Whether the far end refused or ended the line. */
  stopped: boolean;
}

/**
 * The audio or the video of a leg, however many lines its client uses for it (docs/protocol/clients.md#media): received
 * from any line that sends, sent on the first line that the far end receives on.
 */
export class LegPort implements MediaSource, MediaSink {
  readonly kind: MediaKind;
  readonly #lines: LegLine[] = [];
  readonly #packets = new Set<(packet: RtpPacket) => void>();
  readonly #opened = new Set<() => void>();
  readonly #wanted = new Set<() => void>();
  readonly #toned = new Set<(tone: Tone) => void>();
  readonly #tones = new ToneReader();
  #connected = false;
  #target: LegLine | undefined;
  #source: {readonly line: LegLine; readonly ssrc: number; at: number; events: number} | undefined;

  constructor(kind: MediaKind) {
    this.kind = kind;
  }

  /** @internal Its lines, stopped ones included. */
  get lines(): readonly LegLine[] {
    return this.#lines;
  }

  /** Whether there is a line of this kind that was not refused or ended. */
  get present(): boolean {
    return this.#lines.some((line) => !line.stopped);
  }

  get open(): boolean {
    return this.#connected && this.#target !== undefined;
  }

  /** Whether the far end keeps a line of this kind but receives nothing on it, as on hold. */
  get held(): boolean {
    return this.present && !this.#lines.some((line) => line.farEnd.receives);
  }

  /** The far end's directions on its lines of this kind, seen from there, all of them together. */
  get flow(): Flow {
    const lines = this.#lines.filter(({stopped}) => !stopped);
    return {
      sends: lines.some(({farEnd}) => farEnd.sends),
      receives: lines.some(({farEnd}) => farEnd.receives),
    };
  }

  onPacket(listener: (packet: RtpPacket) => void): Unsubscribe {
    this.#packets.add(listener);
    return () => this.#packets.delete(listener);
  }

  onOpen(listener: () => void): Unsubscribe {
    this.#opened.add(listener);
    return () => this.#opened.delete(listener);
  }

  onKeyFrameRequest(listener: () => void): Unsubscribe {
    this.#wanted.add(listener);
    return () => this.#wanted.delete(listener);
  }

  /** Notifies of each tone that its client sent as RTP events, which are removed from the packets. */
  onTone(listener: (tone: Tone) => void): Unsubscribe {
    this.#toned.add(listener);
    return () => this.#toned.delete(listener);
  }

  requestKeyFrame(): void {
    if (this.kind !== 'video' || !this.#connected || !this.#source) return;
    const {line, ssrc} = this.#source;
    line.transceiver.receiver.sendRtcpPLI(ssrc).catch(() => undefined);
  }

  write(packet: RtpPacket): void {
    // Packets are lost while the transport closes, when they no longer matter.
    this.#target?.transceiver.sender.sendRtp(packet).catch(() => undefined);
  }

  /** @internal Adds a line, whose packets are accepted from now on. */
  addLine(transceiver: RTCRtpTransceiver): LegLine {
    const line: LegLine = {kind: this.kind, transceiver, agreed: NO_WAY, farEnd: NO_WAY, stopped: false};
    this.#lines.push(line);
    const received = (packet: RtpPacket): void => {
      if (!line.agreed.receives || !this.#follow(line, packet.header.ssrc)) return;
      if (!this.#isEvent(transceiver, packet)) for (const listener of this.#packets) listener(packet);
    };
    transceiver.onTrack.subscribe((track) => track.onReceiveRtp.subscribe(received));
    return line;
  }

  /** Whether to accept a stream: it is the current one, or the current one has fallen silent. */
  #follow(line: LegLine, ssrc: number): boolean {
    const now = performance.now();
    if (this.#source && this.#source.ssrc !== ssrc && now - this.#source.at < STREAM_PATIENCE) return false;
    this.#source = {line, ssrc, at: now, events: this.#source?.ssrc === ssrc ? this.#source.events : 0};
    return true;
  }

  /** Removes RTP events from the stream, which continues without a gap. */
  #isEvent(transceiver: RTCRtpTransceiver, packet: RtpPacket): boolean {
    const source = this.#source!;
    const clock = eventClock(transceiver, packet.header.payloadType);
    if (clock) source.events += 1;
    else packet.header.sequenceNumber = (packet.header.sequenceNumber - source.events) & 0xffff;
    const ended = clock ? this.#tones.read(packet, clock) : this.#tones.settle();
    for (const tone of ended) for (const listener of this.#toned) listener(tone);
    return clock !== undefined;
  }

  /** @internal Applies a negotiation, or a change of the transport. */
  update(connected: boolean = this.#connected): void {
    const wasOpen = this.open;
    this.#connected = connected;
    this.#target = this.#lines.find((line) => line.agreed.sends);
    if (this.open && !wasOpen) for (const listener of this.#opened) listener();
  }

  /** @internal Handles a key frame request of the far end. */
  keyFrameRequested(): void {
    for (const listener of this.#wanted) listener();
  }

  /** @internal Forgets its lines, whose peer connection is gone; its listeners stay. */
  clear(): void {
    for (const line of this.#lines.splice(0)) line.agreed = NO_WAY;
    this.#source = undefined;
    this.update(false);
  }

  /** @internal Removes all listeners. */
  close(): void {
    this.#connected = false;
    for (const listeners of [this.#packets, this.#opened, this.#wanted, this.#toned]) listeners.clear();
  }
}
