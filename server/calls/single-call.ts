import {CALL_DIRECTION, CALL_STATE} from '../../src/dispatch/protocol.js';
import type {UserRecord} from '../users.js';
import type {Asked} from './asked.js';
import {CallLeg} from './call-leg.js';
import type {CallServices} from './call-services.js';
import type {Placed} from './place.js';
import {TwoPartySession} from './two-party-session.js';

/**
 * Creates a call of two that the server places (docs/protocol/calls.md#invite): first the asker is invited, and when
 * the asker has answered, all registrations of the callee.
 * ```
 * asker invited ──200──► called rings ──200──► connected
 *       └────────────────────┴──────refused, no answer, BYE, end()──► over: BYE or CANCEL, then event 10
 * ```
 */
export function createSingleCall(
  services: CallServices,
  {type, asker, binding, kinds}: Omit<Asked, 'members'>,
  called: UserRecord,
): Placed {
  const session = new TwoPartySession(services, {type, called}, (created) => {
    const over = (): void => void created.end();
    const leg: CallLeg = new CallLeg(
      services,
      {
        onAnswered: () => {
          leg.tell(CALL_STATE.callingOut);
          created.callOut(services.hub.bindings(called.number), kinds);
        },
        onRefused: over,
        onEnded: over,
      },
      {binding, cid: created.cid, type, direction: CALL_DIRECTION.out, other: called},
    );
    return {
      leg,
      party: asker,
      ring: () => leg.tell(CALL_STATE.ringing),
      connect: () => leg.tell(CALL_STATE.connected),
      fail: ({state}) => leg.tell(state),
    };
  });
  return {
    cid: session.cid,
    end: () => session.end(),
    inviteAsker: () => session.caller.leg.invite(kinds),
  };
}
