/**
 * How much the development server works: with three hundred registered clients, with calls of two, whose sound is only
 * passed on, and with a conference of forty of them: one speaks, four, all, and one whose picture all see.
 *
 * `node --import tsx test/bench/server-load.ts [CLIENTS] [MEMBERS]`
 */
import {fork, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import type {ScriptedCall} from '../support/scripted/scripted-call.js';
import {ScriptedClient} from '../support/scripted/scripted-client.js';
import {voice} from '../support/scripted/scripted-voice.js';
import type {Work} from './server-process.js';
import {printTable, size} from './table.js';

const CLIENTS = size(300);
const MEMBERS = Math.min(CLIENTS, Number(process.argv[3] ?? 40));
const SECONDS = 10;

const child = fork(fileURLToPath(new URL('server-process.ts', import.meta.url)), [String(CLIENTS)], {
  execArgv: ['--import', 'tsx'],
});
const told = async <T>(process: ChildProcess): Promise<T> => ((await once(process, 'message')) as [T])[0];
const url = await told<string>(child);

const pause = (seconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** How much the server works while something is done. */
async function during(deed: () => Promise<unknown>): Promise<Work> {
  const work = async (): Promise<Work> => {
    const answer = told<Work>(child);
    child.send('work');
    return answer;
  };
  await work();
  await deed();
  return work();
}

const rows: string[][] = [];
function note(what: string, {share, delay}: Work, legs = 0, missed = ''): void {
  const percent = (part: number, digits: number): string => `${(part * 100).toFixed(digits)} %`;
  const delays = [delay.median, delay.most, delay.longest].map((time) => time.toFixed(1));
  rows.push([what, percent(share, 0), legs ? percent(share / legs, 2) : '', ...delays, missed]);
}

const clients: ScriptedClient[] = [];
const registering = await during(async () => {
  while (clients.length < CLIENTS) {
    const numbers = Array.from({length: Math.min(10, CLIENTS - clients.length)}, (_, index) =>
      String(1001 + clients.length + index),
    );
    clients.push(...(await Promise.all(numbers.map((number) => ScriptedClient.start(url, number)))));
  }
});
note(`${CLIENTS} clients register, 10 at a time`, registering);
const again = await during(() =>
  Promise.all(
    clients.map(async (client, index) => {
      await pause((index / CLIENTS) * SECONDS);
      await client.refresh();
    }),
  ),
);
note(`${CLIENTS} clients register again, one after another in ${SECONDS} s`, again);

// A registration ends after two minutes.
let next = 0;
const renewing = setInterval(() => void clients[next++ % CLIENTS]!.refresh(), 60_000 / CLIENTS);
const members = clients.slice(0, MEMBERS);

/** Calls of two among the members, everybody speaking. */
async function calls(): Promise<void> {
  const made: ScriptedCall[] = [];
  for (let index = 0; index + 1 < MEMBERS; index += 2) {
    const {call} = await members[index]!.call(members[index + 1]!.user);
    made.push(call, await members[index + 1]!.answer());
  }
  for (const {media} of made) media!.voice = voice(500);
  await pause(2);
  note(`${made.length / 2} calls of two`, await during(() => pause(SECONDS)), made.length);
  for (const call of made) await call.hangup().catch(() => undefined);
}

/** A conference of all members. */
async function conference(what: string, speaking: number, pictures = false): Promise<void> {
  const [creator, ...others] = members;
  const numbers = others.map(({user}) => user);
  const gathered = creator!.gather(numbers, {media: pictures ? 2 : 1});
  const made: ScriptedCall[] = [];
  for (const client of others) {
    const call = await client.answer();
    // One after the other: these clients are one process, whose handshakes fail where they take long.
    await call.media!.hears(({kind}) => kind === 'audio');
    made.push(call);
  }
  const {cid, call} = await gathered;
  made.unshift(call);
  made.forEach(({media}, index) => (media!.voice = voice(500, index < speaking ? 0.2 : 0)));
  await pause(2);
  const packets = (): number[] =>
    made.map(({media}) => media!.heard.filter(({kind}) => kind === 'audio').length);
  const [before, began] = [packets(), performance.now()];
  const work = await during(() => pause(SECONDS));
  const expected = (performance.now() - began) / 20;
  const missed = Math.max(0, ...packets().map((count, index) => expected - (count - before[index]!)));
  note(`conference of ${MEMBERS}, ${what}`, work, MEMBERS, `${missed.toFixed(0)} of ${expected.toFixed(0)}`);
  await creator!.endForAll(cid);
  await Promise.all(made.map(({ended}) => ended));
  await pause(1);
}

await calls();
await conference('one speaks', 1);
await conference('four speak', 4);
await conference('all speak', MEMBERS);
await conference('four speak, one picture', 4, true);
printTable(
  'the development server',
  [
    `${CLIENTS} registered clients`,
    'of a core',
    'a leg',
    'event loop delay, ms',
    '99th percentile, ms',
    'longest delay, ms',
    'packets of sound missed by a member',
  ],
  rows,
);
clearInterval(renewing);
await Promise.all(clients.map((client) => client.close()));
child.disconnect();
