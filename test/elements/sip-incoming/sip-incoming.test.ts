import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {SipIncomingElement} from '../../../src/elements/sip-incoming/sip-incoming.js';
import {SipError} from '../../../src/errors.js';
import {deep, isAccessible, next, part, press, shows, textOf} from '../../support/in-page/elements.js';
import {until} from '../../support/in-page/facts.js';
import {StagedClient} from '../../support/staged/staged-client.js';

describe('<sip-incoming>', () => {
  let client: StagedClient;
  let element: SipIncomingElement;

  beforeEach(async () => {
    client = await StagedClient.ready();
    const root = await fixture(
      html`<div>
        <input aria-label="A field of the page" />
        <sip-client .client=${client}><sip-incoming></sip-incoming></sip-client>
      </div>`,
    );
    element = root.querySelector('sip-incoming')!;
  });

  const cards = (): number => element.shadowRoot!.querySelectorAll('[part=call]').length;

  it('shows nothing while nothing rings', async () => {
    await element.updateComplete;
    expect(element.offsetHeight).to.equal(0);
    expect(textOf(element, '.calls').trim()).to.equal('');
  });

  it('shows nothing, and throws nothing, without a client', async () => {
    const alone = await fixture<SipIncomingElement>(html`<sip-incoming></sip-incoming>`);
    expect(alone.offsetHeight).to.equal(0);
    expect(alone.calls).to.deep.equal([]);
  });

  it('shows who calls, and says so once to a screen reader', async () => {
    client.ring('video');
    await shows(element, () => cards() === 1);
    expect(textOf(element, '[part=call]'))
      .to.contain('李雷')
      .and.contain('1002')
      .and.contain('Incoming video call');
    const alert = element.shadowRoot!.querySelector('[role=alert]')!;
    expect(alert.textContent).to.equal('Incoming video call: 李雷');
    await isAccessible(element);
  });

  it('answers with sound, and so does a call without a picture', async () => {
    for (const media of ['video', 'audio'] as const) {
      const {dialog, call} = client.ring(media);
      await shows(element, () => cards() === 1);
      await press(element, 'answer-audio');
      await shows(element, () => cards() === 0);
      expect(dialog.commands).to.deep.equal(['accept audio']);
      expect(call.state.phase).to.equal('answered');
    }
  });

  it('answers with a picture', async () => {
    const {dialog} = client.ring('video');
    await press(element, 'answer-video');
    await shows(element, () => cards() === 0);
    expect(dialog.commands).to.deep.equal(['accept video']);
  });

  it('shows an SOS call by a red header, with its answer first and declining apart', async () => {
    client.ring('audio', undefined, 'sos');
    await shows(element, () => cards() === 1);
    const sign = part(element, 'urgent')!;
    expect(sign.innerText).to.equal('SOS call');
    expect(getComputedStyle(sign).backgroundColor).to.equal('rgb(198, 42, 42)');
    const [answer, decline] = ['answer-audio', 'decline'].map((name) =>
      part(element, name)!.getBoundingClientRect(),
    );
    expect(answer!.right).to.be.lessThan(decline!.left);
    expect(answer!.width).to.be.greaterThan(2 * decline!.width);
    await isAccessible(element);
  });

  it('says that an answer holds the other call', async () => {
    const {dialog} = client.dial();
    dialog.confirm();
    const {call} = client.ring('audio');
    await shows(element, () => cards() === 1);
    const answer = part(element, 'answer-audio')!;
    expect(answer.ariaLabel).to.equal('Hold and answer');
    element.style.inlineSize = '18rem';
    expect(answer.scrollWidth).to.equal(answer.clientWidth);
    await press(element, 'answer-audio');
    await shows(element, () => call.state.phase === 'answered');
    expect(dialog.state.held).to.equal(true);
  });

  for (const media of ['audio', 'video'] as const) {
    it(`answers a call with ${media} and shares the screen where that is offered`, async () => {
      const {dialog, call} = client.ring(media);
      await shows(element, () => cards() === 1);
      expect(part(element, 'answer-screen')).to.equal(null);
      element.screen = true;
      await shows(element, () => part(element, 'answer-screen') !== null);
      expect(part(element, 'answer-screen')!.ariaLabel).to.equal('Answer and share screen');
      await isAccessible(element);
      dialog.failure = new SipError('screen-cancelled');
      const error = next(element, 'sip-error');
      await press(element, 'answer-screen');
      expect((await error).detail.error.code).to.equal('screen-cancelled');
      await shows(element, () => textOf(element, '[part=call]').includes('No screen was chosen'));
      expect(call.state.phase).to.equal('ringing');
      await press(element, 'answer-screen');
      await shows(element, () => cards() === 0);
      expect(dialog.commands).to.deep.equal(Array(2).fill('accept audio screen'));
    });
  }

  it('shows no screen to whom wants to see the camera, nor to an intercom', async () => {
    element.screen = true;
    client.look();
    client.interphone({direction: 'incoming'});
    await shows(element, () => cards() === 2);
    expect(part(element, 'answer-screen')).to.equal(null);
  });

  for (const [button, phase] of [
    ['answer-audio', 'answered'],
    ['decline', 'released'],
  ] as const) {
    it(`hands the focus of ${button} on to the <sip-call> that shows the call`, async () => {
      const stage = document.createElement('sip-call');
      element.after(stage);
      const {call} = client.ring();
      await shows(element, () => cards() === 1);
      part(element, button)!.focus();
      await sendKeys({press: 'Enter'});
      await shows(stage, () => call.state.phase === phase && document.activeElement === stage);
      expect(stage.shadowRoot!.activeElement).to.equal(part(stage, 'stage'));
    });
  }

  describe('beside a <sip-call>', () => {
    let stage: HTMLElementTagNameMap['sip-call'];
    /** How many buttons answer with sound: of this element, and of the others. */
    const buttons = (...others: readonly Element[]): number[] =>
      [[element], others].map((each) => each.flatMap((one) => deep(one, '[part~=answer-audio]')).length);

    beforeEach(() => {
      stage = document.createElement('sip-call');
      element.after(stage);
    });

    it('has the only buttons that answer a call', async () => {
      const {call, dialog} = client.ring('video');
      await shows(stage, () => stage.call === call && cards() === 1 && buttons(stage)[1] === 0);
      expect(buttons(stage)).to.deep.equal([1, 0]);
      await isAccessible(stage);
      await press(element, 'answer-audio');
      await shows(stage, () => part(stage, 'controls') !== null);
      expect(dialog.commands).to.deep.equal(['accept audio']);
    });

    for (const [state, hide] of [
      ['hidden', () => (element.hidden = true)],
      ['invisible', () => (element.style.visibility = 'hidden')],
      ['in a closed <details>', () => enclose('details')],
      ['in a closed <dialog>', () => enclose('dialog')],
      ['scrolled away', () => (element.style.marginBlockStart = '-2000px')],
      ['inert', () => (element.inert = true)],
      ['behind a modal dialog', () => modal().append(stage)],
      ['removed', () => element.remove()],
    ] as const)
      it(`leaves the buttons to it while this element is ${state}`, async () => {
        hide();
        client.ring();
        await shows(stage, () => buttons(stage)[1] === 1);
      });

    it('leaves the buttons to it once a modal dialog has opened, and takes them back', async () => {
      client.ring();
      await shows(stage, () => cards() === 1 && buttons(stage)[1] === 0);
      const dialog = modal();
      dialog.append(stage);
      await shows(stage, () => buttons(stage)[1] === 1);
      dialog.close();
      element.after(stage);
      await shows(stage, () => buttons(stage)[1] === 0);
    });

    it('leaves the buttons to it when this element is hidden, and takes them back', async () => {
      client.ring();
      await shows(stage, () => cards() === 1 && buttons(stage)[1] === 0);
      element.style.display = 'none';
      await shows(stage, () => buttons(stage)[1] === 1);
      element.style.display = '';
      await shows(stage, () => buttons(stage)[1] === 0);
      expect(buttons()).to.deep.equal([1, 0]);
    });

    it('leaves the buttons to it for a call that the page names', async () => {
      stage.sid = client.ring().call.id;
      await shows(stage, () => cards() === 1 && buttons(stage)[1] === 1);
    });

    it('has the buttons of conferences and intercoms as well', async () => {
      const conference = document.createElement('sip-conference');
      const intercom = document.createElement('sip-intercom');
      stage.replaceWith(conference, intercom);
      client.confer({direction: 'incoming'});
      client.interphone({direction: 'incoming'});
      await shows(element, () => cards() === 2);
      await until(() => deep(conference, '.middle').length > 0 && deep(intercom, '.rings').length > 0);
      await until(() => buttons(conference, intercom)[1] === 0);
      expect(buttons()).to.deep.equal([2, 0]);
      element.remove();
      await until(() => buttons(conference, intercom)[1] === 2);
    });

    /** Puts the element into a closed one. */
    function modal(): HTMLDialogElement {
      const dialog = document.createElement('dialog');
      element.parentElement!.append(dialog);
      dialog.showModal();
      return dialog;
    }

    function enclose(tag: 'details' | 'dialog'): void {
      const outer = document.createElement(tag);
      element.before(outer);
      outer.append(element);
    }
  });

  it('has words on two buttons in a narrow place, and says the kind of call in full', async () => {
    element.style.inlineSize = '264px';
    client.ring('audio');
    await shows(element, () => cards() === 1);
    expect(part(element, 'decline')!.innerText.trim()).to.equal('Decline');
    const card = part(element, 'call')!;
    for (const inner of card.querySelectorAll<HTMLElement>('button, .quiet, .actions'))
      expect(inner.scrollWidth, inner.className).to.be.at.most(inner.clientWidth);
  });

  it('keeps four buttons in a narrow place, with the words of declining and of holding', async () => {
    element.screen = true;
    client.dial().dialog.confirm();
    client.ring('video');
    for (const width of ['264px', '306px']) {
      element.style.inlineSize = width;
      await shows(element, () => part(element, 'answer-screen') !== null);
      expect(part(element, 'decline')!.innerText.trim()).to.equal('Decline');
      expect(part(element, 'answer-video')!.innerText.trim()).to.equal('Hold and answer');
      for (const button of part(element, 'call')!.querySelectorAll<HTMLElement>('.actions button')) {
        const {right} = button.lastElementChild!.getBoundingClientRect();
        expect(button.getBoundingClientRect().right - right, width).to.be.at.least(right && 4);
      }
    }
  });

  it('offers to end the active call instead of holding it', async () => {
    const first = client.dial();
    first.dialog.confirm();
    const {call, dialog} = client.ring('video', {number: '1003', name: 'Anna'});
    await shows(element, () => part(element, 'answer-hangup') !== null);
    expect(part(element, 'answer-hangup')!.innerText.trim()).to.equal('End and answer');
    await isAccessible(element);
    await press(element, 'answer-hangup');
    await shows(element, () => cards() === 0);
    expect([dialog.commands, call.state.phase, first.call.state.phase]).to.deep.equal([
      ['accept video'],
      'answered',
      'released',
    ]);
    client.look();
    await shows(element, () => part(element, 'show-camera') !== null);
    expect(part(element, 'answer-hangup'), 'seeing the camera ends no call').to.equal(null);
  });

  for (const tag of ['sip-incoming', 'sip-calls'] as const)
    for (const type of ['single', 'sos'] as const)
      for (const dir of ['ltr', 'rtl'])
        it(`has the buttons of a call of type ${type} in full rows in a <${tag}>, at 298 and 390 px, ${dir}`, async () => {
          const list = document.createElement(tag);
          element.replaceWith(list);
          list.parentElement!.dir = dir;
          client.dial().dialog.confirm();
          for (const media of ['audio', 'video'] as const) {
            const {call} = client.ring(media, {number: '1003', name: 'Anna'}, type);
            for (const width of [298, 390]) {
              list.style.inlineSize = `${width}px`;
              await shows(list, () => part(list, 'answer-hangup') !== null);
              const buttons = [...list.shadowRoot!.querySelectorAll('.answers button')].map((each) =>
                each.getBoundingClientRect(),
              );
              const middle = ({top, height}: DOMRect): number => Math.round(top + height / 2);
              const rows = [...new Set(buttons.map(middle))].map((at) =>
                buttons.filter((box) => middle(box) === at),
              );
              const edges = rows.map((row) => [
                Math.round(Math.min(...row.map(({left}) => left))),
                Math.round(Math.max(...row.map(({right}) => right))),
              ]);
              expect(
                rows.map(({length}) => length),
                `${width} ${media}`,
              ).to.deep.equal([media === 'video' ? 3 : 2, 1]);
              expect(edges[0], `${width} ${media}`).to.deep.equal(edges[1]);
            }
            await call.decline();
            await shows(list, () => part(list, 'answer-hangup') === null);
          }
        });

  it('has buttons of a usual width in a wide place', async () => {
    element.style.inlineSize = '1400px';
    client.ring('audio');
    await shows(element, () => cards() === 1);
    expect(part(element, 'answer-audio')!.offsetWidth).to.be.at.most(240);
  });

  it('offers no picture where none is offered', async () => {
    client.ring('audio');
    await shows(element, () => cards() === 1);
    expect(part(element, 'answer-video')).to.equal(null);
    await isAccessible(element);
  });

  it('declines', async () => {
    const {dialog} = client.ring();
    await press(element, 'decline');
    await shows(element, () => cards() === 0);
    expect(dialog.commands).to.deep.equal(['reject 603']);
  });

  it('declines while the browser still asks for the microphone, and calls that no failure', async () => {
    const {dialog, call} = client.ring();
    let allow = (): void => {};
    dialog.question = new Promise((resolve) => (allow = resolve));
    const errors: Event[] = [];
    element.addEventListener('sip-error', (event) => errors.push(event));
    await press(element, 'answer-audio');
    await shows(element, () => part(element, 'answer-audio')!.getAttribute('aria-disabled') === 'true');
    await press(element, 'decline');
    await shows(element, () => cards() === 0);
    allow();
    await new Promise((resolve) => setTimeout(resolve));
    expect(dialog.commands).to.deep.equal(['accept audio', 'reject 603']);
    expect(call.state.cause).to.deep.include({by: 'local', code: 'declined'});
    expect(errors).to.deep.equal([]);
  });

  it('opens devices when a button is pressed, not when it is pointed at or focused', async () => {
    const {dialog} = client.ring('video');
    await shows(element, () => cards() === 1);
    const button = part(element, 'answer-video')!;
    button.dispatchEvent(new PointerEvent('pointerenter'));
    button.focus();
    expect(dialog.prepared).to.equal(undefined);
    button.dispatchEvent(new PointerEvent('pointerdown', {bubbles: true}));
    expect(dialog.prepared).to.deep.equal({audio: true, video: true});
  });

  it('shows several calls, each with its own buttons', async () => {
    const first = client.ring('audio', {number: '1002', name: ''});
    const second = client.ring('audio', {number: '1003', name: 'Anna Novak'});
    await shows(element, () => cards() === 2);
    await isAccessible(element);
    const decline = element.shadowRoot!.querySelectorAll<HTMLElement>('[part~=decline]');
    decline[1]!.click();
    await shows(element, () => cards() === 1);
    expect(second.call.state.phase).to.equal('released');
    expect(first.call.state.phase).to.equal('ringing');
  });

  it('leaves the focus to somebody who types', async () => {
    const field = document.querySelector<HTMLInputElement>('input[aria-label="A field of the page"]')!;
    field.focus();
    client.ring();
    await shows(element, () => cards() === 1);
    await sendKeys({type: 'a'});
    expect(document.activeElement).to.equal(field);
    expect(field.value).to.equal('a');
  });

  it('takes a call away when the caller gives up', async () => {
    const {dialog} = client.ring();
    await shows(element, () => cards() === 1);
    dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'cancelled'}});
    await shows(element, () => cards() === 0);
  });

  it('does not show what the page keeps quiet', async () => {
    const owner = element.closest('sip-client')!;
    owner.addEventListener('sip-call-received', (event) => event.preventDefault());
    const {call} = client.ring();
    await element.updateComplete;
    expect(call.state.quiet).to.equal(true);
    expect(cards()).to.equal(0);
  });

  it('shows why a call could not be answered, keeps its name, and answers it at the next press', async () => {
    const {call, dialog} = client.ring();
    dialog.failure = new SipError('microphone-refused');
    const error = next(element, 'sip-error');
    await press(element, 'answer-audio');
    expect((await error).detail.error.code).to.equal('microphone-refused');
    await shows(element, () => part(element, 'notice') !== null);
    expect(part(element, 'notice')!.innerText).to.contain('Microphone access is blocked');
    expect(textOf(element, '.name')).to.equal(call.remote.name);
    await isAccessible(element);
    await press(element, 'answer-audio');
    await shows(element, () => cards() === 0);
    expect(call.state.phase).to.equal('answered');
  });

  it('shows what a stranger sends as text', async () => {
    client.ring('audio', {number: '1002', name: '<img src=x onerror=alert(1)>'});
    await shows(element, () => cards() === 1);
    expect(element.shadowRoot!.querySelector('img')).to.equal(null);
    expect(textOf(element, '[part=call]')).to.contain('<img src=x');
  });

  it('tells a page’s styles that something rings', async () => {
    expect(element.matches(':state(ringing)')).to.equal(false);
    client.ring();
    await shows(element, () => element.matches(':state(ringing)'));
  });

  it('declines a request in Chinese as a request, not as a call', async () => {
    element.lang = 'zh-CN';
    const {call} = client.look();
    await shows(element, () => part(element, 'decline')?.innerText.trim() === '拒绝');
    expect(textOf(element, '[role=alert]')).to.equal('李雷：请求查看您的摄像头');
    call.decline().catch(() => {});
  });

  it('asks whether somebody may see the camera, and says so while they do, until it is stopped', async () => {
    const {call, dialog} = client.look();
    await shows(element, () => cards() === 1);
    expect(textOf(element, '[part=call]')).to.contain('李雷').and.contain('Wants to view your camera');
    expect(textOf(element, '[role=alert]')).to.equal('李雷: Wants to view your camera');
    expect(part(element, 'answer-audio')).to.equal(null);
    expect(element.matches(':state(watched)')).to.equal(false);
    await isAccessible(element);
    await press(element, 'show-camera');
    await shows(element, () => part(element, 'watcher') !== null);
    expect(cards()).to.equal(0);
    expect(element.matches(':state(watched)')).to.equal(true);
    expect(textOf(element, '[part=watcher]')).to.contain('李雷 is viewing your camera (1002)');
    expect(element.shadowRoot!.querySelector('[role=status]')!.textContent).to.contain(
      '李雷 is viewing your camera',
    );
    await isAccessible(element);
    await press(element, 'stop-watching');
    await shows(element, () => part(element, 'watcher') === null);
    expect(call.state.phase).to.equal('released');
    expect(dialog.commands).to.deep.equal(['accept video', 'hangup']);
    expect(element.offsetHeight).to.equal(0);
  });

  it('does not show the camera where that is declined', async () => {
    const {dialog} = client.look();
    await press(element, 'decline');
    await shows(element, () => cards() === 0);
    expect(dialog.commands.map((command) => command.split(' ')[0])).to.deep.equal(['reject']);
    expect(part(element, 'watcher')).to.equal(null);
  });
});

describe('<sip-incoming> and notifications', () => {
  let permission: NotificationPermission;
  let asked: boolean[];
  const request = Notification.requestPermission;
  const {get} = Object.getOwnPropertyDescriptor(Notification, 'permission')!;

  // What the browser's user says: a test has nobody to ask.
  beforeEach(() => {
    permission = 'default';
    asked = [];
    Object.defineProperty(Notification, 'permission', {configurable: true, get: () => permission});
    Notification.requestPermission = async () => {
      asked.push(navigator.userActivation.isActive);
      return Promise.resolve((permission = 'granted'));
    };
  });
  afterEach(() => {
    Object.defineProperty(Notification, 'permission', {configurable: true, get: get!});
    Notification.requestPermission = request;
  });

  it('has a button that asks, within a gesture, where the page wants it and nothing rings, until it is answered', async () => {
    const client = await StagedClient.ready();
    const root = await fixture(
      html`<sip-client .client=${client}><sip-incoming></sip-incoming></sip-client>`,
    );
    const element = root.querySelector('sip-incoming')!;
    await element.updateComplete;
    const asks = (): boolean => element.matches(':state(asking)');
    expect(part(element, 'notify')).to.equal(null);
    expect(asks()).to.equal(false);
    element.setAttribute('notifications', 'ask');
    await shows(element, () => part(element, 'notify') !== null);
    expect(asks()).to.equal(true);
    expect(part(element, 'notify')!.innerText.trim()).to.equal('Notify me of calls');
    await isAccessible(element);
    const {call} = client.ring();
    await shows(element, () => part(element, 'call') !== null && part(element, 'notify') === null);
    expect(asks()).to.equal(false);
    await call.decline();
    await shows(element, () => part(element, 'notify') !== null);
    expect(asked).to.deep.equal([]);
    part(element, 'notify')!.focus();
    await sendKeys({press: 'Enter'});
    await shows(element, () => part(element, 'notify') === null);
    expect(asked).to.deep.equal([true]);
    await client.disconnect();
  });
});

describe('<sip-incoming> that nobody sees', () => {
  const INCOMING = html`<sip-incoming></sip-incoming>`;
  const title = document.title;
  let client: StagedClient;
  beforeEach(async () => (client = await StagedClient.ready()));
  afterEach(async () => {
    await client.disconnect();
    await until(() => document.title === title);
  });

  const place = async (inside: unknown): Promise<Element> =>
    fixture(html`<sip-client .client=${client}>${inside}</sip-client>`);
  const signs = async (): Promise<void> => until(() => document.title === 'Incoming call: 李雷');

  for (const [where, inside, show] of [
    [
      'a closed <details>',
      html`<details>
        <summary>Calls</summary>
        ${INCOMING}
      </details>`,
      (root: Element) => (root.querySelector('details')!.open = true),
    ],
    [
      'a closed <dialog>',
      html`<dialog>${INCOMING}</dialog>`,
      (root: Element) => root.querySelector('dialog')!.showModal(),
    ],
    [
      'a box that is hidden',
      html`<div hidden>${INCOMING}</div>`,
      (root: Element) => root.querySelector('div')!.removeAttribute('hidden'),
    ],
    [
      'a box without display',
      html`<div style="display: none">${INCOMING}</div>`,
      (root: Element) => root.querySelector('div')!.removeAttribute('style'),
    ],
    [
      'a box with hidden content',
      html`<div style="content-visibility: hidden">${INCOMING}</div>`,
      (root: Element) => root.querySelector('div')!.removeAttribute('style'),
    ],
    [
      'a box scrolled out of view',
      html`<div style="block-size: 300vh"></div>
        <section>${INCOMING}</section>`,
      (root: Element) => root.querySelector('section')!.scrollIntoView(),
    ],
  ] as const)
    it(`says who rings in the title while it is in ${where}, and no longer once it is shown`, async () => {
      const root = await place(inside);
      const {call} = client.ring();
      await signs();
      show(root);
      await until(() => document.title === title);
      expect(call.state.phase).to.equal('ringing');
    });

  it('says who rings in the language of the page, and leaves the page a title that it translates meanwhile', async () => {
    const {documentElement} = document;
    const before = documentElement.lang;
    await place(html`<div hidden>${INCOMING}</div>`);
    const {call} = client.ring();
    await signs();
    try {
      documentElement.lang = 'zh-CN';
      document.title = '控制台';
      await until(() => document.title === '语音来电：李雷');
      await until(() => document.title === '控制台');
      documentElement.lang = before;
      await signs();
      await call.decline();
      await until(() => document.title === '控制台');
    } finally {
      documentElement.lang = before;
      document.title = title;
    }
  });

  it('leaves the title alone while it is seen, though a page hides it until it rings', async () => {
    const titles: string[] = [];
    const observer = new MutationObserver(() => titles.push(document.title));
    observer.observe(document.head, {subtree: true, childList: true, characterData: true});
    const root = await place(
      html`<style>
          sip-incoming:not(:state(ringing)) {
            display: none;
          }
        </style>
        ${INCOMING}`,
    );
    const element = root.querySelector('sip-incoming')!;
    const drawn = new Promise<void>((resolve) =>
      new IntersectionObserver(([entry]) => entry!.isIntersecting && resolve()).observe(element),
    );
    client.ring();
    await drawn;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    observer.disconnect();
    expect(titles).to.deep.equal([]);
  });

  it('says nothing in the title while the button of a closed phone says it', async () => {
    const root = await place(html`<sip-phone corner></sip-phone>`);
    const phone = root.querySelector('sip-phone')!;
    client.ring();
    await shows(phone, () => phone.open);
    phone.close();
    await shows(phone, () => !part(phone, 'panel')!.checkVisibility());
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    expect(document.title).to.equal(title);
  });
});

describe('<sip-incoming>, where the browser keeps the ringing off', () => {
  it('offers to enable it, for as long as that is so', async () => {
    const {resume} = AudioContext.prototype;
    // The browser's own answer to a page that nobody has touched: a promise that waits.
    AudioContext.prototype.resume = () => new Promise(() => {});
    // Made anew, each context begins to run by itself in this browser; one that was suspended does not.
    const OriginalContext = AudioContext;
    window.AudioContext = class extends OriginalContext {
      constructor() {
        super();
        void this.suspend();
      }
    };
    const client = await StagedClient.ready();
    try {
      const root = await fixture(
        html`<sip-client .client=${client}><sip-incoming></sip-incoming></sip-client>`,
      );
      const element = root.querySelector('sip-incoming')!;
      const {call} = client.ring();
      await shows(element, () => part(element, 'sound') !== null);
      await isAccessible(element);
      AudioContext.prototype.resume = resume;
      await press(element, 'sound');
      await shows(element, () => part(element, 'sound') === null && part(element, 'call') !== null);
      await call.decline();
    } finally {
      AudioContext.prototype.resume = resume;
      window.AudioContext = OriginalContext;
      await client.disconnect();
    }
  });
});
