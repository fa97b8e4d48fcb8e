/** What stands before each packet: its length in bytes (16 bits) and its time in microseconds (32 bits). */
const HEADER = 6;

/** One packet of Opus. */
export interface OpusPacket {
  readonly data: Uint8Array<ArrayBuffer>;
  /** From the beginning of the sound, in seconds. */
  readonly time: number;
}

/** The packets of an encoded sound, one after the other in one piece of memory. */
export class OpusPackets {
  #bytes: Uint8Array<ArrayBuffer>;
  #size: number;

  /** @param bytes - What `bytes` of others has returned. */
  constructor(bytes: Uint8Array<ArrayBuffer> = new Uint8Array(4_096)) {
    this.#bytes = bytes;
    this.#size = 0;
  }

  /** Reads what `bytes` has returned, up to the first packet that is not whole. */
  static read(bytes: Uint8Array<ArrayBuffer>): OpusPackets {
    const packets = new OpusPackets(bytes);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (;;) {
      const start = packets.#size;
      const end = start + HEADER + (start + HEADER <= bytes.length ? view.getUint16(start) : 0);
      if (end > bytes.length) return packets;
      packets.#size = end;
    }
  }

  /** In bytes. */
  get size(): number {
    return this.#size;
  }

  /** All packets, to be written to a file. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#size);
  }

  add(chunk: EncodedAudioChunk): void {
    const end = this.#size + HEADER + chunk.byteLength;
    if (end > this.#bytes.length) {
      const larger = new Uint8Array(2 * end);
      larger.set(this.bytes);
      this.#bytes = larger;
    }
    const view = new DataView(this.#bytes.buffer, this.#bytes.byteOffset);
    view.setUint16(this.#size, chunk.byteLength);
    view.setUint32(this.#size + 2, chunk.timestamp);
    chunk.copyTo(this.#bytes.subarray(this.#size + HEADER, end));
    this.#size = end;
  }

  /** Gives back the memory that no packet needs. */
  shrink(): void {
    this.#bytes = this.bytes.slice();
  }

  *[Symbol.iterator](): Generator<OpusPacket> {
    const {bytes} = this;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let at = 0; at < bytes.length; at += HEADER + view.getUint16(at))
      yield {
        data: bytes.subarray(at + HEADER, at + HEADER + view.getUint16(at)),
        time: view.getUint32(at + 2) / 1_000_000,
      };
  }
}
