import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {freePort, startProgram} from './program.js';

/** A coturn of a test's own. */
export interface Coturn {
  /** What a page gives as one of its `iceServers`. */
  readonly server: {readonly urls: string; readonly username: string; readonly credential: string};
  /** What it has logged so far. */
  log(): string;
  stop(): Promise<void>;
}

/** Starts coturn on the loopback, whose addresses it may relay to. */
export async function startCoturn(): Promise<Coturn> {
  const folder = await mkdtemp(join(tmpdir(), 'sip-turn-'));
  const port = await freePort('udp');
  const low = 40_000 + 200 * Math.floor(Math.random() * 60);
  const program = startProgram('turnserver', [
    ...[
      '-n',
      '--no-cli',
      '--no-tls',
      '--no-dtls',
      '--allow-loopback-peers',
      '--log-file=stdout',
      '--verbose',
    ],
    ...['--listening-ip=127.0.0.1', '--relay-ip=127.0.0.1', `--listening-port=${port}`],
    ...[`--min-port=${low}`, `--max-port=${low + 199}`, '--lt-cred-mech', '--realm=sip.test'],
    ...['--user=alice:secret', `--userdb=${join(folder, 'db')}`, `--pidfile=${join(folder, 'pid')}`],
  ]);
  return {
    server: {urls: `turn:127.0.0.1:${port}`, username: 'alice', credential: 'secret'},
    log: program.output,
    async stop() {
      await program.stop();
      await rm(folder, {recursive: true, force: true});
    },
  };
}
