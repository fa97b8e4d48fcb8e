/** `<sip-conference>`: its form, and conferences of each size. */
import type {MemberReport} from '../../../src/core/conference/conference-member.js';
import type {SipConferenceElement} from '../../../src/elements/sip-conference/sip-conference.js';
import type {StagedMeeting} from '../../support/staged/staged-client.js';
import type {Scenes} from '../scene.js';
import {
  deep,
  enter,
  part,
  pass,
  playing,
  press,
  ready,
  seen,
  show,
  shows,
  write,
  type View,
} from '../stage.js';

const NAMES = ['王芳', '李雷', 'Anna Novak', 'Maximilian von Hohenzollern-Sigmaringen', '张伟', 'Zhao Min'];
const VIEWS: readonly View[] = ['person', 'bright', 'dark', 'gate'];

interface Met extends StagedMeeting {
  readonly element: SipConferenceElement;
}

const form = async (properties: Partial<SipConferenceElement> = {}): Promise<SipConferenceElement> => {
  const element = await show('sip-conference', await ready(), properties);
  await shows(element, () => part(element, 'start') !== null);
  return element;
};

/** A conference of so many members, each with a picture of their own up to so many. */
async function meet(count: number, pictures = 0, isMixed = false): Promise<Met> {
  const on = await ready();
  const element = await show('sip-conference', on);
  const meeting = on.confer({media: pictures || isMixed ? 'video' : 'audio'});
  meeting.dialog.confirm(pictures > 0 || isMixed);
  pass(754_000);
  const members = Array.from({length: count}, (_, index): MemberReport => {
    const number = String(1001 + index);
    return {number, name: NAMES[index] ?? `Patrol ${number}`, phase: 'answered', talking: index === 1};
  });
  meeting.service.all(...members);
  if (pictures) {
    meeting.dialog.remotePictures = Array.from({length: pictures}, (_, index) => ({
      id: String(index),
      label: String(1002 + index),
      stream: seen(VIEWS[index % VIEWS.length]!),
    }));
    meeting.dialog.play(meeting.dialog.remotePictures[0]!.stream as MediaStream, seen('person'));
    await playing(element);
  }
  await shows(element, () => part(element, 'roster') !== null);
  return {...meeting, element};
}

/** A conference whose server mixes all pictures into one. */
async function mixed(): Promise<Met> {
  const met = await meet(7, 0, true);
  const stream = seen('gate');
  met.dialog.remotePictures = [{id: '1', label: '', stream}];
  met.dialog.play(stream, seen('person'));
  await playing(met.element, 2);
  return met;
}

export const conferenceScenes: Scenes = {
  'conference-form': {
    kept: ['light-en-320', 'dark-ar-768'],
    async reach() {
      const element = await form({members: '1002,1003'});
      await shows(element, () => deep(element, '[part~=chosen] bdi').length === 2);
    },
  },
  'conference-form-error': {
    kept: ['light-zh-CN-768'],
    async reach() {
      const element = await form();
      write(part(element, 'members-field'), 'nobody {here}');
      enter(part(element, 'members-field')!);
      await shows(element, () => deep(element, '[aria-invalid=true], [part=notice]').length > 0);
    },
  },
  'conference-ringing': {
    kept: ['dark-en-320'],
    async reach() {
      const on = await ready();
      const element = await show('sip-conference', on);
      on.confer({direction: 'incoming', media: 'video'});
      await shows(element, () => part(element, 'answer-audio') !== null);
    },
  },
  'conference-3': {
    kept: ['light-en-768'],
    async reach() {
      await meet(3, 2);
    },
  },
  'conference-3-audio': {
    kept: ['dark-zh-CN-320'],
    async reach() {
      const {service} = await meet(3);
      service.some(
        {number: '1003', phase: 'ringing'},
        {number: '1005', name: '张伟', phase: 'released', cause: {by: 'remote', code: 'busy'}},
        {number: '1002', speaking: false},
      );
    },
  },
  'conference-7': {
    kept: ['dark-en-1440', 'light-ar-320'],
    async reach() {
      await meet(7, 6);
    },
  },
  'conference-11': {
    kept: ['light-zh-CN-768'],
    async reach() {
      await meet(11, 4);
    },
  },
  'conference-40': {
    kept: ['light-en-320', 'dark-en-768'],
    async reach() {
      await meet(40, 4);
    },
  },
  'conference-speaker': {
    kept: ['dark-ar-768'],
    async reach() {
      const {element} = await meet(7, 6);
      await press(element, 'layout-speaker');
      await playing(element);
    },
  },
  'conference-picture': {
    kept: ['light-en-320'],
    async reach() {
      const {element} = await mixed();
      await press(element, 'layout-picture');
      await playing(element);
    },
  },
  'conference-mixed': {
    kept: ['light-en-768'],
    async reach() {
      await mixed();
    },
  },
  'conference-file': {
    kept: ['light-en-320'],
    async reach() {
      const {service, element} = await meet(3);
      const file = {id: 'f7', position: 20, duration: 65, time: 1, times: 2};
      service.some({number: 'f7', name: 'Evacuation', phase: 'answered', file});
      await shows(element, () => part(element, 'file') !== null);
    },
  },
  'conference-invite': {
    kept: ['dark-zh-CN-320'],
    whole: true,
    async reach() {
      const {element} = await meet(3, 2);
      await press(element, 'invite');
      await shows(element, () => part(element, 'members-field') !== null);
    },
  },
  'conference-end': {
    kept: ['light-en-320'],
    whole: true,
    async reach() {
      const {element} = await meet(3, 2);
      await press(element, 'end');
      await shows(element, () => part(element, 'end-confirm') !== null);
    },
  },
  'conference-recorded': {
    kept: [],
    async reach() {
      const {call, element} = await meet(3, 2);
      await call.startRecording();
      await shows(element, () => call.state.recording);
      pass(12_000);
    },
  },
  'conference-over': {
    kept: ['light-ar-768'],
    async reach() {
      const {dialog, element} = await meet(3);
      dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'normal'}});
      await shows(element, () => part(element, 'clear') !== null);
    },
  },
  'conference-broadcast': {
    kept: [],
    async reach() {
      const client = await ready();
      client.files = [
        {id: 'f9', name: 'Evacuation, north gate.mp3', size: 1_500_000, time: Date.now(), sample: false},
        {id: 'sample-sound', name: 'sample-sound.ogg', size: 20_000, sample: true},
      ];
      const element = await show('sip-conference', client, {broadcast: true, fileId: 'sample-sound'});
      await shows(element, () => part(element, 'file-choice') !== null);
      part(element, 'file-choice')!.querySelector('summary')!.click();
      await shows(element, () => deep(element, '[part=uploaded]').length === 3);
    },
  },
};
