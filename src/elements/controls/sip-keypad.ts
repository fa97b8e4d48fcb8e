import '../../locales/controls-en.js';
import {html, nothing, type CSSResultGroup, type TemplateResult} from 'lit';
import type {SipCall} from '../../core/call/call.js';
import {CallControlElement} from './call-control.js';
import {keypad} from './keypad.js';
import {keypadStyles} from './keypad.styles.js';
import {commandNotice} from '../shared/notice.js';
import {property} from '../shared/property.js';
import {styles} from './sip-keypad.styles.js';

const KEY = /^[0-9*#]$/;
/** The maximum number of sent tones shown. */
const SHOWN = 14;

/** A key that was pressed, and whether its tone was sent. */
interface Pressed {
  readonly key: string;
  sent: boolean;
}

/**
 * Sends DTMF tones in a call: twelve keys, and a display of the keys sent.
 *
 * While the focus is inside, it also accepts the digits, `*` and `#` of the keyboard. Each key is heard locally when
 * pressed, whatever happens to its tone; the display marks the tone as sent once it was sent. The keys are disabled
 * before the call is answered, unless early media is already playing.
 *
 * @fires {CustomEvent<{error: SipError}>} sip-error - A tone could not be sent.
 * @csspart panel - The box around everything.
 * @csspart sent - The keys sent.
 * @csspart keypad - The keypad.
 * @csspart key - Each key.
 * @csspart notice - A message about a failure.
 */
export class SipKeypadElement extends CallControlElement {
  static override styles: CSSResultGroup = [CallControlElement.styles, keypadStyles, styles];

  /** Turns the local key tones off. */
  @property({type: Boolean, reflect: true}) silent = false;

  #pressed: readonly Pressed[] = [];
  #call: SipCall | undefined;
  /** The text for screen readers: the last key. */
  #announcement = '';

  /** Moves the focus to the current key. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('.key[tabindex="0"]')?.focus(options);
  }

  /** Does nothing, because there is no single button to press. */
  override click(): void {
    HTMLElement.prototype.click.call(this);
  }

  protected override willUpdate(): void {
    if (this.current === this.#call) return;
    this.#call = this.current;
    this.#pressed = [];
    this.#announcement = '';
    this.commands.dismiss();
  }

  protected override render(): TemplateResult {
    const {localize} = this;
    const reason = this.#reason;
    const shown = this.#pressed.slice(-SHOWN);
    return html`<div part="panel" class="card" @keydown=${this.#onKeydown}>
      <div class="shown">
        <output part="sent" class="number" dir="ltr" aria-live="off" aria-label=${localize.term('tonesSent')}
          >${shown.length < this.#pressed.length ? '…' : nothing}${shown.map(({key, sent}) =>
            sent ? key : html`<span class="waits">${key}</span>`,
          )}</output
        >
        <p id="hint" class="hint quiet" ?hidden=${!reason && shown.length > 0}>
          ${reason ?? localize.term('tonesHint')}
        </p>
      </div>
      ${keypad(localize, this.#press, {plain: true, disabledBy: reason === undefined ? undefined : 'hint'})}
      ${commandNotice(this.commands, localize)}
      <div class="hidden" role="status">${this.#announcement}</div>
    </div>`;
  }

  /** Why the keys are disabled now. */
  get #reason(): string | undefined {
    const {current: call, localize} = this;
    if (!call) return this.absence;
    const {phase, media} = call.state;
    if (phase === 'released') return localize.term('noCall');
    if (phase === 'answered') return undefined;
    const speaks = call.direction === 'outgoing' && media.audio !== 'inactive';
    return speaks ? undefined : localize.term('notYetTones');
  }

  readonly #press = (key: string): void => {
    const call = this.current;
    if (!call || this.#reason !== undefined) return;
    if (!this.silent) void this.client?.ringer.playKey(key);
    const pressed: Pressed = {key, sent: false};
    this.#pressed = [...this.#pressed.slice(-SHOWN), pressed];
    const name = {'*': this.localize.term('star'), '#': this.localize.term('hash')}[key] ?? key;
    // A changed text lets a screen reader announce the same key again.
    this.#announcement = name === this.#announcement ? `${name}\u00a0` : name;
    void this.commands.run(async () => {
      try {
        await call.sendDtmf(key);
        pressed.sent = true;
      } catch (error) {
        this.#pressed = this.#pressed.filter((other) => other !== pressed);
        throw error;
      }
    });
  };

  readonly #onKeydown = (event: KeyboardEvent): void => {
    const {key, repeat, isComposing} = event;
    // Some keyboards have `#` on the AltGr level, which also reports Ctrl and Alt.
    const modified = (event.ctrlKey || event.altKey || event.metaKey) && !event.getModifierState('AltGraph');
    if (!KEY.test(key) || repeat || isComposing || modified) return;
    event.preventDefault();
    this.#press(key);
    this.renderRoot.querySelector(`[data-key="${key}"]`)?.animate({opacity: [0.4, 1]}, 200);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-keypad': SipKeypadElement;
  }
}
