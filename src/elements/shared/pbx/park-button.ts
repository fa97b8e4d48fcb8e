import {html, type TemplateResult} from 'lit';
import {CallControlElement} from '../../controls/call-control.js';
import {circleParkingIcon} from './icons.js';

/** The control that parks a call, if the PBX chooses the slot. */
export class ParkButtonElement extends CallControlElement {
  protected override render(): TemplateResult {
    return html`${this.button({
      part: 'park',
      name: this.localize.term('park'),
      icon: circleParkingIcon,
      reason: this.notReady,
      command: async (call) => this.client?.pbx?.park(call),
    })}`;
  }
}
