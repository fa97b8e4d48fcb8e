import {expect} from '@open-wc/testing';
import {setViewport} from '@web/test-runner-commands';
import {deep} from '../support/in-page/elements.js';
import {until} from '../support/in-page/facts.js';
import {outside, overlapping, targetsOf, tooSmall} from '../support/in-page/targets.js';
import {SCENES} from '../support/staged/scenes.js';

/** What elements would inherit from a page. */
const INHERITED = `body {
  color: red; cursor: crosshair; font: italic small-caps 900 40px/3 serif; letter-spacing: 0.4em; text-align: right;
  text-indent: 4em; text-shadow: 0 0 4px red; text-transform: uppercase; white-space: nowrap; word-spacing: 1em;
  word-break: break-all;
}`;

/** The properties that texts have in a page without rules, and must keep. */
const TEXT = [
  'color',
  'cursor',
  'fontFamily',
  'fontSize',
  'fontStyle',
  'fontVariant',
  'fontWeight',
  'letterSpacing',
  'lineHeight',
  'textAlign',
  'textIndent',
  'textShadow',
  'textTransform',
  'whiteSpace',
  'wordBreak',
  'wordSpacing',
] as const;

/** Containers that are as wide as their contents. */
const SHRINKING: Readonly<Record<string, string>> = {
  'an inline block': '.holder {display: inline-block}',
  'a float': '.holder {float: left}',
  'an absolute box': '.holder {position: absolute}',
  'a flex item': '.around {display: flex} .holder {flex: none}',
  'an auto column': '.around {display: grid; grid-template-columns: auto 1fr}',
  'a table cell': '.holder {display: table-cell}',
  'min-content': '.holder {width: min-content}',
  'fit-content': '.holder {width: fit-content}',
};

/** Elements of one state each: rules of a page do not depend on it. */
const ONE_EACH = SCENES.filter(({tag}, index) => SCENES.findLastIndex((each) => each.tag === tag) === index);

const frame = (): Promise<unknown> =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));

describe('pages with rules of their own', () => {
  let around: HTMLElement;
  let holder: HTMLElement;
  let sheet: CSSStyleSheet;
  before(() => setViewport({width: 800, height: 900}));
  beforeEach(() => {
    around = Object.assign(document.createElement('div'), {className: 'around'});
    holder = Object.assign(document.createElement('div'), {className: 'holder'});
    around.append(holder);
    document.body.append(around);
    sheet = new CSSStyleSheet();
    document.adoptedStyleSheets.push(sheet);
  });
  afterEach(() => {
    around.remove();
    document.adoptedStyleSheets.pop();
  });

  /** How every text of an element that is seen looks; menus come when they are first needed. */
  const texts = (element: Element): string[] =>
    deep(element, '*')
      .filter((each) => each.checkVisibility())
      .filter((each) =>
        [...each.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent!.trim()),
      )
      .map((each) => {
        const style = getComputedStyle(each);
        return `${each.localName} ${each.className}: ${TEXT.map((name) => style[name]).join(', ')}`;
      });

  /** What is wrong with the boxes of an element's targets. */
  const faults = (element: Element): string[] => {
    // At the edge of the window, what sticks there lies over what is below it.
    element.scrollIntoView({block: 'center'});
    const targets = targetsOf(element);
    return [
      ...tooSmall(targets).map((each) => `too small: ${each}`),
      ...outside(element, targets).map((each) => `outside: ${each}`),
      ...overlapping(targets).map((each) => `overlap: ${each}`),
    ];
  };

  it('leave a <sip-phone> in its corner, open and closed', async () => {
    const scene = SCENES.find(({name}) => name === 'in the corner')!;
    const places = async (): Promise<readonly string[]> => {
      const element = (await scene.play(holder)) as HTMLElementTagNameMap['sip-phone'];
      const boxes: string[] = [];
      for (const open of [true, false]) {
        element.open = open;
        // The menu of urgent calls is loaded with the first dialer that has it.
        await until(() => deep(element, '[part~=more]').length > 0);
        await frame();
        const seen = targetsOf(element).map(({element: target}) => target);
        for (const each of [element, ...seen]) {
          const {x, y, width, height} = each.getBoundingClientRect();
          boxes.push(`${each.localName} ${each.title} ${[x, y, width, height].map(Math.round).join()}`);
        }
      }
      await scene.end();
      return boxes;
    };
    const before = await places();
    sheet.replaceSync('* {all: unset !important} div {display: block !important}');
    expect(await places()).to.deep.equal(before);
  });

  it('give an element that was hidden at first its box when it is shown', async () => {
    sheet.replaceSync('* {all: unset !important} div {display: block !important}');
    const element = document.createElement('sip-call');
    element.hidden = true;
    holder.append(element);
    await element.updateComplete;
    await frame();
    expect(element.checkVisibility()).to.equal(false);
    element.hidden = false;
    // It gets its box when a person can see it.
    element.scrollIntoView();
    await until(() => getComputedStyle(element).display === 'block');
  });

  for (const scene of ONE_EACH) {
    it(`leave the texts and boxes of <${scene.tag}> alone`, async () => {
      const element = await scene.play(holder);
      await frame();
      const [before, {width}] = [texts(element), element.getBoundingClientRect()];
      sheet.replaceSync(INHERITED);
      await frame();
      expect(texts(element), 'inherited').to.deep.equal(before);
      expect(faults(element), 'inherited').to.deep.equal([]);
      await scene.end();
      sheet.replaceSync(`* {all: unset !important} div {display: block !important} ${INHERITED}`);
      const reset = await scene.play(holder);
      await frame();
      await until(() => texts(reset).length === before.length);
      expect(texts(reset), 'reset').to.deep.equal(before);
      expect(reset.getBoundingClientRect().width, 'reset').to.be.closeTo(width, 17);
      expect(faults(reset), 'reset').to.deep.equal([]);
      reset.hidden = true;
      expect(reset.checkVisibility(), 'hidden').to.equal(false);
      await scene.end();
    });

    it(`give <${scene.tag}> a usable width in whatever is as wide as its contents`, async () => {
      const element = await scene.play(holder);
      const wrong: string[] = [];
      for (const [where, rules] of Object.entries(SHRINKING)) {
        sheet.replaceSync(rules);
        await frame();
        const {width} = element.getBoundingClientRect();
        const least = leastWidth(element);
        if (width < least) wrong.push(`${where}: ${width} px instead of ${least} px`);
        wrong.push(...faults(element).map((fault) => `${where}: ${fault}`));
      }
      expect(wrong).to.deep.equal([]);
      await scene.end();
    });
  }
});

/** A control is as wide as its button; all others have a width of their own. */
const leastWidth = (element: Element): number =>
  getComputedStyle(element).containerType === 'normal' ? 44 : 240;
