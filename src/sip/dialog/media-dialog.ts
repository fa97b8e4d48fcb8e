import type {
  Dialog,
  DialogEventMap,
  DialogIdentity,
  DialogMedia,
  DialogState,
} from '../../core/server/dialog.js';
import {StateTarget} from '../../core/util/state-target.js';
import type {MediaKinds, Party, RecordingSign, RelayFailure, RemotePicture} from '../../core/types.js';
import {mediaDurations} from '../../durations/media.js';
import {sipDurations} from '../../durations/sip.js';
import {SipError, toSipError} from '../../errors.js';
import {MediaSession} from '../../media/session/media-session.js';
import type {PeerSettings} from '../../media/peer/peer.js';
import type {AnnouncedSound, MediaLoss} from '../../media/types.js';
import {Health} from './health.js';
import {askForMedia} from './media-request.js';
import {PreparedSession} from './prepared-session.js';

/** The media of a SIP dialog: mirrors their state, and forwards commands to them. */
export abstract class MediaDialog extends StateTarget<DialogState, DialogEventMap> implements Dialog {
  /** The Call-ID. */
  abstract readonly id: string;
  abstract readonly direction: 'incoming' | 'outgoing';
  abstract readonly identity: DialogIdentity | undefined;
  abstract readonly offered: MediaKinds;
  abstract readonly asked: MediaKinds;
  abstract readonly remote: Party;
  /** The health of the connection to the other side. */
  protected readonly health = new Health();
  readonly #settings: PeerSettings;
  #media: MediaSession | undefined;
  #streams = '';
  #patience: ReturnType<typeof setTimeout> | undefined;
  #calming: ReturnType<typeof setTimeout> | undefined;

  protected constructor(settings: PeerSettings, phase: Exclude<DialogState['phase'], 'terminated'>) {
    super({
      phase,
      media: {audio: 'inactive', video: 'inactive'},
      muted: false,
      unheard: false,
      cameraOff: false,
      sharing: false,
      held: false,
      remoteHeld: false,
      remoteSharing: false,
      remoteRecording: false,
      health: 'healthy',
    });
    this.#settings = settings;
  }

  get localStream(): MediaStream | undefined {
    return this.#media?.local.stream;
  }

  get remoteStream(): MediaStream | undefined {
    return this.#media?.remoteStream;
  }

  get remotePictures(): readonly RemotePicture[] {
    return this.#media?.remotePictures.list ?? [];
  }

  get mixed(): readonly MediaStreamTrack[] {
    return this.#media?.local.more ?? [];
  }

  get announced(): AnnouncedSound | undefined {
    return this.#media?.local.announced;
  }

  /** The tracks of the other side, by the `mid` of their media section. */
  get remoteTracks(): ReadonlyMap<string, MediaStreamTrack> {
    return this.#media?.remoteTracks ?? new Map();
  }

  /** The statistics of the peer connection; undefined if there is none. */
  async statistics(): Promise<RTCStatsReport | undefined> {
    return this.#media?.statistics();
  }

  get level(): number {
    return this.#media?.level ?? 0;
  }

  /** Why no relay is available; undefined if one is. */
  get relayFailure(): RelayFailure | undefined {
    return this.#media?.relayFailure;
  }

  abstract restartIce(): void;

  setLoss(loss: MediaLoss | undefined): void {
    this.health.setLoss(loss);
    this.mirror();
  }

  /** Handles a sign that the network may have changed. */
  protected abstract doubtNetwork(): void;
  abstract prepare(media: MediaKinds): void;
  abstract accept(media: DialogMedia, headers?: readonly string[]): Promise<void>;
  abstract reject(status?: 480 | 486 | 603): Promise<void>;
  abstract hangup(headers?: readonly string[]): Promise<void>;
  abstract header(name: string): string | undefined;
  abstract setHeld(held: boolean): Promise<void>;
  abstract sendDtmf(tones: string): Promise<void>;
  abstract transfer(target: string | Dialog, onProgress: (status: number) => void): Promise<void>;

  async setMuted(muted: boolean): Promise<void> {
    this.media.setMuted(muted);
  }

  setUnheard(unheard: boolean): void {
    this.#media?.setUnheard(unheard);
  }

  async openMicrophone(): Promise<void> {
    if (this.state.phase === 'confirmed') await this.#named(this.media.openMicrophone());
  }

  async mixIn(tracks: readonly MediaStreamTrack[]): Promise<void> {
    await this.#media?.mixIn(tracks);
  }

  async announce(sound: AnnouncedSound | undefined): Promise<void> {
    await this.#media?.announce(sound);
  }

  async setCameraOff(off: boolean): Promise<void> {
    await this.media.setCameraOff(off);
  }

  async setMedia(media: Partial<MediaKinds>): Promise<void> {
    await this.#named(this.media.setMedia(media));
  }

  async shareScreen(): Promise<void> {
    await this.#named(this.media.shareScreen());
  }

  async stopScreen(): Promise<void> {
    await this.#named(this.media.stopScreen());
  }

  async tellRecording(recording: RecordingSign): Promise<void> {
    if (this.state.phase === 'terminated') return;
    this.media.setRecording(recording);
    // Others may refuse the offer, and would not show it.
    if (this.recordAware) await this.offer().catch(() => {});
  }

  /** Whether the other side understands reports of recordings (RFC 7866 §6.1.2). */
  protected abstract get recordAware(): boolean;

  /** Sends a screen that was chosen before a media section existed for it; does nothing without one. */
  protected async offerScreen(): Promise<void> {
    await this.#named(this.media.offerScreen());
  }

  /** Sends an offer of the wanted media; resolves when it was accepted. */
  protected abstract offer(): Promise<void>;

  /** The media; created on first use. @throws {SipError} `invalid-state` once the dialog is over */
  get media(): MediaSession {
    if (this.state.phase === 'terminated') throw new SipError('invalid-state', {subject: 'terminated'});
    return this.#media ?? this.adopt(new MediaSession(this.#settings));
  }

  /** The sender of tones as RTP events (RFC 4733), if there currently is one. */
  protected get toneSender(): RTCDTMFSender | undefined {
    return this.#media?.toneSender;
  }

  /** Whether the browser hides this side's address from the other side. */
  protected get hidesAddress(): boolean {
    return this.#media?.hidesAddress ?? false;
  }

  /** Makes a media session this dialog's media. */
  protected adopt(media: MediaSession): MediaSession {
    this.#media?.close();
    this.#media = media;
    media.follow({
      party: {number: this.remote.number, direction: this.direction},
      onChange: () => this.mirror(),
      onNegotiationNeeded: () => this.offer(),
      onRequest: (signal) => askForMedia(this, signal),
      onConnection: (state) => {
        if (this.health.setMedia(state)) this.restartIce();
        this.mirror();
      },
      onMoved: () => this.doubtNetwork(),
    });
    this.mirror();
    return media;
  }

  /** Uses the prepared media. */
  protected adoptPrepared({prepared}: DialogMedia): void {
    const media = prepared instanceof PreparedSession ? prepared.take() : undefined;
    if (!media) return;
    if (this.state.phase === 'terminated') media.close();
    else this.adopt(media);
  }

  /**
   * Starts the wait for first media once the call is answered; the call counts as failed if the two sides find no
   * connection.
   */
  protected awaitMedia(): void {
    this.#patience = setTimeout(() => {
      this.health.missMedia();
      this.mirror();
    }, sipDurations.firstMedia);
  }

  /** Closes the media; returns whether there were any. */
  protected closeMedia(): boolean {
    clearTimeout(this.#patience);
    clearTimeout(this.#calming);
    const media = this.#media;
    this.#media = undefined;
    media?.close();
    return media !== undefined;
  }

  /** Copies the state of the media. */
  protected mirror(): void {
    const media = this.#media;
    if (!media || this.state.phase === 'terminated') return;
    media.encryption?.update();
    const {directions, muted, unheard, cameraOff, sharing, held, remoteHeld, remoteSigns, warnings} = media;
    const {media: before, health} = this.state;
    const same = before.audio === directions.audio && before.video === directions.video;
    this.update({
      media: same ? before : Object.freeze(directions),
      muted,
      unheard,
      cameraOff,
      sharing,
      held,
      remoteHeld,
      remoteSharing: remoteSigns.sharing,
      remoteRecording: remoteSigns.recording === 'on',
      warning: warnings[0],
      encryption: media.encryption?.state,
      health: this.health.value,
    });
    if (this.state.health !== health) this.#calm();
    const {local, remoteStream, remotePictures} = media;
    const tracksOf = (stream: MediaStream): string[] =>
      stream
        .getTracks()
        .map(({id}) => id)
        .sort();
    const streams = [
      ...[local.stream, remoteStream].map((stream) => [stream.id, ...tracksOf(stream)].join()),
      local.more.map(({id}) => id).join(),
      [local.announced?.track.id, local.announced?.mix].join(),
      // A video that now shows another participant has another stream.
      ...remotePictures.list.map(({stream}) => stream.id),
    ].join(';');
    if (streams === this.#streams) return;
    this.#streams = streams;
    this.dispatchEvent(new Event('streamschange'));
  }

  /** Lets a restored connection count as healthy after a while. */
  #calm(): void {
    clearTimeout(this.#calming);
    if (this.state.health !== 'restored') return;
    this.#calming = setTimeout(() => {
      this.health.calm();
      this.mirror();
    }, mediaDurations.restored);
  }

  /** Names the other side in the error of a refusal. */
  async #named(change: Promise<void>): Promise<void> {
    try {
      await change;
    } catch (error) {
      const {code, status, cause} = toSipError(error);
      if (code !== 'media-refused') throw error;
      throw new SipError(code, {subject: this.remote.name || this.remote.number, status, cause});
    }
  }
}
