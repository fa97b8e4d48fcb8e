import {expect} from '@open-wc/testing';
import {Challenges} from '../../../src/sip/auth/challenges.js';
import {strengthOf} from '../../../src/sip/auth/digest.js';
import {readSipUri, replaceGrammar} from '../../../src/sip/headers/grammar.js';
import {Grammar, Parser} from '../../../src/sip/sip-js.js';

replaceGrammar();

/** Parts of challenges, which a server puts together as it likes. */
const BITS = [
  ...['Digest ', 'Digest\t', 'digest  ', 'Digest,', 'Basic realm="wire"', ', ', ',', ' ', '\t', '\r\n ', '='],
  ...['realm="wire"', 'realm=wire', 'REALM="wire"', 'realm="w\\"ire"', 'realm="other"', 'realm=""', 'realm'],
  ...['nonce="n"', 'nonce=n', 'opaque="o"', 'stale=true', 'stale="TRUE"', 'algorithm=MD5', 'algorithm="MD5"'],
  ...[
    'algorithm=SHA-256',
    'algorithm = md5-sess',
    'Algorithm=SHA-256-sess',
    'algorithm=SHA-512',
    'algorithm',
  ],
  ...[
    'qop="auth"',
    'qop=auth',
    'qop="auth,auth-int"',
    'qop="auth-int"',
    'qop=""',
    'qop="x"',
    '"',
    '\\',
    '\\"',
  ],
  ...['__proto__="x"', 'constructor=y', 'realm="a, algorithm=SHA-256"', 'x="realm=wire"', '\u00a0', '；'],
];
const NAMES = ['WWW-Authenticate', 'www-authenticate', 'Proxy-Authenticate', 'WWW_Authenticate', 'X-Other'];

/** A generator of numbers below 1 (Mulberry32), the same in each run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe('challenges of any form', () => {
  const logger = {error() {}, warn() {}, log() {}, debug() {}} as never;
  let branch = 0;

  /** Sends a request and has it challenged; returns the challenge as sip.js reads it. */
  function challenged(
    challenges: Challenges,
    request: string,
    status: 401 | 407,
    headers: readonly string[],
  ): Record<string, unknown> | undefined {
    const [method = ''] = request.split(' ');
    const common = [
      `Via: SIP/2.0/WS x.invalid;branch=z9hG4bK${(branch += 1)}`,
      'From: <sip:alice@wire.test>;tag=1',
      'To: <sip:bob@wire.test>',
      `Call-ID: ${branch}`,
      `CSeq: 1 ${method}`,
    ];
    challenges.sent(`${[`${request} SIP/2.0`, ...common].join('\r\n')}\r\n\r\n`, 'ws://wire.test');
    const text = `${[`SIP/2.0 ${status} x`, ...common, ...headers].join('\r\n')}\r\n\r\n`;
    const message = Parser.parseMessage(challenges.received(text), logger);
    const name = status === 401 ? 'www-authenticate' : 'proxy-authenticate';
    return message?.getHeader(name) === undefined
      ? undefined
      : (message.parseHeader(name) as Record<string, unknown> | undefined);
  }

  it('are answered as the reader of sip.js reads them, and never by less than the registrar had', () => {
    const next = numbers(20_261_201);
    const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
    const challenges = new Challenges(
      () => {},
      ({host}) => host === 'wire.test',
    );
    const strong = 'WWW-Authenticate: Digest realm="wire", nonce="n", algorithm=SHA-256, qop="auth"';
    expect(challenged(challenges, 'REGISTER sip:wire.test', 401, [strong])).to.include({realm: 'wire'});
    expect(Grammar.parse('Digest realm="wire"', 'WWW_Authenticate')).to.include({realm: 'wire'});
    expect(readSipUri('sip:777@evil.test')?.host).to.equal('evil.test');
    let answered = 0;
    for (let round = 0; round < 10_000; round += 1) {
      const isForeign = next() < 0.5;
      const request = isForeign
        ? 'INVITE sip:777@evil.test'
        : pick(['INVITE sip:bob@wire.test', 'MESSAGE sip:b@wire.test']);
      const headers = Array.from({length: 1 + Math.floor(next() * 2)}, () => {
        const bits = [
          ...[pick(['realm="wire"', 'realm="wire"', pick(BITS)]), 'nonce="n"'],
          ...[
            pick(['algorithm=SHA-256', 'algorithm=MD5', pick(BITS)]),
            pick(['qop="auth"', 'qop=auth', pick(BITS)]),
          ],
          ...Array.from({length: Math.floor(next() * 3)}, () => pick(BITS)),
        ].sort(() => next() - 0.5);
        const start = pick(['Digest ', 'Digest ', pick(BITS)]);
        return `${pick(NAMES)}: ${start}${bits.map((bit) => bit + pick([', ', ', ', ',', ''])).join('')}`;
      });
      const read = challenged(challenges, request, pick([401, 407]), headers);
      if (!read?.['realm'] || !read['nonce']) continue;
      answered += 1;
      const qop = read['qop'] as readonly string[] | undefined;
      const strength = strengthOf({algorithm: read['algorithm'] as string | undefined, qop});
      if (isForeign) expect(read['realm'], headers.join()).to.equal('wire');
      if (read['realm'] === 'wire') {
        expect(strength, headers.join()).to.equal(2);
        expect(
          qop?.some((one) => one === 'auth' || one === 'auth-int'),
          headers.join(),
        ).to.equal(true);
      }
    }
    expect(answered).to.be.above(100);
  });
});
