/** `<sip-monitor>`: walls of each size. */
import type {SipMonitorElement} from '../../../src/elements/sip-monitor/sip-monitor.js';
import {durations} from '../../../src/durations/page.js';
import {SipError} from '../../../src/errors.js';
import {sound, type StagedClient} from '../../support/staged/staged-client.js';
import type {Scenes} from '../scene.js';
import {client, deep, part, pass, press, ready, show, shows, view, type View} from '../stage.js';

const VIEWS: readonly View[] = ['gate', 'dark', 'bright', 'person'];

interface Wall {
  readonly on: StagedClient;
  readonly element: SipMonitorElement;
}

const phases = (element: SipMonitorElement): string[] =>
  deep(element, '.tile').map(({dataset}) => dataset['phase']!);

/** A wall of so many cameras, all of which were asked for. */
async function asked(count: number): Promise<Wall> {
  durations.monitorRetry = 30_000;
  const on = await ready();
  const numbers = Array.from({length: count}, (_, index) => 1019 + index).join();
  const element = await show('sip-monitor', on, {numbers});
  await shows(element, () => part(element, 'start') !== null);
  await press(element, 'start');
  await shows(element, () => on.state.calls.length === count);
  return {on, element};
}

/** A wall of so many cameras; every fifth refuses, every seventh does not answer yet. */
async function wall(count: number, all = false): Promise<Wall> {
  const {on, element} = await asked(count);
  for (const [index, call] of on.state.calls.entries()) {
    const dialog = on.dialogOf(call);
    if (!all && index % 7 === 3) continue;
    if (!all && index % 5 === 1) {
      dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'not-allowed', status: 403}});
      continue;
    }
    dialog.confirm(true);
    dialog.set({media: {audio: 'recvonly', video: 'recvonly'}});
    dialog.play(new MediaStream([view(VIEWS[index % VIEWS.length]!), sound()]));
  }
  const live = (): number => phases(element).filter((phase) => phase === 'live').length;
  const wanted = on.state.calls.filter(({state}) => state.phase === 'answered').length;
  pass(65_000);
  await shows(element, () => live() === wanted);
  return {on, element};
}

/** A round of two saved ones, one of whose cameras is passed over. */
async function round(): Promise<SipMonitorElement> {
  durations.monitorRetry = 30_000;
  const camera = (number: number, name: string): object => ({number: String(number), name});
  const cameras = [camera(1, 'North gate'), camera(2, 'Warehouse'), camera(3, 'Quay 3'), camera(4, 'Yard')];
  const more = [5, 6, 7, 8, 9].map((number) => camera(number, `Tunnel ${number}`));
  const rounds = [
    {name: 'Gates and yards', cameras: [...cameras, ...more], tiles: 4, seconds: 3600},
    {name: '夜间巡视', cameras: more, tiles: 1, seconds: 15},
  ];
  localStorage.setItem('sip-elements:rounds:1001@stage.test', JSON.stringify({version: 1, rounds}));
  const on = await ready({historyStorage: 'local'});
  const element = await show('sip-monitor', on);
  await element.startRound('Gates and yards');
  await shows(element, () => on.state.calls.length === 4);
  const [, failed] = on.state.calls;
  on.dialogOf(failed!).set({phase: 'terminated', cause: {by: 'remote', code: 'number-offline'}});
  await shows(element, () => on.state.calls.some(({remote}) => remote.number === '5'));
  for (const [index, call] of on.state.calls.filter(({state}) => state.phase !== 'released').entries()) {
    const dialog = on.dialogOf(call);
    dialog.confirm(true);
    dialog.set({media: {audio: 'recvonly', video: 'recvonly'}});
    dialog.play(new MediaStream([view(VIEWS[index % VIEWS.length]!), sound()]));
  }
  await shows(element, () => phases(element).every((phase) => phase === 'live'));
  return element;
}

export const monitorScenes: Scenes = {
  'monitor-none': {
    kept: ['light-en-320'],
    async reach() {
      await show('sip-monitor', await ready());
    },
  },
  'monitor-chosen': {
    kept: ['dark-zh-CN-768'],
    async reach() {
      await show('sip-monitor', await ready(), {numbers: '1019,1020,1021,1022'});
    },
  },
  'monitor-connecting': {
    kept: ['dark-en-320'],
    async reach() {
      await asked(2);
    },
  },
  'monitor-1': {
    kept: ['light-en-768'],
    async reach() {
      await wall(1, true);
    },
  },
  'monitor-4': {
    kept: ['light-ar-320'],
    async reach() {
      await wall(4, true);
    },
  },
  'monitor-16': {
    kept: ['dark-zh-CN-1440', 'light-en-320'],
    async reach() {
      await wall(16);
    },
  },
  'monitor-round': {
    kept: ['dark-zh-CN-1440', 'light-en-320'],
    async reach() {
      await round();
    },
  },
  'monitor-rounds': {
    kept: ['light-en-768'],
    async reach() {
      const element = await round();
      await press(element, 'rounds');
      await shows(element, () => part(element, 'round-form') !== null);
      const field = deep<HTMLInputElement>(element, '[part=round-cameras] input')[0]!;
      field.value = '1019,1020,1021,';
      field.dispatchEvent(new InputEvent('input', {bubbles: true}));
      await shows(element, () => deep(element, '.chip button').length === 3);
    },
  },
  'monitor-menu': {
    kept: ['light-zh-CN-320'],
    async reach() {
      const {element} = await wall(2, true);
      await press(element, 'camera-more');
      await shows(element, () => part(element, 'invite') !== null);
    },
  },
  'monitor-failed': {
    kept: ['light-en-768'],
    async reach() {
      const {on, element} = await asked(3);
      const causes = ['busy', 'not-allowed', 'timeout'] as const;
      for (const [index, call] of on.state.calls.entries())
        on.dialogOf(call).set({phase: 'terminated', cause: {by: 'remote', code: causes[index]!}});
      await shows(element, () => phases(element).every((phase) => phase !== 'connecting'));
    },
  },
  'monitor-disconnected': {
    kept: [],
    async reach() {
      const on = client();
      on.failure = new SipError('connection-lost');
      await on.connect().catch(() => {});
      await show('sip-monitor', on, {numbers: '1019'});
    },
  },
};
