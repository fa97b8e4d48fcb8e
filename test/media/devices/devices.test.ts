import {expect} from '@open-wc/testing';
import {pageDevices} from '../../../src/core/devices/devices.js';
import {openCamera, openMedia} from '../../../src/media/devices/devices.js';
import {openAhead} from '../../../src/media/devices/open-ahead.js';
import {LocalMedia} from '../../../src/media/session/local-media.js';
import {watchDevices, type Devices} from '../../support/in-page/devices.js';
import {until} from '../../support/in-page/facts.js';
import {rejects} from '../../support/in-page/rejections.js';

describe('devices', () => {
  let devices: Devices;

  beforeEach(() => {
    devices = watchDevices();
  });

  afterEach(() => {
    devices.restore();
    for (const track of devices.opened) track.stop();
  });

  it('are opened together', async () => {
    const {stream, warnings} = await openMedia({audio: true, video: true});
    expect(warnings).to.deep.equal([]);
    expect(devices.opened).to.have.length(2);
    expect(new Set(stream.getTracks())).to.deep.equal(new Set(devices.opened));
  });

  it('close the microphone that was opened ahead of a call once the call has its own', async () => {
    openAhead({choice: pageDevices()});
    await until(() => devices.opened.length === 1);
    expect(devices.opened[0]!.readyState).to.equal('live');
    const {stream} = await openMedia({audio: true, video: false});
    expect(devices.opened.map(({readyState}) => readyState)).to.deep.equal(['ended', 'live']);
    expect(stream.getTracks()).to.deep.equal([devices.opened[1]]);
  });

  it('are not opened ahead where the browser would ask, nor once the press has ended', async () => {
    const query = navigator.permissions.query.bind(navigator.permissions);
    const asked: PermissionState[] = [];
    navigator.permissions.query = async (descriptor) => {
      const status = await query(descriptor);
      const state = asked.length === 0 ? 'prompt' : status.state;
      asked.push(state);
      return {state} as PermissionStatus;
    };
    try {
      openAhead({choice: pageDevices()});
      openAhead({choice: pageDevices()})();
      await until(() => asked.length === 2);
      const {stream} = await openMedia({audio: true, video: false});
      expect(asked).to.deep.equal(['prompt', 'granted']);
      expect(devices.opened).to.deep.equal(stream.getTracks());
    } finally {
      Reflect.deleteProperty(navigator.permissions, 'query');
    }
  });

  it('are left alone where none is wanted', async () => {
    const {stream} = await openMedia({audio: false, video: false});
    expect(stream.getTracks()).to.deep.equal([]);
    expect(devices.opened).to.deep.equal([]);
  });

  for (const [name, problem] of [
    ['NotAllowedError', 'refused'],
    ['SecurityError', 'refused'],
    ['NotFoundError', 'missing'],
    ['OverconstrainedError', 'missing'],
    ['NotReadableError', 'busy'],
    ['AbortError', 'busy'],
  ] as const) {
    it(`are ${problem} after ${name}, each on its own`, async () => {
      devices.camera = name;
      const {stream, warnings} = await openMedia({audio: true, video: true});
      expect(warnings).to.deep.equal([`camera-${problem}`]);
      expect(stream.getTracks().map(({kind}) => kind)).to.deep.equal(['audio']);
      await rejects(openCamera(), `camera-${problem}`);
      devices.microphone = name;
      const none = await openMedia({audio: true, video: true});
      expect(none.warnings).to.deep.equal([`microphone-${problem}`, `camera-${problem}`]);
    });
  }

  it('are reported for the log with what a page has to write that may not use them', async () => {
    Object.defineProperty(document, 'featurePolicy', {
      value: {allowsFeature: () => false},
      configurable: true,
    });
    try {
      devices.camera = 'NotAllowedError';
      const failures: string[] = [];
      const {warnings} = await openMedia(
        {audio: true, video: true},
        {onFailure: (text) => failures.push(text)},
      );
      expect(warnings).to.deep.equal(['camera-forbidden']);
      expect(failures).to.have.length(1);
      expect(failures[0]).to.contain('allow="camera; microphone; display-capture; autoplay"');
    } finally {
      Reflect.deleteProperty(document, 'featurePolicy');
    }
  });

  it('are sent as they are if the page’s processor fails, and the log has its reason alone', async () => {
    const failures: string[] = [];
    const {warnings} = await openMedia(
      {audio: true, video: false},
      {
        onFailure: (text) => failures.push(text),
        processAudio: () => {
          throw new Error('the worklet is missing');
        },
      },
    );
    expect(warnings).to.deep.equal(['processing-failed']);
    expect(failures).to.deep.equal(['The page’s processor of the microphone failed: the worklet is missing']);
  });

  it('are not given to an insecure page', async () => {
    Object.defineProperty(navigator, 'mediaDevices', {value: undefined, configurable: true});
    try {
      const {stream, warnings} = await openMedia({audio: true, video: true});
      expect(warnings).to.deep.equal(['insecure-page']);
      expect(stream.getTracks()).to.deep.equal([]);
    } finally {
      Reflect.deleteProperty(navigator, 'mediaDevices');
    }
  });
});

describe('LocalMedia', () => {
  let devices: Devices;

  beforeEach(() => {
    devices = watchDevices();
  });

  afterEach(() => {
    devices.restore();
    expect(devices.opened.map(({readyState}) => readyState)).not.to.include('live');
  });

  it('opens each device once', async () => {
    const local = new LocalMedia();
    await Promise.all([local.open({audio: true, video: false}), local.open({audio: true, video: true})]);
    expect(devices.opened.map(({kind}) => kind)).to.deep.equal(['audio', 'video']);
    local.release();
  });

  it('closes what opens after its release', async () => {
    const local = new LocalMedia();
    const opening = local.open({audio: true, video: true});
    local.release();
    await opening;
    expect(local.stream.getTracks()).to.deep.equal([]);
  });

  it('closes a camera that opens again after its release', async () => {
    const local = new LocalMedia();
    await local.open({audio: false, video: true});
    const replace = async (): Promise<void> => {};
    await local.cameraToBlack(replace);
    const black = local.video!;
    const opening = rejects(local.blackToCamera(replace), 'aborted');
    local.release();
    await opening;
    expect(black.readyState).to.equal('ended');
  });

  it('closes a camera that cannot take the place of black', async () => {
    const local = new LocalMedia();
    await local.open({audio: false, video: true});
    await local.cameraToBlack(async () => {});
    const refused = local.blackToCamera(async () => {
      throw new DOMException('No.', 'InvalidModificationError');
    });
    await rejects(refused, 'internal');
    expect(local.cameraOff).to.equal(true);
    expect(devices.opened.map(({readyState}) => readyState)).to.deep.equal(['ended', 'ended']);
    local.release();
  });

  it('is muted from the first sample on', async () => {
    const local = new LocalMedia();
    local.setMuted(true);
    await local.open({audio: true, video: false});
    expect(local.audio!.enabled).to.equal(false);
    local.release();
  });

  it('keeps only what is needed', async () => {
    const local = new LocalMedia();
    await local.open({audio: true, video: true});
    local.keep({audio: true, video: false});
    expect(devices.opened.map(({kind, readyState}) => `${kind} ${readyState}`)).to.have.members([
      'audio live',
      'video ended',
    ]);
    local.release();
    local.release();
  });
});
