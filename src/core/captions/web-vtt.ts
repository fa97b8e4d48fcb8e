/** A caption at its place in a recording. */
export interface Cue {
  /** In seconds. */
  readonly start: number;
  readonly end: number;
  /** Plain text. */
  readonly text: string;
  /** Who says it. */
  readonly speaker?: string | undefined;
  readonly language?: string | undefined;
}

/** The first line of a file of captions (WebVTT, W3C). */
export const VTT_HEADER = 'WEBVTT\n\n';

const ESCAPED: Readonly<Record<string, string>> = {'&': '&amp;', '<': '&lt;', '>': '&gt;'};

/** Returns a cue as WebVTT has it: what looks like markup, or like the arrow of a time, is text. */
export function vttCue({start, end, text, speaker, language}: Cue): string {
  const said = language ? `<lang ${language}>${escaped(text)}</lang>` : escaped(text);
  const words = speaker ? `<v ${escaped(speaker)}>${said}</v>` : said;
  // A cue without a length is never shown.
  return `${timeText(start)} --> ${timeText(Math.max(end, start + 0.5))}\n${words}\n\n`;
}

/** Sorts the cues of a file, which players do themselves, by the time at which they begin. */
export function sortedVtt(text: string): string {
  const [, body = ''] = /^WEBVTT\n\n([^]*)$/.exec(text) ?? [];
  const cues = body.split('\n\n').filter((cue) => /^\d+:\d\d:\d\d\.\d{3} --> .+\n./.test(cue));
  const hours = (cue: string): number => Number(/^\d+/.exec(cue)?.[0]);
  cues.sort((one, other) => hours(one) - hours(other) || (one < other ? -1 : 1));
  return VTT_HEADER + cues.map((cue) => `${cue}\n\n`).join('');
}

/** Returns a time as `00:01:02.345`. */
function timeText(seconds: number): string {
  const milliseconds = Math.round(seconds * 1_000);
  const [hours, minutes] = [Math.floor(milliseconds / 3_600_000), Math.floor(milliseconds / 60_000) % 60];
  const rest = ((milliseconds % 60_000) / 1_000).toFixed(3).padStart(6, '0');
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}:${rest}`;
}

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (each) => ESCAPED[each]!).replace(/[\r\n]+/g, ' ');
