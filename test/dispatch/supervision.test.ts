import {expect} from '@open-wc/testing';
import type {SipCall} from '../../src/core/call/call.js';
import type {SipConference} from '../../src/core/conference/conference.js';
import {API_HEADER, CALL_STATE} from '../../src/dispatch/protocol.js';
import {watchDevices, type Devices} from '../support/in-page/devices.js';
import {becomes, reaches, until} from '../support/in-page/facts.js';
import {rejects} from '../support/in-page/rejections.js';
import {WireClient, WireDispatch} from '../support/wire/wire-dispatch.js';

/** The next call that comes in. */
async function arrival(client: WireClient): Promise<SipCall> {
  return new Promise((resolve) =>
    client.addEventListener('sip-call-received', ({detail}) => resolve(detail.call), {once: true}),
  );
}

describe('DispatchService: what is watched and supervised', () => {
  let server: WireDispatch;
  let client: WireClient;
  let devices: Devices;

  const operates = (cid = 'c7'): void => {
    server.reactions[API_HEADER.callOperation] = (request) => server.reply(request, 0, {cid});
  };
  const forced = (): boolean => server.requests.some(({header}) => header === API_HEADER.forceEnd);

  async function begin(options: object = {}): Promise<void> {
    client = new WireClient(server.wire, {user: '1001', historyStorage: 'memory', ...options});
    await client.connect();
    await client.register();
  }

  beforeEach(async () => {
    devices = watchDevices();
    server = new WireDispatch();
    await server.leg('1002');
  });

  afterEach(async () => {
    await client.disconnect();
    await server.close();
    devices.restore();
    expect(devices.opened.filter(({readyState}) => readyState === 'live')).to.have.length(0);
  });

  it('watches without a device, whatever the server would take, and holds nobody for it', async () => {
    await begin();
    server.reactions[API_HEADER.createVideoBug] = (request) =>
      server.send(
        JSON.stringify({
          header: 'session.creatvideobug.CB',
          code: 0,
          body: [{msgid: request.msgid, cid: 'c14'}],
        }),
      );
    const call = await client.monitor('1002', {codec: '*7*102'});
    expect(server.requests.at(-1)!.body).to.include({called: '1002', codec: '*7*102'});
    const leg = await server.invite('c14.14', {video: true});
    await reaches(leg, 'confirmed');
    server.event('c14', CALL_STATE.connected, {type: '14'});
    await becomes(call, ({phase}) => phase === 'answered');
    await becomes(call, ({media}) => media.video === 'recvonly' && media.audio === 'recvonly');
    // What the leg sends by itself is not of this client.
    expect(call.localStream?.getTracks() ?? []).to.have.length(0);
    expect(client.state.current).to.equal(undefined);
    await call.hangup();
    expect(client.history.entries).to.have.length(0);
  });

  it('asks for a camera again while the end of the last look at it is still to be told', async () => {
    await begin();
    server.reactions[API_HEADER.createVideoBug] = (request) => server.reply(request, 0, {cid: 'c1'});
    const first = await client.monitor('1002');
    const leg = await server.invite('c1.14', {video: true});
    await reaches(leg, 'confirmed');
    await first.hangup();
    server.reactions[API_HEADER.createVideoBug] = (request) => {
      server.event('c1', CALL_STATE.release, {type: '14'});
      server.reply(request, 0, {cid: 'c2'});
    };
    const second = await client.monitor('1002');
    expect(second.id).to.equal('c2');
    const other = await server.invite('c2.14', {video: true});
    await reaches(other, 'confirmed');
    await second.hangup();
  });

  it('says that there is no camera where the server knows it, and where it turns out', async () => {
    await begin();
    server.reactions[API_HEADER.createVideoBug] = (request) => server.reply(request, 1500);
    expect(await rejects(client.monitor('1002'), 'no-video')).to.include({apiCode: 1500});
    server.reactions[API_HEADER.createVideoBug] = (request) =>
      server.reply(request, 0, {cid: 'c14', msgid: request.msgid});
    const call = await client.monitor('1002');
    server.event('c14', CALL_STATE.mediaTimeout, {type: '14'});
    await becomes(call, ({phase}) => phase === 'released');
    expect(call.state.cause).to.deep.equal({by: 'remote', code: 'no-video'});
  });

  it('asks before its camera is seen, and sends the picture alone', async () => {
    await begin();
    const received = arrival(client);
    const leg = await server.invite('c14.14', {video: true});
    const call = await received;
    expect(call).to.include({type: 'monitor', direction: 'incoming', watched: true});
    expect(call.state.quiet).to.equal(false);
    expect(client.state.watchers).to.deep.equal([]);
    await call.answer();
    await reaches(leg, 'confirmed');
    expect(call.localStream!.getTracks().map(({kind}) => kind)).to.deep.equal(['video']);
    await becomes(call, ({media}) => media.audio === 'inactive');
    expect(client.state.watchers).to.deep.equal([call]);
    await call.hangup();
    expect(client.state.watchers).to.deep.equal([]);
  });

  it('shows its camera by itself where that is allowed, without a ring, and says who watches', async () => {
    await begin({allowMonitoring: true, doNotDisturb: true});
    const leg = await server.invite('c14.14', {video: true});
    await reaches(leg, 'confirmed');
    await becomes(client, ({watchers}) => watchers.length === 1);
    const [call] = client.state.watchers;
    expect(call!.remote.number).to.equal('1002');
    expect(call!.state.quiet).to.equal(true);
    expect(client.ringer.state.tones).to.deep.equal([]);
    expect(call!.localStream!.getTracks().map(({kind}) => kind)).to.deep.equal(['video']);
  });

  it('asks again whom it has stopped showing its camera, until he is let in', async () => {
    await begin({allowMonitoring: true});
    const stop = async (cid: string): Promise<void> => {
      await becomes(client, ({watchers}) => watchers[0]?.id === cid);
      await client.state.watchers[0]!.hangup();
    };
    await server.invite('c1.14', {video: true});
    await stop('c1');
    const received = arrival(client);
    await server.invite('c2.14', {video: true});
    const call = await received;
    expect(call.state).to.include({phase: 'ringing', quiet: false});
    await call.answer();
    await becomes(client, ({watchers}) => watchers[0] === call);
    await server.invite('c3.14', {video: true});
    await becomes(client, ({watchers}) => watchers.length === 2);
  });

  it('leaves a look at its camera to a page that takes it', async () => {
    await begin({allowMonitoring: true});
    client.addEventListener('sip-call-received', (event) => event.preventDefault());
    const received = arrival(client);
    await server.invite('c14.14', {video: true});
    const call = await received;
    expect(call.state).to.include({phase: 'ringing', quiet: true});
    await call.decline();
    expect(client.state.watchers).to.deep.equal([]);
  });

  for (const [type, command, opened] of [
    [6, 'bargeIn', ['audio']],
    [8, 'listenIn', []],
  ] as const)
    it(`brings the INVITE of ${command} together with its request, each time, and ends nobody else's call`, async () => {
      await begin();
      operates();
      const asked = async (): Promise<void> => {
        const before = devices.opened.length;
        const call = await client[command]('1002', 'c7');
        expect(devices.opened.slice(before).map(({kind}) => kind)).to.deep.equal(opened);
        expect(call).to.include({id: 'c7', typeNumber: type, direction: 'outgoing'});
        const leg = await server.invite(`c7.${type}`, {video: true});
        await reaches(leg, 'confirmed');
        server.event('c7', CALL_STATE.connected, {type: String(type)});
        await becomes(call, ({phase}) => phase === 'answered');
        expect(call.localStream?.getTracks().map(({kind}) => kind) ?? []).to.deep.equal(opened);
        await call.hangup();
        await reaches(leg, 'terminated');
      };
      await asked();
      await asked();
      expect(forced()).to.equal(false);
    });

  it('barges in after listening, although the end of listening is reported late', async () => {
    await begin();
    operates();
    /** Listens, hangs up, and barges in with the same id. */
    const turns = async (sid: string, report: (asked: Promise<SipCall>) => Promise<void>): Promise<void> => {
      const listening = await client.listenIn('1002', sid);
      const leg = await server.invite('c7.8', {video: true});
      await reaches(leg, 'confirmed');
      server.event('c7', CALL_STATE.connected, {type: '8'});
      await becomes(listening, ({phase}) => phase === 'answered');
      await listening.hangup();
      const asked = client.bargeIn('1002', sid);
      await report(asked);
      const call = await asked;
      const other = await server.invite('c7.6', {video: true});
      await reaches(other, 'confirmed');
      server.event('c7', CALL_STATE.connected, {type: '6'});
      await becomes(call, ({phase}) => phase === 'answered');
      server.event('c7', CALL_STATE.release, {type: '6'});
      await becomes(call, ({phase}) => phase === 'released');
    };
    const end = (): void => server.event('c7', CALL_STATE.release, {type: '8'});
    // The server cannot let it in again before it has noted that it has left: the request waits for that.
    await turns('c7', async () => {
      const before = server.requests.length;
      await until(() => devices.opened.length > 0);
      await new Promise((resolve) => setTimeout(resolve));
      expect(server.requests).to.have.length(before);
      end();
    });
    // Without the id, the client learns from the reply which session it is.
    await turns('', async (asked) => {
      await asked;
      end();
    });
    expect(forced()).to.equal(false);
  });

  it('does not end the call of others where it is given up before the INVITE', async () => {
    await begin();
    operates();
    const call = await client.listenIn('1002');
    await call.hangup();
    expect(call.state.phase).to.equal('released');
    const leg = await server.invite('c7.8', {video: true});
    await reaches(leg, 'terminated');
    expect(client.state.calls).to.have.length(0);
    expect(forced()).to.equal(false);
  });

  it('takes an INVITE that comes before the reply', async () => {
    await begin();
    let reply = (): void => {};
    server.reactions[API_HEADER.callOperation] = (request) => {
      reply = () => server.reply(request, 0, {cid: 'c7'});
    };
    const asked = client.bargeIn('1002');
    await server.asked(API_HEADER.callOperation);
    const leg = await server.invite('c7.6');
    reply();
    const call = await asked;
    await reaches(leg, 'confirmed');
    expect(client.state.calls).to.deep.equal([call]);
    await call.hangup();
  });

  it('removes, and rejects with what the server refuses it for', async () => {
    await begin();
    await client.removeCall('1002', 'c7');
    await client.removeOther('1002');
    expect(server.requests.slice(-2).map(({body}) => body)).to.deep.equal([
      {CallOpType: 3, caller: '1001', called: '1002', cid: 'c7', receiver: '1001'},
      {CallOpType: 4, caller: '1001', called: '1002', cid: '', receiver: '1001'},
    ]);
    for (const [apiCode, code] of [
      [1103, 'call-not-found'],
      [1118, 'call-not-found'],
      [1119, 'not-allowed'],
      [1120, 'invalid-state'],
      [1124, 'member-not-found'],
    ] as const) {
      server.reactions[API_HEADER.callOperation] = (request) => server.reply(request, apiCode, {cid: 'c7'});
      expect(await rejects(client.bargeIn('1002'), code)).to.include({apiCode});
      expect(await rejects(client.removeCall('1002'), code)).to.include({apiCode});
    }
    expect(forced()).to.equal(false);
    expect(devices.opened.every(({readyState}) => readyState === 'ended')).to.equal(true);
  });

  it('shows a member of a conference to itself and to others', async () => {
    await begin();
    server.reactions[API_HEADER.createCall] = (request) => server.reply(request, 0, {cid: 'c5'});
    server.reactions[API_HEADER.transferVideo] = (request) =>
      server.reply(request, 0, {cid: 'c17', msgid: request.msgid});
    const conference: SipConference = await client.createConference({members: '1002'});
    const call = (await conference.watchMember('1002'))!;
    expect(call).to.include({id: 'c17', type: 'member-video'});
    expect(await conference.watchMember('1002', {to: '1003', number: '77', name: 'x'})).to.equal(undefined);
    expect(server.requests.at(-1)!.body).to.deep.equal({
      srccid: 'c5',
      srcnumber: '1002',
      sessnum: '77',
      sessname: 'x',
      calleds: '1003',
    });
    const leg = await server.invite('c17.17', {video: true});
    await reaches(leg, 'confirmed');
    await becomes(call, ({media}) => media.video === 'recvonly');
    expect(call.localStream?.getTracks() ?? []).to.have.length(0);
    server.reactions[API_HEADER.transferVideo] = (request) => server.reply(request, 1123);
    expect(await rejects(conference.watchMember('1002'), 'no-picture')).to.include({apiCode: 1123});
    await conference.hangup();
  });

  it('shows the other side of a call of two to others, until the call is over', async () => {
    await begin();
    server.reactions[API_HEADER.createCall] = (request) => server.reply(request, 0, {cid: 'c1'});
    server.reactions[API_HEADER.transferVideo] = (request) =>
      server.reply(request, 0, {cid: 'c17', msgid: request.msgid});
    const call = await client.call('1002', {media: 'video'});
    expect(await call.watchMember('1002', {to: '1003', number: '77', name: 'x'})).to.equal(undefined);
    expect(server.requests.at(-1)!.body).to.deep.equal({
      srccid: 'c1',
      srcnumber: '1002',
      sessnum: '77',
      sessname: 'x',
      calleds: '1003',
    });
    await call.hangup();
    await rejects(call.watchMember('1002', {to: '1003'}), 'invalid-state');
  });

  it('lets urgent calls through, whoever is busy or does not want to be disturbed', async () => {
    await begin({doNotDisturb: true, maxCalls: 1});
    server.reactions[API_HEADER.createCall] = (request) =>
      server.reply(request, 0, {cid: `own${String((request.body as {ctype: number}).ctype)}`});
    await client.call('1002', {type: 'urgent'});
    await client.call('1002', {type: 'sos'});
    expect(client.state.calls.map(({type}) => type)).to.deep.equal(['urgent', 'sos']);
    const received = arrival(client);
    await server.invite('c16.16');
    const call = await received;
    expect(call).to.include({type: 'sos', typeNumber: 16});
    await rejects(client.call('1002'), 'too-many-calls');
  });
});
