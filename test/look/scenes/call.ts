/** `<sip-call>`: before, during and after a call. */
import type {SipCallElement} from '../../../src/elements/sip-call/sip-call.js';
import {SipDevices} from '../../../src/core/devices/devices.js';
import type {CallMedia, CallType} from '../../../src/core/types.js';
import type {Staged, StagedClient} from '../../support/staged/staged-client.js';
import {StagedDevices} from '../../support/staged/staged-devices.js';
import type {Scenes} from '../scene.js';
import {
  client,
  deep,
  part,
  pass,
  playing,
  press,
  ready,
  seen,
  show,
  shows,
  textOf,
  view,
  type View,
} from '../stage.js';

interface Shown extends Staged {
  readonly client: StagedClient;
  readonly element: SipCallElement;
}

async function stage(how: 'ring' | 'dial', media: CallMedia, type?: CallType): Promise<Shown> {
  const on = await ready();
  const staged = on[how](media, {number: '1002', name: '李雷'}, type);
  const element = await show('sip-call', on);
  await shows(element, () => part(element, 'middle') !== null);
  return {...staged, client: on, element};
}

/** An answered call that has lasted a minute. */
async function answered(media: CallMedia = 'audio', type?: CallType): Promise<Shown> {
  const shown = await stage(type ? 'ring' : 'dial', media, type);
  shown.dialog.confirm(media === 'video');
  pass(65_000);
  return shown;
}

/** A video call with these views. */
async function filmed(remote: View, local: View = 'person', type?: CallType): Promise<Shown> {
  const shown = await answered('video', type);
  shown.dialog.play(seen(remote), seen(local));
  await playing(shown.element, 2);
  return shown;
}

/** A video call on a phone with a front camera and a back camera; one of them is on. */
async function filmedByOneOfTwo(facing: 'user' | 'environment'): Promise<SipCallElement> {
  new StagedDevices([
    {kind: 'microphone', id: 'microphone', label: 'Microphone'},
    {kind: 'camera', id: 'front', label: 'Front camera', facing: 'user'},
    {kind: 'camera', id: 'back', label: 'Back camera', facing: 'environment'},
  ]);
  const on = await ready({devices: new SipDevices({storage: 'call-flip'})});
  const {dialog} = on.dial('video', {number: '1002', name: '李雷'});
  const element = await show('sip-call', on);
  dialog.confirm(true);
  pass(65_000);
  const camera = view(facing === 'user' ? 'person' : 'gate');
  const settings = camera.getSettings();
  camera.getSettings = () => ({...settings, facingMode: facing});
  dialog.play(seen(facing === 'user' ? 'gate' : 'person'), new MediaStream([camera]));
  await playing(element, 2);
  return element;
}

/** The button of a control that the element is made of. */
const inner = (element: SipCallElement, tag: string): HTMLElement | null =>
  deep(element, tag)[0]?.shadowRoot?.querySelector<HTMLElement>('button') ?? null;

export const callScenes: Scenes = {
  'call-idle': {
    kept: ['light-en-320', 'dark-zh-CN-768'],
    async reach() {
      await show('sip-call', await ready());
    },
  },
  'call-disconnected': {
    kept: [],
    async reach() {
      await show('sip-call', client());
    },
  },
  'call-no-client': {
    kept: ['light-en-768'],
    async reach() {
      await show('sip-call');
    },
  },
  'call-calling': {
    kept: ['light-en-320'],
    async reach() {
      await stage('dial', 'video');
    },
  },
  'call-ringing': {
    kept: ['dark-ar-320'],
    async reach() {
      await stage('ring', 'video');
    },
  },
  'call-sos-ringing': {
    kept: ['light-zh-CN-320'],
    async reach() {
      await stage('ring', 'video', 'sos');
    },
  },
  'call-audio': {
    kept: ['light-en-768', 'forced-en-320'],
    async reach() {
      await answered();
    },
  },
  'call-sound': {
    kept: [],
    async reach() {
      new StagedDevices([
        {kind: 'microphone', id: 'headset', label: 'Headset (Jabra Evolve2 65)'},
        {kind: 'output', id: 'headset', label: 'Headset (Jabra Evolve2 65)'},
        {kind: 'output', id: 'box', label: 'Desk loudspeaker'},
      ]);
      // Other scenes share the browser's store, and must not have this choice.
      const devices = new SipDevices({storage: 'call-sound'});
      await devices.list();
      await devices.select('unselected', 'box');
      const on = await ready({devices});
      const {dialog, call} = on.dial('video', {number: '1002', name: '李雷'});
      const element = await show('sip-call', on);
      dialog.confirm(true);
      pass(65_000);
      await call.setVolume(0.6);
      await shows(element, () => ['sound-devices', 'devices'].some((name) => part(element, name)));
      if (part(element, 'sound-devices')) await press(element, 'sound-devices');
      else {
        await press(element, 'more');
        await press(element, 'devices');
      }
      await shows(element, () => deep(element, '[type=radio]').length === 2);
      deep(element, 'sip-sound-settings')[0]!.scrollIntoView({block: 'end'});
    },
  },
  'call-interrupted': {
    kept: [],
    async reach() {
      const {client: on, call, element} = await answered();
      const urgent = on.ring('audio', {number: '1004', name: 'Maximilian von Hohenzollern'}, 'sos');
      element.sid = call.id;
      await urgent.call.answer();
      await shows(element, () => part(element, 'notice') !== null);
    },
  },
  'call-bright': {
    kept: ['light-en-320', 'dark-ar-768'],
    async reach() {
      await filmed('bright');
    },
  },
  'call-dark': {
    kept: ['dark-zh-CN-320'],
    async reach() {
      await filmed('dark');
    },
  },
  'call-person': {
    kept: ['light-en-1440'],
    async reach() {
      await filmed('gate');
    },
  },
  'call-far-camera-off': {
    kept: [],
    async reach() {
      const {dialog, element} = await answered('video');
      dialog.set({media: {audio: 'sendrecv', video: 'sendonly'}});
      dialog.play(undefined, seen('person'));
      await playing(element);
      await shows(element, () => textOf(element).includes('Their camera is off'));
    },
  },
  'call-microphone-refused': {
    kept: [],
    async reach() {
      const {dialog, element} = await answered();
      dialog.set({warning: 'microphone-refused'});
      await shows(element, () => inner(element, 'sip-mute-button')?.classList.contains('on') === true);
    },
  },
  'call-media-refused': {
    kept: [],
    async reach() {
      const {dialog, element} = await answered('video');
      dialog.set({media: {audio: 'sendrecv', video: 'inactive'}, warning: 'media-refused'});
      await shows(element, () => part(element, 'retry') !== null);
    },
  },
  'call-muted': {
    kept: ['forced-en-768'],
    async reach() {
      const {dialog, call} = await filmed('person', 'gate');
      await call.mute();
      dialog.set({cameraOff: true});
    },
  },
  'call-held': {
    kept: ['light-zh-CN-320'],
    async reach() {
      const {dialog} = await filmed('person');
      dialog.set({held: true});
    },
  },
  'call-held-by-other': {
    kept: ['dark-en-320'],
    async reach() {
      const {dialog} = await answered();
      dialog.set({remoteHeld: true});
    },
  },
  'call-recorded': {
    kept: ['light-en-320', 'dark-ar-320'],
    async reach() {
      const {call, element} = await filmed('bright');
      await call.startRecording();
      await shows(element, () => element.shadowRoot!.querySelector('.recording') !== null);
      pass(12_000);
    },
  },
  'call-flip': {
    kept: ['light-en-768', 'dark-ar-768'],
    touch: true,
    async reach() {
      const element = await filmedByOneOfTwo('user');
      await shows(element, () => part(element, 'flip')?.checkVisibility() === true);
    },
  },
  'call-flip-back': {
    kept: ['dark-zh-CN-768'],
    touch: true,
    async reach() {
      const element = await filmedByOneOfTwo('environment');
      await shows(element, () => part(element, 'flip')?.checkVisibility() === true);
    },
  },
  'call-flip-menu': {
    kept: ['light-en-320', 'dark-zh-CN-320', 'light-ar-320', 'forced-en-320'],
    whole: true,
    touch: true,
    only: 320,
    async reach() {
      const element = await filmedByOneOfTwo('user');
      await press(element, 'more');
      await shows(element, () => part(element, 'flip')?.checkVisibility() === true);
    },
  },
  'call-flip-back-menu': {
    kept: ['light-en-320', 'dark-ar-320'],
    whole: true,
    touch: true,
    only: 320,
    async reach() {
      const element = await filmedByOneOfTwo('environment');
      await press(element, 'more');
      await shows(element, () => part(element, 'flip')?.checkVisibility() === true);
    },
  },
  'call-encrypted': {
    kept: ['light-en-320', 'dark-zh-CN-320', 'light-ar-320'],
    async reach() {
      const {dialog, element} = await answered();
      dialog.set({encryption: {phase: 'unverified', code: '048213'}});
      await shows(element, () => part(element, 'encryption') !== null);
      part(element, 'encryption')!.click();
    },
  },
  'call-not-encrypted': {
    kept: ['dark-ar-320'],
    async reach() {
      const {dialog, element} = await filmed('person');
      dialog.set({encryption: {phase: 'none'}});
      await shows(element, () => part(element, 'encryption') !== null);
    },
  },
  'call-recorded-by-other': {
    kept: ['light-zh-CN-768'],
    async reach() {
      const {dialog, element} = await filmed('person');
      dialog.set({remoteRecording: true});
      await shows(element, () => part(element, 'recorded') !== null);
    },
  },
  'call-shared-screen': {
    kept: ['dark-en-768'],
    async reach() {
      const {dialog, element} = await filmed('bright');
      dialog.set({remoteSharing: true});
      await shows(element, () => part(element, 'stage')!.matches('.beside'));
    },
  },
  'call-video-added': {
    kept: ['light-en-320'],
    async reach() {
      const {dialog, element} = await answered();
      dialog.set({media: {audio: 'sendrecv', video: 'recvonly'}});
      dialog.play(seen('bright'));
      await playing(element);
      await shows(element, () => part(element, 'notice') !== null);
    },
  },
  'call-recording-paused': {
    kept: ['light-zh-CN-768'],
    async reach() {
      const {call, element} = await filmed('person');
      await call.startRecording();
      pass(12_000);
      await call.pauseRecording();
      await shows(element, () => call.state.recordingPaused);
    },
  },
  'call-answered-by-itself': {
    kept: ['light-en-320'],
    async reach() {
      const on = await ready({autoAnswer: 'audio'});
      const element = await show('sip-call', on);
      const {call} = on.announce();
      await shows(element, () => call.state.phase === 'answered' && part(element, 'notice') !== null);
      pass(5_000);
    },
  },
  'call-sos': {
    kept: ['light-en-320', 'dark-zh-CN-768'],
    async reach() {
      await filmed('gate', 'person', 'sos');
    },
  },
  'call-silent': {
    kept: ['light-ar-320'],
    async reach() {
      const {element} = await answered();
      element.silent = true;
    },
  },
  'call-silent-held': {
    kept: ['light-en-320'],
    async reach() {
      const {element, dialog} = await answered();
      element.silent = true;
      dialog.set({remoteHeld: true});
    },
  },
  'call-recovering': {
    kept: ['dark-en-320'],
    async reach() {
      const {dialog} = await filmed('person');
      dialog.set({health: 'recovering'});
    },
  },
  'call-keypad': {
    kept: ['light-en-768'],
    whole: true,
    only: 768,
    async reach() {
      const {element} = await answered();
      await press(element, 'keypad');
      await shows(element, () => inner(element, 'sip-keypad') !== null);
    },
  },
  'call-more': {
    kept: ['dark-zh-CN-320'],
    whole: true,
    only: 320,
    async reach() {
      const {element} = await answered('video');
      await press(element, 'more');
    },
  },
  'call-sounds': {
    kept: ['light-en-320', 'dark-zh-CN-768'],
    whole: true,
    async reach() {
      const {client, element} = await answered();
      client.files = [
        {id: '1', name: 'Evacuation, north.wav', duration: 42, url: '/1', sample: false},
        {id: '2', name: 'sample-sound.ogg', duration: 3, url: '/2', sample: true},
      ];
      await shows(element, () => part(element, 'sounds') !== null);
      if (part(element, 'sounds')!.closest('.menu')) await press(element, 'more');
      await press(element, 'sounds');
      await shows(element, () => deep(element, '.entry').length === 5);
    },
  },
  'call-transfer': {
    kept: ['light-en-320', 'dark-ar-768'],
    whole: true,
    async reach() {
      const {element} = await answered();
      await shows(element, () => inner(element, 'sip-transfer-button') !== null);
      inner(element, 'sip-transfer-button')!.click();
    },
  },
  'call-transfer-asked': {
    kept: ['light-zh-CN-320'],
    async reach() {
      const {dialog, element} = await answered();
      void dialog.ask({number: '1005', name: 'Anna Novak'});
      await shows(element, () => part(element, 'accept') !== null);
    },
  },
  'call-ended': {
    kept: ['light-en-320'],
    async reach() {
      const {dialog} = await answered();
      dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'normal'}});
    },
  },
  'call-failed': {
    kept: ['dark-en-768'],
    async reach() {
      const {dialog} = await stage('dial', 'audio');
      dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'busy', status: 486}});
    },
  },
};
