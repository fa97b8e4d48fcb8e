/** `<sip-channels>`: before, and with groups in each state. */
import {SipError} from '../../../src/errors.js';
import type {SipChannelsElement} from '../../../src/elements/sip-channels/sip-channels.js';
import {INFINITY, restoreHid, simulateHid} from '../../support/in-page/button-devices.js';
import {deep} from '../../support/in-page/elements.js';
import type {StagedClient, StagedTalk} from '../../support/staged/staged-client.js';
import type {Scenes} from '../scene.js';
import {part, ready, show, shows} from '../stage.js';

const NAMES = [
  '总调度 All hands',
  '巡逻队 Patrol',
  'Fire brigade and rescue of the northern harbor',
  '码头作业一组',
  '拖轮 Tugboats',
  '安防 Security',
  '外协单位',
  'Works',
];

interface Joined {
  readonly on: StagedClient;
  readonly element: SipChannelsElement;
  readonly talks: readonly StagedTalk[];
}

/** Eight groups, of which the last is not joined. */
async function joined(selected = '9001,9003'): Promise<Joined> {
  const on = await ready();
  const groups = NAMES.map((name, index) => `900${index + 1}=${name}`).join();
  const element = await show('sip-channels', on, {groups, selected});
  const talks = NAMES.slice(0, -1).map((_, index) => {
    const talk = on.interphone({remote: {number: `900${index + 1}`, name: ''}});
    talk.dialog.confirm();
    talk.members.all(
      {number: '1001', name: '王芳', phase: 'answered'},
      {number: '1002', name: '李雷', phase: 'answered'},
      {number: '1003', name: 'Anna Novak', phase: 'answered'},
    );
    return talk;
  });
  await shows(element, () => deep(element, '.tile.idle').length === talks.length);
  return {on, element, talks};
}

/** Puts two groups on a second page, and returns to the first one. */
async function paged(): Promise<Joined> {
  const made = await joined('9001,9002,9005');
  const {element} = made;
  part(element, 'arrange')!.click();
  await shows(element, () => part(element, 'page-add') !== null);
  part(element, 'page-add')!.click();
  await shows(element, () => part(element, 'page-name') !== null);
  const field = part(element, 'page-name') as HTMLInputElement;
  field.value = 'Harbor 港口';
  field.dispatchEvent(new Event('input'));
  const tab = (index: number): HTMLElement => deep(element, '[role=tab]')[index]!;
  await shows(element, () => tab(1).title === 'Harbor 港口');
  for (const index of [3, 4]) {
    tab(0).click();
    await shows(element, () => tab(0).ariaSelected === 'true');
    part(deep(element, 'sip-channel-tile')[index]!, 'move-to-page')!.click();
    await shows(element, () => deep(element, 'sip-channel-tile')[index]!.hasAttribute('hidden'));
  }
  return made;
}

const hold = (key: string): void =>
  void window.dispatchEvent(new KeyboardEvent('keydown', {key, code: key, cancelable: true}));

export const channelsScenes: Scenes = {
  'channels-join': {
    kept: ['light-en-320'],
    async reach() {
      await show('sip-channels', await ready(), {groups: '9001=总调度 All hands, 9002=巡逻队, 9003'});
    },
  },
  'channels-selected': {
    kept: ['light-zh-CN-768'],
    async reach() {
      await joined();
    },
  },
  'channels-states': {
    kept: ['light-en-768', 'dark-zh-CN-320', 'dark-ar-768', 'forced-en-320'],
    async reach() {
      const {on, element, talks} = await joined('9001,9003,9005');
      talks[1]!.service.tell('taken', '1002', '李雷', {queueLength: 2});
      talks[2]!.service.tell('taken', '1003', 'Anna Novak');
      talks[2]!.service.failure = new SipError('floor-denied', {subject: 'Anna Novak', apiCode: 2000});
      talks[4]!.service.tell('taken', '1002', '李雷');
      talks[4]!.service.answer = 'queued';
      on.ring('audio', {number: '1004', name: 'David Okafor'}, 'sos');
      talks[5]!.members.all({number: '1004', name: 'David Okafor', phase: 'answered'});
      hold('F8');
      await shows(element, () => deep(element, '.tile.refused').length === 1);
      talks[4]!.service.tell('queued', '1002', '李雷', {queueLength: 2, queuePosition: 2});
      await shows(element, () => part(element, 'alarm') !== null);
    },
  },
  'channels-pages': {
    kept: ['light-en-320', 'dark-zh-CN-768'],
    async reach() {
      const {element, talks} = await paged();
      part(element, 'arrange')!.click();
      element
        .shadowRoot!.querySelector('sip-channels-panel')!
        .shadowRoot!.querySelector<HTMLElement>('.dismiss')!
        .click();
      talks[3]!.service.tell('taken', '1002', '李雷');
      await shows(element, () => deep(element, '.signs .receiving').length === 1);
      await shows(element, () => part(element, 'page-name') === null && part(element, 'undo') === null);
    },
  },
  'channels-pages-moved': {
    kept: ['light-ar-768'],
    async reach() {
      const {element} = await paged();
      await shows(element, () => part(element, 'undo') !== null);
    },
  },
  'channels-sounds': {
    kept: ['light-en-320', 'dark-zh-CN-768'],
    whole: true,
    async reach() {
      const {on, element} = await joined();
      on.files = [{id: '1', name: 'Evacuation, north.wav', duration: 42, url: '/1', sample: false}];
      part(element, 'sounds')!.click();
      await shows(element, () => deep(element, '.entry').length === 4);
      part(element, 'sounds')!.scrollIntoView({block: 'center'});
    },
  },
  'channels-keys': {
    kept: ['light-en-320'],
    async reach() {
      const {element} = await joined();
      hold('?');
      await shows(element, () => part(element, 'key-list')!.matches(':popover-open'));
    },
  },
  'channels-pedals': {
    kept: ['light-en-320'],
    async reach() {
      const {element} = await joined();
      const hid = simulateHid();
      const pedal = hid.device(0x05f3, 0x00ff, 'VEC USB Footpedal');
      hid.choice = pedal;
      hold('?');
      part(element, 'devices')!.querySelector('summary')!.click();
      await shows(element, () => part(element, 'connect') !== null);
      part(element, 'connect')!.click();
      await shows(element, () => pedal.opened);
      pedal.send(INFINITY.middle);
      pedal.send(INFINITY.released);
      await shows(element, () => part(element, 'device-list') !== null);
      part(element, 'connect')!.scrollIntoView({block: 'nearest'});
      restoreHid();
    },
  },
};
