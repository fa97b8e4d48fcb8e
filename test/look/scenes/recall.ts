/** `<sip-recall>`: turned off, before anything was heard, and with utterances of groups and a call. */
import type {SipRecallElement} from '../../../src/elements/sip-recall/sip-recall.js';
import {becomes} from '../../support/in-page/facts.js';
import {leaveForRecall} from '../../support/in-page/recall.js';
import type {Scenes} from '../scene.js';
import {deep, part, press, ready, show, shows} from '../stage.js';

const MINUTE = 60_000;
const HARBOR = {number: '9001', name: '总调度 All hands'};
const PATROL = {number: '9002', name: '巡逻队'};

/** Who has said something, in which call, how many seconds ago and for how long. */
const SAID = [
  {remote: HARBOR, speaker: {number: '1002', name: '李雷'}, ago: 20, duration: 6.2},
  {remote: PATROL, speaker: {number: '1003', name: 'Anna Novak'}, ago: 34, duration: 12},
  {remote: HARBOR, speaker: {number: '1005', name: '张伟'}, ago: 61, duration: 3.4},
  {
    remote: {number: '1004', name: 'Maximilian von Hohenzollern-Sigmaringen'},
    speaker: {number: '1004', name: 'Maximilian von Hohenzollern-Sigmaringen'},
    ago: 130,
    duration: 31,
  },
  {remote: HARBOR, speaker: undefined, ago: 240, duration: 4},
];

async function recall(said: typeof SAID): Promise<SipRecallElement> {
  // Scenes side by side would take over what the others have left.
  const user = crypto.randomUUID();
  for (const [index, {ago, ...about}] of said.entries())
    await leaveForRecall({
      account: `${user}@stage.test`,
      id: `said-${index}`,
      left: 5 * MINUTE - ago * 1_000,
      about: {
        ...about,
        call: 'staged',
        type: 'intercom',
        direction: 'outgoing',
        time: Date.now() - ago * 1_000,
      },
    });
  const on = await ready({recall: 5, user});
  await becomes(on.recall, ({active}) => active);
  const element = await show('sip-recall', on);
  await shows(element, () => deep(element, '[part=utterance]').length === said.length);
  return element;
}

export const recallScenes: Scenes = {
  'recall-off': {
    kept: [],
    async reach() {
      await show('sip-recall', await ready());
    },
  },
  'recall-none': {
    kept: [],
    async reach() {
      await recall([]);
    },
  },
  'recall-utterances': {
    kept: ['light-en-320', 'dark-ar-768'],
    async reach() {
      await recall(SAID);
    },
  },
  'recall-saved': {
    kept: ['light-en-768', 'dark-zh-CN-320'],
    async reach() {
      const element = await recall(SAID);
      await press(element, 'keep');
      await shows(element, () => part(element, 'download') !== null);
    },
  },
};
