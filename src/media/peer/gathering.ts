import {mediaDurations} from '../../durations/media.js';
import {turnUrls} from './relays.js';

/**
 * What is known of the ICE servers, as long as the client exists. Servers that did not reply the last time are still
 * asked, but not waited for; they are waited for again once they reply.
 */
export interface GatheringMemory {
  /** No server has returned a reflexive address (STUN, which TURN servers support too). */
  silentStun: boolean;
  /** No TURN server has returned a relayed address. */
  silentTurn: boolean;
}

/** How long to gather. */
export interface GatheringOptions {
  readonly memory: GatheringMemory;
  /** The timeout for STUN servers, in milliseconds; TURN servers have five times as long. */
  readonly timeout: number;
  readonly signal: AbortSignal;
}

/** How many times longer TURN may take than STUN: it takes two requests, and several round trips over TCP or TLS. */
const TURN_FACTOR = 5;

/**
 * Resolves when the local description has the candidates that are worth waiting for.
 *
 * Without servers these are the UDP host candidates of every transport.
 * With STUN servers they include a reflexive candidate of every transport; with TURN servers a relayed one, since only
 * relays work in every network. Both end at the timeout, or at the first host candidate if there was none by then.
 * If only relays may be used, they are a relayed candidate of every transport, or of one after 10 s.
 * Candidates that come later are not sent.
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
  const any = new Set(mids(connection));
  // For a line that was added within a call, the browser has not begun to gather yet.
  if (connection.iceGatheringState === 'complete' && serve(connection, any)) return;
  await new Promise<void>((resolve) => {
    const reflexive = new Set(mids(connection, 'srflx'));
    const relays = new Set(mids(connection, 'relay'));
    const suffices = (): boolean =>
      serve(connection, waitsForTurn ? relays : new Set([...reflexive, ...relays]));
    let hostTimer: ReturnType<typeof setTimeout> | undefined;
    let serverTimer: ReturnType<typeof setTimeout> | undefined;
    let hostsSuffice = !waitsForServers;
    const done = (): void => {
      clearTimeout(hostTimer);
      clearTimeout(serverTimer);
      // The listener stays for servers that reply late.
      if (!served || relayed) connection.removeEventListener('icecandidate', onCandidate);
      connection.removeEventListener('icegatheringstatechange', onState);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const restart = (): void => {
      clearTimeout(hostTimer);
      hostTimer = setTimeout(done, mediaDurations.nextHostCandidate);
    };
    /** Remembers which servers have not replied. */
    const noteSilentServers = (): void => {
      if (relays.size === 0 && waitsForTurn) memory.silentTurn = true;
      if (relays.size === 0 && reflexive.size === 0 && !relayed) memory.silentStun = true;
    };
    /** Gathering is complete: servers that have not replied will not reply. */
    const complete = (): void => {
      if (waitsForServers) noteSilentServers();
      done();
    };
    const onState = (): void => {
      if (connection.iceGatheringState === 'complete' && hasCandidates(connection)) complete();
    };
    const onCandidate = ({candidate}: RTCPeerConnectionIceEvent): void => {
      if (candidate === null) return complete();
      // Firefox ends each transport with an empty candidate, and adds component 2 even if it is unused.
      if (candidate.candidate === '' || candidate.component === 'rtcp') return;
      const mid = candidate.sdpMid ?? '';
      any.add(mid);
      if (candidate.type === 'srflx') {
        reflexive.add(mid);
        memory.silentStun = false;
      } else if (candidate.type === 'relay') {
        relays.add(mid);
        memory.silentTurn = false;
      }
      if (hostsSuffice) {
        if (candidate.protocol !== 'tcp' && serve(connection, any)) restart();
      } else if (suffices()) done();
    };
    connection.addEventListener('icecandidate', onCandidate);
    connection.addEventListener('icegatheringstatechange', onState);
    signal.addEventListener('abort', done);
    if (signal.aborted) return done();
    if (relayed) {
      serverTimer = setTimeout(done, mediaDurations.relayCandidate);
      return;
    }
    const takeHosts = (): void => {
      hostsSuffice = true;
      if (serve(connection, any)) restart();
      // A device without a network has no candidate at all.
      else serverTimer = setTimeout(done, mediaDurations.firstCandidate);
    };
    if (!waitsForServers) return takeHosts();
    // Within a call, sufficient candidates may be present while gathering goes on.
    if (suffices()) return done();
    serverTimer = setTimeout(
      () => {
        noteSilentServers();
        if (hasCandidates(connection)) done();
        else takeHosts();
      },
      waitsForTurn ? TURN_FACTOR * timeout : timeout,
    );
  });
}

/**
 * Whether candidates of these media lines serve every transport: until the other side has agreed to bundle the lines,
 * each has its own.
 */
function serve(connection: RTCPeerConnection, lines: ReadonlySet<string>): boolean {
  const served = new Map<RTCDtlsTransport, boolean>();
  for (const {mid, direction, sender} of connection.getTransceivers()) {
    const {transport} = sender;
    // Nothing flows on an inactive line.
    if (mid !== null && transport && direction !== 'inactive' && direction !== 'stopped')
      served.set(transport, served.get(transport) || lines.has(mid));
  }
  return lines.size > 0 && [...served.values()].every(Boolean);
}

/** Returns the mids of the media lines that already have a candidate, of a type if one is given. */
function mids(connection: RTCPeerConnection, type = ''): string[] {
  return (connection.localDescription?.sdp ?? '')
    .split(/^(?=m=)/m)
    .filter((section) => section.startsWith('m=') && section.includes(` typ ${type}`))
    .map((section) => /^a=mid:(\S+)/m.exec(section)?.[1] ?? '');
}

/** Whether the local description has any candidate. */
export function hasCandidates(connection: RTCPeerConnection): boolean {
  return /^a=candidate:/m.test(connection.localDescription?.sdp ?? '');
}
