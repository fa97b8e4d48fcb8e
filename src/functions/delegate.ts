/**
 * The page's callbacks, all optional. `json` is text: see `CallRecord`.
 *
 * If a callback throws, its error is reported like an error in an event listener, and the client continues.
 */
export interface ClientDelegate {
  /** A call that a function or an element requested has received its id; after `connect`, also one that was there before. */
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
  /** The server reported the state of a session. */
  onSessionStateChange?(sid: string, json: string): void;
  /** A message of the server's API: an event, or a reply that no function here awaits. */
  onAPIReceived?(json: string): void;
  onFileUploadResult?(name: string, ok: boolean, response: string): void;
  /** `percent`, `speed` and `seconds` are texts: `35%`, `12.5k/s`, `3.4`. */
  onFileUploadprogress?(name: string, percent: string, speed: string, seconds: string): void;
  /** `duration` in milliseconds. */
  onCallDTMFReceived?(tone: string, duration: number): void;
}

/** Reports that connecting failed. */
export function reportFailure(delegate: ClientDelegate, error: Error): void {
  tell(delegate, 'onServerDisconnect', error);
  tell(delegate, 'onServerConnectState', false);
}

/** Calls a callback of the page, if there is one. */
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
