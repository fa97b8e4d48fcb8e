import {expect} from '@open-wc/testing';
import {answerTo, type Challenged} from '../../../src/sip/auth/digest.js';
import {reaches} from '../../support/in-page/facts.js';
import {rejects} from '../../support/in-page/rejections.js';
import {WireUser} from '../../support/wire/wire-users.js';
import {Wire, type Arrived} from '../../support/wire/wire.js';

/** The browser's own hash: independent of our code. */
async function sha256(...parts: (string | undefined)[]): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(parts.join(':')));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The parameters of an Authorization header. */
function read(header: string): Record<string, string> {
  expect(header).to.match(/^Digest /);
  return Object.fromEntries(
    [...header.matchAll(/([\w-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s,]+))/g)].map(([, name, quoted, plain]) => [
      name,
      quoted ?? plain,
    ]),
  );
}

describe('answerTo', () => {
  // RFC 7616 §3.9.1.
  const challenge = {
    realm: 'http-auth@example.org',
    nonce: '7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v',
    opaque: 'FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS',
    qop: ['auth', 'auth-int'],
  };
  const request: Challenged = {
    user: 'Mufasa',
    credentials: {password: 'Circle of Life'},
    method: 'GET',
    uri: '/dir/index.html',
    body: '',
    count: 1,
    cnonce: 'f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ',
  };

  for (const [algorithm, response] of [
    ['MD5', '8ca523f5e9506fed4657c9700eebdbec'],
    ['SHA-256', '753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1'],
  ])
    it(`gives the answer of RFC 7616 §3.9.1 for ${algorithm}`, () =>
      expect(read(answerTo({...challenge, algorithm}, request)!)).to.deep.equal({
        algorithm,
        username: 'Mufasa',
        realm: challenge.realm,
        nonce: challenge.nonce,
        uri: '/dir/index.html',
        response,
        opaque: challenge.opaque,
        qop: 'auth',
        nc: '00000001',
        cnonce: request.cnonce,
      }));

  it('takes MD5 where no algorithm is named (RFC 2617 §3.5 has the answer)', () => {
    const older = {realm: 'testrealm@host.com', nonce: 'dcd98b7102dd2f0e8b11d0f600bfb0c093', qop: ['auth']};
    const answer = answerTo(older, {
      ...request,
      credentials: {password: 'Circle Of Life'},
      cnonce: '0a4f113b',
    })!;
    expect(read(answer)['response']).to.equal('6629fae49393a05397450978507c4ef1');
  });

  it('takes a hash in place of the password, of the realm and the algorithm', () => {
    // The hashes of “Mufasa:http-auth@example.org:Circle of Life”.
    const ha1 = [
      {realm: 'elsewhere', algorithm: 'MD5', hash: '0'.repeat(32)},
      {realm: challenge.realm, algorithm: 'MD5', hash: '3d78807defe7de2157e2b0b6573a855f'},
      {
        algorithm: 'SHA-256',
        hash: '7987c64c30e25f1b74be53f966b49b90f2808aa92faf9a00262392d7b4794232',
      },
    ] as const;
    const answerOf = (algorithm: string, realm = challenge.realm): string | undefined => {
      const answer = answerTo({...challenge, algorithm, realm}, {...request, credentials: {ha1}});
      return answer && read(answer)['response'];
    };
    expect(answerOf('MD5')).to.equal('8ca523f5e9506fed4657c9700eebdbec');
    expect(answerOf('SHA-256')).to.equal('753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1');
    // The one without a realm is for every one.
    expect(answerOf('MD5', 'a third')).to.equal(undefined);
    expect(answerOf('SHA-256', 'a third')).to.match(/^[\da-f]{64}$/);
  });

  it('has no answer to what it does not know', () => {
    expect(answerTo({...challenge, algorithm: 'SHA-512-256'}, request)).to.equal(undefined);
    expect(answerTo({...challenge, qop: ['auth-conf']}, request)).to.equal(undefined);
    expect(answerTo({...challenge, algorithm: 'constructor'}, request)).to.equal(undefined);
  });

  it('keeps a user’s name within its quotation marks', () => {
    const answer = answerTo(challenge, {...request, user: 'a", response="x\r\nTo: \\b'})!;
    expect(answer).not.to.match(/[\r\n]/);
    expect(read(answer)['username']).to.equal(String.raw`a\", response=\"x To: \\b`);
  });
});

describe('SipUserAgent: digest', () => {
  let wire: Wire;
  const users: WireUser[] = [];

  async function user(): Promise<WireUser> {
    const made = new WireUser(wire, {user: 'guarded', password: 'pässword'});
    users.push(made);
    await made.agent.connect();
    return made;
  }

  /** The digest responses in the requests of a method, in order. */
  function answers(method: string, name = 'Authorization'): Record<string, string>[] {
    return wire.messages
      .filter((message) => message.startsWith(`${method} `))
      .flatMap((message) => new RegExp(`^${name}: (.*)$`, 'm').exec(message)?.[1] ?? [])
      .map((header) => read(header.trim()));
  }

  /** Checks a digest response with the browser's hash (RFC 7616 §3.4.1). */
  async function right(answer: Record<string, string>, method: string): Promise<boolean> {
    const {username, realm, nonce, uri, cnonce, nc, qop, algorithm, response} = answer;
    const account = await sha256(username, realm, 'pässword');
    const secret = algorithm === 'SHA-256-sess' ? await sha256(account, nonce, cnonce) : account;
    const asked = await sha256(method, uri, ...(qop === 'auth-int' ? [await sha256('')] : []));
    return (
      response ===
      (await (qop ? sha256(secret, nonce, nc, cnonce, qop, asked) : sha256(secret, nonce, asked)))
    );
  }

  /** A server that challenges with SHA-256 and accepts what matches the browser's hash. */
  function guard(method: string, challenges: string[], status: 401 | 407 = 401): void {
    const [asks, answers] =
      status === 401 ? ['WWW-Authenticate', 'authorization'] : ['Proxy-Authenticate', 'proxy-authorization'];
    wire.handle = (arrived: Arrived) => {
      const {request, reply, from} = arrived;
      if (request.method !== method || request.toTag) return false;
      const header = request.getHeader(answers);
      if (!header)
        reply(
          status,
          challenges.map((challenge) => `${asks}: ${challenge}`),
        );
      else
        void right(read(header), method).then((accepted) => {
          if (!accepted) return reply(403);
          wire.handle = undefined;
          wire.receive(request.data, from);
        });
      return true;
    };
  }

  beforeEach(() => {
    wire = new Wire({guarded: '', bob: ''});
  });

  afterEach(async () => {
    await Promise.all(users.splice(0).map(({agent}) => agent.disconnect()));
  });

  const MD5 = 'Digest realm="wire", nonce="m", qop="auth", algorithm=MD5';
  const SHA = 'Digest realm="wire", nonce="s", qop="auth,auth-int", algorithm=SHA-256, opaque="o"';
  const UNKNOWN = 'Digest realm="wire", nonce="u", qop="auth", algorithm=SHA-512-256';

  for (const [what, challenges, algorithm] of [
    ['SHA-256', [SHA], 'SHA-256'],
    [
      'SHA-256 without quality of protection',
      ['Digest realm="wire", nonce="s", algorithm=SHA-256'],
      'SHA-256',
    ],
    ['SHA-256-sess', ['Digest realm="wire", nonce="s", qop="auth", algorithm=SHA-256-sess'], 'SHA-256-sess'],
    ['the strongest, which comes first', [SHA, MD5], 'SHA-256'],
    ['the strongest, which comes last', [MD5, SHA], 'SHA-256'],
    ['the strongest of one header', [`${MD5}, ${SHA}`], 'SHA-256'],
    ['the strongest that it knows', [UNKNOWN, MD5, 'Bearer realm="wire"', SHA], 'SHA-256'],
    [
      'one whose quality of protection it knows',
      [SHA.replace('auth,auth-int', 'auth-conf').replace('"s"', '"c"'), SHA],
      'SHA-256',
    ],
  ] as const)
    for (const status of [401, 407] as const)
      it(`answers a ${status} with ${what}`, async () => {
        guard('REGISTER', [...challenges], status);
        const {agent} = await user();
        await agent.register(60);
        const name = status === 401 ? 'Authorization' : 'Proxy-Authorization';
        expect(
          answers('REGISTER', name).map((answer) => [answer['algorithm'], answer['nonce']]),
        ).to.deep.equal([[algorithm, 's']]);
        expect(wire.registered('guarded')).to.equal(true);
      });

  it('answers with MD5 where that is all there is, of several the first', async () => {
    wire = new Wire({guarded: 'pässword'});
    wire.handle = ({request, reply}) => {
      if (request.hasHeader('authorization')) return false;
      reply(
        401,
        [UNKNOWN, MD5, MD5.replace('"m"', '"later"')].map((value) => `WWW-Authenticate: ${value}`),
      );
      return true;
    };
    const {agent} = await user();
    await agent.register(60);
    expect(answers('REGISTER').map(({algorithm, nonce}) => [algorithm, nonce])).to.deep.equal([['MD5', 'm']]);
  });

  it('answers for a call', async () => {
    const bob = await new WireUser(wire, {user: 'bob'}).begin();
    users.push(bob);
    const {agent} = await user();
    await agent.register(60);
    guard('INVITE', [MD5, SHA], 407);
    const call = agent.invite('bob', {audio: true, video: false});
    await (await bob.rings()).accept({audio: true, video: false});
    await reaches(call, 'confirmed');
    expect(answers('INVITE', 'Proxy-Authorization').map(({algorithm}) => algorithm)).to.deep.equal([
      'SHA-256',
    ]);
  });

  for (const [realm, expected] of [
    ['wire', [undefined, 's 00000001', 's 00000002']],
    // A server behind the own one, which the next call may not reach.
    ['another', [undefined, 's 00000001', undefined, 's 00000002']],
  ] as const)
    it(`calls again with the nonce at hand if it is the server's: realm ${realm}`, async () => {
      const bob = await new WireUser(wire, {user: 'bob'}).begin();
      users.push(bob);
      const {agent} = await user();
      guard('REGISTER', [SHA.replace('"s"', '"r"')]);
      await agent.register(60);
      for (const round of [1, 2]) {
        guard('INVITE', [SHA.replace('realm="wire"', `realm="${realm}"`)], 407);
        const call = agent.invite('bob', {audio: true, video: false});
        await (await bob.rings()).accept({audio: true, video: false});
        await reaches(call, 'confirmed');
        await call.hangup();
        expect(wire.handle, `round ${round}`).to.equal(undefined);
      }
      const invites = wire.messages.filter((message) => message.startsWith('INVITE '));
      const seen = invites.map((message) => {
        const header = /^Proxy-Authorization: (.*)$/m.exec(message)?.[1];
        const {nonce, nc} = header ? read(header.trim()) : {};
        return nonce && `${nonce} ${nc}`;
      });
      // The server passes each accepted INVITE on.
      expect(seen.filter((each, index) => each === undefined || each !== seen[index - 1])).to.deep.equal(
        expected,
      );
    });

  it('registers again with the nonce at hand, and counts how often it has used it', async () => {
    const {agent} = await user();
    let nonce = 's';
    wire.handle = ({request, reply}) => {
      const answered = request.getHeader('authorization');
      if (answered && read(answered)['nonce'] === nonce) return false;
      reply(401, [`WWW-Authenticate: ${SHA.replace('"s"', `"${nonce}"`)}`]);
      return true;
    };
    await agent.register(60);
    await agent.register(60);
    nonce = 'another';
    await agent.register(60);
    expect(wire.messages.filter((message) => message.startsWith('REGISTER '))).to.have.length(5);
    const seen = answers('REGISTER');
    expect(seen.map(({nonce, nc}) => [nonce, nc])).to.deep.equal([
      ['s', '00000001'],
      ['s', '00000002'],
      ['s', '00000003'],
      ['another', '00000001'],
    ]);
    for (const answer of seen) expect(await right(answer, 'REGISTER')).to.equal(true);
  });

  it('answers once more where the nonce was stale, and asks nobody for another password', async () => {
    let round = 0;
    wire.handle = ({request, reply}) => {
      const answered = request.getHeader('authorization');
      if (answered && read(answered)['nonce'] === 'fresh') return false;
      reply(401, [`WWW-Authenticate: ${round++ ? SHA.replace('"s"', '"fresh", stale=TRUE') : SHA}`]);
      return true;
    };
    const {agent, registration} = await user();
    await agent.register(60);
    expect(answers('REGISTER').map(({nonce}) => nonce)).to.deep.equal(['s', 'fresh']);
    expect(registration).to.deep.equal([
      ['registering', undefined],
      ['registered', undefined],
    ]);
    for (const answer of answers('REGISTER')) expect(await right(answer, 'REGISTER')).to.equal(true);
  });

  it('gives up where every nonce is stale', async () => {
    wire.handle = ({reply}) => {
      reply(401, [`WWW-Authenticate: ${SHA}, stale=true`]);
      return true;
    };
    const {agent} = await user();
    await rejects(agent.register(60), 'wrong-password');
    expect(answers('REGISTER').length).to.be.at.most(2);
  });

  for (const [first, second] of [
    [407, 401],
    [401, 407],
  ] as const)
    for (const realm of ['wire', 'proxy'])
      it(`answers a ${first} and a ${second} of the realm ${realm} for one request`, async () => {
        const headers = {401: 'authorization', 407: 'proxy-authorization'} as const;
        const asks = {401: 'WWW-Authenticate', 407: 'Proxy-Authenticate'} as const;
        const nonces: Record<number, string> = {[first]: 'one', [second]: 'two'};
        let requests = 0;
        wire.handle = ({request, reply, from}) => {
          if (request.method !== 'REGISTER') return false;
          requests += 1;
          const missing = [first, second].find((status) => !request.hasHeader(headers[status]));
          if (missing === undefined) {
            const both = [first, second].map((status) => read(request.getHeader(headers[status])!));
            void Promise.all(both.map((answer) => right(answer, 'REGISTER'))).then((accepted) => {
              if (accepted.includes(false)) return reply(403);
              wire.handle = undefined;
              wire.receive(request.data, from);
            });
          } else {
            const named = missing === first ? SHA.replace('"wire"', `"${realm}"`) : `${SHA}, stale=false`;
            reply(missing, [`${asks[missing]}: ${named.replace('"s"', `"${nonces[missing]!}"`)}`]);
          }
          return true;
        };
        const {agent} = await user();
        await agent.register(60);
        expect(requests).to.equal(3);
        // Each use of a nonce is counted.
        const used = wire.messages
          .filter((message) => message.startsWith('REGISTER '))
          .map((message) =>
            [...message.matchAll(/^(?:Proxy-)?Authorization: (.*)\r$/gm)]
              .map(([, header]) => read(header!))
              .map(({nonce, nc}) => `${nonce!} ${Number(nc)}`)
              .sort(),
          );
        expect(used).to.deep.equal([[], ['one 1'], ['one 2', 'two 1']]);
      });

  it('covers the body where only that is offered', async () => {
    guard('REGISTER', [SHA.replace('auth,auth-int', 'auth-int')]);
    const {agent} = await user();
    await agent.register(60);
    expect(answers('REGISTER').map(({qop}) => qop)).to.deep.equal(['auth-int']);
  });

  it('answers once where its answer is refused', async () => {
    wire.handle = ({reply}) => {
      reply(401, [`WWW-Authenticate: ${SHA}`]);
      return true;
    };
    const {agent} = await user();
    await rejects(agent.register(60), 'wrong-password');
    expect(answers('REGISTER')).to.have.length(1);
  });

  it('gives up where a proxy and a registrar have both refused the answer', async () => {
    let requests = 0;
    wire.handle = ({request, reply}) => {
      requests += 1;
      const proxy = !request.hasHeader('proxy-authorization') || request.hasHeader('authorization');
      reply(proxy ? 407 : 401, [`${proxy ? 'Proxy' : 'WWW'}-Authenticate: ${SHA}`]);
      return true;
    };
    const {agent} = await user();
    await rejects(agent.register(60), 'wrong-password');
    expect(requests).to.equal(3);
  });

  it('answers nothing where it knows none of the algorithms', async () => {
    wire.handle = ({reply}) => {
      reply(401, [`WWW-Authenticate: ${UNKNOWN}`, 'WWW-Authenticate: Bearer realm="wire"']);
      return true;
    };
    const {agent} = await user();
    await rejects(agent.register(60), 'wrong-password');
    expect(answers('REGISTER')).to.deep.equal([]);
  });
});
