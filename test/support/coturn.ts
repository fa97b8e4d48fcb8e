import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {selfSigned} from '../../demo/server/tls.js';
import {freePort, startProgram} from './program.js';

/** A coturn of a test's own. */
export interface Coturn {
  /** What a page gives as one of its `iceServers`. */
  readonly server: {readonly urls: string; readonly username: string; readonly credential: string};
  /** What it has logged so far. */
  log(): string;
  stop(): Promise<void>;
}

/**
 * Starts coturn on the loopback, whose addresses it may relay to.
 *
 * @param options.tls - It listens for TLS alone, as where a firewall lets nothing else through.
 */
export async function startCoturn({tls = false} = {}): Promise<Coturn> {
  const folder = await mkdtemp(join(tmpdir(), 'sip-turn-'));
  const port = await freePort(tls ? 'tcp' : 'udp');
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
      : ['--no-tls', `--listening-port=${port}`]),
    ...['--listening-ip=127.0.0.1', '--relay-ip=127.0.0.1'],
    ...[`--min-port=${low}`, `--max-port=${low + 199}`, '--lt-cred-mech', '--realm=sip.test'],
    ...['--user=alice:secret', `--userdb=${join(folder, 'db')}`, `--pidfile=${join(folder, 'pid')}`],
  ]);
  return {
    server: {
      urls: tls ? `turns:127.0.0.1:${port}?transport=tcp` : `turn:127.0.0.1:${port}`,
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
