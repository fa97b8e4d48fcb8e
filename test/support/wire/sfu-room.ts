import {constructOutgoingResponse, type IncomingRequestMessage} from 'sip.js/lib/core/index.js';
import {mediaLines} from '../../../src/media/peer/description.js';
import {CONFBRIDGE_EVENT} from '../../../src/standard/confbridge-event.js';
import {paintedPicture, type Colour, type PaintedPicture} from '../in-page/painted-picture.js';
import {until} from '../in-page/facts.js';
import type {Arrived, Wire, WireTransport} from './wire.js';

/** An event of a ConfBridge, as recorded. */
export interface BridgeEvent {
  readonly type: string;
  readonly channels: readonly Readonly<Record<string, unknown>>[];
}

/** What was recorded of an Asterisk with a room of pictures (`video_mode=sfu`). */
export interface Recording {
  /** The re-INVITE that a member receives when another one joins. */
  readonly reinvite: string;
  readonly events: readonly BridgeEvent[];
}

/** The recorded traffic, as it was on the wire. */
export async function recording(): Promise<Recording> {
  const [reinvite, events] = await Promise.all(
    ['sfu-reinvite.txt', 'confbridge-events.txt'].map(async (name) =>
      (await fetch(`/test/support/wire/recorded/${name}`)).text(),
    ),
  );
  return {reinvite: reinvite!.replace(/\r?\n/g, '\r\n'), events: JSON.parse(events!) as BridgeEvent[]};
}

/** How an unused line is offered: it stays and is silent, or is refused (RFC 3264 §8.2). */
export type Leaving = 'inactive' | 'removed';

interface Line {
  label: string;
  readonly picture?: PaintedPicture;
  transceiver: RTCRtpTransceiver;
  left?: Leaving;
}

const sections = (description: string): string[] => description.split(/^(?=m=)/m);
/** What is not in the recording, as it is the transport's, and what names the streams of it. */
const TRANSPORT = /^a=(?:ice-\S+|fingerprint|candidate):.*\r\n/gm;
const STREAM = /^a=ssrc:.*\r\n/gm;

/**
 * A room of an Asterisk on the wire. What it writes is what was recorded, with the names of the dialog at hand; its
 * transport and its pictures are those of a real peer connection, which are put in where they were in the recording.
 */
export class SfuRoom {
  /** Its re-INVITEs, and what they were answered with. */
  readonly offers: string[] = [];
  readonly answers: string[] = [];
  readonly peer = new RTCPeerConnection();
  /** Whether it reports whose pictures are offered. */
  labelled = true;
  readonly #wire: Wire;
  readonly #recorded: Recording;
  readonly #lines: Line[] = [];
  #invite: IncomingRequestMessage | undefined;
  #from: WireTransport | undefined;
  #acknowledged = false;
  /** How many lines the first answer has. */
  #first = 0;
  #cseq = 951;
  #count = 0;

  constructor(wire: Wire, recorded: Recording) {
    this.#wire = wire;
    this.#recorded = recorded;
    const others = wire.handle;
    wire.handle = (arrived) => this.#takes(arrived) || (others?.(arrived) ?? false);
  }

  /** Resolves when this side's answer was acknowledged. */
  async joined(): Promise<void> {
    await until(() => this.#acknowledged);
  }

  /** Somebody joins with a picture of the colour; on the line of somebody who left, where there is one. */
  add(label: string, colour: Colour): void {
    const picture = paintedPicture(colour);
    const free = this.#lines.findIndex(({left}) => left);
    const before = this.#lines[free];
    let {transceiver} = before ?? {};
    if (transceiver && before!.left === 'inactive') {
      transceiver.direction = 'sendonly';
      void transceiver.sender.replaceTrack(picture.track);
    } else transceiver = this.peer.addTransceiver(picture.track, {direction: 'sendonly'});
    preferred(transceiver, ['video/VP8']);
    const line = {label, picture, transceiver};
    if (before) this.#lines[free] = line;
    else this.#lines.push(line);
  }

  /** Somebody leaves. */
  remove(label: string, left: Leaving): void {
    const line = this.#lines.find((each) => each.label === label)!;
    line.picture?.stop();
    line.left = left;
    if (left === 'removed') line.transceiver.stop();
    else {
      line.transceiver.direction = 'inactive';
      void line.transceiver.sender.replaceTrack(null);
    }
  }

  /** Sends the recorded re-INVITE with a line for each who is there; resolves with the status of its final response. */
  async offer(): Promise<number> {
    await this.peer.setLocalDescription();
    await until(() => this.peer.iceGatheringState === 'complete');
    const own = sections(this.peer.localDescription!.sdp);
    const [session, audio, video, other] = sections(this.#recorded.reinvite.split('\r\n\r\n')[1]!);
    const lines = own.slice(1).map((section, index) => {
      if (index < this.#first) return real([audio, video][index]!, section);
      return real(this.#lineOf(other!, index), section);
    });
    const open = lines.flatMap((line) => (/^m=\S+ 0 /.test(line) ? [] : [/^a=mid:(\S+)/m.exec(line)![1]!]));
    const body = [session!.replace(/^a=group:.*$/m, `a=group:BUNDLE ${open.join(' ')}`), ...lines].join('');
    const {status, answer} = await this.send(body);
    if (status !== 200) return status;
    const mids = midsOf(this.peer.localDescription!.sdp);
    await this.peer.setRemoteDescription({type: 'answer', sdp: named(answer, mids)});
    return status;
  }

  /** Gives the line of a member who leaves to another one at once. */
  replace(label: string, next: string, colour: Colour): void {
    this.remove(label, 'inactive');
    this.add(next, colour);
  }

  /** Sends the recorded re-INVITE with another body. */
  async send(body: string): Promise<{readonly status: number; readonly answer: string}> {
    const cseq = (this.#cseq += 1);
    this.offers.push(body);
    const head = this.#recorded.reinvite.split('\r\n\r\n')[0]!;
    this.#deliver(head, {method: 'INVITE', cseq, body});
    const ofOffer = new RegExp(`^SIP/2\\.0 [2-6]\\d\\d [^]*^CSeq: ${cseq} INVITE\\r$`, 'm');
    const find = (): string | undefined => this.#wire.messages.find((message) => ofOffer.test(message));
    await until(() => find() !== undefined);
    const response = find()!;
    const status = Number(response.slice(8, 11));
    const answer = response.split('\r\n\r\n')[1] ?? '';
    this.answers.push(answer);
    const branch = /branch=([^;\r]+)/.exec(response)![1]!;
    this.#deliver(head, {method: 'ACK', cseq, body: '', ...(status >= 300 && {branch})});
    return {status, answer};
  }

  /** Writes an event, as recorded. */
  tell(event: BridgeEvent): void {
    const head = this.#recorded.reinvite.split('\r\n\r\n')[0]!;
    const text = head.replace(/^Content-Type: .*$/m, `Content-Type: ${CONFBRIDGE_EVENT}`);
    this.#deliver(text, {method: 'MESSAGE', cseq: (this.#cseq += 1), body: JSON.stringify(event)});
  }

  close(): void {
    for (const {picture} of this.#lines) picture?.stop();
    this.peer.close();
  }

  /** The recorded head with the names of the dialog that stands. */
  #deliver(
    head: string,
    {method, cseq, body, branch}: {method: string; cseq: number; body: string; branch?: string},
  ): void {
    const {callId, from, to, fromTag} = this.#invite!;
    const target = /<([^>]+)>/.exec(this.#invite!.getHeader('contact')!)![1]!;
    const text = head
      .replace(/^INVITE \S+/, `${method} ${target}`)
      .replace(/branch=[^;\r]+/, `branch=${branch ?? `z9hG4bKroom${(this.#count += 1)}`}`)
      .replace(/^From: .*$/m, `From: <${to.uri}>;tag=room`)
      .replace(/^To: .*$/m, `To: <${from.uri}>;tag=${fromTag}`)
      .replace(/^Call-ID: .*$/m, `Call-ID: ${callId}`)
      .replace(/^CSeq: .*$/m, `CSeq: ${cseq} ${method}`)
      .replace(/^Content-Length: .*$/m, `Content-Length: ${new TextEncoder().encode(body).length}`);
    this.#from!.deliver(`${body ? text : text.replace(/^Content-Type: .*\r\n/m, '')}\r\n\r\n${body}`);
  }

  /** The recorded line of another member, for the one whose line it is. */
  #lineOf(recorded: string, index: number): string {
    const {label, left} = this.#lines[index - this.#first]!;
    // As Asterisk writes a stream that is removed.
    if (left === 'removed') return 'm=video 0 UDP/TLS/RTP/SAVPF 32\r\n';
    const line = recorded
      .replace(/^a=mid:.*$/m, `a=mid:video-${index}`)
      .replace(/^a=msid:.*$/m, `a=msid:${label} ${label}-picture`)
      .replace(/^a=label:.*$/m, `a=label:${label}`);
    const named = left || !this.labelled ? line.replace(/^a=label:.*\r\n/m, '') : line;
    return left ? named.replace('a=sendonly', 'a=inactive') : named;
  }

  #takes({request, from, reply}: Arrived): boolean {
    if (this.#invite && request.callId !== this.#invite.callId) return false;
    if (!this.#invite && !(request.method === 'INVITE' && request.ruri?.user === '701')) return false;
    if (request.method === 'ACK') this.#acknowledged = true;
    else if (request.method === 'INVITE') {
      this.#invite ??= request;
      this.#from = from;
      void this.#answer(request);
    } else reply(200);
    return true;
  }

  /** Answers the first offer, or a later one. */
  async #answer(request: IncomingRequestMessage): Promise<void> {
    const {peer} = this;
    const asked = midsOf(request.body);
    const own = request.toTag ? midsOf(peer.localDescription!.sdp) : asked;
    await peer.setRemoteDescription({type: 'offer', sdp: named(request.body, own)});
    if (!request.toTag) this.#first = asked.length;
    const [audio, video] = peer.getTransceivers().slice(0, this.#first);
    preferred(audio!, ['audio/PCMU', 'audio/G722', 'audio/telephone-event']);
    if (video) preferred(video, ['video/VP8']);
    for (const line of [audio, video]) if (line) line.direction = 'sendrecv';
    await peer.setLocalDescription();
    await until(() => peer.iceGatheringState === 'complete');
    const contact = /^Contact: .*$/m.exec(this.#recorded.reinvite)![0];
    const {message} = constructOutgoingResponse(request, {
      statusCode: 200,
      ...(!request.toTag && {toTag: 'room'}),
      extraHeaders: [contact],
      body: {
        contentDisposition: 'session',
        contentType: 'application/sdp',
        content: named(peer.localDescription!.sdp, asked),
      },
    });
    this.#from!.deliver(message);
  }
}

/** A recorded line with the transport and the streams of a real one. */
function real(recorded: string, own: string): string {
  if (/^m=\S+ 0 /.test(recorded)) return recorded;
  const streams = (own.match(STREAM) ?? []).filter((line) => line.includes(' cname:'));
  // A line that shares the transport of another one has none of its own.
  const transport = /^a=setup:/m.test(recorded) ? (own.match(TRANSPORT) ?? []) : [];
  return [recorded.replace(STREAM, ''), ...streams, ...transport].join('');
}

function midsOf(description: string): string[] {
  return mediaLines(description).map(({mid}) => mid!);
}

/** The description with other names of its lines. */
function named(description: string, mids: readonly string[]): string {
  const [session, ...lines] = sections(description);
  const open = lines.flatMap((line, index) => (/^m=\S+ 0 /.test(line) ? [] : [mids[index]!]));
  return [
    session!.replace(/^a=group:BUNDLE.*$/m, `a=group:BUNDLE ${open.join(' ')}`),
    ...lines.map((line, index) => line.replace(/^a=mid:.*$/m, `a=mid:${mids[index]!}`)),
  ].join('');
}

/** Lets a line have these codecs alone. */
function preferred(line: RTCRtpTransceiver, types: readonly string[]): void {
  const {codecs = []} = RTCRtpReceiver.getCapabilities(line.receiver.track.kind) ?? {};
  line.setCodecPreferences(
    codecs.filter(
      ({mimeType, clockRate}) => types.includes(mimeType) && (clockRate === 8_000 || clockRate === 90_000),
    ),
  );
}
