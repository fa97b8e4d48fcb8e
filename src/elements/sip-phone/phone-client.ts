import {isServer} from 'lit';
import {CLIENT_CHANGE} from '../../core/client/client-change.js';
import type {IceServers} from '../../core/client/ice-servers.js';
import type {SipClientOptions} from '../../core/client/options.js';
import {SECRETS} from '../sip-client/client-attributes.js';
import {SipClientElement} from '../sip-client/sip-client.js';

/** Attributes that give a phone a client: its own, or that of the documented functions. */
const NAMING = ['user', 'server', 'host', 'functions'];

/** The `<sip-client>` of a phone that has its own client; receives the phone's attributes. */
export class PhoneClient {
  readonly #host: HTMLElement & {readonly login: boolean};
  readonly #changed: () => void;
  #element: SipClientElement | undefined;
  /** Whether the client waits until the user has signed in. */
  waits = false;

  /** @param changed - Called when the client may have changed. */
  constructor(host: HTMLElement & {readonly login: boolean}, changed: () => void) {
    this.#host = host;
    this.#changed = changed;
  }

  /** The attributes of a `<sip-client>`. */
  static get attributes(): readonly string[] {
    return SipClientElement.observedAttributes;
  }

  /**
   * The element, if the phone names a user or a server or sets options; otherwise the phone uses the surrounding
   * client.
   */
  get element(): SipClientElement | undefined {
    // A server makes no client.
    if (this.waits || isServer) return undefined;
    const own =
      this.#host.login ||
      NAMING.some((name) => this.#host.hasAttribute(name)) ||
      Object.keys(this.options).length > 0;
    return own ? this.made : undefined;
  }

  /** The options of the element. */
  get options(): Partial<SipClientOptions> {
    return this.#element?.options ?? {};
  }

  set options(options: Partial<SipClientOptions>) {
    this.#assign({options});
  }

  /** The STUN and TURN servers of the element. */
  get iceServers(): IceServers | undefined {
    return this.#element?.iceServers;
  }

  set iceServers(iceServers: IceServers | undefined) {
    this.#assign({iceServers});
  }

  /** Forwards an attribute; a secret is removed from the phone. */
  set(name: string, value: string | null): void {
    if (value === null && SECRETS.includes(name)) return;
    // The user connects by signing in.
    if (name === 'autoconnect' && (this.#host.login || this.#host.hasAttribute('login'))) return;
    if (value === null) this.made.removeAttribute(name);
    else this.made.setAttribute(name, value);
    if (SECRETS.includes(name)) this.#host.removeAttribute(name);
    // A client that waits is on no page, and not updated.
    if (this.waits) this.#changed();
    else void this.made.updateComplete.then(this.#changed);
  }

  #assign(values: Partial<SipClientElement>): void {
    if (isServer) return;
    Object.assign(this.made, values);
    this.#changed();
  }

  /** The element, made on first use. */
  get made(): SipClientElement {
    if (this.#element) return this.#element;
    this.#element = document.createElement('sip-client');
    this.#element.id = 'client';
    this.#element.addEventListener(CLIENT_CHANGE, this.#changed);
    return this.#element;
  }
}
