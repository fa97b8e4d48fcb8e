import {expect} from '@open-wc/testing';
import {setViewport} from '@web/test-runner-commands';
import {deep} from '../support/in-page/elements.js';
import {behind, covered, cut, outside, overlapping, targetsOf, tooSmall} from '../support/in-page/targets.js';
import {SCENES} from '../support/staged/scenes.js';

/** The page's font size, and the width of the element: 16 px on a phone, a reset, a tiny and a huge one, and 200 % zoom. */
const PAGES: readonly (readonly [fontSize: string, width: number])[] = [
  ['16px', 298],
  ['16px', 320],
  ['16px', 390],
  ['62.5%', 320],
  ['62.5%', 390],
  ['62.5%', 760],
  ['8px', 320],
  ['8px', 768],
  ['32px', 720],
];

/** A window of 1280 × 720 pixels that is zoomed to 200 %. */
const ZOOMED = {width: 640, height: 360, deviceScaleFactor: 2};

/** What is pressed all the time; a chip and what belongs to a bar or a tile may be smaller. */
const MAIN =
  '.control:not([part~=quality], [part=close], [part=camera-more]), .pill:not(.bar .pill, .tile .pill), .key';

/** The numbers beside a name that are cut; one without room is below what is seen of its line. */
function halfNumbers(element: Element): string[] {
  return deep(element, '.party > .number')
    .filter((number) => number.checkVisibility())
    .filter((number) => {
      const [own, line] = [number, number.parentElement!].map((each) => each.getBoundingClientRect());
      return own!.top < line!.bottom - 4 && (own!.right > line!.right + 1 || own!.left < line!.left - 1);
    })
    .map((number) => number.parentElement!.title);
}

/** The words of buttons of which not all is seen; a name may be cut. */
function cutWords(element: Element): string[] {
  return deep(element, 'button.pill > *')
    .filter(
      (word) =>
        word.checkVisibility() && !word.querySelector('bdi') && word.scrollWidth > word.clientWidth + 1,
    )
    .map((word) => word.innerText);
}

describe('sizes', () => {
  let holder: HTMLElement;
  beforeEach(async () => {
    await setViewport({width: 800, height: 900});
    holder = document.createElement('div');
    document.body.append(holder);
  });
  afterEach(() => {
    holder.remove();
    document.documentElement.style.fontSize = '';
  });

  for (const scene of SCENES)
    it(`of <${scene.tag}> ${scene.name} hold with any font size of the page, and at 200 % zoom`, async () => {
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
            ...halfNumbers(element).map((each) => `half a number: ${each}`),
            ...behind(element).map((each) => `behind: ${each}`),
            ...cutWords(element).map((each) => `cut words: ${each}`),
          ].map((fault) => `${fontSize}, ${width} px: ${fault}`),
        );
      }
      document.documentElement.style.fontSize = '';
      holder.style.inlineSize = '';
      await setViewport(ZOOMED);
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const targets = targetsOf(element);
      faults.push(
        ...[
          ...cut(element).map((each) => `cut: ${each}`),
          ...outside(element, targets).map((each) => `outside: ${each}`),
          ...overlapping(targets).map((each) => `overlap: ${each}`),
          ...covered(targets).map((each) => `covered: ${each}`),
        ].map((fault) => `zoomed: ${fault}`),
      );
      expect(faults).to.deep.equal([]);
      await scene.end();
    });
});
