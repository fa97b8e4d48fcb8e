import {html, type ReactiveControllerHost, type TemplateResult} from 'lit';
import type {SipDevices} from '../../../core/devices/devices.js';
import {defineInner} from '../define-inner.js';
import {FlipButtonElement} from './flip-button.js';

/** The elements that follow devices, by these. */
const following = new WeakMap<SipDevices, WeakSet<ReactiveControllerHost>>();

/** Whether there is a front camera and a back camera. Lists the devices once, and updates the host as they change. */
export function flips(devices: SipDevices, host: ReactiveControllerHost): boolean {
  const hosts = following.get(devices) ?? new WeakSet();
  following.set(devices, hosts);
  if (!hosts.has(host)) {
    hosts.add(host);
    const weak = new WeakRef(host);
    const update = (): void => {
      const still = weak.deref();
      if (still) still.requestUpdate();
      else devices.removeEventListener('statechange', update);
    };
    devices.addEventListener('statechange', update);
    devices.list().catch(() => {});
  }
  const facings = devices.state.devices.map(({facing}) => facing);
  return facings.includes('user') && facings.includes('environment');
}

/** Renders the control, in the row or in the menu. */
export function flipControl(inMenu: boolean): TemplateResult {
  defineInner({'sip-flip-button': FlipButtonElement});
  return html`<sip-flip-button exportparts="flip" .labelled=${inMenu}></sip-flip-button>`;
}
