import {expect, fixture, html} from '@open-wc/testing';
import type {SipUploadElement} from '../../../src/elements/sip-upload/sip-upload.js';
import {sizeText} from '../../../src/elements/sip-upload/upload-size.js';
import {isAccessible, next, part, press, shows, textOf} from '../../support/in-page/elements.js';
import {StagedClient} from '../../support/staged/staged-client.js';
import {sha256, someFile, UploadForm} from '../../support/servers/upload-form.js';

const MB = 1024 * 1024;

describe('<sip-upload>', () => {
  const make = async (form: UploadForm): Promise<SipUploadElement> => {
    const client = new StagedClient({uploadUrl: form.url});
    const root = await fixture(html`<sip-client .client=${client}><sip-upload></sip-upload></sip-client>`);
    const element = root.querySelector('sip-upload')!;
    await shows(element, () => !part(element, 'choose')?.hasAttribute('aria-disabled'));
    return element;
  };
  const phases = (element: SipUploadElement): string => element.entries.map(({phase}) => phase).join();
  const news = (element: SipUploadElement): string =>
    element.shadowRoot!.querySelector('[role=status]')!.textContent!.trim();
  const data = (...files: File[]): DataTransfer => {
    const transfer = new DataTransfer();
    for (const file of files) transfer.items.add(file);
    return transfer;
  };

  it('says what it needs where there is no client, and takes nothing', async () => {
    const alone = await fixture<SipUploadElement>(html`<sip-upload></sip-upload>`);
    expect(textOf(alone)).to.contain('<sip-client>');
    alone.start([someFile(10)]);
    expect(alone.entries).to.have.length(0);
    await isAccessible(alone);
  });

  it('says why nothing can be sent before the connection', async () => {
    const client = new StagedClient();
    const root = await fixture(html`<sip-client .client=${client}><sip-upload></sip-upload></sip-client>`);
    const element = root.querySelector('sip-upload')!;
    await shows(element, () => textOf(element).includes('connect again'));
    expect(part(element, 'choose')!.getAttribute('aria-disabled')).to.equal('true');
  });

  for (const [how, bring] of [
    [
      'chosen',
      (element: SipUploadElement, file: File) => {
        const input = element.shadowRoot!.querySelector('input')!;
        input.files = data(file).files;
        input.dispatchEvent(new Event('change'));
      },
    ],
    [
      'dropped',
      (element: SipUploadElement, file: File) =>
        part(element, 'drop')!.dispatchEvent(
          new DragEvent('drop', {dataTransfer: data(file), bubbles: true, cancelable: true}),
        ),
    ],
    [
      'pasted',
      (element: SipUploadElement, file: File) =>
        // Firefox copies no files into the data of an event that a script makes.
        part(element, 'choose')!.dispatchEvent(
          Object.defineProperty(
            new ClipboardEvent('paste', {bubbles: true, composed: true, cancelable: true}),
            'clipboardData',
            {value: data(file)},
          ),
        ),
    ],
  ] as const)
    it(`sends what is ${how}, which arrives whole`, async () => {
      const form = new UploadForm();
      const element = await make(form);
      element.type = 'notice';
      const file = someFile(MB, '<b>报告</b>.txt', 'text/plain');
      bring(element, file);
      await shows(element, () => phases(element) === 'sent');
      const {parts} = (await form.state()).forms[0]!;
      expect(parts[0]![1]).to.equal('11');
      expect(parts[2]![1]).to.deep.include({sha256: await sha256(file)});
      expect(part(element, 'entry')!.innerText).to.contain('<b>报告</b>.txt').and.contain('Uploaded');
      expect(news(element)).to.equal('<b>报告</b>.txt was uploaded.');
      await isAccessible(element);
    });

  it('keeps the page where a file is dropped that cannot be sent', async () => {
    const alone = await fixture<SipUploadElement>(html`<sip-upload></sip-upload>`);
    const drop = new DragEvent('drop', {dataTransfer: data(someFile(9)), bubbles: true, cancelable: true});
    part(alone, 'drop')!.dispatchEvent(drop);
    expect(drop.defaultPrevented).to.equal(true);
    expect(alone.entries).to.have.length(0);
  });

  it('shows how far a file is, reads it out once, and cancels it', async () => {
    const form = new UploadForm('slow=20');
    const element = await make(form);
    const heard = new Set<string>();
    const watch = new MutationObserver(() => heard.add(news(element)));
    watch.observe(element.shadowRoot!, {subtree: true, childList: true, characterData: true});
    element.start([someFile(32 * MB, 'large.bin')]);
    await shows(element, () => phases(element) === 'sending');
    await shows(element, () => / of 33\.6 MB/.test(textOf(element, '.state')));
    expect(part(element, 'progress')!.getAttribute('aria-label')).to.equal('Uploading large.bin');
    expect(element.matches(':state(sending)')).to.equal(true);
    await isAccessible(element);
    await press(element, 'cancel');
    await shows(element, () => phases(element) === 'cancelled');
    watch.disconnect();
    expect([...heard].filter(Boolean)).to.deep.equal(['Uploading large.bin']);
    expect((await form.becomes(({open}) => open === 0)).forms).to.have.length(0);
    expect(element.matches(':state(sending)')).to.equal(false);
    await isAccessible(element);
  });

  it('says why a file is refused, and takes it out', async () => {
    const form = new UploadForm('status=413');
    const element = await make(form);
    const told = next(element, 'sip-error');
    element.start([someFile(10, 'a.bin')]);
    expect((await told).detail.error).to.include({code: 'file-too-large', status: 413});
    await shows(element, () => textOf(element, '.why').includes('larger than the server allows'));
    expect(part(element, 'retry'), 'it would be too large again').to.equal(null);
    await isAccessible(element);
    await press(element, 'remove');
    await shows(element, () => part(element, 'entry') === null);
    expect(element.shadowRoot!.activeElement).to.equal(part(element, 'choose'));
  });

  it('sends again what the server did not answer', async () => {
    const form = new UploadForm('status=500');
    const element = await make(form);
    element.start([someFile(10, 'a.bin')]);
    await shows(element, () => phases(element) === 'failed');
    await press(element, 'retry');
    await form.becomes(({forms}) => forms.length === 2);
    await shows(element, () => phases(element) === 'failed');
  });

  it('sends several, and stops them all', async () => {
    const form = new UploadForm('hold');
    const element = await make(form);
    element.start(['a', 'b', 'c', 'd'].map((name) => someFile(10, name)));
    await shows(element, () => news(element) === 'Uploading 4 files');
    await form.becomes(({forms}) => forms.length === 3);
    element.stop();
    await shows(element, () => phases(element) === 'cancelled,cancelled,cancelled,cancelled');
  });
});

describe('sizeText', () => {
  for (const [bytes, text] of [
    [10, '10 bytes'],
    [1_500, '1.5 kB'],
    [12_400_000, '12.4 MB'],
    [123_456_789, '123 MB'],
    [4_300_000_000, '4.3 GB'],
  ] as const)
    it(`writes ${text}`, () => expect(sizeText(bytes, 'en')).to.equal(text));

  it('writes a speed', () => expect(sizeText(1_200_000, 'en', true)).to.equal('1.2 MB/s'));
});
