import type {TemplateResult} from 'lit';
import {CallControlElement} from './call-control.js';
import {micIcon, micOffIcon} from '../shared/icons.js';

/**
 * Sends silence instead of the microphone, or the microphone again.
 *
 * @fires {CustomEvent<{error: SipError}>} sip-error - It could not be done.
 * @csspart button - The button.
 */
export class SipMuteButtonElement extends CallControlElement {
  protected override render(): TemplateResult {
    const muted = this.current?.state.muted ?? false;
    return this.button({
      part: 'mute',
      name: this.localize.term(muted ? 'unmute' : 'mute'),
      icon: muted ? micOffIcon : micIcon,
      pressed: muted,
      reason: this.notReady,
      command: (call) => (call.state.muted ? call.unmute() : call.mute()),
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-mute-button': SipMuteButtonElement;
  }
}
