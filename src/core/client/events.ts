import type {SipError} from '../../errors.js';
import type {AlarmAcknowledgement} from '../alarms/alarm.js';
import type {SipCall} from '../call/call.js';
import type {SipConference} from '../conference/conference.js';
import type {ConferenceMember} from '../conference/conference-member.js';
import type {MediaRequest, TransferRequest} from '../server/dialog.js';
import type {FinishedRecording, RecordingRequest} from '../call/call-state.js';
import type {PersonState, Position} from '../directory/people.js';
import type {DeviceChange} from '../devices/devices-state.js';
import type {Utterance} from '../recall/recall-state.js';
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
  /** An outgoing call was created. */
  'sip-call-created': {readonly call: SipCall};
  /** An incoming call. Cancelable: the call does not ring then. */
  'sip-call-received': {readonly call: SipCall};
  /** A call of an earlier page continues (the `resume` option): it is answered, and recovers. */
  'sip-call-resumed': {readonly call: SipCall};
  /**
   * The caller asks for an automatic answer, which follows after `after` seconds. Cancelable: the call rings as usual
   * then.
   */
  'sip-auto-answer': {readonly call: SipCall; readonly after: number};
  /** The user has acknowledged the alarm of an SOS call. */
  'sip-alarm-acknowledged': AlarmAcknowledgement;
  /** A call was answered. */
  'sip-call-answered': {readonly call: SipCall};
  /** A call ended. */
  'sip-call-hangup': {readonly call: SipCall; readonly cause: CallCause};
  /** The phase of a call changed. */
  'sip-call-state': {readonly call: SipCall; readonly phase: CallPhase};
  /** The user put a call on hold or resumed it. */
  'sip-call-hold': {readonly call: SipCall; readonly held: boolean};
  /** The other side has put the call on hold, or resumed it. */
  'sip-call-remote-hold': {readonly call: SipCall; readonly held: boolean};
  /** The other side, or a server in between, reports that it is recording the call, or no longer is. */
  'sip-call-remote-recording': {readonly call: SipCall; readonly recording: boolean};
  /** The health of a call's connection changed. */
  'sip-call-health': {readonly call: SipCall; readonly health: CallHealth};
  /** The quality of a call was measured, which happens every two seconds while the call is connected. */
  'sip-call-quality': {readonly call: SipCall; readonly quality: CallQuality};
  /**
   * No media has arrived for five seconds, or the reason for that has changed; undefined when media arrives again.
   * Derived from the same measurements.
   */
  'sip-call-stalled': {readonly call: SipCall; readonly stalled: CallStall | undefined};
  /** A DTMF tone from the other side: `0`–`9`, `A`–`D`, `*`, `#`; `duration` in milliseconds. */
  'sip-dtmf': {readonly call: SipCall; readonly tone: string; readonly duration: number};
  /**
   * The other side asks to add video. Cancelable: the request is refused then. Otherwise it is accepted and the local
   * camera stays off; `respondWith` answers later, or with the local camera.
   */
  'sip-media-request': {readonly call: SipCall} & MediaRequest;
  /** A transfer that this side started has progressed, completed or failed. */
  'sip-transfer': {readonly call: SipCall; readonly transfer: CallTransfer};
  /**
   * The other side asks for a call to `target` that replaces this one (RFC 3515). `respondWith(true)` accepts,
   * immediately or later. If neither the page nor the user of a `<sip-call>` responds, the request is refused.
   */
  'sip-transfer-request': {readonly call: SipCall} & TransferRequest;
  /**
   * A recording is about to begin. Cancelable: it does not begin then. `respondWith` answers later, for example after
   * asking.
   */
  'sip-recording-request': {readonly call: SipCall} & RecordingRequest;
  /** A recording is finished, perhaps after the call's end. Cancelable: it is not downloaded then. */
  'sip-recording': {readonly call: SipCall} & FinishedRecording;
  /** What is heard of a call is about to be kept (the `recall` option). Cancelable: nothing of the call is kept then. */
  'sip-recall-request': {readonly call: SipCall};
  /** The user makes a recording of something that was heard. Cancelable: it is not made then. */
  'sip-recall-keep': {readonly utterance: Utterance};
  /** The client connected to the server. */
  'sip-server-connect': null;
  /** The client is no longer connected to the server. */
  'sip-server-disconnect': {readonly error?: SipError};
  /** The connection's state changed. */
  'sip-connection': {readonly state: ConnectionState};
  /** The registration changed. */
  'sip-registration': {readonly state: RegistrationState; readonly error?: SipError};
  /** The state of the API's socket changed. */
  'sip-api-connection': {readonly state: ApiState};
  /** The server's API sent a message. */
  'sip-api-received': {readonly message: ApiMessage};
  /** A text message arrived. */
  'sip-message-received': {readonly message: ReceivedMessage};
  /** A message from this side was sent, has failed, or is being sent again. */
  'sip-message-state': {readonly message: SipMessage};
  /** The number of unread messages has changed: `count` is the number's, `unread` the total. */
  'sip-message-unread': {readonly number: string; readonly count: number; readonly unread: number};
  /** The messages in the mailbox have changed; undefined if they are no longer known. */
  'sip-waiting-messages': {readonly messages: WaitingMessages | undefined};
  /** The progress of an upload, at most five times a second. */
  'sip-upload-progress': UploadProgress;
  /** An upload has ended: the server replied, or the upload failed. */
  'sip-upload-end': UploadEnd;
  /** A number became available, busy or unavailable; undefined if its state is no longer known. */
  'sip-person-state': {readonly number: string; readonly state: PersonState | undefined};
  /** A person who is followed (`client.directory.follow`) has moved. */
  'sip-position': Position;
  /**
   * A member of a conference joined, left, is being called, talks, or their audio or video changed. A member who left
   * is reported as `released` and is no longer in `conference.state.members`.
   */
  'sip-member-change': {readonly conference: SipConference; readonly member: ConferenceMember};
  /** The floor of an intercom has changed. `speaker` holds it; undefined if no one does, or it is not known. */
  'sip-floor': {
    readonly intercom: SipIntercom;
    readonly floor: FloorState;
    readonly speaker?: Party | undefined;
  };
  /** Another device is in use: the user chose it, or a device was unplugged or plugged in again. */
  'sip-device-change': DeviceChange;
}

/** The events of a `SipClient`, by name. */
export type SipEventMap = {[K in keyof SipEventDetails]: CustomEvent<SipEventDetails[K]>};

/** Each event, and whether a page can prevent its default. */
const CANCELABLE = {
  'sip-call-created': false,
  'sip-call-received': true,
  'sip-call-resumed': false,
  'sip-auto-answer': true,
  'sip-alarm-acknowledged': false,
  'sip-call-answered': false,
  'sip-call-hangup': false,
  'sip-call-state': false,
  'sip-call-hold': false,
  'sip-call-remote-hold': false,
  'sip-call-remote-recording': false,
  'sip-call-health': false,
  'sip-call-quality': false,
  'sip-call-stalled': false,
  'sip-dtmf': false,
  'sip-media-request': true,
  'sip-transfer': false,
  'sip-transfer-request': true,
  'sip-recording-request': true,
  'sip-recording': true,
  'sip-recall-request': true,
  'sip-recall-keep': true,
  'sip-server-connect': false,
  'sip-server-disconnect': false,
  'sip-connection': false,
  'sip-registration': false,
  'sip-api-connection': false,
  'sip-api-received': false,
  'sip-message-received': false,
  'sip-message-state': false,
  'sip-message-unread': false,
  'sip-waiting-messages': false,
  'sip-upload-progress': false,
  'sip-upload-end': false,
  'sip-person-state': false,
  'sip-position': false,
  'sip-member-change': false,
  'sip-floor': false,
  'sip-device-change': false,
} as const satisfies Record<keyof SipEventDetails, boolean>;

/** The name of each event of a client, for the elements that repeat them. */
export const SIP_EVENTS = Object.keys(CANCELABLE) as readonly (keyof SipEventDetails)[];

/** Creates the event of a name, cancelable if its type is. */
export function sipEvent<K extends keyof SipEventDetails>(
  type: K,
  detail: SipEventDetails[K],
): SipEventMap[K] {
  return new CustomEvent(type, {detail, cancelable: CANCELABLE[type]}) as SipEventMap[K];
}

/** Dispatches a client's event; false if its default was prevented. */
export type Tell = <K extends keyof SipEventDetails>(type: K, detail: SipEventDetails[K]) => boolean;
