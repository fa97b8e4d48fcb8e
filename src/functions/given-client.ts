import type {BaseClient} from '../core/client/client.js';
import {CLIENT_CONTEXT} from '../core/client/client-context.js';
import {SipError} from '../errors.js';
import {Account} from './account.js';
import {currentAccount, publish, report, use} from './run.js';

/**
 * Uses a client of the page instead of one that `init` makes. The functions follow the client of a `<sip-client>`, also
 * of one that is not defined yet. `disconnect` ends the reports to the page, and nothing else.
 *
 * @param from - A `SipClient` or a `<sip-client>`.
 */
export function useClient(from: BaseClient | HTMLElement | null): void {
  report('useClient', async () => {
    const given: unknown = from;
    if (isClient(given)) return use(new Account(given, true));
    const account = new Account(undefined, true);
    const onClient = (client: BaseClient | undefined): void => {
      account.replace(client);
      publish();
    };
    if (!isElement(given) || !followClient(given, onClient, account.closing))
      throw new SipError('bad-argument', {subject: 'useClient, from: not a SipClient or <sip-client>'});
    // Both would wait for each other.
    if (given.hasAttribute('functions') && !account.client)
      throw new SipError('bad-argument', {
        subject: 'useClient, from: its attribute “functions” takes this client',
      });
    use(account);
  });
}

/** The client that the functions use; undefined before `init`. */
export function getClient(): BaseClient | undefined {
  return currentAccount()?.client;
}

/** The client may be of another bundle, whose class is another one. */
function isClient(from: unknown): from is BaseClient {
  return has(from, 'createSession');
}

function isElement(from: unknown): from is Element {
  return has(from, 'localName');
}

function has(from: unknown, name: string): boolean {
  return typeof from === 'object' && from !== null && name in from;
}

/**
 * Follows the client that an element provides, by the context protocol that the elements use themselves.
 *
 * @returns Whether the element provides a client, or is not defined yet.
 */
function followClient(
  element: Element,
  onClient: (client: BaseClient | undefined) => void,
  signal: AbortSignal,
): boolean {
  let provides = false;
  const callback = (client: BaseClient | undefined, unsubscribe: () => void): void => {
    provides = true;
    if (signal.aborted) unsubscribe();
    else onClient(client);
  };
  const ask = (): void => {
    if (!element.matches(':defined')) return;
    const request = new Event('context-request');
    // The provider ignores requests of its own.
    element.dispatchEvent(
      Object.assign(request, {context: CLIENT_CONTEXT, contextTarget: document, callback, subscribe: true}),
    );
  };
  // Dispatched when the element is upgraded.
  element.addEventListener('context-provider', ask, {signal});
  ask();
  return provides || !element.matches(':defined');
}
