import type {TemplateResult} from 'lit';
import '../../../locales/call/captions-en.js';
import type {SipCall} from '../../../core/call/call.js';
import {CallControlElement} from '../../controls/call-control.js';
import {setWantsCaptions} from './captions-choice.js';
import {captionsIcon, captionsOffIcon} from './icons.js';

/** The control that turns captions on and off, in this call and in the next ones. */
export class CaptionsButtonElement extends CallControlElement {
  protected override render(): TemplateResult {
    const on = this.current?.state.captions === 'on';
    return this.button({
      part: 'captions',
      name: this.localize.term(on ? 'captionsOff' : 'captionsOn'),
      icon: on ? captionsOffIcon : captionsIcon,
      pressed: on,
      reason: this.notReady,
      command: async (call) => this.#toggle(call),
    });
  }

  async #toggle(call: SipCall): Promise<void> {
    const on = call.state.captions !== 'on';
    if (on) await call.captions();
    else call.captioned?.stop();
    if (this.client) setWantsCaptions(this.client, on);
  }
}
