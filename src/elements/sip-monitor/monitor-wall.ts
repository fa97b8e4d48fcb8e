import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {ClientController} from '../../controllers/client-controller.js';
import {ClockController} from '../../controllers/clock-controller.js';
import {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipCall} from '../../core/call/call.js';
import type {BaseClient} from '../../core/client/client.js';
import type {Numbers} from '../../core/directory/directory.js';
import type {Party} from '../../core/types.js';
import {SipError, toSipError} from '../../errors.js';
import '../../locales/call-en.js';
import '../../locales/monitor-en.js';
import {CallClaimController} from '../shared/calls/call-claim.js';
import {absenceNote, emptyNote} from '../shared/empty-note.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {playIcon} from '../shared/icons/controls.js';
import {squareIcon, volume2Icon} from '../shared/icons.js';
import {cctvIcon} from '../shared/icons/later.js';
import {barButton, listBar} from '../shared/list-bar.js';
import {notice} from '../shared/notice.js';
import {DirectoryInvitations} from '../shared/people/directory-invitations.js';
import {PeopleDrop} from '../shared/people/people-drop.js';
import {PeopleField} from '../shared/people/people-field.js';
import {isRegistered, registrationNotice} from '../shared/registration.js';
import {repeat} from '../shared/repeat.js';
import {form} from '../shared/styles/form.styles.js';
import {listPanel, noticeMargin, panelStates} from '../shared/styles/list-panel.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import {Cameras, type Camera} from './cameras.js';
import {plusIcon} from './icons.js';
import {MonitorTileElement} from './monitor-tile.js';
import {styles} from './monitor-wall.styles.js';
import {MOST, WallNumbers} from './numbers.js';
import {CameraAnnouncements} from './texts.js';
import {onTileKey} from './tile-keys.js';
import {timeOfDay} from './time-of-day.js';

/**
 * The wall of a `<sip-monitor>`: the bar with the field for numbers, and a tile for each camera.
 *
 * @fires {CustomEvent<string>} numbers-change - The user changed the numbers; the detail has all of them.
 */
export class MonitorWallElement extends LitElement {
  static readonly parts = `panel, members-field, start, stop, several, clock, wall, notice, ${MonitorTileElement.parts}`;

  static override styles = [inner, listPanel, noticeMargin, panelStates, form, styles];

  /** The numbers whose cameras are shown, or the members of the conference. */
  @property({attribute: false}) numbers: Numbers = '';
  /** The id of the conference; empty if numbers are shown. */
  @property({attribute: false}) sid = '';
  @property({attribute: false}) codec = '';

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
    (camera) => this.#announcements.take(camera),
  );
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
    this.#cameras.stop();
  }

  /** Returns the call that brings a number's video; undefined if there is none. */
  callOf(number: string): SipCall | undefined {
    return this.#cameras.callOf(number);
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
    return html`${this.#renderBar(client)} ${this.#renderNotice(client)}
      <div class="hidden" role="status">${this.#announcements.text}</div>
      ${this.#cameras.all.length ? this.#renderTiles() : emptyNote(cctvIcon, localize.term('watchHint'), localize.term('noCameras'))}`;
  }

  #renderBar(client: BaseClient): TemplateResult {
    const localize = this.#localize;
    const {running, sounds} = this.#cameras;
    const ready = isRegistered(client);
    return listBar(
      html` ${cctvIcon}<b class="line">${localize.term('monitoring')}</b> ${
          running
            ? html`<time part="clock" class="number quiet" dir="ltr" title=${localize.term('currentTime')}
                >${timeOfDay(Date.now())}</time
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
        <div class="field">
          ${this.#field.render((key) => {
            if (key === 'Enter' && !running) this.#press();
          })}
        </div>
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

  #renderNotice(client: BaseClient): TemplateResult | typeof nothing {
    const localize = this.#localize;
    const trouble = registrationNotice(client, localize, this.#commands);
    if (trouble !== nothing || this.#numbers.all.length <= MOST) return trouble;
    return notice(localize.describe({code: 'wall-full', subject: String(MOST)}), {localize, warns: true});
  }

  #renderTiles(): TemplateResult {
    const {all, sounds} = this.#cameras;
    return html`<div
      part="wall"
      class="wall"
      data-columns=${gridColumns(all.length)}
      role="list"
      aria-label=${this.#localize.term('monitoring')}
      @keydown=${onTileKey}
    >
      ${repeat(
        all,
        ({key}) => key,
        (camera) =>
          html`<sip-monitor-tile
            exportparts=${MonitorTileElement.parts}
            .camera=${camera}
            .sounding=${sounds.has(camera.key)}
            .devices=${this.#client.client?.devices}
            @sound=${() => this.#toggleSound(camera)}
            @close=${() => this.#close(camera)}
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
    this.#take([person]);
    if (!this.#cameras.running) this.#try(() => this.start());
    return true;
  }

  #take(people: readonly Party[]): void {
    this.#try(() => {
      for (const person of people) this.#numbers.add(person);
    });
  }

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
    const place = this.#cameras.all.findIndex((camera) => camera.key === key);
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
