import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import type {Diagnosis} from '../../../src/core/diagnosis/diagnosis.js';
import type {CheckReport} from '../../../src/core/diagnosis/report.js';
import type {CheckStep} from '../../../src/core/diagnosis/step.js';
import type {SipCheckElement} from '../../../src/elements/sip-check/sip-check.js';
import {watchDownloads, type Downloads} from '../../support/in-page/downloads.js';
import {shorten} from '../../support/in-page/durations.js';
import {deep, isAccessible, loads, part, press, shows, textOf} from '../../support/in-page/elements.js';
import {StagedClient} from '../../support/staged/staged-client.js';

const SHORT = {checkedMedia: 500, checkedAddresses: 1_000, checkedLevel: 500};

describe('<sip-check>', () => {
  let client: StagedClient;
  let element: SipCheckElement;
  let downloads: Downloads;

  beforeEach(async () => {
    shorten(SHORT);
    downloads = watchDownloads();
    client = await StagedClient.ready();
    const root = await fixture(
      html`<sip-client .client=${client}><sip-check sends></sip-check><input /></sip-client>`,
    );
    element = root.querySelector('sip-check')!;
    await loads(element);
  });
  afterEach(async () => {
    downloads.restore();
    await client.disconnect();
  });

  const steps = (): HTMLElement[] => deep(element, '[part=step]');
  const stepOf = (name: string): HTMLElement => steps().find(({dataset}) => dataset['step'] === name)!;
  const isOver = (): boolean => part(element, 'report') !== null;

  it('is accessible before, while and after it checks, and tells the result to screen readers', async () => {
    await isAccessible(element);
    expect(textOf(element)).to.contain('Find out whether calls work');
    await press(element, 'check');
    await shows(element, () => part(element, 'progress') !== null);
    await isAccessible(element);
    await shows(element, isOver);
    await isAccessible(element);
    const summary = part(element, 'summary')!;
    expect(summary.getAttribute('role')).to.equal('status');
    expect(summary.innerText).to.equal('Calls work, with limitations.');
  });

  it('names the steps to look at beside its verdict, and moves no row at the end', async () => {
    await press(element, 'check');
    await shows(element, () => part(element, 'progress') !== null);
    const result = (): HTMLElement => deep(element, '.result')[0]!;
    await shows(element, () => /^Checking…\s+\d+ of 16 steps$/.test(result().innerText));
    const before = steps()[0]!.offsetTop;
    await shows(element, isOver);
    expect(steps()[0]!.offsetTop).to.equal(before);
    const [verdict, names] = result().innerText.split(/\n+/);
    expect(verdict).to.equal('Calls work, with limitations.');
    expect(names).to.contain('Behind firewalls').and.not.to.contain('Sign-in');
  });

  it('counts no way to a relay as a failure while another one works', async () => {
    const steps: CheckStep[] = [
      {name: 'turn-udp', verdict: 'failed', code: 'turn-silent'},
      {name: 'turn-tcp', verdict: 'passed', code: 'turn-works'},
      {name: 'relay', verdict: 'warning', code: 'udp-blocked'},
    ];
    client.diagnose = async () =>
      Object.assign(new EventTarget(), {steps, state: {steps, running: false}}) as unknown as Diagnosis;
    await press(element, 'check');
    await shows(element, isOver);
    expect(deep(element, '.result')[0]!.innerText).to.match(
      /^Calls work, with limitations\.\s+Behind firewalls$/,
    );
  });

  it('shows what each step found by a shape and a word, with what to do', async () => {
    await press(element, 'check');
    await shows(element, isOver);
    expect(steps().length).to.equal(16);
    const words = stepOf('relay').innerText;
    expect(words).to.contain('Limited');
    expect(words).to.contain('No TURN server is configured.');
    expect(stepOf('relay').querySelector('.shape svg')).not.to.equal(null);
    expect(stepOf('sign-in').innerText).to.contain('The server accepts your account.');
    expect(stepOf('camera').innerText).to.match(/320 × 240/);
  });

  it('stops by the same button, which keeps the focus', async () => {
    const button = part(element, 'check')!;
    button.focus();
    await sendKeys({press: 'Enter'});
    await shows(element, () => part(element, 'check')!.innerText === 'Stop');
    await sendKeys({press: 'Enter'});
    await shows(element, isOver);
    expect(part(element, 'summary')!.innerText).to.equal('The check was stopped.');
    expect(part(element, 'check')!.matches(':focus')).to.equal(true);
  });

  it('shows the report before it is downloaded or sent, without numbers unless the user wants them', async () => {
    const sent: CheckReport[] = [];
    element.addEventListener(
      'sip-check-report',
      ({detail}: CustomEventInit<{report: CheckReport}>) => void sent.push(detail!.report),
    );
    await press(element, 'check');
    await shows(element, isOver);
    part(element, 'report')!.querySelector('summary')!.click();
    await shows(element, () => part(element, 'text')!.innerText.includes('sip-elements-report'));
    const {user} = client.options;
    const shown = (): CheckReport => JSON.parse(part(element, 'text')!.textContent!) as CheckReport;
    expect(shown().options['user']).to.equal(user.slice(-2).padStart(user.length, '*'));
    await press(element, 'mask');
    await shows(element, () => shown().options['user'] === user);
    await press(element, 'download');
    await shows(element, () => downloads.files.length === 1);
    await press(element, 'send');
    expect(sent[0]!.options['user']).to.equal(user);
    expect(sent[0]!.steps.length).to.equal(16);
    expect(JSON.stringify(sent[0])).not.to.contain('1234"');
  });

  it('is opened and started in <sip-devices> by one press, and has the focus then', async () => {
    const root = await fixture(html`<sip-client .client=${client}><sip-devices></sip-devices></sip-client>`);
    const devices = root.querySelector('sip-devices')!;
    await shows(devices, () => part(devices, 'check') !== null);
    await press(devices, 'check');
    await shows(devices, () => {
      const inner = devices.shadowRoot!.querySelector('sip-check');
      return !!inner?.shadowRoot && deep(inner, '[part=progress]').length === 1;
    });
    const inner = devices.shadowRoot!.querySelector('sip-check')!;
    expect(devices.shadowRoot!.activeElement).to.equal(inner);
  });

  it('is started in the devices view of <sip-phone> by one press, and fits into it', async () => {
    const root = await fixture(
      html`<sip-client .client=${client}
        ><div style="inline-size: 20rem"><sip-phone view="devices"></sip-phone></div
      ></sip-client>`,
    );
    const phone = root.querySelector('sip-phone')!;
    const devices = (): HTMLElement | null => phone.shadowRoot!.querySelector('sip-devices');
    await shows(phone, () => !!devices() && part(devices()!, 'check') !== null);
    await press(devices()!, 'check');
    const inner = (): SipCheckElement | null => devices()!.shadowRoot!.querySelector('sip-check');
    const found = (name: string): string | undefined =>
      deep(inner()!, '[part=step]').find(({dataset}) => dataset['step'] === name)?.innerText;
    await shows(phone, () => !!inner() && deep(inner()!, '[part=report]').length === 1);
    expect(found('secure-page')).to.contain('OK');
    expect(found('sign-in')).to.contain('The server accepts your account.');
    const [panel] = deep(inner()!, '[part=panel]');
    expect(panel!.scrollWidth).to.be.at.most(panel!.clientWidth);
    expect(panel!.getBoundingClientRect().right).to.be.at.most(phone.getBoundingClientRect().right);
    await isAccessible(phone);
  });
});
