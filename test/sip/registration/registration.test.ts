import {expect} from '@open-wc/testing';
import {constructOutgoingResponse} from 'sip.js/lib/core/index.js';
import type {Credentials} from '../../../src/core/client/options.js';
import {shorten} from '../../support/in-page/durations.js';
import {until} from '../../support/in-page/facts.js';
import {rejects} from '../../support/in-page/rejections.js';
import {WireUser} from '../../support/wire/wire-users.js';
import {Wire} from '../../support/wire/wire.js';

describe('SipUserAgent: registration', () => {
  let wire: Wire;
  const users: WireUser[] = [];

  function user(options: ConstructorParameters<typeof WireUser>[1]): WireUser {
    const made = new WireUser(wire, options);
    users.push(made);
    return made;
  }

  beforeEach(() => {
    wire = new Wire({open: '', guarded: 'secret'});
  });

  afterEach(async () => {
    await Promise.all(users.splice(0).map(({agent}) => agent.disconnect()));
  });

  it('is accepted', async () => {
    const {agent, registration} = await user({user: 'open'}).begin();
    expect(wire.registered('open')).to.equal(true);
    expect(registration).to.deep.equal([
      ['registering', undefined],
      ['registered', undefined],
    ]);
    const contact = /^Contact: (.*)$/m.exec(wire.messages[0]!)![1]!;
    expect(contact).to.match(/;reg-id=1;\+sip\.instance="<urn:uuid:[0-9a-f-]{36}>";expires=60/);
    expect(contact).to.include(agent.instance);
  });

  it('is accepted also by a server that lists thousands of other contacts', async () => {
    wire.handle = ({request, from}) => {
      if (request.method !== 'REGISTER') return false;
      const own = request.getHeader('contact')!.replace(/expires=\d+/, 'expires=90');
      const others = Array.from({length: 3_000}, (_, index) => `<sip:${index}@elsewhere.test>;expires=9`);
      const extraHeaders = [`Contact: ${[...others, own, ...others].join(', ')}`];
      from.deliver(constructOutgoingResponse(request, {statusCode: 200, toTag: 'a', extraHeaders}).message);
      return true;
    };
    const {registration} = await user({user: 'open'}).begin();
    expect(registration.at(-1)).to.deep.equal(['registered', undefined]);
    wire.handle = undefined;
  });

  it('is taken back', async () => {
    const {agent, registration} = await user({user: 'open'}).begin();
    await agent.unregister();
    expect(wire.registered('open')).to.equal(false);
    expect(registration.at(-1)).to.deep.equal(['unregistered', undefined]);
  });

  it('answers a challenge', async () => {
    await user({user: 'guarded', password: 'secret'}).begin();
    expect(wire.registered('guarded')).to.equal(true);
  });

  it('asks for credentials before it, and once more after a refusal', async () => {
    const answers: Credentials[] = [{password: 'stale'}, {password: 'secret'}];
    let asked = 0;
    await user({user: 'guarded', credentials: () => answers[asked++]!}).begin();
    expect(asked).to.equal(2);
    expect(wire.registered('guarded')).to.equal(true);
  });

  it('waits for credentials no longer than for the connection', async () => {
    let asked = 0;
    // The page answers only the second time.
    const credentials = (): Promise<Credentials> =>
      new Promise((resolve) => ++asked === 2 && resolve({password: 'secret'}));
    const guarded = user({user: 'guarded', credentials});
    const {agent, registration} = guarded;
    await agent.connect();
    const first = agent.register(60);
    await until(() => asked === 1);
    wire.cut();
    await rejects(first, 'connection-lost');
    // The registration that the page requested is still wanted.
    await guarded.knows(() => registration.at(-1)?.[0] === 'registered');
    const again = agent.register(60);
    await until(() => asked === 3);
    await agent.disconnect();
    await rejects(again, 'connection-lost');
    expect(registration.at(-1)).to.deep.equal(['unregistered', undefined]);
  });

  it('uses the user name of the credentials', async () => {
    await user({
      user: 'guarded',
      credentials: async () => ({user: 'digest-name', password: 'secret'}),
    }).begin();
    expect(wire.messages.at(-1)).to.include('username="digest-name"');
  });

  it('says that the password is wrong, after it asked twice', async () => {
    let asked = 0;
    const {agent, registration} = user({
      user: 'guarded',
      credentials: () => {
        asked++;
        return {password: 'wrong'};
      },
    });
    await agent.connect();
    await rejects(agent.register(60), 'wrong-password');
    expect(asked).to.equal(2);
    expect(registration.at(-1)).to.deep.equal(['rejected', 'wrong-password']);
    // The same password is not tried twice: servers lock accounts.
    expect(wire.messages.filter((message) => message.includes('Authorization: Digest'))).to.have.length(1);
  });

  it('says that the user is unknown', async () => {
    const {agent} = user({user: 'stranger'});
    await agent.connect();
    const error: unknown = await agent.register(60).catch((reason: unknown) => reason);
    expect(error).to.include({code: 'unknown-user', subject: 'stranger@wire.test'});
  });

  it('says that the server refuses', async () => {
    wire.handle = ({reply}) => {
      reply(500);
      return true;
    };
    const {agent} = user({user: 'open'});
    await agent.connect();
    await rejects(agent.register(60), 'registration-refused');
  });

  it('says that the server does not reply', async () => {
    wire.handle = () => true;
    const {agent, registration} = user({user: 'open', timeouts: {reply: 50}});
    await agent.connect();
    await rejects(agent.register(60), 'timeout');
    expect(registration.at(-1)).to.deep.equal(['rejected', 'timeout']);
  });

  it('sends the same request again to a server that does not answer yet', async () => {
    shorten({registerAgain: 20});
    let lost = 2;
    wire.handle = () => lost-- > 0;
    await user({user: 'open'}).begin();
    expect(wire.registered('open')).to.equal(true);
    const [first, ...repeated] = wire.messages.filter((message) => message.startsWith('REGISTER'));
    expect(repeated).to.have.length.at.least(2);
    for (const message of repeated) expect(message).to.equal(first);
  });

  it('takes the challenges to both copies of a request for one', async () => {
    shorten({registerAgain: 20});
    const waiting: (() => void)[] = [];
    wire.handle = ({request, reply}) => {
      if (request.hasHeader('authorization')) return false;
      waiting.push(() =>
        reply(401, ['WWW-Authenticate: Digest realm="wire", nonce="n0nce", qop="auth", algorithm=MD5']),
      );
      // They are answered together, as after a stall.
      if (waiting.length === 2) for (const answer of waiting) answer();
      return true;
    };
    await user({user: 'guarded', password: 'secret'}).begin();
    expect(waiting).to.have.length(2);
    expect(wire.registered('guarded')).to.equal(true);
  });

  it('takes the lifetime that the server wants', async () => {
    wire.handle = ({request, reply}) => {
      if (!request.getHeader('contact')?.includes('expires=60')) return false;
      reply(423, ['Min-Expires: 300']);
      return true;
    };
    await user({user: 'open'}).begin();
    expect(wire.messages.at(-1)).to.include('expires=300');
  });

  it('does without reg-id where a proxy does not know it', async () => {
    wire.handle = ({request, reply}) => {
      if (!request.getHeader('contact')?.includes('reg-id')) return false;
      reply(439);
      return true;
    };
    await user({user: 'open'}).begin();
    expect(wire.registered('open')).to.equal(true);
  });

  it('renews itself before it expires', async () => {
    let renewed!: () => void;
    const renewal = new Promise<void>((resolve) => (renewed = resolve));
    let count = 0;
    wire.handle = ({request}) => {
      if (request.method === 'REGISTER' && ++count === 2) renewed();
      return false;
    };
    const {agent, registration} = user({user: 'open'});
    await agent.connect();
    await agent.register(1);
    await renewal;
    expect(registration.map(([state]) => state)).to.deep.equal(['registering', 'registered']);
  });

  it('is not renewed at once if the server grants a longer time than a timer takes', async () => {
    wire.handle = ({request, reply}) => {
      if (request.method !== 'REGISTER' || request.from.uri.user !== 'open') return false;
      reply(200, [`Contact: ${request.getHeader('contact')!.replace(/expires=\d+/, 'expires=99999999')}`]);
      return true;
    };
    const {registration} = await user({user: 'open'}).begin();
    const sent = (name: string): number =>
      wire.messages.filter((text) => text.startsWith('REGISTER') && text.includes(`<sip:${name}@`)).length;
    // A renewal would have come before that of a registration for a second.
    wire.users.set('short', '');
    const {agent} = user({user: 'short'});
    await agent.connect();
    await agent.register(1);
    await until(() => sent('short') > 1);
    wire.handle = undefined;
    expect(registration.at(-1)).to.deep.equal(['registered', undefined]);
    expect(sent('open')).to.equal(1);
  });

  it('tries a failed renewal again, as late as the server asks', async () => {
    const times: number[] = [];
    wire.handle = ({request, reply}) => {
      if (request.method !== 'REGISTER') return false;
      times.push(Date.now());
      if (times.length !== 2) return false;
      reply(503, ['Retry-After: 1']);
      return true;
    };
    const {agent, registration, knows} = bound(user({user: 'open'}));
    await agent.connect();
    await agent.register(1);
    await knows(() => registration.filter(([state]) => state === 'registered').length === 2);
    expect(registration.map(([state]) => state)).to.deep.equal([
      'registering',
      'registered',
      'unregistered',
      'registering',
      'registered',
    ]);
    expect(times[2]! - times[1]!).to.be.at.least(1_000);
  });

  /** Refuses so many renewals; the returned list has whether each REGISTER had an answer to a challenge. */
  function refusing(renewals: number): boolean[] {
    const answered: boolean[] = [];
    wire.handle = ({request, reply}) => {
      if (request.method !== 'REGISTER') return false;
      const hasAnswer = request.hasHeader('authorization');
      answered.push(hasAnswer);
      // The first two are the registration, without and with an answer.
      if (answered.length <= 2 || !hasAnswer || renewals === 0) return false;
      renewals -= 1;
      reply(403);
      return true;
    };
    return answered;
  }

  it('tries a renewal that is refused again, with a new challenge', async () => {
    const answered = refusing(2);
    const {agent, registration, knows} = bound(user({user: 'guarded', password: 'secret'}));
    await agent.connect();
    await agent.register(1);
    await knows(() => registration.filter(([state]) => state === 'registered').length === 2);
    expect(registration).to.deep.equal([
      ['registering', undefined],
      ['registered', undefined],
      ['unregistered', 'wrong-password'],
      ['registering', undefined],
      ['unregistered', 'wrong-password'],
      ['registering', undefined],
      ['registered', undefined],
    ]);
    expect(answered).to.deep.equal([false, true, true, false, true, false, true]);
  });

  it('gives up if a renewal is refused three times', async () => {
    const answered = refusing(9);
    const {agent, registration, knows} = bound(user({user: 'guarded', password: 'secret'}));
    await agent.connect();
    await agent.register(1);
    await knows(() => registration.at(-1)?.[0] === 'rejected');
    expect(registration.at(-1)).to.deep.equal(['rejected', 'wrong-password']);
    expect(answered).to.deep.equal([false, true, true, false, true, false, true]);
  });

  /** The page's function fails at this call. */
  function failingAt(time: number): {credentials: () => Promise<Credentials>; asked: () => number} {
    let asked = 0;
    return {
      credentials: async () => {
        if (++asked === time) throw new TypeError('Failed to fetch');
        return {password: 'secret'};
      },
      asked: () => asked,
    };
  }

  it('renews itself with the credentials at hand where the page has no new ones', async () => {
    const {credentials, asked} = failingAt(2);
    const lines: string[] = [];
    const guarded = user({user: 'guarded', credentials, log: ({text}) => lines.push(text)});
    const {agent, registration} = guarded;
    await agent.connect();
    await agent.register(1);
    await until(() => asked() === 3);
    expect(registration.map(([state]) => state)).to.deep.equal(['registering', 'registered']);
    expect(lines.filter((text) => text === 'REGISTER answered with 200').length).to.be.at.least(2);
    expect(lines).to.include(
      'no new credentials for the renewal: The page’s credentials failed: Failed to fetch.',
    );
  });

  it('tries again where the page has no credentials after a lost connection', async () => {
    const guarded = user({user: 'guarded', credentials: failingAt(2).credentials});
    const {registration} = await guarded.begin();
    wire.cut();
    await guarded.knows(() => registration.filter(([state]) => state === 'registered').length === 2);
    expect(registration.slice(2)).to.deep.equal([
      ['unregistered', undefined],
      ['registering', undefined],
      ['unregistered', 'credentials-failed'],
      ['registering', undefined],
      ['registered', undefined],
    ]);
    expect(wire.registered('guarded')).to.equal(true);
  });

  it('keeps its instance id for the next page, and gives another client its own', async () => {
    const first = await user({user: 'open'}).begin();
    const second = await user({user: 'open'}).begin();
    const {instance} = second.agent;
    expect(instance).not.to.equal(first.agent.instance);
    await second.agent.disconnect();
    const third = await user({user: 'open'}).begin();
    expect(third.agent.instance).to.equal(instance);
  });

  it('keeps secrets out of the log', async () => {
    const lines: string[] = [];
    const {agent} = await user({
      user: 'guarded',
      password: 'secret',
      log: ({area, level, text}) => lines.push(`${area} ${level} ${text}`),
    }).begin();
    await agent
      .message('guarded', '{"header":"reg.ws.login","body":{"password":"0123abcd"}}', 'application/jsonapi')
      .catch(() => {});
    const log = lines.join('\n');
    expect(log).to.match(/^sip debug sent\nREGISTER /m);
    expect(log).to.include('Authorization: ***');
    expect(log).not.to.match(/response=|secret|0123abcd|n0nce/);
  });

  it('is silent by default', async () => {
    const said: unknown[] = [];
    const original = {...console};
    const silenced = Object.keys(original) as (keyof Console)[];
    for (const method of silenced)
      Object.assign(console, {[method]: (...line: unknown[]) => said.push(line)});
    try {
      const {agent} = await user({user: 'open'}).begin();
      await agent.disconnect();
    } finally {
      Object.assign(console, original);
    }
    expect(said).to.deep.equal([]);
  });
});

/** The user with bound methods, for destructuring. */
function bound(made: WireUser): WireUser {
  return Object.assign(made, {knows: made.knows.bind(made)});
}
