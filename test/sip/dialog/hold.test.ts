import {expect} from '@open-wc/testing';
import {mediaLines} from '../../../src/media/peer/description.js';
import type {SipDialog} from '../../../src/sip/user-agent.js';
import {shorten} from '../../support/in-page/durations.js';
import {
  becomes,
  hears,
  listens,
  reaches,
  received,
  sees,
  settles,
  until,
} from '../../support/in-page/facts.js';
import {rejects} from '../../support/in-page/rejections.js';
import {WireUser} from '../../support/wire/wire-users.js';
import {Wire} from '../../support/wire/wire.js';

/** Longer than between two packets, and between two beeps of the browser's microphone, which beeps twice a second. */
const [PACKETS, BEEPS] = [500, 1_100];

describe('SipDialog: hold', () => {
  let wire: Wire;
  let alice: WireUser;
  let bob: WireUser;
  let call: SipDialog;
  let far: SipDialog;

  async function talk(video = true): Promise<void> {
    call = alice.agent.invite('bob', {audio: true, video});
    far = await bob.rings();
    await far.accept({audio: true, video});
    await reaches(call, 'confirmed');
    await Promise.all([hears(call), hears(far)]);
  }

  beforeEach(async () => {
    shorten({glareUnit: 1});
    wire = new Wire({alice: '', bob: ''});
    [alice, bob] = await Promise.all([
      new WireUser(wire, {user: 'alice'}).begin(),
      new WireUser(wire, {user: 'bob'}).begin(),
    ]);
  });

  afterEach(async () => {
    await Promise.all([alice.agent.disconnect(), bob.agent.disconnect()]);
  });

  const offers = (): string[] =>
    wire.messages.filter((message) => message.startsWith('INVITE ') && message.includes('\r\nm='));
  /** The offered directions, one text for each re-INVITE. */
  const offered = (): string[] =>
    offers()
      .slice(1)
      .map((message) =>
        mediaLines(message.split('\r\n\r\n')[1]!)
          .map(({direction}) => direction)
          .join(),
      );
  const holding = ({state}: SipDialog): [boolean, boolean] => [state.held, state.remoteHeld];
  /** Whether each track that a dialog plays is enabled. */
  const played = (dialog: SipDialog): boolean[] =>
    dialog.remoteStream!.getTracks().map(({enabled}) => enabled);

  /** Answers the next re-INVITEs with the statuses, before they reach the other side. */
  function refuse(...statuses: number[]): void {
    wire.handle = ({request, reply}) => {
      if (request.method !== 'INVITE' || !statuses.length) return false;
      reply(statuses.shift()!);
      return true;
    };
  }

  it('sends and plays nothing, and goes on again', async () => {
    await talk();
    await Promise.all([sees(call), sees(far)]);
    await call.setHeld(true);
    expect(offered()).to.deep.equal(['sendonly,sendonly']);
    expect(call.state).to.deep.include({held: true, remoteHeld: false});
    expect(call.state.media).to.deep.equal({audio: 'sendonly', video: 'sendonly'});
    await becomes(far, ({remoteHeld}) => remoteHeld);
    await sendsNothing(call);
    await sendsNothing(far);
    await listens(far, () => settles(async () => (await received(far)).energy, BEEPS));
    expect(call.localStream!.getTracks().map(({readyState}) => readyState)).to.deep.equal(['live', 'live']);
    await call.setHeld(false);
    expect(offered()).to.deep.equal(['sendonly,sendonly', 'sendrecv,sendrecv']);
    await becomes(far, ({remoteHeld}) => !remoteHeld);
    expect(holding(call)).to.deep.equal([false, false]);
    expect(played(call)).to.deep.equal([true, true]);
    await Promise.all([hears(call), hears(far), sees(call), sees(far)]);
  });

  it('is silent at once, and told when the other side has agreed', async () => {
    await talk();
    let let200Through: (() => void) | undefined;
    wire.handle = ({request}) => {
      if (request.method === 'INVITE') {
        expect(holding(call)).to.deep.equal([false, false]);
        let200Through?.();
      }
      return false;
    };
    const asked = new Promise<void>((resolve) => (let200Through = resolve));
    const held = call.setHeld(true);
    expect(played(call)).to.deep.equal([false, false]);
    await asked;
    await held;
    expect(call.state.held).to.equal(true);
  });

  it('leaves all as it was where it is refused', async () => {
    await talk();
    refuse(488);
    await rejects(call.setHeld(true), 'not-acceptable');
    expect(holding(call)).to.deep.equal([false, false]);
    expect(played(call)).to.deep.equal([true, true]);
    await Promise.all([hears(call), hears(far), sees(far)]);
    await call.setHeld(true);
    refuse(500);
    await rejects(call.setHeld(false), 'server-error');
    expect(holding(call)).to.deep.equal([true, false]);
    await sendsNothing(call);
    await call.setHeld(false);
    await Promise.all([hears(call), hears(far)]);
  });

  it('leaves all as it was where the offer gets lost with the connection', async () => {
    await talk(false);
    wire.handle = ({request}) => {
      if (request.method !== 'INVITE') return false;
      wire.handle = undefined;
      wire.cut('alice');
      return true;
    };
    await rejects(call.setHeld(true), 'connection-lost');
    expect(holding(call)).to.deep.equal([false, false]);
    await Promise.all([hears(call), hears(far)]);
  });

  it('waits and asks again after a 491', async () => {
    await talk(false);
    refuse(491);
    await call.setHeld(true);
    expect(offered()).to.deep.equal(['sendonly', 'sendonly']);
    expect(holding(call)).to.deep.equal([true, false]);
  });

  describe('before the caller has taken the answer', () => {
    const Connection = RTCPeerConnection;
    let answered: boolean;
    let take: () => void;

    beforeEach(() => {
      answered = false;
      const taken = new Promise<void>((resolve) => (take = resolve));
      window.RTCPeerConnection = class extends Connection {
        override async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
          answered ||= description.type === 'answer';
          if (description.type === 'answer') await taken;
          await super.setRemoteDescription(description);
        }
      };
    });

    afterEach(() => {
      window.RTCPeerConnection = Connection;
    });

    it('waits for the ACK', async () => {
      call = alice.agent.invite('bob', {audio: true, video: false});
      far = await bob.rings();
      await far.accept({audio: true, video: false});
      const held = far.setHeld(true);
      // More than one look at it.
      await new Promise((resolve) => setTimeout(resolve, 200));
      expect(offered()).to.deep.equal([]);
      take();
      await held;
      await call.setHeld(true);
      expect([holding(call), holding(far)]).to.deep.equal([
        [true, true],
        [true, true],
      ]);
    });

    /** Calls, and delivers a request of the other side before its answer; returns the response to that request. */
    async function early(method: string, change: (answer: string) => string = () => ''): Promise<string> {
      call = alice.agent.invite('bob', {audio: true, video: false});
      far = await bob.rings();
      await far.accept({audio: true, video: false});
      await until(() => answered);
      const [offer] = offers();
      const answer = wire.messages.find((text) => /^SIP\/2\.0 200 [^]*\nCSeq: \d+ INVITE/.test(text))!;
      const header = (name: string, text = answer): string =>
        new RegExp(`^${name}: (.*)\\r$`, 'm').exec(text)![1]!;
      const body = change(answer.split('\r\n\r\n')[1]!);
      wire.tell(
        'alice',
        [
          `${method} ${/<([^>]+)>/.exec(header('Contact', offer))![1]} SIP/2.0`,
          'Via: SIP/2.0/WS early.test;branch=z9hG4bKearly',
          `From: ${header('To')}`,
          `To: ${header('From')}`,
          `Call-ID: ${header('Call-ID')}`,
          `CSeq: 1 ${method}`,
          `Contact: ${header('Contact')}`,
          'Session-Expires: 1800;refresher=uac',
          'Supported: timer',
          'Content-Type: application/sdp',
          `Content-Length: ${body.length}`,
          '',
          body,
        ].join('\r\n'),
      );
      // By then it has arrived.
      await new Promise((resolve) => setTimeout(resolve));
      take();
      const final = (): string | undefined =>
        wire.messages.find((text) => /^SIP\/2\.0 [2-6][^]*branch=z9hG4bKearly/.test(text));
      await until(() => final() !== undefined);
      return final()!;
    }

    it('is answered as soon as it may be', async () => {
      const response = await early('INVITE', (answer) => answer.replace('a=sendrecv', 'a=sendonly'));
      expect(response).to.match(/^SIP\/2\.0 200/);
      expect(response).to.contain('Session-Expires: 1800;refresher=uac');
      expect(holding(call)).to.deep.equal([false, true]);
    });

    it('lets the other side hang up', async () => {
      expect(await early('BYE')).to.match(/^SIP\/2\.0 200/);
      await reaches(call, 'terminated');
      expect(call.state).to.deep.include({cause: {by: 'remote', code: 'normal'}});
    });
  });

  it('is one where it is asked for twice', async () => {
    await talk(false);
    await Promise.all([call.setHeld(true), call.setHeld(true)]);
    await call.setHeld(true);
    expect(offered()).to.deep.equal(['sendonly']);
    await call.setHeld(false);
    await hears(far);
  });

  it('ends unheld where it goes on at once', async () => {
    await talk();
    await Promise.all([call.setHeld(true), call.setHeld(false)]);
    expect(holding(call)).to.deep.equal([false, false]);
    await becomes(far, ({remoteHeld}) => !remoteHeld);
    await Promise.all([hears(call), hears(far), sees(call), sees(far)]);
  });

  it('may be taken back by each side on its own', async () => {
    await talk();
    await call.setHeld(true);
    await far.setHeld(true);
    expect([holding(call), holding(far)]).to.deep.equal([
      [true, true],
      [true, true],
    ]);
    expect(call.state.media).to.deep.equal({audio: 'inactive', video: 'inactive'});
    await call.setHeld(false);
    expect([holding(call), holding(far)]).to.deep.equal([
      [false, true],
      [true, false],
    ]);
    await sendsNothing(far);
    await far.setHeld(false);
    expect([holding(call), holding(far)]).to.deep.equal([
      [false, false],
      [false, false],
    ]);
    await Promise.all([hears(call), hears(far), sees(call), sees(far)]);
  });

  it('ends alike at both where they hold at once', async () => {
    await talk(false);
    await Promise.all([call.setHeld(true), far.setHeld(true)]);
    await Promise.all([call, far].map((dialog) => becomes(dialog, ({remoteHeld}) => remoteHeld)));
    expect([call.state.held, far.state.held]).to.deep.equal([true, true]);
    await Promise.all([call.setHeld(false), far.setHeld(false)]);
    await Promise.all([call, far].map((dialog) => becomes(dialog, ({remoteHeld}) => !remoteHeld)));
    expect(call.state.media.audio).to.equal('sendrecv');
    await Promise.all([hears(call), hears(far)]);
  });

  it('waits where the other side’s own offer is still to be acknowledged', async () => {
    await talk(false);
    let caught: string | undefined;
    wire.handle = ({request}) => request.method === 'ACK' && (caught = 'ACK') !== undefined;
    const other = far.setHeld(true);
    await until(() => caught !== undefined);
    await other;
    const own = call.setHeld(true);
    await until(() => call.state.remoteHeld);
    wire.handle = undefined;
    await own;
    expect([holding(call), holding(far)]).to.deep.equal([
      [true, true],
      [true, true],
    ]);
  });

  it('keeps its silence where the camera and the microphone change meanwhile', async () => {
    await talk();
    await call.setHeld(true);
    await call.setMuted(true);
    await call.setMuted(false);
    await call.setCameraOff(true);
    await sendsNothing(call);
    await call.setCameraOff(false);
    await sendsNothing(call);
    await call.setHeld(false);
    await Promise.all([hears(far), sees(far)]);
  });

  it('needs a call that stands', async () => {
    call = alice.agent.invite('bob', {audio: true, video: false});
    far = await bob.rings();
    await rejects(call.setHeld(true), 'invalid-state');
    await far.accept({audio: true, video: false});
    await reaches(call, 'confirmed');
    const held = rejects(call.setHeld(true), 'aborted');
    await call.hangup();
    await held;
    await rejects(call.setHeld(true), 'invalid-state');
  });
});

/** Resolves once nothing has been sent for a while: no event reports that nothing happens. */
async function sendsNothing(dialog: SipDialog): Promise<void> {
  await settles(async () => {
    let packets = 0;
    (await dialog.statistics())?.forEach((entry: {type: string; packetsSent?: number}) => {
      if (entry.type === 'outbound-rtp') packets += entry.packetsSent ?? 0;
    });
    return packets;
  }, PACKETS);
}
