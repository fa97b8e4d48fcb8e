import {expect} from '@open-wc/testing';
import type {SipCall} from '../../../src/core/call/call.js';
import type {FinishedRecording} from '../../../src/core/call/call-state.js';
import {Recordings} from '../../../src/core/recordings/recordings.js';
import {
  decoded,
  painting,
  recorded,
  tone,
  type Painting,
  type Recorded,
  type Tone,
} from '../../support/in-page/recordings.js';
import {shorten} from '../../support/in-page/durations.js';
import {watchDownloads, type Downloads} from '../../support/in-page/downloads.js';
import {becomes, until} from '../../support/in-page/facts.js';
import {stopwatch, type Lasts} from '../../support/in-page/stopwatch.js';
import {rejects} from '../../support/in-page/rejections.js';
import {randomUuid} from '../../../src/core/util/uuid.js';
import {StagedClient, type Staged} from '../../support/staged/staged-client.js';

const pause = (seconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, seconds * 1000));

describe('SipCall: photo and recording', () => {
  let lasts: Lasts;
  beforeEach(() => (lasts = stopwatch()));
  let client: StagedClient;
  let staged: Staged;
  let call: SipCall;
  let voices: [Tone, Tone];
  let picture: Painting;
  let own: Painting;
  let downloads: Downloads;
  let view: Recorded | undefined;

  beforeEach(async () => {
    // Of an account of its own: what the test before it recorded may still be written.
    client = await StagedClient.ready({user: randomUuid()});
    staged = client.dial('video');
    call = staged.call;
    voices = [tone(440), tone(1000)];
    picture = painting('rgb(220, 20, 20)', 640, 360);
    own = painting('rgb(20, 20, 220)', 320, 240);
    downloads = watchDownloads();
  });
  afterEach(async () => {
    await client.disconnect();
    for (const each of [...voices, picture, own]) each.stop();
    downloads.restore();
    view?.stop();
    view = undefined;
  });

  function answer(): void {
    staged.dialog.confirm(true);
    staged.dialog.play(
      new MediaStream([voices[0].track, picture.track]),
      new MediaStream([voices[1].track, own.track]),
    );
  }
  const finished = (): Promise<FinishedRecording> =>
    new Promise((resolve) => call.addEventListener('recording', ({detail}) => resolve(detail), {once: true}));
  const sizeOf = async (photo: Blob): Promise<[number, number]> => {
    const {width, height} = await createImageBitmap(photo);
    return [width, height];
  };

  it('takes a photo of either side', async () => {
    answer();
    expect(await sizeOf(await call.takePhoto())).to.deep.equal([640, 360]);
    expect(await sizeOf(await call.takePhoto({of: 'local'}))).to.deep.equal([320, 240]);
    expect(downloads.files).to.deep.equal([]);
  });

  it('downloads a photo that has a name', async () => {
    answer();
    const photo = await call.takePhoto({name: '/home/me/现场'});
    expect(downloads.files.map(({name}) => name)).to.deep.equal(['现场.png']);
    expect((await downloads.files[0]!.file).size).to.equal(photo.size);
  });

  it('takes no photo where there is no picture', async () => {
    await rejects(call.takePhoto(), 'no-picture');
    answer();
    staged.dialog.set({remoteHeld: true});
    await rejects(call.takePhoto(), 'no-picture');
    staged.dialog.set({remoteHeld: false, held: true});
    await rejects(call.takePhoto(), 'no-picture');
    await call.hangup();
    await rejects(call.takePhoto(), 'invalid-state');
  });

  it('records until it is stopped, and says so', async () => {
    answer();
    const told = finished();
    const asked = Date.now();
    await call.startRecording();
    expect(call.state.recording).to.equal(true);
    expect(call.state.recordingSince).to.be.within(asked, Date.now());
    await pause(0.8);
    const file = await call.stopRecording();
    expect(call.state).to.deep.include({recording: false, recordingSince: undefined});
    const {blob, name, type, duration, error} = await told;
    expect(blob).to.equal(file);
    expect([name, type, error]).to.deep.equal([undefined, file.type, undefined]);
    lasts(duration, 0.8);
    expect(downloads.files).to.deep.equal([]);
    expect(await call.stopRecording()).to.equal(file);
  });

  it('downloads a file that has a name, with the ending that fits', async () => {
    answer();
    await call.startRecording({name: 'c:\\x\\1002.avi'});
    await pause(0.5);
    const {type} = await call.stopRecording();
    await until(() => downloads.files.length > 0);
    expect(downloads.files[0]!.name).to.equal(type === 'video/mp4' ? '1002.mp4' : '1002.webm');
  });

  it('does not download what the page keeps for itself, told by the client', async () => {
    answer();
    const told = new Promise<string | undefined>((resolve) =>
      client.addEventListener('sip-recording', (event) => {
        event.preventDefault();
        resolve(event.detail.call === call ? event.detail.name : undefined);
      }),
    );
    await call.startRecording({name: 'mine'});
    await pause(0.5);
    await call.stopRecording();
    expect(await told).to.match(/^mine\.(mp4|webm)$/);
    expect(downloads.files).to.deep.equal([]);
  });

  for (const [who, end] of [
    ['this side', () => call.hangup()],
    ['the other side', () => staged.dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'normal'}})],
  ] as const) {
    it(`ends with the call, and the file is not lost, where ${who} hangs up`, async () => {
      answer();
      const told = new Promise<FinishedRecording>((resolve) =>
        client.addEventListener('sip-recording', ({detail}) => resolve(detail)),
      );
      await call.startRecording({name: 'kept'});
      await pause(0.7);
      await end();
      for (const {track} of voices) track.stop();
      await becomes(call, ({recording}) => !recording);
      const {blob, duration} = await told;
      lasts(duration, 0.7);
      await until(() => downloads.files.length > 0);
      expect(await call.stopRecording()).to.equal(blob);
      const file = await decoded(blob);
      expect(file.level(440)).to.be.greaterThan(0.1);
      file.close();
    });
  }

  it('records nothing of this side while it is muted or the call is held', async () => {
    answer();
    await call.startRecording();
    await pause(0.9);
    await call.mute();
    await pause(0.9);
    await call.unmute();
    await pause(0.9);
    staged.dialog.set({remoteHeld: true});
    await pause(1);
    const file = await decoded(await call.stopRecording());
    // When it began is known to a second or so: what counts is the order, and that each part lasts.
    const parts: boolean[] = [];
    for (let from = 0; from + 0.4 <= file.duration; from += 0.1) {
      const levels = [from, from + 0.2].map((start) => file.level(1000, start, start + 0.2) > 0.05);
      if (levels[0] === levels[1] && levels[0] !== parts.at(-1)) parts.push(levels[0]!);
    }
    if (!parts[0]) parts.shift();
    expect(parts).to.deep.equal([true, false, true, false]);
    const [red] = await file.color(file.duration - 0.3);
    expect(red).to.be.lessThan(40);
    file.close();
  });

  it('goes on with another microphone and another picture', async () => {
    answer();
    view = recorded();
    await call.startRecording();
    await pause(0.8);
    const other = tone(2500);
    staged.dialog.play(
      new MediaStream([voices[0].track, own.track]),
      new MediaStream([other.track, own.track]),
    );
    voices[1].track.stop();
    picture.track.stop();
    await until(() => view!.color() === 'blue');
    await pause(1);
    const file = await decoded(await call.stopRecording());
    lasts(file.duration, 1.8);
    const [from, to] = [file.duration - 0.7, file.duration - 0.3];
    expect(file.level(2500, from, to)).to.be.greaterThan(0.1);
    expect(file.level(1000, from, to)).to.be.lessThan(0.02);
    expect((await file.scenes()).at(-1)).to.equal('blue');
    file.close();
    other.stop();
  });

  it('pauses and goes on, and says so', async () => {
    answer();
    await Promise.all([
      rejects(call.pauseRecording(), 'invalid-state'),
      rejects(call.resumeRecording(), 'invalid-state'),
    ]);
    await call.startRecording();
    const since = call.state.recordingSince!;
    await pause(0.7);
    const before = Date.now();
    await call.pauseRecording();
    await call.pauseRecording();
    const paused = Date.now();
    expect(call.state).to.deep.include({recording: true, recordingPaused: true, recordingSince: since});
    voices[1].track.enabled = false;
    await pause(0.7);
    const resuming = Date.now();
    await call.resumeRecording();
    await call.resumeRecording();
    expect(call.state.recordingPaused).to.equal(false);
    // `Date.now()` has whole milliseconds.
    const [least, most] = [resuming - paused - 1, Date.now() - before + 1];
    expect(call.state.recordingSince! - since).to.be.within(least, most);
    await pause(0.7);
    const told = finished();
    const file = await decoded(await call.stopRecording());
    lasts((await told).duration, 1.4, 0.7);
    lasts(file.duration, 1.4, 0.7);
    expect(file.level(440, 0.3, 1.1)).to.be.greaterThan(0.1);
    file.close();
    expect(call.state).to.deep.include({recording: false, recordingPaused: false});
    await rejects(call.pauseRecording(), 'invalid-state');
  });

  it('puts one’s own picture into the corner where it is asked to, while it is shown to somebody', async () => {
    answer();
    view = recorded();
    await call.startRecording({inset: true});
    await until(() => view!.color(0.87, 0.85) === 'blue');
    await pause(0.5);
    staged.dialog.set({cameraOff: true});
    await until(() => view!.color(0.87, 0.85) === 'red');
    await pause(0.5);
    const file = await decoded(await call.stopRecording());
    expect(await file.scenes(0.87, 0.85)).to.deep.equal(['blue', 'red']);
    file.close();
  });

  it('asks the page first, and records nothing where it does not agree', async () => {
    answer();
    const asked: boolean[] = [];
    const refuse = (event: CustomEvent<{inset: boolean}>): void => {
      asked.push(event.detail.inset);
      event.preventDefault();
    };
    client.addEventListener('sip-recording-request', refuse);
    await rejects(call.startRecording({name: 'x', inset: true}), 'recording-declined');
    expect([asked, call.state.recording]).to.deep.equal([[true], false]);
    expect(await client.recordings.list()).to.deep.equal([]);
    client.removeEventListener('sip-recording-request', refuse);
    await call.startRecording();
    await call.stopRecording();
  });

  it('waits for somebody who is asked', async () => {
    answer();
    let agree!: (agreed: boolean) => void;
    client.addEventListener('sip-recording-request', ({detail}) => {
      expect(detail.call).to.equal(call);
      expect(detail.respondWith(new Promise<boolean>((resolve) => (agree = resolve)))).to.equal(true);
      expect(detail.respondWith(true)).to.equal(false);
    });
    const began = call.startRecording();
    await until(() => agree !== undefined);
    await pause(0.3);
    expect(call.state.recording).to.equal(false);
    const agreed = Date.now();
    agree(true);
    await began;
    expect(call.state.recording).to.equal(true);
    expect((await client.recordings.list())[0]!.time).to.be.at.least(agreed);
    await call.stopRecording();
    const refused = rejects(call.startRecording(), 'recording-declined');
    await pause(0.3);
    agree(false);
    await refused;
  });

  it('asks no more where the call ends meanwhile', async () => {
    answer();
    let signal: AbortSignal | undefined;
    client.addEventListener('sip-recording-request', ({detail}) => {
      ({signal} = detail);
      detail.respondWith(new Promise<boolean>(() => {}));
    });
    const began = rejects(call.startRecording(), 'aborted');
    await until(() => signal !== undefined);
    await call.hangup();
    await began;
    expect(signal!.aborted).to.equal(true);
  });

  it('is kept by the browser, and found by its id', async () => {
    answer();
    const told = finished();
    let changes = 0;
    client.recordings.addEventListener('change', () => (changes += 1));
    const began = Date.now();
    await call.startRecording({name: '{name} {number}'});
    expect(call.state.recordingStorage).to.equal('local');
    const [running] = await client.recordings.list();
    expect(running).to.include({state: 'recording', call: call.id, name: '李雷 1002'});
    await rejects(client.recordings.delete(running!.id), 'invalid-state');
    await pause(0.8);
    const blob = await call.stopRecording();
    const {id, duration} = await told;
    expect(id).to.equal(running!.id);
    const [kept, ...others] = await client.recordings.list();
    expect(others).to.deep.equal([]);
    expect(kept).to.deep.include({
      id,
      state: 'finished',
      direction: 'outgoing',
      remote: {number: '1002', name: '李雷'},
      size: blob.size,
      type: blob.type,
      duration,
    });
    expect(kept!.time).to.be.closeTo(began, 2000);
    const fetched = await client.recordings.get(id!);
    expect([fetched.size, fetched.type]).to.deep.equal([blob.size, blob.type]);
    expect(fetched.name).to.match(/^李雷 1002\.(mp4|webm)$/);
    const file = await decoded(fetched);
    expect(file.level(440)).to.be.greaterThan(0.1);
    expect(file.level(1000)).to.be.greaterThan(0.1);
    expect(file.seekable[0]![1]).to.be.closeTo(duration, 0.1);
    file.close();
    const before = changes;
    await client.recordings.delete(id!);
    expect(changes).to.equal(before + 1);
    expect(await client.recordings.list()).to.deep.equal([]);
    await rejects(client.recordings.get(id!), 'recording-not-found');
    await rejects(client.recordings.delete(id!), 'recording-not-found');
  });

  it('is not shown to another account', async () => {
    answer();
    await call.startRecording();
    await pause(0.5);
    await call.stopRecording();
    const [{id} = {id: ''}] = await client.recordings.list();
    const other = await StagedClient.ready({user: '1009'});
    expect(await other.recordings.list()).to.deep.equal([]);
    await rejects(other.recordings.get(id), 'recording-not-found');
    await rejects(other.recordings.delete(id), 'recording-not-found');
    await other.disconnect();
    expect(await client.recordings.list()).to.have.length(1);
  });

  it('says that it is in memory where the browser keeps nothing, and is a whole file all the same', async () => {
    answer();
    const {getDirectory} = StorageManager.prototype;
    StorageManager.prototype.getDirectory = async () => {
      throw new DOMException('A private window.', 'SecurityError');
    };
    try {
      const told = finished();
      await call.startRecording();
      expect(call.state.recordingStorage).to.equal('memory');
      await pause(0.5);
      const file = await decoded(await call.stopRecording());
      expect(file.level(440)).to.be.greaterThan(0.1);
      file.close();
      expect((await told).id).to.equal(undefined);
      expect(await client.recordings.list()).to.deep.equal([]);
    } finally {
      StorageManager.prototype.getDirectory = getDirectory;
    }
  });

  it('is in memory where the browser’s storage does not respond', async () => {
    shorten({recordingStorage: 100});
    answer();
    const {getDirectory} = StorageManager.prototype;
    StorageManager.prototype.getDirectory = () => new Promise(() => {});
    try {
      await call.startRecording();
      expect(call.state.recordingStorage).to.equal('memory');
      await pause(0.3);
      expect((await call.stopRecording()).size).to.be.greaterThan(0);
    } finally {
      StorageManager.prototype.getDirectory = getDirectory;
    }
  });

  it('is in memory alone where the page wants that', async () => {
    const memory = await StagedClient.ready({recordingsStorage: 'memory'});
    ({call} = staged = memory.dial('video'));
    answer();
    await call.startRecording();
    expect(call.state.recordingStorage).to.equal('memory');
    await pause(0.5);
    expect((await call.stopRecording()).size).to.be.greaterThan(0);
    expect(await memory.recordings.list()).to.deep.equal([]);
    await memory.disconnect();
  });

  it('is gone once it is too old, when anybody looks', async () => {
    answer();
    await call.startRecording();
    await pause(0.3);
    await call.stopRecording();
    expect(await client.recordings.list()).to.have.length(1);
    const strict = new Recordings({account: 'dave@test', mode: 'local', limit: 1, days: 1e-9});
    expect(await strict.list()).to.deep.equal([]);
    expect(await client.recordings.list()).to.deep.equal([]);
  });

  it('leaves nothing behind where the call ends while it begins', async () => {
    answer();
    const began = rejects(call.startRecording(), 'aborted');
    await call.hangup();
    await began;
    await until(async () => (await client.recordings.list()).length === 0);
  });

  it('refuses a name whose pattern has a part that there is not', async () => {
    answer();
    for (const name of ['{date}', 'a}', '{'])
      await Promise.all([
        rejects(call.startRecording({name}), 'bad-parameter'),
        rejects(call.takePhoto({name}), 'bad-parameter'),
      ]);
    expect(downloads.files).to.deep.equal([]);
    await call.takePhoto({name: 'photo {name} {{1}}'});
    expect(downloads.files.map(({name}) => name)).to.deep.equal(['photo 李雷 {1}.png']);
  });

  it('can be recorded once more', async () => {
    answer();
    await call.startRecording();
    await pause(0.3);
    const first = await call.stopRecording();
    await call.startRecording();
    await pause(0.3);
    expect(await call.stopRecording()).not.to.equal(first);
  });

  it('waits for a recording that is just beginning to be stopped', async () => {
    answer();
    const began = call.startRecording();
    const file = call.stopRecording();
    await began;
    await file;
    expect(call.state.recording).to.equal(false);
  });

  it('refuses what makes no sense', async () => {
    await rejects(call.startRecording(), 'invalid-state');
    await rejects(call.stopRecording(), 'invalid-state');
    answer();
    await rejects(call.stopRecording(), 'invalid-state');
    const began = call.startRecording();
    await rejects(call.startRecording(), 'invalid-state');
    await began;
    await rejects(call.startRecording(), 'invalid-state');
    await call.hangup();
    await rejects(call.startRecording(), 'invalid-state');
  });

  it('begins nothing where the call ends meanwhile', async () => {
    answer();
    const began = rejects(call.startRecording(), 'aborted');
    await call.hangup();
    await began;
    expect(call.state.recording).to.equal(false);
    await rejects(call.stopRecording(), 'invalid-state');
  });

  it('says where the browser cannot record', async () => {
    answer();
    const recorder = MediaRecorder;
    Reflect.deleteProperty(window, 'MediaRecorder');
    try {
      await rejects(call.startRecording(), 'unsupported-browser');
    } finally {
      window.MediaRecorder = recorder;
    }
    await call.startRecording();
    await pause(0.3);
    await call.stopRecording();
  });
});
