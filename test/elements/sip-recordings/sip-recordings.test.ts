import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {SipRecordingsElement} from '../../../src/elements/sip-recordings/sip-recordings.js';
import {randomUuid} from '../../../src/core/util/uuid.js';
import {watchDownloads} from '../../support/in-page/downloads.js';
import {deep, isAccessible, loads, part, press, shows, textOf} from '../../support/in-page/elements.js';
import {until} from '../../support/in-page/facts.js';
import {leaveMany, leaveRecording, recordTone} from '../../support/staged/left-recordings.js';
import {StagedClient} from '../../support/staged/staged-client.js';

const MINUTE = 60_000;

describe('<sip-recordings>', () => {
  let client: StagedClient;
  let element: SipRecordingsElement;
  let tone: Blob;

  before(async () => void (tone = await recordTone(700)));
  beforeEach(async () => {
    client = await StagedClient.ready({user: randomUuid()});
  });
  afterEach(async () => {
    const root = await navigator.storage.getDirectory();
    await root.removeEntry('sip-elements-recordings', {recursive: true}).catch(() => {});
    await client.disconnect();
  });

  const leave = (ago: number, remote = {number: '1002', name: 'Bea'}): Promise<string> =>
    leaveRecording(client.recordings, {remote, file: tone, time: Date.now() - ago * MINUTE});
  async function setUp(): Promise<void> {
    const root = await fixture(
      html`<sip-client .client=${client}><sip-recordings></sip-recordings></sip-client>`,
    );
    element = root.querySelector('sip-recordings')!;
    await loads(element);
    await shows(element, () => part(element, 'panel')?.getAttribute('aria-busy') === 'false');
  }
  const rows = (): HTMLElement[] => deep(element, '[part=recording]');
  const focused = (): string | null | undefined => {
    let {activeElement} = document;
    while (activeElement?.shadowRoot?.activeElement) activeElement = activeElement.shadowRoot.activeElement;
    return activeElement?.getAttribute('part');
  };

  it('says that there is none', async () => {
    await setUp();
    expect(textOf(element)).to.include('No recordings yet');
    await isAccessible(element);
  });

  it('shows whom each is of, when, how long and how large it is, the newest first', async () => {
    await leave(60);
    await leave(1, {number: '1003', name: ''});
    await setUp();
    expect(rows()).to.have.length(2);
    expect(rows()[0]!.textContent).to.include('1003');
    expect(rows()[1]!.textContent).to.match(/Bea[^]*0:02[^]*Audio[^]*(kB|byte)/);
    expect(part(element, 'search')).to.equal(null);
    await isAccessible(element);
  });

  it('plays one in its place, at the speed that the user chooses, and closes it again', async () => {
    await leave(1);
    await setUp();
    await press(element, 'play');
    const audio = (): HTMLAudioElement | undefined => deep<HTMLAudioElement>(element, 'audio')[0];
    await until(() => (audio()?.currentTime ?? 0) > 0.2);
    expect(audio()!.getAttribute('aria-label')).to.include('Bea');
    const rate = deep<HTMLSelectElement>(element, 'select')[0]!;
    rate.value = '2';
    rate.dispatchEvent(new Event('change'));
    expect(audio()!.playbackRate).to.equal(2);
    await isAccessible(element);
    const playing = audio()!;
    await press(element, 'play');
    await until(() => !audio() && playing.paused);
  });

  it('gives one a title by keyboard, and keeps the focus at its button', async () => {
    await leave(1);
    await setUp();
    deep(element, '[part=rename]')[0]!.focus();
    await sendKeys({press: 'Enter'});
    await until(() => focused() === 'title');
    await sendKeys({type: 'Gate 4'});
    await isAccessible(element);
    await sendKeys({press: 'Enter'});
    await shows(element, () => rows()[0]!.textContent!.includes('Gate 4'));
    await until(() => focused() === 'rename');
    expect((await client.recordings.list())[0]!.title).to.equal('Gate 4');
    await sendKeys({press: 'Enter'});
    await until(() => focused() === 'title');
    await sendKeys({type: 'Gate 5'});
    await sendKeys({press: 'Escape'});
    await until(() => focused() === 'rename');
    expect((await client.recordings.list())[0]!.title).to.equal('Gate 4');
  });

  it('downloads one, whole', async () => {
    await leave(1);
    await setUp();
    const downloads = watchDownloads();
    try {
      await press(element, 'download');
      await until(() => downloads.files.length === 1);
      const [kept] = await client.recordings.list();
      expect((await downloads.files[0]!.file).size).to.equal(kept!.size);
    } finally {
      downloads.restore();
    }
  });

  it('deletes one, brings it back, and deletes it for good when the user dismisses that', async () => {
    await leave(2);
    await leave(1, {number: '1003', name: 'Cleo'});
    await setUp();
    deep(element, '[part=delete]')[0]!.focus();
    await press(element, 'delete');
    await shows(element, () => rows().length === 1);
    expect(textOf(element)).to.include('Recording deleted: Cleo');
    expect(await client.recordings.list()).to.have.length(1);
    await isAccessible(element);
    await press(element, 'undo');
    await shows(element, () => rows().length === 2);
    expect(part(element, 'undo')).to.equal(null);
    await press(element, 'delete');
    await shows(element, () => rows().length === 1);
    deep(element, '.undo .dismiss')[0]!.click();
    await until(async () => (await client.recordings.find()).length === 1);
    expect(focused()).to.equal('panel');
  });

  it('finds one among many by its name, and shows no more at once than a page has', async () => {
    await leaveMany(`${client.options.user}@${client.options.domain}`, 52);
    await setUp();
    expect(rows()).to.have.length(50);
    await press(element, 'more');
    await shows(element, () => rows().length === 52);
    const search = part(element, 'search') as HTMLInputElement;
    search.focus();
    await sendKeys({type: 'person 17'});
    await shows(element, () => rows().length === 1);
    expect(rows()[0]!.textContent).to.include('Person 17');
    await sendKeys({type: ' nobody'});
    await shows(element, () => rows().length === 0);
    expect(textOf(element)).to.include('No recording found.');
  });

  it('tells that one was deleted for space, until the user dismisses that', async () => {
    await setUp();
    const recording = {id: 'x', call: 'c', direction: 'incoming', remote: {number: '1', name: ''}, time: 1};
    const whole = {...recording, duration: 1, size: 1, type: 'audio/webm', state: 'finished'};
    client.recordings.dispatchEvent(
      new CustomEvent('dropped', {detail: {recording: whole, reason: 'space'}}),
    );
    await shows(element, () => textOf(element).includes('The oldest recording was deleted to make room.'));
    await isAccessible(element);
  });

  it('says why it cannot show any, and reads again when asked to', async () => {
    const {getDirectory} = navigator.storage;
    navigator.storage.getDirectory = async () => {
      throw new DOMException('the disk', 'UnknownError');
    };
    try {
      const root = await fixture(
        html`<sip-client .client=${client}><sip-recordings></sip-recordings></sip-client>`,
      );
      element = root.querySelector('sip-recordings')!;
      await loads(element);
      await shows(element, () => part(element, 'notice') !== null);
      await isAccessible(element);
    } finally {
      navigator.storage.getDirectory = getDirectory;
    }
    deep(element, '.notice .link')[0]!.click();
    await shows(element, () => textOf(element).includes('No recordings yet'));
  });
});
