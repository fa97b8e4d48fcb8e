/** `<sip-intercom>`: before, and with each state of the floor. */
import type {SipIntercomElement} from '../../../src/elements/sip-intercom/sip-intercom.js';
import {sound, type StagedClient, type StagedTalk} from '../../support/staged/staged-client.js';
import type {Scenes} from '../scene.js';
import {deep, part, ready, show, shows} from '../stage.js';

interface Joined extends StagedTalk {
  readonly on: StagedClient;
  readonly element: SipIntercomElement;
}

/** An intercom that was joined. */
async function joined(): Promise<Joined> {
  const on = await ready();
  const element = await show('sip-intercom', on, {group: '9001'});
  const talk = on.interphone();
  talk.dialog.play(new MediaStream([sound()]), new MediaStream([sound()]));
  talk.dialog.confirm();
  await shows(element, () => part(element, 'talk') !== null);
  return {...talk, on, element};
}

/** Holds the key that talks. */
const hold = (): void =>
  void window.dispatchEvent(new KeyboardEvent('keydown', {key: 'F8', code: 'F8', cancelable: true}));

export const intercomScenes: Scenes = {
  'intercom-join': {
    kept: ['light-en-320', 'dark-zh-CN-768'],
    async reach() {
      await show('sip-intercom', await ready(), {group: '9001'});
    },
  },
  'intercom-ringing': {
    kept: ['light-ar-320'],
    async reach() {
      const on = await ready();
      const element = await show('sip-intercom', on);
      on.interphone({direction: 'incoming'});
      await shows(element, () => part(element, 'answer-audio') !== null);
    },
  },
  'intercom-idle': {
    kept: ['dark-en-320'],
    async reach() {
      const {service} = await joined();
      service.tell('idle');
    },
  },
  'intercom-speaking': {
    kept: ['light-zh-CN-320', 'forced-en-320'],
    async reach() {
      const {intercom, element} = await joined();
      hold();
      await shows(element, () => intercom.state.floor === 'granted');
    },
  },
  'intercom-other-speaks': {
    kept: ['dark-ar-768'],
    async reach() {
      const {service, element, intercom} = await joined();
      service.tell('taken', '1002', '李雷');
      await shows(element, () => intercom.state.floor === 'taken');
    },
  },
  'intercom-queued': {
    kept: ['light-en-768'],
    async reach() {
      const {service, element, intercom} = await joined();
      service.tell('taken', '1002', '李雷');
      service.answer = 'queued';
      hold();
      await shows(element, () => intercom.state.floor === 'queued');
      service.tell('queued', '1002', '李雷', {queueLength: 2, queuePosition: 1});
      await shows(element, () => part(element, 'queue') !== null);
    },
  },
  'intercom-members': {
    kept: ['light-ar-320', 'dark-zh-CN-320'],
    async reach() {
      const {service, element, intercom, members} = await joined();
      members.all(
        {number: '1001', name: '王芳', phase: 'answered'},
        {number: '1002', name: '李雷', phase: 'answered'},
        {number: '1003', name: 'Anna Novak', phase: 'init'},
        {number: '1004', name: 'David Stein', phase: 'answered'},
      );
      service.tell('taken', '1002', '李雷', {queueLength: 2});
      await shows(element, () => intercom.state.floor === 'taken' && part(element, 'members') !== null);
      part(element, 'members')!.click();
      await shows(element, () => part(element, 'member-list')!.matches(':popover-open'));
    },
  },
  'intercom-sound': {
    kept: [],
    async reach() {
      const {element} = await joined();
      await shows(element, () => part(element, 'call-sound') !== null);
      part(element, 'call-sound')!.click();
      await shows(element, () => deep(element, '[type=checkbox]').length > 0);
    },
  },
  'intercom-countdown': {
    kept: ['light-en-320'],
    async reach() {
      const {service, element, intercom, members} = await joined();
      members.all(
        {number: '1001', name: '王芳', phase: 'answered'},
        {number: '1002', name: '李雷', phase: 'answered'},
      );
      await intercom.requestFloor();
      service.tell('granted', '1001', '王芳', {queueLength: 2, floorEndsAt: Date.now() + 8_500});
      await shows(element, () => part(element, 'queue') !== null);
    },
  },
  'intercom-lost': {
    kept: [],
    async reach() {
      const {on, element, service} = await joined();
      service.lose();
      on.host.setConnection('reconnecting');
      await shows(element, () => part(element, 'speaker')!.innerText.includes('Reconnecting'));
    },
  },
};
