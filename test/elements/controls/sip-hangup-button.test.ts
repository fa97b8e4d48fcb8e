import {expect} from '@open-wc/testing';
import {isAccessible, shows} from '../../support/in-page/elements.js';
import {stagedControl} from '../../support/staged/staged-control.js';

describe('<sip-hangup-button>', () => {
  const control = stagedControl('sip-hangup-button');
  const {answered, button, disabled} = control;

  it('is accessible, and says why it cannot be pressed', async () => {
    expect(button().title).to.equal('Hang up: No call');
    await isAccessible(control.element);
    await answered();
    await isAccessible(control.element);
  });

  it('ends a call that stands', async () => {
    const {dialog} = await answered();
    control.element.click();
    await shows(control.element, disabled);
    expect(dialog.commands).to.deep.equal(['hangup']);
  });

  it('gives up a call on its way, and refuses one that rings', async () => {
    for (const begin of ['dial', 'ring'] as const) {
      const staged = control.client[begin]();
      await shows(control.element, () => !disabled());
      control.element.click();
      await shows(control.element, disabled);
      expect(staged.call.state.phase).to.equal('released');
    }
  });
});
