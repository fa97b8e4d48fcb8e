import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {SipClientOptions} from '../../../src/core/client/options.js';
import type {UploadOptions} from '../../../src/core/uploads/uploads.js';
import type {SipMessagesElement} from '../../../src/elements/sip-messages/sip-messages.js';
import {piecesOf} from '../../../src/elements/sip-messages/links.js';
import {SipError} from '../../../src/errors.js';
import {deep, isAccessible, next, part, press, shows, textOf} from '../../support/in-page/elements.js';
import {UnseenParts} from '../../support/in-page/parts.js';
import {StagedClient} from '../../support/staged/staged-client.js';
import {group, person, StagedPeople} from '../../support/staged/staged-people.js';

describe('<sip-messages>', () => {
  let client: StagedClient;
  afterEach(() => localStorage.removeItem('filling'));
  const make = async (
    number = '1002',
    options: Partial<SipClientOptions> = {},
  ): Promise<SipMessagesElement> => {
    client = await StagedClient.ready({historyStorage: 'memory', ...options});
    return show(number);
  };
  const show = async (number: string): Promise<SipMessagesElement> => {
    const root = await fixture(
      html`<sip-client .client=${client}><sip-messages with=${number}></sip-messages></sip-client>`,
    );
    const element = root.querySelector('sip-messages')!;
    await shows(element, () => !!part(element, number ? 'field' : 'panel')?.isConnected);
    return element;
  };
  const log = (element: Element): HTMLElement => part(element, 'log')!;
  const messages = (element: Element): HTMLElement[] => deep(element, '[part=message]');
  const bubbles = (element: Element): string[] =>
    messages(element).map((message) => message.querySelector<HTMLElement>('.bubble')!.innerText.trim());
  const said = (element: Element, selector: string): string =>
    deep(element, selector)
      .map(({innerText}) => innerText)
      .join(' ');
  const write = (element: Element, text: string): HTMLTextAreaElement => {
    const field = part(element, 'field') as HTMLTextAreaElement;
    field.value = text;
    field.dispatchEvent(new Event('input'));
    return field;
  };
  const choose = (element: Element, file: File): void => {
    const input = deep<HTMLInputElement>(element, 'input')[0]!;
    const transfer = new DataTransfer();
    transfer.items.add(file);
    input.files = transfer.files;
    input.dispatchEvent(new Event('change'));
  };
  const key = (field: HTMLElement, init: KeyboardEventInit): void =>
    void field.dispatchEvent(
      new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, cancelable: true, ...init}),
    );
  const atEnd = (element: Element): boolean => {
    const {scrollHeight, scrollTop, clientHeight} = log(element);
    return scrollHeight - scrollTop - clientHeight < 48;
  };

  it('says what it needs where there is no client', async () => {
    const alone = await fixture<SipMessagesElement>(html`<sip-messages></sip-messages>`);
    await shows(alone, () => textOf(alone).includes('<sip-client>'));
    await isAccessible(alone);
  });

  it('leaves unread what arrives while it is scrolled out of view', async () => {
    const element = await make();
    client.receive('one');
    await shows(element, () => messages(element).length === 1 && client.messages.state.unread === 0);
    const spacer = document.createElement('div');
    spacer.style.blockSize = '300vh';
    element.before(spacer);
    // Browsers call the observers of one change in any order: a task later the element's own has been called too.
    await new Promise((resolve) => new IntersectionObserver(() => setTimeout(resolve)).observe(element));
    client.receive('two');
    await shows(element, () => messages(element).length === 2);
    expect(client.messages.state.unread).to.equal(1);
    spacer.remove();
    await shows(element, () => client.messages.state.unread === 0);
  });

  it('sends what is written at Enter, and shows it and what comes back, day by day', async () => {
    const element = await make();
    await shows(element, () => textOf(element).includes('No messages yet'));
    await isAccessible(element);
    const field = write(element, 'one\ntwo');
    key(field, {});
    await shows(element, () => textOf(element).includes('Sent'));
    expect(client.asked).to.include('message 1002 one\ntwo');
    expect(field.value).to.equal('');
    client.receive('hi', {name: '李雷'});
    await shows(element, () => messages(element).length === 2);
    expect(bubbles(element)).to.deep.equal(['one\ntwo', 'hi']);
    expect(deep(element, '.text').map(({textContent}) => textContent)).to.deep.equal(['one\ntwo', 'hi']);
    expect(messages(element).map(({classList}) => [...classList].join(' '))).to.deep.equal([
      'message outgoing sent',
      'message incoming received',
    ]);
    expect(deep(element, '[part=day]').map(({textContent}) => textContent)).to.deep.equal(['today']);
    await shows(element, () => said(element, '[role=status]').includes('李雷: hi'));
    await isAccessible(element);
  });

  it('sends nothing while a word is composed, and begins a new line with Shift', async () => {
    const element = await make();
    const field = write(element, '你好');
    key(field, {isComposing: true});
    key(field, {['key' + 'Code']: 229});
    key(field, {shiftKey: true});
    expect(client.asked.filter((asked) => asked.startsWith('message'))).to.deep.equal([]);
    expect(field.value).to.equal('你好');
    await press(element, 'send');
    await shows(element, () => client.asked.includes('message 1002 你好'));
  });

  it('says what was not sent, and why, and sends it again', async () => {
    const element = await make();
    client.failure = new SipError('number-offline', {subject: '1002'});
    const failed = next(element, 'sip-error');
    write(element, 'hello');
    await press(element, 'send');
    expect((await failed).detail.error.code).to.equal('number-offline');
    await shows(element, () => part(element, 'retry') !== null);
    expect(textOf(element)).to.contain('Not sent').and.to.contain('1002');
    await isAccessible(element);
    await press(element, 'retry');
    await shows(element, () => textOf(element).includes('Sent') && !part(element, 'retry'));
    expect(client.asked.filter((asked) => asked === 'message 1002 hello')).to.have.length(2);
  });

  it('has one mark with a name for what became of a message, also in the list', async () => {
    const element = await make();
    const marks = (): string[] => deep(element, '[part=state]').map(({title}) => title);
    write(element, 'kept by the server');
    await press(element, 'send');
    await shows(element, () => marks().join() === 'Sent');
    client.delivers = true;
    write(element, 'received');
    await press(element, 'send');
    await shows(element, () => marks().join() === 'Sent,Delivered');
    client.failure = new SipError('number-offline', {subject: '1002'});
    write(element, 'refused');
    await press(element, 'send');
    await shows(element, () => marks().join() === 'Sent,Delivered,Not sent');
    for (const mark of deep(element, '[part=state]')) expect(mark.querySelectorAll('svg')).to.have.length(1);
    await isAccessible(element);
    element.with = '';
    await shows(element, () => part(element, 'conversation') !== null);
    expect(marks()).to.deep.equal(['Not sent']);
    expect(part(element, 'conversation')!.innerText).to.contain('Not sent');
    element.with = '1002';
    await shows(element, () => part(element, 'send') !== null);
    client.host.setConnection('reconnecting');
    client.failure = new SipError('not-connected');
    write(element, 'waits');
    await press(element, 'send');
    await shows(element, () => marks().join() === 'Sent,Delivered,Not sent,Will be sent when connected');
  });

  it('says in words what became of the last message: delivered, read, or waiting for the connection', async () => {
    const element = await make();
    const words = (): string[] => deep(element, '[part=state]').map(({innerText}) => innerText.trim());
    const names = (): string[] => deep(element, '[part=state]').map(({title}) => title);
    client.delivers = true;
    for (const text of ['one', 'two']) {
      write(element, text);
      await press(element, 'send');
      await shows(element, () => client.asked.includes(`message 1002 ${text}`));
    }
    await shows(element, () => names().join() === 'Delivered,Delivered');
    const shown = deep(element, '[part=state] > span').filter(({classList}) => !classList.contains('hidden'));
    expect(shown.map(({textContent}) => textContent)).to.deep.equal(['Delivered']);
    const {messages: sent} = (await client.messages.open('1002')).state;
    for (const {id} of sent) client.host.receiptReceived({from: '1002', id, kind: 'read'});
    await shows(element, () => names().join() === 'Read,Read');
    expect(words().at(-1)).to.equal('Read');
    client.host.setConnection('reconnecting');
    client.refusal = new SipError('not-connected');
    for (const text of ['three', 'four']) {
      write(element, text);
      await press(element, 'send');
    }
    await shows(
      element,
      () => names().slice(2).join() === Array(2).fill('Will be sent when connected').join(),
    );
    expect(words().slice(2)).to.deep.equal(Array(2).fill('Will be sent when connected'));
    await isAccessible(element);
    client.refusal = undefined;
    client.host.setConnection('connected');
    client.host.setRegistration('unregistered');
    client.host.setRegistration('registered');
    await shows(element, () => names().slice(2).join() === 'Delivered,Delivered');
    client.failure = new SipError('connection-lost');
    client.plain = true;
    write(element, 'five');
    await press(element, 'send');
    await shows(
      element,
      () => names().at(-1) === 'May not have been sent' && part(element, 'retry') !== null,
    );
  });

  it('shows that the other side is typing, and says it once', async () => {
    const element = await make();
    client.receive('hi', {name: '李雷'});
    await shows(element, () => textOf(element).includes('李雷'));
    const news = (): string => said(element, '[role=status]');
    client.host.composingReceived({from: '1002', active: true});
    await shows(element, () => part(element, 'composing') !== null);
    expect(part(element, 'composing')!.innerText).to.equal('typing…');
    await shows(element, () => news().includes('李雷 is typing…'));
    await isAccessible(element);
    client.host.composingReceived({from: '1002', active: false});
    await shows(element, () => part(element, 'composing') === null);
    expect(news()).not.to.include('typing');
    client.host.composingReceived({from: '1002', active: true});
    await shows(element, () => part(element, 'composing') !== null);
    expect(news()).not.to.include('typing');
  });

  it('tells the other side that the user is typing, and no more if the text is gone', async () => {
    const element = await make();
    write(element, 'h');
    await shows(element, () => client.asked.includes('composing 1002 active'));
    write(element, '');
    await shows(element, () => client.asked.includes('composing 1002 idle'));
    expect(client.asked.filter((each) => each.startsWith('composing'))).to.have.length(2);
  });

  it('begins a message to somebody who is found by name, and keeps a draft that its list shows', async () => {
    const staged = new StagedClient({historyStorage: 'local'});
    localStorage.clear();
    staged.directoryService = {
      search: async () => [
        {number: '1003', name: 'Anna Novak', type: 1, state: 'online', group: '', raw: {}},
      ],
    } as unknown as NonNullable<StagedClient['directoryService']>;
    await staged.connect();
    await staged.register();
    client = staged;
    const element = await show('');
    await press(element, 'compose');
    await shows(element, () => part(element, 'members-field')?.matches(':focus') ?? false);
    await isAccessible(element);
    await sendKeys({type: 'anna'});
    await shows(element, () => deep(element, 'option').length === 1);
    await sendKeys({press: 'Enter'});
    await shows(element, () => part(element, 'field')?.matches(':focus') ?? false);
    expect(element.with).to.equal('1003');
    await sendKeys({type: 'half a'});
    await press(element, 'back');
    await shows(element, () => part(element, 'conversation') !== null);
    await shows(element, () => part(element, 'conversation')!.innerText.includes('Anna Novak'));
    expect(part(element, 'conversation')!.innerText).to.contain('Draft').and.contain('half a');
    element.remove();
    const again = await show('1003');
    await shows(again, () => (part(again, 'field') as HTMLTextAreaElement).value === 'half a');
    await press(again, 'send');
    await shows(again, () => client.asked.includes('message 1003 half a'));
    expect(Object.keys(localStorage).filter((key) => key.includes('drafts'))).to.deep.equal([]);
  });

  it('keeps the drafts of a page whose storage is full', async () => {
    localStorage.clear();
    const element = await make('1002', {historyStorage: 'local', user: 'full'});
    let filling = 'x'.repeat(2 ** 20);
    while (filling) {
      try {
        localStorage.setItem('filling', (localStorage.getItem('filling') ?? '') + filling);
      } catch {
        filling = filling.slice(1, Math.ceil(filling.length / 2));
      }
    }
    write(element, 'first');
    element.with = '1003';
    await shows(element, () => (part(element, 'field') as HTMLTextAreaElement).value === '');
    write(element, 'second');
    element.with = '1002';
    await shows(element, () => (part(element, 'field') as HTMLTextAreaElement).value === 'first');
    localStorage.removeItem('filling');
    write(element, 'third');
    expect(Object.entries(localStorage).find(([key]) => key.includes('drafts'))?.[1])
      .to.contain('third')
      .and.contain('second');
    localStorage.clear();
  });

  it('cancels a new message by Escape, and writes to one person at a time', async () => {
    const element = await make('');
    await press(element, 'compose');
    await shows(element, () => part(element, 'members-field')?.matches(':focus') ?? false);
    await sendKeys({type: '1003;1004'});
    await sendKeys({press: 'Enter'});
    await shows(element, () => part(element, 'notice') !== null);
    expect(element.with).to.equal('');
    await sendKeys({press: 'Escape'});
    await shows(element, () => part(element, 'members-field') === null);
    await shows(element, () => part(element, 'compose')!.matches(':focus'));
  });

  it('finds conversations by name or number and messages by their words, and goes to what was found', async () => {
    const element = await make('');
    const day = Date.now() - 86_400_000;
    await client.messages.add([
      ...Array.from({length: 300}, (_, index) => ({
        number: '1002',
        direction: 'incoming' as const,
        text: index === 7 ? 'The Valve at gate 4' : `message ${index}`,
        time: day + index,
      })),
      {number: '1005', direction: 'outgoing', text: 'nothing new', time: day},
    ]);
    await shows(element, () => deep(element, '[part=conversation]').length === 2);
    await isAccessible(element);
    part(element, 'search')!.focus();
    const rows = (): string[] =>
      deep(element, '[part=conversation]').map(({innerText}) => innerText.replace(/\s+/g, ' ').trim());
    await sendKeys({type: '1005'});
    await shows(element, () => rows().length === 1 && rows()[0]!.includes('nothing new'));
    await sendKeys({press: 'Escape'});
    await shows(element, () => rows().length === 2);
    await sendKeys({type: 'valve'});
    await shows(element, () => rows().length === 1 && rows()[0]!.includes('The Valve at gate 4'));
    expect(deep(element, 'mark').map(({innerText}) => innerText)).to.deep.equal(['Valve']);
    await shows(element, () => said(element, '[role=status]').includes('1 result'));
    await isAccessible(element);
    part(element, 'conversation')!.click();
    await shows(element, () => deep(element, '.found').length === 1);
    const box = log(element).getBoundingClientRect();
    await shows(element, () => {
      const {top, bottom} = deep(element, '.found')[0]!.getBoundingClientRect();
      return top >= box.top && bottom <= box.bottom;
    });
    expect(deep(element, '.found')[0]!.innerText).to.contain('The Valve');
    await press(element, 'back');
    await shows(element, () => part(element, 'search') !== null);
    part(element, 'search')!.focus();
    await sendKeys({type: 'no such word'});
    await shows(element, () => textOf(element).includes('No results'));
    await isAccessible(element);
  });

  describe('a conversation with a group', () => {
    const GROUPS = [group('8200', '巡逻队 Patrol'), group('8210', 'North', '8200')];
    const PEOPLE = [
      person('1001', 'Me', '8200'),
      person('1010', '杨帆', '8200'),
      person('1011', '赵敏', '8210'),
      person('1012', '<b>Twelve</b>', '8210'),
      person('1020', 'Camera', '8210', {type: 7}),
    ];
    const begin = async (
      number: string,
      options: Partial<SipClientOptions> = {},
    ): Promise<SipMessagesElement> => {
      const staged = new StagedClient({historyStorage: 'memory', ...options});
      staged.directoryService = new StagedPeople(GROUPS, PEOPLE);
      await staged.connect();
      await staged.register();
      client = staged;
      return show(number);
    };
    const summary = (element: Element): string => part(element, 'recipients')?.innerText.trim() ?? '';
    const recipients = (element: Element): string[] =>
      deep(element, '.recipient').map(({innerText}) => innerText.replace(/\s+/g, ' ').trim());
    const send = async (element: Element, text: string): Promise<void> => {
      write(element, text);
      await press(element, 'send');
    };
    const sent = (): string[] => client.asked.filter((each) => each.startsWith('message '));

    it('is found by pinyin before there is one, and says who gets what is written', async () => {
      const element = await begin('');
      await shows(element, () => part(element, 'search') !== null);
      await isAccessible(element);
      part(element, 'search')!.focus();
      await sendKeys({type: 'xunluo'});
      await shows(element, () => said(element, '[part=conversation]').includes('巡逻队 Patrol'));
      await shows(element, () => said(element, '[role=status]').includes('1 result'));
      await isAccessible(element);
      part(element, 'conversation')!.click();
      await shows(element, () => textOf(element).includes('Each of the 3 members'));
      expect(element.with).to.equal('group:8200');
      expect(part(element, 'call')).to.equal(null);
      expect(part(element, 'attach')).not.to.equal(null);
      expect(textOf(element)).to.include('巡逻队 Patrol 8200');
      await isAccessible(element);
    });

    it('is chosen as a recipient', async () => {
      const element = await begin('');
      await press(element, 'compose');
      await shows(element, () => part(element, 'members-field')?.matches(':focus') ?? false);
      await sendKeys({type: 'patrol'});
      await shows(element, () => deep(element, 'option').length === 1);
      await sendKeys({press: 'Enter'});
      await shows(element, () => element.with === 'group:8200');
    });

    it('shows a text once, with what became of it for each, and sends it again to one alone', async () => {
      const element = await begin('group:8200');
      client.delivers = true;
      client.failure = new SipError('number-offline', {subject: '1010'});
      await send(element, 'Gate 4 is <b>closed</b>');
      await shows(element, () => summary(element) === '2 of 3 delivered · 1 not sent');
      expect(bubbles(element)).to.deep.equal(['Gate 4 is <b>closed</b>']);
      expect(sent()).to.have.members(
        ['1010', '1011', '1012'].map((number) => `message ${number} Gate 4 is <b>closed</b>`),
      );
      await isAccessible(element);
      expect(recipients(element)).to.deep.equal([]);
      await press(element, 'recipients');
      await shows(element, () => recipients(element).length === 3);
      expect(recipients(element)).to.deep.equal([
        '杨帆 Not sent',
        '赵敏 Delivered',
        '<b>Twelve</b> Delivered',
      ]);
      // The log has room for the list.
      await shows(element, () => atEnd(element));
      await isAccessible(element);
      await press(element, 'retry');
      await shows(element, () => summary(element) === '3 of 3 delivered');
      expect(sent().filter((each) => each.includes(' 1010 '))).to.have.length(2);
      expect(sent()).to.have.length(4);
      // It is in the list once, and found once.
      await press(element, 'back');
      await shows(element, () => deep(element, '[part=conversation]').length === 4);
      part(element, 'search')!.focus();
      await sendKeys({type: 'gate 4'});
      await shows(element, () => deep(element, 'mark').length === 1);
    });

    it('leads to a reply and back', async () => {
      const element = await begin('group:8200');
      await send(element, 'Report');
      await shows(element, () => summary(element) === '3 of 3 sent');
      await press(element, 'recipients');
      client.receive('North is quiet', {from: '1011'});
      const reply = (): HTMLElement => deep(element, '.recipient[data-number="1011"]')[0]!;
      await shows(element, () => /1 unread message/.test(reply()?.textContent ?? ''));
      await isAccessible(element);
      reply().querySelector('button')!.click();
      await shows(element, () => bubbles(element).join() === 'Report,North is quiet');
      expect(element.with).to.equal('1011');
      await shows(element, () => part(element, 'group')?.innerText === 'To the group 巡逻队 Patrol');
      await isAccessible(element);
      await press(element, 'group');
      await shows(element, () => element.with === 'group:8200' && bubbles(element).join() === 'Report');
    });

    it('keeps what cannot be sent, and says why there is no such group', async () => {
      const element = await begin('group:9999');
      await shows(element, () => textOf(element).includes('9999'));
      await shows(element, () => part(element, 'notice') !== null);
      await send(element, 'Anybody?');
      await shows(element, () => (part(element, 'field') as HTMLTextAreaElement).value === 'Anybody?');
      expect(sent()).to.deep.equal([]);
      await isAccessible(element);
    });

    it('is there after a reload, and erased with all others', async () => {
      const user = `group-${Date.now()}`;
      const first = await begin('group:8200', {historyStorage: 'local', user});
      client.delivers = true;
      client.failure = new SipError('number-offline', {subject: '1010'});
      await send(first, 'Report');
      await shows(first, () => summary(first) === '3 of 4 delivered · 1 not sent');
      await client.disconnect();
      first.closest('sip-client')!.remove();
      const again = await begin('group:8200', {historyStorage: 'local', user});
      await shows(again, () => summary(again) === '3 of 4 delivered · 1 not sent');
      expect(bubbles(again)).to.deep.equal(['Report']);
      await client.messages.clear();
      await shows(again, () => bubbles(again).length === 0);
      expect(client.messages.state.conversations).to.deep.equal([]);
    });
  });

  it('calls the other side from its bar, if the server can and the client is registered', async () => {
    const element = await make();
    await press(element, 'call');
    await shows(element, () => client.state.calls.length === 1);
    expect(client.asked).to.include('call 1002 audio');
    await client.state.calls[0]!.hangup();
    await press(element, 'video-call');
    await shows(element, () => client.asked.includes('call 1002 video'));
    client.host.setRegistration('unregistered');
    await shows(element, () => part(element, 'call')!.getAttribute('aria-disabled') === 'true');
    expect(part(element, 'call')!.title).to.contain('register');
  });

  it('removes what was not sent', async () => {
    const element = await make();
    client.failure = new SipError('declined');
    write(element, 'hello');
    await press(element, 'send');
    await press(element, 'remove');
    await shows(element, () => textOf(element).includes('No messages yet'));
  });

  it('keeps what is written while nothing can be sent, and says why', async () => {
    const element = await make();
    client.host.setRegistration('unregistered');
    const field = write(element, 'draft');
    await shows(element, () => part(element, 'send')!.getAttribute('aria-disabled') === 'true');
    key(field, {});
    expect(field.value).to.equal('draft');
    expect(part(element, 'send')!.title).to.contain('register');
  });

  it('leaves in its field what cannot be sent, unless something else was written meanwhile', async () => {
    const element = await make();
    const long = 'x'.repeat(40_000);
    const field = write(element, long);
    key(field, {});
    await shows(element, () => part(element, 'notice') !== null);
    expect(messages(element)).to.have.length(0);
    expect(field.value === long, 'what was written').to.equal(true);
    key(field, {});
    write(element, 'short');
    await shows(element, () => part(element, 'notice') !== null);
    expect(field.value).to.equal('short');
    key(field, {});
    await shows(element, () => textOf(element).includes('Sent'));
    expect(field.value).to.equal('');
  });

  it('keeps what failed in its bubble, and not in the field as well', async () => {
    const element = await make();
    client.failure = new SipError('message-too-long', {subject: '1002'});
    const field = write(element, 'hello');
    key(field, {});
    await shows(element, () => part(element, 'retry') !== null);
    expect(bubbles(element)).to.deep.equal(['hello']);
    expect(field.value).to.equal('');
  });

  it('keeps what failed in its bubble alone, too, if it was sent before its conversation was there', async () => {
    const element = await make('', {historyStorage: 'local'});
    client.failure = new SipError('message-too-long', {subject: '1077'});
    element.with = '1077';
    while (!part(element, 'field')) await new Promise((resolve) => setTimeout(resolve));
    const field = write(element, 'hello');
    key(field, {});
    await shows(element, () => part(element, 'retry') !== null);
    expect(bubbles(element)).to.deep.equal(['hello']);
    expect(field.value).to.equal('');
    expect(part(element, 'error')).to.equal(null);
  });

  it('makes links of web addresses, and nothing of anything else that a stranger writes', async () => {
    const element = await make();
    const hostile = [
      '<script>window.hacked = true</script>',
      '<img src=x onerror="window.hacked = true">',
      '<a href="javascript:window.hacked = true">x</a>',
      'javascript:alert(1) data:text/html,x //evil.example',
      'https://bank.example@evil.example/',
      '${window.hacked = true} {{x}} &lt;b&gt;',
    ];
    hostile.forEach((text) => client.receive(text));
    client.receive('<b>x</b>', {contentType: 'text/html'});
    client.receive('see https://a.example/x?y=(1)#z, then.');
    await shows(element, () => messages(element).length === 8);
    expect(bubbles(element).slice(0, 6)).to.deep.equal(hostile);
    expect(bubbles(element)[6]).to.contain('text/html').and.to.contain('<b>x</b>');
    const foreign = deep(element, '.bubble :not(p, a, button)');
    expect(foreign.map(({localName}) => localName)).to.deep.equal([]);
    const links = deep<HTMLAnchorElement>(element, '.bubble a');
    expect(links.map(({href, rel, target}) => [href, rel, target])).to.deep.equal([
      ['https://a.example/x?y=(1)#z', 'noopener noreferrer nofollow', '_blank'],
    ]);
    expect(window).not.to.have.property('hacked');
    await isAccessible(element);
  });

  it('shows a file as a link with its size, and a picture from the server of its own uploads alone', async () => {
    const own = `${location.origin}/docs/page.png`;
    const element = await make('1002', {uploadUrl: '/nowhere'});
    client.receive(`cat.png (12 kB)\n${own}`);
    client.receive('cat.png (12 kB)\nhttps://tracker.example/cat.png');
    // What it is called counts, not what it is.
    client.receive(`plan.pdf (1.5 MB)\n${own}?plan`);
    client.receive(`gone.png (1 kB)\n${location.origin}/gone.png`);
    const pictures = (): HTMLImageElement[] => deep<HTMLImageElement>(element, 'img');
    // A picture that is not there gives way to the sign of a file.
    await shows(
      element,
      () => messages(element).length === 4 && pictures().length === 1 && pictures()[0]!.naturalWidth > 1,
    );
    expect(pictures().map(({src, referrerPolicy}) => [src, referrerPolicy])).to.deep.equal([
      [own, 'no-referrer'],
    ]);
    expect(performance.getEntriesByName('https://tracker.example/cat.png'), 'was fetched').to.deep.equal([]);
    expect(textOf(element)).to.contain('plan.pdf').and.to.contain('1.5 MB');
    await isAccessible(element);
  });

  it('uploads what is chosen and sends where it is', async () => {
    const element = await make('1002', {uploadUrl: '/nowhere'});
    client.upload = async () => ({ok: true, status: 200, response: 'https://files.example/1'});
    choose(element, new File(['abc'], '图.txt'));
    await shows(element, () => client.asked.includes('message 1002 图.txt (3 B)\nhttps://files.example/1'));
    await shows(
      element,
      () => (part(element, 'file') as HTMLAnchorElement).href === 'https://files.example/1',
    );
  });

  it('names the file that could not be uploaded, not whom it was for', async () => {
    const element = await make('1002', {uploadUrl: '/nowhere'});
    client.upload = async (file) => {
      throw new SipError('file-too-large', {subject: (file as File).name});
    };
    choose(element, new File(['abc'], 'plan.pdf'));
    await shows(element, () => part(element, 'retry') !== null);
    expect(textOf(element)).to.contain('“plan.pdf” is larger than the server allows.');
  });

  it('shows how far a file is, and takes it out at the press of a button', async () => {
    const element = await make('1002', {uploadUrl: '/nowhere'});
    let upload!: UploadOptions;
    client.upload = async (_, options) => {
      upload = options!;
      return new Promise((_, reject) =>
        upload.signal!.addEventListener('abort', () => reject(new SipError('aborted'))),
      );
    };
    const file = new File(['x'.repeat(2_000_000)], 'plan.pdf');
    choose(element, file);
    const bar = (): HTMLProgressElement => part(element, 'progress') as HTMLProgressElement;
    await shows(element, () => upload && bar()?.value === 0);
    upload.onProgress!({file, loaded: 500_000, total: 2_000_000, speed: 1, remaining: 1});
    await shows(element, () => bar().value === 500_000 && bar().max === 2_000_000);
    expect(said(element, '.bubble')).to.contain('500 kB of 2 MB');
    await isAccessible(element);
    expect(part(element, 'cancel')!.getAttribute('aria-label')).to.equal('Cancel upload of plan.pdf');
    await press(element, 'cancel');
    await shows(element, () => !messages(element).length);
    expect(upload.signal!.aborted).to.equal(true);
    expect(part(element, 'notice')).to.equal(null);
  });

  it('draws some of ten thousand messages, wherever it is scrolled to, and all of them are text', async () => {
    const element = await make();
    const text = (index: number): string =>
      index % 7
        ? `${index} ${'word '.repeat(index % 23)}`.trim()
        : `${index} <img src=x onerror="window.hacked = ${index}"><script>window.hacked = 1</script>`;
    const now = Date.now();
    await client.messages.add(
      Array.from({length: 10_000}, (_, index) => ({
        number: '1002',
        direction: index % 3 ? ('incoming' as const) : ('outgoing' as const),
        text: text(index),
        time: now - (10_000 - index) * 60_000,
      })),
    );
    await shows(element, () => bubbles(element).at(-1) === text(9_999) && atEnd(element));
    const box = log(element);
    const most = {drawn: 0, elements: 0};
    const seen = new Set<string>();
    for (const place of [...Array.from({length: 60}, (_, index) => 1 - index / 60), 0]) {
      box.scrollTop = (box.scrollHeight - box.clientHeight) * place;
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      await element.updateComplete;
      most.drawn = Math.max(most.drawn, messages(element).length);
      most.elements = Math.max(most.elements, deep(element, '*').length);
      expect(deep(element, '.bubble :not(p, a)'), 'markup').to.deep.equal([]);
      bubbles(element).forEach((shown) => seen.add(shown));
    }
    await shows(element, () => bubbles(element)[0] === text(0));
    for (const shown of seen) expect(shown).to.equal(text(parseInt(shown, 10)));
    expect(most.drawn).to.be.within(4, 60);
    expect(most.elements).to.be.below(900);
    expect(window).not.to.have.property('hacked');
  });

  it('stays where somebody reads while others write, and leads to what is new', async () => {
    const element = await make();
    for (let index = 0; index < 80; index += 1) client.receive(`message ${index}`);
    await shows(element, () => bubbles(element).at(-1) === 'message 79' && atEnd(element));
    await shows(element, () => client.messages.state.unread === 0);
    const box = log(element);
    box.scrollTop = 600;
    await shows(element, () => part(element, 'newest') !== null && messages(element)[0] !== undefined);
    const read = (): string | undefined => {
      const {top} = box.getBoundingClientRect();
      return messages(element).find((message) => message.getBoundingClientRect().top >= top)?.innerText;
    };
    await shows(element, () => read() !== undefined);
    const before = read();
    client.receive('later');
    client.receive('latest');
    await shows(element, () => said(element, '[part=newest]').includes('2 new messages'));
    expect(read()).to.equal(before);
    expect(client.messages.state.unread).to.equal(2);
    await isAccessible(element);
    await press(element, 'newest');
    await shows(
      element,
      () => bubbles(element).at(-1) === 'latest' && atEnd(element) && !part(element, 'newest'),
    );
    await shows(element, () => client.messages.state.unread === 0);
  });

  it('loads what is older as it is scrolled to, and keeps its place', async () => {
    const element = await make('1002', {historyStorage: 'local', user: `m${crypto.randomUUID()}`});
    const now = Date.now();
    await client.messages.add(
      Array.from({length: 700}, (_, index) => ({
        number: '1002',
        direction: 'incoming' as const,
        text: `message ${index}`,
        time: now - (700 - index) * 1000,
      })),
    );
    const other = new StagedClient(client.options as never);
    element.closest('sip-client')!.client = other;
    await shows(element, () => bubbles(element).at(-1) === 'message 699' && atEnd(element));
    const box = log(element);
    await shows(element, () => {
      box.scrollTop = 0;
      return bubbles(element)[0] === 'message 0';
    });
    expect((await other.messages.open('1002')).state.messages).to.have.length(700);
  });

  it('shows a part of what is very long, and all of it where it is wanted', async () => {
    const element = await make();
    client.receive('long '.repeat(4_000));
    await shows(element, () => messages(element).length === 1);
    expect(bubbles(element)[0]!.length).to.be.below(4_000);
    deep(element, '.bubble button')[0]!.click();
    await shows(element, () => bubbles(element)[0]!.length > 19_000);
  });

  it('removes everything after a question, or by clear()', async () => {
    const element = await make();
    client.receive('one');
    await press(element, 'clear');
    await shows(element, () => textOf(element).includes('Delete all messages with 1002'));
    await isAccessible(element);
    await press(element, 'clear-all');
    await shows(element, () => textOf(element).includes('No messages yet'));
    client.receive('two');
    await shows(element, () => messages(element).length === 1);
    await element.clear();
    await shows(element, () => messages(element).length === 0);
  });

  it('lists all conversations where it has no number, and opens one', async () => {
    const element = await make('');
    await shows(element, () => textOf(element).includes('No conversations yet'));
    client.receive('hi', {name: '李雷'});
    client.receive('hello', {from: '1003'});
    await shows(element, () => deep(element, '[part=conversation]').length === 2);
    expect(textOf(element)).to.contain('1003').and.to.contain('1 unread message');
    await isAccessible(element);
    await press(element, 'conversation');
    await shows(element, () => element.with === '1003' && bubbles(element)[0] === 'hello');
    await shows(element, () => client.messages.state.unread === 1);
    await press(element, 'back');
    await shows(element, () => !!part(element, 'conversation'));
  });

  it('keeps drafts and what is shown in full while all conversations are listed', async () => {
    const element = await make();
    client.receive('long '.repeat(4_000));
    await shows(element, () => messages(element).length === 1);
    deep(element, '.bubble button')[0]!.click();
    write(element, 'draft');
    await press(element, 'back');
    await press(element, 'conversation');
    await shows(element, () => bubbles(element)[0]?.length === 19_999);
    expect((part(element, 'field') as HTMLTextAreaElement).value).to.equal('draft');
  });

  it('leads keyboard users to the panel if the button that they have pressed is gone, and to its field by focus()', async () => {
    const element = await make();
    const focused = (): Element | null => {
      let {activeElement} = document;
      while (activeElement?.shadowRoot?.activeElement) ({activeElement} = activeElement.shadowRoot);
      return activeElement;
    };
    client.failure = new SipError('declined');
    write(element, 'hello');
    await press(element, 'send');
    await shows(element, () => part(element, 'retry') !== null);
    part(element, 'retry')!.focus();
    await press(element, 'retry');
    await shows(element, () => focused() === part(element, 'panel'));
    part(element, 'back')!.focus();
    await press(element, 'back');
    await shows(element, () => !part(element, 'back') && focused() === part(element, 'panel'));
    part(element, 'conversation')!.focus();
    await press(element, 'conversation');
    await shows(element, () => !part(element, 'conversation') && focused() === part(element, 'panel'));
    element.focus();
    expect(focused()).to.equal(part(element, 'field'));
  });

  it('lets a page style each of its parts', async () => {
    client = new StagedClient({historyStorage: 'memory', uploadUrl: '/nowhere'});
    client.directoryService = new StagedPeople([group('8200', 'Patrol')], [person('1002', '李雷', '8200')]);
    await client.connect();
    await client.register();
    const element = await show('1002');
    const unseen = new UnseenParts(element);
    client.people = () => ({href: '/crm/1002'});
    await unseen.look('person');
    // Once a message counts as read, the element knows that it is in view; a reply ends what was unread until then.
    client.receive('first');
    await shows(element, () => messages(element).length === 1 && client.messages.state.unread === 0);
    write(element, 'reply');
    await press(element, 'send');
    for (let index = 0; index < 40; index += 1) client.receive(`message ${index}`);
    await shows(element, () => bubbles(element).at(-1) === 'message 39' && atEnd(element));
    await unseen.look('panel', 'back', 'clear', 'log', 'message', 'field', 'attach', 'send');
    log(element).scrollTop = 0;
    await unseen.look('day', 'newest');
    client.host.composingReceived({from: '1002', active: true});
    await unseen.look('composing');
    client.receive('https://a.example');
    client.receive(`cat.png (12 kB)\n${location.origin}/docs/page.png`);
    await shows(element, () => said(element, '[part=newest]').includes('2'));
    await press(element, 'newest');
    await unseen.look('unread', 'link', 'file', 'preview');
    client.refusal = new SipError('declined');
    write(element, 'hello');
    await press(element, 'send');
    await unseen.look('state', 'retry', 'remove');
    client.refusal = undefined;
    client.upload = () => new Promise(() => {});
    choose(element, new File(['abc'], 'plan.pdf'));
    await unseen.look('progress', 'cancel');
    await press(element, 'clear');
    await unseen.look('clear-all', 'notice');
    element.with = 'group:8200';
    await unseen.look('group-hint');
    write(element, 'to all');
    await press(element, 'send');
    await unseen.look('recipients');
    await press(element, 'recipients');
    await unseen.look('recipient');
    part(element, 'recipient')!.click();
    await unseen.look('group');
    await press(element, 'back');
    await unseen.look('conversation', 'search', 'compose');
    await press(element, 'compose');
    await unseen.look('cancel-compose', 'members-field');
    expect(unseen.names).to.deep.equal([]);
  });

  it('is Chinese where the page is', async () => {
    const element = await make();
    element.lang = 'zh-CN';
    client.receive('hi');
    await shows(element, () => part(element, 'send')?.getAttribute('aria-label') === '发送');
    await shows(element, () => textOf(element).includes('今天'));
    await isAccessible(element);
  });
});

describe('links in a text', () => {
  const links = (text: string): string[] => piecesOf(text).flatMap(({href}) => href ?? []);

  for (const [text, ...found] of [
    ['https://a.example.', 'https://a.example/'],
    ['(https://a.example/b)', 'https://a.example/b'],
    ['https://a.example/b_(c)', 'https://a.example/b_(c)'],
    ['见https://a.example/b。谢谢', 'https://a.example/b'],
    ['见 https://a.example/b，然后', 'https://a.example/b'],
    ['HTTP://A.example/X http://b.example', 'http://a.example/X', 'http://b.example/'],
    ['https://a.example/\u202egpj.exe', 'https://a.example/'],
    ['https://a.example/\u061cgpj.exe', 'https://a.example/'],
    ['https://user:pass@a.example'],
    ['https:// ftp://a.example javascript:alert(1) www.a.example'],
    ['"https://a.example/b"', 'https://a.example/b'],
  ] as const)
    it(`are found in ${JSON.stringify(text)}`, () => expect(links(text)).to.deep.equal(found));

  it('leave the text as it is', () => {
    for (const text of ['', 'a https://a.example b', 'https://a.example', '<b>', 'x'.repeat(10)])
      expect(
        piecesOf(text)
          .map((piece) => piece.text)
          .join(''),
      ).to.equal(text);
  });

  it('are looked for without getting lost', () => {
    for (const text of [
      'https://'.repeat(20_000),
      `https://a.example/${')'.repeat(50_000)}`,
      '('.repeat(50_000),
    ])
      expect(
        piecesOf(text)
          .map((piece) => piece.text)
          .join(''),
      ).to.equal(text);
  });
});
