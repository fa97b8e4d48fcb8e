import {expect, fixture, html} from '@open-wc/testing';
import type {CaptionSide, CaptionSound} from '../../../src/core/captions/caption-source.js';
import type {SipCallElement} from '../../../src/elements/sip-call/sip-call.js';
import {randomUuid} from '../../../src/core/util/uuid.js';
import {deep, isAccessible, part, press, shows, textOf} from '../../support/in-page/elements.js';
import {until} from '../../support/in-page/facts.js';
import {StagedClient, type Staged} from '../../support/staged/staged-client.js';

describe('<sip-call>: captions', () => {
  let user: string;
  let client: StagedClient;
  let element: SipCallElement;
  let sounds: Map<CaptionSide, CaptionSound>;

  beforeEach(() => {
    user = randomUuid();
    sounds = new Map();
  });
  afterEach(async () => {
    await client.disconnect();
    localStorage.clear();
  });

  async function setUp(recognizes = true, historyStorage: 'local' | 'none' = 'local'): Promise<Staged> {
    client = await StagedClient.ready({
      user,
      historyStorage,
      ...(recognizes && {
        captions: (sound: CaptionSound) => {
          sounds.set(sound.side, sound);
          return {write: () => {}};
        },
      }),
    });
    const root = await fixture(
      html`<sip-client .client=${client}><sip-call style="inline-size: 1200px"></sip-call></sip-client>`,
    );
    element = root.querySelector('sip-call')!;
    element.removeAttribute('style');
    (element.parentElement as HTMLElement).style.inlineSize = '1200px';
    return answered();
  }
  async function answered(): Promise<Staged> {
    const staged = client.dial('audio', {number: '1002', name: 'Bea'});
    staged.dialog.confirm();
    await shows(element, () => element.call === staged.call && staged.call.state.phase === 'answered');
    return staged;
  }
  const band = (): HTMLElement | undefined => deep(element, 'sip-captions-band.on')[0];
  const heard = (): string =>
    deep(element, '[role=log] p')
      .map(({textContent}) => textContent!.replace(/\s+/g, ' '))
      .join(' | ');
  const name = (): string | null => part(element, 'captions')!.getAttribute('aria-label');
  const turnOn = async (): Promise<void> => {
    await press(element, 'captions');
    await shows(element, () => sounds.size === 2 && !!band());
  };

  it('have no button if the page recognizes no speech, until it does', async () => {
    const {call} = await setUp(false);
    expect(part(element, 'captions')).to.equal(null);
    expect(deep(element, 'sip-captions-band')).to.deep.equal([]);
    await call.captions((sound) => {
      sounds.set(sound.side, sound);
      return {write: () => {}};
    });
    await shows(element, () => !!part(element, 'captions') && !!band());
    expect(name()).to.equal('Turn off captions');
  });

  it('show what each side says, and what is not final yet', async () => {
    await setUp();
    await turnOn();
    expect(textOf(element)).to.include('Captions will appear here');
    sounds.get('remote')!.caption({text: 'Good morning', final: true, language: 'en'});
    sounds.get('local')!.caption({text: 'I am'});
    const shown = (): string[] =>
      deep(element, '.said').map(({textContent}) => textContent!.replace(/\s+/g, ' ').trim());
    await shows(element, () => shown().length === 2);
    expect(shown()).to.deep.equal(['Bea Good morning', 'You I am']);
    expect(deep(element, '.said [lang=en]')).to.have.length(1);
    expect(textOf(element)).not.to.include('Captions will appear here');
    await isAccessible(element);
  });

  it('are read by screen readers once they are final, and only once', async () => {
    await setUp();
    await turnOn();
    const log = deep(element, '[role=log]')[0]!;
    const added: string[] = [];
    new MutationObserver((changes) => {
      for (const {addedNodes} of changes)
        for (const node of addedNodes) if (node instanceof HTMLElement) added.push(node.textContent!);
    }).observe(log, {childList: true});
    const {caption} = sounds.get('remote')!;
    caption({text: 'Open'});
    caption({text: 'Open the'});
    await element.updateComplete;
    caption({text: 'Open the gate', final: true});
    await shows(element, () => heard() === 'Bea: Open the gate');
    caption({text: 'Please', final: true, speaker: 'Gate 4'});
    await shows(element, () => heard() === 'Bea: Open the gate | Gate 4: Please');
    expect(added).to.have.length(2);
    expect(deep(element, '.side').every((side) => side.getAttribute('aria-hidden') === 'true')).to.equal(
      true,
    );
  });

  it('show what looks like markup as text', async () => {
    await setUp();
    await turnOn();
    const text = '<img src=x onerror="window.harmed = true">';
    sounds.get('remote')!.caption({text, final: true, speaker: '<b>Eve</b>'});
    await shows(element, () => heard() === `<b>Eve</b>: ${text}`);
    expect(deep(element, 'sip-captions-band')[0]!.shadowRoot!.querySelector('img, b')).to.equal(null);
  });

  it('have their own room, so that nothing moves when someone speaks', async () => {
    await setUp();
    await turnOn();
    const boxes = (): number[] =>
      [part(element, 'stage')!, part(element, 'captions')!, band()!].flatMap((each) => {
        const {top, height} = each.getBoundingClientRect();
        return [top, height];
      });
    const before = boxes();
    sounds.get('remote')!.caption({text: 'word '.repeat(190), final: true});
    sounds.get('local')!.caption({text: 'word '.repeat(190)});
    await shows(element, () => deep(element, '.said').length === 2);
    expect(boxes()).to.deep.equal(before);
    // The last words are in view.
    for (const words of deep(element, '.words')) {
      const [box, text] = [words.getBoundingClientRect(), words.firstElementChild!.getBoundingClientRect()];
      expect(text.bottom).to.be.closeTo(box.bottom, 1);
      expect(text.top).to.be.below(box.top);
    }
  });

  it('are turned off, which ends the sound, and on again in the next call if they were on', async () => {
    const first = await setUp();
    expect(name()).to.equal('Turn on captions');
    expect(sounds.size).to.equal(0);
    await turnOn();
    expect(first.call.state.captions).to.equal('on');
    await first.call.hangup();
    sounds.clear();
    const second = await answered();
    await until(() => second.call.state.captions === 'on');
    await shows(element, () => name() === 'Turn off captions');
    await press(element, 'captions');
    await until(() => second.call.state.captions === 'off');
    await shows(element, () => !band());
    await second.call.hangup();
    sounds.clear();
    const third = await answered();
    await shows(element, () => name() === 'Turn on captions');
    expect([sounds.size, third.call.state.captions]).to.deep.equal([0, undefined]);
  });

  it('are remembered by the account, and by no client that stores nothing', async () => {
    await setUp();
    await turnOn();
    await until(() => !!localStorage.getItem(`sip-elements:captions:${user}@stage.test`));
    await client.disconnect();
    localStorage.clear();
    sounds.clear();
    await setUp(true, 'none');
    await turnOn();
    await shows(element, () => name() === 'Turn off captions');
    expect(Object.keys(localStorage).filter((key) => key.includes('captions'))).to.deep.equal([]);
    await client.state.calls[0]!.hangup();
    const next = await answered();
    await until(() => next.call.state.captions === 'on');
  });

  it('say which side has none any more, and the call goes on', async () => {
    const {call} = await setUp();
    await call.captions((sound) => {
      if (sound.side === 'remote') throw new Error('no model');
      return {write: () => {}};
    });
    await shows(element, () =>
      /No more captions for .?Bea/.test(
        deep(element, '[role=status]')
          .map(({textContent}) => textContent)
          .join(),
      ),
    );
    expect(call.state).to.include({phase: 'answered', captions: 'on'});
    await isAccessible(element);
  });
});
