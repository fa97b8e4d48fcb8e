import {holdLock} from '../../locks.js';
import {randomUuid} from '../../core/util/uuid.js';
import type {Page} from './page.js';
import {phoneLock, workerLock, type JoinRequest} from './port-messages.js';

/** The instance id in a Contact (RFC 5626 §4.1). */
export const INSTANCE = /\+sip\.instance="<urn:uuid:([^>]*)>"/i;

/**
 * The identity of the phone at its server: one instance id and one Contact for all pages.
 *
 * A page's Contact becomes `phone.page@host`: a server can find the phone's connection by it.
 */
export class PhoneIdentity {
  /** The worker's own id, for its lock. */
  readonly worker = randomUuid();
  /** Whether the worker holds its lock. */
  readonly isLocked = holdLock(workerLock(this.worker), {isVital: true});
  /** The user part of the Contact. */
  user = '';
  #host = '';
  #instance: Promise<string> | undefined;

  /** The instance id; undefined before the first page. */
  get instance(): Promise<string> | undefined {
    return this.#instance;
  }

  /** Claims the instance id and the user part of an earlier worker, if a page knows them. */
  claim({instance, user}: JoinRequest): void {
    this.#instance ??= this.#claimInstance(instance);
    this.user ||= user ?? '';
  }

  /** Takes the id of an earlier worker unless that one is alive: the server then replaces its registration. */
  async #claimInstance(former: string | undefined): Promise<string> {
    await this.isLocked;
    const claims = (id: string): Promise<boolean> => holdLock(phoneLock(id), {ifAvailable: true});
    const instance = former && (await claims(former)) ? former : randomUuid();
    if (instance !== former) await claims(instance);
    this.#host = `${instance.slice(-12)}.invalid`;
    return instance;
  }

  /** Resolves with a page's REGISTER as that of the phone. */
  async registerOf({user, host}: Page, text: string): Promise<string> {
    const instance = await this.#instance;
    return text
      .replaceAll(`${user}@${host}`, `${this.user}@${this.#host}`)
      .replace(INSTANCE, `+sip.instance="<urn:uuid:${instance}>"`);
  }

  /** A page's message with the phone's Contact in place of the page's. */
  messageOf({user, host}: Page, text: string): string {
    return user ? text.replaceAll(`${user}@${host}`, `${this.user}.${user}@${this.#host}`) : text;
  }
}
