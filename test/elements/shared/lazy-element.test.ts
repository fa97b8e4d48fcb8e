import {expect, fixture, html} from '@open-wc/testing';
import {deep, part, shows} from '../../support/in-page/elements.js';
import {StagedClient} from '../../support/staged/staged-client.js';

/** The elements that take calls from a `<sip-call>`: their views, and what makes such a call. */
const TAKING = {
  'sip-conference': {view: 'sip-conference-room', begin: (client: StagedClient) => client.confer()},
  'sip-intercom': {view: 'sip-intercom-panel', begin: (client: StagedClient) => client.interphone()},
};

describe('an element whose view cannot be loaded', () => {
  const {define} = customElements;
  afterEach(() => Object.assign(customElements, {define}));

  for (const [tag, {view, begin}] of Object.entries(TAKING))
    it(`leaves its call to <sip-call> until it can, <${tag}>`, async () => {
      customElements.define = (name, ...rest) => {
        if (name === view) throw new TypeError('Failed to fetch');
        define.call(customElements, name, ...rest);
      };
      const client = await StagedClient.ready();
      begin(client).dialog.confirm();
      const element = document.createElement(tag);
      const root = await fixture(
        html`<sip-client .client=${client}>${element}<sip-call></sip-call></sip-client>`,
      );
      const other = root.querySelector('sip-call')!;
      await shows(element, () => deep(element, '[part=notice]').length === 1);
      await shows(other, () => part(other, 'hangup') !== null);
      customElements.define = define;
      deep(element, 'button.link')[0]!.click();
      await shows(
        element,
        () => part(element, 'panel') !== null && deep(element, '[part=notice]').length === 0,
      );
      await shows(other, () => part(other, 'hangup') === null);
      expect(element.shadowRoot!.querySelector(view)).not.to.equal(null);
      await client.disconnect();
    });
});
