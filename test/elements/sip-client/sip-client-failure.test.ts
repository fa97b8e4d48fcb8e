import {expect, fixture, html} from '@open-wc/testing';
import type {SipClientElement} from '../../../src/elements/sip-client/sip-client.js';
import type {SipDialerElement} from '../../../src/elements/sip-dialer/sip-dialer.js';
import {isAccessible, next, part, shows, textOf} from '../../support/in-page/elements.js';
import {until} from '../../support/in-page/facts.js';
import {TAGS} from '../../support/in-page/tags.js';

/** Nobody listens there. */
const NOWHERE = 'ws://127.0.0.1:9/fswebrtc';

/** What shows nothing of a client without one, or has a client of its own. */
const OTHERS = [
  'sip-audio',
  'sip-client',
  'sip-desk-link',
  'sip-devices',
  'sip-duration',
  'sip-incoming',
  'sip-messages',
  'sip-phone',
  'sip-quality',
  'sip-video',
];

/** What a person can read or hear of an element. */
const said = (element: Element): string => {
  const titles = [...element.shadowRoot!.querySelectorAll('[title]')].map((titled) =>
    titled.getAttribute('title'),
  );
  return `${textOf(element)} ${titles.join(' ')}`;
};

describe('<sip-client> whose attributes make no client', () => {
  const printer = window.console;
  const {error} = printer;
  let printed: string[] = [];

  beforeEach(() => {
    printed = [];
    printer.error = (...what: unknown[]) => void printed.push(what.map(String).join(' '));
  });
  afterEach(() => {
    printer.error = error;
  });

  /** A `<sip-client>` with a dialer, with these attributes beside those that are right. */
  async function made(attributes: Record<string, string>): Promise<[SipClientElement, SipDialerElement]> {
    const client = document.createElement('sip-client');
    const all = {server: NOWHERE, user: '1001', ...attributes};
    for (const [name, value] of Object.entries(all)) client.setAttribute(name, value);
    const dialer = document.createElement('sip-dialer');
    client.append(dialer);
    const place = await fixture(html`<div></div>`);
    place.append(client);
    await shows(dialer, () => true);
    return [client, dialer];
  }

  for (const [name, value, secret] of [
    ['server', 'localhost:8088', undefined],
    ['user', 'alice@sip.test', undefined],
    ['profile', 'sip', undefined],
    ['ice-servers', '[{"urls":"turn:turn.example","credential":"hush"', 'hush'],
    ['ice-servers', 'turn:alice:hush@turn.example', 'hush'],
    ['monitor-uri', '*33{number}', undefined],
    ['barge-in-uri', 'sip:*33#{number}@{host}', undefined],
  ] as const)
    it(`says what is wrong with ${name}="${value}": inside it, in an event and once in the console`, async () => {
      const told: string[] = [];
      const listen = ({detail}: HTMLElementEventMap['sip-error']): void =>
        void told.push(detail.error.message);
      document.body.addEventListener('sip-error', listen);
      try {
        const [client, dialer] = await made({[name]: value});
        await shows(dialer, () => part(dialer, 'status')!.innerText.includes(name));
        expect(said(dialer)).not.to.contain('inside a <sip-client>');
        expect(client.client).to.equal(undefined);
        client.requestUpdate();
        await client.updateComplete;
        expect(told).to.have.length(1);
        expect(printed).to.deep.equal([`<sip-client>: ${told[0]!}`]);
        expect(told[0]).to.contain(name).and.to.contain('Write:');
        if (secret) expect(`${printed.join()} ${said(dialer)}`).not.to.contain(secret);
      } finally {
        document.body.removeEventListener('sip-error', listen);
      }
    });

  for (const tag of TAGS.filter((name) => !OTHERS.includes(name)))
    it(`shows its failure in <${tag}>, in Chinese too`, async () => {
      const client = await fixture<SipClientElement>(
        html`<sip-client server="localhost:8088" user="1001"></sip-client>`,
      );
      const element = document.createElement(tag);
      client.append(element);
      await shows(element, () => said(element).includes('localhost:8088'));
      expect(said(element)).not.to.contain('inside a <sip-client>');
      await isAccessible(element);
      const english = said(element);
      element.lang = 'zh-CN';
      await shows(element, () => said(element) !== english && said(element).includes('localhost:8088'));
      expect(said(element)).not.to.contain('需放在');
    });

  it('shows its failure to an element that names it by its id', async () => {
    const place = await fixture(
      html`<div>
        <sip-client id="wrong" server="localhost:8088" user="1001"></sip-client
        ><sip-dialer for="wrong"></sip-dialer>
      </div>`,
    );
    const dialer = place.querySelector('sip-dialer')!;
    await shows(dialer, () => said(dialer).includes('localhost:8088'));
  });

  it('shows the client as soon as the attribute is mended, and tells of the next failure', async () => {
    const [client, dialer] = await made({server: 'localhost:8088'});
    await shows(dialer, () => said(dialer).includes('localhost:8088'));
    client.setAttribute('server', NOWHERE);
    await shows(dialer, () => part(dialer, 'status')!.innerText.includes('1001'));
    const told = next(client, 'sip-error');
    client.setAttribute('server', 'localhost:8088');
    expect((await told).detail.error.subject).to.contain('localhost:8088');
    await shows(dialer, () => said(dialer).includes('localhost:8088'));
    expect(printed).to.have.length(2);
  });

  it('says that there is no user, in the console too where none comes', async () => {
    const client = await fixture<SipClientElement>(
      html`<sip-client server=${NOWHERE}><sip-dialer></sip-dialer></sip-client>`,
    );
    const dialer = client.querySelector('sip-dialer')!;
    await shows(dialer, () => part(dialer, 'status')!.innerText.includes('user'));
    expect(said(dialer)).not.to.contain('inside a <sip-client>');
    await until(() => printed.length > 0);
    expect(printed).to.have.length(1);
    expect(printed[0]).to.contain('user');
  });

  it('rejects a call of its dialer with the failure', async () => {
    const [, dialer] = await made({server: 'localhost:8088'});
    dialer.number = '1002';
    const refused = await dialer.start().catch((thrown: unknown) => thrown);
    expect(refused).to.include({code: 'bad-parameter'});
  });
});
