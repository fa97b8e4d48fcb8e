import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {becomes, command, Pair} from '../support/page/pair.js';
import {mediaLineCounts} from '../support/page/signals.js';
import {open} from '../support/page/witness.js';
import {size} from '../support/size.js';

/** At least {@link CROSSINGS}. */
const ROUNDS = size(9, 50);
/** Pairs at the same time, which share the rounds: most of a round is waiting (RFC 3261 §14.1). */
const PAIRS = 3;

/** What a person does and takes back, and what the own call and that of the other side say in between. */
const DEEDS = {
  hold: {
    begin: {name: 'hold', options: undefined},
    end: {name: 'unhold', options: undefined},
    own: {held: true},
    other: {remoteHeld: true},
  },
  share: {
    begin: {name: 'shareScreen', options: undefined},
    end: {name: 'stopScreen', options: undefined},
    own: {sharing: true},
    other: {},
  },
  upgrade: {
    begin: {name: 'setMedia', options: {video: true}},
    end: {name: 'setMedia', options: {video: false}},
    own: {},
    other: {},
  },
} as const;

type Deed = keyof typeof DEEDS;
const NAMES = Object.keys(DEEDS) as Deed[];
/** Every one against every one. */
const CROSSINGS = NAMES.flatMap((one) => NAMES.map((other) => [one, other] as const));

const IDLE = {
  held: false,
  remoteHeld: false,
  sharing: false,
  media: {audio: 'sendrecv', video: 'inactive'},
};

const mirrored: Record<string, string> = {
  sendrecv: 'sendrecv',
  sendonly: 'recvonly',
  recvonly: 'sendonly',
  inactive: 'inactive',
};

const mediaOf = (page: Page): Promise<{audio: string; video: string}> =>
  page.evaluate(() => (window as any).call.state.media);

/** Waits until what one side says of its media is what the other one says, seen from there. */
async function agree(pair: Pair): Promise<void> {
  for (;;) {
    const [one, other] = [await mediaOf(pair.alice), await mediaOf(pair.bob)];
    if (mirrored[one.audio] === other.audio && mirrored[one.video] === other.video) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('two sides that change their call at the same moment', () => {
  /** Runs a pair's share of the rounds; gives how long each took, in milliseconds. */
  async function glare(share: number): Promise<number[]> {
    const pair = await Pair.open();
    try {
      await pair.talk('audio');
      const durations: number[] = [];
      for (let round = share; round < ROUNDS; round += PAIRS) {
        const [one, other] = CROSSINGS[round % CROSSINGS.length]!;
        const crossing = `round ${round}, ${one} and ${other}`;
        const began = performance.now();
        const both = (step: 'begin' | 'end'): Promise<(string | undefined)[]> =>
          Promise.all([
            command(pair.alice, DEEDS[one][step].name, DEEDS[one][step].options),
            command(pair.bob, DEEDS[other][step].name, DEEDS[other][step].options),
          ]);
        assert.deepEqual(await both('begin'), [undefined, undefined], crossing);
        await becomes(pair.alice, {...DEEDS[other].other, ...DEEDS[one].own});
        await becomes(pair.bob, {...DEEDS[one].other, ...DEEDS[other].own});
        await agree(pair);
        assert.deepEqual(await both('end'), [undefined, undefined], crossing);
        for (const page of pair.pages) {
          await becomes(page, IDLE);
          assert.equal((await open(page)).tracks, 1, crossing);
          for (const count of await mediaLineCounts(page)) assert.ok(count <= 2, crossing);
        }
        durations.push(performance.now() - began);
      }
      await pair.hear();
      await pair.hangup();
      assert.deepEqual(pair.site.complaints, []);
      return durations;
    } finally {
      await pair.site.close();
    }
  }

  it(`end in the same state, ${ROUNDS} times`, async (test) => {
    const shares = await Promise.all(Array.from({length: PAIRS}, (_, share) => glare(share)));
    const durations = shares.flat().sort((one, other) => one - other);
    assert.equal(durations.length, ROUNDS);
    test.diagnostic(
      `a round: ${Math.round(durations[Math.floor(ROUNDS / 2)]!)} ms on the median, ${Math.round(durations.at(-1)!)} ms at most`,
    );
  });
});
