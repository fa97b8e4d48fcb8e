/**
 * For a phone in an `<iframe>`: lets the page around it, which uses `frame-host.js`, use the phone.
 *
 * ```js
 * shareWithHost(document.querySelector('sip-client'), {origins: ['https://crm.example.com']});
 * ```
 */
export type {ClientSource} from './core/client/client-source.js';
export type {PlainError} from './core/util/plain-error.js';
export {shareWithHost, type ShareOptions} from './frames/share-with-host.js';
