import {SipError, toSipError, type SipErrorCode} from '../../errors.js';
import type {PictureAgreement} from './agreement.js';
import type {LocalMedia} from './local-media.js';
import type {Peer} from '../peer/peer.js';
import {openScreen, type Screen} from './screen.js';

/** What the changes of a picture need of their session. */
export interface PictureHost {
  readonly local: LocalMedia;
  /** Undefined once it is over. */
  peer(): Peer | undefined;
  readonly agreement: PictureAgreement;
  /** Whether the other side is to be seen at this moment. */
  seesOther(): boolean;
  /** Whether a picture of this side's is agreed on at this moment. */
  isSent(): boolean;
  /** Makes an offer. */
  offer(): Promise<void>;
  warn(code: SipErrorCode): void;
  /** The user has decided on the camera: it does not come back by itself. */
  forgetCamera(): void;
  onChange(): void;
}

/** Camera, black and screen: what one side sends as its picture, and the changes of it, one after another. */
export class Pictures {
  readonly #host: PictureHost;
  #queue: Promise<unknown> = Promise.resolve();
  /** The other side has taken the screen. */
  #shared = false;

  constructor(host: PictureHost) {
    this.#host = host;
  }

  /** The screen is sent. */
  get sharing(): boolean {
    return this.#shared && this.#host.local.screen !== undefined;
  }

  /** Stops the camera and sends black, or opens it again; while the screen is sent, chooses what comes afterwards. */
  setCameraOff(off: boolean): Promise<void> {
    const {local} = this.#host;
    return this.#next('camera', async () => {
      if (!local.video) throw new SipError('invalid-state', {subject: 'camera'});
      this.#host.forgetCamera();
      if (local.screen) local.resumeWith(off ? 'black' : 'camera');
      else await (off ? local.cameraToBlack(this.#replace) : local.blackToCamera(this.#replace));
    });
  }

  /** Adds the camera to a call without a picture of this side, or offers it again to a side that does not take it. */
  async add(): Promise<void> {
    const host = this.#host;
    const {local} = host;
    if (local.video && host.agreement.wanted) {
      if (local.cameraOff) await this.setCameraOff(false);
      if (host.isSent()) return;
    }
    await this.#next('camera', () => local.addCamera());
    try {
      await host.agreement.offer();
    } catch (error) {
      // It is not sent, so it must not be on.
      if (!local.screen) local.keep({audio: true, video: false});
      throw error;
    } finally {
      host.onChange();
    }
  }

  /** Takes the picture out of the call, the other side's too: the camera stops at once. */
  async remove(): Promise<void> {
    const {agreement} = this.#host;
    if (!agreement.wanted) return;
    agreement.wanted = false;
    this.blind();
    await this.#host.offer();
  }

  /** Stops what is sent as picture: nobody sees it. */
  blind(): void {
    this.#shared = false;
    this.#host.local.keep({audio: true, video: false});
    void this.#mix();
    this.#host.onChange();
  }

  /** Sends a screen that the user chooses now; of two, the newer one. */
  async share(): Promise<void> {
    // Nothing is waited for before it: a gesture is soon spent.
    await this.show(await openScreen());
  }

  /** Sends the screen. @throws {SipError} why the other side does not take it; it is stopped then */
  async show(screen: Screen): Promise<void> {
    const host = this.#host;
    const {local} = host;
    try {
      let sends = false;
      await this.#next('screen', async () => {
        sends = host.agreement.wanted && local.video !== undefined;
        this.begin(screen);
        await this.#mix();
        if (sends) await this.#replace(screen.picture);
      });
      if (!sends) await host.agreement.offer();
      this.#shared = local.screen === screen;
    } catch (error) {
      screen.stop();
      if (local.screen === screen) local.keep({audio: true, video: false});
      await this.#mix();
      throw error;
    } finally {
      host.onChange();
    }
  }

  /** Makes the screen the picture of a call to come. */
  begin(screen: Screen, after?: 'black' | 'nothing'): void {
    const {local} = this.#host;
    local.show(screen, after);
    screen.onend = () => {
      if (local.screen === screen) void this.stop().catch(() => {});
    };
    // The browser may have ended it while something else was waited for.
    if (!screen.live) screen.onend();
  }

  /** The other side knows what was the picture from the beginning. */
  settle(): void {
    this.#shared = this.#host.local.screen !== undefined;
  }

  /** Runs a change of what is sent, after those before it. */
  inTurn(change: () => Promise<void>): Promise<void> {
    return this.#next('camera', change);
  }

  /** Sends another track of the kind, or none; the screen's sound goes with the microphone's. */
  async send(kind: 'audio' | 'video', track: MediaStreamTrack | null): Promise<void> {
    if (kind === 'audio') await this.#mix();
    else await this.#host.peer()?.send(kind, track);
  }

  /** Sends no screen any more: what was there before comes back, and the line goes away where there was nothing. */
  async stop(): Promise<void> {
    const host = this.#host;
    const {local} = host;
    let empty = false;
    await this.#next('screen', async () => {
      if (!local.screen) return;
      const camera = local.hide();
      this.#shared = false;
      await this.#mix();
      empty = local.video === undefined;
      host.onChange();
      if (local.video) await this.#replace(local.video);
      // Whoever pressed the browser's own button waits for nobody: it stays black where the camera cannot be had.
      if (camera)
        await local.blackToCamera(this.#replace).catch((error: unknown) => host.warn(toSipError(error).code));
    });
    if (!empty) return;
    // The other side may show itself meanwhile.
    host.agreement.wanted = host.seesOther();
    await host.offer();
  }

  readonly #replace = async (track: MediaStreamTrack): Promise<void> => {
    await this.#host.peer()?.send('video', track);
  };

  /** The screen's sound joins the microphone's, or leaves it. */
  async #mix(): Promise<void> {
    const {local} = this.#host;
    await local.mix();
    await this.#host.peer()?.send('audio', local.audio ?? null);
  }

  async #next(subject: string, change: () => Promise<void>): Promise<void> {
    const done = this.#queue.then(async () => {
      if (!this.#host.peer()) throw new SipError('invalid-state', {subject});
      await change();
      this.#host.onChange();
    });
    this.#queue = done.catch(() => {});
    await done;
  }
}
