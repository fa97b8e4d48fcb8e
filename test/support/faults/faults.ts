import {setTimeout as pause} from 'node:timers/promises';
import {crashes} from '../page/crash.js';
import type {Struck} from './stage.js';

/** Something that goes wrong between a page, its network and its server. */
export interface Fault {
  readonly name: string;
  /** What it is, in a few words. */
  readonly what: string;
  /** Makes it happen; resolves when its cause is over. */
  strikes(stage: Struck): Promise<void>;
  /** What the user or the browser then does for the page to be a phone again; its time counts. */
  repairs?(stage: Struck): Promise<void>;
  /** Undoes what {@link strikes} left on purpose, after the call was looked at. */
  ends?(stage: Struck): Promise<void>;
  /** Whether it breaks the connection to the server; `sometimes` if that depends on what the page happened to wait for. */
  readonly breaks?: 'always' | 'sometimes';
  /** How soon after its cause is over the call must go on, or must have ended for both, in milliseconds. */
  readonly within: number;
  /** Whether the call may end: it does, with a cause, where nothing could save it. */
  readonly mayEnd?: true;
}

/** How long messages are corrupted, in milliseconds. */
const BAD = 4_000;

async function refuses(stage: Struck, during: number): Promise<void> {
  stage.way.refuses = true;
  stage.way.cut();
  await pause(during);
  stage.way.refuses = false;
}

async function holds(stage: Struck, during: number, ...directions: ('up' | 'down')[]): Promise<void> {
  stage.way.hold(...directions);
  await pause(during);
  stage.way.let();
}

async function treats(stage: Struck, treatment: 'twice' | 'swapped' | 'corrupt'): Promise<void> {
  stage.way.treatment = treatment;
  if (treatment === 'corrupt') {
    await pause(BAD);
    stage.way.treatment = 'none';
  }
}

const treatsNoLonger = async ({way}: Struck): Promise<void> => {
  way.treatment = 'none';
  way.delay = way.rate = 0;
};

async function freezes(stage: Struck, during: number): Promise<void> {
  const inspector = await stage.near.page.createCDPSession();
  await inspector.send('Page.setWebLifecycleState', {state: 'frozen'});
  await pause(during);
  await inspector.send('Page.setWebLifecycleState', {state: 'active'});
  await inspector.detach();
}

/** The faults, in the order of the table's rows. */
export const FAULTS: readonly Fault[] = [
  {
    name: 'reset',
    what: 'the socket breaks',
    strikes: async ({way}) => way.cut(),
    breaks: 'always',
    within: 5_000,
  },
  {
    name: 'cut 3 s',
    what: 'the socket breaks; no other opens for 3 s',
    strikes: (stage) => refuses(stage, 3_000),
    breaks: 'always',
    within: 6_000,
  },
  {
    name: 'cut 20 s',
    what: 'the same for 20 s',
    strikes: (stage) => refuses(stage, 20_000),
    breaks: 'always',
    within: 6_000,
  },
  {
    name: 'black hole 3 s',
    what: 'nothing passes for 3 s, and then everything that waited',
    strikes: (stage) => holds(stage, 3_000, 'up', 'down'),
    within: 5_000,
  },
  {
    name: 'black hole 20 s',
    what: 'the same for 20 s',
    strikes: (stage) => holds(stage, 20_000, 'up', 'down'),
    breaks: 'sometimes',
    within: 8_000,
  },
  {
    name: 'only down',
    what: 'nothing reaches the server for 5 s',
    strikes: (stage) => holds(stage, 5_000, 'up'),
    within: 5_000,
  },
  {
    name: 'only up',
    what: 'nothing reaches the page for 5 s',
    strikes: (stage) => holds(stage, 5_000, 'down'),
    within: 5_000,
  },
  {
    name: 'delay',
    what: 'every message is 500 ms late',
    async strikes({way}) {
      way.delay = 500;
    },
    ends: treatsNoLonger,
    within: 5_000,
  },
  {
    name: 'slow',
    what: '4,000 bytes a second each way',
    async strikes({way}) {
      way.rate = 4_000;
    },
    ends: treatsNoLonger,
    within: 5_000,
  },
  {
    name: 'twice',
    what: 'every message arrives twice',
    strikes: (stage) => treats(stage, 'twice'),
    ends: treatsNoLonger,
    within: 5_000,
  },
  {
    name: 'swapped',
    what: 'messages change places',
    strikes: (stage) => treats(stage, 'swapped'),
    ends: treatsNoLonger,
    within: 5_000,
  },
  {
    name: 'corrupt',
    what: 'a byte of every message is wrong for 4 s',
    strikes: (stage) => treats(stage, 'corrupt'),
    // Either side may close a connection that brings nonsense.
    breaks: 'sometimes',
    within: 8_000,
  },
  {
    name: 'loss',
    what: 'a tenth of the media is lost',
    async strikes({media}) {
      media.loss = 0.1;
    },
    async ends({media}) {
      media.loss = 0;
    },
    within: 5_000,
  },
  {
    name: 'no media 8 s',
    what: 'no media pass for 8 s',
    async strikes({media}) {
      media.passes = 'nothing';
      await pause(8_000);
      media.passes = 'all';
    },
    within: 8_000,
  },
  {
    name: 'other address',
    what: 'the socket breaks, and media come from another address',
    async strikes({way, media}) {
      media.move();
      way.cut();
    },
    breaks: 'always',
    within: 10_000,
  },
  {
    name: 'server killed',
    what: 'the server is killed and started again',
    async strikes({server}) {
      await server.kill();
      await server.start();
    },
    within: 40_000,
    mayEnd: true,
  },
  {
    name: 'frozen 5 s',
    what: 'the browser freezes the page for 5 s',
    strikes: (stage) => freezes(stage, 5_000),
    // Chromium closes the sockets of a page that it freezes.
    breaks: 'sometimes',
    within: 5_000,
  },
  {
    name: 'reload',
    what: 'the page is loaded anew',
    async strikes({near}) {
      await near.page.reload();
    },
    repairs: (stage) => stage.returns(),
    within: 5_000,
    mayEnd: true,
  },
  {
    name: 'crash',
    what: 'the page’s process dies, and its tab is loaded anew',
    strikes: ({near}) => crashes(near.page),
    repairs: (stage) => stage.returns(),
    within: 5_000,
    mayEnd: true,
  },
  {
    name: 'back',
    what: 'the page is left, and shown again by the back button',
    async strikes(stage) {
      const {page} = stage.near;
      await page.goto('about:blank');
      await page.goBack();
    },
    // The browser may have kept the page, with everything in it.
    async repairs(stage) {
      if (!(await stage.near.page.evaluate(() => !!document.querySelector('sip-client'))))
        await stage.returns();
    },
    within: 5_000,
    mayEnd: true,
  },
  {
    name: 'closed',
    what: 'the page is closed for good',
    async strikes(stage) {
      await stage.near.page.close({runBeforeUnload: false});
    },
    async ends(stage) {
      await stage.opens(stage.near);
    },
    within: 35_000,
    mayEnd: true,
  },
];
