import {expect} from '@open-wc/testing';
import type {SipCall} from '../../src/core/call/call.js';
import {API_HEADER, CALL_STATE} from '../../src/dispatch/protocol.js';
import {watchDevices, type Devices} from '../support/in-page/devices.js';
import {becomes, reaches, until} from '../support/in-page/facts.js';
import {WireClient, WireDispatch} from '../support/wire/wire-dispatch.js';

describe('DispatchService: several calls', () => {
  let server: WireDispatch;
  let client: WireClient;
  let devices: Devices;
  let rung: SipCall[];

  async function begin(options: object = {}): Promise<void> {
    client = new WireClient(server.wire, {user: '1001', historyStorage: 'memory', ...options});
    rung = [];
    client.addEventListener('sip-call-received', ({detail}) => rung.push(detail.call));
    await client.connect();
    await client.register();
  }

  beforeEach(() => {
    devices = watchDevices();
    server = new WireDispatch();
  });

  afterEach(async () => {
    await client.disconnect();
    await server.close();
    devices.restore();
    expect(devices.opened.filter(({readyState}) => readyState === 'live')).to.have.length(0);
  });

  const outcomes = (): string[] => client.history.entries.map(({outcome}) => outcome);
  /** The statuses of the client's responses to INVITEs, in order. */
  const answers = (): number[] =>
    server.wire.messages.flatMap((message) => {
      const [, status] = /^SIP\/2\.0 (\d+) /.exec(message) ?? [];
      return status && /^CSeq: \d+ INVITE/m.test(message) && /^To: .*<sip:1001@/m.test(message)
        ? [Number(status)]
        : [];
    });

  it('refuses with 486 what comes in over the limit, before it rings', async () => {
    await begin({maxCalls: 1});
    await server.invite('c1.12');
    await until(() => rung.length === 1);
    const leg = await server.invite('c2.12', {from: '1003'});
    expect((await reaches(leg, 'terminated')).cause).to.deep.equal({by: 'remote', code: 'busy', status: 486});
    expect(answers().filter((status) => status !== 100)).to.deep.equal([180, 486]);
    expect(rung).to.have.length(1);
    expect(outcomes()).to.deep.equal(['missed']);
    expect(client.history.entries[0]).to.deep.include({number: '1003', sid: 'c2', direction: 'incoming'});
  });

  it('refuses with 480 while nobody wants to be disturbed, and notes it as missed', async () => {
    await begin({doNotDisturb: true});
    const leg = await server.invite('c1.12');
    expect((await reaches(leg, 'terminated')).cause).to.include({status: 480});
    expect(answers().filter((status) => status !== 100)).to.deep.equal([480]);
    expect([rung.length, outcomes()]).to.deep.equal([0, ['missed']]);
    client.doNotDisturb = false;
    await server.invite('c2.12');
    await until(() => rung.length === 1);
  });

  for (const order of ['after', 'before'] as const)
    it(`places calls all the same; their INVITE ${order} the reply is no call from somebody`, async () => {
      await begin({doNotDisturb: true, maxCalls: 1});
      server.reactions[API_HEADER.createCall] = async (request) => {
        if (order === 'after') return server.reply(request, 0, {cid: 'c1'});
        const leg = await server.invite('c1.12');
        await reaches(leg, 'early');
        // Longer than an unknown INVITE would wait.
        await new Promise((resolve) => setTimeout(resolve, 400));
        server.reply(request, 0, {cid: 'c1'});
        await reaches(leg, 'confirmed');
      };
      const call = await client.call('1002');
      if (order === 'after') await reaches(await server.invite('c1.12'), 'confirmed');
      server.event('c1', CALL_STATE.connected);
      await becomes(call, ({phase}) => phase === 'answered');
      expect([rung.length, outcomes()]).to.deep.equal([0, []]);
    });

  it('refuses at last what waited while a call was asked for and turned out to be another’s', async () => {
    await begin({doNotDisturb: true});
    server.reactions[API_HEADER.createCall] = async (request) => {
      const leg = await server.invite('c9.12', {from: '1003'});
      await reaches(leg, 'early');
      server.reply(request, 0, {cid: 'c1'});
      expect((await reaches(leg, 'terminated')).cause).to.include({status: 480});
    };
    const call = await client.call('1002');
    await until(() => outcomes().length === 1);
    expect(client.history.entries[0]).to.deep.include({number: '1003', outcome: 'missed'});
    await call.hangup();
  });

  it('tells of a caller who gave up while his INVITE waited for a reply that named another session', async () => {
    await begin();
    server.reactions[API_HEADER.createCall] = async (request) => {
      const leg = await server.invite('c9.12', {from: '1003'});
      await reaches(leg, 'early');
      await leg.hangup();
      await until(() => server.wire.messages.some((message) => message.startsWith('SIP/2.0 487')));
      server.reply(request, 0, {cid: 'c1'});
    };
    const call = await client.call('1002');
    await until(() => outcomes().length === 1);
    expect(client.history.entries[0]).to.deep.include({number: '1003', outcome: 'missed', sid: 'c9'});
    expect(rung).to.have.length(0);
    await call.hangup();
  });

  it('does not tell of the INVITE that the server took back with the request it was for', async () => {
    await begin();
    server.reactions[API_HEADER.createCall] = async (request) => {
      const leg = await server.invite('c1.12');
      await reaches(leg, 'early');
      await leg.hangup();
      await until(() => server.wire.messages.some((message) => message.startsWith('SIP/2.0 487')));
      server.reply(request, 1106);
    };
    await client.call('1002').catch(() => {});
    expect(outcomes()).to.deep.equal(['unanswered']);
  });

  it('holds the call that speaks when the event says that the other one is answered', async () => {
    await begin();
    const first = await answeredCall('c1', '1002');
    const second = await answeredCall('c2', '1003');
    await becomes(first, ({held}) => held);
    expect(second.state.held).to.equal(false);
    await client.activate(first);
    await becomes(second, ({held}) => held);
    expect(first.state.held).to.equal(false);
  });

  async function answeredCall(cid: string, number: string): Promise<SipCall> {
    server.reactions[API_HEADER.createCall] = (request) => server.reply(request, 0, {cid});
    const call = await client.call(number);
    await reaches(await server.invite(`${cid}.12`, {from: number}), 'confirmed');
    server.event(cid, CALL_STATE.connected, {othernum: number});
    await becomes(call, ({phase}) => phase === 'answered');
    return call;
  }
});
