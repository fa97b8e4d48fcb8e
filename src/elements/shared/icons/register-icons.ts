import {update} from '@shoelace-style/localize';
import {svg, type SVGTemplateResult} from 'lit';
import {SipError} from '../../../errors.js';
import {ownDrawings} from './drawn.js';
import {ICON_NAMES, ONWARD_ICONS, type IconName} from './names.js';

/** A drawing of the page's own for an icon. */
export interface IconDrawing {
  /** The path data: the attribute `d` of an SVG `<path>`. */
  readonly path: string;
  /** The coordinates of the drawing; `0 0 24 24` by default. */
  readonly viewBox?: string;
  /** Fills the path instead of drawing its line. */
  readonly filled?: boolean;
}

/** All letters and numbers of path data, and those of a view box. */
const PATH = /^[MmLlHhVvCcSsQqTtAaZz\d\seE.,+-]+$/;
const VIEW_BOX = /^\s*-?[\d.]+(?:[\s,]+-?[\d.]+){3}\s*$/;

/**
 * Replaces icons of all elements, also of those that are shown. The keys are the names of Lucide's icons; a string is path
 * data on 24 × 24, `null` restores the element's own icon.
 *
 * @throws {SipError} `bad-parameter` if a name or a drawing is unknown; no icon is changed then.
 */
export function registerIcons(icons: Partial<Record<IconName, string | IconDrawing | null>>): void {
  const entries = Object.entries(icons).map(([name, value]) => [name, drawingOf(name, value)] as const);
  for (const [name, drawing] of entries) {
    if (drawing) ownDrawings.set(name, drawing);
    else ownDrawings.delete(name);
  }
  update();
}

function drawingOf(name: string, value: string | IconDrawing | null): SVGTemplateResult | undefined {
  if (!ICON_NAMES.includes(name as IconName)) refuse(`icon “${name}”`, ICON_NAMES.join(', '));
  if (value === null) return undefined;
  const {path, viewBox = '0 0 24 24', filled = false} = typeof value === 'string' ? {path: value} : value;
  if (typeof path !== 'string' || !PATH.test(path)) refuse(`path of the icon “${name}”`, 'M4 12h16');
  if (!VIEW_BOX.test(viewBox)) refuse(`viewBox of the icon “${name}”`, '0 0 24 24');
  const [fill, stroke] = filled ? ['currentColor', 'none'] : ['none', 'currentColor'];
  const drawing = svg`<svg viewBox=${viewBox} fill=${fill} stroke=${stroke}><path d=${path}/></svg>`;
  return ONWARD_ICONS.includes(name as IconName) ? svg`<g class="onward">${drawing}</g>` : drawing;
}

function refuse(subject: string, expected: string): never {
  throw new SipError('bad-parameter', {subject, expected});
}
