/**
 * How long a browser's frames take while the list of a conference of five hundred shows who begins and ends to speak,
 * beside one of three in the same run: at rest, with fifty changes a frame, and scrolled meanwhile. Prints figures, judges
 * nothing.
 */
import {build} from 'esbuild';
import {within} from '../../scripts/project.mjs';
import {openSite} from '../support/page/site.js';

const FRAMES = 240;

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

interface Figures {
  readonly median: number;
  readonly late: number;
  readonly longest: number;
  readonly rows: number;
}

const site = await openSite();
try {
  const page = await site.open('/fswebrtc', (page) => page.setBypassCSP(true));
  await page.addScriptTag({content: outputFiles[0]!.text});
  for (const members of [3, 500])
    for (const scene of ['at rest', 'fifty changes a frame', 'fifty changes a frame, scrolled'] as const) {
      const figures = await page.evaluate(
        async (members, scene, count): Promise<Figures> => {
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
          let [last, next] = [await frame(), 0];
          for (let each = 0; each < count; each += 1) {
            if (scene !== 'at rest')
              for (let change = 0; change < 50; change += 1, next += 7)
                service.some({number: number(next), talking: (next + each) % 2 === 0});
            if (scene.includes('scrolled')) roster.scrollTop += 97;
            const now = await frame();
            times.push(now - last);
            last = now;
          }
          times.sort((one, other) => one - other);
          return {
            median: times[count >> 1]!,
            late: times[Math.floor(count * 0.95)]!,
            longest: times.at(-1)!,
            rows: list()!.querySelectorAll('[part=member]').length,
          };
        },
        members,
        scene,
        FRAMES,
      );
      const [median, late, longest] = [figures.median, figures.late, figures.longest].map((time) =>
        time.toFixed(1),
      );
      console.log(
        `${members} members, ${scene}: a frame takes ${median} ms, one of twenty ${late} ms or more, the longest ${longest} ms; ${figures.rows} rows drawn`,
      );
    }
} finally {
  await site.close();
}
