import {expect} from '@open-wc/testing';
import {until} from '../../support/in-page/facts.js';
import {rejects} from '../../support/in-page/rejections.js';
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
      if (request.ruri?.host !== 'evil.test') return false;
      if (request.method === 'ACK') return true;
      seen.push(`${request.method} ${credentialsIn(arrived)}`);
      const name = status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate';
      reply(status, [`${name}: ${challengeOf(parameters)}`]);
      return true;
    };
  }

  describe('for an address that another side supplies', () => {
    it('such as the focus of a call, which gets no digest for a subscription', async () => {
      challenges();
      const answers: number[] = [];
      const subscription = alice.agent.subscribe({
        ...{number: '777', address: `${EVIL};isfocus`, event: 'conference', accept: 'x/y'},
        onDocument: () => {},
        onReset: () => {},
        onAnswer: (status) => answers.push(status),
      });
      await until(() => answers.length > 0);
      subscription.stop();
      expect([answers, seen]).to.deep.equal([[407], ['SUBSCRIBE none']]);
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
      const refer = wire.messages.find((message) => message.startsWith('ACK '))!;
      wire.tell('alice', inDialog(refer, 'REFER', `Refer-To: "Boss" <${EVIL}>`));
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

    /** A request with the Call-ID and the tags of another one. */
    function inDialog(other: string, method: string, header: string): string {
      return other
        .replace(/^ACK/, method)
        .replace(/branch=\S+/, 'branch=z9hG4bKrefer')
        .replace(/^CSeq: .*\r$/m, `CSeq: 9 ${method}\r\n${header}\r`);
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
