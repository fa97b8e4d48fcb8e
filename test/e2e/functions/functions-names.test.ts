import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import type * as functions from '../../../src/functions.js';
import {DownloadFolder} from '../../support/page/download-folder.js';
import {
  DOCUMENTED,
  functionsPage,
  plays,
  requestsOf,
  SMALL_NAMES,
  type FunctionsPage,
  type Told,
} from '../../support/page/functions-page.js';
import {openSite, type Site} from '../../support/page/site.js';
import {released} from '../../support/page/witness.js';

const ELEMENTS = ['#localvideo', '#remotevideo', '#remoteaudio'] as const;
const [AUDIO, VIDEO] = [1, 2];
/** A group that does not exist, and a session that does not. */
const [NO_GROUP, NO_SESSION] = ['9009', 'no-session'];
const REFUSED_CONFERENCE = ['1002', '', '', AUDIO, 'no-file'] as const;

/** Functions whose reply arrives at `onAPIReceived`: the header of the request, and the arguments. */
const ASKING: readonly (readonly [name: string, header: string, ...values: readonly unknown[]])[] = [
  ['sendAPI', 'data.query.emps', JSON.stringify({header: 'data.query.emps', body: {queryinfo: '王'}})],
  ['createPlayFileConf', 'session.createcall.playfile', ...REFUSED_CONFERENCE],
  ['createPlayFileBroadcast', 'session.createcall.playfile', ...REFUSED_CONFERENCE],
  ['createPlayFileCall', 'session.createcall.playfile', ...REFUSED_CONFERENCE, 20],
  ['createTmpIntercom', 'session.createcall', '1999', '', '', '#remoteaudio'],
  ['setGetCallMemberVideo', 'operate.transfer.video', NO_SESSION, '1002', '', '', '1001', '#remotevideo'],
  ['froceOPCall', 'operate.call', 1, '1002', '', '1001'],
  ['applySpeak', 'session.applyspeak', NO_GROUP, '#remoteaudio'],
  ['releaseSpeak', 'session.applyspeak', NO_GROUP, '#remoteaudio'],
  ['applySpeakByType', 'session.applyspeak', NO_GROUP, 56, '#remoteaudio'],
  ['setGisTrace', 'gis.set.trace', '1002'],
  ['setGisUnTrace', 'gis.set.trace', '1002'],
  ['getEmpsGisInfo', 'gis.get.emppos', '1002'],
  ['getGroupTree', 'data.get.allgroup'],
  ['getGroupMember', 'data.get.groupemps', '8210'],
  ['queryEmps', 'data.query.emps', '王'],
  ['queryEmpsByType', 'data.get.empbytype', 7],
];

/** The same for a running conference, whose session id comes first. */
const ON_CONFERENCE: typeof ASKING = [
  ['setMemberUnSpeak', 'operate.member.speak', '1002'],
  ['setMemberSpeak', 'operate.member.speak', '1002'],
  ['setMemberSpeakType', 'operate.member.speak', '1002', 2],
  ['setMemberUnHear', 'operate.member.hear', '1002'],
  ['setMemberHear', 'operate.member.hear', '1002'],
  ['setMemberHearType', 'operate.member.hear', '1002', 2],
  ['setMemberPush', 'operate.member.push', '1002'],
  ['setMemberUnPush', 'operate.member.push', '1002'],
  ['setMemberPushType', 'operate.member.push', '1002', 2],
  ['getCallAllMembers', 'session.members.getall'],
  ['playFile', 'session.playfile', 'no-file', 1],
  ['playFileStop', 'session.playfile.stop', 'no-file'],
];

describe('a page with the names of the ES module build', () => {
  let site: Site;
  const called = new Set<string>();
  before(async () => (site = await openSite()));
  after(() => site.close());

  /** Opens a page that has the module as its `Client`, connects it and registers it. */
  async function modulePage(user: string): Promise<FunctionsPage> {
    const phone = await functionsPage(site);
    const {hostname, port} = new URL(site.server.url);
    const results = await phone.page.evaluate(
      async (hostname, port, user) => {
        const Client = (await import('/functions.js' as string)) as typeof functions;
        const {delegate} = Object.assign(window as any, {Client});
        Client.init(hostname, port, user, '1234');
        const connected = await Client.connect({
          ...Object.fromEntries(
            ['onCallCreated', 'onCallReceived', 'onCallHangup', 'onCallHold', 'onCallDTMFReceived'].map(
              (name) => [name, delegate[name]],
            ),
          ),
          onRegisteredState: delegate.onRegisteredState,
          onAPIReceived: delegate.onAPIReceived,
          onFileUploadResult: delegate.onFileUploadResult,
          onCallAnswered(sid, json) {
            // The callee's picture comes after its answer.
            if (JSON.parse(json).direction === 1)
              delegate.onPhoto(Client.takePhoto(sid, 'answered.png'), Client.mediaRecordStart(sid, 'film'));
            delegate.onCallAnswered(sid, json);
          },
        });
        return [connected, await Client.register(60)];
      },
      hostname,
      port,
      user,
    );
    assert.deepEqual(results, [true, true]);
    assert.deepEqual(await phone.told('onRegisteredState'), ['onRegisteredState', true]);
    ['init', 'connect', 'register', 'takePhoto', 'mediaRecordStart'].forEach((name) => called.add(name));
    return {
      ...phone,
      run(name, ...values) {
        called.add(name);
        return phone.run(name, ...values);
      },
    };
  }

  const sidOf = async (phone: FunctionsPage, name: string): Promise<string> =>
    String((await phone.told(name))[1]);

  /** Runs functions and waits for the reply to each. */
  async function asks(phone: FunctionsPage, table: typeof ASKING, ...first: unknown[]): Promise<void> {
    for (const [name, header, ...values] of table) {
      await phone.run(name, ...first, ...values);
      let told: Told;
      do told = await phone.told('onAPIReceived');
      while (!String(told[1]).includes(`"${header}.CB"`));
    }
  }

  it('has both spellings of every function, in the module and in the global', async () => {
    const {page} = await functionsPage(site);
    const [global, module] = await page.evaluate(async () => {
      const names = (all: object): string[] => Object.keys(all).filter((name) => name !== 'AllEnum');
      return [names((window as any).Client), names(await import('/functions.js' as string))];
    });
    const both = [...new Set([...DOCUMENTED, ...SMALL_NAMES])].sort();
    assert.deepEqual([DOCUMENTED.length, both.length], [60, 113]);
    // What the documented client does not have.
    const all = [...both, 'getClient', 'useClient'].sort();
    assert.deepEqual([global!.sort(), module!.sort()], [all, all]);
    await page.close();
  });

  it('asks the server', async () => {
    const phone = await modulePage('1001');
    await phone.run('connWebSocket');
    const {ServerWebSocketPATH} = (await phone.run('getEmployeeLoginInfo')) as Record<string, string>;
    assert.match(ServerWebSocketPATH!, /^wss?:/);
    await asks(phone, ASKING);
    await phone.run('disConnWebSocket');
    assert.deepEqual(
      (await requestsOf(phone, 'data.get.allgroup')).map(({overSip}) => overSip),
      [false],
    );
    assert.deepEqual(await phone.errors(), []);
    assert.equal(await phone.run('unRegister'), true);
    assert.equal(await phone.run('disconnect'), true);
    await phone.page.close();
  });

  it('calls, and has a picture as soon as it is told that the call is answered', async () => {
    const [alice, bob] = [await modulePage('1001'), await modulePage('1002')];
    const downloads = await DownloadFolder.open(site.browser);
    await alice.run('makeCall', '1002', VIDEO, ...ELEMENTS, false);
    const [, sid, json] = await bob.told('onCallReceived');
    assert.equal(await sidOf(alice, 'onCallCreated'), sid);
    const {callid, autoanswer} = JSON.parse(json as string);
    assert.equal(autoanswer, false);
    await bob.run('answerbycallid', callid, ...ELEMENTS);
    assert.deepEqual(await alice.told('onPhoto'), ['onPhoto', true, true]);
    for (const phone of [alice, bob]) assert.equal(await sidOf(phone, 'onCallAnswered'), sid);
    assert.equal((await downloads.file('answered.png')).subarray(1, 4).toString(), 'PNG');
    for (const {page} of [alice, bob]) await plays(page, '#remotevideo', '#remoteaudio');
    assert.equal(await alice.run('mediaRecordStop', sid), true);
    assert.ok((await downloads.file(/^film\./)).length > 1000);
    await downloads.close();
    await alice.run('mute', sid);
    await alice.page.waitForFunction(() => (window as any).Client.isMuted());
    assert.equal(await alice.run('isMuted', sid), true);
    await alice.run('unMute', sid);
    await alice.run('hold', sid);
    assert.deepEqual(await alice.told('onCallHold'), ['onCallHold', sid, true]);
    await alice.run('unHold', sid);
    await alice.run('sendDTMF', '5', sid);
    assert.equal((await bob.told('onCallDTMFReceived'))[1], '5');
    await alice.run('hangup', sid);
    for (const phone of [alice, bob]) assert.equal(await sidOf(phone, 'onCallHangup'), sid);
    for (const name of ['hangup', 'hold', 'unHold'])
      await assert.rejects(alice.run(name, NO_SESSION), new RegExp(NO_SESSION));

    await alice.run('makeCallold', '1002', null, null, '#remoteaudio');
    const placed = await sidOf(alice, 'onCallCreated');
    const theirs = await sidOf(bob, 'onCallReceived');
    await bob.run('answer', theirs, null, null, '#remoteaudio');
    assert.equal(await sidOf(alice, 'onCallAnswered'), placed);
    // A call of sound has no picture, and can be recorded.
    assert.deepEqual(await alice.told('onPhoto'), ['onPhoto', false, true]);
    for (const {page} of [alice, bob]) await plays(page, undefined, '#remoteaudio');
    await bob.run('hangup', theirs);
    assert.equal(await sidOf(alice, 'onCallHangup'), placed);

    await alice.run('videoBug', '1019', '', ...ELEMENTS);
    const watched = await sidOf(alice, 'onCallAnswered');
    assert.deepEqual(await alice.told('onPhoto'), ['onPhoto', true, true]);
    await alice.run('hangup', watched);
    for (const phone of [alice, bob]) {
      await released(phone.page);
      // The camera's call may end before the recording that was asked for has begun, which is said.
      const errors = (await phone.errors()).filter((error) => !error.includes('startRecording'));
      assert.deepEqual(errors, []);
      await phone.page.close();
    }
  });

  it('leads a conference', async () => {
    const phones = await Promise.all(['1001', '1002', '1003'].map((user) => modulePage(user)));
    const [alice, bob, carol] = phones as [FunctionsPage, FunctionsPage, FunctionsPage];
    await alice.run('createConf', '1002', '', '晨会', AUDIO, ...ELEMENTS, false);
    const sid = await sidOf(alice, 'onCallCreated');
    await bob.run('answer', await sidOf(bob, 'onCallReceived'), ...ELEMENTS);
    await alice.run('addMember', sid, '1003');
    await carol.run('answer', await sidOf(carol, 'onCallReceived'), ...ELEMENTS);
    for (const phone of phones) assert.equal(await sidOf(phone, 'onCallAnswered'), sid);
    await asks(alice, ON_CONFERENCE, sid);
    await alice.run('delMember', sid, '1003');
    assert.equal(await sidOf(carol, 'onCallHangup'), sid);
    await alice.run('foceEndConf', sid);
    for (const phone of [alice, bob]) assert.equal(await sidOf(phone, 'onCallHangup'), sid);
    for (const phone of phones) {
      assert.deepEqual(await phone.errors(), []);
      await phone.page.close();
    }
  });

  it('uploads, fetches and gives up with requests of the browser', async () => {
    const phone = await modulePage('1001');
    const made = await phone.page.evaluate(async () => {
      const {httpUploadStart, dataURLtoBlob} = (window as any).Client as typeof functions;
      const upload: XMLHttpRequest = httpUploadStart(
        'a.png',
        2,
        dataURLtoBlob('data:image/png;base64,iVBORw0K'),
      );
      return upload instanceof XMLHttpRequest;
    });
    assert.equal(made, true);
    const [, name, ok, response] = await phone.told('onFileUploadResult');
    assert.deepEqual([name, ok], ['a.png', true]);
    const path = new URL(JSON.parse(response as string).url, site.server.url).pathname;
    const facts = await phone.page.evaluate(async (path) => {
      const Client = (window as any).Client as typeof functions;
      const facts: unknown[] = [];
      const get = (use: (xhr: XMLHttpRequest) => void): Promise<XMLHttpRequest> =>
        new Promise((resolve) => use(Client.clienthttpGet(path, {onResponse: (_, xhr) => resolve(xhr)})));
      let given: XMLHttpRequest | undefined;
      const fetched = await get((xhr) => (given = xhr));
      facts.push(fetched === given, fetched.status, fetched.responseText.length > 0);
      // Before the address is known, and by the request alone.
      let told = false;
      Client.clienthttpGet(path, {onResponse: () => (told = true)}).abort();
      await get(() => {});
      facts.push(told);
      const large = (): Blob => new Blob([new Uint8Array(3_000_000)]);
      Client.httpUploadStop(Client.httpUploadStart('b.bin', 0, large()));
      Client.httpUploadStart('c.bin', 0, large()).abort();
      const late = Client.httpUploadStart('d.bin', 0, large());
      await new Promise((resolve) => late.upload.addEventListener('loadstart', resolve));
      late.abort();
      Client.httpUploadStart('e.bin', 0, large());
      return facts;
    }, path);
    assert.deepEqual(facts, [true, 200, true, false]);
    assert.deepEqual((await phone.told('onFileUploadResult')).slice(1, 3), ['e.bin', true]);
    assert.ok(!(await phone.all()).some(([told]) => told === 'onFileUploadResult'));
    ['httpUploadStart', 'httpUploadStop', 'clienthttpGet', 'dataURLtoBlob'].forEach((each) =>
      called.add(each),
    );
    assert.deepEqual(await phone.errors(), []);
    await phone.page.close();
  });

  it('has called each of the sixty functions', () =>
    assert.deepEqual([...called].sort(), [...SMALL_NAMES].sort()));
});
