/**
 * Sends Web Pushes for Kamailio by web-push.mjs beside it: `node push-gateway.mjs`.
 *
 * Each datagram is the place of a subscription in Kamailio's table, a blank, and its address, as a `pn-prid` has it (RFC 8599). If
 * the push service has ended the subscription (404, 410), Kamailio is told, which forgets it. `node push-gateway.mjs key` prints the
 * public key, for push.cfg; the private one is made at the first start.
 *
 * Environment: `PUSH_KEY_FILE`, by default `push-key.json`; `PUSH_PORT`, 8089; `PUSH_CONTACT`, where push services reach you, such
 * as `mailto:phones@example.com`; `PUSH_SERVICES`, further hosts that pushes may go to, separated by spaces.
 */
import {randomBytes} from 'node:crypto';
import {createSocket} from 'node:dgram';
import {existsSync, readFileSync, writeFileSync} from 'node:fs';
import {makeKey, PushSender} from './web-push.mjs';

const {
  PUSH_KEY_FILE = 'push-key.json',
  PUSH_PORT = '8089',
  PUSH_CONTACT = 'mailto:phones@example.com',
  PUSH_SERVICES = '',
} = process.env;

if (!existsSync(PUSH_KEY_FILE)) writeFileSync(PUSH_KEY_FILE, JSON.stringify(makeKey()), {mode: 0o600});
const sender = new PushSender(
  JSON.parse(readFileSync(PUSH_KEY_FILE, 'utf8')),
  PUSH_CONTACT,
  PUSH_SERVICES.split(' ').filter(Boolean),
);

/**
 * Sends a push; resolves with the status of the push service.
 *
 * @param {string} prid
 */
async function send(prid) {
  const endpoint = decodeURIComponent(prid);
  const status = await sender.send(endpoint);
  process.stdout.write(`${new URL(endpoint).host}: ${status}\n`);
  return status;
}

/**
 * Writes a SIP request that tells Kamailio of a subscription that has ended.
 *
 * @param {string} place
 * @param {string} prid
 */
function ended(place, prid) {
  const id = randomBytes(8).toString('hex');
  return [
    'OPTIONS sip:push@127.0.0.1 SIP/2.0',
    `Via: SIP/2.0/UDP 127.0.0.1:${PUSH_PORT};branch=z9hG4bK${id}`,
    'Max-Forwards: 1',
    `From: <sip:push@127.0.0.1>;tag=${id}`,
    'To: <sip:push@127.0.0.1>',
    `Call-ID: ${id}`,
    'CSeq: 1 OPTIONS',
    `X-Push-Place: ${place}`,
    `X-Push-Ended: ${prid}`,
    'Content-Length: 0',
    '',
    '',
  ].join('\r\n');
}

if (process.argv[2] === 'key') process.stdout.write(`${sender.publicKey}\n`);
else {
  const socket = createSocket('udp4');
  socket.on('message', (text, {address, port}) => {
    const [, place = '', prid = ''] = /^(\S+) (\S+)$/.exec(String(text)) ?? [];
    // What Kamailio answers to `ended`.
    if (!prid) return;
    send(prid)
      .then((status) => {
        if (status === 404 || status === 410) socket.send(ended(place, prid), port, address);
      })
      .catch((error) => process.stderr.write(`not sent: ${error.message}\n`));
  });
  socket.bind(Number(PUSH_PORT), '127.0.0.1', () =>
    process.stdout.write(`listens at 127.0.0.1:${PUSH_PORT}\n`),
  );
}
