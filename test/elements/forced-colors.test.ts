import {expect} from '@open-wc/testing';
import {emulateMedia, executeServerCommand} from '@web/test-runner-commands';
import {deep} from '../support/in-page/elements.js';
import {SCENES} from '../support/staged/scenes.js';

/** The color of a system color in an element, on a dark stage or not, as `getComputedStyle` has it. */
function system(name: string, element: Element): string {
  const probe = document.createElement('i');
  probe.style.cssText = `forced-color-adjust: none; background: ${name}`;
  element.append(probe);
  const {backgroundColor} = getComputedStyle(probe);
  probe.remove();
  return backgroundColor;
}

describe('the system’s own colors', () => {
  let holder: HTMLElement;
  // Colors that are still moving would be measured halfway.
  before(() => emulateMedia({reducedMotion: 'reduce'}));
  before(() => executeServerCommand('forced-colors', true));
  after(() => executeServerCommand('forced-colors', false));
  after(() => emulateMedia({reducedMotion: 'no-preference'}));
  beforeEach(() => {
    holder = document.createElement('div');
    document.body.append(holder);
  });
  afterEach(() => holder.remove());

  it('are emulated', () => expect(matchMedia('(forced-colors: active)').matches).to.equal(true));

  for (const scene of SCENES)
    it(`leave the states of <${scene.tag}> ${scene.name} visible`, async () => {
      const element = await scene.play(holder);
      const faults: string[] = [];
      for (const button of deep(element, 'button').filter((each) => each.checkVisibility())) {
        const {backgroundColor, borderTopWidth, borderTopStyle} = getComputedStyle(button);
        const name = `${button.getAttribute('part') ?? button.className} ${button.getAttribute('aria-label') ?? ''}`;
        const chosen = button.matches('[aria-pressed=true], [aria-selected=true], .on');
        if (chosen !== (backgroundColor === system('SelectedItem', button)))
          faults.push(`${name}: chosen, ${backgroundColor} for ${system('SelectedItem', button)}`);
        const filled = button.matches(
          '.pill, .toggle, .control:not(.menu *), .key, .chip, .arrow, .recording button',
        );
        if (button.matches('[aria-disabled=true]') && getComputedStyle(button).opacity !== '1')
          faults.push(`${name}: disabled, and seen through`);
        if (!chosen && filled && (borderTopStyle === 'none' || borderTopWidth === '0px'))
          faults.push(`${name}: no edge`);
      }
      for (const icon of deep(element, '.icon').filter((each) => each.checkVisibility()))
        if (getComputedStyle(icon).color !== getComputedStyle(icon.parentElement!).color)
          faults.push(`an icon in a color of its own in ${icon.parentElement!.className}`);
      for (const label of deep(element, '.caption, .tile .chip').filter((each) => each.checkVisibility()))
        if (getComputedStyle(label).outlineStyle === 'none') faults.push('a label without an edge');
      for (const progress of deep(element, 'progress'))
        if (getComputedStyle(progress).borderTopStyle === 'none')
          faults.push('a progress bar without an edge');
      for (const avatar of deep(element, '.avatar').filter((each) => each.checkVisibility())) {
        const {width} = avatar.getBoundingClientRect();
        if (width > 16 && getComputedStyle(avatar).borderTopStyle === 'none')
          faults.push('an avatar without an edge');
      }
      for (const shape of deep(element, '.badge, .new:not(.day), .skeleton i').filter((each) =>
        each.checkVisibility(),
      ))
        if (getComputedStyle(shape).borderTopStyle === 'none') faults.push(`${shape.className}: no edge`);
      expect(faults).to.deep.equal([]);
      await scene.end();
    });
});
