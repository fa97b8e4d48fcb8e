import type {TemplateResult} from 'lit';
import {CallControlElement} from './call-control.js';
import {micIcon, micOffIcon} from '../shared/icons/controls.js';

/**
 * Mutes or unmutes the microphone; while muted, silence is sent.
 *
 * @fires {CustomEvent<{error: SipError}>} sip-error - The command failed.
 * @slot icon - An icon instead of the element's own.
 * @slot icon-on - An icon instead of that of the pressed button.
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
