import {CLIENT_CHANGE} from '../../src/core/client/client-change.js';
import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {connectPhone, type FrameCall, type FramePhone} from '../../src/frame-host.js';
import {shareWithHost} from '../../src/frame-phone.js';
import {SipError} from '../../src/errors.js';
import {until} from '../support/in-page/facts.js';
import {StagedClient} from '../support/staged/staged-client.js';

const ORIGIN = location.origin;
const SECRET = 'k9#secret';

/** A window of this origin, which posts as its own. */
async function otherWindow(): Promise<{frame: HTMLIFrameElement; post(data: unknown, to: string): void}> {
  const frame = document.createElement('iframe');
  const loaded = new Promise((resolve) => (frame.onload = resolve));
  // A page of its own: the empty one that a frame begins with has no listener yet.
  frame.src = URL.createObjectURL(new Blob(['<!doctype html>'], {type: 'text/html'}));
  document.body.append(frame);
  await loaded;
  const inside = frame.contentWindow as Window & typeof globalThis;
  const post = new inside.Function('target', 'data', 'to', 'target.postMessage(data, to)');
  return {frame, post: (data, to) => void post(window, data, to)};
}

/** What a page hears of the messages of another one, all of them. */
function heardBy(target: Window): any[] {
  const heard: any[] = [];
  target.addEventListener('message', ({data}) => heard.push(data));
  return heard;
}

/** Values as a stranger could send them: structured clones. */
const anything = fc.anything({
  withMap: true,
  withSet: true,
  withTypedArray: true,
  withBigInt: true,
  withDate: true,
});

/** Messages that are almost those of the table. */
const nearly = fc.record(
  {
    sipElements: fc.oneof(fc.constant(1), anything),
    type: fc.oneof(
      fc.constantFrom('connect', 'call', 'answer', 'end', 'ready', 'state', 'result'),
      fc.constantFrom('__proto__', 'constructor', 'toString', 'hold'),
      anything,
    ),
    request: fc.oneof(fc.nat(), anything),
    number: fc.oneof(fc.constant('1002'), fc.string({minLength: 250, maxLength: 300}), anything),
    id: fc.oneof(fc.string(), anything),
    media: fc.oneof(fc.constant('audio'), anything),
    state: anything,
    error: anything,
  },
  {requiredKeys: []},
);

const origins = fc.oneof(
  fc.webUrl({withFragments: true}),
  fc.constantFrom(
    '*',
    'null',
    '',
    `${ORIGIN}/`,
    `${ORIGIN}.example`,
    ORIGIN.toUpperCase(),
    'file://',
    'http://',
  ),
  fc.string(),
);

describe('a phone that is shared with its host', () => {
  let ending: AbortController;
  let host: Awaited<ReturnType<typeof otherWindow>>;
  let heard: any[];
  let client: StagedClient;

  beforeEach(async () => {
    ending = new AbortController();
    host = await otherWindow();
    heard = heardBy(host.frame.contentWindow!);
    // The page under test is the one in the frame here.
    Object.defineProperty(window, 'parent', {value: host.frame.contentWindow, configurable: true});
    client = await StagedClient.ready({password: SECRET});
    shareWithHost(client, {origins: ['https://other.example', ORIGIN], signal: ending.signal});
  });
  afterEach(() => {
    ending.abort();
    host.frame.remove();
    Object.defineProperty(window, 'parent', {value: window, configurable: true});
  });

  const send = (message: object): void => host.post({sipElements: 1, ...message}, ORIGIN);
  const last = (type: string): any => heard.findLast((message) => message.type === type);

  it('reports its state and its calls, and no secret', async () => {
    send({type: 'connect'});
    await until(() => last('state')?.state.registration === 'registered');
    const {call} = client.ring();
    await until(() => last('state').state.calls.length === 1);
    expect(last('state')).to.deep.equal({
      sipElements: 1,
      type: 'state',
      state: {
        connection: 'connected',
        registration: 'registered',
        calls: [
          {
            id: call.id,
            number: '1002',
            name: '李雷',
            direction: 'incoming',
            phase: 'ringing',
            held: false,
            answeredAt: undefined,
          },
        ],
      },
    });
    expect(JSON.stringify(heard)).not.to.contain(SECRET);
  });

  it('tells two calls apart whose ids are alike for hundreds of characters, and leaves out what does not pass', async () => {
    send({type: 'connect'});
    await until(() => last('state')?.state.registration === 'registered');
    const [one, other, long] = ['1', '2', 'x'.repeat(300)].map((end) => {
      const {call} = client.ring('audio', {number: `${'9'.repeat(800)}${end}@evil.example`, name: ''});
      Object.defineProperty(call, 'id', {value: `${'i'.repeat(900)}${end}`});
      return call;
    });
    await until(() => last('state').state.calls.length === 2);
    expect(last('state').state.calls.map(({id}: FrameCall) => id)).to.deep.equal([one!.id, other!.id]);
    expect(last('state').state.calls[1].number).to.equal(other!.remote.number);
    send({type: 'end', request: 1, id: other!.id});
    await until(() => last('result')?.request === 1);
    expect([one!, other!, long!].map(({state}) => state.phase)).to.deep.equal([
      'ringing',
      'released',
      'ringing',
    ]);
  });

  it('calls, answers and ends, and gives back why it does not', async () => {
    send({type: 'connect'});
    send({type: 'call', request: 1, number: '1003', media: 'video'});
    await until(() => last('result')?.request === 1);
    expect(client.asked).to.include('call 1003 video');
    const {call, dialog} = client.ring();
    send({type: 'answer', request: 2, id: call.id, media: undefined});
    await until(() => last('result').request === 2);
    expect(call.state.phase).to.equal('answered');
    send({type: 'end', request: 3, id: call.id});
    await until(() => last('result').request === 3);
    expect(dialog.commands).to.include('hangup');
    send({type: 'end', request: 4, id: call.id});
    await until(() => last('result').request === 4);
    expect(last('result').error.code).to.equal('call-not-found');
    client.failure = new SipError('busy', {subject: '1004'});
    send({type: 'call', request: 5, number: '1004', media: undefined});
    await until(() => last('result').request === 5);
    expect(last('result').error.code).to.equal('busy');
  });

  it('tells its host nothing of cameras, nor of a call that the page does not let ring', async () => {
    send({type: 'connect'});
    client.addEventListener('sip-call-received', (event) => event.preventDefault());
    const hidden = [client.look(), client.ring()];
    client.dial('audio', {number: '1005', name: ''});
    await until(() => last('state')?.state.calls.length > 0);
    expect(last('state').state.calls.map(({number}: FrameCall) => number)).to.deep.equal(['1005']);
    for (const [index, {call}] of hidden.entries()) {
      send({type: 'answer', request: index, id: call.id, media: undefined});
      await until(() => last('result')?.request === index);
      expect([last('result').error.code, call.state.phase]).to.deep.equal(['call-not-found', 'ringing']);
    }
  });

  it('is that of a <sip-client> whose tag is defined later', async () => {
    const tag = `sip-later-${ORIGIN.length}`;
    const element = document.createElement(tag) as HTMLElement & {client: StagedClient};
    shareWithHost(element, {origins: [ORIGIN], signal: ending.signal});
    send({type: 'connect'});
    await until(() => heard.some(({type, state}) => type === 'state' && state.connection === 'disconnected'));
    element.client = client;
    element.dispatchEvent(new Event(CLIENT_CHANGE));
    await until(
      () => heard.filter(({type, state}) => type === 'state' && state.connection === 'connected').length > 1,
    );
  });

  it('shortens what strangers tell, and still finds the call', async () => {
    send({type: 'connect'});
    client.ring('audio', {number: '1002', name: 'x'.repeat(100_000)});
    await until(() => last('state')?.state.calls.length === 1);
    expect(last('state').state.calls[0].name).to.have.length(256);
  });

  it('ignores every origin that is not listed, every other window, and every message that is not of its table', async () => {
    send({type: 'connect'});
    await until(() => last('state') !== undefined);
    const before = [client.asked.length, heard.length];
    const call = {sipElements: 1, type: 'call', request: 1, number: '1002', media: undefined};
    const tell = (data: unknown, origin: string, source: Window | null): void =>
      void dispatchEvent(new MessageEvent('message', {data, origin, source}));
    fc.assert(
      fc.property(origins, (origin) => tell(call, origin, host.frame.contentWindow)),
      {numRuns: 500},
    );
    for (const source of [window, null]) tell(call, ORIGIN, source);
    const isCall = (data: any): boolean =>
      ['call', 'answer', 'end', 'connect'].includes(data?.type) && data.sipElements === 1;
    fc.assert(
      fc.property(
        fc.oneof(anything, nearly).filter((data) => !isCall(data)),
        (data) => tell(data, ORIGIN, host.frame.contentWindow),
      ),
      {numRuns: 2_000},
    );
    for (const wrong of [
      {...call, sipElements: 2},
      {...call, sipElements: '1'},
      {...call, request: -1},
      {...call, request: 1.5},
      {...call, number: 1002},
      {...call, number: '1'.repeat(257)},
      {...call, media: 'screen'},
      {...call, headers: {}},
      {...call, type: 'hold'},
      {...call, type: '__proto__'},
      {sipElements: 1, type: 'call', request: 1, number: '1002'},
      {sipElements: 1, type: 'answer', request: 1, id: {}, media: undefined},
      {sipElements: 1, type: 'state', state: {}},
      [1, 'call'],
    ])
      tell(wrong, ORIGIN, host.frame.contentWindow);
    // Messages arrive in their order: whatever was answered is there before this.
    send({type: 'end', request: 99, id: ''});
    await until(() => last('result')?.request === 99);
    expect([client.asked.length, heard.length - 1]).to.deep.equal(before);
  });

  it('takes no origin for all of them, and no list without one', () => {
    for (const wrong of [
      '*',
      'null',
      '',
      `${ORIGIN}/`,
      `${ORIGIN}/page`,
      'https://*.example.com',
      'javascript:1',
      7,
    ])
      expect(() => shareWithHost(client, {origins: [wrong as string]}))
        .to.throw()
        .with.property('code', 'bad-parameter');
    for (const wrong of [undefined, {}, {origins: []}, {origins: ORIGIN}])
      expect(() => shareWithHost(client, wrong as never))
        .to.throw()
        .with.property('code', 'bad-parameter');
    expect(() => shareWithHost(undefined as never, {origins: [ORIGIN]})).to.throw(/client/);
  });
});

describe('a host with a phone in its frame', () => {
  let inside: Awaited<ReturnType<typeof otherWindow>>;
  let heard: any[];
  let phone: FramePhone;
  let ending: AbortController;
  let calls: FrameCall[];

  beforeEach(async () => {
    ending = new AbortController();
    calls = [];
    inside = await otherWindow();
    heard = heardBy(inside.frame.contentWindow!);
    phone = connectPhone(inside.frame, {origin: ORIGIN, signal: ending.signal});
    phone.addEventListener('call', ({detail}) => calls.push(detail));
  });
  afterEach(() => {
    ending.abort();
    inside.frame.remove();
  });

  const post = (message: object): void => inside.post({sipElements: 1, ...message}, ORIGIN);
  const call = {
    id: 'a',
    number: '1002',
    name: '<b>李雷</b>',
    direction: 'incoming',
    phase: 'ringing',
    held: false,
    answeredAt: undefined,
  };
  const state = {connection: 'connected', registration: 'registered', calls: [call]};
  const codeOf = async (promise: Promise<unknown>): Promise<string> =>
    promise.then(
      () => 'resolved',
      (error) => `${error.name} ${error.code}`,
    );

  it('connects with a phone that was there first, and again with one that is loaded anew', async () => {
    await until(() => heard.length === 1);
    post({type: 'ready'});
    await until(() => heard.length === 2);
    expect(heard).to.deep.equal(new Array(2).fill({sipElements: 1, type: 'connect'}));
  });

  it('does not ask before the phone has answered', async () => {
    expect(await codeOf(phone.call('1002'))).to.equal('SipError not-connected');
    expect(phone.state.calls).to.deep.equal([]);
  });

  it('shows the state, and each new call once', async () => {
    post({type: 'state', state});
    await until(() => calls.length === 1);
    expect(calls[0]).to.deep.equal(call);
    post({type: 'state', state: {...state, calls: [{...call, phase: 'answered', answeredAt: 5}]}});
    await until(() => phone.state.calls[0]!.phase === 'answered');
    post({type: 'state', state: {...state, calls: []}});
    await until(() => phone.state.calls.length === 0);
    expect(calls).to.have.length(1);
  });

  it('settles each request by its result, or when the phone is gone', async () => {
    post({type: 'state', state});
    await until(() => calls.length === 1);
    const placed = phone.call('1003');
    const refused = codeOf(phone.answer('a'));
    const lost = codeOf(phone.end('a'));
    await until(() => heard.length === 4);
    const [, ...requests] = heard;
    post({
      type: 'result',
      request: requests[1].request,
      id: undefined,
      error: {code: 'busy', message: 'Busy.'},
    });
    post({type: 'result', request: requests[0].request, id: 'b', error: undefined});
    expect(await placed).to.equal('b');
    expect(await refused).to.equal('SipError busy');
    post({type: 'ready'});
    expect(await lost).to.equal('SipError not-connected');
    expect(phone.state.calls).to.deep.equal([]);
  });

  it('refuses arguments that the phone would ignore', async () => {
    post({type: 'state', state});
    await until(() => calls.length === 1);
    expect(await codeOf(phone.call('1'.repeat(257)))).to.equal('SipError bad-parameter');
    expect(await codeOf(phone.call('1', {media: 'screen' as never}))).to.equal('SipError bad-parameter');
    expect(await codeOf(phone.end(7 as never))).to.equal('SipError bad-parameter');
    for (const wrong of ['*', '', 'null', `${ORIGIN}/`])
      expect(() => connectPhone(inside.frame, {origin: wrong}))
        .to.throw()
        .with.property('code', 'bad-parameter');
    expect(() => connectPhone(document.body as never, {origin: ORIGIN})).to.throw(/iframe/);
  });

  it('ignores every other origin and window, and every message that is not of its table', async () => {
    post({type: 'state', state});
    await until(() => calls.length === 1);
    const known = phone.state;
    const told = {sipElements: 1, type: 'state', state: {...state, calls: []}};
    const tell = (data: unknown, origin: string, source: Window | null): void =>
      void dispatchEvent(new MessageEvent('message', {data, origin, source}));
    fc.assert(
      fc.property(origins, (origin) => tell(told, origin, inside.frame.contentWindow)),
      {numRuns: 500},
    );
    for (const source of [window, null]) tell(told, ORIGIN, source);
    fc.assert(
      fc.property(
        fc.oneof(anything, nearly).filter((data: any) => data?.type !== 'ready'),
        (data) => tell(data, ORIGIN, inside.frame.contentWindow),
      ),
      {numRuns: 2_000},
    );
    for (const wrong of [
      {...told, more: true},
      {...told, state: {...state, password: 'x'}},
      {...told, state: {...state, connection: 'open'}},
      {...told, state: {...state, calls: new Array(51).fill(call)}},
      {...told, state: {...state, calls: [{...call, name: 'x'.repeat(257)}]}},
      {...told, state: {...state, calls: [{...call, phase: 'talking'}]}},
      {...told, state: {...state, calls: {length: 0}}},
    ])
      tell(wrong, ORIGIN, inside.frame.contentWindow);
    expect(phone.state).to.equal(known);
  });
});
