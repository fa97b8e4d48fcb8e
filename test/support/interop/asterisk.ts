import {cp, mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {connect} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {freePort, startProgram, type Program} from './program.js';

const INFRA = new URL('../../../demo/infra/asterisk/', import.meta.url).pathname;
/** Where its packages are unpacked; empty if it is installed. */
const ROOT = process.env['ASTERISK_ROOT'] ?? '';
const LIBRARIES = `${ROOT}/usr/lib/x86_64-linux-gnu`;

/** An Asterisk for one test. */
export interface Asterisk {
  /** Its address for browsers. */
  readonly ws: string;
  /** What it has logged so far. */
  log(): string;
  /** The channels that are in a room. */
  channels(room: string): Promise<string[]>;
  /** Kills it at once. */
  kill(): Promise<void>;
  /** Starts it again after it was killed; it knows no call and no registration. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts Asterisk with the configuration of `demo/infra/`, whose addresses and folders are exchanged. */
export async function startAsterisk(): Promise<Asterisk> {
  const folder = await mkdtemp(join(tmpdir(), 'sip-asterisk-'));
  const [http, sip] = [await freePort(), await freePort('udp')];
  const etc = join(folder, 'etc');
  await cp(INFRA, etc, {recursive: true});
  const directories = ['lib', 'spool', 'run', 'log', 'db', 'keys'];
  for (const name of directories) await mkdir(join(folder, name));
  await exchange(join(etc, 'http.conf'), [
    ['0.0.0.0', '127.0.0.1'],
    ['bindport=8088', `bindport=${http}`],
  ]);
  await exchange(join(etc, 'pjsip.conf'), [
    ['bind=0.0.0.0:5060', `bind=127.0.0.1:${sip}`],
    ['bind=0.0.0.0', 'bind=127.0.0.1'],
    ['from_domain=pbx.example.com', 'from_domain=127.0.0.1'],
  ]);
  await writeFile(
    join(etc, 'asterisk.conf'),
    [
      '[directories]',
      `astetcdir => ${etc}`,
      ...(ROOT
        ? [`astmoddir => ${LIBRARIES}/asterisk/modules`, `astdatadir => ${ROOT}/usr/share/asterisk`]
        : []),
      ...[`astvarlibdir => ${folder}/lib`, `astspooldir => ${folder}/spool`, `astrundir => ${folder}/run`],
      ...[`astlogdir => ${folder}/log`, `astdbdir => ${folder}/db`, `astkeydir => ${folder}/keys`, ''],
    ].join('\n'),
  );
  await writeFile(join(etc, 'modules.conf'), '[modules]\nautoload=yes\n');
  await writeFile(join(etc, 'logger.conf'), '[logfiles]\nconsole => notice,warning,error,verbose\n');
  const words = ['-C', join(etc, 'asterisk.conf')];
  let program: Program;
  const start = async (): Promise<void> => {
    program = startProgram(...run([...words, '-f', '-vvv']));
    await program.until(() => listens(http));
    await program.until(() => program.output().includes('Asterisk Ready'));
  };
  const stop = async (): Promise<void> => {
    await program.stop();
    await rm(folder, {recursive: true, force: true, maxRetries: 5});
  };
  try {
    await start();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    ws: `ws://127.0.0.1:${http}/ws`,
    log: () => program.output(),
    async channels(room) {
      const asked: Program = startProgram(...run([...words, '-rx', `confbridge list ${room}`]));
      await asked.ended;
      return [...asked.output().matchAll(/^(PJSIP\/[^\s-]+)-/gm)].map(([, name]) => name!);
    },
    kill: () => program.kill(),
    async restart() {
      // Where it keeps registrations.
      await rm(join(folder, 'db'), {recursive: true});
      await mkdir(join(folder, 'db'));
      await start();
    },
    stop,
  };
}

/** The command with its words: an unpacked one is run by its own loader, with its own libraries. */
function run(words: readonly string[]): [command: string, words: readonly string[]] {
  if (!ROOT) return ['asterisk', words];
  const loader = `${ROOT}/usr/lib64/ld-linux-x86-64.so.2`;
  return [loader, ['--library-path', LIBRARIES, `${ROOT}/usr/sbin/asterisk`, ...words]];
}

async function exchange(file: string, pairs: readonly (readonly [string, string])[]): Promise<void> {
  let text = await readFile(file, 'utf8');
  for (const [before, after] of pairs) {
    if (!text.includes(before)) throw new Error(`${file} has no ${before}.`);
    text = text.replace(before, after);
  }
  await writeFile(file, text);
}

/** Whether a port takes connections. */
function listens(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
  }).finally(() => socket.destroy()) as Promise<boolean>;
}
