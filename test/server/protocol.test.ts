import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {describe, it} from 'node:test';
import {within} from '../../scripts/project.mjs';
import {GROUPS} from '../../server/users.js';
import {
  API_CODE,
  API_EVENT,
  API_HEADER,
  CALL_STATE,
  CALL_TYPE,
  FILE_TYPE,
  MEDIA_TYPE,
  USER_TYPE,
} from '../../src/dispatch/protocol.js';
import type {ServerOptions} from '../../server/server.js';
import {DocumentedExchange} from '../support/scripted/documented-exchange.js';
import {RawApi} from '../support/scripted/raw-api.js';
import {digest, parseRaw, RawSip} from '../support/scripted/raw-sip.js';
import {onSite, type ScriptedSite} from '../support/scripted/scripted-site.js';

const md5 = (text: string): string => createHash('md5').update(text).digest('hex');

/** A page of the protocol, and how its examples are played in their order. */
type Play = (page: DocumentedExchange, site: ScriptedSite) => Promise<void>;

/** Sends a documented SIP message as it is; compares its response with the next example. */
async function sends(page: DocumentedExchange, phone: RawSip): Promise<void> {
  const text = page.message();
  const {headers, body} = parseRaw(text);
  if (body) assert.deepEqual(headers('content-length'), [String(Buffer.byteLength(body))], text);
  phone.send(text);
  page.receives(await phone.inbox.next(({status}) => status >= 200));
}

/** Takes the next MESSAGE, which is the next example. */
async function takesMessage(page: DocumentedExchange, phone: RawSip): Promise<void> {
  const message = await phone.received('MESSAGE');
  phone.answer(message, 200, 'OK');
  page.receives(message);
}

const PAGES: Readonly<Record<string, {readonly play: Play; readonly options?: ServerOptions}>> = {
  carriers: {
    async play(page, {server}) {
      const phone = await RawSip.registered(server.url, '1003');
      await sends(page, phone);
      await takesMessage(page, phone);
      const api = await RawApi.loggedIn(server.url, '1003');
      await page.asks((request) => api.ask(request));
      await Promise.all([phone.close(), api.close()]);
    },
  },

  'sign-in': {
    async play(page, {server}) {
      const text = page.message();
      const [, contact] = /^Contact: <(.*)>/m.exec(text)!;
      const phone = await RawSip.open(server.url, '1003', contact);
      phone.send(text);
      const challenged = await phone.inbox.next();
      page.receives(challenged);
      const proof = {method: 'REGISTER', uri: 'sip:localhost', username: '1003', password: '1234'};
      const credentials = digest(challenged.header('www-authenticate') ?? '', proof);
      const again = text.replace('CSeq: 1', 'CSeq: 2').replace('8dcb941d9433', 'ccf0efc8b940');
      phone.send(again.replace('Content-Length', `Authorization: ${credentials}\r\nContent-Length`));
      page.receives(await phone.inbox.next());
      const api = await RawApi.loggedIn(server.url, '1003');
      await page.asks((request) => api.ask(request));
      const challenge = await api.ask(page.request());
      const documented = page.challenge;
      page.answered(challenge);
      await page.asks(({body, ...request}) => {
        assert.equal(body?.['password'], md5(`1234${documented}`));
        const password = md5(`1234${String(challenge.body[0]?.['checkuuid'])}`);
        return api.ask({...request, body: {...body, password}});
      });
      await page.asks((request) => api.ask(request));
      await Promise.all([phone.close(), api.close()]);
    },
  },

  envelope: {
    async play(page, site) {
      const [anna, crane] = [await site.client('1003', 2), await site.client('1022')];
      await page.asks((request) => anna.send(request));
      await anna.call('1022');
      await crane.answer();
      await page.sees(anna);
      const api = await RawApi.loggedIn(site.server.url, '1005');
      api.send(page.text());
      page.answered(await api.inbox.next());
      await page.asks((request) => api.ask(request));
      await api.close();
    },
  },

  calls: {
    async play(page, site) {
      const [anna, david] = [await site.client('1003', 2), await site.client('1005', 2)];
      await page.asks((request) => anna.send(request));
      await anna.sees('event 5');
      const [own] = anna.sessions.values();
      page.receives(own!.call!.invite);
      await page.sees(anna);
      const ringing = await david.incoming.next();
      page.receives(ringing.invite);
      await page.sees(anna);
      await ringing.answer();
      await page.sees(david);
      await page.asks((request) => anna.send(request));
      await page.sees(anna);
      await page.asks((request) => anna.send(request));
    },
  },

  conferences: {
    async play(page, site) {
      const anna = await site.client('1003', 2);
      const [david, elena] = [await site.client('1005', 2), await site.client('1007')];
      await page.asks((request) => anna.send(request));
      await david.answer();
      await page.sees(david);
      await elena.incoming.next();
      await anna.seesMember({number: '1007', state: '5'});
      await page.asks((request) => anna.send(request));
      await page.sees(anna);
      await page.asks((request) => anna.send(request));
      await page.asks((request) => anna.send(request));
      await page.sees(david);
      await page.asks((request) => anna.send(request));
      await page.asks((request) => anna.send(request));
    },
  },

  intercoms: {
    async play(page, site) {
      const anna = await site.client('1003', 2);
      const [david, elena] = [await site.client('1005', 2), await site.client('1007', 2)];
      await page.asks((request) => anna.send(request));
      await david.answer();
      await page.asks((request) => david.send(request));
      await page.sees(anna);
      await page.sees(david);
      await page.asks((request) => anna.send(request));
      await page.asks((request) => elena.send(request));
    },
  },

  supervision: {
    async play(page, site) {
      const maria = await site.client('1024', 2);
      const [camera, anna] = [await site.client('1020'), await site.client('1003')];
      const david = await site.client('1005');
      await page.asks((request) => maria.send(request));
      await camera.answer();
      await page.sees(maria);
      await page.asks((request) => maria.send(request));
      const {cid} = await anna.call('1005', MEDIA_TYPE.video);
      await david.answer();
      page.knows('srccid', cid);
      await page.asks((request) => maria.send(request));
      await page.sees(maria);
      await page.asks((request) => maria.send(request));
    },
  },

  directory: {
    options: {groups: GROUPS.filter(({number}) => ['8000', '8300', '8310'].includes(number))},
    async play(page, site) {
      const maria = await site.client('1024', 2);
      await page.asks((request) => maria.send(request));
      await page.asks((request) => maria.send(request));
      await site.client('1053');
      await page.sees(maria);
      await page.asks((request) => maria.send(request));
      await page.asks((request) => maria.send(request));
      await page.sees(maria);
    },
  },

  files: {
    async play(page, site) {
      const {url} = site.server;
      const phones = [await RawSip.registered(url, '1003'), await RawSip.registered(url, '1005')] as const;
      const delivered = phones[1].received('MESSAGE').then((message) => {
        phones[1].answer(message, 200, 'OK');
        return message;
      });
      await sends(page, phones[0]);
      page.receives(await delivered);
      await Promise.all(phones.map((phone) => phone.close()));

      const [head = '', ...parts] = page.text().split('\r\n\r\n');
      const [, path = '', type = ''] = /^POST (\S+) [^]*^Content-Type: (.*)$/m.exec(head) ?? [];
      const body = `${parts.join('\r\n\r\n')}\r\n`;
      const answer = await fetch(new URL(path, url), {method: 'POST', headers: {'Content-Type': type}, body});
      page.answered(await answer.json());

      const [anna, david] = [await site.client('1003', 2), await site.client('1005')];
      await page.asks((request) => anna.send(request));
      const {cid} = await anna.call('1005');
      await david.answer();
      await anna.sees('event 6');
      page.knows('cid', cid);
      await page.asks((request) => anna.send(request));
      await page.sees(anna);
      await page.asks((request) => anna.send(request));
    },
  },
};

describe('the pages of the protocol', () => {
  for (const [name, {play, options}] of Object.entries(PAGES))
    it(`show in docs/protocol/${name}.md what the server sends`, async () => {
      const uploads = await mkdtemp(`${tmpdir()}/protocol-`);
      try {
        await onSite(
          async (site) => {
            const page = new DocumentedExchange(name, site.server);
            await play(page, site);
            page.isOver();
          },
          {uploads, ...options},
        );
      } finally {
        await rm(uploads, {recursive: true});
      }
    });

  const read = (page: string): string => readFileSync(within(`docs/protocol/${page}.md`), 'utf8');

  it('name every request and event', () => {
    const text = Object.keys(PAGES).map(read).join('\n');
    const names = [...Object.values(API_HEADER), ...Object.values(API_EVENT)];
    assert.deepEqual(
      names.filter((name) => !text.includes(name)),
      [],
    );
  });

  for (const [heading, table] of Object.entries({
    'Call types': CALL_TYPE,
    'Call states': CALL_STATE,
    'User types': USER_TYPE,
    'File types': FILE_TYPE,
    Codes: API_CODE,
  }))
    it(`list the numbers of the code: ${heading}`, () => {
      const [, section = ''] = read('numbers').split(`## ${heading}\n`);
      const [rows = ''] = section.split('\n## ');
      const numbers = [...rows.matchAll(/^\| +(\d+) \|/gm)].map(([, number]) => Number(number));
      assert.deepEqual(numbers, Object.values(table));
    });
});
