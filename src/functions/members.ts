import {FLOOR_OPERATION, API_HEADER, CALL_TYPE, MEDIA_TYPE} from '../dispatch/protocol.js';
import type {FloorState} from '../core/intercom/floor.js';
import type {SipIntercom} from '../core/intercom/intercom.js';
import {runningIntercom} from '../core/intercom/is-intercom.js';
import {SipError, toSipError} from '../errors.js';
import {HearType, PushVideoType, SpeakType} from './all-enum.js';
import {accountOf, elementsOf, numeral, report, request, send, textOf, written} from './run.js';

/**
 * The request header for each change of a member, and the field for its value
 * (docs/protocol/conferences.md#changing-members).
 */
const CHANGES = {
  speak: {header: API_HEADER.memberSpeak, field: 'stype'},
  hear: {header: API_HEADER.memberHear, field: 'htype'},
  push: {header: API_HEADER.memberPush, field: 'ptype'},
} as const;

/** An added member answers manually, and may speak. */
const ANSWERED_BY_HAND = 2;

function change(
  name: string,
  what: keyof typeof CHANGES,
  {sid, number, type}: {sid: unknown; number: unknown; type: unknown},
): void {
  const {header, field} = CHANGES[what];
  request(name, header, () => ({
    cid: written(name, 'sid', sid),
    number: written(name, 'number', number),
    [field]: numeral(name, 'type', type),
  }));
}

/** Invites a number into a session. */
export function AddMember(sid: string, addnum: string): void {
  request('AddMember', API_HEADER.addMember, () => ({
    cid: written('AddMember', 'sid', sid),
    number: written('AddMember', 'addnum', addnum),
    astype: ANSWERED_BY_HAND,
    speakertype: SpeakType.SpeakTypeUnmute,
  }));
}

/** Removes a number from a session. */
export function DelMember(sid: string, delnum: string): void {
  request('DelMember', API_HEADER.deleteMember, () => ({
    cid: written('DelMember', 'sid', sid),
    number: written('DelMember', 'delnum', delnum),
  }));
}

export function SetMemberSpeak(sid: string, number: string): void {
  change('SetMemberSpeak', 'speak', {sid, number, type: SpeakType.SpeakTypeUnmute});
}

export function SetMemberUnSpeak(sid: string, number: string): void {
  change('SetMemberUnSpeak', 'speak', {sid, number, type: SpeakType.SpeakTypeMute});
}

export function SetMemberHear(sid: string, number: string): void {
  change('SetMemberHear', 'hear', {sid, number, type: HearType.HearTypeUnmute});
}

export function SetMemberUnHear(sid: string, number: string): void {
  change('SetMemberUnHear', 'hear', {sid, number, type: HearType.HearTypeMute});
}

/** Shows a member's video to everyone in the session. */
export function SetMemberPush(sid: string, number: string): void {
  change('SetMemberPush', 'push', {sid, number, type: PushVideoType.PushVideoTypePush});
}

export function SetMemberUnPush(sid: string, number: string): void {
  change('SetMemberUnPush', 'push', {sid, number, type: PushVideoType.PushVideoTypeUnpush});
}

/** @param type - `AllEnum.SpeakType`. */
export function SetMemberSpeakType(sid: string, number: string, type: number): void {
  change('SetMemberSpeakType', 'speak', {sid, number, type});
}

/** @param type - `AllEnum.HearType`. */
export function SetMemberHearType(sid: string, number: string, type: number): void {
  change('SetMemberHearType', 'hear', {sid, number, type});
}

/** @param type - `AllEnum.PushVideoType`. */
export function SetMemberPushType(sid: string, number: string, type: number): void {
  change('SetMemberPushType', 'push', {sid, number, type});
}

/** Requests a session's members; they arrive as `onAPIReceived`. */
export function GetCallAllMembers(sid: string): void {
  request('GetCallAllMembers', API_HEADER.allMembers, () => ({
    cid: written('GetCallAllMembers', 'sid', sid),
  }));
}

/** Ends a session for everyone. */
export function FoceEndConf(sid: string): void {
  request('FoceEndConf', API_HEADER.forceEnd, () => ({cid: written('FoceEndConf', 'sid', sid)}));
}

/**
 * Intervenes in a call of others.
 *
 * @param optype - `AllEnum.CallOpType`: barge in, listen in, remove, remove the other.
 * @param opcid - The session; if empty, the only call of `opnumber`.
 */
export function froceOPCall(optype: number, opnumber: string, opcid: string, localnumber: string): void {
  report('froceOPCall', () => {
    const me = accountOf('froceOPCall').client.options.user;
    return send('froceOPCall', API_HEADER.callOperation, {
      CallOpType: numeral('froceOPCall', 'optype', optype),
      caller: written('froceOPCall', 'localnumber', localnumber || me),
      called: written('froceOPCall', 'opnumber', opnumber),
      cid: written('froceOPCall', 'opcid', opcid, ''),
      receiver: me,
    });
  });
}

/** Requests the floor of an intercom group, and joins its session unless it already runs here. */
export function ApplySpeak(groupnum: string, remoteaudio?: HTMLMediaElement | null): void {
  floor('ApplySpeak', groupnum, FLOOR_OPERATION.apply, remoteaudio);
}

/** Releases the floor. */
export function ReleaseSpeak(groupnum: string, remoteaudio?: HTMLMediaElement | null): void {
  floor('ReleaseSpeak', groupnum, FLOOR_OPERATION.release, remoteaudio);
}

/** @param optype - 55 requests the floor, 56 releases it. */
export function ApplySpeakByType(
  groupnum: string,
  optype: number,
  remoteaudio?: HTMLMediaElement | null,
): void {
  floor('ApplySpeakByType', groupnum, optype, remoteaudio);
}

/** The states with something to release; in any other, the server's reply reports to the page that there is nothing. */
const WANTED: ReadonlySet<FloorState> = new Set(['requested', 'queued', 'granted']);

/** Requests the floor; releasing it before it is granted is not an error. */
async function requestFloor(intercom: SipIntercom): Promise<void> {
  try {
    await intercom.requestFloor();
  } catch (error) {
    if (toSipError(error).code !== 'aborted') throw error;
  }
}

function floor(name: string, groupnum: unknown, operation: unknown, remoteaudio: unknown): void {
  report(name, async () => {
    const optype = numeral(name, 'optype', operation);
    const members = written(name, 'groupnum', groupnum);
    const elements = elementsOf(name, null, null, remoteaudio);
    const account = accountOf(name);
    const {client} = account;
    const group = textOf(members);
    const running = runningIntercom(client.state.calls, group);
    const asks = Number(optype) === FLOOR_OPERATION.apply;
    if (!running && asks) {
      const request = {kind: 'intercom', group, speak: true, written: {members, optype}} as const;
      return account.place(async () => {
        const call = await client.createSession(request);
        if (!call) throw new SipError('internal', {subject: name});
        return call;
      }, elements);
    }
    if (running && remoteaudio) running.attach(elements);
    if (running && asks) return requestFloor(running);
    const returns = Number(optype) === FLOOR_OPERATION.release;
    if (running && returns && WANTED.has(running.state.floor)) return running.releaseFloor();
    await send(name, API_HEADER.applySpeak, {
      caller: client.options.user,
      ctype: CALL_TYPE.intercom,
      members,
      isVideo: MEDIA_TYPE.audio,
      optype,
    });
  });
}
