/** An address that a browser could not get from a server, as `icecandidateerror` reports it. */
export interface IceFailure {
  readonly url: string;
  /** 300–699 the server's own answer (RFC 8656 §18.8); from 700 on it could not be reached (W3C WebRTC §4.8.3). */
  readonly status: number;
  readonly text: string;
}

/** The addresses that a browser found. */
export interface IceProbe {
  readonly candidates: readonly RTCIceCandidate[];
  readonly failures: readonly IceFailure[];
  /** Until the wanted candidate, or the end, in milliseconds. */
  readonly milliseconds: number;
}

/** How long addresses are gathered, and what for. */
export interface IceProbeOptions {
  readonly timeout: number;
  readonly signal: AbortSignal;
  /** Ends the gathering early. */
  readonly suffices?: (candidate: RTCIceCandidate) => boolean;
}

/** Gathers addresses by a peer connection of its own, which is closed then. Rejects with nothing but wrong addresses. */
export async function probeIce(
  configuration: RTCConfiguration,
  {timeout, signal, suffices = () => false}: IceProbeOptions,
): Promise<IceProbe> {
  const connection = new RTCPeerConnection(configuration);
  const candidates: RTCIceCandidate[] = [];
  const failures: IceFailure[] = [];
  const begun = performance.now();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new AbortController();
  try {
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(resolve, timeout);
      if (signal.aborted) resolve();
      signal.addEventListener('abort', () => resolve(), {signal: over.signal});
      connection.onicecandidate = ({candidate}) => {
        // The end of a transport's candidates is an empty one in Firefox.
        if (!candidate) return resolve();
        if (!candidate.candidate) return;
        candidates.push(candidate);
        if (suffices(candidate)) resolve();
      };
      connection.onicecandidateerror = ({url, errorCode: status, errorText: text}) =>
        void failures.push({url, status, text});
      connection.createDataChannel('check');
      connection.setLocalDescription().catch(reject);
    });
    return {candidates, failures, milliseconds: Math.round(performance.now() - begun)};
  } finally {
    clearTimeout(timer);
    over.abort();
    connection.close();
  }
}
