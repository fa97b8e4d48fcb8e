import type {Dialog, DialogEventMap, DialogMedia, DialogState} from '../../core/server/dialog.js';
import {StateTarget} from '../../core/util/state-target.js';
import type {MediaKinds, Party, RelayFailure, RemotePicture} from '../../core/types.js';
import {durations} from '../../durations.js';
import {SipError, toSipError} from '../../errors.js';
import {MediaSession} from '../../media/session/media-session.js';
import type {PeerSettings} from '../../media/peer/peer.js';
import {Health} from './health.js';
import {askForMedia} from './media-request.js';
import {PreparedSession} from './prepared-session.js';

/** The media of a SIP dialog: its state follows them, and their commands are its own. */
export abstract class MediaDialog extends StateTarget<DialogState, DialogEventMap> implements Dialog {
  /** The Call-ID. */
  abstract readonly id: string;
  abstract readonly direction: 'incoming' | 'outgoing';
  abstract readonly offered: MediaKinds;
  abstract readonly asked: MediaKinds;
  abstract readonly remote: Party;
  /** How the connection to the other side fares. */
  protected readonly health = new Health();
  readonly #settings: PeerSettings;
  #media: MediaSession | undefined;
  #streams = '';
  #patience: ReturnType<typeof setTimeout> | undefined;

  protected constructor(settings: PeerSettings, phase: Exclude<DialogState['phase'], 'terminated'>) {
    super({
      phase,
      media: {audio: 'inactive', video: 'inactive'},
      muted: false,
      cameraOff: false,
      sharing: false,
      held: false,
      remoteHeld: false,
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

  /** The tracks of the other side, by the mid of their media line. */
  get remoteTracks(): ReadonlyMap<string, MediaStreamTrack> {
    return this.#media?.remoteTracks ?? new Map();
  }

  /** The statistics of the peer connection; undefined where there is none. */
  async statistics(): Promise<RTCStatsReport | undefined> {
    return this.#media?.statistics();
  }

  /** Why there is no relay, where there is none. */
  get relayFailure(): RelayFailure | undefined {
    return this.#media?.relayFailure;
  }

  abstract seekWay(): void;
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

  /** Sends the screen that was chosen before there was a line for it; does nothing where there is none. */
  protected async offerScreen(): Promise<void> {
    await this.#named(this.media.offerScreen());
  }

  /** Makes an offer of what is wanted now; resolves when it was taken. */
  protected abstract offer(): Promise<void>;

  /** The media; opened now where nothing has been. @throws {SipError} `invalid-state` once it is over */
  protected get media(): MediaSession {
    if (this.state.phase === 'terminated') throw new SipError('invalid-state', {subject: 'terminated'});
    return this.#media ?? this.adopt(new MediaSession(this.#settings));
  }

  protected get prepared(): boolean {
    return this.#media !== undefined;
  }

  /** What sends tones as RTP events at this moment (RFC 4733). */
  protected get toneSender(): RTCDTMFSender | undefined {
    return this.#media?.toneSender;
  }

  /** Makes the session's media this dialog's own. */
  protected adopt(media: MediaSession): MediaSession {
    this.#media?.close();
    this.#media = media;
    media.follow({
      onChange: () => this.mirror(),
      offer: () => this.offer(),
      onRequest: (signal) => askForMedia(this, signal),
      onConnection: (state) => {
        if (this.health.setMedia(state)) this.seekWay();
        this.mirror();
      },
    });
    this.mirror();
    return media;
  }

  /** Uses what was prepared. */
  protected adoptPrepared({prepared}: DialogMedia): void {
    const media = prepared instanceof PreparedSession ? prepared.take() : undefined;
    if (!media) return;
    if (this.state.phase === 'terminated') media.close();
    else this.adopt(media);
  }

  /** The call is answered: it counts as failed where no way is found between the two sides. */
  protected awaitMedia(): void {
    this.#patience = setTimeout(() => {
      this.health.missMedia();
      this.mirror();
    }, durations.firstMedia);
  }

  /** Closes the media; whether there were any. */
  protected closeMedia(): boolean {
    clearTimeout(this.#patience);
    const media = this.#media;
    this.#media = undefined;
    media?.close();
    return media !== undefined;
  }

  /** State follows the media. */
  protected mirror(): void {
    const media = this.#media;
    if (!media || this.state.phase === 'terminated') return;
    const {directions, muted, cameraOff, sharing, held, remoteHeld, warnings} = media;
    const before = this.state.media;
    const same = before.audio === directions.audio && before.video === directions.video;
    this.update({
      media: same ? before : Object.freeze(directions),
      muted,
      cameraOff,
      sharing,
      held,
      remoteHeld,
      warning: warnings[0],
      health: this.health.value,
    });
    const {local, remoteStream, remotePictures} = media;
    const tracksOf = (stream: MediaStream): string[] =>
      stream
        .getTracks()
        .map(({id}) => id)
        .sort();
    const streams = [
      ...[local.stream, remoteStream].map((stream) => [stream.id, ...tracksOf(stream)].join()),
      // A picture that is somebody else's now has another stream.
      ...remotePictures.list.map(({stream}) => stream.id),
    ].join(';');
    if (streams === this.#streams) return;
    this.#streams = streams;
    this.dispatchEvent(new Event('streamschange'));
  }

  /** Says of whom a refusal is. */
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
