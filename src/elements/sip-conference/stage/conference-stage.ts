import {html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property, query, state} from 'lit/decorators.js';
import {callContext} from '../../../context/call-context.js';
import {clientContext} from '../../../context/client-context.js';
import type {CommandController} from '../../../controllers/command-controller.js';
import {commandsContext, inherited} from '../../../controllers/inherited.js';
import {LocalizeController} from '../../../controllers/localize-controller.js';
import {StateController} from '../../../controllers/state-controller.js';
import type {BaseClient} from '../../../core/client/client.js';
import type {SipConference} from '../../../core/conference/conference.js';
import type {ConferenceMember} from '../../../core/conference/conference-member.js';
import type {SipCall} from '../../../core/call/call.js';
import type {RemotePicture} from '../../../core/types.js';
import {isActive, isWaiting} from '../../../core/call/newest-call.js';
import {SipError, toSipError} from '../../../errors.js';
import {answerControls, holdsOther, isAnsweredElsewhere} from '../../shared/calls/answer-controls.js';
import {CallRow} from '../../sip-call/call-row.js';
import {rowStyles, stageBottom} from '../../sip-call/call-row.styles.js';
import {healthText, stateText} from '../../shared/calls/call-texts.js';
import {interruptedNotice, trialLink, warningNotice} from '../../shared/calls/call-warning.js';
import {FocusKeeper} from '../../shared/focus-keeper.js';
import {triangleAlertIcon, volume2Icon, xIcon} from '../../shared/icons.js';
import {chevronRightIcon, layoutGridIcon} from '../../shared/icons/later.js';
import {usersIcon} from '../../shared/icons/phone.js';
import {getsVideo, isHeld} from '../../shared/calls/call-picture.js';
import {errorNotice} from '../../shared/notice.js';
import {nameOf} from '../../shared/people/people.js';
import {repeat} from '../../shared/repeat.js';
import {ShortcutController, type Shortcuts} from '../../shared/shortcuts.js';
import {Sight} from '../../sip-monitor/sight.js';
import {framesShown} from '../../sip-monitor/still.js';
import {inner} from '../../shared/styles/shared.styles.js';
import {styles} from './conference-stage.styles.js';
import {label} from '../conference.styles.js';
import {chevronLeftIcon, maximizeIcon, squareUserIcon} from '../icons.js';
import {memberTexts, talks, tileName} from '../member-text.js';
import {SettingEvent, type ConferenceLayout} from '../settings.js';
import type {ConferenceTileElement} from './conference-tile.js';
import {KnownCameras} from './known-cameras.js';
import {MemberPictures} from './member-pictures.js';
import {tileColumns, tilesPerPage, tilesPerStrip, type Size} from './tile-grid.js';
import {participants, Tiles, type Tile} from './tiles.js';

const LAYOUTS = [
  {layout: 'grid', term: 'layoutGrid', icon: layoutGridIcon},
  {layout: 'speaker', term: 'layoutSpeaker', icon: squareUserIcon},
  {layout: 'picture', term: 'layoutPicture', icon: maximizeIcon},
] as const satisfies readonly {layout: ConferenceLayout; term: string; icon: TemplateResult}[];

/** The room for tiles before it was measured. */
const USUAL: Size = {width: 640, height: 320};

/** The tiles that the stage draws. */
interface DrawnTiles {
  /** The large tile. */
  readonly main: Tile | undefined;
  /** The other tiles, or all. */
  readonly rest: readonly Tile[];
  /** The number of the page, from 0, and of all pages. */
  readonly page: number;
  readonly pages: number;
}

/**
 * The stage of a conference: the members, their videos, and the user's controls.
 *
 * @fires {SettingEvent} setting - The user chooses the layout, or turns the sound on.
 * @fires {Event} clear - The user removes the ended conference from view.
 */
export class ConferenceStageElement extends LitElement {
  static readonly parts =
    'stage, tile, page-previous, page-next, layout-grid, layout-speaker, layout-picture, controls, clear, notice, retry, sound, mute, camera, hold, screen, keypad, transfer, transfer-dialog, photo, record, sounds, sounds-panel, hangup, more, menu, answer-audio, answer-video, decline';

  static override styles = [inner, rowStyles, stageBottom, label, styles];

  @inherited(clientContext) client!: BaseClient;
  @inherited(callContext) conference!: SipConference;
  /** Runs the commands. */
  @inherited(commandsContext) commands!: CommandController;
  /** Whether a command is running. */
  @property({attribute: false}) pending = false;
  /** The failure that is shown above the controls. */
  @property({attribute: false}) error: SipError | undefined;
  @property({attribute: false}) layout: ConferenceLayout = 'grid';
  @property({attribute: false}) silent = false;
  @property({attribute: false}) shortcuts: Shortcuts | 'none' = {};

  @state() private room = USUAL;
  @state() private page = 0;
  /** The warning that the user has dismissed. */
  @state() private noted: string | undefined;

  @query('.tiles') private readonly box!: HTMLElement;

  readonly #localize = new LocalizeController(this);
  readonly #row = new CallRow(this, this.#localize, () => this.shortcuts);
  readonly #tiles = new Tiles();
  readonly #sight = new Sight(this, () => this.requestUpdate());
  readonly #pictures = new MemberPictures(this, {
    conference: () => (this.#showsMembers ? this.conference : undefined),
    watch: (conference, number, signal) => this.#watch(conference, number, signal),
    framesOf: (number) => this.#framesOf(number),
  });
  readonly #cameras = new KnownCameras(() => this.requestUpdate());
  /** The members whose tiles are drawn. */
  #drawn: readonly string[] = [];
  /** The streams that have frames to show. */
  readonly #seen = new WeakSet<MediaStream>();
  readonly #resizes = new ResizeObserver((entries) => {
    const {width, height} = entries.at(-1)!.contentRect;
    if (width && height) this.room = {width, height};
  });

  constructor() {
    super();
    new StateController(this, () => [this.client, this.conference]);
    new ShortcutController(this, {
      shortcuts: () => (isActive(this.conference) ? this.#row.shortcuts : {}),
      scope: () => this,
      press: (name) => this.#row.press(name),
    });
    new FocusKeeper(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#resizes.observe(this.box);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resizes.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('conference') || changed.has('layout')) this.page = 0;
    if (changed.has('conference') || !this.conference.state.warning) this.noted = undefined;
  }

  protected override firstUpdated(): void {
    this.#resizes.observe(this.box);
  }

  protected override updated(): void {
    this.#pictures.want(this.#sight.visible ? this.#drawn : []);
  }

  protected override render(): TemplateResult {
    const {conference, layout, silent} = this;
    const localize = this.#localize;
    const title = localize.term('callWith', nameOf(conference.remote, localize));
    const {phase, listenOnly} = conference.state;
    const answered = phase === 'answered';
    const {user} = this.client.options;
    const single = layout === 'picture' ? undefined : this.#pictures.arrived;
    const {memberVideo} = this.client.capabilities;
    const {tiles, waiting} = this.#tiles.of(conference, user, this.#isSeen, single, memberVideo);
    const words = !answered || (listenOnly && !tiles.some(({picture}) => picture));
    const drawn = this.#choose(words ? [] : tiles);
    this.#drawn = this.#withoutPicture(drawn);
    return html`<div
      part="stage"
      class="stage ${answered ? layout : ''}"
      role="group"
      tabindex="-1"
      aria-label=${title}
      @keydown=${this.#onKey}
    >
      ${this.#renderTop(drawn)} ${this.#renderTiles(drawn, waiting)} ${words ? this.#renderWords() : nothing}
      <div class="hidden" role="status">${stateText(conference, localize)}</div>
      <div class="bottom">
        <sip-audio
          class="sound"
          exportparts="sound"
          .silent=${silent}
          .special=${true}
          @click=${this.#onSound}
        ></sip-audio>
        ${this.#renderNotice()} ${this.#renderControls()}
      </div>
    </div>`;
  }

  /** Chooses the tiles of the page. */
  #choose(tiles: readonly Tile[]): DrawnTiles {
    const {layout, room} = this;
    const main = layout === 'grid' ? undefined : this.#tiles.main(tiles, this.client.options.user);
    const others = tiles.filter((tile) => tile !== main);
    // Video only: no one else but this user.
    if (layout === 'picture')
      return {main, rest: others.filter(({kind}) => kind === 'own'), page: 0, pages: 1};
    const most = main ? tilesPerStrip(room.width) : tilesPerPage(room);
    const pages = this.#tiles.pages(others, most);
    const page = Math.min(this.page, pages.length - 1);
    return {main, rest: pages[page]!, page, pages: pages.length};
  }

  /** Whether the server can show members, or cameras among them, by themselves. */
  get #showsMembers(): boolean {
    const {client, conference, layout} = this;
    const runs = conference.state.phase === 'answered' && !conference.state.listenOnly && !isHeld(conference);
    const {memberVideo, monitor} = client.capabilities;
    return runs && layout !== 'picture' && (memberVideo || monitor);
  }

  /** The cameras among the members. */
  get #memberCameras(): ReadonlySet<string> {
    return this.#cameras.of(this.conference, this.client);
  }

  /**
   * Requests the video of a member. A camera in a conference without video sends none to it: that of the camera itself is
   * requested then.
   */
  async #watch(conference: SipConference, number: string, signal: AbortSignal): Promise<SipCall | undefined> {
    const {client} = this;
    const isCamera = this.#memberCameras.has(number) && client.capabilities.monitor;
    try {
      return await conference.watchMember(number, {signal});
    } catch (error) {
      const {code} = toSipError(error);
      if (!isCamera || (code !== 'no-picture' && code !== 'unsupported')) throw error;
    }
    try {
      return await client.monitor(number, {signal});
    } catch (error) {
      // This user may watch the other members all the same.
      throw toSipError(error).code === 'not-allowed' ? new SipError('no-video', {subject: number}) : error;
    }
  }

  /**
   * Returns the members on screen whose video is not among those that the server sends with the conference; in one without
   * video the cameras alone, as no person is asked for a video then. A member whose own video has arrived keeps it while the
   * video of the conference is theirs too.
   */
  #withoutPicture({main, rest}: DrawnTiles): readonly string[] {
    const {conference} = this;
    const isOther = ({number}: ConferenceMember): boolean => number !== this.client.options.user;
    const {memberVideo} = this.client.capabilities;
    const several = participants(conference).filter(isOther).length > 1;
    const gets = getsVideo(conference);
    // The one video of the conference is that of the only other member.
    if (!several && gets && conference.remotePictures.some(this.#isSeen)) return [];
    const cameras = this.#memberCameras;
    const mayShow = ({number}: ConferenceMember): boolean =>
      cameras.has(number) || (several && gets && memberVideo);
    const {arrived} = this.#pictures;
    const lacks = ({number, pictured}: ConferenceMember): boolean =>
      arrived.has(number) || (!pictured && !conference.pictureOf(number));
    return [...(main ? [main] : []), ...rest].flatMap(({member}) =>
      member && isOther(member) && mayShow(member) && lacks(member) ? [member.number] : [],
    );
  }

  #framesOf(number: string): number | undefined {
    if (!this.#sight.visible) return undefined;
    const tiles = [...this.renderRoot.querySelectorAll<ConferenceTileElement>('sip-conference-tile')];
    const tile = tiles.find((each) => each.picture === this.#pictures.arrived.get(number));
    return tile?.player ? framesShown(tile.player) : 0;
  }

  #renderNotice(): TemplateResult | typeof nothing {
    const {error, client, commands, conference} = this;
    const localize = this.#localize;
    const {warning, phase} = conference.state;
    const context = {localize, commands};
    if (error)
      return errorNotice(error, client.options.server, {
        localize,
        onDismiss: commands.dismiss,
        links: error.code === warning ? trialLink(conference, warning, context) : nothing,
      });
    if (conference.state.sound.interrupted) return interruptedNotice(localize);
    if (!warning || warning === this.noted || phase === 'released') return nothing;
    return warningNotice(conference, warning, {...context, onDismiss: () => (this.noted = warning)});
  }

  #renderTop({page, pages}: DrawnTiles): TemplateResult {
    const localize = this.#localize;
    const {state} = this.conference;
    const answered = state.phase === 'answered';
    const {held, remoteHeld} = state;
    const warning =
      answered &&
      (healthText(this.conference, localize) ||
        ((held || remoteHeld) && stateText(this.conference, localize)));
    return html`<div class="top">
      ${
        state.recording && answered
          ? html`<span class="chip recording" title=${localize.term('recordingOn')}
              ><span class="sign"></span><sip-duration of="recording"></sip-duration
            ></span>`
          : nothing
      }
      ${
        warning
          ? html`<span class="chip" role="status" title=${warning}
              >${triangleAlertIcon}<span class="line">${warning}</span></span
            >`
          : nothing
      }
      <span class="space"></span>
      ${pages > 1 ? this.#renderPager(page, pages) : nothing}
      ${answered && !state.listenOnly ? this.#renderLayouts() : nothing}
    </div>`;
  }

  #renderPager(page: number, pages: number): TemplateResult {
    const localize = this.#localize;
    const [previous, next] = [localize.term('previousPage'), localize.term('nextPage')];
    const text = localize.term('pageOf', String(page + 1), String(pages));
    return html`<div class="pager" role="group" aria-label=${localize.term('pages')}>
      <button
        part="page-previous"
        type="button"
        aria-label=${previous}
        title=${previous}
        aria-disabled=${page ? nothing : 'true'}
        @click=${() => this.#turn(page - 1, pages)}
      >
        ${chevronLeftIcon}
      </button>
      <span class="long number" aria-hidden="true">${text}</span>
      <span class="short number" aria-hidden="true" title=${text}>${page + 1}/${pages}</span>
      <span class="hidden" role="status">${text}</span>
      <button
        part="page-next"
        type="button"
        aria-label=${next}
        title=${next}
        aria-disabled=${page < pages - 1 ? nothing : 'true'}
        @click=${() => this.#turn(page + 1, pages)}
      >
        ${chevronRightIcon}
      </button>
    </div>`;
  }

  #renderLayouts(): TemplateResult {
    const localize = this.#localize;
    return html`<div class="layouts" role="group" aria-label=${localize.term('layout')}>
      ${LAYOUTS.map(({layout, term, icon}) => {
        const name = localize.term(term);
        return html`<button
          part="layout-${layout}"
          type="button"
          aria-label=${name}
          title=${name}
          aria-pressed=${this.layout === layout ? 'true' : 'false'}
          @click=${() => this.dispatchEvent(new SettingEvent({layout}))}
        >
          ${icon}
        </button>`;
      })}
    </div>`;
  }

  /** Renders the tiles, and the videos without frames, hidden, so that they start. */
  #renderTiles({main, rest}: DrawnTiles, waiting: readonly Tile[]): TemplateResult {
    const columns = main ? tilesPerStrip(this.room.width) : tileColumns(rest.length, this.room);
    const look = main ? `large ${rest.length ? '' : 'alone'}` : '';
    const drawn = main ? [main, ...rest] : rest;
    return html`<div
      class="tiles columns-${columns} ${look}"
      role=${drawn.length ? 'list' : 'none'}
      aria-label=${drawn.length ? this.#localize.term('participants') : nothing}
    >
      ${repeat(
        [...drawn, ...waiting],
        ({key}) => key,
        (tile) => this.#renderTile(tile, tile === main),
      )}
    </div>`;
  }

  #renderTile({kind, picture, member}: Tile, isMain: boolean): TemplateResult {
    const localize = this.#localize;
    const seen = !!picture && this.#isSeen(picture);
    const look = [
      ...(isMain ? ['main'] : []),
      ...(this.layout === 'picture' ? ['full'] : []),
      ...(member && talks(member) ? ['talks'] : []),
      ...(picture && !seen ? ['unseen'] : []),
    ];
    const own = kind === 'own' || member?.number === this.client.options.user;
    const only = this.conference.remotePictures.length === 1;
    const name = tileName({member, own, only}, localize);
    return html`<sip-conference-tile
      part="tile"
      class="tile ${kind} ${look.join(' ')}"
      role="listitem"
      aria-label=${localize.listed([name, ...(member ? memberTexts(member, localize) : [])])}
      .picture=${picture}
      .member=${member}
      .own=${kind === 'own'}
      .camera=${!!member && this.#memberCameras.has(member.number)}
      .name=${name}
      .seen=${seen}
      @frames=${() => this.#onFrames(picture!)}
    ></sip-conference-tile>`;
  }

  /** Renders the text before the answer, after the end, and while a broadcast shows no video. */
  #renderWords(): TemplateResult {
    const {conference} = this;
    const localize = this.#localize;
    const {phase, listenOnly} = conference.state;
    const listens = listenOnly && phase === 'answered';
    return html`<div class="middle">
      ${listens ? volume2Icon : usersIcon}
      <bdi class="big line"
        >${listens ? localize.term('listening') : nameOf(conference.remote, localize)}</bdi
      >
      <p class="quiet" aria-hidden=${listens ? nothing : 'true'}>
        ${listens ? localize.term('listeningHint') : stateText(conference, localize)}
      </p>
    </div>`;
  }

  #renderControls(): TemplateResult | typeof nothing {
    const {conference, client, commands} = this;
    const localize = this.#localize;
    const {phase, listenOnly} = conference.state;
    if (isActive(conference) && !listenOnly) return this.#row.render(conference, client);
    if (isWaiting(conference) && isAnsweredElsewhere(client, conference)) return nothing;
    const dismiss = localize.term('dismiss');
    const controls = isWaiting(conference)
      ? answerControls(conference, localize, commands, false, holdsOther(client, conference))
      : phase !== 'released'
        ? html`<sip-hangup-button exportparts="hangup"></sip-hangup-button>`
        : html`<button
            part="clear"
            class="control"
            type="button"
            aria-label=${dismiss}
            title=${dismiss}
            @click=${() => this.dispatchEvent(new Event('clear'))}
          >
            ${xIcon}
          </button>`;
    return html`<div part="controls" class="controls">${controls}</div>`;
  }

  readonly #isSeen = ({stream}: RemotePicture): boolean => this.#seen.has(stream);

  #turn(page: number, pages: number): void {
    this.page = Math.max(0, Math.min(page, pages - 1));
  }

  #onFrames({stream}: RemotePicture): void {
    if (this.#seen.has(stream)) return;
    this.#seen.add(stream);
    this.requestUpdate();
  }

  /** Page Up and Page Down turn the pages of the tiles. */
  readonly #onKey = (event: KeyboardEvent): void => {
    const button = {PageUp: 'page-previous', PageDown: 'page-next'}[event.key];
    const pager = button && this.renderRoot.querySelector<HTMLElement>(`[part=${button}]`);
    if (!pager || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    pager.click();
  };

  readonly #onSound = (): void => {
    this.dispatchEvent(new SettingEvent({silent: false}));
  };
}
