import {diagnosisDurations} from '../../durations/diagnosis.js';
import type {IceProbe, IceProbeOptions} from '../../media/diagnosis/ice-probe.js';
import type {CheckFinding} from './step.js';

/** How media reach a relay. */
export type Transport = 'udp' | 'tcp' | 'tls';

/** From here on an error is the browser's own: the server did not answer. */
const UNREACHABLE = 700;

/** A server with one address. */
export interface OneServer extends RTCIceServer {
  readonly urls: string;
}

/** Returns a server for each address. */
export function singly(servers: readonly RTCIceServer[]): OneServer[] {
  return servers.flatMap(({urls, ...rest}) => [urls].flat().map((url) => ({...rest, urls: url})));
}

/** Returns the transport of a TURN server's address (RFC 7065); undefined for STUN. */
export function transportOf({urls}: OneServer): Transport | undefined {
  if (/^turns:/i.test(urls)) return 'tls';
  if (!/^turn:/i.test(urls)) return undefined;
  return /\?transport=tcp$/i.test(urls) ? 'tcp' : 'udp';
}

/** Which addresses of this computer the browser offers to others. */
export async function checkAddresses(signal: AbortSignal): Promise<CheckFinding> {
  if (!navigator.onLine) return {verdict: 'failed', code: 'browser-offline'};
  const {candidates} = await probe({}, {timeout: diagnosisDurations.checkedAddresses, signal});
  const hosts = candidates.filter(({type}) => type === 'host');
  const udp = hosts.filter(({protocol}) => protocol === 'udp');
  const hidden = udp.some(({candidate}) => candidate.includes('.local '));
  const values = {
    addresses: new Set(udp.map(({candidate}) => candidate.split(' ')[4])).size,
    hidden,
    ipv6: udp.some(({candidate}) => candidate.split(' ')[4]!.includes(':')),
  };
  return udp.length > 0
    ? {verdict: 'passed', code: 'addresses-found', values}
    : {verdict: 'failed', code: 'no-addresses', values};
}

/** Whether a STUN server tells this computer its address. Calls may do without. */
export async function checkStun(servers: readonly OneServer[], signal: AbortSignal): Promise<CheckFinding> {
  const stun = servers.filter((server) => transportOf(server) === undefined);
  if (stun.length === 0) return {verdict: 'skipped', code: 'no-stun'};
  return bestOf(stun, 'srflx', signal, stunFinding);
}

function stunFinding({candidates, failures, milliseconds}: IceProbe, subject: string): CheckFinding {
  // An address that this computer has itself is not reported again; a server that is silent is.
  const answered = candidates.some(({type}) => type === 'srflx');
  const isSilent = !answered && (failures.length > 0 || milliseconds >= diagnosisDurations.checkedRelay);
  return isSilent
    ? {verdict: 'warning', code: 'stun-silent', subject, values: {milliseconds}}
    : {verdict: 'passed', code: 'stun-works', subject, values: {milliseconds, translated: answered}};
}

/** Whether a TURN server gives a relayed address over a transport. */
export async function checkTurn(
  servers: readonly OneServer[],
  transport: Transport,
  signal: AbortSignal,
): Promise<CheckFinding> {
  const turn = servers.filter((server) => transportOf(server) === transport);
  if (turn.length === 0) return {verdict: 'skipped', code: 'no-turn-of-kind'};
  return bestOf(turn, 'relay', signal, turnFinding);
}

/** Gets addresses of a kind from each server; returns what was found of one that works, or else of the first. */
async function bestOf(
  servers: readonly OneServer[],
  kind: 'srflx' | 'relay',
  signal: AbortSignal,
  judge: (result: IceProbe, subject: string) => CheckFinding,
): Promise<CheckFinding> {
  const findings = await Promise.all(
    servers.map(async (server) => {
      const result = await probe(
        {iceServers: [server], iceTransportPolicy: kind === 'relay' ? 'relay' : 'all'},
        {timeout: diagnosisDurations.checkedRelay, signal, suffices: ({type}) => type === kind},
      );
      return judge(result, hostOf(server));
    }),
  );
  return findings.find(({verdict}) => verdict === 'passed') ?? findings[0]!;
}

function turnFinding({candidates, failures, milliseconds}: IceProbe, subject: string): CheckFinding {
  if (candidates.some(({type}) => type === 'relay'))
    return {verdict: 'passed', code: 'turn-works', subject, values: {milliseconds}};
  const refusal = failures.find(({status}) => status < UNREACHABLE);
  if (!refusal) return {verdict: 'failed', code: 'turn-silent', subject, values: {milliseconds}};
  const {status, text} = refusal;
  const code = status === 401 || status === 441 ? 'turn-password' : 'turn-refused';
  return {verdict: 'failed', code, subject, values: {milliseconds, status, answer: text.slice(0, 100)}};
}

/** Judges what was found of all transports together. */
export function checkRelay(
  servers: readonly OneServer[],
  {udp, tcp, tls, stun}: Readonly<Partial<Record<Transport | 'stun', CheckFinding | undefined>>>,
): CheckFinding {
  if (!servers.some((server) => transportOf(server))) return {verdict: 'warning', code: 'no-turn'};
  const all = tried(udp, tcp, tls);
  if (all.length === 0) return {verdict: 'skipped', code: 'not-measured'};
  const works = all.filter(({verdict}) => verdict === 'passed');
  const values = {working: works.length, tried: all.length};
  if (works.length === 0) return {verdict: 'failed', code: 'no-relay', values};
  const overUdp = tried(udp, stun);
  const isBlocked = overUdp.length > 0 && overUdp.every(({code}) => code.endsWith('-silent'));
  return isBlocked
    ? {verdict: 'warning', code: 'udp-blocked', values}
    : {verdict: 'passed', code: 'relay-works', values};
}

/** Those of the steps that were not left out. */
function tried(...found: readonly (CheckFinding | undefined)[]): CheckFinding[] {
  return found.filter((finding) => finding !== undefined && finding.verdict !== 'skipped') as CheckFinding[];
}

/** Returns an address without its query: `turn:turn.example:3478`. */
function hostOf({urls}: OneServer): string {
  return urls.replace(/\?.*/, '');
}

async function probe(configuration: RTCConfiguration, options: IceProbeOptions): Promise<IceProbe> {
  const {probeIce} = await import('../../media/diagnosis/ice-probe.js');
  return probeIce(configuration, options);
}
