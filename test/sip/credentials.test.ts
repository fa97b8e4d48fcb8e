import {expect} from '@open-wc/testing';
import type {Credentials} from '../../src/core/options.js';
import {reaches} from '../support/in-page/facts.js';
import {WireUser} from '../support/wire/wire-users.js';
import {Wire, type Arrived} from '../support/wire/wire.js';

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
    expect(cause).to.deep.equal({by: 'local', code: 'bad-parameter'});
  });
});
