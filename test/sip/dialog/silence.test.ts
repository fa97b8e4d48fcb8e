import {expect} from '@open-wc/testing';
import {onSilence} from '../../../src/sip/dialog/silence.js';
import {shorten} from '../../support/in-page/durations.js';
import {hears, reaches, until} from '../../support/in-page/facts.js';
import {WireUser} from '../../support/wire/wire-users.js';
import {Wire} from '../../support/wire/wire.js';

const AUDIO = {audio: true, video: false};
const ARRIVAL = 100;

describe('a call that goes on over another connection', () => {
  let wire: Wire;
  let alice: WireUser;
  let bob: WireUser;

  beforeEach(async () => {
    shorten({arrival: ARRIVAL});
    wire = new Wire({alice: '', bob: ''});
    [alice, bob] = [new WireUser(wire, {user: 'alice'}), new WireUser(wire, {user: 'bob'})];
    await Promise.all([alice.begin(), bob.begin()]);
  });
  afterEach(async () => {
    wire.handle = undefined;
    await Promise.all([alice, bob].map(({agent}) => agent.disconnect()));
  });

  it('ends soon after the other side has hung up, though the server sends the BYE to the lost connection', async () => {
    const call = alice.agent.invite('bob', AUDIO);
    const ringing = await bob.rings();
    await ringing.accept(AUDIO);
    await reaches(call, 'confirmed');
    await hears(call);
    const offers = (): number =>
      wire.messages.filter((message) => /^INVITE [^]*^To: .*;tag=/m.test(message)).length;
    wire.cut('alice');
    await until(() => offers() === 1);
    await hears(call);
    // The call is over for the server.
    wire.handle = ({request, reply}) => {
      if (request.method === 'INVITE') reply(481);
      return ['INVITE', 'ACK', 'BYE'].includes(request.method);
    };
    await ringing.hangup();
    const since = performance.now();
    const {cause} = await reaches(call, 'terminated');
    expect(cause).to.deep.equal({by: 'server', code: 'call-lost', status: 481});
    // The browser takes six seconds and more to find out that the media are lost.
    expect(performance.now() - since).to.be.lessThan(4_000);
  });
});

describe('onSilence', () => {
  let ending: AbortController;
  beforeEach(() => {
    shorten({arrival: 20});
    ending = new AbortController();
  });
  afterEach(() => ending.abort());

  /** Counts the silences that are reported while this many packets have arrived at each look. */
  async function reports(counts: readonly (number | undefined)[], patience?: number): Promise<number[]> {
    const reported: number[] = [];
    let look = -1;
    const over = new Promise<void>((resolve) => {
      const received = async (): Promise<number | undefined> => {
        look += 1;
        if (look === counts.length) resolve();
        return counts[look];
      };
      void onSilence(received, ending.signal, () => reported.push(look), patience);
    });
    await over;
    return reported;
  }
  const same = (count: number): number[] => Array.from({length: count}, () => 7);

  it('reports that nothing has arrived since the last look, and then less and less often', async () => {
    expect(await reports(same(16))).to.deep.equal([1, 3, 7, 15]);
    expect(await reports(same(16), 4)).to.deep.equal([4, 12]);
  });

  it('counts anew when something arrives', async () => {
    expect(await reports([1, 2, 3, 4, 5])).to.deep.equal([]);
    expect(await reports([1, 1, 1, 2, 2, 3, 3, 3])).to.deep.equal([1, 7]);
  });

  it('reports nothing while nothing is expected', async () => {
    expect(await reports([7, undefined, 7, undefined, undefined, 7, 7])).to.deep.equal([6]);
  });

  for (const [what, counts, reported] of [
    ['packets have gone on arriving for a while', [1, 1, 1, 2, 3, 4, 5, 6], [1]],
    ['nothing has been expected for a while', [1, 1, ...Array<undefined>(5)], [1]],
    ['the other side has been silent for long', same(9), [1, 3, 7]],
  ] as const)
    it(`looks no more once ${what}`, async () => {
      shorten({steadyMedia: 80});
      const reports: number[] = [];
      let looks = 0;
      const received = async (): Promise<number | undefined> => counts[looks++];
      await onSilence(received, ending.signal, () => reports.push(looks - 1));
      expect(reports).to.deep.equal(reported);
      expect(looks).to.be.at.most(counts.length);
    });

  it('ends with its signal, though it would look again much later', async () => {
    shorten({arrival: 600_000, steadyMedia: 600_000});
    let looks = 0;
    const ended = onSilence(
      async () => (looks += 1),
      ending.signal,
      () => {},
    );
    await until(() => looks === 1);
    ending.abort();
    await ended;
    expect(looks).to.equal(1);
  });

  it('reports nothing once it has ended', async () => {
    const looks = await reports(same(1));
    ending.abort();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(looks).to.deep.equal([]);
  });
});
