import {expect} from '@open-wc/testing';
import {Recordings, type DroppedRecording} from '../../../src/core/recordings/recordings.js';
import {RecordingStore} from '../../../src/media/recording/recording-store.js';
import {randomUuid} from '../../../src/core/util/uuid.js';
import {DAY, setClock} from '../../support/in-page/clock.js';
import {shorten} from '../../support/in-page/durations.js';
import {until} from '../../support/in-page/facts.js';
import {rejects} from '../../support/in-page/rejections.js';
import {watchDownloads} from '../../support/in-page/downloads.js';

const TYPE = 'audio/webm';
const MEGABYTE = 1024 * 1024;

describe('Recordings', () => {
  let recordings: Recordings;

  beforeEach(() => {
    recordings = new Recordings({account: `${randomUuid()}@sip.test`, mode: 'local', limit: 100, days: 30});
  });
  afterEach(async () => {
    for (const {id} of await recordings.find()) await recordings.delete(id);
  });

  async function record(time = Date.now(), size = 100, of = recordings): Promise<string> {
    const {id, sink} = await of.begin({
      call: 'abc',
      direction: 'incoming',
      remote: {number: '1002', name: 'Bea'},
      time,
    });
    await sink.write(new Blob([new Uint8Array(size)], {type: TYPE}), {duration: 2, pictured: false});
    await sink.finish({type: TYPE, duration: 2, pictured: false});
    return id!;
  }
  /** Resolves once the recording is deleted. The store's own list deletes nothing. */
  async function gone(id: string): Promise<void> {
    const store = (await RecordingStore.open())!;
    await until(async () => (await store.list()).every((kept) => kept.id !== id));
  }
  const ids = async (): Promise<string[]> => (await recordings.list()).map(({id}) => id);

  it('keep a title, which is the name of the download, until it is removed', async () => {
    const id = await record();
    const downloads = watchDownloads();
    try {
      await recordings.rename(id, '  Gate 4: alarm/2  ');
      expect((await recordings.list())[0]).to.include({title: 'Gate 4: alarm/2'});
      expect((await recordings.get(id)).name).to.equal('2.webm');
      await recordings.rename(id, 'Gate 4, alarm');
      await recordings.download(id);
      expect(downloads.files[0]!.name).to.equal('Gate 4, alarm.webm');
      expect((await downloads.files[0]!.file).size).to.equal(100);
      await recordings.rename(id, ' ');
      expect((await recordings.list())[0]!.title).to.equal(undefined);
      await recordings.rename(id, 'x'.repeat(10_000));
      expect((await recordings.list())[0]!.title).to.have.length(200);
      await recordings.rename(id, 'Gate\u202e\u0000\n4');
      expect((await recordings.list())[0]!.title).to.equal('Gate 4');
      await recordings.rename(id, {} as never);
      expect((await recordings.list())[0]!.title).to.equal(undefined);
    } finally {
      downloads.restore();
    }
  });

  it('delete one so that it can be restored for a while, and then for good', async () => {
    shorten({restoring: 60_000});
    const id = await record();
    let changes = 0;
    recordings.addEventListener('change', () => (changes += 1));
    await recordings.delete(id, {restorable: true});
    expect(await ids()).to.deep.equal([]);
    await recordings.restore(id);
    expect(await ids()).to.deep.equal([id]);
    expect(changes).to.equal(2);
    shorten({restoring: 50});
    await recordings.delete(id, {restorable: true});
    await gone(id);
    await rejects(recordings.restore(id), 'recording-not-found');
  });

  it('delete one for good although the clock is set back meanwhile', async () => {
    shorten({restoring: 50});
    const id = await record();
    await recordings.delete(id, {restorable: true});
    setClock(-DAY);
    await gone(id);
  });

  it('tell which one was deleted for space, or because of its age', async () => {
    const {account} = {account: `${randomUuid()}@sip.test`};
    recordings = new Recordings({account, mode: 'local', limit: 2048, days: 30});
    const dropped: DroppedRecording[] = [];
    const old = await record(Date.now() - 40 * 24 * 60 * 60 * 1000);
    recordings.addEventListener('dropped', ({detail}) => dropped.push(detail));
    expect(await ids()).to.deep.equal([]);
    expect(dropped.map(({reason, recording}) => [reason, recording.id])).to.deep.equal([['age', old]]);
    expect(dropped[0]!.recording).not.to.have.property('account');
    const first = await record(1 + Date.now() - 1_000, MEGABYTE);
    const small = new Recordings({account, mode: 'local', limit: 1, days: 30});
    small.addEventListener('dropped', ({detail}) => dropped.push(detail));
    await record(Date.now(), 100, small);
    expect(dropped.slice(1).map(({reason, recording}) => [reason, recording.id])).to.deep.equal([
      ['space', first],
    ]);
  });
});
