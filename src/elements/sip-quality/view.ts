import {html, nothing, svg, type ReactiveElement, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipCall} from '../../core/call/call.js';
import '../../locales/quality-en.js';
import {stallText} from '../shared/call-texts.js';
import {notice} from '../shared/notice.js';
import {sheetFor} from '../shared/styles/foreign-styles.js';
import {chart} from './chart.js';
import {levelOf, type QualityLevel} from './level.js';
import {styles} from './styles.js';
import {table} from './table.js';

const TERMS = {
  good: 'qualityGood',
  fair: 'qualityFair',
  poor: 'qualityPoor',
  bad: 'qualityBad',
  stalled: 'qualityStalled',
  unknown: 'qualityUnknown',
} as const;

/** The number of bars of a level. */
const BARS: Readonly<Record<QualityLevel, number>> = {
  good: 4,
  fair: 3,
  poor: 2,
  bad: 1,
  stalled: 0,
  unknown: 0,
};

/** The complete view of a `<sip-quality>`, loaded with the first call. */
export class QualityView {
  readonly #host: ReactiveElement;
  readonly #localize: LocalizeController;
  #open = false;

  constructor(host: ReactiveElement, localize: LocalizeController) {
    this.#host = host;
    this.#localize = localize;
    // The element may be in a separate window.
    host.shadowRoot!.adoptedStyleSheets.push(sheetFor(host.ownerDocument.defaultView!, styles));
  }

  /** Whether the details are open. */
  get open(): boolean {
    return this.#open;
  }

  /** @param labelled - Whether the level is shown as text beside the bars. */
  render(call: SipCall | undefined, labelled: boolean): TemplateResult | typeof nothing {
    if (!call) {
      this.#open = false;
      return nothing;
    }
    const localize = this.#localize;
    const level = levelOf(call);
    const word = localize.term(TERMS[level]);
    const name = localize.term('quality', word);
    return html`<button
        part="button quality"
        class="control ${level}"
        type="button"
        popovertarget="details"
        aria-label=${name}
        title=${name}
      >
        ${bars(level)}${labelled ? html`<span class="line">${word}</span>` : nothing}
      </button>
      <div
        id="details"
        popover
        part="details"
        class="details"
        role="group"
        aria-label=${localize.term('qualityTitle')}
        @toggle=${this.#onToggle}
      >
        ${this.#open ? this.#renderDetails(call, level, word) : nothing}
      </div>`;
  }

  #renderDetails(call: SipCall, level: QualityLevel, word: string): TemplateResult {
    const localize = this.#localize;
    const {quality, qualityHistory, state} = call;
    const stall = state.stalled && stallText(state.stalled, localize);
    return html`<h2 class=${level}>${bars(level)}<span>${localize.term('quality', word)}</span></h2>
      ${stall ? notice(stall, {localize, warns: true}) : nothing}
      ${chart(qualityHistory, localize)}${quality ? table(quality, localize) : nothing}`;
  }

  readonly #onToggle = ({newState}: ToggleEvent): void => {
    this.#open = newState === 'open';
    this.#host.requestUpdate();
  };
}

/** Renders four bars, filled according to the level; crossed out if no media arrives. */
function bars(level: QualityLevel): TemplateResult {
  const heights = [6, 10, 14, 18];
  return html`<svg
    class="icon"
    viewBox="0 0 24 24"
    width="20"
    height="20"
    aria-hidden="true"
    focusable="false"
  >
    ${heights.map(
      (height, index) =>
        svg`<rect class=${index < BARS[level] ? 'full' : 'empty'} x=${1 + index * 6} y=${21 - height} width="4" height=${height} rx="1"/>`,
    )}
    ${level === 'stalled' ? svg`<path class="stroke" d="M3 3 21 21"/>` : nothing}
  </svg>`;
}
