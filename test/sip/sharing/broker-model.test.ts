import {expect} from '@open-wc/testing';
import {Broker} from '../../../src/sip/sharing/broker.js';
import {lockName, type ToPage, type ToWorker} from '../../../src/sip/sharing/port-messages.js';
import type {WorkerSocket} from '../../../src/sip/sharing/worker-socket.js';
import {randomUuid} from '../../../src/core/util/uuid.js';
import {shorten} from '../../support/in-page/durations.js';

const URL_OF_SERVER = 'ws://server.test';

const METHODS = [
  'MESSAGE',
  'INVITE',
  'OPTIONS',
  'SUBSCRIBE',
  'BYE',
  'INFO',
  'REFER',
  'ACK',
  'CANCEL',
  'NOTIFY',
];

const message = (start: string, headers: readonly string[], body = ''): string =>
  `${[start, ...headers].join('\r\n')}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

const header = (text: string, name: string): string =>
  new RegExp(`^${name}: (.*)\r$`, 'im').exec(text)?.[1] ?? '';

const branchOf = (text: string): string => /;branch=([^;,\r]*)/.exec(header(text, 'Via'))?.[1] ?? '';

const methodOf = (text: string): string => /^([A-Z]+) /.exec(text)?.[1] ?? '';

const wait = async (time: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, time));

/** Random numbers that a seed repeats. */
class Chance {
  #state: number;

  constructor(seed: number) {
    this.#state = seed * 2_654_435_761;
  }

  /** A number of 0 to `most` - 1. */
  below(most: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % most;
  }

  of<T>(list: readonly T[]): T | undefined {
    return list[this.below(Math.max(1, list.length))];
  }
}

/** One request of the server outside a dialog, and what became of it. */
interface Asked {
  readonly method: string;
  /** Who has got it. */
  readonly reached: Set<ModelTab>;
  /** Who was frozen when it came, or has crashed or left since. */
  isDisturbed: boolean;
  finals: number;
  /** What has happened to it, for the message of a failure. */
  readonly log: string[];
}

const note = (asked: Asked | undefined, what: string): void =>
  void asked?.log.push(`${performance.now().toFixed(1)} ${what}`);

/** The server's end of one socket. */
class Connection {
  /** Whether the account is registered over it: its requests count as those of the account. */
  isPresent = false;
  isOpen = true;
  readonly socket: WorkerSocket;

  constructor(socket: WorkerSocket) {
    this.socket = socket;
  }

  send(text: string): void {
    if (this.isOpen)
      this.socket.onmessage?.call(this.socket as WebSocket, new MessageEvent('message', {data: text}));
  }
}

/** A server that reads each frame as a stream, as some do: what follows a body is the next message. */
class ModelServer {
  readonly connections: Connection[] = [];
  readonly asked = new Map<string, Asked>();
  /** What must not have happened. */
  readonly faults: string[] = [];
  contact = '';
  readonly #chance: Chance;

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  /** Notes that what has no answer yet may stay without one. */
  disturb(): void {
    for (const asked of this.asked.values()) if (!asked.finals) asked.isDisturbed = true;
  }

  get live(): Connection | undefined {
    return this.connections.findLast(({isOpen, socket}) => isOpen && socket.onmessage);
  }

  readonly open = (): WorkerSocket => {
    const outcome = this.#chance.of(['open', 'open', 'open', 'error', 'nothing']);
    const socket = {
      binaryType: 'blob',
      send: (text: string) => this.#receive(connection, text),
      close: () => {
        connection.isOpen = false;
        this.disturb();
      },
    } as Partial<WorkerSocket> as WorkerSocket;
    const connection = new Connection(socket);
    this.connections.push(connection);
    if (outcome === 'error')
      queueMicrotask(() => socket.onerror?.call(socket as WebSocket, new Event('error')));
    if (outcome === 'open') queueMicrotask(() => socket.onopen?.call(socket as WebSocket, new Event('open')));
    return socket;
  };

  #receive(connection: Connection, frame: string): void {
    let rest = frame;
    while (rest.trim() !== '') {
      const end = rest.search(/\r?\n\r?\n/);
      const length = Number(/^(?:content-length|l)\s*:\s*(\d+)/im.exec(rest.slice(0, end))?.[1] ?? 0);
      const body = end + /^\r?\n\r?\n/.exec(rest.slice(end))![0].length;
      this.#read(connection, rest.slice(0, body + length));
      rest = rest.slice(body + length);
    }
  }

  #read(connection: Connection, text: string): void {
    const method = methodOf(text);
    const by = header(text, 'X-Tab');
    if (!method || text.startsWith('SIP/')) return this.#answered(text);
    if (connection.isPresent && by.startsWith('wrong') && method !== 'REGISTER')
      this.faults.push(`${method} of ${by}, which knows no password`);
    if (method === 'REGISTER') this.#register(connection, text);
    else if (method !== 'ACK' && this.#chance.below(4))
      this.reply(
        connection,
        text,
        this.#chance.of(['200 OK', '486 Busy Here', '100 Trying', '404 Not Found'])!,
      );
  }

  #register(connection: Connection, text: string): void {
    const authorization = header(text, 'Authorization');
    const expires = Number(/expires=(\d+)/.exec(text)?.[1]);
    if (this.#chance.below(12) === 0) return;
    if (!authorization) return this.reply(connection, text, '401 Unauthorized');
    if (authorization !== 'right') return this.reply(connection, text, '403 Forbidden');
    connection.isPresent = expires > 0;
    this.contact = /<sip:([^;>]*)/.exec(header(text, 'Contact'))?.[1] ?? this.contact;
    this.reply(connection, text, '200 OK', `Contact: ${header(text, 'Contact')}`);
  }

  reply(connection: Connection, text: string, status: string, ...more: readonly string[]): void {
    const copied = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].map((name) => `${name}: ${header(text, name)}`);
    const send = (): void => connection.send(message(`SIP/2.0 ${status}`, [...copied, ...more]));
    setTimeout(send, this.#chance.below(6));
  }

  #answered(text: string): void {
    const asked = this.asked.get(branchOf(text));
    const status = Number(/^SIP\/2\.0 (\d+)/.exec(text)?.[1]);
    if (!asked || header(text, 'CSeq').split(' ')[1] !== asked.method || status < 200) return;
    asked.finals += 1;
    note(asked, `final ${status} by ${header(text, 'X-Tab')}`);
    // Of others, the server knows nothing any more.
    if (asked.finals > 1 && asked.method === 'INVITE' && !asked.isDisturbed)
      this.faults.push(`${asked.finals} final responses to ${asked.method}: ${asked.log.join(' | ')}`);
  }

  /** Sends a request outside a dialog. */
  ask(method: string, connection: Connection): string {
    const branch = `s${randomUuid()}`;
    this.asked.set(branch, {method, reached: new Set(), isDisturbed: false, finals: 0, log: []});
    note(this.asked.get(branch), `asked over ${this.connections.indexOf(connection)}`);
    connection.send(requestOf(method, this.contact || 'me@x', branch));
    return branch;
  }
}

const requestOf = (method: string, target: string, branch: string, to = '<sip:me@x>'): string =>
  message(`${method} sip:${target} SIP/2.0`, [
    `Via: SIP/2.0/WS server.test;branch=${branch}`,
    'From: <sip:you@x>;tag=1',
    `To: ${to}`,
    `Call-ID: ${branch}`,
    `CSeq: 7 ${method}`,
    'Contact: <sip:you@server.test>',
  ]);

/** A tab: a page with its port, which another page of the same tab may follow. */
class ModelTab {
  readonly name: string;
  readonly knowsPassword: boolean;
  isFrozen = false;
  isGone = false;
  isRegistered = false;
  /** The calls that it has, by their branches. */
  readonly calls = new Set<string>();
  /** The branch of its last REGISTER. */
  lastRegister = '';
  readonly #broker: Broker;
  readonly #server: ModelServer;
  readonly #chance: Chance;
  readonly #waiting: ToPage[] = [];
  #port: MessagePort | undefined;
  #id = randomUuid();
  #close = (): void => {};
  #sequence = 0;

  constructor(broker: Broker, server: ModelServer, chance: Chance, name: string) {
    this.#broker = broker;
    this.#server = server;
    this.#chance = chance;
    this.name = name;
    this.knowsPassword = name.startsWith('right');
    this.join();
  }

  post(text: ToWorker): void {
    if (!this.isGone) this.#port?.postMessage(text);
  }

  /** Takes part, by a port of its own each time. */
  join(): void {
    const {port1, port2} = new MessageChannel();
    this.#port = undefined;
    const id = (this.#id = randomUuid());
    this.#close();
    this.isRegistered = false;
    void navigator.locks.request(lockName('page', id), async () => {
      if (this.isGone || id !== this.#id) return;
      this.#port = port1;
      port1.onmessage = ({data}: MessageEvent<ToPage>) => {
        if (port1 !== this.#port) return;
        if (this.isFrozen) this.#waiting.push(data);
        else this.#receive(data);
      };
      this.#broker.add(port2);
      this.post({
        join: {
          id,
          url: URL_OF_SERVER,
          home: URL_OF_SERVER,
          hosts: ['x'],
          instance: undefined,
          user: undefined,
        },
      });
      await new Promise<void>((resolve) => (this.#close = resolve));
    });
  }

  leave(reason: 'done' | 'unheard' | 'unserved'): void {
    this.post({leaving: true});
    this.post({leave: reason});
    this.end();
  }

  /** Ends as a tab that crashes. */
  end(): void {
    this.isGone = true;
    this.isRegistered = false;
    this.#close();
  }

  async released(): Promise<void> {
    await navigator.locks.request(lockName('page', this.#id), () => {});
  }

  thaw(): void {
    this.isFrozen = false;
    for (const told of this.#waiting.splice(0)) this.#receive(told);
  }

  /** Sends a request, or what looks like one. */
  send(
    method: string,
    more: {
      branch?: string;
      host?: string;
      user?: string;
      headers?: readonly string[];
      body?: string;
      tail?: string;
    } = {},
  ): void {
    this.#sequence += 1;
    const {
      branch = `${this.name}-${this.#sequence}`,
      host = this.name,
      user = this.name,
      headers = [],
      body,
      tail = '',
    } = more;
    const text = message(
      `${method} sip:${method === 'REGISTER' ? 'x' : 'you@x'} SIP/2.0`,
      [
        `Via: SIP/2.0/WS ${host}.invalid;branch=${branch}`,
        'From: <sip:me@x>;tag=2',
        `To: <sip:me@x>${this.#chance.below(2) && method !== 'REGISTER' ? ';tag=3' : ''}`,
        `Call-ID: ${this.name}-${this.#chance.below(4)}`,
        `CSeq: ${this.#sequence} ${method}`,
        `Contact: <sip:${user}@${user}.invalid;transport=ws>;+sip.instance="<urn:uuid:${this.name}>"${method === 'REGISTER' ? ';expires=60' : ''}`,
        `X-Tab: ${this.name}`,
        ...headers,
      ],
      body,
    );
    this.post({send: text + tail});
  }

  register(expires = 60, signed = false): void {
    this.#sequence += 1;
    this.lastRegister = `${this.name}-${this.#sequence}`;
    const text = message('REGISTER sip:x SIP/2.0', [
      `Via: SIP/2.0/WS ${this.name}.invalid;branch=${this.lastRegister}`,
      'From: <sip:me@x>;tag=2',
      'To: <sip:me@x>',
      `Call-ID: ${this.name}`,
      `CSeq: ${this.#sequence} REGISTER`,
      `Contact: <sip:${this.name}@${this.name}.invalid;transport=ws>;+sip.instance="<urn:uuid:${this.name}>";expires=${expires}`,
      `X-Tab: ${this.name}`,
      ...(signed ? [`Authorization: ${this.knowsPassword ? 'right' : 'wrong'}`] : []),
    ]);
    this.post({send: text});
  }

  /** Responds to a request of the server, whether it has got that or not. */
  respond(request: string, status: string): void {
    const copied = ['Via', 'From', 'Call-ID', 'CSeq'].map((name) => `${name}: ${header(request, name)}`);
    this.post({
      send: message(`SIP/2.0 ${status}`, [
        ...copied,
        `To: <sip:me@x>;tag=${this.name}`,
        `X-Tab: ${this.name}`,
      ]),
    });
  }

  #receive(told: ToPage): void {
    if (this.isGone) return;
    if ('ask' in told) this.post({idle: this.calls.size === 0});
    else if ('renew' in told || 'moved' in told || 'open' in told) this.register();
    else if ('closed' in told) setTimeout(() => !this.isGone && this.join(), this.#chance.below(20));
    else if ('received' in told) this.#read(told.received);
  }

  #read(text: string): void {
    if (text.trim() === '') return;
    const method = methodOf(text);
    if (!text.startsWith('SIP/')) return this.#serve(method, text);
    const {faults} = this.#server;
    if (this.knowsPassword && !header(text, 'Via').includes(`${this.name}.invalid`))
      faults.push(`${this.name} has got a response to another tab`);
    if (!header(text, 'CSeq').endsWith('REGISTER')) return;
    const expires = Number(/expires=(\d+)/.exec(header(text, 'Contact'))?.[1] ?? 0);
    if (text.startsWith('SIP/2.0 401')) this.register(60, true);
    else if (text.startsWith('SIP/2.0 200')) {
      if (expires > 0 && !this.knowsPassword) faults.push(`${this.name} is registered without the password`);
      this.isRegistered = expires > 0;
    }
  }

  #serve(method: string, text: string): void {
    const branch = branchOf(text);
    const asked = this.#server.asked.get(branch);
    if (!this.knowsPassword) this.#server.faults.push(`${method} of the server has reached ${this.name}`);
    if (method === 'INVITE') {
      asked?.reached.add(this);
      note(asked, `reached ${this.name}`);
      this.respond(text, '180 Ringing');
      const status = this.#chance.of([
        '200 OK',
        '200 OK',
        '486 Busy Here',
        '480 Temporarily Unavailable',
        '',
      ])!;
      const port = this.#port;
      const answer = (): void => {
        // What it cannot send, nobody knows of.
        if (this.isGone || !this.#port) return;
        // By another port, it is a page that the server has not let in yet. A real one repeats its 200 until it is.
        if (port !== this.#port && asked) asked.isDisturbed = true;
        if (status.startsWith('200')) this.calls.add(branch);
        note(asked, `${this.name} answers ${status}`);
        this.respond(text, status);
      };
      if (status) setTimeout(answer, this.#chance.below(8));
    } else if (method === 'CANCEL' || method === 'BYE') {
      const ended = branch.replace(/\.bye$/, '');
      note(this.#server.asked.get(ended), `${method} ${this.name}`);
      this.calls.delete(ended);
    } else if (method !== 'ACK') {
      asked?.reached.add(this);
      this.respond(text, '200 OK');
    }
  }
}

/** Makes a broker; returns its maps and sets as well, which have everything that it keeps. */
function watched(open: () => WorkerSocket): {broker: Broker; kept: readonly {readonly size: number}[]} {
  const {Map: RealMap, Set: RealSet} = globalThis;
  const kept: {readonly size: number}[] = [];
  globalThis.Map = new Proxy(RealMap, {
    construct(target, parameters) {
      const made = Reflect.construct(target, parameters) as Map<unknown, unknown>;
      kept.push(made);
      return made;
    },
  });
  globalThis.Set = new Proxy(RealSet, {
    construct(target, parameters) {
      const made = Reflect.construct(target, parameters) as Set<unknown>;
      kept.push(made);
      return made;
    },
  });
  try {
    return {broker: new Broker(open), kept};
  } finally {
    Object.assign(globalThis, {Map: RealMap, Set: RealSet});
  }
}

describe('Broker, with tabs, strangers and a server that do anything in any order', () => {
  const failures: string[] = [];
  const onError = (event: ErrorEvent): void => void failures.push(event.message);
  beforeEach(() => {
    failures.length = 0;
    addEventListener('error', onError);
    shorten({
      ...{transaction: 240, lastPage: 20, pageAnswer: 30, crashedPageRequest: 20, undeliveredMessage: 40},
      ...{
        pageReturn: 60,
        callTakeover: 30,
        byeRetry: 20,
        idleAnswer: 10,
        serverReturn: 60,
        socketOpening: 50,
      },
      ...{serverHeard: 20, serverUnserved: 20},
    });
  });
  afterEach(() => removeEventListener('error', onError));

  for (const seed of [1, 2, 3, 7, 14, 14])
    it(`lets no stranger in, answers each request of the server once, and keeps nothing (${seed})`, async () => {
      const chance = new Chance(seed);
      const server = new ModelServer(chance);
      const {broker, kept} = watched(server.open);
      let tabs: ModelTab[] = [];
      const all: ModelTab[] = [];
      const add = (
        name = `${chance.below(3) ? 'right' : 'wrong'}${all.length}x${randomUuid().slice(0, 4)}`,
      ): ModelTab => {
        const tab = new ModelTab(broker, server, chance, name);
        tabs.push(tab);
        all.push(tab);
        return tab;
      };
      const remove = (tab: ModelTab): void => {
        server.disturb();
        tabs = tabs.filter((other) => other !== tab);
      };
      const branches: string[] = [];
      const inDialog = (user: string): void =>
        server.live?.send(
          requestOf('INFO', server.contact.replace('@', `.${user}@`), randomUuid(), '<sip:me@x>;tag=8'),
        );
      const strangers = (): readonly ModelTab[] => tabs.filter(({knowsPassword}) => !knowsPassword);
      const actions: readonly (() => void)[] = [
        () => tabs.length < 5 && add(),
        () => tabs.length < 5 && add(),
        () => {
          const tab = chance.of(tabs);
          if (!tab) return;
          remove(tab);
          tab.leave(chance.of(['done', 'done', 'unheard', 'unserved'])!);
        },
        () => {
          const tab = chance.of(tabs);
          if (!tab) return;
          remove(tab);
          tab.end();
        },
        () => {
          const tab = chance.of(tabs);
          if (!tab) return;
          remove(tab);
          if (chance.below(2)) tab.leave('done');
          else tab.end();
          add(tab.name);
        },
        () => {
          const tab = chance.of(tabs);
          server.disturb();
          if (tab?.isFrozen) tab.thaw();
          else if (tab) tab.isFrozen = true;
        },
        () => chance.of(tabs)?.register(),
        () => chance.of(tabs)?.register(0),
        () => chance.of(tabs)?.send(chance.of(METHODS)!),
        () => chance.of(tabs)?.send(chance.of(METHODS)!),
        () => chance.of(strangers())?.send(chance.of(METHODS)!),
        // A second message behind the first, and one behind an early end of the head.
        () => {
          const tab = chance.of(strangers());
          const smuggled = requestOf('MESSAGE', 'you@x', 'smuggled').replace(
            '\r\n',
            `\r\nX-Tab: ${tab?.name}\r\n`,
          );
          tab?.send('REGISTER', {tail: smuggled});
          tab?.send('REGISTER', {headers: [`X-Odd: 1\n\n${smuggled}`]});
          tab?.send('REGISTER', {headers: [`Content-Length: 0`], body: smuggled});
          tab?.post({
            send: message('SIP/2.0 200 OK', ['Via: SIP/2.0/WS x;branch=none', 'CSeq: 1 INFO']) + smuggled,
          });
        },
        // What belongs to another one.
        () => {
          const [tab, other] = [
            chance.of(strangers()),
            chance.of(tabs.filter(({isRegistered}) => isRegistered)),
          ];
          if (!tab || !other) return;
          other.register();
          tab.send('REGISTER', {branch: other.lastRegister});
          tab.send(chance.of(['REGISTER', ...METHODS])!, {host: other.name, user: other.name});
          other.send('OPTIONS');
          inDialog(other.name);
          tab.register();
        },
        () => {
          const [tab, branch] = [chance.of(tabs), chance.of(branches)];
          const asked = branch && server.asked.get(branch);
          if (!tab || !asked || asked.finals || asked.reached.has(tab)) return;
          tab.respond(
            requestOf(chance.of([asked.method, 'INFO'])!, 'me@x', branch),
            chance.of(['200 OK', '486 Busy', '180 Ringing'])!,
          );
        },
        ...Array.from({length: 4}, () => () => {
          const connection = server.live;
          if (!connection) return;
          const frozen = tabs.some(({isFrozen}) => isFrozen);
          const branch = server.ask(
            chance.of(['INVITE', 'INVITE', 'MESSAGE', 'OPTIONS', 'NOTIFY'])!,
            connection,
          );
          if (frozen) server.asked.get(branch)!.isDisturbed = true;
          branches.push(branch);
        }),
        // The same again, the caller's end of it, and what belongs to no call.
        () => {
          const branch = chance.of(branches.filter((each) => !server.asked.get(each)!.finals));
          const method = branch && chance.of([server.asked.get(branch)!.method, 'CANCEL', 'ACK'])!;
          if (branch) note(server.asked.get(branch), `again ${method}`);
          if (branch) server.live?.send(requestOf(method!, server.contact || 'me@x', branch));
          if (branch && method === 'CANCEL') server.asked.get(branch)!.isDisturbed = true;
        },
        () => inDialog(chance.of(tabs.filter(({knowsPassword}) => knowsPassword))?.name ?? 'gone'),
        () => {
          const connection = server.live;
          if (!connection || chance.below(4)) return;
          server.disturb();
          connection.isOpen = false;
          connection.socket.onclose?.call(connection.socket as WebSocket, new CloseEvent('close'));
        },
        () =>
          server.live?.send(chance.of(['\r\n\r\n', '\r\n', 'x', 'SIP/2.0 200 OK\r\n\r\n', '\r\nINVITE'])!),
        () => chance.of(tabs)?.post({front: true}),
        () => chance.of(tabs)?.post({silent: true}),
        () =>
          chance.of(tabs)?.post({
            send: chance.of(['\r\n\r\n', 'x', 'SIP/2.0 700 No\r\n\r\n', 'OPTIONS sip:x SIP/2.0\r\n\r\n'])!,
          }),
      ];
      for (let step = 0; step < 300; step += 1) {
        chance.of(actions)!();
        if (chance.below(3) === 0) await wait(chance.below(4));
      }
      for (const tab of tabs) if (tab.isFrozen) tab.thaw();
      await wait(350);
      for (const [branch, {method, reached, isDisturbed, finals}] of server.asked) {
        if (isDisturbed) continue;
        const what = `${method} ${branch}`;
        const hasTaken = [...reached].filter(({calls}) => calls.has(branch));
        if (method === 'INVITE')
          expect(
            hasTaken.length,
            `tabs with the call ${what}: ${server.asked.get(branch)!.log.join(' | ')}`,
          ).to.be.at.most(1);
        else expect(finals, `final responses to ${what}`).to.be.at.least(1);
        if (method === 'MESSAGE') expect(reached.size, `tabs with ${what}`).to.be.at.most(1);
      }
      expect([...new Set(server.faults)]).to.deep.equal([]);
      for (const tab of tabs) tab.end();
      await Promise.all(all.map((tab) => tab.released()));
      await wait(900);
      // The dialogs of tabs that a loss of the connection has ended are among the newest.
      const sizes = kept.map(({size}) => size).slice(0, -2);
      expect(sizes).to.deep.equal(sizes.map(() => 0));
      expect(failures).to.deep.equal([]);
    });
});
