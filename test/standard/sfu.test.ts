import {expect, fixture, html} from '@open-wc/testing';
import type {SipCall} from '../../src/core/call/call.js';
import type {SipConference} from '../../src/core/conference/conference.js';
import {isConference} from '../../src/core/conference/is-conference.js';
import '../../src/define/sip-call.js';
import '../../src/define/sip-client.js';
import '../../src/define/sip-conference.js';
import type {SipConferenceElement} from '../../src/elements/sip-conference/sip-conference.js';
import {mediaLines} from '../../src/media/peer/description.js';
import {watchDevices, type Devices} from '../support/in-page/devices.js';
import {deep} from '../support/in-page/elements.js';
import {becomes, until} from '../support/in-page/facts.js';
import {showsColour, turns, type Colour} from '../support/in-page/painted-picture.js';
import {recording, SfuRoom, type BridgeEvent, type Recording} from '../support/wire/sfu-room.js';
import {WireClient} from '../support/wire/wire-dispatch.js';
import {Wire} from '../support/wire/wire.js';

const RED: Colour = [220, 30, 30];
const GREEN: Colour = [30, 180, 30];
const BLUE: Colour = [30, 30, 220];

/** Alice in a room of an Asterisk, whose recorded messages are replayed, with real pictures. */
describe('StandardService: a room of several pictures (Asterisk, video_mode=sfu)', () => {
  let recorded: Recording;
  let wire: Wire;
  let room: SfuRoom;
  let alice: WireClient;
  let devices: Devices;

  before(async () => {
    recorded = await recording();
  });

  beforeEach(async () => {
    devices = watchDevices();
    wire = new Wire({'1001': ''});
    room = new SfuRoom(wire, recorded);
    alice = new WireClient(wire, {user: '1001', password: '', profile: 'standard', historyStorage: 'none'});
    await alice.connect();
    await alice.register();
  });

  afterEach(async () => {
    await alice.disconnect();
    room.close();
    devices.restore();
    expect(devices.opened.filter(({readyState}) => readyState === 'live')).to.have.length(0);
  });

  async function join(media: 'audio' | 'video' = 'video'): Promise<SipConference> {
    const conference = await alice.createConference({number: '701', members: [], media});
    await becomes(conference, ({phase}) => phase === 'answered');
    await room.joined();
    return conference;
  }
  /** The channel of the one other who was recorded, under another number and id. */
  const other = recordedOther();
  function recordedOther(): (type: string, number: string, id: string) => BridgeEvent {
    return (type, number, id) => {
      const left = recorded.events.find((event) => event.type === 'ConfbridgeLeave')!;
      return {
        ...left,
        type: `Confbridge${type}`,
        channels: [{...left.channels[0], id, caller: {name: '', number}}],
      };
    };
  }
  const BOB = '1795562684.19';
  const CAROL = '1795562690.23';
  const DAVE = '1795562699.31';
  async function comes(
    conference: SipConference,
    number: string,
    label: string,
    colour: Colour,
  ): Promise<void> {
    room.add(label, colour);
    expect(await room.offer()).to.equal(200);
    room.tell(other('Join', number, label));
    await becomes(conference, ({members}) => members.some((member) => member.number === number));
  }
  const lines = (description: string): string[] =>
    mediaLines(description).map(({kind, mid, direction, rejected}) =>
      [kind, mid, rejected ? 'refused' : direction].join(' '),
    );
  const shows = (conference: SipConference, number: string, colour: Colour): Promise<void> =>
    turns(conference.pictureOf(number)!.stream, colour);

  it('gives each member the picture with the label of their channel', async () => {
    const conference = await join();
    await comes(conference, '1002', BOB, RED);
    expect(lines(room.answers[0]!)).to.deep.equal([
      'audio 0 sendrecv',
      'video 1 sendrecv',
      'video video-2 recvonly',
    ]);
    await comes(conference, '1003', CAROL, GREEN);
    expect(lines(room.answers[1]!)).to.deep.equal([
      'audio 0 sendrecv',
      'video 1 sendrecv',
      'video video-2 recvonly',
      'video video-3 recvonly',
    ]);
    expect(conference.remotePictures.map(({label}) => label)).to.deep.equal(['', BOB, CAROL]);
    await Promise.all([shows(conference, '1002', RED), shows(conference, '1003', GREEN)]);
  });

  for (const left of ['inactive', 'removed'] as const)
    it(`hands the line of one who leaves to the next one who joins, where it is ${left} between`, async () => {
      const conference = await join();
      await comes(conference, '1002', BOB, RED);
      await comes(conference, '1003', CAROL, GREEN);
      await shows(conference, '1002', RED);
      room.remove(BOB, left);
      expect(await room.offer()).to.equal(200);
      expect(lines(room.answers.at(-1)!)).to.deep.equal([
        'audio 0 sendrecv',
        'video 1 sendrecv',
        `video video-2 ${left === 'removed' ? 'refused' : 'inactive'}`,
        'video video-3 recvonly',
      ]);
      room.tell(other('Leave', '1002', BOB));
      await becomes(conference, ({members}) => !members.some(({number}) => number === '1002'));
      expect(conference.pictureOf('1002')).to.equal(undefined);
      expect(conference.remotePictures.map(({label}) => label)).to.deep.equal(['', CAROL]);
      await shows(conference, '1003', GREEN);
      await comes(conference, '1004', DAVE, BLUE);
      expect(lines(room.answers.at(-1)!)).to.deep.equal([
        'audio 0 sendrecv',
        'video 1 sendrecv',
        'video video-2 recvonly',
        'video video-3 recvonly',
      ]);
      expect(conference.remotePictures.map(({label}) => label)).to.deep.equal(['', DAVE, CAROL]);
      await Promise.all([shows(conference, '1004', BLUE), shows(conference, '1003', GREEN)]);
    });

  it('tells of a picture that changes hands within one offer', async () => {
    const conference = await join();
    await comes(conference, '1002', BOB, RED);
    await shows(conference, '1002', RED);
    const {stream} = conference.pictureOf('1002')!;
    let told = 0;
    conference.addEventListener('streamschange', () => (told += 1));
    room.replace(BOB, CAROL, GREEN);
    expect(await room.offer()).to.equal(200);
    await until(() => told > 0);
    expect(conference.pictureOf('1002')).to.equal(undefined);
    room.tell(other('Leave', '1002', BOB));
    room.tell(other('Join', '1003', CAROL));
    await becomes(conference, ({members}) => members.some(({number}) => number === '1003'));
    expect(conference.pictureOf('1003')!.stream).not.to.equal(stream);
    await shows(conference, '1003', GREEN);
  });

  it('keeps pictures of whom it does not know, and gives them to those who are told of later', async () => {
    const conference = await join();
    room.add(BOB, RED);
    room.add(CAROL, GREEN);
    room.add(DAVE, BLUE);
    expect(await room.offer()).to.equal(200);
    expect(lines(room.answers[0]!)).to.deep.equal([
      'audio 0 sendrecv',
      'video 1 sendrecv',
      'video video-2 recvonly',
      'video video-3 recvonly',
      'video video-4 recvonly',
    ]);
    await until(() => conference.remotePictures.length === 4);
    const [, bobs, carols, daves] = conference.remotePictures;
    await Promise.all([turns(bobs!.stream, RED), turns(carols!.stream, GREEN), turns(daves!.stream, BLUE)]);
    expect(conference.pictureOf('1004')).to.equal(undefined);
    room.tell(other('Join', '1004', DAVE));
    await becomes(conference, ({members}) => members.length > 0);
    expect(conference.pictureOf('1004')).to.equal(daves);
    // An offer without labels counts.
    room.labelled = false;
    expect(await room.offer()).to.equal(200);
    await until(() => conference.pictureOf('1004') === undefined);
    expect(conference.remotePictures).to.have.length(4);
  });

  it('takes pictures in a call by sound, and opens no camera for them', async () => {
    const conference = await join('audio');
    await comes(conference, '1002', BOB, RED);
    await comes(conference, '1003', CAROL, GREEN);
    expect(lines(room.answers.at(-1)!)).to.deep.equal([
      'audio 0 sendrecv',
      'video video-1 recvonly',
      'video video-2 recvonly',
    ]);
    await Promise.all([shows(conference, '1002', RED), shows(conference, '1003', GREEN)]);
    expect(devices.opened.map(({kind}) => kind)).to.deep.equal(['audio']);
  });

  it('keeps all lines through hold', async () => {
    const conference = await join();
    await comes(conference, '1002', BOB, RED);
    await shows(conference, '1002', RED);
    const asked = (): string[] =>
      lines(wire.messages.findLast((message) => message.startsWith('INVITE '))!.split('\r\n\r\n')[1]!);
    await conference.hold();
    expect(asked()).to.deep.equal(['audio 0 sendonly', 'video 1 sendonly', 'video video-2 inactive']);
    await conference.unhold();
    expect(asked()).to.deep.equal(['audio 0 sendrecv', 'video 1 sendrecv', 'video video-2 recvonly']);
    expect(conference.pictureOf('1002')!.label).to.equal(BOB);
    await comes(conference, '1003', CAROL, GREEN);
    await Promise.all([shows(conference, '1002', RED), shows(conference, '1003', GREEN)]);
  });

  it('follows the recorded events to the letter', async () => {
    const conference = await join();
    const told: string[] = [];
    conference.addEventListener('memberchange', ({detail: {member}}) =>
      told.push([member.number, member.phase, member.talking ? 'talks' : ''].join(' ').trim()),
    );
    for (const event of recorded.events) room.tell(event);
    await becomes(conference, ({members}) => members.some(({talking}) => talking));
    expect(told).to.deep.equal(['1001 answered', '1001 answered talks']);
    expect(conference.state.members.map(({number, label}) => [number, label])).to.deep.equal([
      ['1001', '1795562682.16'],
    ]);
    // The last one is about the member whose picture was recorded.
    expect(mediaLines(recorded.reinvite).at(-1)).to.deep.equal({
      kind: 'video',
      mid: 'video-2',
      direction: 'sendonly',
      rejected: false,
      label: (recorded.events.at(-1)!.channels[0] as {id: string}).id,
    });
  });

  it('refuses the recorded offer where no transport is put in, and goes on as before', async () => {
    const conference = await join();
    await comes(conference, '1002', BOB, RED);
    const {status} = await room.send(recorded.reinvite.split('\r\n\r\n')[1]!);
    expect(status).to.equal(488);
    expect([conference.state.phase, conference.pictureOf('1002')?.label]).to.deep.equal(['answered', BOB]);
    await shows(conference, '1002', RED);
    await comes(conference, '1003', CAROL, GREEN);
    await shows(conference, '1003', GREEN);
  });

  describe('whose number was called', () => {
    let call: SipCall;
    beforeEach(async () => {
      call = await alice.call('701', {media: 'video'});
      await becomes(call, ({phase}) => phase === 'answered');
      await room.joined();
    });

    it('is a conference once the room tells who is there', async () => {
      expect([isConference(call), call.type, 'members' in call.state]).to.deep.equal([
        false,
        'single',
        false,
      ]);
      expect(await (call as SipConference).addMember('1002').catch(({code}) => code as string)).to.equal(
        'unsupported',
      );
      const told: string[] = [];
      alice.addEventListener('sip-member-change', ({detail: {member}}) => told.push(member.number));
      room.tell(recorded.events.find(({type}) => type === 'ConfbridgeWelcome')!);
      await until(() => isConference(call));
      expect([call.type, call.typeNumber, told]).to.deep.equal(['conference', 5, ['1001']]);
      const conference = call as SipConference;
      expect(conference.state.abilities).to.deep.equal({members: false, switches: false, end: false});
      await comes(conference, '1002', BOB, RED);
      await shows(conference, '1002', RED);
      expect(alice.state.calls).to.deep.equal([call]);
    });

    it('is shown by <sip-call> with the picture that comes, and by <sip-conference> from then on', async () => {
      const root = await fixture(
        html`<sip-client .client=${alice} lang="en">
          <sip-call></sip-call>
          <sip-conference></sip-conference>
        </sip-client>`,
      );
      const video = (): HTMLVideoElement | null | undefined =>
        root
          .querySelector('sip-call')!
          .shadowRoot!.querySelector('sip-video')
          ?.shadowRoot!.querySelector('video');
      room.add(BOB, RED);
      expect(await room.offer()).to.equal(200);
      await until(() => !!video());
      await until(() => showsColour(video()!, RED));
      room.tell(other('Join', '1002', BOB));
      const conference = root.querySelector('sip-conference')!;
      await until(() =>
        deep(conference, '[part=tile]').some((tile) => {
          const video = tile.shadowRoot!.querySelector('video');
          return video && showsColour(video, RED);
        }),
      );
    });
  });

  describe('<sip-conference>', () => {
    let element: SipConferenceElement;

    beforeEach(async () => {
      const root = await fixture(
        html`<sip-client .client=${alice} lang="en"><sip-conference lang="en"></sip-conference></sip-client>`,
      );
      element = root.querySelector('sip-conference')!;
    });

    /** The caption of each tile with a visible picture, and whether it has the colour. */
    const tiles = (): readonly {readonly name: string; readonly video: HTMLVideoElement}[] =>
      deep(element, '[part=tile]:not(.unseen, .own)').flatMap(({shadowRoot}) => {
        const video = shadowRoot!.querySelector('video');
        return video ? [{name: shadowRoot!.querySelector('.caption')?.textContent?.trim() ?? '', video}] : [];
      });
    const seen = (...wanted: readonly (readonly [name: string, colour: Colour])[]): Promise<void> =>
      until(
        () =>
          tiles().length === wanted.length &&
          wanted.every(([name, colour]) =>
            tiles().some((tile) => tile.name === name && showsColour(tile.video, colour)),
          ),
      );

    it('shows each member’s picture under their own name, and nobody’s where there is none', async () => {
      const conference = await join();
      await comes(conference, '1002', BOB, RED);
      await comes(conference, '1003', CAROL, GREEN);
      await seen(['1002', RED], ['1003', GREEN]);
      room.remove(BOB, 'inactive');
      await room.offer();
      room.tell(other('Leave', '1002', BOB));
      await seen(['1003', GREEN]);
      await comes(conference, '1004', DAVE, BLUE);
      await seen(['1004', BLUE], ['1003', GREEN]);
      room.replace(CAROL, BOB, RED);
      await room.offer();
      await seen(['1004', BLUE], ['', RED]);
      room.tell(other('Leave', '1003', CAROL));
      room.tell(other('Join', '1002', BOB));
      await seen(['1004', BLUE], ['1002', RED]);
    });
  });
});
