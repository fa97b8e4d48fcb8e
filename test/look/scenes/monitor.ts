/** `<sip-monitor>`: walls of each size. */
import type {SipMonitorElement} from '../../../src/elements/sip-monitor/sip-monitor.js';
import {durations} from '../../../src/durations.js';
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
