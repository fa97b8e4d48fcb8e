/**
 * Calls the numbers of a page's links.
 *
 * ```js
 * dialLinks(document.querySelector('sip-client'));
 * ```
 */
export type {ClientSource} from './core/client/client-source.js';
export {dialLinks, type DialLinksOptions} from './links/dial-links.js';
