import {expect, fixture, html} from '@open-wc/testing';
import {dialLinks, type DialLinksOptions} from '../../src/links.js';
import type {SipPhoneElement} from '../../src/elements/sip-phone/sip-phone.js';
import {SipError} from '../../src/errors.js';
import {isAccessible, part, shows, textOf} from '../support/in-page/elements.js';
import {until} from '../support/in-page/facts.js';
import {StagedClient} from '../support/staged/staged-client.js';

/** Asks for calls so far. */
const asked = (client: StagedClient): string[] =>
  client.asked.filter((what) => what.startsWith('call ')).map((what) => what.slice(5));

/** Clicks, and returns whether the page prevented what the browser would do. A link of the test leads nowhere. */
function click(link: Element, options: MouseEventInit = {}): boolean {
  let prevented = false;
  addEventListener(
    'click',
    (event) => {
      prevented = event.defaultPrevented;
      event.preventDefault();
    },
    {once: true},
  );
  link.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true, composed: true, ...options}));
  return prevented;
}

const stateOf = (link: Element): string | null => link.getAttribute('data-sip-state');

describe('links that are dialed', () => {
  let client: StagedClient;
  let ending: AbortController;
  let page: HTMLElement;

  /** Puts links into the page, and dials them. */
  async function dialed(markup: ReturnType<typeof html>, options: DialLinksOptions = {}): Promise<Element[]> {
    page = await fixture(html`<div>${markup}</div>`);
    dialLinks(client, document, {signal: ending.signal, ...options});
    return [...page.querySelectorAll('a, [data-sip-call]')];
  }

  beforeEach(async () => {
    ending = new AbortController();
    client = await StagedClient.ready({dialRules: '+86=>'});
  });
  afterEach(() => ending.abort());

  it('are those of tel:, sip: and sips:, and elements with data-sip-call', async () => {
    const links = await dialed(html`
      <a href="tel:+86-10-1234;ext=5">Beijing</a>
      <a href="SIP:1003@stage.test?subject=Hi">1003</a>
      <a href="sips:1004@elsewhere.example">1004</a>
      <button data-sip-call="1005" data-sip-media="video">Call</button>
      <button data-sip-call>1006</button>
      <a href="/contacts/1007" data-sip-call="1007"><b>1007</b></a>
      <svg>
        <a href="tel:1008"><text>1008</text></a>
      </svg>
    `);
    for (const link of links) {
      expect(click(link.querySelector('b, text') ?? link)).to.equal(true);
      await until(() => stateOf(link) === 'calling');
    }
    await until(() => client.calls.length === links.length);
    expect(asked(client)).to.deep.equal([
      '101234 audio',
      '1003 audio',
      '1004@elsewhere.example audio',
      '1005 video',
      '1006 audio',
      '1007 audio',
      '1008 audio',
    ]);
  });

  it('are left alone if another handler, a modifier, another button, a download or a target wants the click', async () => {
    const [plain, saved, named, self, other] = await dialed(html`
      <a href="tel:1002">1002</a>
      <a href="tel:1003" download>1003</a>
      <a href="tel:1004" target="_blank">1004</a>
      <a href="tel:1005" target="_self">1005</a>
      <a href="https://example.com/">Site</a>
    `);
    for (const options of [{ctrlKey: true}, {metaKey: true}, {shiftKey: true}, {altKey: true}, {button: 1}])
      expect(click(plain!, options)).to.equal(false);
    for (const link of [saved, named, other]) expect(click(link!)).to.equal(false);
    plain!.addEventListener('click', (event) => event.preventDefault());
    click(plain!);
    expect(click(self!)).to.equal(true);
    await until(() => client.calls.length === 1);
    expect(asked(client)).to.deep.equal(['1005 audio']);
  });

  it('show the state of their call as long as there is one, also those that come later', async () => {
    const [link, other] = await dialed(html`<a href="tel:1002">1002</a><a href="tel:1003">1003</a>`, {
      describe: (call) => call?.state.phase ?? 'placing',
    });
    link!.setAttribute('aria-description', 'Sales');
    let go!: () => void;
    client.patience = new Promise((resolve) => (go = resolve));
    click(link!);
    await until(() => stateOf(link!) === 'calling');
    expect(link!.getAttribute('aria-description')).to.equal('placing');
    // The second click of a double click.
    expect(click(link!)).to.equal(true);
    go();
    await until(() => client.calls.length === 1);
    const [call] = client.calls;
    const dialog = client.dialogOf(call!);
    dialog.confirm();
    await until(() => stateOf(link!) === 'connected');
    await call!.hold();
    await until(() => stateOf(link!) === 'held');
    const later = document.createElement('a');
    later.href = 'tel:1002';
    page.append(later);
    await until(() => stateOf(later) === 'held');
    expect(stateOf(other!)).to.equal(null);
    expect(click(later)).to.equal(true);
    await call!.hangup();
    await until(() => stateOf(link!) === null && stateOf(later) === null);
    expect(link!.getAttribute('aria-description')).to.equal('Sales');
    expect(later.hasAttribute('aria-description')).to.equal(false);
    expect(asked(client)).to.have.length(1);
  });

  it('are dialed in a shadow root that is the root, and in no other', async () => {
    const [given, other] = ['1002', '1003'].map((number) => {
      const host = document.body.appendChild(document.createElement('div'));
      host.attachShadow({mode: 'open'}).innerHTML = `<a href="tel:${number}">${number}</a>`;
      return host.shadowRoot!;
    });
    dialLinks(client, document, {signal: ending.signal});
    dialLinks(client, given, {signal: ending.signal});
    expect(click(given!.querySelector('a')!)).to.equal(true);
    expect(click(other!.querySelector('a')!)).to.equal(false);
    await until(() => stateOf(given!.querySelector('a')!) !== null);
    expect(asked(client)).to.deep.equal(['1002 audio']);
    given!.host.remove();
    other!.host.remove();
  });

  it('dispatch a failure from the link, and can be called again', async () => {
    const [link, wrong] = await dialed(html`<a href="tel:1002">1002</a><a href="tel:%20">nobody</a>`);
    const errors: string[] = [];
    page.addEventListener('sip-error', ({detail, target}) =>
      errors.push(`${(target as Element).textContent} ${detail.error.code}`),
    );
    client.failure = new SipError('busy');
    click(link!);
    click(wrong!);
    await until(() => errors.length === 2);
    expect(errors.sort()).to.deep.equal(['1002 busy', 'nobody invalid-number']);
    expect(stateOf(link!)).to.equal(null);
    click(link!);
    await until(() => client.calls.length === 1);
  });

  it('are ordinary links again afterwards', async () => {
    const [link] = await dialed(html`<a href="tel:1002">1002</a>`);
    click(link!);
    await until(() => client.calls.length === 1);
    ending.abort();
    expect(stateOf(link!)).to.equal(null);
    expect(click(link!)).to.equal(false);
    await client.calls[0]!.hangup();
    expect(stateOf(link!)).to.equal(null);
  });

  it('need a client, and a part of a page', () => {
    expect(() => dialLinks(undefined as never))
      .to.throw()
      .with.property('code', 'bad-parameter');
    for (const root of [null, 'body', document.createTextNode('')])
      expect(() => dialLinks(client, root as never))
        .to.throw()
        .with.property('code', 'bad-parameter');
  });
});

describe('<sip-phone links>', () => {
  let client: StagedClient;
  const placed = async (template = html`<sip-phone links corner></sip-phone>`) => {
    client = await StagedClient.ready();
    const page = await fixture(
      html`<div><sip-client .client=${client}>${template}</sip-client><a href="tel:1002">1002</a></div>`,
    );
    const phone = page.querySelector<SipPhoneElement>('sip-phone')!;
    await phone.updateComplete;
    return {phone, link: page.querySelector('a')!};
  };
  /** Clicks until the phone has loaded what takes the click. */
  const takes = async (link: Element): Promise<void> => until(() => click(link));

  it('opens and calls, and describes the state of the link', async () => {
    const {phone, link} = await placed();
    await takes(link);
    await until(() => client.calls.length === 1);
    expect(phone.open).to.equal(true);
    expect(asked(client)).to.deep.equal(['1002 audio']);
    await until(() => stateOf(link) === 'ringing');
    expect(link.getAttribute('aria-description')).to.equal('Ringing…');
    await isAccessible(phone);
  });

  it('shows a failure at its keypad, and dispatches it once', async () => {
    const {phone, link} = await placed();
    const errors: string[] = [];
    phone.addEventListener('sip-error', ({detail}) => errors.push(detail.error.code));
    client.refusal = new SipError('number-offline', {subject: '1002'});
    await takes(link);
    await until(() => errors.length > 0);
    const dialer = phone.shadowRoot!.querySelector('sip-dialer')!;
    await shows(dialer, () => part(dialer, 'notice') !== null);
    expect(dialer.number).to.equal('1002');
    expect(textOf(dialer)).to.contain('1002');
    expect(errors).to.deep.equal(['number-offline']);
  });

  it('leaves links alone without the attribute, and once it is removed', async () => {
    const {phone, link} = await placed();
    await takes(link);
    await until(() => client.calls.length === 1);
    phone.links = false;
    await phone.updateComplete;
    expect(click(link)).to.equal(false);
    phone.links = true;
    await takes(link);
    phone.remove();
    expect(click(link)).to.equal(false);
    expect(stateOf(link)).to.equal(null);
  });
});
