import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys, sendMouse} from '@web/test-runner-commands';
import type {AlarmAcknowledgement} from '../../../src/core/alarms/alarm.js';
import type {SipClientElement} from '../../../src/elements/sip-client/sip-client.js';
import type {SipQueueElement} from '../../../src/elements/sip-queue/sip-queue.js';
import {SipError} from '../../../src/errors.js';
import type {Party} from '../../../src/core/types.js';
import {deep, isAccessible, loads, next, part, press, shows, textOf} from '../../support/in-page/elements.js';
import {until} from '../../support/in-page/facts.js';
import {person, StagedPeople} from '../../support/staged/staged-people.js';
import {sound, StagedClient, type Staged} from '../../support/staged/staged-client.js';

const ANNA = {number: '1003', name: 'Anna Novak'};
const BEA = {number: '1004', name: 'Bea'};
const CLEO = {number: '1005', name: 'Cleo'};

describe('<sip-queue>', () => {
  let client: StagedClient;
  let people: StagedPeople;
  let element: SipQueueElement;

  beforeEach(async () => {
    localStorage.clear();
    people = new StagedPeople([], [person('1003', 'Anna Novak', '')]);
    client = new StagedClient({user: 'queue', historyStorage: 'memory'});
    client.directoryService = people;
    await client.connect();
    await client.register();
    const root = await fixture(
      html`<sip-client .client=${client}
        ><sip-queue></sip-queue><button id="beside">beside</button></sip-client
      >`,
    );
    element = root.querySelector('sip-queue')!;
    await loads(element);
  });
  afterEach(async () => {
    await sendMouse({type: 'move', position: [0, 0]});
    await client.disconnect();
  });

  const rows = (): HTMLElement[] => deep(element, '.row');
  const names = (): string[] =>
    deep(element, '.calls > *').map(
      ({innerText}) => /Anna|Bea|Cleo|李雷|晨会|Dan/.exec(innerText)?.[0] ?? '',
    );
  const has = (...wanted: string[]): Promise<void> => shows(element, () => names().join() === wanted.join());
  const alarms = (): HTMLElement[] => deep(element, '[part=alarm]');
  const words = (selector: string): string =>
    deep(element, selector)
      .map(({textContent}) => textContent)
      .join(' ');
  const inRow = (row: HTMLElement, name: string): HTMLElement | null =>
    row.querySelector<HTMLElement>(`[part=${name}]`);

  function talk(remote: Party = {number: '1002', name: '李雷'}): Staged {
    const staged = client.dial('audio', remote);
    staged.dialog.play(new MediaStream([sound()]), new MediaStream([sound()]));
    staged.dialog.confirm();
    return staged;
  }
  async function sos(remote: Party = ANNA): Promise<Staged> {
    const count = alarms().length;
    const staged = client.ring('audio', remote, 'sos');
    await shows(element, () => alarms().length === count + 1);
    return staged;
  }
  async function pointAt(target: Element): Promise<void> {
    const {x, y, width, height} = target.getBoundingClientRect();
    await sendMouse({type: 'move', position: [Math.round(x + width / 2), Math.round(y + height / 2)]});
  }

  it('keeps the running call in view, whatever waits, and what keys lead to', async () => {
    element.style.blockSize = '420px';
    talk();
    for (let count = 0; count < 6; count += 1) client.ring('audio', {number: `20${count}`, name: 'Dan'});
    await shows(element, () => rows().length === 7);
    const lists = deep(element, '.lists')[0]!;
    const isInView = (row: Element): boolean => {
      const [box, view] = [row.getBoundingClientRect(), lists.getBoundingClientRect()];
      return box.top >= view.top - 1 && box.bottom <= view.bottom + 1;
    };
    const current = (): HTMLElement => deep(element, '.row.current')[0]!;
    expect(lists.scrollHeight).to.be.above(lists.clientHeight);
    expect(isInView(current())).to.equal(true);
    lists.scrollTop = lists.scrollHeight;
    expect(isInView(current())).to.equal(true);
    lists.scrollTop = 0;
    element.focus();
    for (const row of rows().slice(0, 6)) {
      await until(() => row.matches(':focus-within'));
      expect(isInView(row)).to.equal(true);
      const covered = row.getBoundingClientRect().bottom > current().getBoundingClientRect().top + 1;
      expect(covered).to.equal(false);
      await sendKeys({press: 'ArrowDown'});
    }
  });

  it('says that no call waits, and keeps a place for an SOS', async () => {
    await shows(element, () => textOf(element).includes('Calls that wait'));
    expect(part(element, 'alarms')!.offsetHeight).to.be.above(140);
    await isAccessible(element);
  });

  it('says what it needs where there is no client', async () => {
    const alone = await fixture<SipQueueElement>(html`<sip-queue></sip-queue>`);
    await loads(alone);
    expect(textOf(alone)).to.contain('<sip-client>');
    await isAccessible(alone);
  });

  it('has urgent calls first, then those that wait, run, and are on hold', async () => {
    talk(CLEO);
    client.ring('audio', BEA);
    talk();
    client.ring('video', ANNA, 'urgent');
    await has('Anna', 'Bea', '李雷', 'Cleo');
    expect(words('[part=line]')).to.contain('Waiting 0:0').and.contain('Urgent call');
    expect(part(element, 'longest-wait')!.innerText).to.match(/^Longest wait 0:0\d$/);
    await isAccessible(element);
  });

  it('has the calls of the user’s other tabs last, which can be held and ended from here', async () => {
    const tabs = {
      profile: 'standard',
      sharedWorker: '/w.js',
      user: 'queue-tabs',
      historyStorage: 'memory',
    } as const;
    const [here, there] = [await StagedClient.ready(tabs), await StagedClient.ready(tabs)];
    (element.closest('sip-client') as SipClientElement).client = here;
    await shows(element, () => textOf(element).includes('Calls that wait'));
    const {call, dialog} = there.dial('audio', BEA);
    await has('Bea');
    expect(inRow(rows()[0]!, 'hold')).to.equal(null);
    dialog.confirm();
    await shows(element, () => /Other tab: Connected/.test(words('.calls')) && /0:0\d/.test(words('.calls')));
    here.ring('audio', ANNA);
    await has('Anna', 'Bea');
    await isAccessible(element);
    const button = (name: string): HTMLElement => inRow(rows()[1]!, name)!;
    dialog.failure = new SipError('timeout');
    button('hold').click();
    await shows(element, () => part(element, 'notice') !== null);
    button('hold').click();
    await shows(element, () => call.state.held && /Other tab: On hold/.test(words('.calls')));
    button('hold').click();
    await shows(element, () => !call.state.held);
    // What the other tab looks at has no place in a queue.
    there.look(CLEO);
    button('hangup').click();
    await has('Anna');
    expect(call.state.phase).to.equal('released');
    await Promise.all([here.disconnect(), there.disconnect()]);
  });

  it('moves nothing while the pointer is on it, and puts all in order when it leaves', async () => {
    const bea = client.ring('audio', BEA);
    talk();
    await has('Bea', '李雷');
    const place = rows()[1]!.getBoundingClientRect().top;
    await pointAt(rows()[1]!);
    client.ring('audio', ANNA, 'urgent');
    await has('Bea', '李雷', 'Anna');
    bea.dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'cancelled'}});
    await shows(element, () => part(element, 'ended') !== null);
    await press(element, 'dismiss');
    await has('', '李雷', 'Anna');
    expect(rows()[0]!.getBoundingClientRect().top).to.equal(place);
    client.ring('audio', CLEO);
    await has('', '李雷', 'Anna', 'Cleo');
    await pointAt(document.querySelector('#beside')!);
    await has('Anna', 'Cleo', '李雷');
  });

  it('stays small while a stranger calls again and again, and the pointer is on it all the time', async () => {
    talk();
    await has('李雷');
    await pointAt(rows()[0]!);
    const place = rows()[0]!.getBoundingClientRect().top;
    for (let count = 0; count < 60; count += 1) {
      const number = `${count}@evil.example`;
      const {dialog} = client.ring('audio', {number, name: ''});
      await shows(element, () => words('[part=line]').includes(number));
      dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'cancelled'}});
      await shows(element, () => !words('[part=line]').includes(number));
    }
    expect(deep(element, '[part=ended]')).to.have.length(20);
    expect(deep(element, '.calls > *').length).to.be.below(50);
    // What the user points at, and what has just come, is there all the same.
    expect(rows()[0]!.getBoundingClientRect().top).to.equal(place);
    client.ring('audio', ANNA);
    await shows(element, () => names().includes('Anna') && names()[0] === '李雷');
  });

  it('shows the next user no call of the one before, also while the pointer is on it', async () => {
    const bea = client.ring('audio', BEA);
    talk();
    await has('Bea', '李雷');
    await pointAt(rows()[1]!);
    bea.dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'cancelled'}});
    await shows(element, () => part(element, 'ended') !== null);
    await client.disconnect();
    await shows(element, () => !/Bea|李雷/.test(textOf(element)));
    await client.connect();
    await client.register();
    const cleo = client.ring('audio', CLEO);
    await shows(element, () => /Cleo/.test(words('[part=line]')));
    cleo.dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'cancelled'}});
    await shows(element, () => /Cleo/.test(words('[part=ended]')));
    expect(words('[part=ended]')).not.to.match(/Bea|李雷/);
  });

  it('moves nothing while a keyboard user is in it; the arrow keys go from call to call, Enter answers', async () => {
    const bea = client.ring('audio', BEA);
    const cleo = client.ring('audio', CLEO);
    await has('Bea', 'Cleo');
    document.querySelector<HTMLElement>('#beside')!.focus();
    element.focus();
    await shows(element, () => deep(element, '[part=answer]:focus').length === 1);
    client.ring('audio', ANNA, 'urgent');
    await has('Bea', 'Cleo', 'Anna');
    await sendKeys({press: 'ArrowDown'});
    await sendKeys({press: 'Enter'});
    await shows(element, () => cleo.call.state.phase === 'answered');
    expect(bea.call.state.phase).to.equal('ringing');
    await has('Bea', 'Cleo', 'Anna');
  });

  it('answers and holds, or answers and ends what runs; declines apart from both', async () => {
    const first = talk();
    const bea = client.ring('audio', BEA);
    await has('Bea', '李雷');
    const answer = inRow(rows()[0]!, 'answer')!;
    expect(answer.getAttribute('aria-label')).to.equal('Hold and answer: Bea');
    const decline = inRow(rows()[0]!, 'decline')!;
    expect(decline.offsetWidth).to.be.below(answer.offsetWidth);
    answer.click();
    await shows(element, () => bea.call.state.phase === 'answered' && first.call.state.held);
    const cleo = client.ring('audio', CLEO);
    await shows(element, () => part(element, 'answer-hangup') !== null);
    await press(element, 'answer-hangup');
    await shows(element, () => cleo.call.state.phase === 'answered' && bea.call.state.phase === 'released');
    const dan = client.ring('audio', {number: '1006', name: 'Dan'});
    await shows(element, () => part(element, 'decline') !== null);
    await press(element, 'decline');
    await shows(element, () => dan.call.state.phase === 'released');
  });

  it('holds, returns to a call on hold, and hangs up', async () => {
    const first = talk();
    const second = talk(BEA);
    await has('Bea', '李雷');
    inRow(rows()[1]!, 'hold')!.click();
    await shows(element, () => !first.call.state.held && second.call.state.held);
    await has('李雷', 'Bea');
    inRow(rows()[0]!, 'hold')!.click();
    await shows(element, () => first.call.state.held);
    inRow(rows()[0]!, 'hangup')!.click();
    await shows(element, () => client.calls.length === 1);
  });

  it('makes one conference of the chosen calls', async () => {
    const calls = [talk(), talk(BEA), talk(CLEO)];
    await shows(element, () => deep(element, '[part=choose]').length === 3);
    expect(part(element, 'merge')!.getAttribute('aria-disabled')).to.equal('true');
    await isAccessible(element);
    for (const name of ['Bea', 'Cleo']) {
      const row = rows().find(({innerText}) => innerText.includes(name))!;
      inRow(row, 'choose')!.click();
    }
    await shows(element, () => words('[part=selection]').includes('2 chosen'));
    await press(element, 'merge');
    await until(() => calls[1]!.call.state.merged?.includes(calls[2]!.call.id) ?? false);
    expect(calls[0]!.call.state.merged).to.equal(undefined);
    await shows(element, () => !words('[part=selection]').includes('chosen'));
  });

  it('begins all names in one line, whether or not a call can be chosen; no ring touches a name', async () => {
    const name = (row: HTMLElement): DOMRect => row.querySelector('.name')!.getBoundingClientRect();
    talk(BEA);
    await has('Bea');
    const alone = name(rows()[0]!).left;
    client.ring('audio', ANNA);
    talk(CLEO);
    await shows(element, () => deep(element, '[part=choose]').length === 2 && rows().length === 3);
    for (const width of ['', '300px']) {
      element.style.inlineSize = width;
      const starts = rows().map((row) => Math.round(name(row).left - row.getBoundingClientRect().left));
      expect(new Set(starts).size, `${width}: ${starts.join()}`).to.equal(1);
    }
    element.style.inlineSize = '';
    expect(rows().map((row) => name(row).left)).to.deep.equal([alone, alone, alone]);
    const avatar = deep(element, '.rings')[0]!;
    const {right, width} = avatar.getBoundingClientRect();
    const outside = -parseFloat(getComputedStyle(avatar, '::after').left);
    // The ring grows to 1.14 of its size.
    const ring = right + outside + (width + 2 * outside) * 0.07;
    expect(ring).to.be.below(name(avatar.closest<HTMLElement>('.row')!).left - 4);
  });

  it('shows a failure over the end of the list, and moves nothing', async () => {
    const {dialog} = talk();
    await has('李雷');
    const {height} = element.getBoundingClientRect();
    dialog.failure = new SipError('timeout');
    const told = next(element, 'sip-error');
    await press(element, 'hold');
    expect((await told).detail.error.code).to.equal('timeout');
    await shows(element, () => part(element, 'notice') !== null);
    expect(element.getBoundingClientRect().height).to.equal(height);
  });

  it('answers the most urgent call by a method', async () => {
    client.ring('audio', BEA);
    const urgent = client.ring('audio', ANNA, 'urgent');
    await element.answer();
    expect(urgent.call.state.phase).to.equal('answered');
    await element.answer();
    const failed = await element.answer().then(
      () => undefined,
      (error: SipError) => error.code,
    );
    expect(failed).to.equal('invalid-state');
  });

  it('calls back who has called, also an SOS', async () => {
    const {call, dialog} = await sos();
    dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'cancelled'}});
    await shows(element, () => part(element, 'again') !== null);
    await press(element, 'again');
    await until(() => client.asked.includes('call 1003 audio'));
    expect(client.state.alarms[0]!.id).to.equal(call.id);
  });

  describe('an SOS', () => {
    it('is an alarm until it is acknowledged, whatever becomes of the call', async () => {
      const told: AlarmAcknowledgement[] = [];
      client.addEventListener('sip-alarm-acknowledged', ({detail}) => told.push(detail));
      document.querySelector<HTMLElement>('#beside')!.focus();
      const top = part(element, 'alarms')!.getBoundingClientRect();
      const {call, dialog} = await sos();
      expect(document.activeElement!.id, 'the focus stays').to.equal('beside');
      expect(part(element, 'alarms')!.getBoundingClientRect().height).to.equal(top.height);
      expect(part(element, 'sos-count')!.innerText).to.equal('SOS 1');
      expect(words('[role=alert]')).to.contain('SOS call: Anna Novak');
      expect(alarms()[0]!.innerText).to.contain('Anna Novak').and.contain('1003').and.match(/0:0\d/);
      await isAccessible(element);
      inRow(alarms()[0]!, 'answer')!.click();
      await shows(element, () => part(element, 'live') !== null);
      await isAccessible(element);
      dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'normal'}});
      await shows(element, () => alarms()[0]!.innerText.includes('Not acknowledged'));
      expect(part(element, 'live')).to.equal(null);
      await isAccessible(element);
      await press(element, 'acknowledge');
      await shows(element, () => alarms().length === 0);
      expect(told.map(({id, author}) => [id, author])).to.deep.equal([[call.id, 'queue']]);
      expect(words('[role=status]')).to.contain('SOS from Anna Novak acknowledged');
      expect(part(element, 'sos-count')).to.equal(null);
    });

    it('has the position of the caller and its age, where the server reports positions', async () => {
      people.places.push({number: '1003', lng: 9.97, lat: 53.54, time: Date.now() - 90_000, raw: {}});
      await sos();
      await shows(element, () => part(element, 'position')!.innerText.includes('53.54000, 9.97000'));
      expect(part(element, 'position')!.innerText).to.contain('1 min');
      await sos(BEA);
      expect(deep(element, '[part=position]')[1]!.innerText.trim()).to.equal('');
    });

    it('that was acknowledged during the call is a call like others, with a chip', async () => {
      const {call} = await sos();
      await press(element, 'acknowledge');
      await has('Anna');
      expect(words('.calls [part=urgent]')).to.contain('SOS');
      expect(call.state.phase).to.equal('ringing');
    });

    it('ends by one press that returns to the conference', async () => {
      const meeting = client.confer();
      meeting.dialog.confirm();
      const {call} = await sos();
      inRow(alarms()[0]!, 'answer')!.click();
      await shows(element, () => meeting.call.state.held && part(element, 'return') !== null);
      expect(words('.calls')).to.contain('On hold until the SOS ends');
      expect(part(element, 'return')!.innerText).to.equal('Return to conference');
      expect(alarms()[0]!.innerText).to.contain('Ends this call and resumes 晨会');
      await isAccessible(element);
      await press(element, 'return');
      await shows(element, () => call.state.phase === 'released' && !meeting.call.state.held);
      expect(meeting.dialog.commands.filter((command) => command === 'unhold')).to.have.length(1);
      await shows(element, () => part(element, 'return') === null);
      expect(alarms()).to.have.length(1);
    });

    it('that was acknowledged ends by one press that returns to the conference, too', async () => {
      const meeting = client.confer();
      meeting.dialog.confirm();
      const {call} = await sos();
      inRow(alarms()[0]!, 'answer')!.click();
      await press(element, 'acknowledge');
      await shows(element, () => alarms().length === 0 && part(element, 'return') !== null);
      expect(part(element, 'return')!.innerText).to.equal('Return to conference');
      await isAccessible(element);
      await press(element, 'return');
      await shows(element, () => call.state.phase === 'released' && !meeting.call.state.held);
    });

    it('that has ended returns to a conference that is still on hold', async () => {
      const meeting = client.confer();
      meeting.dialog.confirm();
      const {call, dialog} = await sos();
      await call.decline();
      await meeting.call.hold();
      expect(dialog.commands).to.deep.equal(['reject 603']);
      await shows(element, () => alarms()[0]!.innerText.includes('Resumes 晨会'));
      await press(element, 'return');
      await shows(element, () => !meeting.call.state.held);
    });

    it('shows names of strangers as text', async () => {
      await sos({number: '666', name: '<img src=x onerror=alert(1)>'});
      expect(alarms()[0]!.innerText).to.contain('<img src=x');
      expect(deep(element, 'img')).to.deep.equal([]);
    });
  });
});
