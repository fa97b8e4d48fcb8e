import {joined, type Bytes} from './sframe.js';

const CURVE = {name: 'ECDH', namedCurve: 'P-256'};
/** An uncompressed point of P-256. */
const PUBLIC_BYTES = 65;
const HASH_BYTES = 32;
const BASE_KEY_BYTES = 16;
/** The least length of a key of the page: frames show whether a guess is right, so that it must not be guessed. */
const LEAST_KEY_BYTES = 16;
const CODE_DIGITS = 6;
const LABEL = 'sip-elements media encryption 1';

/** What both sides have derived. */
export interface AgreedKeys {
  /** The key that all frame keys are derived from (RFC 9605 §4.4.2). */
  readonly baseKey: Bytes;
  /** Six digits that are equal at both sides if nobody sits between them, with a chance of one in a million. */
  readonly code: string;
}

/** One side's new pair of keys, for one call. */
export class KeyExchange {
  readonly publicKey: Bytes;
  readonly #privateKey: CryptoKey;

  private constructor(publicKey: Bytes, privateKey: CryptoKey) {
    this.publicKey = publicKey;
    this.#privateKey = privateKey;
  }

  static async create(): Promise<KeyExchange> {
    const {publicKey, privateKey} = await crypto.subtle.generateKey(CURVE, false, ['deriveBits']);
    return new KeyExchange(new Uint8Array(await crypto.subtle.exportKey('raw', publicKey)), privateKey);
  }

  /**
   * Derives the keys of a call.
   *
   * @param other - The public key of the other side.
   * @param first - Whether this side has committed itself to its key.
   * @param pageKey - What both pages know, if they do.
   * @throws {DOMException} if `other` is no point of the curve.
   */
  async agree(other: Bytes, first: boolean, pageKey: Bytes = new Uint8Array()): Promise<AgreedKeys> {
    const {subtle} = crypto;
    const key = await subtle.importKey('raw', other, CURVE, false, []);
    const secret = await subtle.deriveBits({...CURVE, public: key}, this.#privateKey, HASH_BYTES * 8);
    const pair = first ? [this.publicKey, other] : [other, this.publicKey];
    const salt = await subtle.digest('SHA-256', joined(new TextEncoder().encode(LABEL), ...pair));
    const whole = joined(new Uint8Array(secret), pageKey);
    const source = await subtle.importKey('raw', whole, 'HKDF', false, ['deriveBits']);
    const bits = async (use: string, bytes: number): Promise<ArrayBuffer> => {
      const info = new TextEncoder().encode(`${LABEL} ${use}`);
      return subtle.deriveBits({name: 'HKDF', hash: 'SHA-256', salt, info}, source, bytes * 8);
    };
    const number = new DataView(await bits('code', 8)).getBigUint64(0) % 10n ** BigInt(CODE_DIGITS);
    return {
      baseKey: new Uint8Array(await bits('frames', BASE_KEY_BYTES)),
      code: String(number).padStart(CODE_DIGITS, '0'),
    };
  }
}

/**
 * Returns the commitment to a public key (as RFC 6189 §4.4.1.1 commits to one): who has sent it cannot choose another key
 * once the other side's is known, and so cannot look for one that gives the same code.
 */
export async function commitmentTo(publicKey: Bytes): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', publicKey));
}

/** Returns the bytes of the key that a page has given; undefined if they cannot be used. */
export function pageKeyOf(given: unknown): Bytes | undefined {
  const bytes =
    typeof given === 'string'
      ? new TextEncoder().encode(given)
      : given instanceof ArrayBuffer
        ? new Uint8Array(given.slice(0))
        : ArrayBuffer.isView(given)
          ? new Uint8Array(given.buffer, given.byteOffset, given.byteLength).slice()
          : undefined;
  return bytes && bytes.length >= LEAST_KEY_BYTES ? bytes : undefined;
}

/** What one side writes into its descriptions: a commitment to its key, or the key. */
export type KeyLine = {readonly commitment: Bytes} | {readonly key: Bytes};

const LINE = /^a=x-sip-elements-sframe:1 (commit|key)=([\w+/]{1,100}=?)\s*$/m;

/** Returns a description with a line of the session. */
export function withKeyLine(description: string, line: KeyLine): string {
  const [name, bytes] = 'key' in line ? ['key', line.key] : ['commit', line.commitment];
  const text = btoa(String.fromCharCode(...bytes));
  return description.replace(/^(?=m=)/m, `a=x-sip-elements-sframe:1 ${name}=${text}\r\n`);
}

/** Reads the line of the other side; undefined if there is none that can be used. */
export function keyLineOf(description: string): KeyLine | undefined {
  const [, name, text = ''] = LINE.exec(description.split(/^m=/m)[0] ?? '') ?? [];
  if (!name || text.replace('=', '').length % 4 === 1) return undefined;
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  if (name === 'key') return bytes.length === PUBLIC_BYTES ? {key: bytes} : undefined;
  return bytes.length === HASH_BYTES ? {commitment: bytes} : undefined;
}

/** Whether two values are equal. */
export function areEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
