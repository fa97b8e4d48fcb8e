import {expect} from '@open-wc/testing';
import {SipDevices} from '../../../src/core/devices/devices.js';
import type {DeviceEffect} from '../../../src/media/devices/device-effect.js';
import type {SipDialog} from '../../../src/sip/user-agent.js';
import {shorten} from '../../support/in-page/durations.js';
import {reaches, until} from '../../support/in-page/facts.js';
import {rejects} from '../../support/in-page/rejections.js';
import {colorOf, pitch, StagedDevices, toned} from '../../support/staged/staged-devices.js';
import {WireUser} from '../../support/wire/wire-users.js';
import {Wire} from '../../support/wire/wire.js';

/** A picture of one color, which a test's effect sends instead of the camera's. */
function blue(signal: AbortSignal): MediaStreamTrack {
  const canvas = Object.assign(document.createElement('canvas'), {width: 160, height: 120});
  const context = canvas.getContext('2d')!;
  const draw = (): void => {
    context.fillStyle = '#00f';
    context.fillRect(0, 0, 160, 120);
  };
  draw();
  const timer = setInterval(draw, 50);
  signal.addEventListener('abort', () => clearInterval(timer));
  return canvas.captureStream().getVideoTracks()[0]!;
}

describe('SipDialog: effects of devices', () => {
  let stage: StagedDevices;
  let wire: Wire;
  let devices: SipDevices;
  let alice: WireUser;
  let bob: WireUser;
  /** The signals of the effects that run, and what they have made. */
  let signals: AbortSignal[];
  let made: MediaStreamTrack[];
  /** How the background fails. */
  let failing: 'never' | 'prepare' | 'process';

  const background = (): DeviceEffect => ({
    name: 'background',
    kind: 'camera',
    required: true,
    choices: [{id: 'blur'}],
    prepare: async () => {
      if (failing === 'prepare') throw new Error('no such file');
    },
    process: async (_, {signal}) => {
      if (failing === 'process') throw new Error('no memory');
      signals.push(signal);
      const track = blue(signal);
      made.push(track);
      return track;
    },
  });

  const noise = (): DeviceEffect => ({
    name: 'noise-suppression',
    kind: 'microphone',
    required: false,
    choices: [{id: 'on'}],
    prepare: async () => {},
    process: async (_, {signal}) => {
      if (failing === 'process') throw new Error('no memory');
      signals.push(signal);
      const tone = toned(3000);
      signal.addEventListener('abort', tone.end);
      return tone.track;
    },
  });

  const hears = (far: SipDialog, hertz: number): Promise<void> =>
    until(async () => Math.abs((await pitch(far.remoteStream!)) - hertz) < 30);
  const sees = (far: SipDialog, color: 'red' | 'blue'): Promise<void> =>
    until(async () => {
      const seen = await colorOf(far.remoteStream!);
      return seen[color] > 150 && seen[color === 'red' ? 'blue' : 'red'] < 80;
    });
  const staysDark = (far: SipDialog): Promise<void> =>
    until(async () => {
      const {red, green, blue} = await colorOf(far.remoteStream!);
      return red + green + blue < 60;
    });

  /** Alice calls Bob: her dialog, and his, where the test measures. */
  async function called(): Promise<[SipDialog, SipDialog]> {
    alice = await new WireUser(wire, {user: 'alice', devices}).begin();
    bob = await new WireUser(wire, {user: 'bob', devices: new SipDevices({storage: 'bob'})}).begin();
    const call = alice.agent.invite('bob', {audio: true, video: true});
    const far = await bob.rings();
    await far.accept({audio: true, video: true});
    await reaches(call, 'confirmed');
    return [call, far];
  }

  beforeEach(async () => {
    localStorage.clear();
    failing = 'never';
    [signals, made] = [[], []];
    stage = new StagedDevices([
      {kind: 'microphone', id: 'desk', label: 'Desk', frequency: 1500},
      {kind: 'camera', id: 'red', label: 'Red', color: '#f00'},
    ]);
    wire = new Wire({alice: '', bob: ''});
    devices = new SipDevices();
    await devices.offer(background(), noise());
  });

  afterEach(async () => {
    for (const user of [alice, bob]) await user.agent.disconnect();
    expect(stage.live).to.deep.equal([]);
    stage.restore();
  });

  it('are off until the user chooses one, which the other side then gets without an offer', async () => {
    const [, far] = await called();
    await sees(far, 'red');
    await hears(far, 1500);
    expect(devices.effects!.state.offered.map(({selected}) => selected)).to.deep.equal(['', '']);
    const opened = stage.opened.length;
    const messages = wire.messages.length;
    await devices.effects!.select('background', 'blur');
    await devices.effects!.select('noise-suppression', 'on');
    await sees(far, 'blue');
    await hears(far, 3000);
    await devices.effects!.select('background', '');
    await devices.effects!.select('noise-suppression', '');
    await sees(far, 'red');
    await hears(far, 1500);
    expect(signals.map(({aborted}) => aborted)).to.deep.equal([true, true]);
    expect(wire.messages.slice(messages)).to.deep.equal([]);
    expect(stage.opened).to.have.length(opened);
  });

  it('are remembered, used from the first picture, and end with the call', async () => {
    await devices.effects!.select('background', 'blur');
    devices = new SipDevices();
    // A device that opens meanwhile waits for it.
    void devices.offer(background());
    const [call, far] = await called();
    await sees(far, 'blue');
    await call.setCameraOff(true);
    await staysDark(far);
    expect(signals.map(({aborted}) => aborted)).to.deep.equal([true]);
    await call.setCameraOff(false);
    await sees(far, 'blue');
    await call.hangup();
    expect(signals.map(({aborted}) => aborted)).to.deep.equal([true, true]);
    expect(made.map(({readyState}) => readyState)).to.deep.equal(['ended', 'ended']);
    await until(() => stage.live.length === 0);
  });

  it('that are offered during a call are used at once if the user has chosen them', async () => {
    await devices.effects!.select('background', 'blur');
    devices = new SipDevices();
    const [, far] = await called();
    await sees(far, 'red');
    await devices.offer(background());
    await sees(far, 'blue');
  });

  it('that are offered during a call and fail turn the camera off', async () => {
    await devices.effects!.select('background', 'blur');
    devices = new SipDevices();
    const [call, far] = await called();
    await sees(far, 'red');
    failing = 'process';
    await devices.offer(background());
    await staysDark(far);
    await until(() => call.state.warning === 'camera-effect-failed');
  });

  it('that never load keep nobody from choosing again', async () => {
    shorten({deviceEffect: 200});
    [alice, bob] = (await Promise.all(
      ['alice', 'bob'].map((user) => new WireUser(wire, {user, devices}).begin()),
    )) as [WireUser, WireUser];
    const hanging: DeviceEffect = {...background(), prepare: () => new Promise(() => {})};
    await devices.offer(hanging);
    await rejects(devices.effects!.select('background', 'blur'), 'effect-failed');
    expect(devices.effects!.state.offered[0]).to.include({selected: '', starting: undefined});
    await devices.effects!.select('background', '');
  });

  it('of which nothing can be known leave the sound, and close the camera', async () => {
    devices.effect = async () => {
      throw new TypeError('The file is gone.');
    };
    const [call, far] = await called();
    await hears(far, 1500);
    expect(call.state.warning).to.equal('camera-effect-failed');
    // Bob's.
    expect(stage.live.filter((id) => id === 'red')).to.have.length(1);
  });

  it('that cannot be loaded change nothing, and say so', async () => {
    const [call, far] = await called();
    failing = 'prepare';
    await rejects(devices.effects!.select('background', 'blur'), 'effect-failed');
    await rejects(devices.effects!.select('background', 'beach'), 'bad-parameter');
    expect(devices.effects!.state.offered[0]).to.include({selected: '', starting: undefined});
    expect(call.state.warning).to.equal(undefined);
    await sees(far, 'red');
  });

  it('send no picture that was to be hidden, and sound as it is', async () => {
    await devices.effects!.select('background', 'blur');
    await devices.effects!.select('noise-suppression', 'on');
    failing = 'process';
    const [call, far] = await called();
    expect(call.state.warning).to.equal('camera-effect-failed');
    await hears(far, 1500);
    // Bob's.
    expect(stage.live.filter((id) => id === 'red')).to.have.length(1);
  });

  it('turn the camera off if they fail in the call, until the user wants none', async () => {
    await devices.effects!.select('background', 'blur');
    const [call, far] = await called();
    await sees(far, 'blue');
    failing = 'process';
    made[0]!.stop();
    made[0]!.dispatchEvent(new Event('ended'));
    await staysDark(far);
    await until(() => call.state.warning === 'camera-effect-failed');
    // Bob's.
    expect(stage.live.filter((id) => id === 'red')).to.have.length(1);
    await devices.effects!.select('background', '');
    await sees(far, 'red');
    expect(call.state.warning).to.equal(undefined);
  });
});
