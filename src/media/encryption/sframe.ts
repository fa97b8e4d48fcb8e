/** AES_128_GCM_SHA256_128 (RFC 9605 §4.5). */
const SUITE = 4;
const KEY_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The bytes of a WebCrypto call. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** The header of an SFrame ciphertext (RFC 9605 §4.3): the id of the key, and the counter of the frame. */
export interface FrameHeader {
  readonly kid: number;
  readonly counter: number;
  /** How many bytes the header has. */
  readonly length: number;
}

/** Writes a header, each number in as few bytes as it needs. Both are below 2^53. */
export function frameHeader(kid: number, counter: number): Bytes {
  const [keyBits, keyBytes] = field(kid);
  const [counterBits, counterBytes] = field(counter);
  return Uint8Array.of((keyBits << 4) | counterBits, ...keyBytes, ...counterBytes);
}

/** Reads the header of a ciphertext; undefined if it is cut off, or has a number of 2^53 or more. */
export function readHeader(data: Uint8Array): FrameHeader | undefined {
  const config = data[0];
  if (config === undefined) return undefined;
  const key = numberAt(data, 1, config >> 4);
  const counter = key && numberAt(data, key.end, config & 15);
  return counter && {kid: key.value, counter: counter.value, length: counter.end};
}

/** A key of one sender (RFC 9605 §4.4.2). */
export class FrameKey {
  readonly kid: number;
  readonly #key: CryptoKey;
  readonly #salt: Bytes;

  private constructor(kid: number, key: CryptoKey, salt: Bytes) {
    this.kid = kid;
    this.#key = key;
    this.#salt = salt;
  }

  /** Derives the key of a sender from the key that all senders share. */
  static async derive(baseKey: Bytes, kid: number): Promise<FrameKey> {
    const {subtle} = crypto;
    const base = await subtle.importKey('raw', baseKey, 'HKDF', false, ['deriveBits']);
    const bits = async (label: string, bytes: number): Promise<ArrayBuffer> => {
      const info = new Uint8Array([
        ...new TextEncoder().encode(`SFrame 1.0 Secret ${label} `),
        ...bigEndian(kid, 8),
        ...bigEndian(SUITE, 2),
      ]);
      const salt = new Uint8Array();
      return subtle.deriveBits({name: 'HKDF', hash: 'SHA-256', salt, info}, base, bytes * 8);
    };
    const raw = await bits('key', KEY_BYTES);
    const key = await subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
    return new FrameKey(kid, key, new Uint8Array(await bits('salt', NONCE_BYTES)));
  }

  /** Returns the header and the ciphertext. A counter is used once for each key. */
  async encrypt(counter: number, data: Bytes, metadata: Bytes): Promise<Bytes> {
    const header = frameHeader(this.kid, counter);
    const sealed = await crypto.subtle.encrypt(this.#parameters(counter, header, metadata), this.#key, data);
    return joined(header, new Uint8Array(sealed));
  }

  /** Returns the plaintext. Rejects if any bit is another one than was sent. */
  async decrypt(data: Bytes, {counter, length}: FrameHeader, metadata: Bytes): Promise<Bytes> {
    const parameters = this.#parameters(counter, data.subarray(0, length), metadata);
    return new Uint8Array(await crypto.subtle.decrypt(parameters, this.#key, data.subarray(length)));
  }

  #parameters(counter: number, header: Bytes, metadata: Bytes): AesGcmParams {
    const iv = Uint8Array.from(bigEndian(counter, NONCE_BYTES), (byte, index) => byte ^ this.#salt[index]!);
    return {name: 'AES-GCM', iv, additionalData: joined(header, metadata), tagLength: TAG_BYTES * 8};
  }
}

/** Returns the bytes of all parts. */
export function joined(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((sum, {length}) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Four bits of the first byte of a header, and the bytes that follow: a number below 8 is in the bits themselves. */
function field(value: number): readonly [number, readonly number[]] {
  if (value < 8) return [value, []];
  const length = Math.ceil(value.toString(16).length / 2);
  return [8 | (length - 1), bigEndian(value, length)];
}

function numberAt(
  data: Uint8Array,
  start: number,
  bits: number,
): {readonly value: number; readonly end: number} | undefined {
  if (bits < 8) return {value: bits, end: start};
  const end = start + (bits & 7) + 1;
  if (end > data.length) return undefined;
  const value = data.subarray(start, end).reduce((sum, byte) => sum * 256 + byte, 0);
  return Number.isSafeInteger(value) ? {value, end} : undefined;
}

function bigEndian(value: number, length: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; bytes.length < length; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return bytes;
}
