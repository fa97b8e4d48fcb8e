/** MP4 files (ISO/IEC 14496-12) of few bytes whose tables declare much. */

function number(value: number, bytes: 2 | 4 = 4): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
}
function box(type: string, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  return Buffer.concat([number(body.length + 8), Buffer.from(type, 'latin1'), body]);
}
const full = (type: string, ...content: readonly Buffer[]): Buffer => box(type, number(0), ...content);
const zeros = (bytes: number): Buffer => Buffer.alloc(bytes);
const bytes = (...values: readonly number[]): Buffer => Buffer.from(values);
/** A table with one entry. */
const run = (type: string, ...values: readonly number[]): Buffer =>
  full(type, number(1), ...values.map((value) => number(value)));

const MATRIX = Buffer.concat([0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].map((value) => number(value)));

const BRAND = box('ftyp', Buffer.from('isom'), zeros(4), Buffer.from('isommp42'));

/** A format of sound: its sample entry. */
interface Format {
  readonly type: string;
  readonly rate: number;
  readonly details?: Buffer;
  /** What precedes the content. */
  readonly head?: Buffer;
}

/** An elementary stream descriptor (ISO/IEC 14496-1, 7.2.6.5) for an object type. */
function stream(object: number, ...specific: readonly number[]): Buffer {
  const descriptor = (tag: number, ...content: readonly Buffer[]): Buffer => {
    const body = Buffer.concat(content);
    return Buffer.concat([bytes(tag, body.length), body]);
  };
  const own = specific.length > 0 ? [descriptor(5, bytes(...specific))] : [];
  const decoder = descriptor(4, bytes(object, 0x15), zeros(11), ...own);
  return full('esds', descriptor(3, zeros(3), decoder, descriptor(6, bytes(2))));
}

const PCM: Format = {type: 'sowt', rate: 8_000};
const OPUS: Format = {
  type: 'Opus',
  rate: 48_000,
  details: box('dOps', bytes(0, 1), number(312, 2), number(48_000), zeros(3)),
};
const AAC: Format = {type: 'mp4a', rate: 48_000, details: stream(0x40, 0x11, 0x88)};
const MP3: Format = {
  type: 'mp4a',
  rate: 24_000,
  details: stream(0x69),
  // Frames near the beginning would make it an MP3 file.
  head: Buffer.concat([BRAND, box('free', zeros(200_000))]),
};

/** How many samples a file declares, how long each of them lasts, and what it has. */
interface Samples {
  readonly count: number;
  readonly duration: number;
  /** The size of each. */
  readonly size: number;
  /** How many of them the table of composition times has: none by default. */
  readonly shifted?: number;
  readonly content?: Buffer;
}

function mp4(
  {type, rate, details = zeros(0), head = BRAND}: Format,
  {count, duration, size, shifted, content = zeros(8)}: Samples,
): Buffer {
  const entry = [
    zeros(6),
    number(1, 2),
    zeros(8),
    number(1, 2),
    number(16, 2),
    zeros(4),
    number(rate, 2),
    zeros(2),
  ];
  const table = box(
    'stbl',
    full('stsd', number(1), box(type, ...entry, details)),
    run('stts', count, duration),
    ...(shifted === undefined ? [] : [run('ctts', shifted, 0)]),
    run('stsc', 1, count, 1),
    // With the size 0, a list of sizes: that of the first one counts for all.
    size > 0 ? full('stsz', number(size), number(count)) : full('stsz', zeros(4), number(1), zeros(4)),
    run('stco', head.length + 8),
  );
  const media = box(
    'mdia',
    full('mdhd', zeros(8), number(rate), number(rate), number(0x55c4, 2), zeros(2)),
    full('hdlr', zeros(4), Buffer.from('soun'), zeros(13)),
    box('minf', full('smhd', zeros(4)), table),
  );
  const header = [zeros(8), number(1), zeros(4), number(rate), zeros(12), number(0x100, 2), zeros(2), MATRIX];
  const movie = [zeros(8), number(rate), number(rate), number(0x10000), number(0x100, 2), zeros(10), MATRIX];
  return Buffer.concat([
    head,
    box('mdat', content),
    box(
      'moov',
      full('mvhd', ...movie, zeros(24), number(2)),
      box('trak', full('tkhd', ...header, zeros(8)), media),
    ),
  ]);
}

/** Declares so many samples of sound, at 8 kHz. */
export const declaring = (count: number): Buffer => mp4(PCM, {count, duration: 1, size: 2, shifted: count});

/** Has a second of sound, and a table of composition times for so many samples. */
export const shifting = (shifted: number): Buffer =>
  mp4(PCM, {count: 8_000, duration: 1, size: 2, shifted, content: zeros(16_000)});

/** Declares so many packets of Opus, all of them empty. */
export const empty = (count: number): Buffer =>
  mp4(OPUS, {count, duration: 960, size: 0, content: Buffer.alloc(30, 0xfc)});

/** Has one packet that consists of so many frames of AAC, with a header each (ADTS). */
export function crowdedAac(frames: number): Buffer {
  const silence = bytes(0x00, 0xc8, 0x00, 0x80, 0x23, 0x80);
  const header = bytes(0xff, 0xf1, 0x4c, 0x40, 0x01, 0xbf, 0xfc);
  const framed = Array.from({length: frames - 1}, () => [header, silence]).flat();
  const content = Buffer.concat([silence, ...framed]);
  return mp4(AAC, {count: 1, duration: 1024, size: content.length, content});
}

/** Has one packet that consists of so many frames of MP3, of 24 ms each. */
export function crowdedMp3(frames: number): Buffer {
  const frame = Buffer.concat([bytes(0xff, 0xf3, 0x14, 0xc4), zeros(20)]);
  const content = Buffer.concat(Array.from({length: frames}, () => frame));
  return mp4(MP3, {count: 1, duration: 576, size: content.length, content});
}
