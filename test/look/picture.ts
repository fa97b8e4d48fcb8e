/** Pictures as pixels, and as small files. */
import {deflateSync} from 'node:zlib';
import {PNG} from 'pngjs';

/** Pixels, each with red, green, blue and opacity. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Buffer;
}

export const decode = (file: Buffer): Picture => PNG.sync.read(file);

export const encode = ({width, height, data}: Picture): Buffer =>
  PNG.sync.write(Object.assign(new PNG({width, height}), {data}), {deflateLevel: 9, colorType: 2});

/** The picture with 256 colors of its own, of which one is near each that it has: its file is a fraction of the size. */
export function encodeSmall({width, height, data}: Picture): Buffer {
  const counts = new Map<number, number>();
  const colors = Array.from({length: width * height}, (_, pixel) => data.readUIntBE(pixel * 4, 3));
  for (const color of colors) counts.set(color, (counts.get(color) ?? 0) + 1);
  const byCount = [...counts.keys()].sort((one, other) => counts.get(other)! - counts.get(one)!);
  const palette = paletteOf(byCount);
  const indexes = new Map(byCount.map((color) => [color, nearest(palette, color).index]));
  const rows = Buffer.alloc((width + 1) * height);
  colors.forEach((color, pixel) => {
    rows[pixel + Math.floor(pixel / width) + 1] = indexes.get(color)!;
  });
  return indexed(width, height, palette, rows);
}

/** At most 256 of the colors, as near to all of them as can be; the first ones are preferred. */
function paletteOf(colors: readonly number[]): readonly number[] {
  for (let most = 0; ; most += 3) {
    const palette: number[] = [];
    for (const color of colors) {
      if (palette.length > 256) break;
      if (nearest(palette, color).distance > most ** 2) palette.push(color);
    }
    if (palette.length <= 256) return palette;
  }
}

/** The place of the color that is most like another one, and how far it is from it (squared, in RGB). */
function nearest(palette: readonly number[], color: number): {index: number; distance: number} {
  let [index, distance] = [0, Infinity];
  palette.forEach((each, place) => {
    const apart = [0, 8, 16].reduce(
      (sum, shift) => sum + (((each >> shift) & 255) - ((color >> shift) & 255)) ** 2,
      0,
    );
    if (apart < distance) [index, distance] = [place, apart];
  });
  return {index, distance};
}

/** A PNG of the type with a palette (RFC 2083 §4.1). */
function indexed(width: number, height: number, palette: readonly number[], rows: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const colors = Buffer.alloc(palette.length * 3);
  palette.forEach((color, index) => colors.writeUIntBE(color, index * 3, 3));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('PLTE', colors),
    chunk('IDAT', deflateSync(rows, {level: 9, memLevel: 9})),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type), data]);
  const framed = Buffer.alloc(named.length + 8);
  framed.writeUInt32BE(data.length, 0);
  named.copy(framed, 4);
  framed.writeUInt32BE(checksum(named), named.length + 4);
  return framed;
}

/** The CRC-32 of a chunk (RFC 2083 §3.4). */
function checksum(data: Buffer): number {
  let sum = 0xffffffff;
  for (const byte of data) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}
