/** `<sip-directory>`: the tree, a search, a row's menu. */
import type {SipDirectoryElement} from '../../../src/elements/sip-directory/sip-directory.js';
import {StagedPeople} from '../../support/staged/staged-people.js';
import type {Scenes} from '../scene.js';
import {client, deep, part, ready, show, shows, textOf, write} from '../stage.js';

const rows = (element: SipDirectoryElement): HTMLElement[] => deep(element, '[role=treeitem]');

async function tree(): Promise<SipDirectoryElement> {
  const element = await show('sip-directory', await ready());
  await shows(element, () => rows(element).length > 6);
  return element;
}

export const peopleScenes: Scenes = {
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
      on.people = people;
      await on.connect();
      await on.register();
      const element = await show('sip-directory', on);
      await shows(element, () => deep(element, '.skeleton').length > 0);
    },
  },
};
