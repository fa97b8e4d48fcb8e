/**
 * For a page with a phone in its `<iframe>`, which may have another origin: places, answers and ends calls, and shows
 * who calls.
 *
 * ```js
 * const phone = connectPhone(document.querySelector('iframe'), {origin: 'https://phone.example.com'});
 * phone.addEventListener('call', ({detail}) => showRecordOf(detail.number));
 * await phone.call('1002');
 * ```
 */
export type {PlainError} from './core/util/plain-error.js';
export {
  connectPhone,
  type FramePhone,
  type FramePhoneEventMap,
  type FramePhoneOptions,
} from './frames/frame-phone.js';
export type {FrameCall, FrameState} from './frames/messages.js';
