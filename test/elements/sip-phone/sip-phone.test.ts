import {expect, fixture, html} from '@open-wc/testing';
import {resetMouse, sendKeys, sendMouse, setViewport} from '@web/test-runner-commands';
import type {SipPhoneElement} from '../../../src/elements/sip-phone/sip-phone.js';
import {SipError} from '../../../src/errors.js';
import {isAccessible, part, press, shows, textOf} from '../../support/in-page/elements.js';
import {until} from '../../support/in-page/facts.js';
import {StagedClient} from '../../support/staged/staged-client.js';
import {group, person, StagedPeople} from '../../support/staged/staged-people.js';

async function around(client: StagedClient | undefined, template = html`<sip-phone></sip-phone>`) {
  const root = await fixture(
    html`<sip-client .client=${client}><div style="inline-size: 22rem">${template}</div></sip-client>`,
  );
  const element = root.querySelector<SipPhoneElement>('sip-phone')!;
  await element.updateComplete;
  return element;
}

const tabs = (element: Element): HTMLElement[] => [
  ...element.shadowRoot!.querySelectorAll<HTMLElement>('[role=tab]'),
];
const chosen = (element: Element): string =>
  tabs(element).find((tab) => tab.getAttribute('aria-selected') === 'true')!.dataset['view']!;
const inside = (element: Element, tag: string): HTMLElement | null => element.shadowRoot!.querySelector(tag);
const drawn = (element: HTMLElement | null): boolean => element?.checkVisibility() ?? false;
const middleOf = (element: Element): [number, number] => {
  const {x, y, width} = element.getBoundingClientRect();
  return [Math.round(x + width / 2), Math.round(y + 20)];
};

describe('<sip-phone>', () => {
  afterEach(() => resetMouse());

  it('says what it needs where there is no client, and is in none', async () => {
    const element = await fixture<SipPhoneElement>(html`<sip-phone></sip-phone>`);
    expect(textOf(element)).to.contain('<sip-client>');
    expect(element.client).to.equal(undefined);
    await isAccessible(element);
  });

  it('has no tab and no place for a conference that a <sip-conference> shows', async () => {
    const client = await StagedClient.ready();
    const element = await around(
      client,
      html`<sip-phone corner open></sip-phone><sip-conference></sip-conference>`,
    );
    const {conference, dialog} = client.confer();
    dialog.confirm();
    const special = element.parentElement!.querySelector('sip-conference')!;
    await shows(special, () => special.conference === conference);
    await element.updateComplete;
    expect(tabs(element).map(({dataset}) => dataset['view'])).not.to.contain('call');
    element.close();
    await shows(element, () => !element.open);
    expect(part(element, 'hangup')).to.equal(null);
    special.remove();
    await shows(element, () => part(element, 'hangup') !== null);
    element.show();
    await shows(element, () => tabs(element).some(({dataset}) => dataset['view'] === 'call'));
  });

  it('works with the client around it: keypad, history, devices, and the directory where there is one', async () => {
    const element = await around(await StagedClient.ready());
    expect(tabs(element).map(({dataset}) => dataset['view'])).to.deep.equal([
      'keypad',
      'history',
      'messages',
      'devices',
    ]);
    expect(part(element, 'status')!.innerText).to.contain('1001').and.contain('Registered');
    await isAccessible(element);
    const client = new StagedClient();
    client.directoryService = new StagedPeople([group('8000', 'Harbor')], [person('1001', '王芳', '8000')]);
    const other = await around(client);
    await client.connect();
    await shows(other, () => tabs(other).length === 5);
    other.view = 'directory';
    await shows(other, () => drawn(inside(other, 'sip-directory')));
    await isAccessible(other);
  });

  it('shows one view at a time, and keeps what was in the others', async () => {
    const client = await StagedClient.ready();
    const element = await around(client);
    const dialer = inside(element, 'sip-dialer') as HTMLElementTagNameMap['sip-dialer'];
    dialer.number = '555';
    tabs(element)[1]!.click();
    await shows(element, () => drawn(inside(element, 'sip-history')) && !drawn(dialer));
    expect(element.view).to.equal('history');
    expect(part(element, 'view')!.getAttribute('aria-labelledby')).to.equal(tabs(element)[1]!.id);
    tabs(element)[0]!.click();
    await shows(element, () => drawn(dialer) && !drawn(inside(element, 'sip-history')));
    expect(inside(element, 'sip-dialer')).to.equal(dialer);
    expect(dialer.number).to.equal('555');
    element.view = 'nothing' as never;
    await shows(element, () => chosen(element) === 'keypad');
  });

  it('offers the screen where the page wants it, to call and to answer', async () => {
    const client = await StagedClient.ready();
    const element = await around(client, html`<sip-phone number="1002" screen></sip-phone>`);
    const screen = (tag: string): HTMLElement | null =>
      part(inside(element, tag)!, tag === 'sip-dialer' ? 'screen' : 'answer-screen');
    await shows(element, () => drawn(screen('sip-dialer')));
    client.ring('audio', {number: '1003', name: 'Anna'});
    await shows(element, () => drawn(screen('sip-incoming')));
    element.screen = false;
    await shows(element, () => !screen('sip-dialer') && !screen('sip-incoming'));
  });

  it('gives the STUN and TURN servers that a page sets to its own client', async () => {
    const element = await fixture<SipPhoneElement>(
      html`<sip-phone server="ws://127.0.0.1:9/" user="1001"></sip-phone>`,
    );
    const iceServers = [{urls: 'stun:127.0.0.1:3478'}];
    element.iceServers = iceServers;
    expect(element.iceServers).to.equal(iceServers);
    expect(element.client!.options.iceServers).to.deep.equal(iceServers);
  });

  it('goes through its tabs by the arrow keys', async () => {
    const element = await around(await StagedClient.ready());
    tabs(element)[0]!.focus();
    for (const [key, view] of [
      ['ArrowRight', 'history'],
      ['End', 'devices'],
      ['ArrowRight', 'keypad'],
      ['ArrowLeft', 'devices'],
      ['Home', 'keypad'],
    ] as const) {
      await sendKeys({press: key});
      await shows(element, () => chosen(element) === view);
      expect((element.shadowRoot!.activeElement as HTMLElement).dataset['view']).to.equal(view);
      expect(tabs(element).filter(({tabIndex}) => tabIndex === 0)).to.have.length(1);
    }
  });

  it('shows a call while it lasts and why it ended, and several as lines', async () => {
    const client = await StagedClient.ready();
    const element = await around(client);
    const stage = inside(element, 'sip-call')!;
    expect(drawn(stage)).to.equal(false);
    const ringing = client.ring('audio', {number: '1002', name: '李雷'});
    await shows(element, () => inside(element, 'sip-incoming')!.matches(':state(ringing)'));
    expect(drawn(stage), 'it rings in one place').to.equal(false);
    expect(element.matches(':state(ringing)')).to.equal(true);
    await isAccessible(element);
    ringing.dialog.confirm();
    await shows(element, () => drawn(stage) && element.matches(':state(busy)'));
    expect(inside(element, 'sip-calls')).to.equal(null);
    expect(chosen(element)).to.equal('call');
    expect(drawn(inside(element, 'sip-dialer')), 'the call fills the phone').to.equal(false);
    client.ring('audio', {number: '1003', name: 'Anna'}).dialog.confirm();
    await shows(element, () => drawn(inside(element, 'sip-calls')) && drawn(stage));
    await isAccessible(element);
    for (const call of client.state.calls) await call.hangup();
    await shows(element, () => !inside(element, 'sip-calls') && !element.matches(':state(busy)'));
    await shows(element, () => drawn(stage));
    expect(textOf(element)).to.contain('You hung up');
    await press(stage, 'clear');
    await shows(element, () => !drawn(stage));
  });

  it('leads from a call to the other views, which have it as a line above them, and back', async () => {
    const client = await StagedClient.ready();
    const element = await around(client, html`<sip-phone number="1002"></sip-phone>`);
    const dialer = inside(element, 'sip-dialer')!;
    await shows(element, () => !part(dialer, 'call')!.ariaDisabled);
    part(dialer, 'call')!.focus();
    client.dial().dialog.confirm();
    const stage = inside(element, 'sip-call')!;
    await shows(element, () => drawn(stage) && !drawn(dialer));
    await shows(element, () => element.shadowRoot!.activeElement === stage);
    const tab = tabs(element)[0]!;
    expect(tab.innerText).to.equal('Call');
    expect(element.shadowRoot!.getElementById(tab.getAttribute('aria-controls')!)!.role).to.equal('tabpanel');
    await isAccessible(element);
    tab.focus();
    await sendKeys({press: 'ArrowRight'});
    await shows(element, () => drawn(dialer) && !drawn(stage));
    await shows(element, () => drawn(part(inside(element, 'sip-calls')!, 'hangup')));
    await isAccessible(element);
    tabs(element)[0]!.click();
    await shows(element, () => drawn(stage) && !inside(element, 'sip-calls'));
    element.view = 'history';
    await shows(element, () => drawn(inside(element, 'sip-history')));
    client.dial('audio', {number: '1003', name: 'Anna'});
    await shows(element, () => drawn(stage) && !drawn(inside(element, 'sip-history')));
    for (const call of client.state.calls) await call.hangup();
    await shows(element, () => drawn(inside(element, 'sip-history')) && chosen(element) === 'history');
    expect(tabs(element)).to.have.length(4);
  });

  it('keeps the whole keypad and its buttons below a call that rings', async () => {
    await setViewport({width: 320, height: 800});
    try {
      const client = await StagedClient.ready();
      const element = await around(client);
      client.ring('video', {number: '1002', name: '李雷'});
      await shows(element, () => inside(element, 'sip-incoming')!.matches(':state(ringing)'));
      const bottom = (each: Element): number => each.getBoundingClientRect().bottom;
      await shows(
        element,
        () => bottom(part(inside(element, 'sip-dialer')!, 'call')!) <= bottom(inside(element, '.views')!),
      );
    } finally {
      await setViewport({width: 800, height: 600});
    }
  });

  it('has the call beside the views where there is room', async () => {
    const client = await StagedClient.ready();
    const element = await around(client);
    client.dial().dialog.confirm();
    await shows(element, () => chosen(element) === 'call');
    element.parentElement!.style.inlineSize = '50rem';
    await shows(element, () => chosen(element) === 'keypad' && drawn(inside(element, 'sip-dialer')));
    expect(drawn(inside(element, 'sip-call'))).to.equal(true);
    expect(tabs(element)).to.have.length(4);
    await client.state.calls[0]!.hangup();
    await press(inside(element, 'sip-call')!, 'clear');
    client.ring();
    await shows(element, () => inside(element, 'sip-incoming')!.matches(':state(ringing)'));
    const [place, card] = [inside(element, '.calls')!, inside(element, 'sip-incoming')!].map((each) =>
      each.getBoundingClientRect(),
    );
    expect(card!.top - place!.top, 'in the middle').to.be.closeTo(place!.bottom - card!.bottom, 1);
  });

  it('says how many calls were missed, until somebody has looked', async () => {
    const client = await StagedClient.ready({user: 'phone', historyStorage: 'memory'});
    const element = await around(client);
    const badge = (): string => tabs(element)[1]!.innerText.replace(/\s+/g, ' ');
    client.history.note({
      id: 'm1',
      type: 'single',
      direction: 'incoming',
      remote: {number: '1002', name: '李雷'},
      media: 'audio',
      time: Date.now(),
      cause: {by: 'remote', code: 'cancelled'},
    });
    await shows(element, () => badge().includes('1 missed call'));
    await isAccessible(element);
    tabs(element)[1]!.click();
    await shows(element, () => drawn(inside(element, 'sip-history')));
    await sendMouse({type: 'click', position: middleOf(inside(element, 'sip-history')!)});
    await shows(element, () => !badge().includes('missed'));
  });

  it('says how many messages nobody has read, as they arrive', async () => {
    const client = await StagedClient.ready({user: 'unread', historyStorage: 'memory'});
    const element = await around(client, html`<sip-phone corner></sip-phone>`);
    const tab = tabs(element).find(({dataset}) => dataset['view'] === 'messages')!;
    client.receive('one');
    await shows(element, () => tab.textContent.includes('1 unread'));
    client.receive('two');
    await shows(element, () => tab.textContent.includes('2 unread'));
    await shows(element, () => part(element, 'launcher')!.textContent.includes('2 unread'));
  });

  it('refuses calls at the press of a button', async () => {
    const client = await StagedClient.ready();
    const element = await around(client);
    await press(element, 'do-not-disturb');
    await until(() => client.state.doNotDisturb);
    await shows(element, () => part(element, 'do-not-disturb')!.getAttribute('aria-pressed') === 'true');
    await isAccessible(element);
    await press(element, 'do-not-disturb');
    await until(() => !client.state.doNotDisturb);
  });

  describe('with a client of its own', () => {
    it('makes it from its attributes, and keeps no secret', async () => {
      const element = await fixture<SipPhoneElement>(
        html`<sip-phone
          server="ws://127.0.0.1:9/ws"
          user="1001"
          password="geheim"
          ice-servers='[{"urls":"turn:127.0.0.1","username":"a","credential":"geheim2"}]'
          profile="standard"
          domain="sip.test"
          display-name="Anna"
          max-calls="3"
        ></sip-phone>`,
      );
      await shows(element, () => element.client !== undefined);
      const {options} = element.client!;
      expect(options).to.include({user: '1001', domain: 'sip.test', displayName: 'Anna', maxCalls: 3});
      expect(document.documentElement.getHTML({serializableShadowRoots: true})).to.not.contain('geheim');
      expect(element.outerHTML).to.not.contain('geheim');
      expect(element.shadowRoot!.innerHTML).to.not.contain('geheim');
      await shows(element, () => textOf(element).includes('1001'));
      await isAccessible(element);
      element.setAttribute('user', '1002');
      element.removeAttribute('display-name');
      await shows(element, () => inside(element, 'sip-client')!.getAttribute('user') === '1002');
      expect(inside(element, 'sip-client')!.hasAttribute('display-name')).to.equal(false);
    });

    it('says what is wrong with its attributes', async () => {
      const element = await fixture<SipPhoneElement>(
        html`<sip-phone server="localhost:8088" user="1001"></sip-phone>`,
      );
      await shows(element, () => textOf(element).includes('“localhost:8088”'));
      await isAccessible(element);
    });

    it('tells of what its client does, and takes options', async () => {
      const element = await fixture<SipPhoneElement>(
        html`<sip-phone .options=${{server: 'ws://127.0.0.1:9/ws', user: '1007'}}></sip-phone>`,
      );
      await shows(element, () => element.client?.options.user === '1007');
      const told = new Promise<Event>((resolve) =>
        element.addEventListener('sip-connection', resolve, {once: true}),
      );
      await element.client!.connect().catch(() => undefined);
      expect((await told).target).to.equal(element);
    });
  });

  describe('whose users sign in', () => {
    const account = localStorage.getItem('sip-elements/account');
    afterEach(() => {
      if (account === null) localStorage.removeItem('sip-elements/account');
      else localStorage.setItem('sip-elements/account', account);
    });

    const form = (element: Element): ShadowRoot | null | undefined =>
      inside(element, 'sip-phone-login')?.shadowRoot;
    const field = (element: Element, name: string): HTMLInputElement =>
      form(element)!.querySelector<HTMLInputElement>(`[part=${name}]`)!;

    it('shows a form instead of the phone, filled by attributes that come later too, and connects to nothing', async () => {
      const element = await fixture<SipPhoneElement>(
        html`<sip-phone login user="1001" password="geheim" autoconnect></sip-phone>`,
      );
      await shows(element, () => !!form(element)?.querySelector('form'));
      expect(field(element, 'user').value).to.equal('1001');
      expect(element.client).to.equal(undefined);
      expect(tabs(element)).to.deep.equal([]);
      element.setAttribute('server', 'ws://127.0.0.1:9/ws');
      await shows(element, () => field(element, 'server').value === 'ws://127.0.0.1:9/ws');
      expect(element.outerHTML).to.not.contain('geheim');
      await isAccessible(element);
      element.lang = 'zh-CN';
      await shows(element, () => form(element)!.textContent.includes('密码'));
    });

    /** Lets the phone's own element have a staged client, as soon as the user signs in. */
    const stage = (element: Element): StagedClient => {
      const client = new StagedClient();
      new MutationObserver((_, observer) => {
        const own = element.shadowRoot!.querySelector('sip-client');
        if (!own) return;
        observer.disconnect();
        own.client = client;
      }).observe(element.shadowRoot!, {childList: true, subtree: true});
      return client;
    };
    const fillIn = async (element: Element, server: string): Promise<void> => {
      await shows(element, () => !!form(element)?.querySelector('form'));
      const values = {server, user: '1002', password: 'geheim'};
      for (const [name, value] of Object.entries(values)) field(element, name).value = value;
    };
    const remembered = (): string | null => localStorage.getItem('sip-elements/account');

    for (const storage of ['local', 'none'] as const)
      it(`remembers an account that has signed in, without secrets, where login-storage is ${storage}`, async () => {
        localStorage.removeItem('sip-elements/account');
        const element = await fixture<SipPhoneElement>(
          html`<sip-phone login login-storage=${storage}></sip-phone>`,
        );
        await fillIn(element, '127.0.0.1:9/ws?token=geheim');
        const client = stage(element);
        form(element)!.querySelector('button')!.click();
        await shows(element, () => tabs(element).length > 0);
        expect(client.asked).to.deep.equal(['connect', 'register']);
        await until(() => storage === 'none' || remembered() !== null);
        expect(remembered()).to.equal(
          storage === 'none' ? null : '{"server":"127.0.0.1:9/ws","user":"1002"}',
        );
      });

    it('signs out once, and says why, if the server ends the registration', async () => {
      const element = await fixture<SipPhoneElement>(
        html`<sip-phone login login-storage="none"></sip-phone>`,
      );
      await fillIn(element, '127.0.0.1:9/ws');
      const client = stage(element);
      form(element)!.querySelector('button')!.click();
      await shows(element, () => tabs(element).length > 0);
      client.host.setRegistration('rejected', new SipError('wrong-password', {subject: '1002'}));
      await shows(element, () => !!form(element)?.querySelector('#password-wrong'));
      expect(client.asked).to.deep.equal(['connect', 'register', 'disconnect']);
    });

    it('says at the server that it cannot be reached, and remembers nothing', async () => {
      localStorage.removeItem('sip-elements/account');
      const element = await fixture<SipPhoneElement>(html`<sip-phone login></sip-phone>`);
      await fillIn(element, '127.0.0.1:9/ws');
      const failed = new Promise((resolve) => element.addEventListener('sip-error', resolve, {once: true}));
      form(element)!.querySelector('button')!.click();
      await failed;
      await shows(element, () => field(element, 'server').ariaInvalid === 'true');
      expect(textOf(inside(element, 'sip-phone-login')!)).to.contain('ws://127.0.0.1:9/ws cannot be reached');
      expect(remembered()).to.equal(null);
    });
  });

  describe('in the corner', () => {
    it('is a button that opens and closes it', async () => {
      const element = await around(await StagedClient.ready(), html`<sip-phone corner></sip-phone>`);
      expect(drawn(part(element, 'panel'))).to.equal(false);
      await isAccessible(element);
      await press(element, 'launcher');
      await shows(element, () => drawn(part(element, 'panel')));
      expect(part(element, 'launcher')!.getAttribute('aria-expanded')).to.equal('true');
      await isAccessible(element);
      tabs(element)[0]!.focus();
      await sendKeys({press: 'Escape'});
      await shows(element, () => !drawn(part(element, 'panel')));
      expect(element.open).to.equal(false);
      expect(element.shadowRoot!.activeElement).to.equal(part(element, 'launcher'));
      element.show();
      await shows(element, () => drawn(part(element, 'panel')));
      element.close();
      await shows(element, () => !drawn(part(element, 'panel')));
    });

    it('opens when somebody calls, and stays closed where it was closed while it rang', async () => {
      const client = await StagedClient.ready();
      const element = await around(client, html`<sip-phone corner></sip-phone>`);
      const {dialog} = client.ring();
      await shows(element, () => drawn(inside(element, 'sip-incoming')));
      const isGreen = (): boolean => part(element, 'launcher')!.matches('.rings, .talks');
      expect(isGreen(), 'the button that closes').to.equal(false);
      element.close();
      await shows(element, () => !drawn(part(element, 'panel')));
      expect(isGreen()).to.equal(true);
      dialog.confirm();
      await shows(element, () => element.matches(':state(busy)'));
      expect(element.open).to.equal(false);
      client.ring('audio', {number: '1003', name: 'Anna'});
      await shows(element, () => element.open);
    });

    it('opens where the other side of a call asks something, unless the page answers', async () => {
      const client = await StagedClient.ready();
      const element = await around(client, html`<sip-phone corner></sip-phone>`);
      const {dialog} = client.dial();
      dialog.confirm();
      await shows(element, () => element.matches(':state(busy)'));
      client.addEventListener('sip-transfer-request', ({detail}) => detail.respondWith(true), {once: true});
      await dialog.ask({number: '1005', name: ''});
      expect(element.open).to.equal(false);
      const asked = dialog.ask({number: '1005', name: ''});
      await shows(element, () => drawn(part(inside(element, 'sip-call')!, 'notice')));
      expect(element.open).to.equal(true);
      await press(inside(element, 'sip-call')!, 'refuse');
      expect(await asked).to.equal(false);
    });

    it('shows the call on its button while it is closed, and hangs up or declines there', async () => {
      const client = await StagedClient.ready();
      const element = await around(client, html`<sip-phone corner></sip-phone>`);
      const {dialog} = client.dial();
      const launcher = (): string => part(element, 'launcher')!.innerText.replace(/\s+/g, ' ');
      await shows(element, () => launcher() === 'Open phone Ringing…');
      dialog.confirm();
      const time = (): string | undefined =>
        part(element, 'launcher')!.querySelector('sip-duration')?.shadowRoot?.textContent?.trim();
      await shows(element, () => /^0:\d\d$/.test(time() ?? ''));
      expect(drawn(part(element, 'panel'))).to.equal(false);
      await isAccessible(element);
      const {call} = client.ring('audio', {number: '1003', name: 'Anna'});
      await shows(element, () => element.open);
      expect(part(element, 'hangup')).to.equal(null);
      part(element, 'close')!.focus();
      await sendKeys({press: 'Enter'});
      await shows(element, () => launcher() === 'Open phone Anna is calling');
      await until(() => element.shadowRoot!.activeElement === part(element, 'launcher'));
      expect(part(element, 'hangup')!.ariaLabel).to.equal('Decline');
      await isAccessible(element);
      await press(element, 'hangup');
      await until(() => call.state.phase === 'released');
      await shows(element, () => part(element, 'hangup')!.ariaLabel === 'Hang up');
      await press(element, 'hangup');
      await shows(element, () => part(element, 'hangup') === null && launcher() === 'Open phone');
    });

    for (const [width, height] of [
      [640, 360],
      [320, 480],
      [320, 240],
    ] as const)
      it(`is no higher than a viewport of ${width} by ${height}, and hangs up without scrolling`, async () => {
        await setViewport({width, height});
        try {
          const client = await StagedClient.ready();
          const element = await around(client, html`<sip-phone corner></sip-phone>`);
          const inView = async (find: () => Element | null | undefined): Promise<void> =>
            shows(element, () => {
              const box = find()?.getBoundingClientRect();
              if (!box?.width) return false;
              const {top, bottom, left, right} = box;
              const under = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
              return top >= 0 && left >= 0 && bottom <= height && right <= width && under === element;
            });
          await press(element, 'launcher');
          await shows(element, () => drawn(part(element, 'panel')));
          await inView(() => part(element, 'panel'));
          expect(element.shadowRoot!.activeElement).to.equal(part(element, 'close'));
          client.dial().dialog.confirm();
          const hangup = () => inside(element, 'sip-call')!.shadowRoot!.querySelector('sip-hangup-button');
          await inView(hangup);
          await inView(() => part(element, 'panel'));
          tabs(element)[1]!.click();
          const line = (name: string) => part(inside(element, 'sip-calls') ?? element, name);
          await inView(() => line('hangup'));
          client.ring('audio', {number: '1003', name: 'Anna'});
          await shows(element, () => line('decline') !== null);
          await inView(() => line('hangup'));
          await isAccessible(element);
          await client.state.calls[1]!.decline();
          await client.state.calls[0]!.hangup();
          await inView(() => part(inside(element, 'sip-call')!, 'clear'));
        } finally {
          await setViewport({width: 800, height: 600});
        }
      });

    it('lets the call be heard while it is closed', async () => {
      const client = await StagedClient.ready();
      const element = await around(client, html`<sip-phone corner></sip-phone>`);
      client.dial().dialog.confirm();
      await shows(element, () => element.matches(':state(busy)'));
      const audio = inside(element, 'sip-call')!.shadowRoot!.querySelector('sip-audio');
      expect(audio?.isConnected, 'what plays the sound').to.equal(true);
    });
  });
});
