import assert from 'node:assert/strict';
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {connects, ends, hearEachOther, seeEachOther} from '../interop/conversation.js';
import {answer, cause, hangsUp, showsState, talksTo, type Person} from '../interop/sip-page.js';
import {arrived, receives} from '../page/measure.js';
import {crashes} from '../page/crash.js';
import {nextEvent, placeCall} from '../page/phone-page.js';
import {hearsTones} from '../page/signals.js';
import {MUSIC, type Stage} from './stage.js';

/** One thing that is tried at FreeSWITCH. */
export interface Row {
  readonly name: string;
  /** Only Chromium's inspector ends the process of a page. */
  readonly chromium?: true;
  /** Resolves once the far end has it. */
  run(stage: Stage): Promise<void>;
}

/** Runs a command of a page's PBX; the call that it makes is the page's. */
async function feature({page}: Person, name: string, ...words: readonly unknown[]): Promise<void> {
  const code = await page.evaluate(
    (name, words) =>
      (document.querySelector('sip-client') as any).pbx[name](...words).then(
        (call: unknown) => ((window as any).call = call) && 'done',
        (error: {code: string}) => error.code,
      ),
    name,
    words,
  );
  assert.equal(code, 'done', name);
}

/** Asks for a setting by a code; resolves once the server has ended the call, whose events are forgotten. */
async function sets(person: Person, name: string, ...words: readonly unknown[]): Promise<void> {
  await feature(person, name, ...words);
  await talksTo(person, []);
  await hangsUp(person);
}

/** Presses a button in an inner element of the page's `<sip-call>`, once it is there. */
async function pressesInCall({page}: Person, tag: string, part: string): Promise<void> {
  const press = async (): Promise<boolean> =>
    page.evaluate(
      (tag, part) => {
        const inner = document.querySelector('sip-call')?.shadowRoot?.querySelector(tag)?.shadowRoot;
        const button = inner?.querySelector<HTMLElement>(`[part~=${part}]:not([aria-disabled=true])`);
        button?.click();
        return !!button;
      },
      tag,
      part,
    );
  while (!(await press())) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** The call that a button has made is the page's, once it is answered. */
async function becomesItsCall({page}: Person): Promise<void> {
  const taken = async (): Promise<boolean> =>
    page.evaluate(() => {
      const call = (document.querySelector('sip-client') as any).client.calls.at(-1);
      (window as any).call = call;
      return call?.state.phase === 'answered';
    });
  while (!(await taken())) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** One calls another, whose ringing a third sees who asks meanwhile: only then FreeSWITCH tells the dialog. */
async function rings(caller: Person, callee: Person, watcher: Person): Promise<void> {
  await placeCall(caller.page, callee.user, 'audio');
  await nextEvent(callee.page, 'sip-call-received');
  await watcher.page.evaluate(async (number) => {
    const {client} = document.querySelector('sip-client') as any;
    (window as any).watch = await client.watchPeople(number);
  }, callee.user);
  await sees(watcher, 'ringing');
}

/** Runs a command of a page's PBX; returns what its INVITEs asked for: a dialog, or a number. */
async function asksFor(person: Person, name: string, ...words: readonly unknown[]): Promise<string> {
  await person.page.evaluate(() => {
    const {trace} = document.querySelector('sip-client') as any;
    trace.clear();
    trace.start();
  });
  await feature(person, name, ...words);
  return person.page.evaluate(() => {
    const {trace} = document.querySelector('sip-client') as any;
    trace.stop();
    const asked = trace.state.entries.flatMap(({text}: {text: string}) => {
      const [, number] = /^sent\b[^]*?INVITE sip:(\S+?)@/.exec(text) ?? [];
      return number === undefined ? [] : [/^Replaces: /m.test(text) ? 'a dialog' : number];
    });
    return [...new Set(asked)].join();
  });
}

/** The commands of a page's call. */
const command = ({page}: Person, name: string, ...words: readonly unknown[]): Promise<string> =>
  page.evaluate(
    (name, words) =>
      (window as any).call[name](...words).then(
        () => 'done',
        (error: {code: string}) => error.code,
      ),
    name,
    words,
  );

/** Runs a command of a page's call, which must succeed. */
async function succeeds(person: Person, name: string, ...words: readonly unknown[]): Promise<void> {
  assert.equal(await command(person, name, ...words), 'done', name);
}

/** Waits until the page's call lists these members. */
const lists = ({page}: Person, ...numbers: readonly string[]): Promise<void> =>
  page.evaluate(async (wanted) => {
    const {call} = window as any;
    const seen = (): string =>
      (call.state.members ?? [])
        .filter(({phase}: any) => phase === 'answered')
        .map(({number}: any) => number)
        .sort()
        .join();
    while (seen() !== wanted) await new Promise((resolve) => setTimeout(resolve, 20));
  }, numbers.toSorted().join());

/** Waits until the page's client knows this of another user. */
const sees = ({page}: Person, state: string): Promise<void> =>
  page.evaluate(async (state) => {
    const {watch} = window as any;
    while (watch.state.people[0]?.state !== state)
      await new Promise((resolve) => watch.addEventListener('statechange', resolve, {once: true}));
  }, state);

/**
 * A text goes from one person to another. FreeSWITCH answers one in about forty with 500 after it has asked for the
 * password, and has delivered most of these: the sender learns that, and sends it again.
 */
async function writes(from: Person, to: Person, text: string): Promise<void> {
  const send = (): Promise<number> =>
    from.page.evaluate(
      (number, text) =>
        (document.querySelector('sip-client') as any).client.sendMessage(number, text).then(
          () => 202,
          ({status}: {status: number}) => status,
        ),
      to.user,
      text,
    );
  let status = await send();
  while (status === 500) status = await send();
  assert.equal(status, 202);
  const {message} = await nextEvent(to.page, 'sip-message-received');
  assert.deepEqual([message.from.number ?? message.from, message.text], [from.user, text]);
}

/** A call comes to nothing; returns why, for the caller. */
async function fails(caller: Person, number: string, refuses?: () => Promise<unknown>): Promise<string> {
  const placed = caller.page.evaluate(async (number) => {
    const {client} = document.querySelector('sip-client') as any;
    const call = await client.call(number).catch((error: {code: string}) => error);
    if (call.code) return call.code as string;
    while (call.state.phase !== 'released') await new Promise((resolve) => setTimeout(resolve, 20));
    return call.state.cause.code as string;
  }, number);
  await refuses?.();
  return placed;
}

/** A tenth of a second of a WAV file, as a voice message. */
function voiceMessage(): Buffer {
  const sound = Buffer.alloc(1_600);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + sound.length, 4);
  head.write('WAVEfmt ', 8);
  for (const [at, size, value] of [
    [16, 4, 16],
    [20, 2, 1],
    [22, 2, 1],
    [24, 4, 8_000],
    [28, 4, 16_000],
    [32, 2, 2],
    [34, 2, 16],
    [40, 4, sound.length],
  ] as const)
    head.writeUIntLE(value, at, size);
  head.write('data', 36);
  return Buffer.concat([head, sound]);
}

/** Joins a room, one after the other. */
async function meet(
  stage: Stage,
  room: string,
  media: 'audio' | 'video',
  ...people: Person[]
): Promise<void> {
  for (const each of people) await stage.dials(each, room, media);
  for (const each of people) await lists(each, ...people.map(({user}) => user));
}

/** What works, in the order of the table. */
export const ROWS: readonly Row[] = [
  {
    name: 'registration',
    async run({freeSwitch, people}) {
      // FreeSWITCH notes a contact after it has answered.
      for (const {user} of people) while ((await freeSwitch.contacts(user)).length !== 1);
    },
  },
  {
    name: 'audio call',
    async run({alice, bob}) {
      for (const [from, to] of [
        [alice, bob],
        [bob, alice],
      ] as const) {
        await connects(from, to);
        await hearEachOther(from, to);
        await ends(to, from);
      }
    },
  },
  {
    name: 'video call',
    async run({alice, bob}) {
      for (const [from, to] of [
        [alice, bob],
        [bob, alice],
      ] as const) {
        await connects(from, to, 'video');
        await seeEachOther(from, to);
        await ends(from, to);
      }
    },
  },
  {
    name: 'hold with music',
    async run(stage) {
      const {alice, bob} = stage;
      await stage.talks();
      for (const [holder, held] of [
        [alice, bob],
        [bob, alice],
      ] as const) {
        await succeeds(holder, 'hold');
        await hearsTones(held.page, [MUSIC], [holder.tone]);
        await succeeds(holder, 'unhold');
        await hearEachOther(alice, bob);
      }
    },
  },
  {
    name: 'busy, declined, unknown and absent are told apart',
    async run({alice, bob, carol}) {
      const declines = async (): Promise<unknown> => {
        await nextEvent(bob.page, 'sip-call-received');
        return command(bob, 'decline');
      };
      assert.equal(await fails(alice, 'bob', declines), 'declined');
      assert.equal(await fails(alice, 'dave'), 'number-offline');
      assert.equal(await fails(alice, 'nobody'), 'unknown-number');
      await connects(carol, bob);
      assert.equal(await fails(alice, 'bob'), 'busy');
    },
  },
  {
    name: 'tones to a menu of the server',
    async run(stage) {
      const {alice, bob} = stage;
      await stage.dials(bob, '3005');
      await stage.dials(alice, '5000');
      await hearsTones(alice.page, [500]);
      await succeeds(alice, 'sendDtmf', '3005');
      await hearEachOther(alice, bob);
    },
  },
  {
    name: 'tones to the other page',
    async run(stage) {
      const {alice, bob} = stage;
      await stage.talks();
      for (const [from, to] of [
        [alice, bob],
        [bob, alice],
      ] as const) {
        await succeeds(from, 'mute');
        const heard = hearsTones(to.page, [941, 1336]);
        const keys = succeeds(from, 'sendDtmf', '00000000');
        await Promise.all([heard, keys]);
        await succeeds(from, 'unmute');
      }
    },
  },
  {
    name: 'blind transfer',
    async run(stage) {
      const {alice, bob, carol} = stage;
      await stage.talks();
      const transfer = succeeds(alice, 'transfer', 'carol');
      await nextEvent(carol.page, 'sip-call-received');
      await answer(carol);
      await transfer;
      await hearEachOther(bob, carol, [alice]);
      await talksTo(alice, []);
    },
  },
  {
    name: 'attended transfer',
    async run(stage) {
      const {alice, bob, carol} = stage;
      await stage.talks();
      await alice.page.evaluate(() => ((window as any).first = (window as any).call));
      await succeeds(alice, 'hold');
      await stage.talks(alice, carol);
      await alice.page.evaluate(() => (window as any).first.transfer((window as any).call));
      await hearEachOther(bob, carol, [alice]);
      await talksTo(alice, []);
    },
  },
  {
    name: 'parking and retrieving',
    async run(stage) {
      const {alice, bob, carol} = stage;
      await stage.talks();
      await succeeds(bob, 'transfer', '6001');
      await hearsTones(alice.page, [MUSIC], [bob.tone]);
      await talksTo(bob, []);
      await stage.dials(carol, '6001');
      await hearEachOther(alice, carol, [bob]);
    },
  },
  {
    name: 'listening in',
    async run(stage) {
      const {alice, bob, carol} = stage;
      await stage.talks(bob, carol);
      await alice.page.evaluate(async () => {
        (window as any).call = await (document.querySelector('sip-client') as any).client.listenIn('bob');
      });
      await hearsTones(alice.page, [bob.tone, carol.tone], [alice.tone]);
      await hearEachOther(bob, carol, [alice]);
    },
  },
  {
    name: 'parking in a queue, and retrieving',
    async run(stage) {
      const {alice, bob, carol} = stage;
      await stage.talks(alice, carol);
      await alice.page.evaluate(() =>
        document.querySelector('sip-client')!.append(document.createElement('sip-call')),
      );
      await pressesInCall(alice, 'sip-park-button', 'park');
      await hearsTones(carol.page, [MUSIC], [alice.tone]);
      await talksTo(alice, []);
      await pressesInCall(alice, 'sip-parked-calls', 'retrieve');
      await becomesItsCall(alice);
      await alice.page.evaluate(() => document.querySelector('sip-call')!.remove());
      await hearEachOther(alice, carol, [bob]);
    },
  },
  {
    name: 'parking at a slot by 70, and retrieving',
    async run(stage) {
      const {freeSwitch, alice, bob, carol} = stage;
      await stage.talks();
      await bob.page.evaluate(() =>
        (document.querySelector('sip-client') as any).pbx.park((window as any).call),
      );
      await hearsTones(alice.page, [MUSIC], [bob.tone]);
      await talksTo(bob, []);
      // What FreeSWITCH says if it has sounds.
      const [, slot = ''] = />(7[1-9])</.exec(await freeSwitch.command('valet_info slots')) ?? [];
      await stage.dials(carol, slot);
      await hearEachOther(alice, carol, [bob]);
    },
  },
  {
    name: 'forwarding by a code, and its end',
    async run({alice, bob, carol}) {
      await sets(bob, 'forward', 'carol');
      await placeCall(alice.page, 'bob', 'audio');
      await nextEvent(carol.page, 'sip-call-received');
      await answer(carol);
      await hearEachOther(alice, carol, [bob]);
      await hangsUp(alice);
      await talksTo(carol, []);
      await hangsUp(carol);
      await sets(bob, 'endForwarding');
      await connects(alice, bob);
      await hearEachOther(alice, bob, [carol]);
    },
  },
  {
    name: '“do not disturb” by a code, and its end',
    async run({alice, bob}) {
      await sets(bob, 'setDoNotDisturb', true);
      assert.equal(await fails(alice, 'bob'), 'busy');
      await sets(bob, 'setDoNotDisturb', false);
      await connects(alice, bob);
      await hearEachOther(alice, bob);
    },
  },
  {
    name: 'picking up a call that rings, by its dialog',
    async run({alice, bob, carol}) {
      await rings(carol, bob, alice);
      assert.equal(await asksFor(alice, 'pickUp', 'bob'), 'a dialog');
      await hearEachOther(alice, carol, [bob]);
      await talksTo(bob, []);
      await alice.page.evaluate(() => (window as any).watch.close());
    },
  },
  {
    name: 'picking up a call that rings, by a code',
    async run({alice, bob, carol}) {
      await placeCall(carol.page, 'bob', 'audio');
      await nextEvent(bob.page, 'sip-call-received');
      assert.equal(await asksFor(alice, 'pickUp', 'bob'), '**bob');
      await hearEachOther(alice, carol, [bob]);
      await talksTo(bob, []);
    },
  },
  {
    name: 'whispering',
    async run(stage) {
      const {alice, bob, carol} = stage;
      await stage.talks(bob, carol);
      await feature(alice, 'whisper', 'bob');
      await hearsTones(bob.page, [alice.tone, carol.tone], []);
      await hearsTones(alice.page, [bob.tone, carol.tone], [alice.tone]);
      await hearsTones(carol.page, [bob.tone], [alice.tone]);
    },
  },
  {
    name: 'transferring to voicemail',
    async run(stage) {
      const {freeSwitch, alice, carol} = stage;
      await stage.talks(alice, carol);
      await alice.page.evaluate(() =>
        (document.querySelector('sip-client') as any).pbx.transferToVoicemail((window as any).call, 'dave'),
      );
      await talksTo(alice, []);
      while (!/EXECUTE .*voicemail\(default sip\.test dave\)/.test(freeSwitch.log()))
        await new Promise((resolve) => setTimeout(resolve, 20));
    },
  },
  {
    name: 'answering at once',
    async run({alice, bob}) {
      await placeCall(alice.page, '*80bob', 'audio');
      await nextEvent(alice.page, 'sip-call-answered');
      await nextEvent(bob.page, 'sip-call-received');
      await hearEachOther(alice, bob);
    },
  },
  {
    name: 'messages',
    async run({alice, bob}) {
      await writes(alice, bob, 'Grüße — 你好 <b>&amp;</b>');
      await writes(bob, alice, 'Back');
    },
  },
  {
    name: 'mailbox',
    async run({freeSwitch, alice}) {
      const file = join(freeSwitch.folder, 'message.wav');
      await writeFile(file, voiceMessage());
      await freeSwitch.command(`voicemail_inject alice@sip.test ${file}`);
      await alice.page.evaluate(async () => {
        const {client} = document.querySelector('sip-client') as any;
        while (client.state.waitingMessages?.fresh !== 1)
          await new Promise((resolve) => setTimeout(resolve, 20));
      });
    },
  },
  {
    name: 'lamps',
    async run(stage) {
      const {alice, bob, carol} = stage;
      await carol.page.evaluate(async () => {
        (window as any).watch = await (document.querySelector('sip-client') as any).client.watchPeople('bob');
      });
      await sees(carol, 'online');
      await placeCall(alice.page, 'bob', 'audio');
      await nextEvent(bob.page, 'sip-call-received');
      await sees(carol, 'ringing');
      await answer(bob);
      await sees(carol, 'busy');
      await hangsUp(alice);
      await sees(carol, 'online');
      await carol.page.evaluate(() => (window as any).watch.close());
    },
  },
  {
    name: 'reload in a call',
    async run(stage) {
      const {alice, bob} = stage;
      await stage.talks();
      await stage.reloads();
      await hearEachOther(alice, bob);
      await talksTo(bob, ['alice']);
    },
  },
  {
    name: 'crash in a call',
    chromium: true,
    async run(stage) {
      const {alice, bob} = stage;
      await stage.talks();
      await stage.reloads(() => crashes(alice.page));
      await hearEachOther(alice, bob);
      await talksTo(bob, ['alice']);
    },
  },
  {
    name: 'two tabs',
    async run(stage) {
      const {freeSwitch, alice, bob} = stage;
      await stage.talks();
      const tab = await stage.anotherTab();
      assert.equal((await freeSwitch.contacts('alice')).length, 1);
      await hearEachOther(alice, bob);
      await tab.page.close();
      await succeeds(alice, 'hold');
      await succeeds(alice, 'unhold');
      await hearEachOther(alice, bob);
    },
  },
  {
    name: 'the other side hangs up after a reconnection',
    async run(stage) {
      const {way, alice, bob} = stage;
      await stage.talks();
      const {opened} = way;
      way.cut();
      await showsState(alice, 'health', 'restored');
      assert.equal(way.opened, opened + 1);
      await hearEachOther(alice, bob);
      const since = Date.now();
      await hangsUp(bob);
      assert.deepEqual(await cause(alice), {by: 'server', code: 'call-lost', status: 481});
      const after = Date.now() - since;
      // FreeSWITCH sends the BYE to the lost connection. It took 12 s to find that out by the media.
      assert.ok(after < 6_000, `only after ${after} ms`);
    },
  },
  {
    name: 'the page refreshes the session after a reconnection',
    async run({freeSwitch, way, alice, bob}) {
      // FreeSWITCH refreshes the session of whom it has called, and would end the call when nothing comes back.
      await connects(bob, alice);
      await freeSwitch.command('sofia global siptrace on');
      const before = freeSwitch.log().length;
      way.cut();
      await showsState(alice, 'health', 'restored');
      await freeSwitch.command('sofia global siptrace off');
      const agreed =
        /^SIP\/2\.0 200 OK\r?\n(?:.+\n)*?CSeq: \d+ INVITE\r?\n(?:.+\n)*?Session-Expires: (.*)\r?\n/m;
      assert.match(agreed.exec(freeSwitch.log().slice(before))?.[1] ?? '', /^\d+;refresher=uac/);
      await hearEachOther(alice, bob);
    },
  },
  {
    name: 'a room lists its members, who hear each other',
    async run(stage) {
      const {alice, bob, carol} = stage;
      await meet(stage, '3001', 'audio', alice, bob, carol);
      await hearsTones(alice.page, [bob.tone, carol.tone], [alice.tone]);
      await hearsTones(bob.page, [alice.tone, carol.tone], [bob.tone]);
    },
  },
  {
    name: 'adding and removing a member',
    async run(stage) {
      const {alice, bob, carol} = stage;
      await meet(stage, '3002', 'audio', alice, bob);
      const added = succeeds(alice, 'addMember', 'carol');
      await nextEvent(carol.page, 'sip-call-received');
      await answer(carol);
      await added;
      await lists(bob, 'alice', 'bob', 'carol');
      await hearsTones(carol.page, [alice.tone, bob.tone], [carol.tone]);
      await succeeds(alice, 'removeMember', 'carol');
      assert.equal((await cause(carol)).by, 'remote');
      await lists(bob, 'alice', 'bob');
      // The room has not called Bob.
      assert.equal(await command(alice, 'removeMember', 'bob'), 'unsupported');
      await hearEachOther(alice, bob, [carol]);
      await lists(alice, 'alice', 'bob');
    },
  },
  {
    name: 'the console mutes a member',
    async run(stage) {
      const {freeSwitch, alice, bob} = stage;
      await meet(stage, '3003', 'audio', alice, bob);
      await hearEachOther(alice, bob);
      const member = /^(\d+);[^\n]*;alice;alice;/m.exec(await freeSwitch.command('conference 3003 list'))![1];
      await freeSwitch.command(`conference 3003 mute ${member}`);
      await hearsTones(bob.page, [], [alice.tone]);
      await freeSwitch.command(`conference 3003 unmute ${member}`);
      await hearEachOther(alice, bob);
    },
  },
  {
    name: 'a room with video shows everybody in one picture',
    async run(stage) {
      const {alice, bob} = stage;
      await meet(stage, '3501', 'video', alice, bob);
      for (const {page} of [alice, bob]) await receives(page, 'sip-client', {frames: 10, energy: 0.01});
    },
  },
  {
    name: 'video that is added in a room',
    async run(stage) {
      const {alice, bob} = stage;
      await stage.dials(bob, '3502', 'video');
      await stage.dials(alice, '3502');
      await lists(alice, 'alice', 'bob');
      await succeeds(alice, 'setMedia', {video: true});
      await receives(alice.page, 'sip-client', {frames: 10, energy: 0.01});
    },
  },
  {
    name: 'reload in a room',
    async run(stage) {
      const {alice, bob} = stage;
      await meet(stage, '3004', 'audio', alice, bob);
      await stage.reloads();
      await lists(bob, 'alice', 'bob');
      await lists(alice, 'alice', 'bob');
      await hearEachOther(alice, bob);
    },
  },
  {
    name: 'video that is added in a call of two is not passed on, and the sound goes on',
    async run(stage) {
      const {alice, bob} = stage;
      await stage.talks();
      await succeeds(alice, 'setMedia', {video: true});
      // FreeSWITCH takes it itself.
      await alice.page.waitForFunction(async () => {
        const peer = [...(window as any).opened.peers].at(-1) as RTCPeerConnection;
        return [...(await peer.getStats()).values()].some(
          ({type, kind, packetsSent}) => type === 'outbound-rtp' && kind === 'video' && packetsSent > 10,
        );
      });
      assert.equal((await arrived(bob.page)).videoPackets, 0);
      await succeeds(alice, 'setMedia', {video: false});
      await hearEachOther(alice, bob);
    },
  },
  {
    name: 'restart of the server',
    async run(stage) {
      const {freeSwitch, alice, bob, people} = stage;
      await stage.talks();
      await freeSwitch.kill();
      await freeSwitch.restart();
      for (const {page} of people)
        await page.waitForFunction(
          () => (document.querySelector('sip-client') as any).state.registration === 'registered',
        );
      for (const each of [alice, bob]) assert.equal((await cause(each)).code, 'call-lost');
      await connects(bob, alice);
      await hearEachOther(alice, bob);
    },
  },
  {
    name: 'a page that is gone is reported',
    chromium: true,
    async run(stage) {
      const {alice} = stage;
      const dave = await stage.guest();
      await stage.talks(alice, dave);
      const inspector = await dave.page.createCDPSession();
      void inspector.send('Page.crash').catch(() => {});
      await showsState(alice, 'health', 'recovering');
      await showsState(alice, 'health', 'failed');
    },
  },
];
