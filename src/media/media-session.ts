import type {MediaKinds, MediaState} from './types.js';
import {SipError, type SipErrorCode} from '../errors.js';
import {holds, kindsReceived} from './description.js';
import {LocalMedia} from './local-media.js';
import {Peer, type PeerSettings} from './peer.js';

/** What the owner of a media session is told. */
export interface MediaSessionDelegate {
  /** Directions, streams, holding or warnings may be others. */
  onChange(): void;
  onConnection(state: RTCPeerConnectionState): void;
}

const NONE: MediaState = Object.freeze({audio: 'inactive', video: 'inactive'});

/** The media of one conversation: devices, peer connection and what they are negotiated to do. */
export class MediaSession {
  readonly local = new LocalMedia();
  readonly remoteStream = new MediaStream();
  #peer: Peer | undefined;
  #delegate: MediaSessionDelegate | undefined;
  #wanted: MediaKinds = {audio: true, video: false};
  #negotiated = false;
  #wentBothWays = false;
  #remoteHeld = false;
  #offered: string | undefined;
  #muted = false;
  #held = false;
  /** Whether the next offer holds. */
  #holds = false;
  /** Whether the offer under way holds. */
  #offersHold = false;
  /** How many times holding was asked for and has not come to an end. */
  #hushes = 0;
  /** Holding and going on, one after another. */
  #holding: Promise<void> = Promise.resolve();
  /** Changes of the camera, one after another. */
  #camera: Promise<void> = Promise.resolve();

  constructor(settings: PeerSettings) {
    const peer = (this.#peer = new Peer(settings));
    peer.connection.addEventListener('connectionstatechange', this.#onConnection);
  }

  /** Tells the owner from now on. */
  follow(delegate: MediaSessionDelegate): void {
    this.#delegate = delegate;
  }

  get closed(): boolean {
    return this.#peer === undefined;
  }

  get directions(): MediaState {
    return (this.#negotiated && this.#peer?.directions) || NONE;
  }

  get warnings(): readonly SipErrorCode[] {
    return this.local.warnings;
  }

  get muted(): boolean {
    return this.#muted;
  }

  get cameraOff(): boolean {
    return this.local.cameraOff;
  }

  /** This side holds, and the other side knows. */
  get held(): boolean {
    return this.#held;
  }

  /** The other side stopped receiving in a conversation that went both ways. */
  get remoteHeld(): boolean {
    return this.#remoteHeld;
  }

  /** The tracks of the other side, by mid. */
  get remoteTracks(): ReadonlyMap<string, MediaStreamTrack> {
    return this.#peer?.remoteTracks ?? new Map();
  }

  /** The statistics of the peer connection, for measuring. */
  async statistics(): Promise<RTCStatsReport | undefined> {
    return this.#peer?.connection.getStats();
  }

  /** Opens the devices for what is wanted and, where the offer is known, of use; closes others. Never rejects. */
  async open(wanted: MediaKinds, offer?: string): Promise<void> {
    const useful = offer ? kindsReceived(offer) : {audio: true, video: true};
    const kinds = {audio: wanted.audio && useful.audio, video: wanted.video && useful.video};
    this.#wanted = wanted;
    await this.local.open(kinds);
    // What was opened before in vain: another choice was made since, or the offer holds less than was prepared for.
    this.local.keep(kinds);
    if (!this.closed) this.#delegate?.onChange();
  }

  /** Makes an offer. */
  async offer(iceRestart = false): Promise<string> {
    const held = (this.#offersHold = this.#holds);
    return this.#live().offer(this.local, this.#wanted, {held, iceRestart});
  }

  /** Takes an offer; `answer` answers it. */
  take(offer: string): void {
    this.#offered = offer;
  }

  /** Whether an offer waits to be answered. */
  get asked(): boolean {
    return this.#offered !== undefined;
  }

  /** Answers the offer that was taken. @throws {SipError} `not-acceptable` */
  async answer(): Promise<string> {
    const offer = this.#offered;
    this.#offered = undefined;
    if (offer === undefined) throw new SipError('internal', {subject: 'an answer without an offer'});
    const answer = await this.#live().answer(offer, this.local, this.#wanted, this.#held);
    const renewed = this.#negotiated;
    if (renewed) this.#remoteHeld = this.#wentBothWays && holds(offer);
    this.#settle();
    return answer;
  }

  /** Takes the answer to our offer. @throws {SipError} `not-acceptable` */
  async accept(answer: string): Promise<void> {
    await this.#live().accept(answer);
    this.#held = this.#offersHold;
    this.#settle();
  }

  /** Takes back an offer that came to nothing. */
  async rollback(): Promise<void> {
    this.#offered = undefined;
    await this.#peer?.rollback();
  }

  /** Sends silence instead of the microphone. */
  setMuted(muted: boolean): void {
    this.#muted = muted;
    this.local.setMuted(muted);
    this.#delegate?.onChange();
  }

  /** Stops the camera and sends black, or opens it again. @throws {SipError} `invalid-state` where no picture is sent; `camera-…` */
  async setCameraOff(off: boolean): Promise<void> {
    const change = this.#camera.then(async () => {
      if (this.closed || !this.local.video) throw new SipError('invalid-state', {subject: 'camera'});
      const replace = async (track: MediaStreamTrack): Promise<void> => {
        await this.#peer?.sendVideo(track);
      };
      await (off ? this.local.cameraToBlack(replace) : this.local.blackToCamera(replace));
      this.#delegate?.onChange();
    });
    this.#camera = change.catch(() => {});
    await change;
  }

  /**
   * Holds, or goes on: `held` follows when the other side has taken the offer.
   *
   * Nothing is sent and nothing played from the moment on when it is asked to hold, until it has gone on again.
   *
   * @param offer - Makes an offer; rejects where it was not taken, and then all stays as it was.
   */
  async setHeld(held: boolean, offer: () => Promise<void>): Promise<void> {
    const hush = held ? 1 : 0;
    this.#hush(hush);
    const change = this.#holding.then(async () => {
      try {
        if (this.closed) throw new SipError('aborted', {subject: 'hold'});
        if (this.#held === held) return;
        this.#holds = held;
        await offer();
      } finally {
        this.#holds = this.#held;
        this.#hush(-hush);
      }
    });
    this.#holding = change.catch(() => {});
    await change;
  }

  /** Closes devices and peer connection and drops all that holds them; idempotent. */
  close(): void {
    const peer = this.#peer;
    this.#peer = undefined;
    this.#delegate = undefined;
    this.#offered = undefined;
    this.local.release();
    for (const track of this.remoteStream.getTracks()) {
      track.stop();
      this.remoteStream.removeTrack(track);
    }
    peer?.connection.removeEventListener('connectionstatechange', this.#onConnection);
    peer?.close();
  }

  #hush(more = 0): void {
    this.#hushes += more;
    this.#peer?.setSilent(this.#held || this.#hushes > 0, this.local);
  }

  #live(): Peer {
    if (!this.#peer) throw new SipError('aborted', {subject: 'media'});
    return this.#peer;
  }

  /** A negotiation is complete. */
  #settle(): void {
    if (this.closed) return;
    this.#negotiated = true;
    const {audio, video} = this.directions;
    if (audio === 'sendrecv' || video === 'sendrecv') this.#wentBothWays = true;
    const tracks = new Set(this.remoteTracks.values());
    for (const track of this.remoteStream.getTracks())
      if (!tracks.has(track)) this.remoteStream.removeTrack(track);
    for (const track of tracks) this.remoteStream.addTrack(track);
    this.#hush();
    this.#delegate?.onChange();
  }

  readonly #onConnection = (): void => {
    // The state of ICE alone stays `disconnected` in Chromium where no way was ever found.
    if (this.#peer) this.#delegate?.onConnection(this.#peer.connection.connectionState);
  };
}
