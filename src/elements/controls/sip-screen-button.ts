import type {TemplateResult} from 'lit';
import type {SipCall} from '../../core/call/call.js';
import {toSipError} from '../../errors.js';
import {CallControlElement} from './call-control.js';
import {sharesScreens} from '../shared/calls/shares-screens.js';
import {monitorUpIcon} from '../shared/icons.js';
import {monitorOffIcon} from '../shared/icons/controls.js';

/**
 * Switches between sending the screen and sending the camera.
 *
 * @fires {CustomEvent<{error: SipError}>} sip-error - The screen could not be shared. Not dispatched if the user cancels the choice.
 * @slot icon - An icon instead of the element's own.
 * @slot icon-on - An icon instead of that of the pressed button.
 * @csspart button - The button.
 */
export class SipScreenButtonElement extends CallControlElement {
  protected override render(): TemplateResult {
    const {current: call, localize} = this;
    const sharing = call?.state.sharing ?? false;
    return this.button({
      part: 'screen',
      name: localize.term(sharing ? 'stopScreen' : 'shareScreen'),
      icon: sharing ? monitorOffIcon : monitorUpIcon,
      pressed: sharing,
      reason:
        this.notReady ?? (sharesScreens() ? undefined : localize.describe({code: 'screen-unsupported'})),
      command: (call) => (call.state.sharing ? call.stopScreen() : share(call)),
    });
  }
}

async function share(call: SipCall): Promise<void> {
  try {
    await call.shareScreen();
  } catch (error) {
    if (toSipError(error).code !== 'screen-cancelled') throw error;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-screen-button': SipScreenButtonElement;
  }
}
