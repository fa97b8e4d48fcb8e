import {expect} from '@open-wc/testing';
import {constructOutgoingResponse} from 'sip.js/lib/core/index.js';
import {until} from '../../support/in-page/facts.js';
import {rejects} from '../../support/in-page/rejections.js';
import {description} from '../../support/wire/stranger.js';
import {WireUser} from '../../support/wire/wire-users.js';
import {Wire, type Arrived} from '../../support/wire/wire.js';

const SOUND = {audio: true, video: false};
const EVIL = 'sip:777@evil.test';

/** A challenge, by default as the registrar of the wire makes it. */
const challengeOf = (parameters = 'realm="wire", qop="auth", algorithm=MD5'): string =>
  `Digest nonce="evil", ${parameters}`;

describe('SipUserAgent: a digest needs the consent of its user', () => {
  let wire: Wire;
  let alice: WireUser;
  let bob: WireUser;
  /** The requests of alice that a stranger's host gets, with the credentials that they have. */
  let seen: string[];

  beforeEach(async () => {
    wire = new Wire({alice: 'secret', bob: ''});
    alice = new WireUser(wire, {user: 'alice', password: 'secret'});
    bob = new WireUser(wire, {user: 'bob'});
    await Promise.all([alice.begin(), bob.begin()]);
    seen = [];
  });

  afterEach(async () => {
    wire.handle = undefined;
    await Promise.all([alice.agent.disconnect(), bob.agent.disconnect()]);
  });

  const credentialsIn = ({request}: Arrived): string =>
    request.getHeader('proxy-authorization') ?? request.getHeader('authorization') ?? 'none';

  /** Challenges what goes to the host of a stranger, each time. */
  function challenges(parameters?: string, status: 401 | 407 = 407): void {
    wire.handle = (arrived) => {
      const {request, reply} = arrived;
      if ((request.ruri?.getParam('maddr') ?? request.ruri?.host) !== 'evil.test') return false;
      if (request.method === 'ACK') return true;
      seen.push(`${request.method} ${credentialsIn(arrived)}`);
      const name = status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate';
      reply(status, [`${name}: ${challengeOf(parameters)}`]);
      return true;
    };
  }

  /** Challenges what goes to a stranger inside a dialog, whose first request the given function has answered. */
  function challengesInside(method: string, begin: (arrived: Arrived) => void): void {
    wire.handle = (arrived) => {
      const {request, reply} = arrived;
      if (request.from.uri.user !== 'alice' || request.method === 'REGISTER') return false;
      if (!request.toTag && request.method === method) begin(arrived);
      if (request.toTag !== 'evil') return !request.toTag && request.method === method;
      if (request.method === 'ACK') return true;
      seen.push(`${request.method} ${credentialsIn(arrived)}`);
      reply(407, [`Proxy-Authenticate: ${challengeOf()}`]);
      return true;
    };
  }

  /** What leads requests inside a dialog to the stranger, although their address is of the account's domain. */
  const LED = ['Contact: <sip:x@wire.test>', 'Record-Route: <sip:evil.test;lr>'];

  describe('for an address that another side supplies', () => {
    for (const address of [EVIL, 'sip:777@wire.test;maddr=evil.test'])
      it(`such as ${address} as the focus of a call, which gets no digest for a subscription`, async () => {
        challenges();
        const answers: number[] = [];
        const subscription = alice.agent.subscribe({
          ...{number: '777', address: `${address};isfocus`, event: 'conference', accept: 'x/y'},
          onDocument: () => {},
          onReset: () => {},
          onAnswer: (status) => answers.push(status),
        });
        await until(() => answers.length > 0);
        subscription.stop();
        expect([answers, seen]).to.deep.equal([[407], ['SUBSCRIBE none']]);
      });

    it('such as a focus, also when the subscription is ended that names a host of the account', async () => {
      let documents = 0;
      challengesInside('SUBSCRIBE', ({request, from}) => {
        const extraHeaders = ['Expires: 600', ...LED];
        from.deliver(
          constructOutgoingResponse(request, {statusCode: 200, toTag: 'evil', extraHeaders}).message,
        );
        const lines = [
          'NOTIFY sip:alice@wire.test SIP/2.0',
          'Via: SIP/2.0/WS wire.test;branch=z9hG4bKnotify',
          `From: ${request.getHeader('to')};tag=evil`,
          `To: ${request.getHeader('from')}`,
          `Call-ID: ${request.callId}`,
          'CSeq: 1 NOTIFY',
          'Event: conference',
          'Subscription-State: active;expires=600',
          ...LED,
          'Content-Type: x/y',
          'Content-Length: 1\r\n\r\nx',
        ];
        wire.tell('alice', lines.join('\r\n'));
      });
      const subscription = alice.agent.subscribe({
        ...{number: '777', address: EVIL, event: 'conference', accept: 'x/y'},
        onDocument: () => (documents += 1),
        onReset: () => {},
      });
      await until(() => documents > 0);
      subscription.stop();
      await until(() => seen.length > 0);
      await answersMessages();
      expect(seen).to.deep.equal(['SUBSCRIBE none']);
    });

    it('such as a callee, also for a hold and the BYE if the answer names a host of the account', async () => {
      const ringing = await invited();
      ringing.addEventListener('transferrequest', ({detail}) => detail.respondWith(true));
      const content = await description(await description());
      challengesInside('INVITE', ({request, from}) => {
        const body = {contentDisposition: 'session', contentType: 'application/sdp', content};
        const answer = {statusCode: 200, toTag: 'evil', extraHeaders: LED, body};
        from.deliver(constructOutgoingResponse(request, answer).message);
      });
      refer(EVIL);
      await alice.knows(() => alice.referrals.length > 0);
      const placed = alice.agent.follow(alice.referrals[0]!.referral, SOUND);
      await until(() => placed.state.phase === 'confirmed');
      void placed.setHeld(true).catch(() => {});
      await until(() => seen.length > 0);
      await placed.hangup();
      await until(() => seen.some((each) => each.startsWith('BYE')));
      await answersMessages();
      expect(seen).to.deep.equal(['INVITE none', 'BYE none']);
    });

    for (const [what, address] of [
      ['its maddr', 'sip:carol@wire.test;maddr=evil.test'],
      ['another port of its host', 'sip:carol@wire.test:5999'],
    ] as const)
      it(`such as a target of a REFER with ${what} behind it, which is not called`, async () => {
        const ringing = await invited();
        let target = '';
        ringing.addEventListener('transferrequest', ({detail}) => {
          target = detail.target;
          detail.respondWith(true);
        });
        refer(address);
        await alice.knows(() => alice.referrals.length > 0);
        const placed = alice.agent.follow(alice.referrals[0]!.referral, SOUND);
        await until(() => placed.state.phase === 'terminated');
        const called = wire.messages.filter((message) => message.startsWith('INVITE sip:carol'));
        expect(target).to.equal('carol');
        expect(called.map((message) => message.split(' ')[1])).to.deep.equal(['sip:carol@wire.test']);
      });

    it('such as a focus that is asked for a member', async () => {
      challenges();
      const wish = {focus: EVIL, dialed: undefined, number: 'carol', onProgress: () => {}};
      await rejects(alice.agent.refer(wish), 'wrong-password');
      expect(seen).to.deep.equal(['REFER none']);
    });

    it('such as a target of a REFER, whose host the question shows', async () => {
      challenges();
      const ringing = await invited();
      let target = '';
      ringing.addEventListener('transferrequest', ({detail}) => {
        target = detail.target;
        detail.respondWith(true);
      });
      refer(EVIL);
      await alice.knows(() => alice.referrals.length > 0);
      const placed = alice.agent.follow(alice.referrals[0]!.referral, SOUND);
      await until(() => placed.state.phase === 'terminated');
      expect([target, seen]).to.deep.equal(['777@evil.test', ['INVITE none']]);
    });

    it('such as a call that the next page takes over', async () => {
      challenges();
      const identity = {
        ...{callId: 'x', localTag: 'a', remoteTag: 'b', routeSet: [], sequence: 1},
        ...{localUri: 'sip:alice@wire.test', remoteUri: EVIL, remoteTarget: EVIL},
      };
      const dialog = alice.agent.takeOver(identity, {number: '777', name: ''}, SOUND);
      await until(() => dialog.state.phase === 'terminated');
      expect(seen.filter((each) => !each.endsWith(' none'))).to.deep.equal([]);
      expect(seen[0]).to.equal('INVITE none');
    });

    /** Calls alice, who answers. */
    async function invited() {
      const call = bob.agent.invite('alice', SOUND);
      const ringing = await alice.rings();
      await ringing.accept(SOUND);
      await until(() => call.state.phase === 'confirmed');
      return ringing;
    }

    /** Refers alice to the address, in the call that she has answered. */
    function refer(address: string): void {
      const ack = wire.messages.find((message) => message.startsWith('ACK '))!;
      const text = ack
        .replace(/^ACK/, 'REFER')
        .replace(/branch=\S+/, 'branch=z9hG4bKrefer')
        .replace(/^CSeq: .*\r$/m, `CSeq: 9 REFER\r\nRefer-To: "Boss" <${address}>\r`);
      wire.tell('alice', text);
    }

    /** Resolves once alice has sent what earlier responses have led to. */
    async function answersMessages(): Promise<void> {
      wire.handle = undefined;
      await alice.agent.message('bob', 'after it', 'text/plain');
    }
  });

  describe('for a number of another domain that the user calls', () => {
    it('is given to a proxy with the realm of the registrar', async () => {
      challenges();
      await alice.agent.message('777@evil.test', 'Hello', 'text/plain').catch(() => {});
      expect(seen).to.have.length(2);
      expect(wire.accepts(seen[1]!.replace('MESSAGE ', ''), 'MESSAGE', 'secret')).to.equal(true);
    });

    for (const [what, parameters] of [
      ['another realm', 'realm="evil", qop="auth"'],
      ['no qop', 'realm="wire"'],
    ] as const)
      it(`is not given for ${what}`, async () => {
        challenges(parameters);
        await alice.agent.message('777@evil.test', 'Hello', 'text/plain').catch(() => {});
        expect(seen).to.deep.equal(['MESSAGE none']);
      });

    it('is not sent ahead in an INVITE', async () => {
      wire.handle = (arrived) => {
        const {request, reply} = arrived;
        if (request.method !== 'INVITE') return false;
        seen.push(`${request.ruri!.host} ${credentialsIn(arrived) === 'none' ? 'none' : 'some'}`);
        if (request.ruri!.host === 'wire.test' && credentialsIn(arrived) === 'none')
          reply(407, [`Proxy-Authenticate: ${challengeOf()}`]);
        else reply(404);
        return true;
      };
      for (const number of ['carol', 'carol', '777@evil.test']) {
        const dialog = alice.agent.invite(number, SOUND);
        await until(() => dialog.state.phase === 'terminated');
      }
      expect(seen).to.deep.equal(['wire.test none', 'wire.test some', 'wire.test some', 'evil.test none']);
    });
  });

  describe('of a strength that was seen', () => {
    for (const [number, host] of [
      ['666', 'wire.test'],
      ['777@evil.test', 'evil.test'],
    ] as const)
      it(`does not follow what ${number} claims of the registrar's realm, who could keep her from registering`, async () => {
        const strong = 'realm="wire", qop="auth", algorithm=SHA-256';
        wire.handle = (arrived) => {
          const {request, reply} = arrived;
          if (request.method !== 'MESSAGE' || request.ruri?.host !== host) return false;
          seen.push(credentialsIn(arrived) === 'none' ? 'none' : 'some');
          if (seen.length > 1) reply(200);
          else reply(407, [`Proxy-Authenticate: ${challengeOf(strong)}`]);
          return true;
        };
        await alice.agent.message(number, 'Hello', 'text/plain');
        expect(seen).to.deep.equal(['none', 'some']);
        expect(await registers(`${WIRE}, stale=true`)).to.deep.equal(['MD5', 'MD5', 'registered']);
      });

    /** Registers at a server that makes these challenges one after another; returns what it got. */
    async function registers(...challenges: readonly string[]): Promise<readonly string[]> {
      const got: string[] = [];
      const left = [...challenges];
      wire.handle = (arrived) => {
        const {request, reply} = arrived;
        if (request.method !== 'REGISTER' || request.from.uri.user !== 'alice') return false;
        got.push(/algorithm=([\w-]+)/.exec(credentialsIn(arrived))?.[1] ?? 'none');
        const challenge = left.shift();
        if (challenge) reply(401, [`WWW-Authenticate: Digest nonce="n${left.length}", ${challenge}`]);
        else reply(200, [`Contact: ${request.getHeader('contact')!}`]);
        return true;
      };
      const registered = alice.agent.register(60);
      const outcome = await registered.then(
        () => 'registered',
        ({code}: {code: string}) => code,
      );
      return [...got, outcome];
    }

    const WIRE = 'realm="wire", qop="auth", algorithm=MD5';
    const STRONG = 'realm="new", qop="auth", algorithm=SHA-256';

    it('is answered again', async () => {
      expect(await registers(STRONG)).to.deep.equal(['MD5', 'SHA-256', 'registered']);
      expect(await registers(`${STRONG}, stale=true`)).to.deep.equal(['SHA-256', 'SHA-256', 'registered']);
    });

    for (const [what, weak] of [
      ['algorithm', 'realm="new", qop="auth", algorithm=MD5'],
      ['qop', 'realm="new", algorithm=SHA-256'],
    ] as const)
      it(`is never lowered by a weaker ${what}`, async () => {
        await registers(STRONG);
        expect(await registers(`${weak}, stale=true`)).to.deep.equal(['SHA-256', 'registration-refused']);
        wire.handle = ({request, reply}) => {
          if (request.method !== 'MESSAGE') return false;
          seen.push(request.getHeader('proxy-authorization') ?? 'none');
          reply(407, [`Proxy-Authenticate: Digest nonce="x", ${weak}`]);
          return true;
        };
        await alice.agent.message('bob', 'Hello', 'text/plain').catch(() => {});
        expect(seen).to.deep.equal(['none']);
      });
  });
});
