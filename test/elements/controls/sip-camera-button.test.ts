import {expect} from '@open-wc/testing';
import {SipError} from '../../../src/errors.js';
import {isAccessible, next, shows} from '../../support/in-page/elements.js';
import {paintedPicture} from '../../support/in-page/painted-picture.js';
import {stagedControl} from '../../support/staged/staged-control.js';

describe('<sip-camera-button>', () => {
  const control = stagedControl('sip-camera-button');
  const {answered, button, disabled, name} = control;

  it('is accessible, and says why it cannot be pressed', async () => {
    expect(button().title).to.equal('Turn camera on: No call');
    await isAccessible(control.element);
  });

  it('turns the camera off and on', async () => {
    const {dialog} = await answered('video');
    expect(name()).to.equal('Turn camera off');
    control.element.click();
    await shows(control.element, () => name() === 'Turn camera on');
    expect(button().classList.contains('on')).to.equal(true);
    await isAccessible(control.element);
    control.element.click();
    await shows(control.element, () => name() === 'Turn camera off');
    expect(dialog.commands).to.deep.equal(['camera off', 'camera on']);
  });

  it('adds a picture to a call of sound alone, and to one that only receives', async () => {
    for (const video of ['inactive', 'recvonly'] as const) {
      const {dialog} = await answered();
      dialog.set({media: {audio: 'sendrecv', video}});
      await shows(control.element, () => name() === 'Turn camera on');
      expect(button().classList.contains('on')).to.equal(false);
      control.element.click();
      await shows(control.element, () => name() === 'Turn camera off');
      expect(dialog.commands).to.deep.equal(['media video']);
      await dialog.hangup();
    }
  });

  it('turns off a camera that nobody takes for the moment, and offers its picture again', async () => {
    const {dialog} = await answered('video');
    const picture = paintedPicture([30, 180, 30]);
    dialog.play(undefined, new MediaStream([picture.track]));
    dialog.set({media: {audio: 'sendrecv', video: 'recvonly'}});
    await shows(control.element, () => name() === 'Turn camera off');
    control.element.click();
    await shows(control.element, () => name() === 'Turn camera on');
    control.element.click();
    await shows(control.element, () => dialog.commands.length > 1);
    expect(dialog.commands).to.deep.equal(['camera off', 'media video']);
    picture.stop();
  });

  it('tells of a refusal', async () => {
    const {dialog} = await answered();
    dialog.failure = new SipError('media-refused');
    const told = next(control.element, 'sip-error');
    control.element.click();
    expect((await told).detail.error.code).to.equal('media-refused');
  });

  it('says that the screen is shown instead', async () => {
    const {dialog} = await answered('video');
    dialog.set({sharing: true});
    await shows(control.element, () => button().title === 'Turn camera off: You’re sharing your screen');
    expect(disabled()).to.equal(true);
  });
});
