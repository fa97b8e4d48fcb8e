import {expect} from '@open-wc/testing';
import {SessionState, type Invitation, type Session, type UserAgent} from 'sip.js';
import {Timers} from 'sip.js/lib/core/index.js';
import type {SipDialog} from '../../../src/sip/user-agent.js';
import {becomes, hears, reaches, until} from '../../support/in-page/facts.js';
import {plainOffer, plainUser, WireUser} from '../../support/wire/wire-users.js';
import {Wire} from '../../support/wire/wire.js';

const {T1, T2, TIMER_B, TIMER_L} = Timers;
const AUDIO = {audio: true, video: false};

describe('SipDialog: an answer that is never acknowledged', () => {
  let wire: Wire;
  let alice: WireUser;

  const sent = (start: string): string[] => wire.messages.filter((message) => message.startsWith(start));

  beforeEach(async () => {
    wire = new Wire({alice: '', bob: ''});
    alice = await new WireUser(wire, {user: 'alice'}).begin();
  });

  afterEach(async () => {
    Object.assign(Timers, {T1, T2, TIMER_B, TIMER_L});
    wire.handle = undefined;
    await alice.agent.disconnect();
  });

  describe('to one of ours', () => {
    let bob: WireUser;
    let call: SipDialog;
    let far: SipDialog;

    beforeEach(async () => {
      bob = await new WireUser(wire, {user: 'bob'}).begin();
      call = alice.agent.invite('bob', AUDIO);
      far = await bob.rings();
      await far.accept(AUDIO);
      await reaches(call, 'confirmed');
      await Promise.all([hears(call), hears(far)]);
      Timers.TIMER_L = 100;
    });

    afterEach(async () => {
      await bob.agent.disconnect();
    });

    it('lets both sides make offers again, of which this one makes the first', async () => {
      wire.handle = ({request}) => request.method === 'ACK';
      const before = sent('INVITE ').length;
      await far.setHeld(true);
      expect(sent('INVITE ')).to.have.length(before + 1);
      await until(() => sent('INVITE ').length > before + 1);
      expect(/^From: .*<sip:(\w+)@/m.exec(sent('INVITE ').at(-1)!)![1]).to.equal('alice');
      wire.handle = undefined;
      await call.setHeld(true);
      await far.setHeld(false);
      await becomes(call, ({held, remoteHeld}) => held && !remoteHeld);
      await call.setHeld(false);
      await Promise.all([hears(call), hears(far)]);
    });

    it('ends the call where nothing is heard any more', async () => {
      Timers.TIMER_L = 500;
      await far.setHeld(true);
      wire.handle = ({request: {method, from}}) => {
        // All offers from here on are Alice's.
        if (method === 'ACK') Timers.TIMER_B = 50;
        return method === 'ACK' || (method === 'INVITE' && from.uri.user === 'alice');
      };
      await far.setHeld(false);
      expect((await reaches(call, 'terminated')).cause).to.deep.equal({by: 'server', code: 'call-lost'});
      await reaches(far, 'terminated');
      expect(sent('BYE ')).to.have.length(1);
    });

    it('is not repeated for ever once the call is over', async () => {
      const {setTimeout, clearTimeout} = window;
      const repeats = new Set<number>();
      // Only the repetitions of a 200 last as long.
      const REPEAT = 703;
      window.setTimeout = ((task: () => void, delay?: number) => {
        const id = setTimeout(() => {
          repeats.delete(id);
          task();
        }, delay);
        if (delay === REPEAT) repeats.add(id);
        return id;
      }) as typeof window.setTimeout;
      window.clearTimeout = (id) => {
        repeats.delete(id as number);
        clearTimeout(id);
      };
      try {
        Object.assign(Timers, {T1: REPEAT, T2: REPEAT, TIMER_L: 1.5 * REPEAT});
        // Three offers within one period; the end of a transaction stops the newest repetition alone.
        await far.setHeld(true);
        await far.setHeld(false);
        wire.handle = ({request}) => request.method === 'ACK';
        await far.setHeld(true);
        await far.hangup();
        await reaches(call, 'terminated');
        await until(() => repeats.size === 0);
      } finally {
        Object.assign(window, {setTimeout, clearTimeout});
      }
    });
  });

  describe('to somebody who lets this side offer', () => {
    let agent: UserAgent;
    let session: Session;
    let call: SipDialog;

    beforeEach(async () => {
      const invited = new Promise<Invitation>((resolve) => {
        void plainUser(wire, 'bob', resolve).then((user) => (agent = user));
      });
      await until(() => wire.registered('bob'));
      call = alice.agent.invite('bob', AUDIO);
      const invitation = await invited;
      session = invitation;
      await invitation.accept();
      await reaches(call, 'confirmed');
      await until(() => session.state === SessionState.Established);
      await hears(call);
    });

    afterEach(async () => {
      await agent.stop();
    });

    /** Bob lets Alice offer; returns a function that lets his ACK through. */
    async function letsOffer(): Promise<() => void> {
      let acknowledge: (() => void) | undefined;
      wire.handle = ({request}) => {
        if (request.method !== 'ACK') return false;
        acknowledge ??= () => wire.tell('alice', sent('ACK ').at(-1)!);
        return true;
      };
      await new Promise<void>((resolve) => {
        void session.invite({withoutSdp: true, requestDelegate: {onAccept: () => resolve()}});
      });
      await until(() => acknowledge !== undefined);
      wire.handle = undefined;
      return acknowledge!;
    }

    it('does not take the answer for an offer that comes late', async () => {
      const acknowledge = await letsOffer();
      const held = call.setHeld(true);
      acknowledge();
      await held;
      expect(sent('INVITE ').at(-1)).to.contain('a=sendonly');
      await call.setHeld(false);
      await hears(call);
    });

    it('takes back the offer, and makes one of its own', async () => {
      Timers.TIMER_L = 100;
      await letsOffer();
      const before = sent('INVITE ').length;
      await until(() => sent('INVITE ').length > before);
      await call.setHeld(true);
      await call.setHeld(false);
      expect(await plainOffer(session, {})).to.equal(200);
      await hears(call);
    });
  });
});
