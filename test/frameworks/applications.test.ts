import assert from 'node:assert/strict';
import {existsSync, readFileSync} from 'node:fs';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {within} from '../../scripts/project.mjs';
import {arrived, hears} from '../support/page/measure.js';
import {press, shown} from '../support/page/parts.js';
import {openSite, type Site} from '../support/page/site.js';
import {released, witness} from '../support/page/witness.js';

const CALL = '#call';
const ANSWER = 'sip-incoming >>> [part~=answer-audio]';
const HANG_UP = 'sip-call >>> [part~=hangup]';

/** Waits until the application has noted this as its newest line; an error says what it has noted instead. */
async function notes(page: Page, line: string): Promise<void> {
  const log = (): Promise<string[]> =>
    page.$$eval('#log li', (lines) => lines.map(({textContent}) => textContent!));
  await page
    .waitForFunction(
      (line) => document.querySelector('#log')!.lastElementChild?.textContent === line,
      {polling: 50, timeout: 30_000},
      line,
    )
    .catch(async (cause: unknown) => {
      throw new Error(`${page.url()} has noted ${JSON.stringify(await log())}, not "${line}".`, {cause});
    });
}

/** Waits until the page's client is registered. */
async function registers(page: Page): Promise<void> {
  await page.waitForFunction(
    () => document.querySelector('sip-client')?.state.registration === 'registered',
    {polling: 50},
  );
}

/** Waits until more sound has arrived than now. */
async function keepsHearing(page: Page): Promise<void> {
  const {audioPackets} = await arrived(page);
  while ((await arrived(page)).audioPackets < audioPackets + 20)
    await new Promise((resolve) => setTimeout(resolve, 50));
}

const {workspaces} = JSON.parse(readFileSync(within('demo/frameworks/package.json'), 'utf8')) as {
  workspaces: readonly string[];
};
/** The applications to test: all of `demo/frameworks`, or those that `npm run test:frameworks` was asked for. */
const FRAMEWORKS = process.env['FRAMEWORKS']?.split(',') ?? workspaces;
/** The users of the two pages, which call each other through the development server. */
const USERS = ['1011', '1012'] as const;

for (const framework of FRAMEWORKS)
  describe(`the application in ${framework}`, () => {
    let site: Site;
    let caller: Page;
    let callee: Page;
    const open = (user: string, peer: string): Promise<Page> =>
      site.open(`/frameworks/${framework}/dist/index.html?user=${user}&peer=${peer}`, witness);
    const connect = async (): Promise<void> => {
      await press(caller, CALL);
      await notes(callee, `received ${USERS[0]}`);
      await press(callee, ANSWER);
      for (const page of [caller, callee]) await notes(page, 'answered');
    };

    before(async () => {
      const built = `demo/frameworks/${framework}/dist/index.html`;
      assert.ok(existsSync(within(built)), `${built} is missing: run "npm run test:frameworks".`);
      site = await openSite();
      caller = await open(USERS[0], USERS[1]);
      callee = await open(USERS[1], USERS[0]);
    });
    after(() => site.close());

    it('registers when its page is loaded', async () => {
      for (const page of [caller, callee]) {
        await registers(page);
        assert.equal(await page.$eval('#registration', (element) => element.textContent), 'registered');
      }
    });

    it('places a call that the other page shows and answers, and both hear each other', async () => {
      await connect();
      for (const page of [caller, callee]) await hears(page, 'sip-client');
    });

    it('keeps the call while another route is shown', async () => {
      await press(caller, 'a[href$="/history"]');
      await shown(caller, 'sip-history');
      assert.equal(await caller.$('sip-call'), null);
      await keepsHearing(callee);
      await press(caller, 'nav a');
      await press(caller, HANG_UP);
      for (const page of [caller, callee]) await notes(page, 'ended normal');
      for (const page of [caller, callee]) await released(page);
    });

    it('ends the call if the client is unmounted, and registers again if it is mounted again', async () => {
      await connect();
      await press(caller, '#sign');
      await notes(callee, 'ended normal');
      for (const page of [caller, callee]) await released(page);
      assert.equal(await caller.$('sip-client'), null);
      await press(caller, '#sign');
      await registers(caller);
      await connect();
      await press(callee, HANG_UP);
      for (const page of [caller, callee]) await notes(page, 'ended normal');
    });

    it('reports no errors, warnings or violations of the Content-Security-Policy', () => {
      assert.deepEqual(site.complaints, []);
    });
  });
