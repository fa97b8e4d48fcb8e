import {execFile} from 'node:child_process';
import {networkInterfaces} from 'node:os';
import {promisify} from 'node:util';

const run = promisify(execFile);

/** A firewall between the browser and a server. */
export interface Firewall {
  /** How many packets it has dropped. */
  dropped(): Promise<number>;
  remove(): Promise<void>;
}

/** What of the packets it drops: all, without an answer, as the firewalls of companies do, or what a bad network loses. */
const RULES = {
  all: '',
  'a fifth': 'numgen random mod 5 == 0',
  'beyond 32 kB a second': 'limit rate over 32 kbytes/second burst 64 kbytes',
};

/** Drops UDP packets to and from a port. It needs a test that runs in a network of its own, as root. */
export async function blockUdp(port: string, what: keyof typeof RULES = 'all'): Promise<Firewall> {
  if (Object.keys(networkInterfaces()).some((name) => name !== 'lo'))
    throw new Error('This test changes networks: it runs as root, in a network of its own.');
  const table = `blocked_${port}`;
  await run('nft', [`add table inet ${table}`]);
  await run('nft', [`add chain inet ${table} arriving { type filter hook input priority 0; }`]);
  for (const end of ['dport', 'sport'])
    await run('nft', [`add rule inet ${table} arriving udp ${end} ${port} ${RULES[what]} counter drop`]);
  return {
    async dropped() {
      const {stdout} = await run('nft', [`list table inet ${table}`]);
      return [...stdout.matchAll(/counter packets (\d+)/g)].reduce(
        (sum, [, packets]) => sum + Number(packets),
        0,
      );
    },
    async remove() {
      await run('nft', [`delete table inet ${table}`]);
    },
  };
}
