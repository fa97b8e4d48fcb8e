import type {Socket} from 'node:dgram';
import {UdpTransport} from 'werift';

/** Internals that the library does not expose. */
interface Inside {
  readonly socket: Socket;
  init: (this: Inside) => Promise<void>;
}

/**
 * Makes a UDP socket that cannot be opened, such as for lack of descriptors, a candidate that its peer connection lacks.
 * The library handles no error of its sockets, which would end the process, and waits endlessly for those. Later errors
 * lose packets, as a network does.
 */
export function handleUdpErrors(): void {
  const inside = UdpTransport.prototype as unknown as Inside;
  const {init} = inside;
  inside.init = async function () {
    const failed = new Promise<never>((_, reject) => this.socket.on('error', reject));
    try {
      await Promise.race([init.call(this), failed]);
    } catch (error) {
      this.socket.close();
      throw error;
    }
  };
}
