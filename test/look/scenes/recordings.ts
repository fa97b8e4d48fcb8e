/** `<sip-recordings>`: none yet, some of several kinds, one that plays, and one whose title is edited. */
import {leaveRecording, recordTone} from '../../support/staged/left-recordings.js';
import type {SipRecordingsElement} from '../../../src/elements/sip-recordings/sip-recordings.js';
import type {Scenes} from '../scene.js';
import {deep, part, press, ready, show, shows} from '../stage.js';

const MINUTE = 60_000;

/** Whom a recording is of, how many minutes ago, how long, and what it is called. */
const RECORDED = [
  {remote: {number: '1002', name: '李雷'}, ago: 4, duration: 62, pictured: false},
  {
    remote: {number: '1003', name: 'Anna Novak'},
    ago: 31,
    duration: 96,
    pictured: true,
    title: 'Gate 4, alarm',
  },
  {
    remote: {number: '1004', name: 'Maximilian von Hohenzollern-Sigmaringen'},
    ago: 95,
    duration: 9,
    pictured: false,
  },
  {remote: {number: '+493012345678', name: ''}, ago: 1500, duration: 421, pictured: false, cut: true},
];

/** @param tone - What is recorded; by default bytes that no player reads, whose number is the same each time. */
async function recordings(count = RECORDED.length, tone?: Blob): Promise<SipRecordingsElement> {
  const on = await ready({user: crypto.randomUUID(), recordingsStorage: 'local'});
  for (const {remote, ago, duration, pictured, title, cut} of RECORDED.slice(0, count)) {
    const {id, sink} = await on.recordings.begin({
      call: 'staged',
      direction: 'incoming',
      remote,
      time: Date.now() - ago * MINUTE,
    });
    const bytes = tone ?? new Uint8Array(Math.round(duration * (pictured ? 40_000 : 4_000)));
    const file = new Blob([bytes], {type: pictured ? 'video/webm' : 'audio/webm'});
    await sink.write(file, {duration, pictured});
    await sink.finish({
      type: file.type,
      duration,
      pictured,
      ...(cut && {error: 'storage-full' as const}),
    });
    if (title) await on.recordings.rename(id!, title);
  }
  const element = await show('sip-recordings', on);
  await shows(element, () => part(element, 'panel')?.getAttribute('aria-busy') === 'false');
  return element;
}

export const recordingsScenes: Scenes = {
  'recordings-none': {
    kept: [],
    async reach() {
      await recordings(0);
    },
  },
  'recordings-list': {
    kept: ['light-en-320', 'dark-zh-CN-768'],
    async reach() {
      await recordings();
    },
  },
  'recordings-open': {
    kept: [],
    async reach() {
      const element = await recordings(4, await recordTone(440));
      await press(element, 'play');
      await shows(element, () => !!deep<HTMLAudioElement>(element, 'audio')[0]?.duration);
      deep<HTMLAudioElement>(element, 'audio')[0]!.pause();
    },
  },
  'recordings-history': {
    kept: [],
    async reach() {
      const on = await ready({user: crypto.randomUUID(), recordingsStorage: 'local'});
      const file = await recordTone(440);
      for (const [index, {remote, ago}] of RECORDED.entries()) {
        const time = Date.now() - ago * MINUTE;
        if (index % 2 === 0) await leaveRecording(on.recordings, {remote, file, time, call: `call-${index}`});
        on.history.note({
          ...{id: `call-${index}`, type: 'single', direction: 'outgoing', remote, media: 'audio', time},
          ...{spoken: 62_000, recorded: true},
        });
      }
      const element = await show('sip-history', on);
      await shows(element, () => part(element, 'play') !== null);
      await press(element, 'play');
      await shows(element, () => !!deep<HTMLAudioElement>(element, 'audio')[0]?.duration);
      deep<HTMLAudioElement>(element, 'audio')[0]!.pause();
    },
  },
  'recordings-title': {
    kept: [],
    async reach() {
      const element = await recordings();
      await press(element, 'rename');
      await shows(element, () => part(element, 'title') !== null);
    },
  },
  'recordings-deleted': {
    kept: ['dark-ar-320'],
    async reach() {
      const element = await recordings();
      await press(element, 'delete');
      await shows(element, () => part(element, 'undo') !== null);
      await shows(element, () => deep(element, '[part=recording]').length === 3);
    },
  },
};
