import {expect} from '@open-wc/testing';
import {watchDevices, type Devices} from '../../support/in-page/devices.js';
import {Inviter, UserAgent} from 'sip.js';
import {Timers} from 'sip.js/lib/core/index.js';
import {becomes, hears, reaches, sees, until} from '../../support/in-page/facts.js';
import {rejects} from '../../support/in-page/rejections.js';
import {plainUser, WireUser} from '../../support/wire/wire-users.js';
import {Wire} from '../../support/wire/wire.js';

describe('SipUserAgent: calls', () => {
  let wire: Wire;
  let alice: WireUser;
  let bob: WireUser;
  let devices: Devices;

  beforeEach(async () => {
    devices = watchDevices();
    wire = new Wire({alice: '', bob: '', carol: ''});
    [alice, bob] = await Promise.all([
      new WireUser(wire, {user: 'alice', displayName: 'Alice'}).begin(),
      new WireUser(wire, {user: 'bob'}).begin(),
    ]);
  });

  afterEach(async () => {
    await Promise.all([alice.agent.disconnect(), bob.agent.disconnect()]);
    devices.restore();
    expect(devices.opened.map(({readyState}) => readyState)).not.to.include('live');
  });

  it('carries sound both ways', async () => {
    const call = alice.agent.invite('bob', {audio: true, video: false});
    const ringing = await bob.rings();
    expect(ringing.remote).to.deep.equal({number: 'alice', name: 'Alice'});
    expect(ringing.offered).to.deep.equal({audio: true, video: false});
    await reaches(call, 'early');
    await ringing.accept({audio: true, video: false});
    await Promise.all([reaches(call, 'confirmed'), reaches(ringing, 'confirmed')]);
    expect(call.state.media).to.deep.equal({audio: 'sendrecv', video: 'inactive'});
    await Promise.all([hears(call), hears(ringing)]);
  });

  it('carries pictures both ways', async () => {
    const call = alice.agent.invite('bob', {audio: true, video: true});
    const ringing = await bob.rings();
    await ringing.accept({audio: true, video: true});
    await reaches(call, 'confirmed');
    await Promise.all([sees(call), sees(ringing), hears(call), hears(ringing)]);
    expect(call.remoteStream?.getTracks().map(({kind}) => kind)).to.have.members(['audio', 'video']);
    expect([...call.remoteTracks.keys()]).to.have.length(2);
  });

  it('uses what was prepared', async () => {
    const prepared = await alice.agent.prepare({audio: true, video: true});
    const opened = devices.opened.length;
    const call = alice.agent.invite('bob', {audio: true, video: true, prepared});
    const ringing = await bob.rings();
    expect(devices.opened).to.have.length(opened);
    ringing.prepare({audio: true, video: true});
    await ringing.accept({audio: true, video: true});
    await Promise.all([sees(call), sees(ringing)]);
    expect(devices.opened).to.have.length(opened + 2);
  });

  it('closes what was prepared and not used', async () => {
    const prepared = await alice.agent.prepare({audio: true, video: true});
    prepared.release();
    prepared.release();
    expect(devices.opened.map(({readyState}) => readyState)).to.deep.equal(['ended', 'ended']);
  });

  it('opens no camera for a picture that is not wanted', async () => {
    const call = alice.agent.invite('bob', {audio: true, video: true});
    const ringing = await bob.rings();
    const opened = devices.opened.length;
    await ringing.accept({audio: true, video: false});
    await reaches(call, 'confirmed');
    expect(devices.opened.slice(opened).map(({kind}) => kind)).to.deep.equal(['audio']);
    expect(ringing.state.media).to.deep.equal({audio: 'sendrecv', video: 'inactive'});
    await hears(call);
  });

  for (const side of ['caller', 'callee'] as const) {
    it(`ends when the ${side} hangs up`, async () => {
      const call = alice.agent.invite('bob', {audio: true, video: false});
      const ringing = await bob.rings();
      await ringing.accept({audio: true, video: false});
      await reaches(call, 'confirmed');
      const [local, remote] = side === 'caller' ? [call, ringing] : [ringing, call];
      const tracks = [...call.remoteStream!.getTracks(), ...ringing.remoteStream!.getTracks()];
      await local.hangup();
      await local.hangup();
      await reaches(remote, 'terminated');
      expect(local.state.cause).to.deep.equal({by: 'local', code: 'normal'});
      expect(remote.state.cause).to.deep.equal({by: 'remote', code: 'normal'});
      expect(tracks.map(({readyState}) => readyState)).not.to.include('live');
      expect(devices.opened.map(({readyState}) => readyState)).not.to.include('live');
      expect(await local.statistics()).to.equal(undefined);
      expect(local.localStream).to.equal(undefined);
      expect(local.remoteStream).to.equal(undefined);
    });
  }

  it('stops ringing when the caller gives up', async () => {
    const call = alice.agent.invite('bob', {audio: true, video: false});
    const ringing = await bob.rings();
    await reaches(call, 'early');
    await call.hangup();
    await reaches(ringing, 'terminated');
    expect(ringing.state.cause).to.deep.equal({by: 'remote', code: 'cancelled'});
    expect(call.state.cause).to.deep.equal({by: 'local', code: 'normal'});
    await rejects(ringing.accept({audio: true, video: false}), 'invalid-state');
  });

  it('says that another device answered', async () => {
    wire.handle = ({request, from}) => {
      if (request.method !== 'CANCEL' || request.hasHeader('reason')) return false;
      const text = wire.messages.at(-1)!;
      wire.receive(
        text.replace('\r\n', '\r\nReason: SIP;cause=200;text="Call completed elsewhere"\r\n'),
        from,
      );
      return true;
    };
    const call = alice.agent.invite('bob', {audio: true, video: false});
    const ringing = await bob.rings();
    await reaches(call, 'early');
    await call.hangup();
    const {cause} = await reaches(ringing, 'terminated');
    expect(cause?.code).to.equal('answered-elsewhere');
  });

  it('tells the caller what the telephone network says, which asks for no other password', async () => {
    const asked = {count: 0};
    const carol = new WireUser(wire, {
      user: 'carol',
      credentials: () => ({password: String((asked.count += 1))}),
    });
    await carol.agent.connect();
    wire.handle = ({request, reply}) => {
      if (request.method === 'INVITE') reply(403, ['Reason: Q.850;cause=21']);
      return request.method === 'INVITE';
    };
    const call = carol.agent.invite('bob', {audio: true, video: false});
    const {cause} = await reaches(call, 'terminated');
    expect(cause).to.deep.equal({by: 'remote', code: 'declined', status: 403});
    expect(asked.count).to.equal(1);
    await carol.agent.disconnect();
  });

  for (const [status, code] of [
    [603, 'declined'],
    [486, 'busy'],
    [480, 'number-offline'],
  ] as const) {
    it(`tells the caller of a ${status}`, async () => {
      const call = alice.agent.invite('bob', {audio: true, video: false});
      await (await bob.rings()).reject(status);
      const {cause} = await reaches(call, 'terminated');
      expect(cause).to.deep.equal({by: 'remote', code, status});
    });
  }

  it('tells the caller of an unknown number', async () => {
    const {cause} = await reaches(alice.agent.invite('nobody', {audio: true, video: false}), 'terminated');
    expect(cause).to.deep.equal({by: 'server', code: 'unknown-number', status: 404});
  });

  it('answers an INVITE without an offer with one', async () => {
    const carol = await plainUser(wire, 'carol');
    const inviter = new Inviter(carol, UserAgent.makeURI('sip:bob@wire.test')!, {inviteWithoutSdp: true});
    const inviting = inviter.invite();
    const ringing = await bob.rings();
    expect(ringing.offered).to.deep.equal({audio: true, video: true});
    await ringing.accept({audio: true, video: false});
    await inviting;
    await becomes(ringing, ({media}) => media.audio === 'sendrecv');
    await hears(ringing);
    await carol.stop();
  });

  it('refuses what it cannot answer with 488', async () => {
    wire.rewrite = () =>
      'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=text 9 RTP/AVP 0\r\nc=IN IP4 0.0.0.0\r\n';
    const call = alice.agent.invite('bob', {audio: true, video: false});
    const ringing = await bob.rings();
    await rejects(ringing.accept({audio: true, video: false}), 'not-acceptable');
    const {cause} = await reaches(call, 'terminated');
    expect(cause).to.deep.equal({by: 'server', code: 'not-acceptable', status: 488});
    expect(ringing.state.phase).to.equal('terminated');
  });

  it('says so where the browser does not take the ICE servers, and leaves nobody ringing', async () => {
    const iceServers = [{urls: 'stun:stun.example:99999'}];
    const carol = await new WireUser(wire, {user: 'bob', iceServers}).begin();
    await rejects(carol.agent.prepare({audio: true, video: false}), 'ice-servers-failed');
    const call = alice.agent.invite('bob', {audio: true, video: false});
    const ringing = await carol.rings();
    ringing.prepare({audio: true, video: false});
    await rejects(ringing.accept({audio: true, video: false}), 'ice-servers-failed');
    expect(ringing.state.cause).to.include({by: 'local', code: 'ice-servers-failed'});
    expect(ringing.state.cause!.subject).to.match(/port/i);
    await reaches(call, 'terminated');
    await carol.agent.disconnect();
  });

  it('gives access to the headers of an INVITE', async () => {
    alice.agent.invite('bob', {audio: true, video: false}, {headers: ['ids: 4711.12']});
    const ringing = await bob.rings();
    expect(ringing.header('IDS')).to.equal('4711.12');
    expect(ringing.header('other')).to.equal(undefined);
  });

  it('sends messages, and tells what becomes of them', async () => {
    await alice.agent.message('bob', '你好 <b>', 'text/plain');
    await bob.knows(() => bob.messages.length > 0);
    expect(bob.messages).to.deep.equal([
      {from: 'alice', name: 'Alice', contentType: 'text/plain', body: '你好 <b>', known: true},
    ]);
    await rejects(alice.agent.message('nobody', 'x', 'text/plain'), 'unknown-number');
  });

  it('says of a refused message what concerns a message, and not a call', async () => {
    let status = 0;
    wire.handle = ({request, reply}) => {
      if (request.method !== 'MESSAGE') return false;
      reply(status);
      return true;
    };
    for (const [answer, code] of [
      [415, 'message-refused'],
      [486, 'message-refused'],
      [513, 'message-too-long'],
      [603, 'message-refused'],
    ] as const) {
      status = answer;
      await rejects(alice.agent.message('bob', 'x', 'text/plain'), code);
    }
  });

  it('waits for what becomes of a message until its transaction ends', async () => {
    const patient = new WireUser(wire, {user: 'alice', timeouts: {reply: 50}});
    await patient.agent.connect();
    wire.handle = ({request, reply}) => {
      if (request.method !== 'MESSAGE') return false;
      setTimeout(() => reply(202), 200);
      return true;
    };
    await patient.agent.message('bob', 'x', 'text/plain');
    wire.handle = ({request}) => request.method === 'MESSAGE';
    const {TIMER_F} = Timers;
    Timers.TIMER_F = 50;
    try {
      await rejects(patient.agent.message('bob', 'x', 'text/plain'), 'timeout');
    } finally {
      Timers.TIMER_F = TIMER_F;
      await patient.agent.disconnect();
    }
  });

  it('ends calls and registration when it disconnects', async () => {
    const call = alice.agent.invite('bob', {audio: true, video: false});
    const ringing = await bob.rings();
    await ringing.accept({audio: true, video: false});
    await reaches(call, 'confirmed');
    await Promise.all([alice.agent.disconnect(), alice.agent.disconnect()]);
    await reaches(ringing, 'terminated');
    expect(wire.registered('alice')).to.equal(false);
    expect(alice.connection.at(-1)).to.deep.equal(['disconnected', undefined]);
    await until(() => wire.connections.size === 1);
    expect(() => alice.agent.invite('bob', {audio: true, video: false}))
      .to.throw()
      .with.property('code', 'not-connected');
  });
});
