import {
  API_EVENT,
  API_HEADER,
  API_REPLY_TYPE,
  API_REQUEST_TYPE,
  REPLY_SUFFIX,
  VIDEO_BUG_REPLY,
} from '../dispatch/protocol.js';

/** The words of a text; a slash separates several names of one number. */
type Words<S extends string> = S extends `${infer First} ${infer Rest}`
  ? Words<First> | Words<Rest>
  : S extends `${infer First}/${infer Rest}`
    ? Words<First> | Words<Rest>
    : S;

/** Numbers by name, each name prefixed with its table's name, and names by number. */
export type NumberTable<T extends string, N extends string> = Readonly<Record<`${T}${N}`, number>> &
  Readonly<Record<number, string>>;

/** Numbers the names consecutively and maps both ways; a number with several names maps to the first. */
function entries(table: string, names: string, first = 0): [string | number, number | string][] {
  return names.split(' ').flatMap((words, index) => {
    const all = words.split('/').map((word) => table + word);
    const number = first + index;
    return [...all.map((name): [string, number] => [name, number]), [number, all[0]!]];
  });
}

function numbered<const T extends string, const S extends string>(
  table: T,
  names: S,
): NumberTable<T, Words<S>> {
  return Object.freeze(Object.fromEntries(entries(table, names))) as NumberTable<T, Words<S>>;
}

export const MediaType = numbered('MediaType', 'None Audio Video');

export const CallType = numbered(
  'CallType',
  'None Single Tmpgroup Report Broadcast Temporary Interpose Forceremove Monitor Intercom Switch Urgent Single2 Tmpintercom Videobug MCUMetting SOS TransferVideo TransferVideoToMcu UploadVideo PlayFile',
);

export const CallState = numbered(
  'CallState',
  'None Init Normal Callout Incoming Ringing/Ring Connect/Answer Hold Busy Offhook Release Unspeak Speak Queue Unhold Zombie MEDIATIMEOUT NoAnswer Rejected KickOut',
);

export const FileType = numbered(
  'FileType',
  'None Text Pic Voice Video Gisinfo PlayAudio Fax Other PlayVideo UploadVideo Notice',
);

export const AnswerType = numbered('AnswerType', 'None Auto Man');
export const SpeakType = numbered('SpeakType', 'None Mute Unmute');
export const HearType = numbered('HearType', 'None Mute Unmute');
export const PushVideoType = numbered('PushVideoType', 'None Push Unpush');
export const CallOpType = numbered('CallOpType', 'None Interpose Monitor Remove RemoveOther');
export const CallDirect = numbered('CallDirect', 'None Out In');

/**
 * Result codes (docs/protocol/numbers.md#codes), spelled as in existing pages; each row counts up from its first
 * number.
 */
const CODES: Readonly<Record<number, string>> = {
  0: 'None',
  1000:
    'RegisterKickout RegisterTimeout RegisterNotRegister RegisterDisConnect RegisterUserIsLogin RegisterErrorPwd ' +
    'NightNotDTP RegisterErrorLicense ErrParameter NotFindReceiver NotFindSender',
  1013: 'RegisterErrorTime RegisterCheckPwd',
  1100:
    'CallingCaller CallingCallee CallingType CallingSessionNotFound CallingTerminalNotFound ' +
    'CallingNumberNotRegistered CallingUserNotExist CallingNoAuth CallingOprFailed CallingUserNotInGroup ' +
    'CallingGroupNotFound CallingCallTypeError CallingSessionCreateFailed OpFaxFailured FileNotFound NoCid NumberBusy ' +
    'CallingOperateFailed CallingNotHaveFitCall NotDTPUser SessionStateError CanNotCallIntercomGroup ' +
    'CallingOperateNotConn SendVideoFaild NotFindMemberID',
  1200: 'ConsoleBind ErrLicense ErrCanNotUse ConsoleBindErrorType ConsoleBindFristRegist',
  1300: 'NotMCUSession IsBinded',
  1400: 'MsgGroupExist MsgGroupNotExist',
  1500: 'VideoBugCalledIsVoice',
  1600: 'NotFindPlan',
  1700: 'PalyFileAdded',
  1800: 'JsonError',
  1900: 'GroupExist GroupNotExist',
  2000: 'ApplyTalkFailed',
};

/** Result codes by name, and names by code. */
export const ECode = Object.freeze(
  Object.fromEntries([
    ...Object.entries(CODES).flatMap(([first, names]) => entries('ECode', names, +first)),
    ...entries('Ecode', 'NotFindPortToUse DoEventSockect', 1011),
  ]),
) as Readonly<Record<string, number> & Record<number, string>>;

/** The names of the requests (docs/protocol.md), without their prefix `API_`. */
const REQUESTS = {
  SESSION_CREATECALL: API_HEADER.createCall,
  SESSION_CREATEVIDEOBUG: API_HEADER.createVideoBug,
  SESSION_CREATEPLAYFILECALL: API_HEADER.createCallPlayFile,
  SESSION_PLAYFILE: API_HEADER.playFile,
  SESSION_PLAYFILESTOP: API_HEADER.playFileStop,
  SESSION_APPLYSPEAK: API_HEADER.applySpeak,
  SESSION_GETALLMEMBERS: API_HEADER.allMembers,
  OPERATE_MEMBERADD: API_HEADER.addMember,
  OPERATE_MEMBERDEL: API_HEADER.deleteMember,
  OPERATE_MEMBER_SPEAK: API_HEADER.memberSpeak,
  OPERATE_MEMBER_HEAR: API_HEADER.memberHear,
  OPERATE_MEMBER_PUSH: API_HEADER.memberPush,
  OPERATE_TRANSFER_VIDEO: API_HEADER.transferVideo,
  OPERATE_FORCEEND_CALL: API_HEADER.forceEnd,
  OPERATE_CALL: API_HEADER.callOperation,
  SYSTEM_LOGININFO: API_HEADER.loginInfo,
  GIS_SET_TRACE: API_HEADER.tracePositions,
  GIS_GET_EMPPOS: API_HEADER.positions,
  REG_WS_LOGIN: API_HEADER.login,
  REG_WS_HEARTBEAT: API_HEADER.heartbeat,
  REG_WS_LOGOUT: API_HEADER.logout,
  DATA_GET_ALLGROUP: API_HEADER.allGroups,
  DATA_GET_GROUPEMPS: API_HEADER.groupMembers,
  DATA_GET_EMPSBYTYPE: API_HEADER.peopleByType,
  DATA_QUERY_EMPS: API_HEADER.queryPeople,
} as const;

/** Media types, events, requests, and the replies to requests (suffix `CB`). */
export const APIHEADER = Object.freeze({
  FSMSGTYPE: API_REQUEST_TYPE,
  FSMSGRESTYPE: API_REPLY_TYPE,
  EventSessionStateChange: API_EVENT.sessionState,
  EventGisPositionChange: API_EVENT.position,
  ...Object.fromEntries(
    Object.entries(REQUESTS).flatMap(([name, header]) => [
      [`API_${name}`, header],
      [`API_${name}CB`, header === API_HEADER.createVideoBug ? VIDEO_BUG_REPLY : header + REPLY_SUFFIX],
    ]),
  ),
}) as Readonly<Record<string, string>>;

/**
 * All tables (`functions.md` of the documented client): `AllEnum.CallType.CallTypeSingle2 === 12`,
 * `AllEnum.CallType[12]`.
 */
export const AllEnum = Object.freeze({
  MediaType,
  CallType,
  CallState,
  FileType,
  AnswerType,
  SpeakType,
  HearType,
  PushVideoType,
  CallOpType,
  CallDirect,
  ECode,
  APIHEADER,
});
