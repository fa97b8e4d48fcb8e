import type {TemplateResult} from 'lit';
import {CallControlElement} from './call-control.js';
import {pauseIcon, playIcon} from '../shared/icons/controls.js';

/**
 * Holds or resumes the call.
 *
 * @fires {CustomEvent<{error: SipError}>} sip-error - The command failed; for example, the other side did not agree.
 * @slot icon - An icon instead of the element's own.
 * @slot icon-on - An icon instead of that of the pressed button.
 * @csspart button - The button.
 */
export class SipHoldButtonElement extends CallControlElement {
  protected override render(): TemplateResult {
    const held = this.current?.state.held ?? false;
    return this.button({
      part: 'hold',
      name: this.localize.term(held ? 'unhold' : 'hold'),
      icon: held ? playIcon : pauseIcon,
      pressed: held,
      reason: this.notReady,
      command: (call) => (call.state.held ? call.unhold() : call.hold()),
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-hold-button': SipHoldButtonElement;
  }
}
