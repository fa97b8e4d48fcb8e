import type {TemplateResult} from 'lit';
import {CallControlElement} from './call-control.js';
import {isSilent, toggleMicrophone} from '../../core/call/microphone.js';
import {micIcon, micOffIcon} from '../shared/icons/controls.js';

/**
 * Mutes or unmutes the microphone; while muted, silence is sent. If no microphone could be opened, the button tries again.
 *
 * @fires {CustomEvent<{error: SipError}>} sip-error - The command failed.
 * @slot icon - An icon instead of the element's own.
 * @slot icon-on - An icon instead of that of the pressed button.
 * @csspart button - The button.
 */
export class SipMuteButtonElement extends CallControlElement {
  protected override render(): TemplateResult {
    const muted = this.current !== undefined && isSilent(this.current);
    return this.button({
      part: 'mute',
      name: this.localize.term(muted ? 'unmute' : 'mute'),
      icon: muted ? micOffIcon : micIcon,
      pressed: muted,
      reason: this.notReady,
      command: toggleMicrophone,
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'sip-mute-button': SipMuteButtonElement;
  }
}
