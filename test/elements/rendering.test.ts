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

/** What is as wide as what is in it. */
const SHRINKING = {
  'a dialog': html`<dialog open></dialog>`,
  'a flex row': html`<div style="display: flex; align-items: start"></div>`,
  'an inline-block': html`<div style="display: inline-block"></div>`,
  'an auto column of a grid': html`<div style="display: grid; grid-template-columns: auto 1fr"></div>`,
};

describe('every element, in any browser', () => {
  for (const tag of tags)
    it(`<${tag}> is drawn and accessible, in the light and in the dark`, async () => {
      const client = new StagedClient();
      client.directoryService = new StagedPeople([group('8000', 'Harbor')], [person('1001', '王芳', '8000')]);
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

  it('is as wide as it needs in what is as wide as its contents, and narrower where there is less room', async () => {
    const client = new StagedClient();
    await client.connect();
    await client.register();
    client.dial('audio').dialog.confirm();
    const widths: string[] = [];
    for (const [where, box] of Object.entries(SHRINKING)) {
      const root = await fixture<HTMLElement>(html`<sip-client .client=${client}>${box}</sip-client>`);
      const holder = root.firstElementChild as HTMLElement;
      for (const tag of tags) {
        const element = document.createElement(tag) as LitElement;
        holder.replaceChildren(element);
        await shows(element, () => element.shadowRoot!.childElementCount > 0);
        const {width} = element.getBoundingClientRect();
        // A control is as wide as its button.
        const least = UNSEEN.has(tag) ? 0 : getComputedStyle(element).containerType === 'normal' ? 20 : 240;
        if (width < least || (UNSEEN.has(tag) && width > 0)) widths.push(`<${tag}> in ${where}: ${width} px`);
        if (where !== 'a flex row' && !where.includes('grid')) continue;
        holder.style.inlineSize = '200px';
        if (element.getBoundingClientRect().width > 200) widths.push(`<${tag}> in ${where} of 200 px: wider`);
        holder.style.inlineSize = '';
      }
    }
    expect(widths).to.deep.equal([]);
    await client.disconnect();
  });

  it('that rings is as wide as it needs in a row', async () => {
    const client = new StagedClient();
    await client.connect();
    await client.register();
    client.ring('video', {number: '1002', name: '李雷'});
    const root = await fixture(
      html`<sip-client .client=${client}
        ><div style="display: flex"><sip-incoming></sip-incoming></div
      ></sip-client>`,
    );
    const incoming = root.querySelector('sip-incoming')!;
    await shows(incoming, () => incoming.getBoundingClientRect().width >= 240);
    await client.disconnect();
  });
});
