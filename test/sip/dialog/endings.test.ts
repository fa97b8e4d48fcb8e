import {expect} from '@open-wc/testing';
import {attempt} from '../../../src/core/util/attempt.js';
import {reaches} from '../../support/in-page/facts.js';
import {WireUser} from '../../support/wire/wire-users.js';
import {Wire} from '../../support/wire/wire.js';

const AUDIO = {audio: true, video: false};

describe('attempt', () => {
  it('runs each task, whatever another one throws', () => {
    const [thrown, done]: [unknown[], number[]] = [[], []];
    const fail = (what: string) => (): void => {
      throw new Error(what);
    };
    attempt(
      (error) => thrown.push(String(error)),
      () => done.push(1),
      fail('a'),
      fail('b'),
      () => done.push(2),
    );
    expect([thrown, done]).to.deep.equal([
      ['Error: a', 'Error: b'],
      [1, 2],
    ]);
  });
});

describe('SipUserAgent: endings', () => {
  let wire: Wire;
  let alice: WireUser;
  let bob: WireUser;

  beforeEach(async () => {
    wire = new Wire({alice: '', bob: ''});
    [alice, bob] = await Promise.all([
      new WireUser(wire, {user: 'alice'}).begin(),
      new WireUser(wire, {user: 'bob'}).begin(),
    ]);
  });

  afterEach(async () => {
    await Promise.all([alice, bob].map(({agent}) => agent.disconnect()));
  });

  async function talk() {
    const call = alice.agent.invite('bob', AUDIO);
    const ringing = await bob.rings();
    await ringing.accept(AUDIO);
    await reaches(call, 'confirmed');
    return {call, ringing};
  }

  it('of one call that fails leave no other call, and not the connection', async () => {
    const {call, ringing} = await talk();
    const second = alice.agent.invite('bob', AUDIO);
    const other = await bob.rings();
    await other.accept(AUDIO);
    await reaches(second, 'confirmed');
    const broken = (): never => {
      throw new URIError('broken');
    };
    Object.defineProperty(call, 'hangup', {value: broken});
    Object.defineProperty(call, 'suspend', {value: broken});
    wire.cut('alice');
    await alice.knows(() => alice.connection.at(-1)?.[0] === 'reconnecting');
    await alice.knows(() => alice.connection.at(-1)?.[0] === 'connected');
    await alice.agent.disconnect();
    await reaches(other, 'terminated');
    expect(alice.connection.at(-1)?.[0]).to.equal('disconnected');
    await ringing.hangup();
  });
});
