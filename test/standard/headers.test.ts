import {expect} from '@open-wc/testing';
import type {SipCall} from '../../src/core/call/call.js';
import type {SipHeaders} from '../../src/core/util/sip-headers.js';
import {becomes} from '../support/in-page/facts.js';
import {rejects} from '../support/in-page/rejections.js';
import {WireClient} from '../support/wire/wire-dispatch.js';
import {Wire} from '../support/wire/wire.js';

/** A secret that must not be in any log. */
const SECRET = 'very-secret';

describe('StandardService: headers of the page’s own', () => {
  let wire: Wire;
  let alice: WireClient;
  let bob: WireClient;
  let log: string;

  beforeEach(async () => {
    log = '';
    wire = new Wire({alice: '1234', bob: '1234'});
    [alice, bob] = ['alice', 'bob'].map(
      (user) =>
        new WireClient(wire, {
          user,
          profile: 'standard',
          historyStorage: 'none',
          registerHeaders: {'X-Device': SECRET},
          log: ({text}) => (log += `${text}\n`),
        }),
    ) as [WireClient, WireClient];
    for (const client of [alice, bob]) {
      await client.connect();
      await client.register();
    }
  });

  afterEach(async () => {
    await Promise.all([alice.disconnect(), bob.disconnect()]);
    expect(log).to.contain('INVITE').and.not.to.contain(SECRET);
  });

  /** The values of a header in all messages with this beginning. */
  const sent = (start: string, name: string): (string | undefined)[] =>
    wire.messages
      .filter((message) => message.startsWith(start))
      .map((message) => new RegExp(`^${name}: (.*)\r$`, 'm').exec(message)?.[1]);

  const rings = (): Promise<SipCall> =>
    new Promise((resolve) =>
      bob.addEventListener('sip-call-received', ({detail}) => resolve(detail.call), {once: true}),
    );

  it('go with call, answer and end, past a challenge, and are read at the other side', async () => {
    wire.handle = ({request, reply}) => {
      if (request.method !== 'INVITE' || request.hasHeader('proxy-authorization')) return false;
      reply(407, ['Proxy-Authenticate: Digest realm="wire", nonce="n0nce", qop="auth", algorithm=MD5']);
      return true;
    };
    const ringing = rings();
    const call = await alice.call('bob', {headers: {'X-Order': SECRET, 'User-to-User': '6869;encoding=hex'}});
    const incoming = await ringing;
    expect(sent('INVITE', 'X-Order')).to.deep.equal([SECRET, SECRET]);
    expect([incoming.header('x-order'), incoming.header('User-To-User')]).to.deep.equal([
      SECRET,
      '6869;encoding=hex',
    ]);
    expect([incoming.header('X-Other'), call.header('X-Agent')]).to.deep.equal([undefined, undefined]);
    wire.handle = undefined;
    await incoming.answer({headers: {'X-Agent': SECRET}});
    await becomes(call, ({phase}) => phase === 'answered');
    expect(call.header('X-Agent')).to.equal(SECRET);
    await call.hangup({headers: {'X-Order': `${SECRET} done`, 'X-Survey': 'yes'}});
    await becomes(incoming, ({phase}) => phase === 'released');
    expect(sent('BYE', 'X-Survey')).to.deep.equal(['yes']);
    expect([incoming.header('X-Order'), incoming.header('X-Survey')]).to.deep.equal([
      `${SECRET} done`,
      'yes',
    ]);
  });

  it('are read up to a number and a length: the other side may write new ones into each message', async () => {
    const names = Array.from({length: 500}, (_, index) => `X-N${index}`);
    const added = [...names.map((name) => `${name}: x`), `X-Fits: ${'y'.repeat(1_000)}`];
    wire.edit = (text) =>
      text.startsWith('INVITE')
        ? text.replace('\r\n', `\r\nX-Long: ${'y'.repeat(1_001)}\r\n${added.toReversed().join('\r\n')}\r\n`)
        : text;
    const ringing = rings();
    const call = await alice.call('bob');
    const incoming = await ringing;
    wire.edit = undefined;
    const read = names.filter((name) => incoming.header(name) !== undefined);
    expect(read.length).to.be.within(100, 200);
    expect([incoming.header('X-Long'), incoming.header('X-Fits')?.length]).to.deep.equal([undefined, 1_000]);
    await call.hangup();
    await becomes(incoming, ({phase}) => phase === 'released');
  });

  it('go with what cancels a call and what refuses it', async () => {
    let ringing = rings();
    let call = await alice.call('bob');
    let incoming = await ringing;
    await call.hangup({headers: {'X-Why': 'moved on'}});
    await becomes(incoming, ({phase}) => phase === 'released');
    expect(incoming.header('X-Why')).to.equal('moved on');
    ringing = rings();
    call = await alice.call('bob');
    incoming = await ringing;
    await incoming.hangup({headers: {'X-Why': 'lunch'}});
    await becomes(call, ({phase}) => phase === 'released');
    expect(call.header('X-Why')).to.equal('lunch');
  });

  it('go with every registration, and with its end', async () => {
    await alice.unregister();
    const values = sent('REGISTER', 'X-Device');
    expect(values.length).to.be.above(2);
    expect(new Set(values)).to.deep.equal(new Set([SECRET]));
  });

  it('are refused before anything is sent where they may not be', async () => {
    const own = [
      'Via',
      'FROM',
      'f',
      'Call-ID',
      'CSeq',
      'Contact',
      'Route',
      'Record-Route',
      'Content-Type',
      'Content-Length',
    ];
    const others = [
      'Authorization',
      'Proxy-Authorization',
      'Proxy-Require',
      'Max-Forwards',
      'Replaces',
      'Reason',
      'Allow',
    ];
    const wrong = [
      [{'X-Order': `1\r\nContact: <sip:${SECRET}>`}, 'header “X-Order”'],
      [{'X-Order': '1\u0000'}, 'header “X-Order”'],
      [{'X-Order': 4711}, 'header “X-Order”'],
      [{'X-A: 1\r\nX-B': '1'}, 'header “X-A: 1\r\nX-B”'],
      [{'X Order': '1'}, 'header “X Order”'],
      [{'': '1'}, 'header “”'],
      ...[...own, ...others].map((name) => [{[name]: '1'}, `header “${name}”`] as const),
      ['X-Order: 1', 'headers'],
      [new Map([['X-Order', '1']]), 'headers'],
    ] as unknown as [SipHeaders, string][];
    const ringing = rings();
    await alice.call('bob');
    const incoming = await ringing;
    const before = wire.messages.length;
    for (const [headers, subject] of wrong) {
      for (const command of [
        () => alice.call('bob', {headers}),
        () => incoming.answer({headers}),
        () => incoming.hangup({headers}),
      ]) {
        const error = await rejects(command(), 'bad-parameter');
        expect(error.subject).to.equal(subject);
        expect(error.message).to.contain('{"X-Order": "4711"}').and.not.to.contain(SECRET);
      }
      const carol = new WireClient(wire, {user: 'carol', password: '', registerHeaders: headers});
      expect((await rejects(carol.connect(), 'bad-parameter')).subject).to.equal(subject);
      expect(carol.state.connection).to.equal('disconnected');
    }
    expect([wire.messages.length, incoming.state.phase]).to.deep.equal([before, 'ringing']);
  });
});

describe('DispatchService: headers of the page’s own', () => {
  it('cannot go with a call, which the server makes', async () => {
    const client = new WireClient(new Wire({alice: ''}), {user: 'alice', password: ''});
    await client.connect();
    await client.register();
    await rejects(client.call('bob', {headers: {'X-Order': '1'}}), 'unsupported');
    await client.disconnect();
  });
});
