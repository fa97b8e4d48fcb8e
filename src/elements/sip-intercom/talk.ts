import {html, nothing, type ReactiveController, type TemplateResult} from 'lit';
import {ClockController, formatDuration} from '../../controllers/clock-controller.js';
import type {SipIntercom} from '../../core/intercom/intercom.js';
import {toSipError} from '../../errors.js';
import {healthText} from '../shared/call-texts.js';
import {floorText} from '../shared/floor-text.js';
import {micIcon, radioIcon} from '../shared/icons.js';
import {initialsOf} from '../shared/people/people.js';
import {normalizeShortcut} from '../shared/shortcuts.js';
import {FloorWatch} from './floor-watch.js';
import {HoldToTalk} from './hold-to-talk.js';
import type {IntercomContext} from './host.js';

/** The speaker, and the button that lets the user speak while it is held. */
export class Talk implements ReactiveController {
  readonly #context: IntercomContext;
  readonly #hold: HoldToTalk;
  readonly #watch: FloorWatch;
  readonly #clock: ClockController;
  #intercom: SipIntercom | undefined;
  /** The intercom whose floor the held button requested. */
  #asked: SipIntercom | undefined;

  constructor(context: IntercomContext) {
    const {host, localize} = (this.#context = context);
    host.addController(this);
    this.#watch = new FloorWatch({localize, onCue: (name) => void context.client()?.ringer.playCue(name)});
    this.#clock = new ClockController(host, () => this.#watch.spoken);
    this.#hold = new HoldToTalk(host, {
      pushKey: () => this.#pushKey,
      toggles: () => host.pressToToggle,
      ready: () => this.#ready,
      onHold: () => void this.#ask(),
      onLetGo: () => void this.#giveBack(),
    });
  }

  hostConnected(): void {
    this.#watch.follow(this.#intercom);
  }

  /** Stops the tones and announcements of a button that is not on the page. */
  hostDisconnected(): void {
    this.#watch.follow(undefined);
  }

  /** Follows the intercom shown; a button that is still held does not speak into another one. */
  follow(intercom: SipIntercom | undefined): void {
    if (intercom !== this.#intercom) void this.#giveBack();
    this.#intercom = intercom;
    this.#watch.follow(intercom);
  }

  render(intercom: SipIntercom): TemplateResult {
    const {host, localize} = this.#context;
    const {floor} = intercom.state;
    const hold = this.#hold;
    const label = localize.term(host.pressToToggle ? 'pressToTalk' : 'holdToTalk');
    return html`<div class="hidden" role="status">${this.#watch.news}</div>
      <div class="talk ${floor}">
        ${this.#renderSpeaker(intercom)}
        <button
          part="talk"
          class="push ${floor === 'granted' ? 'rings' : ''}"
          type="button"
          aria-describedby="hint"
          aria-disabled=${this.#ready ? nothing : 'true'}
          aria-pressed=${host.pressToToggle ? String(hold.held) : nothing}
          aria-keyshortcuts=${normalizeShortcut(this.#pushKey) || nothing}
          @pointerdown=${hold.onPointerdown}
          @keydown=${hold.onKeydown}
          @blur=${hold.onBlur}
          @click=${hold.onClick}
          @contextmenu=${(event: Event) => event.preventDefault()}
        >
          ${micIcon}<span>${label}</span>
        </button>
        <p id="hint" class="quiet hint">${this.#hint(intercom)}</p>
      </div>`;
  }

  #renderSpeaker(intercom: SipIntercom): TemplateResult {
    const {floor, speaker} = intercom.state;
    const text = this.#trouble(intercom) ?? floorText(intercom, this.#context.localize);
    const {seconds} = this.#clock;
    return html`<div part="speaker" class="speaker">
      <span class="avatar" aria-hidden="true"
        >${floor === 'granted' ? micIcon : floor === 'taken' && speaker ? initialsOf(speaker) : radioIcon}</span
      >
      <bdi class="line" title=${text}>${text}</bdi>
      ${
        floor === 'granted' && seconds !== undefined
          ? html`<span part="time" class="number">${formatDuration(seconds)}</span>`
          : nothing
      }
    </div>`;
  }

  /** Describes a connection problem, shown instead of the floor, which is then unknown. */
  #trouble({state}: SipIntercom): string | undefined {
    const {localize, client} = this.#context;
    const connection = client()?.state.connection;
    if (connection && connection !== 'connected') return localize.term(connection);
    return healthText(state.health, localize);
  }

  /** Returns the hint for the current state. */
  #hint({state}: SipIntercom): string {
    const {host, localize} = this.#context;
    const {floor, speaker, revoked} = state;
    const toggles = host.pressToToggle;
    if (!sends(this.#intercom!)) return localize.term('notHeard');
    if (floor === 'granted') return localize.term(toggles ? 'pressAgainHint' : 'letGoHint');
    if (floor === 'queued') return localize.term(toggles ? 'floorQueuedPressHint' : 'floorQueuedHint');
    if (revoked) return localize.term('floorRevoked');
    if (this.#watch.denied)
      return localize.describe({code: 'floor-denied', subject: speaker?.name || speaker?.number});
    const key = normalizeShortcut(this.#pushKey);
    if (key) return localize.term(toggles ? 'pressKeyHint' : 'holdKeyHint', key);
    return localize.term(toggles ? 'pressHint' : 'holdHint');
  }

  /** The key as the page set it, or empty if it was removed. */
  get #pushKey(): string {
    return String(this.#context.host.pushKey ?? '');
  }

  get #ready(): boolean {
    const intercom = this.#intercom;
    const connected = this.#context.client()?.state.connection === 'connected';
    return connected && intercom?.state.phase === 'answered' && sends(intercom);
  }

  async #ask(): Promise<void> {
    const intercom = (this.#asked = this.#intercom);
    const {commands, host} = this.#context;
    commands.dismiss();
    try {
      await intercom?.requestFloor();
    } catch (cause) {
      const {code} = toSipError(cause);
      if (code === 'floor-denied' && intercom === this.#intercom) this.#watch.deny();
      else this.#fail(cause);
      host.requestUpdate();
    }
  }

  /** Mutes at once; the server's reply follows later. */
  async #giveBack(): Promise<void> {
    const intercom = this.#asked;
    this.#asked = undefined;
    try {
      await intercom?.releaseFloor();
    } catch (cause) {
      this.#fail(cause);
    }
  }

  /** Does not report a lost connection, which is shown anyway. */
  #fail(cause: unknown): void {
    const error = toSipError(cause);
    const lost = this.#context.client()?.state.connection !== 'connected';
    if (error.code !== 'aborted' && error.code !== 'connection-lost' && !lost)
      this.#context.commands.tell(error);
  }
}

/** Whether the user's microphone is part of the call. */
function sends({state}: SipIntercom): boolean {
  return state.media.audio === 'sendrecv' || state.media.audio === 'sendonly';
}
