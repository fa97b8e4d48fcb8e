/**
 * Suppresses the noise around the user: loaded by a page that offers it.
 *
 * ```js
 * await client.devices.offer(noiseSuppression({assets: '/noise-suppression/'}));
 * ```
 */
export type {DeviceEffect, EffectChoice, EffectName, EffectOptions} from './media/devices/device-effect.js';
export {noiseSuppression, type NoiseSuppressionOptions} from './media/effects/noise-suppression.js';
