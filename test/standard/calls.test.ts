import {expect} from '@open-wc/testing';
import type {SipCall} from '../../src/core/call/call.js';
import type {CallPhase} from '../../src/core/types.js';
import type {SipError} from '../../src/errors.js';
import {watchDevices, type Devices} from '../support/in-page/devices.js';
import {shorten} from '../support/in-page/durations.js';
import {becomes, until} from '../support/in-page/facts.js';
import {shareCanvas} from '../support/in-page/shared-canvas.js';
import {WireClient} from '../support/wire/wire-dispatch.js';
import {Wire} from '../support/wire/wire.js';

describe('StandardService', () => {
  let wire: Wire;
  let alice: WireClient;
  let bob: WireClient;
  let devices: Devices;

  beforeEach(async () => {
    devices = watchDevices();
    wire = new Wire({alice: '1234', bob: '1234', carol: ''});
    alice = new WireClient(wire, {user: 'alice', profile: 'standard', displayName: 'Alice'});
    bob = new WireClient(wire, {user: 'bob', profile: 'standard'});
    for (const client of [alice, bob]) {
      await client.connect();
      await client.register();
    }
  });

  afterEach(async () => {
    await Promise.all([alice.disconnect(), bob.disconnect()]);
    devices.restore();
    expect([...alice.state.calls, ...bob.state.calls]).to.have.length(0);
    expect(devices.opened.filter(({readyState}) => readyState === 'live')).to.have.length(0);
  });

  async function rings(client: WireClient): Promise<SipCall> {
    return new Promise((resolve) =>
      client.addEventListener('sip-call-received', ({detail}) => resolve(detail.call), {once: true}),
    );
  }

  const phase = (call: SipCall, wanted: CallPhase) => becomes(call, (state) => state.phase === wanted);

  async function refusal(command: Promise<unknown>): Promise<SipError> {
    return command.then(
      () => {
        throw new Error('It was not refused.');
      },
      (error: unknown) => error as SipError,
    );
  }

  it('holds and goes on once the other side has agreed, and tells of it', async () => {
    const told: boolean[] = [];
    alice.addEventListener('sip-call-hold', ({detail}) => told.push(detail.held));
    bob.addEventListener('sip-call-hold', () => told.push(true));
    const heard: boolean[] = [];
    alice.addEventListener('sip-call-remote-hold', () => heard.push(true));
    bob.addEventListener('sip-call-remote-hold', ({detail}) => {
      expect(detail.call).to.equal(bob.state.calls[0]);
      heard.push(detail.held);
    });
    const ringing = rings(bob);
    const call = await alice.call('bob', {media: 'audio'});
    const incoming = await ringing;
    expect((await refusal(call.hold())).code).to.equal('invalid-state');
    expect((await refusal(incoming.unhold())).code).to.equal('invalid-state');
    await incoming.answer();
    await phase(call, 'answered');
    await Promise.all([call.hold(), call.hold()]);
    expect([call.state.held, told]).to.deep.equal([true, [true]]);
    await becomes(incoming, ({remoteHeld}) => remoteHeld);
    await call.unhold();
    expect([call.state.held, told]).to.deep.equal([false, [true, false]]);
    await becomes(incoming, ({remoteHeld}) => !remoteHeld);
    expect(heard).to.deep.equal([true, false]);
    await call.hangup();
    expect((await refusal(call.hold())).code).to.equal('invalid-state');
  });

  it('reports a recording and its pauses to the other side, which reports them to its page', async () => {
    const told: boolean[] = [];
    bob.addEventListener('sip-call-remote-recording', ({detail}) => told.push(detail.recording));
    const ringing = rings(bob);
    const call = await alice.call('bob', {media: 'audio'});
    const incoming = await ringing;
    await incoming.answer();
    await phase(call, 'answered');
    await call.startRecording();
    await becomes(incoming, ({remoteRecording}) => remoteRecording);
    expect(call.state.remoteRecording).to.equal(false);
    await call.pauseRecording();
    await becomes(incoming, ({remoteRecording}) => !remoteRecording);
    await call.resumeRecording();
    await becomes(incoming, ({remoteRecording}) => remoteRecording);
    await incoming.hold();
    expect(incoming.state.remoteRecording).to.equal(true);
    await call.stopRecording();
    await becomes(incoming, ({remoteRecording}) => !remoteRecording);
    expect(told).to.deep.equal([true, false, true, false]);
    await call.hangup();
  });

  it('reports a recording only where it is understood: nobody else gets an offer for it', async () => {
    wire.edit = (message) => message.replace(/^(Supported:.*),\s*record-aware/m, '$1');
    const ringing = rings(bob);
    const call = await alice.call('bob', {media: 'audio'});
    const incoming = await ringing;
    await incoming.answer();
    await phase(call, 'answered');
    await incoming.startRecording();
    await incoming.stopRecording();
    await incoming.hold();
    const offers = wire.messages.filter((message) => message.startsWith('INVITE '));
    expect(offers).to.have.length(2);
    await call.hangup();
  });

  it('reports that its video is a screen, and that it is a camera again', async () => {
    const screen = shareCanvas();
    try {
      const ringing = rings(bob);
      const call = await alice.call('bob', {media: 'video'});
      const incoming = await ringing;
      await incoming.answer({media: 'video'});
      await phase(call, 'answered');
      expect(incoming.state.remoteSharing).to.equal(false);
      await call.shareScreen();
      await becomes(incoming, ({remoteSharing}) => remoteSharing);
      expect(call.state.remoteSharing).to.equal(false);
      await call.stopScreen();
      await becomes(incoming, ({remoteSharing}) => !remoteSharing);
      await call.hangup();
    } finally {
      screen.restore();
    }
  });

  it('calls and is answered, with a picture', async () => {
    const ringing = rings(bob);
    const call = await alice.call('bob', {media: 'video'});
    const incoming = await ringing;
    expect(call.state.phase).to.equal('ringing');
    expect(incoming).to.include({direction: 'incoming', media: 'video', type: 'single'});
    expect(incoming.remote).to.deep.equal({number: 'alice', name: 'Alice'});
    expect([call.id, incoming.id]).to.satisfy((ids: string[]) =>
      ids.every((id) => /^[\da-f-]{36}$/.test(id)),
    );
    await incoming.answer({media: 'video'});
    await Promise.all([phase(call, 'answered'), phase(incoming, 'answered')]);
    for (const {remoteStream} of [call, incoming])
      expect(remoteStream?.getTracks().map(({kind}) => kind)).to.have.members(['audio', 'video']);
    expect(alice.getCall(call.id)).to.equal(call);
    await call.hangup();
    expect((await phase(incoming, 'released')).cause).to.deep.equal({by: 'remote', code: 'normal'});
    expect(call.state.cause).to.deep.equal({by: 'local', code: 'normal'});
    expect(alice.getCall(call.id)).to.equal(undefined);
  });

  it('tells why a ringing call is not answered', async () => {
    const ringing = rings(bob);
    const call = await alice.call('bob');
    await (await ringing).decline();
    expect((await phase(call, 'released')).cause).to.deep.equal({
      by: 'remote',
      code: 'declined',
      status: 603,
    });
  });

  it('tells that the caller gave up', async () => {
    const ringing = rings(bob);
    const call = await alice.call('bob');
    const incoming = await ringing;
    await call.hangup();
    expect((await phase(incoming, 'released')).cause?.code).to.equal('cancelled');
  });

  it('rings no longer even if the first word of that is lost', async () => {
    shorten({cancelAgain: 50});
    const ringing = rings(bob);
    const call = await alice.call('bob');
    const incoming = await ringing;
    let lost = 0;
    wire.edit = (message) => (message.startsWith('CANCEL') && lost++ < 2 ? '\r\n' : message);
    await call.hangup();
    expect((await phase(incoming, 'released')).cause?.code).to.equal('cancelled');
    expect(lost).to.equal(3);
    wire.edit = undefined;
  });

  it('rejects where nothing rings', async () => {
    expect(await refusal(alice.call('nobody'))).to.include({
      code: 'unknown-number',
      subject: 'nobody@wire.test',
      status: 404,
    });
    expect(await refusal(alice.call('carol'))).to.include({code: 'number-offline', status: 480});
    expect(alice.state.calls).to.have.length(0);
  });

  it('needs a registration', async () => {
    await alice.unregister();
    expect((await refusal(alice.call('bob'))).code).to.equal('not-registered');
  });

  it('gives up a call that nobody has answered yet', async () => {
    wire.handle = ({request}) => request.method === 'INVITE';
    const ending = new AbortController();
    const refused = refusal(alice.call('bob', {signal: ending.signal}));
    await until(() => wire.messages.some((message) => message.startsWith('INVITE ')));
    ending.abort();
    expect((await refused).code).to.equal('aborted');
  });

  it('sends messages', async () => {
    const received = new Promise<string>((resolve) =>
      bob.addEventListener('sip-message-received', ({detail: {message}}) =>
        resolve(`${message.from}: ${message.text}`),
      ),
    );
    await alice.sendMessage('bob', '你好');
    expect(await received).to.equal('alice: 你好');
    expect((await refusal(alice.sendMessage('nobody', 'x'))).code).to.equal('unknown-number');
  });

  it('tells nobody what a dispatch server writes to its own clients', async () => {
    const received: string[] = [];
    const last = new Promise<void>((resolve) =>
      bob.addEventListener('sip-message-received', ({detail: {message}}) => {
        received.push(message.text);
        if (message.text === 'last') resolve();
      }),
    );
    wire.edit = (message) => message.replace(/(\r\ncontent-type: )[^\r]+/i, '$1application/resjsonapi');
    await alice.sendMessage('bob', '{"header":"Session.State"}');
    wire.edit = undefined;
    await alice.sendMessage('bob', 'last');
    await last;
    expect(received).to.deep.equal(['last']);
  });

  it('has no API', async () => {
    const has = Object.entries(alice.capabilities).filter(([, can]) => can);
    expect(has.map(([name]) => name)).to.have.members([
      'call',
      'message',
      'presence',
      'transfer',
      'conference',
      'rooms',
    ]);
    expect((await refusal(alice.sendApi({header: 'data.get.allgroup'}))).code).to.equal('unsupported');
    expect((await refusal(alice.connectApi())).code).to.equal('unsupported');
    await alice.disconnectApi();
  });
});
