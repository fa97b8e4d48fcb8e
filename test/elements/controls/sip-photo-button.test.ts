import {expect, fixture, html} from '@open-wc/testing';
import type {SipPhotoButtonElement} from '../../../src/elements/controls/sip-photo-button.js';
import {watchDownloads, type Downloads} from '../../support/in-page/downloads.js';
import {isAccessible, next, part, press, shows, textOf} from '../../support/in-page/elements.js';
import {until} from '../../support/in-page/facts.js';
import {picture, sound, StagedClient, type Staged} from '../../support/staged/staged-client.js';

describe('<sip-photo-button>', () => {
  let client: StagedClient;
  let element: SipPhotoButtonElement;
  let downloads: Downloads;

  beforeEach(async () => {
    client = await StagedClient.ready();
    const root = await fixture(
      html`<sip-client .client=${client}><sip-photo-button></sip-photo-button></sip-client>`,
    );
    element = root.querySelector('sip-photo-button')!;
    downloads = watchDownloads();
  });
  afterEach(() => downloads.restore());

  const button = (): HTMLElement => part(element, 'button')!;
  const disabled = (): boolean => button().getAttribute('aria-disabled') === 'true';
  async function pictured(): Promise<Staged> {
    const staged = client.dial('video');
    staged.dialog.confirm(true);
    staged.dialog.play(new MediaStream([sound(), picture()]), new MediaStream([sound(), picture('red')]));
    await shows(element, () => !disabled());
    return staged;
  }

  it('says why it cannot be pressed', async () => {
    expect(button().title).to.equal('Take a photo: No call');
    const {dialog} = client.dial('video');
    await shows(element, () => button().title === 'Take a photo: Available once connected');
    dialog.confirm();
    await shows(element, () => button().title === 'Take a photo: No video');
    expect(disabled()).to.equal(true);
    await isAccessible(element);
  });

  it('helps without a client', async () => {
    const lonely = await fixture<SipPhotoButtonElement>(html`<sip-photo-button></sip-photo-button>`);
    expect(part(lonely, 'button')!.title).to.match(/inside a <sip-client>/);
  });

  it('downloads a photo, tells of it and says so', async () => {
    const {call} = await pictured();
    await isAccessible(element);
    const told = next(element, 'sip-photo');
    await press(element, 'button');
    const {detail} = await told;
    expect([detail.call, detail.blob.type]).to.deep.equal([call, 'image/png']);
    await until(() => downloads.files.length > 0);
    expect(downloads.files[0]!.name).to.match(/^photo-1002-\d{4}-\d\d-\d\d_\d\d-\d\d-\d\d\.png$/);
    expect(detail.name).to.equal(downloads.files[0]!.name);
    await shows(element, () => textOf(element, '[role=status]') === 'Photo saved');
    await isAccessible(element);
    await shows(element, () => textOf(element, '[role=status]') === '');
  });

  it('names it by its attribute', async () => {
    element.name = '{name}/x';
    await pictured();
    await press(element, 'button');
    await until(() => downloads.files.length > 0);
    expect(downloads.files[0]!.name).to.equal('x.png');
  });

  it('takes no photo under a name whose pattern has a part that there is not', async () => {
    element.name = 'photo-{day}';
    await pictured();
    const told = next(element, 'sip-error');
    await press(element, 'button');
    expect((await told).detail.error.code).to.equal('bad-parameter');
    expect(downloads.files).to.deep.equal([]);
  });

  it('downloads nothing where the page prevents it', async () => {
    await pictured();
    element.addEventListener('sip-photo', (event) => event.preventDefault());
    await press(element, 'button');
    await shows(element, () => textOf(element, '[role=status]') === 'Photo taken');
    expect(downloads.files).to.deep.equal([]);
  });

  it('takes one’s own picture', async () => {
    element.of = 'local';
    await pictured();
    const told = next(element, 'sip-photo');
    await press(element, 'button');
    const image = await createImageBitmap((await told).detail.blob);
    const paint = document.createElement('canvas').getContext('2d')!;
    paint.drawImage(image, 0, 0);
    expect(paint.getImageData(9, 9, 1, 1).data[0]).to.be.greaterThan(200);
    expect(button().getAttribute('aria-label')).to.equal('Take a photo of your video');
  });

  it('cannot be pressed while the call is held', async () => {
    const {dialog} = await pictured();
    dialog.set({remoteHeld: true});
    await shows(element, disabled);
    await press(element, 'button');
    expect(downloads.files).to.deep.equal([]);
  });
});
