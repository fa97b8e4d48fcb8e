import assert from 'node:assert/strict';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, afterEach, before, describe, it} from 'node:test';
import {lengthOf, MediaFile, Playback, Unplayable} from '../../../server/files/index.js';
import {READER_LIMITS} from '../../../server/files/reader-limits.js';
import {FRAME_TIME} from '../../../server/media/sound/sound.js';
import {everyInterval} from '../../../server/media/sound/ticker.js';
import {SAMPLES, SAMPLES_FOLDER} from '../../../server/uploads/samples.js';
import {crowdedAac, crowdedMp3, declaring, empty, shifting} from '../../support/clips/strange-mp4.js';

const SAMPLE = join(SAMPLES_FOLDER, SAMPLES[0].name);

/** What was played of a file. */
interface Played {
  readonly frames: number;
  /** How often the room asked for a frame. */
  readonly ticks: number;
  /** Why reading failed, if it did. */
  readonly error: unknown;
}

/** Plays a file as a room does, to its end. */
async function played(path: string): Promise<Played> {
  const media = await MediaFile.open(path, ['audio']);
  return new Promise((resolve) => {
    let [frames, ticks] = [0, 0];
    let error: unknown;
    const playback = new Playback(media, 1, {
      onEnded: () => {
        stop();
        resolve({frames, ticks, error});
      },
      onError: (reason) => (error = reason),
    });
    const stop = everyInterval(FRAME_TIME, () => {
      ticks += 1;
      if (playback.read()) frames += 1;
    });
  });
}

describe('a file that a stranger has made', () => {
  const limits = structuredClone(READER_LIMITS);
  let folder: string;
  let made = 0;
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'strange-files-'))));
  after(() => rm(folder, {recursive: true}));
  afterEach(() => Object.assign(READER_LIMITS, structuredClone(limits)));

  async function file(content: Buffer): Promise<string> {
    const path = join(folder, `${(made += 1)}.mp4`);
    await writeFile(path, content);
    return path;
  }

  it('ends alone if it has packets without sound and no end: everything else goes on meanwhile', async () => {
    READER_LIMITS.answerMs.read = 1_000;
    const {frames, ticks, error} = await played(await file(empty(4_000_000_000)));
    assert.ok(error instanceof Unplayable);
    assert.match(String(error.cause), /too long/);
    assert.equal(frames, 0);
    assert.ok(ticks > 10, `${ticks} ticks`);
    assert.ok((await played(SAMPLE)).frames > 0);
  });

  it('is not played if opening it takes too long', async () => {
    READER_LIMITS.answerMs.open = 1_000;
    let ticks = 0;
    const stop = everyInterval(FRAME_TIME, () => (ticks += 1));
    await assert.rejects(MediaFile.open(await file(shifting(0xffff_ffff)), ['audio']), Unplayable);
    stop();
    assert.ok(ticks > 10, `${ticks} ticks`);
  });

  it('keeps no other file from being played while its length is read', async () => {
    READER_LIMITS.answerMs.length = 8_000;
    let read = false;
    const length = lengthOf(await file(shifting(0xffff_ffff))).finally(() => (read = true));
    const media = await MediaFile.open(SAMPLE, ['audio']);
    assert.equal(read, false);
    media.close();
    assert.equal(await length, undefined);
  });

  it('takes its own time alone of a list, whose other files are read for the next one', async () => {
    READER_LIMITS.answerMs.length = 500;
    const deadline = performance.now() + 100;
    const [strange, usual] = [await file(shifting(0xffff_ffff)), await file(declaring(8_000))];
    const lengths = [lengthOf(strange, deadline), lengthOf(usual, deadline)];
    assert.deepEqual(await Promise.all(lengths), [undefined, undefined]);
    assert.equal(await lengthOf(usual), 1);
  });

  for (const [format, content] of [
    ['AAC', crowdedAac(1_000)],
    ['MP3', crowdedMp3(100)],
  ] as const)
    it(`ends before a packet of ${format} is decoded that is larger than any frame`, async () => {
      const {frames, error} = await played(await file(content));
      assert.ok(error instanceof Unplayable);
      assert.match(String(error.cause), new RegExp(`packet of ${format} is too long`));
      assert.equal(frames, 0);
    });

  it('is not played while as many are as may', async () => {
    READER_LIMITS.files = 0;
    await assert.rejects(MediaFile.open(SAMPLE, ['audio']), /Too many/);
  });
});
