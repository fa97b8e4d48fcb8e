import {expect, fixture, html} from '@open-wc/testing';
import {LitElement} from 'lit';
import '../../src/define.js';
import type {SipClientElement} from '../../src/elements/sip-client/sip-client.js';
import type {SipPhoneElement} from '../../src/elements/sip-phone/sip-phone.js';
import {next} from '../support/in-page/elements.js';
import {StagedClient} from '../support/staged/staged-client.js';

const REQUEST = {purpose: 'sip', user: '1001', server: '', refused: false, realm: undefined} as const;

const SERVERS: readonly RTCIceServer[] = [
  {urls: 'turn:turn.example', username: 'a', credential: 'second-secret'},
];
const client = await StagedClient.ready();

/** What is set where a text, a number or a boolean is not what an element takes. */
const VALUES: Readonly<Record<string, unknown>> = {
  call: client.dial().call,
  client,
  iceServers: SERVERS,
  options: {displayName: '王芳'},
  ringVolume: 0.5,
  said: 'photoSaved',
  shortcuts: 'none',
};

const {default: manifest} = (await import('../../custom-elements.json' as string)) as {
  default: {modules: readonly {readonly declarations?: readonly {readonly tagName?: string}[]}[]};
};
const tags = manifest.modules
  .flatMap(({declarations = []}) => declarations)
  .flatMap(({tagName}) => tagName ?? []);

/** What can be set of an element, by its own classes. */
function settable(element: Element): readonly string[] {
  const names = new Set<string>();
  let prototype = Object.getPrototypeOf(element) as object;
  for (; prototype !== LitElement.prototype; prototype = Object.getPrototypeOf(prototype) as object)
    for (const [name, {set}] of Object.entries(Object.getOwnPropertyDescriptors(prototype)))
      if (set) names.add(name);
  return [...names];
}

/** Another value than the element has by itself. */
function other(name: string, value: unknown): unknown {
  if (name in VALUES) return VALUES[name];
  return typeof value === 'boolean' ? !value : typeof value === 'number' ? value + 1 : 'x';
}

/** An element that is defined once it is in the page: until then its document knows no definitions. */
function undefinedYet(markup: string, properties: Readonly<Record<string, unknown>>): HTMLElement {
  const template = document.createElement('template');
  template.innerHTML = markup;
  const element = template.content.firstElementChild as HTMLElement;
  expect(element).not.to.be.instanceOf(LitElement);
  return Object.assign(element, properties);
}

/** Puts it into the page. */
async function defined<E extends LitElement>(element: HTMLElement): Promise<E> {
  const root = await fixture(html`<div></div>`);
  root.append(element);
  expect(element).to.be.instanceOf(LitElement);
  await (element as E).updateComplete;
  return element as E;
}

describe('what a page sets before an element is defined', () => {
  for (const tag of tags)
    it(`counts for <${tag}> as what it sets afterwards`, async () => {
      const read = (element: Element, name: string): unknown => (element as never)[name];
      for (const name of settable(document.createElement(tag))) {
        const after = await defined(document.createElement(tag));
        const value = other(name, read(after, name));
        Object.assign(after, {[name]: value});
        const before = await defined(undefinedYet(`<${tag}></${tag}>`, {[name]: value}));
        expect(Object.hasOwn(before, name), `${name} in the way`).to.equal(false);
        expect(read(before, name), name).to.deep.equal(read(after, name));
      }
    });

  it('reaches the client of a <sip-client>, and no secret stays', async () => {
    const ask = (): readonly RTCIceServer[] => SERVERS;
    for (const iceServers of [SERVERS, ask]) {
      const element = await defined<SipClientElement>(
        undefinedYet('<sip-client server="ws://127.0.0.1:9/ws" user="1001"></sip-client>', {
          password: 'first-secret',
          iceServers,
          profile: 'standard',
        }),
      );
      const {options} = element.client!;
      expect(await options.credentials(REQUEST)).to.include({password: 'first-secret'});
      expect(options.profile).to.equal('standard');
      const given = options.iceServers;
      expect(typeof given === 'function' ? await given() : given).to.deep.equal(SERVERS);
      expect(element.password).to.equal('');
      expect(element.outerHTML).not.to.contain('secret');
      const kept = Object.values(element).flatMap((value) =>
        value instanceof Map ? [...value.values()] : [value],
      );
      expect(kept.includes('first-secret'), 'the password stays').to.equal(false);
      expect(kept.includes(iceServers), 'the servers stay').to.equal(false);
    }
  });

  it('is a client that another one can take the place of', async () => {
    const element = await defined<SipClientElement>(undefinedYet('<sip-client></sip-client>', {client}));
    expect(element.client).to.equal(client);
    const another = await StagedClient.ready();
    element.client = another;
    const received = next(element, 'sip-call-received');
    const {call} = another.ring();
    expect((await received).detail.call).to.equal(call);
  });

  it('makes the client of a <sip-phone>', async () => {
    const element = await defined<SipPhoneElement>(
      undefinedYet('<sip-phone></sip-phone>', {options: {server: 'ws://127.0.0.1:9/ws', user: '1007'}}),
    );
    expect(element.client?.options.user).to.equal('1007');
  });
});
