/** `<sip-queue>`: empty, in the middle of a shift, and with an SOS before, during and after its call. */
import {sound, type StagedClient} from '../../support/staged/staged-client.js';
import type {StagedPeople} from '../../support/staged/staged-people.js';
import type {Scenes} from '../scene.js';
import {part, pass, ready, show, shows} from '../stage.js';

const MINUTE = 60_000;
const ANNA = {number: '1003', name: 'Anna Novak'};

/** A client that knows where Anna is. */
async function located(): Promise<StagedClient> {
  const on = await ready();
  const people = on.directoryService as StagedPeople;
  people.places.push({number: '1003', lng: 9.9844, lat: 53.5412, time: Date.now() - 8_000, raw: {}});
  return on;
}

/** Shows a conference and calls that run, wait and are on hold. */
async function shift(on: StagedClient): Promise<HTMLElement> {
  const held = on.dial('audio', {number: '1014', name: '周杰'});
  held.dialog.play(new MediaStream([sound()]), new MediaStream([sound()]));
  held.dialog.confirm();
  const meeting = on.confer();
  meeting.dialog.play(new MediaStream([sound()]), new MediaStream([sound()]));
  meeting.dialog.confirm();
  pass(2 * MINUTE);
  on.ring('audio', {number: '1011', name: '赵敏'}, 'urgent');
  on.ring('video', {number: '1004', name: 'Maximilian von Hohenzollern-Sigmaringen'});
  pass(31_000);
  on.ring('audio', {number: '13800138000', name: ''});
  const element = await show('sip-queue', on);
  await shows(element, () => part(element, 'answer') !== null);
  return element;
}

export const queueScenes: Scenes = {
  'queue-none': {
    kept: ['light-en-320'],
    async reach() {
      await show('sip-queue', await located());
    },
  },
  'queue-sos': {
    kept: ['dark-zh-CN-320', 'light-en-768'],
    async reach() {
      const on = await located();
      const element = await shift(on);
      on.ring('audio', ANNA, 'sos');
      await shows(element, () => part(element, 'position')?.innerText.includes('53.54') ?? false);
    },
  },
  'queue-sos-answered': {
    kept: ['light-ar-320'],
    async reach() {
      const on = await located();
      const element = await shift(on);
      const {call} = on.ring('audio', ANNA, 'sos');
      await shows(element, () => part(element, 'alarm') !== null);
      await call.answer();
      await shows(element, () => part(element, 'return') !== null);
    },
  },
  'queue-sos-ended': {
    kept: ['forced-en-320'],
    async reach() {
      const on = await located();
      const element = await shift(on);
      const {call} = on.ring('audio', ANNA, 'sos');
      await shows(element, () => part(element, 'alarm') !== null);
      await call.decline();
      await shows(element, () => part(element, 'again') !== null);
    },
  },
};
