import {expect} from '@open-wc/testing';
import type {Invitation, UserAgent} from 'sip.js';
import type {SipClientOptions} from '../../src/core/client/options.js';
import type {SipCall} from '../../src/core/call/call.js';
import type {KeptCall} from '../../src/core/call/call-init.js';
import type {SipConference} from '../../src/core/conference/conference.js';
import {isConference} from '../../src/core/conference/is-conference.js';
import {CONFBRIDGE_EVENT} from '../../src/standard/confbridge-event.js';
import {CONFERENCE_INFO} from '../../src/standard/conference-event.js';
import {bridgeEvent, channel} from '../support/wire/confbridge.js';
import {conferenceInfo} from '../support/wire/conference-info.js';
import {becomes, hears, hearsSound, until} from '../support/in-page/facts.js';
import {WireClient} from '../support/wire/wire-dispatch.js';
import {WireNotifier} from '../support/wire/wire-notifier.js';
import {plainMedia, plainUser} from '../support/wire/wire-users.js';
import {Wire, type Arrived, type WireTransport} from '../support/wire/wire.js';

const FOCUS = 'sip:conf701@wire.test';
const ALICE = {entity: 'sip:alice@wire.test', name: 'Alice'};
const BOB = {entity: 'sip:bob@wire.test', name: 'Bob'};

const STORED = /^sip-elements\.calls\./;

/** Alice's page is gone in the middle of a conference, and another page of hers is there. */
describe('StandardService: a conference, or a call of others, of an earlier page', () => {
  let wire: Wire;
  let notifier: WireNotifier;
  let gone: WireClient;
  let back: WireClient;
  const agents: UserAgent[] = [];
  /** The legs of the room, and the REFERs to its focus. */
  const legs: Invitation[] = [];
  const refers: Arrived[] = [];
  /** The connection of the page that is gone. */
  let silenced: WireTransport | undefined;
  /** What the room refuses `Replaces` with. */
  let refusal: number | undefined;

  beforeEach(async () => {
    wire = new Wire({alice: '', '701': '', bob: '', carol: ''});
    notifier = new WireNotifier(wire);
    const notified = wire.handle!;
    refusal = undefined;
    wire.handle = (arrived) => {
      const {request, reply} = arrived;
      if (request.method === 'REFER') {
        refers.push(arrived);
        reply(202, ['Contact: <sip:focus@wire.test>']);
      } else if (refusal && request.hasHeader('replaces')) reply(refusal);
      else return notified(arrived);
      return true;
    };
    const room = await plainUser(
      wire,
      '701',
      (invitation) => {
        legs.push(invitation);
        void invitation.accept();
      },
      true,
    );
    agents.push(room);
    gone = await page();
  });

  afterEach(async () => {
    // Both pages say goodbye.
    notifier.react = ({reply}) => {
      reply(481);
      return true;
    };
    if (silenced) silenced.blocked = false;
    await Promise.all([gone, back].map((client) => client?.disconnect()));
    await Promise.all(agents.splice(0).map((agent) => agent.stop()));
    silenced = undefined;
    legs.length = refers.length = 0;
    sessionStorage.clear();
  });

  async function page(options: Partial<SipClientOptions> = {}): Promise<WireClient> {
    const client = new WireClient(wire, {
      ...{user: 'alice', password: '', profile: 'standard', historyStorage: 'memory', resume: true},
      recordingsStorage: 'memory',
      ...options,
    });
    await client.connect();
    await client.register();
    return client;
  }

  /** Lets the room's answers name it as a focus (RFC 4579 §4). */
  function isFocus(): void {
    wire.edit = (message) =>
      /^SIP\/2\.0 200 [^]*^To: <sip:(?:conf)?701@[^]*^CSeq: \d+ INVITE/m.test(message)
        ? message.replace(/^Contact: .*$/m, `Contact: <${FOCUS}>;isfocus`)
        : message.replace(/^(INVITE|ACK|BYE|MESSAGE) sip:conf701@/, '$1 sip:701@');
  }

  /** Within the newest leg, as a ConfBridge writes. */
  const writes = async (body: string): Promise<unknown> =>
    legs.at(-1)!.message({
      requestOptions: {body: {contentDisposition: 'render', contentType: CONFBRIDGE_EVENT, content: body}},
    });

  const tells = (version: number, users: Parameters<typeof conferenceInfo>[1]): void =>
    notifier.tell('conf701', 'conference', {body: conferenceInfo(version, users), type: CONFERENCE_INFO});

  const members = ({state}: SipConference): string[] => state.members.map(({number}) => number).sort();
  const hasMembers = (conference: SipConference, ...wanted: readonly string[]): Promise<unknown> =>
    becomes(conference, () => isConference(conference) && members(conference).join() === wanted.join());

  async function joins(names: readonly string[] = []): Promise<SipConference> {
    const conference = await gone.createConference({number: '701', members: names});
    await becomes(conference, ({phase}) => phase === 'answered');
    await hearsSound(conference);
    return conference;
  }

  /** Ends the first page without a word, and lets the second one continue what it has noted. */
  async function comesBack(options: Partial<SipClientOptions> = {}): Promise<SipConference> {
    const [key] = Object.keys(sessionStorage).filter((name) => STORED.test(name));
    const noted = sessionStorage.getItem(key!)!;
    silenced = wire.connectionOf('alice')!;
    silenced.blocked = true;
    back = await page(options);
    const instance = /\+sip\.instance="<urn:uuid:([^>]+)>"/.exec(
      wire.messages.findLast((message) => message.startsWith('REGISTER '))!,
    )![1]!;
    await back.unregister();
    sessionStorage.setItem(`sip-elements.calls.${instance}`, noted);
    wire.messages.length = 0;
    const resumed = new Promise<SipConference>((resolve) =>
      back.addEventListener('sip-call-resumed', ({detail}) => resolve(detail.call as SipConference), {
        once: true,
      }),
    );
    await back.register();
    return resumed;
  }

  const invites = (): readonly string[] =>
    wire.messages
      .filter((message) => message.startsWith('INVITE '))
      .map((message) => message.split('\r\n\r\n')[0]!);
  const keptCalls = (): readonly KeptCall[] => {
    const key = Object.keys(sessionStorage).find((name) => STORED.test(name)) ?? '';
    return (JSON.parse(sessionStorage.getItem(key) ?? '{"calls":[]}') as {calls: readonly KeptCall[]}).calls;
  };
  const noted = (fact: (call: KeptCall) => unknown): Promise<void> =>
    until(() => keptCalls().length > 0 && keptCalls().every(fact));
  /** Whether the room has the newest leg alone. */
  const hasOneLeg = (): Promise<void> =>
    until(() => legs.map(({state}) => String(state) === 'Established').join() === 'false,true');

  it('is taken over at its focus, which reports its members again, and calls nobody twice', async () => {
    isFocus();
    notifier.documents.set('conference conf701', conferenceInfo(1, [ALICE, BOB]));
    const before = await joins(['bob']);
    await hasMembers(before, 'alice', 'bob');
    await until(() => refers.length === 1);
    await noted(({dialog}) => dialog.rejoin);
    const {id, state} = before;
    notifier.documents.set(
      'conference conf701',
      conferenceInfo(2, [ALICE, BOB, {entity: 'sip:carol@wire.test'}]),
    );
    const conference = await comesBack();
    expect([conference.id, conference.type, conference.remote.number, conference.direction]).to.deep.equal([
      id,
      'conference',
      '701',
      'outgoing',
    ]);
    expect(conference.state).to.include({phase: 'answered', answeredAt: state.answeredAt});
    expect(back.state.calls).to.deep.equal([conference]);
    await becomes(conference, ({health}) => health === 'healthy');
    await hasMembers(conference, 'alice', 'bob', 'carol');
    await hasOneLeg();
    const [invite, ...more] = invites();
    expect(more).to.deep.equal([]);
    expect(invite).to.match(/^INVITE sip:conf701@wire\.test /);
    expect(invite).to.match(/^Require: replaces$/m);
    await Promise.all([hearsSound(conference), hears(plainMedia(legs[1]!))]);
    tells(3, [ALICE, BOB]);
    await hasMembers(conference, 'alice', 'bob');
    expect(conference.state.abilities!.members).to.equal(true);
    expect(refers).to.have.length(1);
    await conference.addMember('dave');
    expect(refers).to.have.length(2);
  });

  for (const status of [420, 481])
    it(`is joined again, and its old leg ended, where Replaces is refused with ${status}`, async () => {
      isFocus();
      await joins();
      await noted(({dialog}) => dialog.rejoin);
      refusal = status;
      const conference = await comesBack();
      await becomes(conference, ({health}) => health === 'healthy');
      await hasOneLeg();
      expect(invites().map((invite) => /^Replaces:/m.test(invite))).to.deep.equal([true, false]);
      expect(wire.messages.filter((message) => message.startsWith('BYE '))).to.have.length(1);
      await Promise.all([hearsSound(conference), hears(plainMedia(legs[1]!))]);
    });

  it('is called anew where it is a ConfBridge, which tells only those who join', async () => {
    const call = (await gone.call('701')) as SipConference;
    await becomes(call, ({phase}) => phase === 'answered');
    await writes(bridgeEvent('Welcome', [channel('alice', '1'), channel('bob', '2')]));
    await hasMembers(call, 'alice', 'bob');
    await noted(({type}) => type === 'conference');
    const conference = await comesBack();
    await becomes(conference, ({health}) => health === 'healthy');
    await writes(bridgeEvent('Welcome', [channel('alice', '1'), channel('bob', '2'), channel('alice', '3')]));
    await hasOneLeg();
    await writes(bridgeEvent('Leave', [channel('alice', '1')]));
    await hasMembers(conference, 'alice', 'bob');
    expect(invites()).to.have.length(1);
    expect(invites()[0]).to.match(/^INVITE sip:701@wire\.test /);
    expect(invites()[0]).not.to.match(/^Replaces:/m);
    await Promise.all([hearsSound(conference), hears(plainMedia(legs[1]!))]);
    // It lets the new page go to somebody as it would the old one.
    await legs[1]!.invite({requestOptions: {extraHeaders: ['P-Asserted-Identity: <sip:bob@wire.test>']}});
    await until(() => conference.remote.number === 'bob');
    await conference.hold();
    expect([conference.type, isConference(conference)]).to.deep.equal(['single', false]);
  });

  it('is taken over where another number leads into it than the one that was called', async () => {
    const call = (await gone.call('701')) as SipConference;
    await becomes(call, ({phase}) => phase === 'answered');
    await legs[0]!.invite({requestOptions: {extraHeaders: ['P-Asserted-Identity: <sip:900@wire.test>']}});
    await until(() => call.remote.number === '900');
    await writes(bridgeEvent('Welcome', [channel('alice', '1')]));
    await hasMembers(call, 'alice');
    await noted(({type}) => type === 'conference');
    const conference = await comesBack();
    await becomes(conference, ({health}) => health === 'healthy');
    expect(conference.remote.number).to.equal('900');
    expect(invites().map((invite) => /^Replaces:/m.test(invite))).to.deep.equal([true]);
  });

  it('stays muted and held, and is recorded again', async () => {
    isFocus();
    const before = await joins();
    await before.startRecording();
    await before.mute();
    await before.hold();
    await noted(({held, recording, dialog}) => held && recording && dialog.rejoin);
    const conference = await comesBack();
    await becomes(conference, ({muted, held, recording}) => muted && held && recording);
    await until(() => wire.messages.some((message) => /^INVITE [^]*^a=sendonly/m.test(message)));
    expect(invites()).to.have.length(2);
    await conference.unhold();
    await conference.unmute();
    await hears(plainMedia(legs[1]!));
  });

  it('is lost, and its old leg ended, where it is there no more', async () => {
    isFocus();
    await joins();
    await noted(({dialog}) => dialog.rejoin);
    const {handle} = wire;
    wire.handle = (arrived) => {
      if (arrived.request.method !== 'INVITE') return handle!(arrived);
      arrived.reply(404);
      return true;
    };
    const conference = await comesBack();
    const {cause} = await becomes(conference, ({phase}) => phase === 'released');
    expect(cause).to.include({code: 'call-lost'});
    await until(() => String(legs[0]!.state) === 'Terminated');
    expect(invites()).to.have.length(1);
  });

  it('that the browser mixed is mixed again', async () => {
    const others: Invitation[] = [];
    const answers = (invitation: Invitation): void => {
      others.push(invitation);
      void invitation.accept();
    };
    for (const user of ['bob', 'carol']) agents.push(await plainUser(wire, user, answers, true));
    const calls: SipCall[] = [];
    for (const number of ['bob', 'carol']) {
      const call = await gone.call(number);
      await becomes(call, ({phase}) => phase === 'answered');
      calls.push(call);
    }
    await gone.merge(calls);
    await noted(({merged, held}) => merged && !held);
    await comesBack();
    const [bob, carol] = back.state.calls;
    await becomes(bob!, ({merged}) => merged?.join() === carol!.id);
    await becomes(carol!, ({merged, held, muted}) => merged?.join() === bob!.id && !held && !muted);
    expect(back.state.current).to.equal(carol);
    // What each side hears now is the other one.
    await until(async () => {
      await bob!.mute();
      return carol!.state.muted;
    });
    await Promise.all(others.slice(2).map((other) => hears(plainMedia(other))));
  });

  it('that a patch connected is connected again, with the same part of the user', async () => {
    for (const user of ['bob', 'carol'])
      agents.push(await plainUser(wire, user, (invitation) => void invitation.accept(), true));
    const calls: SipCall[] = [];
    for (const number of ['bob', 'carol']) {
      const call = await gone.call(number);
      await becomes(call, ({phase}) => phase === 'answered');
      calls.push(call);
    }
    const {id} = await gone.patch(calls, {part: 'listening', hangTime: 300});
    await noted(({patch, held, muted}) => patch?.part === 'listening' && !held && muted);
    await comesBack();
    await becomes(back, ({patches}) => patches.length === 1);
    const [patch] = back.patches;
    expect([patch!.id, patch!.state.part, patch!.calls]).to.deep.equal([id, 'listening', back.calls]);
    expect(back.calls.map(({state}) => [state.held, state.muted])).to.deep.equal([
      [false, true],
      [false, true],
    ]);
  });

  it('is left by a page that is closed without “resume”', async () => {
    await gone.disconnect();
    gone = await page({resume: false});
    await joins();
    window.dispatchEvent(new PageTransitionEvent('pagehide'));
    await until(() => String(legs[0]!.state) === 'Terminated');
    expect(Object.keys(sessionStorage).filter((name) => STORED.test(name))).to.deep.equal([]);
  });

  for (const [name, media] of [
    ['listen-in', 'recvonly'],
    ['barge-in', 'sendrecv'],
  ] as const)
    it(`that was joined by a pattern is joined again: ${name}`, async () => {
      await gone.disconnect();
      const options = {
        listenInUri: 'sip:701@{host};spy={number}',
        bargeInUri: 'sip:701@{host};talk={number}',
      };
      gone = await page(options);
      const before = await (name === 'listen-in' ? gone.listenIn('bob') : gone.bargeIn('bob'));
      await becomes(before, ({phase}) => phase === 'answered');
      await hearsSound(before);
      await noted(({dialog}) => dialog.rejoin);
      const after = await comesBack(options);
      await becomes(after, ({health}) => health === 'healthy');
      await hasOneLeg();
      expect([after.id, after.type, after.remote.number]).to.deep.equal([before.id, name, 'bob']);
      expect(invites()).to.have.length(1);
      expect(invites()[0]).to.match(/^INVITE sip:701@wire\.test;(spy|talk)=bob /);
      expect(wire.messages.find((message) => message.startsWith('INVITE '))).to.contain(`a=${media}`);
      await hearsSound(after);
    });
});
