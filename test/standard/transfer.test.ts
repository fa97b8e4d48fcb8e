import {expect} from '@open-wc/testing';
import type {SipCall} from '../../src/core/call/call.js';
import type {ClientEventMap} from '../../src/core/client/client-state.js';
import type {CallTransfer} from '../../src/core/types.js';
import {watchDevices, type Devices} from '../support/in-page/devices.js';
import {shorten} from '../support/in-page/durations.js';
import {becomes, hearsSound, until} from '../support/in-page/facts.js';
import {rejects} from '../support/in-page/rejections.js';
import {WireClient} from '../support/wire/wire-dispatch.js';
import {Wire} from '../support/wire/wire.js';

/** Alice talks to Bob and transfers him to Carol; each is a client of its own, with nothing in between. */
describe('StandardService: transfer', () => {
  let wire: Wire;
  let alice: WireClient;
  let bob: WireClient;
  let carol: WireClient;
  let devices: Devices;
  /** How Bob's page answers a request. */
  let agree: (event: ClientEventMap['sip-transfer-request']) => void;

  beforeEach(async () => {
    shorten({glareUnit: 1});
    devices = watchDevices();
    wire = new Wire({alice: '', bob: '', carol: ''});
    [alice, bob, carol] = (await Promise.all(
      ['alice', 'bob', 'carol'].map(async (user) => {
        const client = new WireClient(wire, {
          user,
          password: '',
          profile: 'standard',
          historyStorage: 'none',
        });
        await client.connect();
        await client.register();
        return client;
      }),
    )) as [WireClient, WireClient, WireClient];
    agree = ({detail}) => void detail.respondWith(true);
    bob.addEventListener('sip-transfer-request', (event) => agree(event));
  });

  afterEach(async () => {
    await Promise.all([alice, bob, carol].map((client) => client.disconnect()));
    devices.restore();
    expect(devices.opened.filter(({readyState}) => readyState === 'live')).to.have.length(0);
  });

  const arrives = (client: WireClient): Promise<SipCall> =>
    new Promise((resolve) =>
      client.addEventListener('sip-call-received', ({detail}) => resolve(detail.call), {once: true}),
    );
  const answered = (call: SipCall): Promise<unknown> => becomes(call, ({phase}) => phase === 'answered');
  const released = (call: SipCall): Promise<unknown> => becomes(call, ({phase}) => phase === 'released');

  /** Connects two of them; returns the call of each. */
  async function talk(
    from: WireClient,
    to: WireClient,
    media: 'audio' | 'video' = 'audio',
  ): Promise<[SipCall, SipCall]> {
    const arriving = arrives(to);
    const call = await from.call(to.options.user, {media});
    const far = await arriving;
    await far.answer();
    await answered(call);
    return [call, far];
  }

  function progress(client: WireClient): string[] {
    const told: string[] = [];
    client.addEventListener('sip-transfer', ({detail: {transfer}}) => told.push(phaseOf(transfer)));
    return told;
  }
  const phaseOf = ({phase, target, status}: CallTransfer): string =>
    [phase, target.number, status].filter((part) => part !== undefined).join(' ');

  /** The two hear each other. */
  async function hear(one: SipCall, other: SipCall): Promise<void> {
    await Promise.all([one, other].map((call) => hearsSound(call)));
  }

  it('puts Bob through to a number, tells how it goes, and ends its own call', async () => {
    const [call, far] = await talk(alice, bob);
    const told = progress(alice);
    const arriving = arrives(carol);
    const transferring = call.transfer('carol');
    const third = await arriving;
    expect(third.remote.number).to.equal('bob');
    await becomes(call, ({transfer}) => transfer?.phase === 'ringing');
    expect([call.state.held, far.state.remoteHeld]).to.deep.equal([true, true]);
    await third.answer();
    await transferring;
    await Promise.all([released(call), released(far)]);
    expect(told).to.deep.equal([
      'asking carol',
      'trying carol 100',
      'ringing carol 180',
      'completed carol 200',
    ]);
    expect(bob.state.calls.map(({remote, direction}) => [remote.number, direction])).to.deep.equal([
      ['carol', 'outgoing'],
    ]);
    expect(alice.state.calls).to.deep.equal([]);
    await hear(bob.state.calls[0]!, third);
    const refer = wire.messages.find((message) => message.startsWith('REFER '))!;
    expect(refer).to.match(/^Refer-To: <sip:carol@wire\.test>\r$/m);
    expect(refer).to.match(/^Referred-By: <sip:alice@wire\.test>\r$/m);
    expect(refer).to.match(/^Contact: </m);
    const invite = wire.messages.filter((message) => /^INVITE .*carol/.test(message)).at(-1)!;
    expect(invite).to.match(/^Referred-By: <sip:alice@wire\.test>\r$/m);
  });

  it('holds a call with a picture once the other side agrees: a PBX passes on what it sends when it is asked', async () => {
    const [call, far] = await talk(alice, bob, 'video');
    await becomes(far, ({media}) => media.video === 'sendrecv');
    const before = wire.messages.length;
    const arriving = arrives(carol);
    const transferring = call.transfer('carol');
    const third = await arriving;
    expect(third.media).to.equal('video');
    await becomes(call, ({held}) => held);
    await becomes(far, ({remoteHeld}) => remoteHeld);
    const asked = wire.messages
      .slice(before)
      .filter((message) => /^From: "alice"/m.test(message))
      .flatMap((message) => /^REFER|^INVITE(?=[^]*a=sendonly)/.exec(message)?.[0] ?? []);
    expect(asked).to.deep.equal(['REFER', 'INVITE']);
    await third.decline();
    await rejects(transferring, 'call-refused');
    await becomes(far, ({remoteHeld}) => !remoteHeld);
    expect([call.state.held, call.state.media.video]).to.deep.equal([false, 'sendrecv']);
    await hear(call, far);
  });

  it('hands Bob over to Carol, to whom Alice talks already', async () => {
    const [first, bobs] = await talk(alice, bob);
    const [second, carols] = await talk(alice, carol);
    await becomes(first, ({held}) => held);
    await bobs.mute();
    const arriving = arrives(carol);
    const told = progress(alice);
    await first.transfer(second);
    await Promise.all([first, second, bobs, carols].map(released));
    expect(told[0]).to.equal('asking carol');
    expect(told.at(-1)).to.equal('completed carol 200');
    const taken = await arriving;
    expect(carols.state.cause).to.deep.equal({by: 'remote', code: 'normal'});
    expect([taken.state.phase, taken.state.quiet, taken.remote.number]).to.deep.equal([
      'answered',
      true,
      'bob',
    ]);
    const [next] = bob.state.calls;
    await answered(next!);
    expect(next!.state.muted).to.equal(true);
    await next!.unmute();
    await hear(next!, taken);
    expect([alice, bob, carol].map(({state}) => state.calls.length)).to.deep.equal([0, 1, 1]);
  });

  it('keeps how media are sent in the call that takes the place of another one', async () => {
    const [first] = await talk(alice, bob, 'video');
    const [second, far] = await talk(alice, carol, 'video');
    await far.setQuality({video: {width: 160, height: 120}});
    const next = arrives(carol);
    await first.transfer(second);
    await answered(await next);
    const [talking] = bob.calls;
    const video = document.createElement('video');
    video.muted = true;
    await until(() => talking!.remoteStream?.getVideoTracks().length === 1);
    video.srcObject = talking!.remoteStream!;
    await video.play();
    await until(() => video.videoHeight === 120);
    video.srcObject = null;
  });

  it('asks the page of the one who is put through, which refuses', async () => {
    const [call, far] = await talk(alice, bob);
    agree = (event) => {
      const {target, name, attended} = event.detail;
      expect({target, name, attended}).to.deep.equal({target: 'carol', name: '', attended: false});
      expect(event.detail.call).to.equal(far);
      event.preventDefault();
    };
    const told = progress(alice);
    const error = await rejects(call.transfer('carol'), 'transfer-refused');
    expect([error.status, error.subject]).to.deep.equal([603, 'bob']);
    expect(told).to.deep.equal(['asking carol', 'failed carol 603']);
    await becomes(far, ({remoteHeld}) => !remoteHeld);
    expect(call.state.held).to.equal(false);
    await hear(call, far);
    expect(wire.messages.filter((message) => /^INVITE .*carol/.test(message))).to.deep.equal([]);
  });

  it('refuses where the page and its user say nothing', async () => {
    const [call, far] = await talk(alice, bob);
    agree = () => {};
    await rejects(call.transfer('carol'), 'transfer-refused');
    await becomes(far, ({remoteHeld}) => !remoteHeld);
    await hear(call, far);
    expect(wire.messages.filter((message) => /^INVITE .*carol/.test(message))).to.deep.equal([]);
  });

  it('lets the page take its time', async () => {
    const [call] = await talk(alice, bob);
    let decide!: (agreed: boolean) => void;
    const asked = new Promise<void>((resolve) => {
      agree = ({detail}) => {
        detail.respondWith(new Promise((answer) => (decide = answer)));
        resolve();
      };
    });
    const arriving = arrives(carol);
    const transferring = call.transfer('carol');
    await asked;
    expect(call.state.transfer?.phase).to.equal('asking');
    await rejects(call.transfer('carol'), 'invalid-state');
    decide(true);
    await (await arriving).answer();
    await transferring;
  });

  it('goes on with Bob, and he with Alice, where Carol declines', async () => {
    const [call, far] = await talk(alice, bob);
    const arriving = arrives(carol);
    const transferring = call.transfer('carol');
    await (await arriving).decline();
    const error = await rejects(transferring, 'call-refused');
    expect([error.status, error.subject]).to.deep.equal([603, 'carol']);
    expect(call.state.transfer?.phase).to.equal('failed');
    await until(() => !call.state.held && !far.state.held && !call.state.remoteHeld && !far.state.remoteHeld);
    await hear(call, far);
    expect(bob.state.calls).to.deep.equal([far]);
  });

  it('stays on hold where it was on hold before', async () => {
    const [call] = await talk(alice, bob);
    await call.hold();
    await rejects(call.transfer('nobody'), 'unknown-number');
    expect(call.state.held).to.equal(true);
    await rejects(call.transfer('???'), 'invalid-number');
  });

  it('takes a BYE of Bob’s who agreed for the end of the transfer, and one who did not for that of the call', async () => {
    const [call, far] = await talk(alice, bob);
    const arriving = arrives(carol);
    const transferring = call.transfer('carol');
    await arriving;
    await far.hangup();
    await transferring;
    expect(call.state.transfer?.phase).to.equal('completed');
    const [second, other] = await talk(alice, bob);
    agree = ({detail}) => void detail.respondWith(new Promise(() => {}));
    const failing = second.transfer('carol');
    await until(() => wire.messages.filter((message) => message.startsWith('REFER ')).length === 2);
    await other.hangup();
    await rejects(failing, 'aborted');
  });

  it('is given up with the connection, and by hanging up', async () => {
    const [call] = await talk(alice, bob);
    const arriving = arrives(carol);
    const transferring = call.transfer('carol');
    await arriving;
    wire.cut('alice');
    await rejects(transferring, 'connection-lost');
    await until(() => alice.state.registration === 'registered');
    const [second] = await talk(alice, carol);
    wire.handle = ({request}) => request.method === 'REFER';
    const failing = second.transfer('bob');
    const refers = (): string[] => wire.messages.filter((message) => message.startsWith('REFER '));
    await until(() => refers().length === 2);
    await second.hangup();
    await rejects(failing, 'aborted');
  });

  it('hands over nothing of another client, of itself, or that is not answered', async () => {
    const [call, far] = await talk(alice, bob);
    await rejects(call.transfer(call), 'invalid-state');
    await rejects(call.transfer(far), 'bad-parameter');
    const ringing = await alice.call('carol');
    await rejects(call.transfer(ringing), 'invalid-state');
    await rejects(ringing.transfer('bob'), 'invalid-state');
  });

  describe('an INVITE that is to take a call’s place', () => {
    /** The header as Carol gets it in place of what Bob would send. */
    async function replaced(change: (header: string) => string, held = false): Promise<number> {
      const [first] = await talk(alice, bob);
      const [second, far] = await talk(alice, carol);
      if (held) await far.hold();
      wire.edit = (message) =>
        message.startsWith('INVITE ')
          ? message.replace(/^Replaces: (.*)$/m, (line) => change(line))
          : message;
      const {status} = await first.transfer(second).then(
        () => ({status: 200}),
        (error: {status: number}) => error,
      );
      expect(second.state.phase).to.equal('answered');
      return status;
    }

    it('is refused where there is no such call', async () => {
      expect(await replaced((header) => header.replace(/to-tag=\w/, 'to-tag=x'))).to.equal(481);
    });

    it('is refused where it is for calls that ring and this one is answered', async () => {
      expect(await replaced((header) => header.replace(/\r?$/, ';early-only'))).to.equal(486);
    });

    it('is refused where the user has put this one on hold: someone else would hear them at once', async () => {
      expect(await replaced((header) => header, true)).to.equal(480);
      expect(carol.calls.map(({state}) => [state.phase, state.held])).to.deep.equal([['answered', true]]);
    });

    it('is refused while another one takes it', async () => {
      const [first] = await talk(alice, bob);
      const [second] = await talk(alice, carol);
      let copies = 0;
      wire.edit = (message) => {
        if (copies || !/^INVITE [^]*^Replaces:/m.test(message)) return message;
        const copy = message
          .replace(/^Call-ID: (.*)$/m, `Call-ID: x$1`)
          .replace(/branch=z9hG4bK/, 'branch=z9hG4bKx')
          .replace(/^(From: .*;tag=)/m, '$1x');
        copies += 1;
        wire.tell('carol', copy);
        return message;
      };
      const failed = await first.transfer(second).then(
        () => undefined,
        ({status}: {status: number}) => status,
      );
      expect([copies, failed]).to.deep.equal([1, 486]);
      await until(() => carol.calls.filter(({state}) => state.phase !== 'released').length === 1);
    });

    it('is refused where it cannot be read, or names two', async () => {
      expect(await replaced(() => 'Replaces: nothing')).to.equal(400);
    });
  });
});
