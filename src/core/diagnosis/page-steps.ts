import type {CheckFinding} from './step.js';

/** The part of Permissions Policy that a page can query; only Chromium supports it. */
interface FeaturePolicy {
  allowsFeature(feature: string): boolean;
}

/** Whether the page is one that browsers give devices to. */
export function checkPage(): CheckFinding {
  const values = {protocol: location.protocol.replace(':', ''), framed: window !== window.top};
  return isSecureContext
    ? {verdict: 'passed', code: 'page-secure', values}
    : {verdict: 'failed', code: 'insecure-page', values};
}

/** Whether the page's policy and the user allow a device. Asks nobody. */
export async function checkPermission(kind: 'microphone' | 'camera'): Promise<CheckFinding> {
  const failed = kind === 'microphone' ? 'failed' : 'warning';
  if (!('mediaDevices' in navigator)) return {verdict: failed, code: 'insecure-page'};
  const {featurePolicy} = document as {featurePolicy?: FeaturePolicy};
  if (featurePolicy && !featurePolicy.allowsFeature(kind))
    return {verdict: failed, code: `${kind}-forbidden`, values: {framed: window !== window.top}};
  const state = await stateOf(kind);
  if (state === 'denied') return {verdict: failed, code: `${kind}-refused`};
  return state === 'granted'
    ? {verdict: 'passed', code: 'permission-given'}
    : {verdict: 'passed', code: 'permission-open', values: {state}};
}

/** Whether the user has refused connections into the local network, which Chromium asks about. */
export async function refusesLocalNetwork(): Promise<boolean> {
  return (await stateOf('local-network-access')) === 'denied';
}

async function stateOf(name: string): Promise<PermissionState | 'unknown'> {
  try {
    return (await navigator.permissions.query({name: name as PermissionName})).state;
  } catch {
    // Not every browser knows the name.
    return 'unknown';
  }
}
