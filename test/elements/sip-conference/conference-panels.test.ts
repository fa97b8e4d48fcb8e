import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys, sendMouse, setViewport} from '@web/test-runner-commands';
import type {SipConferenceElement} from '../../../src/elements/sip-conference/sip-conference.js';
import {SipError} from '../../../src/errors.js';
import {deep, isAccessible, part, press, shows} from '../../support/in-page/elements.js';
import {StagedClient} from '../../support/staged/staged-client.js';
import type {StagedMeeting} from '../../support/staged/staged-client.js';

/** What is pressed, and what the panel has then. */
const PANELS = {files: 'play', invite: 'call', end: 'end-confirm'} as const;

describe('the panels of a <sip-conference>', () => {
  let client: StagedClient;
  let element: SipConferenceElement;
  let meeting: StagedMeeting;

  const panel = (name: string): HTMLElement => deep(element, `#panel-${name}`)[0]!;
  const isOpen = (name: string): boolean => panel(name).matches(':popover-open');
  const uploaded = (): string[] => deep(element, '[part=uploaded] .name').map((name) => name.innerText);
  const active = (): Element => {
    let focused = element.shadowRoot!.activeElement!;
    while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
    return focused;
  };
  /** The boxes of all that can be pressed outside panels, by names. */
  const controls = (): Record<string, string> =>
    Object.fromEntries(
      deep(element, 'button, input')
        .filter((control) => control.checkVisibility() && !shadowClosest(control, '.panel'))
        .map((control, index) => {
          const {x, y, width, height} = control.getBoundingClientRect();
          return [`${index} ${control.title}`, [x, y, width, height].map(Math.round).join()];
        }),
    );
  const upload = (name: string, id: string): boolean =>
    client.dispatchEvent(
      new CustomEvent('sip-upload-end', {
        detail: {
          file: new File(['x'.repeat(2500)], name),
          ok: true,
          status: 200,
          response: `{"fileid":"${id}"}`,
        },
      }) as never,
    );

  beforeEach(async () => {
    client = await StagedClient.ready();
    const root = await fixture(
      html`<sip-client .client=${client}><sip-conference></sip-conference></sip-client>`,
    );
    element = root.querySelector('sip-conference')!;
    meeting = client.confer();
    meeting.dialog.confirm();
    meeting.service.all(
      {number: '1001', name: '王芳', phase: 'answered'},
      {number: '1002', name: '李雷', phase: 'answered'},
      {number: '1003', name: 'Anna Novak', phase: 'ringing'},
    );
    await shows(element, () => part(element, 'end') !== null && part(element, 'hangup') !== null);
  });
  afterEach(() => setViewport({width: 1280, height: 800}));

  for (const width of [320, 768, 1440])
    it(`lie over the stage and move no control, ${width} pixels wide, and leave hanging up in view`, async () => {
      await setViewport({width, height: 900});
      for (let file = 0; file < 8; file += 1) upload(`Announcement ${file}.ogg`, `f${file}`);
      await shows(element, () => true);
      // The row of controls is laid out once its width is known.
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      await shows(element, () => true);
      const before = controls();
      for (const [name, inside] of Object.entries(PANELS)) {
        part(element, name)!.click();
        await shows(element, () => isOpen(name) && panel(name).contains(hostIn(panel(name))));
        expect(controls(), name).to.deep.equal(before);
        expect(part(element, inside)!.checkVisibility()).to.equal(true);
        const box = panel(name).getBoundingClientRect();
        const hangup = part(element, 'hangup')!.getBoundingClientRect();
        expect(box.left >= 0 && box.right <= width, `${name} is in the window`).to.equal(true);
        expect(box.bottom, `${name} ends above the controls`).to.be.at.most(hangup.top);
        await sendKeys({press: 'Escape'});
        await shows(element, () => !isOpen(name));
        expect(controls(), name).to.deep.equal(before);
      }
    });

  it('take the focus, and give it back when Escape or a press outside closes them', async () => {
    for (const name of Object.keys(PANELS)) {
      part(element, name)!.focus();
      await sendKeys({press: 'Enter'});
      await shows(element, () => isOpen(name) && hostIn(panel(name)) !== null);
      expect(part(element, name)!.getAttribute('aria-expanded')).to.equal('true');
      await isAccessible(element);
      await sendKeys({press: 'Escape'});
      await shows(element, () => active() === part(element, name));
      expect(part(element, name)!.getAttribute('aria-expanded')).to.equal('false');
      part(element, name)!.click();
      await shows(element, () => isOpen(name));
      const {left, top} = deep(element, '[part=stage]')[0]!.getBoundingClientRect();
      await sendMouse({type: 'click', position: [Math.round(left + 4), Math.round(top + 40)]});
      await shows(element, () => !isOpen(name));
    }
  });

  it('offer the files that were uploaded, with their names, sizes and times, and play the chosen one', async () => {
    await press(element, 'files');
    await shows(element, () => isOpen('files'));
    await shows(element, () =>
      deep(element, '.head > p.quiet').some(
        ({innerText}) => innerText === 'No files have been uploaded yet.',
      ),
    );
    upload('siren.wav', 'f1');
    upload('welcome.ogg', 'f2');
    await shows(element, () => uploaded().join() === 'welcome.ogg,siren.wav');
    expect(deep(element, '[part=uploaded] .state')[0]!.innerText).to.match(/^2\.5 kB\s*\d+:\d\d/);
    part(element, 'play')!.click();
    await shows(element, () => part(element, 'file-id')!.getAttribute('aria-invalid') === 'true');
    expect(active().matches('[type=radio]')).to.equal(true);
    await isAccessible(element);
    await sendKeys({press: 'ArrowDown'});
    const composing = new KeyboardEvent('keydown', {
      key: 'Enter',
      isComposing: true,
      bubbles: true,
      composed: true,
    });
    active().dispatchEvent(composing);
    meeting.service.failure = new SipError('file-not-found', {subject: 'f1'});
    await sendKeys({press: 'Enter'});
    await shows(element, () => meeting.service.commands.at(-1) === 'play f1 1');
    await shows(element, () => deep(element, '.wrong').length === 1);
    part(element, 'play')!.click();
    await shows(element, () => !isOpen('files'));
    expect(meeting.service.commands).to.deep.equal(['play f1 1', 'play f1 1']);
  });

  it('leave the button of the sound in a narrow bar while the sound is off', async () => {
    await setViewport({width: 320, height: 900});
    const button = (): HTMLElement => part(element, 'call-sound')!;
    await shows(element, () => part(element, 'call-sound') !== null && !button().checkVisibility());
    for (const [off, on] of [
      [() => meeting.call.silence(), () => meeting.call.unsilence()],
      [() => meeting.call.setVolume(0), () => meeting.call.setVolume(1)],
    ] as const) {
      await off();
      await shows(element, () => button().checkVisibility());
      expect(button().title).to.equal('Sound off for you');
      await isAccessible(element);
      await on();
      await shows(element, () => !button().checkVisibility());
    }
  });

  it('have one sound of the conference, and none of a single member: the server mixes them', async () => {
    await shows(element, () => deep(element, 'sip-conference-member').length === 3);
    expect(deep(element, 'sip-sound-menu').length).to.equal(1);
    part(element, 'call-sound')!.click();
    await shows(element, () => deep(element, 'fieldset.sound').length === 1);
    expect(deep(element, 'meter').length).to.equal(1);
    expect(deep(element, 'input[type=range]').length).to.equal(1);
  });

  it('offer the files of the server by their names, and its samples, also while another one is uploaded', async () => {
    client.files = [
      {id: 'f9', name: 'Evacuation, long.mp3', size: 1_500_000, time: Date.now(), sample: false},
      {id: 'sample-sound', name: 'sample-sound.ogg', size: 20_000, sample: true},
      {id: 'f8', name: 'f8', sample: false},
    ];
    await press(element, 'files');
    await shows(element, () => uploaded().join() === 'Evacuation, long.mp3,sample-sound.ogg,f8');
    const states = deep(element, '[part=uploaded] .state').map(({innerText}) =>
      innerText.replace(/\s+/g, ' '),
    );
    expect(states[0]).to.match(/^1\.5 MB \d+:\d\d/);
    expect(states[1]).to.match(/^20 kB Sample$/);
    expect(states[2]).to.equal('');
    upload('siren.wav', 'f9');
    await shows(element, () => uploaded().join() === 'siren.wav,sample-sound.ogg,f8');
    await isAccessible(element);
    deep(element, '[part=uploaded]')[1]!.click();
    await shows(element, () => deep(element, '[part=uploaded]:has(:checked)').length === 1);
    part(element, 'play')!.click();
    await shows(element, () => meeting.service.commands.at(-1) === 'play sample-sound 1');
  });

  it('keep the files of the server when the element is moved, until another client comes', async () => {
    client.files = [{id: 'f9', name: 'Evacuation.mp3', sample: false}];
    await press(element, 'files');
    await shows(element, () => uploaded().join() === 'Evacuation.mp3');
    const provider = element.parentElement as HTMLElementTagNameMap['sip-client'];
    const place = document.createElement('div');
    provider.append(place);
    place.append(element);
    await shows(element, () => part(element, 'files') !== null);
    upload('siren.wav', 'f1');
    await shows(element, () => uploaded().join() === 'siren.wav,Evacuation.mp3');
    const other = await StagedClient.ready();
    other.confer().dialog.confirm();
    provider.client = other;
    await shows(element, () => uploaded().join() === 'siren.wav');
  });

  it('choose no other file if the server gives an upload no id', async () => {
    upload('siren.wav', 'f1');
    let over: (() => void) | undefined;
    client.upload = (async (file: File) => {
      const result = {ok: true, status: 200, response: '{}'};
      await new Promise<void>((resolve) => (over = resolve));
      client.dispatchEvent(new CustomEvent('sip-upload-end', {detail: {...result, file}}) as never);
      return result;
    }) as never;
    await press(element, 'files');
    await shows(element, () => uploaded().join() === 'siren.wav');
    const [picker] = deep<HTMLInputElement>(element, '[type=file]');
    const files = new DataTransfer();
    files.items.add(new File(['x'], 'new.ogg'));
    picker!.files = files.files;
    picker!.dispatchEvent(new Event('change'));
    await shows(element, () => deep(element, 'progress').length === 1);
    over!();
    await shows(element, () => deep(element, 'progress').length === 0);
    expect(deep(element, '[type=radio]:checked')).to.deep.equal([]);
  });

  it('say beside the field what is wrong, once the user has written it, and invite nobody', async () => {
    await press(element, 'invite');
    await shows(element, () => active()?.matches('[part=members-field]'));
    const invalid = (): boolean => part(element, 'members-field')!.getAttribute('aria-invalid') === 'true';
    await sendKeys({type: 'nobody{},'});
    await shows(element, () => true);
    expect(invalid(), 'while it is written').to.equal(false);
    await sendKeys({press: 'Tab'});
    await shows(element, invalid);
    await isAccessible(element);
    part(element, 'call')!.click();
    await shows(element, () => active()?.matches('[part=members-field]'));
    expect(meeting.service.commands).to.deep.equal([]);
    expect(part(element, 'notice')).to.equal(null);
  });
});

/** What has the focus in a panel. */
function hostIn(panel: HTMLElement): Element | null {
  return panel.querySelector(':focus-within, :focus');
}

/** The nearest match around an element, across shadow roots. */
function shadowClosest(element: Element, selector: string): Element | null {
  const found = element.closest(selector);
  const root = element.getRootNode();
  return found ?? (root instanceof ShadowRoot ? shadowClosest(root.host, selector) : null);
}
