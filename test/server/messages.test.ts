import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {startServer, type DispatchServer} from '../../server/server.js';
import {memory} from '../support/memory.js';
import {RawSip, type RawMessage} from '../support/scripted/raw-sip.js';

describe('a MESSAGE between users', () => {
  let server: DispatchServer;
  let anna: RawSip;
  let ben: RawSip;
  before(async () => {
    server = await startServer({port: 0});
    [anna, ben] = [await RawSip.registered(server.url, '1001'), await RawSip.registered(server.url, '1002')];
  });
  after(() => server.close());

  const send = (to: string, body: string, type = 'text/plain', from = anna): Promise<RawMessage> =>
    from.request('MESSAGE', {to: `sip:${to}@localhost`, headers: [`Content-Type: ${type}`], body});

  it('arrives as it was sent, from whom it was sent', async () => {
    const sent = send('1002', '你好, Ben 🙂', 'text/plain;charset=utf-8');
    const message = await ben.received('MESSAGE');
    ben.answer(message, 200, 'OK');
    assert.equal((await sent).status, 200);
    assert.equal(message.body, '你好, Ben 🙂');
    assert.equal(message.header('content-type'), 'text/plain;charset=utf-8');
    assert.equal(message.header('content-length'), String(Buffer.byteLength('你好, Ben 🙂')));
    assert.match(message.header('from') ?? '', /^"王芳" <sip:1001@localhost>/);
    assert.equal(message.start, `MESSAGE ${ben.contact} SIP/2.0`);
  });

  for (const type of ['text/plain\nFrom: <sip:1003@localhost>', 'text/plain\rX: y', 'text/plain\0'])
    it(`with a control character in a header is refused with 400: ${JSON.stringify(type)}`, async () => {
      assert.equal((await send('1002', 'hidden', type)).status, 400);
      const next = send('1002', 'next');
      const message = await ben.received('MESSAGE');
      ben.answer(message, 200, 'OK');
      assert.equal(message.body, 'next');
      assert.equal((await next).status, 200);
    });

  it('arrives with its type on one line', async () => {
    const sent = send('1002', 'one line', 'text/plain;\r\n charset=utf-8');
    const message = await ben.received('MESSAGE');
    ben.answer(message, 200, 'OK');
    assert.equal(message.header('content-type'), 'text/plain; charset=utf-8');
    await sent;
  });

  it('arrives at every registration of its callee', async () => {
    const second = await RawSip.registered(server.url, '1002');
    const sent = send('1002', 'both');
    for (const client of [ben, second]) {
      const message = await client.received('MESSAGE');
      assert.equal(message.body, 'both');
      client.answer(message, 200, 'OK');
    }
    assert.equal((await sent).status, 200);
    await second.close();
  });

  it('is answered when one registration took it, whatever the others do', async () => {
    const silent = await RawSip.registered(server.url, '1002');
    let silenceEnded = false;
    const sent = send('1002', 'one of two');
    await silent.received('MESSAGE');
    ben.answer(await ben.received('MESSAGE'), 200, 'OK');
    // The server's request to the silent one ends with its socket, if not by its own time.
    const ended = setTimeout(() => {
      silenceEnded = true;
      void silent.crash();
    }, 5_000);
    assert.equal((await sent).status, 200);
    assert.equal(silenceEnded, false);
    clearTimeout(ended);
    await silent.close();
  });

  it('is not kept where those that wait for its callee would be too much', async () => {
    const small = await startServer({port: 0, keptBytes: 1_000});
    const [from, other] = [
      await RawSip.registered(small.url, '1001'),
      await RawSip.registered(small.url, '1003'),
    ];
    const kept = async (text: string, by: RawSip): Promise<number> =>
      (await send('1002', text, 'text/plain', by)).status;
    assert.equal(await kept('x'.repeat(400), from), 202);
    // A sender leaves half of it to others.
    assert.equal(await kept('字'.repeat(40), from), 480);
    assert.equal(await kept('字'.repeat(133), other), 202);
    assert.equal(await kept('x'.repeat(100), from), 202);
    assert.equal(await kept('x'.repeat(102), other), 480);
    await from.close();
    await other.close();
    await small.close();
  });

  it('is answered 404 where the number is unknown', async () => {
    assert.equal((await send('4711', 'hello')).status, 404);
  });

  /** Registers an absent user and answers this many kept messages. */
  const fetchKept = async (user: string, count: number): Promise<RawMessage[]> => {
    const phone = await RawSip.registered(server.url, user);
    const messages: RawMessage[] = [];
    for (let each = 0; each < count; each += 1) {
      const message = await phone.received('MESSAGE');
      phone.answer(message, 200, 'OK');
      messages.push(message);
    }
    await phone.close();
    return messages;
  };

  it('is kept for an absent callee, with 202, and comes in order at his next registration', async () => {
    const sent = Date.now();
    for (const text of ['one', '二', 'three']) assert.equal((await send('1010', text)).status, 202);
    const messages = await fetchKept('1010', 3);
    assert.deepEqual(
      messages.map(({body}) => body),
      ['one', '二', 'three'],
    );
    for (const message of messages) {
      assert.match(message.header('from') ?? '', /^"王芳" <sip:1001@localhost>/);
      const date = Date.parse(message.header('date') ?? '');
      assert.ok(date >= sent - 1000 && date <= Date.now(), message.header('date'));
    }
    assert.equal((await send('1010', 'four')).status, 202);
    assert.deepEqual(
      (await fetchKept('1010', 1)).map(({body}) => body),
      ['four'],
    );
  });

  it('is kept as long as nobody has taken it', async () => {
    assert.equal((await send('1011', 'still there')).status, 202);
    const first = await RawSip.registered(server.url, '1011');
    await first.received('MESSAGE');
    await first.crash();
    assert.deepEqual(
      (await fetchKept('1011', 1)).map(({body}) => body),
      ['still there'],
    );
  });

  it('is answered 480 where as many are kept as may be, half of them of one sender', async () => {
    const other = await RawSip.registered(server.url, '1003');
    for (const from of [anna, other]) {
      for (let each = 0; each < 50; each += 1)
        assert.equal((await send('1012', String(each), 'text/plain', from)).status, 202);
      assert.equal((await send('1012', 'one too many', 'text/plain', from)).status, 480);
    }
    await other.close();
    const half = Array.from({length: 50}, (_, each) => String(each));
    assert.deepEqual(
      (await fetchKept('1012', 100)).map(({body}) => body),
      [...half, ...half],
    );
  });

  it('is answered as its callee answered', async () => {
    const sent = send('1002', 'hello');
    ben.answer(await ben.received('MESSAGE'), 488, 'Not Acceptable Here');
    assert.equal((await sent).status, 488);
  });

  for (const [status, reason] of [
    [302, 'Moved Temporarily'],
    [401, 'Unauthorized'],
    [407, 'Proxy Authentication Required'],
  ] as const) {
    it(`is answered 480 where the callee answers ${status}, which is not for the sender`, async () => {
      const sent = send('1002', 'hello');
      ben.answer(await ben.received('MESSAGE'), status, reason);
      assert.equal((await sent).status, 480);
    });
  }

  it('is kept where no page of the callee is open at the moment', async () => {
    const third = await RawSip.registered(server.url, '1003');
    const sent = send('1003', 'later');
    third.answer(await third.received('MESSAGE'), 480, 'Temporarily Unavailable');
    assert.equal((await sent).status, 202);
    await third.crash();
    const back = await RawSip.registered(server.url, '1003');
    const kept = await back.received('MESSAGE');
    back.answer(kept, 200, 'OK');
    assert.match(kept.body, /later/);
    await back.close();
  });

  it('is kept where the callee goes before he answers', async () => {
    const third = await RawSip.registered(server.url, '1003');
    const sent = send('1003', 'hello');
    await third.received('MESSAGE');
    await third.crash();
    assert.equal((await sent).status, 202);
    assert.deepEqual(
      (await fetchKept('1003', 1)).map(({body}) => body),
      ['hello'],
    );
  });

  it('may not carry the messages of the API', async () => {
    assert.equal((await send('1002', '{}', 'application/resjsonapi')).status, 415);
    assert.equal((await send('1002', '{}', 'Application/JSONAPI; x=y')).status, 415);
  });

  it('of a kind on demand goes to those who accept it alone', async () => {
    const typing = 'application/im-iscomposing+xml';
    assert.equal((await send('1002', '<isComposing/>', typing)).status, 415);
    assert.equal((await send('1010', '<isComposing/>', typing)).status, 480);
    const modern = await RawSip.registered(server.url, '1002', [`Accept: text/plain, ${typing}`]);
    const sent = send('1002', '<isComposing/>', typing);
    modern.answer(await modern.received('MESSAGE'), 200, 'OK');
    assert.equal((await sent).status, 200);
    assert.deepEqual(ben.inbox.rest, []);
    await modern.close();
  });

  const wrapped = (id: string, body: string, type = 'text/plain'): string =>
    [
      'From: <sip:1001@localhost>',
      'NS: imdn <urn:ietf:params:imdn>',
      `imdn.Message-ID: ${id}`,
      '',
      `Content-Type: ${type}`,
      '',
      body,
    ].join('\r\n');

  it('with an id is unwrapped for who does not accept it, and goes to each once', async () => {
    const modern = await RawSip.registered(server.url, '1002', ['Accept: text/plain, message/cpim']);
    for (const again of [false, true]) {
      const sent = send('1002', wrapped('id1', '你好\r\n\r\n!'), 'message/cpim');
      if (!again) {
        const [old, whole] = [await ben.received('MESSAGE'), await modern.received('MESSAGE')];
        assert.deepEqual([old.header('content-type'), old.body], ['text/plain', '你好\r\n\r\n!']);
        assert.deepEqual(
          [whole.header('content-type'), whole.body],
          ['message/cpim', wrapped('id1', '你好\r\n\r\n!')],
        );
        ben.answer(old, 200, 'OK');
        modern.answer(whole, 200, 'OK');
      }
      assert.equal((await sent).status, 200);
    }
    assert.deepEqual([...ben.inbox.rest, ...modern.inbox.rest], []);
    await modern.close();
  });

  it('with an id leaves nothing of itself in memory but its id', async () => {
    const text = '好'.repeat(15_000);
    const sendAll = async (from: number): Promise<void> => {
      for (let count = 0; count < 100; count += 1)
        assert.equal(
          (await send('9999', wrapped(`of-${from + count}-${'x'.repeat(20)}`, text), 'message/cpim')).status,
          404,
        );
    };
    await sendAll(0);
    const before = await memory();
    await sendAll(100);
    const kept = (await memory()) - before;
    assert.ok(kept < 2_000_000, `${kept} bytes are kept`);
  });

  it('that wraps a receipt, or a message of the API, goes to nobody who cannot read it', async () => {
    assert.equal(
      (await send('1002', wrapped('id2', '<imdn/>', 'message/imdn+xml'), 'message/cpim')).status,
      415,
    );
    assert.equal(
      (await send('1002', wrapped('id3', '{}', 'application/resjsonapi'), 'message/cpim')).status,
      415,
    );
    assert.deepEqual(ben.inbox.rest, []);
  });

  it('with an id is kept for an absent callee, and unwrapped when it is delivered', async () => {
    assert.equal((await send('1010', wrapped('id4', 'later'), 'message/cpim')).status, 202);
    assert.equal((await send('1010', wrapped('id4', 'later'), 'message/cpim')).status, 202);
    assert.deepEqual(
      (await fetchKept('1010', 1)).map(({body}) => body),
      ['later'],
    );
  });

  it('can be asked for: what is accepted for a number', async () => {
    const ask = async (number: string, from = anna): Promise<string | undefined> =>
      (await from.request('OPTIONS', {uri: `sip:${number}@localhost`, to: `sip:${number}@localhost`})).header(
        'accept',
      );
    assert.equal(await ask('1002'), 'text/plain, message/cpim');
    assert.equal(await ask('1010'), 'text/plain, message/cpim');
    const modern = await RawSip.registered(server.url, '1002', ['Accept: message/imdn+xml, text/plain']);
    assert.equal(await ask('1002'), 'text/plain, message/cpim, message/imdn+xml');
    await modern.close();
    assert.doesNotMatch((await ask('4711')) ?? '', /cpim/);
    // The server does not answer for a number before it knows who asks: it would be believed.
    const stranger = await RawSip.open(server.url, '1004');
    const parts = {uri: 'sip:1002@localhost', to: 'sip:1002@localhost'};
    assert.equal((await stranger.request('OPTIONS', parts)).status, 401);
    const answer = await stranger.authorized('OPTIONS', parts);
    assert.deepEqual([answer.status, answer.header('accept')], [200, 'text/plain, message/cpim']);
    await stranger.close();
  });

  it('in the name of somebody else is refused with 403', async () => {
    const parts = {
      from: 'sip:1003@localhost',
      to: 'sip:1002@localhost',
      headers: ['Content-Type: text/plain'],
      body: 'x',
    };
    assert.equal((await anna.request('MESSAGE', parts)).status, 403);
  });

  it('without a registration needs credentials', async () => {
    const stranger = await RawSip.open(server.url, '1004');
    const parts = {to: 'sip:1002@localhost', headers: ['Content-Type: text/plain'], body: 'hello'};
    assert.equal((await stranger.request('MESSAGE', parts)).status, 401);
    assert.equal((await stranger.authorized('MESSAGE', parts, 'wrong')).status, 403);
    const sent = stranger.authorized('MESSAGE', parts);
    ben.answer(await ben.received('MESSAGE'), 200, 'OK');
    assert.equal((await sent).status, 200);
    await stranger.close();
  });
});
