import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {until} from '../../support/in-page/facts.js';
import {RawSip} from '../../support/scripted/raw-sip.js';
import {ScriptedCall} from '../../support/scripted/scripted-call.js';
import type {ScriptedClient} from '../../support/scripted/scripted-client.js';
import {ScriptedMedia} from '../../support/scripted/scripted-media.js';
import {onSite, type ScriptedSite} from '../../support/scripted/scripted-site.js';
import {ScriptedSubscription} from '../../support/scripted/scripted-subscription.js';
import {hearsTones, voice} from '../../support/scripted/scripted-voice.js';

/** What the server plays instead of words, in hertz. */
const DONE = 880;
const BEEP = 1_000;
const EMPTY = 440;
const MUSIC = [523, 659, 784];

/** Calls by SIP alone, and is answered. */
async function calls(client: ScriptedClient, number: string): Promise<ScriptedCall> {
  const {call, response} = await client.invite(number);
  assert.equal(response.status, 200, `${client.user} calls ${number}`);
  return call!;
}

/** Calls, and is refused; returns the status. */
async function refused(client: ScriptedClient, number: string): Promise<number> {
  const {call, response} = await client.invite(number);
  if (call) await call.hangup();
  return response.status;
}

/** Dials a code, hears that it is done, and that the server hangs up. */
async function dials(client: ScriptedClient, code: string): Promise<void> {
  const call = await calls(client, code);
  await hearsTones(call.media!, [DONE]);
  assert.equal(await call.ended, 'bye');
}

/** One calls another, who answers: the sides of the caller and of the callee. */
async function talk(
  from: ScriptedClient,
  to: ScriptedClient,
  number = to.user,
): Promise<[ScriptedCall, ScriptedCall]> {
  const placed = from.invite(number);
  const answered = await to.answer();
  const {call} = await placed;
  await hear(call!, answered);
  return [call!, answered];
}

/** Two hear each other. */
const hear = (one: ScriptedCall, other: ScriptedCall): Promise<unknown> =>
  Promise.all([
    one.media!.hears(({name}) => name === other.name),
    other.media!.hears(({name}) => name === one.name),
  ]);

/** Waits for music. */
const hearsMusic = ({media}: ScriptedCall): Promise<void> =>
  Promise.any(MUSIC.map((tone) => hearsTones(media!, [tone])));

/** Waits until a transfer has come to this; returns the status. */
async function transfers(call: ScriptedCall, to: string): Promise<string> {
  assert.equal(await call.refer(`<sip:${to}@localhost>`), 202);
  const over = (): string | undefined =>
    call.notifications.find(({state}) => state.startsWith('terminated'))?.body;
  while (!over()) await call.changed();
  return over()!;
}

/** Calls, is answered, and hangs up before its media are connected. */
async function hangsUpEarly({server}: ScriptedSite, user: string, number: string): Promise<void> {
  const phone = await RawSip.registered(server.url, user);
  const media = new ScriptedMedia(user);
  const answer = await phone.request('INVITE', {
    to: `sip:${number}@localhost`,
    headers: [`Contact: <${phone.contact}>`, 'Content-Type: application/sdp'],
    body: await media.offer(),
  });
  assert.equal(answer.status, 200);
  assert.equal(await ScriptedCall.outgoing(phone, user, answer, media).hangup(), 200);
  await phone.close();
}

const clients = (site: ScriptedSite, ...users: string[]): Promise<ScriptedClient[]> =>
  Promise.all(users.map((user) => site.client(user)));

/** A test with clients of these users. */
const at = (
  users: readonly string[],
  run: (site: ScriptedSite, ...all: ScriptedClient[]) => Promise<void>,
  options?: Parameters<typeof onSite>[1],
): Promise<void> => onSite(async (site) => run(site, ...(await clients(site, ...users))), options);

describe('70 and 71 to 79', () => {
  it('park a call with music, and connect whoever calls the place', () =>
    at(['1003', '1004', '1005'], async (site, anna, ben, carl) => {
      const [own, far] = await talk(anna, ben);
      assert.equal(await transfers(far, '70'), 'SIP/2.0 200 OK');
      assert.equal(await far.ended, 'bye');
      await hearsMusic(own);
      const taken = await calls(carl, '71');
      await hear(own, taken);
      assert.equal(await refused(ben, '71'), 404);
      await taken.hangup();
      assert.equal(await own.ended, 'bye');
      await until(() => site.server.stats()['sessions'] === 0);
    }));

  it('are refused to callers who transfer nobody', () =>
    at(['1003'], async (_, anna) => {
      assert.equal(await refused(anna, '70'), 403);
      for (const place of ['71', '79', '70*']) assert.equal(await refused(anna, place), 404, place);
    }));

  it('have a lamp for each place', () =>
    at(['1003', '1004'], async (site, anna, ben) => {
      const watcher = await RawSip.registered(site.server.url, '1005');
      const lamp = await ScriptedSubscription.of(watcher, {to: '71', event: 'dialog', expires: 600});
      assert.doesNotMatch((await lamp.notified()).body, /<state>/);
      const [own, far] = await talk(anna, ben);
      assert.equal(await transfers(far, '70'), 'SIP/2.0 200 OK');
      while (!/<state>confirmed</.test((await lamp.notified()).body));
      await own.hangup();
      assert.doesNotMatch((await lamp.notified()).body, /<state>/);
      await watcher.close();
    }));

  it('take nine calls; the tenth is refused and goes on, and an empty place is taken again', () =>
    at(['1003', '1004'], async (site, anna, ben) => {
      const parked: ScriptedCall[] = [];
      for (let count = 0; count < 9; count += 1) {
        const [own, far] = await talk(anna, ben);
        assert.equal(await transfers(far, '70'), 'SIP/2.0 200 OK');
        parked.push(own);
      }
      const [own, far] = await talk(anna, ben);
      assert.equal(await transfers(far, '70'), 'SIP/2.0 486 Busy Here');
      await hear(own, far);
      await parked[4]!.hangup();
      await until(() => site.server.stats()['sessions'] === 9);
      far.notifications.splice(0);
      assert.equal(await transfers(far, '70'), 'SIP/2.0 200 OK');
      const [carl] = await clients(site, '1005');
      await hear(own, await calls(carl!, '75'));
    }));

  it('connect one of two who call a place at the same time, and the other one is let go', () =>
    at(['1003', '1004', '1005', '1006'], async (_, anna, ben, carl, dora) => {
      const [own, far] = await talk(anna, ben);
      await transfers(far, '70');
      const placed = await Promise.all([carl, dora].map((client) => client.invite('71')));
      const taken = placed.flatMap(({call}) => call ?? []);
      const lost = taken.filter((call) => call.over === undefined);
      assert.ok(lost.length > 0);
      const heard = await Promise.any(taken.map((call) => hear(own, call).then(() => call)));
      for (const call of taken) if (call !== heard) assert.equal(await call.ended, 'bye');
      await heard.hangup();
      assert.equal(await own.ended, 'bye');
    }));

  it('keep the call of a caller who gives up while the place answers', () =>
    at(['1003', '1004', '1005'], async (site, anna, ben, carl) => {
      const [own, far] = await talk(anna, ben);
      await transfers(far, '70');
      const {response} = await carl.invite('71', ['audio'], Promise.resolve());
      assert.equal(response.status, 487);
      await hangsUpEarly(site, '1006', '71');
      assert.equal(own.over, undefined);
      await hear(own, await calls(carl, '71'));
      assert.equal(site.server.stats()['sessions'], 1);
    }));
});

describe('** and a number', () => {
  it('answers the call that rings there, and stops the ringing', () =>
    at(['1003', '1004', '1005'], async (_, anna, ben, carl) => {
      const placed = anna.invite('1004');
      const ringing = await ben.incoming.next();
      const picked = await calls(carl, '**1004');
      assert.equal(await ringing.ended, 'cancelled');
      const {call} = await placed;
      await hear(call!, picked);
      await picked.hangup();
      assert.equal(await call!.ended, 'bye');
    }));

  it('is refused with 404 if nothing rings, or no such number exists', () =>
    at(['1003', '1004', '1005'], async (_, anna, ben, carl) => {
      for (const number of ['1004', '4711', '71', '%34711', '1004%40elsewhere.example', '', '*'])
        assert.equal(await refused(carl, `**${number}`), 404, number);
      const [own] = await talk(anna, ben);
      assert.equal(await refused(carl, '**1004'), 404);
      await own.hangup();
    }));

  it('is refused to the caller whose call rings there, and to one who transfers somebody', () =>
    at(['1003', '1004', '1005', '1006'], async (site, anna, ben, carl, dora) => {
      let giveUp = (): void => {};
      const placed = anna.invite('1004', ['audio'], new Promise((resolve) => (giveUp = resolve)));
      const ringing = await ben.incoming.next();
      const [second] = await clients(site, '1003');
      assert.equal(await refused(second!, '**1004'), 403);
      const [, far] = await talk(carl, dora);
      assert.equal(await transfers(far, '**1004'), 'SIP/2.0 403 Forbidden');
      assert.equal(ringing.over, undefined);
      await far.hangup();
      giveUp();
      assert.equal((await placed).response.status, 487);
    }));

  it('leaves the call ringing if who picks up gives up before they are connected', () =>
    at(['1003', '1004', '1005'], async (site, anna, ben, carl) => {
      const placed = anna.invite('1004');
      const ringing = await ben.incoming.next();
      const {response} = await carl.invite('**1004', ['audio'], Promise.resolve());
      assert.equal(response.status, 487);
      await hangsUpEarly(site, '1006', '**1004');
      assert.equal(ringing.over, undefined);
      await ringing.answer();
      await hear((await placed).call!, ringing);
    }));
});

describe('*72 and a number, and *73', () => {
  it('forward calls, and end that', () =>
    at(['1003', '1004', '1005'], async (_, anna, ben, carl) => {
      await dials(ben, '*721005');
      const [own, far] = await talk(anna, carl, '1004');
      await own.hangup();
      await far.ended;
      await dials(ben, '*73');
      const [again] = await talk(anna, ben);
      await again.hangup();
    }));

  it('are refused with 404 for a number that nobody has, and change nothing', () =>
    at(['1003', '1004'], async (_, anna, ben) => {
      for (const number of ['4711', '400', '70', '71', '1005%40elsewhere.example', '01005'])
        assert.equal(await refused(ben, `*72${number}`), 404, number);
      const [own] = await talk(anna, ben);
      await own.hangup();
    }));

  it('are refused to one who transfers somebody: nobody changes the settings of another', () =>
    at(['1003', '1004', '1005'], async (_, anna, ben, carl) => {
      const [own, far] = await talk(anna, ben);
      for (const code of ['*721005', '*73', '*78', '*79', '400*', '400**']) {
        far.notifications.splice(0);
        assert.equal(await transfers(far, code), 'SIP/2.0 403 Forbidden', code);
      }
      await own.hangup();
      const [again] = await talk(carl, anna);
      await again.hangup();
    }));

  it('go no further than one number: two that forward to each other do not ring for ever', () =>
    at(['1003', '1004', '1005'], async (_, anna, ben, carl) => {
      await dials(ben, '*721005');
      await dials(carl, '*721004');
      const [own] = await talk(anna, carl, '1004');
      await own.hangup();
    }));
});

describe('*78 and *79', () => {
  it('refuse calls with 486, also those that are forwarded there, and let them through again', () =>
    at(['1003', '1004', '1005'], async (_, anna, ben, carl) => {
      await dials(carl, '*721004');
      await dials(ben, '*78');
      assert.equal(await refused(anna, '1004'), 486);
      assert.equal(await refused(anna, '1005'), 486);
      // Of all phones of a user, and of that user alone.
      const [own] = await talk(ben, anna);
      await own.hangup();
      await dials(ben, '*79');
      const [again] = await talk(anna, ben, '1005');
      await again.hangup();
    }));
});

describe('a queue', () => {
  it('rings at those who have logged in, and are not to be left alone', () =>
    at(['1003', '1004', '1005', '1006'], async (site, anna, ben, carl, dora) => {
      assert.equal(await refused(anna, '400'), 480);
      for (const agent of [ben, carl, dora]) await dials(agent, '400*');
      await dials(dora, '*78');
      const placed = anna.invite('400');
      const other = await ben.incoming.next();
      await carl.answer();
      const {call} = await placed;
      assert.equal(await other.ended, 'cancelled');
      await hear(call!, [...carl.sessions.values()].at(-1)!.call!);
      await call!.hangup();
      assert.deepEqual(dora.wire.filter((entry) => entry === 'INVITE').length, 0);
      for (const agent of [ben, carl, dora]) await dials(agent, '400**');
      assert.equal(await refused(anna, '400'), 480);
      await until(() => site.server.stats()['sessions'] === 0);
    }));

  it('that does not exist is refused with 404', () =>
    at(['1003'], async (_, anna) => {
      for (const number of ['401', '1003', '4000', '', '70', '%2b400', '400%40elsewhere.example'])
        for (const end of ['*', '**']) assert.equal(await refused(anna, number + end), 404, number + end);
    }));
});

describe('voicemail', () => {
  it('records after a beep, tells that, and plays the message to its owner alone', () =>
    at(['1003', '1004'], async (site, anna, ben) => {
      const phone = await RawSip.registered(site.server.url, '1004');
      const box = await ScriptedSubscription.of(phone, {to: '1004', event: 'message-summary', expires: 600});
      assert.match((await box.notified()).body, /^Messages-Waiting: no\r\nVoice-Message: 0\/0 /);
      const own = await calls(anna, '*1004');
      own.media!.voice = voice(1_500);
      await hearsTones(own.media!, [BEEP]);
      // Half a second at least makes a message; the beep has its own pause and length.
      const spoken = Date.now();
      await until(() => Date.now() - spoken > 1_500);
      await own.hangup();
      assert.match((await box.notified()).body, /^Messages-Waiting: yes\r\nVoice-Message: 1\/0 /);
      const nothing = await calls(anna, '*97');
      await hearsTones(nothing.media!, [EMPTY], [1_500]);
      assert.equal(await nothing.ended, 'bye');
      assert.equal(box.waiting, 0);
      const heard = await calls(ben, '*97');
      await hearsTones(heard.media!, [1_500]);
      assert.equal(await heard.ended, 'bye');
      assert.match((await box.notified()).body, /^Messages-Waiting: no\r\nVoice-Message: 0\/1 /);
      await phone.close();
    }));

  it('keeps no message of one who hangs up before the beep, or after it without a word', () =>
    at(['1003'], async (site, anna) => {
      const phone = await RawSip.registered(site.server.url, '1004');
      await (await calls(anna, '*1004')).hangup();
      const own = await calls(anna, '*1004');
      own.media!.sending = false;
      await hearsTones(own.media!, [BEEP]);
      await own.media!.fallsSilent();
      await own.hangup();
      await until(() => site.server.stats()['sessions'] === 0);
      const box = await ScriptedSubscription.of(phone, {to: '1004', event: 'message-summary', expires: 0});
      assert.match((await box.notified()).body, /Voice-Message: 0\/0 /);
      await phone.close();
    }));

  it('takes a call that is transferred', () =>
    at(['1003', '1004'], async (_, anna, ben) => {
      const [own, far] = await talk(anna, ben);
      assert.equal(await transfers(far, '*1004'), 'SIP/2.0 200 OK');
      assert.equal(await far.ended, 'bye');
      await hearsTones(own.media!, [BEEP]);
      await own.hangup();
    }));

  it('of a number that nobody has is refused with 404', () =>
    at(['1003'], async (_, anna) => {
      for (const number of [
        '4711',
        '400',
        '71',
        '1004%40elsewhere.example',
        'anna',
        '',
        '%201004',
        '1004%0a',
      ])
        assert.equal(await refused(anna, `*${number}`), 404, number);
    }));
});

describe('*33 and *34 and a number', () => {
  const [ANNA, BEN, DISPATCHER] = [600, 1_200, 2_000];

  /** One calls the other; both and a dispatcher have a voice. */
  const talking = (
    run: (
      own: ScriptedCall,
      far: ScriptedCall,
      dispatcher: ScriptedClient,
      site: ScriptedSite,
    ) => Promise<void>,
  ): Promise<void> =>
    at(['1003', '1004', '1001'], async (site, anna, ben, dispatcher) => {
      const [own, far] = await talk(anna, ben);
      own.media!.voice = voice(ANNA);
      far.media!.voice = voice(BEN);
      await run(own, far, dispatcher, site);
      await until(() => site.server.stats()['legs'] === 0);
    });

  it('let a dispatcher hear both, who do not hear the dispatcher', () =>
    talking(async (own, far, dispatcher) => {
      const call = await calls(dispatcher, '*331003');
      call.media!.voice = voice(DISPATCHER);
      assert.match(call.description, /^a=sendonly/m);
      await hearsTones(call.media!, [ANNA, BEN]);
      await hearsTones(own.media!, [BEN], [DISPATCHER, ANNA]);
      await call.hangup();
      await hearsTones(far.media!, [ANNA], [DISPATCHER, BEN]);
      assert.deepEqual([own.over, far.over], [undefined, undefined]);
      await own.hangup();
      assert.equal(await far.ended, 'bye');
    }));

  for (const [number, name] of [
    ['1003', 'the caller'],
    ['1004', 'the callee'],
  ] as const)
    it(`let ${name} alone hear the dispatcher`, () =>
      talking(async (own, far, dispatcher) => {
        const call = await calls(dispatcher, `*34${number}`);
        call.media!.voice = voice(DISPATCHER);
        const [agent, other] = number === '1003' ? [own, far] : [far, own];
        const [agentTone, otherTone] = number === '1003' ? [ANNA, BEN] : [BEN, ANNA];
        await hearsTones(call.media!, [ANNA, BEN], [DISPATCHER]);
        await hearsTones(agent.media!, [otherTone, DISPATCHER], [agentTone]);
        await hearsTones(other.media!, [agentTone], [DISPATCHER, otherTone]);
        // The other one hears nothing of the dispatcher while the agent is silent, either.
        agent.media!.sending = false;
        await hearsTones(other.media!, [], [DISPATCHER, agentTone, otherTone]);
        await hearsTones(agent.media!, [DISPATCHER]);
        await other.hangup();
        assert.equal(await call.ended, 'bye');
      }));

  it('are heard by nobody once the number has put the other side through', () =>
    talking(async (own, far, dispatcher, site) => {
      const call = await calls(dispatcher, '*341004');
      call.media!.voice = voice(DISPATCHER);
      await hearsTones(far.media!, [DISPATCHER]);
      const [carl] = await clients(site, '1005');
      const answered = carl!.answer();
      assert.equal(await transfers(far, '1005'), 'SIP/2.0 200 OK');
      const third = await answered;
      third.media!.voice = voice(BEN);
      await hearsTones(call.media!, [ANNA, BEN]);
      await hearsTones(third.media!, [ANNA], [DISPATCHER]);
      await hearsTones(own.media!, [BEN], [DISPATCHER]);
      await own.hangup();
      assert.equal(await call.ended, 'bye');
    }));

  it('are refused to users who are no dispatchers, twice to one who is, and for a call of their own', () =>
    talking(async (own, far, dispatcher, site) => {
      const [carl, other] = (await clients(site, '1005', '1002')) as [ScriptedClient, ScriptedClient];
      for (const code of ['*331003', '*341003']) assert.equal(await refused(carl, code), 403, code);
      assert.equal(await transfers(far, '*341003'), 'SIP/2.0 403 Forbidden');
      const call = await calls(dispatcher, '*341003');
      await hearsTones(call.media!, [ANNA, BEN]);
      assert.equal(await refused(dispatcher, '*331004'), 403);
      const [talked] = await talk(other, carl);
      assert.equal(await refused(other, '*341005'), 403);
      await talked.hangup();
      await call.hangup();
      await own.hangup();
    }));

  it('are refused with 404 if the number is in no call', () =>
    talking(async (own, _, dispatcher) => {
      for (const number of ['1005', '4711', '400', '71', '1003%40elsewhere.example', '', '1003*'])
        for (const code of ['*33', '*34'])
          assert.equal(await refused(dispatcher, code + number), 404, number);
      await own.hangup();
    }));
});

describe('a code', () => {
  it('of a user who has not signed in is asked for a password, and counts with it', () =>
    at(['1003'], async (site, anna) => {
      const stranger = await RawSip.open(site.server.url, '1004');
      const offer = (to: string) => ({
        to: `sip:${to}@localhost`,
        headers: [`Contact: <${stranger.contact}>`, 'Content-Type: application/sdp'],
        body: 'v=0',
      });
      for (const code of ['*78', '**1003', '*721003', '400*', '*97', '*1003', '71', '70'])
        assert.equal((await stranger.request('INVITE', offer(code))).status, 401, code);
      assert.equal((await stranger.authorized('INVITE', offer('*78'), 'wrong')).status, 403);
      // In the name of another user.
      const other = {...offer('*78'), from: 'sip:1003@localhost'};
      assert.equal((await stranger.authorized('INVITE', other)).status, 403);
      await stranger.close();
      const [ben] = await clients(site, '1004');
      const [own] = await talk(anna, ben!);
      await own.hangup();
    }));

  it('whose offer cannot be read changes nothing', () =>
    at(['1003', '1004'], async (site, anna, ben) => {
      const phone = await RawSip.registered(site.server.url, '1004');
      const {status} = await phone.request('INVITE', {
        to: 'sip:*78@localhost',
        headers: [`Contact: <${phone.contact}>`, 'Content-Type: application/sdp'],
        body: 'v=0',
      });
      assert.equal(status, 488);
      await phone.close();
      const [own] = await talk(anna, ben);
      await own.hangup();
    }));

  it('counts by its number, whatever domain the address has: the server has one', () =>
    at(['1003', '1004'], async (site, anna, ben) => {
      const phone = await RawSip.registered(site.server.url, '1005');
      const {status} = await phone.request('INVITE', {
        to: 'sip:**1004@elsewhere.example',
        headers: [`Contact: <${phone.contact}>`, 'Content-Type: application/sdp'],
        body: 'v=0',
      });
      assert.equal(status, 404);
      await phone.close();
      const [own] = await talk(anna, ben);
      await own.hangup();
    }));

  it('is the number of an account that has it', () =>
    at(
      ['1003', '**1'],
      async (_, anna, odd) => {
        const [own] = await talk(anna, odd);
        await own.hangup();
        assert.equal(await refused(anna, '**2'), 404);
      },
      {
        users: [
          {number: '1003', name: 'Anna', password: '1234', type: 1},
          {number: '**1', name: 'Odd', password: '1234', type: 1},
        ],
      },
    ));

  it('counts among the sessions that a user may have', () =>
    at(
      ['1003'],
      async (site, anna) => {
        const open = [await calls(anna, '*1004'), await calls(anna, '*1005')];
        assert.equal(await refused(anna, '*1006'), 503);
        assert.equal(await refused(anna, '*78'), 503);
        for (const call of open) await call.hangup();
        await until(() => site.server.stats()['sessions'] === 0);
        await dials(anna, '*78');
      },
      {sessionsLimit: 2},
    ));

  it('counts so, too, where it leads into the calls of others', () =>
    at(
      ['1001', '1003', '1004', '1005', '1006'],
      async (site, dispatcher, anna, ben, carl, dora) => {
        const calling = [(await talk(anna, ben!))[0], (await talk(carl!, dora!))[0]];
        const open = [await calls(dispatcher, '*331003'), await calls(dispatcher, '*331005')];
        for (const number of ['*331003', '1002', '*78'])
          assert.equal(await refused(dispatcher, number), 503, number);
        for (const call of [...open, ...calling]) await call.hangup();
        await until(() => site.server.stats()['legs'] === 0);
        await dials(dispatcher, '*78');
      },
      {sessionsLimit: 2},
    ));
});
