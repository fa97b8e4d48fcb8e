import {LazyModule} from '../shared/lazy-module.js';

/** What selects in a list, which a directory at a desk has too: loaded before the panel is. */
export const DESK = new LazyModule(() => import('../sip-directory/desk.js'));
