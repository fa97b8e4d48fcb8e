import {expect} from '@open-wc/testing';
import {SipError} from '../../../src/errors.js';
import {isAccessible, next, shows} from '../../support/in-page/elements.js';
import {stagedControl} from '../../support/staged/staged-control.js';

describe('<sip-hold-button>', () => {
  const control = stagedControl('sip-hold-button');
  const {answered, button, name} = control;

  it('is accessible, and says why it cannot be pressed', async () => {
    expect(button().title).to.equal('Hold: No call');
    await isAccessible(control.element);
  });

  it('holds and goes on, and says which it will do', async () => {
    const {dialog} = await answered();
    control.element.click();
    await shows(control.element, () => name() === 'Resume');
    expect(button().classList.contains('on')).to.equal(true);
    await isAccessible(control.element);
    control.element.click();
    await shows(control.element, () => name() === 'Hold');
    expect(dialog.commands).to.deep.equal(['hold', 'unhold']);
  });

  it('tells that it waits', async () => {
    const {dialog} = await answered();
    let agree = (): void => {};
    dialog.question = new Promise((resolve) => (agree = () => resolve()));
    control.element.click();
    await shows(control.element, () => button().ariaBusy === 'true');
    expect(button().title).to.equal('Hold: Please wait…');
    await isAccessible(control.element);
    agree();
    await shows(control.element, () => button().ariaBusy === null && name() === 'Resume');
  });

  it('tells of a refusal, and shows what is', async () => {
    const {dialog} = await answered();
    dialog.failure = new SipError('not-acceptable');
    const told = next(control.element, 'sip-error');
    control.element.click();
    expect((await told).detail.error.code).to.equal('not-acceptable');
    expect(name()).to.equal('Hold');
  });
});
