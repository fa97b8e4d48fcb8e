import {expect} from '@open-wc/testing';
import {Broker} from '../../../src/sip/sharing/broker.js';
import type {WorkerSocket} from '../../../src/sip/sharing/worker-socket.js';
import {lockName, type ToPage, type ToWorker} from '../../../src/sip/sharing/port-messages.js';
import type {RequestTarget} from '../../../src/sip/sharing/request-routing.js';
import {randomUuid} from '../../../src/core/util/uuid.js';
import {DAY, setClock} from '../../support/in-page/clock.js';
import {shorten} from '../../support/in-page/durations.js';
import {until} from '../../support/in-page/facts.js';

/** A SIP message with the lines, which ends as all do. */
const message = (...lines: string[]): string => `${lines.join('\r\n')}\r\nContent-Length: 0\r\n\r\n`;

const first = (text: string): string => text.split('\r\n', 1)[0]!;

const header = (text: string, name: string): string =>
  new RegExp(`^${name}: (.*)\r$`, 'im').exec(text)?.[1] ?? '';

/** The server's end of the socket. */
class Server {
  readonly got: string[] = [];
  /** The address that each message was sent to. */
  readonly gotAt = new Map<string, string>();
  readonly sockets: WorkerSocket[] = [];
  /** The address of each socket. */
  readonly urls: string[] = [];
  /** How many sockets the broker has closed. */
  closed = 0;
  /** What comes of a socket to an address: it opens by default. */
  readonly outcomes = new Map<string, 'error' | 'nothing' | 'throws'>();

  readonly open = (url: string): WorkerSocket => {
    const outcome = this.outcomes.get(url) ?? 'open';
    this.urls.push(url);
    if (outcome === 'throws') throw new DOMException('not allowed', 'SecurityError');
    const socket = {
      binaryType: 'blob',
      send: (text: string) => {
        this.got.push(text);
        this.gotAt.set(text, url);
      },
      close: () => void (this.closed += 1),
    } as Partial<WorkerSocket> as WorkerSocket;
    this.sockets.push(socket);
    if (outcome !== 'nothing')
      queueMicrotask(() => socket[`on${outcome}`]?.call(socket as WebSocket, new Event(outcome)));
    return socket;
  };

  /** The socket over which the broker reads. */
  get used(): WorkerSocket {
    return this.sockets.findLast(({onmessage}) => onmessage)!;
  }

  /** @param binary - Sends a binary frame, as the browser hands it over. */
  send(text: string, binary = false, socket = this.used): void {
    const bytes = new TextEncoder().encode(text);
    const data = !binary ? text : socket.binaryType === 'blob' ? new Blob([bytes]) : bytes.buffer;
    socket.onmessage?.call(socket as WebSocket, new MessageEvent('message', {data}));
  }

  /** Closes the socket. */
  lose(): void {
    const socket = this.sockets.at(-1)!;
    socket.onclose!.call(socket as WebSocket, new CloseEvent('close'));
  }

  /** Answers the last request. */
  answer(status: string, ...more: string[]): void {
    this.reply(this.got.at(-1)!, status, ...more);
  }

  reply(request: string, status: string, ...more: string[]): void {
    const copied = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].map(
      (name) => `${name}: ${header(request, name)}`,
    );
    this.send(message(`SIP/2.0 ${status}`, ...copied, ...more));
  }

  /** Sends a request outside a dialog; its branch is its Call-ID, too. */
  ask(method: string, branch: string, ...more: string[]): void {
    this.send(
      message(
        `${method} sip:me@x SIP/2.0`,
        `Via: SIP/2.0/WS server.test;branch=${branch}`,
        'From: <sip:you@x>;tag=1',
        'To: <sip:me@x>',
        `Call-ID: ${branch}`,
        `CSeq: 1 ${method}`,
        ...more,
      ),
    );
  }

  invite(branch: string, to = '<sip:me@x>', target = 'me@x', socket = this.used): void {
    this.send(
      message(
        `INVITE sip:${target} SIP/2.0`,
        `Via: SIP/2.0/WS server.test;branch=${branch}`,
        'From: <sip:you@x>;tag=1',
        `To: ${to}`,
        `Call-ID: ${branch}`,
        'CSeq: 7 INVITE',
        'Contact: <sip:you@server.test>',
      ),
      false,
      socket,
    );
  }
}

/** A page's end of its port. */
class Tab {
  readonly got: string[] = [];
  readonly told: ToPage[] = [];
  readonly #port: MessagePort;
  readonly #name: string;
  readonly #id = randomUuid();
  /** The user part of the phone's Contact, and its instance id, from an earlier worker. */
  user: string | undefined;
  phone: string | undefined;
  /** Whether it has no call. */
  idle = true;
  #sequence = 0;
  #close = (): void => {};

  constructor(broker: Broker, name: string) {
    const {port1, port2} = new MessageChannel();
    this.#port = port1;
    this.#name = name;
    broker.add(port2);
    port1.onmessage = ({data}: MessageEvent<ToPage>) => {
      this.told.push(data);
      if ('ask' in data) this.post({idle: this.idle});
      if ('received' in data) this.got.push(data.received);
    };
  }

  /** The instance id that it has itself. */
  get instance(): string {
    return this.#name;
  }

  post(message: ToWorker): void {
    this.#port.postMessage(message);
  }

  send(text: string): void {
    this.post({send: text});
  }

  /** Resolves with the address of the reached server, undefined if there is none. */
  async join(url = 'ws://server.test', home = url): Promise<string | undefined> {
    await this.ask(url, home);
    const opened = (): ToPage | undefined => this.told.find((message) => 'open' in message);
    await until(() => opened() !== undefined || this.told.some((message) => 'closed' in message));
    const message = opened();
    return message && 'open' in message ? message.open.url : undefined;
  }

  /** Asks for a socket to the server. */
  async ask(url = 'ws://server.test', home = url): Promise<void> {
    const id = this.#id;
    await new Promise<void>((held) => {
      void navigator.locks.request(lockName('page', id), async () => {
        held();
        await new Promise<void>((resolve) => (this.#close = resolve));
      });
    });
    this.post({join: {id, url, home, hosts: ['x'], instance: this.phone, user: this.user}});
  }

  /** Ends as a tab that crashes; resolves once the broker, which waits for the same lock, has handled that. */
  async crash(): Promise<void> {
    this.#close();
    await navigator.locks.request(lockName('page', this.#id), () => {});
  }

  register(expires = 60, ...headers: readonly string[]): void {
    this.#sequence += 1;
    this.send(
      message(
        'REGISTER sip:x SIP/2.0',
        `Via: SIP/2.0/WS ${this.#name}.invalid;branch=r${this.#name}${this.#sequence}`,
        'From: <sip:me@x>;tag=2',
        'To: <sip:me@x>',
        `Call-ID: ${this.#name}`,
        `CSeq: ${this.#sequence} REGISTER`,
        `Contact: <sip:${this.#name}@${this.#name}.invalid;transport=ws>;reg-id=1;+sip.instance="<urn:uuid:${this.#name}>";expires=${expires}`,
        ...headers,
      ),
    );
  }

  /** Answers the last INVITE, or other request, that it got. */
  answer(status: string, tag = this.#name, method = 'INVITE'): void {
    const request = this.got.findLast((text) => text.startsWith(method))!;
    const copied = ['Via', 'From', 'Call-ID', 'CSeq'].map((name) => `${name}: ${header(request, name)}`);
    this.send(message(`SIP/2.0 ${status}`, ...copied, `To: <sip:me@x>;tag=${tag}`));
  }
}

describe('Broker', () => {
  let server: Server;
  let broker: Broker;
  let tabs: Tab[];

  const newTab = (name = `tab${tabs.length}x${randomUuid().slice(0, 4)}`): Tab => {
    const made = new Tab(broker, name);
    tabs.push(made);
    return made;
  };

  const tab = async (name?: string): Promise<Tab> => {
    const made = newTab(name);
    await made.join();
    return made;
  };

  /** Registers a tab; resolves once the server has accepted that. */
  const registers = async (made: Tab): Promise<void> => {
    const [before, accepted] = [
      server.got.length,
      () => made.got.filter((text) => text.startsWith('SIP/2.0 200')).length,
    ];
    const earlier = accepted();
    made.register();
    await until(() => server.got.length > before);
    server.answer('200 OK', `Contact: ${header(server.got.at(-1)!, 'Contact')}`);
    await until(() => accepted() > earlier);
  };

  /** A tab whose registration the server has accepted. */
  const registered = async (name?: string): Promise<Tab> => {
    const made = await tab(name);
    await registers(made);
    return made;
  };

  const ringing = async (branch: string, ...those: Tab[]): Promise<void> => {
    server.invite(branch);
    for (const each of those) await until(() => each.got.some((text) => header(text, 'Call-ID') === branch));
    for (const each of those) each.answer('180 Ringing');
    await until(() => server.got.some((text) => first(text) === 'SIP/2.0 180 Ringing'));
  };

  const statuses = (): string[] => server.got.filter((text) => text.startsWith('SIP/2.0')).map(first);

  beforeEach(() => {
    server = new Server();
    broker = new Broker(server.open);
    tabs = [];
  });
  afterEach(() => Promise.all(tabs.map((each) => each.crash())));

  describe('a page that the server has not registered', () => {
    const FORGED = 'x>\r\nContact: <sip:evil@evil.test>;expires=60\r\nX: ';
    for (const [what, claim] of [
      ['a user part', (page: Tab) => void (page.user = FORGED)],
      ['a user part that is replaced itself', (page: Tab) => void (page.user = "$`$'")],
      ['an instance id', (page: Tab) => void (page.phone = `0"${FORGED}`)],
      ['no text', (page: Tab) => Object.assign(page, {user: {toString: 1}, phone: ['x']})],
    ] as const)
      it(`writes nothing into the REGISTER of the others by ${what} from an earlier worker`, async () => {
        const stranger = newTab();
        claim(stranger);
        await stranger.join();
        const page = await tab();
        page.register();
        await until(() => server.got.length > 0);
        const [register] = server.got;
        const names = register!
          .trim()
          .split('\r\n')
          .map((line) => line.split(':', 1)[0]);
        expect(names).to.deep.equal([
          ...['REGISTER sip', 'Via', 'From', 'To', 'Call-ID', 'CSeq', 'Contact', 'Content-Length'],
        ]);
        expect(header(register!, 'Contact')).to.match(
          /^<sip:[0-9a-f]{8}@[0-9a-f]{12}\.invalid;transport=ws>;reg-id=1;\+sip\.instance="<urn:uuid:[0-9a-f-]{36}>";expires=60$/,
        );
      });

    /** A request of a page, without a body. */
    const request = (page: Tab, method: string, branch: string): string =>
      message(
        `${method} sip:you@x SIP/2.0`,
        `Via: SIP/2.0/WS ${page.instance}.invalid;branch=${branch}`,
        'From: <sip:me@x>;tag=3',
        'To: <sip:you@x>;tag=4',
        `Call-ID: ${branch}`,
        `CSeq: 2 ${method}`,
      );

    it('sends nothing over the connection of the others but a REGISTER', async () => {
      await registered();
      const stranger = await tab();
      const methods = ['MESSAGE', 'INVITE', 'OPTIONS', 'SUBSCRIBE', 'REFER', 'INFO'];
      for (const method of methods) stranger.send(request(stranger, method, method));
      await until(() => stranger.got.length === methods.length);
      expect([...new Set(stranger.got.map(first))]).to.deep.equal(['SIP/2.0 403 Forbidden']);
      stranger.register();
      await until(() => server.got.length === 2);
      expect(server.got.map((text) => first(text).split(' ')[0])).to.deep.equal(['REGISTER', 'REGISTER']);
      server.answer('403 Forbidden');
      await until(() => stranger.got.length === methods.length + 1);
      stranger.send(request(stranger, 'MESSAGE', 'again'));
      await until(() => stranger.got.length === methods.length + 2);
      expect(server.got).to.have.length(2);
    });

    for (const [what, leave] of [
      ['has crashed', (page: Tab) => page.crash()],
      [
        'is gone, whose farewell the server challenges',
        async (page: Tab) => {
          page.register(0);
          await until(() => server.got.length === 2);
          page.post({leave: 'done'});
          server.answer('401 Unauthorized');
        },
      ],
    ] as const)
      it(`sends nothing over it either once the page ${what}`, async () => {
        const page = await registered();
        const stranger = await tab();
        await leave(page);
        // The server still has the registration over this connection.
        stranger.send(request(stranger, 'MESSAGE', 'after'));
        await until(() => stranger.got.length === 1);
        expect(first(stranger.got[0]!)).to.equal('SIP/2.0 403 Forbidden');
        expect(server.got.filter((text) => text.startsWith('MESSAGE'))).to.deep.equal([]);
      });

    it('sends nothing that a server may read in another way than this proxy does', async () => {
      await registered();
      const stranger = await tab();
      const whole = request(stranger, 'MESSAGE', 'odd');
      const start = first(whole);
      for (const odd of [
        `\r\n${whole}`,
        `\r\n\r\n${whole}`,
        ` ${whole}`,
        whole.replace(' sip:', '  sip:'),
        whole.replace(' SIP/2.0', ' SIP/2.0 '),
        whole.replace(' SIP/2.0', '\tSIP/2.0'),
        whole.replace(' SIP/2.0', ' SIP/3.0'),
        whole.replace('MESSAGE sip', 'MESSAGE\tsip'),
        whole.replace(start, `${start}\n`),
        `x\0${whole}`,
      ])
        stranger.send(odd);
      stranger.send(request(stranger, 'OPTIONS', 'last'));
      await until(() => stranger.got.some((text) => header(text, 'Call-ID') === 'last'));
      expect(server.got.map((text) => text.slice(0, 8))).to.deep.equal(['REGISTER']);
    });

    it('sends no second message behind the first, which a server may read that takes frames for a stream', async () => {
      const page = await registered();
      const stranger = await tab();
      const hidden = request(stranger, 'MESSAGE', 'hidden');
      const register = (...headers: readonly string[]): void => stranger.register(60, ...headers);
      const response = message('SIP/2.0 200 OK', 'Via: SIP/2.0/WS x;branch=x', 'CSeq: 1 INFO');
      for (const odd of [response + hidden, response.replace(': 0', `: ${hidden.length + 1}`) + hidden])
        stranger.send(odd);
      register(`Content-Length: 4`);
      register(`X-Odd: 1\n\n${hidden.replaceAll('\r\n', '\n')}`);
      register(`X-Odd: 1\r\r${hidden.replaceAll('\r\n', '\r')}`);
      stranger.send(request(stranger, 'OPTIONS', 'last'));
      await until(() => stranger.got.some((text) => header(text, 'Call-ID') === 'last'));
      expect(server.got.map((text) => text.slice(0, 8))).to.deep.equal(['REGISTER']);
      // One whose length is right is passed on.
      stranger.send(response);
      await until(() => server.got.length === 2);
      page.send(request(page, 'OPTIONS', 'own'));
      await until(() => server.got.length === 3);
    });

    it('sends nothing if the server accepts a page that has just crashed', async () => {
      const [page, stranger] = [await tab(), await tab()];
      page.register(60, 'Authorization: Digest username="me"');
      await until(() => server.got.length === 1);
      await page.crash();
      server.answer('200 OK', `Contact: ${header(server.got[0]!, 'Contact')}`);
      stranger.send(request(stranger, 'MESSAGE', 'after'));
      await until(() => stranger.got.length === 1);
      expect(first(stranger.got[0]!)).to.equal('SIP/2.0 403 Forbidden');
    });

    it('gets no request within a dialog of another page whose Contact it names, and does not end the connection', async () => {
      const page = await registered();
      const stranger = await tab();
      stranger.send(
        message(
          'REGISTER sip:x SIP/2.0',
          `Via: SIP/2.0/WS ${page.instance}.invalid;branch=forged`,
          'From: <sip:me@x>;tag=2',
          'To: <sip:me@x>',
          'Call-ID: forged',
          'CSeq: 1 REGISTER',
          `Contact: <sip:${page.instance}@${page.instance}.invalid;transport=ws>;expires=60`,
        ),
      );
      await until(() => server.got.length === 2);
      const contact = /sip:([^@]*)@/.exec(header(server.got[0]!, 'Contact'))![1]!;
      server.invite('b90', '<sip:me@x>;tag=9', `${contact}.${page.instance}@x`);
      await until(() => page.got.some((text) => header(text, 'Call-ID') === 'b90'));
      shorten({serverHeard: -1});
      stranger.post({leave: 'unheard'});
      page.send(request(page, 'OPTIONS', 'on'));
      await until(() => server.got.length === 3);
      expect(page.told.some((told) => 'closed' in told)).to.equal(false);
      expect(stranger.got.filter((text) => text.startsWith('INVITE'))).to.deep.equal([]);
    });

    it('has its requests wait while the server decides about it', async () => {
      await registered();
      const other = await tab();
      other.register();
      await until(() => server.got.length === 2);
      other.send(request(other, 'MESSAGE', 'waits'));
      server.answer('401 Unauthorized');
      await until(() => other.got.length === 1);
      other.send(request(other, 'MESSAGE', 'waits-too'));
      other.register(60, 'Authorization: Digest username="me"');
      await until(() => server.got.length === 3);
      expect(other.got).to.have.length(1);
      server.answer('200 OK', `Contact: ${header(server.got.at(-1)!, 'Contact')}`);
      await until(() => server.got.length === 5);
      expect(server.got.slice(3).map((text) => header(text, 'Call-ID'))).to.deep.equal([
        'waits',
        'waits-too',
      ]);
    });

    it('has its requests wait, or refused, while the server looks at the digest of another page', async () => {
      const [page, stranger, other] = [await tab(), await tab(), await tab()];
      stranger.send(request(stranger, 'MESSAGE', 'before'));
      await until(() => server.got.length === 1);
      page.register(60, 'Authorization: Digest username="me"');
      await until(() => server.got.length === 2);
      stranger.send(request(stranger, 'MESSAGE', 'between'));
      await until(() => stranger.got.length === 1);
      expect(first(stranger.got[0]!)).to.equal('SIP/2.0 403 Forbidden');
      server.answer('403 Forbidden');
      await until(() => page.got.length === 1);
      other.send(request(other, 'MESSAGE', 'after'));
      await until(() => server.got.length === 3);
      expect(header(server.got[2]!, 'Call-ID')).to.equal('after');
    });

    for (const [what, status, authorization] of [
      ['refuses it', '403 Forbidden', undefined],
      ['challenges its digest again', '401 Unauthorized', 'Authorization: Digest username="me"'],
    ] as const)
      it(`has its requests refused once the server ${what}`, async () => {
        await registered();
        const other = await tab();
        other.register(60, ...(authorization ? [authorization] : []));
        await until(() => server.got.length === 2);
        other.send(request(other, 'MESSAGE', 'waits'));
        server.answer(status);
        await until(() => other.got.length === 2);
        expect(other.got.map(first)).to.deep.equal([`SIP/2.0 ${status}`, 'SIP/2.0 403 Forbidden']);
        expect(server.got).to.have.length(2);
      });

    it('sends its requests once the server has ended the registration of the others', async () => {
      const page = await registered();
      const other = await tab();
      page.register(0);
      await until(() => server.got.length === 2);
      server.answer('200 OK');
      page.post({leave: 'done'});
      other.send(request(other, 'OPTIONS', 'o'));
      await until(() => server.got.length === 3);
    });

    it('ends its calls once it is', async () => {
      await registered();
      const page = await tab();
      for (const method of ['ACK', 'BYE']) page.send(request(page, method, method));
      page.send(request(page, 'OPTIONS', 'o'));
      await until(() => page.got.length === 1);
      expect(server.got).to.have.length(1);
      await registers(page);
      const methods = (): readonly string[] => server.got.slice(1).map((text) => first(text).split(' ')[0]!);
      await until(() => methods().length === 3);
      // What it sends from now on follows at once, also without a registration.
      page.register(0);
      page.send(request(page, 'BYE', 'late'));
      await until(() => methods().length === 4);
      expect(methods()).to.deep.equal(['REGISTER', 'ACK', 'BYE', 'BYE']);
    });
  });

  for (const [what, request] of [
    ['refuses its lock', () => Promise.reject(new DOMException('refused', 'SecurityError'))],
    ['never answers for its lock', () => new Promise(() => {})],
  ] as const)
    it(`serves no page if the browser ${what}: the page would take it for gone`, async () => {
      const {locks} = navigator;
      Object.defineProperty(navigator, 'locks', {value: {request}, configurable: true});
      broker = new Broker(server.open);
      Object.defineProperty(navigator, 'locks', {value: locks, configurable: true});
      const page = newTab();
      expect(await page.join()).to.equal(undefined);
      expect(page.told.at(-1)).to.deep.equal({closed: 'unopened'});
    });

  it('reads the lifetime from a response of any length', async () => {
    const page = await tab();
    page.register();
    await until(() => server.got.length === 1);
    const contact = header(server.got[0]!, 'Contact');
    const [user = ''] = /[^:<]+@/.exec(contact) ?? [];
    const begin = performance.now();
    server.answer('200 OK', `Contact: ${`<sip:${user}x>;a; ,`.repeat(20_000)}`, `X: ${user.repeat(30_000)}`);
    await until(() => page.got.length === 1);
    expect(performance.now() - begin).to.be.below(2_000);
  });

  it('opens one socket, and registers all pages as one', async () => {
    await registered();
    await registered();
    expect(server.sockets).to.have.length(1);
    const contacts = server.got.map((text) => header(text, 'Contact'));
    expect(contacts).to.have.length(2);
    expect(contacts[0]).to.equal(contacts[1]);
    expect(contacts[0]).not.to.include('tab');
  });

  it('gives each page back its own Contact', async () => {
    const one = await registered();
    expect(header(one.got.at(-1)!, 'Contact')).to.include('<sip:tab0x');
  });

  it('answers a renewal itself while another one is recent, and an end while another page stays', async () => {
    const one = await registered();
    await registered();
    one.register();
    await until(() => one.got.length === 2);
    expect(first(one.got[1]!)).to.equal('SIP/2.0 200 OK');
    expect(header(one.got[1]!, 'Contact')).to.match(/^<sip:tab0x.*;expires=(59|60)$/);
    one.register(0);
    await until(() => one.got.length === 3);
    expect(server.got).to.have.length(2);
  });

  it('passes a renewal on whose token the server does not know: it may end the registration with the token before', async () => {
    const page = await tab();
    page.register(600, 'Authorization: Bearer one');
    await until(() => server.got.length === 1);
    server.answer('200 OK', 'Expires: 600');
    await until(() => page.got.length === 1);
    page.register(600, 'Authorization: Bearer one');
    await until(() => page.got.length === 2);
    expect(server.got).to.have.length(1);
    page.register(600, 'Authorization: Bearer two');
    await until(() => server.got.length === 2);
    expect(header(server.got[1]!, 'Authorization')).to.equal('Bearer two');
  });

  it('lets the server renew what its time has nearly passed for, also if the clock was set back meanwhile', async () => {
    const page = await tab();
    page.register(1);
    await until(() => server.got.length === 1);
    server.answer('200 OK', 'Expires: 1');
    await until(() => page.got.length === 1);
    setClock(-DAY);
    page.register(1);
    await until(() => page.got.length === 2);
    expect(Number(/expires=(\d+)/.exec(page.got[1]!)?.[1])).to.be.at.most(1);
    await new Promise((resolve) => setTimeout(resolve, 600));
    page.register(1);
    await until(() => server.got.length === 2);
  });

  it('asks for the longest lifetime that a page wants, and has another page renew it when one leaves', async () => {
    const [one, other] = [await tab(), await tab()];
    for (const [index, page] of [one, other].entries()) {
      page.register(index === 0 ? 600 : 60);
      await until(() => server.got.length === index + 1);
      expect(header(server.got.at(-1)!, 'Contact')).to.match(/expires=600$/);
      server.answer('200 OK', `Contact: ${header(server.got.at(-1)!, 'Contact')}`);
      await until(() => page.got.length === 1);
    }
    const renewals = (page: Tab): number => page.told.filter((message) => 'renew' in message).length;
    other.register(0);
    await until(() => renewals(one) === 1);
    one.register(600);
    await until(() => server.got.length === 3);
    const third = await registered();
    await third.crash();
    await until(() => renewals(one) === 2);
  });

  it('does not take the end of a page’s registration for the beginning of the next page’s', async () => {
    const page = await registered();
    page.register(0);
    await until(() => server.got.length === 2);
    page.post({leave: 'done'});
    const next = await tab(page.instance);
    next.register();
    await until(() => server.got.length === 3);
    server.reply(server.got[1]!, '200 OK');
    server.answer('401 Unauthorized');
    await until(() => next.got.length === 1);
    next.register();
    await until(() => server.got.length === 4);
    expect(next.got.map(first)).to.deep.equal(['SIP/2.0 401 Unauthorized']);
  });

  it('asks another page if one cannot renew the registration for all', async () => {
    const [one, front, gone] = [await registered(), await registered(), await registered()];
    front.post({front: true});
    gone.post({leave: 'done'});
    await until(() => front.told.some((message) => 'renew' in message));
    expect(one.told.some((message) => 'renew' in message)).to.equal(false);
    const before = server.got.length;
    front.register();
    await until(() => server.got.length > before);
    // It may arrive twice.
    for (let times = 0; times < 2; times += 1) server.answer('503 Service Unavailable');
    await until(() => one.told.some((message) => 'renew' in message));
    expect(front.got.filter((text) => text.startsWith('SIP/2.0 503'))).to.have.length(1);
  });

  it('passes the end of the last page on', async () => {
    const one = await registered();
    one.register(0);
    await until(() => server.got.length === 2);
    expect(header(server.got[1]!, 'Contact')).to.match(/expires=0$/);
  });

  it('offers an INVITE to every page under its own Contact, and takes one 180', async () => {
    const pages = [await registered(), await registered()];
    await ringing('b1', ...pages);
    for (const [index, {got}] of pages.entries())
      expect(first(got.at(-1)!)).to.match(new RegExp(`^INVITE sip:tab${index}x`));
    pages[1]!.answer('200 OK');
    await until(() => statuses().includes('SIP/2.0 200 OK'));
    expect(statuses()).to.deep.equal(['SIP/2.0 180 Ringing', 'SIP/2.0 200 OK']);
    await until(() => pages[0]!.got.at(-1)!.startsWith('CANCEL'));
    expect(header(pages[0]!.got.at(-1)!, 'Reason')).to.include('cause=200');
  });

  it('ends the call of a page that answers at the same moment as another', async () => {
    const [one, other] = [await registered(), await registered()];
    await ringing('b2', one, other);
    one.answer('200 OK');
    other.answer('200 OK');
    await until(() => other.got.some((text) => text.startsWith('BYE')));
    expect(header(other.got.at(-1)!, 'To')).to.match(/;tag=tab1x/);
    expect(other.got.map(first).some((line) => line.startsWith('ACK'))).to.equal(true);
    expect(statuses().filter((line) => line === 'SIP/2.0 200 OK')).to.have.length(1);
  });

  it('ends it also if the connection is lost in between, and lets the server hear the page that has the call', async () => {
    const [one, other, late] = [await registered(), await registered(), await registered()];
    await ringing('b2', one, other, late);
    one.answer('200 OK');
    await until(() => statuses().includes('SIP/2.0 200 OK'));
    server.lose();
    await tab();
    late.answer('486 Busy Here');
    other.answer('200 OK');
    await until(() => other.got.some((text) => text.startsWith('BYE')));
    expect(late.got.map(first).some((line) => line.startsWith('ACK'))).to.equal(true);
    expect(statuses().filter((line) => !line.includes('180'))).to.deep.equal(['SIP/2.0 200 OK']);
    one.answer('200 OK');
    await until(() => statuses().filter((line) => line === 'SIP/2.0 200 OK').length === 2);
    expect(header(server.got.at(-1)!, 'To')).to.include(`;tag=${one.instance}`);
  });

  it('ends it also if the page has left the worker in between, and is back', async () => {
    const [one, other] = [await registered(), await registered()];
    await ringing('b2', one, other);
    one.answer('200 OK');
    await until(() => statuses().includes('SIP/2.0 200 OK'));
    // It has not heard the server for a while.
    other.post({leave: 'unheard'});
    const back = await registered(other.instance);
    back.got.push(other.got.findLast((text) => text.startsWith('INVITE'))!);
    back.answer('200 OK');
    await until(() => back.got.some((text) => text.startsWith('BYE')));
    expect(back.got.map(first).some((line) => line.startsWith('ACK'))).to.equal(true);
    expect(statuses().filter((line) => line === 'SIP/2.0 200 OK')).to.have.length(1);
  });

  it('ends it also if the call has rung as long as a request is remembered', async () => {
    shorten({transaction: 300});
    const [one, other] = [await registered(), await registered()];
    await ringing('b2', one, other);
    const answered = performance.now();
    one.answer('200 OK');
    await until(() => performance.now() > answered + 320);
    other.answer('200 OK');
    await until(() => other.got.some((text) => text.startsWith('BYE')));
    expect(statuses().filter((line) => line === 'SIP/2.0 200 OK')).to.have.length(1);
  });

  it('leaves a call to the others if a page refuses it before it rings, or goes away', async () => {
    const pages = [await registered(), await registered(), await registered()];
    const [silent, going, last] = pages as [Tab, Tab, Tab];
    server.invite('b3');
    for (const each of pages) await until(() => each.got.at(-1)!.startsWith('INVITE'));
    silent.answer('480 Temporarily Unavailable');
    for (const each of [going, last]) each.answer('180 Ringing');
    going.post({leaving: true});
    going.answer('480 Temporarily Unavailable');
    going.post({leave: 'done'});
    last.answer('200 OK');
    await until(() => statuses().includes('SIP/2.0 200 OK'));
    expect(statuses()).to.deep.equal(['SIP/2.0 180 Ringing', 'SIP/2.0 200 OK']);
  });

  it('refuses a call once the user has in one page, and every page otherwise', async () => {
    const [one, other] = [await registered(), await registered()];
    await ringing('b4', one, other);
    one.answer('603 Decline');
    await until(() => statuses().includes('SIP/2.0 603 Decline'));
    await until(() => other.got.at(-1)!.startsWith('CANCEL'));
    server.invite('b5');
    for (const each of [one, other]) await until(() => header(each.got.at(-1)!, 'Call-ID') === 'b5');
    one.answer('481 Call/Transaction Does Not Exist');
    other.answer('486 Busy Here');
    await until(() => statuses().length === 3);
    expect(statuses()[2]).to.equal('SIP/2.0 486 Busy Here');
  });

  it('offers a call that rings to a page that comes later, and to another if a page crashes', async () => {
    const one = await registered();
    await ringing('b6', one);
    const later = await registered();
    await until(() => later.got.some((text) => text.startsWith('INVITE')));
    later.answer('180 Ringing');
    await one.crash();
    later.answer('200 OK');
    await until(() => statuses().includes('SIP/2.0 200 OK'));
  });

  it('keeps a call that rings for the next page if the only one crashes', async () => {
    const one = await registered();
    await ringing('b6', one);
    await one.crash();
    const next = await registered();
    await until(() => next.got.some((text) => text.startsWith('INVITE')));
    next.answer('200 OK');
    await until(() => statuses().includes('SIP/2.0 200 OK'));
    expect(statuses()).to.deep.equal(['SIP/2.0 180 Ringing', 'SIP/2.0 200 OK']);
  });

  it('ends the calls of a page that is gone and does not come back, and of no other', async () => {
    shorten({pageReturn: 50});
    const [one, other] = [await registered(), await registered()];
    await ringing('b9', one);
    one.answer('200 OK');
    await until(() => statuses().includes('SIP/2.0 200 OK'));
    const request = (method: string, sequence: number): string =>
      message(
        `${method} sip:you@far.test SIP/2.0`,
        `Via: SIP/2.0/WS other.invalid;branch=a${sequence}`,
        'Route: <sip:proxy.test;lr>',
        'From: <sip:me@x>;tag=own',
        'To: <sip:you@x>;tag=far',
        'Call-ID: out',
        `CSeq: ${sequence} ${method}`,
      );
    const refused = request('INVITE', 1).replace(';tag=far', '').replace(': out', ': refused');
    for (const text of [refused, request('ACK', 1).replace(': out', ': refused')]) other.send(text);
    for (const text of [request('ACK', 3), request('INFO', 5)]) other.send(text);
    await until(() => server.got.at(-1)!.startsWith('INFO'));
    await one.crash();
    const bye = (id: string): string | undefined =>
      server.got.find((text) => text.startsWith('BYE') && header(text, 'Call-ID') === id);
    await until(() => bye('b9') !== undefined);
    expect(first(bye('b9')!)).to.equal('BYE sip:you@server.test SIP/2.0');
    expect(header(bye('b9')!, 'From')).to.match(/^<sip:me@x>;tag=tab0x/);
    expect(header(bye('b9')!, 'To')).to.equal('<sip:you@x>;tag=1');
    other.post({leave: 'done'});
    await until(() => bye('out') !== undefined);
    expect(first(bye('out')!)).to.equal('BYE sip:you@far.test SIP/2.0');
    expect(header(bye('out')!, 'Route')).to.equal('<sip:proxy.test;lr>');
    expect(header(bye('out')!, 'CSeq')).to.equal('6 BYE');
    expect(bye('refused')).to.equal(undefined);
  });

  it('ends the call of the page that won, also after another has answered at the same moment', async () => {
    shorten({pageReturn: 50});
    const [one, other] = [await registered(), await registered()];
    await ringing('b10', one, other);
    one.answer('200 OK');
    other.answer('200 OK');
    await until(() => other.got.some((text) => text.startsWith('BYE')));
    const request = other.got.find((text) => text.startsWith('BYE'))!;
    const copied = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].map(
      (name) => `${name}: ${header(request, name)}`,
    );
    other.send(message('SIP/2.0 200 OK', ...copied));
    await one.crash();
    await until(() => server.got.at(-1)!.startsWith('BYE'));
    expect(header(server.got.at(-1)!, 'From')).to.match(/;tag=tab0x/);
  });

  // Strangers may send many, and long ones. The same one again shows whether the broker still has it.
  it('forgets a message once it is answered, and a refused call once that is acknowledged', async () => {
    const one = await registered();
    const count = (method: string): number => one.got.filter((text) => text.startsWith(method)).length;
    for (const times of [1, 2]) {
      server.ask('MESSAGE', 'm0');
      await until(() => count('MESSAGE') === times);
      one.answer('200 OK', 'tag', 'MESSAGE');
      await until(() => statuses().length === 2 * times - 1);
      server.invite('b0');
      await until(() => count('INVITE') === times);
      one.answer('486 Busy Here');
      await until(() => statuses().length === 2 * times);
      server.ask('ACK', 'b0');
    }
  });

  it('keeps a message for the next page, whether the last one has left or crashed with it', async () => {
    const got = (page: Tab, branch: string): boolean =>
      page.got.some((each) => header(each, 'Call-ID') === branch);
    const one = await registered();
    server.ask('MESSAGE', 'm1');
    await until(() => got(one, 'm1'));
    await one.crash();
    server.ask('MESSAGE', 'm2');
    const next = await registered();
    await until(() => got(next, 'm1') && got(next, 'm2'));
    expect(statuses()).to.deep.equal([]);
  });

  it('keeps its socket for a message that waits for the next page', async () => {
    const one = await registered();
    server.ask('MESSAGE', 'm1');
    await until(() => one.got.some((text) => header(text, 'Call-ID') === 'm1'));
    one.post({leave: 'done'});
    // Another worker, which nothing waits for, closes its socket when its only page has left.
    const idle = new Server();
    const page = new Tab(new Broker(idle.open), 'idle');
    tabs.push(page);
    await page.join();
    page.post({leave: 'done'});
    await until(() => idle.closed === 1);
    const next = await registered();
    await until(() => next.got.some((text) => header(text, 'Call-ID') === 'm1'));
    expect(server.sockets).to.have.length(1);
  });

  it('answers a question at once if no page is registered, but not a message', async () => {
    await tab();
    for (const method of ['MESSAGE', 'OPTIONS']) server.ask(method, method);
    await until(() => statuses().length > 0);
    expect(header(server.got.at(-1)!, 'CSeq')).to.equal('1 OPTIONS');
  });

  it('has the Contact that it had with an earlier worker, as long as a page knows it', async () => {
    const contact = (): string => /<sip:([^@]*)@/.exec(header(server.got.at(-1)!, 'Contact'))![1]!;
    const one = await registered();
    const opened = one.told.find((message) => 'open' in message)!;
    expect('open' in opened && opened.open.user).to.equal(contact());
    const before = contact();
    broker = new Broker(server.open);
    const again = newTab();
    again.user = before;
    await again.join();
    again.register();
    await until(() => server.got.length === 2);
    expect(contact()).to.equal(before);
  });

  it('brings a call to the page that its protocol names, and to no other', async () => {
    let settle = (_target: RequestTarget): void => {};
    const later = new Promise<RequestTarget>((resolve) => (settle = resolve));
    let target: RequestTarget | typeof later = later;
    broker = new Broker(server.open, {pageSent: () => {}, pageLeft: () => {}, targetOf: () => target});
    const [one, asker] = [await registered(), await registered()];
    const {instance} = asker;
    server.invite('b7');
    const third = await registered();
    settle({page: {instance}, isExclusive: true});
    await until(() => asker.got.at(-1)!.startsWith('INVITE'));
    asker.answer('486 Busy Here');
    await until(() => statuses().length === 1);
    expect(statuses()).to.deep.equal(['SIP/2.0 486 Busy Here']);
    await asker.crash();
    target = {page: {instance}, isExclusive: true};
    server.invite('b8');
    await until(() => statuses().length === 2);
    expect(statuses()[1]).to.equal('SIP/2.0 480 Temporarily Unavailable');
    for (const {got} of [one, third]) expect(got.map(first).join()).not.to.include('INVITE');
  });

  it('brings what its protocol has for a page to it also when it has left and come back', async () => {
    broker = new Broker(server.open, {
      pageSent: () => {},
      pageLeft: () => {},
      targetOf: () => ({page: asker, isExclusive: true}),
    });
    const [asker, other] = [await registered(), await registered()];
    const got = (page: Tab): boolean => page.got.some((text) => header(text, 'Call-ID') === 'm1');
    server.ask('MESSAGE', 'm1');
    await until(() => got(asker));
    asker.post({leave: 'unheard'});
    const back = await registered(asker.instance);
    await until(() => got(back));
    expect(got(other)).to.equal(false);
  });

  it('refuses a call that no page takes after one has crashed, and ends one whose caller gives up', async () => {
    const [one, other] = [await registered(), await tab()];
    await ringing('b61', one);
    await one.crash();
    await until(() => statuses().includes('SIP/2.0 480 Temporarily Unavailable'));
    other.register();
    await until(() => server.got.at(-1)!.startsWith('REGISTER'));
    server.answer('200 OK', `Contact: ${header(server.got.at(-1)!, 'Contact')}`);
    await until(() => other.got.length === 1);
    await ringing('b62', other);
    await tab();
    await other.crash();
    server.send(
      message(
        'CANCEL sip:me@x SIP/2.0',
        'Via: SIP/2.0/WS server.test;branch=b62',
        'From: <sip:you@x>;tag=1',
        'To: <sip:me@x>',
        'Call-ID: b62',
        'CSeq: 7 CANCEL',
      ),
    );
    await until(() => statuses().at(-1) === 'SIP/2.0 487 Request Terminated');
  });

  it('brings receipts to every page, and a text to one', async () => {
    const pages = [await registered(), await registered()];
    server.ask('MESSAGE', 'm1', 'Content-Type: text/plain; note="message/imdn+xml"');
    server.ask('MESSAGE', 'm2', 'Content-Type: message/imdn+xml');
    for (const page of pages) await until(() => page.got.some((text) => header(text, 'Call-ID') === 'm2'));
    const texts = pages.flatMap(({got}) => got.filter((text) => header(text, 'Call-ID') === 'm1'));
    expect(texts).to.have.length(1);
  });

  it('brings a request within a dialog to the page of the dialog, and refuses that of a page that is gone', async () => {
    const [one, other] = [await registered(), await registered()];
    const [, phone, host] = /sip:([^@]*)@([^;]*)/.exec(header(server.got[0]!, 'Contact'))!;
    const [, user] = /sip:([^@]*)@/.exec(header(one.got.at(-1)!, 'Contact'))!;
    one.send(
      message(
        'INVITE sip:you@x SIP/2.0',
        `Via: SIP/2.0/WS ${user}.invalid;branch=own`,
        'From: <sip:me@x>;tag=9',
        'To: <sip:you@x>',
        'Call-ID: own',
        'CSeq: 1 INVITE',
        `Contact: <sip:${user}@${user}.invalid;transport=ws>`,
      ),
    );
    await until(() => server.got.at(-1)!.startsWith('INVITE'));
    expect(header(server.got.at(-1)!, 'Contact')).to.equal(`<sip:${phone}.${user}@${host};transport=ws>`);
    server.invite('b7', '<sip:me@x>;tag=9', `${phone}.${user}@${host}`);
    await until(() => one.got.at(-1)!.startsWith('INVITE'));
    expect(first(one.got.at(-1)!)).to.include(` sip:${user}@${user}.invalid`);
    expect(other.got).to.have.length(1);
    await one.crash();
    server.invite('b8', '<sip:me@x>;tag=9', `gone@gone.invalid`);
    await until(() => other.got.at(-1)!.startsWith('INVITE'));
    other.answer('481 Call/Transaction Does Not Exist');
    await until(() => statuses().includes('SIP/2.0 481 Call/Transaction Does Not Exist'));
  });

  it('cancels a call in every page, and acknowledges each for the caller', async () => {
    const pages = [await registered(), await registered()];
    await ringing('b9', ...pages);
    server.send(
      message(
        'CANCEL sip:me@x SIP/2.0',
        'Via: SIP/2.0/WS server.test;branch=b9',
        'From: <sip:you@x>;tag=1',
        'To: <sip:me@x>',
        'Call-ID: b9',
        'CSeq: 7 CANCEL',
      ),
    );
    // No page is waited for: one that hangs never answers.
    const answers = ['SIP/2.0 180 Ringing', 'SIP/2.0 200 OK', 'SIP/2.0 487 Request Terminated'];
    expect(statuses()).to.deep.equal(answers);
    for (const each of pages) {
      await until(() => each.got.at(-1)!.startsWith('CANCEL'));
      each.answer('487 Request Terminated');
      await until(() => each.got.at(-1)!.startsWith('ACK'));
    }
    expect(statuses()).to.deep.equal(answers);
  });

  it('answers the pings of the server, and lets every page hear its pongs', async () => {
    const pages = [await tab(), await tab()];
    server.send('\r\n\r\n');
    expect(server.got).to.deep.equal(['\r\n']);
    server.send('\r\n');
    for (const each of pages) await until(() => each.got.includes('\r\n'));
  });

  it('keeps a socket that one page takes for dead and another has just heard', async () => {
    const pages = [await registered(), await registered()];
    pages[0]!.post({leave: 'unheard'});
    pages[1]!.register(0);
    await until(() => server.got.length === 3);
    expect(server.sockets).to.have.length(1);
    expect(pages[1]!.told.some((message) => 'closed' in message)).to.equal(false);
  });

  it('opens another socket beside a silent one, and keeps the silent one if it is heard first', async () => {
    const one = await registered();
    server.outcomes.set('ws://server.test', 'nothing');
    one.post({silent: true});
    await until(() => server.sockets.length === 2);
    const [first, second] = server.sockets as [WorkerSocket, WorkerSocket];
    first.onmessage!.call(first as WebSocket, new MessageEvent('message', {data: '\r\n'}));
    await until(() => one.got.includes('\r\n'));
    second.onopen!.call(second as WebSocket, new Event('open'));
    expect(server.closed).to.equal(1);
    expect(one.told.some((message) => 'closed' in message)).to.equal(false);
    await new Promise((resolve) => setTimeout(resolve, 5));
    one.post({silent: true});
    await until(() => server.sockets.length === 3);
    const third = server.sockets[2]!;
    third.onopen!.call(third as WebSocket, new Event('open'));
    await until(() => one.told.some((message) => 'closed' in message));
    const next = await registered();
    expect(server.sockets).to.have.length(3);
    await ringing('b63', next);
    await new Promise((resolve) => setTimeout(resolve, 5));
    next.post({silent: true});
    await until(() => server.sockets.length === 4);
    const fourth = server.sockets[3]!;
    fourth.onopen!.call(fourth as WebSocket, new Event('open'));
    server.sockets.pop();
    next.answer('200 OK');
    await until(() => statuses().includes('SIP/2.0 200 OK'));
    expect(next.told.some((message) => 'closed' in message)).to.equal(false);
  });

  it('opens another socket beside a silent one, also if the clock was set back since it was heard', async () => {
    const one = await registered();
    setClock(-DAY);
    one.post({silent: true});
    await until(() => one.told.some((message) => 'closed' in message));
  });

  it('takes no call for one that is being set up for ever: one that the server never answers, or whose page is gone', async () => {
    shorten({transaction: 500});
    const [one, other] = [await registered(), await registered()];
    const invite = (page: Tab, branch: string): void =>
      page.send(
        message(
          'INVITE sip:you@x SIP/2.0',
          `Via: SIP/2.0/WS ${page.instance}.invalid;branch=${branch}`,
          'From: <sip:me@x>;tag=3',
          'To: <sip:you@x>',
          `Call-ID: ${branch}`,
          'CSeq: 1 INVITE',
        ),
      );
    /** Whether another socket takes the place of the silent one. */
    const isReplaced = async (page: Tab): Promise<boolean> => {
      const [closed, {length}] = [server.closed, server.sockets];
      await new Promise((resolve) => setTimeout(resolve, 5));
      page.post({silent: true});
      await until(() => server.sockets.length > length && server.closed > closed);
      return page.told.some((told) => 'closed' in told);
    };
    invite(one, 'unanswered');
    await until(() => server.got.some((text) => header(text, 'Call-ID') === 'unanswered'));
    expect(await isReplaced(other)).to.equal(false);
    await new Promise((resolve) => setTimeout(resolve, 600));
    expect(await isReplaced(other)).to.equal(true);

    shorten({transaction: 32_000});
    const [third, fourth] = [await registered(), await registered()];
    invite(third, 'left');
    await until(() => server.got.some((text) => header(text, 'Call-ID') === 'left'));
    third.post({leave: 'done'});
    fourth.register(0);
    await until(() => header(server.got.at(-1)!, 'Call-ID') === fourth.instance);
    expect(await isReplaced(fourth)).to.equal(true);
  });

  it('gives a socket up that is still opening when its last page leaves', async () => {
    server.outcomes.set('ws://server.test', 'nothing');
    const one = newTab();
    await one.ask();
    await until(() => server.sockets.length === 1);
    one.post({leave: 'done'});
    await until(() => server.closed === 1);
    server.outcomes.clear();
    await tab();
    expect(server.sockets).to.have.length(2);
  });

  it('tells every page of a lost socket, and opens another for those that come back', async () => {
    const pages = [await registered(), await registered()];
    server.lose();
    for (const page of pages) await until(() => page.told.some((message) => 'closed' in message));
    await registered();
    expect(server.sockets).to.have.length(2);
  });

  it('brings a text to the page that the user looked at last, also after the connection was lost', async () => {
    const [looked, other] = [await registered(), await registered()];
    looked.post({front: true});
    server.lose();
    for (const page of [looked, other]) await until(() => page.told.some((message) => 'closed' in message));
    const [back] = [await registered(looked.instance), await registered(other.instance)];
    server.ask('MESSAGE', 'm1');
    await until(() => back.got.some((text) => header(text, 'Call-ID') === 'm1'));
  });

  it('brings a text to the next page if the one that the user looked at last hangs, and to no further one', async () => {
    const [third, next, hung] = [await registered(), await registered(), await registered()];
    hung.post({front: true});
    const got = (page: Tab, id: string): boolean => page.got.some((text) => header(text, 'Call-ID') === id);
    server.ask('MESSAGE', 'm1');
    await until(() => got(hung, 'm1'));
    await until(() => got(third, 'm1') || got(next, 'm1'));
    const [taker, other] = got(third, 'm1') ? [third, next] : [next, third];
    taker.answer('200 OK', 'x', 'MESSAGE');
    await until(() => statuses().includes('SIP/2.0 200 OK'));
    // The next text gets to the same two pages, and by then the first would have come to the last one.
    server.ask('MESSAGE', 'm2');
    await until(() => got(taker, 'm2'));
    taker.answer('200 OK', 'x', 'MESSAGE');
    await until(() => statuses().length === 2);
    expect([got(other, 'm1'), got(other, 'm2')]).to.deep.equal([false, false]);
  });

  it('reads binary frames, too', async () => {
    const one = await registered();
    server.send(message('OPTIONS sip:me@x SIP/2.0', 'Via: SIP/2.0/WS server.test;branch=b10'), true);
    await until(() => one.got.at(-1)!.startsWith('OPTIONS'));
  });

  describe('with several servers', () => {
    const A = 'ws://a.test';
    const B = 'ws://b.test';

    it('tells a page that asks for another server which one the phone has reached', async () => {
      expect(await newTab().join(B)).to.equal(B);
      expect(await newTab().join(A)).to.equal(B);
      expect(server.urls).to.deep.equal([B]);
    });

    for (const outcome of ['error', 'throws'] as const)
      it(`tells those pages alone of a failure that asked for the server (${outcome})`, async () => {
        server.outcomes.set(A, outcome).set(B, 'nothing');
        const waiting = newTab().join(B);
        await until(() => server.urls.includes(B));
        expect(await newTab().join(A)).to.equal(undefined);
        const [slow] = server.sockets;
        slow!.onopen!.call(slow as WebSocket, new Event('open'));
        expect(await waiting).to.equal(B);
      });

    it('tries another one beside one that is slow, and keeps the first to open for all', async () => {
      server.outcomes.set(A, 'nothing');
      const slow = newTab().join(A);
      await until(() => server.urls.length === 1);
      expect(await newTab().join(B)).to.equal(B);
      expect(await slow).to.equal(B);
      expect(server.closed).to.equal(1);
    });

    it('goes on to another one, with all pages, if the server does not serve one', async () => {
      const [one, other] = [newTab(), newTab()];
      await Promise.all([one.join(A), other.join(A)]);
      one.post({leave: 'unserved'});
      await until(() => other.told.some((message) => 'closed' in message));
      expect(await newTab().join(A)).to.equal(undefined);
      expect(await newTab().join(B)).to.equal(B);
      expect(await newTab().join(A)).to.equal(B);
    });

    it('stays if a page says so that the server has never let in, such as one with a wrong password', async () => {
      const [one, other] = [newTab(), newTab()];
      await Promise.all([one.join(A), other.join(A)]);
      await registers(other);
      one.post({leave: 'unserved'});
      expect(await newTab().join(A)).to.equal(A);
      expect(server.urls).to.have.length(1);
    });

    it('returns to no server that a page names which the server has never let in', async () => {
      shorten({serverReturn: 20});
      const stranger = newTab();
      expect(await stranger.join(B, 'ws://evil.test')).to.equal(B);
      const page = newTab();
      expect(await page.join(B, A)).to.equal(B);
      await registers(page);
      await until(() => page.told.some((message) => 'moved' in message));
      expect(page.told).to.deep.include({moved: A});
      expect(server.urls).to.deep.equal([B, A]);
    });

    describe('of which the first was away', () => {
      let one: Tab;

      beforeEach(async () => {
        shorten({serverReturn: 20});
        server.outcomes.set(A, 'error');
        expect(await newTab().join(A)).to.equal(undefined);
        one = newTab();
        expect(await one.join(B, A)).to.equal(B);
        await registers(one);
      });

      it('returns to it without a gap', async () => {
        const other = newTab();
        expect(await other.join(B)).to.equal(B);
        const before = server.used;
        await until(() => server.urls.filter((url) => url === A).length > 2);
        server.outcomes.delete(A);
        for (const each of [one, other]) await until(() => each.told.some((message) => 'moved' in message));
        expect(other.told).to.deep.include({moved: A});
        // The previous server still has the registration.
        server.invite('m1', undefined, undefined, before);
        await until(() => one.got.some((text) => text.startsWith('INVITE')));
        one.answer('180 Ringing');
        await until(() => statuses().includes('SIP/2.0 180 Ringing'));
        expect(server.gotAt.get(server.got.at(-1)!)).to.equal(B);
        await registers(one);
        const registration = server.got.findLast((text) => text.startsWith('REGISTER'))!;
        expect(server.gotAt.get(registration)).to.equal(A);
        one.answer('200 OK');
        await until(() => statuses().includes('SIP/2.0 200 OK'));
        // What the previous server asks within that call is answered there.
        const contact = /sip:([^@]*)@/.exec(header(registration, 'Contact'))![1]!;
        server.invite('m1a', `<sip:me@x>;tag=${one.instance}`, `${contact}.${one.instance}@x`, before);
        await until(() => header(one.got.at(-1)!, 'Call-ID') === 'm1a');
        one.answer('488 Not Acceptable Here');
        await until(() => statuses().includes('SIP/2.0 488 Not Acceptable Here'));
        expect(server.gotAt.get(server.got.at(-1)!)).to.equal(B);
      });

      it('stays as long as a page has a call', async () => {
        one.idle = false;
        server.outcomes.delete(A);
        const asked = (): number => one.told.filter((told) => 'ask' in told).length;
        // The first answers have had their effect by then.
        await until(() => asked() > 6);
        expect(server.urls.filter((url) => url === A)).to.have.length(1);
        one.idle = true;
        await until(() => one.told.some((told) => 'moved' in told));
      });

      it('stays as long as a registration is under way', async () => {
        const other = newTab();
        expect(await other.join(B)).to.equal(B);
        const {length} = server.got;
        other.register();
        await until(() => server.got.length > length);
        server.outcomes.delete(A);
        const asked = (): number => one.told.filter((told) => 'ask' in told).length;
        // The first answers have had their effect by then.
        await until(() => asked() > 6);
        expect(server.urls.filter((url) => url === A)).to.have.length(1);
        server.answer('200 OK', `Contact: ${header(server.got.at(-1)!, 'Contact')}`);
        await until(() => one.told.some((told) => 'moved' in told));
      });

      it('leaves it alone as long as it asks for that', async () => {
        server.outcomes.delete(A);
        await until(() => one.told.some((told) => 'moved' in told));
        one.post({leave: 'unserved', retryAfter: 60_000});
        const next = newTab();
        expect(await next.join(B, A)).to.equal(B);
        const {length} = server.urls;
        await new Promise((resolve) => setTimeout(resolve, 150));
        expect(server.urls).to.have.length(length);
      });
    });
  });
});
