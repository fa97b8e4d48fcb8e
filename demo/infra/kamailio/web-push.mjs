/** Web Pushes without content (RFC 8030), signed by VAPID (RFC 8292): for push-gateway.mjs beside it, and the development server. */
import {createPrivateKey, generateKeyPairSync, sign} from 'node:crypto';

/** The push services of browsers. A user writes the address: it must not lead into your own network. */
const SERVICES = [
  /^fcm\.googleapis\.com$/,
  /\.push\.services\.mozilla\.com$/,
  /\.notify\.windows\.com$/,
  /^web\.push\.apple\.com$/,
];

/** For how long a push service may keep a push, in seconds: as long as a call waits. */
const TTL_S = 60;
/** How long a signature counts, in seconds. */
const SIGNED_S = 12 * 3600;
/** How long a push service may take to answer, in milliseconds. */
const REPLY_MS = 10_000;

/** @param {object} value */
const encoded = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Makes a private key, as a JWK. */
export const makeKey = () =>
  generateKeyPairSync('ec', {namedCurve: 'P-256'}).privateKey.export({format: 'jwk'});

/** Sends pushes that one key signs. */
export class PushSender {
  #key;
  #contact;
  #hosts;

  /**
   * @param {import('node:crypto').JsonWebKey} jwk The private key.
   * @param {string} contact Where push services reach the sender: `mailto:` or `https:`.
   * @param {readonly string[]} hosts Further hosts that pushes may go to, with their ports.
   */
  constructor(jwk, contact, hosts) {
    this.#key = createPrivateKey({key: jwk, format: 'jwk'});
    this.#contact = contact;
    this.#hosts = hosts;
    const point = [jwk.x, jwk.y].map((part) => Buffer.from(String(part), 'base64url'));
    /** The public key, in base64url: pages subscribe with it. */
    this.publicKey = Buffer.concat([Buffer.from([4]), ...point]).toString('base64url');
  }

  /**
   * Sends a push to a subscription; resolves with the status of the push service, rejects if it cannot be asked.
   *
   * @param {string} endpoint
   */
  async send(endpoint) {
    const address = new URL(endpoint);
    const {protocol, hostname, host} = address;
    const isService = protocol === 'https:' && SERVICES.some((service) => service.test(hostname));
    if (!isService && !this.#hosts.includes(host)) throw new Error(`${host} is no push service`);
    const {status, body} = await fetch(address, {
      method: 'POST',
      headers: {Authorization: this.#authorization(address), TTL: String(TTL_S), Urgency: 'high'},
      redirect: 'error',
      signal: AbortSignal.timeout(REPLY_MS),
    });
    // Unread, it would keep the connection.
    await body?.cancel();
    return status;
  }

  /** @param {URL} address */
  #authorization({origin}) {
    const exp = Math.floor(Date.now() / 1000) + SIGNED_S;
    const head = `${encoded({typ: 'JWT', alg: 'ES256'})}.${encoded({aud: origin, exp, sub: this.#contact})}`;
    const signature = sign('sha256', Buffer.from(head), {key: this.#key, dsaEncoding: 'ieee-p1363'});
    return `vapid t=${head}.${signature.toString('base64url')}, k=${this.publicKey}`;
  }
}
