import {randomInt} from 'node:crypto';
import {RtcpPayloadSpecificFeedback, type RTCPeerConnection, type RtcpPacket} from 'werift';
import {seenByClient, seenByPeer, standIn} from './adaptation.js';
import {Description, type MediaKind, type MediaSection, type Reports} from './description.js';
import {BOTH_WAYS, common, flowOf, NO_WAY, reversed, type Flow} from './flow.js';
import {followRestart, roleToRestart} from './ice-restart.js';
import {LegPort, type LegLine} from './leg-port.js';
import {addLine, closePeer, createPeer} from './peer.js';
import {showPlaceholder} from './picture/placeholder.js';
import {isServed, sectionOf, type Slot} from './slots.js';

/** The most lines of an offer, as at the client. */
const MOST_LINES = 128;

/** PLI (RFC 4585 §6.3.1) and FIR (RFC 5104 §4.3.1): message types that request a key frame. */
const KEY_FRAME_REQUESTS: readonly number[] = [1, 4];

/** How a leg is made. */
export interface LegOptions {
  /** Whether the leg starts the ICE checks, for a far end that waits for them; clients start them themselves. */
  readonly begins?: boolean;
  /** Whether its client sees a placeholder until the first video frame arrives. */
  readonly placeholder?: boolean;
}

/**
 * The server's end of one client's media: a peer connection, offering or answering, whose audio and video are sources
 * and sinks for others.
 *
 * The leg keeps the directions, not the peer connection; media that a client's hold forbids are not forwarded.
 */
export class Leg {
  readonly audio = new LegPort('audio');
  readonly video = new LegPort('video');
  /** The directions that this end wants on its lines of a kind; takes effect with the next offer or answer. */
  readonly wanted: Record<MediaKind, Flow> = {audio: BOTH_WAYS, video: BOTH_WAYS};
  /** What the client reports about its media: attributes that mean something to the other clients only. */
  reports: Reports = {};
  /** What this end reports to the client, with the next offer or answer. */
  passesOn: Reports = {};
  /** Whether its client sees a placeholder until the first video frame arrives. */
  readonly placeholder: boolean;
  #peer: RTCPeerConnection;
  readonly #addresses: readonly string[];
  readonly #sessionId = String(randomInt(2 ** 47));
  readonly #onClosed: (leg: Leg) => void;
  readonly #begins: boolean;
  readonly #stopPlaceholder: (() => void) | undefined;
  #version = 0;
  #slots: Slot[] = [];
  #described: string | undefined;
  /** An offer in an established session; the peer connection, which cannot roll back, gets it only with the answer. */
  #pending: {readonly sdp: string; readonly flows: ReadonlyMap<LegLine, Flow>} | undefined;
  #work: Promise<unknown> = Promise.resolve();
  #closed: Promise<void> | undefined;

  /** @internal Created by `MediaServer`. */
  constructor(
    addresses: readonly string[],
    onClosed: (leg: Leg) => void,
    {begins = false, placeholder = false}: LegOptions = {},
  ) {
    this.#addresses = addresses;
    this.#peer = this.#createPeer();
    this.#begins = begins;
    this.placeholder = placeholder;
    this.#onClosed = onClosed;
    if (placeholder) this.#stopPlaceholder = showPlaceholder(this.video);
  }

  /**
   * Makes an offer with the existing lines, and the given kinds that are missing. Must be followed by `acceptAnswer` or
   * `offerRefused`.
   */
  offer(kinds: readonly MediaKind[] = []): Promise<string> {
    return this.#next(async () => {
      for (const kind of kinds) if (!this.#port(kind).present) this.#reviveOrAddLine(kind);
      const sdp = this.#withoutRefused((await this.#peer.createOffer()).sdp);
      // The first offer is applied at once, because that gathers candidates.
      const gathered = this.#described ? undefined : await this.#describe('offer', sdp);
      const flows = new Map<LegLine, Flow>();
      const offer = this.#compose(Description.parse(gathered ?? sdp), (line) => {
        const flow = this.#wantedOf(line);
        flows.set(line, flow);
        return flow;
      });
      this.#pending = {sdp, flows};
      return offer;
    });
  }

  /** Applies the client's answer to the last offer. */
  acceptAnswer(answer: string): Promise<void> {
    return this.#next(async () => {
      const pending = this.#pending;
      if (!pending) throw new Error('an answer to no offer');
      const remote = Description.parse(answer);
      const transport = remote.sections.find((section) => !section.rejected);
      if (!transport) throw new Error('the answer refuses every line');
      this.#pending = undefined;
      if (this.#peer.signalingState === 'stable') await this.#describe('offer', pending.sdp);
      const own = Description.parse(pending.sdp);
      const seen = this.#slots.flatMap((slot, index) => {
        if (!isServed(slot)) return [];
        const section = remote.sections[index];
        const mine = sectionOf(own, slot.transceiver);
        if (!section?.kind) return mine ? [standIn(mine, transport)] : [];
        return [seenByPeer(section, this.#begins)];
      });
      await this.#peer.setRemoteDescription({type: 'answer', sdp: remote.withSections(seen).toString()});
      this.#hear(remote);
      this.#agree((line) => pending.flows.get(line) ?? NO_WAY);
    });
  }

  /** Discards the last offer, which the client refused; the session continues unchanged. */
  offerRefused(): void {
    this.#pending = undefined;
    const own = Description.parse(this.#described ?? '');
    this.#slots = this.#slots.filter((slot) => {
      if (!isServed(slot) || sectionOf(own, slot.transceiver)) return true;
      slot.stopped = true;
      // The line gives up its index, or the peer connection would use it for the next line there.
      delete slot.transceiver.mLineIndex;
      return false;
    });
  }

  /**
   * Applies a client's offer and makes the answer, with a line for each of its lines (docs/protocol/clients.md#media).
   *
   * @param refused - Kinds whose new lines are refused: port 0 (RFC 3264 §6). Existing lines become inactive.
   */
  answer(offer: string, refused: readonly MediaKind[] = []): Promise<string> {
    return this.#next(async () => {
      const role = roleToRestart(this.#peer, offer);
      if (role) await this.#renew();
      this.offerRefused();
      const remote = Description.parse(offer);
      if (remote.sections.length > MOST_LINES) throw new Error('the offer has too many lines');
      const transport = remote.sections.find((section) => section.kind !== undefined);
      if (!transport) throw new Error('nothing in the offer can be served');
      const own = Description.parse(this.#described ?? '');
      // Lines that were added before a failure would stay.
      for (const [index, section] of remote.sections.entries()) this.#checkKind(section, index);
      this.#slots = remote.sections.map((section, index) => {
        const kept = isServed(this.#slots[index]) || section.kind === undefined;
        return kept || !refused.includes(section.kind)
          ? this.#slotFor(section, index)
          : {refused: section.refusal()};
      });
      const seen = remote.sections.flatMap((section, index) => {
        const slot = this.#slots[index];
        if (!isServed(slot)) return [];
        const mine = section.kind ? undefined : sectionOf(own, slot.transceiver);
        return [mine ? standIn(mine, transport) : seenByPeer(section, this.#begins)];
      });
      await this.#peer.setRemoteDescription({type: 'offer', sdp: remote.withSections(seen).toString()});
      this.#hear(remote);
      if (role) for (const transport of this.#peer.dtlsTransports) transport.role = role;
      followRestart(this.#peer);
      const described = await this.#describe('answer', (await this.#peer.createAnswer()).sdp);
      this.#agree((line) => this.#wantedOf(line));
      return this.#compose(Description.parse(described), (line) => line.agreed);
    });
  }

  /**
   * Answers the first offer of a client that has returned without its peer connection, such as after the reload of its
   * page. Sources and sinks stay the same.
   *
   * @param refused - Kinds that are refused.
   */
  answerAnew(offer: string, refused: readonly MediaKind[] = []): Promise<string> {
    void this.#next(() => this.#renew()).catch(() => undefined);
    return this.answer(offer, refused);
  }

  /** Closes the leg and releases everything. Idempotent. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    this.#stopPlaceholder?.();
    for (const port of [this.audio, this.video]) port.close();
    // A socket that opens while the peer connection closes would stay open.
    await this.#work;
    await closePeer(this.#peer);
    this.#onClosed(this);
  }

  /** Takes another peer connection. Sources and sinks stay the same. */
  async #renew(): Promise<void> {
    const before = this.#peer;
    for (const port of [this.audio, this.video]) port.clear();
    this.#slots = [];
    this.#described = this.#pending = undefined;
    this.#peer = this.#createPeer();
    await closePeer(before);
  }

  #createPeer(): RTCPeerConnection {
    const peer = createPeer(this.#addresses);
    peer.connectionStateChange.subscribe((state) => {
      if (peer !== this.#peer) return;
      for (const port of [this.audio, this.video]) port.update(state === 'connected');
    });
    return peer;
  }

  #port(kind: MediaKind): LegPort {
    return kind === 'audio' ? this.audio : this.video;
  }

  get #lines(): readonly LegLine[] {
    return [...this.audio.lines, ...this.video.lines];
  }

  #isDescribed({transceiver}: LegLine): boolean {
    return sectionOf(Description.parse(this.#described ?? ''), transceiver) !== undefined;
  }

  /** Returns an offer without lines that were refused earlier, which the peer connection adds to each offer. */
  #withoutRefused(sdp: string): string {
    const own = Description.parse(sdp);
    const kept = own.sections.filter((section) => {
      const line = this.#lineOf(section);
      if (!line?.stopped || this.#isDescribed(line)) return true;
      delete line.transceiver.mLineIndex;
      return false;
    });
    return own.withSections(kept).toString();
  }

  #reviveOrAddLine(kind: MediaKind): void {
    const line = this.#port(kind).lines.find((other) => !this.#isDescribed(other)) ?? this.#addLine(kind);
    line.stopped = false;
  }

  #addLine(kind: MediaKind): LegLine {
    const transceiver = addLine(this.#peer, kind);
    const line = this.#port(kind).addLine(transceiver);
    // A request arrives at either end of any line, depending on the SSRC that the client used: all are monitored.
    transceiver.sender.onRtcp.subscribe((packet) => this.#feedback(packet));
    transceiver.receiver.onRtcp.subscribe((packet) => this.#feedback(packet));
    return line;
  }

  #feedback(packet: RtcpPacket): void {
    if (!(packet instanceof RtcpPayloadSpecificFeedback)) return;
    if (KEY_FRAME_REQUESTS.includes(packet.feedback.count)) this.video.keyFrameRequested();
  }

  /** Returns the slot for a line of a client's offer: an existing one, one that a new line takes over, or a new one. */
  #slotFor(section: MediaSection, index: number): Slot {
    const {kind, mid} = section;
    const known = this.#lineOf(section);
    if (known) return known;
    const before = this.#slots[index];
    if (kind === undefined || mid === undefined) return before ?? {refused: section.refusal()};
    if (!isServed(before)) return this.#addLine(kind);
    before.transceiver.mid = mid;
    return before;
  }

  #checkKind({kind, mid}: MediaSection, index: number): void {
    const before = this.#slots[index];
    if (kind === undefined || !isServed(before) || before.transceiver.mid === mid) return;
    if (before.kind !== kind) throw new Error(`line ${index} changed from ${before.kind} to ${kind}`);
  }

  /** Returns the directions of a line: only one line per kind sends, or the client would see its streams twice. */
  #wantedOf(line: LegLine): Flow {
    const lines = this.#port(line.kind).lines.filter(({stopped}) => !stopped);
    const target = lines.find(({farEnd}) => farEnd.receives) ?? lines[0];
    const wanted = this.wanted[line.kind];
    return {sends: wanted.sends && target === line, receives: wanted.receives};
  }

  /** Sets the peer connection's local description. Returns it with candidates; rejects if there are none. */
  async #describe(type: 'offer' | 'answer', sdp: string): Promise<string> {
    await this.#peer.setLocalDescription({type, sdp});
    const transports = this.#peer.iceTransports;
    if (transports.length > 0 && transports.every(({localCandidates}) => localCandidates.length === 0))
      throw new Error('no UDP socket could be opened');
    this.#described = this.#peer.localDescription?.sdp ?? sdp;
    return this.#described;
  }

  /** Stores the client's direction of each line; a refused or stopped line goes no way. */
  #hear(remote: Description): void {
    this.reports = remote.reports;
    this.#slots.forEach((slot, index) => {
      if (!isServed(slot)) return;
      const section = remote.sections[index];
      slot.stopped = section?.kind === undefined;
      slot.farEnd = section?.kind ? flowOf(remote.directionOf(section)) : NO_WAY;
    });
  }

  /** Combines the directions of both ends, and forwards media accordingly. */
  #agree(own: (line: LegLine) => Flow): void {
    for (const slot of this.#slots)
      if (isServed(slot)) slot.agreed = common(reversed(slot.farEnd), own(slot));
    for (const port of [this.audio, this.video]) port.update();
  }

  /** Returns our description as the client sees it: its order, its directions, refused lines in their places. */
  #compose(own: Description, flow: (line: LegLine) => Flow): string {
    for (const section of own.sections) {
      if (this.#slots.some((slot) => isServed(slot) && slot.transceiver.mid === section.mid)) continue;
      const line = this.#lineOf(section);
      if (line) this.#slots.push(line);
    }
    const sections = this.#slots.flatMap((slot) => {
      if (!isServed(slot)) return [slot.refused];
      const section = sectionOf(own, slot.transceiver);
      if (!section) return [];
      return [slot.stopped ? section.refusal() : seenByClient(section, flow(slot))];
    });
    this.#version += 1;
    const described = own.withSections(sections).withOrigin(this.#sessionId, this.#version);
    return described.reporting(this.passesOn).toString();
  }

  #lineOf(section: MediaSection): LegLine | undefined {
    return this.#lines.find((line) => line.transceiver.mid === section.mid);
  }

  /** Runs operations on descriptions one after another. */
  #next<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#work.then(() => {
      if (this.#closed) throw new Error('the leg has ended');
      return work();
    });
    this.#work = result.catch(() => undefined);
    return result;
  }
}
