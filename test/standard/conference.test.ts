import {expect} from '@open-wc/testing';
import type {Invitation, UserAgent} from 'sip.js';
import type {SipConference} from '../../src/core/conference/conference.js';
import {isConference} from '../../src/core/conference/is-conference.js';
import type {SipClientOptions} from '../../src/core/client/options.js';
import {CONFBRIDGE_EVENT} from '../../src/standard/confbridge-event.js';
import {CONFERENCE_INFO} from '../../src/standard/conference-event.js';
import {bridgeEvent, channel} from '../support/wire/confbridge.js';
import {conferenceInfo, endpoint} from '../support/wire/conference-info.js';
import {watchDevices, type Devices} from '../support/in-page/devices.js';
import {becomes, until} from '../support/in-page/facts.js';
import {rejects} from '../support/in-page/rejections.js';
import {WireClient} from '../support/wire/wire-dispatch.js';
import {WireNotifier} from '../support/wire/wire-notifier.js';
import {plainUser} from '../support/wire/wire-users.js';
import {Wire, type Arrived} from '../support/wire/wire.js';

/** Alice and a room: sip.js with its own media, scripted by the test. */
describe('StandardService: conferences', () => {
  let wire: Wire;
  let alice: WireClient;
  let notifier: WireNotifier;
  let devices: Devices;
  const agents: UserAgent[] = [];
  /** The calls that reached a room, and the REFERs that reached its focus. */
  const invitations: Invitation[] = [];
  const refers: Arrived[] = [];
  /** How a REFER is answered. */
  let referred: number;
  let log: string[];

  beforeEach(async () => {
    devices = watchDevices();
    wire = new Wire({alice: '', '701': '', factory: '', bob: ''});
    notifier = new WireNotifier(wire);
    const notified = wire.handle!;
    referred = 202;
    wire.handle = (arrived) => {
      if (arrived.request.method !== 'REFER') return notified(arrived);
      refers.push(arrived);
      arrived.reply(referred, ['Contact: <sip:focus@wire.test>']);
      return true;
    };
    log = [];
    await begin();
  });

  afterEach(async () => {
    await alice.disconnect();
    await Promise.all(agents.splice(0).map((agent) => agent.stop()));
    invitations.length = refers.length = 0;
    devices.restore();
    expect(devices.opened.filter(({readyState}) => readyState === 'live')).to.have.length(0);
  });

  async function begin(options: Partial<SipClientOptions> = {}): Promise<void> {
    if (alice) await alice.disconnect();
    alice = new WireClient(wire, {
      user: 'alice',
      password: '',
      profile: 'standard',
      historyStorage: 'none',
      log: ({area, level, text}) => area === 'call' && log.push(`${level} ${text}`),
      ...options,
    });
    await alice.connect();
    await alice.register();
  }

  /** A room that answers; with `focus` its answer has `isfocus` and an address (RFC 4579). */
  async function room(number: string, focus?: string): Promise<void> {
    agents.push(
      await plainUser(wire, number, (invitation) => {
        invitations.push(invitation);
        void invitation.accept();
      }),
    );
    if (focus === undefined) return;
    wire.edit = (message) =>
      /^SIP\/2\.0 200 [^]*^CSeq: \d+ INVITE/m.test(message)
        ? message.replace(/^Contact: .*$/m, `Contact: <${focus}>;isfocus`)
        : message;
  }

  const joined = async (conference: SipConference): Promise<SipConference> => {
    await becomes(conference, ({phase}) => phase === 'answered');
    return conference;
  };
  const join = async (members: readonly string[] = []): Promise<SipConference> =>
    joined(await alice.createConference({number: '701', members}));
  const members = ({state}: SipConference): string[] =>
    state.members.map(({number, phase, cause}) => [number, phase, cause?.code].filter(Boolean).join(' '));
  const hasMembers = (conference: SipConference, ...wanted: readonly string[]): Promise<unknown> =>
    becomes(conference, () => members(conference).join() === wanted.join());

  /** Within the call, as a ConfBridge writes. */
  async function writes(body: string, contentType = CONFBRIDGE_EVENT): Promise<void> {
    await invitations.at(-1)!.message({
      requestOptions: {body: {contentDisposition: 'render', contentType, content: body}},
    });
  }

  /** Reports the progress of the focus' call to somebody. */
  function sipfrag({request, from}: Arrived, line: string, state = 'active'): void {
    from.deliver(
      notifier.notify(/<([^>]+)>/.exec(request.getHeader('contact')!)![1]!, {
        from: `<${request.ruri!}>;tag=wire`,
        to: `<${request.from.uri}>;tag=${request.fromTag}`,
        callId: request.callId,
        cseq: (cseq += 1),
        event: 'refer',
        state,
        type: 'message/sipfrag;version=2.0',
        body: line,
      }),
    );
  }
  let cseq = 0;

  describe('a room', () => {
    it('is joined by its number, with nobody called', async () => {
      await room('701');
      const conference = await join();
      expect(isConference(conference)).to.equal(true);
      expect([
        conference.type,
        conference.typeNumber,
        conference.remote.number,
        conference.direction,
      ]).to.deep.equal(['conference', 5, '701', 'outgoing']);
      expect(wire.messages.find((message) => message.startsWith('INVITE '))).to.match(
        /^INVITE sip:701@wire\.test /,
      );
      expect(refers).to.deep.equal([]);
      expect(conference.state.abilities).to.deep.equal({members: false, switches: false, end: false});
      await conference.hangup();
      await until(() => wire.messages.some((message) => message.startsWith('BYE ')));
    });

    it('is a call of two once a ConfBridge has let it go to somebody, and one again in the next', async () => {
      await room('701');
      const call = (await alice.call('701')) as SipConference;
      await becomes(call, ({phase}) => phase === 'answered');
      await writes(bridgeEvent('Welcome', [channel('alice', '1'), channel('carol', '2')]));
      await becomes(call, ({members}) => members?.length === 2);
      // As recorded: a member who leaves gets no event, but the name of the answerer.
      await invitations
        .at(-1)!
        .invite({requestOptions: {extraHeaders: ['P-Asserted-Identity: "Bob" <sip:bob@wire.test>']}});
      await until(() => call.remote.number === 'bob');
      expect([call.type, call.typeNumber, isConference(call), call.state.phase]).to.deep.equal([
        'single',
        1,
        false,
        'answered',
      ]);
      expect(call.state.members).to.equal(undefined);
      await rejects(call.addMember('carol'), 'unsupported');
      await writes(bridgeEvent('Welcome', [channel('alice', '1')]));
      await becomes(call, ({members}) => members?.length === 1);
      expect(call.type).to.equal('conference');
    });

    it('is one if its number is called and its answer says that it is a focus', async () => {
      await room('701', 'sip:room@wire.test');
      const call = await alice.call('701');
      await becomes(call, () => isConference(call));
      const conference = call as SipConference;
      await becomes(conference, ({abilities}) => abilities?.members === true);
      expect([call.type, conference.state.members]).to.deep.equal(['conference', []]);
      await conference.addMember('bob');
      expect(refers).to.have.length(1);
    });

    it('is none if a phone answers: nothing is asked for, and its state is that of a call', async () => {
      await room('bob');
      const call = await alice.call('bob');
      await becomes(call, ({phase}) => phase === 'answered');
      await call.hold();
      expect(Object.keys(call.state)).not.to.include.members(['members', 'listenOnly', 'abilities']);
      expect([isConference(call), call.type]).to.deep.equal([false, 'single']);
      expect(
        wire.messages.filter(
          (message) => message.startsWith('SUBSCRIBE ') && /^Event: conference/m.test(message),
        ),
      ).to.deep.equal([]);
    });

    it('cannot call or put out anybody where it is no focus', async () => {
      await room('701');
      const conference = await join(['bob']);
      await hasMembers(conference, 'bob released unsupported');
      await rejects(conference.addMember('carol'), 'unsupported');
      await rejects(conference.setSpeaking('bob', false), 'unsupported');
      await rejects(conference.end(), 'unsupported');
      await rejects(conference.removeMember('carol'), 'member-not-found');
      await conference.removeMember('bob');
      expect([members(conference), refers]).to.deep.equal([[], []]);
    });

    it('that there is not is told', async () => {
      const error = await rejects(alice.createConference({number: '702', members: []}), 'unknown-number');
      expect([error.subject, error.status]).to.deep.equal(['702@wire.test', 404]);
    });

    it('needs a number, or somebody to make it', async () => {
      await rejects(alice.createConference({members: []}), 'bad-parameter');
      await rejects(alice.createConference({members: ['bob']}), 'unsupported');
      await rejects(alice.createConference({number: '???', members: []}), 'invalid-number');
      await rejects(alice.createConference({number: '701', members: [], fileId: 'f'}), 'unsupported');
      await rejects(alice.createBroadcast({number: '701', members: ['bob']}), 'unsupported');
      expect([alice.capabilities.conference, alice.capabilities.rooms]).to.deep.equal([true, true]);
    });
  });

  describe('the events of a ConfBridge', () => {
    const own = channel('alice', '16');
    const bob = channel('1002', '19');

    it('say who is there, comes, talks and goes', async () => {
      await room('701');
      const conference = await join();
      const told: string[] = [];
      alice.addEventListener('sip-member-change', ({detail: {member}}) =>
        told.push(`${member.number} ${member.phase} ${member.talking ? 'talks' : ''}`.trim()),
      );
      const texts: string[] = [];
      alice.addEventListener('sip-message-received', ({detail: {message}}) => texts.push(message.text));
      await writes(bridgeEvent('Join', [own]));
      await writes(bridgeEvent('Welcome', [own, bob]));
      await hasMembers(conference, 'alice answered', '1002 answered');
      expect(conference.state.members[1]).to.deep.include({
        number: '1002',
        speaking: true,
        label: '1795562682.19',
      });
      await writes(bridgeEvent('Talking', [{...bob, talking_status: 'on'}]));
      await becomes(conference, () => conference.state.members[1]!.talking);
      await writes(bridgeEvent('Leave', [bob]));
      await hasMembers(conference, 'alice answered');
      expect(told).to.deep.equal(['alice answered', '1002 answered', '1002 answered talks', '1002 released']);
      // Events are for programs; a text that a person writes is shown.
      await writes('Hello', 'text/plain');
      await until(() => texts.length > 0);
      expect(texts).to.deep.equal(['Hello']);
    });

    it('are taken as well where they come before the answer has been acknowledged', async () => {
      agents.push(
        await plainUser(wire, '701', (invitation) => {
          invitations.push(invitation);
          void invitation.accept();
        }),
      );
      // Behind the 200, before anything has come back.
      wire.edit = (message) => {
        const header = (name: string): string =>
          new RegExp(`^${name}: (.*?)\\r?$`, 'm').exec(message)?.[1] ?? '';
        if (message.startsWith('SIP/2.0 200 ') && header('CSeq').endsWith('INVITE') && !sent) {
          sent = true;
          const body = bridgeEvent('Welcome', [own, bob]);
          const lines = [
            'MESSAGE sip:alice@wire.test SIP/2.0',
            'Via: SIP/2.0/WS wire.test;branch=z9hG4bKwelcome',
            'Max-Forwards: 70',
            `From: ${header('To')}`,
            `To: ${header('From')}`,
            `Call-ID: ${header('Call-ID')}`,
            'CSeq: 700 MESSAGE',
            `Content-Type: ${CONFBRIDGE_EVENT}`,
            `Content-Length: ${body.length}`,
            '',
            body,
          ];
          queueMicrotask(() => wire.tell('alice', lines.join('\r\n')));
        }
        return message;
      };
      let sent = false;
      const conference = await join();
      await hasMembers(conference, 'alice answered', '1002 answered');
      const at = (start: RegExp): number => wire.messages.findIndex((message) => start.test(message));
      expect(at(/^ACK /)).to.be.below(at(/^SIP\/2\.0 200 [^]*^CSeq: 700 MESSAGE/m));
    });

    it('that cannot be read are logged and left aside', async () => {
      await room('701');
      const conference = await join();
      await writes(bridgeEvent('Welcome', [own]));
      await hasMembers(conference, 'alice answered');
      await writes('{"type":');
      await until(() => log.length > 0);
      expect(log).to.deep.equal(['warning an event of the conference cannot be read']);
      expect(members(conference)).to.deep.equal(['alice answered']);
    });
  });

  describe('a focus', () => {
    const FOCUS = 'sip:conf701@wire.test';
    const ALICE = {entity: 'sip:alice@wire.test', name: 'Alice'};
    const BOB = {entity: 'sip:bob@pbx.wire.test', name: 'Bob'};

    it('tells who takes part, by its conference event', async () => {
      await room('701', FOCUS);
      const conference = await join();
      await until(() => notifier.asked.length > 0);
      const {request, event} = notifier.asked[0]!;
      expect([String(request.ruri), event, request.getHeader('accept')]).to.deep.equal([
        FOCUS,
        'conference',
        CONFERENCE_INFO,
      ]);
      const tell = (version: number, users: Parameters<typeof conferenceInfo>[1], state = 'full'): void =>
        notifier.tell('conf701', 'conference', {
          body: conferenceInfo(version, users, {state}),
          type: CONFERENCE_INFO,
        });
      tell(1, [ALICE]);
      await hasMembers(conference, 'alice answered');
      tell(2, [{...BOB, inner: endpoint('alerting')}], 'partial');
      await hasMembers(conference, 'alice answered', 'bob@pbx.wire.test ringing');
      expect(conference.state.members[1]!.name).to.equal('Bob');
      tell(3, [{entity: BOB.entity, state: 'deleted', inner: ''}], 'partial');
      await hasMembers(conference, 'alice answered');
      notifier.tell('conf701', 'conference', {body: '<x', type: CONFERENCE_INFO});
      await until(() => log.length > 0);
      expect(log).to.deep.equal(['warning a conference event cannot be read']);
      expect(members(conference)).to.deep.equal(['alice answered']);
      // A document is missing: the whole state is asked for.
      tell(9, [BOB], 'partial');
      await until(() => notifier.asked.length > 1);
      expect(notifier.asked[1]!.again).to.equal(true);
      await conference.hangup();
      await until(() => notifier.asked.at(-1)!.expires === 0);
    });

    it('calls members into it', async () => {
      await room('701', FOCUS);
      const conference = await join(['bob']);
      await until(() => refers.length > 0);
      expect(conference.state.abilities).to.deep.equal({members: true, switches: false, end: false});
      const {request} = refers[0]!;
      expect([String(request.ruri), request.toTag, request.getHeader('refer-to')]).to.deep.equal([
        FOCUS,
        undefined,
        '<sip:bob@wire.test>',
      ]);
      expect(request.getHeader('referred-by')).to.equal('<sip:alice@wire.test>');
      expect(request.callId).not.to.equal(conference.callId);
      await hasMembers(conference, 'bob init');
      const answers = (): readonly string[] =>
        wire.messages
          .filter((message) => /^SIP\/2\.0 200 [^]*^CSeq: \d+ NOTIFY/m.test(message))
          .filter((message) => message.includes(`Call-ID: ${request.callId}\r\n`));
      sipfrag(refers[0]!, 'SIP/2.0 100 Trying');
      await until(() => answers().length === 1);
      // It does not ring there yet.
      expect(members(conference)).to.deep.equal(['bob init']);
      sipfrag(refers[0]!, 'SIP/2.0 180 Ringing');
      await hasMembers(conference, 'bob ringing');
      sipfrag(refers[0]!, 'SIP/2.0 200 OK', 'terminated;reason=noresource');
      await hasMembers(conference, 'bob answered');
      expect(answers()).to.have.length(3);
    });

    it('tells who could not be reached, and calls them again', async () => {
      await room('701', FOCUS);
      const conference = await join();
      const adding = conference.addMember('carol');
      await until(() => refers.length > 0);
      await adding;
      sipfrag(refers[0]!, 'SIP/2.0 486 Busy Here', 'terminated;reason=noresource');
      await hasMembers(conference, 'carol released busy');
      expect(conference.state.members[0]!.cause).to.deep.equal({by: 'remote', code: 'busy', status: 486});
      await conference.addMember('carol');
      await hasMembers(conference, 'carol init');
      expect(refers[1]!.request.getHeader('refer-to')).to.equal('<sip:carol@wire.test>');
    });

    it('lets nobody ring whose fate it tells no more', async () => {
      await room('701', FOCUS);
      notifier.documents.set('conference conf701', conferenceInfo(1, [ALICE]));
      const conference = await join();
      await conference.addMember('carol');
      sipfrag(refers[0]!, 'SIP/2.0 180 Ringing');
      await hasMembers(conference, 'alice answered', 'carol ringing');
      sipfrag(refers[0]!, 'SIP/2.0 180 Ringing', 'terminated;reason=noresource');
      await hasMembers(conference, 'alice answered', 'carol released timeout');
      await conference.addMember('carol');
      sipfrag(refers[1]!, 'SIP/2.0 180 Ringing');
      await hasMembers(conference, 'alice answered', 'carol ringing');
      wire.cut('alice');
      await until(() => notifier.asked.length === 2);
      await hasMembers(conference, 'carol released connection-lost', 'alice answered');
      await conference.removeMember('carol');
      expect([members(conference), refers.length]).to.deep.equal([['alice answered'], 2]);
    });

    it('that is lost before it has answered fails the command, and the list is as it was', async () => {
      await room('701', FOCUS);
      notifier.documents.set('conference conf701', conferenceInfo(1, [ALICE]));
      const conference = await join();
      await hasMembers(conference, 'alice answered');
      const told: string[] = [];
      alice.addEventListener('sip-member-change', ({detail: {member}}) =>
        told.push(`${member.number} ${member.phase}`),
      );
      referred = 100;
      const adding = conference.addMember('carol');
      await until(() => refers.length > 0);
      sipfrag(refers[0]!, 'SIP/2.0 180 Ringing');
      await hasMembers(conference, 'alice answered', 'carol ringing');
      wire.cut('alice');
      await rejects(adding, 'connection-lost');
      expect(members(conference)).not.to.include('carol released connection-lost');
      expect(told.filter((line) => line.startsWith('carol'))).to.deep.equal([
        'carol init',
        'carol ringing',
        'carol released',
      ]);
    });

    describe('puts members out', () => {
      let conference: SipConference;

      beforeEach(async () => {
        await room('701', FOCUS);
        conference = await join();
        await until(() => notifier.asked.length > 0);
        tell(1, [ALICE, BOB]);
        await hasMembers(conference, 'alice answered', 'bob@pbx.wire.test answered');
      });

      const tell = (version: number, users: Parameters<typeof conferenceInfo>[1]): void =>
        notifier.tell('conf701', 'conference', {
          body: conferenceInfo(version, users),
          type: CONFERENCE_INFO,
        });

      /** Asks for it; resolves once the request has arrived. */
      async function remove(number: string): Promise<{readonly done: Promise<unknown>}> {
        const before = refers.length;
        const done = conference.removeMember(number).then(
          () => 'removed',
          ({code, status}) => [code, status],
        );
        await until(() => refers.length > before);
        return {done};
      }

      it('at the address that it has told of', async () => {
        await remove('bob@pbx.wire.test');
        expect(refers[0]!.request.getHeader('refer-to')).to.equal('<sip:bob@pbx.wire.test;method=BYE>');
        await rejects(conference.removeMember('dave'), 'member-not-found');
      });

      it('and the command ends when it reports so', async () => {
        const {done} = await remove('bob@pbx.wire.test');
        sipfrag(refers[0]!, 'SIP/2.0 100 Trying');
        tell(2, [ALICE]);
        await hasMembers(conference, 'alice answered');
        expect(await Promise.race([done, Promise.resolve('pending')])).to.equal('pending');
        sipfrag(refers[0]!, 'SIP/2.0 200 OK', 'terminated;reason=noresource');
        expect(await done).to.equal('removed');
      });

      for (const [status, code] of [
        [481, 'unsupported'],
        [404, 'unsupported'],
        [403, 'not-allowed'],
        [500, 'server-error'],
      ] as const)
        it(`unless it reports ${status}: the command fails, and the member stays`, async () => {
          const {done} = await remove('bob@pbx.wire.test');
          sipfrag(refers[0]!, `SIP/2.0 ${status} Failure`, 'terminated;reason=noresource');
          expect(await done).to.deep.equal([code, status]);
          expect(members(conference)).to.deep.equal(['alice answered', 'bob@pbx.wire.test answered']);
        });

      it('who have left meanwhile', async () => {
        const {done} = await remove('bob@pbx.wire.test');
        tell(2, [ALICE]);
        await hasMembers(conference, 'alice answered');
        sipfrag(refers[0]!, 'SIP/2.0 481 Failure', 'terminated;reason=noresource');
        expect(await done).to.equal('removed');
      });

      it('and the command ends with its last report, whatever it says, if the member is gone', async () => {
        const {done} = await remove('bob@pbx.wire.test');
        tell(2, [ALICE]);
        await hasMembers(conference, 'alice answered');
        sipfrag(refers[0]!, 'SIP/2.0 100 Trying', 'terminated;reason=noresource');
        expect(await done).to.equal('removed');
      });

      it('and the command fails with a last report that says nothing if the member is still there', async () => {
        const {done} = await remove('bob@pbx.wire.test');
        sipfrag(refers[0]!, 'SIP/2.0 100 Trying', 'terminated;reason=noresource');
        expect(await done).to.deep.equal(['timeout', undefined]);
      });

      it('whom it still calls', async () => {
        await conference.addMember('carol');
        sipfrag(refers[0]!, 'SIP/2.0 180 Ringing');
        await hasMembers(conference, 'alice answered', 'bob@pbx.wire.test answered', 'carol ringing');
        const {done} = await remove('carol');
        expect(refers[1]!.request.getHeader('refer-to')).to.equal('<sip:carol@wire.test;method=BYE>');
        sipfrag(refers[1]!, 'SIP/2.0 200 OK', 'terminated;reason=noresource');
        expect(await done).to.equal('removed');
        expect(members(conference)).to.deep.equal(['alice answered', 'bob@pbx.wire.test answered']);
      });

      it('and the command fails if it reports no end', async () => {
        const {done} = await remove('bob@pbx.wire.test');
        wire.cut('alice');
        expect(await done).to.deep.equal(['connection-lost', undefined]);
      });
    });

    it('is named as it was dialed if it answers with another host, as a server with several domains does', async () => {
      await room('701', 'sip:701@192.0.2.7:5060;transport=udp');
      const conference = await join();
      await conference.addMember('carol');
      const {request} = refers[0]!;
      expect([String(request.ruri), request.getHeader('to')]).to.deep.equal([
        'sip:701@192.0.2.7:5060;transport=udp',
        '<sip:701@wire.test>',
      ]);
    });

    it('that refuses rejects the command, and the list is as it was', async () => {
      await room('701', FOCUS);
      const conference = await join();
      referred = 603;
      const error = await rejects(conference.addMember('carol'), 'call-refused');
      expect([error.subject, error.status]).to.deep.equal(['carol', 603]);
      expect(members(conference)).to.deep.equal([]);
      expect(conference.state.abilities!.members).to.equal(true);
    });

    for (const status of [405, 501])
      it(`that answers ${status} can call nobody from then on`, async () => {
        await room('701', FOCUS);
        const conference = await join();
        referred = status;
        await rejects(conference.addMember('carol'), 'unsupported');
        expect(conference.state.abilities!.members).to.equal(false);
      });

    it('that a factory makes is the conference', async () => {
      await begin({conferenceUri: 'sip:factory@{host}'});
      await room('factory', 'sip:made17@wire.test');
      const conference = await joined(await alice.createConference({members: ['bob'], name: 'Team'}));
      await until(() => refers.length > 0 && notifier.asked.length > 0);
      expect([refers[0]!, notifier.asked[0]!].map(({request}) => String(request.ruri))).to.deep.equal([
        'sip:made17@wire.test',
        'sip:made17@wire.test',
      ]);
      await becomes(conference, () => conference.remote.number === 'made17');
      expect(conference.remote).to.deep.equal({number: 'made17', name: 'Team'});
      expect(refers[0]!.request.getHeader('to')).to.equal('<sip:made17@wire.test>');
    });

    it('that calls this side in is a conference as well', async () => {
      const agent = await plainUser(wire, '701');
      agents.push(agent);
      wire.edit = (message) =>
        /^INVITE /.test(message) ? message.replace(/^(Contact: <[^>]*>)(.*)$/m, '$1;isfocus$2') : message;
      const arriving = new Promise<SipConference>((resolve) =>
        alice.addEventListener('sip-call-received', ({detail: {call}}) => resolve(call as SipConference), {
          once: true,
        }),
      );
      const {Inviter, UserAgent: Agent} = await import('sip.js');
      const inviter = new Inviter(agent, Agent.makeURI('sip:alice@wire.test')!);
      await inviter.invite();
      const conference = await arriving;
      expect([conference.type, isConference(conference)]).to.deep.equal(['conference', true]);
      await conference.answer();
      await joined(conference);
      await until(() => notifier.asked.length > 0);
      expect(conference.state.abilities!.members).to.equal(true);
    });
  });
});
