/**
 * What a member of a conference of sixteen, or of as many as are given (`conference.ts 64`), costs the development server, beside a leg of a call of two in the same run,
 * whose sound is only passed on: with one who speaks, with four, with one whose picture all see. Prints figures, judges
 * nothing.
 */
import {fork, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {fileURLToPath} from 'node:url';
import {API_HEADER, CALL_TYPE} from '../../src/dispatch/protocol.js';
import type {ScriptedCall} from '../support/scripted/scripted-call.js';
import {ScriptedClient} from '../support/scripted/scripted-client.js';
import {voice} from '../support/scripted/scripted-voice.js';

const MEMBERS = Number(process.argv[2] ?? 16);
const SECONDS = 10;

const child = fork(fileURLToPath(new URL('server-process.ts', import.meta.url)), [String(MEMBERS)], {
  execArgv: ['--import', 'tsx'],
});
const told = async <T>(process: ChildProcess): Promise<T> => ((await once(process, 'message')) as [T])[0];
const url = await told<string>(child);

/** Seconds of a processor that the server has used so far. */
async function used(): Promise<number> {
  const answer = told<number>(child);
  child.send('used');
  return answer;
}

const pause = (seconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** What part of a processor one leg costs while nothing but sound and pictures goes on. */
async function cost(legs: number): Promise<number> {
  await pause(2);
  const [before, began] = [await used(), performance.now()];
  await pause(SECONDS);
  return ((await used()) - before) / ((performance.now() - began) / 1000) / legs;
}

async function answered(client: ScriptedClient): Promise<ScriptedCall> {
  const call = await client.incoming.next();
  await call.answer();
  await call.established;
  return call;
}

const clients = await Promise.all(
  Array.from({length: MEMBERS}, (_, index) => ScriptedClient.start(url, String(1001 + index))),
);
const say = (what: string, figure: number, beside: number): void => {
  const ratio = (figure / beside).toFixed(2);
  console.log(
    `${what}: ${(figure * 100).toFixed(2)} % of a processor a leg, ${ratio} × a leg of a call of two`,
  );
};

/** Calls of two among all of them, everybody speaking. */
async function calls(): Promise<number> {
  const made: ScriptedCall[] = [];
  for (let index = 0; index < MEMBERS; index += 2) {
    const {call} = await clients[index]!.call(clients[index + 1]!.user);
    made.push(call, await answered(clients[index + 1]!));
  }
  for (const {media} of made) media!.voice = voice(500);
  const figure = await cost(MEMBERS);
  for (const call of made) await call.hangup().catch(() => undefined);
  return figure;
}

interface Scene {
  readonly speaking: number;
  readonly pictures: boolean;
}

/** One conference of all; gives what a member costs and how many packets of sound each missed at most. */
async function conference({speaking, pictures}: Scene): Promise<{figure: number; missed: number}> {
  const [creator, ...others] = clients;
  const reply = await creator!.ask(API_HEADER.createCall, {
    caller: creator!.user,
    ctype: CALL_TYPE.temporaryConference,
    members: others.map(({user}) => user).join(),
    isVideo: pictures ? 2 : 1,
  });
  const cid = String(reply.body[0]?.['cid']);
  const made: ScriptedCall[] = [];
  for (const client of others) {
    const call = await answered(client);
    // One after the other: these clients are one process, whose handshakes fail where they take long.
    await call.media!.hears(({kind}) => kind === 'audio');
    made.push(call);
  }
  made.unshift(creator!.sessions.get(cid)!.call!);
  made.forEach(({media}, index) => (media!.voice = voice(500, index < speaking ? 0.2 : 0)));
  await pause(2);
  const heard = made.map(({media}) => media!.heard.filter(({kind}) => kind === 'audio').length);
  const began = performance.now();
  const figure = await cost(MEMBERS);
  const expected = (performance.now() - began) / 20;
  const missed = made.map(
    ({media}, index) =>
      expected - media!.heard.filter(({kind}) => kind === 'audio').length + (heard[index] ?? 0),
  );
  await creator!.ask(API_HEADER.forceEnd, {cid});
  await Promise.all(made.map(({ended}) => ended));
  await pause(1);
  return {figure, missed: Math.max(0, ...missed)};
}

const beside = await calls();
say('Call of two, sound', beside, beside);
for (const [what, scene] of [
  [`Conference of ${MEMBERS}, one speaks`, {speaking: 1, pictures: false}],
  [`Conference of ${MEMBERS}, four speak`, {speaking: 4, pictures: false}],
  [`Conference of ${MEMBERS}, all speak`, {speaking: MEMBERS, pictures: false}],
  [`Conference of ${MEMBERS}, four speak, one picture`, {speaking: 4, pictures: true}],
] as const) {
  const {figure, missed} = await conference(scene);
  say(what, figure, beside);
  console.log(
    `  all of them: ${(figure * MEMBERS * 100).toFixed(0)} % of a processor; packets missed by a member: ${missed.toFixed(0)} of ${(SECONDS + 2) * 50}`,
  );
}
await Promise.all(clients.map((client) => client.close()));
child.disconnect();
