import {expect} from '@open-wc/testing';
import type {ApiMessage} from '../../src/core/types.js';
import type {SipConference} from '../../src/core/conference/conference.js';
import {API_EVENT, API_HEADER, CALL_STATE} from '../../src/dispatch/protocol.js';
import {readMember} from '../../src/dispatch/member-reader.js';
import {watchDevices, type Devices} from '../support/in-page/devices.js';
import {becomes, reaches, until} from '../support/in-page/facts.js';
import {rejects} from '../support/in-page/rejections.js';
import {WireClient, WireDispatch} from '../support/wire/wire-dispatch.js';

describe('readMember', () => {
  it('reads numbers, numbers as texts and truths', () => {
    const expected = {
      number: '1002',
      name: '李雷',
      phase: 'answered',
      gone: false,
      speaking: true,
      hearing: false,
      spotlighted: true,
      talking: true,
    };
    const texts = {number: '1002', name: '李雷', state: '6', speak: '2', hear: '1', push: '1', talking: '1'};
    expect(readMember(texts)).to.deep.equal(expected);
    const numbers = {number: 1002, name: ' 李雷 ', state: 6, speak: 2, hear: 1, push: 1, talking: true};
    expect(readMember(numbers)).to.deep.equal(expected);
  });

  it('reads whose video is shown to this side', () => {
    expect(readMember({number: '1002', picture: '1'})).to.deep.equal({number: '1002', pictured: true});
    expect(readMember({number: '1002', picture: '0'})).to.deep.equal({number: '1002', pictured: false});
  });

  it('reads how far a file is', () => {
    const file = {FileID: 'f1', position: '1.5', duration: '3.0', time: '1', times: '2'};
    expect(readMember({number: 'f1', ...file})!.file).to.deep.equal({
      id: 'f1',
      position: 1.5,
      duration: 3,
      time: 1,
      times: 2,
    });
    expect(readMember({number: 'f1', FileID: 'f1'})!.file).to.include({id: 'f1', position: undefined});
  });

  it('says nothing of what is missing or no such number', () => {
    expect(readMember({number: '1002'})).to.deep.equal({number: '1002'});
    expect(readMember({number: '1002', state: 'x', speak: '7', hear: null, push: {}})).to.deep.equal({
      number: '1002',
    });
    for (const raw of [undefined, null, 'a', [], {}, {number: ''}, {number: {}}])
      expect(readMember(raw)).to.equal(undefined);
  });

  for (const [state, phase, code, gone] of [
    [0, 'init', undefined, false],
    [1, 'init', undefined, false],
    [3, 'ringing', undefined, false],
    [5, 'ringing', undefined, false],
    [7, 'answered', undefined, false],
    [8, 'released', 'busy', false],
    [10, 'released', 'normal', true],
    [17, 'released', 'no-answer', false],
    [18, 'released', 'declined', false],
    [19, 'released', 'kicked-out', true],
  ] as const) {
    it(`takes the state ${state} for ${phase}${code ? `, ${code}` : ''}`, () => {
      const member = readMember({number: '1002', state})!;
      expect(member).to.include({phase, gone});
      expect(member.cause?.code).to.equal(code);
    });
  }
});

describe('DispatchService: conferences', () => {
  let server: WireDispatch;
  let client: WireClient;
  let devices: Devices;

  beforeEach(async () => {
    devices = watchDevices();
    server = new WireDispatch();
    client = new WireClient(server.wire, {user: '1001', timeouts: {members: 100}});
    server.reactions[API_HEADER.createCall] = (request) =>
      server.reply(request, 0, {cid: 'c5', sessnum: '8807'});
    await client.connect();
    await client.register();
    await server.leg('1002');
  });

  afterEach(async () => {
    await client.disconnect();
    await server.close();
    devices.restore();
    expect(devices.opened.filter(({readyState}) => readyState === 'live')).to.have.length(0);
  });

  /** Creates a connected conference. */
  async function meet(): Promise<SipConference> {
    const conference = await client.createConference({members: '1002,1003'});
    const leg = await server.invite('c5.5', {from: '1002'});
    await reaches(leg, 'confirmed');
    server.event('c5', CALL_STATE.connected, {type: '5', othernum: '8807', othername: ''});
    await becomes(conference, ({phase}) => phase === 'answered');
    return conference;
  }

  const tell = (...members: object[]): void =>
    server.send(
      JSON.stringify({header: API_EVENT.memberChange, body: members.map((m) => ({cid: 'c5', ...m}))}),
    );

  /** Lists these members from now on. */
  const list = (...members: object[]): void => {
    server.reactions[API_HEADER.allMembers] = ({header}) =>
      server.send(JSON.stringify({header: `${header}.CB`, code: '0', body: members}));
  };

  const asked = (header: string) => server.requests.filter((request) => request.header === header);

  it('knows its members from events', async () => {
    const conference = await meet();
    tell({number: 1002, name: 'Bob', state: '5', speak: '2', hear: '2', push: '2', talking: '0'});
    await becomes(conference, ({members}) => members[0]?.phase === 'ringing');
    tell({number: '1002', state: '6', talking: '1'}, {number: '1003', state: '17'});
    await becomes(conference, ({members}) => members.length === 2);
    expect(conference.state.members).to.deep.equal([
      {
        number: '1002',
        name: 'Bob',
        phase: 'answered',
        speaking: true,
        hearing: true,
        spotlighted: false,
        talking: true,
      },
      {
        number: '1003',
        name: '',
        phase: 'released',
        speaking: true,
        hearing: true,
        spotlighted: false,
        talking: false,
        cause: {by: 'server', code: 'no-answer'},
      },
    ]);
    tell({number: '1002', state: '10'});
    await becomes(conference, ({members}) => members.length === 1);
    server.send(
      JSON.stringify({header: API_EVENT.memberChange, body: [{cid: 'c6', number: '1009', state: '6'}]}),
    );
    tell({number: '1004', state: '6'});
    await becomes(conference, ({members}) => members.length === 2);
    expect(conference.state.members.map(({number}) => number)).to.deep.equal(['1003', '1004']);
  });

  it('asks for the members again and again where the server sends no events of them, and no more once it does', async () => {
    list({number: '1001', state: '6'}, {number: '1002', state: '5'});
    const conference = await meet();
    await becomes(conference, ({members}) => members.length === 2);
    list({number: '1001', state: '6'}, {number: '1002', state: '6'});
    await becomes(conference, ({members}) => members[1]?.phase === 'answered');
    tell({number: '1002', speak: '1'});
    await becomes(conference, ({members}) => members[1]?.speaking === false);
    await until(() => asked(API_HEADER.allMembers).length > 0);
    const before = asked(API_HEADER.allMembers).length;
    await conference.setSpeaking('1002', true);
    await new Promise((resolve) => setTimeout(resolve, 250));
    expect(asked(API_HEADER.allMembers)).to.have.length(before);
  });

  it('asks for the members after a command where the server sends no events', async () => {
    await client.disconnect();
    client = new WireClient(server.wire, {user: '1001', timeouts: {members: 60_000}});
    await client.connect();
    await client.register();
    list({number: '1001'}, {number: '1002'});
    const conference = await meet();
    await becomes(conference, ({members}) => members.length === 2);
    list({number: '1001'}, {number: '1002', speak: 1});
    await conference.setSpeaking('1002', false);
    await becomes(conference, ({members}) => members[1]?.speaking === false);
    list({number: '1001'});
    await conference.removeMember('1002');
    await becomes(conference, ({members}) => members.length === 1);
  });

  it('asks no more where it may not know the members, until it has changed one', async () => {
    server.reactions[API_HEADER.allMembers] = (request) => server.reply(request, 1107);
    const conference = await meet();
    await until(() => asked(API_HEADER.allMembers).length === 2);
    await new Promise((resolve) => setTimeout(resolve, 350));
    expect(asked(API_HEADER.allMembers)).to.have.length(2);
    list({number: '1001'}, {number: '1002'});
    await conference.setSpeaking('1002', false);
    await becomes(conference, ({members}) => members.length === 2);
  });

  it('asks no more where the server knows no lists, and is told none of nobody', async () => {
    list({});
    const conference = await meet();
    await until(() => asked(API_HEADER.allMembers).length > 2);
    expect(conference.state.members).to.deep.equal([]);
    server.reactions[API_HEADER.allMembers] = (request) => server.reply(request, 1008);
    const before = asked(API_HEADER.allMembers).length;
    await until(() => asked(API_HEADER.allMembers).length > before);
    await new Promise((resolve) => setTimeout(resolve, 350));
    expect(asked(API_HEADER.allMembers)).to.have.length(before + 1);
  });

  it('says nothing to the page of the lists that it asks for itself', async () => {
    const heard: ApiMessage[] = [];
    client.addEventListener('apimessage', ({detail}) => heard.push(detail));
    list({number: '1001'}, {number: '1002'});
    const conference = await meet();
    await becomes(conference, ({members}) => members.length === 2);
    await client.sendApi({header: API_HEADER.allMembers, body: {cid: 'c5'}});
    expect(heard.filter(({header}) => header === 'session.members.getall.CB')).to.have.length(1);
    expect(asked(API_HEADER.allMembers)[0]).to.have.all.keys('header', 'msgid', 'body');
  });

  it('writes its commands as the protocol does', async () => {
    const conference = await meet();
    await conference.addMember('1004');
    await conference.removeMember('1003');
    await conference.setSpeaking('1002', false);
    await conference.setSpeaking('1002', true);
    await conference.setHearing('1002', false);
    await conference.setSpotlight('1002', true);
    await conference.setSpotlight('1002', false);
    await conference.playFile('f1', 2);
    await conference.stopFile('f1');
    await conference.end();
    const sent = server.requests
      .filter(({header}) => /^operate|playfile/.test(header))
      .map(({header, body}) => [header, body]);
    expect(sent).to.deep.equal([
      ['operate.addmember', {cid: 'c5', number: '1004', astype: 2, speakertype: 2}],
      ['operate.delmember', {cid: 'c5', number: '1003'}],
      ['operate.member.speak', {cid: 'c5', number: '1002', stype: 1}],
      ['operate.member.speak', {cid: 'c5', number: '1002', stype: 2}],
      ['operate.member.hear', {cid: 'c5', number: '1002', htype: 1}],
      ['operate.member.push', {cid: 'c5', number: '1002', ptype: 1}],
      ['operate.member.push', {cid: 'c5', number: '1002', ptype: 2}],
      ['session.playfile', {cid: 'c5', FileID: 'f1', RePlayNum: '"2"', playnow: '1'}],
      ['session.playfile.stop', {cid: 'c5', FileID: 'f1'}],
      ['operate.forceend.call', {cid: 'c5'}],
    ]);
  });

  it('rejects with what the server refuses', async () => {
    const conference = await meet();
    for (const [apiCode, code] of [
      [1011, 'conference-full'],
      [1105, 'number-offline'],
      [1106, 'unknown-number'],
      [1107, 'not-allowed'],
      [1108, 'server-error'],
      [1111, 'bad-parameter'],
      [1119, 'not-allowed'],
      [1122, 'invalid-state'],
      [1123, 'no-picture'],
      [1124, 'member-not-found'],
    ] as const) {
      server.reactions[API_HEADER.memberPush] = (request) => server.reply(request, apiCode);
      expect(await rejects(conference.setSpotlight('1002', true), code)).to.include({apiCode});
    }
    for (const [apiCode, code] of [
      [1114, 'file-not-found'],
      [1700, 'file-playing'],
    ] as const) {
      server.reactions[API_HEADER.playFile] = (request) => server.reply(request, apiCode);
      expect(await rejects(conference.playFile('f1'), code)).to.include({apiCode, subject: 'f1'});
    }
    server.reactions[API_HEADER.forceEnd] = (request) => server.reply(request, 1107);
    await rejects(conference.end(), 'not-allowed');
    server.reactions[API_HEADER.forceEnd] = (request) => server.reply(request, 1103);
    await conference.end();
  });

  it('is joined by who is invited into one, and a broadcast only listened to', async () => {
    list({number: '1001'}, {number: '1002'});
    for (const [ids, type] of [
      ['c7.5', 'conference'],
      ['c8.4', 'broadcast'],
    ] as const) {
      const received = new Promise<SipConference>((resolve) =>
        client.addEventListener('sip-call-received', ({detail}) => resolve(detail.call as SipConference), {
          once: true,
        }),
      );
      await server.invite(ids, {from: '1002'});
      const conference = await received;
      expect(conference).to.include({type, direction: 'incoming'});
      expect(conference.state).to.deep.include({members: [], listenOnly: type === 'broadcast'});
      expect(client.getCall(conference.id)).to.equal(conference);
      await conference.answer();
      await becomes(conference, ({members}) => members.length === 2);
      expect((await server.asked(API_HEADER.allMembers)).body).to.deep.include({cid: 'c7'});
      await conference.hangup();
    }
  });

  it('asks for nothing once it is over', async () => {
    list({number: '1001'});
    const conference = await meet();
    await until(() => asked(API_HEADER.allMembers).length > 2);
    await conference.hangup();
    const before = asked(API_HEADER.allMembers).length;
    await new Promise((resolve) => setTimeout(resolve, 350));
    expect(asked(API_HEADER.allMembers)).to.have.length(before);
  });

  it('can do all of it, and a standard server has rooms alone', async () => {
    const names = ['conference', 'broadcast', 'members', 'push', 'playFile'] as const;
    expect(names.every((name) => client.capabilities[name])).to.equal(true);
    expect(Object.isFrozen(client.capabilities)).to.equal(true);
    const standard = new WireClient(server.wire, {user: '1001', profile: 'standard'});
    expect(names.some((name) => standard.capabilities[name])).to.equal(false);
    await standard.connect();
    expect(names.filter((name) => standard.capabilities[name])).to.deep.equal(['conference']);
    expect([standard.capabilities.rooms, client.capabilities.rooms]).to.deep.equal([true, false]);
    // A conference of this server has members, also where it has a number.
    await rejects(client.createConference({number: '8100', members: []}), 'bad-parameter');
    await rejects(standard.createConference({members: '1002'}), 'unsupported');
    await rejects(standard.createBroadcast({members: '1002'}), 'unsupported');
    await standard.disconnect();
  });
});
