import {expect} from '@open-wc/testing';
import type {SipDialog} from '../../../src/sip/user-agent.js';
import {shorten} from '../../support/in-page/durations.js';
import {becomes, hears, reaches, until} from '../../support/in-page/facts.js';
import {rejects} from '../../support/in-page/rejections.js';
import {WireUser} from '../../support/wire/wire-users.js';
import {Wire} from '../../support/wire/wire.js';

describe('SipDialog: offers within a call', () => {
  let wire: Wire;
  let alice: WireUser;
  let bob: WireUser;
  let call: SipDialog;
  let ringing: SipDialog;

  async function talk(): Promise<void> {
    call = alice.agent.invite('bob', {audio: true, video: false});
    ringing = await bob.rings();
    await ringing.accept({audio: true, video: false});
    await reaches(call, 'confirmed');
  }

  /** The ICE user names that Alice's offers had so far. */
  function fragments(): (string | undefined)[] {
    return wire.messages
      .filter((message) => message.startsWith('INVITE sip:'))
      .map((message) => /^a=ice-ufrag:(.*)$/m.exec(message)?.[1]);
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

  it('come after the registration when the connection is back', async () => {
    await talk();
    await hears(call);
    const before = wire.messages.length;
    wire.cut('alice');
    await becomes(call, ({health}) => health === 'restored');
    const requests = wire.messages.slice(before).map((message) => message.split(' ', 1)[0]);
    expect(requests.filter((method) => method !== 'SIP/2.0')).to.deep.equal(['REGISTER', 'INVITE', 'ACK']);
    const [first, second] = fragments();
    expect(second).to.equal(first);
  });

  it('make the call healthy again after a while', async () => {
    shorten({restored: 300});
    await talk();
    await hears(call);
    const seen: string[] = [];
    call.addEventListener('statechange', () => {
      const {health} = call.state;
      if (health !== seen.at(-1)) seen.push(health);
    });
    wire.cut('alice');
    await becomes(call, ({health}) => health === 'suspect');
    await becomes(call, ({health}) => health === 'healthy');
    expect(seen.filter((health) => health !== 'recovering')).to.deep.equal([
      'suspect',
      'restored',
      'healthy',
    ]);
  });

  it('seek new ways after the network changed', async () => {
    await talk();
    await hears(call);
    window.dispatchEvent(new Event('online'));
    wire.cut('alice');
    await becomes(call, ({health}) => health === 'restored');
    const [first, second] = fragments();
    expect(second).not.to.equal(first);
    await Promise.all([hears(call), hears(ringing)]);
  });

  it('are made again after a 491', async () => {
    await talk();
    await hears(ringing);
    let refused = 0;
    wire.handle = ({request, reply}) => {
      if (request.method !== 'INVITE' || refused > 1) return false;
      refused++;
      reply(491);
      return true;
    };
    wire.cut('bob');
    await becomes(ringing, ({health}) => health === 'restored');
    expect(refused).to.equal(2);
    await hears(ringing);
  });

  it('seek the new ways still after a 491', async () => {
    await talk();
    await hears(call);
    let refused = false;
    wire.handle = ({request, reply}) => {
      if (request.method !== 'INVITE' || refused) return false;
      refused = true;
      reply(491);
      return true;
    };
    window.dispatchEvent(new Event('online'));
    wire.cut('alice');
    await becomes(call, ({health}) => health === 'restored');
    const [first, second, third] = fragments();
    expect(second).not.to.equal(first);
    expect(third).not.to.equal(first);
    await Promise.all([hears(call), hears(ringing)]);
  });

  it('leave the call as it was where one holds nothing', async () => {
    await talk();
    await hears(ringing);
    wire.rewrite = (body, message) =>
      message.startsWith('INVITE')
        ? body.replace(/^(m=\w+) \d+/gm, '$1 0').replace(/^a=group.*\r\n/m, '')
        : body;
    wire.cut('alice');
    await until(() => wire.messages.some((message) => message.startsWith('SIP/2.0 488')));
    wire.rewrite = undefined;
    await Promise.all([hears(call), hears(ringing)]);
    expect(ringing.state).to.deep.include({phase: 'confirmed', media: call.state.media});
  });

  it('leave the call as it was where one holds so many lines that the browser would stand still', async () => {
    await talk();
    await hears(ringing);
    const more = Array.from({length: 130}, (_, index) => `m=audio 0 RTP/AVP 0\r\na=mid:more${index}\r\n`);
    wire.rewrite = (body, message) => (message.startsWith('INVITE') ? body + more.join('') : body);
    wire.cut('alice');
    await until(() => wire.messages.some((message) => message.startsWith('SIP/2.0 488')));
    wire.rewrite = undefined;
    await Promise.all([hears(call), hears(ringing)]);
    expect(ringing.state).to.deep.include({phase: 'confirmed', media: call.state.media});
  });

  it('find each other where both sides make one at once', async () => {
    await talk();
    await hears(call);
    wire.cut();
    await Promise.all([
      becomes(call, ({health}) => health === 'restored'),
      becomes(ringing, ({health}) => health === 'restored'),
    ]);
    await Promise.all([hears(call), hears(ringing)]);
  });

  it('end with the connection, though a server has begun to answer them', async () => {
    await talk();
    await hears(call);
    wire.handle = ({request, reply}) => {
      if (request.method !== 'INVITE') return false;
      wire.handle = undefined;
      reply(100);
      return true;
    };
    const held = rejects(call.setHeld(true), 'connection-lost');
    await until(() => wire.handle === undefined);
    wire.cut('alice');
    await held;
    await becomes(call, ({health}) => health === 'restored');
    await call.setHeld(true);
    await ringing.setHeld(true);
  });

  it('replace the one whose answer got lost with the connection', async () => {
    await talk();
    await hears(call);
    wire.edit = (message) => {
      if (message.startsWith('SIP/2.0 200') && message.includes(' INVITE\r\n')) {
        wire.edit = undefined;
        wire.cut('alice');
      }
      return message;
    };
    await rejects(call.setHeld(true), 'connection-lost');
    await becomes(call, ({health}) => health === 'restored');
    expect(wire.messages.filter((message) => message.startsWith('SIP/2.0 500'))).to.deep.equal([]);
    await call.setHeld(true);
    await ringing.setHeld(true);
  });

  it('wait for no ACK that got lost with the connection', async () => {
    await talk();
    await hears(ringing);
    let lost: number | undefined;
    wire.handle = ({request: {method, from, cseq}}) => {
      if (method !== 'ACK' || from.uri.user !== 'alice') return false;
      if (lost === undefined) wire.cut('bob');
      lost ??= cseq;
      return cseq === lost;
    };
    await call.setHeld(true);
    await becomes(ringing, ({health}) => health === 'restored');
    await ringing.setHeld(true);
    await call.setHeld(false);
  });

  it('end with the call', async () => {
    await talk();
    wire.handle = ({request, reply}) => {
      if (request.method !== 'INVITE') return false;
      reply(491);
      return true;
    };
    wire.cut('alice');
    await alice.knows(() => alice.registration.at(-1)![0] === 'registered' && alice.registration.length > 3);
    await call.hangup();
    await reaches(ringing, 'terminated');
    expect(call.state.phase).to.equal('terminated');
  });

  /** Makes the next answers to offers unusable. */
  function spoilsAnswers(count: number): void {
    let left = count;
    wire.edit = (message) => {
      if (left === 0 || !/^SIP\/2\.0 200 [^]*^CSeq: \d+ INVITE\r$/m.test(message)) return message;
      left -= 1;
      return message.replace('m=audio', 'm=aud1o');
    };
  }

  it('are repeated once if the answer is unusable', async () => {
    await talk();
    const before = fragments().length;
    spoilsAnswers(1);
    await call.setHeld(true);
    await becomes(ringing, ({remoteHeld}) => remoteHeld);
    expect(fragments()).to.have.length(before + 2);
    await call.setHeld(false);
    await Promise.all([hears(call), hears(ringing)]);
  });

  it('leave the call as it was if no answer is usable', async () => {
    await talk();
    spoilsAnswers(2);
    await rejects(call.setHeld(true), 'not-acceptable');
    expect(call.state).to.include({phase: 'confirmed', held: false});
    await call.setHeld(true);
    await call.setHeld(false);
    await Promise.all([hears(call), hears(ringing)]);
    await ringing.hangup();
    expect((await reaches(call, 'terminated')).cause).to.include({by: 'remote', code: 'normal'});
  });

  it('are answered in any case, though the call ends before they are taken', async () => {
    const Connection = RTCPeerConnection;
    // Runs amid the browser's own work: what it is asked for then never settles.
    let amid = (): void => {};
    window.RTCPeerConnection = class extends Connection {
      override async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
        const taken = super.setRemoteDescription(description);
        amid();
        await taken;
      }
    };
    await talk();
    window.RTCPeerConnection = Connection;
    await hears(ringing);
    amid = () => void call.hangup();
    await rejects(call.setHeld(true), 'aborted');
    const offer = wire.messages.findLast((message) => message.startsWith('INVITE'))!;
    const [cseq] = /^CSeq: .*$/m.exec(offer)!;
    await until(() =>
      wire.messages.some((message) => /^SIP\/2\.0 [2-6]/.test(message) && message.includes(cseq)),
    );
  });

  it('find a way for media that had none', async function () {
    // Chromium needs some 15 to 30 seconds to give up.
    this.timeout(90_000);
    wire.rewrite = (body) =>
      body.replaceAll(
        /^(a=candidate:\S+ 1) udp (\d+ \S+) \d+ (typ host)/gm,
        '$1 tcp $2 65001 $3 tcptype passive',
      );
    await talk();
    const sides = [call, ringing];
    const first = await Promise.race(
      sides.map(async (dialog) => {
        await becomes(dialog, ({health}) => health === 'recovering');
        return dialog;
      }),
    );
    wire.rewrite = undefined;
    await Promise.all([hears(call), hears(ringing)]);
    await becomes(first, ({health}) => health === 'restored');
    // The side that gives up a moment later may get media before.
    for (const dialog of sides) expect(dialog.state.health).to.be.oneOf(['restored', 'healthy']);
  });
});
