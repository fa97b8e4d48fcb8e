import assert from 'node:assert/strict';
import {API_HEADER} from '../../../src/dispatch/protocol.js';
import {apiMessage, post, type RawApiMessage} from './raw-api.js';
import type {RawSip} from './raw-sip.js';

/** The fields of every session request. */
export const session = {caller: '1001', members: '1002', isVideo: 1, sessnum: '', sessname: ''};
const member = {cid: 'no-such-session', number: '1002'};

/** Every request of the protocol (docs/protocol.md), as a client sends it. */
export const REQUESTS: readonly (readonly [string, Record<string, unknown>])[] = [
  [API_HEADER.createCall, {...session, ctype: 12, members: '4711'}],
  [API_HEADER.createCall, {...session, ctype: 12}],
  [API_HEADER.createCall, {...session, ctype: 5, members: ''}],
  [API_HEADER.createCall, {...session, ctype: 13, members: ''}],
  [API_HEADER.createCallPlayFile, {...session, ctype: 5, members: '', FileID: 'none'}],
  [API_HEADER.createCallPlayFile, {...session, ctype: 4, members: '', FileID: 'none'}],
  [API_HEADER.intercomJoin, {caller: '1001', members: '4711'}],
  [API_HEADER.applySpeak, {caller: '1001', ctype: 9, members: '4711', isVideo: 1, optype: 55}],
  [API_HEADER.applySpeak, {caller: '1001', ctype: 9, members: '4711', isVideo: 1, optype: 56}],
  [API_HEADER.createVideoBug, {caller: '1001', called: '4711', codec: '*7*101'}],
  [API_HEADER.createVideoBug, {caller: '1001', called: '1001', codec: '*7*101'}],
  [API_HEADER.createVideoBug, {caller: '1001', called: '1016', codec: '*7*101'}],
  [API_HEADER.createVideoBug, {caller: '1002', called: '1001', codec: '*7*101'}],
  [API_HEADER.transferVideo, {srccid: 'none', srcnumber: '1002', sessnum: '', sessname: '', calleds: '1001'}],
  [API_HEADER.playFile, {cid: 'none', FileID: 'none', RePlayNum: '"2"', playnow: '1'}],
  [API_HEADER.playFileStop, {cid: 'none', FileID: 'none'}],
  [API_HEADER.addMember, {...member, astype: 2, speakertype: 2}],
  [API_HEADER.deleteMember, member],
  [API_HEADER.memberSpeak, {...member, stype: 1}],
  [API_HEADER.memberHear, {...member, htype: 2}],
  [API_HEADER.memberPush, {...member, ptype: 1}],
  [API_HEADER.allMembers, {cid: 'none'}],
  [API_HEADER.forceEnd, {cid: 'none'}],
  [API_HEADER.callOperation, {CallOpType: 1, caller: '1001', called: '4711', cid: '', receiver: '1001'}],
  [API_HEADER.callOperation, {CallOpType: 3, caller: '1001', called: '1002', cid: 'none', receiver: '1001'}],
  [API_HEADER.callOperation, {CallOpType: 9, caller: '1001', called: '1002', cid: '', receiver: '1001'}],
  [API_HEADER.loginInfo, {}],
  [API_HEADER.allGroups, {type: -1, dnsprefix: '', getemp: '1001'}],
  [API_HEADER.groupMembers, {type: -1, dnsprefix: '', getemp: '1001', groupnum: '8210'}],
  [API_HEADER.groupMembers, {type: -1, dnsprefix: '', getemp: '1001', groupnum: '4711'}],
  [API_HEADER.queryPeople, {queryinfo: '王', getemp: '1001'}],
  [API_HEADER.peopleByType, {type: 7, getemp: '1001'}],
  [API_HEADER.tracePositions, {type: 2, getemp: '1001', emps: '1010'}],
  [API_HEADER.positions, {emps: '1019,1010'}],
  ['whatever.a.page.wrote', {a: [1]}],
];

/** The fields that differ each time. */
const VOLATILE = new Set(['cid', 'sessnum', 'time', 'lng', 'lat', 'msgid', 'talking', 'picture']);

/** A reply without the fields that differ each time. */
export function essence({header, code, body}: RawApiMessage): unknown {
  const plain = body.map((each) =>
    Object.fromEntries(Object.entries(each).map(([name, value]) => [name, VOLATILE.has(name) ? '' : value])),
  );
  return {header, code, body: plain};
}

/** Sends a request over SIP; resolves with the reply of the same `msgid`. */
export async function askOverSip(phone: RawSip, text: string): Promise<RawApiMessage> {
  assert.equal(await post(phone, text), 200);
  const {msgid} = JSON.parse(text) as {msgid: string};
  for (;;) {
    const message = await apiMessage(phone);
    if (message.msgid === msgid) return message;
  }
}
