import {expect, fixture, html} from '@open-wc/testing';
import {sendKeys} from '@web/test-runner-commands';
import {SipCall} from '../../../src/core/call/call.js';
import {SipConference} from '../../../src/core/conference/conference.js';
import {SipIntercom} from '../../../src/core/intercom/intercom.js';
import {
  CALL_COMMANDS,
  CAMERA_COMMANDS,
  CONFERENCE_COMMANDS,
  INTERCOM_COMMANDS,
} from '../../../src/elements/shared/calls/call-commands.js';
import {watchDownloads, type Downloads} from '../../support/in-page/downloads.js';
import {next, part, shows} from '../../support/in-page/elements.js';
import {until} from '../../support/in-page/facts.js';
import {rejects} from '../../support/in-page/rejections.js';
import {picture, sound, StagedClient, type Staged} from '../../support/staged/staged-client.js';

const TABLES = {
  'sip-call': CALL_COMMANDS,
  'sip-conference': CONFERENCE_COMMANDS,
  'sip-intercom': INTERCOM_COMMANDS,
  'sip-monitor': CAMERA_COMMANDS,
} as const;
const TAGS = Object.keys(TABLES) as (keyof typeof TABLES)[];

/** What a call has for this library. */
const INTERNAL = [
  'borrowFloor',
  'dial',
  'giveUp',
  'identify',
  'mixIn',
  'numberOf',
  'photograph',
  'playIn',
  'releaseFloorOfSound',
  'requestFloorForSound',
  'resumeInPatch',
  'returnFloor',
  'revertMute',
  'setConsultation',
  'setLentMicrophone',
  'setPatch',
  'setUnheard',
  'statistics',
];
/** What is no command: a page that uses these has the call. */
const OF_THE_CALL = ['attach', 'detach', 'header', 'level', 'pictureOf', 'prepare'];
/** An intercom has no picture, no keypad, and a floor instead of hold. */
const NOT_OF_INTERCOMS = [
  'hold',
  'unhold',
  'sendDtmf',
  'setCameraEnabled',
  'flipCamera',
  'setMedia',
  'setQuality',
  'shareScreen',
  'stopScreen',
  'takePhoto',
  'transfer',
  'verifyEncryption',
  'watchMember',
];

/** The commands of a class and of those that it extends, sorted. */
function commandsOf(...classes: readonly {readonly prototype: object}[]): string[] {
  const methods = classes.flatMap(({prototype}) =>
    Object.entries(Object.getOwnPropertyDescriptors(prototype)).flatMap(([name, {value}]) =>
      typeof value === 'function' && name !== 'constructor' ? [name] : [],
    ),
  );
  const left = [...new Set(methods)].filter((name) => ![...INTERNAL, ...OF_THE_CALL].includes(name));
  return left.sort();
}

const call = (element: object, name: string, ...parameters: readonly unknown[]): Promise<unknown> =>
  (Reflect.get(element, name) as (...parameters: readonly unknown[]) => Promise<unknown>).apply(element, [
    ...parameters,
  ]);

describe('the commands of the call that an element shows', () => {
  let client: StagedClient;
  let root: HTMLElement;
  let downloads: Downloads;

  beforeEach(async () => {
    client = await StagedClient.ready();
    root = await fixture(
      html`<sip-client .client=${client}>
        <sip-call></sip-call>
        <sip-conference></sip-conference>
        <sip-intercom></sip-intercom>
        <sip-monitor></sip-monitor>
      </sip-client>`,
    );
    downloads = watchDownloads();
  });
  afterEach(() => downloads.restore());

  const show = <Tag extends keyof typeof TABLES>(tag: Tag): HTMLElementTagNameMap[Tag] =>
    root.querySelector(tag)!;
  const pictured = (): Staged => {
    const staged = client.dial('video');
    staged.dialog.confirm(true);
    staged.dialog.play(new MediaStream([sound(), picture()]), new MediaStream([sound(), picture('red')]));
    return staged;
  };

  it('are those of its class', () => {
    const ofCall = commandsOf(SipCall);
    expect(ofCall).to.include.members(['hold', 'stopRecording']);
    expect([...CALL_COMMANDS].sort()).to.deep.equal(ofCall);
    expect([...CONFERENCE_COMMANDS].sort()).to.deep.equal(commandsOf(SipCall, SipConference));
    expect([...INTERCOM_COMMANDS].sort()).to.deep.equal(
      commandsOf(SipCall, SipIntercom).filter((name) => !NOT_OF_INTERCOMS.includes(name)),
    );
  });

  for (const tag of TAGS)
    it(`reject while <${tag}> shows none, and throw nothing`, async () => {
      const without = document.createElement(tag);
      for (const element of [show(tag), without])
        for (const name of TABLES[tag]) {
          const error = await rejects(call(element, name, '1019'), 'call-not-found');
          expect(error.message).to.contain(tag === 'sip-monitor' ? '1019' : name);
        }
    });

  it('reach a call with their parameters, also one that the element has not drawn yet', async () => {
    const element = show('sip-call');
    const {call: ringing, dialog} = client.ring('video');
    await element.answer({media: 'audio'});
    await element.hold();
    expect(element.state).to.equal(ringing.state);
    expect(element.state!.held).to.equal(true);
    await element.unhold();
    await element.mute();
    await element.unmute();
    await element.sendDtmf('12#');
    await element.setMedia({video: true});
    await element.setCameraEnabled(false);
    await element.shareScreen();
    await element.stopScreen();
    const transferred = element.transfer('1003');
    await until(() => dialog.commands.includes('transfer 1003'));
    dialog.referred!.end();
    await transferred;
    expect(dialog.commands).to.deep.equal([
      'accept audio',
      'hold',
      'unhold',
      'mute',
      'unmute',
      'tones 12#',
      'media video',
      'camera off',
      'share',
      'stop sharing',
      'transfer 1003',
      'hangup',
    ]);
    const {dialog: other} = client.ring();
    await element.decline();
    expect(other.commands).to.deep.equal(['reject 603']);
    const {dialog: third} = client.dial();
    await element.hangup();
    expect(third.commands).to.deep.equal(['hangup']);
  });

  it('reject as the call does', async () => {
    client.dial();
    const element = show('sip-call');
    await rejects(element.hold(), 'invalid-state');
    await rejects(element.sendDtmf('x'), 'bad-parameter');
  });

  it('reach a conference', async () => {
    const {conference, dialog, service} = client.confer();
    dialog.confirm();
    const element = show('sip-conference');
    service.all({number: '1003', name: '', phase: 'answered'});
    expect(element.state).to.equal(conference.state);
    await element.addMember('1004');
    await element.setSpeaking('1003', false);
    await element.setHearing('1003', false);
    await element.setSpotlight('1003', true);
    await element.removeMember('1003');
    await element.playFile('7001', 2);
    await element.stopFile('7001');
    await element.end();
    expect(service.commands).to.deep.equal([
      'add 1004',
      'speaking 1003 off',
      'hearing 1003 off',
      'spotlighted 1003 on',
      'remove 1003',
      'play 7001 2',
      'stop 7001',
      'end',
    ]);
    await element.mute();
    await element.hangup();
    expect(dialog.commands).to.include.members(['mute', 'hangup']);
  });

  it('reach an intercom', async () => {
    const {intercom, dialog, service} = client.interphone();
    dialog.confirm();
    const element = show('sip-intercom');
    await element.requestFloor();
    expect(element.state).to.equal(intercom.state);
    expect(element.state!.floor).to.equal('granted');
    await element.releaseFloor();
    expect(service.commands).to.deep.equal(['ask', 'give back']);
    await element.hangup();
    expect(dialog.commands).to.include('hangup');
  });

  it('reach the camera of a number', async () => {
    const element = show('sip-monitor');
    element.numbers = '1019,1020';
    await element.start();
    await shows(element, () => client.calls.length === 2);
    const [, watched] = client.calls;
    const dialog = client.dialogOf(watched!);
    dialog.confirm(true);
    dialog.play(new MediaStream([sound(), picture()]));
    const told = next(element, 'sip-photo');
    const photo = await element.takePhoto(' 1020 ');
    expect((await told).detail).to.deep.equal({call: watched, blob: photo, name: ''});
    await element.startRecording('1020', {name: 'gate'});
    expect(watched!.state.recording).to.equal(true);
    const blob = await element.stopRecording('1020');
    await until(() => downloads.files.length > 0);
    expect([downloads.files[0]!.name.split('.')[0], blob.size > 0]).to.deep.equal(['gate', true]);
    await rejects(element.takePhoto('1021'), 'call-not-found');
  });

  describe('that take a photo', () => {
    it('dispatch the event of the button and of its key, once each', async () => {
      const {call: shown} = pictured();
      const element = show('sip-call');
      await shows(element, () => part(element, 'photo') !== null);
      const events: HTMLElementEventMap['sip-photo'][] = [];
      const onPhoto = (event: HTMLElementEventMap['sip-photo']): void => void events.push(event);
      document.body.addEventListener('sip-photo', onPhoto);
      const photo = await element.takePhoto({name: 'desk-{number}.jpg'});
      part(element, 'photo')!.click();
      await until(() => events.length === 2);
      element.focus();
      await sendKeys({down: 'Alt'});
      await sendKeys({press: 'p'});
      await sendKeys({up: 'Alt'});
      await until(() => events.length === 3);
      document.body.removeEventListener('sip-photo', onPhoto);
      expect(events[0]!.detail).to.deep.equal({call: shown, blob: photo, name: 'desk-1002.jpg'});
      for (const {bubbles, composed, cancelable} of events)
        expect([bubbles, composed, cancelable]).to.deep.equal([true, true, true]);
      await until(() => downloads.files.length === 3);
      expect(downloads.files[0]!.name).to.equal('desk-1002.jpg');
      expect(photo.type).to.equal('image/jpeg');
    });

    it('download nothing without a name, nor if the page cancels the event', async () => {
      pictured();
      const element = show('sip-call');
      expect((await element.takePhoto({of: 'local'})).type).to.equal('image/png');
      element.addEventListener('sip-photo', (event) => event.preventDefault());
      await element.takePhoto({name: 'x'});
      expect(downloads.files).to.deep.equal([]);
    });

    it('dispatch nothing if there is no picture', async () => {
      const {dialog} = client.dial();
      dialog.confirm();
      const element = show('sip-call');
      element.addEventListener('sip-photo', () => expect.fail('no photo was taken'));
      await rejects(element.takePhoto(), 'no-picture');
    });
  });
});
