import {ContextProvider} from '@lit/context';
import {html, LitElement, type TemplateResult} from 'lit';
import {callContext} from '../../context/call-context.js';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {ConferenceState, SipConference} from '../../core/conference/conference.js';
import type {Numbers} from '../../core/directory/directory.js';
import type {CallMedia} from '../../core/types.js';
import {CallClaimController} from '../shared/calls/call-claim.js';
import {
  CONFERENCE_COMMANDS,
  forwardCommands,
  type ConferenceCommands,
} from '../shared/calls/call-commands.js';
import {LazyElement} from '../shared/lazy-element.js';
import {property} from '../shared/property.js';
import {shared} from '../shared/styles/shared.styles.js';
import type {Shortcuts} from '../shared/shortcuts.js';
import {shownConference} from './shown-conference.js';
import type {ConferenceRoomElement} from './conference-room.js';
import type {ConferenceLayout, SettingEvent} from './settings.js';

export type {ConferenceLayout} from './settings.js';

const text = (value: string | null): string => value ?? '';
const media = (value: string | null): CallMedia => (value === 'video' ? 'video' : 'audio');
const layout = (value: string | null): ConferenceLayout =>
  value === 'speaker' || value === 'picture' ? value : 'grid';

// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging, @typescript-eslint/no-empty-object-type -- They are defined below the class.
export interface SipConferenceElement extends ConferenceCommands {}

/**
 * Creates a conference or a broadcast and shows one: its video, the speaker and the members. It mutes, deafens,
 * spotlights, removes and invites members, plays files, shares the screen, and ends the conference.
 *
 * Without `sid` it shows the client's current conference, otherwise the newest one; while there is none, it shows a
 * form that creates one. Members are typed, found by name, dropped here, or come from a
 * `<sip-directory actions="… invite">` of the same client. A call that is not a conference is not shown. The element
 * plays the sound, and a `<sip-call>` beside it does not show the conference.
 *
 * The list of members supports the arrow keys, Home, End, Page Up and Page Down; Enter moves to the row's buttons,
 * Delete removes a member, which can be undone. In the stage, the keys of `<sip-call>` press the controls.
 *
 * The methods of the conference shown are the element's, too, such as `addMember()`; they reject with `call-not-found` if
 * there is none.
 *
 * The view is loaded when the element is first on a page.
 *
 * @fires {CustomEvent<PhotoDetail>} sip-photo - A photo was taken. Cancelable: if canceled, it is not downloaded.
 * @fires {CustomEvent<{error: SipError}>} sip-error - A command failed.
 * @csspart panel - The box around everything.
 * @csspart members-field - The field for names and numbers.
 * @csspart chosen - Each chosen member.
 * @csspart name - The field for the conference's name.
 * @csspart number - The field for a room's number, if the server has rooms.
 * @csspart file-choice - The choice of the file that a broadcast plays.
 * @csspart start - The button that starts the conference.
 * @csspart start-other - The button that starts the conference with the other kind of media.
 * @csspart cancel - The button that cancels a conference that the server has not named yet.
 * @csspart stage - The box of the videos and controls.
 * @csspart tile - Each video, or the member shown in its place.
 * @csspart page-previous - The button that shows the previous page of tiles.
 * @csspart page-next - The button that shows the next page of tiles.
 * @csspart layout-grid - The button for the grid layout.
 * @csspart layout-speaker - The button for the speaker view.
 * @csspart layout-picture - The button for video only.
 * @csspart controls - The row of controls.
 * @csspart sounds - The button that opens the sounds to play into the conference.
 * @csspart sounds-panel - The panel of the sounds.
 * @csspart call-sound - The button that opens the sound of the conference: its volume, level, silence, and output.
 * @csspart call-sound-menu - The sound of the conference.
 * @csspart files - The button that opens the files.
 * @csspart play - The button that plays a file.
 * @csspart file - Each file being played.
 * @csspart uploaded - Each file that can be played.
 * @csspart upload - The button that uploads files.
 * @csspart file-id - The field for the id of the file to play.
 * @csspart times - The field for how often the file plays.
 * @csspart stop-file - The button that stops a file.
 * @csspart invite - The button that opens the invitation.
 * @csspart call - The button that invites.
 * @csspart end - The button that ends the conference for all.
 * @csspart end-confirm - The button that confirms ending the conference.
 * @csspart end-cancel - The button that keeps the conference.
 * @csspart roster - The list of members.
 * @csspart member - Each member.
 * @csspart member-more - The button that opens the further commands of a member.
 * @csspart speaking - The button that mutes a member.
 * @csspart hearing - The button that deafens a member.
 * @csspart spotlighted - The button that spotlights a member for all.
 * @csspart remove - The button that removes a member.
 * @csspart again - The button that invites a member again who did not answer.
 * @csspart undo - The button that invites a removed member again.
 * @csspart clear - The button that returns to the form after the conference has ended.
 * @csspart notice - A message about a failure or a limitation.
 * @csspart retry - The button that tries to open a missing microphone or camera.
 * @cssprop [--sip-conference-height=26rem] - The height up to which the list of members grows before it scrolls.
 */
// eslint-disable-next-line @typescript-eslint/no-unsafe-declaration-merging
export class SipConferenceElement extends LitElement {
  static override styles = [shared];

  /** The id of the conference to show; the client's current one if empty. */
  @property() sid = '';
  /** The members that a new conference calls: numbers, or one string separated by commas. */
  @property({converter: text}) members: Numbers = '';
  /** The number of a new conference; the server assigns one if empty. */
  @property({converter: text}) number = '';
  /** The name of a new conference. */
  @property({converter: text}) name = '';
  /** The media that a new conference starts with: `audio` or `video`. */
  @property({converter: media}) media: CallMedia = 'audio';
  /** Sends the screen as video. */
  @property({type: Boolean}) screen = false;
  /** The id of a file on the server that a new conference plays. */
  @property({attribute: 'file-id', converter: text}) fileId = '';
  /** Creates a broadcast: the members only listen. */
  @property({type: Boolean, reflect: true}) broadcast = false;
  /** The layout of the videos: `grid`, `speaker` or `picture`. */
  @property({reflect: true, converter: {fromAttribute: layout}}) layout: ConferenceLayout = 'grid';
  /** Keeps the sound off until the user turns it on. */
  @property({type: Boolean, reflect: true}) silent = false;
  /**
   * Keyboard shortcuts that replace the defaults of the controls; the attribute takes only `none`, which turns all off.
   */
  @property({converter: (value) => (value === 'none' ? value : {})}) shortcuts: Shortcuts | 'none' = {};
  /** The id of the `<sip-client>`; the nearest enclosing one if empty. */
  @property({attribute: 'for'}) htmlFor = '';

  readonly #client = new ClientController(this, () => this.htmlFor, {handsOn: true});
  readonly #provider = new ContextProvider(this, {context: callContext});
  readonly #lazy = new LazyElement<ConferenceRoomElement>(this, {
    localize: new LocalizeController(this),
    commands: new CommandController(this),
    tag: 'sip-conference-room',
    load: async () => (await import('./inner.js')).inner,
  });

  #conference: SipConference | undefined;

  constructor() {
    super();
    new StateController(this, () => [this.#client.client, this.#conference]);
    new CallClaimController(
      this,
      () => this.#client.client,
      () => {
        const conference = this.#choose();
        return conference && !this.#lazy.failed ? [conference] : [];
      },
    );
  }

  /** The conference shown. */
  get conference(): SipConference | undefined {
    return this.#choose();
  }

  /** The state of the conference shown; undefined if there is none. */
  get state(): Readonly<ConferenceState> | undefined {
    return this.conference?.state;
  }

  /**
   * Creates the conference that the properties describe; resolves once the server has named it. The element also shows
   * a failure.
   *
   * @throws {SipError} The error that `SipClient.createConference` rejects with; `invalid-state` while a conference is
   *   being created.
   */
  async start(media: CallMedia = this.media): Promise<SipConference> {
    return (await this.#lazy.load()).start(media);
  }

  /** Cancels the conference being created, or leaves the one shown. */
  async stop(): Promise<void> {
    await this.#lazy.element?.stop();
  }

  protected override willUpdate(): void {
    this.#show(this.#choose());
  }

  protected override render(): TemplateResult {
    const {members, number, name, media, screen, fileId, broadcast} = this;
    return this.#lazy.render(
      () =>
        html`<sip-conference-room
          exportparts=${this.#lazy.parts}
          .sid=${this.sid}
          .conference=${this.#conference}
          .draft=${{members, number, name, media, screen, fileId, broadcast}}
          .layout=${this.layout}
          .silent=${this.silent}
          .shortcuts=${this.shortcuts}
          @setting=${this.#onSetting}
          @clear=${this.#onClear}
        ></sip-conference-room>`,
    );
  }

  /** Changes the properties as the user has. */
  readonly #onSetting = ({detail}: SettingEvent): void => void Object.assign(this, detail);

  #choose(): SipConference | undefined {
    return shownConference(this.#client.client, this.sid, this.#conference);
  }

  /** Shows a conference, also by the controls inside. */
  #show(conference: SipConference | undefined): void {
    if (conference === this.#conference) return;
    this.#conference = conference;
    this.#provider.setValue(conference);
  }

  /** The user removes the ended conference from view. */
  readonly #onClear = (): void => {
    this.#show(undefined);
    this.requestUpdate();
  };
}

forwardCommands(SipConferenceElement.prototype, CONFERENCE_COMMANDS, ({conference}) => conference);

declare global {
  interface HTMLElementTagNameMap {
    'sip-conference': SipConferenceElement;
  }
}
