/**
 * Blurs or replaces the background of the camera's picture: loaded by a page that offers it.
 *
 * ```js
 * await client.devices.offer(backgrounds({assets: '/background/'}));
 * ```
 */
export type {DeviceEffect, EffectChoice, EffectName, EffectOptions} from './media/devices/device-effect.js';
export {backgrounds, type BackgroundOptions, type BackgroundPicture} from './media/effects/background.js';
