import {holdLock} from '../../locks.js';
import type {Page} from './page.js';
import {lockName, type JoinRequest} from './port-messages.js';

/** The instance id in a Contact (RFC 5626 §4.1). */
export const INSTANCE = /\+sip\.instance="<urn:uuid:([^>]*)>"/i;

/**
 * Returns an id that a page says a worker has given, a UUID or its beginning. A page may say any text, which would stand in
 * the requests of all others.
 */
const known = (said: unknown): string | undefined =>
  typeof said === 'string' && /^[\da-f-]{8,36}$/.test(said) ? said : undefined;

/**
 * The identity of the phone at its server: one instance id and one Contact for all pages.
 *
 * A page's Contact becomes `phone.page@host`: a server can find the phone's connection by it.
 */
export class PhoneIdentity {
  /** The worker's own id, for its lock. */
  readonly worker: string = crypto.randomUUID();
  /** The instance id; empty until it is claimed, and if the browser refuses the worker's lock. */
  instance = '';
  /** Resolves once the instance id is claimed; undefined before the first page. */
  claimed: Promise<void> | undefined;
  /** The user part of the Contact. */
  user = '';
  #host = '';
  readonly #isLocked = holdLock(lockName('worker', this.worker), {ifAvailable: true, isVital: true});

  /** Claims the instance id and the user part of an earlier worker, if a page knows them. */
  claim({instance, user}: JoinRequest): void {
    this.claimed ??= this.#claimInstance(known(instance));
    this.user ||= known(user) ?? '';
  }

  /** Takes the id of an earlier worker unless that one is alive: the server then replaces its registration. */
  async #claimInstance(former: string | undefined): Promise<void> {
    if (!(await this.#isLocked)) return;
    const claims = (id: string): Promise<boolean> => holdLock(lockName('phone', id), {ifAvailable: true});
    const instance = former && (await claims(former)) ? former : crypto.randomUUID();
    if (instance !== former) await claims(instance);
    this.#host = `${instance.slice(-12)}.invalid`;
    this.instance = instance;
  }

  /** A page's REGISTER as that of the phone. */
  registerOf({user, host}: Page, text: string): string {
    return text
      .replaceAll(`${user}@${host}`, `${this.user}@${this.#host}`)
      .replace(INSTANCE, `+sip.instance="<urn:uuid:${this.instance}>"`);
  }

  /** A page's message with the phone's Contact in place of the page's. */
  messageOf({user, host}: Page, text: string): string {
    return user ? text.replaceAll(`${user}@${host}`, `${this.user}.${user}@${this.#host}`) : text;
  }
}
