import {durations} from '../../durations.js';
import {turnUrls} from './relays.js';

/**
 * What is known of the servers at hand, for as long as the client lives. Those that stayed silent the last time are not
 * waited for, but asked all the same, and forgiven when they reply.
 */
export interface GatheringMemory {
  /** No server has told an address (STUN, which TURN servers speak too). */
  silentStun: boolean;
  /** No TURN server has given one. */
  silentTurn: boolean;
}

/** How long to gather. */
export interface GatheringOptions {
  readonly memory: GatheringMemory;
  /** For STUN servers, in milliseconds; TURN servers have five times as long. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/** After the last UDP host candidate, in milliseconds: others would have come by then. */
const HOST_PATIENCE = 20;

/** For the first candidate, in milliseconds: a busy machine takes its time, and without any nobody would be heard. */
const FIRST_PATIENCE = 5000;

/** TURN takes two requests, over TCP or TLS several round trips before them: so many times as long as STUN. */
const TURN_SHARE = 5;

/**
 * Resolves when the local description holds the candidates that are worth waiting for.
 *
 * Without servers these are the UDP host candidates; with STUN servers one reflexive candidate of every transport, with
 * TURN servers a relayed one, which alone leads through every network, until the timeout, or the first host candidate where
 * there was none by then; where only relays may be used, a relayed candidate of every transport, or of one after 10 s. What
 * comes later is not sent.
 */
export async function gathered(
  connection: RTCPeerConnection,
  {memory, timeout, signal}: GatheringOptions,
): Promise<void> {
  const {iceServers = [], iceTransportPolicy} = connection.getConfiguration();
  const relayed = iceTransportPolicy === 'relay';
  const served = iceServers.length > 0;
  const waitsForTurn = relayed || (!memory.silentTurn && turnUrls(iceServers).length > 0);
  const waitsForServers = waitsForTurn || (served && !memory.silentStun);
  if (connection.iceGatheringState === 'complete' && hasCandidates(connection)) return;
  await new Promise<void>((resolve) => {
    const told = new Set(mids(connection, 'srflx'));
    const given = new Set(mids(connection, 'relay'));
    const suffices = (): boolean =>
      (waitsForTurn ? given : new Set([...told, ...given])).size >= transports(connection);
    let hostTimer: ReturnType<typeof setTimeout> | undefined;
    let serverTimer: ReturnType<typeof setTimeout> | undefined;
    let hostsSuffice = !waitsForServers;
    const done = (): void => {
      clearTimeout(hostTimer);
      clearTimeout(serverTimer);
      // It goes on listening for servers that reply late.
      if (!served || relayed) connection.removeEventListener('icecandidate', onCandidate);
      connection.removeEventListener('icegatheringstatechange', onState);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const restart = (): void => {
      clearTimeout(hostTimer);
      hostTimer = setTimeout(done, HOST_PATIENCE);
    };
    /** Keeps which servers have not replied. */
    const judge = (): void => {
      if (given.size === 0 && waitsForTurn) memory.silentTurn = true;
      if (given.size === 0 && told.size === 0 && !relayed) memory.silentStun = true;
    };
    /** Gathering is over: where no server has replied, none will. */
    const complete = (): void => {
      if (waitsForServers) judge();
      done();
    };
    const onState = (): void => {
      if (connection.iceGatheringState === 'complete' && hasCandidates(connection)) complete();
    };
    const onCandidate = ({candidate}: RTCPeerConnectionIceEvent): void => {
      if (candidate === null) return complete();
      // Firefox ends each transport with an empty one, and adds component 2 where none is used.
      if (candidate.candidate === '' || candidate.component === 'rtcp') return;
      if (candidate.type === 'srflx') {
        told.add(candidate.sdpMid ?? '');
        memory.silentStun = false;
      } else if (candidate.type === 'relay') {
        given.add(candidate.sdpMid ?? '');
        memory.silentTurn = false;
      }
      if (hostsSuffice) {
        if (candidate.protocol !== 'tcp') restart();
      } else if (suffices()) done();
    };
    connection.addEventListener('icecandidate', onCandidate);
    connection.addEventListener('icegatheringstatechange', onState);
    signal.addEventListener('abort', done);
    if (signal.aborted) return done();
    if (relayed) {
      serverTimer = setTimeout(done, durations.relayCandidate);
      return;
    }
    const takeHosts = (): void => {
      hostsSuffice = true;
      if (hasCandidates(connection)) restart();
      // A device without any network has no candidate at all.
      else serverTimer = setTimeout(done, FIRST_PATIENCE);
    };
    if (!waitsForServers) return takeHosts();
    // Within a call they may be there while others are still sought.
    if (suffices()) return done();
    serverTimer = setTimeout(
      () => {
        judge();
        if (hasCandidates(connection)) done();
        else takeHosts();
      },
      waitsForTurn ? TURN_SHARE * timeout : timeout,
    );
  });
}

/** How many transports gather: one for each media line until the other side agreed to bundle them. */
function transports(connection: RTCPeerConnection): number {
  const used = connection
    .getTransceivers()
    .filter(({mid}) => mid !== null)
    .map(({sender}) => sender.transport);
  return Math.max(1, new Set(used.filter((transport) => transport !== null)).size);
}

/** The media lines that have a candidate of the type already. */
function mids(connection: RTCPeerConnection, type: 'srflx' | 'relay'): string[] {
  return (connection.localDescription?.sdp ?? '')
    .split(/^(?=m=)/m)
    .filter((section) => section.startsWith('m=') && section.includes(` typ ${type}`))
    .map((section) => /^a=mid:(\S+)/m.exec(section)?.[1] ?? '');
}

/** Whether the local description holds any candidate. */
export function hasCandidates(connection: RTCPeerConnection): boolean {
  return /^a=candidate:/m.test(connection.localDescription?.sdp ?? '');
}
