import {expect} from '@open-wc/testing';
import type {SipCall} from '../../src/core/call/call.js';
import type {SipClientOptions} from '../../src/core/client/options.js';
import type {SipError} from '../../src/errors.js';
import {mediaLines} from '../../src/media/peer/description.js';
import type {SipDialog} from '../../src/sip/user-agent.js';
import {watchDevices, type Devices} from '../support/in-page/devices.js';
import {becomes, hears, reaches, until} from '../support/in-page/facts.js';
import {rejects} from '../support/in-page/rejections.js';
import {WireClient} from '../support/wire/wire-dispatch.js';
import {WireUser} from '../support/wire/wire-users.js';
import {Wire} from '../support/wire/wire.js';

const PATTERNS = {
  monitorUri: 'sip:*33{number}@{host}',
  listenInUri: 'sip:*34{number}@{host}',
  bargeInUri: 'sip:*35{number}@{host};spy=1',
  playFileUri: 'sip:*88{file}*{number}@{host}',
} satisfies Partial<SipClientOptions>;

/** Alice and the PBX, whose special numbers are users of the wire. */
describe('StandardService: dial patterns', () => {
  let wire: Wire;
  let alice: WireClient;
  let devices: Devices;
  const users: WireUser[] = [];

  beforeEach(() => {
    devices = watchDevices();
    wire = new Wire({alice: ''});
  });

  afterEach(async () => {
    await Promise.all([alice.disconnect(), ...users.splice(0).map(({agent}) => agent.disconnect())]);
    devices.restore();
    expect(alice.state.calls).to.deep.equal([]);
    expect(devices.opened.filter(({readyState}) => readyState === 'live')).to.have.length(0);
  });

  async function begin(options: Partial<SipClientOptions> = PATTERNS): Promise<void> {
    alice = new WireClient(wire, {
      user: 'alice',
      password: '',
      profile: 'standard',
      historyStorage: 'none',
      ...options,
    });
    await alice.connect();
    await alice.register();
  }

  async function far(user: string): Promise<WireUser> {
    wire.users.set(user, '');
    const made = await new WireUser(wire, {user}).begin();
    users.push(made);
    return made;
  }

  /** The last INVITE of Alice's: where it went to, and the lines of its offer. */
  function invited(): {readonly to: string; readonly lines: readonly string[]} {
    const text = wire.messages.findLast((message) => /^INVITE[^]*^From: [^\n]*alice/m.test(message))!;
    return {
      to: /^INVITE (\S+)/.exec(text)![1]!,
      lines: mediaLines(text.split('\r\n\r\n')[1]!).map(({kind, direction}) => `${kind} ${direction}`),
    };
  }

  /** Alice talks to Bob. */
  async function talk(): Promise<{call: SipCall; dialog: SipDialog}> {
    const bob = await far('bob');
    const calling = alice.call('bob');
    const dialog = await bob.rings();
    await dialog.accept({audio: true, video: false});
    const call = await calling;
    await becomes(call, ({phase}) => phase === 'answered');
    return {call, dialog};
  }

  it('watches by a pattern, and opens no device', async () => {
    await begin();
    const spy = await far('*331002');
    const watching = alice.monitor('1002');
    const dialog = await spy.rings();
    expect(invited()).to.deep.equal({
      to: 'sip:*331002@wire.test',
      lines: ['audio recvonly', 'video recvonly'],
    });
    expect(devices.opened).to.deep.equal([]);
    await dialog.accept({audio: true, video: true});
    const call = await watching;
    expect([call.type, call.typeNumber, call.media, call.direction, call.remote.number]).to.deep.equal([
      'monitor',
      14,
      'video',
      'outgoing',
      '1002',
    ]);
    const {media, warning} = await becomes(call, ({phase}) => phase === 'answered');
    expect([media, warning]).to.deep.equal([{audio: 'recvonly', video: 'recvonly'}, undefined]);
    expect(call.localStream!.getTracks()).to.deep.equal([]);
    await shows(call);
    await call.hangup();
    await reaches(dialog, 'terminated');
  });

  it('listens by a pattern, opens no device, and holds no call', async () => {
    await begin();
    const {call: first, dialog: bobs} = await talk();
    const opened = devices.opened.length;
    const spy = await far('*341002');
    const listening = alice.listenIn('1002');
    const dialog = await spy.rings();
    expect(invited()).to.deep.equal({to: 'sip:*341002@wire.test', lines: ['audio recvonly']});
    expect(devices.opened).to.have.length(opened);
    await dialog.accept({audio: true, video: false});
    const call = await listening;
    await becomes(call, ({phase}) => phase === 'answered');
    expect([call.type, call.typeNumber, first.state.held]).to.deep.equal(['listen-in', 8, false]);
    expect(dialog.state.media.audio).to.equal('sendonly');
    await hears(bobs);
  });

  it('goes into a call by a pattern with the microphone alone, and holds the call that speaks', async () => {
    await begin();
    const {call: first, dialog: bobs} = await talk();
    const spy = await far('*351002');
    const going = alice.bargeIn('1002');
    const dialog = await spy.rings();
    expect(invited()).to.deep.equal({to: 'sip:*351002@wire.test;spy=1', lines: ['audio sendrecv']});
    await dialog.accept({audio: true, video: false});
    const call = await going;
    await becomes(call, ({phase}) => phase === 'answered');
    expect([call.type, call.typeNumber]).to.deep.equal(['barge-in', 6]);
    await hears(dialog);
    await becomes(bobs, ({remoteHeld}) => remoteHeld);
    expect(first.state.held).to.equal(true);
    expect(devices.opened.map(({kind}) => kind)).not.to.include('video');
  });

  it('escapes what is filled in', async () => {
    await begin();
    await rejects(alice.monitor('#31'), 'unknown-number');
    expect(invited().to).to.equal('sip:*33%2331@wire.test');
    await rejects(alice.monitor('a=b&c'), 'unknown-number');
    expect(invited().to).to.equal('sip:*33a%3Db%26c@wire.test');
  });

  it('tells why nobody is watched, with the number that was meant', async () => {
    await begin();
    const error = await rejects(alice.monitor('1003'), 'unknown-number');
    expect([error.subject, error.status]).to.deep.equal(['1003', 404]);
    await alice.unregister();
    await rejects(alice.monitor('1003'), 'not-registered');
    await rejects(alice.monitor('???'), 'invalid-number');
  });

  it('cannot say which of several calls is meant', async () => {
    await begin();
    const before = wire.messages.length;
    await rejects(alice.listenIn('1002', 'c1'), 'unsupported');
    expect(wire.messages.slice(before)).to.deep.equal([]);
  });

  it('offers what has a pattern, and nothing else', async () => {
    await begin({listenInUri: PATTERNS.listenInUri});
    const {monitor, listenIn, bargeIn, supervise, playFile} = alice.capabilities;
    expect({monitor, listenIn, bargeIn, supervise, playFile}).to.deep.equal({
      monitor: false,
      listenIn: true,
      bargeIn: false,
      supervise: false,
      playFile: false,
    });
    const {call} = await talk();
    const before = wire.messages.length;
    await rejects(alice.monitor('1002'), 'unsupported');
    await rejects(alice.bargeIn('1002'), 'unsupported');
    await rejects(alice.removeCall('1002'), 'unsupported');
    await rejects(call.playFile('song'), 'unsupported');
    expect(wire.messages.slice(before).filter((message) => !message.includes('INVITE'))).to.deep.equal([]);
    expect(call.state.phase).to.equal('answered');
  });

  describe('a file', () => {
    it('is played by a pattern into the call, as often as is wanted', async () => {
      await begin();
      const {call, dialog: bobs} = await talk();
      expect(alice.capabilities.playFile).to.equal(true);
      const player = await far('*88song*bob');
      const playing = call.playFile('song', 2);
      const first = await player.rings();
      expect(invited()).to.deep.equal({to: 'sip:*88song*bob@wire.test', lines: ['audio recvonly']});
      await first.accept({audio: true, video: false});
      await playing;
      expect(alice.state.calls).to.deep.equal([call]);
      await rejects(call.playFile('song'), 'file-playing');
      await first.hangup();
      const second = await player.rings();
      await second.accept({audio: true, video: false});
      await second.hangup();
      // It is played again once the previous one has ended.
      const again = until(() =>
        call.playFile('song').then(
          () => true,
          ({code}: SipError) => code !== 'file-playing',
        ),
      );
      const third = await player.rings();
      await third.accept({audio: true, video: false});
      await again;
      await hears(bobs);
      expect([call.state.held, player.dialogs]).to.deep.equal([false, []]);
    });

    it('is stopped, and ends with the call', async () => {
      await begin();
      const {call} = await talk();
      const player = await far('*88song*bob');
      await rejects(call.stopFile('song'), 'file-not-found');
      for (const stop of [() => call.stopFile('song'), () => call.hangup()]) {
        const playing = call.playFile('song', 9);
        const dialog = await player.rings();
        await dialog.accept({audio: true, video: false});
        await playing;
        await stop();
        await reaches(dialog, 'terminated');
      }
      expect(player.dialogs).to.deep.equal([]);
    });

    it('that the PBX does not know is refused, and the call goes on', async () => {
      await begin();
      const {call} = await talk();
      const error = await rejects(call.playFile('no song@x'), 'file-not-found');
      expect([error.subject, error.status]).to.deep.equal(['no song@x', 404]);
      expect(invited().to).to.equal('sip:*88no%20song%40x*bob@wire.test');
      await rejects(call.playFile('a:b%'), 'file-not-found');
      expect(invited().to).to.equal('sip:*88a%3Ab%25*bob@wire.test');
      expect(call.state.phase).to.equal('answered');
    });
  });
});

/** Resolves once the call's picture has been decoded. */
async function shows(call: SipCall): Promise<void> {
  const video = Object.assign(document.createElement('video'), {muted: true});
  video.srcObject = call.remoteStream!;
  await video.play();
  await until(() => video.videoWidth > 0);
  video.srcObject = null;
}
