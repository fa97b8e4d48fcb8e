/** What `<sip-devices>` and `<sip-call>` show of the effects that a page offers. */
import {SipDevices} from '../../../src/core/devices/devices.js';
import type {DeviceEffect} from '../../../src/media/devices/device-effect.js';
import {backgrounds} from '../../../src/media/effects/background.js';
import {noiseSuppression} from '../../../src/media/effects/noise-suppression.js';
import type {SipCallElement} from '../../../src/elements/sip-call/sip-call.js';
import type {SipDevicesElement} from '../../../src/elements/sip-devices/sip-devices.js';
import {StagedDevices} from '../../support/staged/staged-devices.js';
import type {Scenes} from '../scene.js';
import {deep, part, pass, playing, press, ready, seen, show, shows} from '../stage.js';

const OFFERED = [
  backgrounds({
    // There are no such files: nothing is loaded that is only shown.
    assets: '/nowhere/',
    pictures: [
      {name: 'Office', src: '/office.svg'},
      {name: 'Control room of the harbor, as it looks from the north gate at night', src: '/harbor.svg'},
    ],
  }),
  noiseSuppression({assets: '/nowhere/'}),
];

/** A background that never gets ready. */
const WAITING: DeviceEffect = {...OFFERED[0]!, prepare: () => new Promise(() => {})};

/**
 * Devices with effects, of which the user has chosen some before.
 *
 * @param storage - Other scenes share the browser's store, and must not have this choice.
 */
async function devicesWith(
  storage: string,
  chosen: Readonly<Record<string, string>> = {},
  offered: readonly DeviceEffect[] = OFFERED,
): Promise<SipDevices> {
  new StagedDevices([
    {kind: 'microphone', id: 'desk', label: 'Desk microphone'},
    {kind: 'camera', id: 'camera', label: 'Camera'},
    {kind: 'output', id: 'box', label: 'Desk loudspeaker'},
  ]);
  localStorage.setItem(`${storage}-effects`, JSON.stringify({version: 1, ...chosen}));
  const devices = new SipDevices({storage});
  await devices.offer(...offered);
  return devices;
}

/** The choice of devices, with the effects. */
async function settings(devices: SipDevices): Promise<SipDevicesElement> {
  const element = await show('sip-devices', await ready({devices}));
  await shows(element, () => deep(element, '[part=background] input').length > 0);
  return element;
}

/** A video call whose menu of devices is open. */
async function menu(devices: SipDevices): Promise<SipCallElement> {
  const on = await ready({devices});
  const {dialog} = on.dial('video', {number: '1002', name: '李雷'});
  const element = await show('sip-call', on);
  dialog.confirm(true);
  pass(65_000);
  dialog.play(seen('bright'), seen('person'));
  await playing(element, 2);
  await shows(element, () => ['camera-devices', 'devices'].some((name) => part(element, name)));
  if (part(element, 'camera-devices')) await press(element, 'camera-devices');
  else {
    await press(element, 'more');
    await press(element, 'devices');
  }
  await shows(element, () => deep(element, '[part=background] input').length > 0);
  return element;
}

/** Presses the choice at a place in the list. */
const choose = (element: Element, index: number): void =>
  deep<HTMLInputElement>(element, '[part=background] input')[index]!.click();

const CHOSEN = {background: 'blur', 'noise-suppression': 'on'};

export const effectsScenes: Scenes = {
  'devices-effects': {
    kept: ['light-en-320', 'dark-zh-CN-320', 'light-ar-320', 'forced-en-320'],
    async reach() {
      await settings(await devicesWith('devices-effects', CHOSEN));
    },
  },
  'devices-effect-starting': {
    kept: ['light-en-320'],
    async reach() {
      const element = await settings(await devicesWith('devices-effect-starting', {}, [WAITING]));
      choose(element, 2);
      await shows(element, () => deep(element, '[role=status]').some(({innerText}) => innerText !== ''));
    },
  },
  'devices-effect-failed': {
    kept: ['light-ar-320'],
    async reach() {
      const element = await settings(await devicesWith('devices-effect-failed'));
      choose(element, 1);
      await shows(element, () => deep(element, 'sip-effect-choice [part=notice], [role=alert]').length > 0);
    },
  },
  'call-effects': {
    kept: ['light-en-320', 'dark-zh-CN-768', 'forced-en-320'],
    whole: true,
    async reach() {
      await menu(await devicesWith('call-effects', CHOSEN));
    },
  },
  'call-effect-failed': {
    kept: ['light-ar-320'],
    whole: true,
    async reach() {
      const element = await menu(await devicesWith('call-effect-failed'));
      choose(element, 1);
      await shows(element, () => deep(element, '[role=alert]').length > 0);
    },
  },
};
