import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {normalizeExpires} from '../../../src/core/client/option-checks.js';
import {DEFAULT_TIMEOUTS, resolveOptions, type SipClientOptions} from '../../../src/core/client/options.js';
import {
  EXPIRES,
  HEARTBEAT_INTERVAL,
  INVITE_PATIENCE,
  INVITE_TIMEOUT,
  REPLY_TIMEOUT,
} from '../../../src/dispatch/protocol.js';
import {SipError} from '../../../src/errors.js';
import {rejects} from '../../support/in-page/rejections.js';

const REQUEST = {purpose: 'sip', user: '1001', server: '', refused: false, realm: undefined} as const;

describe('resolveOptions', () => {
  for (const [given, server] of [
    [{server: 'wss://pbx.example/fswebrtc'}, 'wss://pbx.example/fswebrtc'],
    [{host: 'pbx.example'}, 'wss://pbx.example/fswebrtc'],
    [{host: 'pbx.example', port: 7443}, 'wss://pbx.example:7443/fswebrtc'],
    [{host: 'pbx.example', port: '7443', path: 'ws'}, 'wss://pbx.example:7443/ws'],
    [{host: '2001:db8::1', port: 7443}, 'wss://[2001:db8::1]:7443/fswebrtc'],
    [{host: 'localhost', port: 8080}, 'ws://localhost:8080/fswebrtc'],
    [{host: '127.0.0.1'}, 'ws://127.0.0.1/fswebrtc'],
    [{host: '::1', port: 8080}, 'ws://[::1]:8080/fswebrtc'],
    [{host: 'pbx.example', server: 'ws://localhost:1/x'}, 'ws://localhost:1/x'],
    [{server: '/fswebrtc'}, `ws://${location.host}/fswebrtc`],
    [{server: ['/sip?x=1', 'wss://pbx.example/']}, `ws://${location.host}/sip?x=1`],
  ] as const)
    it(`makes ${server} of ${JSON.stringify(given)}`, () =>
      expect(resolveOptions({user: '1001', ...given}).server).to.equal(server));

  for (const server of [
    ['wss://a.example/sip', 'wss://b.example:7443/?x=1,2'],
    'wss://a.example/sip wss://b.example:7443/?x=1,2',
    ' wss://a.example/sip,wss://b.example:7443/?x=1,2 ',
    'wss://a.example/sip ,\n WSS://b.example:7443/?x=1,2',
  ])
    it(`makes two servers of ${JSON.stringify(server)}`, () =>
      expect(resolveOptions({user: '1001', server})).to.deep.include({
        server: 'wss://a.example/sip',
        servers: ['wss://a.example/sip', 'wss://b.example:7443/?x=1,2'],
        domain: 'a.example',
      }));

  it('puts several servers in an order of its own if asked to, each once', () => {
    const server = ['wss://a.example/', 'wss://b.example/', 'wss://c.example/', 'wss://a.example/'];
    const orders = Array.from(
      {length: 400},
      () => resolveOptions({user: '1001', server, serverOrder: 'random'}).servers,
    );
    for (const order of orders) expect([...order].sort()).to.deep.equal(server.slice(0, 3));
    const firsts = (name: string): number => orders.filter(([first]) => first === name).length;
    // Half of them, and a quarter each, within what chance allows.
    expect(firsts(server[0]!)).to.be.within(140, 260);
    expect(firsts(server[1]!)).to.be.within(50, 150);
    const {servers, domain} = resolveOptions({user: '1001', server, serverOrder: 'listed'});
    expect([servers, domain]).to.deep.equal([server.slice(0, 3), 'a.example']);
  });

  for (const wrong of [
    {serverOrder: 'weighted' as 'random'},
    {maxCalls: 0},
    {maxCalls: 1.5},
    {maxCalls: Number.NaN},
    {maxCalls: '' as unknown as number},
    {maxCalls: 'x' as unknown as number},
    {historyLimit: 0},
    {historyLimit: 1001},
    {recordingsStorage: 'disk' as 'local'},
    {recordingsLimit: 0},
    {recordingsLimit: 1.5},
    {messageBytes: 32_001},
    {recordingsDays: 0},
    {recordingsDays: 40_000},
    {mailbox: '???'},
    {autoAnswer: 'always' as 'audio'},
    {historyStorage: 'cloud' as 'local'},
  ])
    it(`refuses ${JSON.stringify(wrong)}`, () => {
      const make = (): unknown => resolveOptions({server: 'wss://pbx.example/', user: '1001', ...wrong});
      expect(make).to.throw(SipError).with.property('code', 'bad-parameter');
    });

  for (const [given, message] of [
    [
      {server: 'localhost:8088'},
      'server “localhost:8088” cannot be used. Write: ws://localhost:8088, wss://localhost:8088',
    ],
    [
      {server: 'http://pbx.example/ws'},
      'server “http://pbx.example/ws” cannot be used. Write: ws://pbx.example/ws, wss://pbx.example/ws',
    ],
    [{server: ''}, 'server is missing. Write: wss://sip.example.org/ws'],
    [{server: '//'}, 'server “//” cannot be used. Write: wss://sip.example.org/ws'],
    [{user: 'alice@sip.test'}, 'user “alice@sip.test” cannot be used. Write: user="alice" domain="sip.test"'],
    [
      {user: 'sip:alice@sip.test'},
      'user “sip:alice@sip.test” cannot be used. Write: user="alice" domain="sip.test"',
    ],
    [{user: ''}, 'user is missing. Write: user="1001"'],
    [{profile: 'sip' as 'standard'}, 'profile “sip” cannot be used. Write: dispatch, standard'],
    [
      {monitorUri: '*33{number}'},
      'monitor-uri “*33{number}” cannot be used. Write: sip:*33{number}@{host} (# = %23)',
    ],
    [
      {playFileUri: 'sip:*33#{number}@{host}'},
      'play-file-uri “sip:*33#{number}@{host}” cannot be used. Write: sip:*88{file}*{number}@{host} (# = %23)',
    ],
    [
      {iceServers: 'turn:a:hush@turn.example' as never},
      'iceServers cannot be used. Write: [{"urls": "turn:…", "username": "…", "credential": "…"}]',
    ],
    [
      {iceServers: [{urls: 'turns:turn.example', username: 'alice', credential: ''}]},
      'iceServers, username, credential cannot be used. Write: [{"urls": "turn:…", "username": "…", "credential": "…"}]',
    ],
    [{maxCalls: 0}, 'maxCalls “0” cannot be used. Write: 1, 2, 3 …'],
    [
      {historyStorage: 'cloud' as 'local'},
      'historyStorage “cloud” cannot be used. Write: local, memory, none',
    ],
  ] as const)
    it(`says what to write instead of ${JSON.stringify(given)}`, () => {
      const make = (): unknown => resolveOptions({...{server: 'wss://pbx.example/', user: '1001'}, ...given});
      expect(make).to.throw(SipError, message).with.property('code', 'bad-parameter');
    });

  for (const given of [
    {server: 'wss//alice:hush@pbx.example/x'},
    {server: 'https://alice:hu/sh@pbx.example/?token=hush'},
    {user: 'sip:alice:hush@pbx.example'},
    {user: 'alice:hu@hush@pbx.example'},
    {monitorUri: 'sip:alice:hush@{host}?x=hush'},
    {iceServers: [{urls: 'https://alice:hush@turn.example', username: 'hush', credential: 'hush'}]},
    {iceServers: [{urls: 'turn:alice:hush@turn.example', username: 'hush', credential: 'hush'}]},
  ])
    it(`keeps the secrets of ${JSON.stringify(given)} to itself`, () => {
      let refused: unknown;
      try {
        resolveOptions({server: 'wss://pbx.example/', user: '1001', ...given});
      } catch (error) {
        refused = error;
      }
      const {message, subject, expected, cause} = refused as SipError;
      expect([message, subject, expected, String(cause)].join()).not.to.match(/hu\/?sh|hu@/);
    });

  it('has rules for several calls where a page gives none', () =>
    expect(resolveOptions({server: 'wss://pbx.example/', user: '1001'})).to.include({
      maxCalls: 8,
      parallelCalls: false,
      allowMonitoring: false,
      autoAnswer: undefined,
      doNotDisturb: false,
      historyStorage: 'local',
      historyLimit: 200,
      recordingsStorage: 'local',
      recordingsLimit: 2048,
      recordingsDays: 30,
    }));

  it('fills in what was not given', async () => {
    const options = resolveOptions({
      server: 'wss://pbx.example:7443/fswebrtc',
      user: ' 1001 ',
      password: 'x',
    });
    expect(options).to.deep.include({
      user: '1001',
      domain: 'pbx.example',
      displayName: '1001',
      profile: 'dispatch',
      expires: 60,
      api: undefined,
      iceServers: [],
      forceRelay: false,
      timeouts: DEFAULT_TIMEOUTS,
    });
    expect(await options.credentials(REQUEST)).to.deep.equal({password: 'x'});
    expect(Object.isFrozen(options)).to.equal(true);
  });

  it('checks the ICE servers that a function gives', async () => {
    const given: unknown[] = [
      [{urls: 'stun:stun.example'}],
      {urls: 'stun:stun.example'},
      [{urls: 'http://x'}],
      undefined,
    ];
    const iceServers = (() => given.shift()) as () => RTCIceServer[];
    const ask = resolveOptions({server: 'wss://pbx.example/', user: '1001', iceServers})
      .iceServers as () => Promise<readonly RTCIceServer[]>;
    expect(await ask()).to.deep.equal([{urls: 'stun:stun.example'}]);
    for (let wrong = 0; wrong < 3; wrong++) await rejects(ask(), 'ice-servers-failed');
  });

  for (const given of [
    {user: '1001'},
    {user: '1001', host: ''},
    {user: '1001', server: 'pbx.example'},
    {user: '1001', server: 'https://pbx.example/'},
    {user: '1001', host: 'no host'},
    {user: '1001', server: 'wss://a.example/ b.example'},
    {user: '1001', server: ['wss://a.example/', 'https://b.example/']},
    {user: '1001', server: []},
    {user: '1001', server: ' '},
    {user: '', server: 'wss://pbx.example/'},
    {user: '1001@pbx', server: 'wss://pbx.example/'},
    {user: '10 01', server: 'wss://pbx.example/'},
  ] as SipClientOptions[])
    it(`refuses ${JSON.stringify(given)}`, () => {
      expect(() => resolveOptions(given))
        .to.throw(SipError)
        .with.property('code', 'bad-parameter');
    });

  for (const [attribute, given] of [
    ['monitor-uri', {monitorUri: 'sip:*33@{host}'}],
    ['monitor-uri', {monitorUri: '*33{number}@{host}'}],
    ['monitor-uri', {monitorUri: 'tel:*33{number}'}],
    ['monitor-uri', {monitorUri: 'sip:{number}'}],
    ['monitor-uri', {monitorUri: 'sip:spy@{number}'}],
    ['monitor-uri', {monitorUri: 'sip:*33{number}@{domain}'}],
    ['monitor-uri', {monitorUri: 'sip:*33{file}{number}@{host}'}],
    ['monitor-uri', {monitorUri: 'sip:*33{number}@{host}?Route=x'}],
    ['monitor-uri', {monitorUri: 'sip:*33{number}@{host}\r\nX: y'}],
    ['monitor-uri', {monitorUri: 'sip:{number}:secret@{host}'}],
    ['monitor-uri', {monitorUri: 7 as unknown as string}],
    ['listen-in-uri', {listenInUri: 'sip:*33@{host}'}],
    ['barge-in-uri', {bargeInUri: 'sip:*33@{host}'}],
    ['play-file-uri', {playFileUri: 'sip:*88{number}@{host}'}],
    ['play-file-uri', {playFileUri: 'sip:*88{file}@{host}'}],
  ] as [string, Partial<SipClientOptions>][])
    it(`refuses ${JSON.stringify(given)}, naming ${attribute}`, () => {
      const make = (): unknown => resolveOptions({server: 'wss://pbx.example/', user: '1001', ...given});
      expect(make).to.throw(SipError, attribute).with.property('code', 'bad-parameter');
    });

  for (const monitorUri of [
    'sip:*33{number}@{host}',
    'SIP:%2333{number}@10.0.0.1:5060',
    'sip:spy;for={number}@[2001:db8::1];transport=ws;x',
    'sip:spy@{host};for={number}',
  ])
    it(`takes the pattern ${monitorUri}`, () => {
      const {patterns} = resolveOptions({server: 'wss://pbx.example/', user: '1001', monitorUri});
      expect(patterns).to.deep.equal({monitorUri});
    });

  it('has no patterns where a page gives none', () => {
    const given = {monitorUri: '', listenInUri: undefined as unknown as string};
    const {patterns} = resolveOptions({server: 'wss://pbx.example/', user: '1001', ...given});
    expect(patterns).to.deep.equal({});
  });

  it('gives addresses or refuses, whatever is given', () => {
    const text = fc.string({unit: 'binary', maxLength: 20});
    fc.assert(
      fc.property(fc.record({user: text, host: text, port: text, path: text}), (given) => {
        try {
          expect(new URL(resolveOptions(given).server).protocol).to.match(/^wss?:$/);
        } catch (error) {
          expect(error).to.be.instanceOf(SipError).with.property('code', 'bad-parameter');
        }
      }),
    );
  });
});

describe('normalizeExpires', () => {
  it('keeps whole seconds in the server’s bounds, and takes 60 for the rest', () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer({min: -10, max: 1000}), fc.double()), (expires) => {
        const fits = Number.isInteger(expires) && expires >= EXPIRES.min && expires <= EXPIRES.max;
        return normalizeExpires(expires) === (fits ? expires : EXPIRES.default);
      }),
    );
    expect(normalizeExpires(undefined)).to.equal(EXPIRES.default);
  });
});

describe('DEFAULT_TIMEOUTS', () => {
  it('are the protocol’s', () => {
    expect(DEFAULT_TIMEOUTS).to.include({
      reply: REPLY_TIMEOUT,
      heartbeat: HEARTBEAT_INTERVAL,
      invitePatience: INVITE_PATIENCE,
      invite: INVITE_TIMEOUT,
    });
  });
});
