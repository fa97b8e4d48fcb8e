import {
  RTCPeerConnection,
  RtcpPayloadSpecificFeedback,
  RtpHeader,
  RtpPacket,
  useFIR,
  useNACK,
  useOPUS,
  usePLI,
  useSdesMid,
  useVP8,
  type RTCRtpTransceiver,
} from 'werift';
import {standIn} from '../../../server/media/adaptation.js';
import {Description} from '../../../server/media/description.js';
import {closePeer, prepareTransports} from '../../../server/media/peer.js';
import {FIGURE} from '../../../server/media/picture/placeholder.js';
import {everyInterval} from '../../../server/media/sound/ticker.js';

/** Bytes that begin a VP8 payload: descriptor, then a frame header whose lowest bit is 0 in a key frame. */
const KEY_FRAME = Buffer.from([0x10, 0x00]);
const DELTA_FRAME = Buffer.from([0x10, 0x01]);

/** A received packet, with the name that its sender wrote into it. */
export interface Heard {
  readonly kind: 'audio' | 'video';
  readonly name: string;
  readonly key: boolean;
  readonly sequence: number;
  readonly timestamp: number;
  readonly ssrc: number;
  readonly payload: Buffer;
}

/**
 * A client's media without devices: real ICE, DTLS and SRTP, packets that carry their sender's name, and a list of
 * what was received. It sends one key frame at first, and one whenever it is asked.
 */
export class ScriptedMedia {
  readonly heard: Heard[] = [];
  /** The placeholder figures that arrived instead of a video; they do not count as received sound. */
  readonly figures: Heard[] = [];
  /** How often the far end asked for a key frame. */
  keyFrameRequests = 0;
  /** Whether it sends at all; off is a microphone muted at its source. */
  sending = true;
  /** Returns the next 20 ms of its sound as Opus; without one, its name is sent, which is no sound. */
  voice: (() => Buffer) | undefined;
  readonly #name: string;
  readonly #peer: RTCPeerConnection;
  readonly #lines: RTCRtpTransceiver[] = [];
  readonly #clocks = new Map<RTCRtpTransceiver, {sequence: number; timestamp: number; key: boolean}>();
  readonly #waiting = new Set<() => void>();
  /** Lines on which the far end forbade sending, by mid. */
  readonly #silenced = new Set<string>();
  readonly #stop: () => void;
  #ticks = 0;

  constructor(name: string, kinds: readonly ('audio' | 'video')[] = ['audio']) {
    this.#name = name;
    const mid = useSdesMid();
    this.#peer = new RTCPeerConnection({
      iceServers: [],
      iceUseIpv4: false,
      iceUseIpv6: false,
      iceAdditionalHostAddresses: ['127.0.0.1'],
      iceInterfaceAddresses: {udp4: '127.0.0.1'},
      bundlePolicy: 'max-bundle',
      codecs: {audio: [useOPUS()], video: [useVP8({rtcpFeedback: [useNACK(), usePLI(), useFIR()]})]},
      headerExtensions: {audio: [mid], video: [mid]},
    });
    for (const kind of kinds) this.add(kind);
    // A device keeps its pace, however busy the machine is.
    this.#stop = everyInterval(20, () => this.#tick());
  }

  /** Adds a line; it is in the next description. */
  add(kind: 'audio' | 'video'): void {
    const line = this.#peer.addTransceiver(kind, {direction: 'sendrecv'});
    prepareTransports(this.#peer);
    this.#lines.push(line);
    this.#clocks.set(line, {sequence: 100, timestamp: 1000, key: true});
    line.onTrack.subscribe((track) => track.onReceiveRtp.subscribe((packet) => this.#hear(kind, packet)));
    const asked = (packet: unknown): void => {
      if (!(packet instanceof RtcpPayloadSpecificFeedback)) return;
      this.keyFrameRequests += 1;
      for (const clock of this.#clocks.values()) clock.key = true;
    };
    line.sender.onRtcp.subscribe(asked);
    line.receiver.onRtcp.subscribe(asked);
  }

  /**
   * Answers an offer. Existing clients bring lines of their own only in a later offer (docs/protocol/clients.md#media).
   */
  async answer(offer: string): Promise<string> {
    await this.#peer.setRemoteDescription({type: 'offer', sdp: offer});
    this.#obey(offer);
    await this.#peer.setLocalDescription(await this.#peer.createAnswer());
    return this.#peer.localDescription?.sdp ?? '';
  }

  /** Offers all lines, with a direction. */
  async offer(direction = 'sendrecv'): Promise<string> {
    await this.#peer.setLocalDescription(await this.#peer.createOffer());
    return (this.#peer.localDescription?.sdp ?? '').replace(/a=sendrecv/g, `a=${direction}`);
  }

  /** Takes the answer to its offer. */
  async accept(answer: string): Promise<void> {
    this.#obey(answer);
    const own = Description.parse(this.#peer.localDescription?.sdp ?? '');
    const remote = Description.parse(answer);
    const transport = remote.sections.find((section) => !section.rejected)!;
    // The library takes no refusal.
    const seen = remote.sections.map((section, index) =>
      section.rejected ? standIn(own.sections[index]!, transport) : section.directed('sendrecv'),
    );
    await this.#peer.setRemoteDescription({type: 'answer', sdp: remote.withSections(seen).toString()});
  }

  /** Requests a key frame, like a decoder that lost track. */
  async requestKeyFrame(): Promise<void> {
    const line = this.#lines.find(({kind}) => kind === 'video');
    const ssrc = this.heard.findLast(({kind}) => kind === 'video')?.ssrc;
    if (line && ssrc !== undefined) await line.receiver.sendRtcpPLI(ssrc);
  }

  /** Resolves when the next matching packet arrives. */
  async hears(fits: (packet: Heard) => boolean): Promise<Heard> {
    let from = this.heard.length;
    for (;;) {
      const packet = this.heard.slice(from).find(fits);
      if (packet) return packet;
      from = this.heard.length;
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
  }

  /** Resolves with the first figure, which may have arrived before. */
  async seesFigure(): Promise<Heard> {
    while (!this.figures[0]) await new Promise<void>((resolve) => this.#waiting.add(resolve));
    return this.figures[0];
  }

  /** Resolves when nothing has been heard for this many milliseconds. */
  async fallsSilent(during = 500): Promise<void> {
    for (let count = -1; count !== this.heard.length;) {
      count = this.heard.length;
      await new Promise((resolve) => setTimeout(resolve, during));
    }
  }

  /** How many packets of a sender were heard so far. */
  count(kind: 'audio' | 'video', name: string): number {
    return this.heard.filter((packet) => packet.kind === kind && packet.name === name).length;
  }

  async close(): Promise<void> {
    this.#stop();
    await closePeer(this.#peer);
  }

  /** Stops sending on lines where the far end does not receive, as browsers do. */
  #obey(description: string): void {
    for (const section of description.split(/^m=/m).slice(1)) {
      const mid = /^a=mid:(\S+)/m.exec(section)?.[1] ?? '';
      if (/^a=(sendonly|inactive)\r?$/m.test(section)) this.#silenced.add(mid);
      else this.#silenced.delete(mid);
    }
  }

  #hear(kind: 'audio' | 'video', {header, payload}: RtpPacket): void {
    const body = kind === 'video' ? payload.subarray(KEY_FRAME.length) : payload;
    const isFigure = kind === 'video' && payload.subarray(1).equals(FIGURE);
    (isFigure ? this.figures : this.heard).push({
      kind,
      name: body.toString(),
      key: kind === 'video' && payload[1] === KEY_FRAME[1],
      sequence: header.sequenceNumber,
      timestamp: header.timestamp,
      ssrc: header.ssrc,
      payload,
    });
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  #tick(): void {
    if (!this.sending || this.#peer.connectionState !== 'connected') return;
    this.#ticks += 1;
    for (const line of this.#lines) {
      if (!line.mid || this.#silenced.has(line.mid)) continue;
      // 25 frames a second are enough for the tests.
      if (line.kind === 'video' && this.#ticks % 2) continue;
      const clock = this.#clocks.get(line);
      if (!clock) continue;
      clock.sequence = (clock.sequence + 1) & 0xffff;
      clock.timestamp += line.kind === 'audio' ? 960 : 3600;
      const header = new RtpHeader({
        sequenceNumber: clock.sequence,
        timestamp: clock.timestamp,
        marker: line.kind === 'video',
      });
      const frame = line.kind === 'audio' ? Buffer.alloc(0) : clock.key ? KEY_FRAME : DELTA_FRAME;
      clock.key = false;
      const named = Buffer.concat([frame, Buffer.from(this.#name)]);
      const packet = new RtpPacket(header, (line.kind === 'audio' && this.voice?.()) || named);
      line.sender.sendRtp(packet).catch(() => undefined);
    }
  }
}

/** A picture that no member sends. */
export const isFilm = ({kind, name}: Heard): boolean => kind === 'video' && !/^\d{4}$/.test(name);

/** The first packet of it, which may have arrived earlier. */
export const firstOfFilm = async (media: ScriptedMedia): Promise<Heard> =>
  media.heard.find(isFilm) ?? (await media.hears(isFilm));
