import type {ReactiveControllerHost} from 'lit';
import type {SipDevices} from '../../../core/devices/devices.js';
import {LazyModule} from '../lazy-module.js';

const tools = new LazyModule(() => import('./tools.js'));

/** What shows the effects of devices; undefined if the page offers none, and until it is loaded. */
export const effectTools = (
  devices: SipDevices | undefined,
  host: ReactiveControllerHost,
): typeof tools.value => (devices?.effects ? tools.load(host) : undefined);
