import {html, nothing, svg, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {SipCall} from '../../core/call/call.js';
import '../../locales/call/quality-en.js';
import {stallText} from '../shared/calls/call-texts.js';
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

/** What is rendered beside a call's quality, and how. */
export interface QualityViewOptions {
  readonly localize: LocalizeController;
  /** Whether the level is shown as text beside the bars. */
  readonly labelled: boolean;
  /** Whether the details are open. */
  readonly open: boolean;
  readonly onToggle: (event: ToggleEvent) => void;
}

/** Adds the styles of the view to a root, which may be in a separate window. */
export function addStyles(root: ShadowRoot): void {
  root.adoptedStyleSheets.push(sheetFor(root.ownerDocument.defaultView!, styles));
}

/** Renders the button with the bars, and its details. */
export function qualityView(call: SipCall, options: QualityViewOptions): TemplateResult {
  const {localize, labelled, open, onToggle} = options;
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
      @toggle=${onToggle}
    >
      ${open ? details(call, level, name, localize) : nothing}
    </div>`;
}

function details(
  call: SipCall,
  level: QualityLevel,
  name: string,
  localize: LocalizeController,
): TemplateResult {
  const {quality, qualityHistory, state} = call;
  const stall = state.stalled && stallText(state.stalled, localize);
  return html`<h2 class=${level}>${bars(level)}<span>${name}</span></h2>
    ${stall ? notice(stall, {localize, warns: true}) : nothing}
    ${chart(qualityHistory, localize)}${quality ? table(quality, localize) : nothing}`;
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
