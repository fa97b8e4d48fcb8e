import {svg, html, nothing, type TemplateResult} from 'lit';
import type {Utterance} from '../../core/recall/recall-state.js';

/** The width of the picture, which is stretched, and the height of its lines and of the gaps between, in pixels. */
const [WIDTH, LANE, GAP] = [600, 10, 4];
/** How many calls, groups and conferences have a line of their own. */
const MOST = 12;
/** The shortest mark that can be seen and pressed. */
const SHORTEST = 3;

/** What a timeline shows. */
export interface TimelineContext {
  readonly utterances: readonly Utterance[];
  readonly playing: string | undefined;
  /** The end of the timeline, and its length, in milliseconds. */
  readonly now: number;
  readonly span: number;
  readonly onPress: (utterance: Utterance) => void;
}

/** Where an utterance is in the picture. */
interface Mark {
  readonly utterance: Utterance;
  readonly lane: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Renders the last minutes: a line for each call, group or conference, on which the newest is at the end. It is a picture of
 * the list below it, which has the same for the keyboard and for screen readers. All marks are one shape, because there
 * may be thousands.
 */
export function timeline(context: TimelineContext): TemplateResult | typeof nothing {
  const {utterances, playing, onPress} = context;
  const lanes = [...new Set(utterances.map(({remote}) => remote.number))].slice(0, MOST);
  if (!lanes.length) return nothing;
  const height = lanes.length * (LANE + GAP) - GAP;
  const marks = utterances
    .map((utterance) => markOf(utterance, lanes, context))
    .filter(({lane, to}) => lane >= 0 && to > 0);
  const shapeOf = (played: boolean): string =>
    marks
      .filter(({utterance}) => (utterance.id === playing) === played)
      .map(outlineOf)
      .join('');
  const press = (event: MouseEvent): void => {
    const {x, y} = placeOf(event, height);
    const pressed = marks.find(
      ({lane, from, to}) => lane === Math.floor(y / (LANE + GAP)) && from <= x && x <= to,
    );
    if (pressed) onPress(pressed.utterance);
  };
  return html`<svg
    part="timeline"
    class="timeline"
    aria-hidden="true"
    viewBox="0 0 ${WIDTH} ${height}"
    height=${height}
    preserveAspectRatio="none"
    @click=${press}
  >
    ${lanes.map(
      (_, index) =>
        svg`<rect class="lane" x="0" y=${index * (LANE + GAP)} width=${WIDTH} height=${LANE}></rect>`,
    )}
    <path class="said" d=${shapeOf(false)}></path>
    <path class="playing" d=${shapeOf(true)}></path>
  </svg>`;
}

function outlineOf({lane, from, to}: Mark): string {
  return `M${from} ${lane * (LANE + GAP)}H${to}v${LANE}H${from}z`;
}

function markOf(utterance: Utterance, lanes: readonly string[], {now, span}: TimelineContext): Mark {
  const {remote, time, duration} = utterance;
  const placeAt = (moment: number): number => Math.max(0, WIDTH - ((now - moment) / span) * WIDTH);
  const from = Math.round(placeAt(time));
  const to = Math.round(placeAt(time + duration * 1_000));
  return {utterance, lane: lanes.indexOf(remote.number), from, to: to && Math.max(to, from + SHORTEST)};
}

/** Returns where the picture was pressed, which is mirrored from right to left. */
function placeOf({currentTarget, clientX, clientY}: MouseEvent, height: number): {x: number; y: number} {
  const picture = currentTarget as SVGSVGElement;
  const box = picture.getBoundingClientRect();
  const along = picture.matches(':dir(rtl)') ? box.right - clientX : clientX - box.left;
  return {x: (along / box.width) * WIDTH, y: ((clientY - box.top) / box.height) * height};
}
