import assert from 'node:assert/strict';
import {after, afterEach, before, describe, it} from 'node:test';
import type {
  Binding,
  IncomingInvite,
  OutgoingInvite,
  OutgoingInviteHandlers,
  SipConnection,
} from '../../../server/sip/index.js';
import {openHub, type BareHub} from '../../support/scripted/bare-hub.js';
import {Inbox, RawSip, type RawMessage} from '../../support/scripted/raw-sip.js';

const SDP = 'v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n';

let site: BareHub;
let client: RawSip;
before(async () => {
  site = await openHub();
});
afterEach(() => client.close());
after(() => site.close());

const contact = (): string => `Contact: <${client.contact}>`;

describe('an INVITE from the server', () => {
  /** What the handlers were told. */
  const told = new Inbox<string>();
  const handlers: OutgoingInviteHandlers = {
    onProgress: (status) => told.push(`progress ${status}`),
    onAnswer: (answer) => told.push(`answer ${answer}`),
    onReject: (status) => told.push(`reject ${status}`),
    onBye: () => told.push('bye'),
    onGone: () => told.push('gone'),
    onInfo: (type, body) => told.push(`info ${type} ${body}`),
    onReinvite: (offer) => Promise.resolve(`re-${offer}`),
    onRefer: (refer) => (refer.target === '1003' ? refer.accept() : refer.reject(404)),
  };
  const start = async (): Promise<{invite: OutgoingInvite; request: RawMessage}> => {
    client = await RawSip.registered(site.url, '1001');
    const binding = site.hub.newest('1001') as Binding;
    const from = {number: '1002', name: 'Li "Lei"\r\nX: y'};
    const options = {from, offer: SDP, headers: ['ids: 17.12']};
    const connection = binding.connection as SipConnection;
    const invite = connection.invite({user: '1001', contact: binding}, options, handlers);
    return {invite, request: await client.received('INVITE')};
  };
  const established = async (): Promise<{invite: OutgoingInvite; request: RawMessage; to: string}> => {
    const {invite, request} = await start();
    client.answer(request, 200, 'OK', [contact(), 'Content-Type: application/sdp'], SDP);
    await told.next((what) => what.startsWith('answer'));
    const ack = await client.received('ACK');
    return {invite, request, to: ack.header('to') ?? ''};
  };
  /** A request of the client in the dialog that the server's INVITE made. */
  const inDialog = (
    method: string,
    request: RawMessage,
    to: string,
    parts: {headers?: string[]; body?: string; cseq?: number} = {},
  ) => {
    const target = /<([^>]+)>/.exec(request.header('contact') ?? '')?.[1] ?? '';
    const text = client
      .write(method, {uri: target, callId: request.header('call-id') ?? '', cseq: 7, ...parts})
      .replace(/^From: .*$/m, `From: ${to}`)
      .replace(/^To: .*$/m, `To: ${request.header('from')}`);
    client.send(text);
    return client.inbox.next((message) => message.status >= 200 && message.method === method);
  };

  it('goes to the registered Contact, with its headers, its names and its offer', async () => {
    const {invite, request} = await start();
    assert.equal(request.start, `INVITE ${client.contact} SIP/2.0`);
    assert.equal(request.header('ids'), '17.12');
    assert.match(request.header('from') ?? '', /^"Li  Lei\s+X: y" <sip:1002@localhost>;tag=/);
    assert.match(request.header('to') ?? '', /^<sip:1001@localhost>$/);
    assert.equal(request.header('x'), undefined);
    assert.equal(request.body, SDP);
    client.answer(request, 486, 'Busy Here');
    assert.equal(await told.next(), 'reject 486');
    assert.equal(invite.state, 'ended');
  });

  it('tells of ringing, of the answer, and of the end', async () => {
    const {invite, request} = await start();
    client.answer(request, 180, 'Ringing', [contact()]);
    assert.equal(await told.next(), 'progress 180');
    assert.equal(invite.state, 'ringing');
    client.answer(request, 200, 'OK', [contact(), 'Content-Type: application/sdp'], SDP);
    assert.equal(await told.next(), `answer ${SDP}`);
    assert.equal(invite.state, 'answered');
    const ack = await client.received('ACK');
    const response = await inDialog('BYE', request, ack.header('to') ?? '');
    assert.equal(response.status, 200);
    assert.equal(await told.next(), 'bye');
    assert.equal(invite.state, 'ended');
  });

  it('is cancelled by end(), which resolves when the client has answered that', async () => {
    const {invite, request} = await start();
    client.answer(request, 180, 'Ringing', [contact()]);
    await told.next();
    let over = false;
    const ending = invite.end().then(() => (over = true));
    client.answer(await client.received('CANCEL'), 200, 'OK');
    assert.equal(over, false);
    client.answer(request, 487, 'Request Terminated');
    await ending;
    assert.deepEqual(told.rest, []);
  });

  it('that is answered while it is being cancelled gets a BYE', async () => {
    const {invite, request} = await start();
    client.answer(request, 180, 'Ringing', [contact()]);
    await told.next();
    const ending = invite.end();
    await client.received('CANCEL');
    client.answer(request, 200, 'OK', [contact(), 'Content-Type: application/sdp'], SDP);
    await client.received('ACK');
    client.answer(await client.received('BYE'), 200, 'OK');
    await ending;
    assert.deepEqual(told.rest, []);
  });

  it('is ended by BYE once it was answered, and end() waits for the answer to that', async () => {
    const {invite} = await established();
    let over = false;
    const ending = invite.end().then(() => (over = true));
    const bye = await client.received('BYE');
    assert.equal(over, false);
    client.answer(bye, 200, 'OK');
    await ending;
    assert.equal(invite.end(), invite.end());
  });

  it('tells that the socket went, and leaves nothing waiting', async () => {
    const {invite} = await established();
    const [info, offer] = [invite.info('text/plain', 'x'), invite.reinvite(SDP)];
    await client.received('INVITE');
    await client.crash();
    assert.equal(await told.next(), 'gone');
    assert.equal(await info, 408);
    await assert.rejects(offer, {status: 408});
    await invite.end();
  });

  it('answers the re-INVITEs of the client', async () => {
    const {invite, request, to} = await established();
    const headers = [contact(), 'Content-Type: application/sdp'];
    const response = await inDialog('INVITE', request, to, {headers, body: SDP});
    assert.equal(response.status, 200);
    assert.equal(response.body, `re-${SDP}`);
    void invite.end();
  });

  it('refuses a re-INVITE without an offer with 488', async () => {
    const {invite, request, to} = await established();
    assert.equal((await inDialog('INVITE', request, to, {headers: [contact()]})).status, 488);
    void invite.end();
  });

  it('passes INFO on, and is not ended where the client refuses one', async () => {
    const {invite, request, to} = await established();
    const headers = ['Content-Type: application/dtmf-relay'];
    const response = await inDialog('INFO', request, to, {headers, body: 'Signal=5\r\nDuration=160'});
    assert.equal(response.status, 200);
    assert.equal(await told.next(), 'info application/dtmf-relay Signal=5\r\nDuration=160');
    const sent = invite.info('application/dtmf-relay', 'Signal=1');
    client.answer(await client.received('INFO'), 480, 'Temporarily Unavailable');
    assert.equal(await sent, 480);
    assert.equal(invite.state, 'answered');
    void invite.end();
  });

  it('waits for the answers to 50 INFOs at most', async () => {
    const {invite} = await established();
    const sent = Array.from({length: 51}, (_, number) => invite.info('text/plain', String(number)));
    assert.equal(await sent.at(-1), 503);
    client.answer(await client.received('INFO'), 200, 'OK');
    await sent[0];
    void invite.info('text/plain', 'again');
    for (let body = ''; body !== 'again';) ({body} = await client.received('INFO'));
    void invite.end();
  });

  it('waits for the answers to 50 NOTIFYs of REFERs at most', async () => {
    const {invite, request, to} = await established();
    const headers = ['Refer-To: <sip:1003@localhost>', contact()];
    for (let cseq = 1; cseq <= 60; cseq += 1)
      assert.equal((await inDialog('REFER', request, to, {headers, cseq})).status, 202);
    const notifies = client.inbox.rest.filter(({method, status}) => method === 'NOTIFY' && status === 0);
    assert.equal(notifies.length, 50);
    void invite.end();
  });

  it('answers REFER as its handler says', async () => {
    const {invite, request, to} = await established();
    const response = await inDialog('REFER', request, to, {
      headers: ['Refer-To: <sip:1003@localhost>', contact()],
    });
    assert.equal(response.status, 202);
    void invite.end();
  });

  it('sends offers one after the other, and again after a 491', async () => {
    const {invite} = await established();
    const [first, second] = [invite.reinvite(SDP), invite.reinvite(`${SDP}a=sendonly\r\n`)];
    client.answer(await client.received('INVITE'), 491, 'Request Pending');
    const again = await client.received('INVITE');
    assert.equal(again.body, SDP);
    client.answer(again, 200, 'OK', [contact(), 'Content-Type: application/sdp'], 'answer 1');
    assert.equal(await first, 'answer 1');
    const next = await client.received('INVITE');
    assert.equal(next.body, `${SDP}a=sendonly\r\n`);
    client.answer(next, 488, 'Not Acceptable Here');
    await assert.rejects(second, {status: 488});
    assert.equal(invite.state, 'answered');
    void invite.end();
  });
});

describe('an INVITE from a client', () => {
  const incoming = new Inbox<IncomingInvite>();
  const told = new Inbox<string>();
  before(() => {
    site.hub.onInvite = (_, invite) => {
      invite.handlers = {
        onCancel: () => told.push('cancel'),
        onBye: () => told.push('bye'),
        onGone: () => told.push('gone'),
      };
      incoming.push(invite);
    };
  });
  const callId = 'the-call';
  const send = (): string => {
    const text = client.write('INVITE', {
      to: 'sip:1002@localhost',
      callId,
      cseq: 3,
      headers: [contact(), 'X-Own: yes', 'Content-Type: application/sdp'],
      body: SDP,
    });
    client.send(text);
    return text;
  };
  const response = (status: number): Promise<RawMessage> =>
    client.inbox.next((message) => message.status === status && message.method === 'INVITE');
  const acknowledge = (sent: string, answer: RawMessage, method = 'ACK', cseq = 3): void => {
    const target = /<([^>]+)>/.exec(answer.header('contact') ?? '')?.[1] ?? '';
    client.send(
      client
        .write(method, {uri: target, callId, cseq})
        .replace(/^From: .*$/m, /^From: .*$/m.exec(sent)?.[0] ?? '')
        .replace(/^To: .*$/m, `To: ${answer.header('to')}`),
    );
  };

  it('is told with who asks, who is asked, and the offer', async () => {
    client = await RawSip.registered(site.url, '1001');
    send();
    await response(100);
    const invite = await incoming.next();
    assert.deepEqual([invite.from, invite.to, invite.offer], ['1001', '1002', SDP]);
    assert.equal(invite.header('X-Own'), 'yes');
    invite.ring();
    await response(180);
    invite.reject(603, 'Decline');
    assert.match((await response(603)).start, /603 Decline/);
  });

  it('is accepted with an answer, and ended by the client', async () => {
    client = await RawSip.registered(site.url, '1001');
    const sent = send();
    const invite = await incoming.next();
    invite.accept(SDP, ['ids: 4.1']);
    const answer = await response(200);
    assert.equal(answer.body, SDP);
    assert.equal(answer.header('ids'), '4.1');
    acknowledge(sent, answer);
    acknowledge(sent, answer, 'BYE', 4);
    assert.equal(await told.next(), 'bye');
    assert.equal(invite.state, 'ended');
  });

  it('is ended by the server with a BYE that waits for the ACK', async () => {
    client = await RawSip.registered(site.url, '1001');
    const sent = send();
    const invite = await incoming.next();
    invite.accept(SDP);
    const ending = invite.end();
    const answer = await response(200);
    assert.equal((await client.request('OPTIONS')).status, 200);
    assert.ok(!client.inbox.rest.some((message) => message.method === 'BYE'));
    acknowledge(sent, answer);
    client.answer(await client.received('BYE'), 200, 'OK');
    await ending;
  });

  it('is given up with CANCEL', async () => {
    client = await RawSip.registered(site.url, '1001');
    const sent = send();
    const invite = await incoming.next();
    invite.ring();
    client.send(
      sent.replaceAll(/INVITE/g, 'CANCEL').replace(/Content-Length: \d+[^]*$/, 'Content-Length: 0\r\n\r\n'),
    );
    assert.equal(await told.next(), 'cancel');
    await response(487);
    invite.accept(SDP);
    assert.equal(invite.state, 'ended');
  });

  it('tells that the socket went', async () => {
    client = await RawSip.registered(site.url, '1001');
    send();
    const invite = await incoming.next();
    await client.crash();
    assert.equal(await told.next(), 'gone');
    await invite.end();
    assert.equal(invite.state, 'ended');
  });

  it('without an offer is refused with 488', async () => {
    client = await RawSip.registered(site.url, '1001');
    const refused = await client.request('INVITE', {to: 'sip:1002@localhost', headers: [contact()]});
    assert.equal(refused.status, 488);
  });

  it('without a registration is challenged, and in the name of somebody else refused', async () => {
    client = await RawSip.open(site.url, '1001');
    const parts = {
      to: 'sip:1002@localhost',
      headers: [contact(), 'Content-Type: application/sdp'],
      body: SDP,
    };
    assert.equal((await client.request('INVITE', parts)).status, 401);
    assert.equal((await client.register()).status, 200);
    assert.equal((await client.request('INVITE', {...parts, from: 'sip:1003@localhost'})).status, 403);
    assert.deepEqual(incoming.rest, []);
  });
});

describe('a WebSocket', () => {
  it('that does not answer pings any more is ended, with its bindings', async () => {
    const strict = await openHub({pingInterval: 100});
    client = await RawSip.registered(strict.url, '1001');
    const gone = new Promise<string>((resolve) => strict.hub.onBindingGone((_, why) => resolve(why)));
    client.freeze();
    assert.equal(await gone, 'closed');
    assert.equal(strict.hub.connections.size, 0);
    client.thaw();
    await strict.close();
  });
});
