import {expect} from '@open-wc/testing';
import type {Credentials, CredentialsRequest} from '../../../src/core/client/options.js';
import {shorten} from '../../support/in-page/durations.js';
import {reaches, until} from '../../support/in-page/facts.js';
import {rejects} from '../../support/in-page/rejections.js';
import {WireUser} from '../../support/wire/wire-users.js';
import {Wire, type Arrived} from '../../support/wire/wire.js';

const BEARER = 'WWW-Authenticate: Bearer realm="wire", scope="sip"';
const REFUSED = `${BEARER}, error="invalid_token"`;
const DIGEST = 'WWW-Authenticate: Digest realm="wire", nonce="n0nce", qop="auth", algorithm=MD5';

/** The hash of `guarded:wire:secret`. */
const GUARDED = 'ff53134bf861f265ce76e85e0ef6b5b5';

describe('SipUserAgent: tokens', () => {
  let wire: Wire;
  let alice: WireUser;
  let requests: CredentialsRequest[];
  let answers: (Credentials | Error)[];
  /** The `Authorization` of each REGISTER. */
  let seen: string[];
  let lines: string[];

  /** A registrar that takes one token, and challenges all other requests. */
  function registrar(token: string, challenges: readonly string[] = [BEARER]): void {
    wire.handle = ({request, reply}: Arrived) => {
      if (request.method !== 'REGISTER' || request.from.uri.user !== 'alice') return false;
      const header = request.getHeader('authorization') ?? 'none';
      seen.push(header);
      if (header === `Bearer ${token}`) return false;
      reply(401, header === 'none' ? [...challenges] : [REFUSED, ...challenges.slice(1)]);
      return true;
    };
  }

  beforeEach(() => {
    [requests, answers, seen, lines] = [[], [{token: 'first'}], [], []];
    wire = new Wire({alice: '', bob: ''});
    alice = new WireUser(wire, {
      user: 'alice',
      server: 'wss://wire.test/sip',
      credentials: async (request) => {
        const answer = answers[Math.min(requests.push(request), answers.length) - 1]!;
        if (answer instanceof Error) throw answer;
        return answer;
      },
      log: ({text}) => lines.push(text),
    });
  });

  afterEach(() => alice.agent.disconnect());

  it('are sent ahead with each REGISTER, and never logged', async () => {
    registrar('first');
    await alice.begin();
    await alice.agent.unregister();
    expect(seen).to.deep.equal(['Bearer first', 'Bearer first']);
    expect(lines.filter((text) => text.includes('first'))).to.deep.equal([]);
  });

  it('are asked for before each REGISTER', async () => {
    answers = [{token: 'first'}, {token: 'second'}];
    registrar('first');
    await alice.begin();
    registrar('second');
    await alice.agent.register(60);
    expect(seen).to.deep.equal(['Bearer first', 'Bearer second']);
    expect(requests.map(({purpose, refused}) => [purpose, refused])).to.deep.equal([
      ['sip', false],
      ['sip', false],
    ]);
  });

  /** A JWT that ends so many seconds from now. */
  const jwt = (seconds: number, id = ''): string =>
    ['{}', JSON.stringify({exp: Math.ceil(Date.now() / 1_000) + seconds, jti: `${id}ÿ?>`}), 'signature']
      .map((part) => btoa(part).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''))
      .join('.');

  it('that are JWTs are renewed before they end, however long the registration lasts', async () => {
    const tokens = [jwt(2, 'first'), jwt(600, 'second')];
    answers = tokens.map((token) => ({token}));
    wire.handle = ({request}) => {
      if (request.method === 'REGISTER') seen.push(request.getHeader('authorization') ?? 'none');
      return false;
    };
    shorten({tokenRenewal: 0});
    const start = Date.now();
    await alice.agent.connect();
    await alice.agent.register(600);
    await until(() => seen.length === 2);
    expect(Date.now() - start).to.be.lessThan(3_000);
    expect(seen).to.deep.equal(tokens.map((token) => `Bearer ${token}`));
    expect(alice.registration).to.deep.equal([
      ['registering', undefined],
      ['registered', undefined],
    ]);
  });

  it('that are JWTs and have ended, or that the page gives again, cause no flood of requests', async () => {
    answers = [{token: jwt(-60)}, {token: jwt(1)}];
    const at: number[] = [];
    wire.handle = ({request}) => {
      if (request.method === 'REGISTER') at.push(Date.now());
      return false;
    };
    shorten({tokenRenewal: 300});
    await alice.agent.connect();
    await alice.agent.register(600);
    await alice.agent.register(600);
    await until(() => at.length >= 4);
    expect(at[3]! - at[2]!).to.be.at.least(290);
  });

  it('that are refused are asked for once more', async () => {
    answers = [{token: 'ended'}, {token: 'second'}];
    registrar('second');
    await alice.begin();
    expect(seen).to.deep.equal(['Bearer ended', 'Bearer second']);
    expect(requests.map(({refused}) => refused)).to.deep.equal([false, true]);
  });

  it('that stay refused are an error of their own, after one more question', async () => {
    answers = [{token: 'ended'}, {token: 'ended-too'}, {token: 'third'}];
    registrar('third');
    await alice.agent.connect();
    await rejects(alice.agent.register(60), 'token-refused');
    expect(seen).to.deep.equal(['Bearer ended', 'Bearer ended-too']);
    expect(alice.registration.at(-1)).to.deep.equal(['rejected', 'token-refused']);
    await alice.agent.register(60);
    expect(wire.registered('alice')).to.equal(true);
  });

  it('that the page gives again are not sent again', async () => {
    registrar('second');
    await alice.agent.connect();
    await rejects(alice.agent.register(60), 'token-refused');
    expect(seen).to.deep.equal(['Bearer first']);
    expect(requests).to.have.length(2);
  });

  for (const [how, challenges] of [
    ['beside a digest', [BEARER, DIGEST]],
    ['after a digest', [DIGEST, BEARER]],
    ['in one header with a digest', [`${DIGEST}, Bearer realm="wire"`]],
    ['without parameters', ['WWW-Authenticate: Bearer']],
    ['without parameters before a digest', [`WWW-Authenticate: Bearer, ${DIGEST.slice(18)}`]],
  ] as const)
    it(`are answers to a challenge ${how}, when the page has one at last`, async () => {
      answers = [{ha1: '0'.repeat(32)}, {token: 'first'}];
      wire.handle = ({request, reply}) => {
        if (request.method !== 'REGISTER') return false;
        const header = request.getHeader('authorization') ?? 'none';
        seen.push(header.split(' ', 1)[0]!);
        if (header === 'Bearer first') return false;
        reply(401, [...challenges]);
        return true;
      };
      await alice.begin();
      expect(seen.at(-1)).to.equal('Bearer');
      expect(wire.registered('alice')).to.equal(true);
    });

  it('give way to the password where the server wants a digest, which is then sent ahead', async () => {
    answers = [{token: 'first', password: 'secret'}];
    wire.handle = ({request, reply}) => {
      if (request.method !== 'REGISTER') return false;
      const header = request.getHeader('authorization') ?? 'none';
      seen.push(header.split(' ', 1)[0]!);
      if (wire.accepts(header, 'REGISTER', 'secret')) return false;
      reply(401, [DIGEST]);
      return true;
    };
    await alice.begin();
    await alice.agent.register(60);
    expect(seen).to.deep.equal(['Bearer', 'Digest', 'Digest']);
  });

  it('that the page no longer has are not sent any more', async () => {
    answers = [{token: 'first'}, {password: 'secret'}];
    wire.handle = ({request}) => {
      if (request.method === 'REGISTER') seen.push(request.getHeader('authorization') ?? 'none');
      return false;
    };
    await alice.begin();
    await alice.agent.register(60);
    expect(seen).to.deep.equal(['Bearer first', 'none']);
  });

  for (const [who, status, header] of [
    ['a callee', 401, BEARER],
    ['a proxy', 407, BEARER.replace('WWW', 'Proxy')],
  ] as const)
    it(`are not given to ${who} that asks for one in a call or a message`, async () => {
      const others: string[] = [];
      const bob = await new WireUser(wire, {user: 'bob'}).begin();
      await alice.begin();
      wire.handle = ({request, reply}) => {
        if (request.from.uri.user !== 'alice' || request.method === 'ACK') return false;
        others.push(
          `${request.method} ${request.getHeader('authorization') ?? request.getHeader('proxy-authorization') ?? 'none'}`,
        );
        reply(status, [header]);
        return true;
      };
      const call = alice.agent.invite('bob', {audio: true, video: false});
      await reaches(call, 'terminated');
      await alice.agent.message('bob', 'Hello', 'text/plain').catch(() => {});
      expect(others).to.include('MESSAGE none').and.include('INVITE none');
      expect(others.filter((text) => !text.endsWith(' none'))).to.deep.equal([]);
      wire.handle = undefined;
      await bob.agent.disconnect();
    });

  it('are not sent to a server whose messages others can read', async () => {
    const open = new WireUser(wire, {user: 'alice', credentials: () => ({token: 'first'})});
    await open.agent.connect();
    await rejects(open.agent.register(60), 'credentials-failed');
    expect(wire.messages.join('')).not.to.include('Bearer');
    await open.agent.disconnect();
  });

  it('are asked for again by the rules of a lost connection while the page has none', async () => {
    answers = [
      {token: 'first'},
      new TypeError('Failed to fetch'),
      new TypeError('Failed to fetch'),
      {token: 'second'},
    ];
    registrar('first');
    await alice.begin();
    registrar('second');
    wire.cut();
    await alice.knows(() => alice.registration.filter(([state]) => state === 'registered').length === 2);
    expect(alice.registration.map(([, code]) => code).filter(Boolean)).to.deep.equal([
      'credentials-failed',
      'credentials-failed',
    ]);
    expect(seen).to.deep.equal(['Bearer first', 'Bearer second']);
  });
});

describe('SipUserAgent: digest hashes', () => {
  let wire: Wire;
  const users: WireUser[] = [];

  const user = (credentials: () => Credentials): WireUser => {
    const made = new WireUser(wire, {user: 'guarded', credentials});
    users.push(made);
    return made;
  };

  beforeEach(() => {
    wire = new Wire({guarded: 'secret'});
  });

  afterEach(() => Promise.all(users.splice(0).map(({agent}) => agent.disconnect())));

  it('sign in without the password', async () => {
    await user(() => ({ha1: GUARDED})).begin();
    expect(wire.registered('guarded')).to.equal(true);
  });

  it('sign in a short-lived user', async () => {
    await user(() => ({user: '1767225600:guarded', password: 'secret'})).begin();
    expect(wire.messages.at(-1)).to.include('username="1767225600:guarded"');
    expect(wire.registered('guarded')).to.equal(true);
  });

  it('of another realm are an error that names what is missing', async () => {
    const asked = user(() => ({ha1: [{realm: 'elsewhere', hash: GUARDED}]}));
    await asked.agent.connect();
    const {message} = await rejects(asked.agent.register(60), 'credentials-failed');
    expect(message).to.equal('The page’s credentials failed: no ha1 for “wire” and MD5.');
  });

  it('tell the page the realm after a refusal', async () => {
    const realms: (string | undefined)[] = [];
    const asked = new WireUser(wire, {
      user: 'guarded',
      credentials: ({realm}) => {
        realms.push(realm);
        return {ha1: [{realm: realm ?? 'unknown', hash: GUARDED}]};
      },
    });
    users.push(asked);
    await asked.begin();
    expect(realms).to.deep.equal([undefined, 'wire']);
    expect(wire.registered('guarded')).to.equal(true);
  });
});
