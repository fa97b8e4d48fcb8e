import {CALL_TYPE} from '../../src/dispatch/protocol.js';
import {reasonOf} from '../log.js';
import {takeOver} from '../pbx/take-over.js';
import {refusedWith, type IncomingInvite, type Replaces, type SipConnection} from '../sip/index.js';
import {CallLeg} from './call-leg.js';
import type {CallServices} from './call-services.js';
import {TwoPartySession} from './two-party-session.js';

/**
 * Connects a call that a client makes by SIP through the server with its media (RFC 3261, as a back-to-back user
 * agent), or refuses it: 404 if the number does not exist, 480 if it is not registered, 486 if it is not to be disturbed,
 * 503 if the caller has too many sessions. The callee gets `ids` with ctype 1, without which existing clients ignore it (docs/protocol/clients.md#invites).
 */
export function connectInvite(
  services: CallServices,
  connection: SipConnection,
  incoming: IncomingInvite,
): void {
  const {from, fromName, to, replaces} = incoming;
  if (replaces) return continueCall(services, connection, incoming, replaces);
  // Who picks up, retrieves or listens has no session of their own, but a leg in another one.
  const taken = [...services.legs].filter(({user, binding}) => user === from && !binding);
  if (services.sessions.areFullFor(from) || taken.length >= services.sessionsLimit)
    return incoming.reject(503);
  if (takeOver(services, incoming)) return;
  const callee = services.pbx.calleeOf(to, from, false);
  if (typeof callee === 'number') return incoming.reject(callee);
  const called = callee.party;
  const bindings = callee.bindings.filter((binding) => binding.connection !== connection);
  // A closed page that is woken is called once it has registered.
  const wakes = callee.bindings.length === 0 && services.pushes.wakes(called.number);
  if (bindings.length === 0 && !wakes) return incoming.reject(480);
  let answer = '';
  const session = new TwoPartySession(services, {type: CALL_TYPE.single, called}, (created) => ({
    leg: new CallLeg(services, {onEnded: () => void created.end()}),
    party: {number: from, name: services.users.get(from)?.name ?? fromName},
    ring: () => incoming.ring(),
    connect: () => incoming.accept(answer),
    fail: ({status}) => incoming.reject(refusedWith(status)),
  }));
  const {leg} = session.caller;
  leg.take(incoming).then(
    (description) => {
      answer = description;
      session.callOut(bindings, leg.media.video.present ? ['audio', 'video'] : ['audio']);
    },
    (error: unknown) => {
      services.log(`offer of ${from}: ${reasonOf(error)}`);
      incoming.reject(488);
      void session.end();
    },
  );
}

/** Continues a call of the client with a new dialog (RFC 3891); 481 if there is none, 403 if it is not the client's. */
function continueCall(
  {legs, hub}: CallServices,
  connection: SipConnection,
  incoming: IncomingInvite,
  replaces: Replaces,
): void {
  const leg = [...legs].find((one) => one.isMeantBy(replaces));
  if (!leg) return incoming.reject(481);
  if (leg.user !== incoming.from) return incoming.reject(403);
  void leg.continueIn(incoming, hub.bindingOn(connection, leg.user));
}
