import type {InputSettings} from '../devices/device-choice.js';
import type {
  EncryptionOptions,
  MediaDirection,
  MediaKinds,
  MediaQuality,
  MediaState,
  RelayFailure,
} from '../types.js';
import type {QualityControl} from '../quality/quality-control.js';
import type {MediaEncryption} from '../encryption/media-encryption.js';
import {SipError, textOf} from '../../errors.js';
import {unlessAborted, within} from '../../within.js';
import {mediaDurations} from '../../durations/media.js';
import {preferCodecs} from './codecs.js';
import {closeSettled} from './close-settled.js';
import {
  cut,
  holding,
  isOverlong,
  mediaLines,
  padded,
  receives,
  refusesAll,
  restartsIce,
  sends,
  united,
  withFewCandidates,
  namesTls,
  namingTls,
} from './description.js';
import {gathered, hasCandidates, type GatheringMemory} from './gathering.js';
import type {LocalMedia} from '../session/local-media.js';
import {Relays} from './relays.js';
import {Silence} from './silence.js';

/** How peers reach each other. */
export interface PeerSettings {
  /** Servers, or a function that is called for them before each call and before each ICE restart. */
  readonly iceServers:
    | readonly RTCIceServer[]
    /** Of short-lived ones, `renewAfter` says after how many milliseconds a connection needs others. */
    | (() => Promise<readonly RTCIceServer[] & {readonly renewAfter?: number}>);
  readonly forceRelay: boolean;
  /** The timeout for STUN candidates, in milliseconds; TURN candidates have five times as long. */
  readonly gatheringTimeout: number;
  readonly memory: GatheringMemory;
  /** The names of the preferred codecs, the best first. */
  readonly codecs?: readonly string[];
  /** How media are sent; undefined if the page leaves that to the browser. */
  readonly quality?: MediaQuality | undefined;
  /** How media are encrypted end to end; undefined if they are not. */
  readonly encryption?: EncryptionOptions | undefined;
  /** How devices are opened. */
  readonly input?: InputSettings | undefined;
}

const KINDS = ['audio', 'video'] as const;
type Kind = (typeof KINDS)[number];

/** After which part of that time servers are requested again if they could not be renewed. */
const RETRY = 0.1;

/**
 * One peer connection, negotiated with complete descriptions: candidates are not sent separately.
 *
 * Tracks are identified by the mid of their media line; a kind may have several.
 */
export class Peer {
  readonly connection: RTCPeerConnection;
  readonly #settings: PeerSettings;
  readonly #ending = new AbortController();
  readonly silence: Silence;
  readonly #relays: Relays;
  /** The line of each kind that this side sends on; other lines only receive. */
  readonly own = new Map<Kind, RTCRtpTransceiver>();
  /** How many lines the other side knows. */
  #known = 0;
  /** The other side's labels of its lines, in their order: browsers do not keep them. */
  #labels: readonly string[] = [];
  /** Settles when the requested servers are available. */
  #served: Promise<void> | undefined;
  /** Until the servers are requested again, because their credentials end. */
  #renewal: ReturnType<typeof setTimeout> | undefined;
  /** How long the last servers served, in milliseconds; undefined if their credentials do not end. */
  #lifetime: number | undefined;
  /** Transceivers whose codecs are in the preferred order. */
  ordered = new WeakSet<RTCRtpTransceiver>();
  /** How media are sent, once the page has set it. */
  quality: QualityControl | undefined;
  /** Settles when the code for that is loaded. */
  #loading: Promise<unknown> | undefined;
  /** Encrypts the media end to end. */
  encryption: MediaEncryption | undefined;
  /** Settles when the code for that is loaded and ready. */
  preparing: Promise<unknown> | undefined;

  /** @throws {SipError} `ice-servers-failed` if the browser rejects the servers. */
  constructor(settings: PeerSettings) {
    this.#settings = settings;
    const {iceServers, forceRelay} = settings;
    try {
      this.connection = new RTCPeerConnection({
        iceServers: typeof iceServers === 'function' ? [] : [...iceServers],
        iceTransportPolicy: forceRelay ? 'relay' : 'all',
      });
    } catch (cause) {
      throw refused(cause);
    }
    this.silence = new Silence(this.connection);
    this.#relays = new Relays(this.connection, settings.input?.onFailure);
    if (settings.quality)
      this.#loading = import('../quality/quality-control.js').then(
        ({QualityControl}) => new QualityControl(this, settings.quality!),
      );
    this.#ask();
  }

  /** Why there is no relay. */
  get relayFailure(): RelayFailure {
    return this.#relays.failure;
  }

  /** The negotiated direction of each kind, all lines together. */
  get directions(): MediaState {
    return {audio: this.#direction('audio'), video: this.#direction('video')};
  }

  /** The tracks that the other side currently sends, by mid. */
  get remoteTracks(): ReadonlyMap<string, MediaStreamTrack> {
    return new Map(
      this.connection
        .getTransceivers()
        .filter(({mid, currentDirection}) => mid !== null && receives(known(currentDirection)))
        .map(({mid, receiver}) => [mid!, receiver.track]),
    );
  }

  /** The other side's labels of its lines, by mid and in their order. */
  get remoteLabels(): ReadonlyMap<string, string> {
    const lines = mediaLines(this.connection.remoteDescription?.sdp ?? '');
    return new Map(lines.map(({mid}, index) => [mid ?? '', this.#labels[index] ?? '']));
  }

  /** Sends tones as RTP events (RFC 4733); undefined if no tone would arrive now. */
  get toneSender(): RTCDTMFSender | undefined {
    if (this.connection.connectionState !== 'connected') return undefined;
    for (const {sender, currentDirection} of this.connection.getTransceivers())
      // Without a track Chromium accepts tones but sends nothing.
      if (sender.track && sends(known(currentDirection)) && sender.dtmf?.canInsertDTMF) return sender.dtmf;
    return undefined;
  }

  /** Sends another track of the kind, or none, on the line that sends; during silence, takes effect once that ends. */
  async send(kind: Kind, track: MediaStreamTrack | null): Promise<void> {
    const line = this.own.get(kind);
    if (line && sends(known(line.direction)))
      await this.#unlessClosed(this.silence.replace(line.sender, kind, track));
    this.quality?.encode();
  }

  /** Sends and plays nothing, at once and without signalling; or resumes with the current local tracks. */
  setSilent(silent: boolean, local: LocalMedia): void {
    if (silent) this.silence.keep();
    else this.silence.break(local);
  }

  /**
   * Makes an offer of the sent and wanted media, complete with candidates.
   *
   * @param options.held - Offers to receive nothing (RFC 3264 §8.4).
   * @param options.iceRestart - Restarts ICE.
   */
  async offer(
    local: LocalMedia,
    wanted: MediaKinds,
    {held, iceRestart}: {held: boolean; iceRestart: boolean},
  ): Promise<string> {
    const {connection} = this;
    if (iceRestart) this.#ask();
    await this.#unlessClosed(Promise.all([this.#served, this.#loading, this.preparing]));
    for (const kind of KINDS) {
      const track = local[kind];
      if (!wanted[kind] || this.#lines(kind).length > 0) continue;
      if (this.#known === 0) connection.addTransceiver(track ?? kind, {streams: [local.stream]});
      // A later line must be one that the browser pairs with the other side's line if both add one at once.
      else if (track) connection.addTrack(track, local.stream);
    }
    if (this.silence.kept) this.silence.keep();
    for (const kind of KINDS) this.#choose(kind, () => true);
    await this.#direct(local, wanted, false);
    const offer = await this.#unlessClosed(connection.createOffer({iceRestart}));
    await this.#unlessClosed(connection.setLocalDescription(this.quality?.applied(offer) ?? offer));
    const sdp = namingTls(await this.#described());
    // Only the sent description holds: a Chromium that itself receives nothing stays deaf after a rollback.
    return cut(held ? holding(sdp) : sdp, this.#known);
  }

  /**
   * Answers every line of an offer, complete with candidates. An unwanted kind gets an inactive line, since browsers
   * cannot refuse it otherwise; the line can be used later (RFC 3264 §8.4).
   *
   * @param held - Receives none of the offered media.
   * @throws {SipError} `not-acceptable` if nothing in the offer can be accepted.
   */
  async answer(offer: string, local: LocalMedia, wanted: MediaKinds, held: boolean): Promise<string> {
    const {connection} = this;
    // Checked first: removed lines cannot be restored, even if the offer is refused in the end.
    if (isOverlong(offer) || refusesAll(offer)) throw new SipError('not-acceptable');
    if (restartsIce(offer, connection.remoteDescription?.sdp ?? '')) this.#ask();
    await this.#unlessClosed(Promise.all([this.#served, this.#loading, this.preparing]));
    try {
      await this.#take('offer', offer);
      const lines = mediaLines(offer);
      for (const kind of KINDS) {
        this.#choose(kind, (line, index) => {
          // Without mids, lines and transceivers are in the same order.
          const offered = lines.find(({mid}) => mid !== undefined && mid === line.mid) ?? lines[index];
          return offered?.kind === kind && !offered.rejected && receives(offered.direction);
        });
      }
      await this.#direct(local, wanted, held);
      const answer = await this.#unlessClosed(connection.createAnswer());
      if (refusesAll(answer.sdp ?? '')) throw new SipError('not-acceptable');
      await this.#unlessClosed(connection.setLocalDescription(this.quality?.applied(answer) ?? answer));
    } catch (error) {
      throw error instanceof SipError ? error : new SipError('not-acceptable', {cause: error});
    }
    const sdp = await this.#described();
    return cut(namesTls(offer) ? namingTls(sdp) : sdp, this.#known);
  }

  /** Applies the answer, or a provisional one. @throws {SipError} `not-acceptable` */
  async accept(answer: string, type: 'answer' | 'pranswer' = 'answer'): Promise<void> {
    try {
      await this.#take(type, answer);
    } catch (error) {
      throw error instanceof SipError ? error : new SipError('not-acceptable', {cause: error});
    }
  }

  /** Rolls back a local or remote offer that was not answered. */
  async rollback(): Promise<void> {
    const {connection} = this;
    const rollback = {type: 'rollback'} as const;
    if (connection.signalingState === 'have-local-offer')
      await this.#unlessClosed(connection.setLocalDescription(rollback));
    else if (connection.signalingState === 'have-remote-offer')
      await this.#unlessClosed(connection.setRemoteDescription(rollback));
  }

  /** Closes the connection; idempotent. A connection that is about to connect closes a moment later. */
  close(): void {
    if (this.#ending.signal.aborted) return;
    this.#ending.abort();
    clearTimeout(this.#renewal);
    this.encryption?.close();
    closeSettled(this.connection);
  }

  /** Requests the servers if a function provides them: at once, so that they are ready when the devices are. */
  #ask(): void {
    const {iceServers} = this.#settings;
    if (typeof iceServers !== 'function') return;
    const {connection} = this;
    const stands = connection.remoteDescription !== null;
    clearTimeout(this.#renewal);
    const asked = within(iceServers(), mediaDurations.iceServers).then((servers) => {
      if (this.#ending.signal.aborted) return;
      if (!servers)
        throw new SipError('ice-servers-failed', {subject: `no result in ${mediaDurations.iceServers} ms`});
      try {
        connection.setConfiguration({...connection.getConfiguration(), iceServers: [...servers]});
      } catch (cause) {
        throw refused(cause);
      }
      this.#lifetime = servers.renewAfter;
      this.#renewLater(this.#lifetime);
    });
    // A connected call continues with its earlier servers: they may still work.
    this.#served = stands
      ? asked.catch((error: unknown) => {
          this.#settings.input?.onFailure?.(`Within a call iceServers failed: ${textOf(error)}`);
          this.#renewLater(this.#lifetime && this.#lifetime * RETRY);
        })
      : asked;
    // The code that makes an offer or an answer receives the error.
    this.#served.catch(() => {});
  }

  /** Requests the servers again before their credentials end: the next ICE restart needs them. */
  #renewLater(after: number | undefined): void {
    if (after === undefined || this.#ending.signal.aborted) return;
    this.#renewal = setTimeout(() => this.#ask(), after);
  }

  /**
   * Applies the other side's description. The browser keeps an offered line that was refused, but the other side does
   * not know the line and sees it only when it is used.
   */
  async #take(type: 'offer' | 'answer' | 'pranswer', sdp: string): Promise<void> {
    const {currentLocalDescription, localDescription} = this.connection;
    if (isOverlong(sdp)) throw new SipError('not-acceptable');
    const own = (type === 'offer' ? currentLocalDescription : localDescription)?.sdp ?? '';
    const whole = padded(withFewCandidates(sdp), own);
    const read = (await this.quality?.read(whole)) ?? whole;
    await this.#unlessClosed(this.connection.setRemoteDescription({type, sdp: read}));
    await this.encryption?.read(sdp, type);
    this.quality?.encode();
    const lines = mediaLines(sdp);
    this.#known = lines.length;
    // An answer may omit unchanged labels.
    const before = type === 'offer' ? [] : this.#labels;
    this.#labels = lines.map(({label}, index) => label || (before[index] ?? ''));
  }

  /** Returns the lines of a kind that were not stopped. */
  #lines(kind: Kind): RTCRtpTransceiver[] {
    return this.connection
      .getTransceivers()
      .filter(({receiver, direction}) => receiver.track.kind === kind && direction !== 'stopped');
  }

  /** Chooses the line of a kind to send on: the earlier one, or else the first that fits. */
  #choose(kind: Kind, fits: (line: RTCRtpTransceiver, index: number) => boolean): void {
    const own = this.own.get(kind);
    if (own && this.#lines(kind).includes(own)) return;
    this.own.delete(kind);
    const transceivers = this.connection.getTransceivers();
    const found = this.#lines(kind).find((line) => fits(line, transceivers.indexOf(line)));
    if (found) this.own.set(kind, found);
  }

  /** Sets the track and the direction of every line. */
  async #direct(local: LocalMedia, wanted: MediaKinds, held: boolean): Promise<void> {
    for (const kind of KINDS) {
      for (const line of this.#lines(kind)) {
        const own = this.own.get(kind) === line;
        const track = own && wanted[kind] ? local[kind] : undefined;
        if (own) await this.#unlessClosed(this.silence.place(line.sender, kind, track));
        // Old Safari lacks setStreams.
        if (track) line.sender.setStreams?.(local.stream);
        line.direction = direction({sends: !!track, receives: wanted[kind] && !held});
        this.#prefer(line);
      }
    }
    this.encryption?.attach();
  }

  #prefer(line: RTCRtpTransceiver): void {
    const codecs = this.quality?.codecs ?? this.#settings.codecs ?? [];
    if (codecs.length === 0 || this.ordered.has(line)) return;
    this.ordered.add(line);
    preferCodecs(line, codecs);
  }

  /**
   * @throws {SipError} `no-relay`, `relay-refused`, `relay-unreachable` if only relays may be used and there is none.
   */
  async #described(): Promise<string> {
    const {gatheringTimeout, memory, forceRelay} = this.#settings;
    await gathered(this.connection, {memory, timeout: gatheringTimeout, signal: this.#ending.signal});
    const {sdp, type} = this.connection.localDescription ?? {};
    if (!sdp || this.#ending.signal.aborted) throw new SipError('aborted', {subject: 'media'});
    const {code, subject} = this.relayFailure;
    if (forceRelay && !hasCandidates(this.connection)) throw new SipError(code, {subject});
    const own = this.quality?.described(sdp) ?? sdp;
    return this.encryption?.described(own, type!) ?? own;
  }

  /** Rejects when the connection is closed: its pending operations never settle then (W3C WebRTC, operations chain). */
  #unlessClosed<T>(asked: Promise<T>): Promise<T> {
    return unlessAborted(asked, [this.#ending.signal], () => new SipError('aborted', {subject: 'media'}));
  }

  #direction(kind: 'audio' | 'video'): MediaDirection {
    return united(
      this.connection
        .getTransceivers()
        .filter(({receiver}) => receiver.track.kind === kind)
        .map(({currentDirection}) => known(currentDirection)),
    );
  }
}

/** Reports why the browser rejects the servers: its message contains addresses, but no passwords. */
function refused(cause: unknown): SipError {
  return new SipError('ice-servers-failed', {subject: textOf(cause), cause});
}

function direction({sends, receives}: {sends: boolean; receives: boolean}): MediaDirection {
  if (sends) return receives ? 'sendrecv' : 'sendonly';
  return receives ? 'recvonly' : 'inactive';
}

function known(direction: RTCRtpTransceiverDirection | null): MediaDirection {
  return direction === null || direction === 'stopped' ? 'inactive' : direction;
}
