import {expect} from '@open-wc/testing';
import type {SipMessage} from '../../../src/core/messages/message.js';
import {fileIn, fileText} from '../../../src/core/messages/message.js';
import {MessageStore} from '../../../src/core/messages/message-store.js';
import type {SipClientOptions} from '../../../src/core/client/options.js';
import type {UploadOptions} from '../../../src/core/uploads/uploads.js';
import {SipError} from '../../../src/errors.js';
import {until} from '../../support/in-page/facts.js';
import {StagedClient} from '../../support/staged/staged-client.js';

let count = 0;
/** An account that no other test has. */
const account = (): Partial<SipClientOptions> => ({
  user: `30${(count += 1)}`,
  domain: `${crypto.randomUUID()}.example`,
  historyStorage: 'local',
});
const texts = (messages: readonly SipMessage[]): string[] => messages.map(({text}) => text);
const codeOf = async (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'done',
    (error: unknown) => (error as SipError).code,
  );

/** Resolves once the conversation has this many messages. */
async function has(client: StagedClient, number: string, messages: number): Promise<readonly SipMessage[]> {
  const conversation = await client.messages.open(number);
  await until(() => conversation.state.messages.length === messages);
  return conversation.state.messages;
}

/** Resolves once the browser's database has the conversation in this state. */
async function kept(
  options: Partial<SipClientOptions>,
  number: string,
  fact: (messages: readonly SipMessage[]) => boolean,
): Promise<StagedClient> {
  for (;;) {
    const client = new StagedClient(options);
    const {state} = await client.messages.open(number);
    if (fact(state.messages)) return client;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Resolves once a lock request is pending. */
const lockIsWanted = (name: string): Promise<void> =>
  until(async () => ((await navigator.locks.query()).pending ?? []).some((lock) => lock.name === name));

describe('SipMessages', () => {
  for (const history of ['local', 'memory'] as const)
    describe(`with the history “${history}”`, () => {
      let options: Partial<SipClientOptions>;
      let client: StagedClient;
      beforeEach(async () => {
        options = {...account(), historyStorage: history};
        client = await StagedClient.ready(options);
      });

      /** What the next page reads of a conversation. */
      const nextPage = async (number: string): Promise<string[]> =>
        texts((await new StagedClient(options).messages.open(number)).state.messages);

      it('sends, and says what became of it', async () => {
        const told: SipMessage[] = [];
        client.addEventListener('sip-message-state', ({detail}) => told.push(detail.message));
        const message = await client.sendMessage('1002', 'hi');
        expect(message).to.deep.include({state: 'sent', number: '1002', text: 'hi', direction: 'outgoing'});
        expect(message.id).to.match(/^[\da-f-]{36}$/);
        expect(client.asked).to.include('message 1002 hi');
        expect(told.map(({id, state}) => [id, state])).to.deep.equal([[message.id, 'sent']]);
        expect(await has(client, '1002', 1)).to.deep.equal([message]);
      });

      it('keeps what arrives, in its order, and counts what nobody has read', async () => {
        const told: unknown[] = [];
        client.addEventListener('sip-message-unread', ({detail}) => told.push(detail));
        for (const text of ['one', 'two', 'three']) client.receive(text);
        client.receive('from another', {from: '1003'});
        expect(texts(await has(client, '1002', 3))).to.deep.equal(['one', 'two', 'three']);
        await until(() => client.messages.state.unread === 4);
        expect(told.at(-1)).to.deep.equal({number: '1003', count: 1, unread: 4});
        expect(client.messages.state.conversations.map(({number, unread}) => [number, unread])).to.deep.equal(
          [
            ['1003', 1],
            ['1002', 3],
          ],
        );
        await client.messages.markRead('1002');
        expect(client.messages.state.unread).to.equal(1);
        expect((await client.messages.open('1002')).state.unread).to.equal(0);
      });

      it('keeps what failed, with why, to be sent again', async () => {
        client.failure = new SipError('number-offline', {subject: '1002'});
        expect(await codeOf(client.sendMessage('1002', 'hi'))).to.equal('number-offline');
        const [failed] = await has(client, '1002', 1);
        expect(failed).to.deep.include({state: 'failed', error: 'number-offline'});
        const again = await client.messages.retry(failed!.id);
        expect(again).to.deep.include({id: failed!.id, state: 'sent', time: failed!.time});
        expect(again).not.to.have.property('error');
        expect(await has(client, '1002', 1)).to.deep.equal([again]);
        expect(await codeOf(client.messages.retry(failed!.id))).to.equal('invalid-state');
      });

      it('refuses what cannot be sent, and notes none of it', async () => {
        const refused = [
          client.sendMessage('1002', ' \n '),
          client.sendMessage('no number', 'x'),
          client.sendMessage('1002', '长'.repeat(20_000)),
          client.messages.retry('none'),
        ];
        expect(await Promise.all(refused.map(codeOf))).to.deep.equal([
          'bad-parameter',
          'invalid-number',
          'message-too-long',
          'invalid-state',
        ]);
        expect((await client.messages.open('1002')).state.messages).to.deep.equal([]);
      });

      it('refuses what is longer than its server takes, counted in bytes', async () => {
        client = await StagedClient.ready({...options, messageBytes: 1023});
        expect(await codeOf(client.sendMessage('1002', '长'.repeat(342)))).to.equal('message-too-long');
        const text = '长'.repeat(341);
        await client.sendMessage('1002', text);
        expect((await has(client, '1002', 1)).map(({text}) => text)).to.deep.equal([text]);
      });

      it('sends what waited for the connection once it is restored', async () => {
        client.failure = new SipError('not-connected');
        client.host.setRegistration('unregistered');
        client.host.setConnection('reconnecting');
        const waiting = await client.sendMessage('1002', 'later');
        expect(waiting.state).to.equal('waiting');
        client.host.setConnection('connected');
        client.host.setRegistration('registered');
        await until(async () => (await has(client, '1002', 1))[0]!.state === 'sent');
        expect(client.asked.filter((asked) => asked === 'message 1002 later')).to.have.length(2);
      });

      it('forgets a message, a conversation, everything', async () => {
        for (const text of ['one', 'two', 'three']) await client.sendMessage('1002', text);
        await client.sendMessage('1003', 'other');
        const [one] = await has(client, '1002', 3);
        await client.messages.remove('1002', one!.id);
        expect(texts(await has(client, '1002', 2))).to.deep.equal(['two', 'three']);
        expect(await nextPage('1002')).to.deep.equal(history === 'local' ? ['two', 'three'] : []);
        await client.messages.clear('1002');
        expect(client.messages.state.conversations.map(({number}) => number)).to.deep.equal(['1003']);
        expect((await client.messages.open('1002')).state.messages).to.deep.equal([]);
        expect(await nextPage('1002')).to.deep.equal([]);
        await client.messages.clear();
        expect(client.messages.state).to.deep.include({conversations: [], unread: 0});
        expect(await nextPage('1003')).to.deep.equal([]);
      });

      it('takes in an archive, sorts it in, and takes nothing twice', async () => {
        client.receive('newest');
        await has(client, '1002', 1);
        const archive = [
          {id: 'b', number: '1002', direction: 'outgoing', text: 'second', time: Date.now() - 200_000},
          {id: 'a', number: '1002', direction: 'incoming', text: 'first', time: Date.now() - 300_000},
        ] as const;
        await client.messages.add(archive);
        await client.messages.add(archive);
        expect(texts(await has(client, '1002', 3))).to.deep.equal(['first', 'second', 'newest']);
        expect(client.messages.state.unread).to.equal(1);
      });

      it('keeps as many of a conversation as it may', async () => {
        client = await StagedClient.ready({...account(), historyStorage: history, messageLimit: 3});
        for (const text of ['1', '2', '3', '4', '5']) client.receive(text);
        await until(
          async () => texts((await client.messages.open('1002')).state.messages).join('') === '345',
        );
      });

      it('uploads a file and sends its name, size and address; after a failure as well', async () => {
        client = await StagedClient.ready({...account(), historyStorage: history, uploadUrl: '/nowhere'});
        const answers = ['nothing that is an address', '{"url":"https://files.example/1"}'];
        client.upload = async () => ({ok: true, status: 200, response: answers.shift()!});
        const file = new File(['x'.repeat(1_500)], 'plan\u202efdp.exe');
        expect(await codeOf(client.messages.sendFile('1002', file))).to.equal('bad-reply');
        const [failed] = await has(client, '1002', 1);
        expect(failed).to.deep.include({state: 'failed', error: 'bad-reply'});
        const sent = await client.messages.retry(failed!.id);
        expect(sent.file).to.deep.equal({name: 'plan fdp.exe', size: 1_500, url: 'https://files.example/1'});
        expect(client.asked).to.include('message 1002 plan fdp.exe (1.5 kB)\nhttps://files.example/1');
      });

      it('says how far a file is, and ends its upload where its message is taken out', async () => {
        client = await StagedClient.ready({...account(), historyStorage: history, uploadUrl: '/nowhere'});
        let upload!: UploadOptions;
        client.upload = async (_, options) => {
          upload = options!;
          return new Promise((_, reject) => {
            const abort = (): void => reject(new SipError('aborted'));
            upload.signal!.addEventListener('abort', abort);
            if (upload.signal!.aborted) abort();
          });
        };
        const told: number[] = [];
        const file = new File(['x'.repeat(2_000)], 'plan.pdf');
        const page = new AbortController();
        const onProgress = ({loaded}: {loaded: number}): void => void told.push(loaded);
        const sending = codeOf(client.messages.sendFile('1002', file, {signal: page.signal, onProgress}));
        await until(() => upload !== undefined);
        const progress = {file, total: 2_000, speed: 1, remaining: 1};
        let lists = 0;
        client.messages.addEventListener('statechange', () => (lists += 1));
        upload.onProgress!({...progress, loaded: 500});
        expect(lists).to.equal(0);
        const [message] = await has(client, '1002', 1);
        expect(message).to.deep.include({
          state: 'sending',
          file: {name: 'plan.pdf', size: 2_000, url: '', loaded: 500},
        });
        expect(told).to.deep.equal([500]);
        await client.messages.remove('1002', message!.id);
        expect(upload.signal!.aborted).to.equal(true);
        expect(await sending).to.equal('aborted');
        upload.onProgress!({...progress, loaded: 900});
        expect((await client.messages.open('1002')).state.messages).to.deep.equal([]);
        const again = codeOf(client.messages.sendFile('1002', file, {signal: page.signal}));
        const [other] = await has(client, '1002', 1);
        page.abort();
        expect(await again).to.equal('aborted');
        expect((await has(client, '1002', 1))[0]).to.deep.include({
          id: other!.id,
          state: 'failed',
          error: 'aborted',
          file: {name: 'plan.pdf', size: 2_000, url: ''},
        });
      });
    });

  it('sends again at once what has just failed', async () => {
    const client = await StagedClient.ready(account());
    client.failure = new SipError('declined');
    const told = new Promise<SipMessage>((resolve) => {
      client.addEventListener('sip-message-state', ({detail}) => resolve(detail.message), {once: true});
    });
    expect(await codeOf(client.sendMessage('1002', 'hi'))).to.equal('declined');
    const {id} = await told;
    expect((await client.messages.retry(id)).state).to.equal('sent');
  });

  it('does not send what is taken out at once', async () => {
    const client = await StagedClient.ready(account());
    const sending = codeOf(client.sendMessage('1002', 'wrong'));
    await client.messages.load();
    await client.messages.clear('1002');
    expect(await sending).to.equal('aborted');
    expect(client.asked).not.to.include('message 1002 wrong');
  });

  it('keeps everything for the next page, and loads it from the newest on', async () => {
    const options = account();
    const client = await StagedClient.ready(options);
    await client.messages.add(
      Array.from({length: 450}, (_, index) => ({
        number: '1002',
        direction: 'incoming' as const,
        text: String(index),
        time: Date.now() - 1_000_000 + index,
        id: `a${index}`,
      })),
    );
    client.receive('newest');
    await until(() => client.messages.state.unread === 1);
    const next = new StagedClient(options);
    const conversation = await next.messages.open('1002');
    expect(conversation.state).to.deep.include({unread: 1, older: true});
    expect(texts(conversation.state.messages)).to.have.length(100);
    expect(texts(conversation.state.messages).slice(-2)).to.deep.equal(['449', 'newest']);
    while (conversation.state.older) await conversation.loadOlder();
    expect(texts(conversation.state.messages)).to.deep.equal([...Array(450).keys(), 'newest'].map(String));
    await client.messages.markRead('1002');
    expect((await new StagedClient(options).messages.open('1002')).state.unread).to.equal(0);
  });

  it('outlasts a flood from invented senders without a store as well, with what is open and what was written', async () => {
    const client = await StagedClient.ready({...account(), historyStorage: 'memory'});
    await client.sendMessage('1002', 'hello');
    client.receive('of the own domain', {from: '1003'});
    client.receive('hi', {from: 'open@partner.example'});
    const conversation = await client.messages.open('open@partner.example');
    for (let index = 0; index < 1_100; index += 1)
      client.receive('x'.repeat(2_000), {from: `u${index}@evil.example`});
    const numbers = (): string[] => client.messages.state.conversations.map(({number}) => number);
    await until(() => numbers().includes('u1099@evil.example'));
    expect(numbers().length).to.be.within(950, 1_000);
    expect(numbers()).to.include.members(['1002', '1003', 'open@partner.example']);
    client.receive('again', {from: 'open@partner.example'});
    await until(() => texts(conversation.state.messages).join() === 'hi,again');
    const gone = await client.messages.open('u0@evil.example');
    expect(gone.state.messages).to.deep.equal([]);
  });

  it('keeps little of what a user of another domain sends, also without a store', async () => {
    const client = await StagedClient.ready({...account(), historyStorage: 'memory'});
    const conversation = await client.messages.open('x@evil.example');
    for (let index = 0; index < 210; index += 1)
      client.receive(`${index}`, {
        from: 'x@evil.example',
        contentType: `text/plain;x=${'A'.repeat(60_000)}`,
      });
    await until(() => conversation.state.messages.at(-1)?.text === '209');
    expect(conversation.state.messages).to.have.length(200);
    expect(conversation.state.messages[0]!.contentType)
      .to.have.length(200)
      .and.to.match(/^text\/plain;x=A+$/);
  });

  it('shares it between tabs, which are told of one message each, and note it once', async () => {
    const options = account();
    const tabs = [await StagedClient.ready(options), await StagedClient.ready(options)] as const;
    const conversations = await Promise.all(tabs.map((tab) => tab.messages.open('1002')));
    for (const text of ['ok', 'ok']) for (const tab of tabs) tab.receive(text);
    await tabs[0].sendMessage('1002', 'sent by one');
    for (const conversation of conversations) {
      await until(
        () =>
          conversation.state.messages.length === 3 &&
          conversation.state.messages.every(({state}) => state !== 'sending'),
      );
      expect(texts(conversation.state.messages)).to.deep.equal(['ok', 'ok', 'sent by one']);
    }
    for (const {messages} of tabs) await until(() => messages.state.unread === 2);
    await tabs[1].messages.markRead('1002');
    await until(() => tabs[0].messages.state.unread === 0);
    await tabs[0].messages.clear();
    await until(() => conversations[1]!.state.messages.length === 0);
  });

  it('drops what is older than it may be', async () => {
    const options = account();
    const client = await StagedClient.ready(options);
    const day = 86_400_000;
    for (const age of [0, 5])
      await client.messages.add([
        {number: '1002', direction: 'incoming', text: `${age} days`, time: Date.now() - age * day},
      ]);
    const next = new StagedClient({...options, messageDays: 3});
    expect(texts((await next.messages.open('1002')).state.messages)).to.deep.equal(['0 days']);
  });

  it('has what failed there for the next page, which can send it', async () => {
    const options = account();
    const client = await StagedClient.ready(options);
    client.failure = new SipError('declined');
    expect(await codeOf(client.sendMessage('1002', 'hi'))).to.equal('declined');
    await kept(options, '1002', ([message]) => message?.state === 'failed');
    const next = await StagedClient.ready(options);
    const [failed] = (await next.messages.open('1002')).state.messages;
    expect((await next.messages.retry(failed!.id)).state).to.equal('sent');
  });

  it('says that a message failed whose page was closed before it was sent', async () => {
    const options = account();
    const store = await MessageStore.open({account: `${options.user!}@${options.domain!}`, limit: 10});
    const message = {
      id: 'lost',
      number: '1002',
      direction: 'outgoing',
      text: 'hi',
      contentType: 'text/plain',
      time: Date.now() - 600_000,
      state: 'sending',
    } as const;
    await store.add([message], {name: '', unread: false});
    // Another page sends it, for as long as it takes.
    let close!: () => void;
    const open = new Promise<void>((resolve) => (close = resolve));
    await new Promise<void>((resolve) => {
      void navigator.locks.request('sip-elements:message:lost', () => (resolve(), open));
    });
    const client = new StagedClient(options);
    const conversation = await client.messages.open('1002');
    await until(() => conversation.state.messages.length === 1);
    await lockIsWanted('sip-elements:message:lost');
    expect(conversation.state.messages[0]!.state).to.equal('sending');
    close();
    await until(() => conversation.state.messages[0]!.state === 'failed');
    expect(conversation.state.messages[0]!.error).to.equal('connection-lost');
    await kept(options, '1002', ([found]) => found?.state === 'failed');
  });

  it('puts a message that the server has kept where it was sent', async () => {
    const client = await StagedClient.ready(account());
    const time = Date.now() - 3_600_000;
    client.receive('just now');
    client.receive('an hour ago', {time});
    const messages = await has(client, '1002', 2);
    expect(texts(messages)).to.deep.equal(['an hour ago', 'just now']);
    expect(messages[0]!.time).to.equal(time);
  });

  it('leaves those of one second in their order for the next page', async () => {
    const options = account();
    const client = await StagedClient.ready(options);
    const time = Date.now() - 3_600_000;
    const ten = Array.from({length: 10}, (_, index) => String(index));
    for (const text of ten) client.receive(text, {time});
    await client.messages.add(
      ten.map((text) => ({id: crypto.randomUUID(), number: '1003', direction: 'incoming', text, time})),
    );
    for (const number of ['1002', '1003']) {
      expect(texts(await has(client, number, 10))).to.deep.equal(ten);
      expect(texts(await has(new StagedClient(options), number, 10))).to.deep.equal(ten);
    }
  });
});

describe('a file in a text', () => {
  it('is read as it is written', () => {
    for (const size of [1, 999, 1_500, 12_400_000, 3_000_000_000]) {
      const file = {name: '照片 (1).png', size, url: 'https://files.example/u/1?a=b'};
      expect(fileIn(fileText(file))).to.deep.equal(file);
    }
    expect(fileIn('a.pdf (2 MB)\r\nhttp://x.example/a')?.size).to.equal(2_000_000);
  });

  for (const text of [
    'https://files.example/1',
    'a.png (1 kB)\njavascript:alert(1)',
    'a.png (1 kB)\nhttps://user:pass@files.example/1',
    'a.png (1 kB)\nhttps://files.example/1 and more',
    'a.png (1 kB)\ndata:text/html,x',
    'a.png\nhttps://files.example/1',
  ])
    it(`is none in ${JSON.stringify(text)}`, () => expect(fileIn(text)).to.equal(undefined));
});
