/** `<sip-console>`: a desk before its shift, and in the middle of one. */
import type {SipConsoleElement} from '../../../src/elements/sip-console/sip-console.js';
import {deep} from '../../support/in-page/elements.js';
import {sound, type StagedClient} from '../../support/staged/staged-client.js';
import type {Scenes} from '../scene.js';
import {part, pass, ready, seen, show, shows} from '../stage.js';

const GROUPS = ['总调度 All hands', '巡逻队 Patrol', 'Fire brigade', '码头作业一组', '拖轮 Tugboats', '安防'];

/** A desk that fills the window, with six talk groups. */
async function desk(): Promise<{on: StagedClient; element: SipConsoleElement}> {
  const main = document.querySelector('main')!;
  main.classList.add('bare');
  const on = await ready();
  const element = await show('sip-console', on);
  const groups = document.createElement('sip-channels');
  groups.groups = GROUPS.map((name, index) => `900${index + 1}=${name}`).join();
  groups.selected = '9001,9003';
  groups.setAttribute('data-region', 'bottom');
  element.append(groups);
  GROUPS.forEach((_, index) => {
    const talk = on.interphone({remote: {number: `900${index + 1}`, name: ''}});
    talk.dialog.confirm();
  });
  await shows(element, () => deep(element, '[role=treeitem]').length > 0);
  return {on, element};
}

export const consoleScenes: Scenes = {
  'console-idle': {
    kept: ['light-en-1440'],
    whole: true,
    async reach() {
      await desk();
    },
  },
  'console-hand-over': {
    kept: ['dark-en-320'],
    whole: true,
    async reach() {
      const {on, element} = await desk();
      const journal = await on.openJournal();
      const held = on.dial('audio', {number: '1005', name: '张伟'});
      held.dialog.confirm();
      held.dialog.set({held: true});
      const sos = on.ring('audio', {number: '1003', name: 'Anna Novak'}, 'sos');
      await shows(element, () => part(element, 'sos')?.innerText.includes('1') === true);
      await sos.call.decline();
      on.receive('Where are you?', {from: '1002', name: '李雷'});
      await journal.written();
      journal.note(
        journal.rows.find(({kind}) => kind === 'sos')!.id,
        '救护车已出发。The ambulance is on its way.',
      );
      await journal.written();
      await shows(element, () => on.messages.state.unread === 1);
      pass(95_000);
      part(element, 'hand-over')!.click();
      await shows(element, () => part(element, 'end-shift') !== null);
    },
  },
  'console-taken-over': {
    kept: ['dark-zh-CN-1440'],
    whole: true,
    async reach() {
      localStorage.clear();
      const {on, element} = await desk();
      on.ring('audio', {number: '1003', name: 'Anna Novak'}, 'sos');
      await shows(element, () => part(element, 'sos')?.innerText.includes('1') === true);
      part(element, 'hand-over')!.click();
      await shows(element, () => part(element, 'end-shift') !== null);
      (part(element, 'hand-over-comment') as HTMLTextAreaElement).value = '请回拨 1003。Call 1003 back.';
      part(element, 'hand-over-comment')!.dispatchEvent(new InputEvent('input'));
      part(element, 'end-shift')!.click();
      await shows(element, () => part(element, 'locked') !== null);
      document.querySelector('sip-client')!.client = await ready({user: '1002'});
      await shows(element, () => part(element, 'take-over') !== null);
    },
  },
  'console-locked': {
    kept: ['light-en-320'],
    whole: true,
    async reach() {
      const {element} = await desk();
      part(element, 'hand-over')!.click();
      await shows(element, () => part(element, 'end-shift') !== null);
      part(element, 'end-shift')!.click();
      await shows(element, () => part(element, 'locked') !== null);
    },
  },
  'console-keys': {
    kept: ['light-zh-CN-1440'],
    whole: true,
    async reach() {
      const {element} = await desk();
      part(element, 'keys')!.click();
      await shows(element, () => part(element, 'key-list')?.matches(':popover-open') === true);
    },
  },
  'console-shift': {
    kept: ['dark-zh-CN-1440', 'light-ar-1440', 'light-en-768', 'dark-zh-CN-320'],
    whole: true,
    async reach() {
      const {on, element} = await desk();
      const {dialog, service} = on.confer({media: 'video'});
      dialog.play(seen('person'), seen('gate'));
      dialog.confirm(true);
      service.all(
        {number: '1001', name: '王芳', phase: 'answered'},
        {number: '1002', name: '李雷', phase: 'answered'},
        {number: '1003', name: 'Anna Novak', phase: 'ringing'},
      );
      const held = on.dial('audio', {number: '1005', name: '张伟'});
      held.dialog.play(new MediaStream([sound()]), new MediaStream([sound()]));
      held.dialog.confirm();
      held.dialog.set({held: true});
      pass(95_000);
      on.ring('audio', {number: '1011', name: '赵敏'});
      on.ring('audio', {number: '1003', name: 'Anna Novak'}, 'sos');
      [...deep(element, '[part=arrangement]')].at(1)!.click();
      await shows(element, () => part(element, 'sos')?.innerText.includes('1') === true);
    },
  },
};
