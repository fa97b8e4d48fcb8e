import {expect, fixture, html} from '@open-wc/testing';
import {SipError} from '../../../src/errors.js';
import {deep, isAccessible, part, press, shows} from '../../support/in-page/elements.js';
import {StagedClient} from '../../support/staged/staged-client.js';

const FORBIDDEN = new SipError('forbidden-by-page', {
  subject: 'wss://pbx.test/ws',
  expected: 'connect-src wss://pbx.test:8089',
});

describe('the details of an error', () => {
  const {error} = window.console;
  const {writeText} = navigator.clipboard;
  let printed: string[];
  let copied: string[];
  // The browser asks somebody before a page may write into the clipboard.
  beforeEach(() => {
    [printed, copied] = [[], []];
    window.console.error = (...what: unknown[]) => void printed.push(what.map(String).join(' '));
    navigator.clipboard.writeText = async (text) => Promise.resolve(void copied.push(text));
  });
  afterEach(() => {
    window.console.error = error;
    navigator.clipboard.writeText = writeText;
  });

  /** A dialer that shows the error, and what is read of its notice. */
  async function failed(cause: SipError) {
    const client = new StagedClient();
    client.failure = cause;
    const root = await fixture(html`<sip-client .client=${client}><sip-dialer></sip-dialer></sip-client>`);
    const dialer = root.querySelector('sip-dialer')!;
    await press(dialer, 'connect');
    await shows(dialer, () => part(dialer, 'notice') !== null);
    const details = (): string | undefined =>
      deep(dialer, 'sip-error-details')[0]!.shadowRoot?.textContent?.replace(/\s+/g, ' ').trim();
    const open = async (): Promise<void> => {
      dialer.shadowRoot!.querySelector('summary')!.click();
      await shows(dialer, () => !!details());
    };
    return {dialer, open, details, notice: part(dialer, 'notice')!.innerText.replace(/\s+/g, ' ').trim()};
  }

  it('are for the author of the page, who finds them in the console too; users read a sentence', async () => {
    const {dialer, notice, details, open} = await failed(FORBIDDEN);
    expect(notice).to.equal(
      'This page is not allowed to connect to the server (wss://pbx.test/ws). Check the address and port, or ask its operator to allow it. Try again Details',
    );
    expect(details(), 'nothing is loaded').to.equal(undefined);
    expect(printed).to.deep.equal([`<sip-client>: ${FORBIDDEN.message}`]);
    await open();
    expect(details()).to.contain(FORBIDDEN.message).and.to.contain('Error code forbidden-by-page');
    expect(FORBIDDEN.message).to.contain('Content-Security-Policy').and.to.contain('connect-src');
    await isAccessible(dialer);
    dialer.lang = 'zh-CN';
    await shows(dialer, () => !!details()?.includes('错误代码'));
  });

  it('are copied with the codes, the address of the page without its query, and the browser', async () => {
    const {dialer, open, details} = await failed(
      new SipError('server-error', {subject: 'register', status: 503, apiCode: 1999}),
    );
    await open();
    expect(details()).to.contain('SIP status 503').and.to.contain('Server code 1999');
    deep(dialer, 'sip-error-details')[0]!.shadowRoot!.querySelector('button')!.click();
    await shows(dialer, () => copied.length === 1 && details()!.includes('Copied'));
    const [codes, message, address, browser] = copied[0]!.split('\n');
    expect(codes).to.equal('server-error, SIP 503, API 1999');
    expect(message).to.contain('could not complete the request');
    expect(address).to.equal(location.origin + location.pathname);
    expect(browser).to.equal(navigator.userAgent);
    expect(printed, 'not an error of the page').to.deep.equal([]);
  });

  it('are under each sentence that says why there is no client', async () => {
    const root = await fixture(
      html`<sip-client server="localhost:8088" user="1001"><sip-calls></sip-calls></sip-client>`,
    );
    const calls = root.querySelector('sip-calls')!;
    await shows(calls, () => calls.shadowRoot!.querySelector('summary') !== null);
    calls.shadowRoot!.querySelector('summary')!.click();
    const details = () => deep(calls, 'sip-error-details')[0]!.shadowRoot?.textContent;
    await shows(calls, () => !!details()?.includes('Write: ws://localhost:8088'));
    await isAccessible(calls);
  });
});
