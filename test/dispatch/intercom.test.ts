import {expect} from '@open-wc/testing';
import type {IntercomState, SipIntercom} from '../../src/core/intercom/intercom.js';
import {API_HEADER, CALL_STATE} from '../../src/dispatch/protocol.js';
import type {SipDialog} from '../../src/sip/user-agent.js';
import {watchDevices, type Devices} from '../support/in-page/devices.js';
import {becomes, hears, listens, reaches, received, until} from '../support/in-page/facts.js';
import {rejects} from '../support/in-page/rejections.js';
import {WireClient, WireDispatch, type Reaction} from '../support/wire/wire-dispatch.js';

const ASKS = {caller: '1001', ctype: 9, members: '9001', isVideo: 1};
/** The maximum energy of a muted microphone: the rounding of the codec. */
const NOISE = 1e-7;

/** The energy that arrives during this many milliseconds of playing. */
async function heardIn(leg: SipDialog, time: number): Promise<number> {
  const before = (await received(leg)).energy;
  await new Promise((resolve) => setTimeout(resolve, time));
  return (await received(leg)).energy - before;
}

const BOB = {number: '1002', name: 'Bob'};

describe('DispatchService: intercoms', () => {
  let server: WireDispatch;
  let client: WireClient;
  let devices: Devices;
  /** The reported states of the floor. */
  let told: string[];

  beforeEach(async () => {
    devices = watchDevices();
    server = new WireDispatch();
    client = new WireClient(server.wire, {user: '1001', displayName: 'Ann', timeouts: {reply: 500}});
    told = [];
    client.addEventListener('sip-floor', ({detail: {floor, speaker}}) =>
      told.push(speaker ? `${floor} ${speaker.number}` : floor),
    );
    server.reactions[API_HEADER.intercomJoin] = (request) =>
      server.reply(request, 0, {cid: 'c9', sessnum: '9001'});
    await client.connect();
    await client.register();
    await server.leg('9001');
  });

  afterEach(async () => {
    await client.disconnect();
    await server.close();
    devices.restore();
    expect(devices.opened.filter(({readyState}) => readyState === 'live')).to.have.length(0);
  });

  /** The server's end of a connected intercom. */
  async function stand(ids = 'c9.9'): Promise<SipDialog> {
    const leg = await server.invite(ids, {from: '9001'});
    await reaches(leg, 'confirmed');
    tell(CALL_STATE.connected);
    return leg;
  }

  async function join(): Promise<{intercom: SipIntercom; leg: SipDialog}> {
    const intercom = await client.intercom('9001');
    const leg = await stand();
    await becomes(intercom, ({phase}) => phase === 'answered');
    return {intercom, leg};
  }

  /** Reports the state of the floor, with the speaker if one is given. */
  function tell(state: number, speaker?: Partial<typeof BOB>, more: object = {}): void {
    const {number = '', name = ''} = speaker ?? {};
    server.event('c9', state, {
      type: '9',
      othernum: '9001',
      othername: 'Patrol',
      ...(speaker && {speaker: number, speakername: name}),
      ...more,
    });
  }

  const floorIs = (intercom: SipIntercom, floor: IntercomState['floor']): Promise<unknown> =>
    becomes(intercom, (state) => (state as IntercomState).floor === floor);

  /** The requests of the floor, as their operations. */
  const asked = (): unknown[] =>
    server.requests
      .filter(({header}) => header === API_HEADER.applySpeak)
      .map(({body}) => (body as {optype: number}).optype);

  /** Answers requests of the floor with these codes, then with 0. */
  const answers =
    (...codes: (number | [code: number, body: object])[]): Reaction =>
    (request) => {
      const next = codes.shift() ?? 0;
      if (typeof next === 'number') server.reply(request, next);
      else server.reply(request, ...next);
    };

  /** Resolves once nothing is heard at the server's end any more, for half a second. */
  async function silent(leg: SipDialog): Promise<void> {
    await listens(leg, async () => {
      while ((await heardIn(leg, 500)) > NOISE);
    });
  }

  /** Asserts that the server's end receives nothing but noise. */
  async function staysSilent(leg: SipDialog): Promise<void> {
    await listens(leg, async () => expect(await heardIn(leg, 500)).to.be.below(NOISE));
  }

  it('joins a group without speaking: the line stands, the microphone is open and silent', async () => {
    const {intercom, leg} = await join();
    expect(await server.asked(API_HEADER.intercomJoin)).to.deep.include({
      header: 'session.intercom.join',
      body: {caller: '1001', members: '9001'},
    });
    expect(intercom).to.include({type: 'intercom', direction: 'outgoing', id: 'c9'});
    expect(intercom.remote).to.deep.equal({number: '9001', name: 'Patrol'});
    expect(intercom.state).to.include({floor: 'idle', speaker: undefined, muted: true});
    expect(intercom.localStream!.getAudioTracks().map(({enabled}) => enabled)).to.deep.equal([false]);
    expect(intercom.state.media.audio).to.equal('sendrecv');
    await staysSilent(leg);
    await intercom.hangup();
    await reaches(leg, 'terminated');
    expect(server.requests.filter(({header}) => header === API_HEADER.forceEnd)).to.have.length(0);
  });

  it('is heard from the grant on, and not after it has given the floor back', async () => {
    const {intercom, leg} = await join();
    await intercom.requestFloor();
    expect(intercom.state).to.deep.include({
      floor: 'granted',
      muted: false,
      speaker: {number: '1001', name: 'Ann'},
    });
    await hears(leg);
    const released = intercom.releaseFloor();
    expect(intercom.state).to.include({muted: true, floor: 'idle'});
    await released;
    await silent(leg);
    expect(server.requests.slice(-2).map(({body}) => body)).to.deep.equal([
      {...ASKS, optype: 55},
      {...ASKS, optype: 56},
    ]);
    expect(told).to.deep.equal(['requested', 'granted 1001', 'idle']);
  });

  it('opens nothing where somebody else has the floor', async () => {
    const {intercom, leg} = await join();
    tell(CALL_STATE.mayNotSpeak, BOB);
    await floorIs(intercom, 'taken');
    expect(intercom.state.speaker).to.deep.equal(BOB);
    server.reactions[API_HEADER.applySpeak] = answers([2000, {queue: '0', speakername: 'Bob'}]);
    const muted: boolean[] = [];
    intercom.addEventListener('statechange', () => muted.push(intercom.state.muted));
    expect(await rejects(intercom.requestFloor(), 'floor-denied')).to.include({
      apiCode: 2000,
      subject: 'Bob',
    });
    expect(intercom.state).to.deep.include({floor: 'taken', speaker: BOB});
    expect(muted).not.to.include(false);
    await staysSilent(leg);
    // A member who was refused has nothing to give back.
    await intercom.releaseFloor();
    expect(asked()).to.deep.equal([55]);
    tell(CALL_STATE.mayNotSpeak, {});
    await floorIs(intercom, 'idle');
    expect(told).to.deep.equal(['taken 1002', 'requested 1002', 'taken 1002', 'idle']);
  });

  it('waits for its turn where the server queues, whether it says so with the reply or by an event', async () => {
    const {intercom, leg} = await join();
    const replies: Reaction[] = [
      (request) => server.reply(request, 2000, {queue: 1}),
      (request) => {
        tell(CALL_STATE.queued, BOB);
        server.reply(request, 2000);
      },
      (request) => {
        server.reply(request, 2000);
        tell(CALL_STATE.queued, BOB);
      },
    ];
    for (const reply of replies) {
      server.reactions[API_HEADER.applySpeak] = (request, at) => {
        server.reactions[API_HEADER.applySpeak] = answers();
        return reply(request, at);
      };
      const granted = intercom.requestFloor();
      await floorIs(intercom, 'queued');
      expect(intercom.state.muted).to.equal(true);
      // Another member's turn comes first.
      tell(CALL_STATE.mayNotSpeak, {number: '1003'});
      await becomes(intercom, (state) => (state as IntercomState).speaker?.number === '1003');
      expect(intercom.state.floor).to.equal('queued');
      tell(CALL_STATE.maySpeak);
      await granted;
      expect(intercom.state).to.include({floor: 'granted', muted: false});
      await hears(leg);
      await intercom.releaseFloor();
    }
  });

  it('waits no more once it has let go, and a late turn opens nothing', async () => {
    const {intercom} = await join();
    server.reactions[API_HEADER.applySpeak] = answers([2000, {queue: 1}]);
    const granted = intercom.requestFloor();
    await floorIs(intercom, 'queued');
    await intercom.releaseFloor();
    await rejects(granted, 'aborted');
    expect(asked()).to.deep.equal([55, 56]);
    tell(CALL_STATE.maySpeak);
    tell(CALL_STATE.mayNotSpeak, BOB);
    await floorIs(intercom, 'taken');
    expect(told).to.not.include('granted 1001');
    expect(intercom.state.muted).to.equal(true);
  });

  it('is silent at once when the floor is taken away, and asks anew', async () => {
    const {intercom, leg} = await join();
    await intercom.requestFloor();
    await hears(leg);
    tell(CALL_STATE.mayNotSpeak, BOB);
    await floorIs(intercom, 'taken');
    expect(intercom.state).to.deep.include({muted: true, speaker: BOB});
    await silent(leg);
    await intercom.releaseFloor();
    expect(asked()).to.deep.equal([55]);
    await intercom.requestFloor();
    await intercom.releaseFloor();
    tell(CALL_STATE.mayNotSpeak);
    // A server that does not say who speaks.
    await floorIs(intercom, 'taken');
    expect(intercom.state.speaker).to.equal(undefined);
  });

  it('opens nothing for a grant that came when it had let go already, and gives it back', async () => {
    const {intercom, leg} = await join();
    let reply = (): void => {};
    server.reactions[API_HEADER.applySpeak] = (request) => {
      server.reactions[API_HEADER.applySpeak] = answers();
      reply = () => server.reply(request);
    };
    const granted = intercom.requestFloor();
    await until(() => asked().length === 1);
    // An event of an earlier turn is no answer to this request.
    tell(CALL_STATE.maySpeak);
    tell(CALL_STATE.mayNotSpeak, BOB);
    await becomes(intercom, (state) => (state as IntercomState).speaker?.number === '1002');
    tell(CALL_STATE.mayNotSpeak, {});
    await becomes(intercom, (state) => (state as IntercomState).speaker === undefined);
    expect(intercom.state).to.include({floor: 'requested', muted: true});
    const released = intercom.releaseFloor();
    expect(intercom.state.floor).to.equal('idle');
    await rejects(granted, 'aborted');
    reply();
    await released;
    expect(asked()).to.deep.equal([55, 56]);
    expect(told).to.deep.equal(['requested', 'requested 1002', 'requested', 'idle']);
    await staysSilent(leg);
  });

  it('asks, gives back and asks again in this order', async () => {
    const {intercom} = await join();
    let reply = (): void => {};
    server.reactions[API_HEADER.applySpeak] = (request) => {
      server.reactions[API_HEADER.applySpeak] = answers();
      reply = () => server.reply(request);
    };
    const first = intercom.requestFloor();
    const second = intercom.requestFloor();
    await until(() => asked().length === 1);
    void intercom.releaseFloor();
    await rejects(first, 'aborted');
    await rejects(second, 'aborted');
    const again = intercom.requestFloor();
    reply();
    await again;
    expect(asked()).to.deep.equal([55, 56, 55]);
    // A user who releases the button before the request is sent requests nothing.
    await intercom.releaseFloor();
    const third = intercom.requestFloor();
    await intercom.releaseFloor();
    await rejects(third, 'aborted');
    expect(asked()).to.deep.equal([55, 56, 55, 56]);
    await intercom.requestFloor();
    expect(intercom.state.muted).to.equal(false);
  });

  it('gives back what no reply came to, and is silent whatever the server makes of that', async () => {
    const {intercom} = await join();
    server.reactions[API_HEADER.applySpeak] = () => {};
    await rejects(intercom.requestFloor(), 'timeout');
    await until(() => asked().length === 2);
    expect(asked()).to.deep.equal([55, 56]);
    server.reactions[API_HEADER.applySpeak] = answers(0, 1108, 0, 2000);
    await intercom.requestFloor();
    await rejects(intercom.releaseFloor(), 'server-error');
    expect(intercom.state).to.include({muted: true, floor: 'idle'});
    await intercom.requestFloor();
    await intercom.releaseFloor();
  });

  it('owes the server what it could not give back, until it could', async () => {
    const {intercom, leg} = await join();
    await intercom.requestFloor();
    server.reactions[API_HEADER.applySpeak] = () => {};
    await rejects(intercom.releaseFloor(), 'timeout');
    expect(intercom.state).to.include({muted: true, floor: 'idle'});
    server.reactions[API_HEADER.applySpeak] = answers();
    await intercom.releaseFloor();
    expect(asked()).to.deep.equal([55, 56, 56]);
    await intercom.releaseFloor();
    expect(asked()).to.have.length(3);
    await intercom.requestFloor();
    server.reactions[API_HEADER.intercomJoin] = (request) => {
      server.reply(request, 0, {cid: 'c9', sessnum: '9001'});
      tell(CALL_STATE.maySpeak, {number: '1001', name: 'Ann'});
    };
    server.wire.cut('1001');
    await until(() => asked().length === 5);
    expect(asked().slice(3)).to.deep.equal([55, 56]);
    expect(intercom.state).to.include({muted: true, floor: 'idle'});
    await silent(leg);
  });

  it('leaves the group to the others where only an event names it, and too late', async () => {
    server.reactions[API_HEADER.intercomJoin] = () => {};
    await rejects(client.intercom('9001'), 'timeout');
    tell(CALL_STATE.connected);
    const leg = await server.invite('c9.9', {from: '9001'});
    await reaches(leg, 'terminated');
    expect(server.requests.filter(({header}) => header === API_HEADER.forceEnd)).to.have.length(0);
  });

  it('is silent at once when the connection is lost, and learns anew who speaks', async () => {
    const {intercom, leg} = await join();
    await intercom.requestFloor();
    await hears(leg);
    server.reactions[API_HEADER.intercomJoin] = (request) => {
      expect(request.body).to.deep.equal({caller: '1001', members: '9001', cid: 'c9'});
      server.reply(request, 0, {cid: 'c9', sessnum: '9001'});
      tell(CALL_STATE.mayNotSpeak, BOB);
    };
    server.wire.cut('1001');
    expect(intercom.state).to.include({muted: true, floor: 'idle', speaker: undefined});
    await silent(leg);
    await floorIs(intercom, 'taken');
    expect(intercom.state).to.include({phase: 'answered', muted: true});
    await intercom.requestFloor();
    expect(intercom.state.muted).to.equal(false);
  });

  it('knows the queue, the time and the members as far as the server tells, until something newer is told', async () => {
    const listed = {number: '1001', name: 'Ann', state: '6'};
    server.reactions[API_HEADER.allMembers] = (request) => {
      expect(request.body).to.deep.equal({cid: 'c9'});
      server.send(
        JSON.stringify({
          header: 'session.members.getall.CB',
          code: 0,
          body: [listed, {number: '1002', name: 'Bob', state: '0'}],
        }),
      );
    };
    const {intercom} = await join();
    const ann = {number: '1001', name: 'Ann', joined: true, speaking: false};
    const bob = {...BOB, joined: false, speaking: false};
    await becomes(intercom, () => intercom.state.groupMembers !== undefined);
    expect(intercom.state.groupMembers).to.deep.equal([ann, bob]);
    expect(intercom.state).to.include({
      queueLength: undefined,
      queuePosition: undefined,
      floorEndsAt: undefined,
    });
    const change = (body: object): void =>
      server.send(JSON.stringify({header: 'Session.Member.Change', body: [{cid: 'c9', ...body}]}));
    change({...BOB, state: '6'});
    tell(CALL_STATE.mayNotSpeak, BOB, {waiting: '2', timeleft: 40});
    await floorIs(intercom, 'taken');
    expect(intercom.state.groupMembers).to.deep.equal([ann, {...bob, joined: true, speaking: true}]);
    expect(intercom.state.queueLength).to.equal(2);
    const {floorEndsAt} = intercom.state;
    expect(floorEndsAt! - Date.now()).to.be.within(35_000, 40_000);
    server.reactions[API_HEADER.applySpeak] = answers([2000, {queue: '3'}], 0);
    const granted = intercom.requestFloor();
    await floorIs(intercom, 'queued');
    expect(intercom.state).to.include({queuePosition: 3, queueLength: undefined});
    tell(CALL_STATE.queued, BOB, {waiting: '1', queue: '1', timeleft: '30'});
    await becomes(intercom, () => intercom.state.queuePosition === 1);
    tell(CALL_STATE.maySpeak, {number: '1001', name: 'Ann'}, {waiting: '0', timeleft: '60'});
    await granted;
    expect(intercom.state).to.include({queuePosition: undefined, queueLength: 0, revocation: undefined});
    tell(CALL_STATE.mayNotSpeak, {}, {revoke: '2'});
    await floorIs(intercom, 'idle');
    expect(intercom.state).to.include({revoked: true, revocation: 'time-limit', floorEndsAt: undefined});
    change({...BOB, state: '10'});
    await becomes(intercom, () => intercom.state.groupMembers?.[1]?.joined === false);
    // A code that is not known, and numbers that are none.
    await intercom.requestFloor();
    tell(CALL_STATE.mayNotSpeak, BOB, {revoke: '99', waiting: 'many', timeleft: 'long'});
    await floorIs(intercom, 'taken');
    expect(intercom.state).to.include({
      revoked: true,
      revocation: undefined,
      queueLength: undefined,
      floorEndsAt: undefined,
    });
  });

  it('lets go of everything when it is over', async () => {
    for (const end of [
      async (_: SipIntercom, leg: SipDialog) => {
        await leg.hangup();
        // After the BYE, as servers do.
        tell(CALL_STATE.release);
      },
      async () => tell(CALL_STATE.release),
      async (intercom: SipIntercom) => intercom.hangup(),
    ]) {
      const {intercom, leg} = await join();
      server.reactions[API_HEADER.applySpeak] = answers([2000, {queue: 2}]);
      const granted = intercom.requestFloor();
      await floorIs(intercom, 'queued');
      await end(intercom, leg);
      await rejects(granted, 'aborted');
      await becomes(intercom, ({phase}) => phase === 'released');
      expect(intercom.state).to.include({floor: 'idle', speaker: undefined});
      await rejects(intercom.requestFloor(), 'invalid-state');
      await intercom.releaseFloor();
      await reaches(leg, 'terminated');
    }
  });

  it('stays muted through a grant where its user muted it, and cannot be unmuted without one', async () => {
    const {intercom, leg} = await join();
    await rejects(intercom.unmute(), 'invalid-state');
    expect(intercom.state.muted).to.equal(true);
    await intercom.mute();
    await intercom.requestFloor();
    expect(intercom.state).to.include({floor: 'granted', muted: true});
    await intercom.unmute();
    expect(intercom.state.muted).to.equal(false);
    await hears(leg);
    await intercom.releaseFloor();
    expect(intercom.state.muted).to.equal(true);
  });

  it('is sound alone: neither a picture nor a screen is offered', async () => {
    const {intercom, leg} = await join();
    await rejects(intercom.setMedia({video: true}), 'unsupported');
    await rejects(intercom.shareScreen(), 'unsupported');
    expect(leg.state.media.video).to.equal('inactive');
    expect(devices.opened.map(({kind}) => kind)).to.not.include('video');
  });

  it('joins by asking for the floor and giving it back where the server knows nothing else', async () => {
    server.reactions[API_HEADER.intercomJoin] = answers(1008);
    server.reactions[API_HEADER.applySpeak] = answers([0, {cid: 'c9', sessnum: '9001'}]);
    const intercom = await client.intercom('9001');
    const leg = await stand();
    await becomes(intercom, ({phase}) => phase === 'answered');
    await until(() => asked().length === 2);
    expect(asked()).to.deep.equal([55, 56]);
    expect(intercom.state).to.include({floor: 'idle', muted: true});
    await staysSilent(leg);
    expect(told).to.deep.equal([]);
    // The line is also connected while another member speaks.
    await intercom.hangup();
    server.reactions[API_HEADER.intercomJoin] = answers(1008);
    server.reactions[API_HEADER.applySpeak] = answers([2000, {cid: 'c9', sessnum: '9001'}]);
    const again = await client.intercom('9001');
    await reaches(await server.invite('c9.9', {from: '9001'}), 'confirmed');
    expect(again.state.floor).to.equal('idle');
    expect(asked()).to.deep.equal([55, 56, 55]);
  });

  it('speaks at once where the session begins with the floor, as the documented functions ask for it', async () => {
    server.reactions[API_HEADER.applySpeak] = answers([0, {cid: 'c9', sessnum: '9001'}]);
    const intercom = (await client.createSession({
      kind: 'intercom',
      group: '9001',
      speak: true,
    })) as SipIntercom;
    expect(intercom.state.floor).to.equal('granted');
    const leg = await stand();
    await hears(leg);
    expect(intercom.state.muted).to.equal(false);
  });

  it('is opened once, and several groups beside each other and beside a call', async () => {
    const {intercom} = await join();
    expect(await client.intercom(' 9001 ')).to.equal(intercom);
    server.reactions[API_HEADER.createCall] = (request) => server.reply(request, 0, {cid: 'c1'});
    const call = await client.call('9001');
    await server.invite('c1.12', {from: '9001'});
    server.event('c1', CALL_STATE.connected);
    await becomes(call, ({phase}) => phase === 'answered');
    expect(intercom.state.held).to.equal(false);
    server.reactions[API_HEADER.intercomJoin] = (request) => server.reply(request, 0, {cid: 'c8'});
    const other = await client.intercom('9002');
    await server.invite('c8.9', {from: '9001'});
    await intercom.requestFloor();
    expect(call.state.held).to.equal(false);
    expect(client.state.current).to.equal(call);
    expect(other.state).to.include({floor: 'idle'});
  });

  it('rings where the group is not open, and is answered silently', async () => {
    const rung = new Promise<SipIntercom>((resolve) =>
      client.addEventListener('sip-call-received', ({detail}) => resolve(detail.call as SipIntercom)),
    );
    const leg = await server.invite('c9.9', {from: '9001'});
    const intercom = await rung;
    expect(intercom).to.include({type: 'intercom', direction: 'incoming'});
    expect(intercom.state).to.include({phase: 'ringing', floor: 'idle', quiet: false});
    await rejects(intercom.requestFloor(), 'invalid-state');
    const opened: boolean[] = [];
    intercom.addEventListener('streamschange', () =>
      opened.push(...(intercom.localStream?.getAudioTracks() ?? []).map(({enabled}) => enabled)),
    );
    await intercom.answer();
    await reaches(leg, 'confirmed');
    // Silent from the beginning, not only once the dialog is connected.
    expect(new Set(opened)).to.deep.equal(new Set([false]));
    expect(intercom.state.muted).to.equal(true);
    await staysSilent(leg);
    await intercom.requestFloor();
    await hears(leg);
  });

  it('answers the INVITE of a group that is open by itself, silently', async () => {
    const {intercom} = await join();
    const quiet: boolean[] = [];
    client.addEventListener('sip-call-received', ({detail: {call}}) =>
      queueMicrotask(() => quiet.push(call.state.quiet)),
    );
    const leg = await server.invite('c10.9', {from: '9001'});
    await reaches(leg, 'confirmed');
    expect(quiet).to.deep.equal([true]);
    const again = client.getCall('c10') as SipIntercom;
    await becomes(again, ({phase}) => phase === 'answered');
    expect(again.state).to.include({floor: 'idle', muted: true});
    expect(again).not.to.equal(intercom);
  });

  it('calls members together to a group for as long as it lasts', async () => {
    server.reactions[API_HEADER.createCall] = (request) =>
      server.reply(request, 0, {cid: 'c9', sessnum: '8101'});
    const intercom = await client.intercom({members: ['1002', '1003'], name: '巡逻'});
    expect((await server.asked(API_HEADER.createCall)).body).to.deep.equal({
      caller: '1001',
      ctype: 13,
      members: '1002,1003',
      isVideo: 1,
      sessnum: '',
      sessname: '巡逻',
    });
    const leg = await server.invite('c9.13', {from: '9001'});
    await reaches(leg, 'confirmed');
    expect(intercom).to.include({type: 'temporary-intercom', typeNumber: 13});
    expect(intercom.state.muted).to.equal(true);
    await intercom.requestFloor();
    expect((await server.asked(API_HEADER.applySpeak)).body).to.deep.equal({
      ...ASKS,
      members: '8101',
      optype: 55,
    });
    await hears(leg);
    await rejects(client.intercom({members: ' '}), 'bad-parameter');
  });

  it('rejects with what the server refuses, and nothing stays open', async () => {
    for (const [apiCode, code] of [
      [1107, 'not-allowed'],
      [1109, 'not-in-group'],
      [1110, 'unknown-number'],
      [1011, 'conference-full'],
    ] as const) {
      server.reactions[API_HEADER.intercomJoin] = answers(apiCode);
      expect(await rejects(client.intercom('9001'), code)).to.include({apiCode});
    }
    await rejects(client.intercom(''), 'invalid-number');
    const standard = new WireClient(server.wire, {user: '1002', profile: 'standard'});
    await standard.connect();
    await standard.register();
    expect(standard.capabilities.intercom).to.equal(false);
    await rejects(standard.intercom('9001'), 'unsupported');
    await standard.disconnect();
    expect(client.capabilities.intercom).to.equal(true);
  });
});
