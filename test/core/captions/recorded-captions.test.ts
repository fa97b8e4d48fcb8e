import {expect} from '@open-wc/testing';
import type {CaptionSide, CaptionSound, CaptionText} from '../../../src/core/captions/caption-source.js';
import {sortedVtt, vttCue} from '../../../src/core/captions/web-vtt.js';
import type {SipCall} from '../../../src/core/call/call.js';
import type {FinishedRecording} from '../../../src/core/call/call-state.js';
import {randomUuid} from '../../../src/core/util/uuid.js';
import {RecordingStore} from '../../../src/media/recording/recording-store.js';
import {watchDownloads, type Downloads} from '../../support/in-page/downloads.js';
import {until} from '../../support/in-page/facts.js';
import {tone, type Tone} from '../../support/in-page/recordings.js';
import {StagedClient} from '../../support/staged/staged-client.js';

/** What a browser's own track of captions makes of a file: its times, and the text that is shown. */
async function cuesOf(file: Blob): Promise<{start: number; end: number; text: string; markup: string[]}[]> {
  const video = document.createElement('video');
  const element = Object.assign(document.createElement('track'), {
    default: true,
    kind: 'captions',
    src: URL.createObjectURL(file),
  });
  video.append(element);
  document.body.append(video);
  const read = new Promise((resolve, reject) => {
    element.onload = resolve;
    element.onerror = () => reject(new Error('The browser cannot read it.'));
  });
  element.track.mode = 'showing';
  await read;
  const cues = [...(element.track.cues ?? [])] as VTTCue[];
  video.remove();
  return cues.map((cue) => {
    const shown = cue.getCueAsHTML();
    return {
      start: cue.startTime,
      end: cue.endTime,
      text: shown.textContent ?? '',
      markup: [...shown.querySelectorAll('*')].map(({localName}) => localName),
    };
  });
}

describe('captions of a recording', () => {
  let client: StagedClient;
  let call: SipCall;
  let voice: Tone;
  let downloads: Downloads;
  let sounds: Map<CaptionSide, CaptionSound>;

  beforeEach(async () => {
    sounds = new Map();
    downloads = watchDownloads();
    client = await StagedClient.ready({
      user: randomUuid(),
      captions: (sound) => {
        sounds.set(sound.side, sound);
        return {write: () => {}};
      },
    });
    voice = tone(440);
    const {dialog, call: made} = client.dial('audio', {number: '1002', name: 'Bea'});
    call = made;
    dialog.play(new MediaStream([voice.track]));
    dialog.confirm();
  });
  afterEach(async () => {
    await client.disconnect();
    for (const {id} of await client.recordings.find()) await client.recordings.delete(id);
    voice.stop();
    downloads.restore();
  });

  const say = (text: string, more: Partial<CaptionText> = {}, side: CaptionSide = 'remote'): void =>
    sounds.get(side)!.caption({text, final: true, ...more});
  const finished = (): Promise<FinishedRecording> =>
    new Promise((resolve) => call.addEventListener('recording', ({detail}) => resolve(detail), {once: true}));
  /** Waits until so much of the call has passed, in milliseconds. */
  const passed = (time: number): Promise<void> => until(() => call.duration! >= time);

  it('are cues at their places in it, by both sides, in a file that the browser’s track reads', async () => {
    await call.captions();
    await passed(600);
    say('before the recording', {start: 0, end: 500});
    await call.startRecording();
    const since = call.duration! - call.recordingDuration!;
    await passed(since + 1_500);
    say('Hello', {start: since + 200, end: since + 700, language: 'en'});
    say('Yes?', {start: since + 800, end: since + 1_200, speaker: 'Al'}, 'local');
    say('said before Hello', {start: since + 100, end: since + 600});
    say('not final', {final: false}, 'local');
    const told = finished();
    await call.stopRecording();
    const {captions, id} = await told;
    const cues = await cuesOf(captions!);
    expect(cues.map(({text}) => text)).to.deep.equal(['said before Hello', 'Hello', 'Yes?', 'not final']);
    expect(cues[1]!.start).to.be.closeTo(0.2, 0.05);
    expect(cues[1]!.end).to.be.closeTo(0.7, 0.05);
    const kept = await client.recordings.captions(id!);
    expect(await kept!.text()).to.equal(await captions!.text());
    expect(await captions!.text())
      .to.include('<v Bea><lang en>Hello</lang></v>')
      .and.include('<v Al>Yes?</v>');
    expect((await client.recordings.list())[0]).to.include({id, captions: true});
    expect(kept!.name).to.match(/^recording-1002-.+\.vtt$/);
  });

  it('show what looks like markup as text', async () => {
    await call.captions();
    await call.startRecording();
    const hostile = '<b>bold</b> --> & &amp; <script>alert(1)</script> 00:00.000 --> 00:09.000';
    await passed(300);
    say(`${hostile}\n\nNOTE\n\n00:00.000 --> 00:09.000\nmore`, {speaker: '<i>Eve</i>\n-->'});
    const told = finished();
    await call.stopRecording();
    const [cue, ...others] = await cuesOf((await told).captions!);
    expect(others).to.deep.equal([]);
    expect(cue!.text).to.equal(`${hostile} NOTE 00:00.000 --> 00:09.000 more`);
    expect(cue!.markup).to.deep.equal(['span']);
  });

  it('leave out what was said while it was paused', async () => {
    await call.captions();
    await call.startRecording();
    await passed(call.duration! + 300);
    await call.pauseRecording();
    const paused = call.duration!;
    await passed(paused + 800);
    say('a secret that began before', {start: paused - 200, end: paused + 100});
    say('a secret', {start: paused + 200, end: paused + 600});
    await call.resumeRecording();
    const resumed = call.duration!;
    await passed(resumed + 700);
    say('public', {start: resumed + 100, end: resumed + 600});
    const place = (call.recordingDuration! - (call.duration! - resumed - 100)) / 1_000;
    const told = finished();
    await call.stopRecording();
    const cues = await cuesOf((await told).captions!);
    expect(cues.map(({text}) => text)).to.deep.equal(['public']);
    expect(cues[0]!.start).to.be.closeTo(place, 0.05);
  });

  it('are written in few steps and at most 2 MB, however many a recognizer sends, and end with the recording', async () => {
    await call.captions();
    await call.startRecording();
    await passed(call.duration! + 300);
    for (let count = 0; count < 5_000; count += 1) say(`${count} ${'x'.repeat(990)}`);
    const told = finished();
    await call.stopRecording();
    const {captions, id} = await told;
    expect(captions!.size).to.be.within(1_900_000, 2_000_010);
    const kept = await client.recordings.captions(id!);
    expect(kept!.size).to.equal(captions!.size);
  });

  it('are downloaded beside a recording, and are erased with it', async () => {
    await call.captions();
    await call.startRecording({name: 'gate'});
    await passed(300);
    say('Open the gate');
    const told = finished();
    await call.stopRecording();
    const {id} = await told;
    await until(() => downloads.files.length === 2);
    expect(downloads.files.map(({name}) => name.replace(/mp4|webm|m4a/, 'film'))).to.deep.equal([
      'gate.film',
      'gate.vtt',
    ]);
    await client.recordings.download(id!);
    expect(downloads.files.at(-1)!.name).to.equal('gate.vtt');
    expect(await (await downloads.files.at(-1)!.file).text()).to.include('Open the gate');
    await client.recordings.delete(id!);
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle('sip-elements-recordings');
    const names: string[] = [];
    for await (const name of (folder as unknown as {keys(): AsyncIterable<string>}).keys()) names.push(name);
    expect(names).not.to.include(id);
  });

  it('that were said until a page was closed are on the disk', async () => {
    await call.captions();
    await call.startRecording();
    await passed(300);
    say('before the page was closed');
    const store = (await RecordingStore.open())!;
    const [running] = await client.recordings.list();
    await until(async () => !!(await store.captions(running!.id)));
    const [cue] = await cuesOf((await store.captions(running!.id))!);
    expect(cue!.text).to.equal('before the page was closed');
    await call.stopRecording();
  });

  it('contain the last texts, which come after the call', async () => {
    await call.captions((sound) => ({
      write: () => {},
      stop: async () => {
        await new Promise((resolve) => setTimeout(resolve, 200));
        sound.caption({text: `the last words of ${sound.side}`, final: true});
      },
    }));
    await call.startRecording();
    await passed(300);
    const told = finished();
    await call.hangup();
    const cues = await cuesOf((await told).captions!);
    expect(cues.map(({text}) => text)).to.have.members([
      'the last words of local',
      'the last words of remote',
    ]);
  });

  it('are none without a recognizer', async () => {
    await call.startRecording();
    await passed(300);
    const told = finished();
    await call.stopRecording();
    const {captions, id} = await told;
    expect(captions).to.equal(undefined);
    expect(await client.recordings.captions(id!)).to.equal(undefined);
    expect((await client.recordings.list())[0]).not.to.have.property('captions');
  });

  it('have times of many hours, in order', () => {
    const text = [100 * 3_600, 3_599.9996, 7_200]
      .map((start) => vttCue({start, end: start, text: 'x'}))
      .join('');
    expect(sortedVtt(`WEBVTT\n\n${text}`).match(/^.+ --> .+$/gm)).to.deep.equal([
      '01:00:00.000 --> 01:00:00.500',
      '02:00:00.000 --> 02:00:00.500',
      '100:00:00.000 --> 100:00:00.500',
    ]);
  });
});
