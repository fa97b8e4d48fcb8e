/**
 * The dispatch protocol's names and numbers, as tables.
 *
 * The only module that the development server shares with the client. Sections are those of the protocol page.
 */

/** Content types of the JSON API over SIP MESSAGE (§1). */
export const API_REQUEST_TYPE = 'application/jsonapi';
export const API_REPLY_TYPE = 'application/resjsonapi';

/** User part of the address that takes API requests over SIP MESSAGE (§1). */
export const API_USER = 'api';

/** Name of the header that ties an INVITE to a session: `{cid}.{ctype}` (§4). */
export const IDS_HEADER = 'ids';

/** Request headers (§3, §5). A reply's header is the request's with `.CB`. */
export const API_HEADER = {
  loginInfo: 'system.server.logininfo',
  login: 'reg.ws.login',
  heartbeat: 'reg.ws.heartbeat',
  logout: 'reg.ws.logout',
  createCall: 'session.createcall',
  createCallPlayFile: 'session.createcall.playfile',
  /** With the `cid` of a session that the asker is in it is told again how the floor stands, and nobody joins. */
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
} as const;

/** Events: messages that nobody asked for (§2, §4, §5). */
export const API_EVENT = {
  /**
   * In an intercom 11, 12 and 13 tell of the floor, in our server to each member whenever somebody else has it; `speaker` and
   * `speakername` are who it is, empty where nobody has it.
   *
   * A dispatcher who takes no part, but asked for a conference's members, is told of its end alone, with direction 0.
   */
  sessionState: 'Session.State.Change',
  position: 'GIS.Position.Change',
  personState: 'Data.Emp.State.Change',
  /**
   * A member of a conference is other than before, or gone: `{cid, number, name, state, speak, hear, push, talking}` as
   * in the list of members. Our server sends it to those who take part, to the one who made the conference, and to each
   * dispatcher who has asked for its members, until it is over; another server may not.
   *
   * A file that is played is a member of its own, whose `number` is its id, with `FileID` (the id again), `position` and
   * `duration` in seconds, `time` (which time it is, from 1 on) and `times`; it comes every second.
   */
  memberChange: 'Session.Member.Change',
} as const;

/** Ends the header of a reply (§2). */
export const REPLY_SUFFIX = '.CB';

/** The reply to {@link API_HEADER.createVideoBug} is spelled like this (§2). */
export const VIDEO_BUG_REPLY = 'session.creatvideobug.CB';

/** Header of the reply to a text that does not parse (§8.19). */
export const ERROR_REPLY = 'error.CB';

/** Requests whose reply echoes the request's `msgid` in `body[0]` (§2). */
export const CREATING_HEADERS: ReadonlySet<string> = new Set([
  API_HEADER.createCall,
  API_HEADER.createCallPlayFile,
  API_HEADER.createVideoBug,
  API_HEADER.applySpeak,
  API_HEADER.transferVideo,
]);

/** Requests that change nothing when they are done twice: they are asked again where the WebSocket was lost (§2). */
export const REPEATABLE: ReadonlySet<string> = new Set([
  API_HEADER.loginInfo,
  API_HEADER.allMembers,
  API_HEADER.allGroups,
  API_HEADER.groupMembers,
  API_HEADER.queryPeople,
  API_HEADER.peopleByType,
  API_HEADER.tracePositions,
  API_HEADER.positions,
]);

/**
 * A field of the reply to {@link API_HEADER.login}: `"1"` where the server does a request once and answers it again when
 * its `msgid` comes again, on either carrier. A client may then repeat any request.
 */
export const ANSWERS_ONCE = 'once';

/** Call types (§6). */
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

/** Call states (§6). */
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

/** Directions of a call in events (§4.5). */
export const CALL_DIRECTION = {none: 0, out: 1, in: 2} as const;

/** What `operate.call` does to a call of others: `CallOpType` (§5, §6). */
export const CALL_OPERATION = {bargeIn: 1, listenIn: 2, remove: 3, removeOther: 4} as const;

/**
 * What `session.applyspeak` does: asks for the floor, or gives it back (§5). Where it is not granted, our server's reply says
 * in `queue` which place the asker has among those who wait, 0 where he does not, and in `speaker` and `speakername` who speaks.
 */
export const FLOOR_OPERATION = {apply: 55, release: 56} as const;

/** What existing clients ask monitoring for, and ours where the page says nothing (§5). */
export const VIDEO_BUG_CODEC = '*7*101';

/** Media types: `isVideo` of a creating request (§6). */
export const MEDIA_TYPE = {none: 0, audio: 1, video: 2} as const;

/** Whether a member may speak or hears: `stype`, `htype`, and `speak`, `hear` of a member (§5, §6). */
export const MEMBER_SWITCH = {off: 1, on: 2} as const;

/** Whether a member's picture is shown to all: `ptype`, and `push` of a member (§5, §6). */
export const PUSH_TYPE = {push: 1, stop: 2} as const;

/** User types of the directory (§6). */
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

/** `state` of a person, in lists and in {@link API_EVENT.personState} (§5). */
export const PERSON_STATE = {offline: 0, online: 1, busy: 2} as const;

/** `type` of {@link API_HEADER.tracePositions} (§5). */
export const TRACE_TYPE = {follow: 1, unfollow: 2} as const;

/** File types: `fileType` of an upload (§6). */
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

/** Where files are uploaded, and what the form's parts are called, in this order (§1). */
export const UPLOAD_PATH = '/UpFileServlet';
export const UPLOAD_FIELDS = {type: 'fileType', name: 'fileName', file: 'any_file'} as const;

/** Result codes of replies (§7). */
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

/** How long a request waits for its reply, in milliseconds (§2). */
export const REPLY_TIMEOUT = 10_000;

/** How often an idle WebSocket carrier sends a heartbeat, in milliseconds (§3). */
export const HEARTBEAT_INTERVAL = 30_000;

/** How long an INVITE with an unknown cid may wait for the reply that names it, in milliseconds (§4). */
export const INVITE_PATIENCE = 2_000;

/** How long a created session may lack its INVITE, in milliseconds (§4). */
export const INVITE_TIMEOUT = 30_000;

/** Bounds and default of a registration's lifetime, in seconds (§1). */
export const EXPIRES = {min: 1, max: 600, default: 60} as const;
