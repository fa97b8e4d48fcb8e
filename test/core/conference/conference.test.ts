import {expect} from '@open-wc/testing';
import type {ConferenceMember, MemberReport} from '../../../src/core/conference/conference-member.js';
import {SipConference} from '../../../src/core/conference/conference.js';
import {isConference} from '../../../src/core/conference/is-conference.js';
import {SipError} from '../../../src/errors.js';
import {rejects} from '../../support/in-page/rejections.js';
import {StagedClient} from '../../support/staged/staged-client.js';

const MEMBER = {
  name: '',
  phase: 'answered',
  speaking: true,
  hearing: true,
  spotlighted: false,
  talking: false,
};

describe('SipConference', () => {
  let client: StagedClient;

  beforeEach(async () => {
    client = await StagedClient.ready();
  });
  afterEach(() => client.disconnect());

  it('is what createConference resolves with', async () => {
    const conference = await client.createConference({members: '1002，1003;1002 ', name: ' 晨会 '});
    expect(conference).to.be.instanceOf(SipConference);
    expect(client.asked.at(-1)).to.equal('session conference 1002,1003');
    expect(conference).to.include({type: 'conference', direction: 'outgoing', media: 'audio'});
    expect(conference.remote.name).to.equal('晨会');
    expect(client.getCall(conference.id)).to.equal(conference);
    expect(isConference(conference)).to.equal(true);
    expect(isConference(client.dial().call)).to.equal(false);
  });

  it('is named by the others in it, never by this side, unless it was given a name', async () => {
    const [me, li, anna] = [
      {number: '1001', name: '王芳'},
      {number: '1002', name: '李雷'},
      {number: '1003', name: 'Anna Novak'},
    ];
    /** What is shown of a conference that the server names by who created it. */
    const nameOf = (
      members: readonly MemberReport[],
      init: Parameters<StagedClient['confer']>[0] = {},
    ): string => {
      const {conference, service, control} = client.confer({remote: {number: '9101', name: ''}, ...init});
      if (!init.remote) control.setRemote({number: '9101', name: '王芳'});
      service.all(...members);
      return conference.remote.name;
    };
    expect(nameOf([])).to.equal('');
    expect(nameOf([me!, li!, anna!])).to.equal('李雷, Anna Novak');
    expect(nameOf([me!, li!, {number: '1004', name: '张伟', phase: 'ringing'}])).to.equal('李雷、张伟');
    expect(nameOf([me!, li!, anna!, {number: '1004'}, {number: '1005'}, {number: '1006'}])).to.equal(
      '李雷, Anna Novak, 1004 +2',
    );
    expect(nameOf([me!, li!], {remote: {number: '9101', name: '晨会'}})).to.equal('晨会');
    const invited = {direction: 'incoming', remote: {number: '9101', name: '李雷'}} as const;
    expect(nameOf([], invited), 'while it rings, by who calls').to.equal('李雷');
    expect(nameOf([me!, li!, anna!], invited)).to.equal('李雷, Anna Novak');
    expect(nameOf([li!, me!, anna!], {...invited, type: 'broadcast'}), 'by who sends it').to.equal('李雷');
    expect(nameOf([me!, anna!], {direction: 'incoming', remote: {number: '3000', name: 'Sales'}})).to.equal(
      'Sales',
    );
    const {conference, service, dialog} = client.confer({remote: {number: '9101', name: ''}});
    dialog.confirm();
    service.all(me!, li!, anna!, {number: '1004', name: '张伟', phase: 'released'});
    service.some({number: '1002', gone: true});
    expect(conference.remote).to.deep.equal({number: '9101', name: 'Anna Novak'});
    service.some({number: '1003', gone: true});
    expect(conference.remote.name).to.equal('李雷, Anna Novak');
    await conference.hangup();
    const [entry] = client.history.entries;
    expect(entry).to.include({type: 'conference', name: '李雷, Anna Novak', number: '9101'});
  });

  it('is told of by createBroadcast as one', async () => {
    const broadcast = await client.createBroadcast({members: ['1002'], fileId: 'f1', media: 'video'});
    expect(broadcast).to.include({type: 'broadcast', media: 'video'});
    expect(broadcast.state.listenOnly, 'who made it is heard').to.equal(false);
  });

  it('needs members that can be called', async () => {
    await rejects(client.createConference({members: ' , '}), 'bad-parameter');
    await rejects(client.createConference({members: ['1002', 'a b']}), 'invalid-number');
    await rejects(client.createBroadcast({members: '1002', fileId: ' '}), 'bad-parameter');
    expect(client.asked.filter((what) => what.startsWith('session'))).to.deep.equal([]);
  });

  it('says of a broadcast that comes in that nobody hears this side', () => {
    expect(client.confer({type: 'broadcast', direction: 'incoming'}).conference.state.listenOnly).to.equal(
      true,
    );
    const {conference, control} = client.confer({type: 'broadcast', direction: 'incoming'});
    control.setOutgoing({msgid: 'm1', header: 'session.createcall', body: {}});
    expect(conference.state.listenOnly, 'it turned out to be one of this side').to.equal(false);
    expect(client.confer({direction: 'incoming'}).conference.state.listenOnly).to.equal(false);
  });

  it('follows its members, whatever the server leaves out', () => {
    const {conference, service} = client.confer();
    expect(conference.state.members).to.deep.equal([]);
    service.all({number: '1001', name: '韩梅梅'}, {number: '1002', phase: 'ringing', spotlighted: true});
    expect(conference.state.members).to.deep.equal([
      {...MEMBER, number: '1001', name: '韩梅梅'},
      {...MEMBER, number: '1002', phase: 'ringing', spotlighted: true},
    ]);
    service.some({number: '1002', phase: 'answered', talking: true}, {number: '1003', speaking: false});
    expect(conference.state.members.slice(1)).to.deep.equal([
      {...MEMBER, number: '1002', spotlighted: true, talking: true},
      {...MEMBER, number: '1003', speaking: false},
    ]);
    service.all({number: '1003'}, {number: '1001'});
    expect(conference.state.members.map(({number}) => number)).to.deep.equal(['1001', '1003']);
    expect(structuredClone(conference.state.members)).to.deep.equal(conference.state.members);
    expect(Object.isFrozen(conference.state.members)).to.equal(true);
    expect(conference.state.members.every((member) => Object.isFrozen(member))).to.equal(true);
  });

  it('has at most 1,000 members', () => {
    const {conference, service} = client.confer();
    const numbers = (first: number): {number: string}[] =>
      Array.from({length: 1_001}, (_, index) => ({number: String(first + index)}));
    for (const first of [20_000, 30_000]) {
      service.all(...numbers(first));
      expect(conference.state.members).to.have.length(1_000);
    }
  });

  it('knows one member at a time whose video the server sends', () => {
    const {conference, service} = client.confer();
    const shown = (): (boolean | undefined)[] => conference.state.members.map(({pictured}) => pictured);
    service.all({number: '1001'}, {number: '1002'}, {number: '1003'});
    expect(shown()).to.deep.equal([undefined, undefined, undefined]);
    service.some({number: '1002', pictured: true});
    expect(shown()).to.deep.equal([undefined, true, undefined]);
    const changes: string[] = [];
    conference.addEventListener('memberchange', ({detail: {member}}) =>
      changes.push(`${member.number} ${String(member.pictured)}`),
    );
    service.some({number: '1003', pictured: true});
    expect(shown()).to.deep.equal([undefined, false, true]);
    expect(changes).to.deep.equal(['1002 false', '1003 true']);
    service.some({number: '1003', talking: true});
    expect(shown()).to.deep.equal([undefined, false, true]);
  });

  it('keeps who did not answer, with the reason, until he is called again', () => {
    const {conference, service} = client.confer();
    const cause = {by: 'server', code: 'no-answer'} as const;
    service.all({number: '1002', phase: 'released', cause});
    expect(conference.state.members).to.deep.equal([{...MEMBER, number: '1002', phase: 'released', cause}]);
    service.some({number: '1002', phase: 'ringing'});
    expect(conference.state.members).to.deep.equal([{...MEMBER, number: '1002', phase: 'ringing'}]);
  });

  it('tells once of each member that is other than before, the last time when he is gone', () => {
    const {conference, service} = client.confer();
    const told: ConferenceMember[] = [];
    client.addEventListener('sip-member-change', ({detail}) => {
      expect(detail.conference).to.equal(conference);
      told.push(detail.member);
    });
    service.all({number: '1001'}, {number: '1002'});
    service.all({number: '1001'}, {number: '1002', speaking: false});
    service.some({number: '1001'}, {number: '1002', gone: true}, {number: '1009', gone: true});
    expect(told).to.deep.equal([
      {...MEMBER, number: '1001'},
      {...MEMBER, number: '1002'},
      {...MEMBER, number: '1002', speaking: false},
      {...MEMBER, number: '1002', speaking: false, phase: 'released'},
    ]);
    expect(conference.state.members.map(({number}) => number)).to.deep.equal(['1001']);
  });

  it('tells how far a file is that is played as a member of its own', () => {
    const {conference, service} = client.confer();
    const told: (number | undefined)[] = [];
    conference.addEventListener('memberchange', ({detail: {member}}) => told.push(member.file?.position));
    const file = {id: 'f1', duration: 2, time: 1, times: 1};
    service.some({number: 'f1', file: {...file, position: 0}});
    service.some({number: 'f1', file: {...file, position: 0}}, {number: 'f1', file: {...file, position: 1}});
    service.some({number: 'f1', gone: true});
    expect(told).to.deep.equal([0, 1, 1]);
    expect(conference.state.members).to.deep.equal([]);
  });

  it('asks for its members at once where it was made here, and when this side is in it', () => {
    const {dialog, service} = client.confer();
    expect(service.asked).to.equal(1);
    dialog.confirm();
    expect(service.asked).to.equal(2);
    const joined = client.confer({direction: 'incoming'});
    expect(joined.service.asked).to.equal(0);
    joined.dialog.confirm();
    expect(joined.service.asked).to.equal(1);
  });

  it('asks the server for every change', async () => {
    const {conference, service} = client.confer();
    service.all({number: '1002'}, {number: 'file:7 b'});
    await conference.addMember(' 10-04 ');
    await conference.removeMember('1002');
    await conference.removeMember('file:7 b');
    await conference.setSpeaking('1002', false);
    await conference.setHearing('1002', true);
    await conference.setSpotlight('1002', true);
    await conference.end();
    expect(service.commands).to.deep.equal([
      'add 1004',
      'remove 1002',
      'remove file:7 b',
      'speaking 1002 off',
      'hearing 1002 on',
      'spotlighted 1002 on',
      'end',
    ]);
    await rejects(conference.addMember('a b'), 'invalid-number');
    service.failure = new SipError('not-allowed', {apiCode: 1107});
    await rejects(conference.setSpeaking('1002', true), 'not-allowed');
    expect(conference.state.members[0], 'nothing is guessed').to.deep.equal({...MEMBER, number: '1002'});
  });

  it('is left by hanging up, and can be ended all the same', async () => {
    const {conference, dialog, service} = client.confer();
    dialog.confirm();
    await conference.hangup();
    expect(dialog.commands).to.deep.equal(['hangup']);
    expect(service.commands).to.deep.equal([]);
    expect(service.closed).to.equal(true);
    service.all({number: '1002'});
    expect(conference.state.members).to.deep.equal([]);
    await rejects(conference.addMember('1002'), 'invalid-state');
    await rejects(conference.setSpotlight('1002', true), 'invalid-state');
    await conference.end();
    expect(service.commands).to.deep.equal(['end']);
  });

  it('plays files', async () => {
    const {conference, dialog, service} = client.confer();
    await rejects(conference.playFile('f1'), 'invalid-state');
    dialog.confirm();
    await conference.playFile(' f1 ');
    await conference.playFile('f2', 3);
    await conference.stopFile('f2');
    expect(service.commands).to.deep.equal(['play f1 1', 'play f2 3', 'stop f2']);
    for (const times of [0, 1.5, NaN]) await rejects(conference.playFile('f1', times), 'bad-parameter');
    await rejects(conference.playFile(''), 'bad-parameter');
    const {call, dialog: other} = client.dial();
    other.confirm();
    await rejects(call.playFile('f1'), 'unsupported');
  });
});
