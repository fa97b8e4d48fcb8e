import type {CallRequest} from '../core/client/call-service.js';
import {
  numberOf,
  type GroupSessionRequest,
  type SessionRequest,
  type SuperviseRequest,
} from '../core/server/session-request.js';
import type {CallMedia, WantedMedia} from '../core/types.js';
import {
  API_HEADER,
  CALL_OPERATION,
  CALL_TYPE,
  FLOOR_OPERATION,
  MEDIA_TYPE,
  VIDEO_BUG_CODEC,
} from './protocol.js';

/** A request for a session, and its result on this side. */
export interface ApiSessionRequest {
  readonly header: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Call type, docs/protocol/numbers.md#call-types. */
  readonly type: number;
  /** The session's number until an event provides another. */
  readonly number: string;
  readonly name: string;
  readonly media: CallMedia;
  /** The media to open beforehand. */
  readonly opens: WantedMedia;
  /** Whether the server invites this side; otherwise the reply is the only result. */
  readonly invites: boolean;
  /**
   * Whether the session may already exist for others: its id may be known, and it continues if this side no longer
   * wants it.
   */
  readonly joins?: boolean | undefined;
  /**
   * Set if the reply grants the floor of an intercom: to speak, or to return it because there is no other way to join.
   */
  readonly floor?: 'wanted' | 'returned' | undefined;
}

const NOTHING: WantedMedia = Object.freeze({audio: false, video: false});

/** A microphone that is silent until the floor is granted. */
const SILENCE: WantedMedia = Object.freeze({audio: true, video: false, silent: true});
const CALL_TYPES = {urgent: CALL_TYPE.urgent, sos: CALL_TYPE.sos} as const;

/**
 * How to intervene in a call of others, and the resulting call type here
 * (docs/protocol/supervision.md#calls-of-others).
 */
const SUPERVISION = {
  'barge-in': {operation: CALL_OPERATION.bargeIn, type: CALL_TYPE.bargeIn},
  'listen-in': {operation: CALL_OPERATION.listenIn, type: CALL_TYPE.monitor},
  remove: {operation: CALL_OPERATION.remove, type: CALL_TYPE.none},
  'remove-other': {operation: CALL_OPERATION.removeOther, type: CALL_TYPE.none},
} as const satisfies Record<SuperviseRequest['kind'], {operation: number; type: number}>;

const GROUP_TYPES = {
  conference: CALL_TYPE.temporaryConference,
  broadcast: CALL_TYPE.broadcast,
  'temporary-intercom': CALL_TYPE.temporaryIntercom,
  file: CALL_TYPE.filePlay,
} as const satisfies Record<GroupSessionRequest['kind'], number>;

/** The request for a two-party call. */
export function apiCallRequest(
  {number, media, screen = false, type}: CallRequest,
  user: string,
): ApiSessionRequest {
  const shown = mediaShown(media, screen);
  const ctype = type ? CALL_TYPES[type] : CALL_TYPE.singleEnhanced;
  return {
    header: API_HEADER.createCall,
    body: {caller: user, ctype, members: number, isVideo: MEDIA_TYPE[shown]},
    type: ctype,
    number,
    name: '',
    media: shown,
    opens: {audio: true, video: media === 'video', screen},
    invites: true,
  };
}

/** The request for a session (docs/protocol/calls.md#beginning). */
export function apiSessionRequest(request: SessionRequest, user: string): ApiSessionRequest {
  const planned = requestOfKind(request, user);
  return {...planned, body: {...planned.body, ...request.written}};
}

function requestOfKind(request: SessionRequest, user: string): ApiSessionRequest {
  const number = numberOf(request);
  switch (request.kind) {
    case 'single':
      return apiCallRequest(request, user);
    case 'monitor':
      return {
        header: API_HEADER.createVideoBug,
        body: {caller: user, called: number, codec: request.codec || VIDEO_BUG_CODEC},
        type: CALL_TYPE.videoMonitoring,
        number,
        name: '',
        media: 'video',
        opens: NOTHING,
        invites: true,
      };
    case 'member-video': {
      const to = request.to.length ? request.to : [user];
      return {
        header: API_HEADER.transferVideo,
        body: {
          srccid: request.sid,
          srcnumber: request.member,
          sessnum: number,
          sessname: request.name,
          calleds: to.join(','),
        },
        type: CALL_TYPE.transferVideo,
        number: number || request.member,
        name: request.name,
        media: 'video',
        opens: NOTHING,
        invites: to.includes(user),
      };
    }
    case 'barge-in':
    case 'listen-in':
    case 'remove':
    case 'remove-other': {
      const {operation, type} = SUPERVISION[request.kind];
      return {
        header: API_HEADER.callOperation,
        body: {CallOpType: operation, caller: user, called: number, cid: request.sid, receiver: user},
        type,
        number,
        name: '',
        // Any video of the others is shown.
        media: 'video',
        opens: {audio: request.kind === 'barge-in', video: false},
        invites: type !== CALL_TYPE.none,
        joins: true,
      };
    }
    case 'intercom':
      return request.speak ? apiFloorRequest(number, user, 'wanted') : apiJoinRequest(number, user);
    default:
      return apiGroupRequest(request, user);
  }
}

/** Joins an intercom group without speaking. */
function apiJoinRequest(number: string, user: string): ApiSessionRequest {
  return {
    header: API_HEADER.intercomJoin,
    body: {caller: user, members: number},
    type: CALL_TYPE.intercom,
    number,
    name: '',
    media: 'audio',
    opens: SILENCE,
    invites: true,
    joins: true,
  };
}

/** Joins an intercom group by requesting its floor. */
export function apiFloorRequest(
  number: string,
  user: string,
  floor: 'wanted' | 'returned',
): ApiSessionRequest {
  return {
    ...apiJoinRequest(number, user),
    header: API_HEADER.applySpeak,
    body: floorBody(number, {caller: user, operation: FLOOR_OPERATION.apply}),
    floor,
  };
}

/** The body of a floor request; temporary groups use the same call type (docs/protocol/intercoms.md). */
export function floorBody(
  members: string,
  {caller, operation}: {caller: string; operation: number},
): Readonly<Record<string, unknown>> {
  return {caller, ctype: CALL_TYPE.intercom, members, isVideo: MEDIA_TYPE.audio, optype: operation};
}

function apiGroupRequest(request: GroupSessionRequest, user: string): ApiSessionRequest {
  const {kind, members, number, name, media, screen = false, fileId} = request;
  const type = request.typeNumber ?? GROUP_TYPES[kind];
  const shown = mediaShown(media, screen);
  return {
    header: fileId === undefined ? API_HEADER.createCall : API_HEADER.createCallPlayFile,
    body: {
      caller: user,
      ctype: type,
      members: members.join(','),
      isVideo: MEDIA_TYPE[shown],
      sessnum: number,
      sessname: name,
      ...(fileId !== undefined && {FileID: fileId}),
    },
    type,
    number,
    name,
    media: shown,
    opens: kind === 'temporary-intercom' ? SILENCE : {audio: true, video: media === 'video', screen},
    invites: true,
  };
}

/** The requests do not distinguish screens: a screen counts as video. */
function mediaShown(media: CallMedia, screen: boolean): CallMedia {
  return screen ? 'video' : media;
}
