import {expect} from '@open-wc/testing';
import {constructOutgoingResponse} from 'sip.js/lib/core/index.js';
import type {PeopleWatch} from '../../src/core/directory/people-watch.js';
import type {PersonState} from '../../src/core/directory/people.js';
import type {ReconnectPolicy} from '../../src/core/util/reconnect-policy.js';
import {becomes, until} from '../support/in-page/facts.js';
import {rejects} from '../support/in-page/rejections.js';
import {WireClient} from '../support/wire/wire-dispatch.js';
import {dialogInfo, pidf, WireNotifier, type Asked} from '../support/wire/wire-notifier.js';
import {Wire} from '../support/wire/wire.js';

describe('StandardService: lamps', () => {
  let wire: Wire;
  let notifier: WireNotifier;
  let alice: WireClient;
  let log: string[];

  beforeEach(async () => {
    wire = new Wire({alice: '1234'});
    notifier = new WireNotifier(wire);
    log = [];
    alice = client();
  });

  const client = (policy?: ReconnectPolicy): WireClient =>
    new WireClient(
      wire,
      {
        user: 'alice',
        profile: 'standard',
        historyStorage: 'none',
        log: ({level, text}) => log.push(`${level} ${text}`),
      },
      policy,
    );

  afterEach(() => alice.disconnect());

  for (const transport of ['ws', 'wss'] as const)
    it(`are asked for with the transport that is used, by which FreeSWITCH finds the connection: ${transport}`, async () => {
      alice = new WireClient(wire, {
        user: 'alice',
        server: `${transport}://wire.test/sip`,
        profile: 'standard',
        historyStorage: 'none',
      });
      notifier.lifetime = 2;
      await watchBob();
      const contacts = (): (string | undefined)[] =>
        notifier
          .of('bob', 'dialog')
          .map(({request}) => /;transport=(\w+)>/.exec(request.getHeader('contact')!)?.[1]);
      // The first one, and one that refreshes it.
      await until(() => contacts().length >= 2);
      expect(contacts().slice(0, 2)).to.deep.equal([transport, transport]);
    });

  async function register(): Promise<void> {
    await alice.connect();
    await alice.register();
  }
  const stateOf = (watch: PeopleWatch, number: string): PersonState | undefined =>
    watch.state.people.find((person) => person.number === number)?.state;
  const shows = (watch: PeopleWatch, number: string, state: PersonState | undefined): Promise<unknown> =>
    becomes(watch, () => stateOf(watch, number) === state);
  /** Registers, watches Bob, and waits for the first NOTIFY of both subscriptions. */
  async function watchBob(state: PersonState = 'idle'): Promise<PeopleWatch> {
    if (!notifier.documents.size) notifier.documents.set('dialog bob', dialogInfo('bob', 1, []));
    await register();
    const watch = await alice.watchPeople('bob');
    await shows(watch, 'bob', state);
    await until(() => notifier.of('bob', 'presence').length === 1);
    return watch;
  }
  const dialogs = (version: number, ...lines: Parameters<typeof dialogInfo>[2][number][]): void =>
    notifier.tell('bob', 'dialog', {body: dialogInfo('bob', version, lines)});
  /** The statuses that a client answered the NOTIFYs of a Call-ID with. */
  const answers = (callId: string): string[] =>
    wire.messages
      .filter((message) => message.startsWith('SIP/2.0') && message.includes(`Call-ID: ${callId}\r\n`))
      .filter((message) => /^CSeq: \d+ NOTIFY/m.test(message))
      .map((message) => message.slice(8, 11));

  it('asks for the dialogs and the presence of numbers, and tells how they are', async () => {
    notifier.documents.set('dialog bob', dialogInfo('bob', 0, []));
    notifier.documents.set('presence carol', pidf('carol', 'closed'));
    const watch = await alice.watchPeople('bob, carol, bob');
    expect(watch.state.people).to.deep.equal([
      {number: 'bob', state: undefined},
      {number: 'carol', state: undefined},
    ]);
    const told: string[] = [];
    alice.addEventListener('sip-person-state', ({detail: {number, state}}) =>
      told.push(`${number} ${state}`),
    );
    expect(alice.capabilities.presence).to.equal(false);
    await register();
    expect(alice.capabilities.presence).to.equal(true);
    await Promise.all([shows(watch, 'bob', 'idle'), shows(watch, 'carol', 'offline')]);
    const [asked] = notifier.of('bob', 'dialog');
    expect(asked!.request.getHeader('accept')).to.equal('application/dialog-info+xml');
    expect(notifier.of('bob', 'presence')[0]!.request.getHeader('accept')).to.equal('application/pidf+xml');
    expect(asked!.request.getHeader('contact')).to.match(/^<sip:/);
    dialogs(1, ['d1', 'early', 'recipient']);
    await shows(watch, 'bob', 'ringing');
    // A person in a call is busy, even if another call rings.
    dialogs(2, ['d2', 'early', 'recipient'], ['d1', 'confirmed', 'recipient']);
    await shows(watch, 'bob', 'busy');
    dialogs(3);
    await shows(watch, 'bob', 'idle');
    dialogs(4, ['d3', 'trying', 'initiator']);
    await shows(watch, 'bob', 'busy');
    dialogs(5, ['d3', 'terminated', 'initiator']);
    notifier.tell('bob', 'presence', {body: pidf('bob', 'open')});
    await shows(watch, 'bob', 'online');
    notifier.tell('bob', 'presence', {body: pidf('bob', 'open', 'away')});
    await shows(watch, 'bob', 'away');
    expect(told).to.deep.equal([
      'bob idle',
      'carol offline',
      'bob ringing',
      'bob busy',
      'bob idle',
      'bob busy',
      'bob idle',
      'bob online',
      'bob away',
    ]);
    expect(notifier.asked).to.have.length(4);
    expect(answers(asked!.callId)).to.deep.equal(Array(6).fill('200'));
  });

  it('puts partial documents together, and asks for the whole where one is missing', async () => {
    const watch = await watchBob();
    const partial = (version: number, ...lines: Parameters<typeof dialogInfo>[2][number][]): void =>
      notifier.tell('bob', 'dialog', {body: dialogInfo('bob', version, lines, {state: 'partial'})});
    partial(2, ['d1', 'confirmed']);
    await shows(watch, 'bob', 'busy');
    partial(3, ['d2', 'early', 'recipient']);
    partial(4, ['d1', 'terminated']);
    await shows(watch, 'bob', 'ringing');
    expect(notifier.of('bob', 'dialog')).to.have.length(1);
    notifier.documents.set('dialog bob', dialogInfo('bob', 8, [['d9', 'confirmed']]));
    partial(7, ['d2', 'terminated']);
    await shows(watch, 'bob', 'busy');
    const [first, again] = notifier.of('bob', 'dialog');
    expect(again).to.include({again: true, callId: first!.callId});
    partial(9, ['d9', 'terminated']);
    await shows(watch, 'bob', 'idle');
  });

  it('leaves aside versions that go backwards', async () => {
    const watch = await watchBob();
    dialogs(5, ['d1', 'confirmed']);
    await shows(watch, 'bob', 'busy');
    dialogs(5);
    dialogs(4);
    await until(() => log.filter((line) => line.includes('outdated')).length === 2);
    expect(stateOf(watch, 'bob')).to.equal('busy');
    dialogs(6);
    await shows(watch, 'bob', 'idle');
  });

  it('leaves aside what is no document about the number, and goes on', async () => {
    const watch = await watchBob();
    const good = dialogInfo('bob', 2, [['d1', 'confirmed']]);
    const bad: readonly {body: string; type?: string}[] = [
      {body: `${good}<!-- ${'x'.repeat(70_000)} -->`},
      {body: dialogInfo('bob', 2, [['d1', 'confirmed']], {entity: 'sip:carol@wire.test'})},
      {body: dialogInfo('bob', 2, [['d1', 'confirmed']], {entity: ''})},
      {body: good.slice(0, -5)},
      {body: good.replace('<dialog-info', '<!DOCTYPE x [<!ENTITY a "aaaa">]><dialog-info')},
      {body: good.replace('urn:ietf:params:xml:ns:dialog-info', 'urn:example')},
      {body: dialogInfo('bob', 'two', [['d1', 'confirmed']])},
      {body: dialogInfo('bob', 2, [['d1', 'confirmed']], {state: 'some'})},
      {body: pidf('bob', 'closed')},
      {body: good, type: 'text/plain'},
      {body: 'busy'},
    ];
    for (const notice of bad) notifier.tell('bob', 'dialog', notice);
    notifier.tell('bob', 'presence', {body: pidf('carol', 'closed')});
    notifier.tell('bob', 'presence', {body: '<presence/>'});
    await until(() => log.filter((line) => line.includes('aside')).length === bad.length + 2);
    expect(stateOf(watch, 'bob')).to.equal('idle');
    notifier.tell('bob', 'dialog', {body: good});
    await shows(watch, 'bob', 'busy');
  });

  it('answers a NOTIFY of no subscription with 481, and believes nothing of it', async () => {
    const watch = await watchBob();
    const contact = /<([^>]+)>/.exec(notifier.asked[0]!.request.getHeader('contact')!)![1]!;
    const rest = {
      event: 'dialog',
      cseq: 1,
      state: 'active',
      type: 'application/dialog-info+xml',
      body: dialogInfo('bob', 9, [['d1', 'confirmed']]),
    };
    const from = '<sip:bob@wire.test>;tag=mallory';
    const to = '<sip:alice@wire.test>';
    wire.tell('alice', notifier.notify(contact, {...rest, from, to, callId: 'stray'}));
    wire.tell('alice', notifier.notify(contact, {...rest, from, to: `${to};tag=x`, callId: 'inside'}));
    await until(() => answers('stray').length === 1 && answers('inside').length === 1);
    expect([...answers('stray'), ...answers('inside')]).to.deep.equal(['481', '481']);
    expect(stateOf(watch, 'bob')).to.equal('idle');
  });

  it('gives up where it is refused, and tries again what may pass', async () => {
    const refusals: Readonly<Record<string, number>> = {dave: 403, erin: 404, frank: 489, grace: 480};
    notifier.documents.set('dialog bob', dialogInfo('bob', 1, []));
    notifier.react = ({number, event, reply}) => {
      const status = refusals[number] ?? (notifier.of(number, event).length < 4 ? 503 : undefined);
      if (status) reply(status);
      return status !== undefined;
    };
    await register();
    const watch = await alice.watchPeople('dave,erin,frank,grace,bob');
    await shows(watch, 'bob', 'idle');
    expect(watch.state.people.map(({state}) => state)).to.deep.equal([
      undefined,
      undefined,
      undefined,
      undefined,
      'idle',
    ]);
    await until(() => notifier.of('bob', 'presence').length === 4);
    expect(notifier.asked.filter(({number}) => number !== 'bob')).to.have.length(8);
    expect(log.some((line) => line.includes('SUBSCRIBE for dialog of frank was answered with 489'))).to.equal(
      true,
    );
  });

  it('asks a few at a time, in order, and nobody who is not watched any more', async () => {
    const waiting: Asked[] = [];
    notifier.react = (asked) => {
      if (asked.expires) waiting.push(asked);
      return asked.expires > 0;
    };
    await register();
    const numbers = Array.from({length: 12}, (_, index) => `n${index}`);
    const [first, second] = [await alice.watchPeople(numbers.slice(0, 10)), await alice.watchPeople(numbers)];
    /** Any other subscription would be on the wire before this. */
    const settled = (): Promise<unknown> => rejects(alice.sendMessage('nobody', 'x'), 'unknown-number');
    await until(() => waiting.length === 6);
    await settled();
    expect(waiting.map(({number, event}) => `${event} ${number}`)).to.deep.equal(
      ['n0', 'n1', 'n2'].flatMap((number) => [`dialog ${number}`, `presence ${number}`]),
    );
    waiting[0]!.reply(403);
    notifier.accept(waiting[1]!);
    await until(() => waiting.length === 8);
    await settled();
    expect(waiting).to.have.length(8);
    second.close();
    for (let answered = 2; answered < 20; answered++) {
      await until(() => waiting.length > answered);
      expect(waiting.length - answered).to.be.at.most(6);
      notifier.accept(waiting[answered]!);
    }
    await settled();
    expect(new Set(waiting.map(({number}) => number))).to.deep.equal(new Set(numbers.slice(0, 10)));
    first.close();
  });

  for (const status of [405, 489, 501])
    it(`has no lamps where the server answers both packages with ${status}, until it knows one of them`, async () => {
      notifier.react = ({reply}) => {
        reply(status);
        return true;
      };
      await register();
      expect(alice.capabilities.presence).to.equal(true);
      let told = 0;
      alice.addEventListener('statechange', () => (told += alice.capabilities.presence ? 0 : 1));
      const watch = await alice.watchPeople('bob, carol, dave, erin, frank');
      await until(() => told > 0);
      expect(alice.capabilities.presence).to.equal(false);
      expect(alice.capabilities.call).to.equal(true);
      await rejects(alice.sendMessage('nobody', 'x'), 'unknown-number');
      // Numbers that were still waiting are not subscribed to in vain.
      expect(notifier.asked.map(({number}) => number)).not.to.include('frank');
      notifier.react = undefined;
      notifier.documents.set('dialog frank', dialogInfo('frank', 1, []));
      wire.cut();
      await shows(watch, 'frank', 'idle');
      expect(alice.capabilities.presence).to.equal(true);
    });

  it('has lamps where the server knows one of the packages, or refuses for another reason', async () => {
    const unable: Readonly<Record<string, number>> = {
      'dialog bob': 489,
      'dialog carol': 403,
      'presence carol': 404,
    };
    notifier.react = ({number, event, reply}) => {
      const status = unable[`${event} ${number}`];
      if (status) reply(status);
      return status !== undefined;
    };
    notifier.documents.set('presence bob', pidf('bob', 'open'));
    await register();
    const able: boolean[] = [];
    alice.addEventListener('statechange', () => able.push(alice.capabilities.presence));
    const watch = await alice.watchPeople('carol, bob');
    await shows(watch, 'bob', 'online');
    expect([...able, alice.capabilities.presence]).not.to.include(false);
  });

  it('asks for as long as the server wants, and with its password', async () => {
    notifier.documents.set('dialog bob', dialogInfo('bob', 1, []));
    const challenge = 'Proxy-Authenticate: Digest realm="wire", nonce="n0nce", qop="auth", algorithm=MD5';
    notifier.react = ({expires, request, reply}) => {
      const authorization = request.getHeader('proxy-authorization');
      if (!authorization) reply(407, [challenge]);
      else if (!wire.accepts(authorization, 'SUBSCRIBE', '1234')) reply(403);
      else if (expires < 900) reply(423, ['Min-Expires: 900']);
      else return false;
      return true;
    };
    await register();
    await shows(await alice.watchPeople('bob'), 'bob', 'idle');
    expect(notifier.of('bob', 'dialog').map(({expires}) => expires)).to.deep.equal([600, 600, 900, 900]);
  });

  it('begins anew where the server ended it and wants that, with another Call-ID', async () => {
    const watch = await watchBob();
    const end = (reason: string): void =>
      notifier.tell('bob', 'dialog', {state: `terminated;reason=${reason}`});
    end('deactivated');
    await until(() => notifier.of('bob', 'dialog').length === 2);
    await shows(watch, 'bob', 'idle');
    const waitFrom = Date.now();
    end('probation;retry-after=1');
    await shows(watch, 'bob', undefined);
    await until(() => notifier.of('bob', 'dialog').length === 3);
    expect(notifier.of('bob', 'dialog')[2]!.time - waitFrom).to.be.at.least(990);
    const asked = notifier.of('bob', 'dialog');
    expect(new Set(asked.map(({callId}) => callId)).size).to.equal(3);
    expect(asked.every(({again}) => !again)).to.equal(true);
    await shows(watch, 'bob', 'idle');
    end('rejected');
    await shows(watch, 'bob', undefined);
    notifier.tell('bob', 'presence', {state: 'terminated;reason=deactivated'});
    await until(() => notifier.of('bob', 'presence').length === 2);
    expect(notifier.of('bob', 'dialog')).to.have.length(3);
  });

  it('does not hurry a server that ends each one at once', async () => {
    notifier.documents.set('dialog bob', dialogInfo('bob', 1, []));
    notifier.react = (asked) => {
      if (asked.event === 'presence') return false;
      notifier.accept(asked, {state: 'terminated;reason=deactivated'});
      return true;
    };
    const attempts: number[] = [];
    alice = client({nextDelay: (attempt) => (attempts.push(attempt), attempt * 30)});
    await register();
    const watch = await alice.watchPeople('bob');
    await until(() => notifier.of('bob', 'dialog').length >= 6);
    expect(attempts.slice(0, 5)).to.deep.equal([1, 2, 3, 4, 5]);
    const times = notifier.of('bob', 'dialog').map(({time}) => time);
    expect(times[5]! - times[0]!).to.be.at.least(440);
    watch.close();
  });

  it('refreshes before the time is over', async () => {
    notifier.lifetime = 2;
    const watch = await watchBob();
    notifier.documents.set('dialog bob', dialogInfo('bob', 2, [['d1', 'confirmed']]));
    await shows(watch, 'bob', 'busy');
    const [first, again] = notifier.of('bob', 'dialog');
    expect(again).to.include({again: true, callId: first!.callId});
    expect(again!.time - first!.time).to.be.within(500, 1_900);
  });

  it('begins anew where a refresh finds that the server has forgotten it', async () => {
    notifier.lifetime = 2;
    notifier.react = ({again, reply}) => {
      if (again) reply(481);
      return again;
    };
    const watch = await watchBob();
    await until(() => notifier.of('bob', 'dialog').length === 3);
    await shows(watch, 'bob', 'idle');
    expect(notifier.of('bob', 'dialog').map(({again}) => again)).to.deep.equal([false, true, false]);
  });

  it('knows nothing while the connection is lost, and asks anew when it is back', async () => {
    const watch = await watchBob();
    wire.reachable = false;
    wire.cut();
    await shows(watch, 'bob', undefined);
    wire.reachable = true;
    await shows(watch, 'bob', 'idle');
    const asked = notifier.of('bob', 'dialog');
    expect(asked.map(({again}) => again)).to.deep.equal([false, false]);
    expect(asked[0]!.callId).not.to.equal(asked[1]!.callId);
    dialogs(2, ['d1', 'confirmed']);
    await shows(watch, 'bob', 'busy');
  });

  for (const [status, ...headers] of [[408], [200, 'Expires: 1']] as const)
    it(`minds no ${status} to what it asked for before the connection was lost`, async () => {
      notifier.documents.set('dialog bob', dialogInfo('bob', 1, []));
      notifier.react = ({event}) => {
        // Presence is refreshed every second.
        notifier.lifetime = event === 'presence' ? 2 : undefined;
        return event === 'dialog' && notifier.of('bob', event).length === 1;
      };
      await register();
      const watch = await alice.watchPeople('bob');
      await until(() => notifier.asked.length === 2);
      wire.cut();
      await shows(watch, 'bob', 'idle');
      const [first] = notifier.of('bob', 'dialog');
      const late = constructOutgoingResponse(first!.request, {
        statusCode: status,
        toTag: 'late',
        extraHeaders: headers,
      });
      wire.tell('alice', late.message);
      await until(() => log.some((line) => line.includes(';tag=late')));
      dialogs(2, ['d1', 'confirmed']);
      await shows(watch, 'bob', 'busy');
      // By then it would have been restarted or refreshed.
      await until(() => notifier.of('bob', 'presence').length >= 4);
      expect([stateOf(watch, 'bob'), notifier.of('bob', 'dialog').length]).to.deep.equal(['busy', 2]);
    });

  it('asks for nobody else while the connection is lost, nor when it ends', async () => {
    notifier.react = () => true;
    await register();
    await alice.watchPeople(Array.from({length: 12}, (_, index) => `n${index}`));
    await until(() => notifier.asked.length === 6);
    wire.cut();
    await until(() => notifier.asked.length === 12);
    await rejects(alice.sendMessage('nobody', 'x'), 'unknown-number');
    const first = ['n0', 'n0', 'n1', 'n1', 'n2', 'n2'];
    expect(notifier.asked.map(({number}) => number)).to.deep.equal([...first, ...first]);
    await alice.disconnect();
    expect(notifier.asked).to.have.length(12);
  });

  it('ends with the connection, and goes on with the next one', async () => {
    const watch = await watchBob();
    await alice.disconnect();
    expect(stateOf(watch, 'bob')).to.equal(undefined);
    expect(notifier.of('bob', 'dialog').map(({expires}) => expires)).to.deep.equal([600, 0]);
    await register();
    await shows(watch, 'bob', 'idle');
  });

  it('goes on with the next connection after one that was given up', async () => {
    alice = client({nextDelay: () => undefined});
    const watch = await watchBob();
    wire.cut();
    await becomes(alice, ({connection}) => connection === 'disconnected');
    expect(stateOf(watch, 'bob')).to.equal(undefined);
    await register();
    await shows(watch, 'bob', 'idle');
  });

  it('asks once for those who are watched twice, and ends that with the last one', async () => {
    const watch = await watchBob();
    const other = await alice.watchPeople(['bob']);
    expect(stateOf(other, 'bob')).to.equal('idle');
    watch.close();
    watch.close();
    dialogs(2, ['d1', 'confirmed']);
    await shows(other, 'bob', 'busy');
    expect(stateOf(watch, 'bob')).to.equal('idle');
    expect(notifier.asked).to.have.length(2);
    other.close();
    await until(() => notifier.asked.length === 4);
    expect(notifier.asked.slice(2).map(({expires, again}) => [expires, again])).to.deep.equal([
      [0, true],
      [0, true],
    ]);
  });

  it('takes nothing that is no number', async () => {
    await rejects(alice.watchPeople('bob, ???'), 'invalid-number');
  });
});
