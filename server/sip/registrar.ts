import type {IncomingRequestMessage, NameAddrHeader} from 'sip.js/lib/core/index.js';
import {EXPIRES} from '../../src/dispatch/protocol.js';
import type {Binding, BindingEnd, Line} from './binding.js';
import {WILDCARD_HEADER, type SipConnection} from './connection.js';

/** The events of the registrar. */
export interface RegistrarEvents {
  /** A binding was created or refreshed. */
  onBound(binding: Binding, isNew: boolean): void;
  /** A binding ended. */
  onGone(binding: Binding, why: BindingEnd): void;
}

/** The result of a REGISTER: a status, and the Contact values of the answer. */
export interface Registration {
  readonly status: 200 | 400;
  readonly contacts: readonly string[];
}

interface Entry {
  readonly binding: Binding;
  readonly timer: NodeJS.Timeout;
}

/** The most bindings of one user: a call rings on all of them. */
const MOST_BINDINGS = 20;

/**
 * Keeps the bindings of users: a user may have several, each with its own lifetime (RFC 3261 §10.3).
 *
 * A binding is kept some seconds after it expired, because existing clients refresh at 99 % of the lifetime
 * (docs/protocol/clients.md#registration). A new binding beyond the most that a user may have replaces the one that
 * expires first.
 */
export class Registrar {
  readonly #users = new Map<string, Map<string, Entry>>();
  readonly #onConnection = new Map<Line, Set<Binding>>();
  readonly #events: RegistrarEvents;
  readonly #grace: number;

  /** @param grace - Seconds between a binding's expiry and its end. */
  constructor(events: RegistrarEvents, grace: number) {
    this.#events = events;
    this.#grace = grace;
  }

  /** The number of bindings. */
  get size(): number {
    let size = 0;
    for (const entries of this.#users.values()) size += entries.size;
    return size;
  }

  /** Returns a user's bindings in the order of their creation. */
  bindings(user: string): Binding[] {
    return [...(this.#users.get(user)?.values() ?? [])].map((entry) => entry.binding);
  }

  /** Returns the user who is registered over a connection. */
  userOf(connection: SipConnection): string | undefined {
    for (const {user} of this.#onConnection.get(connection) ?? []) return user;
    return undefined;
  }

  /** Executes an authorized REGISTER. */
  register(message: IncomingRequestMessage, user: string, connection: SipConnection): Registration {
    const contacts = message.getHeaders('contact');
    if (message.hasHeader(WILDCARD_HEADER)) {
      if (contacts.length > 0 || message.getHeader('expires')?.trim() !== '0') {
        return {status: 400, contacts: []};
      }
      for (const binding of this.bindings(user)) this.remove(binding, 'unregistered');
      return {status: 200, contacts: []};
    }
    const own = new Map<string, string>();
    for (const [index, raw] of contacts.entries()) {
      const contact = message.parseHeader('contact', index) as NameAddrHeader | undefined;
      if (!contact?.uri) return {status: 400, contacts: []};
      const expires = lifetime(contact.getParam('expires') ?? message.getHeader('expires'));
      const address = contact.uri.toString();
      if (expires === 0) this.#forget(user, address);
      else {
        this.#bind(user, contact, expires, message, connection);
        own.set(address, `${raw.replace(/;\s*expires\s*=\s*[^;,\s]+/gi, '')};expires=${expires}`);
      }
    }
    // Its own Contact comes first: existing clients read only that. The user's others follow (RFC 3261 §10.3, step 8).
    const kept = [...own].filter(([address]) => this.#users.get(user)?.has(address));
    const others = this.bindings(user).filter((binding) => !own.has(binding.contact));
    return {status: 200, contacts: [...kept.map(([, contact]) => contact), ...others.map(describe)]};
  }

  /** Ends a binding; does nothing if it has ended already. */
  remove(binding: Binding, why: BindingEnd): void {
    const entries = this.#users.get(binding.user);
    const entry = entries?.get(binding.contact);
    if (!entries || !entry) return;
    clearTimeout(entry.timer);
    entries.delete(binding.contact);
    if (entries.size === 0) this.#users.delete(binding.user);
    this.#detach(entry.binding);
    this.#events.onGone(entry.binding, why);
  }

  /** Ends the bindings of a connection. */
  drop(connection: SipConnection, why: BindingEnd): void {
    for (const binding of [...(this.#onConnection.get(connection) ?? [])]) this.remove(binding, why);
  }

  #attach(binding: Binding): void {
    const bindings = this.#onConnection.get(binding.connection) ?? new Set();
    this.#onConnection.set(binding.connection, bindings.add(binding));
  }

  #detach(binding: Binding): void {
    const bindings = this.#onConnection.get(binding.connection);
    bindings?.delete(binding);
    if (bindings?.size === 0) this.#onConnection.delete(binding.connection);
  }

  #forget(user: string, address: string): void {
    const entry = this.#users.get(user)?.get(address);
    if (entry) this.remove(entry.binding, 'unregistered');
  }

  /**
   * Replaces the binding from before a client's reload: a client has one binding per instance and flow (RFC 5626 §6).
   */
  #supersede(user: string, address: string, instance: string | undefined, regId: string | undefined): void {
    if (instance === undefined || regId === undefined) return;
    for (const binding of this.bindings(user)) {
      const same = binding.instance === instance && binding.regId === regId;
      if (same && binding.contact !== address) this.remove(binding, 'replaced');
    }
  }

  #makeRoom(user: string): void {
    const bindings = this.bindings(user);
    if (bindings.length < MOST_BINDINGS) return;
    this.remove(
      bindings.reduce((first, other) => (expiry(other) < expiry(first) ? other : first)),
      'replaced',
    );
  }

  #bind(
    user: string,
    contact: NameAddrHeader,
    expires: number,
    message: IncomingRequestMessage,
    at: SipConnection,
  ): void {
    const address = contact.uri.toString();
    let before = this.#users.get(user)?.get(address);
    if (before && before.binding.connection !== at) {
      // The same Contact over another socket: the client reconnected before the old socket was known to be dead.
      this.remove(before.binding, 'replaced');
      before = undefined;
    }
    if (before) {
      clearTimeout(before.timer);
      this.#detach(before.binding);
    }
    const instance = contact.getParam('+sip.instance')?.replace(/["<>]/g, '');
    const regId = contact.getParam('reg-id') ?? undefined;
    this.#supersede(user, address, instance, regId);
    if (!before) this.#makeRoom(user);
    const binding: Binding = {
      user,
      contact: address,
      uri: contact.uri,
      connection: at,
      instance,
      regId,
      domain: message.to.uri.host,
      accept: message
        .getHeaders('accept')
        .flatMap((value) => value.toLowerCase().split(','))
        .map((named) => named.trim()),
      refreshedAt: Date.now(),
      expires,
    };
    const timer = setTimeout(() => this.remove(binding, 'expired'), (expires + this.#grace) * 1000);
    const entries = this.#users.get(user) ?? new Map<string, Entry>();
    this.#users.set(user, entries.set(address, {binding, timer}));
    this.#attach(binding);
    this.#events.onBound(binding, before === undefined);
  }
}

/**
 * Returns the granted lifetime, in seconds: 0 unregisters, a value out of range becomes the default
 * (docs/protocol/sign-in.md#registration).
 */
function lifetime(asked: string | undefined): number {
  const text = asked?.trim() ?? '';
  const seconds = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (seconds === 0) return 0;
  return seconds >= EXPIRES.min && seconds <= EXPIRES.max ? seconds : EXPIRES.default;
}

/** When a binding expires, in milliseconds since the epoch. */
function expiry({refreshedAt, expires}: Binding): number {
  return refreshedAt + expires * 1000;
}

function describe(binding: Binding): string {
  const left = Math.ceil((expiry(binding) - Date.now()) / 1000);
  return `<${binding.contact}>;expires=${Math.max(left, 0)}`;
}
