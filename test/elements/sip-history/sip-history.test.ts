import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {Noted} from '../../../src/core/history/history-entry.js';
import type {CallType} from '../../../src/core/types.js';
import type {SipHistoryElement} from '../../../src/elements/sip-history/sip-history.js';
import {shortMoment} from '../../../src/elements/shared/history-time.js';
import {SipError} from '../../../src/errors.js';
import {isAccessible, next, part, press, shows, textOf} from '../../support/in-page/elements.js';
import {StagedClient} from '../../support/staged/staged-client.js';

const MINUTE = 60_000;

describe('<sip-history>', () => {
  let client: StagedClient;
  let element: SipHistoryElement;
  let count = 0;

  beforeEach(async () => {
    client = await StagedClient.ready({user: 'history', historyStorage: 'memory'});
    const root = await fixture(html`<sip-client .client=${client}><sip-history></sip-history></sip-client>`);
    element = root.querySelector('sip-history')!;
  });

  function note(more: Partial<Noted> = {}): void {
    client.history.note({
      id: `c${(count += 1)}`,
      type: 'single',
      direction: 'incoming',
      remote: {number: '1002', name: '李雷'},
      media: 'audio',
      time: Date.now() - 200 * MINUTE + count,
      cause: {by: 'remote', code: 'cancelled'},
      ...more,
    });
  }
  const every = (): void => {
    const now = Date.now();
    note({direction: 'outgoing', time: now - 65_000, spoken: 61_000, media: 'video'});
    note({direction: 'outgoing', remote: {number: '1003', name: ''}, cause: {by: 'remote', code: 'busy'}});
    note({cause: {by: 'local', code: 'declined'}, remote: {number: '1004', name: 'Anna Novak'}});
    note({cause: {by: 'remote', code: 'answered-elsewhere'}});
    note({spoken: 5_000});
    note();
  };
  const rows = (): HTMLElement[] => [...element.shadowRoot!.querySelectorAll<HTMLElement>('[part=entry]')];
  const has = (number: number): Promise<void> => shows(element, () => rows().length === number);
  const button = (row: number, name: string): HTMLElement | null =>
    rows()[row]!.querySelector<HTMLElement>(`[part=${name}]`);

  it('says what it needs where there is no client', async () => {
    const alone = await fixture<SipHistoryElement>(html`<sip-history></sip-history>`);
    expect(textOf(alone)).to.contain('<sip-client>');
    await isAccessible(alone);
  });

  it('says that there is nothing yet', async () => {
    await shows(element, () => textOf(element).includes('No calls yet'));
    expect(part(element, 'clear')).to.equal(null);
    await isAccessible(element);
  });

  it('says in words what became of each call, with an icon, the time and how long it lasted', async () => {
    every();
    await has(6);
    const texts = rows().map(({innerText}) => innerText.replace(/\s+/g, ' '));
    expect(texts[0]).to.contain('李雷').and.contain('1002').and.contain('Outgoing').and.contain('1:01');
    expect(texts.slice(1).join('|')).to.match(
      /Missed.*\|.*Answered.*0:05.*\|.*Answered on another device.*\|.*Anna Novak.*Declined.*\|.*1003.*Not connected/,
    );
    expect(rows().every((row) => row.querySelector('.outcome svg') !== null)).to.equal(true);
    expect(element.shadowRoot!.querySelectorAll('[role=list] > [role=listitem]')).to.have.length(6);
    expect(rows()[5]!.querySelector<HTMLElement>('.became')!.title).to.contain('1003 is busy');
    expect(rows()[4]!.querySelector<HTMLElement>('.became')!.title).to.equal('');
    const time = rows()[0]!.querySelector('time')!;
    expect(new Date(time.dateTime).getTime()).to.be.within(Date.now() - 70_000, Date.now() - 60_000);
    await isAccessible(element);
  });

  it('says which calls were urgent', async () => {
    note({type: 'sos', spoken: 5_000});
    note({type: 'urgent', spoken: 5_000});
    await has(2);
    const texts = rows().map(({innerText}) => innerText.replace(/\s+/g, ' '));
    expect(texts[0]).to.match(/Urgent call ?Answered/);
    expect(texts[1]).to.match(/SOS call ?Answered/);
    await isAccessible(element);
  });

  it('says what a call was, other than one of two, and lets a number be called back that can be', async () => {
    const about = (type: CallType, direction: 'incoming' | 'outgoing' = 'outgoing', spoken?: number): void =>
      note({type, direction, spoken, remote: {number: '1002', name: type}});
    about('listen-in', 'outgoing', 5_000);
    about('barge-in', 'outgoing', 5_000);
    about('barge-in');
    about('conference', 'outgoing', 5_000);
    about('conference', 'incoming');
    about('broadcast', 'incoming', 5_000);
    about('monitor', 'incoming', 5_000);
    about('sos', 'incoming', 5_000);
    about('urgent', 'incoming');
    await has(9);
    const texts = rows().map(({innerText}) => innerText.replace(/\s+/g, ' '));
    const patterns = [
      /Urgent call ?Missed/,
      /SOS call ?Answered/,
      /Viewed your camera(?!.*Answered)/,
      /Broadcast ?Answered/,
      /Conference ?Missed/,
      /Conference ?Outgoing/,
      /Barged in ?Not connected/,
      /Barged in(?!.*Outgoing)/,
      /Listened in(?!.*Outgoing)/,
    ];
    for (const [index, pattern] of patterns.entries()) expect(texts[index]).to.match(pattern);
    const callable = rows().map((row) => row.querySelector('[part=call]') !== null);
    expect(callable).to.deep.equal([true, true, ...Array<boolean>(7).fill(false)]);
    await isAccessible(element);
    rows()[1]!.querySelector<HTMLElement>('[part=call]')!.click();
    await shows(element, () => client.asked.at(-1) === 'call 1002 audio');
  });

  it('has time and duration on one line, and the outcome in full, in a narrow place', async () => {
    element.style.inlineSize = '288px';
    every();
    await has(6);
    const made = rows()[0]!;
    const top = (selector: string): number => made.querySelector(selector)!.getBoundingClientRect().top;
    expect(top('.state .number')).to.be.closeTo(top('time'), 4);
    for (const outcome of element.shadowRoot!.querySelectorAll('.became'))
      expect(outcome.scrollWidth).to.be.at.most(outcome.clientWidth);
  });

  it('marks what was missed until somebody presses something in it', async () => {
    note();
    note();
    await has(2);
    expect(element.matches(':state(missed)')).to.equal(true);
    expect(rows().map(({innerText}) => /\bNew\b/.test(innerText))).to.deep.equal([true, true]);
    expect(textOf(element, '.bar')).to.contain('2 missed calls');
    rows()[0]!.dispatchEvent(new PointerEvent('pointerdown', {bubbles: true, composed: true}));
    await shows(element, () => !element.matches(':state(missed)'));
    expect(rows().map(({innerText}) => /\bNew\b/.test(innerText))).to.deep.equal([false, false]);
    expect(client.history.state.unseen).to.equal(0);
    note();
    await shows(element, () => element.matches(':state(missed)'));
    button(0, 'remove')!.focus();
    await sendKeys({press: 'ArrowDown'});
    await shows(element, () => !element.matches(':state(missed)'));
  });

  it('reads out what is missed while it is shown, and not what was missed before', async () => {
    note();
    await has(1);
    const said = (): string => element.shadowRoot!.querySelector('[role=status]')!.textContent!;
    expect(said()).to.equal('');
    const {dialog} = client.ring('audio', {number: '1003', name: 'Anna'});
    dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'cancelled'}});
    await shows(element, () => said() === 'Missed call: Anna');
  });

  it('calls again by one press, with a picture where there was one', async () => {
    every();
    await has(6);
    expect(button(0, 'call')!.title).to.equal('Video call 李雷');
    button(0, 'call')!.click();
    await shows(element, () => client.asked.includes('call 1002 video') && client.state.calls.length === 1);
    expect(button(5, 'call')!.getAttribute('aria-label')).to.equal('Call 1003');
    button(5, 'call')!.click();
    await shows(element, () => client.asked.includes('call 1003 audio'));
  });

  it('says why nobody can be called, and why a call failed', async () => {
    note();
    await has(1);
    client.failure = new SipError('unknown-number', {subject: '1002'});
    const failed = next(element, 'sip-error');
    button(0, 'call')!.click();
    expect((await failed).detail.error.code).to.equal('unknown-number');
    await shows(element, () => part(element, 'notice') !== null);
    await isAccessible(element);
    await client.unregister();
    await shows(element, () => button(0, 'call')!.getAttribute('aria-disabled') === 'true');
    expect(button(0, 'call')!.title).to.contain('not registered');
    const refused = next(element, 'sip-error');
    button(0, 'call')!.click();
    expect((await refused).detail.error.code).to.equal('not-registered');
  });

  it('offers no call to what cannot be called', async () => {
    note({type: 'conference', remote: {number: '9001', name: 'Patrol'}});
    note({remote: {number: '', name: ''}});
    await has(2);
    expect([button(0, 'call'), button(1, 'call')]).to.deep.equal([null, null]);
    expect(textOf(element)).to.contain('Unknown number');
  });

  it('takes one out and puts it back', async () => {
    note();
    note({remote: {number: '1003', name: 'Anna'}});
    await has(2);
    const before = client.history.entries;
    button(0, 'remove')!.click();
    await has(1);
    expect(textOf(element, '.undo')).to.contain('The call with Anna was removed.');
    expect(element.shadowRoot!.activeElement).to.equal(button(0, 'remove'));
    await isAccessible(element);
    await press(element, 'undo');
    await has(2);
    expect(client.history.entries).to.deep.equal(before);
    expect(part(element, 'undo')).to.equal(null);
  });

  it('clears all and puts it back', async () => {
    every();
    await has(6);
    const before = client.history.entries;
    await press(element, 'clear');
    await has(0);
    expect(textOf(element)).to.contain('No calls yet').and.contain('History cleared');
    await isAccessible(element);
    expect(element.shadowRoot!.activeElement).to.equal(part(element, 'undo'));
    await sendKeys({press: 'Enter'});
    await has(6);
    expect(client.history.entries.map(({sid}) => sid)).to.deep.equal(before.map(({sid}) => sid));
  });

  it('shows the missed calls alone, and clears those alone', async () => {
    every();
    note({remote: {number: '1005', name: 'Zhao'}});
    await has(7);
    await press(element, 'filter');
    await has(2);
    expect(element.hasAttribute('missed')).to.equal(true);
    expect(part(element, 'filter')!.getAttribute('aria-pressed')).to.equal('true');
    expect(part(element, 'clear')!.getAttribute('aria-label')).to.equal('Clear missed calls');
    await isAccessible(element);
    await press(element, 'clear');
    await has(0);
    expect(textOf(element)).to.contain('No missed calls');
    await isAccessible(element);
    await press(element, 'filter');
    await has(5);
  });

  it('goes on with the keyboard at the same place when a row is gone', async () => {
    for (let index = 0; index < 3; index += 1) note();
    await has(3);
    const third = rows()[2];
    button(1, 'remove')!.focus();
    await sendKeys({press: 'Enter'});
    await has(2);
    expect(rows()[1]).to.equal(third);
    expect(element.shadowRoot!.activeElement).to.equal(button(1, 'remove'));
  });

  it('has room for 200 calls, and draws again only what has changed', async () => {
    for (let index = 0; index < 230; index += 1) note({spoken: 0});
    await has(200);
    const list = element.shadowRoot!.querySelector('[role=list]')!;
    expect(list.scrollHeight).to.be.greaterThan(list.clientHeight * 5);
    const changed: MutationRecord[] = [];
    const observer = new MutationObserver((records) => changed.push(...records));
    observer.observe(list, {subtree: true, childList: true, attributes: true, characterData: true});
    note({remote: {number: '1009', name: ''}});
    await shows(element, () => rows()[0]!.innerText.includes('1009'));
    client.host.setApi('open');
    await element.updateComplete;
    changed.push(...observer.takeRecords());
    observer.disconnect();
    expect(changed.filter(({target}) => target !== list)).to.have.length(0);
  });

  it('shows what a stranger sends as text, in a narrow place', async () => {
    element.style.inlineSize = '240px';
    note({remote: {number: '1003', name: '<img src=x onerror=alert(1)> and a name that has no end'}});
    await has(1);
    expect(element.shadowRoot!.querySelector('img')).to.equal(null);
    const panel = part(element, 'panel')!;
    expect(panel.scrollWidth).to.be.at.most(panel.clientWidth);
    for (const inner of panel.querySelectorAll<HTMLElement>('button'))
      expect(inner.getBoundingClientRect().right).to.be.at.most(panel.getBoundingClientRect().right);
  });

  it('speaks Chinese, its times too', async () => {
    element.closest('sip-client')!.setAttribute('lang', 'zh-CN');
    note();
    note({time: new Date().setHours(-1, 30), spoken: 0});
    await shows(element, () => textOf(element).includes('通话记录') && textOf(element).includes('昨天'));
    expect(textOf(element)).to.contain('未接').and.contain('已接');
    await isAccessible(element);
  });
});

describe('when a call was', () => {
  const now = new Date(2026, 10, 25, 12, 0).getTime();
  for (const [moment, en, zh] of [
    [new Date(2026, 10, 25, 0, 5), /^12:05.AM$/, /^00:05$/],
    [new Date(2026, 10, 24, 23, 59), /^yesterday 11:59.PM$/, /^昨天 23:59$/],
    [new Date(2026, 10, 20, 8, 0), /^Fri,? 8:00.AM$/, /^周五 ?08:00$/],
    [new Date(2026, 2, 3, 8, 0), /^Mar 3, 8:00.AM$/, /^3月3日 ?08:00$/],
    [new Date(2025, 10, 25, 8, 0), /^Nov 25, 2025$/, /^2025年11月25日$/],
    [new Date(2026, 10, 26, 8, 0), /^Nov 26, 2026$/, /^2026年11月26日$/],
  ] as const)
    it(`is said in as few words as can be: ${moment.toDateString()}`, () => {
      expect(shortMoment(moment.getTime(), now, 'en')).to.match(en);
      expect(shortMoment(moment.getTime(), now, 'zh_CN')).to.match(zh);
    });

  it('is said by the clock of the language', () => {
    const morning = new Date(2026, 10, 25, 9, 5).getTime();
    expect(shortMoment(morning, now, 'en-US')).to.match(/^9:05.AM$/);
    expect(shortMoment(morning, now, 'ar')).to.match(/^9:05.ص$/);
    for (const language of ['en-GB', 'zh-CN', 'fr'])
      expect(shortMoment(morning, now, language)).to.equal('09:05');
  });

  it('is said in English where nobody knows the language', () =>
    expect(shortMoment(now - 86_400_000, now, '?!')).to.match(/^yesterday/));
});
