import {expect} from '@open-wc/testing';
import {setViewport} from '@web/test-runner-commands';
import {outside, overlapping, targetsOf, tooSmall} from '../support/in-page/targets.js';
import {SCENES} from '../support/staged/scenes.js';

/** The page's font size, and the width of the element: 16 px on a phone, a reset, a tiny and a huge one, and 200 % zoom. */
const PAGES: readonly (readonly [fontSize: string, width: number])[] = [
  ['16px', 320],
  ['62.5%', 320],
  ['8px', 320],
  ['8px', 768],
  ['32px', 720],
];

/** What is pressed all the time; a chip and what belongs to a bar or a tile may be smaller. */
const MAIN = '.control:not([part~=quality], [part=close]), .pill:not(.bar .pill, .tile .pill), .key';

describe('sizes', () => {
  let holder: HTMLElement;
  before(() => setViewport({width: 800, height: 900}));
  beforeEach(() => {
    holder = document.createElement('div');
    document.body.append(holder);
  });
  afterEach(() => {
    holder.remove();
    document.documentElement.style.fontSize = '';
  });

  for (const scene of SCENES)
    it(`of <${scene.tag}> ${scene.name} hold with any font size of the page`, async () => {
      const element = await scene.play(holder);
      const faults: string[] = [];
      for (const [fontSize, width] of PAGES) {
        document.documentElement.style.fontSize = fontSize;
        holder.style.inlineSize = `${width}px`;
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        const targets = targetsOf(element);
        const low = targets.filter(
          ({element: target, box}) => target.matches(MAIN) && Math.min(box.width, box.height) < 43.9,
        );
        faults.push(
          ...[
            ...tooSmall(targets).map((each) => `too small: ${each}`),
            ...low.map(({name, box}) => `below 44 px: ${name}: ${box.width} × ${box.height}`),
            ...outside(element, targets).map((each) => `outside: ${each}`),
            ...overlapping(targets).map((each) => `overlap: ${each}`),
          ].map((fault) => `${fontSize}, ${width} px: ${fault}`),
        );
      }
      expect(faults).to.deep.equal([]);
      await scene.end();
    });
});
