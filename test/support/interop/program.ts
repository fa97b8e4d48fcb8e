import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {createSocket} from 'node:dgram';
import {createServer} from 'node:net';

const running = new Set<ChildProcess>();

// The runner ends a file that takes too long: its programs must end too. They get a signal, so that they end their
// children.
process.once('SIGTERM', () => process.exit(143));
process.once('exit', () => {
  for (const child of running) child.kill();
});

/** A program that runs beside a test. */
export interface Program {
  /** What it has written so far, to both outputs. */
  output(): string;
  readonly pid: number;
  /** Looks until it finds something, and resolves with that; rejects if the program has ended before. */
  until<T>(look: () => T | Promise<T>): Promise<Exclude<T, false | undefined>>;
  /** Resolves with its exit code. */
  readonly ended: Promise<number | null>;
  /** Ends it; idempotent. */
  stop(): Promise<void>;
  /** Ends it at once, without a chance to say goodbye. */
  kill(): Promise<void>;
}

/** Starts a program, which ends with this process at the latest. */
export function startProgram(
  command: string,
  words: readonly string[],
  cwd?: string,
  environment: NodeJS.ProcessEnv = {},
): Program {
  const child = spawn(command, words, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {...process.env, ...environment},
    ...(cwd && {cwd}),
  });
  running.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const ended = new Promise<number | null>((resolve) => {
    child.once('error', (error) => {
      output += String(error);
      resolve(null);
    });
    child.once('close', (code) => resolve(code));
  }).finally(() => running.delete(child));
  return {
    pid: child.pid ?? 0,
    ended,
    output: () => output,
    async until<T>(look: () => T | Promise<T>) {
      for (;;) {
        const found = await look();
        if (found !== undefined && found !== false) return found as Exclude<T, false | undefined>;
        if (!running.has(child)) throw new Error(`${command} has ended with code ${await ended}:\n${output}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async stop() {
      if (!running.has(child)) return;
      child.kill();
      const timer = setTimeout(() => child.kill('SIGKILL'), 5000);
      await ended;
      clearTimeout(timer);
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** A free port of the loopback. */
export async function freePort(kind: 'udp' | 'tcp' = 'tcp'): Promise<number> {
  if (kind === 'udp') {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const {port} = socket.address();
    await new Promise<void>((resolve) => socket.close(resolve));
    return port;
  }
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const {port} = server.address() as {port: number};
  await new Promise((resolve) => server.close(resolve));
  return port;
}
