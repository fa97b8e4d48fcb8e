import type {IceServers} from '../../core/client/ice-servers.js';
import type {SipClientOptions} from '../../core/client/options.js';
import {SipClientElement} from '../sip-client/sip-client.js';

/** What is read once and taken off the page. */
const SECRET = new Set(['password', 'ice-servers']);
/** What says that a phone has one of its own. */
const NAMING = ['user', 'server', 'host'];

/** The `<sip-client>` of a phone that has one of its own: it gets the attributes that the phone has of it. */
export class OwnClientElement {
  readonly #host: HTMLElement;
  readonly #changed: () => void;
  #element: SipClientElement | undefined;

  /** @param changed - Called when there may be another client. */
  constructor(host: HTMLElement, changed: () => void) {
    this.#host = host;
    this.#changed = changed;
  }

  /** The attributes of a `<sip-client>`. */
  static get attributes(): readonly string[] {
    return SipClientElement.observedAttributes;
  }

  /** It, where the phone names a user or a server: without them it works with the client around it. */
  get element(): SipClientElement | undefined {
    const own = NAMING.some((name) => this.#host.hasAttribute(name)) || Object.keys(this.options).length > 0;
    return own ? this.#made : undefined;
  }

  /** Its options. */
  get options(): Partial<SipClientOptions> {
    return this.#element?.options ?? {};
  }

  set options(options: Partial<SipClientOptions>) {
    this.#made.options = options;
    this.#changed();
  }

  /** Its STUN and TURN servers. */
  get iceServers(): IceServers | undefined {
    return this.#element?.iceServers;
  }

  set iceServers(iceServers: IceServers | undefined) {
    this.#made.iceServers = iceServers;
    this.#changed();
  }

  /** Hands an attribute on; a secret is taken off the phone. */
  set(name: string, value: string | null): void {
    if (value === null && SECRET.has(name)) return;
    if (value === null) this.#made.removeAttribute(name);
    else this.#made.setAttribute(name, value);
    if (SECRET.has(name)) this.#host.removeAttribute(name);
    void this.#made.updateComplete.then(this.#changed);
  }

  get #made(): SipClientElement {
    if (this.#element) return this.#element;
    this.#element = document.createElement('sip-client');
    this.#element.id = 'client';
    // Another client tells of its connection first.
    this.#element.addEventListener('sip-connection', this.#changed);
    return this.#element;
  }
}
