import {expect} from '@open-wc/testing';
import {pageDevices, SipDevices} from '../../../src/core/devices/devices.js';
import type {DeviceChange, DeviceKind} from '../../../src/core/devices/devices-state.js';
import {resolveOptions} from '../../../src/core/client/options.js';
import {LevelMeter} from '../../../src/media/devices/level-meter.js';
import {watchDevices} from '../../support/in-page/devices.js';
import {becomes, until} from '../../support/in-page/facts.js';
import {rejects} from '../../support/in-page/rejections.js';
import {
  loudest,
  spectrum,
  StagedDevices,
  toned,
  type StagedDevice,
} from '../../support/staged/staged-devices.js';

const HEADSET: StagedDevice = {kind: 'microphone', id: 'headset', label: 'Headset', group: 'h'};
const DESK: StagedDevice = {kind: 'microphone', id: 'desk', label: 'Desk', group: 'd'};
const SYSTEM: StagedDevice = {kind: 'microphone', id: 'default', label: 'Default - Desk', group: 'd'};
const CAMERA: StagedDevice = {kind: 'camera', id: 'camera', label: 'Camera'};

beforeEach(() => localStorage.clear());

describe('SipDevices in Chromium', () => {
  it('lists each device once, outputs once for each use, and opens none', async () => {
    const watched = watchDevices();
    const devices = new SipDevices();
    const list = await devices.list();
    watched.restore();
    expect(watched.opened).to.deep.equal([]);
    expect(list.map(({kind, label}) => `${kind}: ${label}`)).to.deep.equal([
      'microphone: Fake Audio Input 1',
      'microphone: Fake Audio Input 2',
      'camera: fake_device_0',
      'speaker: Fake Audio Output 1',
      'unselected: Fake Audio Output 1',
      'ringer: Fake Audio Output 1',
      'speaker: Fake Audio Output 2',
      'unselected: Fake Audio Output 2',
      'ringer: Fake Audio Output 2',
    ]);
    expect(list).to.equal(devices.state.devices);
    expect(devices.state.hidden).to.equal(false);
  });

  it('opens the very device that is chosen', async () => {
    const devices = new SipDevices();
    const list = await devices.list();
    for (const label of ['Fake Audio Input 2', 'Fake Audio Input 1']) {
      await devices.select('microphone', list.find((device) => device.label === label)!.id);
      const trial = await devices.tryInput('microphone');
      expect(trial.stream.getTracks().map((track) => track.label)).to.deep.equal([label]);
      trial.close();
      expect(trial.stream.getTracks()).to.deep.equal([]);
    }
  });

  it('keeps a sound on the chosen output, until it is let go', async () => {
    const devices = new SipDevices();
    const [one, other] = (await devices.list()).filter(({kind}) => kind === 'speaker');
    await devices.select('speaker', one!.id);
    expect(await devices.sinkId('speaker')).to.equal(one!.id);
    expect(await devices.sinkId('ringer')).to.equal('');
    const [sound, bell] = [new Audio(), new Audio()];
    const release = devices.route(sound, 'speaker');
    devices.route(bell, 'ringer');
    await until(() => sound.sinkId === one!.id);
    await devices.select('speaker', other!.id);
    expect([sound.sinkId, bell.sinkId]).to.deep.equal([other!.id, '']);
    await devices.select('ringer', one!.id);
    expect([sound.sinkId, bell.sinkId]).to.deep.equal([other!.id, one!.id]);
    release();
    await devices.select('speaker', '');
    expect(sound.sinkId).to.equal(other!.id);
    devices.route(sound, 'speaker')();
    await until(() => sound.sinkId === '');
  });

  it('gives a sound the volume that the user chose, until the page sets another', async () => {
    const devices = new SipDevices();
    const sound = new Audio();
    const release = devices.route(sound, 'speaker');
    await devices.setCallVolume(0.4);
    expect(sound.volume).to.equal(0.4);
    sound.volume = 0.9;
    await devices.setRingVolume(0.2);
    expect(sound.volume).to.equal(0.9);
    await devices.setCallVolume(0.6);
    expect(sound.volume).to.equal(0.6);
    await devices.setCallVolume(undefined);
    await devices.setRingVolume(undefined);
    release();
  });

  it('directs an AudioContext as well', async () => {
    const devices = new SipDevices();
    const ringer = (await devices.list()).find(({kind}) => kind === 'ringer')!;
    await devices.select('ringer', ringer.id);
    const context = new AudioContext() as AudioContext & {sinkId: string};
    const release = devices.route(context, 'ringer');
    await until(() => context.sinkId === ringer.id);
    release();
    await context.close();
  });

  it('directs whatever can be directed, and back to the system’s own choice', async () => {
    const devices = new SipDevices();
    const ringer = (await devices.list()).find(({kind}) => kind === 'ringer')!;
    const directed: string[] = [];
    const release = devices.route({setSinkId: async (id) => directed.push(id)}, 'ringer');
    await devices.select('ringer', ringer.id);
    await devices.select('speaker', ringer.id);
    await devices.select('ringer', '');
    release();
    expect(directed).to.deep.equal([ringer.id, '']);
  });

  it('keeps the choice where an output refuses it', async () => {
    const devices = new SipDevices();
    const speaker = (await devices.list()).find(({kind}) => kind === 'speaker')!;
    const refuse = (): Promise<void> => Promise.reject(new DOMException('no', 'NotAllowedError'));
    const release = devices.route({setSinkId: refuse}, 'speaker');
    await rejects(devices.select('speaker', speaker.id), 'unknown-device');
    expect(devices.state.selected.speaker).to.equal('');
    release();
  });

  for (const kind of ['speaker', 'ringer'] as const)
    it(`plays a test tone on the ${kind} and leaves nothing on`, async () => {
      const devices = new SipDevices();
      const {id} = (await devices.list()).find((device) => device.kind === kind)!;
      await devices.select(kind, id);
      const contexts = watchContexts();
      const {play} = HTMLMediaElement.prototype;
      const players: HTMLMediaElement[] = [];
      HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
        players.push(this);
        return play.call(this);
      };
      try {
        const playing = devices.playTestTone(kind);
        await until(() => players.length > 0);
        const player = players[0]!;
        expect(player.sinkId).to.equal(id);
        const stream = player.srcObject as MediaStream;
        // Measures without a gap: the tone lasts for a second.
        const context = new AudioContext();
        const analyser = spectrum(context);
        context.createMediaStreamSource(stream).connect(analyser);
        await until(() => loudest(analyser) > 400);
        await context.close();
        await playing;
        expect(player.srcObject).to.equal(null);
        expect(stream.getTracks().map(({readyState}) => readyState)).to.deep.equal(['ended']);
      } finally {
        HTMLMediaElement.prototype.play = play;
        contexts.restore();
      }
      await until(() => contexts.made.every(({state}) => state === 'closed'));
    });

  it('stops a test tone at once', async () => {
    const contexts = watchContexts();
    const ending = new AbortController();
    const playing = new SipDevices().playTestTone('speaker', ending.signal);
    await until(() => contexts.made.length > 0);
    ending.abort();
    await playing;
    contexts.restore();
    expect(contexts.made.map(({state}) => state)).to.deep.equal(['closed']);
  });
});

describe('SipDevices', () => {
  let stage: StagedDevices;
  let devices: SipDevices;
  let changes: string[];

  beforeEach(() => {
    stage = new StagedDevices([SYSTEM, DESK, HEADSET, CAMERA]);
    devices = new SipDevices();
    const told: string[] = (changes = []);
    devices.addEventListener('devicechange', ({detail}: CustomEvent<DeviceChange>) =>
      told.push(`${detail.kind} ${detail.device?.id ?? 'system'}: ${detail.reason}`),
    );
  });

  afterEach(() => {
    expect(stage.live).to.deep.equal([]);
    stage.restore();
  });

  it('are the page’s for every client, unless it brings its own', () => {
    const given = {server: 'wss://pbx.example/', user: '1001'};
    expect(resolveOptions(given).devices).to.equal(pageDevices());
    expect(resolveOptions({...given, devices}).devices).to.equal(devices);
  });

  it('tell of a choice once it is made', async () => {
    await devices.select('microphone', 'headset');
    expect(devices.state.selected).to.deep.equal({
      microphone: 'headset',
      camera: '',
      speaker: '',
      unselected: '',
      ringer: '',
    });
    await devices.select('microphone', 'headset');
    await devices.select('microphone', 'default');
    expect(devices.state.selected.microphone).to.equal('');
    expect(changes).to.deep.equal(['microphone headset: selected', 'microphone system: selected']);
    expect(structuredClone(devices.state)).to.deep.equal(devices.state);
  });

  for (const [how, device] of [
    ['its id', {...HEADSET, label: 'Renamed', group: 'other'}],
    ['its label where the id has changed', {...HEADSET, id: 'new', group: 'other'}],
    ['its group where nothing else is left', {...HEADSET, id: 'new', label: 'Renamed'}],
  ] as const)
    it(`are found again at the next visit by ${how}`, async () => {
      await devices.select('microphone', 'headset');
      stage.unplug('headset');
      stage.plug(device);
      const next = new SipDevices();
      await next.list();
      expect(next.state.selected.microphone).to.equal(device.id);
      expect(next.state.absent.microphone).to.equal('');
    });

  it('are not mistaken for others at the next visit', async () => {
    await devices.select('microphone', 'headset');
    stage.unplug('headset');
    const next = new SipDevices();
    await next.list();
    expect(next.state.selected.microphone).to.equal('');
    expect(next.state.absent.microphone).to.equal('Headset');
  });

  for (const stored of ['null', '[1', '7', '{"microphone":5}', '{"microphone":{"id":{},"label":"x"}}'])
    it(`are the system’s where ${stored} is stored`, async () => {
      localStorage.setItem('sip-devices', stored);
      await devices.list();
      expect(devices.state.selected.microphone).to.equal('');
    });

  it('are chosen where the page may not store anything', async () => {
    const {getItem, setItem} = Storage.prototype;
    Storage.prototype.getItem = Storage.prototype.setItem = () => {
      throw new DOMException('no', 'SecurityError');
    };
    try {
      await devices.select('microphone', 'headset');
      expect(devices.state.selected.microphone).to.equal('headset');
    } finally {
      Object.assign(Storage.prototype, {getItem, setItem});
    }
  });

  it('refuse what is no device', async () => {
    await rejects(devices.select('microphone', 'no-such-id'), 'unknown-device');
    await rejects(devices.select('microphone', 'camera'), 'unknown-device');
    await rejects(devices.select('microphone', 'user'), 'unknown-device');
    await rejects(devices.select('telephone' as DeviceKind, 'headset'), 'bad-parameter');
    expect(changes).to.deep.equal([]);
  });

  it('say that access is missing where the browser names none', async () => {
    stage.hidden = true;
    await devices.list();
    expect(devices.state.hidden).to.equal(true);
    await rejects(devices.select('microphone', 'headset'), 'devices-hidden');
    await devices.requestAccess();
    expect(devices.state.hidden).to.equal(false);
    expect(devices.state.devices.map(({label}) => label)).to.deep.equal(['Desk', 'Headset', 'Camera']);
    await devices.select('microphone', 'headset');
  });

  it('keep the names that the browser gave once', async () => {
    await devices.list();
    stage.unplug('headset');
    stage.plug({...HEADSET, label: ''});
    await devices.list();
    expect(devices.state.devices.map(({label}) => label)).to.deep.equal(['Desk', 'Camera', 'Headset']);
  });

  it('ask for access in vain', async () => {
    stage.failures.set('camera', 'NotReadableError');
    await rejects(devices.requestAccess(), 'camera-busy');
    stage.failures.set('default', 'NotAllowedError');
    await rejects(devices.requestAccess({audio: true}), 'microphone-refused');
    for (const id of ['default', 'desk', 'headset', 'camera']) stage.unplug(id);
    await rejects(devices.requestAccess(), 'microphone-missing');
  });

  it('are content with a microphone where there is no camera', async () => {
    stage.unplug('camera');
    await devices.requestAccess();
  });

  it('are none on an insecure page', async () => {
    Object.defineProperty(navigator, 'mediaDevices', {value: undefined, configurable: true});
    try {
      await rejects(devices.list(), 'insecure-page');
      await rejects(devices.tryInput('microphone'), 'insecure-page');
      await rejects(devices.select('microphone', 'headset'), 'unknown-device');
      expect(await devices.sinkId('speaker')).to.equal('');
    } finally {
      Reflect.deleteProperty(navigator, 'mediaDevices');
    }
  });

  it('have no outputs where the browser directs none', async () => {
    const setSinkId = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'setSinkId')!;
    Reflect.deleteProperty(HTMLMediaElement.prototype, 'setSinkId');
    try {
      await rejects(devices.select('speaker', 'any'), 'output-unsupported');
      await devices.select('speaker', '');
    } finally {
      Object.defineProperty(HTMLMediaElement.prototype, 'setSinkId', setSinkId);
    }
  });

  it('follow what is plugged in', async () => {
    await devices.select('microphone', 'headset');
    stage.unplug('headset');
    await becomes(devices, ({absent}) => absent.microphone === 'Headset');
    expect(devices.state.selected.microphone).to.equal('');
    stage.plug(HEADSET);
    await becomes(devices, ({selected}) => selected.microphone === 'headset');
    expect(changes.slice(1)).to.deep.equal(['microphone system: unplugged', 'microphone headset: returned']);
  });

  it('tell where the system’s own choice becomes another', async () => {
    await devices.list();
    stage.unplug('default');
    stage.plug({...SYSTEM, group: 'h'});
    await until(() => changes.includes('microphone system: system'));
  });

  it('go over to the camera that looks the other way', async () => {
    stage.unplug('camera');
    stage.plug({kind: 'camera', id: 'front', facing: 'user'});
    stage.plug({kind: 'camera', id: 'wide', facing: 'environment'});
    stage.plug({kind: 'camera', id: 'tele', facing: 'environment'});
    const trial = await devices.tryInput('camera');
    expect(stage.live).to.deep.equal(['front']);
    for (const [facing, id] of [
      ['environment', 'wide'],
      ['user', 'front'],
      ['environment', 'wide'],
    ]) {
      await devices.switchCamera();
      expect(devices.state.selected.camera).to.equal(facing);
      expect(stage.live).to.deep.equal([id]);
    }
    await devices.select('camera', 'tele');
    await devices.switchCamera();
    expect(stage.live).to.deep.equal(['front']);
    trial.close();
  });

  it('go over to the next camera where none says where it looks', async () => {
    await rejects(devices.switchCamera(), 'no-other-camera');
    stage.plug({kind: 'camera', id: 'second'});
    for (const id of ['second', 'camera', 'second']) {
      await devices.switchCamera();
      expect(devices.state.selected.camera).to.equal(id);
    }
  });

  it('close a camera first where the browser opens one at a time, and open it again in vain', async () => {
    stage.plug({kind: 'camera', id: 'second'});
    const trial = await devices.tryInput('camera');
    const {getUserMedia} = navigator.mediaDevices;
    navigator.mediaDevices.getUserMedia = async (constraints) => {
      if (stage.live.length) throw new DOMException('one at a time', 'NotReadableError');
      return getUserMedia(constraints);
    };
    await devices.select('camera', 'second');
    expect(stage.live).to.deep.equal(['second']);
    stage.failures.set('camera', 'NotReadableError');
    await rejects(devices.select('camera', 'camera'), 'camera-busy');
    expect(stage.live).to.deep.equal(['second']);
    expect(devices.state.selected.camera).to.equal('second');
    trial.close();
  });

  it('take choices one after another', async () => {
    const trial = await devices.tryInput('microphone');
    await Promise.all([devices.select('microphone', 'headset'), devices.select('microphone', 'desk')]);
    expect(devices.state.selected.microphone).to.equal('desk');
    expect(stage.live).to.deep.equal(['desk']);
    trial.close();
    await devices.select('microphone', 'headset');
    expect(stage.live).to.deep.equal([]);
  });
});

describe('LevelMeter', () => {
  for (const [volume, level] of [
    [0, 0],
    [0.5, 0.354],
    [1, 0.707],
  ] as const)
    it(`measures ${level} of a tone with the amplitude ${volume}`, async () => {
      const contexts = watchContexts();
      const tone = toned(440, volume);
      const meter = new LevelMeter(tone.track);
      await until(() => Math.abs(meter.level - level) < 0.02);
      meter.close();
      meter.close();
      expect(tone.track.readyState).to.equal('live');
      tone.end();
      contexts.restore();
      await until(() => contexts.made.every(({state}) => state === 'closed'));
      expect(contexts.made).to.have.length(2);
    });
});

/** Records the AudioContexts that are created, until it stops. */
function watchContexts(): {readonly made: AudioContext[]; restore(): void} {
  const made: AudioContext[] = [];
  const Original = AudioContext;
  window.AudioContext = class extends Original {
    constructor(options?: AudioContextOptions) {
      super(options);
      made.push(this);
    }
  };
  return {made, restore: () => void (window.AudioContext = Original)};
}
