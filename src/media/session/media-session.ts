import type {
  AnnouncedSound,
  EncryptedParty,
  MediaKinds,
  MediaResponse,
  MediaState,
  WantedMedia,
  RecordingSign,
  RelayFailure,
} from '../types.js';
import type {MediaEncryption} from '../encryption/media-encryption.js';
import {SipError, type SipErrorCode} from '../../errors.js';
import {VideoNegotiation} from './video-negotiation.js';
import {hidesAddress, holds, kindsReceived, receives, sends} from '../peer/description.js';
import {DeviceSwitch} from '../devices/device-switch.js';
import {Holding} from './holding.js';
import {LocalMedia} from './local-media.js';
import {ReceivedLevel} from '../peer/received-level.js';
import {followPath} from '../peer/path.js';
import {Peer, type PeerSettings} from '../peer/peer.js';
import {SentVideo} from './sent-video.js';
import {RemotePictures} from './remote-pictures.js';
import {openScreen, type Screen} from './screen.js';
import {NO_SIGNS, signsOf, withSigns, type Signs} from './signs.js';

/** What a media session reports to its owner. */
export interface MediaSessionDelegate {
  /** Who the other side is. */
  readonly party?: EncryptedParty;
  /** Directions, streams, holding or warnings may have changed. */
  onChange(): void;
  onConnection(state: RTCPeerConnectionState): void;
  /** Media leave by another address of this side than before. */
  onMoved(): void;
  /**
   * The wanted media have changed: a new offer is needed. Resolves when one that was made from now on is accepted, rejects with
   * the reason otherwise.
   */
  onNegotiationNeeded(): Promise<void>;
  /**
   * The other side wants to add video; its offer waits for the answer.
   *
   * @param signal - Aborted when the answer is no longer needed.
   */
  onRequest(signal: AbortSignal): Promise<MediaResponse>;
}

const NONE: MediaState = Object.freeze({audio: 'inactive', video: 'inactive'});

/** The media of one conversation: devices, peer connection and the negotiated directions. */
export class MediaSession {
  readonly local: LocalMedia;
  readonly remoteStream = new MediaStream();
  /** The other side's video streams, one `MediaStream` each. */
  readonly remotePictures = new RemotePictures();
  #peer: Peer | undefined;
  #delegate: MediaSessionDelegate | undefined;
  #wantsAudio = true;
  #negotiated = false;
  #wentBothWays = false;
  #remoteHeld = false;
  /** The last report of the other side. */
  #signs = NO_SIGNS;
  /** Whether this side records; undefined before it first does. */
  #recording: RecordingSign | undefined;
  #offered: string | undefined;
  #level: ReceivedLevel | undefined;
  #muted = false;
  #unheard = false;
  readonly #holding: Holding;
  readonly #sentVideo: SentVideo;
  readonly #videoNegotiation: VideoNegotiation;
  readonly #devices: DeviceSwitch;
  /** A chosen screen that has no media line yet. */
  #chosen: Screen | undefined;
  /** Warnings that were added later. */
  readonly #more: SipErrorCode[] = [];

  constructor(settings: PeerSettings) {
    this.local = new LocalMedia(settings.input);
    const peer = (this.#peer = new Peer(settings));
    peer.connection.addEventListener('connectionstatechange', this.#onConnection);
    if (settings.encryption) {
      const {encryption} = settings;
      peer.preparing = import('../encryption/media-encryption.js').then(async ({MediaEncryption}) =>
        MediaEncryption.begin(peer, encryption, this, settings.input?.onFailure),
      );
      // The first description receives the error.
      peer.preparing.catch(() => {});
    }
    const negotiate = async (): Promise<void> => this.#delegate?.onNegotiationNeeded();
    this.#holding = new Holding(() => this.#hush());
    this.#videoNegotiation = new VideoNegotiation({
      local: this.local,
      closed: () => this.closed,
      negotiate,
      onRequest: async (signal) => (await this.#delegate?.onRequest(signal)) ?? false,
      onUnseen: () => this.#sentVideo.stopSending(),
    });
    this.#sentVideo = new SentVideo({
      local: this.local,
      videoNegotiation: this.#videoNegotiation,
      peer: () => this.#peer,
      seesOther: () => receives(this.directions.video),
      isSent: () => sends(this.directions.video),
      negotiate,
      warn: (code) => this.#more.push(code),
      forgetCamera: () => this.#devices.forget('camera'),
      onChange: () => this.#delegate?.onChange(),
    });
    this.#devices = new DeviceSwitch(this.local, {
      inTurn: (task) => this.#sentVideo.inTurn(task),
      send: (kind, track) => this.#sentVideo.send(kind, track),
      onChange: () => this.#delegate?.onChange(),
    });
  }

  /** Reports to the owner from now on. */
  follow(delegate: MediaSessionDelegate): void {
    this.#delegate = delegate;
  }

  get closed(): boolean {
    return this.#peer === undefined;
  }

  get directions(): MediaState {
    return (this.#negotiated && this.#peer?.directions) || NONE;
  }

  /** Whether the browser hides this side's address from the other side. */
  get hidesAddress(): boolean {
    return hidesAddress(this.#peer?.connection.localDescription?.sdp ?? '');
  }

  get warnings(): readonly SipErrorCode[] {
    const declined: SipErrorCode[] = this.#videoNegotiation.declined ? ['media-refused'] : [];
    return [...this.local.warnings, ...this.#more, ...declined];
  }

  get muted(): boolean {
    return this.#muted;
  }

  /** Whether silence is sent although the user has not muted the microphone. */
  get unheard(): boolean {
    return this.#unheard;
  }

  get cameraOff(): boolean {
    return this.local.cameraOff;
  }

  get sharing(): boolean {
    return this.#sentVideo.sharing;
  }

  /** Whether this side holds and the other side has accepted it. */
  get held(): boolean {
    return this.#holding.held;
  }

  /** Whether the other side stopped receiving in a conversation that went both ways. */
  get remoteHeld(): boolean {
    return this.#remoteHeld;
  }

  /** The owner; undefined before there is one. */
  get delegate(): MediaSessionDelegate | undefined {
    return this.#delegate;
  }

  /** Encrypts the media end to end; undefined if the page does not ask for that, or while its code is loaded. */
  get encryption(): MediaEncryption | undefined {
    return this.#peer?.encryption;
  }

  /** What the other side reports about what it does with the media. */
  get remoteSigns(): Signs {
    return this.#signs;
  }

  /** Reports with each description from now on whether this side records. */
  setRecording(recording: RecordingSign): void {
    this.#recording = recording;
  }

  /** The tracks of the other side, by mid. */
  get remoteTracks(): ReadonlyMap<string, MediaStreamTrack> {
    return this.#peer?.remoteTracks ?? new Map();
  }

  /** Sends tones as RTP events (RFC 4733); undefined if that is not possible now. */
  get toneSender(): RTCDTMFSender | undefined {
    return this.#peer?.toneSender;
  }

  /** The statistics of the peer connection. */
  async statistics(): Promise<RTCStatsReport | undefined> {
    return this.#peer?.connection.getStats();
  }

  /** The level of the sound that arrives now, 0–1. */
  get level(): number {
    const connection = this.#peer?.connection;
    return connection ? (this.#level ??= new ReceivedLevel(connection)).now : 0;
  }

  /** Why there is no relay; undefined if there is one. */
  get relayFailure(): RelayFailure | undefined {
    return this.#peer?.relayFailure;
  }

  /**
   * Opens the wanted devices, or only those that the offer can use if it is known; closes others. The browser's screen
   * picker comes first, within the gesture that this method is called in.
   *
   * @throws {SipError} `screen-…` if a screen was wanted and is not available; a missing device never rejects.
   */
  async open(
    {audio, video, screen = false, silent = false, opens}: WantedMedia,
    offer?: string,
  ): Promise<void> {
    if (silent) this.setMuted(true);
    const chosen = screen ? await openScreen() : undefined;
    if (this.closed) chosen?.stop();
    const useful = offer ? kindsReceived(offer) : {audio: true, video: true};
    const shown = useful.video ? chosen : undefined;
    if (shown) this.#sentVideo.begin(shown, video ? 'black' : 'nothing');
    else this.#chosen = chosen;
    this.#wantsAudio = audio;
    this.#videoNegotiation.wanted = video || shown !== undefined;
    const kinds = {
      audio: audio && useful.audio && (opens?.audio ?? true),
      video: this.#videoNegotiation.wanted && useful.video && (opens?.video ?? true),
    };
    await this.local.open(kinds);
    // Closes unneeded devices: the choice has changed since, or the offer has fewer kinds than were prepared for.
    this.local.keep(kinds);
    await this.local.mix();
    if (!this.closed) this.#delegate?.onChange();
  }

  /** Makes an offer. */
  async offer(iceRestart = false): Promise<string> {
    this.#videoNegotiation.begin();
    const held = this.#holding.begin();
    return withSigns(await this.live().offer(this.local, this.#wanted, {held, iceRestart}), this.#ownSigns);
  }

  /** Stores an offer; `answer` answers it. */
  take(offer: string): void {
    this.#offered = offer;
  }

  /** Whether an offer waits to be answered. */
  get asked(): boolean {
    return this.#offered !== undefined;
  }

  /** Answers the stored offer. @throws {SipError} `not-acceptable` */
  async answer(): Promise<string> {
    const offer = this.#offered;
    this.#offered = undefined;
    if (offer === undefined) throw new SipError('internal', {subject: 'an answer without an offer'});
    const renewed = this.#negotiated;
    if (renewed) await this.#videoNegotiation.considerOffer(offer);
    const answer = await this.live().answer(offer, this.local, this.#wanted, this.held);
    this.#videoNegotiation.answered(offer);
    this.#signs = signsOf(offer);
    if (renewed) this.#remoteHeld = this.#wentBothWays && holds(offer);
    this.#settle();
    return withSigns(answer, this.#ownSigns);
  }

  /** Applies the answer to this side's offer. @throws {SipError} `not-acceptable` */
  async accept(answer: string): Promise<void> {
    await this.live().accept(answer);
    this.#holding.complete();
    this.#videoNegotiation.complete(answer);
    this.#signs = signsOf(answer);
    this.#settle();
  }

  /** Applies a provisional answer: early media may flow already (RFC 3960). @throws {SipError} `not-acceptable` */
  async preview(answer: string): Promise<void> {
    await this.live().accept(answer, 'pranswer');
    this.#settle();
  }

  /** Rolls back an offer that failed. */
  async rollback(): Promise<void> {
    this.#offered = undefined;
    await this.#peer?.rollback();
  }

  /** Sends silence instead of the microphone. */
  setMuted(muted: boolean): void {
    this.#muted = muted;
    this.#applyMute();
  }

  /** Sends silence instead of the microphone, whether or not the user has muted it. */
  setUnheard(unheard: boolean): void {
    this.#unheard = unheard;
    this.#applyMute();
  }

  /** Opens a microphone that could not be opened before, and offers it. @throws {SipError} `microphone-…` */
  async openMicrophone(): Promise<void> {
    if (!this.#wantsAudio || !this.local.lack('microphone')) return;
    await this.local.open({audio: true, video: false});
    await this.#sentVideo.mix();
    this.#delegate?.onChange();
    const lack = this.local.lack('microphone');
    if (lack) throw new SipError(lack);
    await this.#delegate?.onNegotiationNeeded();
  }

  /** Sends these tracks mixed with the microphone. @throws {SipError} `playback-blocked` */
  async mixIn(tracks: readonly MediaStreamTrack[]): Promise<void> {
    const {more} = this.local;
    if (tracks.length === more.length && tracks.every((track) => more.includes(track))) return;
    this.local.more = tracks;
    if (!(await this.#sentVideo.mix())) throw new SipError('playback-blocked');
    this.#delegate?.onChange();
  }

  /** Sends a sound beside the microphone or instead of it, or none. @throws {SipError} `playback-blocked` */
  async announce(sound: AnnouncedSound | undefined): Promise<void> {
    const {local} = this;
    if (sound === local.announced) return;
    local.announced = sound;
    const mixed = await this.#sentVideo.mix();
    this.#delegate?.onChange();
    if (sound && !mixed) throw new SipError('playback-blocked');
    // A side without a microphone offers to send only while there is something to send.
    const sending = !!local.audio;
    const passes = this.#negotiated && !this.#holding.hushed && !this.#remoteHeld;
    if (local.lack('microphone') && passes && sends(this.directions.audio) !== sending)
      await this.#delegate?.onNegotiationNeeded();
  }

  /**
   * Stops the camera and sends black, or opens it again. @throws {SipError} `invalid-state` if no video is sent;
   * `camera-…`
   */
  async setCameraOff(off: boolean): Promise<void> {
    await this.#sentVideo.setCameraOff(off);
  }

  /**
   * Adds this side's video to the call, or removes all video from it; the audio likewise.
   *
   * @throws {SipError} `media-refused`, `camera-…`; `invalid-state` if no media would be left.
   */
  async setMedia({audio = this.#wantsAudio, video}: Partial<MediaKinds>): Promise<void> {
    if (!audio && !(video ?? this.#videoNegotiation.wanted))
      throw new SipError('invalid-state', {subject: 'setMedia'});
    if (audio !== this.#wantsAudio) await this.#setAudio(audio);
    if (video) await this.#sentVideo.add();
    else if (video === false) await this.#sentVideo.remove();
  }

  /** Shares a screen that the user chooses now. @throws {SipError} `screen-…`, `media-refused` */
  async shareScreen(): Promise<void> {
    await this.#sentVideo.share();
  }

  /** Shares the screen that was chosen before a media line existed. @throws {SipError} `media-refused` */
  async offerScreen(): Promise<void> {
    const chosen = this.#chosen;
    this.#chosen = undefined;
    if (chosen) await this.#sentVideo.show(chosen);
  }

  async stopScreen(): Promise<void> {
    await this.#sentVideo.stop();
  }

  /**
   * Requests that the next offer holds or resumes; `held` changes when the other side has accepted that offer. Nothing is
   * sent or played from the moment of a request to hold.
   *
   * @returns The function that ends the request: its offer was answered or has failed.
   */
  requestHold(held: boolean): () => void {
    return this.#holding.request(held);
  }

  /** Offers again what the other side must learn; does nothing before the first answer. */
  async renegotiate(): Promise<void> {
    if (this.#negotiated) await this.#delegate?.onNegotiationNeeded();
  }

  /** Closes the devices and the peer connection and releases everything that refers to them; idempotent. */
  close(): void {
    const peer = this.#peer;
    this.#peer = undefined;
    this.#delegate = undefined;
    this.#offered = undefined;
    this.#videoNegotiation.close();
    this.#devices.close();
    this.#chosen?.stop();
    this.#chosen = undefined;
    this.local.release();
    this.remotePictures.clear();
    for (const track of this.remoteStream.getTracks()) {
      track.stop();
      this.remoteStream.removeTrack(track);
    }
    peer?.connection.removeEventListener('connectionstatechange', this.#onConnection);
    peer?.close();
  }

  get #ownSigns(): Signs {
    return {sharing: this.local.screen !== undefined, recording: this.#recording};
  }

  get #wanted(): MediaKinds {
    return {audio: this.#wantsAudio, video: this.#videoNegotiation.wanted};
  }

  #hush(): void {
    this.#peer?.setSilent(this.#holding.hushed, this.local);
  }

  /** Returns the peer connection. @throws {SipError} `aborted` once it is closed */
  live(): Peer {
    if (!this.#peer) throw new SipError('aborted', {subject: 'media'});
    return this.#peer;
  }

  async #setAudio(audio: boolean): Promise<void> {
    this.#wantsAudio = audio;
    if (audio) await this.local.open({audio, video: false});
    else {
      this.local.keep({audio, video: true});
      this.#devices.forget('microphone');
    }
    await this.#sentVideo.mix();
    this.#delegate?.onChange();
    await this.#delegate?.onNegotiationNeeded();
  }

  #applyMute(): void {
    this.local.setMuted(this.#muted || this.#unheard);
    this.#delegate?.onChange();
  }

  /** Updates the state after a completed negotiation. */
  #settle(): void {
    if (this.closed) return;
    if (!this.#negotiated) this.#sentVideo.settle();
    this.#negotiated = true;
    const {audio, video} = this.directions;
    if (audio === 'sendrecv' || video === 'sendrecv') this.#wentBothWays = true;
    const tracks = new Set(this.remoteTracks.values());
    for (const track of this.remoteStream.getTracks())
      if (!tracks.has(track)) this.remoteStream.removeTrack(track);
    for (const track of tracks) this.remoteStream.addTrack(track);
    this.remotePictures.update(this.remoteTracks, this.#peer?.remoteLabels ?? new Map());
    this.#hush();
    this.#delegate?.onChange();
  }

  readonly #onConnection = (): void => {
    // The state of ICE alone stays `disconnected` in Chromium if no route was ever found.
    const connection = this.#peer?.connection;
    if (!connection) return;
    if (connection.connectionState === 'connected') followPath(connection, () => this.#delegate?.onMoved());
    this.#delegate?.onConnection(connection.connectionState);
  };
}
