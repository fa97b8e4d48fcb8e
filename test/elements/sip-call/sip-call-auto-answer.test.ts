import {expect, fixture, html} from '@open-wc/testing';
import {sendMouse} from '@web/test-runner-commands';
import type {SipCallElement} from '../../../src/elements/sip-call/sip-call.js';
import type {SipClientElement} from '../../../src/elements/sip-client/sip-client.js';
import {isAccessible, next, shows, textOf} from '../../support/in-page/elements.js';
import {becomes, until} from '../../support/in-page/facts.js';
import {StagedClient} from '../../support/staged/staged-client.js';

describe('<sip-call>: a call that was answered by itself', () => {
  let client: StagedClient;
  let root: SipClientElement;
  let element: SipCallElement;

  beforeEach(async () => {
    client = await StagedClient.ready({autoAnswer: true});
    root = await fixture(
      html`<sip-client .client=${client} lang="en"
        ><sip-incoming></sip-incoming><sip-call></sip-call
      ></sip-client>`,
    );
    element = root.querySelector('sip-call')!;
  });

  afterEach(() => client.disconnect());

  const says = (text: string): Promise<void> => shows(element, () => textOf(element).includes(text));

  it('says so, in English and Chinese, until its user has taken note', async () => {
    const {call, dialog} = client.announce(0, 'video');
    await becomes(call, ({phase}) => phase === 'answered');
    await says('Answered automatically at 李雷’s request.');
    expect(dialog.commands).to.deep.equal(['accept audio']);
    await isAccessible(element);
    root.lang = 'zh-CN';
    await says('已按 李雷 的请求自动接听。');
    element.shadowRoot!.querySelector<HTMLElement>('.dismiss')!.click();
    await shows(element, () => !textOf(element).includes('自动接听'));
  });

  it('does not say so of a call that somebody answered', async () => {
    client.addEventListener('sip-auto-answer', (event) => event.preventDefault());
    const {call} = client.announce();
    await call.answer();
    await shows(element, () => element.call?.state.phase === 'answered');
    expect(textOf(element)).not.to.contain('Answered automatically');
  });

  it('can be prevented on the way up to the page', async () => {
    const told = next(root, 'sip-auto-answer');
    root.addEventListener('sip-auto-answer', (event) => event.preventDefault());
    const {call, dialog} = client.announce(3);
    expect((await told).detail).to.deep.equal({call, after: 3});
    await until(() => client.ringer.state.tones.includes('ringtone'));
    expect([call.state.phase, call.state.quiet, dialog.commands]).to.deep.equal(['ringing', false, []]);
  });

  it('is answered while nobody else is: what comes meanwhile rings', async () => {
    let opened!: () => void;
    const question = new Promise<void>((resolve) => (opened = resolve));
    const {call, dialog} = client.ring();
    dialog.question = question;
    const answer = call.answer();
    const second = client.announce();
    expect(second.call.state).to.include({phase: 'ringing', quiet: false, autoAnswered: false});
    opened();
    await answer;
    expect(second.dialog.commands).to.deep.equal([]);
  });

  it('is heard to have been answered, by two short tones', async () => {
    // A gesture, without which a browser lets nothing be heard.
    await sendMouse({type: 'click', position: [1, 1]});
    const {start} = AudioBufferSourceNode.prototype;
    const lengths: number[] = [];
    AudioBufferSourceNode.prototype.start = function (...times) {
      lengths.push(this.buffer?.duration ?? 0);
      start.apply(this, times);
    };
    try {
      client.announce();
      await until(() => lengths.length > 0);
      expect(lengths.map((length) => length.toFixed(2))).to.deep.equal(['0.52']);
    } finally {
      AudioBufferSourceNode.prototype.start = start;
    }
  });
});
