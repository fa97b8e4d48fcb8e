import {expect, fixture, html} from '@open-wc/testing';
import type {SipRecordButtonElement} from '../../../src/elements/controls/sip-record-button.js';
import {watchDownloads, type Downloads} from '../../support/in-page/downloads.js';
import {isAccessible, next, part, press, shows, textOf} from '../../support/in-page/elements.js';
import {becomes, until} from '../../support/in-page/facts.js';
import {tone, type Tone} from '../../support/in-page/recordings.js';
import {StagedClient, type Staged} from '../../support/staged/staged-client.js';

describe('<sip-record-button>', () => {
  let client: StagedClient;
  let root: Element;
  let element: SipRecordButtonElement;
  let downloads: Downloads;
  let voices: Tone[];

  beforeEach(async () => {
    client = await StagedClient.ready();
    root = await fixture(
      html`<sip-client .client=${client}><sip-record-button></sip-record-button></sip-client>`,
    );
    element = root.querySelector('sip-record-button')!;
    downloads = watchDownloads();
    voices = [tone(440), tone(1000)];
  });
  afterEach(async () => {
    const recorded = client.state.calls.filter(({state}) => state.recording);
    await client.disconnect();
    // Their files come after the calls' end, and are not the next test's; what is in them is the matter of others.
    await Promise.allSettled(recorded.map((call) => call.stopRecording()));
    downloads.restore();
    for (const voice of voices) voice.stop();
  });

  const button = (): HTMLElement => part(element, 'button')!;
  const label = (): string | null => button().getAttribute('aria-label');
  async function answered(): Promise<Staged> {
    const staged = client.dial();
    staged.dialog.confirm();
    staged.dialog.play(new MediaStream([voices[0]!.track]), new MediaStream([voices[1]!.track]));
    await shows(element, () => !button().hasAttribute('aria-disabled'));
    return staged;
  }
  async function recording(): Promise<Staged> {
    const staged = await answered();
    await press(element, 'button');
    await becomes(staged.call, (state) => state.recording);
    await shows(element, () => label() === 'Stop recording');
    return staged;
  }

  it('says why it cannot be pressed', async () => {
    expect(button().title).to.equal('Start recording: No call');
    client.dial();
    await shows(element, () => button().title === 'Start recording: Available once connected');
    await isAccessible(element);
    const lonely = await fixture(html`<sip-record-button></sip-record-button>`);
    expect(part(lonely, 'button')!.title).to.match(/inside a <sip-client>/);
  });

  it('shows a sign and the time while the call is recorded, and says so', async () => {
    await recording();
    expect(textOf(element, '[part=time]')).to.match(/^0:0\d$/);
    expect(textOf(element, '[role=status]')).to.equal('Recording in progress');
    expect(getComputedStyle(element.shadowRoot!.querySelector('.sign')!).backgroundColor).to.equal(
      'rgb(198, 42, 42)',
    );
    await isAccessible(element);
    const shown = textOf(element, '[part=time]');
    await shows(element, () => textOf(element, '[part=time]') > shown);
  });

  it('downloads the file when pressed again, tells of it and says so', async () => {
    const {call} = await recording();
    const told = next(element, 'sip-recording');
    await press(element, 'button');
    const {detail} = await told;
    expect([detail.call, detail.error]).to.deep.equal([call, undefined]);
    expect(detail.type).to.match(/^audio\//);
    await until(() => downloads.files.length > 0);
    expect(downloads.files[0]!.name).to.match(/^recording-1002-[\d_-]+\.(m4a|webm)$/);
    expect(detail.name).to.equal(downloads.files[0]!.name);
    await shows(element, () => textOf(element, '[role=status]') === 'Recording saved');
    expect([label(), part(element, 'time')]).to.deep.equal(['Start recording', null]);
    await isAccessible(element);
  });

  it('downloads the file when the call ends', async () => {
    const {call} = await recording();
    await call.hangup();
    await until(() => downloads.files.length > 0);
    expect((await downloads.files[0]!.file).size).to.be.greaterThan(0);
  });

  it('downloads nothing where the page prevents it, on the button or on the client', async () => {
    for (const target of [element, root]) {
      const prevent = (event: Event): void => event.preventDefault();
      target.addEventListener('sip-recording', prevent);
      const {call} = await recording();
      await press(element, 'button');
      await shows(element, () => label() === 'Start recording');
      await call.stopRecording();
      await call.hangup();
      target.removeEventListener('sip-recording', prevent);
    }
    expect(downloads.files).to.deep.equal([]);
  });

  it('lets the client’s listeners hear of a file once', async () => {
    let told = 0;
    root.addEventListener('sip-recording', () => (told += 1));
    const {call} = await recording();
    await press(element, 'button');
    await call.stopRecording();
    await until(() => told > 0);
    expect(told).to.equal(1);
  });

  it('follows a recording that the page began, and ends it', async () => {
    const {call} = await answered();
    await call.startRecording();
    await shows(element, () => label() === 'Stop recording');
    await press(element, 'button');
    await becomes(call, (state) => !state.recording);
    expect(downloads.files).to.deep.equal([]);
  });

  it('pauses and goes on by the button beside it, and says so', async () => {
    const {call} = await recording();
    const pauses = (): HTMLElement => part(element, 'pause')!;
    expect(pauses().getAttribute('aria-label')).to.equal('Pause recording');
    await press(element, 'pause');
    await becomes(call, (state) => state.recordingPaused);
    await shows(element, () => textOf(element, '[part=time]') === 'Paused');
    expect(textOf(element, '[role=status]')).to.equal('Recording paused');
    expect(pauses().getAttribute('aria-label')).to.equal('Resume recording');
    await isAccessible(element);
    await press(element, 'pause');
    await becomes(call, (state) => !state.recordingPaused);
    await shows(element, () => textOf(element, '[role=status]') === 'Recording in progress');
    await press(element, 'button');
    await shows(element, () => part(element, 'pause') === null);
  });

  it('leaves the keys to the button that records', async () => {
    element.shortcut = 'Alt+R';
    await recording();
    expect(button().getAttribute('aria-keyshortcuts')).to.equal('Alt+R');
    expect(part(element, 'pause')!.hasAttribute('aria-keyshortcuts')).to.equal(false);
  });

  it('says where the recording would be lost with the page', async () => {
    const {getDirectory} = StorageManager.prototype;
    StorageManager.prototype.getDirectory = async () => {
      throw new DOMException('A private window.', 'SecurityError');
    };
    try {
      await recording();
      expect(part(element, 'time')!.title).to.match(/or it will be lost/);
    } finally {
      StorageManager.prototype.getDirectory = getDirectory;
    }
  });

  it('tells where the page does not let it record, or the name cannot be', async () => {
    await answered();
    const refuse = (event: Event): void => event.preventDefault();
    client.addEventListener('sip-recording-request', refuse);
    const declined = next(element, 'sip-error');
    await press(element, 'button');
    expect((await declined).detail.error.code).to.equal('recording-declined');
    client.removeEventListener('sip-recording-request', refuse);
    element.name = '{day}';
    const named = next(element, 'sip-error');
    await press(element, 'button');
    expect((await named).detail.error.code).to.equal('bad-parameter');
  });

  it('tells where the browser cannot record', async () => {
    await answered();
    const recorder = MediaRecorder;
    Reflect.deleteProperty(window, 'MediaRecorder');
    try {
      const told = next(element, 'sip-error');
      await press(element, 'button');
      expect((await told).detail.error.code).to.equal('unsupported-browser');
    } finally {
      window.MediaRecorder = recorder;
    }
  });
});
