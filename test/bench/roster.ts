/**
 * How long a browser's frames take while the list of a conference of five hundred shows who begins and ends to speak,
 * beside one of three in the same run: at rest, with fifty changes a second and a frame, and scrolled meanwhile. And how
 * much of the processor each change takes in the page of a client at the development server, without elements, if its tabs
 * are one phone and it keeps its calls, and without both.
 *
 * `node --import tsx test/bench/roster.ts [FRAMES]`
 */
import {build} from 'esbuild';
import type {Page} from 'puppeteer-core';
import {within} from '../../scripts/project.mjs';
import {API_EVENT, CALL_STATE} from '../../src/dispatch/protocol.js';
import {onlinePage} from '../support/page/phone-page.js';
import {openSite} from '../support/page/site.js';
import {openApiRelay} from './api-relay.js';
import {goal, median, printTable, size} from './table.js';
import {frameCells, FRAME_HEADS, recordTasks, TASK_HEADS, taskCells} from './tasks.js';

const FRAMES = size(600);
const SCENES = [
  'at rest',
  'fifty changes a second',
  'fifty changes a frame',
  'fifty changes a frame, scrolled',
] as const;

/** The members of the real conference, and how many begin or end to speak each second, and in all. */
const MEMBERS = 500;
const RATE = 20;
const CHANGES = Math.ceil(FRAMES / 6);
/** How often each of the pages is measured, in turn. */
const ROUNDS = 3;
/** How much more a change may take than without worker and `resume`. */
const LIMIT = 1.2;

/** The pages of one account, by their attributes; the last one is in the real conference, and is measured. */
const PAGES = {
  'without worker and `resume`': ['shared-worker="none"'],
  'with both': ['resume'],
  'with both and another tab': ['resume', 'resume'],
} as const;

/** What the page needs to stage a conference. */
const STAGE = `
  import './src/define/sip-client.js';
  import './src/define/sip-conference.js';
  import {StagedClient} from './test/support/staged/staged-client.js';
  globalThis.StagedClient = StagedClient;
`;
const {outputFiles} = await build({
  stdin: {contents: STAGE, resolveDir: within('.'), loader: 'ts'},
  bundle: true,
  // The package's list of files with side effects names those of dist.
  ignoreAnnotations: true,
  write: false,
  format: 'iife',
  target: 'es2022',
  tsconfig: within('tsconfig.json'),
});

const site = await openSite();
try {
  const page = await site.open('/fswebrtc', (page) => page.setBypassCSP(true));
  await page.addScriptTag({content: outputFiles[0]!.text});
  const rows = [];
  for (const members of [3, 500])
    for (const scene of SCENES) {
      const {result, tasks} = await recordTasks(page, () =>
        page.evaluate(
          async (members, scene, count) => {
            const client = await (globalThis as any).StagedClient.ready();
            document.body.innerHTML = '<sip-client><sip-conference></sip-conference></sip-client>';
            (document.querySelector('sip-client') as any).client = client;
            const element = document.querySelector('sip-conference')!;
            const {dialog, service} = client.confer();
            dialog.confirm();
            const number = (index: number): string => String(2000 + (index % members));
            service.all(
              ...Array.from({length: members}, (_, index) => ({
                number: number(index),
                name: `Member ${index}`,
                phase: 'answered',
              })),
            );
            const frame = (): Promise<number> => new Promise(requestAnimationFrame);
            const list = (): ShadowRoot | null | undefined =>
              element
                .shadowRoot!.querySelector('sip-conference-room')
                ?.shadowRoot!.querySelector('sip-conference-roster')?.shadowRoot;
            const find = (): Element | null | undefined => list()?.querySelector('[part=roster]');
            while (!find()) await frame();
            const roster = find()!;
            const times: number[] = [];
            const began = await frame();
            performance.mark('changes');
            let [last, changes] = [began, 0];
            for (let each = 0; each < count; each += 1) {
              const due = scene.includes('second') ? ((last - began) / 1000) * 50 : each * 50;
              if (scene !== 'at rest')
                for (; changes < due; changes += 1)
                  service.some({number: number(changes * 7), talking: (changes * 7 + each) % 2 === 0});
              if (scene.includes('scrolled')) roster.scrollTop += 97;
              const now = await frame();
              times.push(now - last);
              last = now;
            }
            return {times, drawn: list()!.querySelectorAll('[part=member]').length};
          },
          members,
          scene,
          FRAMES,
        ),
      );
      rows.push([
        `${members} members, ${scene}`,
        result.drawn,
        ...frameCells(result.times),
        ...taskCells(tasks('changes'), members === 500 && scene.includes('second')),
      ]);
    }
  printTable('the roster', [`${FRAMES} frames`, 'rows drawn', ...FRAME_HEADS, ...TASK_HEADS], rows);

  const costs = Object.entries(PAGES).map(([name, tabs]) => ({name, tabs, measured: [] as number[]}));
  for (let round = 0; round < ROUNDS; round += 1)
    for (const {tabs, measured} of costs) measured.push(await costOf(tabs));
  const alone = median(costs[0]!.measured);
  printTable(
    'changes of members',
    [`${MEMBERS} members, ${RATE} changes a second`, 'of the processor a change, ms', 'ratio', 'goal'],
    costs.map(({name, measured}, index) => {
      const cost = median(measured);
      const ratio = cost / alone;
      const wanted = index === 0 ? '' : goal(`≤ ${LIMIT} ×`, ratio <= LIMIT);
      return [name, cost.toFixed(2), `${ratio.toFixed(2)} ×`, wanted];
    }),
  );
} finally {
  await site.close();
}

/** Resolves with what a change of a member takes of the processor in the last of the pages, in milliseconds. */
async function costOf(tabs: readonly string[]): Promise<number> {
  const relay = await openApiRelay(site.server.url);
  const pages: Page[] = [];
  try {
    for (const attributes of tabs)
      pages.push(
        await onlinePage(site, {
          user: '1001',
          address: `${relay.url}fswebrtc`,
          attributes: `api="${relay.api}" ${attributes}`,
        }),
      );
    const page = pages.at(-1)!;
    const cid = await page.evaluate(async () => {
      const {client} = document.querySelector('sip-client') as any;
      await client.connectApi();
      const conference = ((window as any).conference = await client.createConference({members: '1019'}));
      while (conference.state.phase !== 'answered' || conference.state.members.length === 0)
        await new Promise((resolve) => conference.addEventListener('statechange', resolve, {once: true}));
      return conference.id as string;
    });
    const report = (index: number, more: object): void =>
      relay.send(API_EVENT.memberChange, [
        {cid, number: String(2000 + (index % MEMBERS)), state: String(CALL_STATE.connected), ...more},
      ]);
    for (let index = 0; index < MEMBERS; index += 1) report(index, {name: `Member ${index}`});
    await page.evaluate(async (count) => {
      const {conference} = window as any;
      while (conference.state.members.length < count)
        await new Promise((resolve) => conference.addEventListener('statechange', resolve, {once: true}));
    }, MEMBERS);
    const {tasks} = await recordTasks(page, async () => {
      for (let change = 0; change < CHANGES; change += 1) {
        const isSecond = Math.floor(change / MEMBERS) % 2 === 1;
        report(change * 7, {talking: isSecond ? '0' : '1'});
        await new Promise((resolve) => setTimeout(resolve, 1_000 / RATE));
      }
    });
    return tasks().reduce((sum, {own}) => sum + own, 0) / CHANGES;
  } finally {
    await Promise.all(pages.map((page) => page.close()));
    relay.close();
  }
}
