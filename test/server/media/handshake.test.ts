import assert from 'node:assert/strict';
import {describe, it} from 'node:test';
import {RtpHeader, RtpPacket, type RTCPeerConnection} from 'werift';
import {addLine, closePeer, createPeer} from '../../../server/media/peer.js';

/** Sends everything again a little later, as a slow machine's repeated flights arrive. */
function repeatAll(peer: RTCPeerConnection, after: number): void {
  for (const {connection} of peer.iceTransports) {
    const send = connection.send.bind(connection);
    connection.send = async (data) => {
      setTimeout(() => void send(data).catch(() => undefined), after);
      await send(data);
    };
  }
}

const becomes = (peer: RTCPeerConnection, wanted: string): Promise<string> =>
  new Promise((resolve) => {
    const look = (): void => {
      const state = peer.connectionState;
      if (state === wanted || state === 'failed') resolve(state);
    };
    peer.connectionStateChange.subscribe(look);
    look();
  });

describe('a handshake whose messages come twice', () => {
  for (const after of [0, 1, 20, 150])
    it(`stands, and sound passes, where they come again after ${after} ms`, async () => {
      const peers = [createPeer(['127.0.0.1']), createPeer(['127.0.0.1'])] as const;
      const [one, other] = peers;
      const lines = peers.map((peer) => addLine(peer, 'audio'));
      for (const peer of peers) repeatAll(peer, after);
      await one.setLocalDescription(await one.createOffer());
      await other.setRemoteDescription(one.localDescription!);
      await other.setLocalDescription(await other.createAnswer());
      await one.setRemoteDescription(other.localDescription!);
      assert.deepEqual(await Promise.all(peers.map((peer) => becomes(peer, 'connected'))), [
        'connected',
        'connected',
      ]);
      for (const [from, to] of [lines, lines.toReversed()]) {
        const heard = new Promise<string>((resolve) =>
          to!.receiver.track.onReceiveRtp.once(({payload}) => resolve(payload.toString())),
        );
        let sequenceNumber = 1;
        const timer = setInterval(() => {
          const header = new RtpHeader({
            sequenceNumber: (sequenceNumber += 1),
            timestamp: sequenceNumber * 960,
          });
          void from!.sender.sendRtp(new RtpPacket(header, Buffer.from('heard'))).catch(() => undefined);
        }, 20);
        assert.equal(await heard, 'heard');
        clearInterval(timer);
      }
      await Promise.all(peers.map(closePeer));
    });
});
