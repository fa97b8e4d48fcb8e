/** Public classes and types; defines no element. */
export {SipClient} from './client.js';
export {callContext} from './context/call-context.js';
export {clientContext} from './context/client-context.js';
export {CallController} from './controllers/call-controller.js';
export {ClientController} from './controllers/client-controller.js';
export {LocalizeController} from './controllers/localize-controller.js';
export {registerIcons, type IconDrawing} from './elements/shared/icons/register-icons.js';
export type {IconName} from './elements/shared/icons/names.js';
export {overrideTexts, type Texts} from './locales/override-texts.js';
export {registerLanguage} from './locales/register.js';
export type {Terms} from './locales/terms.js';
export {StateController} from './controllers/state-controller.js';
export {SipAudioElement} from './elements/controls/sip-audio.js';
export {SipCallElement} from './elements/sip-call/sip-call.js';
export {SipCallsElement} from './elements/sip-calls/sip-calls.js';
export {SipCameraButtonElement} from './elements/controls/sip-camera-button.js';
export {SipChannelsElement} from './elements/sip-channels/sip-channels.js';
export {SipCheckElement} from './elements/sip-check/sip-check.js';
export {SipClientElement} from './elements/sip-client/sip-client.js';
export {SipConferenceElement} from './elements/sip-conference/sip-conference.js';
export {SipConsoleElement} from './elements/sip-console/sip-console.js';
export {SipDeskLinkElement} from './elements/sip-desk-link/sip-desk-link.js';
export {SipDevicesElement} from './elements/sip-devices/sip-devices.js';
export {SipDialerElement} from './elements/sip-dialer/sip-dialer.js';
export {SipDirectoryElement} from './elements/sip-directory/sip-directory.js';
export {SipDurationElement} from './elements/controls/sip-duration.js';
export {SipHangupButtonElement} from './elements/controls/sip-hangup-button.js';
export {SipHistoryElement} from './elements/sip-history/sip-history.js';
export {SipHoldButtonElement} from './elements/controls/sip-hold-button.js';
export {SipIncomingElement} from './elements/sip-incoming/sip-incoming.js';
export {SipIntercomElement} from './elements/sip-intercom/sip-intercom.js';
export {SipJournalElement} from './elements/sip-journal/sip-journal.js';
export {SipKeypadElement} from './elements/controls/sip-keypad.js';
export {SipKeysElement} from './elements/sip-keys/sip-keys.js';
export {SipMapElement} from './elements/sip-map/sip-map.js';
export {SipMessagesElement} from './elements/sip-messages/sip-messages.js';
export {SipMonitorElement} from './elements/sip-monitor/sip-monitor.js';
export {SipMuteButtonElement} from './elements/controls/sip-mute-button.js';
export {SipPhoneElement} from './elements/sip-phone/sip-phone.js';
export {SipPhotoButtonElement} from './elements/controls/sip-photo-button.js';
export {SipQualityElement} from './elements/sip-quality/sip-quality.js';
export {SipQueueElement} from './elements/sip-queue/sip-queue.js';
export {SipRecallElement} from './elements/sip-recall/sip-recall.js';
export {SipRecordButtonElement} from './elements/controls/sip-record-button.js';
export {SipRecordingsElement} from './elements/sip-recordings/sip-recordings.js';
export {SipScreenButtonElement} from './elements/controls/sip-screen-button.js';
export {SipTransferButtonElement} from './elements/controls/sip-transfer-button.js';
export {SipUploadElement} from './elements/sip-upload/sip-upload.js';
export {SipVideoElement} from './elements/sip-video/sip-video.js';
export type {DeskKeyName, DeskKeys, ShiftEnded} from './elements/sip-console/sip-console.js';
export type {ConferenceLayout} from './elements/sip-conference/sip-conference.js';
export type {DirectoryAction, PageNumbers} from './elements/sip-directory/sip-directory.js';
export type {PhoneView} from './elements/sip-phone/views.js';
export type {PictureDetail} from './elements/sip-video/sip-video.js';
export {SHORTCUTS} from './elements/shared/shortcuts.js';
export type {ShortcutName, Shortcuts} from './elements/shared/shortcuts.js';
export type {UploadEntry, UploadPhase} from './elements/sip-upload/upload-list.js';
export type {ApiRequest, ApiRequestObject} from './core/server/api-request.js';
export {SipCall} from './core/call/call.js';
export type {CallEventMap, CallState, WatchOptions} from './core/call/call.js';
export type {
  AlertTone,
  AnnouncementEnd,
  AnnouncementOptions,
  AnnouncementSource,
  AnnouncementState,
  SipAnnouncement,
} from './core/call/announcement.js';
export type {PhotoOptions} from './core/call/call-photo.js';
export type {FinishedRecording, RecordingRequest} from './core/call/call-state.js';
export type {RecordingOptions} from './core/call/running-recording.js';
export type {PushState, PushStatus, SipPush} from './core/push/push.js';
export type {PushAddress, PushOption, PushOptions} from './core/push/push-options.js';
export type {HeadsetChoice, HeadsetsState, SipHeadset, SipHeadsets} from './core/headsets/headsets.js';
export type {HeadsetStatus} from './core/headsets/headset.js';
export type {DiagnoseOptions, Diagnosis, DiagnosisState} from './core/diagnosis/diagnosis.js';
export type {CheckReport, ReportedCall, ReportOptions} from './core/diagnosis/report.js';
export type {CheckCode, CheckStep, CheckStepName, CheckValues, CheckVerdict} from './core/diagnosis/step.js';
export type {Trace, TraceEntry, TraceState} from './core/diagnosis/trace.js';
export type {Journal, JournalState} from './core/journal/journal.js';
export type {JournalCheck, JournalHead, JournalProblem} from './core/journal/journal-chain.js';
export type {
  JournalEntry,
  JournalEvent,
  JournalKind,
  JournalPerson,
  JournalRow,
} from './core/journal/journal-row.js';
export type {JournalDraft} from './core/journal/journal-row.js';
export type {JournalMode} from './core/journal/journal-host.js';
export type {JournalSink} from './core/journal/journal-sender.js';
export type {Recall} from './core/recall/recall.js';
export type {RecallPlayback, RecallState, Utterance} from './core/recall/recall-state.js';
export {Recordings} from './core/recordings/recordings.js';
export type {
  DroppedRecording,
  RecordingMode,
  RecordingsEventMap,
  StoredRecording,
} from './core/recordings/recordings.js';
export type {RecordingRule} from './core/call/recording-rule.js';
export type {
  RecordingSaving,
  RecordingsUpload,
  RecordingUploadProgress,
  SaveRecording,
  TusServer,
} from './core/recordings/recordings-upload.js';
export {Conversation} from './core/messages/conversation.js';
export type {ConversationState} from './core/messages/conversation.js';
export type {
  ArchivedMessage,
  MessageFile,
  MessageRecipient,
  MessageState,
  SipMessage,
} from './core/messages/message.js';
export type {
  GroupFileOptions,
  RecipientState,
  TextDelivery,
  TextDeliveryState,
} from './core/messages/text-deliveries.js';
export {SipMessages} from './core/messages/messages.js';
export type {ConversationSummary, MessagesState} from './core/messages/messages-state.js';
export {CallHistory} from './core/history/call-history.js';
export type {HistoryState} from './core/history/call-history.js';
export {BaseClient} from './core/client/client.js';
export type {CallOptions, ClientState, MonitorOptions} from './core/client/client.js';
export {SipConference} from './core/conference/conference.js';
export type {ConferenceAbilities, ConferenceState} from './core/conference/conference.js';
export type {ConferenceMember, PlayedFile} from './core/conference/conference-member.js';
export {isConference} from './core/conference/is-conference.js';
export type {AutoAnswer} from './core/call/auto-answer.js';
export type {DialPatterns} from './core/client/dial-patterns.js';
export type {ConferenceOptions, IntercomOptions} from './core/conference/group-options.js';
export {SipIntercom} from './core/intercom/intercom.js';
export type {IntercomMember, IntercomState} from './core/intercom/intercom.js';
export type {FloorDetails, FloorRevocation, FloorState} from './core/intercom/floor.js';
export {isIntercom} from './core/intercom/is-intercom.js';
export type {Alarm, AlarmAcknowledgement} from './core/alarms/alarm.js';
export type {HandedAlarm, HandedCall, HandedNote, HandedTexts, Handover} from './core/handover/handover.js';
export type {ShiftEnd} from './core/handover/end-shift.js';
export type {PatchMember, PatchOptions, PatchState, SipPatch} from './core/patches/patch.js';
export type {
  Caption,
  CaptionCall,
  CaptionSession,
  CaptionSide,
  CaptionSound,
  CaptionSource,
  CaptionStart,
  CaptionsState,
  CaptionText,
} from './core/captions/caption-source.js';
export type {Captions} from './core/captions/captions.js';
export type {Feature, FeatureCodes, FeaturePreset} from './core/pbx/feature-codes.js';
export type {CodeAnswer, ParkedCall, Pbx, PbxState, PickUpOptions} from './core/pbx/pbx.js';
export type {
  TelemetryAttributes,
  TelemetryEvent,
  TelemetryLog,
  TelemetryMetric,
  TelemetryMoment,
  TelemetryOption,
  TelemetryOptions,
  TelemetrySpan,
} from './core/telemetry/telemetry-event.js';
export {Directory} from './core/directory/directory.js';
export type {DirectoryOptions, Numbers} from './core/directory/directory.js';
export type {CallOutput, CallSoundState} from './core/sound/sound-state.js';
export {pageDevices, SipDevices} from './core/devices/devices.js';
export type {DeviceEffects, EffectsState, OfferedEffect} from './core/devices/device-effects.js';
export type {DeviceEffect, EffectChoice, EffectName, EffectOptions} from './media/devices/device-effect.js';
export type {
  AudioProcessing,
  DeviceChange,
  DeviceKind,
  DevicesEventMap,
  DevicesState,
  OutputKind,
  SipDevice,
  SoundSink,
  TrackProcessor,
} from './core/devices/devices-state.js';
export {SIP_EVENTS} from './core/client/events.js';
export type {SipEventDetails, SipEventMap} from './core/client/events.js';
export type {HistoryMode} from './core/history/call-history.js';
export type {CallOutcome, HistoryEntry} from './core/history/history-entry.js';
export type {OtherLine} from './core/call/call.js';
export type {PeopleSource} from './core/people/person-details.js';
export {cleanNumber} from './core/util/number.js';
export {PeopleWatch} from './core/directory/people-watch.js';
export type {PeopleWatchState, WatchedPerson} from './core/directory/people-watch.js';
export type {Group, LoginInfo, Person, PersonState, Position} from './core/directory/people.js';
export {Ringer} from './core/ringing/ringer.js';
export type {RingerState} from './core/ringing/ringer.js';
export {TONE_COUNTRIES, type ToneCountry} from './core/ringing/tone-countries.js';
export type {DtmfMethod} from './core/call/tones.js';
export type {IceServers, IceServersSource, ResolvedIceServers} from './core/client/ice-servers.js';
export {DEFAULT_TIMEOUTS} from './core/client/options.js';
export type {
  Credentials,
  CredentialsRequest,
  DigestHash,
  LogEntry,
  ResolvedOptions,
  SipClientOptions,
  Timeouts,
} from './core/client/options.js';
export type {SipHeaders} from './core/util/sip-headers.js';
export {TabCall} from './core/tabs/tab-call.js';
export type {StateEventMap, StateSource} from './core/util/state-target.js';
export type {
  ApiMessage,
  ApiState,
  AudioQuality,
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
  EncryptedParty,
  CallEncryption,
  EncryptionOptions,
  EncryptionState,
  MediaQuality,
  MediaState,
  Party,
  PatchPart,
  PersonDetails,
  ReceivedMessage,
  WaitingMessages,
  RemotePicture,
  RegistrationState,
  StallCause,
  StreamQuality,
  TransferPhase,
  VideoQuality,
} from './core/types.js';
export type {FileType} from './core/uploads/file-type.js';
export type {ServerFile} from './core/uploads/server-file.js';
export type {UploadResult} from './core/uploads/upload-request.js';
export type {UploadEnd, UploadProgress} from './core/uploads/upload-events.js';
export type {UploadOptions} from './core/uploads/uploads.js';
export {describeError, SipError, toSipError} from './errors.js';
export type {ErrorSentence, ErrorSentences, SipErrorCode, SipErrorOptions} from './errors.js';
export type {DeviceTrial} from './media/devices/device-trial.js';
