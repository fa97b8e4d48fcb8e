import {ContextProvider} from '@lit/context';
import {css, html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, query, state} from 'lit/decorators.js';
import {CancelableCommand} from '../../controllers/cancelable-command.js';
import {ClientController} from '../../controllers/client-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {commandsContext} from '../../controllers/inherited.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import {callsMembers} from '../../core/conference/invites.js';
import type {SipConference} from '../../core/conference/conference.js';
import type {CallMedia, Party} from '../../core/types.js';
import {SipError} from '../../errors.js';
import {absenceNote, emptyNote} from '../shared/empty-note.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {usersIcon} from '../shared/icons/phone.js';
import {errorNotice} from '../shared/notice.js';
import {DirectoryInvitations} from '../shared/people/directory-invitations.js';
import {PeopleDrop} from '../shared/people/people-drop.js';
import {nameOf, namesOf} from '../shared/people/people.js';
import {isRegistered} from '../shared/registration.js';
import type {Shortcuts} from '../shared/shortcuts.js';
import {listPanel, noticeMargin, panelStates} from '../shared/styles/list-panel.styles.js';
import {progressStyles} from '../shared/styles/progress.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {ChosenMembers} from './chosen-members.js';
import {ConferenceBarElement} from './conference-bar.js';
import {ConferenceFormElement} from './conference-form.js';
import {ConferenceRosterElement} from './conference-roster.js';
import {ConferenceStageElement} from './stage/conference-stage.js';
import {actions, memberStates} from './conference.styles.js';
import {playedFiles} from './files.js';
import {MemberCommands, memberCommandsContext} from './member-commands.js';
import {MemberAnnouncements} from './member-announcements.js';
import {SettingEvent, type ConferenceDraft, type ConferenceLayout} from './settings.js';
import {filesContext, PlayableFiles} from '../shared/calls/playable-files.js';

/**
 * The contents of a `<sip-conference>`: renders the conference; without one, the form that creates one.
 *
 * @fires {Event} clear - The user removes the ended conference from view.
 * @fires {SettingEvent} setting - The user changes a property of the public element.
 */
export class ConferenceRoomElement extends LitElement {
  static readonly parts = [
    'panel, file, stop-file, undo',
    ConferenceFormElement.parts,
    ConferenceBarElement.parts,
    ConferenceStageElement.parts,
    ConferenceRosterElement.parts,
  ].join();

  static override styles = [
    inner,
    listPanel,
    panelStates,
    progressStyles,
    memberStates,
    actions,
    noticeMargin,
    css`
      .files {
        border-block-start: 1px solid var(--_border);
      }
      .files [role='listitem'] {
        gap: var(--_space-1);
        padding-block: var(--_space-2);
        padding-inline: var(--_space-4) var(--_space-2);
      }
      .files progress {
        display: block;
        margin-block-end: 0;
      }
      .undo {
        display: flex;
        align-items: center;
        gap: var(--_space-2);
        padding: var(--_space-2) var(--_space-4);
        border-block-start: 1px solid var(--_border);
        font-size: var(--_text-s);
      }
      .undo[hidden] {
        display: none;
      }
      /* Wide: the members are beside the stage, with their buttons at the end of their rows. */
      @container (inline-size >= max(72rem, 1152px)) {
        .card:has(> .listed) {
          display: grid;
          grid-template-columns: minmax(0, 1fr) max(26rem, 416px);
        }
        .card:has(> .listed) > :not(sip-conference-stage, .listed) {
          grid-column: 1 / -1;
        }
        .card > .listed {
          grid-area: 2 / 2;
          border-inline-start: 1px solid var(--_border);
        }
        .card:has(> .listed) > sip-conference-bar {
          grid-row: 1;
        }
        .card:has(> .listed) > sip-conference-stage {
          grid-area: 2 / 1;
        }
      }
    `,
  ];

  @property({attribute: false}) sid = '';
  /** The conference shown. */
  @property({attribute: false}) conference: SipConference | undefined;
  @property({attribute: false}) draft!: ConferenceDraft;
  @property({attribute: false}) layout: ConferenceLayout = 'grid';
  @property({attribute: false}) silent = false;
  @property({attribute: false}) shortcuts: Shortcuts | 'none' = {};

  @query('sip-conference-form') private readonly form!: ConferenceFormElement | null;

  /** The text about the chosen members for screen readers. */
  @state() private chosenAnnouncement = '';

  readonly #localize = new LocalizeController(this);
  readonly #commands = new CommandController(this);
  readonly #clients = new ClientController(this);
  readonly #creation = new CancelableCommand(this, this.#commands);
  readonly #chosen = new ChosenMembers(
    (party) => this.#clients.client?.identify(party, {directory: true}) ?? party,
  );
  readonly #memberCommands = new MemberCommands(this.#commands);
  readonly #files = new PlayableFiles();
  readonly #announcements = new MemberAnnouncements(
    this.#localize,
    () => this.#clients.client?.options.user ?? '',
    () => this.requestUpdate(),
  );
  readonly #drop: PeopleDrop;

  constructor() {
    super();
    const client = (): BaseClient | undefined => this.#clients.client;
    new StateController(this, () => [client(), this.conference, this.#memberCommands]);
    new FocusKeeper(this, '.card');
    new ContextProvider(this, {context: commandsContext, initialValue: this.#commands});
    new ContextProvider(this, {context: memberCommandsContext, initialValue: this.#memberCommands});
    new ContextProvider(this, {context: filesContext, initialValue: this.#files});
    this.#drop = new PeopleDrop({host: this, commands: this.#commands}, (people) => void this.#take(people));
    new DirectoryInvitations(this, client, (person) => this.#take([person]));
  }

  /** Creates the conference that the properties describe. @throws {SipError} */
  start(media: CallMedia): Promise<SipConference> {
    return this.#creation.attempt(async (signal) => {
      const {client} = this.#clients;
      if (!client) throw new SipError('not-connected');
      const {broadcast, fileId, ...draft} = this.draft;
      const options = {...draft, media, fileId: fileId || undefined, signal};
      return broadcast ? client.createBroadcast(options) : client.createConference(options);
    });
  }

  /** Cancels the conference being created, or leaves the one shown. */
  async stop(): Promise<void> {
    if (!this.#creation.cancel()) await this.conference?.hangup();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#announcements.follow(undefined);
    this.#files.follow(undefined);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('conference') && this.conference) this.#commands.dismiss();
    if (!this.isConnected) return;
    this.#announcements.follow(this.conference);
    this.#files.follow(this.#clients.client);
  }

  protected override render(): TemplateResult {
    const {client} = this.#clients;
    const {conference} = this;
    const drop = this.#drop;
    const broadcast = conference ? conference.type === 'broadcast' : this.draft.broadcast;
    return html`<div
      part="panel"
      class="card ${drop.over ? 'over' : ''}"
      role="group"
      tabindex="-1"
      aria-label=${this.#localize.term(broadcast ? 'broadcast' : 'conference')}
      @dragover=${drop.onDrag}
      @dragleave=${drop.onLeave}
      @drop=${drop.onDrop}
      @sip-error=${this.#onError}
    >
      ${
        client
          ? conference
            ? this.#renderConference(conference)
            : this.#renderNone(client)
          : absenceNote(usersIcon, this.#clients, this.#localize)
      }
    </div>`;
  }

  #renderNone(client: BaseClient): TemplateResult {
    const localize = this.#localize;
    const {draft} = this;
    if (this.sid) return emptyNote(usersIcon, localize.term('noConferenceNow'));
    const {conference, broadcast} = client.capabilities;
    const known = client.state.connection === 'connected';
    if (known && !(draft.broadcast ? broadcast : conference))
      return emptyNote(usersIcon, localize.term(draft.broadcast ? 'noBroadcasts' : 'noConferences'));
    const {error} = this.#commands;
    return html`<sip-conference-form
        exportparts=${ConferenceFormElement.parts}
        .draft=${draft}
        .chosen=${this.#chosen.of(draft.members)}
        .calls=${this.#calls(client)}
        .starting=${this.#creation.running}
        .announcement=${this.chosenAnnouncement}
        @setting=${this.#onSetting}
        @add=${({detail}: CustomEvent<readonly Party[]>) => this.#add(detail)}
        @remove=${({detail}: CustomEvent<Party>) => this.#remove(detail)}
        @start=${({detail}: CustomEvent<CallMedia>) => this.#onStart(detail)}
        @cancel=${() => this.#creation.cancel()}
      ></sip-conference-form>
      ${
        error
          ? errorNotice(error, client.options.server, {localize, onDismiss: this.#commands.dismiss})
          : nothing
      }`;
  }

  #renderConference(conference: SipConference): TemplateResult {
    const commands = this.#commands;
    const memberCommands = this.#memberCommands;
    const {phase, listenOnly} = conference.state;
    const answered = phase === 'answered';
    const pictureOnly = answered && this.layout === 'picture';
    const listed =
      (answered || conference.direction === 'outgoing') &&
      !pictureOnly &&
      phase !== 'released' &&
      !listenOnly;
    return html`<div class="hidden" role="status">${this.#announcements.text}</div>
      <sip-conference-bar
        exportparts=${ConferenceBarElement.parts}
        .shown=${!pictureOnly}
      ></sip-conference-bar>
      <sip-conference-stage
        exportparts=${ConferenceStageElement.parts}
        .pending=${commands.pending}
        .error=${commands.error}
        .layout=${this.layout}
        .silent=${this.silent}
        .shortcuts=${this.shortcuts}
        @setting=${this.#onSetting}
        @clear=${this.#clear}
      ></sip-conference-stage>
      ${listed ? playedFiles(conference, memberCommands, this.#localize) : nothing}
      <sip-conference-roster
        class=${listed ? 'listed' : ''}
        exportparts=${ConferenceRosterElement.parts}
        .shown=${listed}
      ></sip-conference-roster>
      ${listed ? this.#renderUndo(conference) : nothing}`;
  }

  #renderUndo(conference: SipConference): TemplateResult {
    const localize = this.#localize;
    const member = this.#memberCommands.removedFrom(conference);
    const text = member ? localize.term('removed', member.name || member.number) : '';
    const undo = (): void => {
      if (member) void this.#memberCommands.act(conference, member, 'again');
    };
    return html`<div class="undo" role="status" ?hidden=${!member}>
      <span class="line">${text}</span>
      ${member ? html`<button part="undo" class="link" type="button" @click=${undo}>${localize.term('undo')}</button>` : nothing}
    </div>`;
  }

  /** Whether members can be called; they cannot if all conferences are rooms that call no members. */
  #calls(client: BaseClient): boolean {
    const {broadcast, members} = this.draft;
    return broadcast || callsMembers(client) || this.#chosen.of(members).length > 0;
  }

  /** Adds people who were dropped or come from a directory to the conference, or to the form. */
  #take(people: readonly Party[]): boolean {
    const {conference} = this;
    if (conference && conference.state.phase !== 'released') {
      const may = this.#memberCommands.mayChange(conference);
      if (!may || conference.state.abilities?.members === false) return false;
      this.#memberCommands.invite(conference, people);
      return true;
    }
    const {client} = this.#clients;
    if (!client || this.sid || !this.#calls(client)) return false;
    if (conference) this.#clear();
    this.#add(people);
    return true;
  }

  #add(people: readonly Party[]): void {
    const localize = this.#localize;
    const others = people.filter(({number}) => number !== this.#clients.client?.options.user);
    if (!others.length) return;
    this.#setMembers(this.#chosen.add(this.draft.members, others));
    this.chosenAnnouncement = localize.term('added', namesOf(others, localize));
  }

  #remove(party: Party): void {
    this.#setMembers(this.#chosen.without(this.draft.members, party.number));
    this.chosenAnnouncement = this.#localize.term('dropped', nameOf(party, this.#localize));
  }

  /** Sets the members at once: the conference may start before the public element has rendered. */
  #setMembers(members: string): void {
    this.draft = {...this.draft, members};
    this.#onSetting(new SettingEvent({members}));
  }

  /** Starts; a missing or wrong member is shown at the field, a missing registration below the form. */
  #onStart(media: CallMedia): void {
    const {client} = this.#clients;
    if (this.#creation.running) return;
    if (!isRegistered(client)) return this.#commands.fail(new SipError('not-registered'));
    const {form} = this;
    if (!form?.take()) return;
    const {members, number} = this.draft;
    const rooms = client?.capabilities.rooms;
    const localize = this.#localize;
    if (!this.#chosen.of(members).length && !(rooms && number.trim())) {
      if (!form.calls) return form.refuse('number', () => localize.term('roomMissing'));
      return form.refuse('members', () => localize.term(rooms ? 'membersOrRoomMissing' : 'membersMissing'));
    }
    const wrong = this.#chosen.errorOf(members);
    if (wrong) {
      form.refuse('members', () => localize.describe(wrong));
      return this.#commands.report(wrong);
    }
    void this.#commands.reportFailureOf(this.start(media));
  }

  readonly #clear = (): void => {
    this.#commands.dismiss();
    this.dispatchEvent(new Event('clear'));
  };

  readonly #onSetting = ({detail}: SettingEvent): void => {
    this.dispatchEvent(new SettingEvent(detail));
  };

  /** Shows the failure of a control, which dispatches `sip-error`. */
  readonly #onError = ({detail}: HTMLElementEventMap['sip-error']): void => this.#commands.show(detail.error);
}
