import assert from 'node:assert/strict';
import type {KeyInput, Page} from 'puppeteer-core';
import {named, until} from '../in-page/facts.js';
import {shown} from '../page/parts.js';
import type {Number} from './crew.js';
import {NAMES, part, type Hand} from './hand.js';

/** The regions of a desk, by the digit that leads to each with Alt. */
const REGIONS = {top: '1', left: '2', center: '3', queue: '4', right: '5', bottom: '6'} as const;

/** How many presses of Tab, or of an arrow, lead to a control at most. */
const MOST_PRESSES = 40;

/** Does everything by keys: those of the desk, and Tab, arrows, Enter and the space bar. */
export class KeyboardHand implements Hand {
  readonly name = 'the keyboard';
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** Presses keys one after the other, as a person would: each sees what the one before has done. */
  async #keys(...keys: readonly KeyInput[]): Promise<void> {
    for (const key of keys) {
      await this.#page.keyboard.press(key);
      await named(
        this.#page.evaluate(() => new Promise(requestAnimationFrame)),
        `a frame after ${key}`,
      );
    }
  }

  async #with(modifier: 'Alt' | 'Control' | 'Shift', ...keys: readonly KeyInput[]): Promise<void> {
    await this.#page.keyboard.down(modifier);
    await this.#keys(...keys);
    await this.#page.keyboard.up(modifier);
  }

  #has(selector: string): Promise<boolean> {
    return this.#page.$(`${selector}:focus`).then((found) => found !== null);
  }

  /** Waits until something has the focus, to which no key leads. */
  #gets(selector: string): Promise<void> {
    return until(
      () => this.#has(selector),
      20_000,
      () => `${selector} has the focus`,
    );
  }

  /** Presses a key until something has the focus. */
  async #leads(key: KeyInput, selector: string): Promise<void> {
    await shown(this.#page, selector);
    const passed: string[] = [];
    while (!(await this.#has(selector))) {
      const at = await this.#focused();
      assert.ok(passed.length < MOST_PRESSES, `${key} leads to ${passed.join(', ')}, not to ${selector}`);
      passed.push(at);
      await this.#keys(key);
    }
  }

  #focused(): Promise<string> {
    return this.#page.evaluate(() => {
      let at = document.activeElement;
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
      return `${at?.localName} ${at?.getAttribute('part') ?? at?.id}`;
    });
  }

  /** Leads to a control of a region by the region's key and Tab. */
  async #reach(region: keyof typeof REGIONS, selector: string): Promise<void> {
    await this.#with('Alt', REGIONS[region]);
    await this.#leads('Tab', selector);
  }

  async #press(region: keyof typeof REGIONS, selector: string): Promise<void> {
    await this.#reach(region, selector);
    await this.#keys('Enter');
  }

  /** Shows a tab of a region. */
  async #show(region: 'center' | 'right', id: string): Promise<void> {
    await this.#reach(region, part.desk(`#region-${region} [role=tab][tabindex="0"]`));
    await this.#leads('ArrowRight', part.desk(`#tab-${id}`));
  }

  /** Searches the directory, and leads to the first row that is found. */
  async #search(text: string, ...found: readonly string[]): Promise<void> {
    await this.#keys('F3');
    await this.#gets(part.directory('[part=search]'));
    await this.#with('Control', 'a');
    await this.#page.keyboard.type(text);
    for (const key of found) await shown(this.#page, part.row(key));
    await until(async () => (await this.#page.$(part.directory('[part=tree][aria-busy]'))) === null);
    await this.#keys('ArrowDown');
  }

  /** Moves the cursor of the directory's tree to a row. */
  async #leadsToRow(key: string): Promise<void> {
    for (let presses = 0; !(await this.#page.$(`${part.row(key)}.active`)); presses += 1) {
      assert.ok(presses < MOST_PRESSES, `The arrows do not lead to ${key}.`);
      await this.#keys('ArrowDown');
    }
  }

  async joinsGroups(): Promise<void> {
    await this.#keys('F5', 'F6');
    for (const place of [1, 2]) await shown(this.#page, part.group(place, '.tile.idle'));
    await this.#keys('F6');
    for (const place of [1, 2]) await shown(this.#page, part.group(place, '.tile.selected'));
  }

  async selectsPeople(text: string, [first, ...others]: readonly string[]): Promise<void> {
    await this.#search(text, first!, ...others);
    await this.#leadsToRow(first!);
    await this.#keys('Space');
    await this.#with('Shift', ...others.map(() => 'ArrowDown' as const));
  }

  async selectsGroup(text: string, number: string): Promise<void> {
    await this.#search(text, number);
    await this.#leadsToRow(number);
    await this.#keys('Space');
  }

  async acts(action: string): Promise<void> {
    await this.#leads('Tab', part.action(action));
    await this.#keys('Enter');
  }

  async writes(text: string): Promise<void> {
    await this.#gets(part.messages('[part=field]'));
    await this.#page.keyboard.type(text);
    await this.#keys('Enter');
  }

  async divides(): Promise<void> {
    await this.#press('center', part.desk('[part=arrangement]:nth-of-type(2)'));
    for (const pane of ['conference', 'wall']) await this.#show('center', pane);
  }

  async callsAgain(number: Number): Promise<void> {
    await this.#reach('center', part.conference('[part~=roster]'));
    for (let presses = 0; !(await this.#page.$(`${part.member(number)}.active`)); presses += 1) {
      assert.ok(presses < MOST_PRESSES, `The arrows do not lead to the member ${number}.`);
      await this.#keys('ArrowDown');
    }
    await this.#leads('Tab', `${part.member(number)} >>> [part~=again]`);
    await this.#keys('Enter');
  }

  async invitesCamera(number: string): Promise<void> {
    await this.#press('center', part.tile(number, '[part=camera-more]'));
    await this.#gets(part.tile(number, 'sip-monitor-menu >>> [part=invite]'));
    await this.#keys('Enter');
  }

  async talks(): Promise<() => Promise<void>> {
    const {keyboard} = this.#page;
    await keyboard.down('Control');
    await keyboard.down('Space');
    return async () => {
      await keyboard.up('Space');
      await keyboard.up('Control');
    };
  }

  async answersFirst(): Promise<void> {
    await this.#keys('F1');
  }

  async acknowledges(): Promise<void> {
    await this.#press('queue', part.queue('[part=acknowledge]'));
  }

  async returns(): Promise<void> {
    await this.#press('queue', part.queue('[part=return]'));
  }

  async resumes(): Promise<void> {
    await this.#keys('F2');
  }

  async hangsUp(number: Number): Promise<void> {
    await this.#press('queue', part.line(NAMES[number]!, 'hangup'));
  }

  async declines(number: Number): Promise<void> {
    await this.#press('queue', part.line(NAMES[number]!, 'decline'));
  }

  async playsFile(id: string): Promise<void> {
    await this.#press('center', part.conference('[part=files]'));
    await this.#leads('ArrowDown', part.conference(`[part=uploaded] [value="${id}"]`));
    await this.#keys('Space', 'Enter');
  }

  async endsForAll(): Promise<void> {
    await this.#press('center', part.conference('[part=end]'));
    await this.#gets(part.conference('[part=end-cancel]'));
    await this.#leads('Tab', part.conference('[part=end-confirm]'));
    await this.#keys('Enter');
  }

  async opensMap(): Promise<void> {
    await this.#show('center', 'map');
    await shown(this.#page, part.map('[part~=row]'));
  }

  async fitsMap(): Promise<void> {
    await this.#press('center', part.map('[part~=fit]'));
  }

  async choosesOneOnMap(number: Number): Promise<void> {
    await this.choosesOnMap([number]);
  }

  async clearsMap(): Promise<void> {
    await this.#press('center', part.map('[part=clear-selection]'));
  }

  async choosesOnMap(numbers: readonly Number[]): Promise<void> {
    await this.#reach('center', part.map('[part=list]'));
    await this.#keys('Home');
    for (const number of numbers) {
      const cursor = part.map(`[part=row][data-number="${number}"].cursor`);
      // From where the cursor is, in either direction.
      for (let presses = 0; !(await this.#page.$(cursor)); presses += 1) {
        assert.ok(presses < 3 * MOST_PRESSES, `The arrows do not lead to ${number}.`);
        await this.#keys('ArrowDown');
      }
      await this.#keys('Space', 'Home');
    }
  }

  async confersFromMap(): Promise<void> {
    await this.#leads('Tab', part.map('[data-action=conference]'));
    await this.#keys('Enter');
  }

  async goesOn(): Promise<void> {
    // It has had the focus since the roll call began.
    await this.#gets(part.rollCall('[aria-label=Next]:not([aria-disabled=true])'));
    await this.#keys('Enter');
  }

  async repeats(): Promise<void> {
    await this.#with('Alt', 'r');
  }

  async listensIn(number: Number): Promise<void> {
    await this.#search(number, number);
    await this.#leadsToRow(number);
    await this.#keys('F4');
  }

  async bargesIn(): Promise<void> {
    await this.#press('center', part.call('[part=barge-in]'));
  }

  async endsCall(): Promise<void> {
    await this.#press('center', part.call('[part~=hangup]'));
  }

  async searchesJournal(text: string): Promise<void> {
    await this.#show('right', 'journal');
    await this.#leads('Tab', part.journal('[part=search]'));
    await this.#with('Control', 'a');
    await this.#page.keyboard.type(text);
  }

  async exportsJournal(format: 'json' | 'csv'): Promise<void> {
    await this.#press('right', part.journal(`[part=${format}]`));
  }

  async handsOver(comment: string): Promise<void> {
    await this.#press('top', part.desk('[part~=hand-over]'));
    await this.#leads('Tab', part.desk('[part~=hand-over-comment]'));
    await this.#page.keyboard.type(comment);
    await this.#leads('Tab', part.desk('[part~=end-shift]'));
    await this.#keys('Enter');
  }

  async signsIn(user: string, password: string): Promise<void> {
    await this.#leads('Tab', '#sign-in [name=user]');
    await this.#page.keyboard.type(user);
    await this.#leads('Tab', '#sign-in [name=password]');
    await this.#page.keyboard.type(password);
    await this.#keys('Enter');
  }

  async takesOver(): Promise<void> {
    await this.#press('top', part.desk('[part~=take-over]'));
  }
}
