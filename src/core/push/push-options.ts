/** A push subscription that the page has made itself (W3C Push API). */
export interface PushAddress {
  /** The address that the push service has given the browser. */
  readonly endpoint: string;
}

/** How a server wakes the page while it is closed. */
export interface PushOptions {
  /** The address of `sip-push-worker.js`, or of your own service worker that imports it, on the page's origin. */
  readonly worker?: string | URL;
  /**
   * The scope of the worker.
   *
   * @defaultValue a folder beside the worker, which contains no page
   */
  readonly scope?: string;
  /**
   * The public key of the server that sends the pushes (VAPID, RFC 8292), in base64url. With it, the server counts as one that
   * sends pushes even if it does not tell so.
   *
   * @defaultValue the one that the server names when the user registers
   */
  readonly key?: string;
  /** The subscription of a page that subscribes itself, or a function that returns it. */
  readonly subscription?: PushAddress | (() => PushAddress | Promise<PushAddress>);
  /**
   * For how many seconds a closed page can be woken, 60–2,592,000; the server may allow less. Opening the page begins anew.
   *
   * @defaultValue 604800, a week
   */
  readonly expires?: number;
  /**
   * The page that a notification opens.
   *
   * @defaultValue the page that has subscribed
   */
  readonly page?: string | URL;
}

/** The option `push`: the address of the worker alone, or more. */
export type PushOption = string | PushOptions;

/** What a registration asks and learns about pushes (RFC 8599). */
export interface PushBinding {
  /** The parameters of the Contact's URI, each with its semicolon; empty for none. */
  readonly parameters: string;
  /** For how many seconds the server is to keep the registration; 0 for the usual time. */
  readonly lifetime: number;
  /** Whether the server wakes the page after it was closed: its registration stays. */
  readonly wakes: boolean;
  /** Calls the listener when the registration is to be renewed. */
  follow(renew: () => void): void;
  /**
   * Returns the lifetime by which the registration is renewed, in seconds, of the granted and the usual one: a page that is
   * woken asks for a long one, and notices just as early that the server has lost it.
   */
  renewedAs(granted: number, usual: number): number;
  /** Receives the values of the Feature-Caps headers (RFC 6809) of each response that accepts a registration. */
  accepted(featureCaps: readonly string[]): void;
  /** Receives that the server refuses the parameters (555); returns true if the next request has none. */
  refused(): boolean;
}

/** The option as the page has given it, with what its client makes of it once it connects. */
export interface PushSlot {
  readonly given: PushOption;
  binding?: PushBinding;
}
