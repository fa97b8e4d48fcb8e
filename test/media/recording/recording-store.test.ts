import {expect} from '@open-wc/testing';
import type {RecordingAbout} from '../../../src/media/recording/recording-about.js';
import {RecordingStore, type RecordingLimits} from '../../../src/media/recording/recording-store.js';
import type {RecordingSink} from '../../../src/media/recording/recording-sink.js';
import {rejects} from '../../support/in-page/rejections.js';

const KB = 1024;
const DAY = 24 * 60 * 60 * 1000;
const ROOMY: RecordingLimits = {bytes: 1024 * 1024 * KB, days: 36_500};
const TYPE = 'video/webm';

/** Bytes that are not a film; they show what is stored. */
const part = (size: number, value: number): Blob =>
  new Blob([new Uint8Array(size).fill(value)], {type: TYPE});
const bytesOf = async (blob: Blob): Promise<number[]> => [...new Uint8Array(await blob.arrayBuffer())];
const about = (time: number): RecordingAbout => ({
  account: '1001@sip.test',
  call: 'abc',
  direction: 'incoming',
  remote: {number: '1002', name: '李雷'},
  time,
});

describe('RecordingStore', () => {
  let store: RecordingStore;
  let open: RecordingSink[];

  beforeEach(async () => {
    const root = await navigator.storage.getDirectory();
    for await (const name of root.keys()) await root.removeEntry(name, {recursive: true});
    store = (await RecordingStore.open())!;
    open = [];
  });
  afterEach(async () => {
    // They are locked until they end.
    for (const sink of open) await end(sink);
  });

  const begin = async (id: string, time = Date.now(), limits = ROOMY): Promise<RecordingSink> => {
    const sink = await store.begin(id, about(time), limits);
    open.push(sink);
    return sink;
  };
  const end = async (sink: RecordingSink, duration = 1): Promise<void> => {
    open = open.filter((other) => other !== sink);
    await sink.finish({type: TYPE, duration, pictured: false});
  };
  const write = (sink: RecordingSink, size: number, value = 1): Promise<void> =>
    sink.write(part(size, value), {duration: value, pictured: false});
  /** A recording that has ended. */
  const ended = async (id: string, time: number, size = 100 * KB): Promise<void> => {
    const sink = await begin(id, time);
    await write(sink, size);
    await end(sink);
  };
  const listed = async (): Promise<string[]> => (await store.list()).map(({id, state}) => `${id} ${state}`);
  const folder = async (...path: string[]): Promise<FileSystemDirectoryHandle> => {
    let handle = await navigator.storage.getDirectory();
    for (const name of ['sip-elements-recordings', ...path])
      handle = await handle.getDirectoryHandle(name, {create: true});
    return handle;
  };
  const put = async (parent: FileSystemDirectoryHandle, name: string, data: Blob | string): Promise<void> => {
    const writable = await (await parent.getFileHandle(name, {create: true})).createWritable();
    await writable.write(data);
    await writable.close();
  };
  /** What a page leaves that crashed while recording: no lock, and no end. */
  const cutOff = async (id: string, time: number, ...values: number[]): Promise<void> => {
    await put(await folder(id), 'about.json', JSON.stringify(about(time)));
    const parts = await folder(id, 'parts');
    for (const [index, value] of values.entries())
      await put(parts, `00000${index + 1}-${index + 1}000-${(index + 1) * 10}-v.webm`, part(10, value));
  };

  it('has every part as soon as it is written', async () => {
    const sink = await begin('one', 5);
    await sink.write(part(2, 7), {duration: 1, pictured: false});
    await sink.write(part(3, 8), {duration: 2.25, pictured: true});
    const other = (await RecordingStore.open())!;
    const [kept] = await other.list();
    expect(kept).to.deep.include({
      id: 'one',
      state: 'recording',
      size: 5,
      duration: 2.25,
      time: 5,
      type: TYPE,
    });
    expect(kept).to.deep.include({
      call: 'abc',
      direction: 'incoming',
      remote: {number: '1002', name: '李雷'},
    });
    expect(await bytesOf((await other.get('one')).blob)).to.deep.equal([7, 7, 8, 8, 8]);
  });

  it('gives nothing of a recording that has just begun, without waiting for its end', async () => {
    await begin('one');
    expect((await store.get('one')).blob.size).to.equal(0);
  });

  it('has the whole of one that has ended, in order, also of more than ten parts', async () => {
    const sink = await begin('one');
    for (let value = 1; value <= 12; value += 1) await write(sink, 1, value);
    await end(sink, 12.5);
    expect(await store.list()).to.have.length(1);
    expect((await store.list())[0]).to.include({state: 'finished', duration: 12.5, size: 12});
    const {blob} = await store.get('one');
    expect(blob.type).to.equal(TYPE);
    expect(await bytesOf(blob)).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it('keeps nothing of one in which nothing was recorded', async () => {
    await end(await begin('one'));
    expect(await listed()).to.deep.equal([]);
  });

  it('finds one whose page is gone, with all parts that were closed', async () => {
    await cutOff('one', 5, 7, 8);
    // It was made and never closed.
    await put(await folder('one', 'parts'), '000003-3000-30-v.webm', '');
    expect((await store.list())[0]).to.include({state: 'interrupted', duration: 2, size: 20, type: TYPE});
    const {blob} = await store.get('one');
    expect(await bytesOf(blob)).to.deep.equal([...Array<number>(10).fill(7), ...Array<number>(10).fill(8)]);
    // A fetched recording still counts as cut off.
    expect(await listed()).to.deep.equal(['one interrupted']);
    await store.delete('one');
    expect(await listed()).to.deep.equal([]);
  });

  it('passes over what others have put there', async () => {
    await put(await folder('other'), 'about.json', '{"account": 1}');
    await put(await folder('text'), 'about.json', 'no JSON');
    await put(await folder(), 'file', 'x');
    await cutOff('one', 5, 7);
    await put(await folder('one'), 'end.json', '{"type": "text/html", "duration": -1}');
    await put(await folder('one', 'parts'), 'part', 'x');
    expect(await listed()).to.deep.equal(['one interrupted']);
    expect(await bytesOf((await store.get('one')).blob)).to.have.length(10);
  });

  it('lets nobody delete one that is being written', async () => {
    const sink = await begin('one');
    await write(sink, 1);
    await rejects((await RecordingStore.open())!.delete('one'), 'invalid-state');
    expect(await listed()).to.deep.equal(['one recording']);
    await end(sink);
    await store.delete('one');
    expect(await listed()).to.deep.equal([]);
  });

  it('lets the oldest go where there are too many, whole ones first, and no more than it must', async () => {
    await cutOff('cut', 1, 7);
    await ended('b', 3);
    await ended('a', 2);
    await ended('c', 4);
    const limits = {...ROOMY, bytes: 400 * KB};
    const sink = await begin('now', 5, limits);
    // An eighth of what is allowed is kept free.
    expect(await listed()).to.deep.equal([
      'now recording',
      'c finished',
      'b finished',
      'a finished',
      'cut interrupted',
    ]);
    await write(sink, 150 * KB);
    expect(await listed()).to.deep.equal(['now recording', 'c finished', 'b finished', 'cut interrupted']);
    await write(sink, 150 * KB);
    expect(await listed()).to.deep.equal(['now recording', 'cut interrupted']);
  });

  it('lets removed ones go first, tells of the others, and keeps those that are still to be sent', async () => {
    await ended('a', 2);
    await ended('b', 3);
    const unsent = await store.begin('unsent', {...about(1), toSend: true}, ROOMY);
    await write(unsent, 100 * KB);
    await end(unsent);
    await store.mark('b', {removed: Date.now()});
    const dropped: string[] = [];
    const onDrop: RecordingLimits['onDrop'] = ({id}, why) => void dropped.push(`${id} ${why}`);
    const sink = await begin('now', 5, {...ROOMY, bytes: 400 * KB, keepsUnsent: true, onDrop});
    await write(sink, 150 * KB);
    expect(await listed()).to.deep.equal(['now recording', 'a finished', 'unsent finished']);
    expect(dropped).to.deep.equal([]);
    await write(sink, 150 * KB);
    expect(await listed()).to.deep.equal(['now recording', 'unsent finished']);
    expect(dropped).to.deep.equal(['a space']);
    await rejects(write(sink, 150 * KB), 'storage-full');
    await store.mark('unsent', {sent: true});
    await write(sink, 10 * KB);
    expect(await listed()).to.deep.equal(['now recording']);
    expect(dropped).to.deep.equal(['a space', 'unsent space']);
  });

  it('lets none go that is being written, and ends with what there is', async () => {
    const limits = {...ROOMY, bytes: 300 * KB};
    const first = await begin('first', 1, limits);
    await write(first, 100 * KB, 3);
    const second = await begin('second', 2, limits);
    await write(second, 150 * KB, 4);
    await rejects(write(second, 100 * KB), 'storage-full');
    await rejects(store.begin('third', about(3), {...ROOMY, bytes: 200 * KB}), 'storage-full');
    expect(await listed()).to.deep.equal(['second recording', 'first recording']);
    await end(second);
    expect((await bytesOf((await store.get('second')).blob)).every((value) => value === 4)).to.equal(true);
    expect((await store.get('second')).blob.size).to.equal(150 * KB);
    await write(first, 10 * KB, 3);
  });

  it('looks again how much the others have taken', async () => {
    const limits = {...ROOMY, bytes: 300 * KB};
    const sink = await begin('now', 5, limits);
    await ended('other', 1, 250 * KB);
    for (let count = 0; count < 70; count += 1) await write(sink, 1 * KB);
    expect(await listed()).to.deep.equal(['now recording']);
  });

  it('lets those go that are too old, but for one that is being written', async () => {
    const now = Date.now();
    const running = await begin('running', now - 40 * DAY);
    await write(running, 1);
    await ended('old', now - 31 * DAY);
    await ended('young', now - 29 * DAY);
    await cutOff('cut', now - 31 * DAY, 7);
    await begin('now', now, {...ROOMY, days: 30});
    expect(await listed()).to.deep.equal(['now recording', 'young finished', 'running recording']);
  });

  it('tells of one that is not there', async () => {
    for (const command of [() => store.get('none'), () => store.delete('none')]) {
      const error: unknown = await command().catch((thrown: unknown) => thrown);
      expect((error as DOMException).name).to.equal('NotFoundError');
    }
  });

  it('tells that the browser denies such files', async () => {
    const {getDirectory} = StorageManager.prototype;
    StorageManager.prototype.getDirectory = async () => {
      throw new DOMException('A private window.', 'SecurityError');
    };
    try {
      const error: unknown = await RecordingStore.open().catch((thrown: unknown) => thrown);
      expect((error as DOMException).name).to.equal('SecurityError');
    } finally {
      StorageManager.prototype.getDirectory = getDirectory;
    }
  });
});
