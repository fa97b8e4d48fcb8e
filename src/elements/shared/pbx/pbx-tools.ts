import type {ReactiveControllerHost} from 'lit';
import type {BaseClient} from '../../../core/client/client.js';
import {LazyModule} from '../lazy-module.js';

const tools = new LazyModule(() => import('./tools.js'));

/** What is loaded of the tools, for code that only what they offer reaches. */
export const loadedPbxTools = (): typeof tools.value => tools.value;

/** What elements show of the features of a PBX; undefined without the option `features`, and until it is loaded. */
export const pbxTools = (client: BaseClient | undefined, host: ReactiveControllerHost): typeof tools.value =>
  client?.pbx ? tools.load(host) : undefined;
