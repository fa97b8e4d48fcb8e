import type {MediaDirection, MediaKinds, MediaState} from './types.js';
import {SipError} from '../errors.js';
import {holding, mediaLines, receives, refusesAll, united, type MediaLine} from './description.js';
import {gathered, type GatheringMemory} from './gathering.js';
import type {LocalMedia} from './local-media.js';
import {Silence} from './silence.js';

/** How peers reach each other. */
export interface PeerSettings {
  readonly iceServers: readonly RTCIceServer[];
  readonly forceRelay: boolean;
  /** For candidates of STUN and TURN servers, in milliseconds. */
  readonly gatheringTimeout: number;
  readonly memory: GatheringMemory;
}

const KINDS = ['audio', 'video'] as const;

/**
 * One peer connection, negotiated by whole descriptions: no candidate is sent on its own.
 *
 * Tracks are kept apart by the mid of their media line, several of a kind.
 */
export class Peer {
  readonly connection: RTCPeerConnection;
  readonly #settings: PeerSettings;
  readonly #ending = new AbortController();
  readonly #silence: Silence;
  /** Whether media lines have been set up; later descriptions keep them. */
  #arranged = false;
  /** The directions that lines have when they are not held. */
  readonly #unheld = new Map<RTCRtpTransceiver, RTCRtpTransceiverDirection>();

  /** @throws {SipError} `bad-parameter` where the browser does not take the servers. */
  constructor(settings: PeerSettings) {
    this.#settings = settings;
    try {
      this.connection = new RTCPeerConnection({
        iceServers: [...settings.iceServers],
        iceTransportPolicy: settings.forceRelay ? 'relay' : 'all',
      });
    } catch (cause) {
      throw new SipError('bad-parameter', {subject: 'iceServers', cause});
    }
    this.#silence = new Silence(this.connection);
  }

  /** The negotiated directions of each kind, all lines together. */
  get directions(): MediaState {
    return {audio: this.#direction('audio'), video: this.#direction('video')};
  }

  /** The tracks that the other side sends at this moment, by mid. */
  get remoteTracks(): ReadonlyMap<string, MediaStreamTrack> {
    return new Map(
      this.connection
        .getTransceivers()
        .filter(({mid, currentDirection}) => mid !== null && receives(known(currentDirection)))
        .map(({mid, receiver}) => [mid!, receiver.track]),
    );
  }

  /** Sends another picture instead of the one that is sent; in silence, as soon as that is broken. */
  async sendVideo(track: MediaStreamTrack): Promise<void> {
    if (!this.#silence.kept) await this.#silence.videoSender?.replaceTrack(track);
  }

  /** Sends nothing and plays nothing, at once and without signalling; or goes on with what there is to send. */
  setSilent(silent: boolean, local: LocalMedia): void {
    if (silent) this.#silence.keep();
    else this.#silence.break(local);
  }

  /**
   * Makes an offer of what there is to send and wanted to receive, complete with candidates.
   *
   * @param options.held - Offers to receive nothing (RFC 3264 §8.4).
   * @param options.iceRestart - Looks for new ways.
   */
  async offer(
    local: LocalMedia,
    wanted: MediaKinds,
    {held, iceRestart}: {held: boolean; iceRestart: boolean},
  ): Promise<string> {
    const {connection} = this;
    if (!this.#arranged) {
      this.#arranged = true;
      for (const kind of KINDS) {
        const track = local[kind];
        if (!wanted[kind]) continue;
        const direction = track ? 'sendrecv' : 'recvonly';
        connection.addTransceiver(track ?? kind, {direction, streams: [local.stream]});
      }
    }
    if (!held) this.#direct(false);
    await connection.setLocalDescription(await connection.createOffer({iceRestart}));
    const sdp = await this.#described();
    // Only the other side is told to send nothing: Chromium, once told, stays deaf where the offer is taken back.
    return held ? holding(sdp) : sdp;
  }

  /**
   * Answers every line of an offer, complete with candidates.
   *
   * @param held - Takes nothing of what is offered to be sent.
   * @throws {SipError} `not-acceptable` where nothing of it can be taken.
   */
  async answer(offer: string, local: LocalMedia, wanted: MediaKinds, held: boolean): Promise<string> {
    const {connection} = this;
    // Lines that were once taken away do not come back, even where the offer is refused in the end.
    if (refusesAll(offer)) throw new SipError('not-acceptable');
    try {
      await connection.setRemoteDescription({type: 'offer', sdp: offer});
      if (!this.#arranged) {
        this.#arranged = true;
        await this.#arrange(mediaLines(offer), local, wanted);
      }
      this.#direct(held);
      const answer = await connection.createAnswer();
      if (refusesAll(answer.sdp ?? '')) throw new SipError('not-acceptable');
      await connection.setLocalDescription(answer);
    } catch (error) {
      throw error instanceof SipError ? error : new SipError('not-acceptable', {cause: error});
    }
    return this.#described();
  }

  /** Takes the answer to the offer. @throws {SipError} `not-acceptable` */
  async accept(answer: string): Promise<void> {
    try {
      await this.connection.setRemoteDescription({type: 'answer', sdp: answer});
    } catch (error) {
      throw new SipError('not-acceptable', {cause: error});
    }
  }

  /** Takes back an offer that was made or taken and not answered. */
  async rollback(): Promise<void> {
    const {signalingState} = this.connection;
    if (signalingState === 'have-local-offer') await this.connection.setLocalDescription({type: 'rollback'});
    else if (signalingState === 'have-remote-offer')
      await this.connection.setRemoteDescription({type: 'rollback'});
  }

  /** Ends it; idempotent. */
  close(): void {
    this.#ending.abort();
    this.connection.close();
  }

  /** Sends on the first line of a kind that the other side receives on; further lines are only received. */
  async #arrange(lines: readonly MediaLine[], local: LocalMedia, wanted: MediaKinds): Promise<void> {
    const placed = new Set<string>();
    const transceivers = this.connection.getTransceivers();
    for (const [index, line] of lines.entries()) {
      const {kind} = line;
      if (line.rejected || (kind !== 'audio' && kind !== 'video')) continue;
      // Without mids, lines and transceivers stand in one order.
      const transceiver =
        transceivers.find(({mid}) => mid !== null && mid === line.mid) ?? transceivers[index];
      if (!transceiver) continue;
      const track = local[kind];
      if (!wanted[kind]) {
        transceiver.direction = 'inactive';
      } else if (track && receives(line.direction) && !placed.has(kind)) {
        placed.add(kind);
        await transceiver.sender.replaceTrack(track);
        // Old Safari has no setStreams.
        transceiver.sender.setStreams?.(local.stream);
        transceiver.direction = 'sendrecv';
      } else {
        transceiver.direction = 'recvonly';
      }
    }
  }

  /** Turns lines so that they receive nothing, those that have come since as well; or back to what they were. */
  #direct(held: boolean): void {
    for (const transceiver of this.connection.getTransceivers()) {
      const {direction} = transceiver;
      if (direction === 'stopped') continue;
      const before = this.#unheld.get(transceiver);
      if (held && receives(direction)) {
        this.#unheld.set(transceiver, direction);
        transceiver.direction = direction === 'sendrecv' ? 'sendonly' : 'inactive';
      } else if (!held && before) {
        transceiver.direction = before;
      }
    }
    if (!held) this.#unheld.clear();
  }

  async #described(): Promise<string> {
    const {gatheringTimeout, memory} = this.#settings;
    await gathered(this.connection, {memory, timeout: gatheringTimeout, signal: this.#ending.signal});
    const sdp = this.connection.localDescription?.sdp;
    if (!sdp || this.#ending.signal.aborted) throw new SipError('aborted', {subject: 'media'});
    return sdp;
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

function known(direction: RTCRtpTransceiverDirection | null): MediaDirection {
  return direction === null || direction === 'stopped' ? 'inactive' : direction;
}
