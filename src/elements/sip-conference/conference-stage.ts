import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import type {CommandController} from '../../controllers/command-controller.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import type {SipConference} from '../../core/conference/conference.js';
import type {RemotePicture} from '../../core/types.js';
import {isWaiting} from '../../core/call/newest-call.js';
import type {SipError} from '../../errors.js';
import {answerControls, holdsOther} from '../shared/answer-controls.js';
import {CallRow} from '../sip-call/call-row.js';
import {rowStyles, stageBottom} from '../sip-call/call-row.styles.js';
import {healthText, stateText} from '../shared/call-texts.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {gridColumns} from '../shared/grid-columns.js';
import {triangleAlertIcon, usersIcon, volume2Icon, xIcon} from '../shared/icons.js';
import {errorNotice} from '../shared/notice.js';
import {nameOf} from '../shared/people/people.js';
import {repeat} from '../shared/repeat.js';
import {ShortcutController, type Shortcuts} from '../shared/shortcuts.js';
import {inner} from '../shared/styles/shared.styles.js';
import {styles} from './conference-stage.styles.js';
import {label} from './conference.styles.js';
import {layoutGridIcon, maximizeIcon, squareUserIcon} from './icons.js';
import {talks} from './member-text.js';
import {SettingEvent, type ConferenceLayout} from './settings.js';
import {Tiles, type Tile} from './tiles.js';

/** The parts of the stage that pages style. */
export const STAGE_PARTS =
  'stage, tile, layout-grid, layout-speaker, layout-picture, controls, clear, notice, sound, mute, camera, hold, screen, keypad, transfer, transfer-dialog, photo, record, hangup, more, menu, answer-audio, answer-video, decline';

const LAYOUTS = [
  {layout: 'grid', term: 'layoutGrid', icon: layoutGridIcon},
  {layout: 'speaker', term: 'layoutSpeaker', icon: squareUserIcon},
  {layout: 'picture', term: 'layoutPicture', icon: maximizeIcon},
] as const satisfies readonly {layout: ConferenceLayout; term: string; icon: TemplateResult}[];

/** The number of small tiles beside the large one. */
const BESIDE = 6;

/**
 * The stage of a conference: the members, their videos, and the user's controls.
 *
 * @fires {SettingEvent} setting - The user chooses the layout, or turns the sound on.
 * @fires {Event} clear - The user removes the ended conference from view.
 */
export class ConferenceStageElement extends LitElement {
  static override styles = [inner, rowStyles, stageBottom, label, styles];

  @property({attribute: false}) client!: BaseClient;
  @property({attribute: false}) conference!: SipConference;
  /** Runs the commands. */
  @property({attribute: false}) commands!: CommandController;
  /** Whether a command is running. */
  @property({attribute: false}) pending = false;
  /** The failure that is shown above the controls. */
  @property({attribute: false}) error: SipError | undefined;
  @property({attribute: false}) layout: ConferenceLayout = 'grid';
  @property({attribute: false}) silent = false;
  @property({attribute: false}) shortcuts: Shortcuts | 'none' = {};

  readonly #localize = new LocalizeController(this);
  readonly #row = new CallRow(this, this.#localize, () => this.shortcuts);
  readonly #tiles = new Tiles();
  /** The streams that have frames to show. */
  readonly #seen = new WeakSet<MediaStream>();

  constructor() {
    super();
    new StateController(this, () => [this.client, this.conference]);
    new ShortcutController(this, {
      shortcuts: () => (this.#isActive ? this.#row.shortcuts : {}),
      scope: () => this,
      press: (name) => this.#row.press(name),
    });
    new FocusKeeper(this);
  }

  protected override render(): TemplateResult {
    const {conference, layout, silent} = this;
    const localize = this.#localize;
    const title = localize.term('callWith', nameOf(conference.remote, localize));
    const {phase, soundBlocked} = conference.state;
    const answered = phase === 'answered';
    // The button that turns the sound on is between the tiles and the controls.
    const sounds = answered && (silent || soundBlocked) ? 'sounds' : '';
    return html`<div
      part="stage"
      class="stage ${answered ? layout : ''} ${sounds}"
      role="group"
      tabindex="-1"
      aria-label=${title}
    >
      ${this.#renderMiddle()} ${this.#renderTop()}
      <div class="hidden" role="status">${stateText(conference, localize)}</div>
      <div class="bottom">
        <sip-audio class="sound" exportparts="sound" .silent=${silent} @click=${this.#onSound}></sip-audio>
        ${this.#renderError()} ${this.#renderControls(title)}
      </div>
    </div>`;
  }

  #renderError(): TemplateResult | typeof nothing {
    const {error, client, commands} = this;
    if (!error) return nothing;
    return errorNotice(error, client.options.server, {
      localize: this.#localize,
      onDismiss: commands.dismiss,
    });
  }

  #renderTop(): TemplateResult {
    const localize = this.#localize;
    const {state} = this.conference;
    const health = state.phase === 'answered' ? healthText(state.health, localize) : undefined;
    const waits = state.phase !== 'answered' || state.listenOnly;
    return html`<div class="top">
      <span class="space"></span>
      ${health ? html`<span class="chip" role="status">${triangleAlertIcon}<span class="line">${health}</span></span>` : nothing}
      ${
        state.recording && state.phase === 'answered'
          ? html`<span class="chip recording" title=${localize.term('recordingOn')}
              ><span class="sign"></span><sip-duration of="recording"></sip-duration
            ></span>`
          : nothing
      }
      ${
        waits
          ? nothing
          : html`<div class="layouts" role="group" aria-label=${localize.term('layout')}>
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
            </div>`
      }
    </div>`;
  }

  #renderMiddle(): TemplateResult {
    const {conference, layout} = this;
    const {user} = this.client.options;
    const {phase, listenOnly} = conference.state;
    const {tiles, others} = this.#tiles.of(conference, user, this.#isSeen);
    // A video without frames is rendered, so that it starts, but hidden.
    const hidden = tiles.filter(({picture}) => picture && !this.#isSeen(picture));
    const seen = tiles.filter((tile) => !hidden.includes(tile));
    const words = phase !== 'answered' || (listenOnly && !seen.some(({picture}) => picture));
    const main = layout === 'grid' ? undefined : this.#tiles.main(seen, user);
    const beside = main ? this.#beside(main, seen) : [];
    const drawn = words ? [] : main ? [main, ...beside] : seen;
    const count = seen.length + (others ? 1 : 0);
    const look = main ? `large ${beside.length ? '' : 'alone'}` : `columns-${gridColumns(count)}`;
    return html`<div class="tiles ${look}" ?hidden=${words}>
        ${repeat(
          [...drawn, ...hidden],
          ({key}) => key,
          (tile) => this.#renderTile(tile, tile === main),
        )}
        ${
          others && !main && !words
            ? html`<div class="tile others">
                <span>${this.#localize.term('furtherMembers', String(others))}</span>
              </div>`
            : nothing
        }
      </div>
      ${words ? this.#renderWords() : nothing}`;
  }

  /** Returns the small tiles beside the large one; in video-only layout, only the user's own. */
  #beside(main: Tile, tiles: readonly Tile[]): readonly Tile[] {
    const rest = tiles.filter((tile) => tile !== main);
    if (this.layout === 'speaker') return rest.slice(0, BESIDE);
    return rest.filter(({kind}) => kind === 'own');
  }

  #renderTile({kind, picture, member}: Tile, isMain: boolean): TemplateResult {
    const seen = !!picture && this.#isSeen(picture);
    const look = [
      ...(isMain ? ['main'] : []),
      ...(this.layout === 'picture' ? ['full'] : []),
      ...(member && talks(member) ? ['talks'] : []),
      ...(picture && !seen ? ['unseen'] : []),
    ];
    return html`<sip-conference-tile
      part="tile"
      class="tile ${kind} ${look.join(' ')}"
      .picture=${picture}
      .member=${member}
      .own=${kind === 'own'}
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

  #renderControls(title: string): TemplateResult {
    const {conference, client, commands} = this;
    const localize = this.#localize;
    const {phase, listenOnly} = conference.state;
    if (this.#isActive && !listenOnly) return this.#row.render(conference, client.capabilities, title);
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
    return html`<div part="controls" class="controls" role="group" aria-label=${title}>${controls}</div>`;
  }

  get #isActive(): boolean {
    const {conference} = this;
    return conference.state.phase !== 'released' && !isWaiting(conference);
  }

  readonly #isSeen = ({stream}: RemotePicture): boolean => this.#seen.has(stream);

  #onFrames({stream}: RemotePicture): void {
    if (this.#seen.has(stream)) return;
    this.#seen.add(stream);
    this.requestUpdate();
  }

  readonly #onSound = (): void => {
    this.dispatchEvent(new SettingEvent({silent: false}));
  };
}
