import {svg, type SVGTemplateResult} from 'lit';
import {encode} from 'uqr';

/** The width of the light zone around a code, in modules (ISO/IEC 18004 §9.1). */
const QUIET_ZONE = 4;

/** A QR code as a drawing: a module is one unit wide. */
export interface QrCode {
  /** The width and the height, with the light zone around the code. */
  readonly size: number;
  /** The dark modules. */
  readonly path: SVGTemplateResult;
}

/** Returns the QR code of a text, with as much error correction as its size allows. */
export function qrCodeOf(text: string): QrCode {
  const {data, size} = encode(text, {border: QUIET_ZONE, boostEcc: true});
  return {size, path: svg`<path d=${data.map(darkRunsOf).join('')} />`};
}

/** Draws the dark modules of a row, those side by side as one rectangle: edges inside would be seen. */
function darkRunsOf(row: readonly boolean[], y: number): string {
  const modules = row.map((isDark) => (isDark ? 'x' : ' ')).join('');
  return [...modules.matchAll(/x+/g)]
    .map(({0: run, index}) => `M${index} ${y}h${run.length}v1h-${run.length}z`)
    .join('');
}
