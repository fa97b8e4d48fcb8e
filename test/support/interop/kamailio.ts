import {execFile} from 'node:child_process';
import {createSocket} from 'node:dgram';
import {once} from 'node:events';
import {cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {selfSigned} from '../../../server/tls.js';
import {freePort, startProgram, type Program} from './program.js';

const INFRA = new URL('../../../demo/infra/', import.meta.url).pathname;
const run = promisify(execFile);

/** The domain of the configuration's users, whose passwords are `pw-` and their names. */
export const DOMAIN = 'sip.test';

/** A Kamailio server for one test, with an rtpengine. */
export interface Kamailio {
  /** The addresses for browsers, without and with TLS. */
  readonly ws: string;
  readonly wss: string;
  /** The address and port for phones over UDP. */
  readonly phones: string;
  /** What it has logged so far. */
  log(): string;
  /** What its rtpengines have. */
  relayLog(): string;
  /** Runs a command of `kamcmd`. */
  command(...words: string[]): Promise<string>;
  /** The contacts under which a user is registered at the moment. */
  contacts(user: string): Promise<string[]>;
  /** Ends its rtpengine. */
  stopRelay(): Promise<void>;
  /** Kills its rtpengine, and starts another one, which knows of no call. */
  replaceRelay(): Promise<void>;
  /** What its rtpengine has recorded of each call, as pcap files. */
  recorded(): Promise<Buffer[]>;
  /** Kills all of its processes at once. */
  kill(): Promise<void>;
  /** Starts it again after it was killed, with an empty memory. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** The settings of a server. */
export interface KamailioOptions {
  /** That of the loopback by default. */
  readonly address?: string;
  /** For one of several nodes: the address of another one, and the port between them. */
  readonly node?: {readonly peer: string; readonly port: number};
  /** Takes tokens, and short-lived users that are signed with this secret. */
  readonly secret?: string;
  /** Wakes pages: the public key of the gateway of pushes, and its UDP port. */
  readonly push?: {readonly key: string; readonly port: number};
  /** Has rtpengine take the media of all calls, and record them. */
  readonly records?: boolean;
}

/** Starts two nodes that share the locations of their users, each at an address of its own. */
export async function startNodes(): Promise<[Kamailio, Kamailio]> {
  const [one, other] = ['127.0.0.1', '127.0.0.2'];
  const port = await freePort('udp');
  const first = await startKamailio({address: one, node: {peer: other, port}});
  try {
    return [first, await startKamailio({address: other, node: {peer: one, port}})];
  } catch (error) {
    await first.stop();
    throw error;
  }
}

/** The next UDP ports for media. */
let media = 20_000 + 200 * Math.floor(Math.random() * 50);

/** Starts Kamailio and rtpengine with the configuration of `demo/infra/`, whose addresses and folders are exchanged. */
export async function startKamailio({
  address = '127.0.0.1',
  node,
  secret,
  push,
  records = false,
}: KamailioOptions = {}): Promise<Kamailio> {
  const folder = await mkdtemp(join(tmpdir(), 'sip-kamailio-'));
  const [sip, ng] = [await freePort('udp'), await freePort('udp')];
  const [ws, wss] = [await freePort(), await freePort()];
  media += 200;
  const first = media;
  const {key, cert} = await selfSigned();
  await cp(join(INFRA, 'kamailio'), folder, {recursive: true});
  await writeFile(join(folder, 'cert.pem'), cert);
  await writeFile(join(folder, 'key.pem'), key);
  const recordings = join(folder, 'recordings');
  const file = join(folder, 'kamailio.cfg');
  await writeFile(
    file,
    settings(await readFile(file, 'utf8'), {
      MY_ADDRESS: address,
      MY_SIP_PORT: sip,
      MY_WS_PORT: ws,
      MY_WSS_PORT: wss,
      MY_RTPENGINE: `127.0.0.1:${ng}`,
      MY_CERTIFICATE: join(folder, 'cert.pem'),
      MY_KEY: join(folder, 'key.pem'),
      MY_RUN: folder,
    }),
  );
  const nodes = join(folder, 'nodes.cfg');
  if (node)
    await writeFile(
      nodes,
      settings(await readFile(nodes, 'utf8'), {
        MY_INNER_ADDRESS: address,
        MY_INNER_PORT: node.port,
        MY_PEER: node.peer,
      }),
    );
  const signIn = join(folder, 'sign-in.cfg');
  if (secret) await writeFile(signIn, settings(await readFile(signIn, 'utf8'), {MY_SECRET: secret}));
  const pushing = join(folder, 'push.cfg');
  if (push)
    await writeFile(
      pushing,
      settings(await readFile(pushing, 'utf8'), {
        MY_PUSH_KEY: push.key,
        MY_PUSH_GATEWAY: `127.0.0.1:${push.port}`,
      }),
    );
  let rtpengine: Program | undefined;
  let kamailio: Program | undefined;
  let past = '';
  let relayed = '';
  const stop = async (): Promise<void> => {
    await kamailio?.stop();
    await rtpengine?.stop();
    await rm(folder, {recursive: true, force: true, maxRetries: 5});
  };
  const startRelay = async (): Promise<void> => {
    if (records) await mkdir(recordings, {recursive: true});
    relayed += rtpengine?.output() ?? '';
    rtpengine = startProgram('rtpengine', [
      `--config-file=${join(INFRA, 'rtpengine.conf')}`,
      ...[`--interface=${address}`, `--listen-ng=127.0.0.1:${ng}`],
      ...[`--port-min=${first}`, `--port-max=${first + 199}`],
      ...(records ? [`--recording-dir=${recordings}`, '--recording-method=pcap'] : []),
      ...['--foreground', '--log-stderr', '--num-threads=2', '--log-level=6'],
    ]);
    await answers(rtpengine, '127.0.0.1', ng, '1 d7:command4:pinge');
  };
  const startProxy = async (): Promise<void> => {
    past += kamailio?.output() ?? '';
    kamailio = startProgram('kamailio', [
      ...['-DD', '-E', '-f', file, '-Y', folder, '-P', join(folder, 'pid'), '-m', '64', '-M', '8'],
      ...(node ? ['-A', 'WITH_NODES'] : []),
      ...(secret ? ['-A', 'WITH_SIGN_IN'] : []),
      ...(push ? ['-A', 'WITH_PUSH'] : []),
      ...(records ? ['-A', 'WITH_RECORDING'] : []),
    ]);
    await answers(kamailio, address, sip, optionsTo(address, sip));
  };
  try {
    // First of all: Kamailio considers a node that does not answer as down.
    await startRelay();
    await startProxy();
    const command = async (...parts: string[]): Promise<string> =>
      (await run('kamcmd', ['-s', `unix:${join(folder, 'ctl')}`, ...parts])).stdout;
    return {
      ws: `ws://${address}:${ws}`,
      wss: `wss://${address}:${wss}`,
      phones: `${address}:${sip}`,
      log: () => past + kamailio!.output(),
      relayLog: () => relayed + rtpengine!.output(),
      command,
      contacts: async (user) =>
        [...(await command('ul.dump')).matchAll(/AoR: (\S+)|Address: (\S+)/g)].reduce(
          ({found, of}, [, aor, address]) =>
            aor ? {found, of: aor} : {found: of === user ? [...found, address!] : found, of},
          {found: [] as string[], of: ''},
        ).found,
      stopRelay: () => rtpengine!.stop(),
      async recorded() {
        const files = join(recordings, 'pcaps');
        return Promise.all((await readdir(files)).map((name) => readFile(join(files, name))));
      },
      async replaceRelay() {
        await rtpengine!.kill();
        await startRelay();
      },
      restart: startProxy,
      async kill() {
        const processes = [...(await command('core.psx')).matchAll(/PID: (\d+)/g)].map(([, id]) =>
          Number(id),
        );
        for (const id of processes) process.kill(id, 'SIGKILL');
        await kamailio!.ended;
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Exchanges values of the settings that the configuration begins with. */
function settings(text: string, values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values).reduce((result, [name, value]) => {
    const line = new RegExp(`(#!substdef "!${name}!)[^!]*!`);
    if (!line.test(result)) throw new Error(`The configuration has no ${name}.`);
    return result.replace(line, `$1${value}!`);
  }, text);
}

/** Sends a datagram until something comes back. */
async function answers(program: Program, address: string, port: number, text: string): Promise<void> {
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  let answered = false;
  socket.once('message', () => (answered = true));
  try {
    await program.until(() => {
      if (!answered) socket.send(text, port, address);
      return answered;
    });
  } finally {
    socket.close();
  }
}

const optionsTo = (address: string, port: number): string =>
  [
    `OPTIONS sip:${address}:${port} SIP/2.0`,
    'Via: SIP/2.0/UDP 127.0.0.1;rport;branch=z9hG4bKready',
    'Max-Forwards: 5',
    'From: <sip:test@127.0.0.1>;tag=ready',
    `To: <sip:${address}:${port}>`,
    'Call-ID: ready',
    'CSeq: 1 OPTIONS',
    'Content-Length: 0',
    '\r\n',
  ].join('\r\n');
