import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {clearEnds, type Facts} from '../support/faults/facts.js';
import {FAULTS, type Fault} from '../support/faults/faults.js';
import {publish, type Outcome} from '../support/faults/report.js';
import {Stage, type Profile} from '../support/faults/stage.js';
import {STATES, type CallState} from '../support/faults/states.js';
import {until} from '../support/in-page/facts.js';
import {open} from '../support/page/witness.js';
import {size} from '../support/size.js';

/** What is tried in every run; everything with `--all`. */
const USUAL: Readonly<Record<string, readonly string[]>> = {
  'cut 3 s': ['ringing out', 'ringing in', 'answered', 'conference'],
  'black hole 3 s': ['held'],
  'other address': ['answered'],
  reload: ['answered'],
};

const chosen = (fault: Fault, state: CallState): boolean =>
  size(USUAL[fault.name]?.includes(state.name) ? 1 : 0, 1) > 0;

/** Only these faults, states and profiles, as `FAULTS=reload,crash STATES=held PROFILES=dispatch`. */
const named = (list: string | undefined, name: string): boolean => !list || list.split(',').includes(name);

/** How long the proof itself may take, in milliseconds. */
const PROOF = 5_000;

/** How long the pages may take to end their calls, to release everything, and to register, in milliseconds each. */
const CLEARING = 40_000;

/** After how many milliseconds a test that does not end fails: more than its steps may take together. */
const LIMIT = 240_000;

const registered = (facts: Facts | undefined): boolean => facts?.registration === 'registered';
const gone = (facts: Facts | undefined): boolean => facts?.calls.length === 0;

for (const profile of ['standard', 'dispatch'] as const satisfies Profile[]) {
  if (!named(process.env['PROFILES'], profile)) continue;
  describe(`what goes wrong in a call, in the profile ${profile}`, () => {
    const outcomes: Outcome[] = [];
    let stage: Stage;
    before(async () => (stage = await Stage.open(profile)));
    after(async () => {
      await publish(profile, outcomes);
      await stage.close();
    });

    /** Ends every call, and waits until both pages are registered and have released everything. */
    async function clears(): Promise<void> {
      for (const {page} of stage.roles) {
        if (page.isClosed()) continue;
        await page
          .evaluate(async () => {
            const {client} = document.querySelector('sip-client') as any;
            await Promise.allSettled(client.state.calls.map((call: any) => call.hangup()));
          })
          .catch(() => {});
      }
      const ended = await stage.becomes((near, far) => gone(near) && gone(far), CLEARING);
      assert.ok(ended, `calls are left: ${JSON.stringify(await stage.facts())}`);
      for (const {page} of stage.roles) {
        await until(async () => {
          const {tracks, peerConnections} = await open(page);
          return tracks + peerConnections === 0;
        }, CLEARING);
        await clearEnds(page);
      }
      const ready = await stage.becomes((near, far) => registered(near) && registered(far), CLEARING);
      assert.ok(ready, 'not registered');
    }

    /** Makes a fault happen in a state; resolves with the outcome. */
    async function tries(
      fault: Fault,
      state: CallState,
    ): Promise<Omit<Outcome, 'profile' | 'fault' | 'state'>> {
      await state.enter(stage);
      const {opened} = stage.way;
      await fault.strikes(stage);
      const since = Date.now();
      await fault.repairs?.(stage);
      const lasted = (): number => Date.now() - since;
      let [ended, left] = [false, false];
      const settled = await stage.becomes((near, far) => {
        // A page whose connection was broken notices that by and by.
        if (fault.breaks === 'always' && stage.way.opened === opened) return false;
        const closed = stage.near.page.isClosed();
        ended = gone(far) && (closed || gone(near));
        left = closed && !!far && !!state.goesOnWithout?.(far, stage.near.user);
        return (
          ended || left || (!!near && !!far && registered(near) && registered(far) && state.is(near, far))
        );
      }, fault.within);
      const {near, far} = await stage.facts();
      const ms = lasted();
      if (!settled) return {ms, failure: `neither goes on nor ended: ${JSON.stringify({near, far})}`};
      if (left) return {ms, left};
      if (!ended) {
        await state.proves(stage);
        if (lasted() > fault.within + PROOF) return {ms: lasted(), failure: `only after ${lasted()} ms`};
        return {ms: lasted()};
      }
      const cause = far!.ends.at(-1);
      if (!fault.mayEnd && !(fault.breaks && state.begins))
        return {ms, ended: cause, failure: `the call ended: ${cause}`};
      return cause ? {ms, ended: cause} : {ms, failure: 'the call ended without a cause'};
    }

    for (const fault of FAULTS)
      for (const state of STATES) {
        if ((state.only ?? profile) !== profile) continue;
        if (!named(process.env['FAULTS'], fault.name) || !named(process.env['STATES'], state.name)) continue;
        if (!chosen(fault, state)) continue;
        it(`${fault.name}, ${state.name}`, {timeout: LIMIT}, async () => {
          const told = await tries(fault, state).catch((error: Error) => ({ms: 0, failure: error.message}));
          outcomes.push({profile, fault: fault.name, state: state.name, ...told});
          await fault.ends?.(stage);
          await clears();
          assert.equal(told.failure, undefined);
        });
      }
  });
}
