import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {selfSigned} from '../../../server/tls.js';
import {freePort, startProgram} from './program.js';

/** A coturn server for one test. */
export interface Coturn {
  /** Its entry for `iceServers`. */
  readonly server: {readonly urls: string; readonly username: string; readonly credential: string};
  /** What it has logged so far. */
  log(): string;
  stop(): Promise<void>;
}

/**
 * Starts coturn on the loopback, whose addresses it may relay to.
 *
 * @param transport - The only transport that it listens for, as behind a firewall that blocks the others.
 * @param secret - What short-lived users are made with, instead of the fixed one.
 */
export async function startCoturn(transport: 'udp' | 'tcp' | 'tls' = 'udp', secret = ''): Promise<Coturn> {
  const tls = transport === 'tls';
  const folder = await mkdtemp(join(tmpdir(), 'sip-turn-'));
  const port = await freePort(transport === 'udp' ? 'udp' : 'tcp');
  const files = {cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem')};
  if (tls) {
    const {key, cert} = await selfSigned();
    await writeFile(files.cert, cert);
    await writeFile(files.key, key);
  }
  const low = 40_000 + 200 * Math.floor(Math.random() * 60);
  const program = startProgram('turnserver', [
    ...['-n', '--no-cli', '--no-dtls', '--allow-loopback-peers', '--log-file=stdout', '--verbose'],
    ...(tls
      ? [
          '--no-udp',
          '--no-tcp',
          `--tls-listening-port=${port}`,
          `--cert=${files.cert}`,
          `--pkey=${files.key}`,
        ]
      : ['--no-tls', `--listening-port=${port}`, ...(transport === 'tcp' ? ['--no-udp'] : [])]),
    ...['--listening-ip=127.0.0.1', '--relay-ip=127.0.0.1'],
    ...[`--min-port=${low}`, `--max-port=${low + 199}`, '--lt-cred-mech', '--realm=sip.test'],
    ...(secret ? ['--use-auth-secret', `--static-auth-secret=${secret}`] : ['--user=alice:secret']),
    ...[`--userdb=${join(folder, 'db')}`, `--pidfile=${join(folder, 'pid')}`],
  ]);
  return {
    server: {
      urls: `${tls ? 'turns' : 'turn'}:127.0.0.1:${port}${transport === 'udp' ? '' : '?transport=tcp'}`,
      username: 'alice',
      credential: 'secret',
    },
    log: program.output,
    async stop() {
      await program.stop();
      await rm(folder, {recursive: true, force: true});
    },
  };
}
