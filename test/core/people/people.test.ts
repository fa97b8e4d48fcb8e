import {expect} from '@open-wc/testing';
import type {SipCall} from '../../../src/core/call/call.js';
import type {SipClientOptions} from '../../../src/core/client/options.js';
import type {Party, PersonDetails} from '../../../src/core/types.js';
import {SipError} from '../../../src/errors.js';
import {shorten} from '../../support/in-page/durations.js';
import {becomes, until} from '../../support/in-page/facts.js';
import {StagedClient} from '../../support/staged/staged-client.js';
import {person, StagedPeople} from '../../support/staged/staged-people.js';
import {WireClient} from '../../support/wire/wire-dispatch.js';
import {WireUser} from '../../support/wire/wire-users.js';
import {Wire} from '../../support/wire/wire.js';

const PIXEL = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';

describe('SipClient.people', () => {
  let client: StagedClient;
  let asked: string[];

  beforeEach(async () => {
    asked = [];
    client = await StagedClient.ready({user: '1001', historyStorage: 'memory'});
  });
  afterEach(() => client.disconnect());

  const answers = (details: Record<string, unknown>): void => {
    client.people = (number) => {
      asked.push(number);
      return details[number] as PersonDetails;
    };
  };
  const nameOf = (number: string, name = ''): string => client.identify({number, name}).name;
  /** What is known in the end about a number of which something is. */
  async function known(number: string): Promise<Party> {
    const party = {number, name: ''};
    await until(() => client.identify(party) !== party);
    return client.identify(party);
  }

  it('is asked once for a number, and what it tells is there at the next look', async () => {
    answers({'1002': {name: 'Li Lei', picture: PIXEL, detail: 'Gold', href: '/crm/1002'}});
    await until(() => nameOf('1002') === 'Li Lei');
    expect(client.identify({number: '1002', name: 'told'})).to.deep.equal({
      number: '1002',
      name: 'Li Lei',
      picture: PIXEL,
      detail: 'Gold',
      href: new URL('/crm/1002', location.href).href,
    });
    nameOf('1002');
    expect(asked).to.deep.equal(['1002']);
    const party = {number: '1002', name: ''};
    expect(client.identify(party)).to.equal(client.identify(party));
    expect(nameOf('')).to.equal('');
  });

  it('may answer later, with nothing, with a failure or never', async () => {
    const log: string[] = [];
    await client.disconnect();
    client = await StagedClient.ready({
      user: '1001',
      log: ({level, text}) => level === 'warning' && log.push(text),
    });
    let answer: ((details: PersonDetails) => void) | undefined;
    client.people = (number) => {
      asked.push(number);
      if (number === '1') return new Promise((resolve) => (answer = resolve));
      if (number === '2') return undefined;
      if (number === '3') return Promise.reject(new Error('no CRM'));
      if (number === '4') throw new Error('no code');
      if (number === '5') return null;
      return new Promise(() => {});
    };
    const numbers = ['1', '2', '3', '4', '5', '6'];
    await until(() => numbers.map((number) => nameOf(number, `told ${number}`)).length === asked.length);
    await until(() => log.length === 2);
    expect(log).to.deep.equal(['people() failed: Error: no code', 'people() failed: Error: no CRM']);
    answer!({name: 'late'});
    await until(() => nameOf('1') === 'late');
    expect(numbers.slice(1).map((number) => nameOf(number, `told ${number}`))).to.deep.equal(
      numbers.slice(1).map((number) => `told ${number}`),
    );
    expect(asked).to.deep.equal(numbers);
  });

  it('is asked again after five minutes, after a failure sooner, and shows the old answer meanwhile', async () => {
    shorten({personDetails: 50, personRetry: 1});
    let round = 0;
    client.people = async (number) => {
      asked.push(number);
      round += 1;
      if (number === '2') throw new Error('not now');
      return {name: `answer ${round}`};
    };
    await until(() => nameOf('1') === 'answer 1');
    await until(() => !['answer 1', ''].includes(nameOf('1')));
    shorten({personDetails: 60_000, personRetry: 1});
    await until(() => nameOf('2', 'told') === 'told' && asked.filter((number) => number === '2').length > 2);
  });

  it('forgets everything when it is set again, also to the same function, or to none', async () => {
    let name = 'before';
    const people = (): PersonDetails => ({name});
    client.people = people;
    await until(() => nameOf('1') === 'before');
    name = 'after';
    client.people = people;
    await until(() => nameOf('1') === 'after');
    client.people = undefined;
    await until(() => nameOf('1', 'told') === 'told');
    expect(client.people).to.equal(undefined);
  });

  it('drops an answer to an earlier function', async () => {
    let answer: ((details: PersonDetails) => void) | undefined;
    client.people = () => new Promise((resolve) => (answer = resolve));
    await until(() => nameOf('1') === '' && !!answer);
    client.people = () => ({name: 'new'});
    await until(() => nameOf('1') === 'new');
    answer!({name: 'old'});
    await new Promise((resolve) => setTimeout(resolve));
    expect(nameOf('1')).to.equal('new');
  });

  it('remembers 2,000 numbers, forgets those that were not shown for longest, and never asks in a circle', async () => {
    shorten({personShown: 60_000});
    answers({});
    await until(() => nameOf('0') === '' && asked.length === 1);
    for (let number = 1; number < 3_000; number += 1) nameOf(String(number));
    await until(() => asked.length >= 2_000);
    // All were shown just now: further ones are not asked for.
    for (let round = 0; round < 3; round += 1)
      for (let number = 0; number < 3_000; number += 1) nameOf(String(number));
    await new Promise((resolve) => setTimeout(resolve));
    expect(asked).to.have.length(2_000);
    shorten({personShown: 0});
    nameOf('5000');
    await until(() => asked.includes('5000'));
    // The first was forgotten for it.
    nameOf('0');
    await until(() => asked.filter((number) => number === '0').length === 2);
  });

  for (const [what, details] of [
    ['picture', 'javascript:alert(1)'],
    ['picture', 'data:text/html,<script>alert(1)</script>'],
    ['picture', 'file:///etc/passwd'],
    ['picture', 'ftp://host/picture.png'],
    ['picture', ' java\nscript:alert(1)'],
    ['picture', `data:image/png;base64,${'A'.repeat(200_000)}`],
    ['picture', 'http://['],
    ['picture', {}],
    ['href', 'javascript:alert(1)'],
    ['href', 'JAVASCRIPT:alert(1)'],
    ['href', 'data:text/html,x'],
    ['href', 'blob:https://example.com/1'],
    ['href', 'tel:1002'],
    ['name', 7],
    ['detail', ['x']],
  ] as const)
    it(`drops ${what}: ${JSON.stringify(details).slice(0, 30)}`, async () => {
      answers({'1': {[what]: details, ...(what !== 'detail' && {detail: 'kept'})}, '2': {name: 'x'}});
      client.identify({number: '1', name: 'told'});
      await until(() => nameOf('2') === 'x');
      expect(client.identify({number: '1', name: 'told'})).not.to.have.any.keys(
        what === 'name' ? ['picture'] : [what],
      );
      expect(nameOf('1', 'told')).to.equal('told');
    });

  it('takes pictures of the web, of the page and of its memory', async () => {
    const blob = URL.createObjectURL(new Blob(['x'], {type: 'image/png'}));
    for (const picture of ['https://example.com/a.png', 'http://example.com/a.png', PIXEL, blob]) {
      answers({'1': {picture}});
      expect(await known('1')).to.include({picture});
    }
    answers({'1': {picture: 'faces/1.png', href: '?customer=1'}});
    expect(await known('1')).to.include({
      picture: new URL('faces/1.png', document.baseURI).href,
      href: new URL('?customer=1', document.baseURI).href,
    });
    URL.revokeObjectURL(blob);
  });

  it('keeps names and details on one line, in their own direction, at a sensible length', async () => {
    answers({'1': {name: '\u202eeve\u2066\u200f\n\u0007 Li\u2069  Lei ', detail: '长'.repeat(5_000)}});
    const {name, detail} = await known('1');
    expect(name).to.equal('eve Li Lei');
    expect(detail).to.have.length(200);
  });

  it('refuses what is no function', () => {
    for (const people of ['x', {}, 1])
      expect(() => (client.people = people as never))
        .to.throw(SipError)
        .with.property('code', 'bad-parameter');
    expect(() => new StagedClient({people: 'x' as never}))
      .to.throw(SipError)
      .with.property('code', 'bad-parameter');
  });

  it('comes first, then lists of numbers, then the directory, then what the other side says', async () => {
    const service = new StagedPeople([], [person('1', 'directory', '')]);
    client.directoryService = service;
    await client.disconnect();
    await client.connect();
    await client.register();
    expect(nameOf('1', 'told')).to.equal('told');
    expect(client.identify({number: '1', name: 'told'}, {directory: true}).name).to.equal('told');
    await until(() => client.identify({number: '1', name: ''}, {directory: true}).name === 'directory');
    expect(nameOf('1', 'told')).to.equal('directory');
    const list = {};
    client.setNames(list, [{number: '1', name: 'list'}]);
    await until(() => nameOf('1', 'told') === 'list');
    client.people = () => ({name: 'page'});
    await until(() => nameOf('1', 'told') === 'page');
    client.people = () => ({detail: 'no name'});
    await until(() => nameOf('1', 'told') === 'list');
    client.setNames(list, []);
    await until(() => nameOf('1', 'told') === 'directory');
  });

  it('asks the directory for a number once, and again after the next registration if it had no name', async () => {
    const service = new StagedPeople([], [person('1', 'one', '')]);
    client.directoryService = service;
    await client.disconnect();
    await client.connect();
    await client.register();
    const look = (): string[] =>
      ['1', '2'].map((number) => client.identify({number, name: ''}, {directory: true}).name);
    await until(() => look()[0] === 'one');
    const before = service.asked.length;
    look();
    expect(service.asked).to.have.length(before);
    service.people = [...service.people, person('2', 'two', '')];
    await client.disconnect();
    await client.connect();
    await client.register();
    await until(() => look()[1] === 'two');
    expect(service.asked.filter((each) => each.includes('1'))).to.have.length(1);
  });
});

describe('SipClient.people and a call', () => {
  let wire: Wire;
  let alice: WireClient;
  const users: WireUser[] = [];

  async function begin(options: Partial<SipClientOptions>): Promise<void> {
    wire = new Wire({alice: '', bob: ''});
    alice = new WireClient(wire, {
      user: 'alice',
      password: '',
      profile: 'standard',
      historyStorage: 'memory',
      ...options,
    });
    await alice.connect();
    await alice.register();
  }
  afterEach(async () => {
    await Promise.all([alice.disconnect(), ...users.splice(0).map(({agent}) => agent.disconnect())]);
  });

  async function ring(): Promise<SipCall> {
    const bob = await new WireUser(wire, {user: 'bob'}).begin();
    users.push(bob);
    const received = new Promise<SipCall>((resolve) =>
      alice.addEventListener('sip-call-received', ({detail}) => resolve(detail.call), {once: true}),
    );
    bob.agent.invite('alice', {audio: true, video: false});
    return received;
  }

  it('does not delay the ringing: the caller hears it before a question is even put', async () => {
    let asked = 0;
    let rang = '';
    await begin({
      people: () => {
        asked += 1;
        rang ||= alice.calls.map(({state}) => state.phase).join();
        return new Promise(() => {});
      },
    });
    const call = await ring();
    await until(() => wire.messages.some((message) => /^SIP\/2\.0 180/.test(message)));
    expect(call.remote).to.deep.equal({number: 'bob', name: 'bob'});
    await until(() => asked === 1);
    expect(rang).to.equal('ringing');
    expect(call.state.phase).to.equal('ringing');
    await call.decline();
    expect(alice.history.entries.map(({number, outcome}) => [number, outcome])).to.deep.equal([
      ['bob', 'refused'],
    ]);
  });

  it('names the other side of a call once it is known, by a change of the call and of the client', async () => {
    let answer: ((details: PersonDetails) => void) | undefined;
    await begin({people: () => new Promise((resolve) => (answer = resolve))});
    const call = await ring();
    await until(() => call.remote.number === 'bob' && !!answer);
    const changes: string[] = [];
    call.addEventListener('statechange', () => changes.push(`call ${call.remote.name}`));
    alice.addEventListener('statechange', () => changes.push(`client ${call.remote.name}`));
    answer!({name: 'Bob', picture: PIXEL});
    await becomes(call, () => call.remote.name === 'Bob');
    await until(() => changes.length === 2);
    expect(changes).to.deep.equal(['call Bob', 'client Bob']);
    expect(call.remote).to.equal(call.remote);
    // What only this page knows leaves it in no message, and the history keeps the name alone.
    await call.decline();
    expect(wire.messages.join()).not.to.contain('Bob').and.not.to.contain('data:image');
    expect(alice.history.entries[0]).to.include({name: 'Bob'}).and.not.to.have.property('picture');
  });
});
