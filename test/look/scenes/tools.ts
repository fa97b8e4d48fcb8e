/** `<sip-devices>`, `<sip-upload>`, `<sip-quality>`, and the single controls of a call. */
import {SipDevices} from '../../../src/core/devices/devices.js';
import {mediaDurations} from '../../../src/durations/media.js';
import {SipError} from '../../../src/errors.js';
import {simulateHid} from '../../support/in-page/button-devices.js';
import {JABRA, POLY, YEALINK} from '../../support/headsets/models.js';
import {StagedDevices} from '../../support/staged/staged-devices.js';
import type {StagedClient} from '../../support/staged/staged-client.js';
import {fares} from '../../support/staged/staged-quality.js';
import type {Scenes} from '../scene.js';
import {client, deep, part, pass, press, ready, show, shows} from '../stage.js';

const CONTROLS = [
  'sip-duration',
  'sip-quality',
  'sip-mute-button',
  'sip-camera-button',
  'sip-hold-button',
  'sip-screen-button',
  'sip-transfer-button',
  'sip-photo-button',
  'sip-record-button',
  'sip-hangup-button',
  'sip-keypad',
] as const;

/** Puts controls beside each other, as a page does. */
async function controls(tags: readonly (typeof CONTROLS)[number][], on: StagedClient): Promise<Element[]> {
  const elements = [];
  for (const tag of tags) elements.push(await show(tag, on));
  const {style} = document.querySelector('sip-client')!;
  style.display = 'flex';
  style.flexWrap = 'wrap';
  style.alignItems = 'center';
  style.gap = '8px';
  return elements;
}

async function devices(hidden: boolean): Promise<void> {
  const stage = new StagedDevices([
    {kind: 'microphone', id: 'desk', label: 'Desk microphone'},
    {kind: 'microphone', id: 'headset', label: 'Headset (Jabra Evolve2 65)'},
    {kind: 'camera', id: 'camera', label: 'Camera'},
    {kind: 'output', id: 'box', label: 'Desk loudspeaker'},
  ]);
  stage.hidden = hidden;
  localStorage.removeItem('sip-headsets');
  const element = await show('sip-devices', await ready({devices: new SipDevices()}));
  await shows(element, () => deep(element, 'option').length > 3 || stage.hidden);
}

/** Two headsets of which one is in use by another program, one that is not plugged in, and a call in another tab. */
async function headsets(): Promise<void> {
  const hid = simulateHid();
  const models = [JABRA, POLY, YEALINK];
  const [jabra, poly] = models.map((each) =>
    hid.device(each.vendorId, each.productId, each.name, each.collections),
  );
  poly!.blocked = true;
  hid.granted.push(jabra!, poly!);
  const stored = models.map(({vendorId, productId, name}) => ({
    model: [vendorId, productId].map((part) => part.toString(16).padStart(4, '0')).join(':'),
    name,
  }));
  localStorage.setItem('sip-headsets', JSON.stringify({version: 1, models: stored}));
  await new Promise<void>((held) => {
    void navigator.locks.request('sip-elements:headset', () => {
      held();
      return new Promise(() => {});
    });
  });
  const on = await ready({devices: new SipDevices()});
  const element = await show('sip-devices', on);
  await shows(element, () => part(element, 'retry-headset') !== null);
  on.ring();
  const elsewhere = (): boolean => deep(element, 'p[role=status]').some(({innerText}) => innerText !== '');
  await shows(element, elsewhere);
  localStorage.removeItem('sip-headsets');
}

async function quality(loss: number): Promise<void> {
  mediaDurations.statisticsInterval = 100;
  const on = await ready();
  const element = await show('sip-quality', on);
  const staged = on.dial('video');
  staged.dialog.confirm(true);
  const measured = fares(staged, {loss, video: true});
  // It is measured so often, each time after the same time.
  const {statistics} = staged.dialog;
  let count = 0;
  staged.dialog.statistics = () => {
    count += 1;
    if (count > 12) return new Promise(() => {});
    pass(2_000);
    return statistics.call(staged.dialog);
  };
  await measured;
  await shows(element, () => count > 12);
  await shows(element, () => element.matches(loss ? ':state(bad)' : ':state(good)'));
  part(element, 'button')!.click();
  await shows(element, () => part(element, 'chart') !== null);
}

export const toolScenes: Scenes = {
  'devices-named': {
    kept: ['light-en-320', 'dark-ar-768'],
    reach: () => devices(false),
  },
  'devices-headsets': {
    kept: ['light-en-320', 'dark-zh-CN-768', 'dark-ar-320'],
    reach: headsets,
  },
  'devices-hidden': {
    kept: ['dark-zh-CN-320'],
    reach: () => devices(true),
  },
  'upload-none': {
    kept: ['light-en-320'],
    async reach() {
      await show('sip-upload', await ready({uploadUrl: 'https://example.com/upload'}));
    },
  },
  'upload-disconnected': {
    kept: [],
    async reach() {
      await show('sip-upload', client());
    },
  },
  'upload-files': {
    kept: ['dark-en-320', 'light-zh-CN-768', 'forced-en-768'],
    async reach() {
      const on = await ready({uploadUrl: 'https://example.com/upload'});
      on.upload = async (file, options) => {
        const {size, name} = file as File;
        if (name.endsWith('.exe')) throw new SipError('file-too-large', {status: 413, subject: name});
        if (name.endsWith('.txt')) return {ok: true, code: 0, id: '7'} as never;
        options?.onProgress?.({
          file,
          loaded: size * 0.4,
          total: size,
          speed: 1_000_000,
          remaining: 3,
        } as never);
        return new Promise(() => {});
      };
      const element = await show('sip-upload', on);
      element.start([
        new File(['x'.repeat(48_000)], 'shift plan.txt', {type: 'text/plain'}),
        new File(['x'.repeat(9_000)], 'setup.exe'),
        new File(['x'.repeat(4_800_000)], 'camera 12, north gate.mp4', {type: 'video/mp4'}),
      ]);
      const state = (): string => element.entries.map(({phase}) => phase).join();
      await shows(element, () => state() === 'sent,failed,sending');
    },
  },
  'quality-good': {
    kept: ['light-en-768'],
    whole: true,
    reach: () => quality(0),
  },
  'quality-bad': {
    kept: ['dark-zh-CN-320', 'light-ar-320'],
    whole: true,
    reach: () => quality(0.3),
  },
  'controls-call': {
    kept: ['light-en-320', 'dark-en-768', 'forced-en-320'],
    async reach() {
      const on = await ready();
      const {call, dialog} = on.dial('video');
      dialog.confirm(true);
      pass(65_000);
      await controls(CONTROLS, on);
      await call.mute();
      await shows(document.querySelector('sip-mute-button')!, () => call.state.muted);
    },
  },
  'controls-labelled': {
    kept: ['light-ar-320'],
    async reach() {
      const on = await ready();
      const {dialog} = on.dial('video');
      dialog.confirm(true);
      pass(65_000);
      for (const each of await controls(CONTROLS.slice(2), on)) each.toggleAttribute('labelled', true);
    },
  },
  'controls-off': {
    kept: [],
    async reach() {
      const on = await ready();
      await controls(CONTROLS.slice(2), on);
      await press(document.querySelector('sip-mute-button')!, 'button');
    },
  },
};
