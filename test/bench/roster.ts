/**
 * How long a browser's frames take while the list of a conference of five hundred shows who begins and ends to speak,
 * beside one of three in the same run: at rest, with fifty changes a second and a frame, and scrolled meanwhile.
 *
 * `node --import tsx test/bench/roster.ts [FRAMES]`
 */
import {build} from 'esbuild';
import {within} from '../../scripts/project.mjs';
import {openSite} from '../support/page/site.js';
import {printTable, size} from './table.js';
import {frameCells, FRAME_HEADS, recordTasks, TASK_HEADS, taskCells} from './tasks.js';

const FRAMES = size(600);
const SCENES = [
  'at rest',
  'fifty changes a second',
  'fifty changes a frame',
  'fifty changes a frame, scrolled',
] as const;

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
} finally {
  await site.close();
}
