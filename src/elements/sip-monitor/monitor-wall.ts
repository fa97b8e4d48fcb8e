import {html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {ClientController} from '../../controllers/client-controller.js';
import {ClockController} from '../../controllers/clock-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {SipCall} from '../../core/call/call.js';
import type {BaseClient} from '../../core/client/client.js';
import type {Numbers} from '../../core/directory/directory.js';
import type {Party} from '../../core/types.js';
import {SipError, toSipError} from '../../errors.js';
import '../../locales/call/call-en.js';
import '../../locales/monitor-en.js';
import {CallClaimController} from '../shared/calls/call-claim.js';
import {LazyMenu} from '../shared/calls/lazy-menu.js';
import {defineInner} from '../shared/define-inner.js';
import {absenceNote, emptyNote} from '../shared/empty-note.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {playIcon} from '../shared/icons/controls.js';
import {volume2Icon} from '../shared/icons.js';
import {cctvIcon, squareIcon} from '../shared/icons/later.js';
import {barButton, listBar} from '../shared/buttons/list-bar.js';
import {notice} from '../shared/notice.js';
import {DirectoryInvitations} from '../shared/people/directory-invitations.js';
import {PeopleDrop} from '../shared/people/people-drop.js';
import {PeopleField} from '../shared/people/people-field.js';
import {isRegistered, registrationNotice} from '../shared/registration.js';
import {repeat} from '../shared/repeat.js';
import {form} from '../shared/styles/form.styles.js';
import {listPanel, noticeMargin, panelStates} from '../shared/styles/list-panel.styles.js';
import {menuBox} from '../shared/styles/row-menu.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {Cameras, type Camera} from './cameras.js';
import {plusIcon, repeatIcon} from './icons.js';
import {MonitorTileElement} from './monitor-tile.js';
import {styles} from './monitor-wall.styles.js';
import {MOST, WallNumbers} from './numbers.js';
import type {CameraRound} from './round.js';
import type {Round} from './rounds.js';
import {Sight} from './sight.js';
import {CameraAnnouncements} from './texts.js';
import {onTileKey} from './tile-keys.js';
import {timeOfDay} from '../shared/history-time.js';
import type * as Tools from './tools.js';

/** The `part`s of the bar and the list of rounds, whose code is loaded when one is used. */
const ROUND_PARTS = 'round, round-previous, round-pause, round-next, round-state';
const ROUND_LIST_PARTS =
  'round-list, round-start, round-edit, round-remove, round-form, round-name, round-cameras, round-tiles, round-seconds, round-save, round-save-start';

/**
 * The wall of a `<sip-monitor>`: the bar with the field for numbers, and a tile for each camera.
 *
 * @fires {CustomEvent<string>} numbers-change - The user changed the numbers; the detail has all of them.
 */
export class MonitorWallElement extends LitElement {
  static readonly parts = `panel, members-field, start, stop, several, rounds, rounds-panel, clock, wall, notice, ${ROUND_PARTS}, ${ROUND_LIST_PARTS}, ${MonitorTileElement.parts}`;

  static override styles = [inner, listPanel, noticeMargin, panelStates, form, menuBox, styles];

  /** The numbers whose cameras are shown, or the members of the conference. */
  @property({attribute: false}) numbers: Numbers = '';
  /** The id of the conference; empty if numbers are shown. */
  @property({attribute: false}) sid = '';
  @property({attribute: false}) codec = '';
  /** The round of the page; its name is empty. */
  @property({attribute: false}) ownRound: Round | undefined;

  readonly #client = new ClientController(this);
  readonly #localize = new LocalizeController(this);
  readonly #commands = new CommandController(this);
  readonly #numbers = new WallNumbers(
    () => this.numbers,
    (numbers) => {
      this.numbers = numbers;
      this.dispatchEvent(new CustomEvent('numbers-change', {detail: numbers}));
    },
    () => this.#client.client,
  );
  readonly #announcements = new CameraAnnouncements(this.#localize);
  readonly #cameras = new Cameras(
    this,
    this.#numbers,
    () => ({client: this.#client.client, sid: this.sid, codec: this.codec}),
    (camera) => this.#onCamera(camera),
  );
  readonly #sight = new Sight(this, () => this.requestUpdate());
  readonly #roundsMenu = new LazyMenu(this, this.#localize, async () => import('./tools.js'));
  #round: CameraRound | undefined;
  /** What the menu of a tile has done, for screen readers. */
  #done = '';
  readonly #field: PeopleField;
  readonly #drop: PeopleDrop;

  constructor() {
    super();
    new FocusKeeper(this, '.card');
    new CallClaimController(
      this,
      () => this.#client.client,
      () => this.#cameras.all.flatMap(({subscription}) => subscription.state.call ?? []),
    );
    new ClockController(this, () => (this.#cameras.running ? Date.now() : undefined));
    new StateController(this, () => [this.#round]);
    const client = (): BaseClient | undefined => this.#client.client;
    const context = {host: this, localize: this.#localize, commands: this.#commands, client};
    const take = (people: readonly Party[]): void => this.#take(people);
    this.#field = new PeopleField(context, take, 'watchWho');
    this.#drop = new PeopleDrop(context, take);
    new DirectoryInvitations(this, client, (person) => this.#watch(person), 'monitor');
  }

  /** @throws {SipError} `not-connected` without a client, `unsupported` */
  start(): void {
    this.#cameras.start();
  }

  stop(): void {
    this.#endRound();
    this.#cameras.stop();
  }

  /** Whether the videos are requested. */
  get running(): boolean {
    return this.#cameras.running;
  }

  /** The round that runs; undefined if none does. */
  get round(): CameraRound | undefined {
    return this.#round;
  }

  /**
   * Starts a round in place of the one that runs.
   *
   * @param name - The name of a saved round; without it, that of the page.
   * @throws {SipError} `not-connected` without a client, `unsupported`, `bad-parameter` if there is no such round.
   */
  async startRound(name?: string): Promise<void> {
    const {client} = this.#client;
    if (!client) throw new SipError('not-connected');
    const {SavedRounds} = await this.#loadTools();
    const saved = new SavedRounds(client).all.find((round) => round.name === name);
    const round = name === undefined ? this.ownRound : saved;
    if (!round?.cameras.length) throw new SipError('bad-parameter', {subject: `round “${name ?? ''}”`});
    await this.#runRound(round);
  }

  /** Returns the call that brings a number's video; undefined if there is none. */
  callOf(number: string): SipCall | undefined {
    return this.#cameras.callOf(number);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // If the wall was only moved, the round continues.
    setTimeout(() => {
      if (!this.isConnected) this.#endRound();
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // The cameras of another client, or the members of a conference, have no round.
    if (this.#round && (changed.has('sid') || !this.#cameras.running)) this.#endRound();
    const unseen = !isRegistered(this.#client.client) || !this.#sight.visible;
    this.#round?.hold(unseen ? 'unseen' : this.#isUsed ? 'used' : undefined);
  }

  protected override render(): TemplateResult {
    const {client} = this.#client;
    return html`<div
      part="panel"
      class="card ${this.#drop.over ? 'over' : ''}"
      role="group"
      tabindex="-1"
      aria-label=${this.#localize.term('monitoring')}
      @dragover=${this.#drop.onDrag}
      @dragleave=${this.#drop.onLeave}
      @drop=${this.#drop.onDrop}
      @sip-error=${this.#onError}
    >
      ${client ? this.#renderClient(client) : absenceNote(cctvIcon, this.#client, this.#localize)}
    </div>`;
  }

  #renderClient(client: BaseClient): TemplateResult {
    const localize = this.#localize;
    if (this.#cameras.unsupported)
      return emptyNote(cctvIcon, localize.term(this.sid ? 'noMemberPictures' : 'noMonitoring'));
    const round = this.#round;
    return html`${this.#renderBar(client)} ${this.#renderNotice(client)}
      ${round ? html`<sip-monitor-round exportparts=${ROUND_PARTS} .round=${round} .client=${client}></sip-monitor-round>` : nothing}
      <div class="hidden" role="status">${this.#announcements.text}</div>
      <div class="hidden" role="status">${this.#done}</div>
      ${this.#cameras.shown.length ? this.#renderTiles() : emptyNote(cctvIcon, localize.term('watchHint'), localize.term('noCameras'))}`;
  }

  #renderBar(client: BaseClient): TemplateResult {
    const localize = this.#localize;
    const {running, sounds} = this.#cameras;
    const ready = isRegistered(client);
    return listBar(
      html` ${cctvIcon}<b class="line">${localize.term('monitoring')}</b> ${
          running
            ? html`<time part="clock" class="number quiet" title=${localize.term('currentTime')}
                >${timeOfDay(Date.now(), localize.lang())}</time
              >`
            : nothing
        }`,
      html` ${
          sounds.size || sounds.together
            ? barButton(
                'several',
                localize.term('severalSounds'),
                html`${volume2Icon}${plusIcon}`,
                this.#onSeveral,
                {pressed: sounds.together},
              )
            : nothing
        }
        ${this.sid ? nothing : this.#renderRounds(client)}
        ${
          this.#round
            ? nothing
            : html`<div class="field">
                ${this.#field.render((key) => {
                  if (key === 'Enter' && !running) this.#press();
                })}
              </div>`
        }
        <button
          part=${running ? 'stop' : 'start'}
          class="pill ${running ? '' : 'accent'}"
          type="button"
          title=${ready || running ? nothing : localize.describe({code: 'not-registered'})}
          aria-disabled=${ready || running ? nothing : 'true'}
          @click=${this.#press}
        >
          ${running ? squareIcon : playIcon} ${localize.term(running ? 'endWatching' : 'startWatching')}
        </button>`,
    );
  }

  /** Renders the button of the rounds, and what it opens. */
  #renderRounds(client: BaseClient): TemplateResult {
    const name = this.#localize.term('cameraRounds');
    return html`<button
        part="rounds"
        class="toggle ${this.#round ? 'on' : ''}"
        type="button"
        popovertarget="rounds"
        aria-label=${name}
        title=${name}
      >
        ${repeatIcon}
      </button>
      <div
        part="rounds-panel"
        id="rounds"
        class="menu"
        popover
        role="group"
        aria-label=${name}
        @toggle=${this.#roundsMenu.onToggle}
      >
        ${this.#roundsMenu.render(
          () =>
            html`<sip-monitor-rounds
              exportparts=${ROUND_LIST_PARTS}
              .client=${client}
              .own=${this.ownRound}
              .wall=${this.#numbers.all.map((number) => ({number, name: this.#numbers.nameOf(number) ?? ''}))}
              @start=${({detail}: CustomEvent<Round>) => this.#onStartRound(detail)}
            ></sip-monitor-rounds>`,
        )}
      </div>`;
  }

  #renderNotice(client: BaseClient): TemplateResult | typeof nothing {
    const localize = this.#localize;
    const trouble = registrationNotice(client, localize, this.#commands);
    if (trouble !== nothing || this.#round || this.#numbers.all.length <= MOST) return trouble;
    return notice(localize.describe({code: 'wall-full', subject: String(MOST)}), {localize, warns: true});
  }

  #renderTiles(): TemplateResult {
    const {shown, sounds} = this.#cameras;
    const round = this.#round;
    // The tiles of a round are as large if fewer cameras are left.
    const count = round ? Math.min(round.round.tiles, round.count) : shown.length;
    return html`<div
      part="wall"
      class="wall"
      data-columns=${gridColumns(count)}
      role="list"
      aria-label=${this.#localize.term('monitoring')}
      @keydown=${onTileKey}
    >
      ${repeat(
        shown,
        ({key}) => key,
        (camera) =>
          html`<sip-monitor-tile
            exportparts=${MonitorTileElement.parts}
            .camera=${camera}
            .sounding=${sounds.has(camera.key)}
            .client=${this.#client.client}
            .fixed=${!!round}
            @sound=${() => this.#toggleSound(camera)}
            @close=${() => this.#close(camera)}
            @use=${() => this.requestUpdate()}
            @done=${this.#onDone}
          ></sip-monitor-tile>`,
      )}
    </div>`;
  }

  /** Starts, including the numbers still in the field; or stops. */
  readonly #press = (): void => {
    const {client} = this.#client;
    if (this.#cameras.running) return this.stop();
    if (!isRegistered(client)) return this.#commands.fail(new SipError('not-registered'));
    if (!this.#field.empty && !this.#field.take()) return;
    if (!this.#numbers.all.length) return this.#focusField();
    this.#try(() => this.start());
  };

  /** Watches a person at once. */
  #watch(person: Party): boolean {
    if (!this.#client.client) return false;
    const round = this.#round;
    if (round)
      this.#try(() => round.watch({number: this.#numbers.cleaned(person.number), name: person.name}));
    else this.#take([person]);
    if (!this.#cameras.running) this.#try(() => this.start());
    return true;
  }

  #take(people: readonly Party[]): void {
    if (this.#round) return people.forEach((person) => this.#watch(person));
    this.#try(() => {
      for (const person of people) this.#numbers.add(person);
    });
  }

  #onCamera(camera: Camera): void {
    this.#announcements.take(camera);
    this.#round?.follow(camera);
  }

  /** Whether the user uses one of the videos, which must not go meanwhile. */
  get #isUsed(): boolean {
    const tiles = [...this.renderRoot.querySelectorAll<MonitorTileElement>('sip-monitor-tile')];
    return this.#cameras.sounds.size > 0 || tiles.some((tile) => tile.used);
  }

  async #loadTools(): Promise<typeof Tools> {
    try {
      const tools = await import('./tools.js');
      defineInner(tools.inner);
      return tools;
    } catch (error) {
      throw toSipError(error);
    }
  }

  async #runRound(round: Round): Promise<void> {
    const {CameraRound, cleanRound} = await this.#loadTools();
    this.#endRound();
    this.#round = this.#numbers.round = new CameraRound(cleanRound(round));
    this.#round.begin();
    try {
      if (!this.#cameras.running) this.start();
    } catch (error) {
      this.#endRound();
      throw error;
    }
  }

  #endRound(): void {
    this.#round?.end();
    this.#round = this.#numbers.round = undefined;
    this.requestUpdate();
  }

  readonly #onStartRound = (round: Round): void => {
    this.renderRoot.querySelector<HTMLElement>('#rounds')?.hidePopover();
    if (!isRegistered(this.#client.client)) return this.#commands.fail(new SipError('not-registered'));
    void this.#commands.run(() => this.#runRound(round));
  };

  readonly #onDone = ({detail}: CustomEvent<string>): void => {
    this.#done = detail;
    this.requestUpdate();
  };

  #try(command: () => void): void {
    try {
      command();
      this.#commands.dismiss();
    } catch (error) {
      this.#commands.fail(toSipError(error));
    }
  }

  /** Closes a tile; the focus moves to the tile that takes its place, or to the field. */
  #close({key}: Camera): void {
    const place = this.#cameras.shown.findIndex((camera) => camera.key === key);
    const focused = this.shadowRoot?.activeElement;
    this.#numbers.drop(place);
    this.#commands.dismiss();
    if (!focused) return;
    void this.updateComplete.then(() => {
      const tiles = [...this.renderRoot.querySelectorAll<HTMLElement>('sip-monitor-tile')];
      const next = tiles[place] ?? tiles.at(-1);
      if (next) next.focus();
      else this.#focusField();
    });
  }

  #focusField(): void {
    this.renderRoot.querySelector<HTMLElement>('[part=members-field]')?.focus();
  }

  #toggleSound({key}: Camera): void {
    const {sounds} = this.#cameras;
    if (sounds.has(key)) sounds.turnOff(key);
    else sounds.turnOn(key);
    this.requestUpdate();
  }

  readonly #onSeveral = (): void => {
    const {sounds} = this.#cameras;
    sounds.together = !sounds.together;
    this.requestUpdate();
  };

  /** Shows the failure of a control in a tile, which has dispatched it. */
  readonly #onError = ({detail}: CustomEvent<{error: SipError}>): void => this.#commands.show(detail.error);
}

/** Returns the number of columns of a grid of videos, if there is enough space: the last row is at least half full. */
function gridColumns(count: number): number {
  const columns = Math.ceil(Math.sqrt(count));
  return count % columns === 1 && columns > 2 ? columns + 1 : columns;
}
