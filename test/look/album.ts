/** The page of the scenes: reaches each state, and shows it in each language. Runs in the page. */
import type {LitElement} from 'lit';
import {shortened} from '../support/in-page/targets.js';
import type {Album, Scenes} from './scene.js';
import {callScenes} from './scenes/call.js';
import {captionsScenes} from './scenes/captions.js';
import {channelsScenes} from './scenes/channels.js';
import {checkScenes} from './scenes/check.js';
import {conferenceScenes} from './scenes/conference.js';
import {consoleScenes} from './scenes/console.js';
import {deskLinkScenes} from './scenes/desk-link.js';
import {deskScenes} from './scenes/desk.js';
import {effectsScenes} from './scenes/effects.js';
import {intercomScenes} from './scenes/intercom.js';
import {keysScenes} from './scenes/keys.js';
import {mapScenes} from './scenes/map.js';
import {messagesScenes} from './scenes/messages.js';
import {monitorScenes} from './scenes/monitor.js';
import {pbxScenes} from './scenes/pbx.js';
import {peopleScenes} from './scenes/people.js';
import {phoneScenes} from './scenes/phone.js';
import {journalScenes} from './scenes/journal.js';
import {queueScenes} from './scenes/queue.js';
import {recallScenes} from './scenes/recall.js';
import {recordingsScenes} from './scenes/recordings.js';
import {toolScenes} from './scenes/tools.js';

const SCENES: Scenes = {
  ...callScenes,
  ...captionsScenes,
  ...effectsScenes,
  ...checkScenes,
  ...deskScenes,
  ...deskLinkScenes,
  ...phoneScenes,
  ...conferenceScenes,
  ...monitorScenes,
  ...channelsScenes,
  ...consoleScenes,
  ...intercomScenes,
  ...pbxScenes,
  ...peopleScenes,
  ...messagesScenes,
  ...journalScenes,
  ...queueScenes,
  ...keysScenes,
  ...mapScenes,
  ...recallScenes,
  ...recordingsScenes,
  ...toolScenes,
};

/** The document, and every root inside it. */
function rootsIn(root: Document | ShadowRoot): (Document | ShadowRoot)[] {
  const inner = [...root.querySelectorAll('*')].flatMap(({shadowRoot}) => shadowRoot ?? []);
  return [root, ...inner.flatMap(rootsIn)];
}

const drawn = (): Promise<unknown> =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

async function settled(): Promise<void> {
  for (const root of rootsIn(document))
    for (const element of root.querySelectorAll('*')) await (element as Partial<LitElement>).updateComplete;
}

/** Ends an animation; one that goes on for ever stays at its beginning. */
function hold(animation: Animation): void {
  if (animation.effect?.getComputedTiming().endTime !== Infinity) return animation.finish();
  animation.pause();
  animation.currentTime = 0;
}

/** What is shown, as text: it stays the same once everything was drawn. */
const written = (): string =>
  rootsIn(document)
    .map((root) => (root instanceof Document ? root.body : root).innerHTML)
    .join();

async function settle(language: string): Promise<void> {
  const {documentElement: page} = document;
  page.lang = language;
  page.dir = language === 'ar' ? 'rtl' : 'ltr';
  scrollTo(0, 0);
  // A language and its font come in turn: it is all there if nothing has changed twice.
  for (let still = 0; still < 2; still += 1) {
    const before = written();
    await settled();
    await drawn();
    if (document.fonts.status === 'loading') still = -1;
    await document.fonts.ready;
    if (written() !== before) still = -1;
  }
  for (const root of rootsIn(document)) {
    await Promise.all([...root.querySelectorAll('img')].map((image) => image.decode().catch(() => {})));
    for (const animation of root.getAnimations()) hold(animation);
  }
  await drawn();
}

const album: Album = {
  list: Object.entries(SCENES).map(([name, {reach: _, ...rest}]) => ({name, ...rest})),
  async reach(name) {
    // Elements find each language loaded.
    await Promise.all([import('../../src/locales/zh-CN.js'), import('../../src/locales/ar.js')]);
    await SCENES[name]!.reach();
  },
  settle,
  shortened: () =>
    [...document.querySelectorAll('main *')].flatMap((element) =>
      element.shadowRoot ? shortened(element) : [],
    ),
};
Object.assign(window, {album});
