import {expect, fixture, html} from '@open-wc/testing';
import type {SipError} from '../../../src/errors.js';
import type {SipDeskLinkElement} from '../../../src/elements/sip-desk-link/sip-desk-link.js';
import {deep, isAccessible, loads, part, press, shows, textOf} from '../../support/in-page/elements.js';

const HREF = 'https://phone.example.com/desk.html#config=/desks/7.json';

describe('<sip-desk-link>', () => {
  let element: SipDeskLinkElement;

  /** What the page was told, and what its console says. */
  const failures: SipError[] = [];
  const onError = ({detail}: CustomEvent<{error: SipError}>): void => void failures.push(detail.error);

  async function open(href = HREF, token: unknown = ''): Promise<void> {
    element = await fixture(
      html`<sip-desk-link
        .href=${href}
        .token=${token}
        label="Desk 7"
        @sip-error=${onError}
      ></sip-desk-link>`,
    );
    await loads(element);
  }
  afterEach(() => failures.splice(0));

  it('is accessible, and has the link as text beside the code', async () => {
    await open();
    await isAccessible(element);
    expect(part(element, 'code')!.getAttribute('role')).to.equal('img');
    expect(part(element, 'code')!.getAttribute('aria-label')).to.equal('QR code: Desk 7');
    expect(part(element, 'link')!.innerText).to.equal(HREF);
  });

  it('waits for a link, without an error', async () => {
    await open('');
    expect(textOf(element)).to.contain('No link yet');
    expect(failures).to.deep.equal([]);
    await isAccessible(element);
    element.href = HREF;
    await shows(element, () => part(element, 'code') !== null);
  });

  it('resolves a relative link', async () => {
    await open('/desk.html#config=/desks/7.json');
    expect(part(element, 'link')!.innerText).to.equal(`${location.origin}/desk.html#config=/desks/7.json`);
  });

  it('copies the link with its token, which is in no attribute and no text', async () => {
    const copied: string[] = [];
    const {writeText} = navigator.clipboard;
    navigator.clipboard.writeText = async (text) => void copied.push(text);
    await open(HREF, 'once.only+1');
    await press(element, 'copy');
    await shows(element, () => part(element, 'copy')!.innerText === 'Copied');
    expect(copied).to.deep.equal([`${HREF}&token=once.only%2B1`]);
    const shown =
      element.outerHTML +
      deep(element, '*')
        .map(({outerHTML}) => outerHTML)
        .join('');
    expect(shown).not.to.contain('once.only');
    expect(textOf(element)).to.contain('contain a key');
    // Another link was not copied yet.
    element.token = 'next';
    await shows(element, () => part(element, 'copy')!.innerText === 'Copy link');
    navigator.clipboard.writeText = writeText;
  });

  it('draws another code for another token', async () => {
    await open(HREF, 'one');
    const drawn = (): string => deep(element, 'path')[0]!.getAttribute('d')!;
    const before = drawn();
    element.token = 'two';
    await shows(element, () => drawn() !== before);
  });

  for (const [what, href, token, message] of [
    ['a blank link', ' ', '', 'href “ ” cannot be used. Write: href="/phone.html#config=/desks/7.json"'],
    [
      'a link without a file',
      'https://phone.example.com/',
      '',
      'href “https://phone.example.com/” cannot be used. Write: href="/phone.html#config=/desks/7.json"',
    ],
    [
      'a script',
      'javascript:alert(1)#config=7',
      '',
      'href “javascript:alert(1)#config=7” cannot be used. Write: href="/phone.html#config=/desks/7.json"',
    ],
    [
      'a token in the attribute',
      `${HREF}&token=hush`,
      '',
      'href with a token cannot be used. Write: deskLink.token = "…"',
    ],
    [
      'a token of other characters',
      HREF,
      'a b',
      'token cannot be used. Write: deskLink.token = "eyJhbGciOi…"',
    ],
    ['no text as a token', HREF, {}, 'token cannot be used. Write: deskLink.token = "eyJhbGciOi…"'],
    [
      'a link that is too long',
      HREF,
      'x'.repeat(940),
      'href of 1003 bytes cannot be used. Write: a link of at most 1000 bytes with its token',
    ],
  ] as const)
    it(`reports ${what}, and draws no code`, async () => {
      await open(href, token);
      expect(part(element, 'code')).to.equal(null);
      expect(failures.map(({code, message}) => [code, message])).to.deep.equal([['config-failed', message]]);
      expect(part(element, 'notice')!.innerText).to.contain('not set up');
      expect(`${failures[0]!.message}${textOf(element)}`).not.to.contain('hush');
      await isAccessible(element);
      element.href = HREF;
      element.token = '';
      await shows(element, () => part(element, 'code') !== null && part(element, 'notice') === null);
    });

  it('draws the longest link', async () => {
    await open(HREF, 'x'.repeat(1000 - HREF.length - '&token='.length));
    expect(part(element, 'code')).not.to.equal(null);
  });
});
