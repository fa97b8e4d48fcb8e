import assert from 'node:assert/strict';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {lengthOf} from '../../../server/files/lengths.js';
import {MediaFile, Unplayable} from '../../../server/files/media-file.js';

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

const MATRIX = Buffer.concat([0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000].map((value) => number(value)));

/** An MP4 (ISO/IEC 14496-12) of 529 bytes whose table declares so many samples of sound, at 8 kHz. */
function declaring(samples: number): Buffer {
  const format = [zeros(6), number(1, 2), zeros(8), number(1, 2), number(16, 2), zeros(4), number(8000, 2)];
  const table = box(
    'stbl',
    full('stsd', number(1), box('sowt', ...format, zeros(2))),
    full('stts', number(1), number(samples), number(1)),
    full('ctts', number(1), number(samples), number(0)),
    full('stsc', number(1), number(1), number(1), number(1)),
    full('stsz', number(2), number(samples)),
    full('stco', number(1), number(0)),
  );
  const media = box(
    'mdia',
    full('mdhd', zeros(8), number(8000), number(8000), number(0x55c4, 2), zeros(2)),
    full('hdlr', zeros(4), Buffer.from('soun'), zeros(13)),
    box('minf', full('smhd', zeros(4)), table),
  );
  const header = [zeros(8), number(1), zeros(4), number(8000), zeros(12), number(0x100, 2), zeros(2), MATRIX];
  const movie = [zeros(8), number(8000), number(8000), number(0x10000), number(0x100, 2), zeros(10), MATRIX];
  return Buffer.concat([
    box('ftyp', Buffer.from('isom'), zeros(4), Buffer.from('isommp42')),
    box(
      'moov',
      full('mvhd', ...movie, zeros(24), number(2)),
      box('trak', full('tkhd', ...header, zeros(8)), media),
    ),
    box('mdat', zeros(8)),
  ]);
}

describe('the length of a file that a stranger has made', () => {
  let folder: string;
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'lengths-'))));
  after(() => rm(folder, {recursive: true}));

  async function file(samples: number): Promise<string> {
    const path = join(folder, `${samples}.mp4`);
    await writeFile(path, declaring(samples));
    return path;
  }

  it('is read', async () => assert.equal(await lengthOf(await file(8000)), 1));

  it('is unknown if its table takes more memory than there is for it, and the file is not played', async () => {
    const path = await file(0xffff_ffff);
    assert.equal(await lengthOf(path), undefined);
    await assert.rejects(MediaFile.open(path, ['audio']), Unplayable);
    // This process goes on, and reads the next one.
    assert.equal(await lengthOf(await file(16_000)), 2);
  });
});
