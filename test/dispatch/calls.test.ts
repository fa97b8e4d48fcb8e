import {expect} from '@open-wc/testing';
import type {SipCall} from '../../src/core/call/call.js';
import type {SipError} from '../../src/errors.js';
import {API_EVENT, API_HEADER, CALL_STATE} from '../../src/dispatch/protocol.js';
import {watchDevices, type Devices} from '../support/in-page/devices.js';
import {becomes, hears, reaches, until} from '../support/in-page/facts.js';
import {WireClient, WireDispatch} from '../support/wire/wire-dispatch.js';

/** Resolves with the client's next incoming call. */
async function received(client: WireClient): Promise<SipCall> {
  return new Promise((resolve) =>
    client.addEventListener('sip-call-received', ({detail}) => resolve(detail.call), {once: true}),
  );
}

describe('DispatchService: calls', () => {
  let server: WireDispatch;
  let client: WireClient;
  let devices: Devices;

  beforeEach(async () => {
    devices = watchDevices();
    server = new WireDispatch();
    client = new WireClient(server.wire, {user: '1001'});
    await client.connect();
    await client.register();
    await server.leg('1002');
  });

  afterEach(async () => {
    await client.disconnect();
    await server.close();
    devices.restore();
    expect(client.state.calls).to.have.length(0);
    expect(devices.opened.filter(({readyState}) => readyState === 'live')).to.have.length(0);
  });

  const phase = (call: SipCall, wanted: string) => becomes(call, (state) => state.phase === wanted);

  it('asks for the call as the protocol says', async () => {
    server.reactions[API_HEADER.createCall] = (request) => server.reply(request, 0, {cid: 'c1'});
    const call = await client.call('1002', {media: 'video'});
    const request = await server.asked(API_HEADER.createCall);
    expect(request.body).to.deep.equal({caller: '1001', ctype: 12, members: '1002', isVideo: 2});
    expect(request.msgid).to.match(/^[0-9a-f-]{36}$/);
    expect(call).to.include({id: 'c1', type: 'single', typeNumber: 12, direction: 'outgoing'});
    expect(call.state.phase).to.equal('init');
    // Recognized by both ids: the request's, and the dialog's once there is one.
    expect(call).to.include({msgid: request.msgid, callId: ''});
    const leg = await server.invite('c1.12');
    await reaches(leg, 'confirmed');
    expect(call.callId).to.equal(leg.id);
    await call.hangup();
  });

  it('asks the page for credentials before it, and rejects where there are none', async () => {
    let asked = 0;
    const given = new WireClient(server.wire, {
      user: '1002',
      credentials: async () => {
        if (++asked > 2) throw new Error('The session is over.');
        return {password: '1234'};
      },
    });
    await given.connect();
    await given.register();
    expect(asked).to.equal(1);
    server.reactions[API_HEADER.createCall] = (request) => server.reply(request, 0, {cid: 'c1'}, '1002');
    const call = await given.call('1001');
    expect(asked).to.equal(2);
    await call.hangup();
    const refused = await given.call('1001').catch((error: unknown) => error as SipError);
    expect(refused).to.include({name: 'SipError', code: 'credentials-failed'});
    expect(server.requests.filter(({header}) => header === API_HEADER.createCall)).to.have.length(1);
    await given.disconnect();
  });

  it('answers the INVITE after the reply, and is answered by the event', async () => {
    server.reactions[API_HEADER.createCall] = (request) => server.reply(request, 0, {cid: 'c1'});
    const call = await client.call('1002');
    const leg = await server.invite('c1.12');
    await reaches(leg, 'confirmed');
    server.event('c1', CALL_STATE.ringing);
    await phase(call, 'ringing');
    expect(call.remote).to.deep.equal({number: '1002', name: 'Bob'});
    server.event('c1', CALL_STATE.connected);
    await phase(call, 'answered');
    expect(call.remoteStream?.getAudioTracks()).to.have.length(1);
    await hears(leg);
    await call.hangup();
    const {cause} = await reaches(leg, 'terminated');
    expect(cause).to.deep.equal({by: 'remote', code: 'normal'});
    expect(call.state.cause).to.deep.equal({by: 'local', code: 'normal'});
  });

  it('answers the INVITE that came before the reply, without ringing', async () => {
    const rung: SipCall[] = [];
    client.addEventListener('sip-call-received', ({detail}) => rung.push(detail.call));
    server.reactions[API_HEADER.createCall] = async (request) => {
      const leg = await server.invite('c1.12');
      await reaches(leg, 'early');
      server.reply(request, '0', {cid: 'c1'});
      await reaches(leg, 'confirmed');
      server.event('c1', CALL_STATE.connected);
    };
    const call = await client.call('1002');
    await phase(call, 'answered');
    expect(rung).to.have.length(0);
  });

  it('lets the dialog count where no event comes', async () => {
    server.reactions[API_HEADER.createCall] = (request) => server.reply(request, 0, {cid: 'c1'});
    const call = await client.call('1002');
    await reaches(await server.invite('c1.12'), 'confirmed');
    await phase(call, 'answered');
  });

  it('takes an event that overtakes the INVITE and the reply', async () => {
    server.reactions[API_HEADER.createCall] = (request) => {
      server.event('c1', CALL_STATE.connected, {direction: undefined});
      server.reply(request, 0, {cid: 'c1'});
    };
    const call = await client.call('1002');
    expect(call.state.phase).to.equal('init');
    await reaches(await server.invite('c1.12'), 'confirmed');
    await phase(call, 'answered');
    expect(call.remote.name).to.equal('Bob');
  });

  it('follows a file that the server plays, and measures the time of one that it does not report', async () => {
    server.reactions[API_HEADER.createCall] = (request) => server.reply(request, 0, {cid: 'c1'});
    const call = await client.call('1002');
    await reaches(await server.invite('c1.12'), 'confirmed');
    server.event('c1', CALL_STATE.connected);
    await phase(call, 'answered');
    const tell = (state: number, more: object): void => {
      const body = [{cid: 'c1', number: 'f1', name: 'f1', state: String(state), FileID: 'f1', ...more}];
      server.send(JSON.stringify({header: API_EVENT.memberChange, body}));
    };
    const reported = await call.play({id: 'f1', duration: 9});
    expect(reported.pausable).to.equal(false);
    tell(CALL_STATE.connected, {cid: 'c2', position: '2.0', duration: '3.0'});
    tell(CALL_STATE.connected, {position: '1.5', duration: '3.0'});
    await becomes(reported, ({position, duration}) => position === 1.5 && duration === 3);
    tell(CALL_STATE.release, {position: '3.0', duration: '3.0'});
    expect(await reported.finished).to.equal('completed');
    expect(call.state.announcing).to.equal(false);

    const measured = await call.play({id: 'f2', duration: 0.2});
    await becomes(measured, ({position, duration}) => position === 0.2 && duration === 0.2);
    expect(await measured.finished).to.equal('completed');

    const unknown = await call.play({id: 'f3'});
    await becomes(unknown, ({position, duration}) => position! > 0 && duration === undefined);
    await unknown.stop();
    expect(server.requests.filter(({header}) => header === API_HEADER.playFileStop)).to.have.lengthOf(1);
    await call.hangup();
  });

  it('claims the call that already rings when the reply is late', async () => {
    const ringing = received(client);
    let reply = (): void => {};
    server.reactions[API_HEADER.createCall] = (request) => {
      reply = () => server.reply(request, 0, {cid: 'c1'});
    };
    const calling = client.call('1002');
    await server.asked(API_HEADER.createCall);
    const leg = await server.invite('c1.12');
    const call = await ringing;
    expect(call).to.include({direction: 'incoming', msgid: '', callId: leg.id});
    const created = new Promise((resolve) => client.addEventListener('sip-call-created', resolve));
    reply();
    expect(await calling).to.equal(call);
    await created;
    const {msgid} = await server.asked(API_HEADER.createCall);
    expect(call).to.include({direction: 'outgoing', msgid});
    await reaches(leg, 'confirmed');
    expect(call.state.phase).to.equal('ringing');
    server.event('c1', CALL_STATE.connected);
    await phase(call, 'answered');
  });

  it('rings at once for an unknown session while nothing is asked for', async () => {
    const ringing = received(client);
    const leg = await server.invite('c9.12', {video: true});
    const call = await ringing;
    expect(call).to.include({id: 'c9', direction: 'incoming', media: 'video', typeNumber: 12});
    expect(call.remote.number).to.equal('1002');
    await call.answer({media: 'video'});
    await Promise.all([reaches(leg, 'confirmed'), phase(call, 'answered')]);
    server.event('c9', CALL_STATE.release, {direction: '2'});
    await phase(call, 'released');
    await reaches(leg, 'terminated');
  });

  it('rings for an INVITE without ids even while a call is asked for', async () => {
    server.reactions[API_HEADER.createCall] = () => {};
    const calling = client.call('1002').catch((error: unknown) => (error as SipError).code);
    await server.asked(API_HEADER.createCall);
    const ringing = received(client);
    await server.invite(undefined, {from: '1003'});
    const call = await ringing;
    expect(call.id).to.match(/^[0-9a-f-]{36}$/);
    expect(call.type).to.equal('single');
    await calling;
    expect(call.state.phase).to.equal('ringing');
    await call.decline();
  });

  it('lets another call ring as soon as the reply names its own', async () => {
    let reply = (): void => {};
    server.reactions[API_HEADER.createCall] = (request) => {
      reply = () => server.reply(request, 0, {cid: 'c1'});
    };
    const calling = client.call('1002');
    await server.asked(API_HEADER.createCall);
    const ringing = received(client);
    await reaches(await server.invite('c2.12', {from: '1003'}), 'early');
    reply();
    expect((await calling).id).to.equal('c1');
    expect((await ringing).id).to.equal('c2');
  });

  it('refuses the INVITE of a call that was hung up before it came', async () => {
    server.reactions[API_HEADER.createCall] = (request) => server.reply(request, 0, {cid: 'c1'});
    const call = await client.call('1002');
    await call.hangup();
    expect(call.state).to.deep.include({phase: 'released', cause: {by: 'local', code: 'normal'}});
    expect((await server.asked(API_HEADER.forceEnd)).body).to.deep.equal({cid: 'c1'});
    const leg = await server.invite('c1.12');
    const {cause} = await reaches(leg, 'terminated');
    expect(cause?.status).to.equal(480);
  });

  it('ends the session of a call that was given up before it had a name', async () => {
    const ending = new AbortController();
    let reply = (): void => {};
    server.reactions[API_HEADER.createCall] = (request) => {
      reply = () => server.reply(request, 0, {cid: 'c1'});
    };
    const calling = client
      .call('1002', {signal: ending.signal})
      .catch((error: unknown) => (error as SipError).code);
    await server.asked(API_HEADER.createCall);
    ending.abort();
    expect(await calling).to.equal('aborted');
    const leg = await server.invite('c1.12');
    reply();
    expect((await server.asked(API_HEADER.forceEnd)).body).to.deep.equal({cid: 'c1'});
    await reaches(leg, 'terminated');
  });

  it('takes an event for the name of the call where the reply is missing', async () => {
    server.reactions[API_HEADER.createCall] = () => server.event('c1', CALL_STATE.ringing);
    const call = await client.call('1002');
    expect(call.id).to.equal('c1');
    await reaches(await server.invite('c1.12'), 'confirmed');
    server.event('c1', CALL_STATE.connected);
    await phase(call, 'answered');
  });

  it('waits for the reason of an end that comes before its event', async () => {
    server.reactions[API_HEADER.createCall] = (request) => server.reply(request, 0, {cid: 'c1'});
    const call = await client.call('1002');
    const leg = await server.invite('c1.12');
    await reaches(leg, 'confirmed');
    server.event('c1', CALL_STATE.callingOut);
    await phase(call, 'ringing');
    await leg.hangup();
    await until(() => call.remoteStream === undefined);
    server.event('c1', CALL_STATE.busy);
    const {cause} = await phase(call, 'released');
    expect(cause?.code).to.equal('busy');
  });

  it('rings again for a member who was removed and is invited anew', async () => {
    const ringing = received(client);
    await server.invite('c5.5');
    const first = await ringing;
    await first.answer();
    server.event('c5', CALL_STATE.kickedOut, {type: '5', direction: '2'});
    const {cause} = await phase(first, 'released');
    expect(cause?.code).to.equal('kicked-out');
    server.event('c5', CALL_STATE.release, {type: '5', direction: '2'});
    const again = received(client);
    await server.invite('c5.5');
    const second = await again;
    expect(second.id).to.equal('c5');
    expect(second.state.phase).to.equal('ringing');
    await second.decline();
  });

  it('gives messages to the page, and what the API says to nobody as text', async () => {
    const texts: string[] = [];
    const headers: string[] = [];
    client.addEventListener('sip-message-received', ({detail}) => texts.push(detail.message.text));
    client.addEventListener('sip-api-received', ({detail}) => headers.push(detail.message.header));
    server.send('{"header":"GIS.Position.Change","body":[{}]}');
    const {agent} = await server.leg('1002');
    await agent.message('1001', 'Hello <b>', 'text/plain');
    await until(() => texts.length > 0);
    expect(texts).to.deep.equal(['Hello <b>']);
    expect(headers).to.deep.equal(['GIS.Position.Change']);
  });

  it('takes nothing for the API that the other party of a call sends within it', async () => {
    const {wire} = server;
    const sent: string[] = [];
    const receive = wire.receive.bind(wire);
    wire.receive = (text, from) => {
      sent.push(text);
      receive(text, from);
    };
    const texts: string[] = [];
    const headers: string[] = [];
    client.addEventListener('sip-message-received', ({detail}) => texts.push(detail.message.text));
    client.addEventListener('sip-api-received', ({detail}) => headers.push(detail.message.header));
    const ringing = received(client);
    await server.invite('c1.12');
    const call = await ringing;
    await call.answer();
    const taken = sent.find((text) => /^SIP\/2\.0 200 [^]*^CSeq: \d+ INVITE/im.test(text))!;
    const line = (name: string): string => new RegExp(`^${name}: *(.*)$`, 'im').exec(taken)![1]!.trim();
    const body = '{"header":"GIS.Position.Change","body":[{}]}';
    wire.tell(
      '1001',
      [
        'MESSAGE sip:1001@wire.test SIP/2.0',
        'Via: SIP/2.0/WS wire.test;branch=z9hG4bKforged',
        'Max-Forwards: 70',
        `From: ${line('From')}`,
        `To: ${line('To')}`,
        `Call-ID: ${line('Call-ID')}`,
        'CSeq: 4711 MESSAGE',
        'Content-Type: application/resjsonapi',
        `Content-Length: ${body.length}`,
        '',
        body,
      ].join('\r\n'),
    );
    await until(() => texts.length + headers.length > 0);
    expect(headers).to.deep.equal([]);
    expect(texts).to.deep.equal([body]);
    await call.hangup();
  });

  it('believes the server alone, and no user who speaks like it', async () => {
    const told: string[] = [];
    client.addEventListener('sip-api-received', ({detail}) => told.push(detail.message.header));
    client.addEventListener('sip-message-received', ({detail}) => told.push(detail.message.text));
    const ringing = received(client);
    await server.invite('c1.12');
    const call = await ringing;
    await call.answer();
    server.event('c1', 10, {}, '1001', '1003');
    server.send('{"header":"GIS.Position.Change","body":[{}]}');
    await until(() => told.length > 0);
    expect(told).to.deep.equal(['GIS.Position.Change']);
    expect(call.state.phase).to.equal('answered');
    server.event('c1', 10);
    await becomes(call, ({phase}) => phase === 'released');
  });

  it('writes no header that somebody chose as a name', async () => {
    const {wire} = server;
    const sent: string[] = [];
    const receive = wire.receive.bind(wire);
    wire.receive = (text, from) => {
      sent.push(text);
      receive(text, from);
    };
    const displayName = '王 "Bob" \\<sip:1@x>\r\nX-Forged: 1\r\n\r\n';
    const named = new WireClient(wire, {user: '1002', displayName});
    await named.connect();
    await named.register();
    await named.disconnect();
    expect(sent.join('\n')).to.include('From: "王  Bob   <sip:1@x> X-Forged: 1" <sip:1002@wire.test>');
    expect(sent.join('\n')).not.to.match(/^X-Forged/m);
  });

  it('sends messages', async () => {
    const other = await server.leg('1002');
    await client.sendMessage('1002', 'Grüße, 你好');
    await other.knows(() => other.messages.length > 0);
    // The other side accepts CPIM (RFC 3862): the text is in it, with what its receipts need.
    expect(other.messages[0]).to.include({from: '1001', contentType: 'message/cpim'});
    expect(other.messages[0]!.body).to.match(/\r\n\r\nGrüße, 你好$/);
  });

  it('gives the reply to the page that asked, whatever its code', async () => {
    server.reactions['data.get.allgroup'] = (request) => server.reply(request, '1119', {groupnum: 7});
    const reply = await client.sendApi('{"header":"data.get.allgroup","body":{"type":-1},"extra":1}');
    expect(reply).to.deep.include({header: 'data.get.allgroup.CB', code: 1119});
    expect(reply.body).to.deep.equal([{groupnum: 7}]);
    expect(await server.asked('data.get.allgroup')).to.deep.include({body: {type: -1}, extra: 1});
  });
});
