import type {MemberReport, PlayedFile} from '../core/conference/conference-member.js';
import type {CallPhase} from '../core/types.js';
import {given} from '../core/util/collections/given.js';
import {plainName} from '../core/util/plain-name.js';
import {decimalOf, integerOf, isRecord, textOf} from './envelope.js';
import {CALL_STATE, MEMBER_SWITCH, PUSH_TYPE} from './protocol.js';
import {changeOf} from './session-event.js';

/** The member left or was removed: a conference no longer lists them. */
const GONE: ReadonlySet<number> = new Set([CALL_STATE.release, CALL_STATE.kickedOut]);

/**
 * Reads a member of a list or an event (docs/protocol/conferences.md#members), tolerating missing fields; undefined
 * without a number.
 */
export function readMember(raw: unknown): MemberReport | undefined {
  if (!isRecord(raw)) return undefined;
  const number = textOf(raw['number']);
  if (number === undefined) return undefined;
  const state = integerOf(raw['state']);
  const change = state === undefined ? undefined : changeOf(state, 0);
  const rest = given<Omit<MemberReport, 'number'>>({
    name: plainName(textOf(raw['name'])) || undefined,
    phase: phaseOf(state, change),
    cause: change?.cause,
    gone: state === undefined ? undefined : GONE.has(state),
    speaking: oneOf(raw['speak'], MEMBER_SWITCH.on, MEMBER_SWITCH.off),
    hearing: oneOf(raw['hear'], MEMBER_SWITCH.on, MEMBER_SWITCH.off),
    spotlighted: oneOf(raw['push'], PUSH_TYPE.push, PUSH_TYPE.stop),
    talking: oneOf(raw['talking'], 1, 0),
    pictured: oneOf(raw['picture'], 1, 0),
    file: fileOf(raw),
  });
  return {number, ...rest};
}

/** The played file, if the member is one: it has an id beside the number. */
function fileOf(raw: Record<string, unknown>): PlayedFile | undefined {
  const id = textOf(raw['FileID']);
  if (id === undefined) return undefined;
  return Object.freeze({
    id,
    position: decimalOf(raw['position']),
    duration: decimalOf(raw['duration']),
    time: integerOf(raw['time']),
    times: integerOf(raw['times']),
  });
}

function phaseOf(state: number | undefined, change: ReturnType<typeof changeOf>): CallPhase | undefined {
  if (change) return change.phase ?? 'released';
  return state === CALL_STATE.none || state === CALL_STATE.init ? 'init' : undefined;
}

/** True for one number, false for the other; undefined for anything else. */
function oneOf(value: unknown, yes: number, no: number): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const number = integerOf(value);
  return number === yes ? true : number === no ? false : undefined;
}
