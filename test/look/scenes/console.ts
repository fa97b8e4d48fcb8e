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
