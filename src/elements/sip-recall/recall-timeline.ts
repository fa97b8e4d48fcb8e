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

/**
 * Renders the last minutes: a line for each call, group or conference, on which the newest is at the end. It is a picture of
 * the list below it, which has the same for the keyboard and for screen readers.
 */
export function timeline({
  utterances,
  playing,
  now,
  span,
  onPress,
}: TimelineContext): TemplateResult | typeof nothing {
  const lanes = [...new Set(utterances.map(({remote}) => remote.number))].slice(0, MOST);
  if (!lanes.length) return nothing;
  const height = lanes.length * (LANE + GAP) - GAP;
  const placeOf = (time: number): number => Math.max(0, WIDTH - ((now - time) / span) * WIDTH);
  const mark = (utterance: Utterance): TemplateResult | typeof nothing => {
    const {id, remote, time, duration} = utterance;
    const lane = lanes.indexOf(remote.number);
    const [from, to] = [placeOf(time), placeOf(time + duration * 1_000)];
    return lane < 0 || to <= 0
      ? nothing
      : svg`<rect
          class="said ${id === playing ? 'playing' : ''}"
          x=${from}
          y=${lane * (LANE + GAP)}
          width=${Math.max(SHORTEST, to - from)}
          height=${LANE}
          @click=${() => onPress(utterance)}
        ></rect>`;
  };
  return html`<svg
    part="timeline"
    class="timeline"
    aria-hidden="true"
    viewBox="0 0 ${WIDTH} ${height}"
    height=${height}
    preserveAspectRatio="none"
  >
    ${lanes.map(
      (_, index) =>
        svg`<rect class="lane" x="0" y=${index * (LANE + GAP)} width=${WIDTH} height=${LANE}></rect>`,
    )}
    ${utterances.map(mark)}
  </svg>`;
}
