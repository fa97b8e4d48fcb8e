import {ContextEvent} from '@lit/context';
import {expect, fixture, html} from '@open-wc/testing';
import {callContext} from '../../../src/context/call-context.js';
import type {SipCallElement} from '../../../src/elements/sip-call/sip-call.js';
import {SipError} from '../../../src/errors.js';
import {isAccessible, next, part, press, shows, textOf} from '../../support/in-page/elements.js';
import {until} from '../../support/in-page/facts.js';
import {picture, sound, StagedClient, type Staged} from '../../support/staged/staged-client.js';

describe('<sip-call>', () => {
  let client: StagedClient;
  let element: SipCallElement;

  beforeEach(async () => {
    client = await StagedClient.ready();
    const root = await fixture(html`<sip-client .client=${client}><sip-call></sip-call></sip-client>`);
    element = root.querySelector('sip-call')!;
  });

  const says = (text: string): Promise<void> => shows(element, () => textOf(element).includes(text));
  const audio = (): HTMLAudioElement =>
    element.shadowRoot!.querySelector('sip-audio')!.shadowRoot!.querySelector('audio')!;
  const video = (name: 'remote' | 'local'): HTMLVideoElement => part(element, name) as HTMLVideoElement;
  const name = (control: string): string | null => part(element, control)!.getAttribute('aria-label');

  async function answered(media: 'audio' | 'video' = 'audio'): Promise<Staged> {
    const staged = client.dial(media);
    staged.dialog.confirm(media === 'video');
    await shows(element, () => element.call?.state.phase === 'answered');
    return staged;
  }

  it('says what it needs where there is no client', async () => {
    const alone = await fixture<SipCallElement>(html`<sip-call></sip-call>`);
    expect(textOf(alone)).to.contain('<sip-client>');
    await isAccessible(alone);
  });

  it('says that there is no call', async () => {
    await says('No call');
    await isAccessible(element);
  });

  it('leaves a conference to a <sip-conference> of its client, wherever that is, until that leaves', async () => {
    const shown = new Set<unknown>();
    const root = element.parentElement!;
    const provider = new MutationObserver(() => shown.add(element.call));
    provider.observe(element.shadowRoot!, {subtree: true, childList: true});
    const box = document.createElement('div');
    root.append(box);
    box.attachShadow({mode: 'open'}).innerHTML = '<sip-conference></sip-conference>';
    const special = box.shadowRoot!.querySelector('sip-conference')!;
    const {call, dialog} = await answered();
    const {conference, dialog: line, service} = client.confer();
    line.confirm();
    service.all({number: '1002', name: '李雷', phase: 'answered'});
    await shows(special, () => special.conference?.state.phase === 'answered');
    await shows(element, () => element.call === call);
    dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'normal'}});
    await says('The call has ended');
    special.sid = call.id;
    await shows(element, () => element.call === conference);
    special.sid = '';
    await shows(element, () => element.call !== conference);
    root.append(box);
    await shows(special, () => special.conference === conference);
    element.sid = conference.id;
    await shows(element, () => element.call === conference);
    element.sid = '';
    await shows(element, () => element.call !== conference);
    expect(shown.has(conference)).to.equal(true);
    shown.clear();
    const next = client.confer();
    next.dialog.confirm();
    await shows(special, () => special.conference === next.conference);
    await element.updateComplete;
    expect([shown.has(next.conference), element.call === next.conference]).to.deep.equal([false, false]);
    box.remove();
    await shows(element, () => element.call === next.conference);
    provider.disconnect();
  });

  it('shows a call on its way out, whose controls already have their places', async () => {
    const {dialog} = client.dial('video');
    await says('Ringing');
    expect(textOf(element)).to.contain('李雷').and.contain('1002');
    expect(part(element, 'mute')!.getAttribute('aria-disabled')).to.equal('true');
    const place = part(element, 'hangup')!.getBoundingClientRect().x;
    await isAccessible(element);
    dialog.confirm(true);
    await says('0:00');
    expect(part(element, 'mute')!.hasAttribute('aria-disabled')).to.equal(false);
    expect(part(element, 'hangup')!.getBoundingClientRect().x).to.equal(place);
    await isAccessible(element);
  });

  it('shows that a call is an SOS call until it is closed, also with a picture', async () => {
    const {dialog, call} = client.ring('video', undefined, 'sos');
    await says('SOS call');
    await isAccessible(element);
    await press(element, 'answer-video');
    await shows(element, () => call.state.phase === 'answered');
    dialog.play(new MediaStream([picture(), sound()]));
    await shows(element, () => element.shadowRoot!.querySelector('.remote.playing') !== null);
    const [sign, time] = ['urgent', 'time'].map((name) => part(element, name)!.getBoundingClientRect());
    expect(sign!.bottom).to.be.at.most(time!.top);
    expect(part(element, 'urgent')!.innerText).to.equal('SOS call');
    await isAccessible(element);
    dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'normal'}});
    await says('The call has ended');
    // The red header is for a call that goes on; a chip says what this one was.
    const chip = part(element, 'urgent')!;
    expect(chip.innerText).to.equal('SOS call');
    expect(chip.offsetWidth).to.be.below(element.offsetWidth / 2);
    await isAccessible(element);
    expect(part(element, 'again')!.innerText).to.equal('Call back');
    await press(element, 'clear');
    await shows(element, () => part(element, 'urgent') === null);
  });

  it('says what a call of many is, and offers no call back to its number', async () => {
    const {dialog, service} = client.confer({remote: {number: '9101', name: ''}});
    dialog.confirm();
    service.all(
      {number: '1001', name: '王芳'},
      {number: '1002', name: '李雷'},
      {number: '1003', name: 'Anna'},
    );
    await says('Conference');
    expect(textOf(element)).to.contain('李雷, Anna').and.not.contain('王芳');
    dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'normal'}});
    await says('The conference has ended');
    expect(part(element, 'again')).to.equal(null);
    await isAccessible(element);
  });

  it('answers and declines a call that rings', async () => {
    const first = client.ring('video');
    await says('Incoming video call');
    await isAccessible(element);
    await press(element, 'decline');
    await says('You declined.');
    expect(first.dialog.commands).to.deep.equal(['reject 603']);
    for (const media of ['audio', 'video'] as const) {
      const {dialog} = client.ring('video');
      await press(element, `answer-${media}`);
      await says('0:00');
      expect(dialog.commands).to.deep.equal([`accept ${media}`]);
      await press(element, 'hangup');
    }
  });

  it('keeps an answered call on the stage while another rings', async () => {
    const {call} = await answered();
    const second = client.ring('audio', {number: '1003', name: 'Anna'});
    await element.updateComplete;
    expect(element.call).to.equal(call);
    await press(element, 'hangup');
    await shows(element, () => element.call === second.call);
  });

  it('shows the call that its sid names', async () => {
    const {call} = client.dial();
    client.dial();
    element.sid = call.id;
    await shows(element, () => element.call === call);
    element.sid = 'no-such-call';
    await says('No call');
  });

  it('mutes and unmutes, and says which it will do', async () => {
    const {dialog} = await answered();
    expect(name('mute')).to.equal('Mute');
    await press(element, 'mute');
    await shows(element, () => name('mute') === 'Unmute');
    expect(part(element, 'mute')!.hasAttribute('aria-pressed')).to.equal(false);
    await isAccessible(element);
    await press(element, 'mute');
    await shows(element, () => name('mute') === 'Mute');
    expect(dialog.commands).to.deep.equal(['mute', 'unmute']);
  });

  it('holds and goes on, and shows no picture of a call on hold', async () => {
    const {dialog} = await answered('video');
    dialog.play(new MediaStream([sound(), picture()]), new MediaStream([picture('brown')]));
    await shows(element, () => video('remote').classList.contains('playing'));
    expect(name('hold')).to.equal('Hold');
    await press(element, 'hold');
    await shows(element, () => name('hold') === 'Resume');
    expect(part(element, 'hold')!.classList.contains('on')).to.equal(true);
    expect(part(element, 'hold')!.hasAttribute('aria-pressed')).to.equal(false);
    expect(part(element, 'middle')!.innerText).to.contain('On hold');
    expect(textOf(element, '[role=status]')).to.contain('On hold');
    expect([video('remote').classList.contains('playing'), video('local').hidden]).to.deep.equal([
      false,
      true,
    ]);
    await isAccessible(element);
    await press(element, 'hold');
    await shows(element, () => name('hold') === 'Hold');
    expect(part(element, 'middle')!.hidden).to.equal(true);
    expect(dialog.commands).to.deep.equal(['hold', 'unhold']);
  });

  it('says why it could not be held', async () => {
    const {dialog} = await answered();
    dialog.failure = new SipError('not-acceptable', {status: 488});
    const told = next(element, 'sip-error');
    await press(element, 'hold');
    expect((await told).detail.error.code).to.equal('not-acceptable');
    expect(name('hold')).to.equal('Hold');
    await isAccessible(element);
  });

  it('shows no picture of a call that the other side holds, but says so', async () => {
    const {dialog} = await answered('video');
    dialog.play(new MediaStream([sound(), picture()]));
    await shows(element, () => video('remote').classList.contains('playing'));
    dialog.set({remoteHeld: true});
    await shows(element, () => !part(element, 'middle')!.hidden);
    expect(part(element, 'middle')!.innerText).to.contain('You’re on hold');
    await isAccessible(element);
  });

  it('turns the camera off and on, and takes one’s own picture away', async () => {
    const {dialog} = await answered('video');
    dialog.play(new MediaStream([picture()]), new MediaStream([picture('brown')]));
    await shows(element, () => video('local').srcObject !== null);
    expect(getComputedStyle(video('local')).transform).to.equal('matrix(-1, 0, 0, 1, 0, 0)');
    await press(element, 'camera');
    await shows(element, () => name('camera') === 'Turn camera on');
    expect(video('local').hidden).to.equal(true);
    await press(element, 'camera');
    await shows(element, () => !video('local').hidden);
    expect(dialog.commands).to.deep.equal(['camera off', 'camera on']);
  });

  it('shows an avatar in a call with sound alone, to which the camera adds a picture', async () => {
    const {dialog} = await answered();
    expect(textOf(element, '.avatar')).to.equal('李');
    expect(part(element, 'photo')).to.equal(null);
    expect(name('camera')).to.equal('Turn camera on');
    await press(element, 'camera');
    await shows(element, () => name('camera') === 'Turn camera off');
    expect(dialog.commands).to.deep.equal(['media video']);
    expect(part(element, 'photo')).not.to.equal(null);
    await isAccessible(element);
  });

  for (const [button, video] of [
    ['show', true],
    ['sound-only', false],
  ] as const) {
    it(`says that the other side shows a picture now, and offers an answer: ${button}`, async () => {
      const {dialog} = await answered();
      dialog.set({media: {audio: 'sendrecv', video: 'recvonly'}});
      await says('李雷 turned on video.');
      expect(part(element, 'notice')!.getAttribute('role')).to.equal('status');
      await isAccessible(element);
      part(element, button)!.click();
      await shows(element, () => part(element, 'notice') === null);
      expect(dialog.commands).to.deep.equal([video ? 'media video' : 'media']);
    });
  }

  it('says so once, however often the call is held', async () => {
    const {dialog} = await answered();
    const shown = {audio: 'sendrecv', video: 'recvonly'} as const;
    dialog.set({media: shown});
    await says('李雷 turned on video.');
    element.shadowRoot!.querySelector<HTMLElement>('.dismiss')!.click();
    await shows(element, () => part(element, 'notice') === null);
    for (const holds of ['held', 'remoteHeld']) {
      dialog.set({[holds]: true, media: {audio: 'sendonly', video: 'inactive'}});
      await element.updateComplete;
      dialog.set({[holds]: false, media: shown});
      await element.updateComplete;
    }
    expect(part(element, 'notice')).to.equal(null);
  });

  it('says nothing of a picture that was there from the beginning', async () => {
    const {dialog} = client.dial('video');
    dialog.set({phase: 'confirmed', media: {audio: 'sendrecv', video: 'recvonly'}});
    await says('0:00');
    expect(part(element, 'notice')).to.equal(null);
  });

  it('plays the remote sound in an element of its own, and the picture once there is one', async () => {
    const {dialog} = await answered('video');
    const [voice, face] = [sound(), picture()];
    expect(part(element, 'middle')!.hidden).to.equal(false);
    dialog.play(new MediaStream([voice, face]));
    await shows(element, () => video('remote').classList.contains('playing'));
    expect(part(element, 'middle')!.hidden).to.equal(true);
    const tracks = (player: HTMLMediaElement): MediaStreamTrack[] =>
      (player.srcObject as MediaStream).getTracks();
    expect(tracks(audio())).to.deep.equal([voice]);
    expect(tracks(video('remote'))).to.deep.equal([face]);
    expect([video('remote').muted, video('local').muted, audio().muted]).to.deep.equal([true, true, false]);
    await until(() => !audio().paused && !video('remote').paused);
    await isAccessible(element);
  });

  for (const width of ['240px', '288px', '480px']) {
    it(`offers the sound of a call without a picture beside what it says, ${width} wide`, async () => {
      element.silent = true;
      element.style.inlineSize = width;
      await answered();
      await shows(element, () => part(element, 'sound') !== null);
      const boxOf = (selector: string): DOMRect =>
        element.shadowRoot!.querySelector(selector)!.getBoundingClientRect();
      const shown = ['.stage', '.avatar', '.big', '.middle .number', '.sound', '.row'].filter(
        (selector) => boxOf(selector).height > 0,
      );
      // The avatar and the number are there if they have room.
      expect(shown).to.include.members(['.stage', '.big', '.sound', '.row']);
      const boxes = shown.map(boxOf);
      const [{top}, ...inside] = boxes as [DOMRect, ...DOMRect[]];
      for (const [index, box] of inside.entries())
        expect(box.top, `of ${index}`).to.be.at.least(inside[index - 1]?.bottom ?? top);
    });
  }

  for (const width of ['240px', '352px', '480px', '800px'])
    it(`covers no words of a held call by its chips or buttons, ${width} wide`, async () => {
      element.silent = true;
      element.style.inlineSize = width;
      const {call} = await answered();
      await call.hold();
      await call.startRecording();
      await shows(element, () => element.shadowRoot!.querySelector('.recording') !== null);
      const words = element.shadowRoot!.querySelector('.middle .big')!.getBoundingClientRect();
      const held = element.shadowRoot!.querySelector('.middle p')!.getBoundingClientRect();
      const chip = element.shadowRoot!.querySelector('.recording')!.getBoundingClientRect();
      expect(words.top).to.be.at.least(chip.bottom);
      expect(held.bottom).to.be.at.most(part(element, 'sound')!.getBoundingClientRect().top);
    });

  for (const width of ['240px', '288px', '480px', '800px'])
    it(`covers no words of a call by a notice, ${width} wide`, async () => {
      element.style.inlineSize = width;
      const {dialog} = await answered();
      void dialog.ask({number: '1005', name: 'Anna Novak'});
      await shows(element, () => part(element, 'notice') !== null);
      const words = [...part(element, 'middle')!.children].map((child) => child.getBoundingClientRect());
      const {top} = part(element, 'notice')!.getBoundingClientRect();
      for (const {height, bottom} of words) expect(height && bottom).to.be.at.most(top);
    });

  it('is never higher than the window shows at once', async () => {
    element.style.inlineSize = '3000px';
    await element.updateComplete;
    expect(element.offsetHeight).to.be.at.most(Math.max(240, innerHeight * 0.8) + 1);
    expect(part(element, 'stage')!.offsetWidth).to.equal(3000);
  });

  it('is low while there is no video, and becomes higher with it, once', async () => {
    element.style.inlineSize = '1200px';
    const {dialog} = client.dial();
    const stage = (): number => part(element, 'stage')?.offsetHeight ?? 0;
    await shows(element, () => stage() === 320);
    dialog.confirm();
    await says('0:00');
    expect(stage()).to.equal(320);
    dialog.set({warning: 'microphone-refused'});
    await shows(element, () => part(element, 'notice') !== null);
    expect(stage()).to.equal(320);
    dialog.set({warning: undefined, media: {audio: 'sendrecv', video: 'recvonly'}});
    await shows(element, () => stage() > 320);
    const high = stage();
    dialog.set({media: {audio: 'sendrecv', video: 'inactive'}});
    await shows(element, () => element.call?.state.media.video === 'inactive');
    expect(stage()).to.equal(high);
    dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'normal'}});
    await says('The call has ended');
    expect(stage()).to.equal(high);
  });

  it('keeps the focus when the button that has it goes: at the stage, where nothing is pressed twice', async () => {
    const {dialog} = await answered();
    part(element, 'hangup')!.focus();
    dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'normal'}});
    await says('The call has ended');
    expect(element.shadowRoot!.activeElement).to.equal(part(element, 'stage'));
    part(element, 'clear')!.focus();
    await press(element, 'clear');
    await says('No call');
    expect(element.shadowRoot!.activeElement).to.equal(part(element, 'stage'));
    await isAccessible(element);
  });

  it('takes the focus from nobody', async () => {
    const staged = await answered();
    staged.dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'normal'}});
    await says('The call has ended');
    expect(document.activeElement).to.equal(document.body);
  });

  it('keeps the sound off until it is asked for, where it is silent', async () => {
    element.silent = true;
    const {dialog} = await answered();
    dialog.play(new MediaStream([sound()]));
    await shows(element, () => audio().srcObject !== null);
    expect(audio().muted).to.equal(true);
    await isAccessible(element);
    await press(element, 'sound');
    await shows(element, () => part(element, 'sound') === null);
    expect(audio().muted).to.equal(false);
    expect(element.hasAttribute('silent')).to.equal(false);
  });

  it('offers to enable the sound where the browser refuses to play it', async () => {
    const {play} = HTMLMediaElement.prototype;
    let refuses = true;
    HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
      return refuses && this.localName === 'audio'
        ? Promise.reject(new DOMException('no gesture', 'NotAllowedError'))
        : play.call(this);
    };
    try {
      const {dialog} = await answered();
      dialog.play(new MediaStream([sound()]));
      await says('Turn sound on');
      await isAccessible(element);
      refuses = false;
      await press(element, 'sound');
      await shows(element, () => part(element, 'sound') === null);
      await until(() => !audio().paused);
    } finally {
      HTMLMediaElement.prototype.play = play;
    }
  });

  it('counts the time in tabular figures', async () => {
    const {call} = await answered();
    await shows(element, () => /\b0:0[1-9]/.test(textOf(element)));
    expect(Date.now() - call.state.answeredAt!).to.be.at.least(1000);
    const timer = part(element, 'time')!;
    expect(timer.getAttribute('role')).to.equal('timer');
    expect(getComputedStyle(timer).fontVariantNumeric).to.equal('tabular-nums');
  });

  it('tells of a poor connection and of being held', async () => {
    const {dialog} = await answered();
    dialog.set({health: 'suspect'});
    await says('Reconnecting to the server');
    dialog.set({health: 'recovering'});
    await says('Reconnecting the call');
    await isAccessible(element);
    dialog.set({health: 'restored', remoteHeld: true});
    await says('You’re on hold');
    expect(textOf(element)).not.to.contain('Reconnected');
    dialog.set({remoteHeld: false});
    await says('Reconnected');
    dialog.set({health: 'failed'});
    await says('No connection to the other side');
    await isAccessible(element);
    dialog.set({health: 'healthy'});
    await shows(element, () => !textOf(element).includes('connection'));
  });

  it('says why a call goes on with less, until it is taken note of', async () => {
    const {dialog} = await answered();
    dialog.set({warning: 'microphone-missing'});
    await says('No microphone was found');
    await isAccessible(element);
    element.shadowRoot!.querySelector<HTMLElement>('.dismiss')!.click();
    await shows(element, () => part(element, 'notice') === null);
    dialog.set({warning: 'camera-busy'});
    await says('The camera is in use');
  });

  it('tries again to open a microphone, which stays muted if it was, and says why that failed', async () => {
    const {dialog} = await answered();
    dialog.set({warning: 'microphone-refused', muted: true});
    await says('Microphone access is blocked');
    await press(element, 'retry');
    await shows(element, () => part(element, 'notice')?.querySelector('details') !== null);
    expect(part(element, 'notice')!.textContent).to.contain('Try again');
    await isAccessible(element);
    dialog.hears = true;
    await press(element, 'retry');
    await shows(element, () => part(element, 'notice') === null);
    expect([
      dialog.commands.filter((command) => command === 'microphone').length,
      dialog.state.muted,
    ]).to.deep.equal([2, true]);
    // A camera likewise; but what keeps the page from its devices stays.
    dialog.set({warning: 'camera-busy'});
    await press(element, 'retry');
    await shows(element, () => dialog.commands.at(-1) === 'media video');
    for (const warning of ['microphone-forbidden', 'microphone-replaced'] as const) {
      dialog.set({warning});
      await shows(element, () => part(element, 'notice') !== null && part(element, 'retry') === null);
    }
  });

  it('says that the other side has answered a video call with sound alone, and turns the camera on again', async () => {
    const {dialog} = await answered('video');
    dialog.set({media: {audio: 'sendrecv', video: 'inactive'}, warning: 'media-refused'});
    await says('李雷 does not accept video. The call continues with audio.');
    expect(part(element, 'notice')!.getAttribute('role')).to.equal('status');
    await isAccessible(element);
    await press(element, 'retry');
    await shows(element, () => dialog.commands.at(-1) === 'media video');
    dialog.set({warning: undefined});
    await shows(element, () => part(element, 'notice') === null);
    // The notice appears each time.
    for (let round = 0; round < 2; round += 1) {
      dialog.set({warning: 'media-refused'});
      await says('李雷 does not accept video');
      element.shadowRoot!.querySelector<HTMLElement>('.dismiss')!.click();
      await shows(element, () => part(element, 'notice') === null);
      dialog.set({warning: undefined});
      await element.updateComplete;
    }
  });

  it('keeps the caller’s name in view above each notice, from 240 pixels on', async () => {
    const {dialog} = await answered();
    for (const warning of ['microphone-refused', 'media-refused', 'microphone-busy'] as const)
      for (const width of [240, 298, 320, 390, 768]) {
        element.style.inlineSize = `${width}px`;
        dialog.set({warning});
        await shows(element, () => part(element, 'notice') !== null);
        const [name, notice, stage] = ['.middle .big', '.notice', '.stage'].map((selector) =>
          element.shadowRoot!.querySelector(selector)!.getBoundingClientRect(),
        ) as [DOMRect, DOMRect, DOMRect];
        expect(name.height, `${warning} ${width}`).to.be.above(10);
        expect(name.bottom, `${warning} ${width}`).to.be.at.most(notice.top);
        expect(name.top, `${warning} ${width}`).to.be.at.least(stage.top);
      }
  });

  it('shows a command that failed and tells of it', async () => {
    const {dialog} = await answered('video');
    dialog.failure = new SipError('camera-busy');
    const error = next(element, 'sip-error');
    await press(element, 'camera');
    expect((await error).detail.error.code).to.equal('camera-busy');
    await says('The camera is in use');
    await isAccessible(element);
    await press(element, 'mute');
    await shows(element, () => part(element, 'notice') === null);
  });

  for (const [by, code, sentence] of [
    ['local', 'normal', 'You hung up'],
    ['remote', 'normal', 'The call has ended'],
    ['remote', 'busy', '李雷 is busy'],
    ['remote', 'declined', '李雷 declined'],
    ['server', 'no-answer', '李雷 did not answer'],
    ['remote', 'cancelled', 'was canceled'],
    ['local', 'media-failed', 'A firewall may be blocking'],
  ] as const) {
    it(`says why it ended: ${code} by ${by}`, async () => {
      const {dialog} = await answered();
      dialog.set({phase: 'terminated', cause: {by, code}});
      await says(sentence);
      await isAccessible(element);
      expect(audio().srcObject).to.equal(null);
    });
  }

  it('says what the page is to write where its ICE servers ended the call', async () => {
    const {dialog} = await answered();
    const cause = {
      by: 'local',
      code: 'ice-servers-failed',
      subject: 'iceServers',
      expected: '[{"urls": "turn:…"}]',
    } as const;
    dialog.set({phase: 'terminated', cause});
    await says('Calls are not possible right now: this page is not set up correctly (iceServers).');
  });

  it('calls again', async () => {
    await answered('video');
    await press(element, 'hangup');
    await press(element, 'again');
    await says('Ringing');
    expect(client.asked.at(-1)).to.equal('call 1002 video');
  });

  it('cannot call again without a registration, and says why', async () => {
    await answered();
    await press(element, 'hangup');
    await client.unregister();
    await shows(element, () => part(element, 'again')?.getAttribute('aria-disabled') === 'true');
    expect(part(element, 'again')!.title).to.contain('not registered');
  });

  it('clears the stage when asked', async () => {
    await answered();
    await press(element, 'hangup');
    await press(element, 'clear');
    await says('No call');
  });

  it('goes on when it is moved in the page', async () => {
    const {dialog, call} = await answered('video');
    dialog.play(new MediaStream([sound(), picture()]), new MediaStream([picture()]));
    await shows(element, () => video('remote').classList.contains('playing'));
    const there = document.createElement('div');
    element.closest('sip-client')!.append(there);
    there.append(element);
    await until(() => !audio().paused && !video('remote').paused && !video('local').paused);
    expect(element.call).to.equal(call);
    expect(call.state.phase).to.equal('answered');
    dialog.set({muted: true});
    await shows(element, () => name('mute') === 'Unmute');
  });

  it('plays nothing any more when it has left the page', async () => {
    const {dialog} = await answered();
    dialog.play(new MediaStream([sound()]));
    await shows(element, () => audio().srcObject !== null);
    element.remove();
    await until(() => audio().srcObject === null);
  });

  it('shows what a stranger sends as text', async () => {
    client.ring('audio', {number: '1002', name: '<b>Bold</b>'});
    await says('<b>Bold</b>');
    expect(element.shadowRoot!.querySelector('b')).to.equal(null);
  });

  it('hands its call to the controls that are put into it', async () => {
    const control = document.createElement('button');
    element.append(control);
    const told: unknown[] = [];
    control.dispatchEvent(new ContextEvent(callContext, control, (call) => told.push(call), true));
    const {call} = await answered();
    expect(element.shadowRoot!.querySelector('slot')!.assignedElements()).to.deep.equal([control]);
    expect(told).to.deep.equal([undefined, call]);
  });

  describe('where not all controls fit', () => {
    const menu = (): HTMLElement => part(element, 'menu')!;
    const controlsIn = (selector: string): string[] =>
      [...element.shadowRoot!.querySelectorAll(`${selector} > :not(slot, .aside)`)].map((control) =>
        control.localName === 'button' ? control.getAttribute('part')! : control.localName.slice(4, -7),
      );

    async function narrow(width: string): Promise<Staged> {
      const {style} = element.parentElement!;
      style.display = 'block';
      style.inlineSize = width;
      const staged = await answered('video');
      await shows(element, () => part(element, 'more') !== null && part(element, 'devices') !== null);
      return staged;
    }

    it('keeps the most important ones in the row and has the others in a menu, each once', async () => {
      await narrow('320px');
      expect(controlsIn('.row')).to.deep.equal(['mute', 'camera', 'hold', 'more', 'hangup']);
      expect(controlsIn('.menu:not(.devices)')).to.deep.equal([
        ...['screen', 'keypad', 'transfer', 'photo', 'record', 'sounds', 'devices'],
      ]);
      element.parentElement!.style.inlineSize = '800px';
      await shows(element, () => part(element, 'more') === null && part(element, 'sound-devices') !== null);
      expect(controlsIn('.row')).to.deep.equal([
        ...['mute', 'sound-devices', 'camera', 'camera-devices'],
        ...['hold', 'screen', 'keypad', 'transfer', 'photo', 'record', 'sounds', 'hangup'],
      ]);
      element.parentElement!.style.inlineSize = '240px';
      await shows(element, () => controlsIn('.row').join() === 'mute,camera,more,hangup');
    });

    it('counts what the page puts in', async () => {
      const own = Object.assign(document.createElement('button'), {textContent: 'Own'});
      own.style.inlineSize = '44px';
      element.append(own);
      await narrow('320px');
      await shows(element, () => controlsIn('.row').join() === 'mute,camera,more,hangup');
    });

    it('opens the menu with its first control in focus, says all in words, and closes it when one is pressed', async () => {
      const {dialog} = await narrow('240px');
      part(element, 'more')!.focus();
      part(element, 'more')!.click();
      await until(() => menu().matches(':popover-open') && menu().matches(':focus-within'));
      const active = (): string => element.shadowRoot!.activeElement!.localName;
      expect(active()).to.equal('sip-hold-button');
      expect(part(element, 'hold')!.textContent!.trim()).to.equal('Hold');
      expect(part(element, 'hold')!.hasAttribute('aria-label')).to.equal(false);
      await isAccessible(element);
      for (const [key, tag] of [
        ['ArrowDown', 'sip-screen-button'],
        ['End', 'button'],
        ['ArrowDown', 'sip-hold-button'],
        ['ArrowUp', 'button'],
        ['Home', 'sip-hold-button'],
      ] as const) {
        element.shadowRoot!.activeElement!.dispatchEvent(
          new KeyboardEvent('keydown', {key, bubbles: true, composed: true}),
        );
        expect(active(), key).to.equal(tag);
      }
      await press(element, 'hold');
      await shows(element, () => !menu().matches(':popover-open'));
      await until(() => dialog.state.held);
      expect(element.shadowRoot!.activeElement?.getAttribute('part')).to.equal('more');
    });

    for (const [place, space] of [
      ['top', '0'],
      ['bottom', '55vh'],
    ] as const)
      it(`opens the menu beside the row at the ${place} of a page, never over it`, async () => {
        await narrow('320px');
        element.parentElement!.style.marginBlockStart = space;
        part(element, 'more')!.click();
        await until(() => menu().matches(':popover-open'));
        const [list, row] = [menu(), part(element, 'controls')!].map((each) => each.getBoundingClientRect());
        expect(list!.bottom <= row!.top || list!.top >= row!.bottom, `${list!.top}–${list!.bottom}`).to.equal(
          true,
        );
      });

    it('keeps what resumes a held call in the row, and in its place once it was pressed', async () => {
      const {dialog} = await narrow('240px');
      dialog.set({held: true});
      await shows(element, () => controlsIn('.row').join() === 'mute,hold,more,hangup');
      expect(controlsIn('.menu:not(.devices)')[0]).to.equal('camera');
      await press(element, 'hold');
      await shows(element, () => !dialog.state.held && name('hold') === 'Hold');
      expect(controlsIn('.row').join()).to.equal('mute,hold,more,hangup');
    });

    it('opens the dialog of the transfer from the menu, which closes, and gives the focus back', async () => {
      const {dialog: wire} = await narrow('240px');
      part(element, 'more')!.focus();
      part(element, 'more')!.click();
      await press(element, 'transfer');
      const button = element.shadowRoot!.querySelector('sip-transfer-button')!;
      const dialog = part(button, 'dialog') as HTMLDialogElement;
      await until(() => dialog.matches(':modal') && dialog.checkVisibility());
      expect(menu().matches(':popover-open')).to.equal(false);
      await shows(button, () => !!part(button, 'number')?.matches(':focus'));
      await isAccessible(element);
      element.parentElement!.style.inlineSize = '800px';
      await shows(element, () => part(element, 'more') === null);
      expect(dialog.matches(':modal')).to.equal(true);
      element.parentElement!.style.inlineSize = '240px';
      await shows(element, () => part(element, 'more') !== null);
      expect(dialog.matches(':modal')).to.equal(true);
      await press(button, 'close');
      expect(wire.commands).to.deep.equal([]);
      part(element, 'more')!.focus();
      part(element, 'more')!.click();
      await until(() => menu().matches(':focus-within'));
      await press(element, 'transfer');
      await press(button, 'close');
      expect(element.shadowRoot!.activeElement?.getAttribute('part')).to.equal('more');
    });

    it('says in the menu that nothing can be put through before the call stands', async () => {
      element.parentElement!.style.display = 'block';
      element.parentElement!.style.inlineSize = '240px';
      const {dialog: wire} = client.dial();
      await shows(element, () => part(element, 'more') !== null && part(element, 'transfer') !== null);
      expect(part(element, 'transfer')!.title).to.equal('Transfer (Alt+T): Available once connected');
      part(element, 'transfer')!.click();
      const button = element.shadowRoot!.querySelector('sip-transfer-button')!;
      expect((part(button, 'dialog') as HTMLDialogElement).open).to.equal(false);
      wire.confirm();
      await shows(element, () => !part(element, 'transfer')!.hasAttribute('aria-disabled'));
    });

    it('opens the keypad from the menu', async () => {
      const {dialog} = await narrow('240px');
      part(element, 'more')!.focus();
      part(element, 'more')!.click();
      await press(element, 'keypad');
      const keypad = element.shadowRoot!.querySelector('sip-keypad')!;
      await until(() => keypad.matches(':focus-within'));
      expect(menu().matches(':popover-open')).to.equal(false);
      keypad.shadowRoot!.querySelector<HTMLElement>('[data-key="5"]')!.click();
      await until(() => dialog.commands.includes('tones 5'));
    });
  });

  it('puts the call through, and says in the dialog alone why it came to nothing', async () => {
    element.parentElement!.style.display = 'block';
    element.parentElement!.style.inlineSize = '800px';
    const {call, dialog: wire} = await answered();
    await press(element, 'transfer');
    const button = element.shadowRoot!.querySelector('sip-transfer-button')!;
    const put = async (): Promise<void> => {
      await shows(button, () => part(button, 'number') !== null);
      const field = part(button, 'number') as HTMLInputElement;
      field.value = '1003';
      field.form!.requestSubmit();
      await until(() => wire.commands.at(-1) === 'transfer 1003');
    };
    await put();
    wire.referred!.end(new SipError('busy', {subject: '1003', status: 486}));
    await shows(button, () => !!part(button, 'notice')?.innerText.includes('1003 is busy'));
    await element.updateComplete;
    expect(element.shadowRoot!.querySelector('[part=notice]')).to.equal(null);
    await put();
    wire.referred!.end();
    await says('You transferred the call to 1003');
    expect(call.state.phase).to.equal('released');
  });

  describe('asked for a transfer', () => {
    const george = {number: '1005', name: ''};
    const question = (): string => textOf(element, '[part=notice]');

    it('asks its user, aloud, and answers what he presses', async () => {
      const {dialog} = await answered();
      for (const [button, agreed] of [
        ['accept', true],
        ['refuse', false],
      ] as const) {
        const asked = dialog.ask(george);
        await says('李雷 wants to transfer you to 1005.');
        expect(part(element, 'notice')!.getAttribute('role')).to.equal('alert');
        expect(element.shadowRoot!.activeElement).to.equal(null);
        await isAccessible(element);
        await press(element, button);
        expect(await asked).to.equal(agreed);
        await shows(element, () => part(element, 'notice') === null);
      }
    });

    it('asks for a call that is not on the stage as well, one after the other', async () => {
      const first = await answered();
      const second = client.dial('audio', {number: '1003', name: 'Anna'});
      second.dialog.confirm();
      await shows(element, () => element.call === second.call);
      const asked = [first.dialog.ask(george), second.dialog.ask({number: '1006', name: '<b>Eve</b>'})];
      await says('李雷 wants to transfer you to 1005.');
      await press(element, 'refuse');
      await says('Anna wants to transfer you to <b>Eve</b> (1006).');
      await press(element, 'accept');
      expect(await Promise.all(asked)).to.deep.equal([false, true]);
      element.sid = second.call.id;
      await element.updateComplete;
      expect(await first.dialog.ask(george)).to.equal(undefined);
    });

    it('asks nobody where the page has answered or refused', async () => {
      const {dialog} = await answered();
      client.addEventListener('sip-transfer-request', ({detail}) => detail.respondWith(true), {once: true});
      expect(await dialog.ask(george)).to.equal(true);
      client.addEventListener('sip-transfer-request', (event) => event.preventDefault(), {once: true});
      expect(await dialog.ask(george)).to.equal(false);
      await element.updateComplete;
      expect(question()).to.equal('');
    });

    it('asks no more when it is too late, and gives the focus to the stage', async () => {
      const {dialog} = await answered();
      const late = new AbortController();
      void dialog.ask(george, late.signal);
      await says('wants to transfer you');
      part(element, 'accept')!.focus();
      late.abort();
      await shows(element, () => part(element, 'notice') === null);
      expect(element.shadowRoot!.activeElement).to.equal(part(element, 'stage'));
    });

    it('asks on where it is moved, and refuses where it is taken away', async () => {
      const {dialog} = await answered();
      const asked = dialog.ask(george);
      await says('wants to transfer you');
      const there = element.parentElement!.appendChild(document.createElement('div'));
      there.append(element);
      await says('wants to transfer you');
      element.remove();
      expect(await asked).to.equal(false);
      expect(await dialog.ask(george)).to.equal(undefined);
    });

    it('asks once a window, whatever shows the call there', async () => {
      const {dialog} = await answered();
      const second = element.parentElement!.appendChild(document.createElement('sip-call'));
      await second.updateComplete;
      const asked = dialog.ask(george);
      await says('wants to transfer you');
      await second.updateComplete;
      expect(part(second, 'notice')).to.equal(null);
      await press(element, 'accept');
      expect(await asked).to.equal(true);
    });

    it('asks in Chinese', async () => {
      element.lang = 'zh';
      const {dialog} = await answered();
      const asked = dialog.ask(george);
      await says('李雷 请求将您转接给 1005。');
      await press(element, 'refuse');
      expect(await asked).to.equal(false);
    });
  });

  it('has no transfer where the server does none', async () => {
    const {capabilities} = client;
    Object.defineProperty(client, 'capabilities', {value: {...capabilities, transfer: false}});
    await answered();
    await element.updateComplete;
    expect(element.shadowRoot!.querySelector('sip-transfer-button')).to.equal(null);
  });

  it('opens the keypad over the stage', async () => {
    const {dialog} = await answered();
    const keypad = element.shadowRoot!.querySelector('sip-keypad')!;
    part(element, 'keypad')!.focus();
    part(element, 'keypad')!.click();
    await until(() => keypad.matches(':focus-within'));
    await isAccessible(element);
    keypad.shadowRoot!.querySelector<HTMLElement>('[data-key="7"]')!.click();
    await until(() => dialog.commands.includes('tones 7'));
    part(element, 'keypad')!.click();
    await until(() => !keypad.matches(':focus-within'));
    expect(element.shadowRoot!.activeElement?.getAttribute('part')).to.equal('keypad');
  });

  it('says in the bar that the call is recorded', async () => {
    const {dialog} = await answered();
    dialog.play(new MediaStream([sound()]), new MediaStream([sound()]));
    await press(element, 'record');
    await shows(element, () => element.shadowRoot!.querySelector('.recording') !== null);
    const time = element.shadowRoot!.querySelector('.recording sip-duration')!;
    await shows(element, () => textOf(time).includes('0:0'));
    await isAccessible(element);
    await press(element, 'pause-recording');
    await shows(element, () => textOf(element, '.recording').includes('Paused'));
    await isAccessible(element);
    await press(element, 'pause-recording');
    await shows(element, () => !textOf(element, '.recording').includes('Paused'));
    element
      .shadowRoot!.querySelector('sip-record-button')!
      .addEventListener('sip-recording', (event) => event.preventDefault());
    await press(element, 'record');
    await shows(element, () => element.shadowRoot!.querySelector('.recording') === null);
  });

  describe('its keys', () => {
    const key = (target: EventTarget, key: string, more: KeyboardEventInit = {}): KeyboardEvent => {
      const event = new KeyboardEvent('keydown', {
        ...{key, altKey: true, bubbles: true, composed: true, cancelable: true, ...more},
      });
      target.dispatchEvent(event);
      return event;
    };
    const stage = (): HTMLElement => part(element, 'stage')!;

    it('press the controls while the focus is inside, which say so', async () => {
      const {dialog} = await answered('video');
      expect(part(element, 'mute')!.getAttribute('aria-keyshortcuts')).to.equal('Alt+M');
      expect(part(element, 'mute')!.title).to.equal('Mute (Alt+M)');
      expect(key(stage(), 'm').defaultPrevented).to.equal(true);
      await until(() => dialog.state.muted);
      // Alt makes another sign of it on some keyboards.
      key(stage(), 'µ', {code: 'KeyM'});
      await until(() => !dialog.state.muted);
      key(part(element, 'mute')!, 'h');
      await until(() => dialog.state.held);
      key(stage(), 'v');
      await until(() => dialog.state.cameraOff);
      expect(key(stage(), 'k').defaultPrevented).to.equal(true);
      await until(() => element.shadowRoot!.querySelector('sip-keypad')!.matches(':focus-within'));
      key(stage(), 'x');
      await until(() => dialog.state.phase === 'terminated');
      expect(key(stage(), 'm').defaultPrevented).to.equal(false);
    });

    it('leave alone what is meant otherwise', async () => {
      const {dialog} = await answered();
      for (const more of [
        {altKey: false},
        {ctrlKey: true},
        {shiftKey: true},
        {metaKey: true},
        {repeat: true},
        {isComposing: true},
      ])
        expect(key(stage(), 'm', more).defaultPrevented, Object.keys(more)[0]).to.equal(false);
      expect(key(document.body, 'm').defaultPrevented).to.equal(false);
      expect(dialog.commands).to.deep.equal([]);
    });

    it('work on the whole page where it says so, but not where somebody types', async () => {
      const {dialog} = await answered();
      element.setAttribute('shortcuts-scope', 'page');
      const field = document.body.appendChild(document.createElement('input'));
      expect(key(field, 'm').defaultPrevented).to.equal(false);
      field.remove();
      expect(key(document.body, 'm').defaultPrevented).to.equal(true);
      await until(() => dialog.state.muted);
      element.remove();
      expect(key(document.body, 'm').defaultPrevented).to.equal(false);
    });

    it('can be others, and be switched off', async () => {
      const {dialog} = await answered();
      element.shortcuts = {mute: 'ctrl+shift+u', hangup: '', hold: 'nonsense+J'};
      await element.updateComplete;
      expect(part(element, 'mute')!.getAttribute('aria-keyshortcuts')).to.equal('Control+Shift+U');
      expect(part(element, 'hangup')!.hasAttribute('aria-keyshortcuts')).to.equal(false);
      for (const name of ['m', 'x', 'h', 'j']) expect(key(stage(), name).defaultPrevented).to.equal(false);
      key(stage(), 'U', {altKey: false, ctrlKey: true, shiftKey: true});
      await until(() => dialog.state.muted);
      element.setAttribute('shortcuts', 'none');
      await element.updateComplete;
      expect(part(element, 'mute')!.hasAttribute('aria-keyshortcuts')).to.equal(false);
      expect(key(stage(), 'm').defaultPrevented).to.equal(false);
      element.removeAttribute('shortcuts');
      await element.updateComplete;
      key(stage(), 'm');
      await until(() => !dialog.state.muted);
    });
  });

  for (const width of [240, 320, 480]) {
    it(`keeps its controls inside at ${width} px`, async () => {
      element.parentElement!.style.setProperty('display', 'block');
      element.parentElement!.style.setProperty('inline-size', `${width}px`);
      client.ring('video');
      await shows(element, () => part(element, 'answer-video') !== null);
      const inside = (): void => {
        const stage = part(element, 'stage')!.getBoundingClientRect();
        const row = element.shadowRoot!.querySelector('.controls')!;
        for (const control of row.querySelectorAll('button, .row > :not(.aside)')) {
          if (control.localName === 'slot') continue;
          const button = control.shadowRoot?.querySelector('button') ?? control;
          const {left, right, height} = button.getBoundingClientRect();
          expect(left).to.be.at.least(stage.left);
          expect(right).to.be.at.most(stage.right);
          expect(height).to.be.at.least(24);
        }
      };
      inside();
      await press(element, 'answer-video');
      await says('0:00');
      const right = (name: string): number => part(element, name)!.getBoundingClientRect().right;
      await until(() => right('hangup') <= right('stage'));
      inside();
    });
  }
});
