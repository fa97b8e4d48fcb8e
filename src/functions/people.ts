import {API_HEADER} from '../dispatch/protocol.js';
import {accountOf, numeral, request, written} from './run.js';

/** All user types (docs/protocol/numbers.md#user-types). */
const ALL = -1;

/** Sends a request on behalf of the user; the reply arrives as `onAPIReceived`. */
function ask(name: string, header: string, body: () => Readonly<Record<string, unknown>>): void {
  request(name, header, () => ({...body(), getemp: accountOf(name).client.options.user}));
}

/** Requests all groups. */
export function GetGroupTree(): void {
  ask('GetGroupTree', API_HEADER.allGroups, () => ({type: ALL, dnsprefix: ''}));
}

/**
 * Requests a group's members.
 *
 * @param type - Only members of this user type; all types by default.
 */
export function GetGroupMember(groupnum: string, type?: number | string, dns?: string): void {
  ask('GetGroupMember', API_HEADER.groupMembers, () => ({
    type: (type ?? '') === '' ? ALL : numeral('GetGroupMember', 'type', type),
    dnsprefix: written('GetGroupMember', 'dns', dns, ''),
    groupnum: written('GetGroupMember', 'groupnum', groupnum),
  }));
}

/** Searches for people by number and name. */
export function QueryEmps(text: string): void {
  ask('QueryEmps', API_HEADER.queryPeople, () => ({queryinfo: written('QueryEmps', 'text', text, '')}));
}

/** Requests people of a user type; 7 is cameras. */
export function QueryEmpsByType(type: number | string): void {
  ask('QueryEmpsByType', API_HEADER.peopleByType, () => ({type: numeral('QueryEmpsByType', 'type', type)}));
}

/** Subscribes to the positions of these numbers; the server reports every change. */
export function SetGisTrace(emps: string): void {
  trace('SetGisTrace', emps, 1);
}

export function SetGisUnTrace(emps: string): void {
  trace('SetGisUnTrace', emps, 2);
}

function trace(name: string, emps: unknown, type: 1 | 2): void {
  ask(name, API_HEADER.tracePositions, () => ({type, emps: written(name, 'emps', emps)}));
}

/** Requests the last known positions of these numbers. */
export function GetEmpsGisInfo(emps: string): void {
  request('GetEmpsGisInfo', API_HEADER.positions, () => ({emps: written('GetEmpsGisInfo', 'emps', emps)}));
}
