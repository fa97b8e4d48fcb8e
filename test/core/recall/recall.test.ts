import {expect} from '@open-wc/testing';
import {pageDevices} from '../../../src/core/devices/devices.js';
import type {Utterance} from '../../../src/core/recall/recall-state.js';
import {randomUuid} from '../../../src/core/util/uuid.js';
import {decoded} from '../../support/in-page/recordings.js';
import {DAY, setClock} from '../../support/in-page/clock.js';
import {shorten} from '../../support/in-page/durations.js';
import {becomes, until} from '../../support/in-page/facts.js';
import {keptForRecall, leaveForRecall, watchFiles, type HeardAgain} from '../../support/in-page/recall.js';
import {rejects} from '../../support/in-page/rejections.js';
import {listenTo, Speaker} from '../../support/in-page/speaker.js';
import {StagedDevices} from '../../support/staged/staged-devices.js';
import {StagedClient, type Staged} from '../../support/staged/staged-client.js';

/** A call whose other side speaks by a real peer connection. */
interface Spoken {
  readonly speaker: Speaker;
  /** What plays the call. */
  readonly player: HTMLAudioElement;
}

const DOMAIN = 'example.com';

/** What is written about something that was heard. */
const ABOUT = {
  call: 'earlier',
  type: 'single',
  direction: 'incoming',
  remote: {number: '1002', name: 'Bea'},
  time: Date.now(),
  duration: 1,
};

describe('recall', () => {
  let user: string;
  let again: HeardAgain;
  const clients: StagedClient[] = [];
  const speakers: Speaker[] = [];
  beforeEach(() => {
    user = randomUuid();
    again = watchFiles();
  });
  afterEach(async () => {
    again.restore();
    for (const client of clients.splice(0)) await client.disconnect();
    for (const speaker of speakers.splice(0)) speaker.close();
  });

  async function ready(options: object = {}): Promise<StagedClient> {
    const client = await StagedClient.ready({
      user,
      domain: DOMAIN,
      recall: 5,
      parallelCalls: true,
      ...options,
    });
    clients.push(client);
    if (client.options.recall) await becomes(client.recall, ({active}) => active);
    return client;
  }
  async function connect<T extends Staged>(staged: T): Promise<T & Spoken> {
    const speaker = await Speaker.open();
    speakers.push(speaker);
    staged.dialog.play(speaker.stream);
    staged.dialog.confirm();
    const player = new Audio();
    staged.call.attach({remoteAudio: player});
    return {...staged, speaker, player};
  }
  const talk = (client: StagedClient, number = '1002'): Promise<Staged & Spoken> =>
    connect(client.dial('audio', {number, name: 'Bea'}));
  const newest = ({recall}: StagedClient): Utterance => recall.utterances[0]!;
  /** Begins to say something; resolves when so many seconds of it are kept. */
  async function begin(
    client: StagedClient,
    {speaker}: Spoken,
    frequency: number,
    seconds = 1,
  ): Promise<void> {
    const before = client.recall.utterances[0]?.id;
    speaker.speak(frequency);
    await becomes(client.recall, () =>
      client.recall.utterances.some(({id, duration}) => id !== before && duration >= seconds),
    );
  }
  /** Says something; resolves with what is kept of it. */
  async function say(
    client: StagedClient,
    spoken: Spoken,
    frequency: number,
    seconds = 1,
  ): Promise<Utterance> {
    await begin(client, spoken, frequency, seconds);
    spoken.speaker.fallSilent();
    await becomes(client.recall, ({utterances}) => utterances.every(({running}) => !running));
    return newest(client);
  }
  /** Waits until a tone is heard again, from a file. */
  async function heardAgain(frequency: number): Promise<void> {
    await until(() => Math.abs((again.sound?.frequency ?? 0) - frequency) < 15);
  }

  it('keeps nothing unless it is wanted', async () => {
    const client = await ready({recall: 0});
    const {speaker} = await talk(client);
    const live = listenTo(speaker.stream);
    speaker.speak(440);
    await until(() => live.level > 0.1);
    live.close();
    expect(client.recall.state).to.deep.include({active: false, utterances: []});
    await rejects(client.recall.repeat(), 'nothing-to-repeat');
    expect(await keptForRecall()).to.deep.equal([]);
  });

  it('has what was heard, with its time, its call and its speaker, and plays it again', async () => {
    const client = await ready();
    const spoken = await talk(client);
    const began = Date.now();
    const utterance = await say(client, spoken, 440);
    expect(utterance).to.deep.include({
      call: spoken.call.id,
      type: 'single',
      remote: {number: '1002', name: 'Bea'},
      speaker: {number: '1002', name: 'Bea'},
    });
    expect(utterance.time).to.be.within(began - 500, Date.now());
    expect(utterance.duration).to.be.within(1, 8);
    await client.recall.repeat();
    expect(client.recall.state.playing?.id).to.equal(utterance.id);
    await heardAgain(440);
    await becomes(client.recall, ({playing}) => !playing);
    expect(again.element?.src).to.equal('');
  });

  it('plays while live sound goes on', async () => {
    const client = await ready();
    const [one, other] = [await talk(client), await talk(client, '1003')];
    await say(client, one, 440, 3);
    const live = listenTo(other.speaker.stream);
    other.speaker.speak(1_000);
    await until(() => Math.abs(live.frequency - 1_000) < 15);
    await client.recall.repeat({call: one.call.id});
    await heardAgain(440);
    expect(Math.abs(live.frequency - 1_000)).to.be.below(15);
    expect([other.player.paused, other.player.muted, other.player.volume]).to.deep.equal([false, false, 1]);
    live.close();
  });

  it('plays over the unselected output from the first sound on', async () => {
    const staged = new StagedDevices([
      {kind: 'output', id: 'headset', label: 'Headset'},
      {kind: 'output', id: 'box', label: 'Box'},
    ]);
    const {prototype} = HTMLMediaElement;
    const {setSinkId} = prototype;
    const outputs = new WeakMap<HTMLMediaElement, string>();
    prototype.setSinkId = async function (this: HTMLMediaElement, id) {
      outputs.set(this, id);
    };
    const devices = pageDevices();
    try {
      await devices.list();
      await devices.select('speaker', 'headset');
      await devices.select('unselected', 'box');
      const client = await ready();
      await say(client, await talk(client), 440);
      await client.recall.repeat();
      expect(outputs.get(again.element!)).to.equal('box');
    } finally {
      for (const kind of ['speaker', 'unselected'] as const) await devices.select(kind, '');
      prototype.setSinkId = setSinkId;
      staged.restore();
    }
  });

  it('plays slower and faster with the same pitch', async () => {
    const client = await ready();
    await say(client, await talk(client), 440, 3);
    for (const rate of [1.5, 0.75]) {
      await client.recall.setRate(rate);
      await client.recall.repeat();
      expect(again.element!.playbackRate).to.equal(rate);
      await heardAgain(440);
      await client.recall.stop();
    }
    await rejects(client.recall.setRate(3), 'bad-parameter');
  });

  it('repeats what is still being said', async () => {
    const client = await ready();
    const spoken = await talk(client);
    await begin(client, spoken, 600, 2);
    expect(newest(client).running).to.equal(true);
    await client.recall.repeat();
    await heardAgain(600);
  });

  it('cuts at a pause, and where the floor goes to another one', async () => {
    const client = await ready();
    const group = await connect(client.interphone({remote: {number: '9001', name: 'Gate'}}));
    group.service.tell('taken', '1004');
    await say(client, group, 440);
    await begin(client, group, 600);
    group.service.tell('taken', '1005');
    await becomes(client.recall, ({utterances}) => utterances.length === 3);
    const of = (number: string): readonly (string | undefined)[] =>
      client.recall.utterances
        .filter(({remote}) => remote.number === number)
        .map(({speaker}) => speaker?.number);
    expect(of('9001')).to.deep.equal(['1005', '1004', '1004']);
  });

  it('names who speaks in a conference, never this side, and cuts where another one goes on', async () => {
    const client = await ready();
    const meeting = await connect(client.confer());
    const member = {speaking: true, hearing: true, phase: 'answered' as const};
    const report = (...talking: readonly string[]): void =>
      meeting.service.all(
        ...[user, '1004', '1005'].map((number) => ({
          ...{...member, number, name: '', talking: talking.includes(number)},
        })),
      );
    report(user, '1004');
    await begin(client, meeting, 440);
    report(user, '1004', '1005');
    report(user, '1005');
    await becomes(client.recall, ({utterances}) => utterances.length === 2);
    const of = client.recall.utterances.map(({speaker}) => speaker?.number);
    expect(of).to.deep.equal(['1005', '1004']);
  });

  it('makes a recording of an utterance', async () => {
    const client = await ready();
    const {id, time} = await say(client, await talk(client), 440, 2);
    const file = await client.recall.keep(id);
    const [recording] = await client.recordings.list();
    expect(recording).to.deep.include({
      time,
      state: 'finished',
      type: 'audio/webm',
      remote: {number: '1002', name: 'Bea'},
    });
    const sound = await decoded(file);
    expect(sound.level(440, 0.5, 1.5)).to.be.above(0.1);
    expect(sound.level(1_000, 0.5, 1.5)).to.be.below(0.02);
    sound.close();
    await client.recordings.delete(recording!.id);
  });

  it('makes one recording of an utterance, and knows when it is deleted', async () => {
    const client = await ready();
    const {id} = await say(client, await talk(client), 440);
    const [file] = await Promise.all([client.recall.keep(id), client.recall.keep(id)]);
    expect((await client.recall.keep(id)).size).to.equal(file.size);
    const [recording, ...others] = await client.recordings.list();
    expect(others).to.deep.equal([]);
    expect(newest(client).recordingStorage).to.equal('local');
    await client.recordings.delete(recording!.id);
    await becomes(client.recall, ({utterances: [last]}) => last!.recordingStorage === undefined);
  });

  it('makes the recording of an utterance that is still heard when it is over', async () => {
    const client = await ready();
    const spoken = await talk(client);
    await begin(client, spoken, 440);
    const {id} = newest(client);
    const kept = client.recall.keep(id);
    await becomes(client.recall, () => newest(client).duration >= 3);
    expect(await client.recordings.list()).to.deep.equal([]);
    spoken.speaker.fallSilent();
    const sound = await decoded(await kept);
    expect(sound.level(440, 0.5, 2.5)).to.be.above(0.1);
    sound.close();
    const [recording] = await client.recordings.list();
    await client.recordings.delete(recording!.id);
  });

  it('has a recording in memory if none are stored, until the user signs out, and nothing of it on the disk', async () => {
    shorten({recallMinute: 500});
    const client = await ready({recordingsStorage: 'memory'});
    const spoken = await talk(client);
    const {id} = await say(client, spoken, 440, 2);
    const file = await client.recall.keep(id);
    await say(client, spoken, 600);
    await becomes(client.recall, ({utterances}) => utterances.length === 1);
    expect(newest(client)).to.deep.include({id, recordingStorage: 'memory'});
    expect(await client.recall.keep(id)).to.equal(file);
    await until(async () => !(await keptForRecall()).some((path) => path.endsWith(id)));
    await client.recall.play(id);
    await heardAgain(440);
    await client.disconnect();
    await rejects(client.recall.keep(id), 'recording-not-found');
  });

  it('repeats what one number has said last, also in an earlier call', async () => {
    const client = await ready();
    const earlier = await talk(client);
    await say(client, earlier, 440, 2);
    await earlier.call.hangup();
    await say(client, await talk(client, '1003'), 600);
    await client.recall.repeat({number: '1002'});
    await heardAgain(440);
    await rejects(client.recall.repeat({number: '1009'}), 'nothing-to-repeat');
  });

  it('keeps no call that the page does not allow, and makes no recording that it refuses', async () => {
    const client = await ready();
    client.addEventListener('sip-recall-request', (event) => {
      if (event.detail.call.remote.number === '1003') event.preventDefault();
    });
    client.addEventListener('sip-recall-keep', (event) => event.preventDefault());
    const [one, other] = [await talk(client), await talk(client, '1003')];
    other.speaker.speak(1_000);
    const {id} = await say(client, one, 440, 2);
    expect(client.recall.utterances.map(({remote}) => remote.number)).to.deep.equal(['1002']);
    await rejects(client.recall.keep(id), 'recording-declined');
  });

  it('erases what its time has passed for', async () => {
    shorten({recallMinute: 500});
    const client = await ready();
    const {id} = await say(client, await talk(client), 440);
    await until(async () => (await keptForRecall()).length > 0);
    await becomes(client.recall, ({utterances}) => utterances.length === 0);
    await rejects(client.recall.play(id), 'recording-not-found');
    await until(async () => !(await keptForRecall()).some((path) => path.endsWith(id)));
  });

  it('erases it no later if the clock is set back meanwhile', async () => {
    shorten({recallMinute: 500});
    const client = await ready();
    await say(client, await talk(client), 440);
    setClock(-DAY);
    await becomes(client.recall, ({utterances}) => utterances.length === 0);
  });

  it('is erased from memory and disk when the user signs out, also while someone speaks', async () => {
    shorten({recallNotes: 200});
    const client = await ready();
    const spoken = await talk(client);
    await say(client, spoken, 440);
    await begin(client, spoken, 600);
    await until(async () => (await keptForRecall()).length > 0);
    await client.disconnect();
    expect(client.recall.state).to.deep.include({active: false, utterances: []});
    expect(await keptForRecall()).to.deep.equal([]);
  });

  for (const [what, owner, method] of [
    ['which locks are held', navigator.locks, 'query'],
    ['where its private files are', navigator.storage, 'getDirectory'],
  ] as const)
    it(`lets the user sign out if the browser never says ${what}`, async () => {
      shorten({recallEnd: 500, privateFiles: 200});
      const client = await ready();
      await say(client, await talk(client), 440);
      Object.defineProperty(owner, method, {value: () => new Promise(() => {}), configurable: true});
      try {
        await client.disconnect();
      } finally {
        Reflect.deleteProperty(owner, method);
      }
      expect(client.state.connection).to.equal('disconnected');
      expect(client.recall.state).to.deep.include({active: false, utterances: []});
    });

  it('erases what an earlier page has left, also at a sign-out without a registration', async () => {
    const account = `${user}@${DOMAIN}`;
    const left = {account, left: 60_000, about: ABOUT};
    const client = new StagedClient({user, domain: DOMAIN, recall: 5});
    for (const erase of [() => client.recall.erase(), () => client.disconnect()]) {
      await leaveForRecall({...left, id: user});
      await erase();
      expect((await keptForRecall()).filter((path) => path.endsWith(user))).to.deep.equal([]);
    }
    expect(client.recall.state.active).to.equal(false);
  });

  it('keeps 30 MB at most: the oldest go first', async () => {
    const now = Date.now();
    for (const age of [4, 3, 2, 1])
      await leaveForRecall({
        account: `${user}@${DOMAIN}`,
        id: `minute-${age}`,
        left: (5 - age) * 60_000,
        about: {...ABOUT, time: now - age * 60_000},
        size: 9_000_000,
      });
    const {recall} = await ready();
    expect(recall.utterances.map(({id}) => id)).to.deep.equal(['minute-1', 'minute-2', 'minute-3']);
    await until(async () => (await keptForRecall()).filter((path) => path.includes('-minute-')).length === 3);
  });

  it('takes in nothing that another script has written wrongly', async () => {
    const account = `${user}@${DOMAIN}`;
    for (const [id, about] of Object.entries({
      remote: {remote: 7},
      time: {time: 'now'},
      direction: {direction: 'up'},
    }))
      await leaveForRecall({account, id, left: 60_000, about: {...ABOUT, ...about}});
    await leaveForRecall({account, id: 'right', left: 60_000, about: ABOUT});
    const {recall} = await ready();
    expect(recall.utterances.map(({id}) => id)).to.deep.equal(['right']);
  });

  it('erases at a request what was kept, and goes on', async () => {
    const client = await ready();
    const spoken = await talk(client);
    await say(client, spoken, 440);
    await client.recall.erase();
    expect(client.recall.utterances).to.deep.equal([]);
    await becomes(client.recall, ({active}) => active);
    const {id} = await say(client, spoken, 440);
    await client.recall.play(id);
    await heardAgain(440);
  });
});
