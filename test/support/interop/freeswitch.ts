import {execFile} from 'node:child_process';
import {mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import {connect} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {freePort, startProgram, type Program} from './program.js';

const CONFIGURATION = new URL('../../../demo/infra/freeswitch/freeswitch.xml', import.meta.url);
/** The folder of the program, its libraries and its modules. */
const ROOT = process.env['FREESWITCH_ROOT'] ?? '';
const ENVIRONMENT = {LD_LIBRARY_PATH: join(ROOT, 'lib')};
const run = promisify(execFile);

/** A FreeSWITCH for one test. */
export interface FreeSwitch {
  /** The addresses for browsers, without and with TLS. */
  readonly ws: string;
  readonly wss: string;
  /** The folder that it writes into. */
  readonly folder: string;
  /** What it has logged so far. */
  log(): string;
  /** Runs a command of its console; resolves with what it printed. */
  command(words: string): Promise<string>;
  /** The contacts under which a user is registered at the moment. */
  contacts(user: string): Promise<string[]>;
  /** Kills it at once. */
  kill(): Promise<void>;
  /** Starts it again after it was killed; it knows no call and no registration. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** The next UDP ports for media. */
let media = 40_000 + 200 * Math.floor(Math.random() * 50);

/** Starts FreeSWITCH with the configuration of `demo/infra/`, whose ports are exchanged. */
export async function startFreeSwitch(address = '127.0.0.1'): Promise<FreeSwitch> {
  const folder = await mkdtemp(join(tmpdir(), 'sip-freeswitch-'));
  const [sip, ws, wss, console] = [
    await freePort('udp'),
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  media += 200;
  await writeFile(
    join(folder, 'freeswitch.xml'),
    settings(await readFile(CONFIGURATION, 'utf8'), {
      my_address: address,
      my_sip_port: sip,
      my_ws_port: ws,
      my_wss_port: wss,
      my_console_port: console,
      my_first_media_port: media,
      my_last_media_port: media + 198,
    }),
  );
  const folders = ['log', 'db', 'run', 'certs', 'storage', 'recordings', 'sounds', 'scripts', 'grammar'];
  const words = [
    ...['-nf', '-np', '-nonat', '-nonatmap', '-conf', folder, '-mod', join(ROOT, 'mod')],
    ...[...folders, 'htdocs', 'cache'].flatMap((name) => [`-${name}`, folder]),
  ];
  let program: Program | undefined;
  let past = '';
  const start = async (): Promise<void> => {
    past += program?.output() ?? '';
    // It writes its log in blocks otherwise.
    program = startProgram('stdbuf', ['-oL', join(ROOT, 'bin/freeswitch'), ...words], folder, ENVIRONMENT);
    // A second after its ports are open, it takes calls.
    await program.until(
      async () =>
        (await listens(ws, address)) &&
        (await listens(console)) &&
        (await command('module_exists mod_sofia')) === 'true',
    );
  };
  const command = async (text: string): Promise<string> =>
    (
      await run(
        join(ROOT, 'bin/fs_cli'),
        ['-H', '127.0.0.1', '-P', String(console), '-p', 'ClueCon', '-x', text],
        {env: {...process.env, ...ENVIRONMENT}},
      )
    ).stdout.trim();
  const stop = async (): Promise<void> => {
    await program?.stop();
    await rm(folder, {recursive: true, force: true, maxRetries: 5});
  };
  try {
    await start();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    ws: `ws://${address}:${ws}`,
    wss: `wss://${address}:${wss}`,
    folder,
    log: () => past + program!.output(),
    command,
    contacts: async (user) =>
      [...(await command('show registrations')).matchAll(/^([^,]+),[^,]+,[^,]+,([^,]+),/gm)].flatMap(
        ([, name, contact]) => (name === user ? [contact!] : []),
      ),
    kill: () => program!.kill(),
    async restart() {
      // Where it keeps registrations and calls.
      for (const name of await readdir(folder)) if (name.endsWith('.db')) await rm(join(folder, name));
      await start();
    },
    stop,
  };
}

/** Exchanges values of the settings that the configuration begins with. */
function settings(text: string, values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values).reduce((result, [name, value]) => {
    const line = new RegExp(`(cmd="set" data="${name}=)[^"]*"`);
    if (!line.test(result)) throw new Error(`The configuration has no ${name}.`);
    return result.replace(line, `$1${value}"`);
  }, text);
}

/** Whether a port takes connections. */
function listens(port: number, address = '127.0.0.1'): Promise<boolean> {
  const socket = connect(port, address);
  return new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  }).finally(() => socket.destroy());
}
