import {expect} from '@open-wc/testing';
import {constructOutgoingResponse} from 'sip.js/lib/core/index.js';
import type {SipCall} from '../../../src/core/call/call.js';
import {resolveOptions, type ResolvedOptions} from '../../../src/core/client/options.js';
import {readPushCaps} from '../../../src/core/push/feature-caps.js';
import {pushOf, type PushClient, type SipPush} from '../../../src/core/push/push.js';
import type {PushOption} from '../../../src/core/push/push-options.js';
import {
  ANSWER_WISH_MS,
  forgetPushAccount,
  pushAccounts,
  takeAnswerWish,
  wishToAnswer,
} from '../../../src/core/push/push-store.js';
import type {RegistrationState} from '../../../src/core/types.js';
import {SipUserAgent} from '../../../src/sip/user-agent.js';
import {setClock} from '../../support/in-page/clock.js';
import {shorten} from '../../support/in-page/durations.js';
import {until} from '../../support/in-page/facts.js';
import {rejects} from '../../support/in-page/rejections.js';
import {Wire} from '../../support/wire/wire.js';

const ACCOUNT = 'open@wire.test';
const ENDPOINT = 'https://push.test/send/a?b=c&d=e;f,g@h:1%2F(é)';
const CAPS = 'Feature-Caps: *;+sip.pns="fcm,webpush";+sip.vapid="BKey-_1"';

/** A user agent on the wire with an account that is woken. */
class WokenUser extends EventTarget implements PushClient {
  readonly options: ResolvedOptions;
  readonly push: SipPush;
  readonly agent: SipUserAgent;
  state: PushClient['state'] = {registration: 'unregistered', calls: []};
  readonly #ending = new AbortController();

  constructor(wire: Wire, push: PushOption) {
    super();
    this.options = resolveOptions({server: 'ws://wire.test/sip', user: 'open', push});
    this.push = pushOf(this);
    const onRegistration = (registration: RegistrationState): void =>
      void (this.state = {...this.state, registration});
    this.agent = new SipUserAgent(
      this.options,
      {onConnection() {}, onRegistration, onInvite() {}, async onMessage() {}, onReferral() {}},
      {createTransport: wire.createTransport},
    );
  }

  get ending(): AbortSignal {
    return this.#ending.signal;
  }

  async begin(): Promise<this> {
    await this.push.begin();
    await this.agent.connect();
    await this.agent.register(60);
    return this;
  }

  /** Signs out, as `client.disconnect()` does. */
  async end(): Promise<void> {
    this.#ending.abort();
    await this.agent.disconnect();
  }
}

describe('SipPush', () => {
  let wire: Wire;
  let users: WokenUser[];

  const contacts = (): string[] =>
    wire.messages.flatMap((message) =>
      message.startsWith('REGISTER') ? [/^Contact: (.*)\r$/m.exec(message)![1]!] : [],
    );

  function user(push: PushOption = {subscription: {endpoint: ENDPOINT}}): WokenUser {
    const made = new WokenUser(wire, push);
    users.push(made);
    return made;
  }

  /** Lets the server accept each registration with these headers. */
  function accepts(...extraHeaders: string[]): void {
    wire.handle = ({request, from}) => {
      if (request.method !== 'REGISTER') return false;
      const headers = [`Contact: ${request.getHeader('contact')}`, ...extraHeaders];
      const status = {statusCode: 200, toTag: 'a', extraHeaders: headers};
      from.deliver(constructOutgoingResponse(request, status).message);
      return true;
    };
  }

  beforeEach(() => {
    wire = new Wire({open: ''});
    users = [];
  });
  afterEach(async () => {
    await Promise.all(users.map((each) => each.end()));
    await forgetPushAccount(ACCOUNT);
  });

  it('asks whether the server sends pushes, and names its subscription once it does, for a week', async () => {
    accepts(CAPS);
    const {push} = await user().begin();
    await until(() => push.state.status === 'on');
    const [asking, naming] = contacts();
    expect(asking).to.match(/;transport=ws;pn-provider=webpush>;reg-id=1.*;expires=60$/);
    const prid = encodeURIComponent(ENDPOINT);
    expect(naming).to.include(`;transport=ws;pn-provider=webpush;pn-prid=${prid}>;reg-id=1`);
    expect(naming).to.match(/;expires=604800$/);
    expect(contacts()).to.have.length(2);
  });

  it('names it at once on the next page', async () => {
    accepts(CAPS);
    const {push} = await user().begin();
    await until(() => push.state.status === 'on');
    const before = contacts().length;
    const next = await user().begin();
    await until(() => next.push.state.status === 'on');
    expect(contacts()[before]).to.include(';pn-prid=');
  });

  it('keeps the registration as the page goes away, and ends it at the sign-out', async () => {
    accepts(CAPS);
    const woken = await user().begin();
    await until(() => woken.push.state.status === 'on');
    const before = contacts().length;
    window.dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}));
    expect(contacts()).to.have.length(before);
    window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}));
    await until(() => contacts().length > before && woken.state.registration === 'registered');
    await woken.end();
    expect(contacts().at(-1)).to.match(/;pn-prid=.*;expires=0$/);
    while ((await pushAccounts()).length > 0) await new Promise((resolve) => setTimeout(resolve, 10));
  });

  const forgotten = async (): Promise<boolean> => (await pushAccounts()).length === 0;

  it('forgets the account at the sign-out, and when it is turned off, also if the push service never answers', async () => {
    for (const end of [(woken: WokenUser) => woken.end(), ({push}: WokenUser) => push.disable()]) {
      accepts(CAPS);
      let asked = 0;
      const subscription = async (): Promise<{endpoint: string}> =>
        (asked += 1) === 1 ? {endpoint: ENDPOINT} : new Promise(() => {});
      const woken = await user({subscription}).begin();
      await until(() => woken.push.state.status === 'on');
      accepts(CAPS.replace('BKey', 'Other'));
      await woken.agent.register(60);
      await until(() => asked === 2);
      await end(woken);
      await until(forgotten);
      expect(woken.push.state.status).to.equal('off');
      await woken.end();
    }
  });

  it('fails if the push service does not answer, and uses what it answers later', async () => {
    shorten({pushSubscription: 200});
    accepts(CAPS);
    let answer = (_: {endpoint: string}): void => {};
    const subscription = async (): Promise<{endpoint: string}> =>
      new Promise((resolve) => (answer = resolve));
    const {push} = await user({subscription}).begin();
    await until(() => push.state.status === 'failed');
    expect(push.state.error?.code).to.equal('push-failed');
    await rejects(push.enable(), 'push-failed');
    expect(contacts().at(-1)).not.to.include('pn-prid=');
    answer({endpoint: ENDPOINT});
    await until(() => push.state.status === 'on');
    expect(contacts().at(-1)).to.include(`;pn-prid=${encodeURIComponent(ENDPOINT)}`);
  });

  for (const method of ['request', 'query'] as const)
    it(`forgets the account at the sign-out if the browser never answers for locks (${method})`, async () => {
      shorten({pushAnswer: 200});
      accepts(CAPS);
      Object.defineProperty(navigator.locks, method, {
        value: () => new Promise(() => {}),
        configurable: true,
      });
      try {
        const woken = await user().begin();
        await until(() => woken.push.state.status === 'on');
        await woken.end();
        await until(forgotten);
      } finally {
        Reflect.deleteProperty(navigator.locks, method);
      }
    });

  it('subscribes a few times at a server that names another key with each answer', async () => {
    let [keys, asked] = [0, 0];
    wire.handle = ({request, from}) => {
      if (request.method !== 'REGISTER') return false;
      const caps = `Feature-Caps: *;+sip.pns="webpush";+sip.vapid="key${(keys += 1)}"`;
      const extraHeaders = [`Contact: ${request.getHeader('contact')}`, caps];
      from.deliver(constructOutgoingResponse(request, {statusCode: 200, toTag: 'a', extraHeaders}).message);
      return true;
    };
    const subscription = (): {endpoint: string} => ({endpoint: `${ENDPOINT}${(asked += 1)}`});
    const {push, agent} = await user({subscription}).begin();
    await until(() => push.state.status === 'on');
    for (let round = 0; round < 20; round += 1) await agent.register(60);
    expect(asked).to.be.at.most(4);
  });

  it('is an ordinary registration at a server that sends none', async () => {
    accepts('Feature-Caps: *;+sip.pns="apns"');
    const {push, agent} = await user().begin();
    expect(push.state.status).to.equal('failed');
    expect(push.state.error?.code).to.equal('unsupported');
    await agent.register(60);
    expect(contacts().at(-1)).not.to.include('pn-');
    window.dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}));
    expect(contacts().at(-1)).to.match(/;expires=0$/);
    expect(await pushAccounts()).to.deep.equal([]);
  });

  it('registers without pushes if the server refuses them (555)', async () => {
    wire.handle = ({request, from}) => {
      if (request.method !== 'REGISTER' || !request.getHeader('contact')!.includes('pn-')) return false;
      from.deliver(constructOutgoingResponse(request, {statusCode: 555, toTag: 'a'}).message);
      return true;
    };
    const {push, state} = await user().begin();
    expect(contacts()).to.have.length(2);
    expect(contacts()[1]).not.to.include('pn-');
    expect([state.registration, push.state.status]).to.deep.equal(['registered', 'failed']);
  });

  it('fails for a subscription without an address, and registers', async () => {
    accepts(CAPS);
    for (const endpoint of ['javascript:alert(1)', 'https://a b', `https://${'a'.repeat(3_000)}`, 7]) {
      const {push, state} = await user({subscription: {endpoint: endpoint as string}}).begin();
      await until(() => push.state.status === 'failed');
      expect([push.state.error?.code, state.registration]).to.deep.equal(['push-failed', 'registered']);
    }
  });

  it('refuses an option that cannot be used', () => {
    for (const given of [{}, {worker: 7}, {worker: '/w.js', expires: 5}, {worker: '/w.js', key: 'no key'}])
      expect(() => user(given as PushOption))
        .to.throw()
        .with.property('code', 'bad-parameter');
    users = [];
  });

  it('is turned off by the user, and stays off', async () => {
    accepts(CAPS);
    const {push, agent} = await user().begin();
    await until(() => push.state.status === 'on');
    await push.disable();
    await until(() => !contacts().at(-1)!.includes('pn-prid'));
    await agent.register(60);
    expect(contacts().at(-1)).to.match(/;pn-provider=webpush>.*;expires=60$/);
    expect(push.state.status).to.equal('off');
    expect(await pushAccounts()).to.deep.equal([]);
  });

  it('counts the wish to answer once, and for a minute', async () => {
    expect(await takeAnswerWish(ACCOUNT)).to.equal(0);
    await wishToAnswer(ACCOUNT);
    expect(await takeAnswerWish(ACCOUNT)).to.be.within(1, ANSWER_WISH_MS);
    expect(await takeAnswerWish(ACCOUNT)).to.equal(0);
    await wishToAnswer(ACCOUNT);
    setClock(ANSWER_WISH_MS + 1);
    expect(await takeAnswerWish(ACCOUNT)).to.equal(0);
    await wishToAnswer('other@wire.test');
    expect(await takeAnswerWish(ACCOUNT), 'of another account').to.equal(0);
    expect(await takeAnswerWish('other@wire.test')).to.be.within(1, ANSWER_WISH_MS);
  });

  it('answers no call after the minute, however many wishes there were', async () => {
    accepts(CAPS);
    const woken = await user().begin();
    const {push} = woken;
    await until(() => push.state.status === 'on');
    const presses = async (left: number): Promise<void> => {
      setClock(0);
      await wishToAnswer(ACCOUNT);
      setClock(ANSWER_WISH_MS - left);
      navigator.serviceWorker.dispatchEvent(new MessageEvent('message', {data: 'sip-push-answer'}));
    };
    await presses(20_000);
    await until(() => push.state.answer === 'waiting');
    await presses(100);
    await until(() => push.state.answer === 'missed');
    let answered = 0;
    const answer = async (): Promise<void> => void (answered += 1);
    const call = {type: 'single', direction: 'incoming', state: {phase: 'ringing'}, watched: false, answer};
    woken.state = {...woken.state, calls: [call as unknown as SipCall]};
    woken.dispatchEvent(new Event('statechange'));
    expect([answered, push.state.answer]).to.deep.equal([0, 'missed']);
    await presses(20_000);
    await until(() => answered === 1);
  });

  it('forgets the wish at the sign-out', async () => {
    await wishToAnswer(ACCOUNT);
    await forgetPushAccount(ACCOUNT);
    expect(await takeAnswerWish(ACCOUNT)).to.equal(0);
  });
});

describe('readPushCaps', () => {
  it('reads what a server tells, in one header or several', () => {
    expect(readPushCaps(['*;+sip.pns="webpush";+sip.vapid="abc"'])).to.deep.equal({key: 'abc'});
    expect(readPushCaps(['*;+sip.pns="apns"', '*;+SIP.PNS="<webpush>"'])).to.deep.equal({key: ''});
    expect(readPushCaps(['*;+sip.pnsreg="121"'])).to.equal(undefined);
    expect(readPushCaps(['*;+sip.pns="webpushed"'])).to.equal(undefined);
    expect(readPushCaps([])).to.equal(undefined);
  });
});
