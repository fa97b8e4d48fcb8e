import {expect} from '@open-wc/testing';
import {executeServerCommand, setViewport} from '@web/test-runner-commands';
import {outside, overlapping, targetsOf} from '../support/in-page/targets.js';
import {SCENES} from '../support/staged/scenes.js';

/** What is pressed beside a larger button that does the same, is one of six beside each other, or is on a small picture. */
const NARROW = '[part=sound-devices], [part=camera-devices], [role=tab], .tile *';

/** A field is as high as a finger needs; a label belongs to it. */
const isLow = (element: HTMLElement, {width, height}: DOMRect): boolean =>
  !element.matches(NARROW) && !element.closest('.tile') && Math.min(width, height) < 43.9;

describe('under a finger', () => {
  let holder: HTMLElement;
  before(async () => {
    await setViewport({width: 800, height: 900});
    await executeServerCommand('touch', true);
  });
  after(async () => {
    await executeServerCommand('touch', false);
  });
  beforeEach(() => {
    holder = document.createElement('div');
    document.body.append(holder);
  });
  afterEach(() => holder.remove());

  for (const scene of SCENES)
    it(`the targets of <${scene.tag}> ${scene.name} are 44 px wide and high, and beside each other`, async () => {
      expect(matchMedia('(pointer: coarse)').matches).to.equal(true);
      const element = await scene.play(holder);
      const faults: string[] = [];
      for (const [width, dir] of [
        [298, 'ltr'],
        [390, 'rtl'],
        [760, 'ltr'],
      ] as const) {
        holder.style.inlineSize = `${width}px`;
        holder.dir = dir;
        await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
        const targets = targetsOf(element);
        faults.push(
          ...[
            ...targets
              .filter(({element: target, box}) => isLow(target, box))
              .map(({name, box}) => `below 44 px: ${name}: ${box.width} × ${box.height}`),
            ...outside(element, targets).map((each) => `outside: ${each}`),
            ...overlapping(targets.filter(({element: target}) => !target.matches('.dismiss'))).map(
              (each) => `overlap: ${each}`,
            ),
          ].map((fault) => `${width} px, ${dir}: ${fault}`),
        );
      }
      await scene.end();
      expect(faults).to.deep.equal([]);
    });
});
