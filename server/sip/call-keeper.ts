import type {Binding} from './binding.js';
import type {SipConnection, SipMessage} from './connection.js';

/** How long the calls of a client wait for another page of it that has registered, in milliseconds. */
const SUCCESSOR_PATIENCE = 10_000;

/** A page of a client, by its registration; only clients with an instance id can be recognized (RFC 5626 §4.1). */
type Page = Pick<Binding, 'user' | 'contact' | 'instance' | 'regId'>;

/**
 * Keeps the answered calls of closed connections until their client returns, or for some time.
 *
 * If the same page registers again, from the same Contact, its connection carries the calls on. Another page of the same
 * instance, such as after a reload, replaces the calls by its INVITEs (RFC 3891). Calls that it has not replaced end ten
 * seconds after its first registration.
 */
export class CallKeeper {
  readonly #patience: number;
  readonly #pages = new WeakMap<SipConnection, Page>();
  /** The closed connections whose calls nobody carries, and what ends them. */
  readonly #lost = new Map<SipConnection, NodeJS.Timeout>();
  /** The closed connections that have calls. */
  readonly #kept = new Set<SipConnection>();
  #closed = false;

  /** @param patience - How long calls wait for their client, in milliseconds. */
  constructor(patience: number) {
    this.#patience = patience;
  }

  /** The closed connections that have calls. */
  get kept(): ReadonlySet<SipConnection> {
    return this.#kept;
  }

  /**
   * Returns the lost connection that a message is for, if the message comes from its client; `awaited` if that is not known
   * yet.
   */
  ownerOf(message: SipMessage, from: SipConnection): SipConnection | 'awaited' | undefined {
    const owner = [...this.#lost.keys()].find((connection) => connection.owns(message));
    const page = this.#pages.get(from);
    if (owner && !page) return 'awaited';
    return owner && this.#isOf(owner, page!) && owner;
  }

  /**
   * Continues the calls of a page that has registered over a connection.
   *
   * @param open - The open connections.
   */
  registered(connection: SipConnection, page: Page, open: Iterable<SipConnection>): void {
    const isRefresh = this.#isOf(connection, page) === 'page';
    if (page.instance !== undefined && !isRefresh) {
      this.#pages.set(connection, page);
      // The client may know before the server that the old WebSocket is dead.
      for (const other of [...open])
        if (other !== connection && this.#isOf(other, page) === 'page') other.lose();
      for (const other of [...this.#lost.keys()]) this.#return(other, page, connection);
    }
    connection.admit();
  }

  /** Keeps the calls of a connection that has closed. */
  lost(connection: SipConnection): void {
    const page = this.#pages.get(connection);
    for (const each of [connection, ...connection.release()]) {
      if (!each.hasCalls || !page || this.#closed) each.end();
      if (each.ended.aborted) continue;
      if (each !== connection) this.#pages.set(each, page!);
      this.#kept.add(each);
      this.#wait(each, this.#patience);
      each.ended.addEventListener('abort', () => {
        clearTimeout(this.#lost.get(each));
        this.#lost.delete(each);
        this.#kept.delete(each);
      });
    }
  }

  /** Gives up all calls, also those of connections that close later. */
  close(): void {
    this.#closed = true;
    for (const connection of [...this.#kept]) connection.end();
  }

  #return(lost: SipConnection, page: Page, connection: SipConnection): void {
    const same = this.#isOf(lost, page);
    if (!same) return;
    if (same === 'instance') return this.#wait(lost, Math.min(this.#patience, SUCCESSOR_PATIENCE));
    clearTimeout(this.#lost.get(lost));
    this.#lost.delete(lost);
    connection.carry(lost);
  }

  #wait(connection: SipConnection, milliseconds: number): void {
    clearTimeout(this.#lost.get(connection));
    this.#lost.set(
      connection,
      setTimeout(() => connection.end(), milliseconds),
    );
  }

  /** Whether a connection is of the same page, or of another page of the same instance. */
  #isOf(connection: SipConnection, page: Page): 'page' | 'instance' | undefined {
    const own = this.#pages.get(connection);
    if (own?.user !== page.user || own.instance !== page.instance || own.regId !== page.regId)
      return undefined;
    return own.contact === page.contact ? 'page' : 'instance';
  }
}
