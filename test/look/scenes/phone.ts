/** `<sip-phone>`: each view, in a call, in the corner. */
import type {SipPhoneElement} from '../../../src/elements/sip-phone/sip-phone.js';
import type {StagedClient} from '../../support/staged/staged-client.js';
import type {Scenes} from '../scene.js';
import {deep, part, pass, playing, ready, seen, show, shows} from '../stage.js';

const NAMED = {number: '1002', name: '李雷'};

async function phone(
  properties: Partial<SipPhoneElement> = {},
): Promise<{on: StagedClient; element: SipPhoneElement}> {
  const on = await ready();
  const element = await show('sip-phone', on, properties);
  await shows(element, () => element.shadowRoot!.querySelector('[role=tab]') !== null);
  return {on, element};
}

const tag = (element: SipPhoneElement, name: string): Promise<void> =>
  shows(element, () => deep(element, name).length > 0);

export const phoneScenes: Scenes = {
  'phone-keypad': {
    kept: ['light-en-320', 'dark-zh-CN-320', 'forced-en-320'],
    async reach() {
      await phone({number: '1002'});
    },
  },
  'phone-history': {
    kept: [],
    async reach() {
      const {on, element} = await phone({view: 'history'});
      on.history.note({
        id: 'c1',
        type: 'single',
        direction: 'outgoing',
        remote: NAMED,
        media: 'audio',
        time: Date.now() - 600_000,
        spoken: 61_000,
        cause: {by: 'remote', code: 'normal'},
      });
      await tag(element, 'sip-history');
    },
  },
  'phone-directory': {
    kept: ['dark-ar-320'],
    async reach() {
      const {element} = await phone({view: 'directory'});
      await shows(element, () => deep(element, '[role=treeitem]').length > 3);
    },
  },
  'phone-messages': {
    kept: ['light-en-768'],
    async reach() {
      const {on, element} = await phone({view: 'messages'});
      on.receive('收到，谢谢', {name: '李雷', time: Date.now() - 60_000});
      await shows(element, () => deep(element, '[part=conversation]').length > 0);
    },
  },
  'phone-devices': {
    kept: [],
    async reach() {
      const {element} = await phone({view: 'devices'});
      await tag(element, 'select');
    },
  },
  'phone-ringing': {
    kept: ['light-zh-CN-320'],
    async reach() {
      const {on, element} = await phone();
      on.ring('video', NAMED);
      await tag(element, '[part~=answer-audio]');
    },
  },
  'phone-call': {
    kept: ['light-en-320', 'dark-ar-768'],
    async reach() {
      const {on, element} = await phone();
      const {dialog} = on.dial('video', NAMED);
      dialog.confirm(true);
      pass(65_000);
      dialog.play(seen('gate'), seen('person'));
      await playing(element, 2);
    },
  },
  'phone-other-tab': {
    kept: ['light-en-320'],
    async reach() {
      const tabs = {profile: 'standard', sharedWorker: '/w.js', user: '1102'} as const;
      const [here, there] = [await ready(tabs), await ready(tabs)];
      const element = await show('sip-phone', here);
      there.dial('audio', {number: '1002', name: '李雷'}).dialog.confirm();
      pass(3 * 60_000);
      const calls = (): Element | null => element.shadowRoot!.querySelector('sip-calls');
      await shows(element, () => !!calls()?.shadowRoot?.querySelector('[part=mute]'));
    },
  },
  'phone-sos': {
    kept: ['dark-en-320'],
    async reach() {
      const {on, element} = await phone();
      on.ring('audio', NAMED, 'sos').dialog.confirm();
      pass(65_000);
      await tag(element, '[part~=hangup]');
    },
  },
  'phone-corner-closed': {
    kept: ['light-en-320'],
    whole: true,
    async reach() {
      await phone({corner: true});
    },
  },
  'phone-corner-open': {
    kept: ['dark-zh-CN-768'],
    whole: true,
    async reach() {
      await phone({corner: true, open: true, number: '1002'});
    },
  },
  'phone-corner-ringing': {
    kept: ['light-ar-768'],
    whole: true,
    async reach() {
      const {on, element} = await phone({corner: true});
      on.ring('audio', NAMED);
      await tag(element, '[part~=answer-audio]');
    },
  },
  'phone-corner-call': {
    kept: ['light-en-768', 'dark-en-320'],
    whole: true,
    async reach() {
      const {on, element} = await phone({corner: true, open: true});
      const {dialog} = on.dial('video', NAMED);
      dialog.confirm(true);
      pass(65_000);
      dialog.play(seen('person'), seen('gate'));
      await playing(element, 2);
      await shows(element, () => part(element, 'panel') !== null);
    },
  },
  'phone-no-client': {
    kept: [],
    async reach() {
      await show('sip-phone');
    },
  },
};
