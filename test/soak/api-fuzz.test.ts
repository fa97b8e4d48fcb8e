import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import fc from 'fast-check';
import {ApiExchange, type Carrier} from '../../src/dispatch/api.js';
import {
  readAll,
  readGroup,
  readPerson,
  readPosition,
  readState,
} from '../../src/dispatch/directory-reader.js';
import {firstOf, makeRequest, textOfFrame} from '../../src/dispatch/envelope.js';
import {readLoginInfo} from '../../src/dispatch/login-info.js';
import {API_EVENT, API_HEADER} from '../../src/dispatch/protocol.js';
import {readMember} from '../../src/dispatch/member-reader.js';
import {readSessionEvent} from '../../src/dispatch/session-event.js';
import type {ApiMessage} from '../../src/core/types.js';
import {startServer} from '../../server/server.js';
import {SipError} from '../../src/errors.js';
import {until} from '../support/in-page/facts.js';
import {apiMessage, post, RawApi, type RawApiMessage} from '../support/scripted/raw-api.js';
import {RawSip} from '../support/scripted/raw-sip.js';
import {size} from '../support/size.js';

const FRAMES = size(20_000, 100_000);
const ROUNDS = 10;
const ROUND = FRAMES / ROUNDS;
/** How much the heap may grow from the second round on, in bytes: less than a small object for each frame. */
const GROWTH = size(1, 8) * 2 ** 20;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const HEADERS = [
  ...Object.values(API_HEADER).map((header) => `${header}.CB`),
  ...Object.values(API_EVENT),
  'error.CB',
];
const FIELDS = [
  'cid',
  'type',
  'state',
  'number',
  'name',
  'groupnum',
  'parent',
  'lng',
  'lat',
  'time',
  'msgid',
  'ServerWebSocketPATH',
  'speak',
  'push',
  'FileID',
  'duration',
];

const value = fc.oneof(
  fc.jsonValue({maxDepth: 2}),
  fc.integer().map(String),
  fc.double().map(String),
  fc.constantFrom('0', '6', '10', '', null, [], {}, 1e300, -1),
);
const thing = fc.dictionary(fc.oneof(fc.constantFrom(...FIELDS), fc.string()), value, {maxKeys: 8});

/** Texts that are nearly right, and texts that are nothing. */
const text = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .record(
        {
          header: fc.oneof(fc.constantFrom(...HEADERS), fc.jsonValue({maxDepth: 1})),
          code: value,
          msgid: value,
          body: fc.oneof(fc.array(thing, {maxLength: 4}), value),
        },
        {requiredKeys: []},
      )
      .map((message) => JSON.stringify(message)),
  },
  {weight: 2, arbitrary: fc.json()},
  {weight: 2, arbitrary: fc.string({unit: 'binary', maxLength: 80})},
  // Cut in the middle.
  {weight: 2, arbitrary: fc.tuple(fc.json(), fc.nat(40)).map(([json, end]) => json.slice(0, end))},
);

/** Frames of text and of bytes, some of which are no UTF-8. */
const frame = fc.oneof(
  {weight: 4, arbitrary: text},
  {weight: 1, arbitrary: fc.uint8Array({maxLength: 80}).map((bytes) => new Uint8Array(bytes).buffer)},
  {weight: 1, arbitrary: text.map((each) => new TextEncoder().encode(each).slice(1).buffer)},
);

/** Does with a message what the client does with it. */
function read(message: ApiMessage): void {
  readAll(message, readGroup);
  readAll(message, readPerson);
  readAll(message, readPosition);
  message.body.forEach(readMember);
  readState(firstOf(message)['state']);
  readLoginInfo(message, '10.0.0.5');
  readSessionEvent(message);
}

describe('the parser of the API', () => {
  it(`takes ${FRAMES} frames without an error, and keeps nothing of them`, async (test) => {
    const uncaught: unknown[] = [];
    const onError = (error: unknown): void => void uncaught.push(error);
    process.on('uncaughtException', onError).on('unhandledRejection', onError);
    const told = {messages: 0, dropped: 0, replies: 0, refused: 0};
    const exchange = new ApiExchange({
      timeout: 60_000,
      log: (level) => {
        if (level === 'warning') told.dropped += 1;
      },
      onUnsolicited: (message) => {
        told.messages += 1;
        read(message);
      },
    });
    const carrier: Carrier = {send: async () => {}};
    const sizes: number[] = [];
    const asked: Promise<void>[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      // Requests that wait meanwhile: each gets one reply or one SipError.
      for (const header of Object.values(API_HEADER))
        asked.push(
          exchange.request(makeRequest(header), carrier).then(
            () => void (told.replies += 1),
            (error: unknown) => {
              assert.ok(error instanceof SipError);
              told.refused += 1;
            },
          ),
        );
      fc.assert(
        fc.property(frame, (data) => exchange.receive(textOfFrame(data), carrier)),
        {numRuns: ROUND, seed: round},
      );
      exchange.drop(new SipError('aborted'), carrier);
      await Promise.all(asked.splice(0));
      collect();
      sizes.push(process.memoryUsage().heapUsed);
    }
    process.off('uncaughtException', onError).off('unhandledRejection', onError);
    const megabytes = sizes.map((size) => (size / 2 ** 20).toFixed(1));
    test.diagnostic(
      `${FRAMES} frames: ${JSON.stringify(told)}; heap after each ${ROUND}: ${megabytes.join(' ')} MB`,
    );
    assert.deepEqual(uncaught, []);
    assert.equal(told.replies + told.refused, Object.keys(API_HEADER).length * ROUNDS);
    assert.ok(told.messages > 0 && told.dropped > 0 && told.replies > 0 && told.refused > 0);
    // From the second round on nothing is new.
    assert.ok(sizes.at(-1)! < sizes[1]! + GROWTH, `the heap grows: ${megabytes.join(' ')} MB`);
  });

  for (const [what, hostile] of [
    [
      'a megabyte of one text',
      JSON.stringify({header: 'x.CB', code: 0, body: [{name: 'x'.repeat(2 ** 20)}]}),
    ],
    ['a megabyte of nothing', ' '.repeat(2 ** 20)],
    ['a hundred thousand levels', `{"header":"x","body":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['a level that never ends', '['.repeat(2 ** 20)],
    [
      'a hundred thousand people',
      JSON.stringify({header: 'x', body: Array.from({length: 100_000}, (_, number) => ({number}))}),
    ],
    [
      'fields of objects themselves',
      '{"header":"x","body":[{"__proto__":{"number":1},"constructor":1,"number":"1"}]}',
    ],
  ] as const)
    it(`takes ${what}`, () => {
      let told = 0;
      const exchange = new ApiExchange({
        timeout: 1000,
        log: (level) => {
          if (level === 'warning') told += 1;
        },
        onUnsolicited: (message) => {
          told += 1;
          read(message);
        },
      });
      exchange.receive(hostile, {send: async () => {}});
      assert.equal(told, 1);
      assert.equal(({} as Record<string, unknown>)['number'], undefined);
    });
});

/** How many of {@link ASKED} go over SIP. */
const ONE_IN = 10;
const ASKED = size(8_000, 20_000);
/** How much the heap may grow from the second round on, in bytes: answers are kept for a while. */
const GROWTH_AT_SERVER = size(2, 8) * 2 ** 20;

const REQUEST_FIELDS = [
  ...['caller', 'ctype', 'members', 'isVideo', 'sessnum', 'sessname', 'FileID', 'RePlayNum', 'playnow'],
  ...['cid', 'number', 'astype', 'stype', 'htype', 'ptype', 'type', 'getemp', 'groupnum', 'queryinfo'],
  ...['emps', 'called', 'srccid', 'srcnumber', 'calleds', 'optype', 'CallOpType', 'receiver', '__proto__'],
];
/** Without those that begin and end the login, and the one that calls somebody. */
const ASKABLE = Object.values(API_HEADER).filter(
  (header) => !/^reg\.ws\.log/.test(header) && header !== API_HEADER.createCall,
);
const given = fc.oneof(
  value,
  fc.constantFrom(
    '1001',
    '1001,1002',
    '8100',
    'constructor',
    4,
    5,
    12,
    20,
    '"2"',
    '9'.repeat(400),
    '\0',
    '\ud800',
  ),
);
/** Requests that are nearly right, and texts that are nothing. */
const asking = fc.oneof(
  {
    weight: 8,
    arbitrary: fc
      .record(
        {
          header: fc.oneof({weight: 9, arbitrary: fc.constantFrom(...ASKABLE)}, fc.jsonValue({maxDepth: 1})),
          msgid: fc.oneof(fc.uuid(), value),
          body: fc.oneof(fc.dictionary(fc.constantFrom(...REQUEST_FIELDS), given, {maxKeys: 10}), value),
        },
        {requiredKeys: []},
      )
      .map((message) => JSON.stringify(message)),
  },
  {weight: 1, arbitrary: fc.json()},
  {weight: 1, arbitrary: fc.string({unit: 'binary', minLength: 1, maxLength: 80})},
);

describe('the development server', () => {
  it(`answers ${ASKED} frames and SIP MESSAGE bodies with a code each, and keeps nothing of them`, async (test) => {
    const server = await startServer({port: 0});
    const phone = await RawSip.registered(server.url, '1001');
    const called = await RawSip.registered(server.url, '1002');
    const api = await RawApi.loggedIn(server.url, '1001');
    const before = server.stats();
    const codes = new Map<number, number>();
    const sizes: number[] = [];
    let asked = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      // A registration lasts a minute.
      for (const client of [phone, called]) assert.equal((await client.register()).status, 200);
      for (const text of fc.sample(asking, {numRuns: ASKED / ROUNDS, seed: round})) {
        asked += 1;
        const overSip = asked % ONE_IN === 0;
        if (overSip) assert.equal(await post(phone, text), 200);
        else api.send(text);
        let reply: RawApiMessage;
        do reply = overSip ? await apiMessage(phone) : await api.inbox.next();
        while (!reply.header.endsWith('.CB'));
        assert.ok(Number.isInteger(reply.code) && reply.body.length > 0, text);
        codes.set(reply.code, (codes.get(reply.code) ?? 0) + 1);
      }
      collect();
      sizes.push(process.memoryUsage().heapUsed);
    }
    // Transactions of SIP outlive their answers for a while (RFC 3261 §17.2.2).
    await until(() => server.stats()['transactions'] === 0);
    collect();
    sizes.push(process.memoryUsage().heapUsed);
    const megabytes = sizes.map((size) => (size / 2 ** 20).toFixed(1));
    test.diagnostic(`codes: ${JSON.stringify(Object.fromEntries(codes))}; heap: ${megabytes.join(' ')} MB`);
    assert.deepEqual(server.stats(), before);
    assert.ok(sizes.at(-1)! < sizes[1]! + GROWTH_AT_SERVER, `the heap grows: ${megabytes.join(' ')} MB`);
    await Promise.all([api.close(), phone.close(), called.close()]);
    await server.close();
  });
});
