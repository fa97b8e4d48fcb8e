import {SipError, toSipError, type SipErrorCode} from '../../errors.js';
import {TaskQueue} from '../../task-queue.js';
import type {VideoNegotiation} from './video-negotiation.js';
import type {LocalMedia} from './local-media.js';
import type {Peer} from '../peer/peer.js';
import {openScreen, type Screen} from './screen.js';

/** What video changes need from their session. */
export interface SentVideoHost {
  readonly local: LocalMedia;
  /** Undefined once the session is closed. */
  peer(): Peer | undefined;
  readonly videoNegotiation: VideoNegotiation;
  /** Whether video from the other side is received now. */
  seesOther(): boolean;
  /** Whether sending this side's video is negotiated now. */
  isSent(): boolean;
  /** Requests an offer of the media that are wanted now; resolves when it is accepted. */
  negotiate(): Promise<void>;
  warn(code: SipErrorCode): void;
  /** The user has decided about the camera: it must not come back automatically. */
  forgetCamera(): void;
  onChange(): void;
}

/** The video that one side sends (camera, black or screen), and its changes, one after another. */
export class SentVideo {
  readonly #host: SentVideoHost;
  readonly #queue = new TaskQueue();
  /** The other side has accepted the screen. */
  #shared = false;

  constructor(host: SentVideoHost) {
    this.#host = host;
  }

  /** Whether the screen is sent. */
  get sharing(): boolean {
    return this.#shared && this.#host.local.screen !== undefined;
  }

  /** Stops the camera and sends black, or opens it again; while the screen is shared, chooses what follows it. */
  setCameraOff(off: boolean): Promise<void> {
    const {local} = this.#host;
    return this.#next('camera', async () => {
      if (!local.video) throw new SipError('invalid-state', {subject: 'camera'});
      this.#host.forgetCamera();
      if (local.screen) local.resumeWith(off ? 'black' : 'camera');
      else await (off ? local.cameraToBlack(this.#replace) : local.blackToCamera(this.#replace));
    });
  }

  /** Adds the camera to a call without this side's video, or offers it again if the other side does not receive it. */
  async add(): Promise<void> {
    const host = this.#host;
    const {local} = host;
    if (local.video && host.videoNegotiation.wanted) {
      if (local.cameraOff) await this.setCameraOff(false);
      if (host.isSent()) return;
    }
    await this.#next('camera', () => local.addCamera());
    try {
      await host.videoNegotiation.offer();
    } catch (error) {
      // The camera is not sent, so it must not be on.
      if (!local.screen) local.keep({audio: true, video: false});
      throw error;
    } finally {
      host.onChange();
    }
  }

  /** Removes video from the call in both directions; the camera stops at once. */
  async remove(): Promise<void> {
    const {videoNegotiation} = this.#host;
    if (!videoNegotiation.wanted) return;
    videoNegotiation.wanted = false;
    this.stopSending();
    await this.#host.negotiate();
  }

  /** Stops the video that is sent, since the other side no longer receives it. */
  stopSending(): void {
    this.#shared = false;
    this.#host.local.keep({audio: true, video: false});
    // The call may end at this moment.
    this.mix().catch(() => {});
    this.#host.onChange();
  }

  /** Shares a screen that the user chooses now; it replaces a screen that is shared already. */
  async share(): Promise<void> {
    // Nothing may be awaited before this: the user's gesture expires soon.
    await this.show(await openScreen());
  }

  /** Shares the screen. @throws {SipError} why the other side does not accept it; the screen is stopped then */
  async show(screen: Screen): Promise<void> {
    const host = this.#host;
    const {local} = host;
    try {
      let sends = false;
      await this.#next('screen', async () => {
        sends = host.videoNegotiation.wanted && local.video !== undefined;
        this.begin(screen);
        await this.mix();
        if (sends) await this.#replace(screen.picture);
      });
      if (sends) this.#report();
      else await host.videoNegotiation.offer();
      this.#shared = local.screen === screen;
    } catch (error) {
      screen.stop();
      if (local.screen === screen) local.keep({audio: true, video: false});
      await this.mix();
      throw error;
    } finally {
      host.onChange();
    }
  }

  /** Makes the screen the video of a call that has not started. */
  begin(screen: Screen, after?: 'black' | 'nothing'): void {
    const {local} = this.#host;
    local.show(screen, after);
    screen.onend = () => {
      if (local.screen === screen) void this.stop().catch(() => {});
    };
    // The browser may have ended the screen during an earlier wait.
    if (!screen.live) screen.onend();
  }

  /** Notes that the other side has accepted the initial video. */
  settle(): void {
    this.#shared = this.#host.local.screen !== undefined;
  }

  /** Runs a change of the sent media after the changes before it. */
  inTurn(change: () => Promise<void>): Promise<void> {
    return this.#next('camera', change);
  }

  /** Sends another track of the kind, or none; the screen's audio is mixed with the microphone's. */
  async send(kind: 'audio' | 'video', track: MediaStreamTrack | null): Promise<void> {
    if (kind === 'audio') await this.mix();
    else await this.#host.peer()?.send(kind, track);
  }

  /**
   * Mixes the other audio with the microphone, and sends the result. Returns false if the browser does not start the
   * mixer.
   */
  async mix(): Promise<boolean> {
    const {local} = this.#host;
    const mixed = await local.mix();
    await this.#host.peer()?.send('audio', local.audio ?? null);
    return mixed;
  }

  /** Stops sharing the screen: restores the earlier video, or removes the media line if there was none. */
  async stop(): Promise<void> {
    const host = this.#host;
    const {local} = host;
    let empty = false;
    await this.#next('screen', async () => {
      if (!local.screen) return;
      const camera = local.hide();
      this.#shared = false;
      await this.mix();
      empty = local.video === undefined;
      host.onChange();
      if (local.video) await this.#replace(local.video);
      // The user who pressed the browser's own button is not waiting: black stays if the camera cannot be opened.
      if (camera)
        await local.blackToCamera(this.#replace).catch((error: unknown) => host.warn(toSipError(error).code));
    });
    if (!empty) return this.#report();
    // The other side may have added its video in the meantime.
    host.videoNegotiation.wanted = host.seesOther();
    await host.negotiate();
  }

  /** Reports in an offer that the video is a screen, or no longer is: the sent track alone does not show that. */
  #report(): void {
    // Nothing depends on the answer: a side that refuses the offer still sees the video.
    void this.#host.negotiate().catch(() => {});
  }

  readonly #replace = async (track: MediaStreamTrack): Promise<void> => {
    await this.#host.peer()?.send('video', track);
  };

  async #next(subject: string, change: () => Promise<void>): Promise<void> {
    await this.#queue.run(async () => {
      if (!this.#host.peer()) throw new SipError('invalid-state', {subject});
      await change();
      this.#host.onChange();
    });
  }
}
