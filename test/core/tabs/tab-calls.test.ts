import {expect} from '@open-wc/testing';
import {SHARING_VERSION} from '../../../src/core/tabs/sharing-version.js';
import {phoneOf} from '../../../src/core/tabs/shared-phone.js';
import type {TabCall} from '../../../src/core/tabs/tab-call.js';
import {SipError} from '../../../src/errors.js';
import {until} from '../../support/in-page/facts.js';
import {rejects} from '../../support/in-page/rejections.js';
import {StagedClient} from '../../support/staged/staged-client.js';

/** A client as each tab of a phone has it; the tabs of the tests are in one page. */
const tab = (
  account: string,
  more: Partial<ConstructorParameters<typeof StagedClient>[0]> = {},
): Promise<StagedClient> =>
  StagedClient.ready({
    profile: 'standard',
    sharedWorker: '/sip-shared-worker.js',
    user: account,
    historyStorage: 'memory',
    ...more,
  });

describe('the calls of other tabs', () => {
  let accounts = 0;
  let here: StagedClient;
  let there: StagedClient;

  beforeEach(async () => {
    const account = `tabs${(accounts += 1)}`;
    [here, there] = [await tab(account), await tab(account)];
  });
  afterEach(() => Promise.all([here.disconnect(), there.disconnect()]));

  const shown = async (): Promise<TabCall> => {
    await until(() => here.state.tabCalls.length === 1);
    return here.state.tabCalls[0]!;
  };

  it('are shown with their state, until they end', async () => {
    const {call, dialog} = there.dial('video', {number: '1007', name: 'Anna'});
    const copy = await shown();
    expect(copy).to.deep.include({id: call.id, type: 'single', direction: 'outgoing', media: 'video'});
    expect(copy.remote).to.deep.equal({number: '1007', name: 'Anna'});
    expect(copy.duration).to.equal(undefined);
    dialog.confirm(true);
    await until(() => copy.state.phase === 'answered');
    expect(copy.duration).to.be.a('number');
    await call.mute();
    await until(() => copy.state.muted);
    await call.hangup();
    await until(() => copy.state.phase === 'released');
    expect([here.state.tabCalls, here.calls]).to.deep.equal([[], []]);
  });

  it('are told to a tab that is opened later', async () => {
    there.dial().dialog.confirm();
    const later = await tab(here.options.user);
    await until(() => later.state.tabCalls.length === 1);
    await later.disconnect();
    // What it knew is gone with its registration.
    expect(later.state.tabCalls).to.deep.equal([]);
  });

  it('are left out while they ring, because every tab rings itself', async () => {
    const {call, dialog} = there.ring();
    there.dial('audio', {number: '1008', name: ''});
    expect((await shown()).remote.number).to.equal('1008');
    dialog.confirm();
    await until(() => here.state.tabCalls.some(({id}) => id === call.id));
  });

  it('are muted, held and ended from here', async () => {
    const {call, dialog} = there.dial();
    dialog.confirm();
    const copy = await shown();
    await copy.mute();
    await copy.hold();
    expect([call.state.muted, call.state.held]).to.deep.equal([true, true]);
    await copy.unhold();
    await copy.unmute();
    await copy.hangup();
    expect(dialog.commands).to.deep.equal(['mute', 'hold', 'unhold', 'unmute', 'hangup']);
    expect(call.state.phase).to.equal('released');
  });

  it('reject as the command did there', async () => {
    const {dialog} = there.dial();
    dialog.confirm();
    const copy = await shown();
    dialog.failure = new SipError('timeout', {subject: '1002'});
    const error = await rejects(copy.hold(), 'timeout');
    expect(error.subject).to.equal('1002');
  });

  it('reject once their tab has left the phone', async () => {
    const {dialog} = there.dial();
    dialog.confirm();
    const copy = await shown();
    dialog.question = new Promise(() => {});
    const held = copy.hold();
    await until(() => dialog.commands.includes('hold'));
    void there.disconnect();
    await rejects(held, 'call-not-found');
    await until(() => here.state.tabCalls.length === 0);
    expect(copy.state.phase).to.equal('released');
    await rejects(copy.hangup(), 'call-not-found');
  });

  it('are held when a call of this tab becomes active', async () => {
    const first = there.dial();
    first.dialog.confirm();
    await shown();
    const second = here.dial('audio', {number: '1009', name: ''});
    second.dialog.confirm();
    await until(() => first.call.state.held);
    expect(second.call.state.held).to.equal(false);
    // And back.
    await first.call.unhold();
    await until(() => second.call.state.held);
    expect(first.call.state.held).to.equal(false);
  });

  it('are not held by a call of this tab that an urgent one had interrupted', async () => {
    const first = here.dial();
    first.dialog.confirm();
    const urgent = here.ring('audio', {number: '1004', name: ''}, 'sos');
    await urgent.call.answer();
    await until(() => first.call.state.sound.interrupted);
    await until(() => there.state.tabCalls.length === 2);
    const other = there.dial('audio', {number: '1009', name: ''});
    other.dialog.confirm();
    await until(() => urgent.call.state.held);
    // Nothing resumes it any longer, unless the user returns to the urgent call.
    await until(() => !first.call.state.sound.interrupted);
    await urgent.call.hangup();
    await until(() => there.state.tabCalls.length === 1);
    expect(first.dialog.commands).to.not.include('unhold');
    expect(other.call.state.held).to.equal(false);
  });

  it('do not keep a call from resuming once the user has returned to the urgent one', async () => {
    const first = here.dial();
    first.dialog.confirm();
    const urgent = here.ring('audio', {number: '1004', name: ''}, 'sos');
    await urgent.call.answer();
    await until(() => there.state.tabCalls.length === 2);
    const other = there.dial('audio', {number: '1009', name: ''});
    other.dialog.confirm();
    await until(() => urgent.call.state.held);
    await urgent.call.unhold();
    await until(() => other.call.state.held);
    await urgent.call.hangup();
    await until(() => !first.call.state.held);
  });

  it('go on beside each other if the page allows several active calls', async () => {
    const [one, two] = [
      await tab('parallel', {parallelCalls: true}),
      await tab('parallel', {parallelCalls: true}),
    ];
    const first = one.dial();
    first.dialog.confirm();
    await until(() => two.state.tabCalls.length === 1);
    two.dial().dialog.confirm();
    await until(() => one.state.tabCalls[0]?.state.phase === 'answered');
    expect(first.dialog.commands).to.deep.equal([]);
    await Promise.all([one.disconnect(), two.disconnect()]);
  });

  it('take no other command than a phone’s from another script', async () => {
    const {call, dialog} = there.dial();
    dialog.confirm();
    await shown();
    const channel = new BroadcastChannel(`sip-elements:calls:${SHARING_VERSION}:${phoneOf(here.options)}`);
    const told: any[] = [];
    channel.onmessage = ({data}) => told.push(data);
    channel.postMessage({from: 'x', calls: [], asks: true});
    await until(() => told.length >= 2);
    for (const {from} of [...told])
      channel.postMessage({to: from, from: 'x', number: 1, call: call.id, command: 'constructor'});
    await until(() => told.filter(({error}) => error?.code === 'call-not-found').length >= 1);
    expect(dialog.commands).to.deep.equal([]);
    channel.close();
  });

  describe('on the channel between the tabs', () => {
    const BOTH = [
      {number: '1002', name: 'Bob'},
      {number: '1003', name: 'Carol'},
    ];
    let channel: BroadcastChannel;
    /** What the tabs have sent about calls. */
    let sent: any[];

    /** Resolves when everything has arrived that was sent before a message for no tab. */
    async function arrives(): Promise<void> {
      const last = new BroadcastChannel(channel.name);
      await Promise.resolve();
      last.postMessage({to: 'none'});
      const isLast = ({to}: {to?: string}): boolean => to === 'none';
      await until(() => sent.some(isLast));
      last.close();
      sent.splice(sent.findIndex(isLast), 1);
    }
    function watch({options}: StagedClient): void {
      sent = [];
      channel = new BroadcastChannel(`sip-elements:calls:${SHARING_VERSION}:${phoneOf(options)}`);
      channel.onmessage = ({data}) => sent.push(data);
    }
    afterEach(() => channel?.close());

    it('is nothing as long as there is no other tab, which asks when it comes', async () => {
      watch(new StagedClient({user: 'alone'}));
      const alone = await tab('alone');
      await until(() => sent.length > 0);
      expect(sent.splice(0).map(({asks, calls}) => ({asks, calls}))).to.deep.equal([{asks: true, calls: []}]);
      const {call, dialog, service} = alone.confer();
      dialog.confirm();
      service.all(...BOTH);
      await call.mute();
      await arrives();
      expect(sent).to.deep.equal([]);
      const later = await tab('alone');
      await until(() => later.state.tabCalls[0]?.state.muted === true);
      expect(sent.filter(({asks}) => asks)).to.have.length(1);
      await Promise.all([alone.disconnect(), later.disconnect()]);
    });

    it('is each change of a call once, without the members of a conference, who change all the time', async () => {
      const {call, dialog, conference, service} = there.confer();
      dialog.confirm();
      service.all(...BOTH);
      const copy = await shown();
      await until(() => copy.state.phase === 'answered');
      watch(there);
      for (const talking of [true, false, true]) {
        service.some({number: '1002', talking});
        await arrives();
      }
      expect(conference.state.members.map(({talking}) => talking)).to.deep.equal([true, false]);
      expect(sent).to.deep.equal([]);
      await call.mute();
      await until(() => copy.state.muted);
      await arrives();
      expect(sent).to.have.length(1);
      expect(sent[0].calls.map(({id}: {id: string}) => id)).to.deep.equal([call.id]);
      expect(sent[0].calls[0].state).not.to.have.property('members');
    });

    it('is no group of an intercom', async () => {
      const {call, members} = there.interphone();
      members.all(...BOTH);
      const copy = await shown();
      expect(copy.id).to.equal(call.id);
      expect(copy.state).not.to.have.property('groupMembers');
    });
  });
});
