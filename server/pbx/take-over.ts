import {CallLeg} from '../calls/call-leg.js';
import type {CallServices} from '../calls/call-services.js';
import {TwoPartyCall, type Side} from '../calls/two-party-call.js';
import {TwoPartySession} from '../calls/two-party-session.js';
import {reasonOf} from '../log.js';
import {BOTH_WAYS, SENDS, type Flow, type Leg} from '../media/index.js';
import {pause} from '../pause.js';
import type {IncomingInvite} from '../sip/index.js';
import type {Supervisor} from '../supervision/supervisors.js';

/** How long the media of a leg may take to be connected before it takes part in a call, in milliseconds. */
const CONNECTING = 2_000;

/** Connects a leg that has been answered, or returns false if that is too late. */
type Attach = (leg: CallLeg, party: Side['party']) => boolean;

/**
 * Connects the caller of an INVITE with a call that exists: one that rings at another number, one that is parked,
 * or one that a dispatcher listens to. Returns false if the dialed number asks for none of them.
 */
export function takeOver(services: CallServices, incoming: IncomingInvite): boolean {
  const {pbx, sessions} = services;
  const {to} = incoming;
  const supervised = pbx.supervised(to);
  if (supervised) {
    supervise(services, incoming, supervised);
    return true;
  }
  const ringing = pbx.pickedUp(to);
  if (ringing === undefined && !pbx.isParked(to)) return false;
  const found = sessions
    .all()
    .find((session) =>
      ringing === undefined
        ? session.conversation instanceof TwoPartyCall && session.has(to)
        : session instanceof TwoPartySession && session.ringsAt(ringing),
    );
  if (!found) incoming.reject(404);
  // Nobody is connected with themselves.
  else if (ringing !== undefined && found.asker === incoming.from) incoming.reject(403);
  else if (found instanceof TwoPartySession && ringing !== undefined)
    attach(
      services,
      incoming,
      (leg, party) => found.answerAt(leg, party),
      () => found.end(),
    );
  else if (found.conversation instanceof TwoPartyCall) {
    const call = found.conversation;
    attach(
      services,
      incoming,
      (leg, party) => call.exchange(to, leg, party),
      () => found.end(),
    );
  }
  return true;
}

/** Lets a dispatcher listen to the call of a number, and whisper to that number if they want to. */
function supervise(
  services: CallServices,
  incoming: IncomingInvite,
  {number, whispers}: {readonly number: string; readonly whispers: boolean},
): void {
  const {users, sessions} = services;
  const {from} = incoming;
  const user = users.get(from);
  if (!user || !users.dispatches(from)) return incoming.reject(403);
  const found = sessions.all().find(({conversation}) => conversation?.legOf(number));
  const conversation = found?.conversation;
  if (!conversation) return incoming.reject(404);
  const isThere = (): boolean => conversation.has(from) || conversation.supervisors.has(from);
  if (isThere()) return incoming.reject(403);
  let supervisor: Supervisor | undefined;
  attach(
    services,
    incoming,
    (leg) => {
      if (isThere() || !conversation.legOf(number)) return false;
      const audience = whispers ? () => conversation.legOf(number) : undefined;
      supervisor = conversation.supervisors.admit(conversation, {cid: found.cid, user}, leg, audience);
      return true;
    },
    () => supervisor?.end(),
    whispers ? BOTH_WAYS : SENDS,
  );
}

/** @param sound - The directions of the sound that its client may have. */
function attach(
  services: CallServices,
  incoming: IncomingInvite,
  to: Attach,
  end: () => unknown,
  sound: Flow = BOTH_WAYS,
): void {
  const {from, fromName} = incoming;
  let attached = false;
  const left = new AbortController();
  const leg = new CallLeg(services, {
    onEnded: () => {
      left.abort();
      if (attached) end();
      else void leg.release();
    },
  });
  leg.media.wanted.audio = sound;
  const connect = async (): Promise<void> => {
    incoming.accept(await leg.take(incoming));
    // The call goes on as it is if the caller gives up; and an offer, which names the other side, would disturb a media
    // transport that is being connected.
    await hasConnected(leg.media, left.signal);
    if (left.signal.aborted) return;
    attached = to(leg, {number: from, name: services.users.get(from)?.name ?? fromName});
    if (!attached) void leg.release();
  };
  connect().catch((error: unknown) => {
    services.log(`offer of ${from}: ${reasonOf(error)}`);
    incoming.reject(488);
    void leg.release();
  });
}

/** Resolves when the media of a leg are connected; after a while in any case, as if they never are. */
async function hasConnected({audio}: Leg, ending: AbortSignal): Promise<void> {
  if (audio.open || ending.aborted) return;
  const limit = pause(CONNECTING);
  let unsubscribe = (): void => {};
  const opened = new Promise<void>((resolve) => {
    unsubscribe = audio.onOpen(resolve);
    ending.addEventListener('abort', () => resolve(), {once: true});
  });
  await Promise.race([opened, limit.promise]);
  limit.stop();
  unsubscribe();
}
