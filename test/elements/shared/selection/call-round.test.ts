import {expect, fixture, html} from '@open-wc/testing';
import {CallRound} from '../../../../src/elements/shared/selection/call-round.js';
import '../../../../src/locales/desk/selection-en.js';
import type {SipCall} from '../../../../src/core/call/call.js';
import {until} from '../../../support/in-page/facts.js';
import {shows, textOf} from '../../../support/in-page/elements.js';
import {StagedClient} from '../../../support/staged/staged-client.js';

const PEOPLE = [
  {number: '1002', name: '李雷'},
  {number: '1003', name: 'Anna Novak'},
];

describe('a round of calls', () => {
  let client: StagedClient;
  /** Each call of the round. */
  let calls: SipCall[];

  async function round(ringingMs = () => 60_000): Promise<CallRound> {
    client = new StagedClient({historyStorage: 'memory'});
    calls = [];
    client.addEventListener('sip-call-created', ({detail}) => calls.push(detail.call));
    await client.connect();
    await client.register();
    return new CallRound(client, PEOPLE, ringingMs);
  }

  afterEach(async () => {
    await client.disconnect();
  });

  it('says what became of a call that the user has skipped, or nobody has answered in time', async () => {
    let ringingMs = 60_000;
    const running = await round(() => ringingMs);
    const root = await fixture(html`<sip-client .client=${client}><sip-call></sip-call></sip-client>`);
    const element = root.querySelector('sip-call')!;
    const over = running.run();
    await shows(element, () => /Calling|Ringing/.test(textOf(element)));
    running.next();
    await shows(element, () => textOf(element).includes('You skipped this call.'));
    await until(() => running.state.call?.remote.number === '1003');
    running.next();
    await over;
    ringingMs = 30;
    await running.runAgain('1003');
    await shows(element, () => textOf(element).includes('1003 did not answer.'));
    expect(textOf(element)).not.to.include('You hung up');
    expect(running.state.turns.map(({code}) => code)).to.deep.equal(['aborted', 'no-answer']);
    expect(calls.map(({state}) => state.cause)).to.deep.equal([
      {by: 'local', code: 'aborted'},
      {by: 'local', code: 'aborted'},
      {by: 'local', code: 'no-answer'},
    ]);
    const {entries} = client.history.state;
    expect(entries.map(({cause}) => cause)).to.deep.equal(['no-answer', undefined, undefined]);
  });

  it('hangs up as usual once somebody has answered', async () => {
    const running = await round();
    const over = running.run();
    await until(() => running.state.call !== undefined);
    client.dialogOf(calls[0]!).confirm();
    running.next();
    await until(() => running.state.turns[0]!.phase === 'over');
    expect(calls[0]!.state.cause).to.deep.equal({by: 'local', code: 'normal'});
    running.end();
    await over;
  });
});
