import {expect, fixture, html} from '@open-wc/testing';
import type {LitElement} from 'lit';
import '../../src/define.js';
import {loads} from '../support/in-page/elements.js';
import {StagedClient} from '../support/staged/staged-client.js';

interface Declared {
  readonly tagName?: string;
  readonly attributes?: readonly {readonly name: string; readonly fieldName?: string}[];
}

/** What a page may set by mistake. */
const ANYTHING: readonly unknown[] = [
  null,
  undefined,
  0,
  -1,
  NaN,
  true,
  {},
  [],
  [null],
  [{}],
  () => 'x',
  '\u0000',
  '<b>',
];

const {default: manifest} = (await import('../../custom-elements.json' as string)) as {
  default: {modules: readonly {readonly declarations?: readonly Declared[]}[]};
};
const elements = manifest.modules
  .flatMap(({declarations = []}) => declarations)
  .filter(({tagName}) => tagName && tagName !== 'sip-client');

/** All that is drawn, which may need a while: what it draws with, what it asks for. */
async function drawn(element: LitElement): Promise<void> {
  do await new Promise((resolve) => setTimeout(resolve));
  while (!(await element.updateComplete));
}

describe('whatever a page sets', () => {
  for (const {tagName, attributes = []} of elements)
    it(`is drawn by <${tagName}>, and what is taken away as well`, async () => {
      const client = await StagedClient.ready();
      client.dial().dialog.confirm();
      client.interphone().dialog.confirm();
      const root = await fixture(html`<sip-client .client=${client}></sip-client>`);
      const element = document.createElement(tagName!) as LitElement & Record<string, unknown>;
      root.append(element);
      await loads(element);
      await drawn(element);
      for (const {name} of attributes) {
        element.setAttribute(name, 'x');
        await drawn(element);
        element.removeAttribute(name);
        await drawn(element);
      }
      for (const {fieldName} of attributes) {
        if (!fieldName) continue;
        const before = element[fieldName];
        for (const value of [...ANYTHING, before]) {
          element[fieldName] = value;
          await drawn(element);
        }
      }
      expect(element.shadowRoot!.querySelector('b:not(.line, .words b)')?.textContent).to.not.equal('<b>');
      await client.disconnect();
    });
});
