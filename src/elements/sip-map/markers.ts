import type {PersonState} from '../../core/directory/people.js';
import type {Spot} from './clusters.js';
import type {PlacedPerson} from './map-people.js';
import type {Point} from './mercator.js';

/** The colors of a map, of the element's tokens. */
export const COLORS = ['surface', 'text', 'quiet', 'border', 'accent', 'success', 'warning'] as const;

export type Colors = Readonly<Record<(typeof COLORS)[number], string>>;

/** What a marker says. */
export interface MarkerText {
  readonly name: string;
  /** The age of the position, if it is old. */
  readonly age: string;
}

/** The radius of a lamp, in pixels. */
export const LAMP = 8;

/** The length of the line around a selected marker beyond the lamp. */
const RING = 5;

const FULL = 2 * Math.PI;

/** How wide names are, by their text; cleared when there are too many. */
const widths = new Map<string, number>();
const MOST_WIDTHS = 5_000;

/** Returns the radius of a marker. */
export const radiusOf = ({people}: Spot): number =>
  people.length === 1 ? LAMP : Math.min(24, 14 + 1.8 * Math.log2(people.length));

/** Draws the markers of a map. */
export class MarkerPainter {
  readonly #context: CanvasRenderingContext2D;
  readonly #colors: Colors;
  readonly #font: string;
  /** The boxes in which there is text already, so that no name is drawn over another. */
  readonly #texts: {left: number; right: number; top: number; bottom: number}[] = [];

  constructor(context: CanvasRenderingContext2D, colors: Colors, font: string) {
    this.#context = context;
    this.#colors = colors;
    this.#font = font;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.lineJoin = 'round';
  }

  /** Draws several people as one: how many there are, and around it how many of them are in which state. */
  cluster(spot: Spot): void {
    const context = this.#context;
    const {surface, text, quiet, success, warning} = this.#colors;
    const {x, y, people} = spot;
    const radius = radiusOf(spot);
    const shares: [string, number][] = [
      [warning, countOf(people, ['busy', 'ringing'])],
      [success, countOf(people, ['online', 'idle'])],
    ];
    const others = people.length - shares.reduce((sum, [, count]) => sum + count, 0);
    context.fillStyle = surface;
    this.#disc(x, y, radius + 2);
    context.fill();
    context.lineWidth = 4;
    let from = -FULL / 4;
    for (const [color, count] of [...shares, [quiet, others] as const]) {
      if (!count) continue;
      const to = from + (FULL * count) / people.length;
      context.strokeStyle = color;
      context.beginPath();
      context.arc(x, y, radius - 2, from, to);
      context.stroke();
      from = to;
    }
    context.fillStyle = text;
    context.font = `650 12px ${this.#font}`;
    context.fillText(people.length > 999 ? '999+' : String(people.length), x, y + 0.5);
  }

  /** Draws the lamp of a person: a disc who can be reached, a square in a call, a ring offline; dashed if the position is old. */
  lamp({x, y}: Point, state: PersonState | undefined, old: boolean, selected: boolean): void {
    const context = this.#context;
    const {surface, quiet, accent} = this.#colors;
    if (selected) {
      context.fillStyle = surface;
      this.#disc(x, y, LAMP + RING);
      context.fill();
      context.lineWidth = 3;
      context.strokeStyle = accent;
      context.stroke();
    }
    context.fillStyle = surface;
    this.#disc(x, y, LAMP + (state === 'busy' ? 3.5 : 2));
    context.fill();
    context.globalAlpha = old ? 0.55 : 1;
    this.#shape(x, y, state);
    context.globalAlpha = 1;
    if (!old || selected) return;
    context.setLineDash([3, 3]);
    context.lineWidth = 1.5;
    context.strokeStyle = quiet;
    this.#disc(x, y, LAMP + 3);
    context.stroke();
    context.setLineDash([]);
  }

  /** Draws the name below a marker, and the age of an old position, unless that hides another text. */
  label({x, y}: Point, {name, age}: MarkerText, selected: boolean): void {
    const context = this.#context;
    const {surface, text, quiet, accent} = this.#colors;
    const width = Math.max(this.#widthOf(name), age ? this.#widthOf(age) : 0);
    const top = y + LAMP + (selected ? RING + 3 : 4);
    const box = {left: x - width / 2 - 4, right: x + width / 2 + 4, top, bottom: top + (age ? 30 : 16)};
    if (!selected && this.#texts.some((other) => overlap(box, other))) return;
    this.#texts.push(box);
    context.font = this.#textFont;
    if (selected) {
      context.fillStyle = accent;
      context.beginPath();
      context.roundRect(box.left - 2, box.top, box.right - box.left + 4, box.bottom - box.top, 8);
      context.fill();
    }
    const write = (words: string, at: number, color: string): void => {
      if (!selected) {
        context.lineWidth = 3;
        context.strokeStyle = surface;
        context.strokeText(words, x, at);
      }
      context.fillStyle = color;
      context.fillText(words, x, at);
    };
    write(name, top + 8, selected ? surface : text);
    if (age) write(age, top + 22, selected ? surface : quiet);
  }

  /** Draws a ring around the person at whom the cursor of the list is. */
  pointer({x, y}: Point): void {
    const context = this.#context;
    context.lineWidth = 2;
    for (const [color, radius] of [
      [this.#colors.surface, LAMP + RING + 4],
      [this.#colors.accent, LAMP + RING + 6],
    ] as const) {
      context.strokeStyle = color;
      this.#disc(x, y, radius);
      context.stroke();
    }
  }

  /** Keeps names away from a marker. */
  keepFree(spot: Spot): void {
    const radius = radiusOf(spot);
    const {x, y} = spot;
    this.#texts.push({left: x - radius, right: x + radius, top: y - radius, bottom: y + radius});
  }

  #shape(x: number, y: number, state: PersonState | undefined): void {
    const context = this.#context;
    const {quiet, accent, success, warning} = this.#colors;
    const ring = (): void => {
      context.lineWidth = 3;
      context.strokeStyle = quiet;
      this.#disc(x, y, LAMP - 2);
      context.stroke();
    };
    context.beginPath();
    switch (state) {
      case 'online':
      case 'idle':
        context.fillStyle = success;
        context.arc(x, y, LAMP, 0, FULL);
        return context.fill();
      case 'busy':
        context.fillStyle = warning;
        context.roundRect(x - LAMP + 0.5, y - LAMP + 0.5, 2 * LAMP - 1, 2 * LAMP - 1, 1.5);
        return context.fill();
      case 'ringing':
        context.fillStyle = accent;
        context.moveTo(x, y - LAMP);
        context.lineTo(x + LAMP, y);
        context.lineTo(x, y + LAMP);
        context.lineTo(x - LAMP, y);
        return context.fill();
      case 'away':
        context.fillStyle = quiet;
        context.arc(x, y, LAMP - 2, FULL / 4, (FULL * 3) / 4);
        context.fill();
        return ring();
      case 'offline':
        return ring();
      default:
        context.fillStyle = quiet;
        context.arc(x, y, LAMP - 4, 0, FULL);
        return context.fill();
    }
  }

  #disc(x: number, y: number, radius: number): void {
    this.#context.beginPath();
    this.#context.arc(x, y, radius, 0, FULL);
  }

  get #textFont(): string {
    return `600 12px ${this.#font}`;
  }

  #widthOf(text: string): number {
    const key = `${text}\n${this.#font}`;
    let width = widths.get(key);
    if (width === undefined) {
      if (widths.size > MOST_WIDTHS) widths.clear();
      this.#context.font = this.#textFont;
      widths.set(key, (width = this.#context.measureText(text).width));
    }
    return width;
  }
}

const countOf = (people: readonly PlacedPerson[], states: readonly PersonState[]): number =>
  people.filter(({person: {state}}) => state && states.includes(state)).length;

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

const overlap = (one: Box, other: Box): boolean =>
  one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
