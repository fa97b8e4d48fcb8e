import {html, LitElement, type TemplateResult} from 'lit';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {forwardMethods} from '../../controllers/forward-methods.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import type {Numbers} from '../../core/directory/directory.js';
import {SipError} from '../../errors.js';
import {WallNumbers} from './numbers.js';
import {writtenNumbers} from '../../core/util/number.js';
import {CAMERA_COMMANDS, runCommand, type CameraCommands} from '../shared/calls/call-commands.js';
import {LazyElement} from '../shared/lazy-element.js';
import {property} from '../shared/property.js';
import {shared} from '../shared/styles/shared.styles.js';
import type {MonitorWallElement} from './monitor-wall.js';
import type {Round} from './rounds.js';

// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging, @typescript-eslint/no-empty-object-type -- A static block defines them.
export interface SipMonitorElement extends CameraCommands {}

/**
 * Shows up to 16 cameras at once, of numbers or of a conference's members, each with its name and state, and with
 * buttons for a photo, a recording, sound and full screen. Nothing is captured or sent here, and the user's calls are
 * neither held nor counted.
 *
 * Numbers come from the attribute, are typed, found by name, dropped here, or come from a `<sip-directory actions="…
 * monitor">` of the same client, which starts the wall. Camera devices show their video at once; people are asked,
 * unless they have allowed it.
 *
 * A video that is out of view for five seconds is released, leaving its last frame as a still image, and requested
 * again when it is back in view; a video being recorded or listened to continues. A video that stalls for five seconds
 * or ends is requested again after 1, 2, 4 … 30 s; a refused one is requested again when the user presses the button
 * for it.
 *
 * The clock of each tile shows the time of the last frame. If the video freezes, the clock stops, and is marked after
 * 2.5 seconds. Names come from the server's directory, even before the video starts.
 *
 * A round shows one set of cameras after the other: that of the `round` attributes, or one that the user has saved. It passes
 * over cameras whose video does not come, and pauses while a video fills the screen, is recorded or listened to, or its menu
 * is open.
 *
 * A tile is dragged to a `<sip-conference>`, or invited to the running conference by its menu.
 *
 * Arrows, Home and End move between the videos; a double press on a video shows it full screen, and Escape exits full
 * screen.
 *
 * A script takes photos and records by the number of a camera, such as `takePhoto('1019')`; the methods reject with
 * `call-not-found` if its video is not there.
 *
 * The view is loaded when the element is first on a page.
 *
 * @fires {CustomEvent<PhotoDetail>} sip-photo - A photo was taken. Cancelable: if canceled, it is not downloaded.
 * @fires {CustomEvent<{error: SipError}>} sip-error - A command failed.
 * @csspart panel - The box around everything.
 * @csspart members-field - The field for names and numbers.
 * @csspart start - The button that requests the videos.
 * @csspart stop - The button that releases the videos.
 * @csspart several - The button that allows the sound of several videos at once, shown while one plays sound.
 * @csspart rounds - The button that opens the rounds of cameras.
 * @csspart rounds-panel - The rounds, and the form for a new one.
 * @csspart round-list - The list of the rounds.
 * @csspart round-start - The button that starts a round.
 * @csspart round-edit - The button that changes a saved round.
 * @csspart round-remove - The button that removes a saved round.
 * @csspart round-form - The form for a round.
 * @csspart round-name - The field for the name of a round.
 * @csspart round-cameras - The box around the field for its cameras.
 * @csspart round-tiles - The choice of how many cameras it shows at a time.
 * @csspart round-seconds - The field for the seconds of each set.
 * @csspart round-save - The button that saves a round.
 * @csspart round-save-start - The button that saves a round and starts it.
 * @csspart round - The bar of the running round.
 * @csspart round-previous - The button that shows the cameras before these.
 * @csspart round-pause - The button that pauses or resumes the round.
 * @csspart round-next - The button that shows the next cameras.
 * @csspart round-state - Why the round waits, and which cameras it has passed over.
 * @csspart clock - The current time, shown while the wall runs.
 * @csspart wall - The grid of videos.
 * @csspart tile - Each video, or the message in its place.
 * @csspart time - The time of a video's last frame.
 * @csspart controls - The controls of a video.
 * @csspart photo - The button that takes a photo.
 * @csspart record - The button that records a video.
 * @csspart sound - The button that turns the sound on or off.
 * @csspart call-sound - The button that opens the sound of a video: its volume, level, silence, and output.
 * @csspart call-sound-menu - The sound of a video.
 * @csspart full-screen - The button that shows a video full screen.
 * @csspart camera-more - The button that opens the menu of a video.
 * @csspart camera-menu - The menu of a video.
 * @csspart invite - The item that invites a camera to the running conference.
 * @csspart close - The button that removes a video from the wall.
 * @csspart retry - The button that requests a refused video again, or retries at once.
 * @csspart notice - A message about a failure.
 * @cssprop [--sip-video-fit=contain] - How a video fills its tile: `contain` or `cover`.
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging
export class SipMonitorElement extends LitElement {
  static override styles = [shared];

  /**
   * The numbers whose cameras are shown: numbers, or one string separated by commas; 16 at most. A number may occur
   * several times.
   */
  @property() numbers: Numbers = '';
  /** The id of a running conference; its `members` are shown instead of `numbers`. */
  @property() sid = '';
  /** The conference members whose video is shown: numbers, or one string separated by commas. */
  @property() members: Numbers = '';
  /** The codec that the server converts the video to, in the server's notation; the server chooses if empty. */
  @property() codec = '';
  /** The cameras of the page's round: numbers, or one string separated by commas; 64 at most. */
  @property() round: Numbers = '';
  /** How many cameras that round shows at a time: 1, 4, 9 or 16. */
  @property({type: Number, attribute: 'round-tiles'}) roundTiles = 4;
  /** How many seconds it shows them. */
  @property({type: Number, attribute: 'round-seconds'}) roundSeconds = 10;
  /** The id of the `<sip-client>`; the nearest enclosing one if empty. */
  @property({attribute: 'for'}) htmlFor = '';

  readonly #numbers = new WallNumbers(
    () => (this.sid ? this.members : this.numbers),
    (numbers) => this.#store(numbers),
    () => this.#client.client,
  );
  readonly #lazy = new LazyElement<MonitorWallElement>(this, {
    localize: new LocalizeController(this),
    commands: new CommandController(this),
    tag: 'sip-monitor-wall',
    load: async () => (await import('./inner.js')).inner,
  });
  readonly #client = new ClientController(this, () => this.htmlFor, {handsOn: true});

  /**
   * Requests the videos, and requests lost ones again, until `stop()`. Each tile shows the state of its video.
   *
   * @throws {SipError} `not-connected` without a client, `unsupported`
   */
  async start(): Promise<void> {
    (await this.#lazy.load()).start();
  }

  /** @internal Whether the videos are requested. */
  get running(): boolean {
    return this.#lazy.element?.running ?? false;
  }

  /** Releases all videos; their tiles stay. */
  async stop(): Promise<void> {
    this.#lazy.element?.stop();
  }

  /**
   * Adds a tile for a number, and requests its video if the wall is started; does nothing if the number has a tile.
   *
   * @throws {SipError} `invalid-number`; `wall-full` if there are 16 already.
   */
  async addNumber(number: string): Promise<void> {
    this.#numbers.add({number, name: ''});
  }

  /** Removes a number's tile and releases its video. */
  async removeNumber(number: string): Promise<void> {
    this.#numbers.remove(number);
  }

  /**
   * Starts a round in place of the one that runs; `stop()` ends it.
   *
   * @param name - The name of a round that the user has saved; without it, the round of the attributes.
   * @throws {SipError} `not-connected` without a client, `unsupported`; `bad-parameter` if there is no such round
   */
  async startRound(name?: string): Promise<void> {
    await (await this.#lazy.load()).startRound(name);
  }

  /** Keeps the present cameras of the round on the wall until `resumeRound()`; does nothing if none runs. */
  async pauseRound(): Promise<void> {
    this.#lazy.element?.round?.pause();
  }

  /** Continues a paused round. */
  async resumeRound(): Promise<void> {
    this.#lazy.element?.round?.resume();
  }

  /** Shows the next cameras of the round at once. */
  async showNext(): Promise<void> {
    this.#lazy.element?.round?.next();
  }

  /** Shows the cameras before these again. */
  async showPrevious(): Promise<void> {
    this.#lazy.element?.round?.previous();
  }

  static {
    forwardMethods(this.prototype, CAMERA_COMMANDS, (element, name, [number, ...parameters]) => {
      const subject = String(number);
      const call = element.#lazy.element?.callOf(subject);
      if (!call) throw new SipError('call-not-found', {subject});
      return runCommand(element, call, name, parameters);
    });
  }

  protected override render(): TemplateResult {
    return this.#lazy.render(
      () =>
        html`<sip-monitor-wall
          exportparts=${this.#lazy.parts}
          .numbers=${this.sid ? this.members : this.numbers}
          .sid=${this.sid}
          .codec=${this.codec}
          .ownRound=${this.#ownRound}
          @numbers-change=${this.#onNumbers}
        ></sip-monitor-wall>`,
    );
  }

  get #ownRound(): Round | undefined {
    const numbers = writtenNumbers(this.round);
    if (!numbers.length) return undefined;
    const cameras = numbers.map((number) => ({number: this.#numbers.cleaned(number), name: ''}));
    return {name: '', cameras, tiles: this.roundTiles, seconds: this.roundSeconds};
  }

  #store(numbers: string): void {
    if (this.sid) this.members = numbers;
    else this.numbers = numbers;
  }

  readonly #onNumbers = ({detail}: CustomEvent<string>): void => this.#store(detail);
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-monitor': SipMonitorElement;
  }
}
