import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {setTimeout as pause} from 'node:timers/promises';
import {isDeepStrictEqual} from 'node:util';
import {factsOf, type Facts} from '../support/faults/facts.js';
import {FAULTS} from '../support/faults/faults.js';
import {
  developmentServer,
  goesOnline,
  openWays,
  type Restartable,
  type Role,
  type Struck,
} from '../support/faults/stage.js';
import {LOOPBACK_FLAGS} from '../support/interop/sip-page.js';
import {fillPage, phonePage} from '../support/page/phone-page.js';
import {plainPage} from '../support/page/plain-page.js';
import {openSite, type Site} from '../support/page/site.js';
import {open} from '../support/page/witness.js';
import type {FaultyWay} from '../support/servers/faulty-way.js';
import type {LossyWay} from '../support/servers/lossy-way.js';
import {size} from '../support/size.js';

const PAIRS = size(2, 5);
const DURATION = size(20_000, 600_000);

/** Attributes of the pairs in turn: both profiles, with the connection of a shared worker and with one of the page. */
const KINDS = [
  'profile="dispatch"',
  'profile="standard"',
  'profile="dispatch" shared-worker="none"',
  'profile="standard" shared-worker="none"',
];

/** How soon after a fault a call goes on, or is over for both, in milliseconds. */
const SOON = 30_000;

/** What may go wrong. Not a killed server, which forgets calls, and not wrong bytes, which change texts. */
const RANDOM = FAULTS.filter(({name}) => !['server killed', 'corrupt', 'closed', 'cut 20 s'].includes(name));

/** The same faults again: `SEED=…`. */
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);

/** A sequence of numbers from 0 to 1 (mulberry32). */
function randomly(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A page with ways of its own to the server. */
class Client implements Struck {
  readonly near: Role;
  readonly sent: string[] = [];
  way!: FaultyWay;
  media!: LossyWay;
  readonly #site: Site;
  readonly #kind: string;

  constructor(
    site: Site,
    readonly server: Restartable,
    user: string,
    tone: number,
    readonly otherTone: number,
    kind: string,
  ) {
    this.#site = site;
    this.#kind = kind;
    this.near = {user, tone} as Role;
  }

  async begins(): Promise<void> {
    Object.assign(this, await openWays(this.server.url));
    await this.opens(this.near);
  }

  async opens(role: Role): Promise<void> {
    role.page = await phonePage(this.#site, {...this.#account, address: await plainPage()});
    await this.#goesOnline();
  }

  async returns(): Promise<void> {
    await fillPage(this.near.page, this.#account);
    await this.#goesOnline();
  }

  facts(): Promise<Facts | undefined> {
    return factsOf(this.near.page);
  }

  /** Sends a text; resolves when the page shows it in the conversation. */
  async writes(number: string, text: string): Promise<void> {
    await this.near.page.evaluate(
      async (number, text) => {
        const {messages} = document.querySelector('sip-client')!.client!;
        const conversation = await messages.open(number);
        void messages.send(number, text).catch(() => {});
        while (!conversation.state.messages.some((message) => message.text === text))
          await new Promise((resolve) => setTimeout(resolve, 10));
      },
      number,
      text,
    );
    this.sent.push(text);
  }

  /** The texts that the page shows of another, with their states if they are its own. */
  async texts(number: string, direction: 'incoming' | 'outgoing'): Promise<readonly string[]> {
    return this.near.page.evaluate(
      async (number, direction) => {
        const conversation = await document.querySelector('sip-client')!.client!.messages.open(number);
        while (conversation.state.older) await conversation.loadOlder();
        return conversation.state.messages
          .filter((message) => message.direction === direction)
          .map(({text, state}) => (direction === 'incoming' ? text : `${text} ${state}`));
      },
      number,
      direction,
    );
  }

  async close(): Promise<void> {
    await this.way.close();
    await this.media.close();
  }

  async #goesOnline(): Promise<void> {
    await this.near.page.evaluate(() => {
      document.querySelector('sip-client')!.addEventListener('sip-call-received', ({detail}: any) => {
        detail.call.answer({media: 'audio'}).catch(() => {});
      });
    });
    await goesOnline(this.near, this.otherTone);
  }

  get #account() {
    const {pathname} = new URL(this.server.url);
    return {
      user: this.near.user,
      server: new URL(pathname, this.way.url).href,
      attributes: `resume ringtone="none" ${this.#kind}`,
    };
  }
}

const talks = (facts: Facts | undefined): boolean =>
  facts?.calls.length === 1 && facts.calls[0]!.phase === 'answered' && facts.hears;
const idle = (facts: Facts | undefined): boolean => facts?.calls.length === 0;
const registered = (facts: Facts | undefined): boolean => facts?.registration === 'registered';

describe(`${2 * PAIRS} pages whose networks and browsers fail at random`, () => {
  let server: Restartable;
  let site: Site;
  let pairs: (readonly [Client, Client])[];
  const counts = {calls: 0, faults: 0, restored: 0, notBegun: {} as Record<string, number>};
  const ends: Record<string, number> = {};
  const struck: string[] = [];
  const evidence = (): string => `SEED=${SEED}, lately ${struck.slice(-2 * PAIRS).join(', ')}`;

  before(async () => {
    server = await developmentServer();
    site = await openSite({chromeFlags: LOOPBACK_FLAGS});
    pairs = Array.from({length: PAIRS}, (_, index) => {
      const kind = KINDS[index % KINDS.length]!;
      return [
        new Client(site, server, String(1001 + 2 * index), 440, 800, kind),
        new Client(site, server, String(1002 + 2 * index), 800, 440, kind),
      ];
    });
    for (const client of pairs.flat()) await client.begins();
  });
  after(async () => {
    await site?.close();
    await Promise.all(pairs.flat().map((client) => client.close()));
    await server?.stop();
  });

  /** Waits until something is true of both; fails with what is true instead. */
  async function becomes(
    pair: readonly [Client, Client],
    what: string,
    fact: (one: Facts | undefined, other: Facts | undefined) => boolean,
  ): Promise<readonly (Facts | undefined)[]> {
    for (const end = Date.now() + SOON; ;) {
      const [one, other] = await Promise.all(pair.map((client) => client.facts()));
      if (fact(one, other)) return [one, other];
      if (Date.now() > end) assert.fail(`${what} (${evidence()}): ${JSON.stringify([one, other])}`);
      await pause(50);
    }
  }

  /** One of two calls the other; resolves with whether they talk. */
  async function calls(pair: readonly [Client, Client], from: 0 | 1): Promise<boolean> {
    const [caller, callee] = from ? [pair[1], pair[0]] : pair;
    await becomes(pair, 'ready to call', (...both) => both.every((each) => idle(each) && registered(each)));
    const refused = await caller.near.page.evaluate(
      (number) =>
        (document.querySelector('sip-client') as any).call(number, {media: 'audio'}).then(
          () => undefined,
          ({code}: {code: string}) => code,
        ),
      callee.near.user,
    );
    if (refused) counts.notBegun[refused] = (counts.notBegun[refused] ?? 0) + 1;
    else counts.calls += 1;
    return !refused;
  }

  async function fails(pair: readonly [Client, Client], random: () => number): Promise<void> {
    const client = pair[random() < 0.5 ? 0 : 1];
    const fault = RANDOM[Math.floor(random() * RANDOM.length)]!;
    counts.faults += 1;
    struck.push(`${fault.name} at ${client.near.user}`);
    await fault.strikes(client);
    await fault.repairs?.(client);
    await pause(random() * 1_500);
    await fault.ends?.(client);
    const facts = await becomes(
      pair,
      `after “${fault.name}” at ${client.near.user}`,
      (...both) => both.every(registered) && (both.every(talks) || both.every(idle)),
    );
    if (facts.every(talks)) counts.restored += 1;
  }

  async function lives(pair: readonly [Client, Client], random: () => number, until: number): Promise<void> {
    let count = 0;
    const write = async (): Promise<void> => {
      for (const [index, client] of pair.entries())
        await client.writes(pair[index ? 0 : 1].near.user, `${client.near.user} ${(count += 1)}`);
    };
    while (Date.now() < until) {
      if (!(await calls(pair, random() < 0.5 ? 0 : 1))) continue;
      await becomes(pair, 'talking', (...both) => both.every(talks) || both.every(idle));
      for (let rounds = 1 + random() * 3; rounds > 0; rounds -= 1) {
        await write();
        await fails(pair, random);
        await write();
        if ((await Promise.all(pair.map((client) => client.facts()))).every(idle)) break;
      }
      await pair[random() < 0.5 ? 0 : 1].near.page.evaluate(() =>
        Promise.allSettled(
          document.querySelector('sip-client')!.client!.state.calls.map((call) => call.hangup()),
        ),
      );
      const facts = await becomes(pair, 'hung up', (...both) => both.every(idle));
      // A page that was loaded anew does not know of calls that ended before.
      for (const code of facts.map((each) => each!.ends.at(-1))) if (code) ends[code] = (ends[code] ?? 0) + 1;
    }
    for (const [index, client] of pair.entries()) {
      const [other, {user}] = [pair[index ? 0 : 1], client.near];
      await shows(() => other.texts(user, 'incoming'), client.sent, `what ${user} wrote`);
      const sent = client.sent.map((text) => `${text} sent`);
      await shows(() => client.texts(other.near.user, 'outgoing'), sent, `what became of it at ${user}`);
    }
  }

  /** Waits until a page shows the texts, and no others. */
  async function shows(
    texts: () => Promise<readonly string[]>,
    expected: readonly string[],
    what: string,
  ): Promise<void> {
    for (const end = Date.now() + SOON; Date.now() < end; await pause(100))
      if (isDeepStrictEqual(await texts(), expected)) return;
    assert.deepEqual(await texts(), expected, `${what} (${evidence()})`);
  }

  it(`end or go on with every call, and lose and double no text, for ${DURATION / 1_000} s`, async (test) => {
    const until = Date.now() + DURATION;
    await Promise.all(pairs.map((pair, index) => lives(pair, randomly(SEED + index), until)));
    for (const client of pairs.flat()) {
      for (const end = Date.now() + SOON; ; await pause(50)) {
        const {tracks, peerConnections} = await open(client.near.page);
        if (tracks + peerConnections === 0) break;
        assert.ok(
          Date.now() < end,
          `${tracks} tracks and ${peerConnections} connections of ${client.near.user}`,
        );
      }
    }
    const texts = pairs.flat().reduce((sum, {sent}) => sum + sent.length, 0);
    test.diagnostic(JSON.stringify({seed: SEED, ...counts, ends, texts}));
    // In the short time a pair may have one call alone, with several faults.
    assert.ok(counts.calls >= PAIRS && counts.restored > 0);
  });
});
