import {expect} from '@open-wc/testing';
import {gathered} from '../../src/media/gathering.js';

/** A connection of a machine that is busy: what it gathers is there only so many milliseconds after it was made. */
function busy(delay: number): RTCPeerConnection {
  const connection = new RTCPeerConnection();
  const ready = performance.now() + delay;
  const described = Object.getOwnPropertyDescriptor(RTCPeerConnection.prototype, 'localDescription')!;
  Object.defineProperty(connection, 'localDescription', {
    get(this: RTCPeerConnection) {
      const {type, sdp} = described.get!.call(this) as RTCSessionDescription;
      return {type, sdp: performance.now() < ready ? sdp.replace(/^a=candidate:.*\r\n/gm, '') : sdp};
    },
  });
  const add = connection.addEventListener.bind(connection) as EventTarget['addEventListener'];
  connection.addEventListener = (type: string, listener: unknown) =>
    add(type, (event) =>
      setTimeout(() => (listener as EventListener)(event), Math.max(0, ready - performance.now())),
    );
  return connection;
}

describe('gathered', () => {
  for (const [what, iceServers] of [
    ['without servers', []],
    ['with one that never answers', [{urls: 'stun:192.0.2.1'}]],
  ] as const)
    it(`waits for the first candidate, however long a busy machine takes: ${what}`, async () => {
      const connection = busy(900);
      connection.setConfiguration({iceServers: [...iceServers]});
      connection.addTransceiver('audio');
      await connection.setLocalDescription();
      const {signal} = new AbortController();
      await gathered(connection, {memory: {silent: false}, timeout: 100, signal});
      expect(connection.localDescription!.sdp).to.match(/^a=candidate:/m);
      connection.close();
    });
});
