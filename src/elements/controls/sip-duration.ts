import {css, html, nothing, type TemplateResult} from 'lit';
import {ClockController, formatDuration} from '../../controllers/clock-controller.js';
import {CallControlElement} from './call-control.js';
import {property} from '../shared/property.js';

const styles = css`
  :host {
    display: inline;
    --_display: initial;
    font: inherit !important;
    color: inherit !important;
  }
`;

/**
 * Shows the duration of the call or of its recording: `0:05`, `12:07`, `1:02:03`. It is empty before and after. All
 * durations on a page share one timer.
 *
 * @csspart time - The time.
 */
export class SipDurationElement extends CallControlElement {
  static override styles = [super.styles, styles];

  /** What is counted: the `call` or the `recording`. */
  @property() of: 'call' | 'recording' = 'call';

  readonly #clock = new ClockController(this, () => this.#passed);

  /** Full seconds; undefined while nothing is counted. */
  get seconds(): number | undefined {
    return this.#clock.seconds;
  }

  protected override render(): TemplateResult | typeof nothing {
    const {seconds} = this.#clock;
    if (seconds === undefined) return nothing;
    return html`<span part="time" class="number" role="timer">${formatDuration(seconds)}</span>`;
  }

  get #passed(): number | undefined {
    const {current} = this;
    if (current?.state.phase !== 'answered') return undefined;
    return this.of === 'recording' ? current.recordingDuration : current.duration;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-duration': SipDurationElement;
  }
}
