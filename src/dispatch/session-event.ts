import type {FloorDetails, FloorRevocation} from '../core/intercom/floor.js';
import {isIntercomType} from '../core/call-kinds.js';
import type {ApiMessage, CallCause, CallType, Party} from '../core/types.js';
import {clearNumber} from '../sip/headers/grammar.js';
import {firstOf, integerOf, textOf} from './envelope.js';
import {API_EVENT, CALL_DIRECTION, CALL_STATE, CALL_TYPE} from './protocol.js';
import {plainName} from '../core/util/plain-name.js';

/** A `Session.State.Change` (docs/protocol/calls.md#events). */
export interface SessionEvent {
  readonly cid: string;
  /** Call type, docs/protocol/numbers.md#call-types. */
  readonly type: number;
  /** Call state, docs/protocol/numbers.md#call-states. */
  readonly state: number;
  /** Whether it is the requester's leg; undefined if the event does not say. */
  readonly outgoing: boolean | undefined;
  /** Empty if missing. */
  readonly number: string;
  readonly name: string;
  /** The holder of an intercom's floor; an empty number if it is idle, undefined if missing. */
  readonly speaker?: Party | undefined;
  /** The report about an intercom's floor, besides the speaker. */
  readonly floor?: FloorFacts | undefined;
}

/** Details of a floor that a server may report, besides its state. */
export interface FloorFacts extends FloorDetails {
  readonly revocation?: FloorRevocation | undefined;
}

/** The change that a call state means for a call. */
export type SessionChange =
  | {readonly phase: 'ringing' | 'answered'; readonly cause?: undefined}
  | {readonly cause: CallCause; readonly phase?: undefined};

/** Reads the event; undefined for another event, or without a session or a state. */
export function readSessionEvent(message: ApiMessage): SessionEvent | undefined {
  if (message.header !== API_EVENT.sessionState) return undefined;
  const body = firstOf(message);
  const cid = textOf(body['cid']);
  const state = integerOf(body['state']);
  if (cid === undefined || state === undefined) return undefined;
  const direction = integerOf(body['direction']);
  return {
    cid,
    state,
    type: integerOf(body['type']) ?? CALL_TYPE.none,
    outgoing: direction === CALL_DIRECTION.out ? true : direction === CALL_DIRECTION.in ? false : undefined,
    number: clearNumber(textOf(body['othernum']) ?? ''),
    name: plainName(textOf(body['othername'])),
    ...('speaker' in body && {
      speaker: {number: textOf(body['speaker']) ?? '', name: plainName(textOf(body['speakername']))},
    }),
    ...(FLOOR_STATES.has(state) && {floor: readFloor(body)}),
  };
}

/** Why a floor was revoked (3GPP TS 24.380, Floor Revoke). */
const REVOCATIONS: Readonly<Record<number, FloorRevocation>> = {2: 'time-limit', 4: 'priority'};

/** Reads the details that the development server and similar ones add to a report or a reply about a floor. */
export function readFloor(body: Readonly<Record<string, unknown>>): FloorFacts {
  const [queueLength, queuePosition, seconds, cause] = ['waiting', 'queue', 'timeleft', 'revoke'].map(
    (name) => integerOf(body[name]),
  );
  return {
    queueLength,
    queuePosition: queuePosition || undefined,
    floorEndsAt: seconds === undefined ? undefined : Date.now() + seconds * 1_000,
    revocation: REVOCATIONS[cause ?? 0],
  };
}

const PHASES: Readonly<Record<number, 'ringing' | 'answered'>> = {
  [CALL_STATE.callingOut]: 'ringing',
  [CALL_STATE.incoming]: 'ringing',
  [CALL_STATE.ringing]: 'ringing',
  [CALL_STATE.queued]: 'ringing',
  [CALL_STATE.normal]: 'answered',
  [CALL_STATE.connected]: 'answered',
  [CALL_STATE.hold]: 'answered',
  [CALL_STATE.offHook]: 'answered',
  [CALL_STATE.mayNotSpeak]: 'answered',
  [CALL_STATE.maySpeak]: 'answered',
  [CALL_STATE.unhold]: 'answered',
};

const CAUSES: Readonly<Record<number, CallCause>> = {
  [CALL_STATE.busy]: {by: 'remote', code: 'busy'},
  [CALL_STATE.release]: {by: 'remote', code: 'normal'},
  [CALL_STATE.dead]: {by: 'server', code: 'server-error'},
  [CALL_STATE.mediaTimeout]: {by: 'server', code: 'media-failed'},
  [CALL_STATE.noAnswer]: {by: 'server', code: 'no-answer'},
  [CALL_STATE.rejected]: {by: 'remote', code: 'declined'},
  [CALL_STATE.kickedOut]: {by: 'server', code: 'kicked-out'},
};

/** In an intercom, these states report the floor and do not affect the call. */
const FLOOR_STATES: ReadonlySet<number> = new Set([
  CALL_STATE.mayNotSpeak,
  CALL_STATE.maySpeak,
  CALL_STATE.queued,
]);

/** The change that a state means for a call of the type (docs/protocol/numbers.md#call-states); undefined if none. */
export function changeOf(state: number, type: number): SessionChange | undefined {
  if (isIntercomType(callTypeOf(type)) && FLOOR_STATES.has(state)) return undefined;
  const phase = PHASES[state];
  if (phase) return {phase};
  // The other side answered without the requested video.
  if (type === CALL_TYPE.videoMonitoring && state === CALL_STATE.mediaTimeout)
    return {cause: {by: 'remote', code: 'no-video'}};
  const cause = CAUSES[state];
  return cause && {cause};
}

const TYPES: Readonly<Record<number, CallType>> = {
  [CALL_TYPE.single]: 'single',
  [CALL_TYPE.singleEnhanced]: 'single',
  [CALL_TYPE.broadcast]: 'broadcast',
  [CALL_TYPE.temporaryConference]: 'conference',
  [CALL_TYPE.bargeIn]: 'barge-in',
  [CALL_TYPE.monitor]: 'listen-in',
  [CALL_TYPE.intercom]: 'intercom',
  [CALL_TYPE.temporaryIntercom]: 'temporary-intercom',
  [CALL_TYPE.videoMonitoring]: 'monitor',
  [CALL_TYPE.transferVideo]: 'member-video',
  [CALL_TYPE.urgent]: 'urgent',
  [CALL_TYPE.sos]: 'sos',
};

/** The call type for the server's number. */
export function callTypeOf(number: number): CallType {
  return TYPES[number] ?? 'other';
}

/** Whether the server reports the members of a session of the type (docs/protocol/conferences.md#members). */
export function hasMembers(type: number): boolean {
  return type === CALL_TYPE.temporaryConference || type === CALL_TYPE.broadcast;
}

/**
 * Reads the header `ids: {cid}.{ctype}` of an INVITE (docs/protocol/calls.md#invite); undefined if it names no session.
 */
export function readIds(header: string | undefined): {cid: string; type: number} | undefined {
  const [, cid, type] = /^\s*([^\s.]+)(?:\.(\d+))?/.exec(header ?? '') ?? [];
  return cid === undefined ? undefined : {cid, type: integerOf(type) ?? CALL_TYPE.none};
}
