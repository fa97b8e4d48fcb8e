/**
 * The bridge between a page and the phone in its `<iframe>`, which may have another origin.
 *
 * ```js
 * // In the frame:
 * shareWithHost(document.querySelector('sip-client'), {origins: ['https://crm.example.com']});
 * // Around it:
 * const phone = connectPhone(document.querySelector('iframe'), {origin: 'https://phone.example.com'});
 * phone.addEventListener('call', ({detail}) => showRecordOf(detail.number));
 * await phone.call('1002');
 * ```
 */
export {
  connectPhone,
  type FramePhone,
  type FramePhoneEventMap,
  type FramePhoneOptions,
} from './frames/frame-phone.js';
export type {FrameError} from './frames/frame-error.js';
export type {FrameCall, FrameState} from './frames/messages.js';
export {shareWithHost, type ShareOptions} from './frames/share-with-host.js';
export type {ClientSource} from './core/client/client-source.js';
