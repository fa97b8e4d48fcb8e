import type {RecordingSign} from '../types.js';
import {mediaLines, sends} from '../peer/description.js';

/** What one side of a conversation reports in its descriptions about what it does with the media. */
export interface Signs {
  /** Whether its video is a screen. */
  readonly sharing: boolean;
  /** Whether it records; undefined if it has not recorded yet. */
  readonly recording?: RecordingSign | undefined;
}

/** The state of a side that has reported nothing. */
export const NO_SIGNS: Signs = Object.freeze({sharing: false});

const SLIDES = /^a=content:(?:\S*,)?slides(?:,|\s*$)/m;
const RECORD = /^a=record:(on|paused|off)\s*$/m;

/** Reads the signs of the other side: a screen by `a=content:slides` (RFC 4796), a recording by `a=record`. */
export function signsOf(description: string): Signs {
  const [session = '', ...sections] = description.split(/^(?=m=\S)/m);
  const lines = mediaLines(description);
  const live = sections.filter((_, index) => !lines[index]!.rejected);
  const shown = sections.filter((_, index) => {
    const {kind, rejected, direction} = lines[index]!;
    return kind === 'video' && !rejected && sends(direction);
  });
  const recordings = [session, ...live].map((section) => RECORD.exec(section)?.[1]);
  return {
    sharing: shown.some((section) => SLIDES.test(section)),
    recording: (['on', 'paused', 'off'] as const).find((sign) => recordings.includes(sign)),
  };
}

/** Returns a description of this side with its signs. */
export function withSigns(description: string, {sharing, recording}: Signs): string {
  const [session = '', ...sections] = description.split(/^(?=m=\S)/m);
  const lines = mediaLines(description);
  const shown = sections.map((section, index) => {
    const {kind, rejected, direction} = lines[index]!;
    const slides = sharing && kind === 'video' && !rejected && sends(direction);
    return slides ? `${section}a=content:slides\r\n` : section;
  });
  return [session, recording ? `a=record:${recording}\r\n` : '', ...shown].join('');
}
