import {expect} from '@open-wc/testing';
import type {SipCall} from '../../src/core/call/call.js';
import type {SipClientOptions} from '../../src/core/client/options.js';
import type {Pbx} from '../../src/core/pbx/pbx.js';
import {watchDevices, type Devices} from '../support/in-page/devices.js';
import {becomes, hearsSound, until} from '../support/in-page/facts.js';
import {rejects} from '../support/in-page/rejections.js';
import {PBX_CODES} from '../support/wire/pbx-codes.js';
import {WireClient} from '../support/wire/wire-dispatch.js';
import type {WireNotifier} from '../support/wire/wire-notifier.js';
import {WirePbx} from '../support/wire/wire-pbx.js';
import type {Wire} from '../support/wire/wire.js';

/** Alice, and a PBX whose codes are users of the wire. */
describe('StandardService: feature codes', () => {
  let server: WirePbx;
  let wire: Wire;
  let notifier: WireNotifier;
  let alice: WireClient;
  let devices: Devices;
  /** The INVITEs with `Replaces` that the PBX has taken. */
  let replacing: string[];

  beforeEach(() => {
    devices = watchDevices();
    server = new WirePbx();
    ({wire, notifier} = server);
    replacing = [];
  });

  afterEach(async () => {
    await server.end();
    devices.restore();
    expect(devices.opened.filter(({readyState}) => readyState === 'live')).to.have.length(0);
  });

  async function begin(features: SipClientOptions['features'] = PBX_CODES): Promise<Pbx> {
    alice = await server.user('alice', {features, dtmf: 'info'});
    return alice.pbx!;
  }

  const invited = (): string[] =>
    wire.messages.flatMap((message) => /^INVITE sip:(\S+)@/.exec(message)?.[1] ?? []);

  async function talkTo(number: string): Promise<SipCall> {
    const call = await alice.call(number);
    await becomes(call, ({phase}) => phase === 'answered');
    return call;
  }

  /** Watches Bob, at whom a call of Carol's rings, with these attributes of its dialog. */
  async function watch(attributes: string, state = 'early', number = 'bob'): Promise<void> {
    notifier.documents.set(
      'dialog bob',
      `<dialog-info xmlns="urn:ietf:params:xml:ns:dialog-info" version="1" state="full" entity="sip:bob@wire.test">
        <dialog id="d1" ${attributes}><state>${state}</state>
          <remote><identity display="Carol">sip:carol@wire.test</identity></remote></dialog></dialog-info>`,
    );
    const watched = await alice.watchPeople(number);
    await becomes(watched, ({people}) => people[0]!.state === 'ringing');
  }

  /** The PBX takes what replaces a call as an ordinary one, or refuses it. */
  function replaces(): void {
    wire.edit = (message) => {
      if (!/^INVITE [^]*^Replaces:/m.test(message)) return message;
      replacing.push(message);
      return message.replace(/^(?:Replaces|Require): .*\r\n/gm, '');
    };
  }

  const RINGING = 'direction="recipient" call-id="c1@pbx" local-tag="bobs" remote-tag="pbxs"';

  it('are checked when the client connects', async () => {
    alice = new WireClient(wire, {user: 'alice', profile: 'standard', features: {pickup: '*8'}});
    const {subject, expected} = await rejects(alice.connect(), 'bad-parameter');
    expect([subject, expected]).to.deep.equal(['features.pickup “*8”', '*99{number}']);
    expect(alice.state.connection).to.equal('disconnected');
  });

  it('are none without the option', async () => {
    alice = await server.user('alice');
    expect(alice.pbx).to.equal(undefined);
  });

  it('park a call in a slot, and retrieve it', async () => {
    const pbx = await begin();
    await server.far('bob');
    const slot = await server.far('6007');
    const call = await talkTo('bob');
    await rejects(pbx.park(call), 'bad-parameter');
    await pbx.park(call, '07');
    await becomes(call, ({phase}) => phase === 'released');
    expect(slot.calls.map(({remote}) => remote.number)).to.deep.equal(['bob']);
    await hearsSound(slot.calls[0]!);
    const retrieved = await pbx.retrieve('07');
    expect(retrieved.state.phase).to.equal('answered');
    expect(slot.calls.map(({remote}) => remote.number)).to.deep.equal(['bob', 'alice']);
  });

  it('pick up by the dialog that rings, as its caller’s side knows it, and only while it rings', async () => {
    const pbx = await begin({});
    const carol = await server.far('carol');
    replaces();
    await watch(RINGING);
    expect([pbx.canPickUp('bob'), pbx.canPickUp('dave')]).to.deep.equal([true, false]);
    const call = await pbx.pickUp('bob');
    expect([call.state.phase, call.remote.number]).to.deep.equal(['answered', 'carol']);
    await hearsSound(carol.calls[0]!);
    expect(replacing).to.have.length(1);
    expect(replacing[0]).to.match(/^Replaces: c1@pbx;to-tag=pbxs;from-tag=bobs;early-only\r$/m);
    expect(replacing[0]).to.match(/^Require: (?:.*, ?)?replaces\r$/m);
  });

  it('are asked of the PBX alone, and not of another domain whose number they are to have', async () => {
    const pbx = await begin({
      ...{pickup: '**{number}', forward: '*72{number}', whisper: '*0{number},2', park: '60{slot}'},
      ...{retrieve: '{slot}', queueLogin: '{queue}*', transferToVoicemail: '*99{number}'},
    });
    await server.far('bob');
    const call = await talkTo('bob');
    const before = wire.messages.length;
    const number = 'bob@evil.test';
    expect(pbx.canPickUp(number)).to.equal(false);
    for (const ask of [
      () => pbx.pickUp(number),
      () => pbx.forward(number),
      () => pbx.whisper(number),
      () => pbx.retrieve(number),
      () => pbx.logIntoQueue(number),
      () => pbx.park(call, number),
      () => pbx.transferToVoicemail(call, number),
    ])
      expect((await rejects(ask(), 'bad-parameter')).subject).to.include(number);
    expect(wire.messages.slice(before).filter((message) => message.includes('evil.test'))).to.deep.equal([]);
    expect(pbx.state.forwarding).to.equal(undefined);
    expect(call.state.phase).to.equal('answered');
    await call.hangup();
  });

  it('call no number of the account’s domain that somebody of another domain names', async () => {
    const pbx = await begin({});
    const carol = await server.far('carol');
    replaces();
    await watch(RINGING, 'early', 'bob@evil.test');
    await pbx.pickUp('bob@evil.test').catch(() => {});
    expect([carol.calls.length, replacing.length]).to.deep.equal([0, 1]);
    expect(replacing[0]).to.match(/^INVITE sip:bob@evil\.test /);
  });

  it('pick up by the code if the server does not know the dialog', async () => {
    const pbx = await begin();
    await server.far('carol');
    const code = await server.far('**bob');
    await watch(RINGING);
    const call = await pbx.pickUp('bob');
    expect([call.state.phase, code.calls.length]).to.deep.equal(['answered', 1]);
    expect(invited().filter((number, at, all) => number !== all[at - 1])).to.deep.equal(['carol', '**bob']);
  });

  for (const [name, attributes, state] of [
    ['has no tags', 'direction="recipient" call-id="c1"', 'early'],
    ['would write headers', RINGING.replace('bobs', 'bobs&#13;&#10;X-Evil: 1'), 'early'],
    ['would write parameters', RINGING.replace('c1@pbx', 'c1;to-tag=x'), 'early'],
    ['does not ring yet', RINGING, 'proceeding'],
  ] as const)
    it(`pick up by the code if the dialog ${name}`, async () => {
      const pbx = await begin();
      const code = await server.far('**bob');
      replaces();
      await watch(attributes, state);
      await pbx.pickUp('bob');
      expect([code.calls.length, replacing.length, invited().includes('carol')]).to.deep.equal([1, 0, false]);
    });

  it('do not pick up a call by the code that somebody has answered', async () => {
    const pbx = await begin();
    await server.user('carol', {doNotDisturb: true});
    const code = await server.far('**bob');
    replaces();
    await watch(RINGING);
    await rejects(pbx.pickUp('bob'), 'number-offline');
    expect(code.calls).to.deep.equal([]);
  });

  it('call the voice messages by the number that the server tells, or else by the code', async () => {
    const pbx = await begin();
    expect(pbx.voicemailNumber).to.equal('*97');
    await until(() => notifier.of('alice', 'message-summary').length > 0);
    notifier.tell('alice', 'message-summary', {
      body: 'Messages-Waiting: yes\r\nMessage-Account: sip:*98@wire.test\r\n',
    });
    await becomes(alice, ({waitingMessages}) => waitingMessages?.account === '*98');
    const told = await server.far('*98');
    await pbx.playVoicemail();
    expect(told.calls).to.have.length(1);
  });

  it('transfer to the voicemail of a number, or of the user', async () => {
    const pbx = await begin();
    await server.far('bob');
    for (const [number, mailbox] of [
      ['carol', '*99carol'],
      [undefined, '*99alice'],
    ] as const) {
      const box = await server.far(mailbox);
      await pbx.transferToVoicemail(await talkTo('bob'), number);
      expect(box.calls.map(({remote}) => remote.number)).to.deep.equal(['bob']);
    }
  });

  it('forward, do not disturb, and log into a queue', async () => {
    const pbx = await begin();
    for (const [code, command] of [
      ['*72carol', () => pbx.forward('carol')],
      ['*73', () => pbx.endForwarding()],
      ['*78', () => pbx.setDoNotDisturb(true)],
      ['*45400', () => pbx.logIntoQueue('400')],
    ] as const) {
      const {calls} = await server.far(code);
      const call = await command();
      expect([calls.length, call.state.phase]).to.deep.equal([1, 'answered']);
      await call.hangup();
    }
    for (const command of [() => pbx.setDoNotDisturb(false), () => pbx.logOutOfQueue('400')])
      await rejects(command(), 'unsupported');
    await rejects(pbx.logIntoQueue(), 'bad-parameter');
  });

  it('tell why the PBX has refused a code', async () => {
    const pbx = await begin();
    const error = await rejects(pbx.forward('carol'), 'unknown-number');
    expect(error.status).to.equal(404);
  });

  it('whisper with the microphone, and send the tones once it is answered', async () => {
    const pbx = await begin();
    const spy = await server.far('*0bob');
    const tones: string[] = [];
    spy.client.addEventListener('sip-dtmf', ({detail}) => tones.push(detail.tone));
    const call = await pbx.whisper('bob');
    await until(() => tones.length > 0);
    expect([tones, call.state.media.audio]).to.deep.equal([['1'], 'sendrecv']);
    await hearsSound(spy.calls[0]!);
  });
});
