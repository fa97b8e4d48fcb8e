import {LitElement, type TemplateResult} from 'lit';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {Numbers} from '../../core/directory/directory.js';
import {LazyView} from '../shared/lazy-view.js';
import {property} from '../shared/property.js';
import {shared} from '../shared/styles/shared.styles.js';
import type {MonitorHost} from './host.js';
import {viewContext} from '../shared/view-context.js';

/**
 * Shows up to 16 cameras at once, of numbers or of a conference's members, each with its name and state, photo, recording,
 * sound and full screen. Nothing is opened or sent here, and the calls of its user are neither held nor counted.
 *
 * Numbers are written in the attribute, typed, found by name, dropped here, or come from a `<sip-directory actions="…
 * monitor">` of the same client, which starts the wall. Cameras show themselves; people are asked, unless they allowed it.
 *
 * A picture that is out of view for five seconds is let go, with its last frame as a still picture, and asked for again
 * when it is in view; one that is recorded or listened to goes on. A picture that stops for five seconds, or ends, is asked
 * for again after 1, 2, 4 … 30 s; one that is refused, when its user wants that.
 *
 * Arrows, Home and End go from picture to picture; a double press on one fills the screen with it, Escape leaves that.
 *
 * What it draws is loaded when the element is first on a page.
 *
 * @fires {CustomEvent<{error: SipError}>} sip-error - A command failed.
 * @csspart panel - The box around it all.
 * @csspart members-field - The field for names and numbers.
 * @csspart start - The button that asks for the pictures.
 * @csspart stop - The button that lets them go.
 * @csspart several - The button that lets several sound at once; there while one does.
 * @csspart wall - The grid of pictures.
 * @csspart tile - Each picture, or what is to say in its place.
 * @csspart controls - The controls of a picture.
 * @csspart photo - The button that takes a photo.
 * @csspart record - The button that records.
 * @csspart sound - The button that turns the sound on or off.
 * @csspart full-screen - The button that fills the screen.
 * @csspart close - The button that takes a picture from the wall.
 * @csspart retry - The button that asks again for one that was refused, or at once.
 * @csspart notice - What went wrong.
 * @cssprop [--sip-video-fit=contain] - How a picture fills its tile: `contain` or `cover`.
 */
export class SipMonitorElement extends LitElement implements MonitorHost {
  static override styles = [shared];

  /** Whose cameras: numbers, or one text with commas between them; 16 at most. One may be there several times. */
  @property() numbers: Numbers = '';
  /** The id of a running conference, whose `members` are shown in place of `numbers`. */
  @property() sid = '';
  /** Whose pictures of the conference: numbers, or one text with commas between them. */
  @property() members: Numbers = '';
  /** What the server is to make of the pictures, as it writes that; its own choice where it is empty. */
  @property() codec = '';
  /** The id of the `<sip-client>`; the nearest one around it where it is empty. */
  @property({attribute: 'for'}) htmlFor = '';

  readonly #client = new ClientController(this, () => this.htmlFor);
  readonly #controllers = {localize: new LocalizeController(this), commands: new CommandController(this)};
  readonly #lazy = new LazyView(this, {
    ...this.#controllers,
    load: async () => {
      const {MonitorView} = await import('./view.js');
      return () => new MonitorView(viewContext(this, this.#client, this.#controllers));
    },
  });

  constructor() {
    super();
    new StateController(this, () => [this.#client.client]);
  }

  /**
   * Asks for the pictures, and again for those that are lost, until `stop()`. What becomes of each is shown in its place.
   *
   * @throws {SipError} `not-connected` without a client, `unsupported`
   */
  async start(): Promise<void> {
    (await this.#lazy.load()).start();
  }

  /** Lets all pictures go; their places stay. */
  async stop(): Promise<void> {
    this.#lazy.view?.stop();
  }

  /**
   * Gives a number a place, and asks for its picture where the wall is started; does nothing where it has one.
   *
   * @throws {SipError} `invalid-number`; `bad-parameter` where there are 16 already.
   */
  async addNumber(number: string): Promise<void> {
    (await this.#lazy.load()).numbers.add({number, name: ''});
  }

  /** Takes a number away, and lets its picture go. */
  async removeNumber(number: string): Promise<void> {
    (await this.#lazy.load()).numbers.remove(number);
  }

  protected override render(): TemplateResult {
    return this.#lazy.render();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-monitor': SipMonitorElement;
  }
}
