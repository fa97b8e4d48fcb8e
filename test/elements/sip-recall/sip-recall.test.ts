import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {SipRecallElement} from '../../../src/elements/sip-recall/sip-recall.js';
import {randomUuid} from '../../../src/core/util/uuid.js';
import {becomes, until} from '../../support/in-page/facts.js';
import {watchDownloads, type Downloads} from '../../support/in-page/downloads.js';
import {deep, isAccessible, loads, part, press, shows, textOf} from '../../support/in-page/elements.js';
import {leaveForRecall, watchFiles, type HeardAgain} from '../../support/in-page/recall.js';
import {Speaker} from '../../support/in-page/speaker.js';
import {StagedClient, type Staged} from '../../support/staged/staged-client.js';

describe('<sip-recall>', () => {
  let client: StagedClient;
  let element: SipRecallElement;
  let again: HeardAgain;
  let downloads: Downloads;
  const speakers: Speaker[] = [];

  beforeEach(() => {
    again = watchFiles();
    downloads = watchDownloads();
  });
  afterEach(async () => {
    again.restore();
    downloads.restore();
    await client.disconnect();
    for (const speaker of speakers.splice(0)) speaker.close();
  });

  async function setUp(recall: number, number = '', options: object = {}): Promise<void> {
    client = await StagedClient.ready({user: randomUuid(), recall, parallelCalls: true, ...options});
    const root = await fixture(
      html`<sip-client .client=${client}><sip-recall number=${number}></sip-recall><input /></sip-client>`,
    );
    element = root.querySelector('sip-recall')!;
    await loads(element);
    if (recall) await becomes(client.recall, ({active}) => active);
  }
  /** Lets the other side of a call say something. */
  async function say(frequency: number, name = 'Bea', number = '1002'): Promise<Staged> {
    const speaker = await Speaker.open();
    speakers.push(speaker);
    const staged = client.dial('audio', {number, name});
    staged.dialog.play(speaker.stream);
    staged.dialog.confirm();
    staged.call.attach({remoteAudio: new Audio()});
    const before = client.recall.utterances[0]?.id;
    speaker.speak(frequency);
    await becomes(
      client.recall,
      ({utterances: [last]}) => !!last && last.id !== before && last.duration >= 2,
    );
    speaker.fallSilent();
    await becomes(client.recall, ({utterances}) => utterances.every(({running}) => !running));
    return staged;
  }
  const heardAgain = (frequency: number): Promise<void> =>
    until(() => Math.abs((again.sound?.frequency ?? 0) - frequency) < 15);
  async function pressKey(): Promise<void> {
    await sendKeys({down: 'Alt'});
    await sendKeys({press: 'L'});
    await sendKeys({up: 'Alt'});
  }
  const rows = (): HTMLElement[] => deep(element, '[part=utterance]');

  it('says for how long sound is kept, and that nothing was heard yet', async () => {
    await setUp(5);
    expect(textOf(element)).to.include('kept in this browser for 5 minutes, or until you sign out');
    expect(textOf(element)).to.include('Nothing was heard in the last minutes.');
    expect(part(element, 'repeat')!.getAttribute('aria-disabled')).to.equal('true');
    await isAccessible(element);
  });

  it('says that nothing is kept without the option', async () => {
    await setUp(0);
    expect(textOf(element)).to.include('Nothing that you hear is kept');
    expect(part(element, 'note')).to.equal(null);
    await isAccessible(element);
  });

  it('says that it is not possible in a browser that encodes no Opus', async () => {
    const {AudioEncoder} = globalThis;
    Reflect.deleteProperty(globalThis, 'AudioEncoder');
    try {
      client = await StagedClient.ready({user: randomUuid(), recall: 5});
      await becomes(client.recall, ({error}) => error === 'unsupported-browser');
    } finally {
      Object.assign(globalThis, {AudioEncoder});
    }
    const root = await fixture(html`<sip-client .client=${client}><sip-recall></sip-recall></sip-client>`);
    element = root.querySelector('sip-recall')!;
    await loads(element);
    expect(part(element, 'notice')!.innerText).to.include('Recall is not possible in this browser');
    expect(textOf(element)).not.to.include('kept in this browser');
    expect(part(element, 'note')).to.equal(null);
    await isAccessible(element);
  });

  it('does not say that sound is kept while none is', async () => {
    client = new StagedClient({user: randomUuid(), recall: 5});
    const root = await fixture(html`<sip-client .client=${client}><sip-recall></sip-recall></sip-client>`);
    element = root.querySelector('sip-recall')!;
    await loads(element);
    expect(part(element, 'note')).to.equal(null);
  });

  it('lists what was heard, plays it at one press, and stops it at the next', async () => {
    await setUp(5);
    await say(440);
    await shows(element, () => rows().length === 1);
    expect(rows()[0]!.innerText).to.match(/Bea[\s\S]*1002/);
    expect(part(element, 'timeline')!.querySelectorAll('.said').length).to.equal(1);
    await isAccessible(element);
    await press(element, 'play');
    await heardAgain(440);
    expect(part(element, 'play')!.getAttribute('aria-label')).to.match(/^Stop /);
    await press(element, 'play');
    await becomes(client.recall, ({playing}) => !playing);
    const said = part(element, 'timeline')!.querySelector('.said')!;
    const {left, top, width} = said.getBoundingClientRect();
    const at = {clientX: left + width / 2, clientY: top + 3};
    said.dispatchEvent(new MouseEvent('click', {...at, bubbles: true, composed: true}));
    await becomes(client.recall, ({playing}) => playing?.id === client.recall.utterances[0]!.id);
  });

  it('repeats the last one by its key, except while the user types, with the chosen speed', async () => {
    await setUp(5);
    await say(440);
    await say(600, 'Cem', '1003');
    await shows(element, () => rows().length === 2);
    const rate = part(element, 'rate') as HTMLSelectElement;
    rate.value = '1.5';
    rate.dispatchEvent(new Event('change'));
    const typing = element.parentElement!.querySelector('input')!;
    typing.focus();
    await pressKey();
    expect(again.element).to.equal(undefined);
    typing.blur();
    await pressKey();
    await heardAgain(600);
    expect(again.element!.playbackRate).to.equal(1.5);
  });

  it('shows one number alone, and repeats what it has said', async () => {
    await setUp(5, '1002');
    await say(440);
    await say(600, 'Cem', '1003');
    await shows(element, () => rows().length === 1);
    await element.repeat();
    await heardAgain(440);
  });

  it('saves an utterance as a recording, and shows what the page refuses', async () => {
    await setUp(5);
    await say(440);
    await shows(element, () => rows().length === 1);
    await press(element, 'keep');
    await shows(element, () => textOf(element).includes('is saved in your recordings'));
    expect(part(element, 'saved')!.textContent).to.equal('Saved');
    await isAccessible(element);
    const [recording, ...others] = await client.recordings.list();
    expect(recording!.remote).to.deep.equal({number: '1002', name: 'Bea'});
    expect(others).to.deep.equal([]);
    await press(element, 'download');
    await until(() => downloads.files.length === 1);
    expect(downloads.files[0]!.name).to.match(/^recording-1002-.*\.webm$/);
    await client.recordings.delete(recording!.id);
    await shows(element, () => part(element, 'saved') === null && part(element, 'notice') === null);
    client.addEventListener('sip-recall-keep', (event) => event.preventDefault());
    await press(element, 'keep');
    await shows(element, () => part(element, 'notice') !== null);
    expect(textOf(element)).to.include('Consent to record was not given');
  });

  it('says that a recording is in memory only, and lets the user download it', async () => {
    await setUp(5, '', {recordingsStorage: 'memory'});
    await say(440);
    await shows(element, () => rows().length === 1);
    await press(element, 'keep');
    await shows(element, () => part(element, 'saved')?.textContent === 'Only until you sign out');
    expect(textOf(element)).to.include('only in the memory of this page, until you sign out or close it');
    expect(await client.recordings.list()).to.deep.equal([]);
    await isAccessible(element);
    part(element, 'notice')!.querySelector<HTMLElement>('.link')!.click();
    await until(() => downloads.files.length === 1);
    expect(downloads.files[0]!.name).to.match(/^recording-1002-.*\.webm$/);
  });

  it('says that what is still heard is saved when it is over', async () => {
    await setUp(5);
    const {call, dialog} = client.dial('audio', {number: '1002', name: 'Bea'});
    const speaker = await Speaker.open();
    speakers.push(speaker);
    dialog.play(speaker.stream);
    dialog.confirm();
    call.attach({remoteAudio: new Audio()});
    speaker.speak(440);
    await shows(element, () => rows().length === 1);
    await press(element, 'keep');
    await shows(element, () => part(element, 'saved')?.textContent === 'Saving…');
    speaker.fallSilent();
    await shows(element, () => part(element, 'saved')?.textContent === 'Saved');
    const [recording] = await client.recordings.list();
    await client.recordings.delete(recording!.id);
  });

  it('draws the rows in view of a long list, and keeps them in their place when more is heard', async () => {
    const user = randomUuid();
    const now = Date.now();
    for (let index = 0; index < 200; index += 1)
      await leaveForRecall({
        account: `${user}@stage.test`,
        id: `left-${index}`,
        left: 300_000,
        about: {
          call: 'earlier',
          type: 'single',
          direction: 'incoming',
          remote: {number: String(2000 + index), name: ''},
          time: now - 1_000 * index,
          duration: 0.5,
        },
      });
    await setUp(5, '', {user, domain: 'stage.test'});
    const [list] = deep(element, '[role=list]');
    await shows(element, () => rows().length > 5);
    expect(rows().length).to.be.below(60);
    expect(rows()[0]!.getAttribute('aria-setsize')).to.equal('200');
    const height = rows()[0]!.offsetHeight;
    expect(list!.scrollHeight).to.be.within(200 * height, 201 * height);
    list!.scrollTop = 100 * height;
    const shown = (text: string) => rows().find((row) => row.innerText.includes(text));
    await shows(element, () => shown('2100') !== undefined);
    const top = shown('2100')!.getBoundingClientRect().top;
    expect(shown('2000')).to.equal(undefined);
    await say(440);
    await shows(element, () => rows()[0]!.getAttribute('aria-setsize') === '201');
    await until(() => Math.abs(shown('2100')!.getBoundingClientRect().top - top) < 2);
    shown('2100')!.querySelector('button')!.focus();
    list!.scrollTop = 0;
    await shows(element, () => shown('Bea') !== undefined);
    expect(shown('2100')!.matches(':focus-within')).to.equal(true);
    await isAccessible(element);
  });
});
