import {API_CODE} from '../../src/dispatch/protocol.js';
import type {ApiContext} from '../api/handlers.js';
import {reasonOf} from '../log.js';
import type {CallServices} from './call-services.js';
import type {Session} from './sessions.js';

/** A requested session whose asker is invited first. */
export interface Placed extends Pick<Session, 'cid' | 'end'> {
  /** Invites the asker; resolves when the INVITE was sent. */
  inviteAsker(): Promise<void>;
}

/** A session whose asker is invited first. */
export interface PlacedSession extends Session, Placed {}

/**
 * How long a client has to read one socket before something follows on its other one, in milliseconds
 * (docs/protocol/clients.md#order).
 */
const CARRIER_LEAD = 150;

/** Replies to the asker and invites them, in the order that the server is set to (docs/protocol/calls.md#order). */
export async function place(
  services: CallServices,
  context: ApiContext,
  session: Placed,
  body: Readonly<Record<string, unknown>> = {},
): Promise<undefined> {
  const reply = {code: API_CODE.none, body: {cid: session.cid, ...body}};
  try {
    if (services.inviteOrder === 'reply-first') {
      await context.reply(reply);
      await lead(context);
      await session.inviteAsker();
    } else {
      await session.inviteAsker();
      await lead(context);
      await context.reply(reply);
    }
  } catch (error) {
    services.log(`session ${session.cid}: ${reasonOf(error)}`);
    void session.end();
  }
}

/** Messages on two sockets have no order: the one that must be read first gets a lead. */
function lead({carrier}: ApiContext): Promise<void> {
  if (carrier === 1) return Promise.resolve();
  return new Promise((resolve) => setTimeout(resolve, CARRIER_LEAD));
}
