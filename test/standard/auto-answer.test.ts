import {expect} from '@open-wc/testing';
import type {SipCall} from '../../src/core/call/call.js';
import type {SipClientOptions} from '../../src/core/client/options.js';
import type {WantedMedia} from '../../src/core/types.js';
import type {SipDialog} from '../../src/sip/user-agent.js';
import {watchDevices, type Devices} from '../support/in-page/devices.js';
import {becomes, hears, reaches, sees, until} from '../support/in-page/facts.js';
import {WireClient} from '../support/wire/wire-dispatch.js';
import {WireUser} from '../support/wire/wire-users.js';
import {Wire} from '../support/wire/wire.js';

const AT_ONCE = 'Call-Info: <sip:wire.test>;answer-after=0';
const NOTHING = {audio: false, video: false};

describe('StandardService: calls that are to be answered by themselves', () => {
  let wire: Wire;
  let devices: Devices;
  let users: WireUser[];
  let alice: WireUser;
  let bob: WireClient;
  let received: SipCall[];
  let asked: number[];

  beforeEach(async () => {
    devices = watchDevices();
    wire = new Wire({alice: '', carol: '', bob: '1234'});
    users = [];
    alice = await user('alice');
    received = [];
    asked = [];
  });

  afterEach(async () => {
    await Promise.all([...users.map(({agent}) => agent.disconnect()), bob.disconnect()]);
    devices.restore();
    expect(devices.opened.filter(({readyState}) => readyState === 'live')).to.have.length(0);
  });

  async function user(name: string): Promise<WireUser> {
    const made = await new WireUser(wire, {user: name}).begin();
    users.push(made);
    return made;
  }

  async function begin(options: Partial<SipClientOptions> = {autoAnswer: true}): Promise<void> {
    bob = new WireClient(wire, {user: 'bob', profile: 'standard', historyStorage: 'memory', ...options});
    bob.addEventListener('sip-call-received', ({detail}) => received.push(detail.call));
    bob.addEventListener('sip-auto-answer', ({detail}) => asked.push(detail.after));
    await bob.connect();
    await bob.register();
  }

  /** Bob gets an INVITE with these headers; a caller who only listens opens no device. */
  const invite = (
    headers: readonly string[],
    media: WantedMedia = {audio: true, video: false, opens: NOTHING},
    from = alice,
  ): SipDialog => from.agent.invite('bob', media, {headers});
  /** The statuses of the responses to the dialog's INVITE, as they went over the wire. */
  const statuses = ({id}: SipDialog): string[] =>
    wire.messages
      .filter((text) => text.startsWith('SIP/2.0') && text.includes(`Call-ID: ${id}\r\n`))
      .filter((text) => /^CSeq: \d+ INVITE/m.test(text))
      .map((text) => text.slice(8, 11));
  const arrives = (count = 1): Promise<void> => until(() => received.length === count);
  const ringing = (dialog: SipDialog): Promise<void> => until(() => statuses(dialog).includes('180'));

  for (const header of [
    AT_ONCE,
    'Alert-Info: <http://www.notused.com>;info=alert-autoanswer;delay=0',
    'Alert-Info: Auto Answer',
    'Answer-Mode: Auto',
    'Priv-Answer-Mode: Auto;require',
  ])
    it(`answers an INVITE with ${header}`, async () => {
      await begin();
      const dialog = invite([header]);
      await reaches(dialog, 'confirmed');
      expect(statuses(dialog).at(-1)).to.equal('200');
      expect([asked, received[0]!.state.autoAnswered]).to.deep.equal([[0], true]);
      await dialog.hangup();
      await becomes(received[0]!, ({phase}) => phase === 'released');
      expect(bob.history.entries[0]).to.include({outcome: 'taken', number: 'alice'});
    });

  it('is heard, and opens no camera, whatever is offered, unless the page says so', async () => {
    await begin();
    const video = {audio: true, video: true, opens: NOTHING};
    const heard = invite([AT_ONCE], video);
    await reaches(heard, 'confirmed');
    await hears(heard);
    expect(devices.opened.map(({kind}) => kind)).to.deep.equal(['audio']);
    await bob.disconnect();
    await begin({autoAnswer: 'video'});
    const seen = invite([AT_ONCE], video);
    await reaches(seen, 'confirmed');
    await sees(seen);
  });

  it('rings as usual where the page does not allow it, or prevents it for the caller', async () => {
    await begin({});
    const first = invite([AT_ONCE]);
    await arrives();
    await ringing(first);
    expect(received[0]!.state).to.include({phase: 'ringing', quiet: false, autoAnswered: false});
    expect([asked, devices.opened]).to.deep.equal([[], []]);
    await first.hangup();
    await bob.disconnect();

    await begin();
    bob.addEventListener('sip-auto-answer', (event) => {
      if (event.detail.call.remote.number === 'alice') event.preventDefault();
    });
    const second = invite([AT_ONCE]);
    await arrives(2);
    await ringing(second);
    expect(received[1]!.state).to.include({phase: 'ringing', quiet: false, autoAnswered: false});
    const carol = invite([AT_ONCE], undefined, await user('carol'));
    await reaches(carol, 'confirmed');
    expect(received[1]!.state.phase).to.equal('ringing');
    await received[1]!.answer({media: 'audio'});
    await reaches(second, 'confirmed');
    expect(received[1]!.state.autoAnswered).to.equal(false);
  });

  it('rings as usual while somebody is on the phone', async () => {
    await begin();
    const carol = invite([AT_ONCE], undefined, await user('carol'));
    await arrives();
    const dialog = invite([AT_ONCE]);
    await arrives(2);
    await Promise.all([reaches(carol, 'confirmed'), ringing(dialog)]);
    const [first, second] = received;
    expect([first!.remote.number, second!.remote.number]).to.deep.equal(['carol', 'alice']);
    await hears(carol);
    expect(second!.state).to.include({phase: 'ringing', quiet: false, autoAnswered: false});
    expect(first!.state).to.include({phase: 'answered', held: false, autoAnswered: true});
    expect(asked).to.deep.equal([0]);
  });

  it('rings for as long as the caller asks, and answers nobody who gives up meanwhile', async () => {
    await begin();
    const since = Date.now();
    const patient = invite(['Call-Info: <sip:wire.test>;answer-after=1']);
    await arrives();
    await ringing(patient);
    expect(received[0]!.state).to.include({phase: 'ringing', quiet: false});
    await reaches(patient, 'confirmed');
    expect(Date.now() - since).to.be.at.least(990);
    expect(received[0]!.state.autoAnswered).to.equal(true);
    await patient.hangup();
    await until(() => bob.state.calls.length === 0);

    const gone = invite(['Call-Info: <sip:wire.test>;answer-after=1']);
    await ringing(gone);
    await gone.hangup();
    await until(() => bob.state.calls.length === 0);
    // Its second is over when this one's is.
    const last = invite(['Call-Info: <sip:wire.test>;answer-after=1']);
    await reaches(last, 'confirmed');
    expect(asked).to.deep.equal([1, 1, 1]);
    expect([received[1]!.state.autoAnswered, statuses(gone).at(-1)]).to.deep.equal([false, '487']);
    expect(bob.history.entries.map(({outcome}) => outcome)).to.deep.equal(['missed', 'taken']);
  });

  it('leaves alone whoever does not want to be disturbed', async () => {
    await begin({autoAnswer: true, doNotDisturb: true});
    const dialog = invite([AT_ONCE]);
    await reaches(dialog, 'terminated');
    expect([statuses(dialog).at(-1), asked]).to.deep.equal(['480', []]);
  });
});
