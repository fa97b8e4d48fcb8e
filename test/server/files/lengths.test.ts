import assert from 'node:assert/strict';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, describe, it} from 'node:test';
import {lengthOf, MediaFile, Unplayable} from '../../../server/files/index.js';
import {SAMPLES, SAMPLES_FOLDER} from '../../../server/uploads/samples.js';
import {memory} from '../../support/memory.js';
import {declaring} from '../../support/clips/strange-mp4.js';

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

it('the lengths of the samples are as the server says without reading them', async () => {
  for (const {name, duration} of SAMPLES)
    assert.equal((await lengthOf(join(SAMPLES_FOLDER, name)))!.toFixed(2), duration.toFixed(2));
});

it('a file that is read leaves nothing of what was read in memory', async () => {
  const file = await MediaFile.open(join(SAMPLES_FOLDER, 'sample-sound.ogg'), ['audio']);
  const play = async (): Promise<void> => {
    for (let pass = 0; pass < 20; pass += 1) for await (const read of file.sound()!) assert.ok(read);
  };
  try {
    await play();
    const before = await memory();
    await play();
    const kept = (await memory()) - before;
    assert.ok(kept < 2_000_000, `${kept} bytes are kept`);
  } finally {
    file.close();
  }
});
