/** `<sip-console>`: a desk before its shift, and in the middle of one. */
import type {SipClientOptions} from '../../../src/core/client/options.js';
import type {SipConsoleElement} from '../../../src/elements/sip-console/sip-console.js';
import {SipError} from '../../../src/errors.js';
import {deep} from '../../support/in-page/elements.js';
import {sound, type StagedClient} from '../../support/staged/staged-client.js';
import type {Scenes} from '../scene.js';
import type {StagedPeople} from '../../support/staged/staged-people.js';
import {selectionOf} from '../../../src/elements/shared/selection/selection.js';
import {part, pass, PEOPLE, ready, seen, show, shows} from '../stage.js';

const GROUPS = ['总调度 All hands', '巡逻队 Patrol', 'Fire brigade', '码头作业一组', '拖轮 Tugboats', '安防'];

/** A desk that fills the window, with six talk groups. */
async function desk(
  options: Partial<SipClientOptions> = {},
): Promise<{on: StagedClient; element: SipConsoleElement}> {
  const main = document.querySelector('main')!;
  main.classList.add('bare');
  const on = await ready(options);
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

/** A desk in the middle of a shift: a conference, a call on hold, one that waits, and an SOS. */
async function shift(): Promise<{on: StagedClient; element: SipConsoleElement}> {
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
  await shows(element, () => part(element, 'sos')?.innerText.includes('1') === true);
  return {on, element};
}

/** Waits until the directory has the name of the user, who hands over by it. */
const knowsUser = (on: StagedClient, element: SipConsoleElement): Promise<void> =>
  shows(element, () => on.identify({number: '1001', name: ''}).name !== '');

const tab = (element: Element, id: string): HTMLElement => deep(element, `#tab-${id}`)[0]!;

/** Selects people of a desk, and a group. */
async function choose(on: StagedClient, element: Element, count: number): Promise<void> {
  const people = PEOPLE.filter(({number}) => number !== '1001').slice(0, count - 1);
  selectionOf(on).add([
    ...people.map(({number, name}) => ({kind: 'person', number, name}) as const),
    {kind: 'group', number: '8200', name: 'Patrol'},
  ]);
  await shows(element, () => part(element, 'conference') !== null);
}

const HARBOR = [
  ['1001', -4.4, 1.6],
  ['1002', 0.6, 2.2],
  ['1003', 3.8, -0.4],
  ['1004', -1.6, -1.8],
] as const;

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
      await knowsUser(on, element);
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
      const {on, element} = await desk();
      await knowsUser(on, element);
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
      const {element} = await shift();
      [...deep(element, '[part=arrangement]')].at(1)!.click();
    },
  },
  'console-selection': {
    kept: ['dark-zh-CN-1440'],
    whole: true,
    only: 1440,
    async reach() {
      const {on, element} = await desk();
      await choose(on, element, 6);
    },
  },
  'console-journal': {
    kept: ['light-ar-1440'],
    whole: true,
    async reach() {
      const {on, element} = await desk({journalStorage: 'memory'});
      const journal = await on.openJournal();
      const {dialog} = on.ring('audio', {number: '1003', name: 'Anna Novak'});
      dialog.confirm();
      dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'normal'}});
      on.receive('Gate 4 is open. سيارة الإسعاف عند البوابة <b>4</b>', {from: '1019', name: 'North gate'});
      on.ring('audio', {number: '1002', name: '李雷'}, 'sos');
      await journal.written();
      await shows(element, () => deep(element, '#tab-journal').length > 0);
      tab(element, 'journal').click();
      await shows(element, () => deep(element, '[part=row]').length > 3);
    },
  },
  'console-messages': {
    kept: ['light-en-1440'],
    whole: true,
    async reach() {
      const {on, element} = await shift();
      for (const [from, name, text] of [
        ['1002', '李雷', '3 号泊位已清空。'],
        ['1019', 'North gate', 'Gate 4 is open.'],
        ['1004', 'Maximilian von Hohenzollern-Sigmaringen', 'The pilot is on board.'],
        ['1005', '张伟', 'سيارة الإسعاف عند البوابة 4'],
      ] as const)
        on.receive(text, {from, name});
      await shows(element, () => on.messages.state.unread === 4);
    },
  },
  'console-conversation': {
    kept: [],
    whole: true,
    async reach() {
      const {on, element} = await shift();
      for (const text of ['3 号泊位已清空。', 'The pilot is on board.', 'سيارة الإسعاف عند البوابة 4'])
        on.receive(text, {from: '1002', name: '李雷'});
      await shows(element, () => on.messages.state.unread === 3);
      Object.assign(deep(element, 'sip-messages')[0]!, {with: '1002'});
      await shows(element, () => deep(element, '[part=composer], textarea').length > 0);
    },
  },
  'console-map': {
    kept: [],
    whole: true,
    only: 1440,
    async reach() {
      const {on, element} = await desk();
      const people = on.directoryService as StagedPeople;
      for (const [number, east, north] of HARBOR)
        people.places.push({
          number,
          lng: 121.62 + east / 1000,
          lat: 29.93 + north / 1000,
          time: Date.now() - 31_000,
          raw: {},
        });
      tab(element, 'map').click();
      await choose(on, element, 3);
      await shows(element, () => deep(element, 'sip-map [role=option], [role=option]').length > 3);
      for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
    },
  },
  'console-drawers': {
    kept: ['light-ar-768'],
    whole: true,
    only: 768,
    async reach() {
      const {element} = await shift();
      deep(element, '[part=open-drawer]')[1]!.click();
      await shows(element, () => part(element, 'close-drawer') !== null);
    },
  },
  'console-drawer-start': {
    kept: [],
    whole: true,
    only: 768,
    async reach() {
      const {on, element} = await shift();
      deep(element, '[part=open-drawer]')[0]!.click();
      await choose(on, element, 3);
    },
  },
  'console-offline': {
    kept: ['dark-ar-1440'],
    whole: true,
    async reach() {
      const {on, element} = await shift();
      on.host.setConnection('reconnecting', new SipError('connection-lost'));
      await shows(element, () => /connection/i.test(part(element, 'error')?.innerText ?? ''));
    },
  },
};
