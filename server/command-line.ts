/** Runs the development server from the command line. `--help` prints its options. */
import {networkInterfaces} from 'node:os';
import {resolve} from 'node:path';
import {parseArgs} from 'node:util';
import {INSTALLED} from './folders.js';
import {reasonOf} from './log.js';
import type {DispatchServer, ServerOptions} from './server.js';
import {fingerprintOf} from './tls.js';
import {USERS} from './users.js';

const COMMAND = INSTALLED ? 'npx sip-elements-server' : 'npm start --';

const USAGE = `Usage: ${COMMAND} [OPTION …], see ${COMMAND} --help`;

/** A warning that browsers do not give. */
const INSECURE = '  Other machines get no microphone or camera without https: add --tls.';

const LOOPBACK = /^(localhost|127\..*|::1)$/;

const say = (...lines: readonly string[]): void => console.log(lines.join('\n'));

const fail = (line: string): never => {
  console.error(line);
  process.exit(1);
};

/** The flags of the command line. */
interface Arguments {
  readonly tls: boolean;
  readonly 'invite-first': boolean;
  readonly pages?: string;
  readonly uploads?: string;
  readonly 'allowed-hosts'?: string;
  readonly verbose: boolean;
}

/** What the help says of each option and variable: how it is written, what it does, and its default. */
const HELP: Readonly<
  Record<
    keyof Arguments | 'help' | 'PORT' | 'HOST',
    readonly [written: string, does: string, initial?: string]
  >
> = {
  PORT: ['PORT=8081', 'the port, 0–65535; 0 takes a free one', '8080'],
  HOST: ['HOST=0.0.0.0', 'one address to listen on; 0.0.0.0 for all of the machine', 'this machine alone'],
  tls: ['--tls', 'serves https: and wss: with a self-signed certificate', 'http: and ws:'],
  'allowed-hosts': ['--allowed-hosts NAME,…', 'further host names and sites', 'none'],
  'invite-first': ['--invite-first', 'sends an asker the INVITE before the reply', 'the reply first'],
  pages: ['--pages FOLDER', 'the folder of pages', INSTALLED ? 'the demo' : 'demo'],
  uploads: ['--uploads FOLDER', 'the folder of uploads', INSTALLED ? 'deleted at the end' : '.cache/uploads'],
  verbose: ['--verbose', 'writes a log to the error output', 'off'],
  help: ['--help', 'prints this'],
};

const helpText = (): string =>
  [
    `Usage: ${COMMAND} [OPTION …]. The variables PORT and HOST precede the command.`,
    ...Object.values(HELP).map(
      ([written, does, initial]) =>
        `  ${written.padEnd(24)}${does}${initial ? ` (default: ${initial})` : ''}`,
    ),
  ].join('\n');

function optionsFrom(environment: NodeJS.ProcessEnv, values: Arguments): ServerOptions {
  const given = environment['PORT'] || '8080';
  const port = Number(given);
  if (!/^\d+$/.test(given) || port > 65535)
    return fail(`PORT has to be a number from 0 to 65535, not "${given}".`);
  const host = environment['HOST'];
  return {
    port,
    tls: values.tls,
    // Either order occurs (docs/protocol/calls.md#order): a page can be tested with both.
    inviteOrder: values['invite-first'] ? 'invite-first' : 'reply-first',
    ...(host ? {host} : {}),
    ...(values.pages ? {pages: resolve(values.pages)} : {}),
    ...(values.uploads ? {uploads: resolve(values.uploads)} : {}),
    ...(values['allowed-hosts'] ? {allowedHosts: values['allowed-hosts'].split(/[\s,]+/)} : {}),
    ...(values.verbose ? {log: (line: string) => console.error(`${new Date().toISOString()} ${line}`)} : {}),
  };
}

function readArguments(): Arguments {
  const flag = {type: 'boolean', default: false} as const;
  try {
    const {values} = parseArgs({
      options: {
        ...{tls: flag, 'invite-first': flag, verbose: flag, help: flag},
        ...{pages: {type: 'string'}, uploads: {type: 'string'}, 'allowed-hosts': {type: 'string'}},
      },
    });
    if (!values.help) return values;
    say(helpText());
    return process.exit(0);
  } catch (thrown) {
    return fail(`${reasonOf(thrown)}\n${USAGE}`);
  }
}

function explain(thrown: unknown, {port, host}: ServerOptions): string {
  const {code} = thrown as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use: end what runs there, or choose another with PORT=….`;
  if (code === 'EACCES')
    return `Port ${port} may not be used by this account: choose one above 1023 with PORT=….`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `HOST=${host} is not an address of this machine.`;
  return `The server cannot start: ${reasonOf(thrown)}`;
}

function introduce(server: DispatchServer, {host, buildDocs}: ServerOptions): void {
  const open = host === '0.0.0.0' || host === '::';
  const addresses = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter((address) => open && address.family === 'IPv4' && !address.internal)
    .map((address) => `                 ${server.url.replace('localhost', address.address)}`);
  say(
    'The development server of SIP Elements: for development, not for a site.',
    `  Pages          ${server.url}`,
    ...addresses,
    ...(buildDocs ? [`  Documentation  ${server.url}docs/`] : []),
    `  SIP            ${server.url.replace(/^http/, 'ws')}fswebrtc`,
    ...(host && !server.certificate && !LOOPBACK.test(host) ? [INSECURE] : []),
    ...(server.certificate
      ? [`  Certificate    self-signed, SHA-256 ${fingerprintOf(server.certificate)}`]
      : []),
    `  Sample users   ${USERS[0]?.number}–${USERS.at(-1)?.number}, password ${USERS[0]?.password}`,
    ...USERS.slice(0, 4).map((user) => `                 ${user.number} ${user.name}`),
    'Ctrl+C ends it.',
  );
}

/** Reads the options of the command line and the environment; ends the process if one is wrong, or after the help. */
export const readCommandLine = (): ServerOptions => optionsFrom(process.env, readArguments());

/**
 * Starts the server as the command line and the environment ask for. Exit codes: 0 after SIGTERM or SIGINT, 1 if the server
 * cannot start.
 *
 * @param given What the command line has no option for.
 */
export async function runCommandLine(given: Pick<ServerOptions, 'dist' | 'buildDocs'> = {}): Promise<void> {
  const options = {...readCommandLine(), ...given};
  // Wrong options are reported at once: the server takes a second to load.
  const {startServer} = await import('./server.js');
  const server = await startServer(options).catch((thrown: unknown) => fail(explain(thrown, options)));
  endBySignal(server);
  // Comes last: a reader of the address may send a signal.
  introduce(server, options);
}

function endBySignal(server: DispatchServer): void {
  /** When the first signal came, in ms since 1970. */
  let ending: number | undefined;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (ending === undefined) {
        ending = Date.now();
        void server.close().then(() => process.exit(0));
      } else if (Date.now() - ending > 500) {
        // A second signal comes from a user who does not want to wait; under npm each signal comes twice.
        process.exit(1);
      }
    });
  }
}
