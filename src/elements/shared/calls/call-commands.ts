import {forwardMethods} from '../../../controllers/forward-methods.js';
import type {PhotoOptions} from '../../../core/call/call-photo.js';
import type {SipCall} from '../../../core/call/call.js';
import type {SipConference} from '../../../core/conference/conference.js';
import type {SipIntercom} from '../../../core/intercom/intercom.js';
import {SipError} from '../../../errors.js';
import {takePhoto} from './photo.js';

// The types of the elements bring that of the event.
export type {PhotoDetail} from './photo.js';

const RECORDING = ['startRecording', 'pauseRecording', 'resumeRecording', 'stopRecording'] as const;

const SOUND = ['setVolume', 'silence', 'unsilence', 'setOutput', 'setPriority'] as const;

const AUDIO = [
  'answer',
  'decline',
  'hangup',
  'mute',
  'unmute',
  'openMicrophone',
  'play',
  'playFile',
  'stopFile',
  'captions',
  ...RECORDING,
  ...SOUND,
] as const;

/** The methods of a call that a `<sip-call>` forwards to the call that it shows. */
export const CALL_COMMANDS = [
  ...AUDIO,
  'hold',
  'unhold',
  'sendDtmf',
  'transfer',
  'setCameraEnabled',
  'flipCamera',
  'setMedia',
  'setQuality',
  'shareScreen',
  'stopScreen',
  'takePhoto',
  'verifyEncryption',
  'watchMember',
] as const;

/** Those of a conference that a `<sip-conference>` forwards. */
export const CONFERENCE_COMMANDS = [
  ...CALL_COMMANDS,
  'addMember',
  'removeMember',
  'setSpeaking',
  'setHearing',
  'setSpotlight',
  'end',
] as const;

/** Those of an intercom that a `<sip-intercom>` forwards: it has audio only, and a floor instead of hold. */
export const INTERCOM_COMMANDS = [...AUDIO, 'requestFloor', 'releaseFloor'] as const;

/** Those of a camera's call that a `<sip-monitor>` forwards; their first parameter is the camera's number. */
export const CAMERA_COMMANDS = ['takePhoto', ...RECORDING, ...SOUND] as const;

// They map the classes' own members, so that editors show their comments.
export type CallCommands = Pick<SipCall, (typeof CALL_COMMANDS)[number]>;
export type ConferenceCommands = Pick<SipConference, (typeof CONFERENCE_COMMANDS)[number]>;
export type IntercomCommands = Pick<SipIntercom, (typeof INTERCOM_COMMANDS)[number]>;
type OfCamera = Pick<SipCall, (typeof CAMERA_COMMANDS)[number]>;
export type CameraCommands = {
  readonly [Name in keyof OfCamera]: (
    number: string,
    ...parameters: Parameters<OfCamera[Name]>
  ) => ReturnType<OfCamera[Name]>;
};

/**
 * Calls a method of a call for an element. `takePhoto` dispatches `sip-photo` on the element.
 *
 * @param parameters - Those of the call's method.
 */
export async function runCommand(
  element: HTMLElement,
  call: SipCall,
  name: string,
  parameters: readonly unknown[],
): Promise<unknown> {
  if (name === 'takePhoto') return (await takePhoto(element, call, parameters[0] as PhotoOptions)).blob;
  const methods = call as unknown as Record<string, (...parameters: readonly unknown[]) => unknown>;
  return methods[name]!(...parameters);
}

/**
 * Defines methods of an element that forward to the call that it shows.
 *
 * They reject with `call-not-found` if it shows none.
 */
export function forwardCommands<Host extends HTMLElement>(
  prototype: Host,
  names: readonly string[],
  callOf: (host: Host) => SipCall | undefined,
): void {
  forwardMethods(prototype, names, (host: Host, name, parameters) => {
    const call = callOf(host);
    if (!call) throw new SipError('call-not-found', {subject: name});
    return runCommand(host, call, name, parameters);
  });
}
