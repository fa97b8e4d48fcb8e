import {expect} from '@open-wc/testing';
import {KnownPeople} from '../../../src/core/people/known-people.js';
import {until} from '../../support/in-page/facts.js';

describe('what is known of people whose code could not be loaded', () => {
  for (const [what, retry] of Object.entries({
    'a further list': (people: KnownPeople) => people.setList({}, [{number: '3', name: 'other list'}]),
    'a look at a number': () => {},
  }))
    it(`is there once the code is loaded for ${what}`, async () => {
      let loads = 0;
      const people = new KnownPeople(
        {search: () => undefined, onChange: () => {}, onError: () => {}},
        async () => {
          loads += 1;
          if (loads === 1) throw new TypeError('Failed to fetch dynamically imported module');
          return import('../../../src/core/people/people-resolver.js');
        },
      );
      people.source = (number) => (number === '1' ? {name: 'page'} : undefined);
      people.setList({}, [{number: '2', name: 'list'}]);
      const removed = {};
      people.setList(removed, [{number: '4', name: 'removed'}]);
      people.setList(removed, []);
      await until(() => loads === 1);
      await new Promise((resolve) => setTimeout(resolve));
      retry(people);
      const names = (): string =>
        ['1', '2', '4'].map((number) => people.identify({number, name: ''}, false).name).join();
      await until(() => names() === 'page,list,');
      expect(loads).to.equal(2);
    });
});
