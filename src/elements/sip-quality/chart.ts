import {html, nothing, svg, type SVGTemplateResult, type TemplateResult} from 'lit';
import type {LocalizeController} from '../../controllers/localize-controller.js';
import type {CallQuality} from '../../core/types.js';

const [WIDTH, HEIGHT] = [240, 72];
/** The time span of the chart, as long as measurements are kept, in milliseconds. */
const SPAN = 240_000;
/** The distance above which two measurements are not joined, in milliseconds: the call was not measured in between. */
const GAP = 6_000;
/** The thresholds of quality levels, drawn as lines. */
const LINES = [4.02, 3.1];

/** The scale of the voice quality; that of the packet loss is from 0 to 1. */
const [LOWEST, HIGHEST] = [1, 4.5];

const heightOf = (mos: number): number => HEIGHT - ((mos - LOWEST) / (HIGHEST - LOWEST)) * HEIGHT;

/**
 * Renders the voice quality as a line, and the packet loss as bars from below, the newest on the right. Above them are
 * their scales.
 */
export function chart(history: readonly CallQuality[], localize: LocalizeController): TemplateResult {
  const end = history.at(-1)?.time ?? 0;
  const shown = history.filter(({time}) => time > end - SPAN);
  const x = ({time}: CallQuality): number => WIDTH - ((end - time) / SPAN) * WIDTH;
  const voice = `${localize.number(LOWEST)}–${localize.number(HIGHEST)}`;
  const loss = `${localize.number(0)}–${localize.number(1, {style: 'percent'})}`;
  return html`<div class="quiet scales">
      ${shown.some(({mos}) => mos !== undefined) ? html`<span class="scale of-voice">MOS <bdi dir="ltr">${voice}</bdi></span>` : nothing}
      <span class="scale of-loss">${localize.term('packetLoss')} <bdi dir="ltr">${loss}</bdi></span>
    </div>
    <svg
      part="chart"
      class="chart"
      viewBox="0 0 ${WIDTH} ${HEIGHT}"
      preserveAspectRatio="none"
      role="img"
      aria-label=${textOf(shown, localize)}
    >
      ${LINES.map((mos) => svg`<path class="level" d="M0 ${heightOf(mos)}H${WIDTH}"/>`)}
      ${shown.map((each) => (each.loss ? lossBar(x(each), each.loss) : nothing))}
      <path class="voice" d=${voiceLine(shown, x)} />
    </svg>`;
}

function lossBar(x: number, loss: number): SVGTemplateResult {
  return svg`<path class="loss" d="M${x.toFixed(1)} ${HEIGHT}v-${(loss * HEIGHT).toFixed(1)}"/>`;
}

/** Returns a path between measurements, broken at gaps. */
function voiceLine(shown: readonly CallQuality[], x: (quality: CallQuality) => number): string {
  return shown
    .map((each, index) => {
      const before = shown[index - 1];
      if (each.mos === undefined) return '';
      const joined = before?.mos !== undefined && each.time - before.time < GAP;
      const place = `${x(each).toFixed(1)} ${heightOf(each.mos).toFixed(1)}`;
      // A single measurement is a point.
      return joined ? `L${place}` : `M${place}h0`;
    })
    .join('');
}

/** Returns the chart's text alternative. */
function textOf(shown: readonly CallQuality[], localize: LocalizeController): string {
  const scores = shown.flatMap(({mos}) => mos ?? []);
  const number = (value: number): string => localize.number(value, {maximumFractionDigits: 1});
  const most = localize.number(Math.max(0, ...shown.map(({loss}) => loss)), {
    style: 'percent',
    maximumFractionDigits: 1,
  });
  const loss = localize.term('lossChart', most);
  if (!scores.length) return loss;
  const voice = localize.term('voiceChart', number(Math.min(...scores)), number(Math.max(...scores)));
  return localize.sentences([voice, loss]);
}
