import type {CallRequest} from '../core/call-service.js';
import {numberOf, type GroupSessionRequest, type SessionRequest} from '../core/session-request.js';
import type {CallMedia, MediaWishes} from '../core/types.js';
import {API_HEADER, CALL_TYPE, FLOOR_OPERATION, MEDIA_TYPE, VIDEO_BUG_CODEC} from './protocol.js';

/** What a session is asked for with, and what comes of it here. */
export interface SessionWish {
  readonly header: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** Call type, protocol page §6. */
  readonly type: number;
  /** What the session goes by until an event says more. */
  readonly number: string;
  readonly name: string;
  readonly media: CallMedia;
  /** What is opened for it beforehand. */
  readonly opens: MediaWishes;
  /** Whether the asker is invited; otherwise the reply is all that there is. */
  readonly invites: boolean;
}

const NOTHING: MediaWishes = Object.freeze({audio: false, video: false});

const GROUP_TYPES = {
  conference: CALL_TYPE.temporaryConference,
  broadcast: CALL_TYPE.broadcast,
  'temporary-intercom': CALL_TYPE.temporaryIntercom,
  file: CALL_TYPE.filePlay,
} as const satisfies Record<GroupSessionRequest['kind'], number>;

/** The request of a call of two. */
export function callWish({number, media, screen = false}: CallRequest, user: string): SessionWish {
  const shown = mediaShown(media, screen);
  return {
    header: API_HEADER.createCall,
    body: {caller: user, ctype: CALL_TYPE.singleEnhanced, members: number, isVideo: MEDIA_TYPE[shown]},
    type: CALL_TYPE.singleEnhanced,
    number,
    name: '',
    media: shown,
    opens: {audio: true, video: media === 'video', screen},
    invites: true,
  };
}

/** The request of any other session (protocol page §5). */
export function sessionWish(request: SessionRequest, user: string): SessionWish {
  const number = numberOf(request);
  switch (request.kind) {
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
    case 'member-video':
      return {
        header: API_HEADER.transferVideo,
        body: {
          srccid: request.sid,
          srcnumber: request.member,
          sessnum: number,
          sessname: request.name,
          calleds: request.to.join(','),
        },
        type: CALL_TYPE.transferVideo,
        number,
        name: request.name,
        media: 'video',
        opens: NOTHING,
        invites: request.to.includes(user),
      };
    case 'intercom':
      return {
        header: API_HEADER.applySpeak,
        body: {
          caller: user,
          ctype: CALL_TYPE.intercom,
          members: number,
          isVideo: MEDIA_TYPE.audio,
          optype: FLOOR_OPERATION.apply,
        },
        type: CALL_TYPE.intercom,
        number,
        name: '',
        media: 'audio',
        opens: {audio: true, video: false},
        invites: true,
      };
    default:
      return groupWish(request, user);
  }
}

function groupWish(request: GroupSessionRequest, user: string): SessionWish {
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
    opens: {audio: true, video: media === 'video', screen},
    invites: true,
  };
}

/** The requests know no screens: one is a picture like another. */
function mediaShown(media: CallMedia, screen: boolean): CallMedia {
  return screen ? 'video' : media;
}
