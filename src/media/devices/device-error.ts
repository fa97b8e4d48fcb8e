import {SipError, toSipError} from '../../errors.js';

/** What of the Permissions Policy a page can ask its browser: Chromium alone has it. */
interface FeaturePolicy {
  allowsFeature(feature: string): boolean;
}

const FEATURES = {microphone: 'microphone', camera: 'camera', screen: 'display-capture'} as const;

/** Why the browser gave no device: `…-forbidden` if the `<iframe>` that this page is in, or its site’s policy, gives it none. */
export async function deviceError(cause: unknown, source: keyof typeof FEATURES): Promise<SipError> {
  const error = toSipError(cause, undefined, source);
  if (error.code !== `${source}-refused`) return error;
  return (await isForbidden(source)) ? new SipError(`${source}-forbidden`, {cause}) : error;
}

async function isForbidden(source: keyof typeof FEATURES): Promise<boolean> {
  const {featurePolicy} = document as {featurePolicy?: FeaturePolicy};
  if (featurePolicy) return !featurePolicy.allowsFeature(FEATURES[source]);
  if (source === 'screen' || window === window.top) return false;
  // A device that the user refuses is listed all the same; one that the policy forbids is not.
  const kind = source === 'microphone' ? 'audioinput' : 'videoinput';
  return !(await navigator.mediaDevices.enumerateDevices()).some((device) => device.kind === kind);
}
