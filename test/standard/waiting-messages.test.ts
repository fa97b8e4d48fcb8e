import {expect} from '@open-wc/testing';
import type {SipClientOptions} from '../../src/core/client/options.js';
import type {WaitingMessages} from '../../src/core/types.js';
import {readMessageSummary} from '../../src/standard/message-summary.js';
import {becomes, until} from '../support/in-page/facts.js';
import {WireClient} from '../support/wire/wire-dispatch.js';
import {WireNotifier} from '../support/wire/wire-notifier.js';
import {Wire} from '../support/wire/wire.js';

const summary = (...lines: string[]): string => `${lines.join('\r\n')}\r\n`;
const THREE = summary(
  'Messages-Waiting: yes',
  'Message-Account: sip:*97@wire.test',
  'Voice-Message: 3/8 (1/2)',
);

describe('StandardService: waiting messages', () => {
  let wire: Wire;
  let notifier: WireNotifier;
  let alice: WireClient;
  let log: string[];

  beforeEach(() => {
    wire = new Wire({alice: '1234'});
    notifier = new WireNotifier(wire, ['message-summary']);
    log = [];
    alice = client();
  });

  const client = (options: Partial<SipClientOptions> = {}): WireClient =>
    new WireClient(wire, {
      user: 'alice',
      profile: 'standard',
      historyStorage: 'none',
      log: ({text}) => log.push(text),
      ...options,
    });

  afterEach(() => alice.disconnect());

  const tells = (body: string): void => notifier.tell('alice', 'message-summary', {body});
  async function register(): Promise<void> {
    await alice.connect();
    await alice.register();
  }

  it('asks the server once it is registered, and tells what waits, each change once', async () => {
    notifier.documents.set('message-summary alice', THREE);
    const told: (number | undefined)[] = [];
    alice.addEventListener('sip-waiting-messages', ({detail}) => told.push(detail.messages?.fresh));
    await register();
    const {waitingMessages} = await becomes(alice, (state) => state.waitingMessages !== undefined);
    expect(waitingMessages).to.deep.equal({waiting: true, fresh: 3, old: 8, urgent: 1, account: '*97'});
    expect(notifier.asked[0]!.request.getHeader('accept')).to.equal('application/simple-message-summary');
    tells(THREE);
    tells(summary('Messages-Waiting: no', 'Voice-Message: 0/11 (0/3)'));
    await becomes(alice, (state) => state.waitingMessages?.waiting === false);
    await alice.disconnect();
    expect(alice.state.waitingMessages).to.equal(undefined);
    expect(told).to.deep.equal([3, 0, undefined]);
  });

  /** What the server sends without a request. */
  function tellUnasked(callId: string, event: string, body: string): void {
    const contact = /<([^>]+)>/.exec(notifier.asked[0]!.request.getHeader('contact')!)![1]!;
    const text = notifier.notify(contact, {
      from: '<sip:server@wire.test>;tag=s',
      to: '<sip:alice@wire.test>',
      callId,
      cseq: 1,
      event,
      state: 'terminated',
      type: 'application/simple-message-summary',
      body,
    });
    wire.tell('alice', text);
  }
  /** The status that the client answered the NOTIFY with that has the Call-ID. */
  const answer = (callId: string): string | undefined =>
    wire.messages.find((text) => text.startsWith('SIP/2.0') && text.includes(callId))?.slice(8, 11);
  const answered = (callId: string): Promise<void> => until(() => answer(callId) !== undefined);
  const refuse = (status: number): void => {
    notifier.react = ({reply}) => {
      reply(status);
      return true;
    };
  };

  it('takes what a server tells without being asked, but no number to call, and nothing else of that kind', async () => {
    refuse(489);
    await register();
    await until(() => log.some((line) => line.endsWith('answered with 489')));
    tellUnasked('other', 'dialog', THREE);
    tellUnasked('unasked', 'message-summary', THREE);
    const {waitingMessages} = await becomes(alice, (state) => state.waitingMessages !== undefined);
    expect(waitingMessages).to.deep.equal({waiting: true, fresh: 3, old: 8, urgent: 1, account: ''});
    await answered('unasked');
    expect([answer('other'), answer('unasked')]).to.deep.equal(['481', '200']);
    expect(notifier.asked).to.have.length(1);
  });

  it('believes what it asked for, whatever else it is told', async () => {
    notifier.documents.set('message-summary alice', THREE);
    await register();
    await becomes(alice, (state) => state.waitingMessages !== undefined);
    tellUnasked('unasked', 'message-summary', THREE.replace('3/', '4/'));
    await answered('unasked');
    expect(answer('unasked')).to.equal('200');
    expect(alice.state.waitingMessages).to.include({fresh: 3, account: '*97'});
  });

  it('calls the mailbox that the page names', async () => {
    notifier.documents.set('message-summary alice', THREE);
    alice = client({mailbox: ' *98 '});
    await register();
    const {waitingMessages} = await becomes(alice, (state) => state.waitingMessages !== undefined);
    expect(waitingMessages?.account).to.equal('*98');
  });

  it('ends the subscription with the registration, and asks again with the next one', async () => {
    notifier.documents.set('message-summary alice', THREE);
    await register();
    await becomes(alice, (state) => state.waitingMessages !== undefined);
    await alice.unregister();
    expect(alice.state.waitingMessages).to.equal(undefined);
    await alice.register();
    await becomes(alice, (state) => state.waitingMessages !== undefined);
    await alice.disconnect();
    const [first, second, third, fourth] = notifier.asked;
    expect(notifier.asked.map(({expires}) => expires)).to.deep.equal([600, 0, 600, 0]);
    expect(second!.callId).to.equal(first!.callId);
    expect(third!.callId).not.to.equal(first!.callId);
    expect(fourth!.callId).to.equal(third!.callId);
  });

  it('keeps what it knows while the connection is lost, and asks anew when it is back', async () => {
    notifier.documents.set('message-summary alice', THREE);
    await register();
    await becomes(alice, (state) => state.waitingMessages !== undefined);
    wire.reachable = false;
    wire.cut();
    await becomes(alice, (state) => state.connection === 'reconnecting');
    expect(alice.state.waitingMessages?.fresh).to.equal(3);
    notifier.documents.set('message-summary alice', THREE.replace('3/', '5/'));
    wire.reachable = true;
    await becomes(alice, (state) => state.waitingMessages?.fresh === 5);
    expect(notifier.asked.map(({again}) => again)).to.deep.equal([false, false]);
  });

  it('knows nothing any more where the server refuses to go on, and asks again on the next connection', async () => {
    notifier.documents.set('message-summary alice', THREE);
    notifier.lifetime = 2;
    await register();
    await becomes(alice, (state) => state.waitingMessages !== undefined);
    refuse(403);
    await becomes(alice, (state) => state.waitingMessages === undefined);
    expect(notifier.asked.map(({again}) => again)).to.deep.equal([false, true]);
    notifier.react = undefined;
    wire.cut();
    await becomes(alice, (state) => state.waitingMessages?.fresh === 3);
  });

  it('leaves aside what cannot be read', async () => {
    notifier.documents.set('message-summary alice', THREE);
    await register();
    await becomes(alice, (state) => state.waitingMessages !== undefined);
    tells('yes');
    tells(`${THREE}X-Long: ${'x'.repeat(9_000)}`);
    notifier.tell('alice', 'message-summary', {body: THREE.replace('3/', '4/'), type: 'text/plain'});
    await until(() => log.filter((line) => line.includes('aside')).length === 3);
    expect(alice.state.waitingMessages?.fresh).to.equal(3);
  });
});

describe('readMessageSummary', () => {
  const read = (...lines: string[]): WaitingMessages | undefined =>
    readMessageSummary(summary('Messages-Waiting: yes', ...lines), new Set(['wire.test', 'pbx.test']));

  it('counts voice messages, where the server does', () => {
    expect(read('Voice-Message: 2/0')).to.include({fresh: 2, old: 0, urgent: undefined});
    expect(read('voice-message:2/0(0/0)')).to.include({fresh: 2, old: 0, urgent: 0});
    expect(read('Voice-Message : 4 / 8 ( 1 / 2 )')).to.include({fresh: 4, old: 8, urgent: 1});
    expect(read('Voice-Message: 4294967295/0')).to.include({fresh: undefined, old: undefined});
    expect(read('', 'Voice-Message: 7/0')).to.include({fresh: undefined});
    expect(read('Fax-Message: 2/0')).to.include({waiting: true, fresh: undefined});
    expect(read('Voice-Message: -1/x')).to.include({fresh: undefined});
  });

  it('takes a mailbox of the own domain, or a telephone number, and no other', () => {
    const account = (uri: string): string | undefined => read(`Message-Account: ${uri}`)?.account;
    expect(account('sip:*97@wire.test')).to.equal('*97');
    expect(account('sips:mail%2A1@WIRE.test;x=1')).to.equal('mail*1');
    expect(account('sip:*97@pbx.test:5061;transport=ws')).to.equal('*97');
    expect(account('<sip:*97@wire.test>')).to.equal('*97');
    expect(account('tel:+49-30-123;x=1')).to.equal('+4930123');
    for (const uri of [
      'sip:%00%22@wire.test',
      'sip:wire.test',
      'sip:9@evil.test',
      'sip:9@wire.test.evil.test',
      'https://wire.test',
      'tel:javascript',
      '',
    ])
      expect(account(uri), uri).to.equal('');
  });

  it('needs to be told whether messages wait', () => {
    expect(readMessageSummary('Voice-Message: 1/0', new Set())).to.equal(undefined);
    expect(readMessageSummary('Messages-Waiting: perhaps', new Set())).to.equal(undefined);
  });
});
