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

/** The picture with the colors that it has most, which makes its file a fraction of the size. */
export function encodeSmall({width, height, data}: Picture): Buffer {
  const counts = new Map<number, number>();
  const colors = Array.from({length: width * height}, (_, pixel) => data.readUIntBE(pixel * 4, 3));
  for (const color of colors) counts.set(color, (counts.get(color) ?? 0) + 1);
  const palette = [...counts.keys()].sort((one, other) => counts.get(other)! - counts.get(one)!);
  palette.splice(256);
  const indexes = new Map(palette.map((color, index) => [color, index]));
  const rows = Buffer.alloc((width + 1) * height);
  colors.forEach((color, pixel) => {
    const index = indexes.get(color) ?? nearest(palette, color);
    indexes.set(color, index);
    rows[pixel + Math.floor(pixel / width) + 1] = index;
  });
  return indexed(width, height, palette, rows);
}

/** The place of the color that is most like another one. */
function nearest(palette: readonly number[], color: number): number {
  let [found, least] = [0, Infinity];
  palette.forEach((each, index) => {
    const distance = [0, 8, 16].reduce(
      (sum, shift) => sum + (((each >> shift) & 255) - ((color >> shift) & 255)) ** 2,
      0,
    );
    if (distance < least) [found, least] = [index, distance];
  });
  return found;
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
