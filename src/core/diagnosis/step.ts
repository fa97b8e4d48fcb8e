import type {SipErrorCode} from '../../errors.js';

/** The steps of a diagnosis, in their order. */
export const CHECK_STEPS = [
  'secure-page',
  'microphone-permission',
  'camera-permission',
  'microphone',
  'camera',
  'network',
  'server',
  'sign-in',
  'stun',
  'turn-udp',
  'turn-tcp',
  'turn-tls',
  'relay',
  'call',
  'quality',
  'bandwidth',
] as const;

/** A step of a diagnosis. */
export type CheckStepName = (typeof CHECK_STEPS)[number];

/**
 * What a step found: `passed`; `warning` calls are possible with a restriction; `failed`; `skipped` it was not possible, or
 * not needed.
 */
export type CheckVerdict = 'passed' | 'warning' | 'failed' | 'skipped';

/** The codes of what a step found that are no errors of a client. They stay the same in later versions. */
export const CHECK_CODES = [
  // The page and its devices
  'page-secure',
  'permission-given',
  'permission-open',
  'microphone-works',
  'microphone-silent',
  'camera-works',
  'camera-black',
  // The network and the server
  'addresses-found',
  'no-addresses',
  'browser-offline',
  'server-reached',
  'server-connected',
  'not-a-websocket',
  'local-network-refused',
  'server-not-reached',
  'signed-in',
  // STUN and TURN
  'stun-works',
  'stun-silent',
  'no-stun',
  'turn-works',
  'turn-silent',
  'turn-refused',
  'turn-password',
  'no-turn-of-kind',
  'relay-works',
  'no-turn',
  'udp-blocked',
  'no-relay',
  // Sound and picture
  'media-returned',
  'media-local',
  'no-route',
  'no-media',
  'no-sound',
  'no-picture',
  'quality-good',
  'quality-fair',
  'quality-poor',
  'bandwidth-enough',
  'bandwidth-sound-only',
  'bandwidth-low',
  // Why a step was left out
  'call-running',
  'not-measured',
  'too-slow',
] as const;

/** What a step found: a code of the diagnosis, or that of an error. */
export type CheckCode = (typeof CHECK_CODES)[number] | SipErrorCode;

/** What a step measured, by names such as `milliseconds`, `level`, `mos`. */
export type CheckValues = Readonly<Record<string, number | string | boolean>>;

/** A level of 0–1 to four decimals, as the values of a step have it. */
export function roundedLevel(level: number): number {
  return Math.round(level * 10_000) / 10_000;
}

/** What a step found. */
export interface CheckFinding {
  readonly verdict: CheckVerdict;
  readonly code: CheckCode;
  /** What the code refers to: the address of a server. */
  readonly subject?: string;
  readonly values?: CheckValues;
}

/** A step of a diagnosis. Plain data that can be cloned. */
export interface CheckStep {
  readonly name: CheckStepName;
  /** `waiting` before it begins, `running` while it does. */
  readonly verdict: CheckVerdict | 'waiting' | 'running';
  /** Undefined until the step ends. */
  readonly code?: CheckCode;
  readonly subject?: string;
  readonly values?: CheckValues;
}
