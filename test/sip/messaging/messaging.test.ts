import {expect} from '@open-wc/testing';
import type {SipClientOptions} from '../../../src/core/client/options.js';
import type {ReceivedMessage} from '../../../src/core/types.js';
import type {SipError} from '../../../src/errors.js';
import {readCpim, writeCpim} from '../../../src/sip/messaging/cpim.js';
import {shorten} from '../../support/in-page/durations.js';
import {until} from '../../support/in-page/facts.js';
import {Wire, type Arrived} from '../../support/wire/wire.js';
import {WireUser} from '../../support/wire/wire-users.js';
import {WireClient} from '../../support/wire/wire-dispatch.js';

const CPIM = 'message/cpim';
const COMPOSING = 'application/im-iscomposing+xml';

describe('the first text', () => {
  it('needs no code that is not loaded yet: the network may be gone', async () => {
    const wire = new Wire({'1001': '1234'});
    const client = new WireClient(wire, {user: '1001', profile: 'standard', historyStorage: 'memory'});
    await client.connect();
    await client.register();
    await client.messages.load();
    const entries: PerformanceEntry[] = [];
    const observer = new PerformanceObserver((list) => entries.push(...list.getEntries()));
    observer.observe({type: 'resource'});
    const begun = performance.now();
    await client.sendMessage('1002', 'hi').catch(() => {});
    entries.push(...observer.takeRecords());
    observer.disconnect();
    await client.disconnect();
    // What was on its way before may have arrived meanwhile.
    expect(entries.filter(({startTime}) => startTime >= begun).map(({name}) => name)).to.deep.equal([]);
  });
});

for (const profile of ['standard', 'dispatch'] as const)
  describe(`messages between two clients, profile “${profile}”`, () => {
    let wire: Wire;
    let alice: WireClient;
    let bob: WireClient;
    let arrived: Arrived['request'][];
    let clients: WireClient[];

    const make = async (user: string, options: Partial<SipClientOptions> = {}): Promise<WireClient> => {
      const client = new WireClient(wire, {user, profile, historyStorage: 'memory', ...options});
      clients.push(client);
      await client.connect();
      await client.register();
      return client;
    };
    beforeEach(async () => {
      wire = new Wire({'1001': '1234', '1002': '1234', '1003': ''});
      clients = [];
      arrived = [];
      wire.handle = ({request}) => {
        arrived.push(request);
        return false;
      };
    });
    afterEach(async () => {
      for (const client of clients) await client.disconnect();
    });

    const both = async (
      ofAlice: Partial<SipClientOptions> = {},
      ofBob: Partial<SipClientOptions> = {},
    ): Promise<void> => {
      alice = await make('1001', ofAlice);
      bob = await make('1002', ofBob);
    };
    const sent = (method: string, from = '1001'): Arrived['request'][] =>
      arrived.filter((request) => request.method === method && request.from.uri.user === from);
    const types = (from = '1001'): (string | undefined)[] =>
      sent('MESSAGE', from).map((request) => request.getHeader('content-type'));
    const texts = async (client: WireClient, number: string): Promise<string[]> =>
      (await client.messages.open(number)).state.messages.map(({text}) => text);
    const told = (client: WireClient): ReceivedMessage[] => {
      const list: ReceivedMessage[] = [];
      client.addEventListener('sip-message-received', ({detail}) => list.push(detail.message));
      return list;
    };
    /** A MESSAGE from anybody, with its headers as given. */
    let count = 0;
    const tell = (
      body: string,
      {from = '<sip:1001@wire.test>', type = CPIM, headers = [] as string[]} = {},
    ): void => {
      const number = (count += 1);
      wire.tell(
        '1002',
        [
          'MESSAGE sip:1002@wire.test SIP/2.0',
          `Via: SIP/2.0/WS wire.test;branch=z9hG4bKtold${number}`,
          'Max-Forwards: 70',
          `From: ${from};tag=told${number}`,
          'To: <sip:1002@wire.test>',
          `Call-ID: told${number}@wire.test`,
          `CSeq: ${number} MESSAGE`,
          ...headers,
          `Content-Type: ${type}`,
          `Content-Length: ${new TextEncoder().encode(body).length}`,
          '',
          body,
        ].join('\r\n'),
      );
    };
    const wrapped = (id: string, body: string, asks = ['positive-delivery', 'display']): string =>
      writeCpim({
        from: 'sip:1001@wire.test',
        to: 'sip:1002@wire.test',
        id,
        time: Date.now(),
        asks,
        contentType: 'text/plain',
        body,
      });

    it('have receipts: delivered, and read once the other user has read them', async () => {
      await both();
      const received = told(bob);
      const conversation = await alice.messages.open('1002');
      await bob.sendMessage('1001', 'are you there?');
      // To a stranger, alice sends no receipt.
      await until(() => {
        const [first] = conversation.state.messages;
        return !!first && first.due === undefined && alice.messages.state.unread === 1;
      });
      const {id} = await alice.sendMessage('1002', '你好 <b>');
      const message = (): unknown => {
        const {state, delivered, read} = conversation.state.messages.find((each) => each.id === id)!;
        return [state, delivered ?? false, read ?? false].join();
      };
      await until(() => message() === 'sent,true,false');
      expect(received[0]).to.deep.include({
        from: '1001',
        text: '你好 <b>',
        contentType: 'text/plain; charset=utf-8',
      });
      await until(() => bob.messages.state.unread === 1);
      await bob.messages.markRead('1001');
      await until(() => message() === 'sent,true,true');
      // A receipt asks for none.
      const receipts = sent('MESSAGE', '1002').filter(({body}) => body.includes('message/imdn+xml'));
      await until(() => sent('MESSAGE', '1002').length === 3);
      for (const {body} of receipts) expect(readCpim(body)).to.deep.include({asks: []});
      expect(types()).to.deep.equal([CPIM]);
    });

    it('ask once what the other side accepts', async () => {
      await both();
      await alice.sendMessage('1002', 'one');
      await alice.sendMessage('1002', 'two');
      expect(sent('OPTIONS').filter(({ruri}) => ruri!.user === '1002')).to.have.length(1);
      expect(types()).to.deep.equal([CPIM, CPIM]);
      await until(async () => (await texts(bob, '1001')).join() === 'one,two');
    });

    it('show that the other user is writing, until the message comes', async () => {
      await both();
      const conversation = await bob.messages.open('1001');
      alice.messages.setComposing('1002');
      await until(() => conversation.state.composing);
      expect(types()).to.deep.equal([COMPOSING]);
      await alice.sendMessage('1002', 'hi');
      await until(() => !conversation.state.composing && conversation.state.messages.length === 1);
      alice.messages.setComposing('1002');
      await until(() => conversation.state.composing);
      alice.messages.setComposing('1002', false);
      await until(() => !conversation.state.composing);
    });

    it('send and ask for nothing that is switched off', async () => {
      await both({messageReceipts: 'none', messageComposing: 'off'});
      await bob.sendMessage('1001', 'hi');
      await until(() => alice.messages.state.unread === 1);
      await alice.messages.markRead('1002');
      alice.messages.setComposing('1002');
      bob.messages.setComposing('1001');
      await alice.sendMessage('1002', 'one');
      await bob.sendMessage('1001', 'two');
      await until(async () => (await texts(alice, '1002')).join() === 'hi,one,two');
      expect(types()).to.deep.equal([CPIM]);
      expect(types('1002')).to.deep.equal([CPIM, CPIM]);
      for (const {body} of [...sent('MESSAGE'), ...sent('MESSAGE', '1002')])
        expect(readCpim(body)!.asks).to.deep.equal([]);
    });

    it('tell of their arrival, not of their reading, if the user wants that', async () => {
      await both({}, {messageReceipts: 'delivery'});
      await bob.sendMessage('1001', 'hi');
      await alice.sendMessage('1002', 'hi');
      await until(() => sent('MESSAGE', '1002').length === 2);
      await until(() => bob.messages.state.unread === 1);
      await bob.messages.markRead('1001');
      await bob.sendMessage('1001', 'last');
      const receipts = sent('MESSAGE', '1002').filter(({body}) => body.includes('imdn+xml'));
      expect(receipts.map(({body}) => /<(\w+)\/><\/status>/.exec(body)![1])).to.deep.equal(['delivered']);
    });

    for (const [what, answer] of [
      [
        'names other types',
        (arrival: Arrived) => arrival.reply(200, ['Accept: text/plain, application/sdp']),
      ],
      [
        'names one of any length, which is not kept',
        (arrival: Arrived) => arrival.reply(200, [`Accept: text/plain, x/${'y'.repeat(900)}`]),
      ],
      ['names none', (arrival: Arrived) => arrival.reply(200)],
      ['is unknown to it', (arrival: Arrived) => arrival.reply(405)],
      ['does not answer', () => {}],
    ] as const)
      it(`are plain text for a side that, asked what it accepts, ${what}`, async () => {
        shorten({acceptAnswer: 50});
        await both({historyStorage: 'local'});
        wire.handle = (arrival) => {
          const {request} = arrival;
          arrived.push(request);
          const asked = request.method === 'OPTIONS' && request.ruri?.user === '1002';
          if (asked) answer(arrival);
          return asked;
        };
        alice.messages.setComposing('1002');
        expect((await alice.sendMessage('1002', 'hi')).state).to.equal('sent');
        await until(async () => (await texts(bob, '1001')).join() === 'hi');
        expect(types()).to.deep.equal(['text/plain']);
        expect(sent('MESSAGE')[0]!.body).to.equal('hi');
        expect(JSON.stringify(Object.entries(sessionStorage))).not.to.contain('yyyyy');
      });

    it('wait if the connection is lost before the other side has said what it accepts, and have ids then', async () => {
      await both();
      let asked = 0;
      wire.handle = ({request}) => {
        arrived.push(request);
        const isAsked = request.method === 'OPTIONS' && request.ruri?.user === '1002' && asked === 0;
        if (isAsked) {
          asked += 1;
          wire.cut('1001');
        }
        return isAsked;
      };
      expect((await alice.sendMessage('1002', 'hi')).state).to.equal('waiting');
      await until(async () => (await texts(bob, '1001')).join() === 'hi');
      expect(types()).to.deep.equal([CPIM]);
    });

    it('are plain text after a 415, also the next ones', async () => {
      await both();
      wire.handle = (arrival) => {
        const {request} = arrival;
        arrived.push(request);
        const isRefused = request.method === 'MESSAGE' && request.getHeader('content-type') !== 'text/plain';
        if (isRefused) arrival.reply(415, ['Accept: text/plain']);
        return isRefused;
      };
      expect((await alice.sendMessage('1002', 'one')).state).to.equal('sent');
      expect((await alice.sendMessage('1002', 'two')).state).to.equal('sent');
      alice.messages.setComposing('1002');
      await alice.sendMessage('1002', 'three');
      expect(types()).to.deep.equal([CPIM, 'text/plain', 'text/plain', 'text/plain']);
      expect(sent('OPTIONS').filter(({ruri}) => ruri!.user === '1002')).to.have.length(1);
      expect(await texts(bob, '1001')).to.deep.equal(['one', 'two', 'three']);
    });

    it('arrive once, if the connection was lost before the answer, and in order', async () => {
      await both();
      await alice.sendMessage('1002', 'first');
      await until(() => bob.messages.state.unread === 1);
      const received = told(bob);
      let swallowed = 0;
      wire.edit = (message) => {
        // The answer to the MESSAGE is lost with the connection of its sender.
        if (!/^SIP\/2\.0 200[^]*\r\nCSeq: \d+ MESSAGE/i.test(message) || swallowed === 3) return message;
        swallowed += 1;
        wire.cut('1001');
        return message;
      };
      const sending = ['one', 'two', 'three'].map((text) => alice.sendMessage('1002', text));
      expect((await Promise.all(sending)).map(({state}) => state)).to.include('waiting');
      const conversation = await alice.messages.open('1002');
      await until(() => conversation.state.messages.every(({state}) => state === 'sent'));
      expect(swallowed).to.equal(3);
      await until(async () => (await texts(bob, '1001')).length === 4);
      expect(await texts(bob, '1001')).to.deep.equal(['first', 'one', 'two', 'three']);
      expect(received.map(({text}) => text)).to.deep.equal(['one', 'two', 'three']);
    });

    it('that may have arrived with their ids do not follow as plain text', async () => {
      await both();
      let answers = 0;
      wire.edit = (message) => {
        if (answers || !/^SIP\/2\.0 200[^]*\r\nCSeq: \d+ MESSAGE/i.test(message)) return message;
        answers += 1;
        wire.cut('1001');
        return message;
      };
      wire.handle = (arrival) => {
        const {request} = arrival;
        arrived.push(request);
        // Another phone of the other user answers the second attempt.
        const isRefused = answers === 1 && request.getHeader('content-type') === CPIM;
        if (isRefused) arrival.reply(415, ['Accept: text/plain']);
        return isRefused;
      };
      expect((await alice.sendMessage('1002', 'one')).state).to.equal('waiting');
      const conversation = await alice.messages.open('1002');
      await until(() => conversation.state.messages[0]!.state === 'failed');
      expect(conversation.state.messages[0]!.error).to.equal('connection-lost');
      expect(types()).to.deep.equal([CPIM, CPIM]);
      expect(await texts(bob, '1001')).to.deep.equal(['one']);
    });

    it('that may have arrived with their ids follow with them, however late the other side says what it accepts', async () => {
      shorten({acceptAnswer: 50});
      await both();
      let gone: Promise<void> | undefined;
      wire.edit = (message) => {
        if (gone || !/^SIP\/2\.0 200[^]*\r\nCSeq: \d+ MESSAGE/i.test(message)) return message;
        wire.cut('1001');
        gone = alice.disconnect();
        return message;
      };
      expect((await alice.sendMessage('1002', 'one')).state).to.equal('waiting');
      await gone;
      wire.handle = (arrival) => {
        arrived.push(arrival.request);
        const isAsked = arrival.request.method === 'OPTIONS' && arrival.request.ruri?.user === '1002';
        if (isAsked) setTimeout(() => arrival.reply(200, [`Accept: text/plain, ${CPIM}`]), 300);
        return isAsked;
      };
      await alice.connect();
      await alice.register();
      const conversation = await alice.messages.open('1002');
      await until(() => conversation.state.messages[0]!.state !== 'waiting');
      await until(() => conversation.state.messages[0]!.state !== 'sending');
      expect(conversation.state.messages[0]!.state).to.equal('sent');
      expect(types()).to.deep.equal([CPIM, CPIM]);
      expect(await texts(bob, '1001')).to.deep.equal(['one']);
    });

    it('have no receipts for a sender of another domain, or one who hides', async () => {
      await both();
      await bob.sendMessage('1001', 'hi');
      const received = told(bob);
      for (const [index, from] of [
        '<sip:1001@elsewhere.test>',
        '"Anonymous" <sip:anonymous@anonymous.invalid>',
        '<sip:Anonymous@wire.test>',
      ].entries())
        tell(wrapped(`id${index}`, `text ${index}`), {from});
      tell(wrapped('id9', 'private'), {headers: ['Privacy: id']});
      await until(() => received.length === 4);
      for (const {number} of bob.messages.state.conversations) await bob.messages.markRead(number);
      tell(wrapped('id10', 'open'), {headers: ['Privacy: none']});
      await until(() => sent('MESSAGE', '1002').length === 2);
      expect(sent('MESSAGE', '1002')[1]!.body).to.contain('<message-id>id10</message-id>');
    });

    it('of bad form are shown as they came, and bad signals are dropped; what comes later keeps its order', async () => {
      await both();
      const received = told(bob);
      const bad = 'From: <im:x>\r\nno header\r\n\r\nContent-Type: text/plain\r\n\r\nhi';
      tell(bad);
      tell('<imdn', {type: 'message/imdn+xml'});
      tell('<!DOCTYPE x [<!ENTITY a "b">]><isComposing/>', {type: COMPOSING});
      tell('plain', {type: 'text/plain'});
      tell(wrapped('x', 'wrapped'));
      tell('last', {type: 'text/plain'});
      await until(() => received.length === 4);
      expect(received.map(({text, contentType}) => [text, contentType])).to.deep.equal([
        [bad, CPIM],
        ['plain', 'text/plain'],
        ['wrapped', 'text/plain'],
        ['last', 'text/plain'],
      ]);
    });

    it('that are refused say so, wrapped as well', async () => {
      await both();
      await alice.sendMessage('1002', 'one');
      wire.handle = (arrival) => {
        const isMessage = arrival.request.method === 'MESSAGE';
        if (isMessage) arrival.reply(603);
        return isMessage;
      };
      const error = await alice.sendMessage('1002', 'two').catch((thrown: unknown) => thrown);
      expect((error as SipError).code).to.equal('message-refused');
    });
  });

describe('a message that arrives', () => {
  it('is accepted once it is stored', async () => {
    const wire = new Wire({alice: '', bob: ''});
    const [alice, bob] = await Promise.all(
      ['alice', 'bob'].map((user) => new WireUser(wire, {user}).begin()),
    );
    let stores = (): void => {};
    bob!.storing = new Promise((resolve) => (stores = resolve));
    const accepted = (): string[] =>
      wire.messages.filter((text) => /^SIP\/2\.0 200 [^]*\nCSeq: \d+ MESSAGE/.test(text));
    const sent = alice!.agent.message('bob', 'hi', 'text/plain');
    await until(() => bob!.messages.length === 1);
    await new Promise((resolve) => setTimeout(resolve));
    expect(accepted()).to.deep.equal([]);
    stores();
    await sent;
    expect(accepted()).to.have.length(1);
    await Promise.all([alice!, bob!].map(({agent}) => agent.disconnect()));
  });
});
