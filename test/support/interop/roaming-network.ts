import {execFile} from 'node:child_process';
import {chmod, mkdtemp, readlink, rm, writeFile} from 'node:fs/promises';
import {networkInterfaces, tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {findChrome} from '../../../scripts/browsers.mjs';
import {startProgram} from './program.js';

const run = promisify(execFile);

/** The address of the servers, which both networks of the device lead to. */
export const SERVERS = '10.9.0.1';

/** Starts a command of `ip`. */
const ip = async (words: string): Promise<unknown> => run('ip', words.split(' '));

/** A network namespace with two ways to the servers, of which one is up: Wi-Fi and the mobile network of a device. */
export interface RoamingNetwork {
  /** A program that starts Chromium within it. */
  readonly browser: string;
  /** Changes to the other network: the address of the first one disappears, and no peer is notified. */
  move(): Promise<void>;
  /** Drops every packet in both directions, as a lost radio link does; the device keeps its address. */
  block(): Promise<void>;
  unblock(): Promise<void>;
  /** Switches a VPN on: a second address takes all packets, and those of the first one are dropped. */
  enterVpn(): Promise<void>;
  leaveVpn(): Promise<void>;
  stop(): Promise<void>;
}

/** Makes such a network. It needs a test that runs in a network of its own, as root. */
export async function startRoamingNetwork(): Promise<RoamingNetwork> {
  if (Object.keys(networkInterfaces()).some((name) => name !== 'lo'))
    throw new Error('This test changes networks: it runs as root, in a network of its own.');
  const own = await readlink('/proc/self/ns/net');
  const folder = await mkdtemp(join(tmpdir(), 'sip-network-'));
  const holder = startProgram('unshare', ['--net', 'sleep', 'infinity']);
  const stop = async (): Promise<void> => {
    // The network interfaces of the namespace end with it.
    await holder.stop();
    await rm(folder, {recursive: true, force: true});
  };
  try {
    const {pid} = holder;
    await holder.until(async () => (await readlink(`/proc/${pid}/ns/net`).catch(() => own)) !== own);
    const inside = (words: string): Promise<unknown> =>
      run('nsenter', [`--net=/proc/${pid}/ns/net`, ...words.split(' ')]);
    await ip(`addr add ${SERVERS}/32 dev lo`);
    await inside('ip link set lo up');
    for (const way of [1, 2]) {
      await ip(`link add way${way} type veth peer name way${way} netns ${pid}`);
      await ip(`addr add 10.9.${way}.1/24 dev way${way}`);
      await ip(`link set way${way} up`);
    }
    let way = 0;
    const move = async (): Promise<void> => {
      const before = way;
      way = way === 1 ? 2 : 1;
      if (before) {
        await inside(`ip addr del 10.9.${before}.2/24 dev way${before}`);
        await inside(`ip link set way${before} down`);
      }
      await inside(`ip link set way${way} up`);
      await inside(`ip addr add 10.9.${way}.2/24 dev way${way}`);
      await inside(`ip route add default via 10.9.${way}.1`);
    };
    await move();
    const block = (): Promise<unknown> => ip(`route add blackhole 10.9.${way}.2/32`);
    const unblock = (): Promise<unknown> => ip(`route del blackhole 10.9.${way}.2/32`);
    const other = (): number => 3 - way;
    const browser = join(folder, 'chromium');
    await writeFile(browser, `#!/bin/sh\nexec nsenter --net=/proc/${pid}/ns/net ${findChrome()} "$@"\n`);
    await chmod(browser, 0o755);
    return {
      browser,
      move,
      async block() {
        await block();
      },
      async unblock() {
        await unblock();
      },
      async enterVpn() {
        await block();
        await inside(`ip link set way${other()} up`);
        await inside(`ip addr add 10.9.${other()}.2/24 dev way${other()}`);
        await inside(`ip route replace default via 10.9.${other()}.1`);
      },
      async leaveVpn() {
        await unblock();
        await inside(`ip route replace default via 10.9.${way}.1`);
        await inside(`ip addr del 10.9.${other()}.2/24 dev way${other()}`);
        await inside(`ip link set way${other()} down`);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
