import type {TemplateResult} from 'lit';
import {CallControlElement} from './call-control.js';
import {phoneOffIcon} from '../shared/icons.js';

/**
 * Ends the call: cancels an outgoing call, declines an incoming one.
 *
 * @fires {CustomEvent<{error: SipError}>} sip-error - The command failed.
 * @slot icon - An icon instead of the element's own.
 * @csspart button - The button.
 */
export class SipHangupButtonElement extends CallControlElement {
  protected override render(): TemplateResult {
    const over = this.current?.state.phase === 'released';
    return this.button({
      part: 'hangup',
      name: this.localize.term('hangup'),
      icon: phoneOffIcon,
      ends: true,
      reason: over ? this.localize.term('noCall') : undefined,
      command: (call) => call.hangup(),
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-hangup-button': SipHangupButtonElement;
  }
}
