import type {Page} from 'puppeteer-core';
import {TONES} from './pair.js';

/** A stored recording, decoded by a page. */
export interface DecodedRecording {
  readonly duration: number;
  readonly sound: number;
  readonly seekable: number;
  readonly type: string;
  /** The level of each voice's tone, and of a frequency that no voice has. */
  readonly levels: Readonly<Record<string, number>>;
  /** At the places that were asked for. */
  readonly colours: readonly (readonly number[])[];
}

/** What to measure of a recording. */
export interface DecodeOptions {
  /** Of its picture, as parts of width and height; half of the height where there is none. */
  readonly places: readonly (readonly [number, number?])[];
  /** When the picture is looked at, in seconds before the end; in the middle by default. */
  readonly beforeEnd?: number;
  /** How much of the end of its sound is listened to, in seconds; all by default. */
  readonly lastSound?: number;
}

/** The recordings that a page's client keeps. */
export const listRecordings = (page: Page): Promise<any[]> =>
  page.evaluate(() => (document.querySelector('sip-client') as any).client.recordings.list());

/** Fetches and decodes a recording; its page has the decoder (`bringDecoder`). */
export const decodeRecording = (page: Page, id: string, options: DecodeOptions): Promise<DecodedRecording> =>
  page.evaluate(
    async (id, {places, beforeEnd, lastSound}, tones) => {
      const {client} = document.querySelector('sip-client') as any;
      const file: File = await client.recordings.get(id);
      const decoded = await (globalThis as any).recordings.decoded(file);
      const {duration, sound, seekable} = decoded;
      const at = beforeEnd === undefined ? duration / 2 : duration - beforeEnd;
      // The first seek may end before a picture can be drawn.
      await decoded.color(0);
      const colours = [];
      for (const [x, y] of places) colours.push(await decoded.color(at, x, y));
      const from = lastSound === undefined ? 0.5 : sound - lastSound;
      const levels = Object.fromEntries(
        Object.entries(tones).map(([name, tone]) => [name, decoded.level(tone, from, sound - 0.5)]),
      );
      decoded.close();
      return {duration, sound, seekable: seekable[0][1], type: file.type, levels, colours};
    },
    id,
    options,
    {...TONES, nothing: 3000},
  );
