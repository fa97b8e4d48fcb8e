import {expect} from '@open-wc/testing';
import type {ApiMessage} from '../../src/core/types.js';
import {ApiExchange, type Carrier} from '../../src/dispatch/api.js';
import {makeRequest, type ApiRequest} from '../../src/dispatch/envelope.js';
import {SipError} from '../../src/errors.js';

/** Notes what is sent; replies are the test's own. */
class Notes implements Carrier {
  readonly sent: ApiRequest[] = [];
  async send(text: string): Promise<void> {
    this.sent.push(JSON.parse(text) as ApiRequest);
  }
}

describe('ApiExchange', () => {
  let carrier: Notes;
  let exchange: ApiExchange;
  let unsolicited: ApiMessage[];
  let lines: string[];

  beforeEach(() => {
    carrier = new Notes();
    unsolicited = [];
    lines = [];
    exchange = new ApiExchange({
      timeout: 60,
      log: (level, text) => lines.push(`${level}: ${text}`),
      onUnsolicited: (message) => unsolicited.push(message),
    });
  });

  const say = (message: object, from: Carrier = carrier): void =>
    exchange.receive(JSON.stringify(message), from);
  const ask = (header: string, over: Carrier = carrier): Promise<ApiMessage> =>
    exchange.request(makeRequest(header), over);
  const code = async (asked: Promise<ApiMessage>): Promise<number | string | undefined> =>
    asked.then(
      (reply) => reply.code,
      (error: unknown) => (error as SipError).code,
    );

  it('matches by the msgid at the top, in whatever order', async () => {
    const [first, second] = [ask('a'), ask('a')];
    const [one, two] = carrier.sent;
    say({header: 'a.CB', code: 2, msgid: two!.msgid});
    say({header: 'a.CB', code: 1, msgid: one!.msgid});
    expect([await code(first), await code(second)]).to.deep.equal([1, 2]);
  });

  it('matches by the msgid in the body', async () => {
    const [first, second] = [ask('session.createcall'), ask('session.createcall')];
    const [one, two] = carrier.sent;
    say({header: 'session.createcall.CB', code: 2, body: [{msgid: two!.msgid}]});
    say({header: 'session.createcall.CB', code: 1, body: {msgid: one!.msgid}});
    expect([await code(first), await code(second)]).to.deep.equal([1, 2]);
  });

  it('matches by header and order where there is no msgid', async () => {
    const [first, other, second] = [ask('a'), ask('b'), ask('a')];
    say({header: 'a.CB', code: 1});
    say({header: 'A.cb', code: 2});
    say({header: 'b.CB', code: 3});
    expect([await code(first), await code(second), await code(other)]).to.deep.equal([1, 2, 3]);
  });

  it('settles no request that creates a session by a reply without its msgid', async () => {
    const asked = ask('session.createcall');
    say({header: 'session.createcall.CB', code: 0, body: [{cid: 'c1'}]});
    expect(unsolicited).to.have.length(1);
    expect(await code(asked)).to.equal('timeout');
  });

  it('settles no request by a reply without its msgid once the server has repeated one', async () => {
    const first = ask('a');
    say({header: 'a.CB', code: 1, msgid: carrier.sent[0]!.msgid});
    expect(await code(first)).to.equal(1);
    const second = ask('a');
    say({header: 'a.CB', code: 2});
    expect(await code(second)).to.equal('timeout');
    // One that has none gets what has none, and an error is of the oldest.
    const nameless = exchange.request({...makeRequest('a'), msgid: undefined}, carrier);
    say({header: 'a.CB', code: 3});
    expect(await code(nameless)).to.equal(3);
    const broken = ask('a');
    say({header: 'error.CB', code: 1800, body: [{}]});
    expect(await code(broken)).to.equal(1800);
  });

  for (const header of ['session.creatvideobug.CB', 'session.createvideobug.CB'])
    it(`takes ${header} for the reply to session.createvideobug`, async () => {
      const asked = ask('session.createvideobug');
      say({header, code: '0', body: [{msgid: carrier.sent[0]!.msgid}]});
      expect(await code(asked)).to.equal(0);
    });

  it('takes error.CB for the reply to the oldest', async () => {
    const asked = ask('a');
    say({header: 'error.CB', code: 1800, body: [{}]});
    expect(await code(asked)).to.equal(1800);
  });

  it('settles nothing by the second of two replies', async () => {
    const first = ask('session.createcall');
    const [one] = carrier.sent;
    const reply = {header: 'session.createcall.CB', code: 0, body: [{msgid: one!.msgid, cid: 'c1'}]};
    say(reply);
    await first;
    const second = ask('session.createcall');
    say(reply);
    expect(unsolicited).to.have.length(1);
    expect(await code(second)).to.equal('timeout');
  });

  it('settles nothing by a reply that comes after its time', async () => {
    expect(await code(ask('a'))).to.equal('timeout');
    const [one] = carrier.sent;
    const second = ask('a');
    say({header: 'a.CB', code: 0, msgid: one!.msgid});
    expect(unsolicited).to.have.length(1);
    expect(await code(second)).to.equal('timeout');
  });

  it('takes a msgid in the body of other replies for a value of theirs', async () => {
    const asked = ask('message.list');
    say({header: 'message.list.CB', code: 0, body: [{msgid: 'the id of a message'}]});
    expect(await code(asked)).to.equal(0);
  });

  it('gives events to nobody who asked', async () => {
    const asked = ask('a');
    say({header: 'Session.State.Change', body: [{cid: 'c1', state: '6'}]});
    say({header: 'a', body: []});
    expect(unsolicited.map(({header}) => header)).to.deep.equal(['Session.State.Change', 'a']);
    expect(await code(asked)).to.equal('timeout');
  });

  it('keeps the replies of two carriers apart', async () => {
    const other = new Notes();
    const asked = ask('a', other);
    say({header: 'a.CB', code: 1});
    expect(unsolicited).to.have.length(1);
    say({header: 'a.CB', code: 2}, other);
    expect(await code(asked)).to.equal(2);
  });

  it('fails those on a carrier that is gone, and no others', async () => {
    const other = new Notes();
    const [gone, stays] = [code(ask('a', other)), ask('a')];
    exchange.drop(new SipError('connection-lost'), other);
    expect(await gone).to.equal('connection-lost');
    say({header: 'a.CB', code: 0});
    expect(await code(stays)).to.equal(0);
  });

  it('can be given up', async () => {
    const ending = new AbortController();
    const asked = code(exchange.request(makeRequest('a'), carrier, ending.signal));
    ending.abort();
    expect(await asked).to.equal('aborted');
    expect(await code(exchange.request(makeRequest('a'), carrier, ending.signal))).to.equal('aborted');
    expect(carrier.sent).to.have.length(1);
  });

  it('drops what it cannot read, with a line in the log', async () => {
    exchange.receive('{broken', carrier);
    expect(unsolicited).to.have.length(0);
    expect(lines.filter((line) => line.startsWith('warning: '))).to.have.length(1);
  });

  it('fails the request whose reply cannot be read, at once where that names it', async () => {
    const [named, other] = [code(ask('a')), ask('b')];
    exchange.receive(`{"header":"a.CB","msgid":"${carrier.sent[0]!.msgid}`, carrier);
    expect(await named).to.equal('bad-reply');
    say({header: 'b.CB', code: 0});
    expect(await code(other)).to.equal(0);
  });

  it('fails the request whose reply has more levels than a stack', async () => {
    const asked = ask('a');
    exchange.receive(`{"header":"a.CB","body":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, carrier);
    expect(await code(asked)).to.equal('bad-reply');
    expect(lines.filter((line) => line.startsWith('warning: '))).to.have.length(1);
  });

  it('still takes a good reply after something unreadable', async () => {
    const asked = ask('a');
    exchange.receive('{broken event', carrier);
    say({header: 'a.CB', code: 0});
    expect(await code(asked)).to.equal(0);
  });

  it('rejects with what the carrier cannot do', async () => {
    const broken: Carrier = {send: () => Promise.reject(new SipError('not-connected'))};
    expect(await code(ask('a', broken))).to.equal('not-connected');
  });

  it('settles requests of one msgid by their headers, and in their order', async () => {
    const [first, other, second] = ['a', 'b', 'a'].map((header) =>
      exchange.request(makeRequest(header, undefined, '7'), carrier),
    );
    for (const [header, number] of [
      ['b', 1],
      ['a', 2],
      ['a', 3],
    ] as const)
      say({header: `${header}.CB`, code: number, msgid: 7});
    expect([await code(other!), await code(first!), await code(second!)]).to.deep.equal([1, 2, 3]);
  });

  it('takes no value in the body of another reply for the msgid of a request', async () => {
    const [first, second] = ['a', 'b'].map((header) =>
      exchange.request(makeRequest(header, undefined, header === 'a' ? '7' : '8'), carrier),
    );
    say({header: 'b.CB', code: 2, body: [{msgid: 7}]});
    say({header: 'a.CB', code: 1, msgid: 7});
    expect([await code(first!), await code(second!)]).to.deep.equal([1, 2]);
  });
});
