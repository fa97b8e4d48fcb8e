import '../../../locales/call/flip-en.js';
import {html, type TemplateResult} from 'lit';
import {state} from 'lit/decorators.js';
import {CallControlElement} from '../../controls/call-control.js';
import {facingOf} from './facing.js';
import {switchCameraIcon} from './icons.js';

/** The control that switches between the front and the back camera. */
export class FlipButtonElement extends CallControlElement {
  /** Whether the user has switched here: screen readers then announce the camera in use. */
  @state() private flipped = false;

  protected override render(): TemplateResult {
    const {current: call, localize} = this;
    const back = call !== undefined && facingOf(call, this.client) === 'environment';
    return html`${this.button({
        part: 'flip',
        name: localize.term(back ? 'flipToFront' : 'flipToBack'),
        icon: switchCameraIcon,
        reason: this.notReady,
        command: async (call) => {
          await call.flipCamera();
          this.flipped = true;
        },
      })}
      <span class="hidden" role="status"
        >${this.flipped ? localize.term(back ? 'flippedToBack' : 'flippedToFront') : ''}</span
      >`;
  }
}
