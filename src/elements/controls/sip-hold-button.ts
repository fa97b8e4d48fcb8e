import type {TemplateResult} from 'lit';
import {CallControlElement} from './call-control.js';
import {pauseIcon, playIcon} from '../shared/icons.js';

/**
 * Holds the call, or goes on with it.
 *
 * @fires {CustomEvent<{error: SipError}>} sip-error - The other side did not agree, for example.
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
