import {expect} from '@open-wc/testing';
import {readReplaces} from '../../../src/sip/transfer/replaces.js';
import type {SipDialog} from '../../../src/sip/user-agent.js';
import {reaches, until} from '../../support/in-page/facts.js';
import {rejects} from '../../support/in-page/rejections.js';
import {WireUser} from '../../support/wire/wire-users.js';
import {Wire} from '../../support/wire/wire.js';

describe('SipDialog: transfer', () => {
  let wire: Wire;
  let alice: WireUser;
  let bob: WireUser;
  let call: SipDialog;
  let far: SipDialog;
  let told: number[];
  let transferring: Promise<void>;

  beforeEach(async () => {
    wire = new Wire({alice: '', bob: ''});
    [alice, bob] = await Promise.all([
      new WireUser(wire, {user: 'alice'}).begin(),
      new WireUser(wire, {user: 'bob'}).begin(),
    ]);
    call = alice.agent.invite('bob', {audio: true, video: false});
    far = await bob.rings();
    await far.accept({audio: true, video: false});
    await reaches(call, 'confirmed');
    far.addEventListener('transferrequest', ({detail}) => detail.respondWith(true));
    told = [];
  });

  afterEach(async () => {
    await Promise.all([alice.agent.disconnect(), bob.agent.disconnect()]);
  });

  const begin = (target = '1003'): void => {
    transferring = call.transfer(target, (status) => told.push(status));
    transferring.catch(() => {});
  };
  /** Bob has agreed, and reports the progress of the new call. */
  async function referred(): Promise<(status: number) => void> {
    await bob.knows(() => bob.referrals.length > 0);
    const {referral} = bob.referrals.shift()!;
    return (status) => referral.report(status);
  }
  const notifications = (): string[] => wire.messages.filter((message) => message.startsWith('NOTIFY '));

  it('tells each status, and ends with the 2xx; the subscription ends with it', async () => {
    begin();
    const tell = await referred();
    for (const status of [180, 183, 200]) tell(status);
    await transferring;
    expect(told).to.deep.equal([100, 180, 183, 200]);
    tell(486);
    expect(notifications().map((message) => /^Subscription-State: (\w+)/m.exec(message)![1])).to.deep.equal([
      'active',
      'active',
      'active',
      'terminated',
    ]);
    expect(notifications()[0]).to.match(/^Event: refer;id=\d+\r$/m);
    expect(notifications()[0]).to.match(/^Content-Type: message\/sipfrag;version=2\.0\r$/m);
    expect([call.state.phase, far.state.phase]).to.deep.equal(['confirmed', 'confirmed']);
  });

  for (const [status, code] of [
    [405, 'transfer-refused'],
    [501, 'transfer-refused'],
    [603, 'transfer-refused'],
    [481, 'call-not-found'],
  ] as const)
    it(`rejects with ${code} where the REFER is answered ${status}`, async () => {
      wire.handle = ({request, reply}) => {
        if (request.method === 'REFER') reply(status);
        return request.method === 'REFER';
      };
      begin();
      const error = await rejects(transferring, code);
      expect([error.status, error.subject]).to.deep.equal([status, 'bob']);
      expect(call.state.phase).to.equal('confirmed');
    });

  for (const [status, code] of [
    [404, 'unknown-number'],
    [480, 'number-offline'],
    [486, 'busy'],
    [503, 'server-error'],
  ] as const)
    it(`rejects with ${code} where the new call is refused with ${status}`, async () => {
      begin();
      (await referred())(status);
      const error = await rejects(transferring, code);
      expect([error.status, error.subject]).to.deep.equal([status, '1003']);
    });

  it('rejects where the other side stops telling', async () => {
    wire.edit = (message) =>
      message.startsWith('NOTIFY ')
        ? message
            .replace('active;expires=180', 'terminated;reason=timeout')
            .replace('100 Trying', '183 Quiet!')
        : message;
    begin();
    await rejects(transferring, 'timeout');
  });

  it('does not take what is told of an earlier one, and begins another one afterwards', async () => {
    begin();
    const first = await referred();
    first(486);
    await rejects(transferring, 'busy');
    wire.edit = (message) =>
      message.startsWith('NOTIFY ') ? message.replace(/refer;id=\d+/, 'refer;id=1') : message;
    begin();
    const second = await referred();
    second(200);
    await until(() => notifications().length === 4);
    wire.edit = undefined;
    await rejects(
      call.transfer('1004', () => {}),
      'invalid-state',
    );
    await call.hangup();
    await rejects(transferring, 'aborted');
  });

  it('understands one without an id', async () => {
    wire.edit = (message) =>
      message.startsWith('NOTIFY ') ? message.replace(/refer;id=\d+/, 'refer') : message;
    begin();
    (await referred())(200);
    await transferring;
  });

  for (const [what, contact, referred] of [
    [
      'the device of the other side, if its Contact is a GRUU',
      'sip:bob@wire.test;gr=1',
      'sip:bob@wire.test;gr=1',
    ],
    ['its address, if the GRUU is of another user', 'sip:+1900@wire.test;gr=1', 'sip:bob@wire.test'],
    ['its address, if the GRUU is of another host', 'sip:bob@evil.test;gr=1', 'sip:bob@wire.test'],
  ] as const)
    it(`of two calls names ${what}`, async () => {
      wire.edit = (message) =>
        /^SIP\/2\.0 (?:180|200) [\s\S]*^CSeq: \d+ INVITE/m.test(message)
          ? message.replace(/^Contact: .*$/m, `Contact: <${contact}>`)
          : message;
      const other = alice.agent.invite('bob', {audio: true, video: false});
      await (await bob.rings()).accept({audio: true, video: false});
      await reaches(other, 'confirmed');
      wire.edit = undefined;
      transferring = call.transfer(other, () => {});
      transferring.catch(() => {});
      await until(() => wire.messages.some((message) => message.startsWith('REFER ')));
      const refer = wire.messages.find((message) => message.startsWith('REFER '))!;
      expect(/^Refer-To: <([^?]*)\?/m.exec(refer)![1]).to.equal(referred);
    });

  it('refuses what is no number to call', async () => {
    let next = '<sip:wire.test>';
    wire.edit = (message) =>
      message.startsWith('REFER ') ? message.replace(/^Refer-To: .*$/m, `Refer-To: ${next}`) : message;
    begin();
    expect((await rejects(transferring, 'transfer-refused')).status).to.equal(400);
    next = '<sip:carol@wire.test;method=BYE>';
    begin();
    expect((await rejects(transferring, 'transfer-refused')).status).to.equal(400);
    expect(bob.referrals).to.deep.equal([]);
  });
});

describe('readReplaces', () => {
  it('reads the three parts in any order, and early-only', () => {
    expect(readReplaces('a@b;from-tag=2;to-tag=1')).to.deep.equal({
      callId: 'a@b',
      toTag: '1',
      fromTag: '2',
      earlyOnly: false,
    });
    expect(readReplaces(' a ; to-tag=1 ;from-tag=2; Early-Only')?.earlyOnly).to.equal(true);
  });

  it('reads nothing where a part is missing', () => {
    for (const header of ['', 'a', 'a;to-tag=1', ';to-tag=1;from-tag=2', 'a;to-tag=;from-tag=2'])
      expect(readReplaces(header), header).to.equal(undefined);
  });
});
