import {html, nothing, type TemplateResult} from 'lit';
import type {SipDevices} from '../../../core/devices/devices.js';
import type {DeviceKind} from '../../../core/devices/devices-state.js';
import {defineInner} from '../define-inner.js';
import {EffectChoiceElement} from './effect-choice.js';

/** Renders the choice of the effect that the page offers for a kind of device. */
export function effectChoice(devices: SipDevices, kind: DeviceKind): TemplateResult | typeof nothing {
  defineInner({'sip-effect-choice': EffectChoiceElement});
  if (!devices.effects?.state.offered.some((effect) => effect.kind === kind)) return nothing;
  return html`<sip-effect-choice
    exportparts="background, noise-suppression"
    .devices=${devices}
    .kind=${kind}
  ></sip-effect-choice>`;
}
