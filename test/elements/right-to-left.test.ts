import {expect} from '@open-wc/testing';
import {sendKeys, setViewport} from '@web/test-runner-commands';
import '../../src/locales/ar.js';
import {deep, part, shows} from '../support/in-page/elements.js';
import {until} from '../support/in-page/facts.js';
import {outside, targetsOf} from '../support/in-page/targets.js';
import {SCENES, type Scene} from '../support/staged/scenes.js';

/** The other side: the name is written from right to left, the number is not. */
const NOUR = {number: '+2024711', name: 'نور عبد الرحمن'};

/** What is in the same order in every language: keys, and a name with its number, which follow the name's letters. */
const SAME = '[dir=ltr] *, .keys *, bdi *';

/** How many drawings of a scene point to where a line goes on. */
const POINTERS: Readonly<Record<string, number>> = {
  'sip-directory with people': 1,
  'sip-intercom joined': 1,
  'sip-messages with a conversation': 2,
  'sip-transfer-button in a call': 1,
};

/** Numbers of several digits, times, sizes. */
const NUMBER = /\+?\d[\d:/., ]*\d/g;

const frame = (): Promise<unknown> =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

const sceneOf = (title: string): Scene => SCENES.find(({tag, name}) => `${tag} ${name}` === title)!;

/** The element with the focus, across shadow roots. */
function focused(root: Document | ShadowRoot = document): Element | null {
  const {activeElement} = root;
  return activeElement?.shadowRoot?.activeElement ? focused(activeElement.shadowRoot) : activeElement;
}

/** The element at a point, across shadow roots. */
function drawnAt(x: number, y: number, root: Document | ShadowRoot = document): Element | null {
  const found = root.elementFromPoint(x, y);
  return found?.shadowRoot && found.getRootNode() === root
    ? (drawnAt(x, y, found.shadowRoot) ?? found)
    : found;
}

describe('from right to left', () => {
  let holder: HTMLElement;
  before(() => setViewport({width: 800, height: 900}));
  beforeEach(() => {
    holder = document.createElement('div');
    holder.style.setProperty('--sip-motion', '0s');
    document.body.append(holder);
  });
  afterEach(() => holder.remove());

  for (const scene of SCENES)
    it(`<${scene.tag}> ${scene.name} is mirrored, and fits in Arabic with its numbers in order`, async () => {
      const element = await scene.play(holder, NOUR);
      const faults: string[] = [];
      for (const width of [320, 768]) {
        holder.style.inlineSize = `${width}px`;
        let before: ReturnType<typeof placesIn>;
        let after: ReturnType<typeof placesIn>;
        // What is loaded late is not drawn in the first of them, or moves what was drawn before.
        await until(async () => {
          const directed = async (dir: 'ltr' | 'rtl'): Promise<typeof before> => {
            holder.dir = dir;
            await frame();
            return placesIn(element, dir === 'ltr' ? 'left' : 'right');
          };
          before = await directed('ltr');
          after = await directed('rtl');
          const again = await directed('ltr');
          return (
            before.size === after.size && [...before].every(([each, place]) => near(place, again.get(each)))
          );
        });
        holder.dir = 'rtl';
        await frame();
        for (const [each, place] of after!) {
          const wanted = before!.get(each);
          if (!near(place, wanted))
            faults.push(`${width} px: ${nameOf(each)}: ${place.join()} instead of ${wanted?.join()}`);
        }
      }
      holder.lang = 'ar';
      holder.style.inlineSize = '320px';
      await shows(element, () => true);
      await frame();
      faults.push(
        ...outside(element, targetsOf(element)).map((each) => `outside: ${each}`),
        ...disordered(element).map((each) => `out of order: ${each}`),
      );
      expect(faults).to.deep.equal([]);
      expect(deep(element, '.onward')).to.have.lengthOf.at.least(POINTERS[`${scene.tag} ${scene.name}`] ?? 0);
      await scene.end();
    });

  for (const dir of ['ltr', 'rtl'] as const) {
    const onward = dir === 'ltr' ? 'ArrowRight' : 'ArrowLeft';
    const back = dir === 'ltr' ? 'ArrowLeft' : 'ArrowRight';

    it(`an arrow key moves to where it points: ${dir}`, async () => {
      holder.dir = dir;
      for (const [title, first, to, keys] of [
        ['sip-phone idle', '[role=tab]', [], [onward, onward, back]],
        ['sip-monitor with tiles', '.tile', [], [onward, back]],
        // To the buttons of the second member.
        ['sip-conference with members', '[role=grid]', ['ArrowDown', onward], [onward, onward, back]],
        ['sip-keypad in a call', '.key', [], ['ArrowRight', 'ArrowRight', 'ArrowLeft']],
      ] as const) {
        const scene = sceneOf(title);
        const element = await scene.play(holder, NOUR);
        deep(element, first)[0]!.focus();
        for (const key of to) await sendKeys({press: key});
        for (const key of keys) {
          const {x} = focused()!.getBoundingClientRect();
          await sendKeys({press: key});
          const along = Math.sign(focused()!.getBoundingClientRect().x - x);
          expect(along, `${title}: ${key}`).to.equal(key === 'ArrowRight' ? 1 : -1);
        }
        await scene.end();
      }
    });

    it(`an arrow key opens a group of the directory, and closes it: ${dir}`, async () => {
      holder.dir = dir;
      const scene = sceneOf('sip-directory with people');
      const element = await scene.play(holder, NOUR);
      const [tree] = deep(element, '[role=tree]');
      tree!.focus();
      const rows = (): number => deep(element, '[role=treeitem]').length;
      await shows(element, () => rows() > 1);
      const level = (): string | null =>
        (tree!.getRootNode() as ShadowRoot)
          .getElementById(tree!.getAttribute('aria-activedescendant')!)!
          .getAttribute('aria-level');
      await sendKeys({press: 'Home'});
      await sendKeys({press: back});
      await shows(element, () => rows() === 1);
      await sendKeys({press: onward});
      await shows(element, () => rows() > 1);
      await sendKeys({press: onward});
      await shows(element, () => level() === '2');
      await sendKeys({press: back});
      await shows(element, () => level() === '1');
      await scene.end();
    });

    it(`the menu of a person is whole, wherever the card ends: ${dir}`, async () => {
      holder.dir = dir;
      for (const width of [320, 768]) {
        holder.style.inlineSize = `${width}px`;
        const scene = sceneOf('sip-directory with people');
        const element = await scene.play(holder, NOUR);
        deep(element, '[part=more]').at(-1)!.click();
        await shows(element, () => deep(element, '[role=menuitem]').length > 0);
        await frame();
        for (const item of deep(element, '[role=menuitem]')) {
          const {left, right, top, bottom} = item.getBoundingClientRect();
          for (const [x, y] of [
            [left + 4, top + 4],
            [right - 4, bottom - 4],
          ] as const)
            expect(item.contains(drawnAt(x, y)), `${width} px: ${item.innerText}`).to.equal(true);
        }
        await scene.end();
      }
    });

    it(`the menu of a call is whole, wherever the row ends: ${dir}`, async () => {
      holder.dir = dir;
      holder.style.inlineSize = '320px';
      const scene = sceneOf('sip-call with video');
      const element = await scene.play(holder, NOUR);
      await shows(element, () => part(element, 'more') !== null);
      part(element, 'more')!.click();
      await until(() => part(element, 'menu')!.matches(':popover-open'));
      const {left, right} = part(element, 'menu')!.getBoundingClientRect();
      expect(left).to.be.at.least(0);
      expect(right).to.be.at.most(innerWidth);
      await scene.end();
    });

    it(`a message in any language begins where the name does: ${dir}`, async () => {
      holder.dir = dir;
      for (const text of ['البوابة الشمالية مفتوحة.', 'The north gate is open.']) {
        const scene = sceneOf('sip-messages with conversations');
        const element = await scene.play(holder, NOUR, text);
        const [name, line] = deep(element, '[part=conversation] .words .line').map((each) => {
          const range = new Range();
          range.selectNodeContents(each);
          return range.getBoundingClientRect();
        });
        const edge = dir === 'ltr' ? 'left' : 'right';
        expect(line![edge], text).to.be.closeTo(name![edge], 1);
        expect(line!.width).to.be.below(part(element, 'conversation')!.getBoundingClientRect().width / 2);
        await scene.end();
      }
    });

    it(`the number follows a name in any language: ${dir}`, async () => {
      holder.dir = dir;
      for (const name of [NOUR.name, 'Anna', '李雷']) {
        const scene = sceneOf('sip-messages with conversations');
        const element = await scene.play(holder, {number: '1003', name});
        const [first, second] = deep(element, '[part=conversation] .party > bdi').map((each) =>
          each.getBoundingClientRect(),
        );
        if (dir === 'ltr') expect(first!.right, name).to.be.at.most(second!.left);
        else expect(second!.right, name).to.be.at.most(first!.left);
        await scene.end();
      }
    });

    it(`a field keeps a number in order, and begins where the layout does: ${dir}`, async () => {
      holder.dir = dir;
      const scene = sceneOf('sip-dialer idle');
      const element = await scene.play(holder, NOUR);
      const field = part(element, 'number') as HTMLInputElement;
      expect(getComputedStyle(field).textAlign).to.equal(dir === 'ltr' ? 'left' : 'right');
      for (const [value, direction] of [
        ['+20 2 4711', 'ltr'],
        [NOUR.name, 'rtl'],
      ] as const) {
        field.value = value;
        expect(getComputedStyle(field).direction, value).to.equal(direction);
        expect(getComputedStyle(field).textAlign, value).to.equal(dir === 'ltr' ? 'left' : 'right');
      }
      await scene.end();
    });
  }
});

const nameOf = (element: Element): string =>
  `<${element.localName} class="${element.getAttribute('class') ?? ''}" part="${element.getAttribute('part') ?? ''}">`;

/**
 * Where everything is drawn in an element: its distance from an edge and from the top, and its size. Of a drawing that
 * points to where a line goes on, the place where its first stroke begins.
 */
function placesIn(element: Element, from: 'left' | 'right'): Map<Element, readonly number[]> {
  const around = element.getBoundingClientRect();
  const places = new Map<Element, readonly number[]>();
  for (const each of deep<Element>(element, ':not(svg *), .onward > path:first-child')) {
    if (each.matches(SAME) || !each.checkVisibility()) continue;
    if (each instanceof SVGPathElement) {
      const {x, y} = each.getPointAtLength(0).matrixTransform(each.getScreenCTM()!);
      places.set(each, [from === 'left' ? x - around.left : around.right - x, y - around.top]);
      continue;
    }
    const {left, right, top, width, height} = contentBox(each);
    if (width > 1 && height > 1)
      places.set(each, [
        from === 'left' ? left - around.left : around.right - right,
        top - around.top,
        width,
        height,
      ]);
  }
  return places;
}

/** Where the text of a field is; of anything else, its box. */
function contentBox(element: Element): DOMRect {
  const {left, top, width, height} = element.getBoundingClientRect();
  if (!element.matches('input, textarea, select')) return new DOMRect(left, top, width, height);
  const {paddingLeft, paddingRight} = getComputedStyle(element);
  return new DOMRect(
    left + parseFloat(paddingLeft),
    top,
    width - parseFloat(paddingLeft) - parseFloat(paddingRight),
    height,
  );
}

/** Whether two places differ by no more than rounding, and what a text is wider if its full stop is on the other side. */
function near(one: readonly number[], other: readonly number[] = []): boolean {
  return one.length === other.length && one.every((value, index) => Math.abs(value - other[index]!) <= 2);
}

/** The numbers in an element whose characters do not follow each other from left to right. */
function disordered(element: Element): string[] {
  return deep(element, '*')
    .filter((each) => each.checkVisibility())
    .flatMap(({childNodes}) => [...childNodes].filter((node) => node instanceof Text))
    .flatMap((text) =>
      [...text.data.matchAll(NUMBER)]
        .filter(({0: number, index}) => {
          const boxes = Array.from(number, (_, at) => {
            const range = new Range();
            range.setStart(text, index + at);
            range.setEnd(text, index + at + 1);
            return range.getBoundingClientRect();
          }).filter(({width}) => width > 0);
          return boxes.some(
            ({left, top}, at) => at > 0 && top === boxes[at - 1]!.top && left < boxes[at - 1]!.left,
          );
        })
        .map(([number]) => `${number} in ${text.data.trim()}`),
    );
}
