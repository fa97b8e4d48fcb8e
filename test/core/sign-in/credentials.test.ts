import {expect} from '@open-wc/testing';
import {resolveOptions, type SipClientOptions} from '../../../src/core/client/options.js';
import {askForCredentials} from '../../../src/core/sign-in/ask-credentials.js';
import type {CheckedCredentials, CredentialsRequest} from '../../../src/core/sign-in/credentials.js';
import {SipError} from '../../../src/errors.js';
import {rejects} from '../../support/in-page/rejections.js';

const SERVER = 'wss://pbx.example/';
const MD5 = '3d78807defe7de2157e2b0b6573a855f';
const SHA_256 = '7987c64c30e25f1b74be53f966b49b90f2808aa92faf9a00262392d7b4794232';

/** Asks a page's function, which may return anything. */
function ask(
  credentials: (request: CredentialsRequest) => unknown,
  options: Partial<SipClientOptions> = {},
  urls: readonly string[] = [SERVER],
): Promise<CheckedCredentials> {
  const given = credentials as NonNullable<SipClientOptions['credentials']>;
  const resolved = resolveOptions({server: SERVER, user: '1001', credentials: given, ...options});
  return askForCredentials(resolved, {purpose: 'sip', refused: false, realm: undefined}, urls);
}

describe('askForCredentials', () => {
  for (const [what, given, expected] of [
    ['a password', {password: 'x'}, {password: 'x'}],
    ['a password of digits without quotes', {password: 1234}, {password: '1234'}],
    ['an empty password', {password: ''}, {password: ''}],
    [
      'a short-lived user',
      {user: '1767225600:1001', password: 'q1w2='},
      {user: '1767225600:1001', password: 'q1w2='},
    ],
    [
      'a hash, whose length names its algorithm',
      {ha1: MD5},
      {ha1: [{realm: undefined, algorithm: 'MD5', hash: MD5}]},
    ],
    [
      'hashes',
      {
        ha1: [
          {realm: 'a', hash: MD5},
          {algorithm: 'SHA-256', hash: SHA_256.toUpperCase()},
        ],
        password: null,
      },
      {
        ha1: [
          {realm: 'a', algorithm: 'MD5', hash: MD5},
          {realm: undefined, algorithm: 'SHA-256', hash: SHA_256},
        ],
      },
    ],
    ['a token', {token: 'eyJh.eyJz-_~+/.c2ln=='}, {token: 'eyJh.eyJz-_~+/.c2ln=='}],
  ] as const)
    it(`takes ${what}`, async () => expect(await ask(() => given)).to.deep.equal(expected));

  for (const [what, given] of [
    ['nothing', undefined],
    ['null', null],
    ['a text', '1234'],
    ['a user alone', {user: '1001'}],
    ['an object for a password', {password: {}}],
    ['a symbol for a password', {password: Symbol('x')}],
    ['an object for a user', {user: {}, password: '1234'}],
    ['a hash of a wrong length', {ha1: MD5.slice(1)}],
    ['a hash of other letters', {ha1: 'z'.repeat(32)}],
    ['a hash with another algorithm than its own', {ha1: [{algorithm: 'SHA-256', hash: MD5}]}],
    ['no hashes', {ha1: []}],
    ['one hash that is none', {ha1: [{hash: MD5}, {}]}],
    ['a token that would end the header', {token: 'secret\r\nX: y'}],
    ['a token with a blank', {token: 'secret secret'}],
    ['an empty token', {token: ''}],
  ] as const)
    it(`refuses ${what}, and does not quote it`, async () => {
      const {message} = await rejects(
        ask(() => given),
        'credentials-failed',
      );
      expect(message).to.include('credentials').and.not.include('secret').and.not.include(MD5.slice(1));
    });

  it('tells the page what for', async () => {
    let request: CredentialsRequest | undefined;
    await ask((given) => {
      request = given;
      return {password: 'x'};
    });
    expect(request).to.deep.equal({
      purpose: 'sip',
      user: '1001',
      server: SERVER,
      refused: false,
      realm: undefined,
    });
  });

  it('rejects with the reason of a function that throws or rejects', async () => {
    const fail = (): never => {
      throw new TypeError('Failed to fetch');
    };
    for (const failing of [fail, async () => fail()])
      expect((await rejects(ask(failing), 'credentials-failed')).message).to.equal(
        'The page’s credentials failed: Failed to fetch.',
      );
    const own = new SipError('not-allowed');
    expect(await ask(() => Promise.reject(own)).catch((error: unknown) => error)).to.equal(own);
  });

  it('waits no longer than it may', async () => {
    const options = {timeouts: {credentials: 20}};
    const {message} = await rejects(
      ask(() => new Promise(() => {}), options),
      'credentials-failed',
    );
    expect(message).to.equal('The page’s credentials failed: no result in 20 ms.');
  });

  it('sends no token where others can read it', async () => {
    const token = (): unknown => ({token: 'secret'});
    for (const url of ['wss://10.0.0.5/', 'ws://localhost:8080/', 'ws://127.0.0.1/', 'ws://[::1]:1/'])
      expect(await ask(token, {}, [url])).to.deep.equal({token: 'secret'});
    for (const urls of [['ws://10.0.0.5/'], ['wss://pbx.example/', 'ws://localhost.example/']])
      expect((await rejects(ask(token, {}, urls), 'credentials-failed')).message).to.equal(
        'credentials, token cannot be used. Write: server="wss://…"',
      );
    // A password is never sent itself.
    expect(await ask(() => ({password: 'x'}), {}, ['ws://10.0.0.5/'])).to.deep.equal({password: 'x'});
  });

  it('asks the page each time', async () => {
    let asked = 0;
    const credentials = (): unknown => ({password: String(++asked)});
    await ask(credentials);
    expect(await ask(credentials)).to.deep.equal({password: '2'});
  });
});
