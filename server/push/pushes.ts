import type {IncomingRequestMessage, NameAddrHeader} from 'sip.js/lib/core/index.js';
import {makeKey, PushSender} from '../../demo/infra/kamailio/web-push.mjs';
import {reasonOf, type Log} from '../log.js';
import {pause} from '../pause.js';
import type {Binding} from '../sip/index.js';

/** What the pushes need of the server. */
export interface PushServices {
  readonly log: Log;
  /** Returns where a user is registered. */
  bindings(user: string): readonly Binding[];
  /** Notifies of registrations. Returns a function that stops it. */
  onBindingMade(listener: (binding: Binding) => void): () => void;
  /** How long a call waits for a page, in milliseconds. */
  readonly patience: number;
  /** Further hosts that pushes may go to. */
  readonly hosts: readonly string[];
}

/** A call that waits until a page of its callee has registered. */
export interface Waking {
  /** Where the callee is registered now; nowhere if no page has come in time. */
  readonly bindings: Promise<readonly Binding[]>;
  /** Waits no longer. */
  stop(): void;
}

/** A browser that is woken. */
interface Subscription {
  /** The instance that has registered it last (RFC 5626). */
  readonly instance: string | undefined;
  /** When it ends, in milliseconds since the epoch. */
  readonly until: number;
}

/** The one push service that the server knows (RFC 8599 §4.1.1). */
const PROVIDER = 'webpush';

/** The status of a REGISTER with another one (RFC 8599 §8). */
const NOT_SUPPORTED = 555;

/** The most browsers of a user that are woken. */
const MOST_SUBSCRIPTIONS = 5;

/** The longest time for which a browser is woken, in seconds: 30 days. */
const LONGEST_S = 2_592_000;

/** Where push services reach the sender. */
const CONTACT = 'mailto:phones@example.com';

/** The longest address of a subscription. */
const LONGEST_ENDPOINT = 2_000;

/**
 * Wakes the closed pages of users for calls (docs/push.md): keeps the subscriptions that registrations name (RFC 8599), in memory,
 * and sends pushes to them.
 */
export class Pushes {
  readonly #services: PushServices;
  readonly #sender: PushSender;
  /** By the user, then by the address of the push service; the newest last. */
  readonly #users = new Map<string, Map<string, Subscription>>();

  constructor(services: PushServices) {
    this.#services = services;
    this.#sender = new PushSender(makeKey(), CONTACT, services.hosts);
  }

  /**
   * Notes what an authorized REGISTER names. Returns the headers of the answer, or the status that refuses it.
   *
   * @param removesAll - Whether it ends all registrations of the user.
   */
  note(message: IncomingRequestMessage, user: string, removesAll: boolean): readonly string[] | number {
    if (removesAll) this.#users.delete(user);
    const contacts = message
      .getHeaders('contact')
      .map((_, index) => message.parseHeader('contact', index) as NameAddrHeader | undefined)
      .filter((contact) => contact !== undefined);
    const asking = contacts.filter(({uri}) => uri.hasParam('pn-provider'));
    if (asking.some(({uri}) => uri.getParam('pn-provider') !== PROVIDER)) return NOT_SUPPORTED;
    for (const contact of contacts) this.#keep(user, contact, message.getHeader('expires'));
    return asking.length
      ? [`Feature-Caps: *;+sip.pns="${PROVIDER}";+sip.vapid="${this.#sender.publicKey}"`]
      : [];
  }

  /** Whether a user has a page that can be woken. */
  wakes(user: string): boolean {
    const known = this.#users.get(user);
    for (const [endpoint, {until}] of known ?? []) if (until <= Date.now()) known!.delete(endpoint);
    return (known?.size ?? 0) > 0;
  }

  /** Sends pushes to a user who is registered nowhere. */
  wake(user: string): Waking {
    const services = this.#services;
    const limit = pause(services.patience);
    let found: (bindings: readonly Binding[]) => void = () => undefined;
    const registered = new Promise<readonly Binding[]>((resolve) => (found = resolve));
    const forget = services.onBindingMade((binding) => {
      if (binding.user === user) found(services.bindings(user));
    });
    void limit.promise.then(() => found([]));
    void this.#send(user).then((mayCome) => {
      if (!mayCome) found([]);
    });
    const stop = (): void => {
      forget();
      limit.stop();
      found([]);
    };
    return {bindings: registered.finally(stop), stop};
  }

  #keep(user: string, contact: NameAddrHeader, expires: string | undefined): void {
    const known = this.#users.get(user) ?? new Map<string, Subscription>();
    const instance = contact.getParam('+sip.instance') ?? undefined;
    const endpoint = endpointOf(contact.uri.getParam('pn-prid') ?? '');
    // A browser that names none, or another one, has ended the earlier one.
    for (const [other, subscription] of known)
      if (other === endpoint || (instance !== undefined && subscription.instance === instance))
        known.delete(other);
    const seconds = Math.min(Number(contact.getParam('expires') ?? expires ?? 0), LONGEST_S);
    if (endpoint !== undefined && seconds > 0)
      known.set(endpoint, {instance, until: Date.now() + seconds * 1000});
    for (const oldest of [...known.keys()].slice(0, -MOST_SUBSCRIPTIONS)) known.delete(oldest);
    if (known.size > 0) this.#users.set(user, known);
    else this.#users.delete(user);
  }

  /** Resolves with whether a page may come. */
  async #send(user: string): Promise<boolean> {
    const known = this.#users.get(user);
    const sent = [...(known?.keys() ?? [])].map(async (endpoint) => {
      try {
        const status = await this.#sender.send(endpoint);
        // The push service has ended the subscription (RFC 8030 §6.2).
        if (status === 404 || status === 410) known!.delete(endpoint);
        this.#services.log(`push: ${status}`);
      } catch (error) {
        this.#services.log(`push: ${reasonOf(error)}`);
      }
    });
    await Promise.all(sent);
    return this.wakes(user);
  }
}

/** Returns the address that a `pn-prid` has; undefined if it is none. */
function endpointOf(prid: string): string | undefined {
  try {
    const endpoint = decodeURIComponent(prid);
    return endpoint.length <= LONGEST_ENDPOINT && URL.canParse(endpoint) ? endpoint : undefined;
  } catch {
    return undefined;
  }
}
