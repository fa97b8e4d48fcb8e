import {expect} from '@open-wc/testing';
import {Account} from '../../src/functions/account.js';
import {MediaRecordStart, MediaRecordStop, TakePhoto} from '../../src/functions/calls.js';
import {use} from '../../src/functions/run.js';
import {watchDownloads, type Downloads} from '../support/in-page/downloads.js';
import {shorten} from '../support/in-page/durations.js';
import {becomes, until} from '../support/in-page/facts.js';
import {painting, tone, type Painting, type Tone} from '../support/in-page/recordings.js';
import {StagedClient, type Staged} from '../support/staged/staged-client.js';

describe('TakePhoto and MediaRecordStart', () => {
  let client: StagedClient;
  let account: Account;
  let staged: Staged;
  let video: HTMLVideoElement;
  let picture: Painting;
  let voice: Tone;
  let peer: RTCPeerConnection;
  let downloads: Downloads;

  beforeEach(async () => {
    client = await StagedClient.ready({recordingsStorage: 'memory'});
    use((account = new Account(client)));
    await account.connect(Promise.resolve());
    staged = client.dial('video');
    video = document.createElement('video');
    video.muted = true;
    picture = painting('rgb(220, 20, 20)', 640, 360);
    voice = tone(440);
    peer = new RTCPeerConnection();
    downloads = watchDownloads();
  });
  afterEach(async () => {
    await client.disconnect();
    peer.close();
    picture.stop();
    voice.stop();
    downloads.restore();
  });

  const answered = (...tracks: MediaStreamTrack[]): string => {
    staged.dialog.confirm(true);
    staged.dialog.play(new MediaStream(tracks));
    return staged.call.id;
  };
  /** A track whose pictures never come. */
  const silent = (): MediaStreamTrack => peer.addTransceiver('video').receiver.track;

  it('say no to a picture of which no frame has come', async () => {
    account.created(staged.call, {remoteVideo: video});
    const sid = answered(voice.track, silent());
    await until(() => video.srcObject !== null);
    expect([TakePhoto(sid, 'a'), MediaRecordStart(sid, 'a')]).to.deep.equal([false, false]);
    // A page without a place for it.
    account.created(staged.call, {});
    expect([TakePhoto(sid, 'a'), MediaRecordStart(sid, 'a')]).to.deep.equal([false, false]);
  });

  it('say no until a frame is shown, and then yes', async () => {
    account.created(staged.call, {remoteVideo: video});
    const sid = answered(voice.track, picture.track);
    expect([TakePhoto(sid, 'a'), MediaRecordStart(sid, 'a')]).to.deep.equal([false, false]);
    await until(() => video.videoWidth > 0 && video.readyState >= 2);
    expect([TakePhoto(sid, 'a'), MediaRecordStart(sid, 'a')]).to.deep.equal([true, true]);
    await until(() => downloads.files.length === 1);
    await becomes(staged.call, ({recording}) => recording);
    expect(MediaRecordStop(sid)).to.equal(true);
    await until(() => downloads.files.length === 2);
  });

  it('record a call of sound, of which no picture will come', async () => {
    account.created(staged.call, {});
    const sid = answered(voice.track);
    expect([TakePhoto(sid, 'a'), MediaRecordStart(sid, 'a')]).to.deep.equal([false, true]);
    await becomes(staged.call, ({recording}) => recording);
    expect(MediaRecordStop(sid)).to.equal(true);
    await until(() => downloads.files.length === 1);
  });

  it('say yes as soon as the page is told that a video call that it placed is answered', async () => {
    const told: [string, boolean?][] = [];
    account.delegate = {
      onCallAnswered: (sid) => told.push(['onCallAnswered', TakePhoto(sid, 'a')]),
      onCallHold: (_, held) => told.push(['onCallHold', held]),
    };
    account.created(staged.call, {remoteVideo: video});
    staged.dialog.confirm(true);
    expect(told).to.deep.equal([]);
    staged.dialog.play(new MediaStream([voice.track, picture.track]));
    await until(() => told.length === 1);
    expect(told).to.deep.equal([['onCallAnswered', true]]);
    staged.dialog.set({held: true});
    expect(told[1]).to.deep.equal(['onCallHold', true]);
  });

  it('hold the report of an answer no longer than a photo waits, nor beyond the end of the call', async () => {
    const told: string[] = [];
    account.delegate = {
      onCallAnswered: (sid) => told.push(`answered ${TakePhoto(sid, 'a')}`),
      onCallHangup: () => told.push('hangup'),
    };
    shorten({photoPicture: 100});
    account.created(staged.call, {remoteVideo: video});
    answered(voice.track, silent());
    await until(() => told.length === 1);
    shorten({photoPicture: 100_000});
    const next = client.dial('video');
    account.created(next.call, {});
    next.dialog.confirm(true);
    await next.call.hangup();
    await until(() => told.length === 3);
    // A call of sound waits for nothing.
    const third = client.dial('audio');
    account.created(third.call, {});
    third.dialog.confirm();
    expect(told).to.deep.equal(['answered false', 'answered false', 'hangup', 'answered false']);
  });

  it('keep the name of a photo, and make it of the kind that its ending says', async () => {
    account.created(staged.call, {});
    const sid = answered(voice.track, picture.track);
    const names = ['scene.png', 'D:\\photos\\scene.jpg', 'scene.JPEG', 'scene'];
    for (const [index, name] of names.entries()) {
      expect(TakePhoto(sid, name)).to.equal(true);
      await until(() => downloads.files.length > index);
    }
    expect(downloads.files.map(({name}) => name)).to.deep.equal([
      'scene.png',
      'scene.jpg',
      'scene.jpeg',
      'scene.png',
    ]);
    const photos = await Promise.all(downloads.files.map(({file}) => file));
    expect(photos.map(({type}) => type.slice(6))).to.deep.equal(['png', 'jpeg', 'jpeg', 'png']);
    const {width} = await createImageBitmap(photos[1]!);
    expect(width).to.equal(640);
  });

  for (const [name, type] of [
    ['x.webm', 'video/webm'],
    ['D:\\evidence\\x.mp4', 'video/mp4'],
  ] as const)
    it(`keep the name and the container of ${name}`, async () => {
      account.created(staged.call, {});
      const sid = answered(voice.track, picture.track);
      expect(MediaRecordStart(sid, name)).to.equal(true);
      await becomes(staged.call, ({recording}) => recording);
      expect(MediaRecordStop(sid)).to.equal(true);
      await until(() => downloads.files.length === 1);
      const [{name: downloaded, file}] = downloads.files as [Downloads['files'][0]];
      expect([downloaded, (await file).type]).to.deep.equal([`x.${type.slice(6)}`, type]);
    });

  it('have a recording that ended by itself stopped for the page as well', async () => {
    account.created(staged.call, {});
    const sid = answered(voice.track, picture.track);
    expect(MediaRecordStart(sid, 'first')).to.equal(true);
    await becomes(staged.call, ({recording}) => recording);
    // As if the disk were full.
    await staged.call.stopRecording();
    expect(MediaRecordStop(sid)).to.equal(false);
    expect(MediaRecordStart(sid, 'second')).to.equal(true);
    expect(MediaRecordStop(sid)).to.equal(true);
    await until(() => downloads.files.length === 2);
    expect(MediaRecordStop(sid)).to.equal(false);
  });
});
