import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {PersonDetails} from '../../src/core/types.js';
import {deep, isAccessible, part, press, shows, textOf} from '../support/in-page/elements.js';
import {until} from '../support/in-page/facts.js';
import {StagedClient} from '../support/staged/staged-client.js';

/** A red square. */
const PICTURE =
  'data:image/svg+xml,%3Csvg xmlns="http://www.w3.org/2000/svg" width="9" height="9"%3E%3Crect width="9" height="9" fill="red"/%3E%3C/svg%3E';

const TOLD = {number: '1002', name: '李雷'};
const ANSWERED = {
  number: '1002',
  name: '李雷',
  phase: 'answered',
  gone: false,
  speaking: true,
  hearing: true,
  spotlighted: false,
  talking: true,
} as const;

/** The elements that show 1002, and what makes them do so. */
const PLACES: Readonly<Record<string, (client: StagedClient, element: HTMLElement) => unknown>> = {
  'sip-incoming': (client) => client.ring(),
  'sip-call': (client) => client.dial('audio', TOLD),
  'sip-calls': (client) => client.dial('audio', TOLD),
  'sip-history': (client) =>
    client.history.note({
      id: 'c1',
      type: 'single',
      direction: 'incoming',
      remote: TOLD,
      media: 'audio',
      time: Date.now(),
      cause: {by: 'remote', code: 'cancelled'},
    }),
  'sip-directory': (_, element) => Object.assign(element, {numbers: '1002'}),
  'sip-messages': (client) => client.receive('hello', {name: '李雷'}),
  'sip-conference': (client) => {
    const {dialog, service} = client.confer();
    dialog.confirm();
    service.all(ANSWERED);
  },
  'sip-monitor': (client, element) => {
    client.patience = new Promise(() => {});
    Object.assign(element, {numbers: '1002', autostart: true});
  },
  'sip-intercom': (client) => client.interphone({direction: 'incoming', remote: TOLD}),
};

describe('client.people in the elements', () => {
  let client: StagedClient;

  beforeEach(async () => {
    client = await StagedClient.ready({user: 'own'});
  });
  afterEach(() => client.disconnect());

  async function place(tag: string): Promise<HTMLElement> {
    const element = document.createElement(tag);
    await fixture(html`<sip-client .client=${client}>${element}</sip-client>`);
    await shows(element, () => true);
    await PLACES[tag]!(client, element);
    return element;
  }
  const pictures = (element: HTMLElement): HTMLImageElement[] =>
    deep<HTMLImageElement>(element, '.avatar img').filter(({offsetParent}) => offsetParent);

  for (const tag of Object.keys(PLACES)) {
    describe(`<${tag}>`, () => {
      it('shows the name and the picture, also if they come later', async () => {
        let answer: ((details: PersonDetails) => void) | undefined;
        client.people = (number) =>
          new Promise((resolve) => {
            if (number === '1002') answer = resolve;
          });
        const element = await place(tag);
        await until(() => !!answer);
        expect(textOf(element)).not.to.contain('Zhao Min');
        answer!({name: 'Zhao Min', picture: PICTURE});
        await shows(element, () => textOf(element).includes('Zhao Min'));
        expect(textOf(element)).not.to.contain('李雷');
        await shows(element, () => pictures(element).length > 0);
        const [picture] = pictures(element);
        const box = picture!.parentElement!.getBoundingClientRect();
        const {width, height, left} = picture!.getBoundingClientRect();
        expect([width, height, left]).to.deep.equal([box.width, box.height, box.left]);
        expect([picture!.naturalWidth, picture!.alt]).to.deep.equal([9, '']);
        await isAccessible(element);
      });

      it('shows initials in the same place where the picture cannot be loaded', async () => {
        client.people = () => ({name: 'Zhao Min', picture: '/no-such-picture.png'});
        const element = await place(tag);
        await shows(element, () => textOf(element).includes('Zhao Min'));
        const [avatar] = deep(element, '.avatar:has(img)');
        const image = avatar!.querySelector('img')!;
        await until(() => image.complete);
        await shows(element, () => image.hasAttribute('hidden'));
        const {width, height} = avatar!.getBoundingClientRect();
        const shown = avatar!.innerText.trim() || avatar!.dataset.initials;
        expect([shown, width > 20, width]).to.deep.equal(['ZM', true, height]);
      });
    });
  }

  it('takes back what it knew when people is set to nothing', async () => {
    client.people = () => ({name: 'Zhao Min', picture: PICTURE});
    const element = await place('sip-call');
    await shows(element, () => pictures(element).length === 1);
    client.people = undefined;
    await shows(element, () => textOf(element).includes('李雷'));
    expect(deep(element, 'img')).to.deep.equal([]);
  });

  it('never shows the picture of one person beside the name of another', async () => {
    client.people = (number) =>
      number === '1002'
        ? {name: 'Zhao Min', picture: PICTURE}
        : {name: 'Han', picture: '/no-such-picture.png'};
    const element = await place('sip-call');
    await shows(element, () => pictures(element).length === 1);
    client.dial('audio', {number: '1003', name: ''});
    await shows(element, () => textOf(element).includes('Han'));
    expect(pictures(element)).to.deep.equal([]);
  });

  it('leads to the page about a person in another tab, where a call does not end', async () => {
    client.people = () => ({name: 'Zhao Min', href: '/crm?number=1002', detail: 'Gold customer'});
    for (const tag of ['sip-incoming', 'sip-call', 'sip-history']) {
      const element = await place(tag);
      await shows(element, () => deep(element, 'a').length > 0);
      const [link] = deep<HTMLAnchorElement>(element, 'a');
      expect([link!.innerText, link!.href, link!.target, link!.rel]).to.deep.equal([
        'Zhao Min',
        new URL('/crm?number=1002', location.href).href,
        '_blank',
        'noopener',
      ]);
      expect(link!.part.contains('person')).to.equal(true);
      if (tag !== 'sip-history') expect(textOf(element)).to.contain('Gold customer');
      await isAccessible(element);
    }
  });

  it('finds the people who were called by that name, and shows their pictures beside it', async () => {
    client.people = () => ({name: 'Zhao Min', picture: PICTURE});
    PLACES['sip-history']!(client, document.body);
    await until(() => client.identify(TOLD).name === 'Zhao Min');
    const element = document.createElement('sip-dialer');
    await fixture(html`<sip-client .client=${client}>${element}</sip-client>`);
    await shows(element, () => !!part(element, 'number'));
    part(element, 'number')!.focus();
    await shows(element, () => part(element, 'number')!.role === 'combobox');
    await sendKeys({type: 'zhao'});
    await shows(element, () => part(element, 'suggestion')?.innerText.includes('Zhao Min') ?? false);
    await shows(element, () => pictures(element).length === 1);
  });

  it('announces who calls by that name', async () => {
    client.people = () => ({name: 'Zhao Min'});
    const element = await place('sip-incoming');
    await shows(
      element,
      () => element.shadowRoot!.querySelector('[role=alert]')!.textContent === 'Incoming call: Zhao Min',
    );
  });

  it('is passed on by <sip-client>, to each of its clients', async () => {
    const provider = document.createElement('sip-client');
    provider.people = () => ({name: 'Zhao Min'});
    provider.setAttribute('server', 'ws://stage.test/sip');
    provider.setAttribute('user', '1001');
    await fixture(html`<div>${provider}</div>`);
    await until(() => provider.client?.identify(TOLD).name === 'Zhao Min');
    const first = provider.client;
    provider.user = '1003';
    await provider.updateComplete;
    await until(() => provider.client !== first && provider.client?.identify(TOLD).name === 'Zhao Min');
    provider.client = client;
    await until(() => client.identify(TOLD).name === 'Zhao Min');
    provider.people = undefined;
    expect([client.people, provider.people]).to.deep.equal([undefined, undefined]);
  });

  it('uses the names of a list of numbers for calls, as long as it is on the page', async () => {
    const element = await place('sip-directory');
    Object.assign(element, {numbers: [{number: '1002', name: 'Front desk'}]});
    const {call} = client.ring();
    await until(() => call.remote.name === 'Front desk');
    element.remove();
    await until(() => call.remote.name === '李雷');
  });
});

describe('<sip-incoming> with slots', () => {
  let client: StagedClient;
  let element: HTMLElement;

  beforeEach(async () => {
    client = await StagedClient.ready();
    const root = await fixture(
      html`<sip-client .client=${client}><sip-incoming></sip-incoming></sip-client>`,
    );
    element = root.querySelector('sip-incoming')!;
  });

  it('shows what the page adds to the box of each call, and its own caller instead', async () => {
    const [one, other] = [client.ring(), client.ring('audio', {number: '1003', name: '韩梅梅'})];
    const add = (slot: string, text: string): HTMLElement => {
      const added = document.createElement('p');
      added.slot = slot;
      added.textContent = text;
      element.append(added);
      return added;
    };
    const order = add(`details-${one.call.id}`, 'Order 4711');
    const caller = add(`caller-${other.call.id}`, 'A caller of the page');
    await shows(element, () => deep(element, '[part=call]').length === 2);
    const boxes = deep(element, '[part=call]').map((box) => box.getBoundingClientRect());
    const inside = (added: HTMLElement, box: DOMRect): boolean => {
      const {top, bottom, height} = added.getBoundingClientRect();
      return height > 0 && top > box.top && bottom < box.bottom;
    };
    expect([inside(order, boxes[0]!), inside(order, boxes[1]!)]).to.deep.equal([true, false]);
    expect([inside(caller, boxes[0]!), inside(caller, boxes[1]!)]).to.deep.equal([false, true]);
    // The page's caller is in the place of the element's own.
    const [first, second] = deep(element, '[part=call] .who');
    expect([!!first!.offsetParent, !!second!.offsetParent]).to.deep.equal([true, false]);
    await isAccessible(element);
    await press(element, 'decline');
    await shows(element, () => deep(element, '[part=call]').length === 1);
    expect(order.getBoundingClientRect().height).to.equal(0);
  });
});
