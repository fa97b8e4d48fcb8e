import {expect} from '@open-wc/testing';
import type {LogEntry} from '../../../src/core/client/options.js';
import {shorten} from '../../support/in-page/durations.js';
import {becomes, reaches, until} from '../../support/in-page/facts.js';
import {rejects} from '../../support/in-page/rejections.js';
import {WireUser} from '../../support/wire/wire-users.js';
import {Wire} from '../../support/wire/wire.js';

/** A server's address; its password must not appear anywhere. */
const turn = (urls: string): RTCIceServer => ({urls, username: 'alice', credential: 'hush'});

/** Nobody listens there. */
const TURN = turn('turn:127.0.0.1:65001?transport=tcp');

/** A TURN server that refuses, or does not answer. */
const started = async (how = ''): Promise<RTCIceServer> => turn(await (await fetch(`/turn${how}`)).text());

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
    shorten({relayCandidate: 1_000, firstMedia: 1_000});
    wire = new Wire({alice: '', bob: ''});
    bob = await user({user: 'bob'});
  });

  afterEach(async () => {
    window.RTCPeerConnection = Connection;
    await Promise.all(users.splice(0).map(({agent}) => agent.disconnect()));
  });

  for (const [what, servers, code, why] of [
    [
      'the TURN server refuses',
      async () => [await started('?refuses=401')],
      'relay-refused',
      ' 401 Unauthorized',
    ],
    ['the TURN server says nothing', async () => [await started()], 'relay-unreachable', ''],
    ['nobody is at its address', async () => [TURN], 'relay-unreachable', ' 701'],
    ['there is no TURN server', async () => [], 'no-relay', undefined],
  ] as const)
    it(`calls nobody through relays alone where ${what}, and says why without the password`, async () => {
      const iceServers = await servers();
      const told: string[] = [];
      const log = ({level, area, text}: LogEntry): void => {
        if (level === 'warning' && area === 'media') told.push(text);
      };
      const alice = await user({user: 'alice', forceRelay: true, iceServers, log});
      const call = alice.agent.invite('bob', AUDIO);
      const {cause} = await reaches(call, 'terminated');
      expect(cause).to.include({by: 'local', code});
      if (why === undefined) expect(cause).not.to.have.property('subject');
      else expect(cause!.subject).to.contain(`${iceServers[0]!.urls as string}${why}`);
      expect(wire.messages.some((message) => message.startsWith('INVITE'))).to.equal(false);
      expect(JSON.stringify([cause, told])).not.to.contain('hush');
      if (why) expect(told).to.deep.equal([`A server of iceServers gave no address: ${cause!.subject}`]);
    });

  it('refuses a call that it cannot answer through relays alone', async () => {
    const alice = await user({user: 'alice', forceRelay: true, iceServers: [TURN]});
    const call = bob.agent.invite('alice', AUDIO);
    const ringing = await alice.rings();
    await rejects(ringing.accept(AUDIO), 'relay-unreachable');
    expect(ringing.state.cause).to.include({by: 'local', code: 'relay-unreachable'});
    expect((await reaches(call, 'terminated')).cause).to.include({status: 480});
  });

  it('tells of an answered call that its media never came, until they do', async () => {
    const connections: RTCPeerConnection[] = [];
    const candidates: string[] = [];
    // Neither side learns an address of the other, so neither sends checks.
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
