/**
 * What a page is told, each of it optional. `json` is text: see `CallRecord`.
 *
 * A callback that throws is reported as a browser reports an error in a listener, and stops nothing.
 */
export interface ClientDelegate {
  /** A call that a function asked for has its id. */
  onCallCreated?(sid: string, json: string): void;
  onCallReceived?(sid: string, json: string): void;
  onCallAnswered?(sid: string, json: string): void;
  onCallHangup?(sid: string, json: string): void;
  onCallHold?(sid: string, held: boolean): void;
  onServerConnect?(): void;
  onServerDisconnect?(error?: Error): void;
  onMessageReceived?(text: string): void;
  onServerConnectState?(connected: boolean): void;
  onRegisteredState?(registered: boolean): void;
  /** The server told how a session stands. */
  onSessionStateChange?(sid: string, json: string): void;
  /** A message of the server's API: an event, or a reply that no function here waits for. */
  onAPIReceived?(json: string): void;
  onFileUploadResult?(name: string, ok: boolean, response: string): void;
  /** `percent`, `speed` and `seconds` are texts: `35%`, `12.5k/s`, `3.4`. */
  onFileUploadprogress?(name: string, percent: string, speed: string, seconds: string): void;
  /** `duration` in milliseconds. */
  onCallDTMFReceived?(tone: string, duration: number): void;
}

/** Tells that no connection came about. */
export function tellOfFailure(delegate: ClientDelegate, error: Error): void {
  tell(delegate, 'onServerDisconnect', error);
  tell(delegate, 'onServerConnectState', false);
}

/** Calls a page's function, where there is one. */
export function tell<K extends keyof ClientDelegate>(
  delegate: ClientDelegate,
  name: K,
  ...values: Parameters<NonNullable<ClientDelegate[K]>>
): void {
  try {
    const callback = delegate[name] as ((...values: unknown[]) => void) | undefined;
    if (typeof callback === 'function') callback.apply(delegate, values);
  } catch (error) {
    reportError(error);
  }
}
