/** A size in pixels, whichever way the picture is turned. */
export interface PictureSize {
  readonly long: number;
  readonly short: number;
}

/** The sizes that a side asks for, by their short sides: an element that grows by a few pixels asks for no other one. */
const STEPS = [180, 270, 360, 540, 720, 1080, 1440, 2160];

const VIDEO = /^(m=video [^\r\n]*\r?\n)/m;
const ATTRIBUTE = /^a=imageattr:\*[^\r\n]*?\brecv \[x=\[16:(\d{2,4})\],y=\[16:(\d{2,4})\]\]/m;

/** Returns the smallest step that an element with a short side shows in full; undefined for one that is not drawn. */
export function stepOf(short: number): number | undefined {
  return short >= 1 ? (STEPS.find((step) => step >= short) ?? STEPS.at(-1)) : undefined;
}

/**
 * Returns a description that says at most which size of a picture is useful (RFC 6236); undefined if every size is. Its author
 * understands the same of the other side.
 */
export function withWantedSize(description: string, step: number | undefined): string {
  const most = step === undefined ? '*' : `[x=[16:${Math.round((step * 16) / 9)}],y=[16:${step}]]`;
  return description.replace(VIDEO, (line) => `${line}a=imageattr:* send * recv ${most}\r\n`);
}

/** Whether the author of a description asks for sizes, and understands them. */
export function asksForSizes(description: string): boolean {
  return /^a=imageattr:\* send \* recv /m.test(description);
}

/** Returns the largest size that the author of a description wants to receive. */
export function wantedSize(description: string): PictureSize | undefined {
  const [, x, y] = ATTRIBUTE.exec(description) ?? [];
  if (!x || !y) return undefined;
  return {long: Math.max(Number(x), Number(y)), short: Math.min(Number(x), Number(y))};
}
