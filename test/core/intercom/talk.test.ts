import {expect} from '@open-wc/testing';
import {takePlace} from '../../../src/core/call/take-place.js';
import {speakTo} from '../../../src/core/intercom/talk.js';
import {TalkGroup} from '../../../src/core/intercom/talk-group.js';
import {SipError} from '../../../src/errors.js';
import {until} from '../../support/in-page/facts.js';
import {sound, StagedClient, type StagedTalk} from '../../support/staged/staged-client.js';

describe('speaking to groups', () => {
  let client: StagedClient;

  beforeEach(async () => {
    client = await StagedClient.ready();
  });

  /** A group that is joined. */
  function join(number: string): StagedTalk & {readonly group: TalkGroup} {
    const talk = client.interphone({remote: {number, name: ''}});
    const group = new TalkGroup(number);
    group.follow(talk.intercom);
    talk.dialog.confirm();
    return {...talk, group};
  }

  const activityIs = (group: TalkGroup, activity: string): Promise<unknown> =>
    until(() => group.state.activity === activity);

  it('asks for every floor, and gives every floor back', async () => {
    const [first, second, third] = [join('9001'), join('9002'), join('9003')];
    const end = speakTo([first.group, second.group]);
    await activityIs(first.group, 'speaking');
    await activityIs(second.group, 'speaking');
    expect(third.service.commands).to.deep.equal([]);
    expect(third.dialog.state.muted).to.equal(true);
    end();
    end();
    expect([first, second].map(({dialog}) => dialog.state.muted)).to.deep.equal([true, true]);
    await until(() => second.service.commands.at(-1) === 'give back');
    expect(first.service.commands).to.deep.equal(['ask', 'give back']);
  });

  it('is heard in the other groups if one refuses, and says which one and why', async () => {
    const [first, second] = [join('9001'), join('9002')];
    first.service.failure = new SipError('floor-denied', {subject: '李雷', apiCode: 2000});
    const refused: string[] = [];
    const end = speakTo([first.group, second.group], {
      onFailure: ({number}, {code}) => refused.push(`${number} ${code}`),
    });
    await activityIs(second.group, 'speaking');
    await activityIs(first.group, 'refused');
    expect(first.group.state.refusal).to.include({code: 'floor-denied', subject: '李雷'});
    expect(refused).to.deep.equal(['9001 floor-denied']);
    end();
    first.service.tell('taken', '1002', '李雷');
    expect(first.group.state).to.include({activity: 'receiving', refusal: undefined});
  });

  it('says no longer that it was refused once another party speaks', async () => {
    const {group, service} = join('9001');
    service.tell('taken', '1002', '李雷');
    service.failure = new SipError('floor-denied', {subject: '李雷', apiCode: 2000});
    const end = speakTo([group]);
    await activityIs(group, 'refused');
    end();
    service.tell('taken', '1003', '韩梅');
    expect(group.state).to.include({activity: 'receiving', refusal: undefined});
    expect(group.state.since).to.not.equal(undefined);
  });

  it('reports that it is heard in no group any more, refused or revoked', async () => {
    const [first, second] = [join('9001'), join('9002')];
    first.service.failure = new SipError('floor-denied', {subject: '李雷', apiCode: 2000});
    let over = 0;
    const end = speakTo([first.group, second.group], {onOver: () => (over += 1)});
    await activityIs(first.group, 'refused');
    await activityIs(second.group, 'speaking');
    expect(over).to.equal(0);
    second.service.tell('idle', '', '', {revocation: 'time-limit'});
    expect(over).to.equal(1);
    end();
    expect(second.group.state).to.include({activity: 'refused', refusal: 'time-limit'});
    const again = speakTo([second.group], {onOver: () => (over += 1)});
    await activityIs(second.group, 'speaking');
    again();
    expect(over).to.equal(1);
  });

  it('says why the floor was lost', async () => {
    const {group, service} = join('9001');
    const end = speakTo([group]);
    await activityIs(group, 'speaking');
    service.tell('taken', '1002', '李雷', {revocation: 'priority'});
    expect(group.state).to.include({activity: 'refused', refusal: 'priority'});
    end();
  });

  it('keeps the floor until the last of two holds has ended', async () => {
    const {group, service, dialog} = join('9001');
    const [one, other] = [speakTo([group]), speakTo([group])];
    await activityIs(group, 'speaking');
    one();
    expect(dialog.state.muted).to.equal(false);
    other();
    expect(dialog.state.muted).to.equal(true);
    await until(() => service.commands.at(-1) === 'give back');
    expect(service.commands).to.deep.equal(['ask', 'give back']);
  });

  it('gives the floor of a group back that was left and joined again under another hold', async () => {
    const first = join('9001');
    const {group} = first;
    const one = speakTo([group]);
    await activityIs(group, 'speaking');
    await first.call.hangup();
    const again = client.interphone({remote: {number: '9001', name: ''}});
    group.follow(again.intercom);
    again.dialog.confirm();
    const other = speakTo([group]);
    await activityIs(group, 'speaking');
    other();
    await until(() => again.service.commands.at(-1) === 'give back');
    one();
    expect(again.service.commands).to.deep.equal(['ask', 'give back']);
  });

  it('asks for no floor where the user only listens, or has not joined', async () => {
    const {group, service} = join('9001');
    group.setListenOnly(true);
    speakTo([group, new TalkGroup('9002')])();
    expect(service.commands).to.deep.equal([]);
  });

  it('gives back the floor of a group to which the user only listens from now on, and no other', async () => {
    const [first, second] = [join('9001'), join('9002')];
    let over = 0;
    const end = speakTo([first.group, second.group], {onOver: () => (over += 1)});
    await activityIs(first.group, 'speaking');
    await activityIs(second.group, 'speaking');
    first.group.setListenOnly(true);
    expect([first, second].map(({dialog}) => dialog.state.muted)).to.deep.equal([true, false]);
    await until(() => first.service.commands.at(-1) === 'give back');
    expect(over).to.equal(0);
    second.group.setListenOnly(true);
    expect(over).to.equal(1);
    expect(second.dialog.state.muted).to.equal(true);
    end();
  });

  it('neither asks for a floor without a microphone nor keeps anything from the calls', async () => {
    const {group, service, dialog} = join('9001');
    dialog.set({media: {audio: 'recvonly', video: 'inactive'}, warning: 'microphone-missing'});
    expect(group.talkable).to.equal(false);
    const call = client.dial();
    call.dialog.confirm();
    const end = speakTo([group], {unheardBy: client});
    expect(call.dialog.heard).to.equal(true);
    end();
    expect(service.commands).to.deep.equal([]);
  });

  it('says why a group has ended, unless this side has left it', async () => {
    const [ended, left] = [join('9001'), join('9002')];
    ended.dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'normal'}});
    await left.call.hangup();
    expect([ended, left].map(({group}) => group.state.activity)).to.deep.equal(['absent', 'absent']);
    expect(ended.group.state.ended).to.deep.equal({by: 'remote', code: 'normal'});
    expect(left.group.state.ended).to.equal(undefined);
    ended.group.follow(client.interphone({remote: {number: '9001', name: ''}}).intercom);
    expect(ended.group.state).to.include({activity: 'joining', ended: undefined});
  });

  it('remembers who was heard last, and since when someone speaks', async () => {
    const {group, service, call} = join('9001');
    expect(group.state).to.include({since: undefined, heard: undefined});
    service.tell('taken', '1002', '李雷');
    expect(group.state.since).to.be.closeTo(Date.now(), 1_000);
    service.tell('idle');
    expect(group.state.since).to.equal(undefined);
    expect(group.state.heard).to.deep.include({speaker: {number: '1002', name: '李雷'}});
    await call.hangup();
    expect(group.state.activity).to.equal('absent');
    expect(group.intercom).to.equal(undefined);
    expect(group.state.heard).to.not.equal(undefined);
  });

  it('is not heard by the calls meanwhile, also one that connects later', async () => {
    const {group} = join('9001');
    const [running, muted, late] = [client.dial(), client.dial(), client.dial()];
    running.dialog.confirm();
    muted.dialog.confirm();
    await muted.call.mute();
    const end = speakTo([group], {unheardBy: client});
    expect(running.dialog.heard).to.equal(false);
    expect(running.call.state).to.include({muted: false, unheard: true});
    await activityIs(group, 'speaking');
    late.dialog.confirm();
    expect(late.dialog.heard).to.equal(false);
    end();
    expect([running, late, muted].map(({dialog}) => dialog.heard)).to.deep.equal([true, true, false]);
  });

  it('is heard by a call that the user unmutes meanwhile, and by no other while another talk goes on', async () => {
    const [first, second] = [join('9001'), join('9002')];
    const [unmuted, other] = [client.dial(), client.dial()];
    unmuted.dialog.confirm();
    other.dialog.confirm();
    const ends = [first, second].map(({group}) => speakTo([group], {unheardBy: client}));
    await unmuted.call.unmute();
    expect(unmuted.dialog.heard).to.equal(true);
    ends[0]!();
    expect(other.dialog.heard).to.equal(false);
    ends[1]!();
    expect(other.dialog.heard).to.equal(true);
  });

  it('leaves a call muted that the user has muted meanwhile', async () => {
    const {group} = join('9001');
    const {call, dialog} = client.dial();
    dialog.confirm();
    const end = speakTo([group], {unheardBy: client});
    await call.unmute();
    await call.mute();
    end();
    expect(call.state).to.include({muted: true, unheard: false});
  });

  it('leaves a call muted that another one has taken the line of meanwhile, and that refuses to be held', async () => {
    const {group} = join('9001');
    const [first, second] = [client.dial(), client.ring()];
    first.dialog.confirm();
    const end = speakTo([group], {unheardBy: client});
    first.dialog.failure = new SipError('not-acceptable');
    await second.call.answer();
    await until(() => first.call.state.muted);
    end();
    expect([first, second].map(({dialog}) => dialog.heard)).to.deep.equal([false, true]);
    await client.activate(first.call);
    await until(() => first.dialog.heard);
  });

  it('leaves a patch that the user listens to by now unheard', async () => {
    const {group} = join('9001');
    const [one, other] = [client.dial(), client.dial()];
    for (const {dialog} of [one, other]) {
      dialog.play(new MediaStream([sound()]), new MediaStream([sound()]));
      dialog.confirm();
    }
    const patch = await client.patch([one.call, other.call]);
    const end = speakTo([group], {unheardBy: client});
    expect(patch.state.part).to.equal('joined');
    const third = client.ring();
    await third.call.answer();
    expect(patch.state.part).to.equal('listening');
    end();
    expect(patch.state.part).to.equal('listening');
    expect([one, other, third].map(({dialog}) => dialog.heard)).to.deep.equal([false, false, true]);
  });

  it('is not heard by a call that takes the place of another one', async () => {
    const {group} = join('9001');
    const before = client.dial();
    before.dialog.confirm();
    const end = speakTo([group], {unheardBy: client});
    const now = client.ring();
    await takePlace(now.call, before);
    expect(now.call.state).to.include({muted: false, unheard: true});
    end();
    expect(now.dialog.heard).to.equal(true);
  });

  it('leaves the calls alone if it reaches no group, or if they may hear it', async () => {
    const {group} = join('9001');
    const {dialog} = client.dial();
    dialog.confirm();
    const endAbsent = speakTo([new TalkGroup('9002')], {unheardBy: client});
    expect(dialog.heard).to.equal(true);
    endAbsent();
    const end = speakTo([group]);
    await activityIs(group, 'speaking');
    expect(dialog.heard).to.equal(true);
    end();
  });
});
