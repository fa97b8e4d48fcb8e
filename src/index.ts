/** Public classes and types; defines no element. */
export {SipClient} from './client.js';
export {callContext} from './context/call-context.js';
export {clientContext} from './context/client-context.js';
export {CallController} from './controllers/call-controller.js';
export {ClientController} from './controllers/client-controller.js';
export {LocalizeController} from './controllers/localize-controller.js';
export {StateController} from './controllers/state-controller.js';
export {SipCallElement} from './elements/sip-call.js';
export {SipCallsElement} from './elements/sip-calls.js';
export {SipClientElement} from './elements/sip-client.js';
export {SipDevicesElement} from './elements/sip-devices.js';
export {SipDialerElement} from './elements/sip-dialer.js';
export {SipConferenceElement} from './elements/sip-conference.js';
export type {ConferenceLayout} from './elements/sip-conference.js';
export {SipDirectoryElement} from './elements/sip-directory.js';
export type {DirectoryAction, PageNumbers} from './elements/sip-directory.js';
export {SipHistoryElement} from './elements/sip-history.js';
export {SipIncomingElement} from './elements/sip-incoming.js';
export {SipIntercomElement} from './elements/sip-intercom.js';
export {SipKeypadElement} from './elements/sip-keypad.js';
export {SipMessagesElement} from './elements/sip-messages.js';
export {SipMonitorElement} from './elements/sip-monitor.js';
export {SipPhoneElement} from './elements/sip-phone.js';
export type {PhoneView} from './elements/sip-phone/views.js';
export {SipPhotoButtonElement} from './elements/sip-photo-button.js';
export {SipQualityElement} from './elements/sip-quality.js';
export {SipRecordButtonElement} from './elements/sip-record-button.js';
export {SipTransferButtonElement} from './elements/sip-transfer-button.js';
export {SipAudioElement} from './elements/sip-audio.js';
export {SipCameraButtonElement} from './elements/sip-camera-button.js';
export {SipDurationElement} from './elements/sip-duration.js';
export {SipHangupButtonElement} from './elements/sip-hangup-button.js';
export {SipHoldButtonElement} from './elements/sip-hold-button.js';
export {SipMuteButtonElement} from './elements/sip-mute-button.js';
export {SipScreenButtonElement} from './elements/sip-screen-button.js';
export {SipVideoElement} from './elements/sip-video.js';
export type {PictureDetail} from './elements/sip-video.js';
export {SHORTCUTS} from './elements/shortcuts.js';
export type {ShortcutName, Shortcuts} from './elements/shortcuts.js';
export {SipUploadElement} from './elements/sip-upload.js';
export type {UploadEntry, UploadPhase} from './elements/sip-upload/upload-list.js';
export type {ApiRequest, ApiRequestObject} from './core/api-request.js';
export {SipCall} from './core/call.js';
export type {CallEventMap, CallState, WatchOptions} from './core/call.js';
export type {PhotoOptions} from './core/call-photo.js';
export type {FinishedRecording, RecordingRequest} from './core/call-state.js';
export type {RecordingOptions} from './core/running-recording.js';
export {Recordings} from './core/recordings.js';
export type {RecordingMode, StoredRecording} from './core/recordings.js';
export {Conversation} from './core/conversation.js';
export type {ConversationState} from './core/conversation.js';
export type {ArchivedMessage, MessageFile, MessageState, SipMessage} from './core/message.js';
export {SipMessages} from './core/messages.js';
export type {ConversationSummary, MessagesState} from './core/messages-state.js';
export {CallHistory} from './core/call-history.js';
export type {HistoryState} from './core/call-history.js';
export {BaseClient} from './core/client.js';
export type {CallOptions, ClientState, MonitorOptions} from './core/client.js';
export {SipConference} from './core/conference.js';
export type {ConferenceAbilities, ConferenceState} from './core/conference.js';
export type {ConferenceMember, PlayedFile} from './core/conference-member.js';
export {isConference} from './core/is-conference.js';
export type {AutoAnswer} from './core/auto-answer.js';
export type {DialPatterns} from './core/dial-patterns.js';
export type {ConferenceOptions, IntercomOptions} from './core/group-options.js';
export {SipIntercom} from './core/intercom.js';
export type {IntercomState} from './core/intercom.js';
export type {FloorState} from './core/floor.js';
export {isIntercom} from './core/is-intercom.js';
export {Directory} from './core/directory.js';
export type {DirectoryOptions, Numbers} from './core/directory.js';
export {pageDevices, SipDevices} from './core/devices.js';
export type {
  AudioProcessing,
  DeviceChange,
  DeviceKind,
  DevicesEventMap,
  DevicesState,
  SipDevice,
  SoundSink,
  TrackProcessor,
} from './core/devices-state.js';
export {SIP_EVENTS} from './core/events.js';
export type {SipEventDetails, SipEventMap} from './core/events.js';
export type {CallOutcome, HistoryEntry} from './core/history-entry.js';
export type {OtherLine} from './core/call.js';
export {cleanNumber} from './core/number.js';
export {PeopleWatch} from './core/people-watch.js';
export type {PeopleWatchState, WatchedPerson} from './core/people-watch.js';
export type {Group, LoginInfo, Person, PersonState, Position} from './core/people.js';
export {Ringer} from './core/ringer.js';
export type {RingerState} from './core/ringer.js';
export {TONE_COUNTRIES, type ToneCountry} from './core/tone-countries.js';
export type {DtmfMethod} from './core/tones.js';
export type {IceServers, IceServersSource, ResolvedIceServers} from './core/ice-servers.js';
export {DEFAULT_TIMEOUTS} from './core/options.js';
export type {
  Credentials,
  HistoryMode,
  LogEntry,
  ResolvedOptions,
  SipClientOptions,
  Timeouts,
} from './core/options.js';
export type {SipHeaders} from './core/sip-headers.js';
export type {StateEventMap, StateSource} from './core/state-target.js';
export type {
  ApiMessage,
  ApiState,
  CallCause,
  CallHealth,
  CallMedia,
  CallPhase,
  CallQuality,
  CallStall,
  CallTransfer,
  CallType,
  Capabilities,
  ConnectionState,
  FlowQuality,
  MediaDirection,
  MediaState,
  Party,
  ReceivedMessage,
  WaitingMessages,
  RemotePicture,
  RegistrationState,
  StallCause,
  StreamQuality,
  TransferPhase,
} from './core/types.js';
export type {FileType} from './core/file-type.js';
export type {UploadResult} from './core/upload-request.js';
export type {UploadEnd, UploadProgress} from './core/upload-events.js';
export type {UploadOptions} from './core/uploads.js';
export {describeError, SipError, toSipError} from './errors.js';
export type {SipErrorCode, SipErrorOptions} from './errors.js';
export type {DeviceTrial} from './media/device-trial.js';
