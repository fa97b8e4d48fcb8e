import {expect} from '@open-wc/testing';
import {SipDevices} from '../../../src/core/devices/devices.js';
import type {DeviceChange} from '../../../src/core/devices/devices-state.js';
import type {LogEntry, SipClientOptions} from '../../../src/core/client/options.js';
import type {SipDialog} from '../../../src/sip/user-agent.js';
import {shorten} from '../../support/in-page/durations.js';
import {becomes, reaches, until} from '../../support/in-page/facts.js';
import {rejects} from '../../support/in-page/rejections.js';
import {
  colorOf,
  pitch,
  StagedDevices,
  toned,
  type StagedDevice,
} from '../../support/staged/staged-devices.js';
import {WireUser} from '../../support/wire/wire-users.js';
import {Wire} from '../../support/wire/wire.js';

const HEADSET: StagedDevice = {
  kind: 'microphone',
  id: 'headset',
  label: 'Headset',
  group: 'h',
  frequency: 500,
};
const DESK: StagedDevice = {kind: 'microphone', id: 'desk', label: 'Desk', group: 'd', frequency: 1500};
const RED: StagedDevice = {kind: 'camera', id: 'red', label: 'Red', color: '#f00'};
const BLUE: StagedDevice = {kind: 'camera', id: 'blue', label: 'Blue', color: '#00f'};

describe('SipDialog: devices', () => {
  let stage: StagedDevices;
  let wire: Wire;
  let devices: SipDevices;
  let alice: WireUser;
  let bob: WireUser;
  let changes: DeviceChange[];

  const begin = async (options: Partial<SipClientOptions> = {}): Promise<void> => {
    alice = await new WireUser(wire, {user: 'alice', devices, ...options}).begin();
    bob = await new WireUser(wire, {user: 'bob', devices: new SipDevices({storage: 'bob'})}).begin();
  };

  /** Alice calls Bob: her dialog, and his, where the test measures. */
  async function called(video = true): Promise<[SipDialog, SipDialog]> {
    const call = alice.agent.invite('bob', {audio: true, video});
    const far = await bob.rings();
    await far.accept({audio: true, video});
    await reaches(call, 'confirmed');
    return [call, far];
  }

  const hears = (far: SipDialog, hertz: number): Promise<void> =>
    until(async () => Math.abs((await pitch(far.remoteStream!)) - hertz) < 30);
  const sees = (far: SipDialog, color: 'red' | 'blue'): Promise<void> =>
    until(async () => {
      const seen = await colorOf(far.remoteStream!);
      return seen[color] > 150 && seen[color === 'red' ? 'blue' : 'red'] < 80;
    });
  const packets = async (far: SipDialog): Promise<number> => {
    let count = 0;
    (await far.statistics())!.forEach(({type, kind, packetsReceived}) => {
      if (type === 'inbound-rtp' && kind === 'audio') count += Number(packetsReceived);
    });
    return count;
  };
  const staysDark = (far: SipDialog): Promise<void> =>
    until(async () => {
      const {red, green, blue} = await colorOf(far.remoteStream!);
      return red + green + blue < 60;
    });

  beforeEach(() => {
    localStorage.clear();
    stage = new StagedDevices([DESK, HEADSET, BLUE, RED]);
    wire = new Wire({alice: '', bob: ''});
    devices = new SipDevices();
    // Those of earlier tests still exist.
    const told: DeviceChange[] = (changes = []);
    devices.addEventListener('devicechange', ({detail}) => told.push(detail));
  });

  afterEach(async () => {
    await alice.agent.disconnect();
    await bob.agent.disconnect();
    expect(stage.live).to.deep.equal([]);
    stage.restore();
  });

  it('are those that were chosen before', async () => {
    await devices.select('microphone', 'headset');
    await devices.select('camera', 'red');
    expect(stage.opened).to.deep.equal([]);
    await begin();
    const [, far] = await called();
    await hears(far, 500);
    await sees(far, 'red');
  });

  it('change in a call at once and without a word, and those before are closed', async () => {
    await begin();
    const [call, far] = await called();
    await hears(far, 1500);
    await sees(far, 'blue');
    const messages = wire.messages.length;
    const before = call.localStream!.getTracks();
    await devices.select('microphone', 'headset');
    await devices.select('camera', 'red');
    expect(before.map(({readyState}) => readyState)).to.deep.equal(['ended', 'ended']);
    expect(call.localStream!.getTracks()).to.have.length(2);
    await hears(far, 500);
    await sees(far, 'red');
    expect(wire.messages.slice(messages)).to.deep.equal([]);
    expect(changes.map(({kind, device, reason}) => [kind, device?.label, reason])).to.deep.equal([
      ['microphone', 'Headset', 'selected'],
      ['camera', 'Red', 'selected'],
    ]);
  });

  it('stay muted and off when they change', async () => {
    await begin();
    const [call, far] = await called();
    await sees(far, 'blue');
    await call.setMuted(true);
    await call.setCameraOff(true);
    await devices.select('microphone', 'headset');
    await devices.select('camera', 'red');
    expect(call.state).to.include({muted: true, cameraOff: true});
    expect(stage.live).to.not.include('red');
    await staysDark(far);
    await until(async () => (await pitch(far.remoteStream!)) === 0);
    await call.setMuted(false);
    await call.setCameraOff(false);
    await hears(far, 500);
    await sees(far, 'red');
  });

  it('change in a call on hold, and are heard and seen when it goes on', async () => {
    await begin();
    const [call, far] = await called();
    await call.setHeld(true);
    await until(async () => (await pitch(far.remoteStream!)) === 0);
    await devices.select('microphone', 'headset');
    await devices.select('camera', 'red');
    expect(await pitch(far.remoteStream!)).to.equal(0);
    await call.setHeld(false);
    await hears(far, 500);
    await sees(far, 'red');
  });

  it('stay what they were where the chosen one cannot be had', async () => {
    await begin();
    const [call, far] = await called();
    for (const [name, problem] of [
      ['NotReadableError', 'busy'],
      ['NotAllowedError', 'refused'],
    ] as const) {
      stage.failures.set('headset', name).set('red', name);
      await rejects(devices.select('microphone', 'headset'), `microphone-${problem}`);
      await rejects(devices.select('camera', 'red'), `camera-${problem}`);
    }
    expect(devices.state.selected).to.include({microphone: '', camera: ''});
    expect(localStorage.getItem('sip-devices')).to.equal(null);
    expect(changes).to.deep.equal([]);
    expect(call.state.warning).to.equal(undefined);
    await hears(far, 1500);
    await sees(far, 'blue');
  });

  it('give way to the next best one when they are unplugged, and come back', async () => {
    await devices.select('microphone', 'headset');
    await devices.select('camera', 'red');
    changes.length = 0;
    await begin();
    const [call, far] = await called();
    await hears(far, 500);
    stage.unplug('headset');
    await hears(far, 1500);
    expect(call.state.warning).to.equal('microphone-replaced');
    stage.plug(HEADSET);
    await hears(far, 500);
    expect(call.state.warning).to.equal(undefined);
    stage.unplug('red');
    await sees(far, 'blue');
    expect(call.state.warning).to.equal('camera-replaced');
    stage.plug(RED);
    await sees(far, 'red');
    expect(call.state.warning).to.equal(undefined);
    expect(changes.map(({kind, device, reason}) => [kind, device?.id, reason])).to.deep.equal([
      ['microphone', undefined, 'unplugged'],
      ['microphone', 'headset', 'returned'],
      ['camera', undefined, 'unplugged'],
      ['camera', 'red', 'returned'],
    ]);
  });

  it('that nobody chose are replaced when they are unplugged, and the call says so', async () => {
    await begin();
    const [call, far] = await called(false);
    await hears(far, 1500);
    stage.unplug('desk');
    await hears(far, 500);
    expect(call.state.warning).to.equal('microphone-replaced');
    await devices.select('microphone', 'headset');
    expect(call.state.warning).to.equal(undefined);
  });

  it('that were the last ones leave silence and black, until there is one again', async () => {
    stage.unplug('headset');
    stage.unplug('red');
    await begin();
    const [call, far] = await called();
    await sees(far, 'blue');
    stage.unplug('desk');
    await becomes(call, ({warning}) => warning === 'microphone-missing');
    await until(async () => (await pitch(far.remoteStream!)) === 0);
    // Without any packet, the other side takes this one for lost.
    const before = await packets(far);
    await until(async () => (await packets(far)) > before + 10);
    stage.plug(HEADSET);
    await hears(far, 500);
    expect(call.state.warning).to.equal(undefined);
    stage.unplug('blue');
    await becomes(call, ({warning}) => warning === 'camera-missing');
    expect(call.state.cameraOff).to.equal(true);
    await staysDark(far);
    stage.plug(RED);
    await sees(far, 'red');
    expect(call.state).to.include({warning: undefined, cameraOff: false});
  });

  it('that were the last ones stay closed while the sound is taken away, and are heard once it is back', async () => {
    stage.unplug('headset');
    await begin();
    const [call, far] = await called();
    await hears(far, 1500);
    stage.unplug('desk');
    await becomes(call, ({warning}) => warning === 'microphone-missing');
    await call.setMedia({audio: false});
    stage.plug(HEADSET);
    await until(() => devices.state.devices.some(({id}) => id === 'headset'));
    await devices.select('microphone', 'headset');
    expect(call.localStream!.getAudioTracks()).to.deep.equal([]);
    await call.setMedia({audio: true});
    await hears(far, 500);
  });

  it('that were the last ones are heard as soon as their user opens one, although the server is away', async () => {
    stage.unplug('headset');
    await begin();
    const [call, far] = await called(false);
    await hears(far, 1500);
    stage.failures.set('headset', 'NotAllowedError');
    stage.unplug('desk');
    stage.plug(HEADSET);
    await becomes(call, ({warning}) => warning === 'microphone-refused');
    stage.failures.clear();
    wire.reachable = false;
    wire.cut('alice');
    const opening = call.openMicrophone().catch(() => {});
    await hears(far, 500);
    await call.hangup();
    await opening;
  });

  it('stay off where their user wants them off, also when one is plugged in again', async () => {
    stage.unplug('red');
    await begin();
    const [call] = await called();
    stage.unplug('blue');
    await becomes(call, ({cameraOff}) => cameraOff);
    await call.setCameraOff(true);
    stage.plug(RED);
    await until(() => devices.state.devices.some(({id}) => id === 'red'));
    await devices.select('camera', 'red');
    expect(call.state.cameraOff).to.equal(true);
    expect(call.localStream!.getVideoTracks()).to.deep.equal([]);
  });

  it('stay off where their user turns them off while the next one is being sought', async () => {
    stage.unplug('red');
    await begin();
    const [call] = await called();
    const {mediaDevices} = navigator;
    const open = mediaDevices.getUserMedia;
    const fails: (() => void)[] = [];
    mediaDevices.getUserMedia = () =>
      new Promise((_, reject) => {
        fails.push(() => reject(new DOMException('None', 'NotFoundError')));
      });
    stage.unplug('blue');
    await until(() => fails.length > 0);
    const off = call.setCameraOff(true);
    mediaDevices.getUserMedia = open;
    for (const fail of fails) fail();
    await off;
    stage.plug(RED);
    await until(() => devices.state.devices.some(({id}) => id === 'red'));
    await devices.select('camera', 'red');
    expect(call.state.cameraOff).to.equal(true);
    expect(call.localStream!.getVideoTracks()).to.deep.equal([]);
  });

  it('are known again by their label where the browser names them only when they are open', async () => {
    await devices.select('microphone', 'headset');
    stage.unplug('headset');
    stage.plug({...HEADSET, id: 'another-id'});
    stage.hidden = true;
    devices = new SipDevices();
    await begin();
    const [call, far] = await called(false);
    await hears(far, 500);
    expect(call.state.warning).to.equal(undefined);
  });

  it('are the next best ones where those of the last visit are gone, and the call says so', async () => {
    await devices.select('microphone', 'headset');
    stage.unplug('headset');
    stage.hidden = true;
    devices = new SipDevices();
    await begin();
    const [call, far] = await called(false);
    await hears(far, 1500);
    expect(call.state.warning).to.equal('microphone-replaced');
  });

  for (const [name, problem] of [
    ['NotAllowedError', 'refused'],
    ['NotReadableError', 'busy'],
  ] as const)
    it(`that were chosen and are ${problem} leave a call that only receives`, async () => {
      await devices.select('microphone', 'headset');
      stage.failures.set('headset', name);
      await begin();
      const [call] = await called(false);
      expect(call.state.warning).to.equal(`microphone-${problem}`);
      expect(call.state.media.audio).to.equal('recvonly');
    });

  it('process sound as the options ask', async () => {
    await begin({audio: {noiseSuppression: false}});
    await called(false);
    expect(stage.opened[0]!.constraints).to.include({
      echoCancellation: true,
      noiseSuppression: false,
      autoGainControl: true,
    });
  });

  it('are what a page’s processors make of them, until the call is over', async () => {
    const signals: AbortSignal[] = [];
    const given: MediaStreamTrack[] = [];
    await begin({
      processAudio: (track, {signal}) => {
        given.push(track);
        signals.push(signal);
        const tone = toned(3000);
        signal.addEventListener('abort', tone.end);
        return tone.track;
      },
      processVideo: async (track) => {
        given.push(track);
        return (
          await navigator.mediaDevices.getUserMedia({video: {deviceId: {exact: 'red'}}})
        ).getTracks()[0]!;
      },
    });
    const [call, far] = await called();
    await hears(far, 3000);
    await sees(far, 'red');
    await devices.select('microphone', 'headset');
    expect(signals.map(({aborted}) => aborted)).to.deep.equal([true, false]);
    await hears(far, 3000);
    await call.setMuted(true);
    await until(async () => (await pitch(far.remoteStream!)) === 0);
    await call.hangup();
    expect(signals.map(({aborted}) => aborted)).to.deep.equal([true, true]);
    expect(given.map(({readyState}) => readyState)).to.deep.equal(['ended', 'ended', 'ended']);
  });

  for (const [what, processAudio] of [
    ['throws', () => Promise.reject(new Error('no worklet'))],
    ['gives nothing', () => undefined as unknown as MediaStreamTrack],
    ['never comes to an end', () => new Promise<MediaStreamTrack>(() => {})],
  ] as const)
    it(`go on as they are where the page’s processor ${what}`, async () => {
      shorten({trackProcessor: 500});
      const log: LogEntry[] = [];
      await begin({processAudio, log: (entry) => log.push(entry)});
      const [call, far] = await called(false);
      await hears(far, 1500);
      expect(call.state.warning).to.equal('processing-failed');
      expect(log.filter(({area, level}) => area === 'media' && level === 'warning')).to.have.length(1);
    });
});
