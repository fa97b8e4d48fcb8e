import {expect} from '@open-wc/testing';
import type {SipCall} from '../../src/core/call/call.js';
import {becomes, until} from '../support/in-page/facts.js';
import {bridgeEvent, channel} from '../support/wire/confbridge.js';
import {description, Stranger, write} from '../support/wire/stranger.js';
import {WireNotifier} from '../support/wire/wire-notifier.js';
import {WireClient} from '../support/wire/wire-dispatch.js';
import {Wire} from '../support/wire/wire.js';

const COMPOSING =
  '<isComposing xmlns="urn:ietf:params:xml:ns:im-iscomposing"><state>active</state></isComposing>';

describe('StandardService: callers with strange addresses', () => {
  let wire: Wire;
  let bob: WireClient;
  let calls: SipCall[];
  let offer: string;

  before(async () => void (offer = await description()));
  beforeEach(async () => {
    wire = new Wire({alice: 'secret', bob: '', carol: ''});
    bob = new WireClient(wire, {
      ...{user: 'bob', password: '', profile: 'standard', resume: true, historyStorage: 'memory'},
    });
    calls = [];
    bob.addEventListener('sip-call-received', ({detail}) => calls.push(detail.call));
    await bob.connect();
    await bob.register();
  });
  afterEach(async () => {
    await bob.disconnect();
    expect(wire.connections.size).to.equal(0);
  });

  /** A call of the address, which is answered. */
  async function answered(user: string, contact = `<sip:${user}@stranger.test>;isfocus`): Promise<Stranger> {
    const headers = {From: `"S" <sip:${user}@wire.test>;tag=TAG`, Contact: contact};
    const stranger = new Stranger(wire, {user: 'bob', headers, offer});
    await until(() => calls.length > 0 || stranger.status > 0);
    await calls.at(-1)!.answer();
    await until(() => stranger.status === 200);
    stranger.acknowledge();
    return stranger;
  }

  for (const user of ['a%25b', 'a%2541', '%E9'])
    it(`keeps, shows and ends the calls of ${user}, and others beside them`, async () => {
      const stranger = await answered(user);
      expect(bob.state.calls).to.have.length(1);
      // They are noted for the next page.
      await until(() =>
        Object.keys(sessionStorage).some((key) => sessionStorage.getItem(key)!.includes(user)),
      );
      const placed = bob.call('carol').catch(() => undefined);
      await until(() => wire.messages.some((message) => message.startsWith('INVITE sip:carol@')));
      await placed;
      const [call] = calls;
      await call!.hangup();
      await until(() => stranger.ended);
      await until(() => bob.history.entries.length > 0);
    });

  it('calls back the address that has called, and no other', async () => {
    await answered('a%2541');
    await calls[0]!.hangup();
    await until(() => bob.history.entries.length > 0);
    const {number} = bob.history.entries.find(({direction}) => direction === 'incoming')!;
    expect(number).to.equal('a%41');
    await bob.call(number).catch(() => {});
    expect(wire.messages.some((message) => message.startsWith('INVITE sip:a%2541@wire.test'))).to.equal(true);
  });

  it('takes a user of another domain for another one than that with the same number', async () => {
    for (const host of ['evil.test', 'wire.test']) {
      const headers = {From: `"Boss" <sip:777@${host}>;tag=TAG`};
      new Stranger(wire, {user: 'bob', headers, offer});
      await until(() =>
        calls.some(({remote}) => remote.number === (host === 'evil.test' ? '777@evil.test' : '777')),
      );
    }
    for (const call of calls) await call.decline();
    await until(() => bob.history.entries.length === 2);
    expect(bob.history.entries.map(({number}) => number)).to.have.members(['777', '777@evil.test']);
    await bob.call('777@evil.test').catch(() => {});
    expect(wire.messages.some((message) => message.startsWith('INVITE sip:777@evil.test '))).to.equal(true);
    await bob.call('sip:777@WIRE.test').catch(() => {});
    expect(wire.messages.some((message) => message.startsWith('INVITE sip:777@wire.test '))).to.equal(true);
  });

  it('refuses a caller whose number is long as it is shown, with nine characters for each', async () => {
    const callers = [110, 120].map((length) => {
      const headers = {From: `<sip:${'\uff45'.repeat(length)}@evil.test>;tag=TAG`};
      return new Stranger(wire, {user: 'bob', headers, offer});
    });
    await until(() => callers[1]!.status === 400 && calls.length === 1);
    expect(callers[0]!.status).to.equal(0);
    expect(calls[0]!.remote.number.length).to.be.within(990, 1_000);
  });

  it('sends no digest to a caller of another domain who calls themselves a conference', async () => {
    const alice = new WireClient(wire, {
      ...{user: 'alice', password: 'secret', profile: 'standard', historyStorage: 'none'},
    });
    alice.addEventListener('sip-call-received', ({detail}) => calls.push(detail.call));
    await alice.connect();
    await alice.register();
    const seen: string[] = [];
    wire.handle = ({request, reply}) => {
      if (request.method !== 'SUBSCRIBE' || request.ruri?.host !== 'evil.test') return false;
      seen.push(request.getHeader('proxy-authorization') ?? 'none');
      reply(407, ['Proxy-Authenticate: Digest nonce="evil", realm="wire", qop="auth", algorithm=MD5']);
      return true;
    };
    const stranger = new Stranger(wire, {
      user: 'alice',
      headers: {From: '<sip:777@evil.test>;tag=TAG'},
      offer,
    });
    await until(() => calls.length > 0);
    await calls[0]!.answer();
    await until(() => stranger.status === 200);
    stranger.acknowledge();
    stranger.says('application/x-asterisk-confbridge-event+json', '{"type":"ConfbridgeWelcome"}');
    await until(() => seen.length > 0);
    await alice.messages.send('bob', 'after it');
    await alice.disconnect();
    wire.handle = undefined;
    expect(seen).to.deep.equal(['none']);
  });

  for (const user of ['777?', '777%3Fx'])
    it(`writes to and calls ${user}@evil.test, and not the local 777`, async () => {
      const from = `<sip:${user}@evil.test>`;
      write(wire, 'bob', {from, body: 'Call me'});
      await until(() => bob.messages.state.conversations.length > 0);
      const [{number} = {number: ''}] = bob.messages.state.conversations;
      expect(number).to.equal(`${decodeURIComponent(user)}@evil.test`);
      const conversation = await bob.messages.open('777');
      const contentType = 'application/im-iscomposing+xml';
      write(wire, 'bob', {from, body: COMPOSING, contentType});
      write(wire, 'bob', {from, body: 'Now'});
      // It came after the sign.
      await until(() => bob.messages.state.conversations.some(({last}) => last?.text === 'Now'));
      expect(conversation.state.composing).to.equal(false);
      await bob.call(number).catch(() => {});
      const invited = wire.messages.filter((message) => message.startsWith('INVITE '));
      expect(invited.map((message) => message.split(' ')[1])).to.deep.equal([
        `sip:${encodeURIComponent(decodeURIComponent(user))}@evil.test`,
      ]);
    });

  it('takes one call of a Call-ID at a time: others would share its id', async () => {
    const ring = (tag: string): Stranger =>
      new Stranger(wire, {
        user: 'bob',
        headers: {From: `<sip:7@wire.test>;tag=${tag}`, 'Call-ID': 'the-same'},
        offer,
      });
    ring('one');
    await until(() => calls.length > 0);
    const second = ring('two');
    await until(() => second.status > 0);
    expect([second.status, calls.length]).to.deep.equal([482, 1]);
    await calls[0]!.decline();
    ring('three');
    await until(() => calls.length === 2);
    await calls[1]!.decline();
  });

  for (const user of ['777%40wire.test%3F', 'sip%3A777%40wire.test%3Fx', '777%3F%40wire.test'])
    it(`keeps ${user}@evil.test apart from the local 777`, async () => {
      const from = `<sip:${user}@evil.test>`;
      write(wire, 'bob', {from, body: 'Call me'});
      await until(() => bob.messages.state.conversations.length > 0);
      const [{number} = {number: ''}] = bob.messages.state.conversations;
      expect(number).to.match(/[^7].*@evil\.test$/);
      await bob.call(number).catch(() => {});
      const invited = wire.messages.filter((message) => message.startsWith('INVITE '));
      expect(invited.filter((message) => !/^INVITE \S*@evil\.test /.test(message))).to.deep.equal([]);
    });

  for (const [whose, from] of [
    ['a caller of another domain', '<sip:777@evil.test>;tag=TAG'],
    ['an anonymous caller', '"Anonymous" <sip:anonymous@anonymous.invalid>;tag=TAG'],
  ] as const)
    it(`has no local 777 in the conference of ${whose}, and names no call by that`, async () => {
      const user = (entity: string): string => `<user entity="${entity}" state="full"/>`;
      const users = ['sip:777@wire.test', 'sip:777@evil.test', 'tel:777', '777'].map(user).join('');
      const notifier = new WireNotifier(wire);
      notifier.documents.set(
        'conference 777',
        `<conference-info xmlns="urn:ietf:params:xml:ns:conference-info" entity="sip:777@evil.test" state="full" version="1"><users state="full">${users}</users></conference-info>`,
      );
      bob.people = (number) => (number === '777' ? {name: 'Boss'} : undefined);
      const headers = {From: from, Contact: '<sip:777@evil.test>;isfocus'};
      const stranger = new Stranger(wire, {user: 'bob', headers, offer});
      await until(() => calls.length > 0);
      const [call] = calls;
      await call!.answer();
      await until(() => stranger.status === 200);
      stranger.acknowledge();
      const members = (): readonly string[] =>
        ((call!.state as {members?: readonly {number: string}[]}).members ?? []).map(({number}) => number);
      await until(() => members().length > 0);
      await until(() => bob.identify({number: '777', name: ''}).name === 'Boss');
      expect(members()).to.deep.equal(['777@wire.test', '777@evil.test']);
      expect(call!.remote.name).not.to.contain('Boss');
      const body = bridgeEvent('Welcome', [channel('777', '1')]);
      stranger.says('application/x-asterisk-confbridge-event+json', body);
      await until(() => members().length === 1);
      expect(members()).not.to.deep.equal(['777']);
      expect(call!.remote.name).not.to.contain('Boss');
      wire.handle = undefined;
      await call!.hangup();
    });

  it('shows the number of a member without what turns the text around it', async () => {
    const stranger = await answered('s');
    const body = JSON.stringify({
      type: 'ConfbridgeWelcome',
      channels: [{id: '1', caller: {number: '777\u202e'}}],
    });
    stranger.says('application/x-asterisk-confbridge-event+json', body);
    const members = (): readonly {number: string}[] =>
      (calls[0]!.state as {members?: readonly {number: string}[]}).members ?? [];
    await until(() => members().length > 0);
    expect(members().map(({number}) => number)).to.deep.equal(['777%E2%80%AE']);
    await calls[0]!.hangup();
  });

  it('shows names without what turns the text around them', async () => {
    new Stranger(wire, {
      user: 'bob',
      headers: {From: '"Bo\u202egpj.exe\u2066" <sip:8@wire.test>;tag=TAG'},
      offer,
    });
    await until(() => calls.length > 0);
    expect(calls[0]!.remote.name).to.equal('Bo gpj.exe');
    await calls[0]!.decline();
    await becomes(calls[0]!, ({phase}) => phase === 'released');
  });
});
