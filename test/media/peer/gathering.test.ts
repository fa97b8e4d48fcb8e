import {expect} from '@open-wc/testing';
import {gathered, type GatheringMemory} from '../../../src/media/peer/gathering.js';

/** A connection on a busy machine: its candidates arrive this many milliseconds after it was created. */
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
      // A timer cuts off fractions: it would be early.
      setTimeout(
        () => (listener as EventListener)(event),
        Math.max(0, Math.ceil(ready - performance.now()) + 1),
      ),
    );
  return connection;
}

/** No server is there (RFC 5737): the test supplies its candidates. */
const STUN = {urls: 'stun:192.0.2.1'};
const TURN = {urls: ['turn:192.0.2.1', 'turns:192.0.2.1'], username: 'alice', credential: 'hush'};

/** Longer than a test may last. */
const NEVER = 1_000_000;

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
      await gathered(connection, {memory: {silentStun: false, silentTurn: false}, timeout: 100, signal});
      expect(connection.localDescription!.sdp).to.match(/^a=candidate:/m);
      connection.close();
    });

  describe('for a line that is added within a call', () => {
    const connections: RTCPeerConnection[] = [];
    afterEach(() => connections.splice(0).forEach((connection) => connection.close()));

    const settings = {memory: {silentStun: false, silentTurn: false}, timeout: NEVER};

    async function describes(connection: RTCPeerConnection): Promise<RTCSessionDescription> {
      await connection.setLocalDescription();
      await gathered(connection, {...settings, signal: new AbortController().signal});
      return connection.localDescription!;
    }

    /** A call that has sound, to which one side adds a picture. */
    async function call(passes: (sdp: string) => string) {
      const [one, other] = [new RTCPeerConnection(), new RTCPeerConnection()];
      connections.push(one, other);
      const agree = async (): Promise<[offer: string, answer: string]> => {
        const {sdp: offer} = await describes(one);
        await other.setRemoteDescription({type: 'offer', sdp: passes(offer)});
        for (const line of other.getTransceivers()) line.direction = 'sendrecv';
        const {sdp: answer} = await describes(other);
        await one.setRemoteDescription({type: 'answer', sdp: passes(answer)});
        return [offer, answer];
      };
      one.addTransceiver('audio');
      await agree();
      for (const connection of [one, other])
        while (connection.iceGatheringState !== 'complete')
          await new Promise((resolve) => connection.addEventListener('icecandidate', resolve, {once: true}));
      one.addTransceiver('video');
      return agree();
    }

    /** Whether each line of a description has a candidate. */
    const served = (description: string): boolean[] =>
      description
        .split(/^(?=m=)/m)
        .slice(1)
        .map((line) => /^a=candidate:/m.test(line));

    it('waits for its candidates if the other side does not bundle, offering and answering', async () => {
      const descriptions = await call((sdp) => sdp.replace(/^a=(group:BUNDLE|bundle-only).*\r\n/gm, ''));
      for (const each of descriptions) expect(served(each)).to.deep.equal([true, true]);
    });

    it('waits for none if it shares the transport of the others', async () => {
      const begun = performance.now();
      const [, answer] = await call((sdp) => sdp);
      expect(served(answer)).to.deep.equal([true, false]);
      // It would wait for five seconds.
      expect(performance.now() - begun).to.be.lessThan(4_000);
    });
  });

  describe('with servers', () => {
    const connections: RTCPeerConnection[] = [];
    afterEach(() => connections.splice(0).forEach((connection) => connection.close()));

    /** A connection that has begun to gather. */
    async function gathering(...iceServers: RTCIceServer[]): Promise<RTCPeerConnection> {
      const connection = new RTCPeerConnection({iceServers});
      connections.push(connection);
      connection.addTransceiver('audio');
      await connection.setLocalDescription();
      return connection;
    }

    /** Lets a server reply. */
    function reply(connection: RTCPeerConnection, type: 'srflx' | 'relay'): void {
      const candidate = `candidate:1 1 udp 1 203.0.113.1 9 typ ${type} raddr 0.0.0.0 rport 0`;
      connection.dispatchEvent(
        new RTCPeerConnectionIceEvent('icecandidate', {
          candidate: new RTCIceCandidate({candidate, sdpMid: '0'}),
        }),
      );
    }

    /** Begins to wait; returns whether the wait is over. */
    function waiting(
      connection: RTCPeerConnection,
      memory: GatheringMemory,
      timeout = NEVER,
    ): {readonly end: Promise<void>; over(): Promise<boolean>} {
      let ended = false;
      const {signal} = new AbortController();
      const end = gathered(connection, {memory, timeout, signal}).then(() => void (ended = true));
      return {
        end,
        async over() {
          await new Promise((resolve) => setTimeout(resolve));
          return ended;
        },
      };
    }

    it('ends with the address that a STUN server tells', async () => {
      const connection = await gathering(STUN);
      const {end} = waiting(connection, {silentStun: false, silentTurn: false});
      reply(connection, 'srflx');
      await end;
    });

    it('waits for the address that a TURN server gives, whatever STUN tells before', async () => {
      const connection = await gathering(STUN, TURN);
      const {over, end} = waiting(connection, {silentStun: false, silentTurn: false});
      reply(connection, 'srflx');
      expect(await over()).to.equal(false);
      reply(connection, 'relay');
      await end;
    });

    it('does not wait again within a call for an address that is there', async () => {
      const connection = await gathering(TURN);
      const {type, sdp} = connection.localDescription!;
      const relayed = `${sdp}a=candidate:1 1 udp 1 203.0.113.1 9 typ relay raddr 0.0.0.0 rport 0\r\n`;
      Object.defineProperty(connection, 'localDescription', {get: () => ({type, sdp: relayed})});
      const memory = {silentStun: false, silentTurn: false};
      await waiting(connection, memory).end;
      expect(memory.silentTurn).to.equal(false);
    });

    it('does not wait twice for a TURN server that is silent, until it replies, and keeps STUN apart', async () => {
      const memory = {silentStun: false, silentTurn: false};
      const first = await gathering(STUN, TURN);
      const {over, end} = waiting(first, memory, 40);
      reply(first, 'srflx');
      expect(await over()).to.equal(false);
      await end;
      expect(memory).to.deep.equal({silentStun: false, silentTurn: true});
      const second = await gathering(STUN, TURN);
      const later = waiting(second, memory);
      expect(await later.over()).to.equal(false);
      reply(second, 'srflx');
      await later.end;
      reply(second, 'relay');
      expect(memory.silentTurn).to.equal(false);
    });

    it('waits for no server at all where all were silent', async () => {
      const memory = {silentStun: false, silentTurn: false};
      await waiting(await gathering(STUN, TURN), memory, 20).end;
      expect(memory).to.deep.equal({silentStun: true, silentTurn: true});
      await waiting(await gathering(STUN, TURN), memory).end;
    });
  });
});
