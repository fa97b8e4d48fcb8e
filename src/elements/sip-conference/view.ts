import {html, nothing, type ReactiveController, type TemplateResult} from 'lit';
import {StateController} from '../../controllers/state-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import type {SipConference} from '../../core/conference/conference.js';
import type {CallMedia} from '../../core/types.js';
import type {SipError} from '../../errors.js';
import '../../locales/conference-en.js';
import {DirectoryInvitations} from '../shared/people/directory-invitations.js';
import {form} from '../shared/styles/form.styles.js';
import {usersIcon} from '../shared/icons.js';
import {listPanel} from '../shared/styles/list-panel.styles.js';
import {progressStyles} from '../shared/styles/progress.styles.js';
import {errorNotice} from '../shared/notice.js';
import {PeopleDrop} from '../shared/people/people-drop.js';
import {rowStyles} from '../sip-call/call-row.styles.js';
import {ConferenceBar} from './bar.js';
import {shownConference} from './choice.js';
import {CreateForm} from './create-form.js';
import {playedFiles} from './files.js';
import type {ConferenceContext, ShownConference} from './host.js';
import {MemberCommands} from './member-commands.js';
import {MemberNews} from './news.js';
import {Roster} from './roster.js';
import {SidePanel} from './side-panel.js';
import {Stage} from './stage.js';
import {styles} from './styles.js';
import {UploadedFiles} from './uploaded-files.js';

/** The complete view of a `<sip-conference>`, loaded when there is one on the page. */
export class ConferenceView implements ReactiveController {
  readonly #context: ConferenceContext;
  readonly #form: CreateForm;
  readonly #members: MemberCommands;
  readonly #stage: Stage;
  readonly #roster: Roster;
  readonly #bar: ConferenceBar;
  readonly #side: SidePanel;
  readonly #news: MemberNews;
  readonly #drop: PeopleDrop;
  readonly #uploads = new UploadedFiles();
  #conference: SipConference | undefined;
  /** Whether something inside had the focus when rendering began. */
  #focused = false;

  constructor(context: ConferenceContext) {
    this.#context = context;
    const {host, localize, client} = context;
    // Registered before the controllers of the parts, which render the conference chosen here.
    host.addController(this);
    new StateController(host, () => [client(), this.#conference]);
    this.#form = new CreateForm(context);
    this.#members = new MemberCommands(context);
    this.#stage = new Stage(context);
    this.#roster = new Roster(context, this.#members);
    this.#side = new SidePanel(context, this.#members, this.#uploads);
    this.#bar = new ConferenceBar(context, this.#members, this.#side);
    this.#news = new MemberNews(
      localize,
      () => client()?.options.user ?? '',
      () => host.requestUpdate(),
    );
    this.#drop = new PeopleDrop(context, (people) => void this.#take(people));
    new DirectoryInvitations(host, client, (person) => this.#take([person]));
    const sheets = [listPanel, form, rowStyles, progressStyles, styles].map(({styleSheet}) => styleSheet!);
    host.shadowRoot!.adoptedStyleSheets.push(...sheets);
  }

  /** The conference shown. */
  get conference(): SipConference | undefined {
    return this.#conference;
  }

  /** Creates a conference. */
  start(media: CallMedia): Promise<SipConference> {
    return this.#form.start(media);
  }

  /** Cancels the conference being created, or leaves the one shown. */
  async stop(): Promise<void> {
    if (!this.#form.cancel()) await this.#conference?.hangup();
  }

  hostDisconnected(): void {
    this.#news.follow(undefined);
    this.#uploads.follow(undefined);
  }

  hostUpdate(): void {
    const {host, client, commands, provide} = this.#context;
    this.#focused = !!host.shadowRoot?.activeElement;
    const next = shownConference(client(), host.sid, this.#conference);
    if (next !== this.#conference) {
      this.#conference = next;
      this.#side.close();
      this.#bar.close();
      if (next) commands.dismiss();
      provide(next);
    }
    if (!host.isConnected) return;
    this.#news.follow(next);
    this.#uploads.follow(client());
  }

  hostUpdated(): void {
    this.#roster.measure();
    this.#stage.updated();
    this.#side.updated();
    this.#bar.updated();
    const {host} = this.#context;
    // The focused element is gone: keyboard users continue from here, not from the top of the page.
    if (this.#focused && !host.shadowRoot?.activeElement)
      host.renderRoot.querySelector<HTMLElement>('.card')?.focus({preventScroll: true});
  }

  render(): TemplateResult {
    const {host, client, localize} = this.#context;
    const caller = client();
    const conference = this.#conference;
    const label = localize.term(host.broadcast ? 'broadcast' : 'conference');
    return html`<div
      part="panel"
      class="card layout-${conference?.state.phase === 'answered' ? host.layout : 'none'} ${this.#drop.over ? 'over' : ''}"
      role="group"
      tabindex="-1"
      aria-label=${label}
      @dragover=${this.#drop.onDrag}
      @dragleave=${this.#drop.onLeave}
      @drop=${this.#drop.onDrop}
      @sip-error=${this.#onError}
    >
      ${caller ? (conference ? this.#renderConference({conference, client: caller}) : this.#renderNone(caller)) : this.#renderEmpty(this.#context.absence())}
    </div>`;
  }

  #renderNone(client: BaseClient): TemplateResult {
    const {host, localize} = this.#context;
    if (host.sid) return this.#renderEmpty(localize.term('noConferenceNow'));
    const {conference, broadcast} = client.capabilities;
    const known = client.state.connection === 'connected';
    if (known && !(host.broadcast ? broadcast : conference))
      return this.#renderEmpty(localize.term(host.broadcast ? 'noBroadcasts' : 'noConferences'));
    return html`${this.#form.render(client)} ${this.#renderError()}`;
  }

  #renderConference(shown: ShownConference): TemplateResult {
    const {localize, host} = this.#context;
    const {conference} = shown;
    const stands = conference.state.phase === 'answered';
    const error = this.#renderError();
    const pictureOnly = stands && host.layout === 'picture';
    return html`<div class="hidden" role="status">${this.#news.text}</div>
      ${pictureOnly ? nothing : this.#bar.render(shown)}
      ${stands && !pictureOnly ? this.#side.render(shown) : nothing} ${this.#bar.renderQuestion(conference)}
      ${this.#stage.render(shown, error, this.#clear)}
      ${
        (stands || conference.direction === 'outgoing') &&
        !pictureOnly &&
        conference.state.phase !== 'released' &&
        !conference.state.listenOnly
          ? html`${playedFiles(conference, this.#members, localize)} ${this.#roster.render(shown)}
            ${this.#renderUndo(conference)}`
          : nothing
      }`;
  }

  #renderUndo(conference: SipConference): TemplateResult {
    const {localize} = this.#context;
    const member = this.#members.removedFrom(conference);
    const text = member ? localize.term('removed', member.name || member.number) : '';
    const undo = (): void => {
      if (member) void this.#members.act(conference, member, 'again');
    };
    return html`<div class="undo" role="status" ?hidden=${!member}>
      <span class="line">${text}</span>
      ${member ? html`<button part="undo" class="link" type="button" @click=${undo}>${localize.term('undo')}</button>` : nothing}
    </div>`;
  }

  #renderError(): TemplateResult | typeof nothing {
    const {commands, localize, client} = this.#context;
    const error: SipError | undefined = commands.error;
    if (!error) return nothing;
    return errorNotice(error, client()?.options.server, {localize, onDismiss: commands.dismiss});
  }

  #renderEmpty(text: string): TemplateResult {
    return html`<div class="empty">
      ${usersIcon}
      <p class="quiet">${text}</p>
    </div>`;
  }

  /** Adds people who were dropped or come from a directory to the conference, or to the form. */
  #take(people: Parameters<CreateForm['add']>[0]): boolean {
    const conference = this.#conference;
    const running = conference && conference.state.phase !== 'released';
    if (running) {
      if (!this.#members.mayChange(conference) || conference.state.abilities?.members === false) return false;
      this.#side.invite(conference, people);
      return true;
    }
    const client = this.#context.client();
    if (!client || this.#context.host.sid || !this.#form.calls(client)) return false;
    if (conference) this.#clear();
    this.#form.add(people);
    return true;
  }

  readonly #clear = (): void => {
    const {commands, provide, host} = this.#context;
    commands.dismiss();
    this.#conference = undefined;
    provide(undefined);
    host.requestUpdate();
  };

  /** Shows the failure of a control, which dispatches `sip-error`. */
  readonly #onError = ({detail, target}: CustomEvent<{error: SipError}>): void => {
    if (target !== this.#context.host) this.#context.commands.show(detail.error);
  };
}
