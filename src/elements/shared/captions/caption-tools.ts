import type {ReactiveControllerHost} from 'lit';
import type {SipCall} from '../../../core/call/call.js';
import type {BaseClient} from '../../../core/client/client.js';
import {LazyModule} from '../lazy-module.js';

const tools = new LazyModule(() => import('./tools.js'));

/** What shows captions; undefined if the page recognizes no speech, and until it is loaded. */
export const captionTools = (
  call: SipCall,
  client: BaseClient | undefined,
  host: ReactiveControllerHost,
): typeof tools.value => ((client?.options.captions ?? call.captioned) ? tools.load(host) : undefined);
