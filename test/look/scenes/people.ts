/** `<sip-directory>`: the tree, a search, a row's menu; and what the page knows about people, in the other elements. */
import type {SipDirectoryElement} from '../../../src/elements/sip-directory/sip-directory.js';
import {StagedPeople} from '../../support/staged/staged-people.js';
import type {Scenes} from '../scene.js';
import type {StagedClient} from '../../support/staged/staged-client.js';
import {client, deep, part, ready, show, shows, textOf, write} from '../stage.js';

const rows = (element: SipDirectoryElement): HTMLElement[] => deep(element, '[role=treeitem]');

async function tree(): Promise<SipDirectoryElement> {
  const element = await show('sip-directory', await ready());
  await shows(element, () => rows(element).length > 6);
  return element;
}

/** A directory as a desk has it, with a group and three people selected. */
async function selection(): Promise<SipDirectoryElement> {
  const element = await show('sip-directory', await ready(), {
    dense: true,
    selectable: true,
    actions: 'call video message monitor',
  });
  await shows(element, () => deep(element, 'button.box').length > 5);
  for (const number of ['1002', '1003', '1019', '8200'])
    deep(element, `[role=treeitem][data-key*="${number}"]`)
      .at(-1)!
      .shadowRoot!.querySelector<HTMLElement>('.box')!
      .click();
  await shows(element, () => part(element, 'selection') !== null);
  deep(element, '[role=tree]')[0]!.focus();
  return element;
}

/** A face, and one that cannot be loaded. */
const FACE = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><rect width="48" height="48" fill="#3a4a52"/><circle cx="24" cy="52" r="22" fill="#4f7f86"/><circle cx="24" cy="20" r="9" fill="#d6b59c"/></svg>',
)}`;

/** A client whose page knows some people. */
async function knowing(): Promise<StagedClient> {
  const on = await ready();
  on.people = (number) =>
    number === '1002'
      ? {name: '李雷 · Li Lei', picture: FACE, detail: 'Gold customer, order 4711 is late', href: '/crm/1002'}
      : number === '1003'
        ? {name: 'Anna Novak', picture: 'data:image/png,', detail: 'Purchasing'}
        : undefined;
  return on;
}

const faces = (element: Element): boolean =>
  deep<HTMLImageElement>(element, '.avatar img').some(({offsetParent}) => offsetParent);

export const peopleScenes: Scenes = {
  'people-incoming': {
    kept: ['light-en-320', 'dark-ar-768'],
    async reach() {
      const on = await knowing();
      const element = await show('sip-incoming', on);
      const {call} = on.ring();
      on.ring('video', {number: '1003', name: ''});
      const order = Object.assign(document.createElement('p'), {
        slot: `details-${call.id}`,
        textContent: 'Order 4711: waits for a part since Monday.',
      });
      element.append(order);
      await shows(element, () => faces(element) && textOf(element).includes('Purchasing'));
    },
  },
  'people-call': {
    kept: ['dark-en-320'],
    async reach() {
      const on = await knowing();
      const {dialog} = on.dial('audio', {number: '1002', name: ''});
      dialog.confirm();
      const element = await show('sip-call', on);
      await shows(element, () => faces(element));
    },
  },
  'people-lists': {
    kept: ['light-zh-CN-320'],
    async reach() {
      const on = await knowing();
      for (const number of ['1002', '1003', '1004'])
        on.history.note({
          id: number,
          type: 'single',
          direction: 'incoming',
          remote: {number, name: ''},
          media: 'audio',
          time: Date.now() - 60_000,
          cause: {by: 'remote', code: 'cancelled'},
        });
      const {dialog} = on.dial('audio', {number: '1002', name: ''});
      dialog.confirm();
      on.dial('audio', {number: '1003', name: ''});
      on.receive('The part has come.', {from: '1002'});
      for (const tag of ['sip-calls', 'sip-history', 'sip-messages'] as const) {
        const element = await show(tag, on);
        await shows(element, () => faces(element));
      }
      const directory = await show('sip-directory', on, {numbers: '1002,1003,1004'});
      await shows(directory, () => faces(directory));
    },
  },
  'directory-tree': {
    kept: ['light-en-320', 'dark-ar-320', 'forced-en-768'],
    async reach() {
      await tree();
    },
  },
  'directory-search': {
    kept: ['dark-en-768'],
    async reach() {
      const element = await tree();
      write(part(element, 'search'), '100');
      await shows(element, () => deep(element, '.skeleton').length === 0 && rows(element).length === 5);
    },
  },
  'directory-nothing-found': {
    kept: ['light-zh-CN-320'],
    async reach() {
      const element = await tree();
      write(part(element, 'search'), 'xyz');
      await shows(element, () => textOf(element).includes('No one found'));
    },
  },
  'directory-menu': {
    kept: ['light-en-320'],
    whole: true,
    async reach() {
      const element = await tree();
      const row = rows(element).find((each) => each.shadowRoot?.textContent?.includes('Anna'))!;
      row.scrollIntoView();
      row.dispatchEvent(
        new MouseEvent('contextmenu', {
          bubbles: true,
          composed: true,
          cancelable: true,
          clientX: 160,
          clientY: 200,
        }),
      );
    },
  },
  'directory-selection': {
    kept: ['light-en-320', 'dark-zh-CN-768'],
    async reach() {
      await selection();
    },
  },
  'directory-selection-text': {
    kept: ['light-ar-320'],
    async reach() {
      const element = await selection();
      deep(element, '[data-action=text]')[0]!.click();
      await shows(element, () => part(element, 'selection-text') !== null);
    },
  },
  'directory-selection-report': {
    kept: ['light-zh-CN-320'],
    async reach() {
      const element = await selection();
      const on = document.querySelector('sip-client')!.client as StagedClient;
      deep(element, '[data-action=call]')[0]!.click();
      await shows(element, () => part(element, 'selection-report') !== null && on.calls.length > 0);
      on.dialogOf(on.calls[0]!).set({phase: 'terminated', cause: {by: 'remote', code: 'declined'}});
      await shows(element, () => on.calls[0]?.remote.number === '1003');
      on.dialogOf(on.calls[0]!).confirm();
      await shows(element, () => deep(element, '.lines .reached').length > 0);
    },
  },
  'directory-roll-call': {
    kept: ['dark-zh-CN-320'],
    async reach() {
      const element = await selection();
      const on = document.querySelector('sip-client')!.client as StagedClient;
      deep(element, '[data-action=roll]')[0]!.click();
      await shows(element, () => part(element, 'selection-report') !== null && on.calls.length > 0);
      on.dialogOf(on.calls[0]!).confirm();
      on.dialogOf(on.calls[0]!).set({phase: 'terminated', cause: {by: 'remote', code: 'normal'}});
      await shows(element, () => on.calls[0]?.remote.number === '1003');
      on.dialogOf(on.calls[0]!).set({phase: 'terminated', cause: {by: 'remote', code: 'declined'}});
      await shows(element, () => deep(element, '.lines .missed').length > 0 && on.calls.length > 0);
      on.dialogOf(on.calls[0]!).confirm();
      await shows(element, () => deep(element, '.lines .reached').length > 1);
    },
  },
  'directory-roll-call-over': {
    kept: [],
    async reach() {
      const element = await selection();
      const on = document.querySelector('sip-client')!.client as StagedClient;
      deep(element, '[data-action=roll]')[0]!.click();
      await shows(element, () => on.calls.length > 0);
      on.dialogOf(on.calls[0]!).confirm();
      await shows(element, () => deep(element, '.lines .reached').length > 0);
      deep(element, '[data-kind=roll] .pill')[1]!.click();
      await shows(element, () => deep(element, '.lines .missed').length > 0);
    },
  },
  'directory-waiting': {
    kept: [],
    async reach() {
      await show('sip-directory', client());
    },
  },
  'directory-loading': {
    kept: ['dark-zh-CN-320'],
    async reach() {
      const on = client();
      const people = new StagedPeople([], []);
      people.patience = new Promise(() => {});
      on.directoryService = people;
      await on.connect();
      await on.register();
      const element = await show('sip-directory', on);
      await shows(element, () => deep(element, '.skeleton').length > 0);
    },
  },
};
