import {expect} from '@open-wc/testing';
import type {Credentials} from '../../../src/core/client/options.js';
import type {SipDialog} from '../../../src/sip/user-agent.js';
import {reaches} from '../../support/in-page/facts.js';
import {WireUser} from '../../support/wire/wire-users.js';
import {Wire, type Arrived} from '../../support/wire/wire.js';

const CHALLENGE = 'Proxy-Authenticate: Digest realm="wire", nonce="n0nce", qop="auth", algorithm=MD5';

describe('SipUserAgent: credentials of a call', () => {
  let wire: Wire;
  let alice: WireUser;
  let bob: WireUser;
  let asked: number;
  let answers: Credentials[];

  /** A proxy that wants the password of an INVITE. */
  function proxy(password: string): (arrived: Arrived) => boolean {
    return ({request, reply}) => {
      if (request.method !== 'INVITE' || request.toTag) return false;
      const header = request.getHeader('proxy-authorization');
      if (header && wire.accepts(header, 'INVITE', password)) return false;
      if (header) reply(403);
      else reply(407, [CHALLENGE]);
      return true;
    };
  }

  beforeEach(async () => {
    asked = 0;
    answers = [{password: 'first'}];
    wire = new Wire({alice: '', bob: ''});
    alice = new WireUser(wire, {
      user: 'alice',
      credentials: () => answers[Math.min(asked++, answers.length - 1)]!,
    });
    bob = new WireUser(wire, {user: 'bob'});
    await Promise.all([alice.begin(), bob.begin()]);
  });

  afterEach(async () => {
    await Promise.all([alice.agent.disconnect(), bob.agent.disconnect()]);
  });

  it('are asked for before it', async () => {
    expect(asked).to.equal(1);
    answers.push({password: 'second'});
    wire.handle = proxy('second');
    alice.agent.invite('bob', {audio: true, video: false});
    const ringing = await bob.rings();
    expect(asked).to.equal(2);
    await ringing.reject();
  });

  it('are asked for once more after a refusal, and the call goes on', async () => {
    answers.push({password: 'stale'}, {password: 'third'});
    wire.handle = proxy('third');
    const call = alice.agent.invite('bob', {audio: true, video: false});
    const ringing = await bob.rings();
    expect(asked).to.equal(3);
    await ringing.accept({audio: true, video: false});
    await reaches(call, 'confirmed');
  });

  it('end the call where they stay wrong', async () => {
    answers.push({password: 'stale'}, {password: 'staler'}, {password: 'stalest'});
    wire.handle = proxy('third');
    const call = alice.agent.invite('bob', {audio: true, video: false});
    const {cause} = await reaches(call, 'terminated');
    expect(cause).to.deep.equal({by: 'server', code: 'not-allowed', status: 403});
    expect(asked).to.equal(3);
    expect(bob.dialogs).to.deep.equal([]);
  });

  it('are asked for once more where a message is refused, which is sent again', async () => {
    answers.push({password: 'second'});
    wire.handle = ({request, reply}) => {
      if (request.method !== 'MESSAGE') return false;
      const header = request.getHeader('proxy-authorization');
      if (header && wire.accepts(header, 'MESSAGE', 'second')) return false;
      if (header) reply(403);
      else reply(407, [CHALLENGE]);
      return true;
    };
    await alice.agent.message('bob', 'Hello', 'text/plain');
    await bob.knows(() => bob.messages.length > 0);
    expect(bob.messages.map(({body}) => body)).to.deep.equal(['Hello']);
    expect(asked).to.equal(2);
  });

  it('leave a message refused where they stay wrong', async () => {
    wire.handle = ({request, reply}) => {
      if (request.method !== 'MESSAGE') return false;
      if (request.hasHeader('proxy-authorization')) reply(403);
      else reply(407, [CHALLENGE]);
      return true;
    };
    const refused = await alice.agent.message('bob', 'Hello', 'text/plain').catch((error) => error);
    expect(refused).to.include({name: 'SipError', code: 'not-allowed'});
    expect(asked).to.equal(2);
    expect(bob.messages).to.deep.equal([]);
  });

  it('end the call where the page cannot give any', async () => {
    answers.push(undefined as unknown as Credentials);
    wire.handle = proxy('third');
    const call = alice.agent.invite('bob', {audio: true, video: false});
    const {cause} = await reaches(call, 'terminated');
    expect(cause).to.deep.equal({by: 'local', code: 'credentials-failed'});
  });
});

describe('SipUserAgent: challenges inside a call', () => {
  const SOUND = {audio: true, video: false};
  let wire: Wire;
  let alice: WireUser;
  let bob: WireUser;

  beforeEach(async () => {
    wire = new Wire({alice: 'first', bob: ''});
    alice = new WireUser(wire, {user: 'alice', credentials: () => ({password: 'first'})});
    bob = new WireUser(wire, {user: 'bob'});
    // A server that is the other side of each call itself.
    wire.edit = (message) => message.replace(/^(Contact: <sip:[^@]+@)[^;>]+/m, '$1wire.test');
    await Promise.all([alice.begin(), bob.begin()]);
  });

  afterEach(async () => {
    await Promise.all([alice.agent.disconnect(), bob.agent.disconnect()]);
  });

  /** Challenges alice's first request of the method inside a call; returns all such requests in order. */
  function challenge(method: string, status: 401 | 407, parameters: string, name?: string): string[] {
    const seen: string[] = [];
    const header = status === 401 ? 'WWW-Authenticate' : 'Proxy-Authenticate';
    wire.handle = ({request, reply}) => {
      if (request.method !== method || !request.toTag || request.from.uri.user !== 'alice') return false;
      seen.push(request.getHeader(status === 401 ? 'authorization' : 'proxy-authorization') ?? 'none');
      if (seen.length > 1) return false;
      reply(status, [`${name ?? header}: Digest nonce="evil", algorithm=MD5, ${parameters}`]);
      return true;
    };
    return seen;
  }

  /** A connected call, seen from alice. */
  async function talk(from: WireUser, to: WireUser): Promise<SipDialog> {
    const made = from.agent.invite(to.name, SOUND);
    const ringing = await to.rings();
    await ringing.accept(SOUND);
    await Promise.all([reaches(made, 'confirmed'), reaches(ringing, 'confirmed')]);
    return from === alice ? made : ringing;
  }

  /** Resolves once everything that alice sent in response to earlier messages has arrived. */
  async function quiet(): Promise<void> {
    await alice.agent.message('bob', 'after it', 'text/plain');
    await bob.knows(() => bob.messages.length > 0);
  }

  it('that the caller makes for a BYE get no answer', async () => {
    const call = await talk(bob, alice);
    const seen = challenge('BYE', 407, 'realm="wire", qop="auth"');
    await call.hangup();
    await quiet();
    expect(seen).to.deep.equal(['none']);
  });

  it('that the caller makes for an offer get no answer', async () => {
    const call = await talk(bob, alice);
    const seen = challenge('INVITE', 407, 'realm="wire", qop="auth"');
    expect(await call.setHeld(true).catch((error) => error)).to.include({name: 'SipError'});
    await quiet();
    expect(seen).to.deep.equal(['none']);
  });

  for (const [what, status, parameters] of [
    ['a 401', 401, 'realm="wire", qop="auth"'],
    ['a realm of their own', 407, 'realm="evil", qop="auth"'],
    ['no qop', 407, 'realm="wire"'],
    ['two realms', 407, 'realm="wire", realm="wire", qop="auth"'],
    ['a qop within another value', 407, 'realm="wire", opaque="a, qop=auth"'],
    ['a qop without quotation marks', 407, 'realm="wire", qop=auth'],
    ['an empty qop', 407, 'realm="wire", qop=""'],
    ['a qop after a blank', 407, 'realm="wire", qop=" auth"'],
    ['a qop after what is none', 407, 'realm="wire", qop="@, auth"'],
  ] as const)
    it(`that come with ${what} get no answer in a call of one's own`, async () => {
      const call = await talk(alice, bob);
      const seen = challenge('BYE', status, parameters);
      await call.hangup();
      await quiet();
      expect(seen).to.deep.equal(['none']);
    });

  it('that are written so that this side does not see them get no answer', async () => {
    for (const name of [
      'Proxy-Authenticate\u00a0',
      'Proxy-Authenticate\f',
      'PROXY-AUTHENTICATE',
      'Proxy_Authenticate',
    ]) {
      const call = await talk(bob, alice);
      const seen = challenge('BYE', 407, 'realm="wire\u2028", qop="auth"', name);
      await call.hangup();
      await quiet();
      expect(seen).to.deep.equal(['none']);
    }
  });

  it('of a callee outside the domain get no answer, even with the realm of the server', async () => {
    wire.edit = undefined;
    const call = await talk(alice, bob);
    const seen = challenge('BYE', 407, 'realm="wire", qop="auth"');
    await call.hangup();
    await quiet();
    expect(seen).to.deep.equal(['none']);
  });

  it('that the own proxy makes are answered, and the hold stands', async () => {
    const call = await talk(alice, bob);
    const seen = challenge('INVITE', 407, 'realm="wire", qop="auth"');
    await call.setHeld(true);
    expect(seen).to.have.length(2);
    expect(wire.accepts(seen[1]!, 'INVITE', 'first')).to.equal(true);
  });
});
