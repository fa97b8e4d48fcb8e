import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {receives, turnsBlack} from '../support/measure.js';
import {press, shown} from '../support/parts.js';
import {openSite, type Site} from '../support/site.js';
import {released, witness} from '../support/witness.js';

const phone = (user: string) => {
  const within = (tag: string) => (part: string) => `#phone-${user} ${tag} >>> [part~=${part}]`;
  return {
    client: `#phone-${user}`,
    dialer: within('sip-dialer'),
    incoming: within('sip-incoming'),
    call: within('sip-call'),
  };
};
const [first, second] = [phone('1001'), phone('1002')];

describe('the page of two phones in Firefox', () => {
  let site: Site;
  let page: Page;
  before(async () => {
    site = await openSite({firefox: true});
    page = await site.open('/', witness);
  });
  after(() => site?.close());

  async function reaches(client: string, phase: string): Promise<void> {
    await page.evaluate(
      async (client, phase) => {
        const element = document.querySelector(client)!.querySelector('sip-call') as any;
        while (element.call?.state.phase !== phase) await new Promise((resolve) => setTimeout(resolve, 20));
      },
      client,
      phase,
    );
  }

  it('connects a call by its green buttons, and both ends see and hear', async () => {
    await press(page, `${first.dialer('call')}:not([aria-disabled])`);
    await press(page, second.incoming('answer-video'));
    for (const {client} of [first, second]) {
      await reaches(client, 'answered');
      await receives(page, client, {frames: 10, energy: 0.01});
      await turnsBlack(page, client, false);
    }
  });

  it('ends the call at both, and leaves no device on', async () => {
    await press(page, second.call('hangup'));
    for (const {client} of [first, second]) await reaches(client, 'released');
    await released(page);
    await shown(page, first.call('again'));
  });

  it('calls the other way, with sound alone, where the caller gives up', async () => {
    await page.evaluate(
      (client) => document.querySelector(client)!.querySelector('sip-dialer')!.setAttribute('media', 'audio'),
      second.client,
    );
    await press(page, `${second.dialer('call')}:not([aria-disabled])`);
    await shown(page, first.incoming('answer-audio'));
    await press(page, second.call('hangup'));
    for (const {client} of [first, second]) await reaches(client, 'released');
    await released(page);
  });

  it('makes the page complain of nothing, its Content-Security-Policy included', () => {
    assert.deepEqual(site.complaints, []);
  });
});
