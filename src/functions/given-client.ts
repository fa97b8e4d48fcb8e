import {CLIENT_CHANGE} from '../core/client/client-change.js';
import type {BaseClient} from '../core/client/client.js';
import {clientOf, isClientElement, isClientSource} from '../core/client/client-source.js';
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
    if (!isClientSource(given))
      throw new SipError('bad-argument', {subject: 'useClient, from: not a SipClient or <sip-client>'});
    const account = new Account(clientOf(given), true);
    if (isClientElement(given)) {
      // Both would wait for each other.
      if (given.hasAttribute('functions') && !account.client)
        throw new SipError('bad-argument', {
          subject: 'useClient, from: its attribute “functions” takes this client',
        });
      const onChange = (): void => {
        account.replace(given.client);
        publish();
      };
      given.addEventListener(CLIENT_CHANGE, onChange, {signal: account.closing});
    }
    use(account);
  });
}

/** The client that the functions use; undefined before `init`. */
export function getClient(): BaseClient | undefined {
  return currentAccount()?.client;
}
