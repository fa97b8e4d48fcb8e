import {expect} from '@open-wc/testing';
import {SipError} from '../../../src/errors.js';
import {isAccessible, next, shows} from '../../support/in-page/elements.js';
import {stagedControl} from '../../support/staged/staged-control.js';

describe('<sip-screen-button>', () => {
  const control = stagedControl('sip-screen-button');
  const {answered, button, disabled, name} = control;

  it('is accessible, and says why it cannot be pressed', async () => {
    expect(button().title).to.equal('Share screen: No call');
    await isAccessible(control.element);
  });

  it('shares the screen and stops that', async () => {
    const {dialog} = await answered();
    control.element.click();
    await shows(control.element, () => name() === 'Stop sharing screen');
    await isAccessible(control.element);
    control.element.click();
    await shows(control.element, () => name() === 'Share screen');
    expect(dialog.commands).to.deep.equal(['share', 'stop sharing']);
  });

  it('tells of a refusal, but not of a choice that was given up', async () => {
    const {dialog} = await answered();
    const told: string[] = [];
    control.element.addEventListener('sip-error', ({detail}) => told.push(detail.error.code));
    dialog.failure = new SipError('screen-cancelled');
    control.element.click();
    await shows(control.element, () => dialog.failure === undefined);
    dialog.failure = new SipError('screen-refused');
    const error = next(control.element, 'sip-error');
    control.element.click();
    await error;
    expect(told).to.deep.equal(['screen-refused']);
  });

  it('says where the browser cannot share one', async () => {
    const {getDisplayMedia} = MediaDevices.prototype;
    Reflect.deleteProperty(MediaDevices.prototype, 'getDisplayMedia');
    try {
      control.client.dial().dialog.confirm();
      await shows(control.element, () => /cannot share the screen/.test(button().title));
      expect(disabled()).to.equal(true);
    } finally {
      MediaDevices.prototype.getDisplayMedia = getDisplayMedia;
    }
  });
});
