import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {setFlagsFromString} from 'node:v8';
import {runInNewContext} from 'node:vm';
import fc from 'fast-check';
import {Answers} from '../../../server/api/answers.js';
import {isKnown, parseRequest, replyText} from '../../../server/api/envelope.js';
import type {ApiContext, ApiHandler, ApiRequest} from '../../../server/api/handlers.js';
import {ApiResponder} from '../../../server/api/responder.js';
import {silent} from '../../../server/log.js';
import {API_CODE, CREATING_HEADERS} from '../../../src/dispatch/protocol.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** The heap in bytes, after garbage collection. */
function heapUsed(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

const never = new Promise<never>(() => {});

const who: Omit<ApiContext, 'reply'> = {user: '1001', carrier: 1, binding: undefined};
const ask = (header: string, msgid?: string): ApiRequest => ({header, msgid, body: {}});

describe('the answers to requests', () => {
  const answers = async (
    handlers: Record<string, ApiHandler>,
    requests: readonly ApiRequest[],
    patience?: number,
  ): Promise<unknown[]> => {
    const sent: unknown[] = [];
    const deliver = (text: string): Promise<void> => {
      sent.push(JSON.parse(text));
      return Promise.resolve();
    };
    const responder = new ApiResponder(
      new Map(Object.entries(handlers)),
      deliver,
      silent,
      undefined,
      patience,
    );
    await Promise.all(requests.map((request) => responder.answer(request, who)));
    return sent;
  };

  it('keep the order of requests with one header, and do not hold up others', async () => {
    const release: (() => void)[] = [];
    const slow: ApiHandler = async ({msgid}) => {
      if (msgid === 'slow') await new Promise<void>((resolve) => release.push(resolve));
      return {code: 0};
    };
    const quick: ApiHandler = () => {
      release.forEach((resolve) => resolve());
      return {code: 0};
    };
    const sent = await answers({a: slow, b: quick}, [ask('a', 'slow'), ask('a', 'next'), ask('b', 'other')]);
    const order = sent.map((reply) => (reply as {msgid: string}).msgid);
    assert.deepEqual(order, ['other', 'slow', 'next']);
  });

  it('are 1108 where a handler fails or has nothing to say', async () => {
    const fails: ApiHandler = () => Promise.reject(new Error('no'));
    const throws: ApiHandler = () => {
      throw new Error('no');
    };
    const sent = await answers({a: fails, b: throws, c: () => undefined}, [ask('a'), ask('b'), ask('c')]);
    assert.deepEqual(
      sent.map((reply) => (reply as {code: number}).code),
      [1108, 1108, 1108],
    );
  });

  it('are 1001 where a handler takes longer than a client waits', async () => {
    const never: ApiHandler = () => new Promise(() => undefined);
    assert.deepEqual(await answers({a: never}, [ask('a', 'm')], 20), [
      {msgid: 'm', header: 'a.CB', code: 1001, body: [{}]},
    ]);
  });

  it('are given once, the first time', async () => {
    const early: ApiHandler = async (_, context) => {
      await context.reply({code: 0, body: {cid: '7'}});
      await context.reply({code: 1100});
      return {code: 1101};
    };
    assert.deepEqual(await answers({a: early}, [ask('a')]), [{header: 'a.CB', code: 0, body: [{cid: '7'}]}]);
  });

  it('carry msgid in the body for creating requests, except where they must not', async () => {
    const header = 'session.applyspeak';
    const granted: ApiHandler = ({msgid}) => ({code: 0, echo: msgid === 'new'});
    assert.deepEqual(await answers({[header]: granted}, [ask(header, 'new'), ask(header, 'again')]), [
      {msgid: 'new', header: `${header}.CB`, code: 0, body: [{msgid: 'new'}]},
      {msgid: 'again', header: `${header}.CB`, code: 0, body: [{}]},
    ]);
  });

  it('are 1108 at once for what is too much to wait with, in number or in length', async () => {
    const codes: number[] = [];
    const deliver = async (text: string): Promise<void> =>
      void codes.push((JSON.parse(text) as {code: number}).code);
    let release = (): void => {};
    const released = new Promise<{code: number}>((resolve) => (release = () => resolve({code: 0})));
    const responder = new ApiResponder(new Map([['data.get.allgroup', () => released]]), deliver, silent);
    const request = ask('data.get.allgroup');
    const answered = Array.from({length: 3_000}, () => responder.answer(request, who));
    await responder.answer(request, who, 5_000_000);
    assert.deepEqual(codes, [API_CODE.operationFailed]);
    answered.push(...Array.from({length: 2_000}, () => responder.answer(request, who)));
    assert.equal(codes.length, 1_001);
    release();
    await Promise.all(answered);
    assert.equal(codes.filter((code) => Number(code) === 0).length, 4_000);
  });

  it('are remembered for each user, however many another one asks for', async () => {
    const answers = new Answers();
    const request = (msgid: number): ApiRequest => ({
      header: 'a',
      msgid: String(msgid),
      body: {},
    });
    for (let count = 0; count < 100; count += 1) answers.keep({}, '1001', request(count), never);
    for (let count = 0; count < 2_000; count += 1) answers.keep({}, '1002', request(count), never);
    for (let count = 0; count < 100; count += 1) assert.ok(answers.find({}, '1001', request(count)));
    const left = Array.from({length: 2_000}, (_, count) => answers.find({}, '1002', request(count)));
    assert.equal(left.filter(Boolean).length, 900);
  });

  it('are remembered without what was asked, however large that is', async () => {
    const before = heapUsed();
    const answers = new Answers();
    for (let count = 0; count < 100; count += 1)
      answers.keep({}, '1001', {header: 'a', msgid: String(count), body: {a: 'x'.repeat(1e6)}}, never);
    const grown = heapUsed() - before;
    assert.ok(answers.find({}, '1001', {header: 'a', msgid: '7', body: {a: 'x'.repeat(1e6)}}));
    assert.ok(grown < 10e6, `${grown} bytes`);
  });

  it('may list several bodies', async () => {
    const list: ApiHandler = () => ({code: 0, body: [{number: '1'}, {number: '2'}]});
    const [reply] = await answers({a: list}, [ask('a')]);
    assert.deepEqual((reply as {body: unknown}).body, [{number: '1'}, {number: '2'}]);
  });
});

describe('any text', () => {
  const holds = (text: string): void => {
    const parsed = parseRequest(text);
    const written = 'refusal' in parsed ? parsed.refusal : replyText(parsed.request, {code: 1108, body: []});
    const reply = JSON.parse(written) as {header: string; code: number; body: unknown[]};
    assert.match(reply.header, /\.CB$/s);
    assert.equal(typeof reply.code, 'number');
    assert.ok(Array.isArray(reply.body) && reply.body.length > 0);
  };

  it('gets a reply that can be read', () => {
    fc.assert(fc.property(fc.string({unit: 'binary'}), holds));
  });

  it('gets one also where it is JSON of any shape', () => {
    const part = fc.oneof(fc.jsonValue(), fc.string(), fc.constantFrom(...CREATING_HEADERS));
    const envelope = fc.record({header: part, msgid: part, body: part}, {requiredKeys: []});
    fc.assert(fc.property(fc.oneof(envelope, fc.jsonValue()), (value) => holds(JSON.stringify(value))));
  });

  it('is known as a request only where the protocol names it', () => {
    fc.assert(fc.property(fc.string(), (text) => !isKnown(text)));
    assert.ok([...CREATING_HEADERS].every(isKnown));
  });
});
