import type {LocalizeController} from '../../../controllers/localize-controller.js';
import type {BaseClient} from '../../../core/client/client.js';

/** Whether the client can make calls. */
export function isRegistered(client: BaseClient | undefined): boolean {
  return client?.state.registration === 'registered' && client.state.connection === 'connected';
}

/** Returns why the client can make no calls; undefined if it can. */
export function unregisteredReason(
  client: BaseClient | undefined,
  localize: LocalizeController,
): string | undefined {
  return isRegistered(client) ? undefined : localize.describe({code: 'not-registered'});
}
