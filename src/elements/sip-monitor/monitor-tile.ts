import {html, LitElement, nothing, type TemplateResult} from 'lit';
import {property, query} from 'lit/decorators.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {BaseClient} from '../../core/client/client.js';
import type {SipCall} from '../../core/call/call.js';
import {durations} from '../../durations/page.js';
import {LazyMenu} from '../shared/calls/lazy-menu.js';
import {SoundMenuElement} from '../shared/calls/sound-menu.js';
import {deepestFocus} from '../shared/focus.js';
import {FocusKeeper} from '../shared/focus-keeper.js';
import {triangleAlertIcon, volume2Icon, xIcon} from '../shared/icons.js';
import {ellipsisIcon, rotateCwIcon} from '../shared/icons/later.js';
import {dragPerson} from '../shared/people/dragged-person.js';
import {initialsOf, nameOf, pictureOf, titleOf} from '../shared/people/people.js';
import {repeat} from '../shared/repeat.js';
import {initials} from '../shared/styles/list-panel.styles.js';
import {menuBox} from '../shared/styles/row-menu.styles.js';
import {inner} from '../shared/styles/shared.styles.js';
import type {SipVideoElement} from '../sip-video/sip-video.js';
import type {Camera} from './cameras.js';
import {maximizeIcon, minimizeIcon, volumeXIcon} from './icons.js';
import {styles} from './monitor-tile.styles.js';
import {Sight} from './sight.js';
import {framesShown, keepFrame} from './still.js';
import {cameraReason, cameraState, cameraSymbol, lastText, retryText} from './texts.js';
import {timeOfDay} from '../shared/history-time.js';

/** What of a tile has presses of its own. */
const CONTROLS = '.controls, .retry, sip-sound-menu';

/**
 * A tile of a `<sip-monitor>`: the video of one camera with its name, state and controls, or the message in its place.
 * It releases a video that is out of view, and keeps its last frame as a still image.
 *
 * @fires {CustomEvent} sound - The user wants the sound turned on or off.
 * @fires {CustomEvent} close - The user wants the tile removed.
 * @fires {CustomEvent} use - The user has begun or ceased to use the video: its menu, or full screen.
 * @fires {CustomEvent<string>} done - An action of its menu was done: the text says which.
 */
export class MonitorTileElement extends LitElement {
  static readonly parts = `tile, time, controls, photo, record, sound, full-screen, camera-more, camera-menu, invite, close, retry, ${SoundMenuElement.parts}`;

  static override styles = [inner, initials, menuBox, styles];

  @property({attribute: false}) camera!: Camera;
  /** Whether the camera's sound is on. */
  @property({attribute: false}) sounding = false;
  @property({attribute: false}) client: BaseClient | undefined;
  /** Whether the user cannot close the tile: a round decides which cameras are shown. */
  @property({attribute: false}) fixed = false;

  @query('.tile') private readonly box!: HTMLElement;
  @query('canvas') private readonly still!: HTMLCanvasElement;
  @query('sip-video') private readonly video!: SipVideoElement | null;
  readonly #localize = new LocalizeController(this);
  readonly #menu = new LazyMenu(this, this.#localize, async () => import('./tools.js'));
  readonly #sight = new Sight(this, () => {
    this.#look();
    this.requestUpdate();
    this.#dispatch('use');
  });
  /** Since when the tile has been out of view. */
  #unseen: number | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    new FocusKeeper(this, '.tile');
    new StateController(this, () => [this.camera.subscription, this.camera.subscription.state.call]);
  }

  /** Whether the user uses this video: its menu, full screen, a recording, or its controls by the keyboard. */
  get used(): boolean {
    const {recording} = this.camera.subscription.state.call?.state ?? {};
    const opened = this.#menuElement?.matches(':popover-open') ?? false;
    return this.#sight.fills || !!recording || opened || this.#hasFocusVisible;
  }

  get #hasFocusVisible(): boolean {
    return deepestFocus(this.shadowRoot)?.matches(':focus-visible') ?? false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#wind();
  }

  override focus(options?: FocusOptions): void {
    this.box.focus(options);
  }

  protected override updated(): void {
    if (this.camera.subscription.state.phase === 'off') this.still.hidden = true;
    this.#wind();
  }

  protected override render(): TemplateResult {
    const {camera, sounding} = this;
    const {key, party, subscription} = camera;
    const {phase, call} = subscription.state;
    const name = nameOf(party, this.#localize);
    const number = name === party.number ? '' : party.number;
    const now = performance.now();
    const state = cameraState(camera, this.#localize, now);
    const reason = cameraReason(camera, this.#localize);
    return html`<div
      part="tile"
      class="tile ${phase}"
      data-key=${key}
      data-phase=${phase}
      role="listitem"
      tabindex="-1"
      aria-label=${this.#localize.explained(this.#localize.listed([name, state]), reason)}
      draggable="true"
      @pointerdown=${this.#onPress}
      @dragstart=${this.#onDrag}
      @focusin=${this.#onFocus}
      @focusout=${this.#onFocus}
      @contextmenu=${this.#onContext}
      @dblclick=${this.#onDouble}
    >
      <canvas class="still" hidden></canvas>
      ${repeat(
        call ? [call] : [],
        ({id}) => id,
        (shown) => html`<sip-video .call=${shown} @sip-picture=${this.#look}></sip-video>`,
      )}
      ${phase === 'live' ? nothing : this.#renderWords(state, reason)}
      <div class="top">
        <span class="chip caption" title=${titleOf(party, this.#localize)}
          ><bdi class="line">${name}</bdi
          >${number ? html`<bdi class="number">${number}</bdi>` : nothing}</span
        >
        <span class="space"></span>
        ${
          call?.state.recording
            ? html`<span class="chip recording" title=${this.#localize.term('recordingOn')}
                ><span class="sign"></span
              ></span>`
            : nothing
        }
        ${call && sounding ? this.#renderSoundMenu(call, name) : nothing} ${this.#renderTime(state, now)}
      </div>
      ${call && sounding ? html`<sip-audio class="sound" .call=${call} .special=${true}></sip-audio>` : nothing}
      <div part="controls" class="controls" role="group" aria-label=${name}>
        ${this.#renderControls(call, name)}
      </div>
    </div>`;
  }

  #renderSoundMenu(call: SipCall, name: string): TemplateResult {
    return html`<sip-sound-menu
      exportparts=${SoundMenuElement.parts}
      .call=${call}
      .devices=${this.client?.devices}
      .label=${name}
      .volumeLabel=${this.#localize.term('cameraVolume')}
    ></sip-sound-menu>`;
  }

  /** Renders the time of the last frame: a clock that runs as long as new frames arrive. */
  #renderTime(state: string, now: number): TemplateResult | typeof nothing {
    const {subscription} = this.camera;
    const {liveSince, seenAt} = subscription;
    if (liveSince === undefined || seenAt === undefined) return nothing;
    const late = subscription.isLate(now);
    const since = this.#localize.term('pictureLiveSince', timeOfDay(liveSince, this.#localize.lang()));
    return html`<span part="time" class="chip live ${late ? 'late' : ''}" title=${late ? state : since}
      >${late ? triangleAlertIcon : nothing}<span class="hidden">${state}</span
      ><time class="number">${timeOfDay(seenAt, this.#localize.lang())}</time></span
    >`;
  }

  /** Renders what is shown while no video plays: a symbol, and as many words as there is room for. */
  #renderWords(state: string, reason: string): TemplateResult {
    const {camera} = this;
    const {phase} = camera.subscription.state;
    const when = [lastText(camera, this.#localize), retryText(camera, this.#localize)].filter(Boolean);
    const again = this.#localize.term('tryAgain');
    const symbol = cameraSymbol(camera);
    return html`<div class="words" title=${[state, reason, ...when].filter(Boolean).join('\n')}>
      <span class="symbol"
        >${
          symbol ??
          html`<span
            class="avatar ${phase === 'connecting' ? 'rings' : ''}"
            aria-hidden="true"
            data-initials=${initialsOf(camera.party)}
            >${pictureOf(camera.party)}</span
          >`
        }</span
      >
      <b class="state">${state}</b>
      ${reason ? html`<p class="hint">${reason}</p>` : nothing}
      ${when.length ? html`<p class="when number">${when.map((text) => html`<span>${text}</span> `)}</p>` : nothing}
      ${
        phase === 'refused' || phase === 'waiting'
          ? html`<button
              part="retry"
              class="pill retry"
              type="button"
              aria-label=${this.#localize.explained(again, nameOf(camera.party, this.#localize))}
              title=${again}
              @click=${() => camera.subscription.begin()}
            >
              ${rotateCwIcon} <span>${again}</span>
            </button>`
          : nothing
      }
    </div>`;
  }

  #renderControls(call: SipCall | undefined, name: string): unknown {
    const localize = this.#localize;
    const {sounding} = this;
    const {fills} = this.#sight;
    const {phase} = this.camera.subscription.state;
    const shows = call && (phase === 'live' || phase === 'stalled');
    return html`${
      shows
        ? html`<sip-photo-button exportparts="photo" .call=${call}></sip-photo-button
            ><sip-record-button exportparts="record" .call=${call}></sip-record-button>${this.#button(
              'sound',
              localize.term(sounding ? 'soundOff' : 'soundOn'),
              sounding ? volume2Icon : volumeXIcon,
              this.#dispatch,
              sounding,
            )}`
        : nothing
    }${
      document.fullscreenEnabled && (shows || fills)
        ? this.#button(
            'full-screen',
            localize.term(fills ? 'leaveFullScreen' : 'fullScreen'),
            fills ? minimizeIcon : maximizeIcon,
            this.#fill,
          )
        : nothing
    }${this.#renderMenu(name)}${
      this.fixed ? nothing : this.#button('close', localize.term('closePicture', name), xIcon, this.#dispatch)
    }`;
  }

  #renderMenu(name: string): TemplateResult {
    const label = this.#localize.term('cameraMenu', name);
    const {client, camera} = this;
    return html`<button
        part="camera-more"
        class="control"
        type="button"
        popovertarget="menu"
        aria-haspopup="menu"
        aria-label=${label}
        title=${label}
      >
        ${ellipsisIcon}
      </button>
      <div part="camera-menu" id="menu" class="menu" popover @toggle=${this.#onMenu}>
        ${this.#menu.render(
          () =>
            html`<sip-monitor-menu
              exportparts="invite"
              .client=${client}
              .party=${camera.party}
              @close=${() => this.#menuElement?.hidePopover()}
              @done=${({detail}: CustomEvent<string>) => this.dispatchEvent(new CustomEvent('done', {detail}))}
            ></sip-monitor-menu>`,
        )}
      </div>`;
  }

  get #menuElement(): HTMLElement | null {
    return this.renderRoot.querySelector('#menu');
  }

  #button(
    part: 'sound' | 'full-screen' | 'close',
    name: string,
    icon: TemplateResult,
    onClick: (part: string) => void,
    pressed = false,
  ): TemplateResult {
    return html`<button
      part=${part}
      class="control ${pressed ? 'on' : ''}"
      type="button"
      aria-label=${name}
      title=${name}
      @click=${() => onClick(part)}
    >
      ${icon}
    </button>`;
  }

  readonly #dispatch = (what: string): void => {
    this.dispatchEvent(new CustomEvent(what));
  };

  readonly #fill = (): void => {
    if (!document.fullscreenEnabled) return;
    const done = this.#sight.fills ? document.exitFullscreen() : this.box.requestFullscreen();
    // The browser refuses full screen without a user gesture; nothing changes then.
    done.catch(() => {});
  };

  readonly #onDouble = ({target}: Event): void => {
    if (!(target as Element).closest(CONTROLS)) this.#fill();
  };

  /** A press on a control, such as a slider, does not drag the tile. */
  readonly #onPress = ({target}: Event): void => {
    this.box.draggable = !(target as Element).closest(CONTROLS) && !this.#sight.fills;
  };

  readonly #onFocus = (): void => this.#dispatch('use');

  readonly #onDrag = (event: DragEvent): void => dragPerson(event, this.camera.party);

  /** The right button of the mouse, a long press and the menu key open the menu. */
  readonly #onContext = (event: Event): void => {
    // A long press drags the tile.
    const isTouch = 'pointerType' in event && event.pointerType === 'touch';
    if (isTouch || (event.target as Element).closest('.menu, sip-sound-menu')) return;
    event.preventDefault();
    this.renderRoot.querySelector<HTMLElement>('[part=camera-more]')?.click();
  };

  readonly #onMenu = (event: ToggleEvent): void => {
    this.#dispatch('use');
    void this.#menu.onToggle(event);
  };

  /** Checks regularly whether the video plays, while it is wanted. */
  #wind(): void {
    const runs = this.isConnected && this.camera.subscription.state.phase !== 'off';
    if (runs) this.#timer ??= setInterval(this.#look, durations.monitorInterval);
    else {
      clearInterval(this.#timer);
      this.#timer = undefined;
    }
  }

  /** Checks whether the video plays and whether it is in view. */
  readonly #look = (): void => {
    const {subscription} = this.camera;
    const {phase, call, retryAt} = subscription.state;
    if (phase === 'off') return;
    // Updates the time of the last frame, or the countdown to the next attempt.
    if (retryAt !== undefined || phase === 'live') this.requestUpdate();
    const now = performance.now();
    if (this.#sight.visible) {
      this.#unseen = undefined;
      subscription.resume();
      const player = this.video?.player;
      if (subscription.look(player ? framesShown(player) : undefined, now) && player)
        keepFrame(this.still, player);
      return;
    }
    this.#unseen ??= now;
    // A video being recorded or listened to need not be visible.
    const used = this.sounding || call?.state.recording;
    if (!used && now - this.#unseen >= durations.monitorHidden) subscription.pause();
    else subscription.look(undefined, now);
  };
}
