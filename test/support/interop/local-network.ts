import {execFile} from 'node:child_process';
import {networkInterfaces} from 'node:os';
import {promisify} from 'node:util';

const run = promisify(execFile);

/** The address of a server in a network with addresses that browsers hide. */
export const LAN_ADDRESS = '10.77.0.1';

/**
 * Adds a network to the test's own one, which has a loopback alone: a browser hides only the addresses of real networks. It
 * needs a test that runs in a network of its own, as root.
 */
export async function addLocalNetwork(): Promise<{remove(): Promise<void>}> {
  if (Object.keys(networkInterfaces()).some((name) => name !== 'lo'))
    throw new Error('This test changes networks: it runs as root, in a network of its own.');
  for (const words of [
    'link add lan type veth peer name router',
    `addr add ${LAN_ADDRESS}/24 dev lan`,
    'link set lan up',
    'link set router up',
    'route add default via 10.77.0.2',
  ])
    await run('ip', words.split(' '));
  return {
    async remove() {
      await run('ip', ['link', 'del', 'lan']);
    },
  };
}
