import type {Page} from 'puppeteer-core';
import {command, type Facts} from './facts.js';
import type {Profile, Stage} from './stage.js';

/** What a call does when a fault strikes. */
export interface CallState {
  readonly name: string;
  /** The only profile that has it; both by default. */
  readonly only?: Profile;
  /** Whether it is not answered yet: its INVITE cannot be completed over another connection (RFC 3261 §18.2.2). */
  readonly begins?: true;
  /** Begins the call and brings it into the state. */
  enter(stage: Stage): Promise<void>;
  /** Whether both pages are in the state, as far as they can tell without a message. */
  is(near: Facts, far: Facts): boolean;
  /** Whether the call goes on at the far page without this member; undefined for a call of two, which ends. */
  goesOnWithout?(far: Facts, user: string): boolean;
  /** Does something that only works if signalling and media are whole again, and waits for it at the far end. */
  proves(stage: Stage): Promise<void>;
}

/** How long each step of a state may take, in milliseconds. */
const STEP = 20_000;

const call = (facts: Facts): {readonly phase: string; readonly state: Readonly<Record<string, any>>} =>
  facts.calls.at(-1) ?? {phase: 'none', state: {}};
const talks = (near: Facts, far: Facts): boolean =>
  [near, far].every((each) => each.calls.length === 1 && call(each).phase === 'answered' && each.hears);

/** Waits for a step of a state; rejects with its name if it does not come. */
async function becomes(
  stage: Stage,
  name: string,
  fact: (near: Facts, far: Facts) => boolean,
): Promise<void> {
  if (await stage.becomes((near, far) => !!near && !!far && fact(near, far), STEP)) return;
  throw new Error(`not ${name}: ${JSON.stringify(await stage.facts())}`);
}

const dial = (page: Page, number: string): Promise<void> =>
  page.evaluate(async (number) => {
    await (document.querySelector('sip-client') as any).call(number, {media: 'audio'});
  }, number);

async function rings(stage: Stage, from: 'near' | 'far'): Promise<void> {
  const [caller, callee] = from === 'near' ? [stage.near, stage.far] : [stage.far, stage.near];
  await dial(caller.page, callee.user);
  await becomes(stage, 'ringing', (...facts) => facts.every((each) => call(each).phase === 'ringing'));
}

async function answers(stage: Stage, callee: 'near' | 'far'): Promise<void> {
  await command(stage[callee].page, 'answer');
  await becomes(stage, 'answered', talks);
}

async function talk(stage: Stage): Promise<void> {
  await rings(stage, 'near');
  await answers(stage, 'far');
}

/** The other side sees a hold, and hears again afterwards. */
async function holds(stage: Stage): Promise<void> {
  await command(stage.near.page, 'hold');
  await becomes(stage, 'held at the other side', (_, far) => call(far).state['remoteHeld'] === true);
  await command(stage.near.page, 'unhold');
  await becomes(stage, 'resumed', (near, far) => call(far).state['remoteHeld'] === false && talks(near, far));
}

const ringing: CallState['is'] = (...facts) => facts.every((each) => call(each).phase === 'ringing');

const goesOnWithout: CallState['goesOnWithout'] = (far, user) => {
  const {phase, state} = call(far);
  const group: readonly {number: string; joined: boolean}[] | undefined = state['groupMembers'];
  const members = group?.filter(({joined}) => joined).map(({number}) => number) ?? state['members'];
  return phase === 'answered' && !!members && !members.includes(user);
};

/** The states, in the order of the table's columns. */
export const STATES: readonly CallState[] = [
  {
    name: 'ringing out',
    begins: true,
    enter: (stage) => rings(stage, 'near'),
    is: ringing,
    proves: (stage) => answers(stage, 'far'),
  },
  {
    name: 'ringing in',
    begins: true,
    enter: (stage) => rings(stage, 'far'),
    is: ringing,
    proves: (stage) => answers(stage, 'near'),
  },
  {name: 'answered', enter: talk, is: talks, proves: holds},
  {
    name: 'held',
    async enter(stage) {
      await talk(stage);
      await command(stage.near.page, 'hold');
      await becomes(stage, 'held', (_, far) => call(far).state['remoteHeld'] === true);
    },
    is: (near, far) => call(near).state['held'] === true && call(far).state['remoteHeld'] === true,
    async proves(stage) {
      await command(stage.near.page, 'unhold');
      await becomes(stage, 'resumed', (near, far) => !call(far).state['remoteHeld'] && talks(near, far));
    },
  },
  {
    name: 'sharing',
    async enter(stage) {
      await talk(stage);
      await command(stage.near.page, 'shareScreen');
      await becomes(
        stage,
        'shared',
        (near, far) => call(near).state['sharing'] && call(far).state['remoteSharing'],
      );
    },
    is: (near, far) => talks(near, far),
    proves: holds,
  },
  {
    name: 'recording',
    async enter(stage) {
      await talk(stage);
      await command(stage.near.page, 'startRecording');
    },
    is: (near, far) => talks(near, far),
    proves: holds,
  },
  {
    name: 'conference',
    only: 'dispatch',
    async enter(stage) {
      await stage.near.page.evaluate(async (number) => {
        const client = document.querySelector('sip-client') as any;
        await client.createConference({members: [number], media: 'audio'});
      }, stage.far.user);
      await becomes(stage, 'called', (_, far) => call(far).phase === 'ringing');
      await command(stage.far.page, 'answer');
      await becomes(stage, 'in the conference', talks);
    },
    is: talks,
    goesOnWithout,
    async proves(stage) {
      await command(stage.near.page, 'mute');
      await becomes(stage, 'muted', (_, far) => !far.hears);
      await command(stage.near.page, 'unmute');
      await becomes(stage, 'heard again', talks);
    },
  },
  {
    name: 'intercom with floor',
    only: 'dispatch',
    async enter(stage) {
      await stage.near.page.evaluate(async (number) => {
        await (document.querySelector('sip-client') as any).intercom({members: [number]});
      }, stage.far.user);
      await becomes(stage, 'called', (_, far) => call(far).phase === 'ringing');
      await command(stage.far.page, 'answer');
      await becomes(stage, 'in the group', (...facts) =>
        facts.every((each) => call(each).phase === 'answered'),
      );
      await speaks(stage);
    },
    // The floor is lost with the connection: the speaker asks for it again.
    is: (...facts) => facts.every((each) => call(each).phase === 'answered'),
    goesOnWithout,
    proves: speaks,
  },
];

async function speaks(stage: Stage): Promise<void> {
  await command(stage.near.page, 'requestFloor');
  await becomes(stage, 'heard by the group', (_, far) => far.hears);
}
