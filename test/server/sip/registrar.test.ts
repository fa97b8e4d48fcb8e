import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import fc from 'fast-check';
import {startServer, type DispatchServer} from '../../../server/server.js';
import {digest, RawSip} from '../../support/scripted/raw-sip.js';

const binding = (client: RawSip, expires: number): string => `<${client.contact}>;expires=${expires}`;

describe('the registrar', () => {
  let server: DispatchServer;
  before(async () => {
    server = await startServer({port: 0, registrationGrace: 0.2});
  });
  after(() => server.close());

  it('challenges a REGISTER without credentials, with MD5 and qop=auth', async () => {
    const client = await RawSip.open(server.url, '1001');
    const response = await client.request('REGISTER', {headers: [`Contact: ${binding(client, 60)}`]});
    assert.equal(response.status, 401);
    const challenge = response.header('www-authenticate') ?? '';
    assert.match(challenge, /^Digest realm="[^"]+", nonce="[^"]+", algorithm=MD5, qop="auth"$/);
    await client.close();
  });

  it('registers with the right password and repeats the Contact with its lifetime', async () => {
    const client = await RawSip.open(server.url, '1001');
    const response = await client.register({expires: 120});
    assert.equal(response.status, 200);
    assert.deepEqual(response.headers('contact'), [binding(client, 120)]);
    await client.close();
  });

  it('refuses a wrong password with 403', async () => {
    const client = await RawSip.open(server.url, '1001');
    assert.equal((await client.register({password: 'wrong'})).status, 403);
    await client.close();
  });

  it('registers with a token in place of a password, and asks for another one if it is not the user’s', async () => {
    const client = await RawSip.open(server.url, '1001');
    const registers = (token: string): ReturnType<RawSip['request']> =>
      client.request('REGISTER', {
        uri: 'sip:localhost',
        headers: [`Contact: ${binding(client, 60)}`, `Authorization: Bearer ${token}`],
      });
    const own = server.issueToken('1001', 60);
    const [head, end] = own.split('.') as [string, string];
    const forged = [
      server.issueToken('1002', 60),
      server.issueToken('1001', 0),
      `${head}.${Number(end) + 1}.${own.split('.')[2]}`,
      `${own}.x`,
      'x',
    ];
    for (const token of forged) {
      const refused = await registers(token);
      assert.equal(refused.status, 401);
      const challenges = refused.headers('www-authenticate').map((challenge) => challenge.split(',', 2));
      assert.deepEqual(challenges[0], ['Bearer realm="dispatch"', ' error="invalid_token"']);
      assert.match(challenges[1]![0]!, /^Digest /);
    }
    assert.equal((await registers(own)).status, 200);
    await client.close();
  });

  it('looks at no further password after four wrong ones for a while, and says how long', async () => {
    const client = await RawSip.open(server.url, '1005');
    for (let wrong = 0; wrong < 4; wrong += 1)
      assert.equal((await client.register({password: 'wrong'})).status, 403);
    const refused = await client.register();
    assert.deepEqual([refused.status, refused.header('retry-after')], [503, '1']);
    // Others are not concerned.
    const other = await RawSip.registered(server.url, '1006');
    while ((await client.register()).status === 503) await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal((await client.register()).status, 200);
    await Promise.all([client.close(), other.close()]);
  });

  it('keeps no user out because of a few wrong passwords of others at their address', async () => {
    for (let stranger = 0; stranger < 4; stranger += 1) {
      const client = await RawSip.open(server.url, '1007');
      for (let wrong = 0; wrong < 4; wrong += 1) await client.register({password: 'wrong'});
      await client.close();
    }
    const own = await RawSip.registered(server.url, '1007');
    await own.close();
  });

  it('keeps out no client that has been there, however many wrong passwords others give', async () => {
    const contact = '<sip:a@client.invalid;transport=ws>;+sip.instance="<urn:uuid:known>";expires=60';
    const before = await RawSip.open(server.url, '1008');
    assert.equal((await before.register({contact})).status, 200);
    await before.close();
    let refused = false;
    for (let stranger = 0; !refused && stranger < 20; stranger += 1) {
      const client = await RawSip.open(server.url, '1008');
      for (let wrong = 0; wrong < 4; wrong += 1)
        refused ||= (await client.register({password: 'wrong'})).status === 503;
      await client.close();
    }
    const unknown = await RawSip.open(server.url, '1008');
    assert.deepEqual([refused, (await unknown.register()).status], [true, 503]);
    const own = await RawSip.open(server.url, '1008');
    assert.equal((await own.register({contact})).status, 200);
    await Promise.all([own.close(), unknown.close()]);
  });

  it('answers requests of users whose names are escaped, or cannot be read', async () => {
    const client = await RawSip.registered(server.url, '1001');
    for (const [user, status] of [
      ['a%25b', 403],
      ['a%2541', 403],
      ['%E9', 403],
      ['a%b', 400],
    ] as const) {
      const parts = {from: `sip:${user}@localhost`, to: 'sip:1002@localhost', body: 'x'};
      const headers = ['Content-Type: text/plain'];
      assert.equal((await client.request('MESSAGE', {...parts, headers})).status, status, user);
      const to = {to: `sip:${user}@localhost`, headers, body: 'x'};
      assert.equal((await client.request('MESSAGE', to)).status, status === 403 ? 404 : 400, user);
      const contact = [`Contact: <sip:${user}@client.invalid>`];
      assert.ok((await client.request('INVITE', {to: 'sip:4711@localhost', headers: contact})).status >= 400);
    }
    await client.close();
  });

  it('takes credentials of another connection for outdated, and so a nonce count that was used', async () => {
    const [client, other] = [await RawSip.open(server.url, '1001'), await RawSip.open(server.url, '1001')];
    const challenge = (await client.request('REGISTER')).header('www-authenticate') ?? '';
    const credentials = (): string[] => {
      const asked = {method: 'REGISTER', uri: 'sip:localhost', username: '1001', password: '1234'};
      return [`Authorization: ${digest(challenge, asked)}`];
    };
    const stolen = credentials();
    assert.equal((await client.request('REGISTER', {headers: stolen})).status, 200);
    const replayed = await other.request('REGISTER', {headers: stolen});
    assert.equal(replayed.status, 401);
    assert.match(replayed.header('www-authenticate') ?? '', /stale=true/);
    // The same count once more, for something else.
    assert.equal((await client.request('REGISTER', {headers: credentials()})).status, 401);
    assert.equal((await client.request('REGISTER', {headers: stolen})).status, 200);
    await Promise.all([client.close(), other.close()]);
  });

  it("refuses another user's credentials with 403", async () => {
    const client = await RawSip.open(server.url, '1001');
    assert.equal((await client.register({username: '1002'})).status, 403);
    await client.close();
  });

  it('answers 404 for an unknown user', async () => {
    const client = await RawSip.open(server.url, '4711');
    assert.equal((await client.register()).status, 404);
    await client.close();
  });

  it('loses no time with headers that are made to take it', async () => {
    const client = await RawSip.open(server.url, '1001');
    const start = performance.now();
    const hostile = [`Authorization: Digest ${'a'.repeat(30_000)}`, `Accept: a${' '.repeat(30_000)}b`];
    const headers = [`Contact: ${binding(client, 60)}`, ...hostile];
    assert.equal((await client.request('REGISTER', {headers})).status, 403);
    assert.ok(performance.now() - start < 2_000);
    await client.close();
  });

  it('challenges again, as stale, where the nonce is not its own', async () => {
    const client = await RawSip.open(server.url, '1001');
    const foreign = 'Digest realm="dispatch", nonce="0.deadbeef.0", algorithm=MD5, qop="auth"';
    const authorization = digest(foreign, {
      method: 'REGISTER',
      uri: 'sip:localhost',
      username: '1001',
      password: '1234',
    });
    const headers = [`Contact: ${binding(client, 60)}`, `Authorization: ${authorization}`];
    const response = await client.request('REGISTER', {uri: 'sip:localhost', headers});
    assert.equal(response.status, 401);
    assert.match(response.header('www-authenticate') ?? '', /stale=true/);
    await client.close();
  });

  it('accepts a refresh that repeats its Authorization byte for byte', async () => {
    const client = await RawSip.open(server.url, '1001');
    const challenge = (await client.request('REGISTER')).header('www-authenticate') ?? '';
    const credentials = digest(challenge, {
      method: 'REGISTER',
      uri: 'sip:localhost',
      username: '1001',
      password: '1234',
    });
    const headers = [`Contact: ${binding(client, 60)}`, `Authorization: ${credentials}`];
    for (const cseq of [11, 12, 13]) {
      const response = await client.request('REGISTER', {
        uri: 'sip:localhost',
        callId: 'same',
        cseq,
        headers,
      });
      assert.equal(response.status, 200);
    }
    assert.equal(server.stats()['bindings'], 1);
    await client.close();
  });

  for (const [asked, granted] of [
    ['1', 1],
    ['600', 600],
    ['601', 60],
    ['-5', 60],
    ['soon', 60],
  ] as const) {
    it(`grants ${granted} s where the Contact asks for ${asked}`, async () => {
      const client = await RawSip.open(server.url, '1002');
      const response = await client.register({expires: asked});
      assert.deepEqual(response.headers('contact'), [binding(client, granted)]);
      await client.close();
    });
  }

  it('takes the lifetime from the Expires header where the Contact has none', async () => {
    const client = await RawSip.open(server.url, '1002');
    const response = await client.register({contact: `<${client.contact}>`, headers: ['Expires: 77']});
    assert.deepEqual(response.headers('contact'), [binding(client, 77)]);
    await client.close();
  });

  it('grants 60 s where nothing is asked', async () => {
    const client = await RawSip.open(server.url, '1002');
    const response = await client.register({contact: `<${client.contact}>`});
    assert.deepEqual(response.headers('contact'), [binding(client, 60)]);
    await client.close();
  });

  it('keeps several bindings of a user and lists its own first', async () => {
    const [first, second] = [
      await RawSip.registered(server.url, '1003'),
      await RawSip.open(server.url, '1003'),
    ];
    const response = await second.register({expires: 90});
    const contacts = response.headers('contact');
    assert.equal(contacts[0], binding(second, 90));
    assert.ok(contacts[1]?.startsWith(`<${first.contact}>`));
    assert.equal(contacts.length, 2);
    await Promise.all([first.close(), second.close()]);
  });

  it('ends one binding where its Contact expires at once', async () => {
    const [first, second] = [
      await RawSip.registered(server.url, '1003'),
      await RawSip.registered(server.url, '1003'),
    ];
    const response = await first.register({expires: 0});
    assert.equal(response.status, 200);
    assert.deepEqual(
      response.headers('contact').map((contact) => contact.split(';expires')[0]),
      [`<${second.contact}>`],
    );
    await Promise.all([first.close(), second.close()]);
  });

  it('ends every binding of the user for Contact: *', async () => {
    const [first, second] = [
      await RawSip.registered(server.url, '1003'),
      await RawSip.registered(server.url, '1003'),
    ];
    const response = await first.register({contact: '*', headers: ['Expires: 0']});
    assert.equal(response.status, 200);
    assert.deepEqual(response.headers('contact'), []);
    assert.equal(server.stats()['bindings'], 0);
    await Promise.all([first.close(), second.close()]);
  });

  it('refuses Contact: * with a lifetime', async () => {
    const client = await RawSip.registered(server.url, '1003');
    assert.equal((await client.register({contact: '*', headers: ['Expires: 60']})).status, 400);
    assert.equal(server.stats()['bindings'], 1);
    await client.close();
  });

  it('keeps a binding for its grace, and then ends it', async () => {
    const [client, other] = [
      await RawSip.open(server.url, '1004'),
      await RawSip.registered(server.url, '1005'),
    ];
    await client.register({expires: 1});
    const asked = Date.now();
    const parts = {to: 'sip:1004@localhost', headers: ['Content-Type: text/plain'], body: 'there?'};
    let status = 200;
    while (status === 200) {
      const answered = client.inbox.next((message) => message.method === 'MESSAGE');
      void answered.then((message) => client.answer(message, 200, 'OK'));
      status = (await other.request('MESSAGE', parts)).status;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    assert.equal(status, 202);
    assert.ok(Date.now() - asked >= 1150, 'not before the lifetime and the grace are over');
    await Promise.all([client.close(), other.close()]);
  });

  it('drops the bindings of a socket that closes', async () => {
    const client = await RawSip.registered(server.url, '1006');
    assert.equal(server.stats()['bindings'], 1);
    await client.crash();
    const other = await RawSip.registered(server.url, '1007');
    const parts = {to: 'sip:1006@localhost', headers: ['Content-Type: text/plain'], body: 'there?'};
    assert.equal((await other.request('MESSAGE', parts)).status, 202);
    assert.equal(server.stats()['bindings'], 1);
    await other.close();
  });

  it('moves a Contact that registers over a new socket', async () => {
    const old = await RawSip.registered(server.url, '1008');
    const fresh = await RawSip.open(server.url, '1008', old.contact);
    assert.equal((await fresh.register()).status, 200);
    assert.equal(server.stats()['bindings'], 1);
    await old.crash();
    const other = await RawSip.registered(server.url, '1009');
    const parts = {to: 'sip:1008@localhost', headers: ['Content-Type: text/plain'], body: 'there?'};
    const sent = other.request('MESSAGE', parts);
    fresh.answer(await fresh.received('MESSAGE'), 200, 'OK');
    assert.equal((await sent).status, 200);
    await Promise.all([fresh.close(), other.close()]);
  });

  it('replaces the binding of the same instance and flow, and no other', async () => {
    const named = (client: RawSip, instance: string): string =>
      `<${client.contact}>;reg-id=1;+sip.instance="<urn:uuid:${instance}>";expires=60`;
    const [before, other, after] = [
      await RawSip.open(server.url, '1011'),
      await RawSip.open(server.url, '1011'),
      await RawSip.open(server.url, '1011'),
    ];
    await before.register({contact: named(before, 'aaaa')});
    await other.register({contact: named(other, 'bbbb')});
    const contacts = (await after.register({contact: named(after, 'aaaa')})).headers('contact');
    assert.equal(contacts[0], named(after, 'aaaa'));
    assert.deepEqual(
      contacts.slice(1).map((contact) => contact.split(';expires')[0]),
      [`<${other.contact}>`],
    );
    await Promise.all([before.close(), other.close(), after.close()]);
  });

  it('keeps twenty bindings of a user: a new one replaces the one that expires first', async () => {
    const [client, other] = [await RawSip.open(server.url, '1012'), await RawSip.open(server.url, '1012')];
    const names = (messages: readonly string[]): string[] =>
      messages.map((contact) => /sip:([^@]+)/.exec(contact)![1]!);
    const bind = async (first: number): Promise<string[]> => {
      const contacts = Array.from({length: 10}, (_, index) => {
        const name = first + index;
        return `<sip:c${name}@client.invalid>;expires=${name === 15 ? 60 : 300 + name}`;
      });
      const {headers} = await client.register({contact: contacts.join('\r\nContact: ')});
      return names(headers('contact'));
    };
    await bind(0);
    assert.equal((await bind(10)).length, 20);
    const listed = await bind(20);
    assert.equal(listed.length, 20);
    assert.deepEqual(
      listed.filter((name) => ['c8', 'c9', 'c14', 'c15', 'c16'].includes(name)),
      ['c9', 'c14', 'c16'],
    );
    assert.equal(server.stats()['bindings'], 20);
    // A refresh does not remove another registration.
    const own = names([other.contact]);
    for (let refresh = 0; refresh < 2; refresh += 1)
      assert.deepEqual(names((await other.register({expires: 600})).headers('contact')).slice(0, 2), [
        ...own,
        'c10',
      ]);
    await client.crash();
    assert.equal((await other.register()).headers('contact').length, 1);
    await other.close();
  });

  it('answers a query without Contact with the bindings', async () => {
    const client = await RawSip.registered(server.url, '1010');
    const response = await client.authorized('REGISTER', {uri: 'sip:localhost'});
    assert.equal(response.status, 200);
    assert.deepEqual(
      response.headers('contact').map((contact) => contact.split(';expires')[0]),
      [`<${client.contact}>`],
    );
    await client.close();
  });
});

describe('a nonce', () => {
  it('is stale after its lifetime', async () => {
    const server = await startServer({port: 0, nonceLifetime: -1});
    const client = await RawSip.open(server.url, '1001');
    const response = await client.register();
    assert.equal(response.status, 401);
    assert.match(response.header('www-authenticate') ?? '', /stale=true/);
    await client.close();
    await server.close();
  });
});

describe('the SIP WebSocket', () => {
  let server: DispatchServer;
  before(async () => {
    server = await startServer({port: 0});
  });
  after(() => server.close());

  it('decodes the tables of the grammar of SIP once, not for each header', async ({mock}) => {
    const client = await RawSip.open(server.url, '1001');
    await client.request('OPTIONS', {to: 'sip:1002@localhost'});
    const split = mock.method(String.prototype, 'split');
    await client.request('OPTIONS', {to: 'sip:1002@localhost'});
    const decoded = split.mock.calls.filter(({arguments: [separator]}) => (separator as unknown) === '');
    assert.equal(decoded.length, 0);
    await client.close();
  });

  it('answers a double CRLF with one', async () => {
    const client = await RawSip.open(server.url, '1001');
    client.send('\r\n\r\n');
    assert.equal(await client.pongs.next(), '\r\n');
    await client.close();
  });

  it('answers OPTIONS with 200', async () => {
    const client = await RawSip.open(server.url, '1001');
    assert.equal((await client.request('OPTIONS', {to: 'sip:localhost'})).status, 200);
    await client.close();
  });

  it('survives what is no SIP, and goes on', async () => {
    const client = await RawSip.open(server.url, '1001');
    for (const text of [
      'hello',
      'hello\r\n\r\n',
      'INVITE sip:1002@localhost SIP/2.0\r\n\r\n',
      'REGISTER sip:localhost SIP/2.0\r\nVia: \r\nFrom: x\r\nTo: y\r\nCall-ID: z\r\nCSeq: q\r\n\r\n',
      'SIP/2.0 999 What\r\nVia: SIP/2.0/WS a;branch=z9hG4bKx\r\n\r\n',
      'MESSAGE tel:1 SIP/2.0\r\nFrom: <sip:a@b>\r\n\r\n',
      `OPTIONS sip:1002@localhost SIP/2.0\r\nX: ${'\u0000'.repeat(9)}\r\n`,
      client.write('BYE', {to: 'sip:1002@localhost'}),
      client.write('CANCEL', {to: 'sip:1002@localhost'}),
      client.write('ACK', {to: 'sip:1002@localhost'}),
    ]) {
      client.send(text);
    }
    client.send(Buffer.from([0xff, 0xfe, 0x00, 0x0d, 0x0a]));
    assert.equal((await client.request('OPTIONS', {to: 'sip:localhost'})).status, 200);
    await client.close();
  });

  it('survives damaged SIP of every kind', async () => {
    const client = await RawSip.registered(server.url, '1001');
    const whole = fc.constantFrom(
      client.write('INVITE', {
        to: 'sip:1002@localhost',
        headers: [`Contact: <${client.contact}>`],
        body: 'v=0',
      }),
      client.write('REGISTER', {headers: [`Contact: <${client.contact}>;expires=5`, 'Expires: 9']}),
      client.write('MESSAGE', {
        to: 'sip:api@localhost',
        headers: ['Content-Type: application/jsonapi'],
        body: '{}',
      }),
      'SIP/2.0 200 OK\r\nVia: SIP/2.0/WS a;branch=z9hG4bKb\r\nCSeq: 1 INVITE\r\n\r\n',
    );
    const damaged = fc
      .tuple(whole, fc.nat(), fc.nat({max: 40}), fc.string({unit: 'binary', maxLength: 20}))
      .map(([text, at, length, filling]) => {
        const start = at % text.length;
        return text.slice(0, start) + filling + text.slice(start + length);
      });
    for (const text of fc.sample(damaged, 300)) client.send(text);
    const alive = client.write('OPTIONS', {to: 'sip:1002@localhost', callId: 'alive'});
    client.send(alive);
    const answer = await client.inbox.next((message) => message.header('call-id') === 'alive');
    assert.equal(answer.status, 200);
    await client.close();
  });

  it('closes with 1009 what sends more than 64 KiB', async () => {
    const client = await RawSip.open(server.url, '1001');
    client.send('x'.repeat(64 * 1024 + 1));
    assert.equal(await client.closed, 1009);
  });

  /** The answer to a request that is changed before it is sent. */
  async function answerTo(
    change: (text: string) => string,
    headers: readonly string[] = [],
  ): Promise<string> {
    const client = await RawSip.open(server.url, '1001');
    client.send(change(client.write('REGISTER', {callId: 'changed', headers})));
    const {start} = await client.inbox.next((message) => message.header('call-id') === 'changed');
    await client.close();
    return start;
  }

  it('answers 400 to more than ten contacts, in one header or in several, before anybody has logged in', async () => {
    const contacts = (count: number): string[] =>
      Array.from({length: count}, (_, index) => `<sip:${index}@a.invalid>;methods="INVITE, ACK, BYE"`);
    const same = (text: string): string => text;
    assert.match(await answerTo(same, [`Contact: ${contacts(10).join(', ')}`]), /^SIP\/2\.0 401 /);
    assert.match(await answerTo(same, [`Contact: ${contacts(11).join(', ')}`]), /^SIP\/2\.0 400 /);
    const several = contacts(11).map((contact, index) => `${index % 2 ? 'm' : 'CONTACT'}: ${contact}`);
    assert.match(await answerTo(same, several), /^SIP\/2\.0 400 /);
    assert.match(
      await answerTo(
        same,
        Array.from({length: 300}, () => 'From: <sip:a@b>'),
      ),
      /^SIP\/2\.0 400 /,
    );
  });

  it('answers 505 to another version, and 400 to a CSeq of another method', async () => {
    assert.match(await answerTo((text) => text.replace(' SIP/2.0', ' SIP/3.0')), /^SIP\/2\.0 505 /);
    assert.match(await answerTo((text) => text.replace(/^(CSeq: \d+) .*$/m, '$1 INVITE')), /^SIP\/2\.0 400 /);
  });

  it('carries one user: who registers anew over it takes it over', async () => {
    const client = await RawSip.registered(server.url, '1001');
    const other = {from: 'sip:1002@localhost', to: 'sip:1002@localhost', uri: 'sip:localhost'};
    const headers = [`Contact: <${client.contact}>`];
    assert.equal((await client.authorized('REGISTER', {...other, headers}, '1234', '1002')).status, 200);
    assert.equal(server.stats()['bindings'], 1);
    await client.close();
  });
});
