import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys, sendMouse} from '@web/test-runner-commands';
import {SipDevices} from '../../../src/core/devices/devices.js';
import type {SipCallElement} from '../../../src/elements/sip-call/sip-call.js';
import {deep, isAccessible, part, press, shows, textOf} from '../../support/in-page/elements.js';
import {until} from '../../support/in-page/facts.js';
import {paintedPicture} from '../../support/in-page/painted-picture.js';
import {picture, sound, StagedClient, type Staged} from '../../support/staged/staged-client.js';
import {StagedDevices} from '../../support/staged/staged-devices.js';

describe('<sip-call> while a call is on it', () => {
  let stage: StagedDevices;
  let client: StagedClient;
  let root: HTMLElement;
  let element: SipCallElement;

  beforeEach(async () => {
    localStorage.clear();
    stage = new StagedDevices([
      {kind: 'microphone', id: 'desk', label: 'Desk'},
      {kind: 'microphone', id: 'headset', label: '<b>Headset</b>'},
      {kind: 'camera', id: 'camera', label: 'Camera', color: '#f00'},
      {kind: 'output', id: 'box', label: 'Box'},
    ]);
    client = await StagedClient.ready({devices: new SipDevices()});
    root = await fixture<HTMLElement>(
      html`<sip-client .client=${client} lang="en"><sip-call></sip-call></sip-client>`,
    );
    root.style.display = 'block';
    root.style.inlineSize = '50rem';
    element = root.querySelector('sip-call')!;
  });
  afterEach(async () => {
    root.remove();
    await client.disconnect();
    stage.restore();
  });

  async function answered(media: 'audio' | 'video' = 'video'): Promise<Staged> {
    const staged = client.dial(media);
    staged.dialog.confirm(media === 'video');
    await shows(element, () => part(element, 'full-screen') !== null);
    return staged;
  }

  async function pictured(): Promise<Staged> {
    const staged = await answered();
    staged.dialog.play(new MediaStream([picture(), sound()]), new MediaStream([picture('brown')]));
    await shows(element, () => element.shadowRoot!.querySelector('.remote.playing') !== null);
    return staged;
  }

  const box = (found: Element): DOMRect => found.getBoundingClientRect();
  const found = (selector: string): HTMLElement => deep(element, selector)[0]!;

  /** Presses as a person does: the browser counts it as a gesture. */
  async function click(name: string): Promise<void> {
    const {left, top, width, height} = box(part(element, name)!);
    await sendMouse({
      type: 'click',
      position: [left + width / 2, top + height / 2].map(Math.round) as [number, number],
    });
  }

  const seen = (target: Element): boolean => {
    const {left, top, width, height} = box(target);
    let hit: Element | null | undefined = document.elementFromPoint(left + width / 2, top + height / 2);
    for (
      let inner = hit;
      (inner = inner?.shadowRoot?.elementFromPoint(left + width / 2, top + height / 2) ?? null);
    )
      if (inner === hit) break;
      else hit = inner;
    return (
      hit === target || target.contains(hit ?? null) || target.shadowRoot?.contains(hit ?? null) === true
    );
  };

  describe('in full screen', () => {
    afterEach(async () => {
      if (document.fullscreenElement) await document.exitFullscreen();
    });

    const fills = (): boolean => element.matches(':state(full-screen)');

    it('fills the screen from its button, and goes back', async () => {
      await pictured();
      expect(part(element, 'full-screen')!.title).to.equal('Full screen (Alt+F)');
      await click('full-screen');
      await shows(element, fills);
      expect(document.fullscreenElement).to.equal(element);
      expect(box(found('.stage')).width).to.equal(innerWidth);
      expect(box(found('.stage')).height).to.equal(innerHeight);
      expect(box(found('.remote')).height).to.equal(innerHeight);
      expect(part(element, 'full-screen')!.ariaLabel).to.equal('Exit full screen');
      await isAccessible(element);
      await click('full-screen');
      await shows(element, () => !fills());
      expect(document.fullscreenElement).to.equal(null);
    });

    it('has a key, and follows the browser when Esc or the page ends it', async () => {
      await pictured();
      element.focus();
      await sendKeys({down: 'Alt'});
      await sendKeys({press: 'f'});
      await sendKeys({up: 'Alt'});
      await shows(element, fills);
      await document.exitFullscreen();
      await shows(element, () => !fills());
    });

    it('shows its menus and dialogs on the screen, and ends when the stage is cleared', async () => {
      const {dialog} = await pictured();
      await click('full-screen');
      await shows(element, fills);
      await press(element, 'keypad');
      await until(() => seen(found('sip-keypad')));
      await press(element, 'keypad');
      await press(element, 'transfer');
      await until(() => seen(part(element, 'transfer-dialog')!));
      element.shadowRoot!.querySelector('sip-transfer-button')!.close();
      dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'normal'}});
      await press(element, 'clear');
      await until(() => document.fullscreenElement === null);
    });

    it('has no button where the browser has no full screen', async () => {
      const enabled = Object.getOwnPropertyDescriptor(Document.prototype, 'fullscreenEnabled')!;
      Object.defineProperty(Document.prototype, 'fullscreenEnabled', {configurable: true, get: () => false});
      try {
        client.dial('audio').dialog.confirm();
        await shows(element, () => part(element, 'sound-devices') !== null);
        expect(part(element, 'full-screen')).to.equal(null);
      } finally {
        Object.defineProperty(Document.prototype, 'fullscreenEnabled', enabled);
      }
    });
  });

  for (const width of [240, 480, 800])
    it(`covers nothing of a screen that the other side shares, ${width}px wide, and moves no control`, async () => {
      root.style.inlineSize = `${width}px`;
      const {dialog} = await pictured();
      await shows(element, () => part(element, 'hangup') !== null);
      const before = box(part(element, 'hangup')!);
      dialog.set({remoteSharing: true});
      await shows(element, () => element.shadowRoot!.querySelector('.beside') !== null);
      const screen = box(found('.remote'));
      expect(screen.height).to.be.at.least(60);
      expect(box(found('.top > .line')).bottom).to.be.at.most(screen.top);
      expect(box(part(element, 'controls')!).top).to.be.at.least(screen.bottom);
      const own = box(found('.local'));
      expect(!own.height || own.top >= screen.bottom, 'the own picture').to.equal(true);
      const after = box(part(element, 'hangup')!);
      expect([after.left, after.top]).to.deep.equal([before.left, before.top]);
    });

  it('shows avatar and name, and that the camera is off, of a side that sends no video', async () => {
    const {dialog} = await pictured();
    dialog.set({media: {audio: 'sendrecv', video: 'sendonly'}});
    await shows(element, () => part(element, 'middle')!.innerText.includes('Their camera is off'));
    dialog.play(new MediaStream([sound()]), new MediaStream([picture('brown')]));
    await shows(element, () => element.shadowRoot!.querySelector('.remote.playing') === null);
    expect(part(element, 'middle')!.innerText).to.contain('李雷');
    expect(textOf(element, '[role=status]')).to.contain('Their camera is off');
    await isAccessible(element);
    for (const health of ['suspect', 'recovering', 'failed'] as const) {
      dialog.set({health});
      await shows(element, () => !part(element, 'middle')!.innerText.includes('Their camera is off'));
    }
    dialog.set({health: 'healthy', media: {audio: 'sendrecv', video: 'inactive'}});
    await shows(element, () => part(element, 'middle')!.innerText.includes('Connected'));
  });

  it('shows avatar and name instead of a black picture, and the picture as soon as there is one', async () => {
    const {dialog} = await answered();
    const black = paintedPicture([0, 0, 0]);
    dialog.play(new MediaStream([black.track, sound()]));
    await shows(element, () => part(element, 'middle')!.innerText.includes('Their camera is off'));
    expect(element.shadowRoot!.querySelector('.remote.playing')).to.equal(null);
    expect(found('.remote').matches(':state(dark)')).to.equal(true);
    black.stop();
    dialog.play(new MediaStream([picture(), sound()]));
    await shows(element, () => element.shadowRoot!.querySelector('.remote.playing') !== null);
    expect(part(element, 'middle')!.hidden).to.equal(true);
  });

  it('shows a black screen that the other side shares', async () => {
    const {dialog} = await answered();
    const black = paintedPicture([0, 0, 0]);
    dialog.play(new MediaStream([black.track, sound()]));
    await shows(element, () => part(element, 'middle')!.innerText.includes('Their camera is off'));
    dialog.set({remoteSharing: true});
    await shows(element, () => element.shadowRoot!.querySelector('.beside > .remote.playing') !== null);
    black.stop();
  });

  it('says that the other side records, and nothing without its report', async () => {
    const {dialog} = await pictured();
    expect(part(element, 'recorded')).to.equal(null);
    dialog.set({remoteRecording: true});
    await shows(element, () => part(element, 'recorded') !== null);
    expect(part(element, 'recorded')!.innerText.trim()).to.equal('This call is being recorded');
    await shows(element, () => textOf(element, '[role=status]').includes('This call is being recorded'));
    await isAccessible(element);
    dialog.set({remoteRecording: false});
    await shows(element, () => part(element, 'recorded') === null);
  });

  it('has a row for these words where there is no room for them beside the name', async () => {
    const {dialog} = await pictured();
    element.parentElement!.style.inlineSize = '320px';
    dialog.set({remoteRecording: true, health: 'recovering'});
    await shows(element, () => part(element, 'recorded') !== null);
    const [name, words] = ['.top > .line', '.recorded .word'].map((selector) => {
      const found = element.shadowRoot!.querySelector<HTMLElement>(selector)!;
      expect(found.scrollWidth, selector).to.equal(found.clientWidth);
      return found.getBoundingClientRect();
    });
    expect(words!.top).to.be.at.least(name!.bottom - 1);
  });

  it('says how long the call was', async () => {
    const {dialog} = await answered();
    dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'normal'}});
    await shows(element, () => /The call has ended · 0:\d\d/.test(textOf(element)));
  });

  it('says no length of a call that was not answered', async () => {
    const {call, dialog} = client.dial();
    await shows(element, () => element.call === call);
    dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'busy'}});
    await shows(element, () => element.matches(':state(over)'));
    expect(textOf(element)).not.to.contain('·');
  });

  it('explains that an urgent call has put it on hold', async () => {
    const {call} = await answered();
    const urgent = client.ring('audio', {number: '1004', name: ''}, 'sos');
    await urgent.call.answer();
    await client.devices.list();
    element.sid = call.id;
    await shows(
      element,
      () => part(element, 'notice')?.textContent?.includes('On hold for an urgent call') === true,
    );
    await urgent.call.hangup();
    await shows(element, () => part(element, 'notice') === null);
    expect(call.state.held).to.equal(false);
  });

  describe('the devices beside mute and camera', () => {
    const menu = (): HTMLElement => part(element, 'devices-menu')!;
    const items = (): HTMLElement[] => deep(element, '[role=menuitemradio]');
    const names = (): string[] => items().map(({textContent}) => textContent!.trim());
    const focused = (): string =>
      element.shadowRoot!.querySelector('sip-call-devices')!.shadowRoot!.activeElement?.textContent?.trim() ??
      '';

    it('are chosen from a menu, by keyboard', async () => {
      await answered();
      await shows(element, () => part(element, 'sound-devices') !== null);
      part(element, 'sound-devices')!.focus();
      await sendKeys({press: 'Enter'});
      await shows(element, () => names().length === 5 && focused() === 'System default');
      expect(names()).to.deep.equal(['System default', 'Desk', '<b>Headset</b>', 'System default', 'Box']);
      await isAccessible(element);
      await sendKeys({press: 'ArrowDown'});
      await sendKeys({press: 'ArrowDown'});
      expect(focused()).to.equal('<b>Headset</b>');
      await sendKeys({press: 'Enter'});
      await until(() => client.devices.state.selected.microphone === 'headset');
      await until(() => !menu().matches(':popover-open'));
      expect(element.shadowRoot!.activeElement).to.equal(part(element, 'sound-devices'));
      await sendKeys({press: 'Enter'});
      await shows(element, () => focused() === '<b>Headset</b>');
      expect(items().map(({ariaChecked}) => ariaChecked)).to.deep.equal([
        'false',
        'false',
        'true',
        'true',
        'false',
      ]);
      await sendKeys({press: 'Escape'});
      await until(() => !menu().matches(':popover-open'));
    });

    it('have the cameras beside the camera', async () => {
      await answered();
      await shows(element, () => part(element, 'camera-devices') !== null);
      await press(element, 'camera-devices');
      await shows(element, () => names().join() === 'System default,Camera');
      expect(menu().ariaLabel).to.equal('Video settings');
    });

    it('take the place of another menu that is open', async () => {
      await answered();
      await shows(element, () => part(element, 'camera-devices') !== null);
      await click('sound-devices');
      await shows(element, () => names().length === 5);
      await click('camera-devices');
      await shows(
        element,
        () => names().join() === 'System default,Camera' && focused() === 'System default',
      );
      expect(menu().matches(':popover-open')).to.equal(true);
      await click('camera-devices');
      await until(() => !menu().matches(':popover-open'));
    });

    it('set the volume of the call, which is remembered', async () => {
      const {dialog} = await answered('audio');
      dialog.play(new MediaStream([sound()]));
      await shows(element, () => part(element, 'sound-devices') !== null);
      await press(element, 'sound-devices');
      await shows(element, () => deep(element, 'input[type=range]').length > 0);
      const [slider] = deep<HTMLInputElement>(element, 'input[type=range]');
      slider!.value = '35';
      slider!.dispatchEvent(new Event('input', {bubbles: true}));
      const [audio] = deep<HTMLAudioElement>(element, 'audio');
      await until(() => audio!.volume === 0.35);
      const later = new SipDevices();
      await later.list();
      expect(later.state.callVolume).to.equal(0.35);
    });

    it('set the sound of this call alone, on the loudspeaker if there is one', async () => {
      const {call, dialog} = await answered('audio');
      dialog.play(new MediaStream([sound()]));
      await shows(element, () => part(element, 'sound-devices') !== null);
      await press(element, 'sound-devices');
      await shows(element, () => deep(element, '[type=checkbox]').length > 0);
      expect(deep(element, '[type=radio]')).to.deep.equal([]);
      const [, slider] = deep<HTMLInputElement>(element, 'input[type=range]');
      slider!.value = '40';
      slider!.dispatchEvent(new Event('input', {bubbles: true}));
      const [audio] = deep<HTMLAudioElement>(element, 'audio');
      await until(() => audio!.volume === 0.4);
      const [silence] = deep<HTMLInputElement>(element, '[type=checkbox]');
      silence!.click();
      await until(() => audio!.volume === 0);
      expect(call.state.sound).to.deep.include({volume: 0.4, silenced: true});
      silence!.click();
      await until(() => audio!.volume === 0.4);
      const {devices} = client;
      const [box] = (await devices.list()).filter(({kind}) => kind === 'unselected');
      await devices.select('unselected', box!.id);
      await shows(element, () => deep(element, '[type=radio]').length === 2);
      await isAccessible(element);
      deep<HTMLInputElement>(element, '[type=radio]')[1]!.click();
      await until(() => call.state.sound.output === 'unselected');
    });

    for (const width of [320, 900])
      it(`have a sign while the sound of the call is off, which turns it on, ${width} pixels wide`, async () => {
        root.style.inlineSize = `${width}px`;
        const {call} = await answered();
        await shows(element, () => part(element, 'time') !== null);
        expect(part(element, 'sound-off')).to.equal(null);
        for (const off of [() => call.silence(), () => call.setVolume(0)]) {
          await off();
          await shows(element, () => part(element, 'sound-off') !== null);
          expect(part(element, 'sound-off')!.ariaLabel).to.contain('Sound off for you');
          const {left, right} = box(part(element, 'sound-off')!);
          expect(left >= 0 && right <= width + box(root).left).to.equal(true);
          await isAccessible(element);
          await press(element, 'sound-off');
          await shows(element, () => part(element, 'sound-off') === null);
          expect(call.state.sound).to.include({silenced: false, volume: 1});
        }
      });

    it('are in the menu of a narrow row', async () => {
      root.style.inlineSize = '320px';
      await answered();
      await shows(element, () => part(element, 'more') !== null && part(element, 'devices') !== null);
      expect(part(element, 'sound-devices')).to.equal(null);
      await press(element, 'more');
      await press(element, 'devices');
      await shows(element, () => menu().matches(':popover-open') && names().length === 7);
      expect(menu().ariaLabel).to.equal('Audio and video settings');
      expect(box(menu()).left).to.be.at.least(0);
    });
  });
});
