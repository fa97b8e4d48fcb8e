import {html, LitElement, nothing, type PropertyValues, type TemplateResult} from 'lit';
import {property} from 'lit/decorators.js';
import {callContext} from '../../context/call-context.js';
import {ClientController} from '../../controllers/client-controller.js';
import {ClockController, formatDuration} from '../../controllers/clock-controller.js';
import type {CommandController} from '../../controllers/command-controller.js';
import {commandsContext, inherited} from '../../controllers/inherited.js';
import {LocalizeController} from '../../controllers/localize-controller.js';
import {StateController} from '../../controllers/state-controller.js';
import type {FloorState} from '../../core/intercom/floor.js';
import type {SipIntercom} from '../../core/intercom/intercom.js';
import {toSipError} from '../../errors.js';
import {troubleText} from '../shared/calls/call-texts.js';
import {micIcon} from '../shared/icons/controls.js';
import {radioIcon} from '../shared/icons/later.js';
import {initialsOf, pictureOf} from '../shared/people/people.js';
import {normalizeShortcut} from '../shared/shortcuts.js';
import {inner} from '../shared/styles/shared.styles.js';
import {floorText, queueText, revokedText} from '../shared/talk/floor-text.js';
import {HoldToTalk} from '../shared/talk/hold-to-talk.js';
import {limitOf} from '../shared/talk/push-key.js';
import {TALK_DEVICES_PARTS, TalkDevicesController} from '../shared/talk/talk-devices-controller.js';
import {FloorWatch} from './floor-watch.js';
import {styles} from './intercom-talk.styles.js';

/** How many seconds before its end the speaker's time is counted down. */
const COUNTDOWN = 15;

/** The speaker of a connected intercom, and the button that lets the user speak while it is held. */
export class IntercomTalkElement extends LitElement {
  static readonly parts = `speaker, time, queue, talk, ${TALK_DEVICES_PARTS}`;

  static override styles = [inner, styles];

  @inherited(callContext) intercom!: SipIntercom;
  /** Shows the failures. */
  @inherited(commandsContext) commands!: CommandController;
  /** As in `<sip-intercom>`. */
  @property({attribute: false}) pushKey = '';
  @property({attribute: false}) pressToToggle = false;

  readonly #client = new ClientController(this);
  readonly #localize = new LocalizeController(this);
  readonly #watch = new FloorWatch(this.#localize, (name) => void this.#client.client?.ringer.playCue(name));
  readonly #clock = new ClockController(this, () => this.#watch.passed);
  readonly #hold = new HoldToTalk(this, {
    pushKey: () => this.#pushKey,
    toggles: () => this.pressToToggle,
    ready: () => this.#ready,
    heard: () => this.intercom.state.floor === 'granted',
    onHold: () => void this.#requestFloor(),
    onRelease: () => void this.#releaseFloor(),
  });
  readonly #devices = new TalkDevicesController(this, {
    client: () => this.#client.client,
    held: (target) => (this.#isTarget(target) ? this.#hold : undefined),
    onPress: (target) => {
      if (this.#isTarget(target) && !this.#ready) void this.#client.client?.ringer.playCue('denied');
    },
  });
  /** The intercom whose floor the held button requested. */
  #requested: SipIntercom | undefined;

  constructor() {
    super();
    new StateController(this, () => [this.#client.client, this.intercom]);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#watch.follow(this.intercom);
  }

  /** Stops the tones and announcements of a button that is not on the page. */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#watch.follow(undefined);
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector('button')?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Without the floor, the next press asks for it again.
    if (['idle', 'taken'].includes(this.intercom.state.floor)) this.#hold.releasePress();
    if (!changed.has('intercom')) return;
    // A button that is still held does not speak into another intercom.
    if (changed.get('intercom')) void this.#releaseFloor();
    if (this.isConnected) this.#watch.follow(this.intercom);
  }

  protected override render(): TemplateResult {
    const {intercom, pressToToggle} = this;
    const {floor} = intercom.state;
    const hold = this.#hold;
    const {key} = hold;
    return html`<div class="hidden" role="status">${this.#watch.announcement}</div>
      <div class="talk ${floor}">
        ${this.#renderSpeaker(intercom)}
        <button
          part="talk"
          class="push ${floor === 'granted' ? 'rings' : ''}"
          type="button"
          aria-describedby="hint"
          aria-disabled=${this.#ready ? nothing : 'true'}
          aria-pressed=${pressToToggle ? String(hold.held || floor === 'granted') : nothing}
          aria-keyshortcuts=${normalizeShortcut(key) || nothing}
          @pointerdown=${hold.onPointerdown}
          @keydown=${hold.onKeydown}
          @blur=${hold.onBlur}
          @click=${hold.onClick}
          @contextmenu=${(event: Event) => event.preventDefault()}
        >
          ${micIcon}<span>${this.#localize.term(this.#label(floor))}</span>
        </button>
        <p id="hint" class="quiet hint">${this.#hint(intercom)}</p>
        ${this.#devices.render({
          localize: this.#localize,
          commands: this.commands,
          groups: [intercom.remote],
          anyGroup: this.#localize.term('anyGroup'),
        })}
      </div>`;
  }

  #renderSpeaker(intercom: SipIntercom): TemplateResult {
    const {floor, speaker: given} = intercom.state;
    const speaker = given && intercom.identify(given);
    const localize = this.#localize;
    const trouble = this.#trouble(intercom);
    const text = trouble ?? floorText(intercom, localize);
    const {left = Infinity} = this.#watch;
    const ends = left <= COUNTDOWN;
    const spoken = floor === 'granted' ? formatDuration(this.#clock.seconds ?? 0) : '';
    const time = ends ? localize.term('secondsLeft', String(left)) : spoken;
    const queue = queueText(intercom.state, localize);
    return html`<div part="speaker" class="speaker">
      <span class="avatar" aria-hidden="true"
        >${floor === 'granted' ? micIcon : floor === 'taken' && speaker ? [initialsOf(speaker), pictureOf(speaker)] : radioIcon}</span
      >
      <span class="words">
        <bdi class="line" title=${text}>${text}</bdi>
        ${
          !trouble && (time || queue)
            ? html`<span class="facts">
                ${time ? html`<span part="time" class="number ${ends ? 'ends' : ''}">${time}</span>` : nothing}
                ${queue ? html`<span part="queue" class="line">${queue}</span>` : nothing}
              </span>`
            : nothing
        }
      </span>
    </div>`;
  }

  /** Describes a connection problem, shown instead of the floor, which is then unknown. */
  #trouble(call: SipIntercom): string | undefined {
    const connection = this.#client.client?.state.connection;
    if (connection && connection !== 'connected') return this.#localize.term(connection);
    return troubleText(call, this.#localize);
  }

  /** What pressing or releasing the button does now. */
  #label(floor: FloorState): Label {
    const {held, pressed} = this.#hold;
    if (floor === 'granted') return held && !pressed ? 'releaseToStop' : 'pressToStop';
    if (held && (floor === 'requested' || floor === 'queued'))
      return pressed ? 'pressToCancel' : 'releaseToCancel';
    return this.pressToToggle ? 'pressToTalk' : 'holdToTalk';
  }

  /** Returns the hint for the current state. */
  #hint({state}: SipIntercom): string {
    const localize = this.#localize;
    const {floor, speaker, revoked} = state;
    const toggles = this.pressToToggle;
    if (!sends(this.intercom)) return localize.term('notHeard');
    if (floor === 'granted') return localize.term('heardHint');
    if (floor === 'queued')
      return localize.term(toggles || this.#hold.pressed ? 'floorQueuedPressHint' : 'floorQueuedHint');
    if (revoked) return revokedText(state, localize);
    if (this.#watch.denied)
      return localize.describe({code: 'floor-denied', subject: speaker?.name || speaker?.number});
    const key = normalizeShortcut(this.#hold.key);
    if (!key) return localize.term(toggles ? 'pressHint' : 'holdHint');
    const hint = localize.term(toggles ? 'pressKeyHint' : 'holdKeyHint', key);
    const limit = limitOf(key);
    if (limit === 'none') return hint;
    return localize.sentences([hint, localize.term(limit === 'typing' ? 'keyWhileTyping' : 'keyOnControls')]);
  }

  /** Whether a device speaks to this intercom; one for no certain group does. */
  #isTarget(target: string): boolean {
    return !target || target === this.intercom.remote.number;
  }

  /** The key as the page set it, or empty if it was removed. */
  get #pushKey(): string {
    return String(this.pushKey ?? '');
  }

  get #ready(): boolean {
    const {intercom} = this;
    const connected = this.#client.client?.state.connection === 'connected';
    return connected && intercom.state.phase === 'answered' && sends(intercom);
  }

  async #requestFloor(): Promise<void> {
    const intercom = (this.#requested = this.intercom);
    this.commands.dismiss();
    try {
      await intercom.requestFloor();
    } catch (cause) {
      const {code} = toSipError(cause);
      if (code === 'floor-denied' && intercom === this.intercom) this.#watch.deny();
      else this.#fail(cause);
      this.requestUpdate();
    }
  }

  /** Mutes at once; the server's reply follows later. */
  async #releaseFloor(): Promise<void> {
    const intercom = this.#requested;
    this.#requested = undefined;
    try {
      await intercom?.releaseFloor();
    } catch (cause) {
      this.#fail(cause);
    }
  }

  /** Does not report a lost connection, which is shown anyway. */
  #fail(cause: unknown): void {
    const error = toSipError(cause);
    const lost = this.#client.client?.state.connection !== 'connected';
    if (error.code !== 'aborted' && error.code !== 'connection-lost' && !lost) this.commands.fail(error);
  }
}

type Label =
  'holdToTalk' | 'pressToTalk' | 'pressToCancel' | 'pressToStop' | 'releaseToCancel' | 'releaseToStop';

/** Whether the user's microphone is part of the call. */
function sends({state}: SipIntercom): boolean {
  return state.media.audio === 'sendrecv' || state.media.audio === 'sendonly';
}
