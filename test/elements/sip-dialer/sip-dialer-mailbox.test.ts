import {expect, fixture, html} from '@open-wc/testing';
import type {SipDialerElement} from '../../../src/elements/sip-dialer/sip-dialer.js';
import {isAccessible, part, press, shows} from '../../support/in-page/elements.js';
import {StagedClient} from '../../support/staged/staged-client.js';

describe('<sip-dialer>: waiting messages', () => {
  let client: StagedClient;
  let element: SipDialerElement;
  const three = {waiting: true, fresh: 3, old: 1, urgent: 1, account: '*97'};

  beforeEach(async () => {
    client = await StagedClient.ready();
    const provider = await fixture(
      html`<sip-client .client=${client}><sip-dialer lang="en"></sip-dialer></sip-client>`,
    );
    element = provider.querySelector('sip-dialer')!;
  });

  afterEach(() => client.disconnect());

  const name = (): string | null | undefined => part(element, 'mailbox')?.getAttribute('aria-label');

  it('shows nothing where nothing waits, or nobody tells', async () => {
    expect(part(element, 'mailbox')).to.equal(null);
    client.host.setWaitingMessages({...three, waiting: false});
    await element.updateComplete;
    expect(part(element, 'mailbox')).to.equal(null);
  });

  it('says how many wait, and calls the mailbox, in English and Chinese', async () => {
    client.host.setWaitingMessages(three);
    await shows(element, () => name() === '3 new voicemails, 1 urgent: call voicemail');
    await isAccessible(element);
    await press(element, 'mailbox');
    await shows(element, () => client.asked.includes('call *97 audio'));
    element.lang = 'zh-CN';
    await shows(element, () => name() === '3 条新语音留言，其中 1 条紧急：呼叫语音信箱');
  });

  it('is no button where the server names no mailbox that can be called', async () => {
    client.host.setWaitingMessages({...three, fresh: undefined, urgent: undefined, account: ''});
    await shows(element, () => name() === 'New voicemail');
    expect(part(element, 'mailbox')!.localName).to.equal('span');
    await isAccessible(element);
  });
});
