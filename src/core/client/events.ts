import type {SipError} from '../../errors.js';
import type {SipCall} from '../call/call.js';
import type {SipConference} from '../conference/conference.js';
import type {ConferenceMember} from '../conference/conference-member.js';
import type {MediaRequest, TransferRequest} from '../server/dialog.js';
import type {FinishedRecording, RecordingRequest} from '../call/call-state.js';
import type {PersonState, Position} from '../directory/people.js';
import type {DeviceChange} from '../devices/devices-state.js';
import type {FloorState} from '../intercom/floor.js';
import type {SipMessage} from '../messages/message.js';
import type {SipIntercom} from '../intercom/intercom.js';
import type {UploadEnd, UploadProgress} from '../uploads/upload-events.js';
import type {
  ApiMessage,
  ApiState,
  CallCause,
  CallHealth,
  CallPhase,
  CallQuality,
  CallStall,
  CallTransfer,
  ConnectionState,
  Party,
  ReceivedMessage,
  RegistrationState,
  WaitingMessages,
} from '../types.js';

/** The details of the events that a `SipClient` dispatches and a `<sip-client>` repeats. */
export interface SipEventDetails {
  'sip-call-created': {readonly call: SipCall};
  /** Cancelable: then nothing rings. */
  'sip-call-received': {readonly call: SipCall};
  /**
   * The call's caller asks that it be answered by itself, in `after` seconds, and it will be; cancelable: then it rings as
   * usual.
   */
  'sip-auto-answer': {readonly call: SipCall; readonly after: number};
  'sip-call-answered': {readonly call: SipCall};
  'sip-call-hangup': {readonly call: SipCall; readonly cause: CallCause};
  'sip-call-state': {readonly call: SipCall; readonly phase: CallPhase};
  'sip-call-hold': {readonly call: SipCall; readonly held: boolean};
  /** The other side has put the call on hold, or goes on. */
  'sip-call-remote-hold': {readonly call: SipCall; readonly held: boolean};
  'sip-call-health': {readonly call: SipCall; readonly health: CallHealth};
  /** A call was measured, as it is every two seconds while it is connected. */
  'sip-call-quality': {readonly call: SipCall; readonly quality: CallQuality};
  /** Nothing has arrived for five seconds, for another reason than before, or something arrives again: undefined. Told as above. */
  'sip-call-stalled': {readonly call: SipCall; readonly stalled: CallStall | undefined};
  /** A tone of the other side: `0`–`9`, `A`–`D`, `*`, `#`; `duration` in milliseconds. */
  'sip-dtmf': {readonly call: SipCall; readonly tone: string; readonly duration: number};
  /**
   * The other side wants to add a picture; cancelable: then it is refused. Otherwise it is taken, and the own camera stays
   * off; `respondWith` answers later, or with the own camera.
   */
  'sip-media-request': {readonly call: SipCall} & MediaRequest;
  /** A transfer of a call of this side's goes on, or came out. */
  'sip-transfer': {readonly call: SipCall; readonly transfer: CallTransfer};
  /**
   * The other side asks for a call to `target` instead of this one (RFC 3515). `respondWith(true)` lets it be made, at once or
   * later. If neither the page nor the user of a `<sip-call>` answers, it is refused.
   */
  'sip-transfer-request': {readonly call: SipCall} & TransferRequest;
  /** A recording is about to begin; cancelable: it does not. `respondWith` answers later, where somebody has to be asked. */
  'sip-recording-request': {readonly call: SipCall} & RecordingRequest;
  /** A recording is finished, perhaps after the call's end; cancelable: then it is not downloaded. */
  'sip-recording': {readonly call: SipCall} & FinishedRecording;
  'sip-server-connect': null;
  'sip-server-disconnect': {readonly error?: SipError};
  'sip-connection': {readonly state: ConnectionState};
  'sip-registration': {readonly state: RegistrationState; readonly error?: SipError};
  'sip-api-connection': {readonly state: ApiState};
  'sip-api-received': {readonly message: ApiMessage};
  'sip-message-received': {readonly message: ReceivedMessage};
  /** A message of this side's is sent, has failed, or is sent again. */
  'sip-message-state': {readonly message: SipMessage};
  /** There are more messages that nobody has read, or fewer: `count` of the number's, `unread` of all. */
  'sip-message-unread': {readonly number: string; readonly count: number; readonly unread: number};
  /** Something else waits in the mailbox; undefined where it is not known any more. */
  'sip-waiting-messages': {readonly messages: WaitingMessages | undefined};
  /** How far an upload is, five times a second at most. */
  'sip-upload-progress': UploadProgress;
  /** An upload is over: the server answered, or nothing came back. */
  'sip-upload-end': UploadEnd;
  /** Somebody can be reached, is in a call, or cannot be reached any more; undefined where it is not known any more. */
  'sip-person-state': {readonly number: string; readonly state: PersonState | undefined};
  /** Somebody who is followed (`client.directory.follow`) is elsewhere. */
  'sip-position': Position;
  /**
   * A member of a conference came, left, is reached, talks, or may be heard, hears or is shown otherwise than before. Who
   * left is told of as `released`, and is not among `conference.state.members` any more.
   */
  'sip-member-change': {readonly conference: SipConference; readonly member: ConferenceMember};
  /** The floor of an intercom is elsewhere. `speaker` is who has it; undefined where nobody has, or it is not told. */
  'sip-floor': {
    readonly intercom: SipIntercom;
    readonly floor: FloorState;
    readonly speaker?: Party | undefined;
  };
  /** Another device is in use: chosen, or because one was unplugged or plugged in again. */
  'sip-device-change': DeviceChange;
}

/** The events of a `SipClient`, by name. */
export type SipEventMap = {[K in keyof SipEventDetails]: CustomEvent<SipEventDetails[K]>};

/** Every event of a client, for those that repeat them. */
export const SIP_EVENTS = [
  'sip-call-created',
  'sip-call-received',
  'sip-auto-answer',
  'sip-call-answered',
  'sip-call-hangup',
  'sip-call-state',
  'sip-call-hold',
  'sip-call-remote-hold',
  'sip-call-health',
  'sip-call-quality',
  'sip-call-stalled',
  'sip-dtmf',
  'sip-media-request',
  'sip-transfer',
  'sip-transfer-request',
  'sip-recording-request',
  'sip-recording',
  'sip-server-connect',
  'sip-server-disconnect',
  'sip-connection',
  'sip-registration',
  'sip-api-connection',
  'sip-api-received',
  'sip-message-received',
  'sip-message-state',
  'sip-message-unread',
  'sip-waiting-messages',
  'sip-upload-progress',
  'sip-upload-end',
  'sip-person-state',
  'sip-position',
  'sip-member-change',
  'sip-floor',
  'sip-device-change',
] as const satisfies readonly (keyof SipEventDetails)[];

/** Events whose default a page can prevent. */
const CANCELABLE: ReadonlySet<keyof SipEventDetails> = new Set([
  'sip-call-received',
  'sip-auto-answer',
  'sip-media-request',
  'sip-transfer-request',
  'sip-recording-request',
  'sip-recording',
]);

/** Makes the event of the name, cancelable where it may be. */
export function sipEvent<K extends keyof SipEventDetails>(
  type: K,
  detail: SipEventDetails[K],
): SipEventMap[K] {
  return new CustomEvent(type, {detail, cancelable: CANCELABLE.has(type)}) as SipEventMap[K];
}

/** Dispatches a client's event; false if its default was prevented. */
export type Tell = <K extends keyof SipEventDetails>(type: K, detail: SipEventDetails[K]) => boolean;
