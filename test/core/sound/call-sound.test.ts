import {expect} from '@open-wc/testing';
import {pageDevices} from '../../../src/core/devices/devices.js';
import type {SipCall} from '../../../src/core/call/call.js';
import {SipError} from '../../../src/errors.js';
import {isLine} from '../../../src/core/call-kinds.js';
import type {SipPatch} from '../../../src/core/patches/patch.js';
import {GIVING_WAY} from '../../../src/core/sound/who-is-heard.js';
import type {CallType} from '../../../src/core/types.js';
import type {CallSoundState} from '../../../src/core/sound/sound-state.js';
import {until} from '../../support/in-page/facts.js';
import {rejects} from '../../support/in-page/rejections.js';
import {StagedDevices} from '../../support/staged/staged-devices.js';
import {sound, StagedClient, type Staged} from '../../support/staged/staged-client.js';

const FULL: CallSoundState = {
  volume: 1,
  silenced: false,
  output: 'selected',
  lowered: false,
  priority: false,
  interrupted: false,
};

const KEY = 'sip-elements:sound:sound@example.com';

beforeEach(() => localStorage.clear());

describe('the sound of a call', () => {
  const clients: StagedClient[] = [];
  async function ready(options: object = {}): Promise<StagedClient> {
    const client = await StagedClient.ready({
      user: 'sound',
      domain: 'example.com',
      historyStorage: 'local',
      ...options,
    });
    clients.push(client);
    return client;
  }
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.disconnect();
  });

  function talk(client: StagedClient, number = '1002', type?: Staged['call']['type']): Staged {
    const staged = client.dial('audio', {number, name: ''}, type);
    staged.dialog.confirm();
    staged.dialog.play(new MediaStream([sound()]));
    return staged;
  }
  function playing(call: SipCall): HTMLAudioElement {
    const element = document.createElement('audio');
    call.attach({remoteAudio: element});
    return element;
  }

  it('is full on the selected output until someone changes it', async () => {
    const {call} = talk(await ready());
    expect(call.state.sound).to.deep.equal(FULL);
    expect(call.level()).to.equal(0);
  });

  it('has a volume, which its player has, and no other call', async () => {
    const client = await ready({parallelCalls: true});
    const [first, second] = [talk(client).call, talk(client, '1003').call];
    const [element, other] = [playing(first), playing(second)];
    await until(() => !element.paused && !other.paused);
    await first.setVolume(0.5);
    expect(first.state.sound).to.deep.equal({...FULL, volume: 0.5});
    await until(() => element.volume === 0.5);
    expect(other.volume).to.equal(1);
    // The player is another one from now on.
    const third = playing(first);
    await until(() => third.volume === 0.5);
    expect(element.volume).to.equal(1);
  });

  it('is silenced for this side alone, and has its volume again afterwards', async () => {
    const {call, dialog} = talk(await ready());
    const element = playing(call);
    await until(() => !element.paused);
    await call.setVolume(0.5);
    await call.silence();
    expect(call.state.sound).to.deep.equal({...FULL, volume: 0.5, silenced: true});
    await until(() => element.volume === 0);
    await call.unsilence();
    await until(() => element.volume === 0.5);
    expect(dialog.commands).to.deep.equal([]);
    expect(call.remoteStream?.getAudioTracks()[0]?.enabled).to.equal(true);
  });

  it('plays on the loudspeaker or on the speaker, which is the same as long as none is chosen', async () => {
    const staged = new StagedDevices([
      {kind: 'output', id: 'headset', label: 'Headset'},
      {kind: 'output', id: 'box', label: 'Box'},
    ]);
    const devices = pageDevices();
    try {
      await devices.list();
      await devices.select('speaker', 'headset');
      const {call} = talk(await ready());
      const sinks: string[] = [];
      const element = document.createElement('audio');
      let sinkId = '';
      Object.defineProperty(element, 'sinkId', {get: () => sinkId});
      element.setSinkId = async (id) => void sinks.push((sinkId = id));
      call.attach({remoteAudio: element});
      await until(() => sinkId === 'headset');
      await call.setOutput('unselected');
      expect(call.state.sound.output).to.equal('unselected');
      await devices.select('unselected', 'box');
      await until(() => sinkId === 'box');
      await call.setOutput('selected');
      await until(() => sinkId === 'headset');
      await call.setOutput('unselected');
      await until(() => sinkId === 'box');
      await devices.select('unselected', '');
      await until(() => sinkId === 'headset');
      expect(sinks).to.deep.equal(['headset', 'box', 'headset', 'box', 'headset']);
      expect(await devices.sinkId('unselected')).to.equal('headset');
      call.detach();
    } finally {
      await devices.select('speaker', '');
      staged.restore();
    }
  });

  it('refuses other volumes and outputs', async () => {
    const {call} = talk(await ready());
    for (const volume of [-0.1, 1.1, NaN, '0.5', undefined])
      await rejects(call.setVolume(volume as number), 'bad-parameter');
    for (const output of ['speaker', '', undefined])
      await rejects(call.setOutput(output as 'selected'), 'bad-parameter');
    expect(call.state.sound).to.deep.equal(FULL);
  });

  it('is remembered for its number and its account, as far as the user has chosen it', async () => {
    const client = await ready();
    const first = talk(client);
    await first.call.setVolume(0.4);
    await first.call.setOutput('unselected');
    await first.call.silence();
    await first.call.hangup();
    expect(talk(client).call.state.sound).to.deep.equal({...FULL, volume: 0.4, output: 'unselected'});
    expect(talk(client, '1003').call.state.sound).to.deep.equal(FULL);
    const later = await ready();
    const {call} = talk(later);
    expect(call.state.sound.volume).to.equal(0.4);
    expect(talk(await ready({user: 'other'})).call.state.sound).to.deep.equal(FULL);
    await call.setVolume(1);
    await call.setOutput('selected');
    expect(localStorage.getItem(KEY)).to.equal(null);
  });

  it('is audible from the start of a call, however low the user had turned the one before', async () => {
    const client = await ready();
    const {call} = talk(client);
    for (const volume of [0.5, 0.05, 0]) await call.setVolume(volume);
    expect(call.state.sound.volume).to.equal(0);
    expect(talk(client).call.state.sound).to.deep.equal(FULL);
  });

  it('is not that of a camera of the same number, nor of an urgent call, nor remembered for a caller without one', async () => {
    const client = await ready({parallelCalls: true});
    await talk(client, '2001', 'monitor').call.setVolume(0.2);
    expect(talk(client, '2001').call.state.sound).to.deep.equal(FULL);
    expect(talk(client, '2001', 'monitor').call.state.sound.volume).to.equal(0.2);
    await talk(client, '2001').call.setVolume(0.3);
    const urgent = talk(client, '2001', 'sos').call;
    expect(urgent.state.sound).to.deep.equal({...FULL, lowered: urgent.state.sound.lowered});
    await urgent.setVolume(0.6);
    expect(talk(client, '2001').call.state.sound.volume).to.equal(0.3);
    for (const number of ['', 'anonymous']) {
      await talk(client, number).call.setVolume(0.2);
      expect(talk(client, number).call.state.sound.volume).to.equal(1);
    }
  });

  it('is forgotten with the history', async () => {
    const client = await ready();
    const {call} = talk(client);
    await call.setVolume(0.4);
    await call.hangup();
    // A single call that is removed takes nothing else with it, not even the last one.
    const [entry] = client.history.entries;
    client.history.remove(entry!.id);
    expect(talk(client).call.state.sound.volume).to.equal(0.4);
    client.history.clear();
    expect(localStorage.getItem(KEY)).to.equal(null);
    expect(talk(client).call.state.sound).to.deep.equal(FULL);
  });

  for (const historyStorage of ['memory', 'none'])
    it(`is not stored where the history is not: ${historyStorage}`, async () => {
      const client = await ready({historyStorage});
      await talk(client).call.setVolume(0.4);
      expect(localStorage.getItem(KEY)).to.equal(null);
      expect(talk(client).call.state.sound.volume).to.equal(0.4);
      expect(talk(await ready({historyStorage})).call.state.sound.volume).to.equal(1);
      client.history.clear();
      expect(talk(client).call.state.sound.volume).to.equal(1);
    });

  for (const stored of [
    '{',
    '[]',
    '{"version":2}',
    '{"version":1,"sounds":[["1002",{"volume":7}],3,["1002"]]}',
  ])
    it(`drops what another script has stored: ${stored}`, async () => {
      localStorage.setItem(KEY, stored);
      expect(talk(await ready()).call.state.sound).to.deep.equal(FULL);
    });
});

describe('the table of who is heard', () => {
  for (const type of Object.keys(GIVING_WAY) as CallType[])
    it(`agrees with the lines: ${type}`, () => {
      expect(GIVING_WAY[type].during).to.equal(isLine(type) ? 'held' : 'lowered');
    });
});

describe('what an urgent call interrupts', () => {
  let client: StagedClient;
  beforeEach(async () => {
    client = await StagedClient.ready({user: 'sos', historyStorage: 'memory'});
  });
  afterEach(() => client.disconnect());
  function talk(number: string, type?: Staged['call']['type']): Staged {
    const staged = client.dial('audio', {number, name: ''}, type);
    staged.dialog.confirm();
    return staged;
  }
  async function answered(number: string): Promise<Staged> {
    const staged = client.ring('audio', {number, name: ''}, 'sos');
    await staged.call.answer();
    return staged;
  }
  const states = (...all: Staged[]): string[] =>
    all.map(
      ({call}) =>
        `${call.state.held ? 'held' : 'heard'}${call.state.sound.interrupted ? ', interrupted' : ''}`,
    );

  it('is on hold meanwhile, knows why, and resumes by itself', async () => {
    const {call} = client.confer();
    const conference = {call, dialog: client.dialogOf(call)} as Staged;
    conference.dialog.confirm();
    const urgent = await answered('1004');
    expect(states(conference, urgent)).to.deep.equal(['held, interrupted', 'heard']);
    await urgent.call.hangup();
    await until(() => !call.state.held);
    expect(states(conference)).to.deep.equal(['heard']);
    expect(client.state.current).to.equal(call);
  });

  it('resumes also after an urgent call that the user has placed', async () => {
    const first = talk('1');
    const urgent = await client.call('1005', {type: 'sos'});
    await until(() => states(first)[0] === 'held, interrupted');
    await urgent.hangup();
    await until(() => !first.call.state.held);
  });

  it('stays on hold if the user has chosen another call since', async () => {
    const first = talk('1');
    const urgent = await answered('1004');
    const second = talk('2');
    expect(states(first, second)).to.deep.equal(['held, interrupted', 'heard']);
    await urgent.call.hangup();
    // Nothing resumes it any longer.
    expect(states(first, second)).to.deep.equal(['held', 'heard']);
    await first.call.unhold();
    expect(states(first, second)).to.deep.equal(['heard', 'held']);
  });

  it('stays on hold if the user had held it, or the other side refuses', async () => {
    const first = talk('1');
    await first.call.hold();
    const second = talk('2');
    const urgent = await answered('1004');
    second.dialog.failure = new SipError('not-acceptable');
    await urgent.call.hangup();
    await until(() => second.dialog.commands.includes('unhold'));
    expect(states(first, second)).to.deep.equal(['held', 'held']);
  });

  it('resumes one after the other after several urgent calls', async () => {
    const first = talk('1');
    const urgent = await answered('1004');
    const other = await answered('1005');
    expect(states(first, urgent, other)).to.deep.equal(['held, interrupted', 'held, interrupted', 'heard']);
    await other.call.hangup();
    await until(() => !urgent.call.state.held);
    expect(states(first)).to.deep.equal(['held, interrupted']);
    await urgent.call.hangup();
    await until(() => !first.call.state.held);
  });

  it('resumes after the last of several urgent calls if an earlier one ends before', async () => {
    const first = talk('1');
    const urgent = await answered('1004');
    const other = await answered('1005');
    await urgent.call.hangup();
    expect(states(first, other)).to.deep.equal(['held, interrupted', 'heard']);
    await other.call.hangup();
    await until(() => !first.call.state.held);
  });

  it('stays on hold if the user has resumed and held it since', async () => {
    const first = talk('1');
    const urgent = await answered('1004');
    await first.call.unhold();
    await until(() => urgent.call.state.held);
    await first.call.hold();
    expect(states(first)).to.deep.equal(['held']);
    await urgent.call.hangup();
    expect(states(first)).to.deep.equal(['held']);
    expect(first.dialog.commands.filter((command) => command === 'unhold')).to.have.length(1);
  });

  describe('that is a patch', () => {
    function speaks(number: string): Staged {
      const staged = talk(number);
      staged.dialog.play(new MediaStream([sound()]), new MediaStream([sound()]));
      return staged;
    }
    const connect = async (): Promise<SipPatch> => client.patch([speaks('1').call, speaks('2').call]);

    it('is only listened to meanwhile, and joined again afterwards', async () => {
      const patch = await connect();
      const urgent = await answered('1004');
      expect(patch.state.part).to.equal('listening');
      await urgent.call.hangup();
      await until(() => patch.state.part === 'joined');
      expect(patch.calls.map(({state}) => state.muted)).to.deep.equal([false, false]);
    });

    it('is joined again after an urgent call that the user has placed', async () => {
      const patch = await connect();
      const urgent = await client.call('1005', {type: 'sos'});
      await until(() => patch.state.part === 'listening');
      await urgent.hangup();
      await until(() => patch.state.part === 'joined');
    });

    it('is only listened to afterwards if the user had left it before, or wants to listen since', async () => {
      const patch = await connect();
      const third = talk('3');
      const urgent = await answered('1004');
      await third.call.hangup();
      await urgent.call.hangup();
      expect(patch.state.part).to.equal('listening');
      await patch.join();
      const other = await answered('1005');
      await patch.listen();
      await other.call.hangup();
      expect(patch.state.part).to.equal('listening');
    });
  });
});

describe('the calls beside another one', () => {
  let client: StagedClient;
  const begin = async (options: object = {}): Promise<void> => {
    client = await StagedClient.ready({
      user: 'duck',
      historyStorage: 'memory',
      parallelCalls: true,
      ...options,
    });
  };
  afterEach(() => client.disconnect());

  function talk(number: string, type?: Staged['call']['type']): Staged {
    const staged = client.dial('audio', {number, name: ''}, type);
    staged.dialog.confirm();
    staged.dialog.play(new MediaStream([sound()]));
    return staged;
  }
  const lowered = (...all: {readonly call: SipCall}[]): boolean[] =>
    all.map(({call}) => call.state.sound.lowered);

  it('are lowered by 12 dB while an urgent call is heard, and loud again afterwards', async () => {
    await begin();
    const first = talk('1');
    const element = document.createElement('audio');
    first.call.attach({remoteAudio: element});
    await until(() => !element.paused);
    const urgent = talk('2', 'sos');
    expect(lowered(first, urgent)).to.deep.equal([true, false]);
    await until(() => Math.abs(20 * Math.log10(element.volume) + 12) < 0.01);
    await urgent.call.hold();
    expect(lowered(first)).to.deep.equal([false]);
    await until(() => element.volume === 1);
    await urgent.call.unhold();
    expect(lowered(first)).to.deep.equal([true]);
    await urgent.call.hangup();
    expect(lowered(first)).to.deep.equal([false]);
    await until(() => element.volume === 1);
  });

  it('stay on hold after an urgent call if the user has held them meanwhile', async () => {
    await begin();
    const first = talk('1');
    const urgent = talk('2', 'sos');
    await first.call.hold();
    await urgent.call.hangup();
    expect(first.call.state).to.include({held: true});
    expect(first.call.state.sound.interrupted).to.equal(false);
    expect(first.dialog.commands).to.deep.equal(['hold']);
  });

  it('are lowered by as much as the page says, or not at all', async () => {
    await begin({duck: 20});
    const first = talk('1');
    await first.call.setVolume(0.5);
    const element = document.createElement('audio');
    first.call.attach({remoteAudio: element});
    talk('2', 'urgent');
    await until(() => Math.abs(element.volume - 0.05) < 1e-6);
    await client.disconnect();
    await begin({duck: '0'});
    const second = talk('1');
    talk('2', 'sos');
    expect(lowered(second)).to.deep.equal([false]);
    for (const duck of [-1, 61, 'loud'])
      expect(() => new StagedClient({user: 'duck', duck} as never))
        .to.throw()
        .with.property('code', 'bad-parameter');
  });

  it('are lowered while the user speaks into an intercom, and while another party speaks in one with priority', async () => {
    await begin();
    const first = talk('1');
    const {intercom: call, service, dialog} = client.interphone();
    dialog.confirm();
    expect(lowered(first)).to.deep.equal([false]);
    await call.requestFloor();
    expect(lowered(first, {call})).to.deep.equal([true, false]);
    await call.releaseFloor();
    expect(lowered(first)).to.deep.equal([false]);
    service.tell('taken', '1004');
    expect(lowered(first)).to.deep.equal([false]);
    await call.setPriority(true);
    expect(lowered(first)).to.deep.equal([true]);
    service.tell('idle');
    expect(lowered(first)).to.deep.equal([false]);
  });

  it('are lowered for the floor that a patch has requested only once the user requests it too', async () => {
    await begin();
    const first = talk('1');
    const {intercom: call, service, dialog} = client.interphone();
    dialog.confirm();
    await call.borrowFloor(true);
    expect([call.state.floor, call.state.muted, call.state.floorLent]).to.deep.equal([
      'granted',
      false,
      true,
    ]);
    expect(lowered(first)).to.deep.equal([false]);
    await call.requestFloor();
    expect(call.state.floorLent).to.equal(false);
    expect(lowered(first)).to.deep.equal([true]);
    await call.releaseFloor();
    expect(lowered(first)).to.deep.equal([false]);
    const changes: boolean[] = [];
    first.call.addEventListener('statechange', () => changes.push(...lowered(first)));
    await call.returnFloor();
    expect([call.state.floor, call.state.floorLent, changes]).to.deep.equal(['idle', false, []]);
    expect(service.commands).to.deep.equal(['ask', 'give back']);
  });

  it('are not lowered for what the user has silenced, nor if they have priority or are merged with it', async () => {
    await begin();
    const [first, second] = [talk('1'), talk('2')];
    await second.call.setPriority(true);
    expect(lowered(first, second)).to.deep.equal([true, false]);
    const urgent = talk('3', 'sos');
    expect(lowered(first, second, urgent)).to.deep.equal([true, false, false]);
    await second.call.setPriority(false);
    expect(lowered(first, second)).to.deep.equal([true, true]);
    await urgent.call.silence();
    expect(lowered(first, second)).to.deep.equal([false, false]);
    await urgent.call.unsilence();
    urgent.call.setPatch(undefined, Object.freeze([first.call.id]));
    expect(lowered(first, second)).to.deep.equal([false, true]);
  });
});
