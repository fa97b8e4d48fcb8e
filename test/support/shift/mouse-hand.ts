import type {Page} from 'puppeteer-core';
import type {Point} from '../desk/mercator.js';
import {until} from '../in-page/facts.js';
import {shown} from '../page/parts.js';
import type {Number} from './crew.js';
import {NAMES, part, type Hand} from './hand.js';
import {boxOf, lassoOf} from './lasso.js';

/** How long something may lie over what is to be pressed, in milliseconds: a menu that closes. */
const COVERED = 5_000;

/** Does everything by the mouse; only texts are typed. */
export class MouseHand implements Hand {
  readonly name = 'the mouse';
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Presses what a selector finds, where a user would see it: fails if something lies over it. */
  async #press(selector: string, button: 'left' | 'right' = 'left'): Promise<void> {
    const {x, y} = await this.#pointOf(selector);
    await this.#page.mouse.click(x, y, {button});
  }

  /** Returns the middle of what a selector finds, once it stands still and nothing lies over it. */
  async #pointOf(selector: string): Promise<{x: number; y: number}> {
    let found = {x: 0, y: 0, over: 'nothing yet'};
    await until(
      async () => {
        const element = await shown(this.#page, selector);
        found = await element
          .evaluate(async (element) => {
            const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
            element.scrollIntoView({block: 'nearest', inline: 'nearest'});
            const before = element.getBoundingClientRect();
            await frame();
            await frame();
            const {left, top, width, height} = element.getBoundingClientRect();
            const [x, y] = [left + width / 2, top + height / 2];
            if (!width || !height) return {x, y, over: 'nothing: it is not drawn'};
            if (before.left !== left || before.top !== top) return {x, y, over: 'nothing: it moves'};
            let at = document.elementFromPoint(x, y);
            while (at?.shadowRoot) {
              const inner = at.shadowRoot.elementFromPoint(x, y);
              if (!inner || inner === at) break;
              at = inner;
            }
            const isInside = (node: Node | null): boolean =>
              !!node && (node === element || isInside(node.parentNode ?? (node as ShadowRoot).host ?? null));
            const name = `${at?.localName} ${at?.getAttribute('part') ?? at?.className}`;
            return {x, y, over: isInside(at) ? '' : name};
          })
          .catch(() => ({x: 0, y: 0, over: 'nothing: it is gone'}));
        return found.over === '';
      },
      COVERED,
      () => `${selector} can be pressed; over it lies ${found.over}`,
    );
    return found;
  }

  async #drag(from: string, to: string): Promise<void> {
    const {mouse} = this.#page;
    const start = await this.#pointOf(from);
    const end = await this.#pointOf(to);
    await mouse.move(start.x, start.y);
    await mouse.down();
    await mouse.move(end.x, end.y, {steps: 5});
    // The place lights up when the browser has begun to drag.
    let way = 1;
    await until(
      async () => {
        await mouse.move(end.x + (way = -way), end.y);
        return (await this.#page.$(part.conference('.card.over'))) !== null;
      },
      20_000,
      () => `${from} can be dropped on ${to}`,
    );
    await mouse.up();
  }

  async #type(selector: string, text: string): Promise<void> {
    await this.#press(selector);
    await this.#page.keyboard.down('Control');
    await this.#page.keyboard.press('a');
    await this.#page.keyboard.up('Control');
    await this.#page.keyboard.type(text);
  }

  async joinsGroups(): Promise<void> {
    await this.#press(part.groups('[part~=join-all]'));
    for (const place of [1, 2]) await shown(this.#page, part.group(place, '.tile.idle'));
    await this.#press(part.group(2, '.face'));
    for (const place of [1, 2]) await shown(this.#page, part.group(place, '.tile.selected'));
  }

  async selectsPeople(text: string, numbers: readonly string[]): Promise<void> {
    await this.#type(part.directory('[part=search]'), text);
    for (const number of numbers) await this.#press(`${part.row(number)} >>> [part=select]`);
  }

  async selectsGroup(text: string, number: string): Promise<void> {
    await this.#type(part.directory('[part=search]'), text);
    await this.#press(`${part.row(number)} >>> [part=select]`);
  }

  async acts(action: string): Promise<void> {
    await this.#press(part.action(action));
  }

  async writes(text: string): Promise<void> {
    await this.#press(part.messages('[part=field]'));
    await this.#page.keyboard.type(text);
    await this.#press(part.messages('[part=send]'));
  }

  async divides(): Promise<void> {
    await this.#press(part.desk('[part=arrangement]:nth-of-type(2)'));
    for (const pane of ['conference', 'wall']) await this.#press(part.desk(`#tab-${pane}`));
  }

  async callsAgain(number: Number): Promise<void> {
    await this.#press(`${part.member(number)} >>> [part~=again]`);
  }

  async invitesCamera(number: string): Promise<void> {
    await this.#drag(part.tile(number), part.conference('[part~=roster]'));
  }

  async talks(): Promise<() => Promise<void>> {
    const {x, y} = await this.#pointOf(part.groups('[part~=talk]:not([aria-disabled])'));
    const {mouse} = this.#page;
    await mouse.move(x, y);
    await mouse.down();
    return () => mouse.up();
  }

  async answersFirst(): Promise<void> {
    const alarm = await this.#page.$(part.queue('[part=alarm] [part=answer]'));
    await this.#press(part.queue(`${alarm ? '[part=alarm]' : '[part=line]'} [part=answer]`));
  }

  async acknowledges(): Promise<void> {
    await this.#press(part.queue('[part=acknowledge]'));
  }

  async returns(): Promise<void> {
    await this.#press(part.queue('[part=return]'));
  }

  async resumes(): Promise<void> {
    await this.#press(part.queue('[part=line] [part=hold]'));
  }

  async hangsUp(number: Number): Promise<void> {
    await this.#press(part.line(NAMES[number]!, 'hangup'));
  }

  async declines(number: Number): Promise<void> {
    await this.#press(part.line(NAMES[number]!, 'decline'));
  }

  async playsFile(id: string): Promise<void> {
    await this.#press(part.conference('[part=files]'));
    await this.#press(part.conference(`[part=uploaded]:has([value="${id}"])`));
    await this.#press(part.conference('[part=play]'));
  }

  async endsForAll(): Promise<void> {
    await this.#press(part.conference('[part=end]'));
    await this.#press(part.conference('[part=end-confirm]'));
  }

  async opensMap(): Promise<void> {
    await this.#press(part.desk('#tab-map'));
    await shown(this.#page, part.map('[part~=row]'));
  }

  async fitsMap(): Promise<void> {
    await this.#press(part.map('[part~=fit]'));
  }

  async choosesOneOnMap(number: Number): Promise<void> {
    await this.#press(part.map('[part~=box]'));
    await this.#draw(await boxOf(this.#page, number, () => this.fitsMap()));
  }

  async clearsMap(): Promise<void> {
    await this.#press(part.map('[part=clear-selection]'));
  }

  async choosesOnMap(numbers: readonly Number[]): Promise<void> {
    await this.#press(part.map('[part~=lasso]'));
    await this.#draw(await lassoOf(this.#page, numbers, () => this.fitsMap()));
  }

  async #draw(path: readonly Point[]): Promise<void> {
    const {mouse} = this.#page;
    await mouse.move(path[0]!.x, path[0]!.y);
    await mouse.down();
    for (const {x, y} of path) await mouse.move(x, y);
    await mouse.up();
  }

  async confersFromMap(): Promise<void> {
    await this.#press(part.map('[data-action=conference]'));
  }

  async goesOn(): Promise<void> {
    await this.#press(part.rollCall('[aria-label=Next]:not([aria-disabled=true])'));
  }

  async repeats(): Promise<void> {
    await this.#press(part.group(2, '[part=options]'));
    await this.#press(part.group(2, '[part=repeat]'));
  }

  async listensIn(number: Number): Promise<void> {
    await this.#type(part.directory('[part=search]'), number);
    await this.#press(part.row(number), 'right');
    await this.#press(part.directory('[part=listen-in]'));
  }

  async bargesIn(): Promise<void> {
    await this.#press(part.call('[part=barge-in]'));
  }

  async endsCall(): Promise<void> {
    await this.#press(part.call('[part~=hangup]'));
  }

  async searchesJournal(text: string): Promise<void> {
    await this.#press(part.desk('#tab-journal'));
    await this.#type(part.journal('[part=search]'), text);
  }

  async exportsJournal(format: 'json' | 'csv'): Promise<void> {
    await this.#press(part.journal(`[part=${format}]`));
  }

  async handsOver(comment: string): Promise<void> {
    await this.#press(part.desk('[part~=hand-over]'));
    await this.#press(part.desk('[part~=hand-over-comment]'));
    await this.#page.keyboard.type(comment);
    await this.#press(part.desk('[part~=end-shift]'));
  }

  async signsIn(user: string, password: string): Promise<void> {
    await this.#type('#sign-in [name=user]', user);
    await this.#type('#sign-in [name=password]', password);
    await this.#press('#sign-in button');
  }

  async takesOver(): Promise<void> {
    await this.#press(part.desk('[part~=take-over]'));
  }
}
