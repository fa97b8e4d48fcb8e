/**
 * How long a browser's tasks take while a conversation of ten thousand messages, markup and scripts of a stranger among
 * them, is opened from the browser's database and scrolled to its first and some way back; beside a list in which all of
 * them are drawn, in the same run.
 *
 * `node --import tsx test/bench/messages.ts [MESSAGES]`
 */
import type {Page} from 'puppeteer-core';
import {phonePage} from '../support/page/phone-page.js';
import {openSite} from '../support/page/site.js';
import {printTable, size} from './table.js';
import {recordTasks, TASK_HEADS, taskCells} from './tasks.js';

const COUNT = size(10_000);
const SCENES = {
  'a conversation': '<sip-messages with="1002"></sip-messages>',
  'a list of all of them': '<div part="list"></div>',
};

/** Opens one of the scenes and scrolls it. */
function play(page: Page, markup: string): Promise<number> {
  return page.evaluate(async (markup) => {
    const frame = (): Promise<number> => new Promise(requestAnimationFrame);
    const client = document.querySelector('sip-client') as any;
    client.replaceChildren();
    await frame();
    performance.mark('opens');
    client.innerHTML = markup;
    const element = client.firstElementChild as HTMLElement;
    // The log of a conversation is a shadow root in another one.
    const rootOf = (tag: string): ShadowRoot | null | undefined => root.querySelector(tag)?.shadowRoot;
    let root: ParentNode = element.shadowRoot ?? client;
    for (const tag of element.shadowRoot ? ['sip-messages-panel', 'sip-messages-log'] : []) {
      while (!rootOf(tag)) await frame();
      root = rootOf(tag)!;
    }
    if (!element.shadowRoot) {
      element.setAttribute('part', 'log');
      Object.assign(element.style, {blockSize: '24rem', overflowY: 'auto'});
      const {messages} = (await client.client.messages.open('1002')).state;
      for (const {text} of messages) {
        const line = Object.assign(document.createElement('p'), {className: 'text', textContent: text});
        element.append(line);
        line.part.add('message');
      }
      element.scrollTop = element.scrollHeight;
    }
    while (!root.querySelector('[part=message]')) await frame();
    const log = root.querySelector('[part=log]')!;
    await frame();
    performance.mark('scrolls');
    let drawn = 0;
    while (log.scrollTop > 0 || !root.querySelector('.text')?.textContent?.startsWith('0 ')) {
      log.scrollTop -= 1_500;
      await frame();
      drawn = Math.max(drawn, root.querySelectorAll('[part=message]').length);
    }
    for (let back = 0; back < 200; back += 1) {
      log.scrollTop += 1_500;
      await frame();
    }
    return drawn;
  }, markup);
}

const site = await openSite();
try {
  const page = await phonePage(site, {user: '1001', withoutCsp: true});
  await page.evaluate(async (count) => {
    const {client} = document.querySelector('sip-client') as any;
    const now = Date.now();
    await client.messages.add(
      Array.from({length: count}, (_, index) => ({
        number: '1002',
        direction: index % 3 ? 'incoming' : 'outgoing',
        text: `${index} ${index % 7 ? 'word '.repeat(index % 40) : '<img src=x onerror=alert(1)><script>alert(1)</script>'}`,
        time: now - (count - index) * 60_000,
      })),
    );
  }, COUNT);
  const rows = [];
  for (const [name, markup] of Object.entries(SCENES)) {
    const {result: drawn, tasks} = await recordTasks(page, () => play(page, markup));
    const isOurs = markup.includes('sip-messages');
    rows.push(
      [`${name}, opened`, drawn, ...taskCells(tasks('opens', 'scrolls'), isOurs)],
      [`${name}, scrolled up and back`, drawn, ...taskCells(tasks('scrolls'), isOurs)],
    );
  }
  printTable('messages', [`${COUNT} messages`, 'drawn at most', ...TASK_HEADS], rows);
} finally {
  await site.close();
}
