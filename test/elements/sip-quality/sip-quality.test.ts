import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import {render} from 'lit';
import {LocalizeController} from '../../../src/controllers/localize-controller.js';
import type {CallQuality} from '../../../src/core/types.js';
import type {SipCallElement} from '../../../src/elements/sip-call/sip-call.js';
import type {SipQualityElement} from '../../../src/elements/sip-quality/sip-quality.js';
import {chart} from '../../../src/elements/sip-quality/chart.js';
import {shorten} from '../../support/in-page/durations.js';
import {isAccessible, part, shows, textOf} from '../../support/in-page/elements.js';
import {StagedClient, type Staged} from '../../support/staged/staged-client.js';
import {fares} from '../../support/staged/staged-quality.js';

describe('<sip-quality>', () => {
  let client: StagedClient;
  let element: SipQualityElement;

  beforeEach(async () => {
    shorten({statisticsInterval: 100, mediaStall: 500});
    client = await StagedClient.ready();
    const root = await fixture(html`<sip-client .client=${client}><sip-quality></sip-quality></sip-client>`);
    element = root.querySelector('sip-quality')!;
  });
  afterEach(() => client.disconnect());

  const name = (): string | null => part(element, 'button')?.getAttribute('aria-label') ?? null;
  const full = (): number => part(element, 'button')!.querySelectorAll('.full').length;
  const details = (): HTMLElement => part(element, 'details')!;
  const cells = (): string[][] =>
    [...details().querySelectorAll('tbody tr')].map((row) =>
      [...row.children].map(({textContent}) => textContent!.trim()),
    );

  async function talk(video = false): Promise<Staged> {
    const staged = client.dial(video ? 'video' : 'audio');
    staged.dialog.confirm(video);
    await shows(element, () => name() !== null);
    return staged;
  }

  async function opens(): Promise<void> {
    part(element, 'button')!.click();
    await shows(element, () => details().matches(':popover-open') && part(element, 'chart') !== null);
  }

  it('shows nothing without a call that stands', async () => {
    await element.updateComplete;
    expect(part(element, 'button')).to.equal(null);
    const {dialog} = client.dial();
    await element.updateComplete;
    expect(part(element, 'button')).to.equal(null);
    dialog.confirm();
    await shows(element, () => name() === 'Connection quality: Not measured yet');
    expect(full()).to.equal(0);
    await isAccessible(element);
    await dialog.hangup();
    await shows(element, () => part(element, 'button') === null);
    client.dial();
    await element.updateComplete;
    expect(part(element, 'button'), 'while it rings').to.equal(null);
  });

  for (const [loss, level, bars] of [
    [0, 'Good', 4],
    [0.06, 'Fair', 3],
    [0.1, 'Poor', 2],
    [0.3, 'Bad', 1],
  ] as const)
    it(`has ${bars} bars for a loss of ${loss * 100} %: ${level}`, async () => {
      await fares(await talk(), {loss});
      await shows(element, () => name() === `Connection quality: ${level}`);
      expect([full(), element.matches(`:state(${level.toLowerCase()})`)]).to.deep.equal([bars, true]);
      await isAccessible(element);
    });

  it('judges a call of pictures alone by its loss, and gives it no voice', async () => {
    const staged = await talk(true);
    staged.dialog.set({media: {audio: 'inactive', video: 'recvonly'}});
    await fares(staged, {video: 'alone', loss: 0.05});
    await shows(element, () => name()!.endsWith('Poor'));
    await opens();
    expect(textOf(element)).not.to.contain('MOS');
    expect(textOf(element, '.scales')).to.match(/^Packet loss\s+0–100%$/);
    expect(part(element, 'chart')!.getAttribute('aria-label')).to.equal(
      'Packet loss in the last four minutes: 5% at most.',
    );
  });

  it('opens a chart and a table by the keyboard, and closes them', async () => {
    await fares(await talk(true), {video: true, loss: 0.02});
    element.focus();
    await sendKeys({press: 'Enter'});
    await shows(element, () => details().matches(':popover-open') && cells().length === 8);
    expect(part(element, 'chart')!.getAttribute('aria-label')).to.match(
      /^Voice quality in the last four minutes: MOS from 4(\.\d)? to 4(\.\d)?\. Packet loss .* \d(\.\d)?% at most\.$/,
    );
    expect(textOf(element, '.scales')).to.match(/^MOS\s+1–4.5\s+Packet loss\s+0–100%$/);
    const rows = new Map(cells().map(([first, ...rest]) => [first, rest]));
    expect(rows.get('Voice quality (MOS)')![0]).to.match(/^4\.\d of 4\.5$/);
    expect(rows.get('Round-trip time')).to.deep.equal(['40 ms']);
    expect(rows.get('Packet loss')).to.deep.equal(['2%', '–']);
    expect(rows.get('Jitter')).to.deep.equal(['4 ms', '–']);
    expect(rows.get('Audio codec')).to.deep.equal(['opus', 'opus']);
    expect(rows.get('Video codec')).to.deep.equal(['VP8', 'VP8']);
    expect(rows.get('Resolution')).to.deep.equal(['640×480, 25\u00a0fps', '640×480, 25\u00a0fps']);
    for (const rate of rows.get('Bit rate')!) expect(rate).to.match(/^3\d\d kbit\/s$/);
    await isAccessible(element);
    await sendKeys({press: 'Escape'});
    await shows(element, () => !details().matches(':popover-open') && part(element, 'chart') === null);
    expect(element.shadowRoot!.activeElement).to.equal(part(element, 'button'));
  });

  it('joins measurements in its chart where there is nothing between them', () => {
    const measured = [4, 4, undefined, 4, 4].map((mos, index) => ({mos, time: index * 2000, loss: 0}));
    const history = [...measured, {mos: 4, time: 20_000, loss: 0}] as unknown as readonly CallQuality[];
    const box = document.createElement('div');
    render(chart(history, new LocalizeController(element)), box);
    const line = box.querySelector('.voice')!.getAttribute('d')!;
    expect(line.replace(/[^ML]/g, '')).to.equal('MLMLM');
  });

  it('draws what was measured', async () => {
    const staged = await talk();
    await fares(staged, {});
    await fares(staged, {loss: 0.25});
    await opens();
    const line = part(element, 'chart')!.querySelector('.voice')!.getAttribute('d')!;
    const heights = [...line.matchAll(/[ML][\d.]+ ([\d.]+)/g)].map(([, height]) => Number(height));
    expect(heights).to.have.length(staged.call.qualityHistory.filter(({mos}) => mos !== undefined).length);
    // Good is above.
    expect(heights.at(-1)).to.be.greaterThan(heights[0]!);
    expect(line.match(/M/g)).to.have.length(1);
    expect(part(element, 'chart')!.querySelectorAll('.loss').length).to.be.greaterThan(0);
  });

  it('says that the TURN server refused to help where no way was found, with what it said', async () => {
    const {dialog} = await talk();
    dialog.relayFailure = {code: 'relay-refused', subject: 'turn:turn.example 401 Unauthorized'};
    dialog.report = new Map() as unknown as RTCStatsReport;
    await shows(element, () => name() === 'Connection quality: No data');
    await opens();
    expect(textOf(element, '[part=notice]')).to.contain(
      'No audio received. The TURN server refused the call: turn:turn.example 401 Unauthorized. Contact',
    );
  });

  it('says that nothing arrives, why, and what to do; in a <sip-call> as well', async () => {
    const stage = document.createElement('sip-call');
    element.after(stage);
    const staged = await talk();
    await fares(staged, {silent: true});
    await shows(element, () => name() === 'Connection quality: No data');
    expect([full(), element.matches(':state(stalled)')]).to.deep.equal([0, true]);
    const text = 'No audio received. You are connected, but the other side';
    await shows(stage, () => textOf(stage, '[part=notice]').includes(text));
    await isAccessible(stage);
    await opens();
    expect(textOf(element, '[part=notice]')).to.contain(text);
    await isAccessible(element);
    part(stage as SipCallElement, 'notice')!
      .querySelector<HTMLElement>('.dismiss')!
      .click();
    await shows(stage, () => part(stage, 'notice') === null);
    await fares(staged, {});
    await shows(element, () => name()!.endsWith('Good'));
    // Told of anew, where it comes again.
    await fares(staged, {silent: true});
    await shows(stage, () => textOf(stage, '[part=notice]').includes(text));
    await fares(staged, {});
    await shows(stage, () => part(stage, 'notice') === null);
  });

  it('says it in words where it is labelled, in Chinese too', async () => {
    element.labelled = true;
    const staged = await talk();
    await fares(staged, {});
    await shows(element, () => textOf(element, '[part~=button]').trim() === 'Good');
    element.lang = 'zh-CN';
    await shows(element, () => name() === '通话质量：良好');
    await opens();
    await shows(element, () => cells()[0]![0] === '语音质量（MOS）');
    await isAccessible(element);
  });
});
