import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {startServer, type DispatchServer} from '../../../server/server.js';
import {until} from '../../support/in-page/facts.js';
import {RawSip, type RawMessage} from '../../support/scripted/raw-sip.js';
import {ScriptedSubscription, subscribe} from '../../support/scripted/scripted-subscription.js';

/** The state of a NOTIFY, and the seconds that are left. */
const stateOf = (notify: RawMessage): [state: string, expires: number] => {
  const header = notify.header('subscription-state') ?? '';
  return [header.split(';')[0]!, Number(/;expires=(\d+)/.exec(header)?.[1] ?? 0)];
};

describe('a subscription', () => {
  let server: DispatchServer;
  let anna: RawSip;
  before(async () => {
    server = await startServer({port: 0, registrationGrace: 0.2});
    anna = await RawSip.open(server.url, '1003');
    assert.equal((await anna.register({expires: 600})).status, 200);
  });
  after(() => server.close());

  const dialogs = (): number => server.stats()['dialogs']!;
  const ended = (): Promise<void> => until(() => dialogs() === 0);

  it('is answered with the time that it gets, and told the state at once', async () => {
    const lamp = await ScriptedSubscription.of(anna, {to: '1004', event: 'dialog', expires: 600});
    assert.equal(lamp.response.header('expires'), '600');
    const notify = await lamp.notified();
    assert.equal(notify.header('event'), 'dialog');
    assert.equal(notify.header('subscription-state'), 'active;expires=600');
    assert.equal(notify.header('content-type'), 'application/dialog-info+xml');
    assert.equal((await lamp.send('SUBSCRIBE', 0)).status, 200);
    assert.equal((await lamp.notified()).header('subscription-state'), 'terminated;reason=timeout');
    await ended();
  });

  for (const [asked, granted] of [
    [1, 1],
    [3_600, 3_600],
    [3_601, 3_600],
    [undefined, 3_600],
    ['soon', 3_600],
    ['-5', 3_600],
    ['1e2', 3_600],
  ] as const)
    it(`gets ${granted} s if it asks for ${asked}`, async () => {
      const lamp = await ScriptedSubscription.of(anna, {
        to: '1004',
        event: 'dialog',
        ...(asked === undefined ? {} : {expires: asked}),
      });
      assert.equal(lamp.response.header('expires'), String(granted));
      assert.deepEqual(stateOf(await lamp.notified()), ['active', granted]);
      await lamp.send('SUBSCRIBE', 0);
      await lamp.notified();
      await ended();
    });

  it('that asks for no time is told the state once', async () => {
    const lamp = await ScriptedSubscription.of(anna, {to: '1004', event: 'presence', expires: 0});
    assert.equal(lamp.response.header('expires'), '0');
    assert.equal((await lamp.notified()).header('subscription-state'), 'terminated;reason=timeout');
    await ended();
  });

  it('ends when its time is over, and is told that', async () => {
    const lamp = await ScriptedSubscription.of(anna, {to: '1004', event: 'dialog', expires: 1});
    await lamp.notified();
    assert.equal((await lamp.notified()).header('subscription-state'), 'terminated;reason=timeout');
    await ended();
    assert.equal((await lamp.send('SUBSCRIBE', 60)).status, 481);
  });

  it('goes on if it is refreshed, and is told the state again', async () => {
    const lamp = await ScriptedSubscription.of(anna, {to: '1004', event: 'dialog', expires: 1});
    assert.match((await lamp.notified()).body, /version="1"/);
    const refreshed = await lamp.send('SUBSCRIBE', 2);
    assert.deepEqual([refreshed.status, refreshed.header('expires')], [200, '2']);
    const before = Date.now();
    const notify = await lamp.notified();
    assert.match(notify.body, /version="2"/);
    assert.deepEqual(stateOf(notify), ['active', 2]);
    assert.equal((await lamp.notified()).header('subscription-state'), 'terminated;reason=timeout');
    assert.ok(Date.now() - before > 1_500);
    await ended();
  });

  it('is told the seconds that are left with each later state', async () => {
    const lamp = await ScriptedSubscription.of(anna, {to: '1005', event: 'presence', expires: 60});
    const [, granted] = stateOf(await lamp.notified());
    const begun = Date.now();
    await until(() => Date.now() - begun > 1_100);
    const other = await RawSip.registered(server.url, '1005');
    const [state, left] = stateOf(await lamp.notified());
    assert.equal(state, 'active');
    assert.ok(left < granted && left > 50, `${left} s`);
    await other.close();
    assert.match((await lamp.notified()).body, /<basic>closed</);
    await lamp.send('SUBSCRIBE', 0);
    await lamp.notified();
    await ended();
  });

  it('is told of one change at a time: what changes before the answer is told once, as it is by then', async () => {
    const lamp = await ScriptedSubscription.of(anna, {to: '1005', event: 'presence', expires: 600});
    const david = await RawSip.open(server.url, '1005');
    for (let count = 0; count < 9; count += 1) await david.register({expires: count % 2 ? 0 : 600});
    // All that was sent before this answer has arrived.
    await anna.request('OPTIONS', {to: 'sip:1005@localhost'});
    assert.equal(lamp.waiting, 1);
    assert.match((await lamp.notified()).body, /closed/);
    assert.match((await lamp.notified()).body, /open/);
    await david.register({expires: 0});
    assert.match((await lamp.notified()).body, /closed/);
    assert.equal((await lamp.send('SUBSCRIBE', 0)).status, 200);
    await lamp.notified();
    await ended();
    await david.close();
  });

  it('has the id of its event in each NOTIFY', async () => {
    const lamp = await ScriptedSubscription.of(anna, {to: '1004', event: 'Dialog; sla ;id=7', expires: 0});
    assert.equal((await lamp.notified()).header('event'), 'dialog;id=7');
    await ended();
  });

  for (const event of ['refer', 'presence.winfo', 'constructor', '__proto__', '', ';', 'dialog.x'])
    it(`is refused with 489 for the event “${event}”, and the events that there are`, async () => {
      const refused = await subscribe(anna, {to: '1004', event});
      assert.equal(refused.status, 489);
      assert.equal(refused.header('allow-events'), 'dialog, presence, message-summary');
      assert.equal(dialogs(), 0);
    });

  it('is refused with 404 if the number does not exist', async () => {
    for (const to of [
      '4711',
      '1004%40elsewhere.example',
      '*1004',
      '**1004',
      '70',
      '401',
      '%00',
      '1004%0d%0a',
    ])
      assert.equal((await subscribe(anna, {to, event: 'dialog'})).status, 404, to);
  });

  it('without a Contact is refused with 400, and leaves nothing', async () => {
    for (const headers of [[], ['Contact: *']])
      assert.equal((await subscribe(anna, {to: '1004', event: 'dialog', headers})).status, 400);
    assert.equal(dialogs(), 0);
  });

  it('to the messages of another user is refused with 403', async () => {
    assert.equal((await subscribe(anna, {to: '1004', event: 'message-summary'})).status, 403);
    const own = await ScriptedSubscription.of(anna, {to: '1003', event: 'message-summary', expires: 0});
    assert.equal((await own.notified()).body, 'Messages-Waiting: no\r\nVoice-Message: 0/0 (0/0)\r\n');
    await ended();
  });

  it('needs a user who has signed in, or credentials', async () => {
    const stranger = await RawSip.open(server.url, '1006');
    const parts = {
      to: 'sip:1004@localhost',
      headers: ['Event: dialog', 'Expires: 0', `Contact: <${stranger.contact}>`],
    };
    assert.equal((await stranger.request('SUBSCRIBE', parts)).status, 401);
    assert.equal((await stranger.authorized('SUBSCRIBE', parts, 'wrong')).status, 403);
    assert.equal(
      (await stranger.authorized('SUBSCRIBE', {...parts, from: 'sip:1003@localhost'})).status,
      403,
    );
    assert.equal((await stranger.authorized('SUBSCRIBE', parts)).status, 200);
    await stranger.received('NOTIFY');
    // Who has signed in is nobody else.
    assert.equal((await anna.request('SUBSCRIBE', {...parts, from: 'sip:1006@localhost'})).status, 403);
    await stranger.close();
    await ended();
  });

  it('ends with its WebSocket', async () => {
    const other = await RawSip.registered(server.url, '1006');
    const lamps = ['dialog', 'presence'].map((event) =>
      ScriptedSubscription.of(other, {to: '1004', event, expires: 600}),
    );
    for (const lamp of await Promise.all(lamps)) await lamp.notified();
    assert.equal(dialogs(), 2);
    await other.crash();
    await ended();
  });

  it('ends when another user signs in over its WebSocket', async () => {
    const shared = await RawSip.registered(server.url, '1006');
    const box = await ScriptedSubscription.of(shared, {to: '1006', event: 'message-summary', expires: 600});
    await box.notified();
    const next = {from: 'sip:1007@localhost', to: 'sip:1007@localhost', uri: 'sip:localhost'};
    const headers = [`Contact: <${shared.contact}>`];
    assert.equal((await shared.authorized('REGISTER', {...next, headers}, '1234', '1007')).status, 200);
    assert.equal((await box.notified()).header('subscription-state'), 'terminated;reason=deactivated');
    await ended();
    assert.equal((await box.send('SUBSCRIBE', 600)).status, 481);
    await shared.close();
  });

  it('ends if its client refuses a NOTIFY', async () => {
    const lamp = await ScriptedSubscription.of(anna, {to: '1004', event: 'dialog', expires: 600});
    await lamp.notified(481);
    await ended();
  });

  it('refuses what is no SUBSCRIBE in its dialog, and goes on', async () => {
    const lamp = await ScriptedSubscription.of(anna, {to: '1004', event: 'dialog', expires: 600});
    await lamp.notified();
    for (const method of ['MESSAGE', 'NOTIFY', 'INFO', 'BYE'])
      assert.equal((await lamp.send(method)).status, 405, method);
    assert.equal(dialogs(), 1);
    await lamp.send('SUBSCRIBE', 0);
    await lamp.notified();
    await ended();
  });

  it('is one of a thousand of its user at most, over all connections, until one ends', async () => {
    const greedy = await RawSip.registered(server.url, '1006');
    const first = await ScriptedSubscription.of(greedy, {to: '1004', event: 'dialog', expires: 600});
    await first.notified();
    for (let count = 1; count < 1_000; count += 1) {
      const {status} = await subscribe(greedy, {to: '1004', event: 'dialog', expires: 600});
      assert.equal(status, 200, `the ${count + 1}th`);
      greedy.answer(await greedy.received('NOTIFY'), 200, 'OK');
    }
    assert.equal(dialogs(), 1_000);
    assert.equal((await subscribe(greedy, {to: '1004', event: 'dialog'})).status, 503);
    const second = await RawSip.registered(server.url, '1006');
    assert.equal((await subscribe(second, {to: '1004', event: 'dialog'})).status, 503);
    await second.close();
    // Others are not concerned.
    const other = await ScriptedSubscription.of(anna, {to: '1004', event: 'dialog', expires: 0});
    await other.notified();
    assert.equal((await first.send('SUBSCRIBE', 600)).status, 200);
    await first.notified();
    await first.send('SUBSCRIBE', 0);
    await first.notified();
    const again = await ScriptedSubscription.of(greedy, {to: '1004', event: 'dialog', expires: 600});
    await again.notified();
    await greedy.close();
    await ended();
  });
});
