/**
 * How long a browser's tasks take while a conversation of ten thousand messages, markup and scripts of a stranger among
 * them, is opened from the browser's database and scrolled to its first and some way back; beside a list in which all of
 * them are drawn, in the same run. Each task is measured by the clock, and by the processor time it took: the clock
 * counts other programs as well. Prints figures, judges nothing.
 */
import type {Page} from 'puppeteer-core';
import {phonePage} from '../support/page/phone-page.js';
import {openSite} from '../support/page/site.js';

const COUNT = 10_000;
/** What is a long task, in milliseconds. */
const LONG = 50;

const SCENES = {
  'a conversation': '<sip-messages with="1002"></sip-messages>',
  'a list of all of them': '<div part="list"></div>',
};

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
}

/** The tasks of the page's own thread between two of its marks, in milliseconds by the clock and of the processor. */
function tasksBetween(
  events: readonly TraceEvent[],
  from: string,
  to: string,
): {clock: number; own: number}[] {
  const [begin, end] = [from, to].map((name) => events.find((event) => event.name === name)!);
  return (
    events
      .filter(
        ({name, ph, pid, tid, ts, dur = 0}) =>
          name.endsWith('RunTask') &&
          ph === 'X' &&
          pid === begin!.pid &&
          tid === begin!.tid &&
          // The marks are set within tasks.
          ts + dur > begin!.ts &&
          ts < end!.ts,
      )
      // The processor's clock of a machine that is itself a guest may leap.
      .map(({dur = 0, tdur = 0}) => ({clock: dur / 1000, own: Math.min(dur, tdur) / 1000}))
  );
}

function told(tasks: readonly {clock: number; own: number}[]): string {
  const [clock, own] = (['clock', 'own'] as const).map((kind) => {
    const times = tasks.map((task) => task[kind]);
    const long = times.filter((time) => time > LONG).length;
    return `${long ? `${long} over ${LONG} ms` : `none over ${LONG} ms`}, the longest ${Math.max(...times).toFixed(1)}`;
  });
  return `of ${tasks.length} tasks by the clock ${clock}; of the processor ${own}`;
}

/** Opens one of the scenes and scrolls it. */
function play(page: Page, markup: string): Promise<{steps: number; drawn: number}> {
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
    let [steps, drawn] = [0, 0];
    while (log.scrollTop > 0 || !root.querySelector('.text')?.textContent?.startsWith('0 ')) {
      log.scrollTop -= 1_500;
      await frame();
      steps += 1;
      drawn = Math.max(drawn, root.querySelectorAll('[part=message]').length);
    }
    for (let back = 0; back < 200; back += 1) {
      log.scrollTop += 1_500;
      await frame();
    }
    performance.mark('ends');
    return {steps, drawn};
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
  for (const [name, markup] of Object.entries(SCENES)) {
    await page.tracing.start({categories: ['toplevel', 'blink.user_timing']});
    const {steps, drawn} = await play(page, markup);
    const trace = Buffer.from((await page.tracing.stop())!).toString();
    const {traceEvents: events} = JSON.parse(trace) as {traceEvents: TraceEvent[]};
    console.log(`${COUNT} messages, ${name}, ${drawn} drawn at most:`);
    console.log(`  opened: ${told(tasksBetween(events, 'opens', 'scrolls'))}`);
    console.log(`  scrolled in ${steps} steps and back: ${told(tasksBetween(events, 'scrolls', 'ends'))}`);
  }
} finally {
  await site.close();
}
