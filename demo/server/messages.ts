import {API_REPLY_TYPE, API_REQUEST_TYPE} from '../../src/dispatch/protocol.js';
import {passedOn, type Binding, type IncomingMessage, type SipHub} from './sip/index.js';
import type {Users} from './users.js';

/** Only the server speaks these: a user who sent one to another could forge its replies. */
const OWN: ReadonlySet<string> = new Set([API_REQUEST_TYPE, API_REPLY_TYPE]);

/** Existing clients show everything as text; these go to parties alone whose `Accept` named them (§8.12). */
const ON_DEMAND: ReadonlySet<string> = new Set([
  'message/cpim',
  'message/imdn+xml',
  'application/im-iscomposing+xml',
]);

/**
 * Brings a MESSAGE to every registration of its callee; the sender's status follows the delivery.
 *
 * 404 unknown number, 480 known but absent, 415 a type that nobody there takes, 200 where one client took it,
 * otherwise what the client answered, as far as that is for the sender.
 */
export async function relayMessage(hub: SipHub, users: Users, message: IncomingMessage): Promise<void> {
  message.answer(await deliver(hub, users, message));
}

async function deliver(hub: SipHub, users: Users, message: IncomingMessage): Promise<number> {
  const type = message.contentType.split(';')[0]?.trim().toLowerCase() ?? '';
  if (OWN.has(type)) return 415;
  if (!users.get(message.to)) return 404;
  const bindings = hub.bindings(message.to);
  if (bindings.length === 0) return 480;
  const takers = bindings.filter((binding) => !ON_DEMAND.has(type) || accepts(binding, type));
  if (takers.length === 0) return 415;
  const from = {number: message.from, name: users.get(message.from)?.name ?? ''};
  const statuses = await Promise.all(
    takers.map(async (binding) => {
      const status = await binding.connection.message(binding, from, message.content, message.contentType);
      // The socket went, or nobody answered: he is absent.
      return status === 408 || status === 503 ? 480 : status;
    }),
  );
  return statuses.find((status) => status < 300) ?? passedOn(Math.max(...statuses));
}

function accepts(binding: Binding, type: string): boolean {
  return binding.accept.some((named) => named.split(';')[0]?.trim() === type);
}
