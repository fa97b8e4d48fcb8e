import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {SipCallElement} from '../../../src/elements/sip-call/sip-call.js';
import type {SipClientElement} from '../../../src/elements/sip-client/sip-client.js';
import type {SipCallsElement} from '../../../src/elements/sip-calls/sip-calls.js';
import {SipError} from '../../../src/errors.js';
import {isAccessible, next, part, shows, textOf} from '../../support/in-page/elements.js';
import {shorten} from '../../support/in-page/durations.js';
import {until} from '../../support/in-page/facts.js';
import {sound, StagedClient, type Staged} from '../../support/staged/staged-client.js';

describe('<sip-calls>', () => {
  let client: StagedClient;
  let element: SipCallsElement;
  let stage: SipCallElement;

  beforeEach(async () => {
    client = await StagedClient.ready({user: 'calls', historyStorage: 'memory'});
    const root = await fixture(
      html`<sip-client .client=${client}><sip-calls></sip-calls><sip-call></sip-call></sip-client>`,
    );
    element = root.querySelector('sip-calls')!;
    stage = root.querySelector('sip-call')!;
  });

  const lines = (): HTMLElement[] => [...element.shadowRoot!.querySelectorAll<HTMLElement>('[part=line]')];
  const button = (line: number, name: string): HTMLElement | null =>
    lines()[line]!.querySelector<HTMLElement>(`[part=${name}]`);
  const has = (count: number): Promise<void> => shows(element, () => lines().length === count);
  const said = (): string => element.shadowRoot!.querySelector('[role=status]')!.textContent!;

  async function talk(number = '1002', name = '李雷', media: 'audio' | 'video' = 'audio'): Promise<Staged> {
    const staged = client.dial(media, {number, name});
    staged.dialog.confirm(media === 'video');
    await shows(element, () => staged.call.state.phase === 'answered');
    return staged;
  }

  it('says what it needs where there is no client', async () => {
    const alone = await fixture<SipCallsElement>(html`<sip-calls></sip-calls>`);
    expect(textOf(alone)).to.contain('<sip-client>');
    await isAccessible(alone);
  });

  it('says that there is no call', async () => {
    await shows(element, () => textOf(element).includes('No calls'));
    await isAccessible(element);
  });

  it('shows each call as an item of a list, with what it is and how long it lasts', async () => {
    await talk();
    const second = await talk('1003', 'Anna Novak', 'video');
    client.dial('audio', {number: '1004', name: ''});
    client.ring('video', {number: '1005', name: 'Zhao Min'});
    await has(4);
    expect(element.shadowRoot!.querySelectorAll('[role=list] > [role=listitem]')).to.have.length(4);
    const texts = lines().map(({innerText}) => innerText.replace(/\s+/g, ' '));
    expect(texts[0]).to.contain('李雷').and.contain('1002').and.contain('On hold').and.match(/0:0\d/);
    expect(texts[1]).to.contain('Anna Novak').and.contain('On hold').and.match(/0:0\d/);
    expect(texts[2]).to.contain('1004').and.contain('Ringing');
    expect(texts[3]).to.contain('Zhao Min').and.contain('Incoming video call');
    await isAccessible(element);
    second.dialog.set({held: false, remoteHeld: true});
    await shows(element, () => textOf(element).includes('You’re on hold'));
    await isAccessible(element);
  });

  it('switches to a call at a press on its line, and the stage shows it', async () => {
    const first = await talk();
    const second = await talk('1003', 'Anna');
    await has(2);
    expect(lines().map((_, line) => button(line, 'switch')!.getAttribute('aria-current'))).to.deep.equal([
      null,
      'true',
    ]);
    expect(button(0, 'switch')!.title).to.equal('Switch to 李雷');
    button(0, 'switch')!.click();
    await shows(element, () => !first.call.state.held && second.call.state.held);
    await shows(stage, () => stage.call === first.call);
    expect(button(0, 'switch')!.getAttribute('aria-current')).to.equal('true');
  });

  it('holds, goes on, and hangs up each call', async () => {
    const first = await talk();
    const second = await talk('1003', 'Anna');
    await has(2);
    expect(button(0, 'hold')!.getAttribute('aria-label')).to.equal('Resume: 李雷');
    button(0, 'hold')!.click();
    await shows(element, () => second.call.state.held && !first.call.state.held);
    button(0, 'hold')!.click();
    await shows(element, () => first.call.state.held);
    expect(button(0, 'hold')!.getAttribute('aria-label')).to.equal('Resume: 李雷');
    await isAccessible(element);
    button(1, 'hangup')!.click();
    await has(1);
    expect(second.call.state.cause).to.deep.equal({by: 'local', code: 'normal'});
    expect(first.call.state.phase).to.equal('answered');
  });

  it('answers, where nothing else speaks', async () => {
    const {dialog} = client.ring();
    await has(1);
    expect(button(0, 'answer')!.innerText.trim()).to.equal('Answer');
    expect([button(0, 'answer-hangup'), button(0, 'answer-audio'), button(0, 'switch')]).to.deep.equal([
      null,
      null,
      null,
    ]);
    await isAccessible(element);
    button(0, 'answer')!.click();
    await shows(element, () => button(0, 'hold') !== null);
    expect(dialog.commands).to.deep.equal(['accept audio']);
  });

  it('answers and holds the call that speaks', async () => {
    const first = await talk();
    const second = client.ring('video', {number: '1003', name: 'Anna'});
    await has(2);
    expect(button(1, 'answer')!.innerText.trim()).to.equal('Hold and answer');
    expect(element.matches(':state(waiting)')).to.equal(true);
    button(1, 'answer')!.click();
    await shows(element, () => second.call.state.phase === 'answered');
    expect(second.dialog.commands).to.deep.equal(['accept video']);
    expect(first.call.state.held).to.equal(true);
    expect(element.matches(':state(waiting)')).to.equal(false);
  });

  it('answers by sound alone, and ends the call that speaks', async () => {
    const first = await talk();
    const second = client.ring('audio', {number: '1003', name: 'Anna'});
    await has(2);
    button(1, 'answer-hangup')!.click();
    await has(1);
    expect(first.call.state.phase).to.equal('released');
    const third = client.ring('video', {number: '1004', name: 'Zhao'});
    await has(2);
    button(1, 'answer-audio')!.click();
    await shows(element, () => third.call.state.phase === 'answered');
    expect(third.dialog.commands).to.deep.equal(['accept audio']);
    expect(second.call.state.held).to.equal(true);
  });

  it('declines', async () => {
    const {dialog} = client.ring();
    await has(1);
    button(0, 'decline')!.click();
    await has(0);
    expect(dialog.commands).to.deep.equal(['reject 603']);
  });

  it('reads a new call out once, unless a <sip-incoming> does', async () => {
    await talk();
    expect(said()).to.equal('');
    client.ring('audio', {number: '1003', name: 'Anna'});
    await has(2);
    expect(said()).to.equal('Anna is calling');
    element.after(document.createElement('sip-incoming'));
    await shows(element.parentElement!.querySelector('sip-incoming')!, () => true);
    client.ring('audio', {number: '1004', name: 'Zhao'});
    await has(3);
    expect(said()).to.equal('');
  });

  it('has urgent calls first, and reads them out at once', async () => {
    const alarm = (): string => element.shadowRoot!.querySelector('[role=alert]')!.textContent!;
    await talk();
    client.ring('audio', {number: '1003', name: 'Anna'});
    await has(2);
    expect(alarm()).to.equal('');
    const urgent = client.ring('video', {number: '1004', name: 'Zhao'}, 'urgent');
    await has(3);
    expect([alarm(), said()]).to.deep.equal(['Urgent call: Zhao', 'Anna is calling']);
    const sos = client.ring('audio', {number: '1005', name: '<b>Wang'}, 'sos');
    await has(4);
    expect([alarm(), said()]).to.deep.equal(['SOS call: <b>Wang', 'Anna is calling']);
    const names = (): string[] =>
      lines().map(({innerText}) => /Zhao|Wang|李雷|Anna/.exec(innerText)?.[0] ?? innerText);
    expect(names()).to.deep.equal(['Zhao', 'Wang', '李雷', 'Anna']);
    expect(lines()[0]!.innerText).to.contain('Urgent call');
    expect(lines()[1]!.innerText).to.contain('SOS call');
    await isAccessible(element);
    button(0, 'answer')!.click();
    await shows(element, () => urgent.call.state.phase === 'answered');
    expect(names()).to.deep.equal(['Zhao', 'Wang', '李雷', 'Anna']);
    sos.dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'cancelled'}});
    await has(3);
    expect(alarm()).to.equal('');
  });

  it('keeps a chip of an SOS call that has ended, not its header', async () => {
    const sos = client.ring('audio', {number: '1005', name: 'Wang'}, 'sos');
    await has(1);
    const high = part(element, 'urgent')!.offsetWidth;
    expect(high).to.be.above(200);
    button(0, 'answer')!.click();
    await shows(element, () => sos.call.state.phase === 'answered');
    sos.dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'normal'}});
    await shows(element, () => part(element, 'ended') !== null);
    const chip = part(element, 'urgent')!;
    expect(chip.innerText).to.equal('SOS call');
    expect(chip.offsetWidth).to.be.below(high / 2);
    expect(part(element, 'again')).not.to.equal(null);
    await isAccessible(element);
  });

  it('names a conference by the others in it, and says what it is', async () => {
    const {dialog, service} = client.confer({remote: {number: '9101', name: ''}});
    dialog.confirm();
    service.all(
      {number: client.options.user, name: '王芳'},
      {number: '1002', name: '李雷'},
      {number: '1003', name: '张伟'},
    );
    await has(1);
    await shows(element, () => lines()[0]!.innerText.includes('李雷、张伟'));
    expect(lines()[0]!.innerText).to.contain('Conference').and.not.contain('王芳');
  });

  it('leaves it to a <sip-incoming> to read urgent calls out', async () => {
    element.after(document.createElement('sip-incoming'));
    const incoming = element.parentElement!.querySelector('sip-incoming')!;
    client.ring('audio', {number: '1003', name: 'Anna'}, 'sos');
    await has(1);
    await shows(incoming, () => textOf(incoming, '[role=alert]') === 'SOS call: Anna');
    expect(textOf(element, '[role=alert]')).to.equal('');
  });

  it('does not show what the page keeps quiet while it rings', async () => {
    client.addEventListener('sip-call-received', (event) => event.preventDefault());
    const {call} = client.ring();
    await element.updateComplete;
    expect(lines()).to.have.length(0);
    await call.answer();
    await has(1);
  });

  it('shows why a call could not go on, at its line', async () => {
    const first = await talk();
    await talk('1003', 'Anna');
    await has(2);
    first.dialog.failure = new SipError('not-acceptable', {subject: '李雷'});
    const told = next(element, 'sip-error');
    button(0, 'switch')!.click();
    expect((await told).detail.error.code).to.equal('not-acceptable');
    await shows(element, () => lines()[0]!.querySelector('[part=notice]') !== null);
    expect(lines()[1]!.querySelector('[part=notice]')).to.equal(null);
    await isAccessible(element);
  });

  it('refuses calls and takes them again by its button', async () => {
    const bell = (): HTMLElement => part(element, 'do-not-disturb')!;
    await shows(element, () => part(element, 'do-not-disturb') !== null);
    expect([bell().getAttribute('aria-label'), bell().getAttribute('aria-pressed')]).to.deep.equal([
      'Do not disturb',
      'false',
    ]);
    bell().click();
    await shows(element, () => bell().getAttribute('aria-pressed') === 'true');
    expect(client.state.doNotDisturb).to.equal(true);
    expect(bell().innerText.trim()).to.equal('Do not disturb');
    await isAccessible(element);
    bell().click();
    await shows(element, () => !client.doNotDisturb && bell().getAttribute('aria-pressed') === 'false');
  });

  it('can be worked by keyboard alone, which goes on at the next line when one is gone', async () => {
    const [first, second] = [await talk(), await talk('1003', 'Anna')];
    await has(2);
    button(0, 'switch')!.focus();
    await sendKeys({press: 'Enter'});
    await shows(element, () => second.call.state.held);
    for (const name of ['hold', 'hangup']) {
      await sendKeys({press: 'Tab'});
      expect(element.shadowRoot!.activeElement).to.equal(button(0, name));
    }
    await sendKeys({press: 'Enter'});
    await has(1);
    expect(first.call.state.phase).to.equal('released');
    await shows(element, () => element.shadowRoot!.activeElement === button(0, 'switch'));
    button(0, 'hangup')!.focus();
    await sendKeys({press: 'Enter'});
    await has(0);
    await shows(element, () => element.shadowRoot!.activeElement === part(element, 'panel'));
  });

  it('shows for a moment how a call ended and how long it was, and calls again', async () => {
    shorten({endedCall: 60_000});
    const staged = await talk();
    const other = await talk('1003', 'Anna');
    await has(2);
    await until(() => (other.call.duration ?? 0) >= 1000);
    await other.call.hangup();
    await shows(element, () => part(element, 'ended') !== null);
    expect(part(element, 'ended')!.innerText.replace(/\s+/g, ' ')).to.match(/Anna.*You hung up.*0:0[1-9]/);
    await isAccessible(element);
    part(element, 'again')!.click();
    await shows(element, () => client.asked.at(-1) === 'call 1003 audio' && part(element, 'ended') === null);
    await staged.call.hangup();
    await shows(element, () => part(element, 'dismiss') !== null);
    part(element, 'dismiss')!.click();
    await shows(element, () => part(element, 'ended') === null);
  });

  it('keeps 20 ended calls at most: a stranger may call again and again while a line has the focus', async () => {
    shorten({endedCall: 60_000});
    const {call} = await talk('1003', 'Anna');
    await call.hangup();
    await talk();
    await shows(element, () => part(element, 'ended') !== null);
    button(0, 'hangup')!.focus();
    const ended = (): HTMLElement[] => [...element.shadowRoot!.querySelectorAll<HTMLElement>('[part=ended]')];
    for (let count = 0; count < 60; count += 1) {
      const {dialog} = client.ring('audio', {number: `${count}@evil.example`, name: ''});
      await has(2);
      dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'cancelled'}});
      await has(1);
    }
    expect(ended()).to.have.length(20);
    expect(ended().some(({innerText}) => innerText.includes('Anna'))).to.equal(true);
  });

  it('tells of a call that is being restored, and no longer when it is gone', async () => {
    shorten({endedCall: 60_000});
    const {call, dialog} = await talk();
    dialog.set({health: 'recovering'});
    await shows(element, () => textOf(element).includes('Reconnecting the call'));
    dialog.set({phase: 'terminated', cause: {by: 'server', code: 'call-lost'}});
    await shows(element, () => part(element, 'ended') !== null);
    expect(textOf(element)).not.to.contain('Reconnecting');
    expect(call.state.health).to.equal('failed');
  });

  it('removes the line of an ended call by itself', async () => {
    shorten({endedCall: 50});
    await (await talk()).call.hangup();
    await shows(element, () => part(element, 'ended') === null && textOf(element).includes('No calls'));
  });

  it('says that the user listens, and goes on to barging in', async () => {
    const heard = client.dial('video', {number: '1005', name: 'Zhao'}, 'listen-in');
    heard.dialog.confirm();
    await has(1);
    await shows(element, () => textOf(element).includes('Listening in. They can’t hear you'));
    expect([button(0, 'hold'), button(0, 'switch')]).to.deep.equal([null, null]);
    await shows(element, () => button(0, 'barge-in') !== null);
    expect(textOf(element, '.head .icon')).to.equal('');
    await isAccessible(element);
    button(0, 'barge-in')!.click();
    await shows(element, () => client.asked.at(-1) === 'session barge-in 1005' && client.calls.length === 1);
    expect(heard.call.state.phase).to.equal('released');
    client.dialogOf(client.calls[0]!).confirm();
    await shows(element, () => textOf(element).includes('Both sides can hear you'));
    await isAccessible(element);
  });

  it('goes on listening if barging in is refused, and says why', async () => {
    client.dial('video', {number: '1005', name: 'Zhao'}, 'listen-in').dialog.confirm();
    await shows(element, () => part(element, 'barge-in') !== null);
    client.failure = new SipError('not-allowed', {subject: '1005'});
    button(0, 'barge-in')!.click();
    await shows(
      element,
      () =>
        client.calls[0]?.state.phase !== 'answered' &&
        client.calls.length === 1 &&
        part(element, 'notice') !== null,
    );
    client.dialogOf(client.calls[0]!).confirm();
    await shows(element, () => textOf(element).includes('Listening in. They can’t hear you'));
    expect(client.asked.slice(-2)).to.deep.equal(['session barge-in 1005', 'session listen-in 1005']);
  });

  it('asks at the line before it ends a call of others', async () => {
    client.dial('video', {number: '1005', name: 'Zhao'}, 'listen-in').dialog.confirm();
    await shows(element, () => part(element, 'force-end') !== null);
    part(element, 'force-end')!.click();
    await shows(element, () => part(element, 'confirm') !== null);
    expect(part(element, 'offer')!.innerText).to.contain(
      'End Zhao’s call? They will be disconnected right away.',
    );
    await shows(element, () => element.shadowRoot!.activeElement === part(element, 'cancel'));
    await isAccessible(element);
    await sendKeys({press: 'Escape'});
    await shows(element, () => part(element, 'confirm') === null);
    expect(client.asked).not.to.include('session remove 1005');
    part(element, 'force-end')!.click();
    await shows(element, () => part(element, 'confirm') !== null);
    part(element, 'confirm')!.click();
    await shows(element, () => client.asked.at(-1) === 'session remove 1005');
  });

  it('completes a transfer after a consultation, or resumes the call', async () => {
    const first = await talk();
    const consult = async (): Promise<Staged['dialog']> => {
      const call = await client.call('1003', {consultationFor: first.call});
      await has(2);
      await shows(element, () => button(1, 'complete-transfer')?.ariaDisabled === 'true');
      expect(button(1, 'complete-transfer')!.title).to.equal('Available once connected');
      client.dialogOf(call).confirm();
      await shows(element, () => button(1, 'complete-transfer')?.ariaDisabled === null);
      expect(first.call.state.held).to.equal(true);
      return client.dialogOf(call);
    };
    await consult();
    expect(part(element, 'offer')!.innerText).to.contain('Transfer 李雷 to 1003?');
    await shows(stage, () => textOf(stage, '[part=notice]').includes('Transfer 李雷 to 1003?'));
    await isAccessible(element);
    await isAccessible(stage);
    button(1, 'cancel-transfer')!.click();
    await shows(element, () => !first.call.state.held && lines().length === 1);
    await consult();
    part(stage, 'complete-transfer')!.click();
    await shows(element, () => first.dialog.commands.at(-1) === 'transfer to 1003');
  });

  it('merges two calls, says so, and splits them again', async () => {
    const [first, second] = [await talk(), await talk('1003', 'Anna')];
    const voices = [first, second].map(({dialog}) => {
      dialog.play(new MediaStream([sound()]), new MediaStream([sound()]));
      return dialog.remoteStream!.getAudioTracks()[0]!;
    });
    const held = (): boolean[] => [first.call.state.held, second.call.state.held];
    element.requestUpdate();
    await shows(element, () => button(1, 'merge') !== null);
    expect(button(1, 'offer')!.innerText).to.contain('On hold: 李雷');
    expect(button(0, 'offer')).to.equal(null);
    const [merge, end] = [button(1, 'merge')!, button(1, 'hangup')!].map((each) =>
      each.getBoundingClientRect(),
    );
    expect(merge!.right).to.be.closeTo(end!.right, 0.5);
    await isAccessible(element);
    button(1, 'merge')!.click();
    await shows(element, () => first.dialog.mixed[0] === voices[1] && second.dialog.mixed[0] === voices[0]);
    expect(held()).to.deep.equal([false, false]);
    expect([first.call.state.merged, client.state.current]).to.deep.equal([[second.call.id], second.call]);
    await shows(element, () => button(0, 'offer')?.innerText.includes('In a conference with Anna') ?? false);
    await shows(stage, () => textOf(stage, '[part=notice]').includes('In a conference with 李雷'));
    await isAccessible(element);
    await isAccessible(stage);
    // A side that holds may send music.
    second.dialog.set({remoteHeld: true});
    expect([first.dialog.mixed, second.dialog.mixed]).to.deep.equal([[], [voices[0]]]);
    second.dialog.set({remoteHeld: false});
    await first.call.mute();
    expect([first.dialog.mixed, second.call.state.muted]).to.deep.equal([[voices[1]], true]);
    button(0, 'switch')!.click();
    await shows(stage, () => stage.call === first.call && part(stage, 'split') !== null);
    expect(held()).to.deep.equal([false, false]);
    part(stage, 'split')!.click();
    await shows(element, () => second.call.state.held && button(0, 'merge') !== null);
    expect([first.call.state.held, first.call.state.merged]).to.deep.equal([false, undefined]);
    expect([first.dialog.mixed, second.dialog.mixed]).to.deep.equal([[], []]);
    button(0, 'merge')!.click();
    await shows(element, () => button(0, 'split') !== null);
    button(0, 'hold')!.click();
    await shows(element, () => first.call.state.held && button(1, 'merge') !== null);
    expect([held(), second.call.state.merged]).to.deep.equal([[true, false], undefined]);
    expect([first.dialog.mixed, second.dialog.mixed]).to.deep.equal([[], []]);
  });

  it('shows the calls of other tabs, which can be worked from here', async () => {
    const tabs = {
      profile: 'standard',
      sharedWorker: '/w.js',
      user: 'tabs',
      historyStorage: 'memory',
    } as const;
    const [here, there] = [await StagedClient.ready(tabs), await StagedClient.ready(tabs)];
    (element.closest('sip-client') as SipClientElement).client = here;
    await shows(element, () => textOf(element).includes('No calls'));
    const first = there.dial('audio', {number: '1003', name: 'Anna'});
    const second = there.dial('audio', {number: '1004', name: '<b>Bo</b>'});
    await has(2);
    expect(lines().map((line) => line.querySelectorAll('button').length)).to.deep.equal([1, 1]);
    second.dialog.confirm();
    await shows(element, () => button(1, 'mute') !== null);
    expect(lines()[1]!.innerText)
      .to.contain('<b>Bo</b>')
      .and.contain('Other tab: Connected')
      .and.match(/0:0\d/);
    await isAccessible(element);
    // While the user speaks to talk groups there.
    second.call.setUnheard(true);
    await shows(element, () => button(1, 'mute')!.title === 'Unmute');
    second.call.setUnheard(false);
    await shows(element, () => button(1, 'mute')!.title === 'Mute');
    button(1, 'mute')!.click();
    await shows(element, () => button(1, 'mute')!.title === 'Unmute');
    expect(second.call.state.muted).to.equal(true);
    second.dialog.failure = new SipError('timeout');
    button(1, 'hold')!.click();
    await shows(element, () => part(element, 'notice') !== null);
    button(1, 'hold')!.click();
    await shows(element, () => button(1, 'hold')!.title === 'Resume');
    expect(second.call.state.held).to.equal(true);
    button(0, 'hangup')!.focus();
    await sendKeys({press: 'Enter'});
    await has(1);
    expect(first.call.state.phase).to.equal('released');
    await shows(element, () => element.shadowRoot!.activeElement === button(0, 'mute'));
    button(0, 'hangup')!.click();
    await shows(element, () => textOf(element).includes('No calls'));
    await Promise.all([here.disconnect(), there.disconnect()]);
  });

  it('shows what a stranger sends as text, in a narrow place', async () => {
    element.style.inlineSize = '240px';
    await talk();
    client.ring('video', {number: '1003', name: '<img src=x onerror=alert(1)> and a name that has no end'});
    await has(2);
    expect(element.shadowRoot!.querySelector('img')).to.equal(null);
    expect(textOf(element, '[part=line]')).to.contain('<img src=x');
    const panel = part(element, 'panel')!;
    expect(panel.scrollWidth).to.be.at.most(panel.clientWidth);
    for (const inner of panel.querySelectorAll<HTMLElement>('button'))
      expect(inner.getBoundingClientRect().right).to.be.at.most(panel.getBoundingClientRect().right);
  });
});
