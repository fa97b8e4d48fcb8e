import {expect} from '@open-wc/testing';
import {reaches, until} from '../support/in-page/facts.js';
import {WireUser} from '../support/wire/wire-users.js';
import {Wire} from '../support/wire/wire.js';

const AUDIO = {audio: true, video: false};

describe('SipUserAgent: a page that goes', () => {
  let wire: Wire;
  let alice: WireUser;
  let bob: WireUser;

  beforeEach(async () => {
    wire = new Wire({alice: '', bob: 'secret'});
    alice = await new WireUser(wire, {user: 'alice'}).begin();
    bob = await new WireUser(wire, {user: 'bob', password: 'secret'}).begin();
  });
  afterEach(async () => {
    await Promise.all([alice, bob].map(({agent}) => agent.disconnect()));
  });

  /** What both clients have sent by the end of the event: they share the page. */
  function sentAt(event: Event): string[] {
    const before = wire.messages.length;
    window.dispatchEvent(event);
    return wire.messages.slice(before).map((message) => message.split(' ', 1)[0]!);
  }

  it('has sent all of its goodbyes by the end of the event, with the answer to the last challenge', async () => {
    const call = alice.agent.invite('bob', AUDIO);
    const ringing = await bob.rings();
    await ringing.accept(AUDIO);
    await reaches(call, 'confirmed');
    expect(sentAt(new PageTransitionEvent('pagehide'))).to.deep.equal(['BYE', 'REGISTER', 'BYE', 'REGISTER']);
    await until(() => !wire.registered('alice') && !wire.registered('bob'));
    expect(call.state.cause).to.include({by: 'local', code: 'normal'});
  });

  it('that has answered a call hangs up although no ACK has arrived: it could not wait for one', async () => {
    wire.handle = ({request}) => request.method === 'ACK';
    const call = alice.agent.invite('bob', AUDIO);
    const ringing = await bob.rings();
    await ringing.accept(AUDIO);
    await reaches(call, 'confirmed');
    const byes = sentAt(new PageTransitionEvent('pagehide')).filter((method) => method === 'BYE');
    expect(byes).to.have.length(2);
  });

  it('that the browser shows again is registered again', async () => {
    window.dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}));
    await until(() => !wire.registered('bob'));
    window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}));
    await bob.knows(() => bob.registration.at(-1)?.[0] === 'registered');
    expect(wire.registered('bob')).to.equal(true);
  });

  it('that disconnects refuses a call which arrives meanwhile: nobody could answer it any more', async () => {
    wire.handle = ({request}) => request.method === 'REGISTER' && request.from.uri.user === 'bob';
    const gone = bob.agent.disconnect();
    const call = alice.agent.invite('bob', AUDIO);
    await reaches(call, 'terminated');
    expect(call.state.cause).to.include({by: 'remote', status: 480});
    expect(wire.messages.filter((message) => message.startsWith('SIP/2.0 180'))).to.deep.equal([]);
    await gone;
  });
});
