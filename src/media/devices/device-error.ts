import {SipError, toSipError} from '../../errors.js';
import {listDevices} from './device-list.js';

/** The part of Permissions Policy that a page can query; only Chromium supports it. */
interface FeaturePolicy {
  allowsFeature(feature: string): boolean;
}

const FEATURES = {microphone: 'microphone', camera: 'camera', screen: 'display-capture'} as const;

/** Returns why the browser gave no device: `…-forbidden` if the page's `<iframe>` or its site’s policy forbids it. */
export async function deviceError(cause: unknown, source: keyof typeof FEATURES): Promise<SipError> {
  const error = toSipError(cause, undefined, source);
  if (error.code !== `${source}-refused`) return error;
  return (await isForbidden(source)) ? new SipError(`${source}-forbidden`, {cause}) : error;
}

async function isForbidden(source: keyof typeof FEATURES): Promise<boolean> {
  const {featurePolicy} = document as {featurePolicy?: FeaturePolicy};
  if (featurePolicy) return !featurePolicy.allowsFeature(FEATURES[source]);
  if (source === 'screen' || window === window.top) return false;
  // Browsers list a device that the user refuses, but not one that the policy forbids.
  const list = await listDevices().catch(() => undefined);
  return !!list && !list.devices.some((device) => device.kind === source);
}
