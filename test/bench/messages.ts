/**
 * How long a browser's tasks take while a conversation of ten thousand messages, markup and scripts of a stranger among
 * them, is opened from the browser's database and scrolled to its first. Prints figures, judges nothing.
 */
import {openSite} from '../support/site.js';
import {phonePage} from '../support/phone-page.js';

const COUNT = 10_000;

const site = await openSite();
try {
  const page = await phonePage(site, {user: '1001'});
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
  const figures = await page.evaluate(async (count) => {
    const tasks: number[] = [];
    new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({duration}) => duration))).observe(
      {
        type: 'longtask',
      },
    );
    const frame = (): Promise<number> => new Promise(requestAnimationFrame);
    const client = document.querySelector('sip-client')!;
    client.innerHTML = '<sip-messages with="1002"></sip-messages>';
    const root = client.firstElementChild!.shadowRoot!;
    while (!root.querySelector('[part=message]')) await frame();
    const log = root.querySelector('[part=log]')!;
    const opened = tasks.splice(0);
    let steps = 0;
    let drawn = 0;
    const first = (): string => root.querySelector('[part=message] .text')?.textContent ?? '';
    while (!first().startsWith('0 ')) {
      log.scrollTop -= 1_500;
      await frame();
      steps += 1;
      drawn = Math.max(drawn, root.querySelectorAll('[part=message]').length);
    }
    for (let back = 0; back < 200; back += 1) {
      log.scrollTop += 1_500;
      await frame();
    }
    await frame();
    return {count, opened, scrolled: tasks, steps, drawn};
  }, COUNT);
  const told = (tasks: readonly number[]): string =>
    tasks.length
      ? `${tasks.length} tasks over 50 ms, the longest ${Math.max(...tasks)} ms`
      : 'no task over 50 ms';
  console.log(
    `${figures.count} messages: opened with ${told(figures.opened)}; scrolled in ${figures.steps} steps and back with ${told(figures.scrolled)}; ${figures.drawn} drawn at most`,
  );
} finally {
  await site.close();
}
