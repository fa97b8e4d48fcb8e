import assert from 'node:assert/strict';
import {readdir, readFile} from 'node:fs/promises';
import {after, afterEach, before, beforeEach, describe, it} from 'node:test';
import type {Page} from 'puppeteer-core';
import {until} from '../../support/in-page/facts.js';
import {
  fillPage,
  goOnline,
  nextEvent,
  onlinePage,
  phonePage,
  placeCall,
} from '../../support/page/phone-page.js';
import {collectGarbage} from '../../support/page/heap.js';
import {openSite, type Site} from '../../support/page/site.js';

/** Each row of the table in docs/security.md: how its entries begin, in the order of the rows. */
const ROWS = [
  ['history', /^localStorage sip-elements:history:/],
  ['messages', /^IndexedDB sip-elements\//],
  ['drafts', /^localStorage sip-elements:drafts:/],
  ['kinds of messages', /^sessionStorage sip-elements\.accepted\./],
  ['calls', /^(?:sessionStorage sip-elements\.calls\.|IndexedDB sip-elements-calls\/)/],
  ['server and user', /^localStorage sip-elements\/account/],
  ['recordings', /^OPFS sip-elements-recordings\//],
  ['what was heard', /^OPFS sip-elements-recall\//],
  ['closed page', /^IndexedDB sip-elements-push\//],
  ['journal', /^IndexedDB sip-elements-journal\//],
  ['SOS calls', /^localStorage sip-elements:alarms:/],
  ['volume and output', /^localStorage sip-elements:sound:/],
  ['chosen devices', /^localStorage sip-(?:devices(?:-effects)?|headsets)$/],
  ['order and priority', /^localStorage sip-elements:(?:channels|push-to-talk):/],
  ['captions', /^localStorage sip-elements:captions:/],
  ['rounds', /^localStorage sip-elements:rounds:/],
  ['keys of people', /^localStorage sip-elements:keys:/],
  ['a roll call', /^localStorage sip-elements:roll-call:/],
  ['roll call that runs', /^localStorage sip-elements:running-roll-call:/],
  ['layouts', /^localStorage sip-elements:console:/],
  ['in use at a desk', /^sessionStorage sip-elements:desk-use:/],
  ['shift', /^localStorage sip-elements:handover:/],
  ['instance id', /^sessionStorage sip-elements\.(?:instance|phone)\./],
] as const;

const PLACES = ['localStorage', 'sessionStorage', 'IndexedDB', 'OPFS'] as const;

/** What the sources name alike and do not store: contexts, files of scripts and of users, locks and channels. */
const UNSTORED =
  /@\d+$|\.(?:js|json)$|^sip-elements(?:-(?:handover|report)$|\/(?:functions|worker)|:(?:$|\$|number$|headset$|(?:recall|recording|journal|front|calls|messages?|push):))/;

/** Everything that the page's origin stores, by its place. */
function dump(page: Page): Promise<Record<string, string>> {
  return page.evaluate(async () => {
    const found: Record<string, string> = {};
    for (const [name, storage] of Object.entries({localStorage, sessionStorage}))
      for (let index = 0; index < storage.length; index += 1)
        found[`${name} ${storage.key(index)!}`] = storage.getItem(storage.key(index)!)!;
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error!);
      });
    for (const {name = ''} of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const all = database.transaction(store).objectStore(store);
        const [keys, values] = await Promise.all([settled(all.getAllKeys()), settled(all.getAll())]);
        keys.forEach((key, index) => {
          found[`IndexedDB ${name}/${store}/${JSON.stringify(key)}`] = JSON.stringify(values[index]);
        });
      }
      database.close();
    }
    const files = async (folder: any, path: string): Promise<void> => {
      for await (const [name, handle] of folder.entries()) {
        if (handle.kind === 'directory') await files(handle, `${path}${name}/`);
        else found[`OPFS ${path}${name}`] = String((await handle.getFile()).size);
      }
    };
    await files(await navigator.storage.getDirectory(), '');
    for (const name of await caches.keys()) found[`caches ${name}`] = '';
    if (document.cookie) found['cookies'] = document.cookie;
    for (const registration of await navigator.serviceWorker.getRegistrations()) {
      for (const {title} of await registration.getNotifications()) found[`notification ${title}`] = '';
      if (await registration.pushManager.getSubscription()) found['subscription'] = registration.scope;
    }
    const {title} = navigator.mediaSession.metadata ?? {};
    if (title) found[`media ${title}`] = '';
    if (window.name || history.state) found['page'] = `${window.name} ${JSON.stringify(history.state)}`;
    return found;
  });
}

/** The names of the rows in which there are entries; an entry of no row is named itself. */
function rowsOf(entries: Readonly<Record<string, string>>): readonly string[] {
  const names = Object.keys(entries).map((key) => ROWS.find(([, place]) => place.test(key))?.[0] ?? key);
  return ROWS.map(([name]) => name as string)
    .concat(names)
    .filter((name, index, all) => names.includes(name) && all.indexOf(name) === index);
}

/** Works as a user does: calls, records, writes and gets texts, and begins another one. */
async function work(page: Page, colleague: Page): Promise<void> {
  await placeCall(page, '1002', 'audio');
  await nextEvent(colleague, 'sip-call-received');
  await colleague.evaluate(() => (window as any).call.answer());
  await nextEvent(page, 'sip-call-answered');
  await page.evaluate(async () => {
    const {call} = window as any;
    await call.startRecording();
    await call.setVolume(0.5);
    const client = document.querySelector('sip-client')!.client!;
    await client.options.devices.setCallVolume(0.5);
    await client.messages.send('1002', 'the first text');
    client.messages.setComposing('1002', true);
  });
  await colleague.evaluate(() =>
    (document.querySelector('sip-client') as any).client.messages.send('1001', 'an answer'),
  );
  await nextEvent(page, 'sip-message-received');
  await page.evaluate(async () => {
    document.querySelector('sip-messages')!.setAttribute('with', '1002');
  });
  const field = (await page.waitForSelector('sip-messages >>> textarea'))!;
  await field.type('a draft');
  await page.evaluate(async () => {
    await (window as any).call.stopRecording();
  });
}

/** Empties what the origin stores. */
const empty = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    localStorage.clear();
    sessionStorage.clear();
    for (const {name} of await indexedDB.databases()) indexedDB.deleteDatabase(name!);
    const root = (await navigator.storage.getDirectory()) as any;
    for await (const name of root.keys()) await root.removeEntry(name, {recursive: true});
  });

/** Secrets of the page, and what others have said, by words that occur nowhere else. */
const SECRET = /secret-(?:endpoint|ticket|words)/;

/** Uses what stores something, or could: pushes, captions, encryption, notes, files, a group, several calls, a desk. */
async function workMuch(page: Page, colleague: Page): Promise<void> {
  await work(page, colleague);
  await page.evaluate(async () => {
    const {client} = document.querySelector('sip-client') as any;
    const push = await client.openPush();
    while (push.state.status !== 'on')
      await new Promise((resolve) => push.addEventListener('statechange', resolve, {once: true}));
    await (window as any).call.captions();
    await client.messages.sendFile('1002', new File(['content'], 'a.txt', {type: 'text/plain'}));
    const group = {number: '9001', name: 'All hands'};
    await client.messages.sendToAll([{number: '1002', name: 'a colleague'}], 'to all of the group', group);
    const journal = await client.openJournal().catch(() => undefined);
    journal?.note(journal.rows.at(-1).id, 'a note');
    // The conference puts the call on hold: what is kept of it has been heard before.
    while (client.recall.minutes && client.recall.utterances.length === 0)
      await new Promise((resolve) => setTimeout(resolve, 20));
    await client.createConference({members: ['1002'], name: 'A conference'});
    await client.intercom('9002');
    await client.watchPeople(['1002']);
    await client.connectApi();
    await client.options.devices.setCallVolume(0.5);
  });
}

const signOut = (page: Page): Promise<void> =>
  page.evaluate(() => document.querySelector('sip-client')!.disconnect());

describe('what the browser stores', () => {
  let site: Site;
  let colleague: Page;
  before(async () => void (site = await openSite()));
  after(() => site.close());
  beforeEach(async () => {
    colleague = await onlinePage(site, {user: '1002', attributes: 'history-storage="none"'});
  });
  afterEach(() => colleague.close());

  it('has a row for everything that the sources name as stored', async () => {
    const sources = new URL('../../../src/', import.meta.url);
    const named = new Set<string>();
    for (const file of await readdir(sources, {recursive: true})) {
      if (!file.endsWith('.ts') || file.endsWith('.d.ts')) continue;
      const text = await readFile(new URL(file, sources), 'utf8');
      for (const [, what] of text.matchAll(/storageKey\('([\w-]+)'/g)) named.add(`sip-elements:${what}:`);
      for (const [, name = ''] of text.matchAll(/['"`](sip-elements[.:/-][^'"`\s]*)/g)) named.add(name);
    }
    const stored = [...named].filter((name) => !UNSTORED.test(name));
    assert.ok(stored.length >= ROWS.length, stored.join(', '));
    const hasRow = (name: string): boolean =>
      PLACES.some((place) =>
        ['', '.', '/'].some((end) => ROWS.some(([, entries]) => entries.test(`${place} ${name}${end}`))),
      );
    assert.deepEqual(
      stored.filter((name) => !hasRow(name)),
      [],
    );
  });

  it('is what the table of docs/security.md says, row by row', async () => {
    const text = await readFile(new URL('../../../docs/security.md', import.meta.url), 'utf8');
    const [, table = ''] = /\| what +\| where[^\n]*\n\| -[^\n]*\n((?:\|[^\n]*\n)+)/.exec(text) ?? [];
    const rows = table.trim().split('\n');
    assert.equal(rows.length, ROWS.length);
    rows.forEach((row, index) => assert.ok(row.includes(ROWS[index]![0]), `${row}: ${ROWS[index]![0]}`));
  });

  it('with the usual settings is all of that; after signing out, nothing of the session', async () => {
    const page = await onlinePage(site, {
      user: '1001',
      attributes: 'resume',
      inside: '<sip-messages></sip-messages>',
    });
    await work(page, colleague);
    const before = await dump(page);
    for (const row of [
      'messages',
      'kinds of messages',
      'calls',
      'drafts',
      'recordings',
      'volume and output',
      'instance id',
    ])
      assert.ok(rowsOf(before).includes(row), `${row} in ${Object.keys(before).join(', ')}`);
    await signOut(page);
    await until(async () => rowsOf(await dump(page)).includes('history'));
    const after = await dump(page);
    assert.deepEqual(
      rowsOf(after).filter((row) => !ROWS.some(([name]) => name === row)),
      [],
    );
    const ofSession = Object.entries(after).filter(([key]) => /^sessionStorage|sip-elements-calls/.test(key));
    assert.deepEqual(
      ofSession.filter(([, value]) => value.includes('1002')),
      [],
    );
    assert.ok(!rowsOf(after).includes('kinds of messages'));
    await page.close();
  });

  // Where the page stores, and where it does not.
  for (const [what, attributes, rest] of [
    [
      'everything',
      'resume journal-storage="local" recall="5"',
      ['history', 'messages', 'drafts', 'recordings', 'journal', 'volume and output', 'layouts'],
    ],
    [
      'everything and nothing stored',
      'history-storage="none" recordings-storage="memory" recall="0" journal-storage="none"',
      [],
    ],
  ] as const)
    it(`with ${what} in use, after signing out, is no secret, and no name outside of the table`, async () => {
      const origin = new URL(site.server.url).origin;
      await site.browser
        .defaultBrowserContext()
        .setPermission(origin, {permission: {name: 'notifications'}, state: 'granted'});
      const page = await phonePage(site, {user: '1001'});
      await empty(page);
      await fillPage(page, {
        user: '1001',
        attributes,
        inside: `<sip-messages></sip-messages><sip-console><sip-channels groups="9001=All hands"></sip-channels></sip-console>`,
      });
      await page.evaluate(() => {
        const subscription = {endpoint: 'https://push.example/secret-endpoint'};
        Object.assign(document.querySelector('sip-client') as any, {
          options: {
            push: {worker: '/sip-push-worker.js', subscription},
            encryption: {mode: 'prefer'},
            registerHeaders: {'X-Ticket': 'secret-ticket'},
            captions: (sound: any) => ({
              write: () => sound.caption({text: 'secret-words', final: true}),
            }),
            people: async () => ({name: 'a colleague', detail: 'of the page'}),
          },
        });
      });
      await goOnline(page);
      await workMuch(page, colleague);
      const stored = rest.length > 0 ? [...rest.slice(1), 'calls', 'what was heard'] : [];
      let used: readonly string[] = [];
      await until(
        async () => {
          used = rowsOf(await dump(page));
          return ['closed page', ...stored].every((row) => used.includes(row));
        },
        20_000,
        async () => used,
      );
      await signOut(page);
      const allowed = [...rest, 'chosen devices', 'instance id', 'calls'];
      let found: Record<string, string> = {};
      await until(
        async () => rowsOf((found = await dump(page))).every((row) => allowed.includes(row as never)),
        20_000,
        async () => rowsOf(found),
      );
      const naming = Object.entries(found).filter(([key, value]) => {
        const isKept = rest.includes(rowsOf({[key]: value})[0] as never);
        return SECRET.test(key + value) || (!isKept && /1002|colleague|content/.test(key + value));
      });
      assert.deepEqual(naming, []);
      await page.close();
    });

  it('with a journal has that, also in the next page and after signing out, until the page erases it', async () => {
    const attributes = 'history-storage="none" journal-storage="local"';
    const page = await onlinePage(site, {user: '1001', attributes});
    await page.evaluate(async () => {
      const journal = await document.querySelector('sip-client')!.openJournal();
      await document.querySelector('sip-client')!.sendMessage('1002', 'written down');
      await journal.written();
    });
    assert.ok(rowsOf(await dump(page)).includes('journal'));
    await page.reload();
    await fillPage(page, {user: '1001', attributes});
    await goOnline(page);
    await signOut(page);
    const told = await page.evaluate(async () => {
      const journal = await document.querySelector('sip-client')!.openJournal();
      await journal.written();
      const {valid} = await journal.verify();
      return {valid, rows: journal.rows.map(({kind, event, text = ''}) => `${kind} ${event} ${text}`)};
    });
    assert.deepEqual(told, {
      valid: true,
      rows: ['session signed-in ', 'text sent written down', 'session returned ', 'session signed-out '],
    });
    await page.evaluate(async () => {
      await (await document.querySelector('sip-client')!.openJournal()).erase();
    });
    assert.ok(!rowsOf(await dump(page)).includes('journal'));
    await page.close();
  });

  it('with a journal is no longer in memory once the user has signed out and the page has let go of it', async () => {
    const page = await onlinePage(site, {user: '1001', attributes: 'journal-storage="local"'});
    await page.evaluate(async () => {
      const element = document.querySelector('sip-client')!;
      const {client} = element as any;
      const journal = await client.openJournal();
      await client.messages.send('1002', 'written down');
      await client.disconnect();
      await journal.written();
      (window as any).kept = {client: new WeakRef(client), journal: new WeakRef(journal)};
      (window as any).events.length = 0;
      element.remove();
    });
    const kept = (): Promise<string[]> =>
      page.evaluate(() =>
        Object.entries<any>((window as any).kept).flatMap(([name, reference]) =>
          reference.deref() ? [name] : [],
        ),
      );
    await until(
      async () => {
        await collectGarbage(page);
        return (await kept()).length === 0;
      },
      20_000,
      async () => kept(),
    );
    await page.close();
  });

  it('with all of it switched off names nobody, neither before nor after signing out', async () => {
    const page = await phonePage(site, {user: '1001'});
    await empty(page);
    await fillPage(page, {
      user: '1001',
      attributes: 'history-storage="none" recordings-storage="memory"',
      inside: '<sip-messages></sip-messages>',
    });
    await goOnline(page);
    await work(page, colleague);
    for (const moment of ['before', 'after']) {
      const found = await dump(page);
      const allowed = ['instance id', 'chosen devices'];
      assert.deepEqual(
        rowsOf(found).filter((row) => !allowed.includes(row)),
        [],
        moment,
      );
      const naming = Object.entries(found).filter(([key, value]) => /1002|text|draft/.test(key + value));
      assert.deepEqual(naming, [], moment);
      await signOut(page);
    }
    await page.close();
  });
});
