import {expect, fixture, html} from '@open-wc/testing';
import {nothing} from 'lit';
import {resetMouse, sendKeys, sendMouse, setViewport} from '@web/test-runner-commands';
import type {SipIntercomElement} from '../../../src/elements/sip-intercom/sip-intercom.js';
import {SipError} from '../../../src/errors.js';
import {INFINITY, restoreHid, simulateHid} from '../../support/in-page/button-devices.js';
import {deep, isAccessible, loads, next, part, press, shows, textOf} from '../../support/in-page/elements.js';
import {until} from '../../support/in-page/facts.js';
import {UnseenParts} from '../../support/in-page/parts.js';
import {sound, StagedClient} from '../../support/staged/staged-client.js';
import type {StagedTalk} from '../../support/staged/staged-client.js';

describe('<sip-intercom>', () => {
  let client: StagedClient;
  let root: HTMLElement;
  let element: SipIntercomElement;

  const setUp = async (staged: StagedClient, attributes: Partial<SipIntercomElement> = {}): Promise<void> => {
    client = staged;
    root = await fixture(
      html`<sip-client .client=${client}
        ><sip-intercom
          sid=${attributes.sid ?? ''}
          group=${attributes.group ?? ''}
          .members=${attributes.members ?? ''}
          name=${attributes.name ?? ''}
          push-key=${attributes.pushKey ?? nothing}
          ?press-to-toggle=${attributes.pressToToggle ?? false}
        ></sip-intercom
      ></sip-client>`,
    );
    element = root.querySelector('sip-intercom')!;
    await loads(element);
  };

  /** An intercom that stands. */
  async function join(init: Parameters<StagedClient['interphone']>[0] = {}): Promise<StagedTalk> {
    const talk = client.interphone(init);
    talk.dialog.confirm();
    await shows(element, () => part(element, 'talk') !== null);
    return talk;
  }

  const button = (): HTMLElement => part(element, 'talk')!;
  const said = (): string => part(element, 'speaker')!.innerText.replace(/\s+/g, ' ').trim();
  /** The same without the initials. */
  const words = (): string =>
    part(element, 'speaker')!.querySelector<HTMLElement>('.words')!.innerText.replace(/\s+/g, ' ').trim();
  const hint = (): string => deep(element, '#hint')[0]!.textContent!.trim();
  const announced = (): string => deep(element, '.hidden[role=status]')[0]!.textContent!.trim();
  /** What has the focus inside, in whatever element it is. */
  const active = (): Element | null => {
    let at = element.shadowRoot!.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at;
  };

  /** Moves the real pointer to the middle of the button. */
  async function point(): Promise<void> {
    button().scrollIntoView({block: 'center'});
    const {x, y, width, height} = button().getBoundingClientRect();
    const position: [number, number] = [Math.round(x + width / 2), Math.round(y + height / 2)];
    await sendMouse({type: 'move', position});
  }

  /** Holds the button with the real pointer until it is heard. */
  async function hold(talk: StagedTalk): Promise<void> {
    await point();
    await sendMouse({type: 'down'});
    await speaks(talk);
  }

  async function speaks({intercom, dialog}: StagedTalk): Promise<void> {
    await shows(element, () => intercom.state.floor === 'granted' && !dialog.state.muted);
  }

  async function isSilent({intercom, dialog, service}: StagedTalk): Promise<void> {
    await shows(element, () => intercom.state.floor !== 'granted' && dialog.state.muted);
    await shows(element, () => service.commands.at(-1) === 'give back');
  }

  /** How many sounds the page begins to play meanwhile. */
  async function countSounds(during: (count: () => number) => Promise<void>): Promise<number> {
    const {start} = AudioBufferSourceNode.prototype;
    let sounds = 0;
    AudioBufferSourceNode.prototype.start = function (...times) {
      sounds += 1;
      start.apply(this, times);
    };
    try {
      await during(() => sounds);
    } finally {
      AudioBufferSourceNode.prototype.start = start;
    }
    return sounds;
  }

  afterEach(async () => {
    await resetMouse();
    await setViewport({width: 800, height: 600});
  });

  it('sets the sound of the intercom, for this side alone', async () => {
    await setUp(await StagedClient.ready());
    const {intercom} = await join();
    await shows(element, () => part(element, 'call-sound') !== null);
    expect(deep(element, 'sip-sound-settings')).to.deep.equal([]);
    part(element, 'call-sound')!.click();
    await shows(element, () => deep(element, '[type=checkbox]').length > 0);
    await isAccessible(element);
    expect(deep(element, 'fieldset.sound')[0]!.ariaLabel).to.equal(
      intercom.remote.name || intercom.remote.number,
    );
    const [slider] = deep<HTMLInputElement>(element, 'input[type=range]');
    expect(slider!.labels![0]!.innerText).to.contain('Volume of this group');
    slider!.value = '25';
    slider!.dispatchEvent(new Event('input', {bubbles: true}));
    await until(() => intercom.state.sound.volume === 0.25);
    deep<HTMLInputElement>(element, '[type=checkbox]')[0]!.click();
    await until(() => intercom.state.sound.silenced);
    await shows(element, () => part(element, 'call-sound')!.title === 'Sound off for you');
    expect(part(element, 'call-sound')!.innerHTML).to.contain('m16.5 9.5 5 5');
    await intercom.unsilence();
    await shows(element, () => part(element, 'call-sound')!.title === 'Sound');
    await intercom.setVolume(0);
    await shows(element, () => part(element, 'call-sound')!.title === 'Sound off for you');
  });

  describe('without an intercom', () => {
    it('says so where there is no client', async () => {
      element = await fixture(html`<sip-intercom></sip-intercom>`);
      await shows(element, () => textOf(element).includes('sip-client'));
      await isAccessible(element);
    });

    it('says so where the server has none', async () => {
      const staged = new StagedClient();
      staged.lacks = {intercom: false};
      await staged.connect();
      await setUp(staged);
      await shows(element, () => textOf(element).includes('This server does not support intercoms.'));
      await isAccessible(element);
    });

    it('takes a number and joins by keyboard alone; the focus goes to the button to hold', async () => {
      await setUp(await StagedClient.ready());
      await isAccessible(element);
      element.focus();
      await sendKeys({type: '9001'});
      await sendKeys({press: 'Enter'});
      await shows(element, () => element.intercom !== undefined);
      expect(client.asked.at(-1)).to.equal('session intercom 9001');
      await shows(element, () => textOf(element).includes('Joining…'));
      await isAccessible(element);
    });

    it('joins the group that it is for at one press, and asks once while the server answers', async () => {
      await setUp(await StagedClient.ready(), {group: '9002'});
      expect(part(element, 'group-field')).to.equal(null);
      let go!: () => void;
      client.patience = new Promise((resolve) => (go = resolve));
      part(element, 'join')!.click();
      part(element, 'join')!.click();
      await shows(element, () => part(element, 'cancel') !== null);
      await isAccessible(element);
      go();
      await shows(element, () => element.intercom !== undefined);
      expect(client.asked.filter((what) => what.startsWith('session'))).to.deep.equal([
        'session intercom 9002',
      ]);
    });

    it('leaves at once what was given up while the server answered', async () => {
      await setUp(await StagedClient.ready(), {group: '9002'});
      let go!: () => void;
      client.patience = new Promise((resolve) => (go = resolve));
      const joined = element.start().then(
        () => 'joined',
        (error: SipError) => error.code,
      );
      await element.stop();
      go();
      expect(await joined).to.equal('aborted');
      expect(client.state.calls).to.have.lengthOf(0);
      expect(part(element, 'notice')).to.equal(null);
    });

    it('calls members together to a group for the moment', async () => {
      await setUp(await StagedClient.ready(), {members: '1002,1003', name: 'Gate'});
      const made = await element.start();
      expect(client.asked.at(-1)).to.equal('session temporary-intercom 1002,1003');
      expect(element.intercom).to.equal(made);
    });

    it('says what to do where the server refuses', async () => {
      await setUp(await StagedClient.ready(), {group: '9003'});
      client.failure = new SipError('not-in-group', {subject: '9003'});
      const told = next(element, 'sip-error');
      part(element, 'join')!.click();
      expect((await told).detail.error.code).to.equal('not-in-group');
      await shows(element, () => part(element, 'notice') !== null);
      expect(part(element, 'notice')!.innerText).to.contain('You are not a member of the group 9003.');
      await isAccessible(element);
    });

    it('says why it cannot join while nobody is registered, and asks for a group where none is typed', async () => {
      const staged = new StagedClient();
      await staged.connect();
      await setUp(staged);
      expect(part(element, 'join')!.getAttribute('aria-disabled')).to.equal('true');
      await isAccessible(element);
      part(element, 'join')!.click();
      await shows(element, () => part(element, 'notice') !== null);
      await client.register();
      await shows(element, () => !part(element, 'join')!.hasAttribute('aria-disabled'));
      part(element, 'join')!.click();
      await shows(element, () => active() === part(element, 'group-field'));
      expect(client.asked).to.deep.equal(['connect', 'register']);
    });

    it('offers to answer a group that calls, and answers it where its page asks to join', async () => {
      await setUp(await StagedClient.ready(), {group: '9001'});
      const {dialog} = client.interphone({direction: 'incoming'});
      await shows(element, () => part(element, 'answer-audio') !== null);
      expect(textOf(element)).to.contain('Intercom call');
      await isAccessible(element);
      await element.start();
      expect(dialog.commands).to.deep.equal(['accept audio', 'mute']);
      await shows(element, () => part(element, 'talk') !== null);
    });

    it('shows the one with the sid, and says so once there is none', async () => {
      await setUp(await StagedClient.ready());
      const first = await join();
      const second = client.interphone({remote: {number: '9002', name: ''}});
      second.dialog.confirm();
      await shows(element, () => element.intercom === second.intercom);
      element.sid = first.call.id;
      await shows(element, () => element.intercom === first.intercom);
      await first.call.hangup();
      await shows(element, () => textOf(element).includes('This intercom does not exist or has ended.'));
      await isAccessible(element);
    });
  });

  describe('with an intercom', () => {
    let talk: StagedTalk;
    const setUpTalk = async (attributes: Partial<SipIntercomElement> = {}): Promise<void> => {
      await setUp(await StagedClient.ready(), attributes);
      talk = await join();
    };

    it('shows every state of the floor', async () => {
      await setUpTalk();
      expect(said()).to.contain('No one is speaking');
      expect(talk.dialog.state.muted).to.equal(true);
      await isAccessible(element);
      talk.service.tell('taken', '1002', '李雷');
      await shows(element, () => said().includes('李雷 is speaking'));
      await shows(element, () => element.matches(':state(taken)'));
      await isAccessible(element);
      talk.service.tell('idle');
      let grant!: (given: 'queued') => void;
      talk.service.answer = new Promise((resolve) => (grant = resolve));
      await point();
      await sendMouse({type: 'down'});
      await shows(element, () => said().includes('One moment…'));
      expect(talk.dialog.state.muted).to.equal(true);
      await isAccessible(element);
      grant('queued');
      await shows(element, () => said().includes('Waiting for your turn'));
      expect(hint()).to.equal('Keep holding. You can talk when it’s your turn.');
      expect(talk.dialog.state.muted).to.equal(true);
      await isAccessible(element);
      talk.service.tell('granted');
      await speaks(talk);
      await shows(element, () => said().includes('You’re speaking'));
      expect(part(element, 'time')!.innerText).to.match(/^0:0\d$/);
      await shows(element, () => element.matches(':state(granted)'));
      await isAccessible(element);
      talk.service.tell('taken', '1003', 'Anna Novak');
      await shows(element, () => hint().startsWith('Your turn has ended.'));
      expect(talk.dialog.state.muted).to.equal(true);
      expect(said()).to.contain('Anna Novak is speaking');
      await isAccessible(element);
    });

    it('says who speaks where it is refused, without an error, and says so no more once that one has ended', async () => {
      await setUpTalk();
      talk.service.tell('taken', '1002', '李雷');
      talk.service.failure = new SipError('floor-denied', {subject: '李雷', apiCode: 2000});
      let errors = 0;
      element.addEventListener('sip-error', () => (errors += 1));
      await point();
      await sendMouse({type: 'down'});
      await shows(element, () => hint().includes('李雷 is speaking. Wait until'));
      await isAccessible(element);
      await sendMouse({type: 'up'});
      expect(talk.dialog.state.muted).to.equal(true);
      talk.service.tell('idle');
      await shows(element, () => hint().startsWith('Hold the button'));
      expect(errors).to.equal(0);
    });

    it('shows what else keeps it from speaking', async () => {
      await setUpTalk();
      talk.service.failure = new SipError('not-in-group', {subject: '9001', apiCode: 1109});
      const told = next(element, 'sip-error');
      await point();
      await sendMouse({type: 'down'});
      expect((await told).detail.error.code).to.equal('not-in-group');
      await shows(element, () => part(element, 'notice') !== null);
    });

    it('shows the name of whoever speaks as text', async () => {
      await setUpTalk();
      talk.service.tell('taken', '1002', '<img src=x onerror=alert(1)>');
      await shows(element, () => said().includes('<img src=x onerror=alert(1)> is speaking'));
      expect(deep(element, 'img')).to.deep.equal([]);
    });

    it('reads out who speaks once, and nothing while this side is heard', async () => {
      await setUpTalk();
      expect(announced()).to.equal('');
      talk.service.tell('taken', '1002', '李雷');
      await shows(element, () => announced() === '李雷 is speaking');
      const region = deep(element, '.hidden[role=status]')[0]!;
      let changes = 0;
      const observer = new MutationObserver(() => (changes += 1));
      observer.observe(region, {subtree: true, childList: true, characterData: true});
      for (let time = 0; time < 3; time += 1) {
        talk.service.tell('idle');
        await shows(element, () => said().includes('No one'));
        talk.service.tell('taken', '1002', '李雷');
        await shows(element, () => said().includes('李雷'));
      }
      expect(changes).to.equal(0);
      talk.service.tell('idle');
      await hold(talk);
      await shows(element, () => announced() === '');
      observer.disconnect();
    });

    it('is heard while the pointer holds the button, and silent when it lets go', async () => {
      await setUpTalk();
      expect(button().innerText).to.contain('Hold to talk');
      await hold(talk);
      await shows(element, () => button().innerText.includes('Release to stop'));
      expect(talk.service.commands).to.deep.equal(['ask']);
      await sendMouse({type: 'up'});
      await isSilent(talk);
      await shows(element, () => button().innerText.includes('Hold to talk'));
      expect(talk.service.commands).to.deep.equal(['ask', 'give back']);
    });

    it('lets go where the pointer does so elsewhere', async () => {
      await setUpTalk();
      await hold(talk);
      await sendMouse({type: 'move', position: [1, 1]});
      await sendMouse({type: 'up'});
      await isSilent(talk);
    });

    it('is not pressed by another button of the mouse', async () => {
      await setUpTalk();
      await point();
      await sendMouse({type: 'down', button: 'right'});
      await sendMouse({type: 'up', button: 'right'});
      await element.updateComplete;
      expect(talk.service.commands).to.deep.equal([]);
    });

    for (const [name, key] of [
      ['Space', ' '],
      ['Enter', 'Enter'],
    ] as const)
      it(`is heard while ${name} is held on the button, and silent when it is let go`, async () => {
        await setUpTalk();
        button().focus();
        await sendKeys({down: key});
        await speaks(talk);
        await sendKeys({down: key});
        await sendKeys({up: key});
        await isSilent(talk);
        expect(talk.service.commands).to.deep.equal(['ask', 'give back']);
      });

    it('is silent when the focus leaves the button while a key holds it', async () => {
      await setUpTalk();
      button().focus();
      await sendKeys({down: ' '});
      await speaks(talk);
      part(element, 'leave')!.focus();
      await isSilent(talk);
      await sendKeys({up: ' '});
    });

    it('is heard while F8 is held, also while the user types; a letter then types, as its hint says', async () => {
      await setUpTalk();
      expect(hint()).to.equal('Hold the button or the F8 key.');
      expect(button().getAttribute('aria-keyshortcuts')).to.equal('F8');
      const field = document.createElement('input');
      root.after(field);
      for (const place of [field, document.body]) {
        place.focus();
        await sendKeys({down: 'F8'});
        await speaks(talk);
        await sendKeys({up: 'F8'});
        await isSilent(talk);
      }
      element.pushKey = 'T';
      await shows(element, () => hint().includes('the T key'));
      expect(hint()).to.contain('does not work while you type');
      element.lang = 'zh';
      await shows(element, () => hint() === '按住按钮或 T 键讲话。输入文字时此键无效。');
      element.lang = '';
      field.focus();
      await sendKeys({press: 't'});
      expect(field.value).to.equal('t');
      expect(talk.service.commands.filter((what) => what === 'ask')).to.have.lengthOf(2);
      element.pushKey = '';
      await shows(element, () => hint().startsWith('Hold the button, or the space bar while the button'));
      expect(button().getAttribute('aria-keyshortcuts')).to.equal(null);
      field.remove();
    });

    it('leaves the key to the intercom that was joined first, and only that one’s hint names it', async () => {
      await setUpTalk();
      const other = document.createElement('sip-intercom');
      other.sid = talk.call.id;
      root.append(other);
      const hints = (): string[] =>
        [element, other].map((each) => (deep(each, '#hint')[0]?.textContent?.includes('F8') ? 'F8' : 'none'));
      await shows(other, () => hints().join() === 'F8,none');
      await sendKeys({down: 'F8'});
      await speaks(talk);
      await sendKeys({up: 'F8'});
      await isSilent(talk);
      expect(talk.service.commands).to.deep.equal(['ask', 'give back']);
      element.remove();
      await shows(other, () => hints()[1] === 'F8');
      await sendKeys({down: 'F8'});
      await speaks(talk);
      await sendKeys({up: 'F8'});
      await isSilent(talk);
    });

    it('takes the space bar as the page’s key but where another control uses it, and combinations', async () => {
      await setUpTalk({pushKey: 'Space'});
      expect(hint()).to.contain('does not work while a field or another button has focus');
      let presses = 0;
      const other = Object.assign(document.createElement('button'), {onclick: () => (presses += 1)});
      root.after(other);
      other.focus();
      await sendKeys({press: ' '});
      expect(presses).to.equal(1);
      expect(talk.service.commands).to.deep.equal([]);
      other.remove();
      await sendKeys({down: ' '});
      await speaks(talk);
      await sendKeys({up: ' '});
      await isSilent(talk);
      element.pushKey = 'Control+J';
      await sendKeys({down: 'Control'});
      await sendKeys({down: 'j'});
      await speaks(talk);
      await sendKeys({up: 'Control'});
      await isSilent(talk);
      await sendKeys({up: 'j'});
    });

    it('begins at one press and ends at the next where that is wanted', async () => {
      await setUpTalk({pressToToggle: true});
      expect(button().innerText).to.contain('Press to talk');
      await point();
      await sendMouse({type: 'down'});
      await sendMouse({type: 'up'});
      await speaks(talk);
      await shows(element, () => button().getAttribute('aria-pressed') === 'true');
      expect(button().innerText).to.contain('Press to stop');
      await isAccessible(element);
      button().focus();
      await sendKeys({press: ' '});
      await isSilent(talk);
      await sendKeys({press: 'Enter'});
      await speaks(talk);
      window.dispatchEvent(new Event('blur'));
      await isSilent(talk);
    });

    it('asks again by one press after the floor was lost or refused, where presses toggle', async () => {
      await setUpTalk({pressToToggle: true});
      const pressed = (): string | null => button().getAttribute('aria-pressed');
      button().click();
      await speaks(talk);
      talk.service.tell('taken', '1002');
      await shows(element, () => pressed() === 'false');
      talk.service.failure = new SipError('floor-denied', {apiCode: 2000});
      button().click();
      await shows(element, () => talk.service.commands.join() === 'ask,ask' && pressed() === 'false');
      talk.service.tell('idle');
      button().click();
      await speaks(talk);
      expect(talk.service.commands).to.deep.equal(['ask', 'ask', 'ask']);
    });

    it('takes a press without holding, as assistive technology makes it', async () => {
      await setUpTalk();
      button().click();
      await speaks(talk);
      await shows(element, () => button().innerText.includes('Press to stop'));
      button().click();
      await isSilent(talk);
      talk.service.answer = 'queued';
      button().click();
      await shows(element, () => button().innerText.includes('Press to cancel'));
      await shows(element, () => hint() === 'You can talk when it’s your turn.');
    });

    for (const pressToToggle of [false, true])
      it(`gives back at a press what the page has requested${pressToToggle ? ', also where presses toggle' : ''}`, async () => {
        await setUpTalk({pressToToggle});
        await point();
        const click = async (): Promise<void> => {
          await sendMouse({type: 'down'});
          await sendMouse({type: 'up'});
        };
        for (const press of [click, async () => button().click(), () => sendKeys({press: 'F8'})]) {
          await talk.intercom.requestFloor();
          await shows(element, () => button().innerText.includes('Press to stop'));
          await press();
          await isSilent(talk);
        }
      });

    it('is silent when the window loses the focus', async () => {
      await setUpTalk();
      await hold(talk);
      window.dispatchEvent(new Event('blur'));
      await isSilent(talk);
    });

    it('is silent when the page is hidden, or left', async () => {
      await setUpTalk();
      await hold(talk);
      Object.defineProperty(document, 'hidden', {value: true, configurable: true});
      document.dispatchEvent(new Event('visibilitychange'));
      Reflect.deleteProperty(document, 'hidden');
      await isSilent(talk);
      await sendMouse({type: 'up'});
      await hold(talk);
      window.dispatchEvent(new Event('pagehide'));
      await isSilent(talk);
    });

    it('is silent when the pointer is lost, or cancelled', async () => {
      await setUpTalk();
      for (const type of ['lostpointercapture', 'pointercancel'] as const) {
        let id = -1;
        button().addEventListener('pointerdown', ({pointerId}) => (id = pointerId), {once: true});
        await hold(talk);
        if (type === 'lostpointercapture') button().releasePointerCapture(id);
        else button().dispatchEvent(new PointerEvent(type, {pointerId: id, bubbles: true, composed: true}));
        // The browser tells of it at the pointer's next move.
        await sendMouse({type: 'move', position: [2, 2]});
        await isSilent(talk);
        await sendMouse({type: 'up'});
      }
    });

    it('is silent when the element leaves the page, and does not go on where it comes back', async () => {
      await setUpTalk();
      await hold(talk);
      element.remove();
      await isSilent(talk);
      root.append(element);
      await shows(element, () => part(element, 'talk') !== null);
      expect(talk.intercom.state.phase).to.equal('answered');
      expect(talk.dialog.state.muted).to.equal(true);
    });

    it('lets be heard that somebody has ended, for as long as it is on the page', async () => {
      await setUpTalk();
      await hold(talk);
      await sendMouse({type: 'up'});
      await isSilent(talk);
      const cues = await countSounds(async (count) => {
        const turn = (): void => {
          talk.service.tell('taken', '1002');
          talk.service.tell('idle');
        };
        turn();
        await shows(element, () => count() === 1);
        element.remove();
        turn();
        root.append(element);
        await element.updateComplete;
        turn();
        await shows(element, () => count() >= 2);
      });
      expect(cues).to.equal(2);
    });

    it('is silent when the connection is lost, and asks again at the next press alone', async () => {
      await setUpTalk();
      await hold(talk);
      client.host.setConnection('reconnecting');
      talk.service.lose();
      await shows(element, () => said().includes('Reconnecting…'));
      expect(talk.dialog.state.muted).to.equal(true);
      expect(button().getAttribute('aria-disabled')).to.equal('true');
      await isAccessible(element);
      client.host.setConnection('connected');
      await shows(element, () => said().includes('No one'));
      expect(talk.service.commands.filter((what) => what === 'ask')).to.have.lengthOf(1);
      await sendMouse({type: 'up'});
      await hold(talk);
      expect(part(element, 'notice')).to.equal(null);
    });

    it('withdraws what was not granted yet: a grant that comes late opens nothing', async () => {
      await setUpTalk();
      let grant!: (given: 'granted') => void;
      talk.service.answer = new Promise((resolve) => (grant = resolve));
      await point();
      await sendMouse({type: 'down'});
      await shows(element, () => talk.intercom.state.floor === 'requested');
      await sendMouse({type: 'up'});
      await shows(element, () => talk.intercom.state.floor === 'idle');
      grant('granted');
      await isSilent(talk);
      expect(talk.dialog.commands).to.not.include('unmute');
      expect(part(element, 'notice')).to.equal(null);
    });

    it('does not speak into another intercom with a button that is still held', async () => {
      await setUpTalk();
      await hold(talk);
      const other = client.interphone({remote: {number: '9002', name: ''}});
      other.dialog.confirm();
      await shows(element, () => element.intercom === other.intercom);
      await isSilent(talk);
      expect(other.service.commands).to.deep.equal([]);
      expect(other.dialog.state.muted).to.equal(true);
    });

    it('says that it can only listen where there is no microphone', async () => {
      await setUpTalk();
      talk.dialog.set({media: {audio: 'recvonly', video: 'inactive'}, warning: 'microphone-missing'});
      await shows(element, () => button().getAttribute('aria-disabled') === 'true');
      expect(hint()).to.contain('You can only listen');
      await isAccessible(element);
      await point();
      await sendMouse({type: 'down'});
      await element.updateComplete;
      expect(talk.service.commands).to.deep.equal([]);
      // It can be tried again without the floor, and is heard with it alone.
      talk.dialog.hears = true;
      await press(element, 'retry');
      await shows(element, () => part(element, 'notice') === null);
      expect(talk.dialog.state.muted).to.equal(true);
      await shows(element, () => button().getAttribute('aria-disabled') === null);
    });

    it('plays the group, and offers to turn the sound on', async () => {
      await setUpTalk();
      element.silent = true;
      talk.dialog.play(new MediaStream([sound()]));
      await press(element, 'sound');
      await shows(element, () => !element.silent && part(element, 'sound') === null);
      const audio = deep<HTMLAudioElement>(element, 'audio')[0]!;
      await shows(element, () => audio.srcObject !== null && !audio.paused && !audio.muted);
    });

    it('leaves at a press, and shows why where others ended it', async () => {
      await setUpTalk();
      part(element, 'leave')!.focus();
      await sendKeys({press: 'Enter'});
      await shows(element, () => part(element, 'join') !== null);
      expect(talk.dialog.commands.at(-1)).to.equal('hangup');
      expect(active()).to.equal(part(element, 'group-field'));
      expect(part(element, 'notice')).to.equal(null);
      talk = await join();
      talk.dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'normal'}});
      await shows(
        element,
        () => part(element, 'notice')?.innerText.includes('The intercom has ended.') ?? false,
      );
      await isAccessible(element);
    });

    it('shows the members, who waits and how long one may speak, and nothing where the server does not tell', async () => {
      await setUpTalk();
      const {service, members} = talk;
      service.tell('taken', '1002', '李雷');
      await shows(element, () => words() === '李雷 is speaking');
      for (const name of ['members', 'queue', 'time']) expect(part(element, name), name).to.equal(null);
      members.all(
        {number: '1001', name: '王芳', phase: 'answered'},
        {number: '1003', name: 'Ann', phase: 'init'},
        {number: '1002', name: '李雷', phase: 'answered'},
      );
      await shows(element, () => part(element, 'members')?.innerText.trim() === '2');
      part(element, 'members')!.click();
      const rows = (): string[] =>
        deep(element, '[role=listitem]').map((row) => row.innerText.replace(/\s+/g, ' ').trim());
      const listed = ['王芳 1001', '李雷 1002 Speaking', 'Ann 1003 Not joined'];
      await shows(element, () => rows().join() === listed.join());
      await isAccessible(element);
      // A member who leaves stays in the group.
      members.some({number: '1002', gone: true});
      await shows(element, () => rows().at(-1) === '李雷 1002 Speaking' || rows().length === 3);
      expect(part(element, 'members')!.getAttribute('aria-label')).to.equal('Members: 1 of 3 joined');
      await sendKeys({press: 'Escape'});
      await shows(element, () => rows().length === 0);

      service.tell('taken', '1002', '李雷', {queueLength: 2});
      await shows(element, () => words() === '李雷 is speaking 2 waiting');
      service.answer = 'queued';
      await point();
      await sendMouse({type: 'down'});
      await shows(element, () => talk.intercom.state.floor === 'queued');
      service.tell('queued', '1002', '李雷', {queueLength: 3, queuePosition: 3});
      await shows(element, () => words() === 'Waiting for your turn Number 3 in line');
      service.tell('queued', '1002', '李雷', {
        queueLength: 1,
        queuePosition: 1,
        floorEndsAt: Date.now() + 9_000,
      });
      await shows(element, () => /^Waiting for your turn [89] seconds left You’re next$/.test(words()));
      expect(announced()).to.equal('Waiting for your turn, You’re next');
      await isAccessible(element);
      await sendMouse({type: 'up'});
      service.tell('idle');
      await shows(element, () => words() === 'No one is speaking');
    });

    it('counts the last seconds down, announces them once, and says why the time is over', async () => {
      await setUpTalk();
      const {service} = talk;
      await hold(talk);
      service.tell('granted', '1001', '王芳', {floorEndsAt: Date.now() + 11_500});
      const news = new Set([announced()]);
      await shows(element, () => {
        news.add(announced());
        return / [1-8] seconds left/.test(words());
      });
      expect([...news]).to.deep.equal(['', '10 seconds left']);
      service.tell('taken', '1002', '李雷', {revocation: 'time-limit'});
      await shows(element, () => hint() === 'Your talk time is up. Press again to talk.');
      expect(announced()).to.equal('Your talk time is up. Press again to talk. 李雷 is speaking');
      await sendMouse({type: 'up'});
      service.tell('idle');
      service.answer = 'granted';
      await hold(talk);
      // A server that tells no limit has none to count down.
      expect(words()).to.match(/^You’re speaking 0:0\d$/);
      service.tell('taken', '1001', 'Boss', {revocation: 'priority'});
      await shows(element, () => hint().startsWith('A speaker with priority took over.'));
    });

    it('keeps its button where it is in every state, and fits 320 pixels', async () => {
      await setViewport({width: 320, height: 700});
      await setUpTalk();
      const place = (): number => button().offsetTop;
      const before = place();
      talk.members.all({number: '1002', name: 'Bob', phase: 'answered'});
      const more = {queueLength: 3, floorEndsAt: Date.now() + 10_000};
      talk.service.tell('taken', '1002', 'A name that is much longer than there is room for on a line', more);
      await shows(element, () => said().includes('A name'));
      expect(place()).to.equal(before);
      expect(element.scrollWidth).to.be.at.most(element.clientWidth);
      part(element, 'members')!.click();
      await shows(element, () => part(element, 'member-list')!.matches(':popover-open'));
      const [card, list] = [part(element, 'panel')!, part(element, 'member-list')!].map((box) =>
        box.getBoundingClientRect(),
      ) as [DOMRect, DOMRect];
      expect(list.left).to.be.at.least(card.left);
      expect(list.right).to.be.at.most(card.right);
      await sendKeys({press: 'Escape'});
      talk.service.tell('idle');
      button().focus();
      await sendKeys({down: ' '});
      await speaks(talk);
      expect(place()).to.equal(before);
      await sendKeys({up: ' '});
    });
  });

  it('lets a page style every part', async () => {
    await setUp(await StagedClient.ready());
    const unseen = new UnseenParts(element);
    client.patience = new Promise(() => {});
    element.focus();
    await sendKeys({type: '9001'});
    await sendKeys({press: 'Enter'});
    await unseen.look('cancel');
    await element.stop();
    const {dialog} = client.interphone({direction: 'incoming'});
    await unseen.look('decline');
    dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'normal'}});
    await unseen.look('notice');
    const talk = await join();
    element.silent = true;
    talk.dialog.play(new MediaStream([sound()]));
    button().click();
    await speaks(talk);
    await unseen.look('time', 'sound');
    talk.members.all({number: '1002', name: 'Bob', phase: 'answered'});
    talk.service.tell('granted', '1001', '王芳', {queueLength: 1});
    await unseen.look('members', 'member-list', 'queue');
    talk.dialog.set({warning: 'microphone-busy'});
    await unseen.look('retry');
    const hid = simulateHid();
    try {
      const pedal = hid.device(0x05f3, 0x00ff, 'VEC USB Footpedal');
      hid.granted.push(pedal);
      part(element, 'devices')!.querySelector('summary')!.click();
      await unseen.look('target', 'connect', 'learn');
      part(element, 'learn')!.click();
      await until(() => pedal.opened);
      for (const report of [INFINITY.left, INFINITY.released]) pedal.send(report);
      await unseen.look('device-list', 'remove');
    } finally {
      restoreHid();
    }
    expect(unseen.names).to.deep.equal([]);
  });

  describe('beside other elements', () => {
    it('takes the intercom off a <sip-call>, which shows it where there is none beside it', async () => {
      await setUp(await StagedClient.ready());
      const stage = document.createElement('sip-call');
      root.append(stage);
      const talk = await join();
      await shows(stage, () => textOf(stage).includes('No call'));
      expect(stage.call).to.equal(undefined);
      element.remove();
      talk.service.tell('taken', '1002', '李雷');
      await shows(stage, () => stage.call === talk.call);
      await shows(stage, () => textOf(stage).includes('李雷 is speaking'));
      for (const name of ['mute', 'hold', 'camera', 'keypad', 'screen', 'transfer'])
        expect(part(stage, name), name).to.equal(null);
      expect(part(stage, 'hangup')).to.not.equal(null);
    });

    it('stands beside a call: a line of <sip-calls> can be ended, and neither held nor switched to', async () => {
      await setUp(await StagedClient.ready());
      const lines = document.createElement('sip-calls');
      root.append(lines);
      const talk = await join();
      talk.service.tell('taken', '1002', '李雷');
      await shows(lines, () => textOf(lines).includes('李雷 is speaking'));
      expect(part(lines, 'hold')).to.equal(null);
      expect(part(lines, 'switch')).to.equal(null);
      expect(part(lines, 'hangup')).to.not.equal(null);
      client.ring();
      await shows(lines, () => part(lines, 'answer') !== null);
      expect(part(lines, 'answer-hangup'), 'nobody is on the phone').to.equal(null);
      expect(client.ringer.state.tones).to.deep.equal(['ringtone']);
    });

    it('rings as an intercom in a <sip-incoming>', async () => {
      await setUp(await StagedClient.ready());
      const incoming = document.createElement('sip-incoming');
      root.append(incoming);
      client.interphone({direction: 'incoming'});
      await shows(incoming, () => textOf(incoming).includes('Intercom call'));
    });
  });
});
