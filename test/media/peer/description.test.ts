import {expect} from '@open-wc/testing';
import * as fc from 'fast-check';
import {
  hidesAddress,
  holding,
  holds,
  kindsOf,
  kindsReceived,
  mediaLines,
  namesTls,
  namingTls,
  receives,
  refusesAll,
  sends,
  united,
} from '../../../src/media/peer/description.js';

const SESSION = 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\n';

/** A description with lines like `audio 9 sendonly`, and attributes of the session. */
function described(lines: readonly string[], session = ''): string {
  return (
    SESSION +
    session +
    lines
      .map((line, index) => {
        const [kind, port, ...rest] = line.split(' ');
        const attributes = [`mid:${index}`, ...rest].map((attribute) => `a=${attribute}\r\n`).join('');
        return `m=${kind} ${port} UDP/TLS/RTP/SAVPF 96\r\n${attributes}`;
      })
      .join('')
  );
}

describe('session descriptions', () => {
  it('name the DTLS association in each line, the same after a restart of ICE, another for each connection', async () => {
    const connections = [new RTCPeerConnection(), new RTCPeerConnection()];
    const names = async (connection: RTCPeerConnection, iceRestart = false): Promise<string[]> => {
      await connection.setLocalDescription(await connection.createOffer({iceRestart}));
      const {sdp} = connection.localDescription!;
      expect(namesTls(sdp)).to.equal(false);
      expect(namesTls(namingTls(sdp))).to.equal(true);
      return namingTls(sdp)
        .split(/^m=/m)
        .slice(1)
        .map((line) => /^a=tls-id:([\w+/-]{20,255})\r\n/m.exec(line)?.[1] ?? 'none');
    };
    for (const connection of connections)
      for (const kind of ['audio', 'video']) connection.addTransceiver(kind);
    const [first, other] = [await names(connections[0]!), await names(connections[1]!)];
    expect(first).to.deep.equal([first[0], first[0]]);
    expect(await names(connections[0]!, true)).to.deep.equal(first);
    expect(other[0]).not.to.equal(first[0]);
    for (const connection of connections) connection.close();
  });

  it('hide the address if each candidate is a name that only browsers nearby can look up', () => {
    const name = 'candidate:1 1 udp 2113937151 1b5a.local 57535 typ host generation 0';
    const address = 'candidate:2 1 udp 2122260223 192.0.2.1 42834 typ host';
    const reflexive = 'candidate:3 1 udp 1677729535 203.0.113.1 9 typ srflx raddr 0.0.0.0 rport 0';
    const hides = (...candidates: readonly string[]): boolean =>
      hidesAddress(`${described(['audio 9'])}${candidates.map((each) => `a=${each}\r\n`).join('')}`);
    expect([hides(name), hides(name, name)]).to.deep.equal([true, true]);
    expect([hides(), hides(address), hides(name, address), hides(name, reflexive)]).to.deep.equal(
      Array(4).fill(false),
    );
  });

  it('are read line by line', () => {
    const lines = mediaLines(described(['audio 9 sendonly', 'video 0 inactive', 'video 9', 'application 9']));
    expect(lines).to.deep.equal([
      {kind: 'audio', mid: '0', direction: 'sendonly', rejected: false, label: ''},
      {kind: 'video', mid: '1', direction: 'inactive', rejected: true, label: ''},
      {kind: 'video', mid: '2', direction: 'sendrecv', rejected: false, label: ''},
      {kind: 'application', mid: '3', direction: 'sendrecv', rejected: false, label: ''},
    ]);
  });

  it('say what a line is for: its label, else its content', () => {
    const lines = mediaLines(
      described(['audio 9', 'video 9 content:slides', 'video 9 content:main label:Hall']),
    );
    expect(lines.map(({label}) => label)).to.deep.equal(['', 'slides', 'Hall']);
  });

  it('can have one direction for all, as Firefox writes', () => {
    const text = described(['audio 9', 'video 9 recvonly'], 'a=sendonly\r\n');
    expect(mediaLines(text).map(({direction}) => direction)).to.deep.equal(['sendonly', 'recvonly']);
  });

  it('refuse no line that is only bundled', () => {
    const text = described(['audio 9', 'video 0 bundle-only']);
    expect(kindsOf(text)).to.deep.equal({audio: true, video: true});
  });

  it('say what their author receives', () => {
    const text = described(['audio 9 sendonly', 'video 9 sendonly', 'video 9 recvonly']);
    expect(kindsReceived(text)).to.deep.equal({audio: false, video: true});
  });

  for (const [lines, held] of [
    [['audio 9 sendonly', 'video 9 sendonly'], true],
    [['audio 9 inactive', 'video 0 sendrecv'], true],
    [['audio 9 sendrecv', 'video 9 inactive'], false],
    [['audio 9 recvonly'], false],
    [['application 9'], false],
    [[], false],
  ] as const) {
    it(`${held ? 'hold' : 'do not hold'} with ${lines.join(', ') || 'no line'}`, () => {
      expect(holds(described(lines))).to.equal(held);
    });
  }

  it('refuse all where every port is 0', () => {
    expect(refusesAll(described(['audio 0', 'video 0']))).to.equal(true);
    expect(refusesAll(described(['audio 0', 'video 9']))).to.equal(false);
  });

  it('unite directions so that each way counts once', () => {
    const direction = fc.constantFrom('sendrecv', 'sendonly', 'recvonly', 'inactive');
    fc.assert(
      fc.property(fc.array(direction), (directions) => {
        expect(sends(united(directions))).to.equal(directions.some(sends));
        expect(receives(united(directions))).to.equal(directions.some(receives));
      }),
    );
  });

  it('are read whatever they are', () => {
    fc.assert(fc.property(fc.string({unit: 'binary'}), (text) => void mediaLines(text)));
    fc.assert(fc.property(fc.string(), (text) => void mediaLines(`${SESSION}m=${text}`)));
  });

  it('receive nothing any more where their author holds, and stay as they are otherwise', () => {
    const lines = ['audio 9 sendrecv', 'video 9 recvonly', 'video 9 sendonly', 'video 9 inactive'];
    const held = holding(described(lines));
    expect(mediaLines(held).map(({direction}) => direction)).to.deep.equal([
      'sendonly',
      'inactive',
      'sendonly',
      'inactive',
    ]);
    expect(holding(held)).to.equal(held);
    expect(held.split('\r\n').length).to.equal(described(lines).split('\r\n').length);
  });
});
