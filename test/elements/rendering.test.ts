import {expect, fixture, html} from '@open-wc/testing';
import type {LitElement} from 'lit';
import '../../src/define.js';
import {isAccessible, shows} from '../support/in-page/elements.js';
import {group, person, StagedPeople} from '../support/staged/staged-people.js';
import {StagedClient} from '../support/staged/staged-client.js';

/** Tags that show nothing of their own, or nothing while there is no more to show. */
const UNSEEN = new Set(['sip-client', 'sip-audio', 'sip-incoming']);

const {default: manifest} = (await import('../../custom-elements.json' as string)) as {
  default: {modules: readonly {readonly declarations?: readonly {readonly tagName?: string}[]}[]};
};
const tags = manifest.modules
  .flatMap(({declarations = []}) => declarations)
  .flatMap(({tagName}) => (tagName && tagName !== 'sip-client' ? [tagName] : []));

describe('every element, in any browser', () => {
  for (const tag of tags)
    it(`<${tag}> is drawn and accessible, in the light and in the dark`, async () => {
      const client = new StagedClient();
      client.people = new StagedPeople([group('8000', 'Harbor')], [person('1001', '王芳', '8000')]);
      await client.connect();
      await client.register();
      client.dial('audio', {number: '1002', name: '李雷'}).dialog.confirm();
      const root = await fixture(html`<sip-client .client=${client}></sip-client>`);
      const element = document.createElement(tag) as LitElement;
      root.append(element);
      // Some load what they are made of.
      await shows(element, () => element.shadowRoot!.childElementCount > 0);
      if (!UNSEEN.has(tag)) expect(element.getBoundingClientRect().width, 'width').to.be.greaterThan(0);
      await isAccessible(element);
      await client.disconnect();
    });
});
