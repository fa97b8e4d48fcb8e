import {ContextProvider} from '@lit/context';
import {LitElement, type TemplateResult} from 'lit';
import {callContext} from '../../context/call-context.js';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipConference} from '../../core/conference/conference.js';
import type {Numbers} from '../../core/directory/directory.js';
import type {CallMedia} from '../../core/types.js';
import {LazyView} from '../shared/lazy-view.js';
import {property} from '../shared/property.js';
import {shared} from '../shared/styles/shared.styles.js';
import type {Shortcuts} from '../shared/shortcuts.js';
import type {ConferenceHost, ConferenceLayout} from './host.js';
import {viewContext} from '../shared/view-context.js';

export type {ConferenceLayout} from './host.js';

const text = (value: string | null): string => value ?? '';
const media = (value: string | null): CallMedia => (value === 'video' ? 'video' : 'audio');
const layout = (value: string | null): ConferenceLayout =>
  value === 'speaker' || value === 'picture' ? value : 'grid';

/**
 * Creates a conference or a broadcast, and shows one: its pictures, who speaks, its members; mutes, deafens, shows, puts
 * out and invites them, plays files, shares the screen, ends it.
 *
 * Without `sid` it shows the client's conference that is current, otherwise the newest one; while there is none, a form
 * that makes one. Members are typed, found by name, dropped here, or come from a `<sip-directory actions="… invite">` of
 * the same client. A call that is no conference is not shown. It plays the sound: a page has either this element or a
 * `<sip-call>` for a conference.
 *
 * The list of members takes arrows, Home, End, Page Up and Page Down; Enter goes to the row's buttons, Delete puts
 * somebody out, which can be undone. In the stage the keys of `<sip-call>` press the controls.
 *
 * What it draws is loaded when the element is first on a page.
 *
 * @fires {CustomEvent<{error: SipError}>} sip-error - A command failed.
 * @csspart panel - The box around it all.
 * @csspart members-field - The field for names and numbers.
 * @csspart chosen - Each of those who will be called.
 * @csspart name - The field for the conference's name.
 * @csspart number - The field for a room's number, where the server has rooms.
 * @csspart start - The button that starts the conference.
 * @csspart start-other - The button that starts it with the other kind of media.
 * @csspart cancel - The button that gives up one the server has not named yet.
 * @csspart stage - The box of the pictures and controls.
 * @csspart tile - Each picture, or who stands in its place.
 * @csspart layout-grid - The button for all pictures alike.
 * @csspart layout-speaker - The button for the one who speaks large.
 * @csspart layout-picture - The button for pictures alone.
 * @csspart controls - The row of controls.
 * @csspart files - The button that opens the files.
 * @csspart play - The button that plays a file.
 * @csspart file - Each file that plays.
 * @csspart stop-file - The button that stops one.
 * @csspart invite - The button that opens the invitation.
 * @csspart call - The button that invites.
 * @csspart end - The button that ends it for all.
 * @csspart end-confirm - The button that does so, once asked.
 * @csspart roster - The list of members.
 * @csspart member - Each member.
 * @csspart speaking - The button that mutes a member.
 * @csspart hearing - The button that deafens one.
 * @csspart pushed - The button that shows one to all.
 * @csspart remove - The button that puts one out.
 * @csspart again - The button that invites one again who did not answer.
 * @csspart undo - The button that invites somebody again who was put out.
 * @csspart clear - The button that goes back to the form when it is over.
 * @csspart notice - What went wrong.
 * @cssprop [--sip-conference-height=26rem] - How high the list of members grows before it scrolls.
 */
export class SipConferenceElement extends LitElement implements ConferenceHost {
  static override styles = [shared];

  /** The id of the conference to show; the client's own choice where it is empty. */
  @property() sid = '';
  /** Whom a new one calls: numbers, or one text with commas between them. */
  @property({converter: text}) members: Numbers = '';
  /** A new one's own number; the server allots one where it is empty. */
  @property({converter: text}) number = '';
  /** What a new one is called. */
  @property({converter: text}) name = '';
  /** What a new one begins with: `audio` or `video`. */
  @property({converter: media}) media: CallMedia = 'audio';
  /** Sends the screen as the picture. */
  @property({type: Boolean}) screen = false;
  /** A file of the server's that a new one plays. */
  @property({attribute: 'file-id', converter: text}) fileId = '';
  /** Makes a broadcast: the members only listen. */
  @property({type: Boolean, reflect: true}) broadcast = false;
  /** How the pictures are laid out: `grid`, `speaker` or `picture`. */
  @property({reflect: true, converter: {fromAttribute: layout}}) layout: ConferenceLayout = 'grid';
  /** Keeps the sound off until the user turns it on. */
  @property({type: Boolean, reflect: true}) silent = false;
  /** Other keys than the usual ones for the controls; as an attribute `none` alone, which switches all off. */
  @property({converter: (value) => (value === 'none' ? value : {})}) shortcuts: Shortcuts | 'none' = {};
  /** The id of the `<sip-client>`; the nearest one around it where it is empty. */
  @property({attribute: 'for'}) htmlFor = '';

  readonly #client = new ClientController(this, () => this.htmlFor, {handsOn: true});
  readonly #controllers = {localize: new LocalizeController(this), commands: new CommandController(this)};
  readonly #provider = new ContextProvider(this, {context: callContext});
  readonly #lazy = new LazyView(this, {
    ...this.#controllers,
    load: async () => {
      const {ConferenceView} = await import('./view.js');
      return () =>
        new ConferenceView({
          ...viewContext(this, this.#client, this.#controllers),
          provide: (call) => this.#provider.setValue(call),
        });
    },
  });

  /** The conference that is shown. */
  get conference(): SipConference | undefined {
    return this.#lazy.view?.conference;
  }

  /**
   * Makes the conference that the properties describe; resolves once the server has named it. A failure is shown as well.
   *
   * @throws {SipError} What `SipClient.createConference` rejects with; `invalid-state` while one is being made.
   */
  async start(media: CallMedia = this.media): Promise<SipConference> {
    return (await this.#lazy.load()).start(media);
  }

  /** Gives up the conference that is being made, or leaves the one that is shown. */
  async stop(): Promise<void> {
    await this.#lazy.view?.stop();
  }

  protected override render(): TemplateResult {
    return this.#lazy.render();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-conference': SipConferenceElement;
  }
}
