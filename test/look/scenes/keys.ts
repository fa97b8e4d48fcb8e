/** `<sip-keys>`: before anyone has a key, with pages and calls, with a selection, and while the user arranges the keys. */
import type {WrittenKey} from '../../../src/elements/sip-keys/key-pages.js';
import type {SipKeysElement} from '../../../src/elements/sip-keys/sip-keys.js';
import type {StagedClient} from '../../support/staged/staged-client.js';
import {person, type StagedPeople} from '../../support/staged/staged-people.js';
import type {Scenes} from '../scene.js';
import {deep, part, press, ready, show, shows, write} from '../stage.js';

const KEYS: readonly (string | WrittenKey)[] = [
  '1002',
  '1003',
  {number: '8200', group: true},
  '1004',
  '1005',
  '1019',
  {number: '8100', group: true},
  '1010',
  '1011',
  '1012',
  '1013',
  '13800138000',
];
const PAGES = [{name: '港口 Harbor', keys: KEYS}, {name: 'Night', keys: ['1014', '1015']}, {keys: ['1016']}];

/** A client with a patrol. */
async function staffed(): Promise<StagedClient> {
  const on = await ready();
  const people = on.directoryService as StagedPeople;
  const states = ['online', 'busy', 'offline', 'ringing'] as const;
  people.people = [
    ...people.people,
    ...Array.from({length: 7}, (_, index) =>
      person(String(1010 + index), `Patrol ${index + 1}`, '8200', {state: states[index % 4]!}),
    ),
  ];
  return on;
}

async function drawn(on: StagedClient, properties: Partial<SipKeysElement> = {}): Promise<SipKeysElement> {
  const element = await show('sip-keys', on, {keys: KEYS, ...properties});
  await shows(element, () => deep(element, '.lamp.busy').length > 0 && /of|\//.test(wordOf(element, '8200')));
  return element;
}

const wordOf = (element: Element, number: string): string =>
  deep(element, `[role=gridcell][data-number="${number}"] .word`)[0]?.innerText ?? '';

const select = (element: Element, number: string): void =>
  void deep(element, `[role=gridcell][data-number="${number}"]`)[0]!.dispatchEvent(
    new MouseEvent('click', {bubbles: true, composed: true, ctrlKey: true}),
  );

export const keysScenes: Scenes = {
  'keys-none': {
    kept: ['light-en-320'],
    async reach() {
      const element = await show('sip-keys', await ready());
      await shows(element, () => part(element, 'add') !== null);
    },
  },
  'keys-pages': {
    kept: ['dark-zh-CN-320', 'light-en-768'],
    async reach() {
      const on = await staffed();
      const element = await drawn(on, {pages: PAGES});
      on.ring('audio', {number: '1003', name: 'Anna Novak'});
      on.ring('audio', {number: '1005', name: '张伟'}, 'sos');
      on.ring('audio', {number: '1014', name: 'Patrol 5'});
      on.dial('audio', {number: '1012', name: 'Patrol 3'}).dialog.confirm();
      await shows(element, () => deep(element, '.key.sos, .key.connected').length === 2);
    },
  },
  'keys-selected': {
    kept: ['light-ar-320', 'forced-en-320'],
    async reach() {
      const element = await drawn(await staffed());
      for (const number of ['1002', '8200', '1013']) select(element, number);
      await shows(element, () => part(element, 'selection') !== null);
    },
  },
  'keys-menu': {
    kept: [],
    async reach() {
      const element = await drawn(await staffed());
      deep(element, '[role=gridcell][data-number="1002"] .more')[0]!.click();
      await shows(
        element,
        () => deep(element, 'sip-directory-menu [role=menuitem], [role=menuitem]').length > 2,
      );
    },
  },
  'keys-edit': {
    kept: ['dark-en-768', 'light-zh-CN-320'],
    async reach() {
      const element = await drawn(await staffed(), {pages: PAGES});
      await press(element, 'edit');
      await shows(element, () => part(element, 'remove') !== null);
      deep(element, '[role=gridcell][data-number="1004"] .remove')[0]!.click();
      await shows(element, () => part(element, 'put-back') !== null);
    },
  },
  'keys-search': {
    kept: [],
    async reach() {
      const element = await drawn(await staffed());
      await press(element, 'edit');
      await shows(element, () => part(element, 'search') !== null);
      write(part(element, 'search'), 'Patrol');
      await shows(element, () => deep(element, '[part=found] [data-number]').length > 3);
    },
  },
};
