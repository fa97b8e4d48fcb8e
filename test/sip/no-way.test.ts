import {expect} from '@open-wc/testing';
import {becomes, reaches, until} from '../support/facts.js';
import {rejects} from '../support/rejections.js';
import {WireUser} from '../support/wire-users.js';
import {Wire} from '../support/wire.js';

/** Nobody listens there. */
const TURN = {urls: 'turn:127.0.0.1:65001?transport=tcp', username: 'alice', credential: 'hush'};

const AUDIO = {audio: true, video: false};

describe('SipUserAgent: where no way is found between the two sides', () => {
  const Connection = window.RTCPeerConnection;
  const users: WireUser[] = [];
  let wire: Wire;
  let bob: WireUser;

  async function user(options: ConstructorParameters<typeof WireUser>[1]): Promise<WireUser> {
    const made = new WireUser(wire, options);
    users.push(made);
    return made.begin();
  }

  beforeEach(async () => {
    wire = new Wire({alice: '', bob: ''});
    bob = await user({user: 'bob'});
  });

  afterEach(async () => {
    window.RTCPeerConnection = Connection;
    await Promise.all(users.splice(0).map(({agent}) => agent.disconnect()));
  });

  for (const [what, iceServers, subject] of [
    ['the TURN server does not answer', [TURN], 'turn:127.0.0.1:65001'],
    ['there is no TURN server', [], 'force-relay'],
  ] as const)
    it(`calls nobody through relays alone where ${what}, and says why without the password`, async () => {
      const alice = await user({user: 'alice', forceRelay: true, iceServers});
      const call = alice.agent.invite('bob', AUDIO);
      const {cause} = await reaches(call, 'terminated');
      expect(cause).to.include({by: 'local', code: 'no-relay'});
      expect(cause!.subject).to.contain(subject).and.not.to.contain('hush');
      expect(wire.messages.some((message) => message.startsWith('INVITE'))).to.equal(false);
    });

  it('refuses a call that it cannot answer through relays alone', async () => {
    const alice = await user({user: 'alice', forceRelay: true, iceServers: [TURN]});
    const call = bob.agent.invite('alice', AUDIO);
    const ringing = await alice.rings();
    await rejects(ringing.accept(AUDIO), 'no-relay');
    expect(ringing.state.cause).to.include({by: 'local', code: 'no-relay'});
    expect((await reaches(call, 'terminated')).cause).to.include({status: 480});
  });

  it('tells of an answered call that its media never came, until they do', async function () {
    this.timeout(60_000);
    const connections: RTCPeerConnection[] = [];
    const candidates: string[] = [];
    // Each side learns of no address of the other, so that neither ever asks.
    window.RTCPeerConnection = class extends Connection {
      override async setRemoteDescription(description: RTCSessionDescriptionInit): Promise<void> {
        connections.push(this);
        const sdp = description.sdp!.replace(/^a=(candidate:.*)\r\n/gm, (_, candidate: string) => {
          candidates.push(candidate);
          return '';
        });
        await super.setRemoteDescription({...description, sdp});
      }
    };
    const alice = await user({user: 'alice'});
    const call = alice.agent.invite('bob', AUDIO);
    await (await bob.rings()).accept(AUDIO);
    await reaches(call, 'confirmed');
    expect(call.state.health).to.equal('healthy');
    await becomes(call, ({health}) => health === 'failed');
    expect(connections.map(({connectionState}) => connectionState)).not.to.include('connected');
    for (const connection of connections)
      for (const candidate of candidates) await connection.addIceCandidate({candidate, sdpMLineIndex: 0});
    await becomes(call, ({health}) => health === 'restored');
    await until(() => connections.every(({connectionState}) => connectionState === 'connected'));
  });
});
