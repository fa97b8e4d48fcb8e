/**
 * The dispatch protocol's names and numbers, as tables.
 *
 * The only module that the development server shares with the client. Comments name pages of `docs/protocol`.
 */

/** Content types of the JSON API over SIP MESSAGE (docs/protocol/carriers.md#carrier-1). */
export const API_REQUEST_TYPE = 'application/jsonapi';
export const API_REPLY_TYPE = 'application/resjsonapi';

/** User part of the address that receives API requests over SIP MESSAGE (docs/protocol/carriers.md#carrier-1). */
export const API_USER = 'api';

/** Name of the header that links an INVITE to a session: `{cid}.{ctype}` (docs/protocol/calls.md#invite). */
export const IDS_HEADER = 'ids';

/** Request headers (docs/protocol.md). A reply's header is the request's with the suffix `.CB`. */
export const API_HEADER = {
  loginInfo: 'system.server.logininfo',
  login: 'reg.ws.login',
  heartbeat: 'reg.ws.heartbeat',
  logout: 'reg.ws.logout',
  createCall: 'session.createcall',
  createCallPlayFile: 'session.createcall.playfile',
  /** With the `cid` of the requester's own session, the server repeats the state of the floor, and no one joins. */
  intercomJoin: 'session.intercom.join',
  applySpeak: 'session.applyspeak',
  createVideoBug: 'session.createvideobug',
  transferVideo: 'operate.transfer.video',
  playFile: 'session.playfile',
  playFileStop: 'session.playfile.stop',
  addMember: 'operate.addmember',
  deleteMember: 'operate.delmember',
  memberSpeak: 'operate.member.speak',
  memberHear: 'operate.member.hear',
  memberPush: 'operate.member.push',
  allMembers: 'session.members.getall',
  forceEnd: 'operate.forceend.call',
  callOperation: 'operate.call',
  allGroups: 'data.get.allgroup',
  groupMembers: 'data.get.groupemps',
  queryPeople: 'data.query.emps',
  peopleByType: 'data.get.empbytype',
  tracePositions: 'gis.set.trace',
  positions: 'gis.get.emppos',
  /**
   * The files that can be played: `{FileID, name, type, size, time}` each, with `sample: "1"` for those that the
   * development server always has. Another server may not know the request, and answers 1008.
   */
  allFiles: 'data.get.allfile',
} as const;

/**
 * Events: unsolicited messages (docs/protocol/envelope.md#events, docs/protocol/calls.md#events,
 * docs/protocol/conferences.md#changes).
 */
export const API_EVENT = {
  /**
   * In an intercom, states 11, 12 and 13 report the floor; the development server sends them to each member whenever
   * its holder changes. `speaker` and `speakername` identify the holder; both are empty if the floor is idle.
   *
   * A dispatcher who requested a conference's members without taking part receives only its end, with direction 0.
   */
  sessionState: 'Session.State.Change',
  position: 'GIS.Position.Change',
  personState: 'Data.Emp.State.Change',
  /**
   * A member of a conference changed or left: `{cid, number, name, state, speak, hear, push, talking}` as in the list
   * of members. Until the conference is over, the development server sends the event to its participants, to its
   * creator, and to each dispatcher who has requested its members; another server may not. That of the development server
   * may have `picture`: `"1"` for the member whose video the recipient is shown, and `"0"` once it is not.
   *
   * A file being played is a member of its own whose `number` is its id. It has `FileID` (the id again), `position` and
   * `duration` in seconds, `time` (the current repetition, from 1 on) and `times`; the event arrives every second.
   */
  memberChange: 'Session.Member.Change',
} as const;

/** Suffix of a reply's header (docs/protocol/envelope.md#replies). */
export const REPLY_SUFFIX = '.CB';

/**
 * Header of the reply to {@link API_HEADER.createVideoBug}, in the protocol's spelling
 * (docs/protocol/envelope.md#replies).
 */
export const VIDEO_BUG_REPLY = 'session.creatvideobug.CB';

/** Header of the reply to a text that does not parse (docs/protocol/clients.md#replies). */
export const ERROR_REPLY = 'error.CB';

/** Requests whose reply echoes the request's `msgid` in `body[0]` (docs/protocol/envelope.md#replies). */
export const CREATING_HEADERS: ReadonlySet<string> = new Set([
  API_HEADER.createCall,
  API_HEADER.createCallPlayFile,
  API_HEADER.createVideoBug,
  API_HEADER.applySpeak,
  API_HEADER.transferVideo,
]);

/**
 * Requests that are safe to repeat: they are sent again if the WebSocket was lost (docs/protocol/envelope.md#waiting).
 */
export const REPEATABLE: ReadonlySet<string> = new Set([
  API_HEADER.loginInfo,
  API_HEADER.allMembers,
  API_HEADER.allGroups,
  API_HEADER.groupMembers,
  API_HEADER.queryPeople,
  API_HEADER.peopleByType,
  API_HEADER.tracePositions,
  API_HEADER.positions,
  API_HEADER.allFiles,
]);

/**
 * A field of the reply to {@link API_HEADER.login}: `"1"` if the server executes a request once, and answers it again
 * when its `msgid` is repeated, on either carrier. A client may then repeat any request.
 */
export const ANSWERS_ONCE = 'once';

/** Call types (docs/protocol/numbers.md#call-types). */
export const CALL_TYPE = {
  none: 0,
  single: 1,
  temporaryGroup: 2,
  report: 3,
  broadcast: 4,
  temporaryConference: 5,
  bargeIn: 6,
  forceRemove: 7,
  monitor: 8,
  intercom: 9,
  switch: 10,
  urgent: 11,
  singleEnhanced: 12,
  temporaryIntercom: 13,
  videoMonitoring: 14,
  mcuMeeting: 15,
  sos: 16,
  transferVideo: 17,
  transferVideoToMcu: 18,
  uploadedVideo: 19,
  filePlay: 20,
} as const;

/** Call states (docs/protocol/numbers.md#call-states). */
export const CALL_STATE = {
  none: 0,
  init: 1,
  normal: 2,
  callingOut: 3,
  incoming: 4,
  ringing: 5,
  connected: 6,
  hold: 7,
  busy: 8,
  offHook: 9,
  release: 10,
  mayNotSpeak: 11,
  maySpeak: 12,
  queued: 13,
  unhold: 14,
  dead: 15,
  mediaTimeout: 16,
  noAnswer: 17,
  rejected: 18,
  kickedOut: 19,
} as const;

/** Directions of a call in events (docs/protocol/calls.md#events). */
export const CALL_DIRECTION = {none: 0, out: 1, in: 2} as const;

/**
 * Operations of `operate.call` on a call of others: `CallOpType` (docs/protocol/supervision.md#calls-of-others,
 * docs/protocol/numbers.md#other-numbers).
 */
export const CALL_OPERATION = {bargeIn: 1, listenIn: 2, remove: 3, removeOther: 4} as const;

/**
 * Operations of `session.applyspeak`: requests or releases the floor (docs/protocol/intercoms.md). If the floor is not
 * granted, the development server's reply contains `queue`, the requester's place in the queue, 0 if not queued, and
 * `speaker` and `speakername`, the current speaker.
 */
export const FLOOR_OPERATION = {apply: 55, release: 56} as const;

/** The codec that existing clients request for monitoring, and our default (docs/protocol/supervision.md#cameras). */
export const VIDEO_BUG_CODEC = '*7*101';

/** Media types: `isVideo` of a creating request (docs/protocol/numbers.md#other-numbers). */
export const MEDIA_TYPE = {none: 0, audio: 1, video: 2} as const;

/**
 * Whether a member may speak or hear: `stype`, `htype`, and `speak`, `hear` of a member
 * (docs/protocol/conferences.md#changing-members, docs/protocol/numbers.md#other-numbers).
 */
export const MEMBER_SWITCH = {off: 1, on: 2} as const;

/**
 * Whether a member's video is shown to all: `ptype`, and `push` of a member
 * (docs/protocol/conferences.md#changing-members, docs/protocol/numbers.md#other-numbers).
 */
export const PUSH_TYPE = {push: 1, stop: 2} as const;

/** User types of the directory (docs/protocol/numbers.md#user-types). */
export const USER_TYPE = {
  dispatcher: 0,
  handheld: 1,
  common: 2,
  outsideLine: 3,
  monitoringUser: 4,
  ssu: 5,
  handheld3g: 6,
  camera: 7,
} as const;

/** `state` of a person, in lists and in {@link API_EVENT.personState} (docs/protocol/directory.md#states). */
export const PERSON_STATE = {offline: 0, online: 1, busy: 2} as const;

/** `type` of {@link API_HEADER.tracePositions} (docs/protocol/directory.md#positions). */
export const TRACE_TYPE = {follow: 1, unfollow: 2} as const;

/** File types: `fileType` of an upload (docs/protocol/numbers.md#file-types). */
export const FILE_TYPE = {
  none: 0,
  text: 1,
  picture: 2,
  voice: 3,
  video: 4,
  position: 5,
  playAudio: 6,
  fax: 7,
  other: 8,
  playVideo: 9,
  uploadedVideo: 10,
  notice: 11,
} as const;

/** The path of uploads, and the names of the form's parts, in this order (docs/protocol/files.md#uploads). */
export const UPLOAD_PATH = '/UpFileServlet';
export const UPLOAD_FIELDS = {type: 'fileType', name: 'fileName', file: 'any_file'} as const;

/** Result codes of replies (docs/protocol/numbers.md#codes). */
export const API_CODE = {
  none: 0,
  kickedOut: 1000,
  timeout: 1001,
  notRegistered: 1002,
  disconnected: 1003,
  loggedInElsewhere: 1004,
  wrongPassword: 1005,
  nightNoDispatcher: 1006,
  licence: 1007,
  badParameter: 1008,
  receiverNotFound: 1009,
  senderNotFound: 1010,
  noFreePort: 1011,
  socket: 1012,
  wrongTime: 1013,
  passwordChallenge: 1014,
  caller: 1100,
  callee: 1101,
  type: 1102,
  sessionNotFound: 1103,
  terminalNotFound: 1104,
  numberNotRegistered: 1105,
  userDoesNotExist: 1106,
  notAllowed: 1107,
  operationFailed: 1108,
  notInGroup: 1109,
  groupNotFound: 1110,
  wrongCallType: 1111,
  sessionNotCreated: 1112,
  fax: 1113,
  fileNotFound: 1114,
  noCid: 1115,
  numberBusy: 1116,
  callOperationFailed: 1117,
  noFittingCall: 1118,
  notADispatcher: 1119,
  wrongSessionState: 1120,
  intercomGroupCannotBeCalled: 1121,
  notConnected: 1122,
  videoNotSent: 1123,
  memberNotFound: 1124,
  consoleBind: 1200,
  consoleLicence: 1201,
  consoleCannotBeUsed: 1202,
  consoleBindType: 1203,
  consoleFirstRegistration: 1204,
  notAnMcuSession: 1300,
  mcuAlreadyBound: 1301,
  messageGroupExists: 1400,
  messageGroupMissing: 1401,
  noVideo: 1500,
  planNotFound: 1600,
  fileAlreadyPlaying: 1700,
  badJson: 1800,
  groupExists: 1900,
  groupMissing: 1901,
  floorNotGranted: 2000,
} as const;

/** How long a request waits for its reply, in milliseconds (docs/protocol/envelope.md#waiting). */
export const REPLY_TIMEOUT = 10_000;

/** How often an idle WebSocket carrier sends a heartbeat, in milliseconds (docs/protocol/carriers.md#keep-alives). */
export const HEARTBEAT_INTERVAL = 30_000;

/**
 * How long an INVITE with an unknown cid may wait for the reply that contains it, in milliseconds
 * (docs/protocol/calls.md#order).
 */
export const INVITE_PATIENCE = 2_000;

/** How long a created session may wait for its INVITE, in milliseconds (docs/protocol/calls.md#order). */
export const INVITE_TIMEOUT = 30_000;

/** Limits and default of a registration's lifetime, in seconds (docs/protocol/sign-in.md#registration). */
export const EXPIRES = {min: 1, max: 600, default: 60} as const;
