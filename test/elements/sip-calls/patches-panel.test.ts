import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {SipCallsElement} from '../../../src/elements/sip-calls/sip-calls.js';
import {SipError} from '../../../src/errors.js';
import {isAccessible, part, shows, textOf} from '../../support/in-page/elements.js';
import {
  sound,
  StagedClient,
  type Staged,
  type StagedMeeting,
  type StagedTalk,
} from '../../support/staged/staged-client.js';

describe('patches in <sip-calls>', () => {
  let client: StagedClient;
  let element: SipCallsElement;
  let call: Staged;
  let meeting: StagedMeeting;
  let talk: StagedTalk;

  beforeEach(async () => {
    client = await StagedClient.ready({user: 'patches', historyStorage: 'memory'});
    const root = await fixture(html`<sip-client .client=${client}><sip-calls></sip-calls></sip-client>`);
    element = root.querySelector('sip-calls')!;
    call = client.dial('audio', {number: '1002', name: '李雷'});
    meeting = client.confer();
    talk = client.interphone();
    for (const {dialog} of [call, meeting, talk]) {
      dialog.play(new MediaStream([sound()]), new MediaStream([sound()]));
      dialog.confirm();
    }
  });

  const panel = (): HTMLElement | null => part(element, 'panel')!.querySelector('sip-calls-patches');
  const controls = (name: string): HTMLElement[] => [
    ...(panel()?.shadowRoot?.querySelectorAll<HTMLElement>(`[part=${name}]`) ?? []),
  ];
  const control = (name: string): HTMLElement | undefined => controls(name)[0];
  const boxes = (): HTMLInputElement[] => [
    ...(panel()?.shadowRoot?.querySelectorAll<HTMLInputElement>('input') ?? []),
  ];
  const focused = (): Element | null => panel()!.shadowRoot!.activeElement;
  const pressed = (): string[] =>
    ['join', 'listen', 'step-out'].filter((name) => control(name)!.ariaPressed === 'true');

  /** A member is listed before it is resumed. */
  const areResumed = (): boolean => client.patches[0]!.calls.every(({state}) => !state.held);

  /** Connects those whose boxes stay checked. */
  async function connects(without: readonly number[] = []): Promise<void> {
    await shows(element, () => control('connect-calls') !== undefined);
    control('connect-calls')!.click();
    await shows(element, () => boxes().length === 3 && focused() === boxes()[0]);
    for (const index of without) boxes()[index]!.click();
    control('connect')!.click();
    await shows(element, () => control('patch') !== undefined && areResumed());
  }

  it('connects a call, a conference and an intercom, which are all chosen at first', async () => {
    await shows(element, () => control('connect-calls') !== undefined);
    await isAccessible(element);
    control('connect-calls')!.click();
    await shows(element, () => boxes().length === 3);
    expect(boxes().map(({checked, labels}) => [checked, labels![0]!.innerText.trim()])).to.deep.equal([
      [true, '李雷 1002'],
      [true, '晨会 8001'],
      [true, '总调度 9001'],
    ]);
    await isAccessible(element);
    control('connect')!.click();
    await shows(element, () => control('patch') !== undefined);
    expect(client.patches[0]!.calls).to.have.members([call.call, meeting.call, talk.call]);
    expect(controls('patch-member').map(({innerText}) => innerText.trim())).to.have.members([
      '李雷 1002',
      '晨会 8001',
      '总调度 9001',
    ]);
    expect([control('connect-calls'), boxes(), pressed()]).to.deep.equal([undefined, [], ['join']]);
    expect(call.dialog.mixed).to.include.members(
      [meeting, talk].map(({dialog}) => dialog.remoteStream!.getAudioTracks()[0]),
    );
    await isAccessible(element);
  });

  it('needs two to connect, and is canceled by Escape', async () => {
    await shows(element, () => control('connect-calls') !== undefined);
    control('connect-calls')!.click();
    await shows(element, () => focused() === boxes()[0]);
    for (const box of boxes().slice(1)) box.click();
    await shows(element, () => control('connect')!.ariaDisabled === 'true');
    control('connect')!.click();
    await sendKeys({press: 'Escape'});
    await shows(element, () => boxes().length === 0 && focused() === control('connect-calls')!);
    expect(client.patches).to.deep.equal([]);
  });

  it('lets the user listen, step out and join again', async () => {
    await connects();
    control('listen')!.click();
    await shows(element, () => pressed().join() === 'listen');
    expect([client.patches[0]!.state.part, call.call.state.muted]).to.deep.equal(['listening', true]);
    control('step-out')!.click();
    await shows(element, () => pressed().join() === 'step-out');
    expect(client.patches[0]!.state.part).to.equal('out');
    control('join')!.click();
    await shows(element, () => pressed().join() === 'join');
    expect(call.call.state.muted).to.equal(false);
  });

  it('takes a member out, which is held, and connects it again', async () => {
    await connects();
    const takeOut = controls('take-out').find(({title}) => title === 'Take out 李雷')!;
    takeOut.focus();
    takeOut.click();
    await shows(element, () => controls('patch-member').length === 2);
    expect([call.call.state.held, meeting.call.state.held]).to.deep.equal([true, false]);
    await shows(element, () => focused() === controls('take-out')[0]);
    const again = control('also-connect')!;
    expect(again.innerText.trim()).to.equal('Also connect 李雷');
    again.click();
    await shows(element, () => controls('patch-member').length === 3 && areResumed());
    expect([client.patches[0]!.calls.includes(call.call), control('also-connect')]).to.deep.equal([
      true,
      undefined,
    ]);
  });

  it('says why something cannot be connected', async () => {
    await connects([0]);
    await shows(element, () => call.call.state.held && control('also-connect') !== undefined);
    call.dialog.failure = new SipError('timeout');
    control('also-connect')!.click();
    await shows(element, () => control('notice') !== undefined);
    expect(control('notice')!.innerText).to.contain(new SipError('timeout').message);
    expect(controls('patch-member')).to.have.length(2);
  });

  it('says that the floor of a group is refused', async () => {
    await connects();
    const [patch] = client.patches;
    const members = patch!.state.members.map((member) =>
      member.id === talk.call.id ? {...member, refusal: 'floor-denied' as const} : member,
    );
    patch!['update']({members});
    await shows(element, () => textOf(panel()!, '.refusal') !== '');
    expect(textOf(panel()!, '.refusal')).to.equal(new SipError('floor-denied').message);
  });

  it('disconnects them: the current one goes on', async () => {
    await connects();
    control('disconnect')!.click();
    await shows(element, () => control('patch') === undefined);
    expect(client.patches).to.deep.equal([]);
    expect([call, meeting].filter(({call: {state}}) => !state.held)).to.have.length(1);
  });

  it('offers nothing where calls of two are merged', async () => {
    await meeting.call.hangup();
    await talk.call.hangup();
    client.dial('audio', {number: '1003', name: 'Anna'}).dialog.confirm();
    await shows(element, () => element.shadowRoot!.querySelectorAll('[part=line]').length === 2);
    expect(panel()).to.equal(null);
  });
});
