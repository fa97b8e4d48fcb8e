import assert from 'node:assert/strict';
import {after, before, describe, it} from 'node:test';
import {API_CODE, API_HEADER} from '../../../src/dispatch/protocol.js';
import {IN_FIREFOX} from '../../support/page/browser.js';
import {DownloadFolder} from '../../support/page/download-folder.js';
import {
  DOCUMENTED,
  functionsPage,
  invitedBy,
  plays,
  requestsOf,
  type FunctionsPage,
  type Told,
} from '../../support/page/functions-page.js';
import {nothingArrives} from '../../support/page/measure.js';
import {openNarrow, type Narrow} from '../../support/servers/narrow.js';
import {onlinePage} from '../../support/page/phone-page.js';
import {openSite, type Site} from '../../support/page/site.js';
import {open, released} from '../../support/page/witness.js';

const ELEMENTS = ['#localvideo', '#remotevideo', '#remoteaudio'] as const;
const [AUDIO, VIDEO] = [1, 2];

/** The documentation's tables, each counted from 0. */
const NUMBERS = {
  MediaType: 'None Audio Video',
  CallType:
    'None Single Tmpgroup Report Broadcast Temporary Interpose Forceremove Monitor Intercom Switch Urgent Single2 ' +
    'Tmpintercom Videobug MCUMetting SOS TransferVideo TransferVideoToMcu UploadVideo PlayFile',
  CallState:
    'None Init Normal Callout Incoming Ringing Connect Hold Busy Offhook Release Unspeak Speak Queue Unhold Zombie ' +
    'MEDIATIMEOUT NoAnswer Rejected KickOut',
  FileType: 'None Text Pic Voice Video Gisinfo PlayAudio Fax Other PlayVideo UploadVideo Notice',
  AnswerType: 'None Auto Man',
  SpeakType: 'None Mute Unmute',
  HearType: 'None Mute Unmute',
  PushVideoType: 'None Push Unpush',
  CallOpType: 'None Interpose Monitor Remove RemoveOther',
  CallDirect: 'None Out In',
};

const idOf = async (phone: FunctionsPage, name: string): Promise<string> =>
  String((await phone.told(name))[1]);

describe('the documented functions', () => {
  let site: Site;
  before(
    async () =>
      (site = await openSite({
        chromeFlags: ['--auto-select-desktop-capture-source=Entire screen'],
        positionInterval: 200,
        uploadLimit: 4_000_000,
      })),
  );
  after(() => site.close());

  /** The same site on a way of its own. */
  const on = ({port}: Narrow): Site => {
    const url = `http://localhost:${port}/`;
    const open: Site['open'] = (path, prepare) => site.open(new URL(path, url).href, prepare);
    return {...site, open, server: {...site.server, url}};
  };

  /** Two pages of the classic script in a call; ended and closed afterwards. */
  async function inCall(
    users: readonly [string, string],
    media: number,
    run: (alice: FunctionsPage, bob: FunctionsPage, sid: string) => Promise<void>,
  ): Promise<void> {
    const [alice, bob] = [await functionsPage(site, users[0]), await functionsPage(site, users[1])];
    await alice.run('MakeCall', users[1], media, ...ELEMENTS, false);
    const sid = await idOf(bob, 'onCallReceived');
    await bob.run('Answer', sid, ...ELEMENTS);
    for (const phone of [alice, bob]) assert.equal(await idOf(phone, 'onCallAnswered'), sid);
    await run(alice, bob, sid);
    await alice.run('Hangup', sid).catch(() => {});
    for (const phone of [alice, bob]) {
      assert.equal(await idOf(phone, 'onCallHangup'), sid);
      await phone.page.waitForFunction(() =>
        [...document.querySelectorAll<HTMLMediaElement>('video, audio')].every(
          ({srcObject}) => srcObject === null,
        ),
      );
      await released(phone.page);
      assert.deepEqual(await phone.errors(), []);
      await phone.page.close();
    }
  }

  it('sets two globals and nothing else', async () => {
    const {page} = await functionsPage(site);
    const found = await page.evaluate(() => {
      const {Client, AllEnum} = window as any;
      const frame = document.createElement('iframe');
      document.body.append(frame);
      const usual = new Set(Object.getOwnPropertyNames(frame.contentWindow!));
      const added = Object.getOwnPropertyNames(window).filter((name) => !usual.has(name));
      return {
        functions: Object.keys(Client).sort(),
        added: added.filter(
          // What the tests have brought, and the frame.
          (name) => !['told', 'reported', 'delegate', 'opened', 'carried', '__name', '0'].includes(name),
        ),
        values: [AllEnum.CallType.CallTypeSingle2, AllEnum.CallType[12], AllEnum.CallState.CallStateRinging],
        names: [AllEnum.CallState[5], AllEnum.CallState[6], AllEnum.ECode.ECodeRegisterCheckPwd],
        same: Client.AllEnum === AllEnum,
      };
    });
    assert.deepEqual(found.values, [12, 'CallTypeSingle2', 5]);
    assert.deepEqual(found.names, ['CallStateRinging', 'CallStateConnect', 1014]);
    assert.equal(found.same, true);
    assert.deepEqual(found.added.sort(), ['AllEnum', 'Client']);
    assert.deepEqual(
      DOCUMENTED.filter((name) => !found.functions.includes(name)),
      [],
    );
    await page.close();
  });

  it('has every number of the documentation’s tables, both ways', async () => {
    const {page} = await functionsPage(site);
    const tables: any = await page.evaluate(() => (window as any).AllEnum);
    for (const [table, names] of Object.entries(NUMBERS))
      names.split(' ').forEach((name, number) => {
        assert.equal(tables[table][`${table}${name}`], number);
        assert.equal(tables[table][number], `${table}${name}`);
      });
    assert.deepEqual([tables.CallState.CallStateRing, tables.CallState.CallStateAnswer], [5, 6]);
    const {ECode, APIHEADER} = tables;
    assert.deepEqual(
      [ECode.ECodeNone, ECode[1014], ECode[1011], ECode[1012], ECode.ECodeCallingOperateNotConn, ECode[1204]],
      [
        0,
        'ECodeRegisterCheckPwd',
        'EcodeNotFindPortToUse',
        'EcodeDoEventSockect',
        1122,
        'ECodeConsoleBindFristRegist',
      ],
    );
    for (const code of Object.values(API_CODE)) assert.equal(ECode[ECode[code]], code);
    const headers = Object.values(APIHEADER);
    // Only this server has these headers.
    const own: readonly string[] = [API_HEADER.intercomJoin, API_HEADER.allFiles];
    for (const header of Object.values(API_HEADER).filter((header) => !own.includes(header)))
      assert.ok(
        headers.includes(header) &&
          headers.some((reply) => reply === `${header}.CB`) !== (header === API_HEADER.createVideoBug),
        header,
      );
    assert.deepEqual(
      [
        APIHEADER.FSMSGTYPE,
        APIHEADER.FSMSGRESTYPE,
        APIHEADER.EventSessionStateChange,
        APIHEADER.API_SESSION_CREATEVIDEOBUGCB,
        APIHEADER.API_DATA_GET_EMPSBYTYPE,
      ],
      [
        'application/jsonapi',
        'application/resjsonapi',
        'Session.State.Change',
        'session.creatvideobug.CB',
        'data.get.empbytype',
      ],
    );
    await page.close();
  });

  it('connects and registers, and tells of both', async () => {
    const phone = await functionsPage(site, '1001');
    assert.deepEqual((await phone.all()).slice(0, 3), [
      ['onServerConnect'],
      ['onServerConnectState', true],
      ['onRegisteredState', true],
    ]);
    await phone.run('UnRegister');
    await phone.run('disconnect');
    assert.deepEqual((await phone.all()).slice(3, 4), [['onRegisteredState', false]]);
    assert.equal((await phone.told('onServerDisconnect'))[1] ?? null, null);
    await phone.page.close();
  });

  it('calls with a picture, in the page’s own elements at both ends', async () => {
    await inCall(['1001', '1002'], VIDEO!, async (alice, bob, sid) => {
      const [, created, json] = await alice.told('onCallCreated');
      assert.equal(created, sid);
      const {mktime, mkinfo, callid, othername, ...call} = JSON.parse(json as string);
      const [request] = await requestsOf(alice, 'session.createcall');
      assert.deepEqual(call, {
        msgid: request!.msgid,
        cid: sid,
        ctype: 12,
        direction: 1,
        othernum: '1002',
        state: call.state,
        autoanswer: true,
        isshowscreen: false,
      });
      assert.deepEqual(mkinfo, request!.body);
      assert.deepEqual(mkinfo, {caller: '1001', ctype: 12, members: '1002', isVideo: 2});
      assert.match(mktime, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
      assert.ok(Math.abs(Date.now() - Date.parse(mktime)) < 60_000);
      // The name and the Call-ID, as soon as there are any.
      assert.ok([undefined, '韩梅梅', '李雷'].includes(othername), othername);
      assert.ok([undefined, await invitedBy(alice)].includes(callid));
      for (const {page} of [alice, bob]) {
        await plays(page, '#remotevideo', '#remoteaudio');
        await page.waitForFunction(
          () => document.querySelector<HTMLVideoElement>('#localvideo')!.videoWidth > 0,
        );
      }
      // Each was told once, and states by the server's numbers.
      const states = (await bob.all()).filter(([name]) => name === 'onSessionStateChange');
      assert.ok(states.length >= 1);
      assert.deepEqual(
        (await alice.all()).filter(([name]) => name === 'onCallCreated'),
        [],
      );
    });
  });

  it('calls with an audio element in the place of a picture, and plays what it can', async () => {
    const [alice, bob] = [await functionsPage(site, '1001'), await functionsPage(site, '1002')];
    await alice.run('MakeCall', '1002', VIDEO, '#remoteaudio', '#remoteaudio', null, false);
    const sid = await idOf(alice, 'onCallCreated');
    assert.equal(await idOf(bob, 'onCallReceived'), sid);
    await bob.run('Answer', sid, ...ELEMENTS);
    await plays(alice.page, undefined, '#remoteaudio');
    await alice.run('Hangup', sid);
    for (const phone of [alice, bob]) {
      assert.equal(await idOf(phone, 'onCallHangup'), sid);
      assert.deepEqual(await phone.errors(), []);
      await phone.page.close();
    }
  });

  it('tells a called page what is known, and answers with sound where there is no place for a picture', async () => {
    const [alice, bob] = [await functionsPage(site, '1001'), await functionsPage(site, '1002')];
    await alice.run('MakeCall', '1002', VIDEO, null, null, null, false);
    const [, sid, json] = await bob.told('onCallReceived');
    assert.deepEqual(JSON.parse(json as string), {
      cid: sid,
      callid: await invitedBy(bob),
      ctype: 12,
      autoanswer: false,
    });
    await bob.run('Answer', sid, null, null, '#remoteaudio');
    const callee = JSON.parse((await bob.told('onCallAnswered'))[2] as string);
    const caller = JSON.parse((await alice.told('onCallAnswered'))[2] as string);
    const [{msgid} = {msgid: ''}] = await requestsOf(alice, 'session.createcall');
    assert.deepEqual([callee.msgid, callee.callid, callee.direction], [undefined, await invitedBy(bob), 2]);
    assert.deepEqual([caller.msgid, caller.callid, caller.direction], [msgid, await invitedBy(alice), 1]);
    assert.notEqual(caller.callid, callee.callid);
    await plays(bob.page, undefined, '#remoteaudio');
    const video = await bob.page.evaluate(
      () =>
        (window as any).opened && [...(window as any).opened.tracks].map(({kind}: MediaStreamTrack) => kind),
    );
    assert.deepEqual(video, ['audio']);
    await bob.run('Hangup', sid);
    await alice.told('onCallHangup');
    for (const {page} of [alice, bob]) await page.close();
  });

  // Firefox without a window has no screen that it could share.
  if (!IN_FIREFOX)
    it('says whether a call was asked for, or answered, with the screen', async () => {
      const [alice, bob] = [await functionsPage(site, '1001'), await functionsPage(site, '1002')];
      const shown = async (phone: FunctionsPage): Promise<boolean> =>
        JSON.parse((await phone.told('onCallAnswered'))[2] as string).isshowscreen;
      for (const [asked, answered] of [
        [false, true],
        [true, false],
      ]) {
        await alice.run('MakeCall', '1002', VIDEO, ...ELEMENTS, asked);
        const sid = await idOf(bob, 'onCallReceived');
        assert.equal(JSON.parse((await alice.told('onCallCreated'))[2] as string).isshowscreen, asked);
        await bob.run('Answer', sid, ...ELEMENTS, answered);
        assert.deepEqual([await shown(alice), await shown(bob)], [asked, answered]);
        for (const {page} of [alice, bob]) await plays(page, '#remotevideo', '#remoteaudio');
        await alice.run('Hangup', sid);
        for (const phone of [alice, bob]) {
          await phone.told('onCallHangup');
          assert.deepEqual(await phone.errors(), []);
        }
      }
      for (const {page} of [alice, bob]) {
        assert.equal((await open(page)).tracks, 0);
        await page.close();
      }
    });

  it('asks for the login information over the carrier that is logged in', async () => {
    const phone = await functionsPage(site, '1001');
    const first = await phone.run('GetEmployeeLoginInfo');
    await phone.run('ConnWebSocket');
    assert.deepEqual(await phone.run('GetEmployeeLoginInfo'), first);
    await phone.run('SendAPI', JSON.stringify({header: 'gis.get.emppos', body: {emps: '1002'}}));
    await phone.told('onAPIReceived');
    assert.deepEqual(
      (await requestsOf(phone, 'system.server.logininfo')).map(({overSip}) => overSip),
      // The second one is that of `ConnWebSocket`, which needs the address.
      [true, true, false],
    );
    assert.deepEqual(
      (await requestsOf(phone, 'gis.get.emppos')).map(({overSip}) => overSip),
      [false],
    );
    await phone.page.close();
  });

  it('mutes, holds and sends tones', async () => {
    await inCall(['1001', '1002'], AUDIO!, async (alice, bob, sid) => {
      await alice.run('Mute', sid);
      await alice.page.waitForFunction((sid) => (window as any).Client.IsMuted(sid), {}, sid);
      assert.equal(await alice.run('IsMuted'), true);
      await alice.run('UnMute', sid);
      await alice.page.waitForFunction(() => !(window as any).Client.IsMuted());
      const refused = alice.run('SendDTMF', '1x', sid).catch((error: Error) => error.message);
      assert.match(String(await refused), /SendDTMF, tone “1x”/);
      await alice.run('SendDTMF', '1#', sid);
      for (const tone of ['1', '#']) {
        const [, heard, duration] = await bob.told('onCallDTMFReceived');
        assert.equal(heard, tone);
        assert.ok(Number(duration) > 0);
      }
      await alice.run('Hold', sid);
      assert.deepEqual(await alice.told('onCallHold'), ['onCallHold', sid, true]);
      await alice.run('UnHold', sid);
      assert.deepEqual(await alice.told('onCallHold'), ['onCallHold', sid, false]);
    });
  });

  it('takes a photo and records, as downloads of the page’s names', async () => {
    await inCall(['1001', '1002'], VIDEO!, async (alice, bob, sid) => {
      const downloads = await DownloadFolder.open(site.browser);
      await plays(alice.page, '#remotevideo', '#remoteaudio');
      assert.equal(await alice.run('TakePhoto', sid, 'D:\\photos\\scene.png'), true);
      const photo = await downloads.file('scene.png');
      assert.equal(photo.subarray(1, 4).toString(), 'PNG');
      assert.equal(await alice.run('MediaRecordStop', sid), false);
      assert.equal(await alice.run('MediaRecordStart', sid, 'evidence'), true);
      assert.equal(await alice.run('MediaRecordStart', sid, 'again'), false);
      await plays(alice.page, '#remotevideo', '#remoteaudio');
      assert.equal(await alice.run('MediaRecordStop', sid), true);
      assert.ok((await downloads.file(/^evidence\.(mp4|webm)$/)).length > 1000);
      assert.equal(await bob.run('TakePhoto', 'nobody', 'x'), false);
      await downloads.close();
    });
  });

  it('hands the API’s replies and events to the page, on both carriers', async () => {
    const phone = await functionsPage(site, '1001');
    for (const carrier of [1, 2]) {
      if (carrier === 2) {
        await phone.run('ConnWebSocket');
        assert.equal(JSON.parse((await phone.told('onAPIReceived'))[1] as string).header, 'reg.ws.login.CB');
      }
      await phone.run(
        'SendAPI',
        JSON.stringify({header: 'data.query.emps', body: {queryinfo: '王', getemp: '1001'}}),
      );
      const reply = JSON.parse((await phone.told('onAPIReceived'))[1] as string);
      assert.equal(reply.header, 'data.query.emps.CB');
      assert.equal(reply.code, 0);
      for (const [name, header, ...values] of [
        ['GetGroupTree', 'data.get.allgroup'],
        ['GetGroupMember', 'data.get.groupemps', '8210'],
        ['GetGroupMember', 'data.get.groupemps', '8210', 3, 'site'],
        ['QueryEmps', 'data.query.emps', '王'],
        ['QueryEmpsByType', 'data.get.empbytype', 7],
        ['GetEmpsGisInfo', 'gis.get.emppos', '1002'],
        ['SetGisTrace', 'gis.set.trace', '1002'],
        ['SetGisUnTrace', 'gis.set.trace', '1002'],
      ] as const) {
        await phone.run(name, ...values);
        let text: string;
        do text = (await phone.told('onAPIReceived'))[1] as string;
        while (JSON.parse(text).header !== `${header}.CB`);
        assert.equal(JSON.parse(text).code, 0, text);
      }
    }
    // Asked in the own name, of every type where none is given.
    const wanted = {dnsprefix: '', getemp: '1001', groupnum: '8210'};
    assert.deepEqual(
      (await requestsOf(phone, 'data.get.groupemps')).map(({body, overSip}) => [overSip, body]),
      [true, false].flatMap((overSip) => [
        [overSip, {...wanted, type: -1}],
        [overSip, {...wanted, type: 3, dnsprefix: 'site'}],
      ]),
    );
    const info = (await phone.run('GetEmployeeLoginInfo')) as Record<string, unknown>;
    assert.match(String(info['ServerWebSocketPATH']), /^wss?:/);
    await phone.run('DisConnWebSocket');
    assert.deepEqual(await phone.errors(), []);
    await phone.page.close();
  });

  it('hands on the server’s code where a session cannot be had', async () => {
    const phone = await functionsPage(site, '1001');
    await phone.run('MakeCall', '1999', AUDIO, null, null, null, false);
    const reply = JSON.parse((await phone.told('onAPIReceived'))[1] as string);
    assert.equal(reply.header, 'session.createcall.CB');
    assert.equal(Number(reply.code), 1106);
    assert.deepEqual(await phone.errors(), []);
    assert.equal((await open(phone.page)).tracks, 0);
    await phone.page.close();
  });

  it('creates a conference, changes its members and ends it for all', async () => {
    const phones = await Promise.all(['1001', '1002', '1003'].map((user) => functionsPage(site, user)));
    const [alice, bob, carol] = phones as [FunctionsPage, FunctionsPage, FunctionsPage];
    await alice.run('CreateConf', '1002', '', '晨会', AUDIO, ...ELEMENTS, false);
    const [, sid, json] = await alice.told('onCallCreated');
    assert.deepEqual([JSON.parse(json as string).ctype, JSON.parse(json as string).direction], [5, 1]);
    assert.equal(await idOf(bob, 'onCallReceived'), sid);
    await bob.run('Answer', sid, ...ELEMENTS);
    await alice.run('AddMember', sid, '1003');
    assert.equal(await idOf(carol, 'onCallReceived'), sid);
    await carol.run('Answer', sid, ...ELEMENTS);
    for (const phone of phones) await phone.told('onCallAnswered');
    for (const {page} of phones) await plays(page, undefined, '#remoteaudio');

    const replies = async (header: string): Promise<any> => {
      for (;;) {
        const reply = JSON.parse((await alice.told('onAPIReceived'))[1] as string);
        if (reply.header === `${header}.CB`) return reply;
      }
    };
    const memberOf = async (number: string): Promise<any> => {
      await alice.run('GetCallAllMembers', sid);
      const {code, body} = await replies('session.members.getall');
      assert.equal(Number(code), 0);
      return body.find((member: {number: string}) => member.number === number);
    };
    for (const [name, header, field, value, ...type] of [
      ['SetMemberUnSpeak', 'operate.member.speak', 'speak', '1'],
      ['SetMemberSpeak', 'operate.member.speak', 'speak', '2'],
      ['SetMemberSpeakType', 'operate.member.speak', 'speak', '1', 1],
      ['SetMemberSpeakType', 'operate.member.speak', 'speak', '2', 2],
      ['SetMemberUnHear', 'operate.member.hear', 'hear', '1'],
      ['SetMemberHear', 'operate.member.hear', 'hear', '2'],
      ['SetMemberHearType', 'operate.member.hear', 'hear', '1', 1],
      ['SetMemberHearType', 'operate.member.hear', 'hear', '2', 2],
    ] as const) {
      await alice.run(name, sid, '1002', ...type);
      assert.equal(Number((await replies(header)).code), 0, name);
      assert.equal(String((await memberOf('1002'))[field]), value, name);
    }
    await alice.run('DelMember', sid, '1003');
    assert.equal(await idOf(carol, 'onCallHangup'), sid);
    await alice.run('FoceEndConf', sid);
    for (const phone of [alice, bob]) assert.equal(await idOf(phone, 'onCallHangup'), sid);
    for (const phone of phones) {
      assert.deepEqual(await phone.errors(), []);
      assert.equal((await open(phone.page)).tracks, 0);
      await phone.page.close();
    }
  });

  it('hands on the server’s code where a file or a session is missing, and nobody is called', async () => {
    const [phone, other] = [await functionsPage(site, '1001'), await functionsPage(site, '1002')];
    const {sessionNotFound, fileNotFound, numberNotRegistered, userDoesNotExist, badParameter} = API_CODE;
    const group = ['1002', '', '', AUDIO] as const;
    const change = ['no-session', '1004'] as const;
    for (const [code, header, name, ...values] of [
      [fileNotFound, 'session.createcall.playfile', 'CreatePlayFileConf', ...group, 'no-file', ...ELEMENTS],
      [fileNotFound, 'session.createcall.playfile', 'CreatePlayFileBroadcast', ...group, 'no-file'],
      [fileNotFound, 'session.createcall.playfile', 'CreatePlayFileCall', ...group, 'no-file', 20],
      [numberNotRegistered, 'session.createcall', 'CreateConf', '1005', '', '', AUDIO, ...ELEMENTS],
      [userDoesNotExist, 'session.createcall', 'MakeCall', '100-2', AUDIO],
      [badParameter, 'session.createcall', 'MakeCall', '10 02', AUDIO],
      [badParameter, 'session.createcall', 'MakeCall', '', AUDIO],
      [badParameter, 'session.createcall', 'MakeCall', '1002', 0, ...ELEMENTS],
      [API_CODE.type, 'session.createcall.playfile', 'CreatePlayFileCall', ...group, 'no-file', 99],
      [sessionNotFound, 'session.playfile', 'PlayFile', 'no-session', 'sample-film', 0],
      [sessionNotFound, 'session.playfile', 'PlayFile', 'no-session', 'sample-film', 2],
      [sessionNotFound, 'session.playfile.stop', 'PlayFileStop', 'no-session', 'sample-film'],
      [sessionNotFound, 'operate.addmember', 'AddMember', ...change],
      [sessionNotFound, 'operate.delmember', 'DelMember', ...change],
      [sessionNotFound, 'operate.member.speak', 'SetMemberSpeak', ...change],
      [sessionNotFound, 'operate.member.speak', 'SetMemberUnSpeak', ...change],
      [sessionNotFound, 'operate.member.speak', 'SetMemberSpeakType', ...change, 1],
      [sessionNotFound, 'operate.member.hear', 'SetMemberHear', ...change],
      [sessionNotFound, 'operate.member.hear', 'SetMemberUnHear', ...change],
      [sessionNotFound, 'operate.member.hear', 'SetMemberHearType', ...change, 1],
      [sessionNotFound, 'operate.member.push', 'SetMemberPush', ...change],
      [sessionNotFound, 'operate.member.push', 'SetMemberUnPush', ...change],
      [sessionNotFound, 'operate.member.push', 'SetMemberPushType', ...change, 1],
      [sessionNotFound, 'session.members.getall', 'GetCallAllMembers', 'no-session'],
      [sessionNotFound, 'operate.forceend.call', 'FoceEndConf', 'no-session'],
    ] as const) {
      await phone.run(name, ...values);
      const reply = JSON.parse((await phone.told('onAPIReceived'))[1] as string);
      assert.deepEqual([reply.header, Number(reply.code)], [`${header}.CB`, code], name);
    }
    assert.ok(!(await other.all()).some(([name]) => name === 'onCallReceived'));
    for (const each of [phone, other]) {
      assert.deepEqual(await each.errors(), []);
      assert.equal((await open(each.page)).tracks, 0);
      await each.page.close();
    }
  });

  it('asks for every other session, and hands on what the server answers', async () => {
    const phone = await functionsPage(site, '1001');
    const called = '1002,1003';
    for (const [name, header, ...values] of [
      ['CreateTmpIntercom', 'session.createcall', called, '', '', '#remoteaudio'],
      ['VideoBug', 'session.creatvideobug', '1002', '', ...ELEMENTS],
      ['SetGetCallMemberVideo', 'operate.transfer.video', 'c1', '1002', '', '', '1001', '#remotevideo'],
      ['ApplySpeak', 'session.applyspeak', '9009', '#remoteaudio'],
      ['ReleaseSpeak', 'session.applyspeak', '9009', '#remoteaudio'],
      ['ApplySpeakByType', 'session.applyspeak', '9009', 56, '#remoteaudio'],
      ['froceOPCall', 'operate.call', 1, '1002', '', '1001'],
    ] as const) {
      await phone.run(name, ...values);
      const reply = JSON.parse((await phone.told('onAPIReceived'))[1] as string);
      assert.equal(reply.header, `${header}.CB`, name);
      assert.ok(Number(reply.code) > 0, `${name}: ${reply.code}`);
    }
    assert.deepEqual(await phone.errors(), []);
    assert.equal((await open(phone.page)).tracks, 0);
    await phone.page.close();
  });

  it('shows and holds a camera', async () => {
    const phone = await functionsPage(site, '1001');
    await phone.run('MakeCall', '1019', VIDEO, ...ELEMENTS, false);
    const sid = await idOf(phone, 'onCallAnswered');
    await plays(phone.page, '#remotevideo', '#remoteaudio');
    await phone.run('Hold', sid);
    assert.deepEqual(await phone.told('onCallHold'), ['onCallHold', sid, true]);
    await nothingArrives(phone.page);
    await phone.run('UnHold', sid);
    assert.deepEqual(await phone.told('onCallHold'), ['onCallHold', sid, false]);
    await plays(phone.page, '#remotevideo', '#remoteaudio');
    await phone.run('Hangup', sid);
    await phone.told('onCallHangup');
    await phone.page.close();
  });

  it('gives the page texts, and the positions that it follows', async () => {
    const phone = await functionsPage(site, '1001');
    const sender = await onlinePage(site, {user: '1002'});
    const text = '<b>你好</b> & "goodbye"';
    await sender.evaluate(
      (text) => (document.querySelector('sip-client') as any).sendMessage('1001', text),
      text,
    );
    assert.deepEqual(await phone.told('onMessageReceived'), ['onMessageReceived', text]);
    await phone.run('SetGisTrace', '1013');
    let event: any;
    do event = JSON.parse((await phone.told('onAPIReceived'))[1] as string);
    while (event.header !== 'GIS.Position.Change');
    assert.equal(event.body[0].number, '1013');
    await phone.run('SetGisUnTrace', '1013');
    await sender.close();
    await phone.page.close();
  });

  it('tells that it is not registered where the password is wrong', async () => {
    const phone = await functionsPage(site);
    const {hostname, port} = new URL(site.server.url);
    await phone.run('init', hostname, port, '1001', 'wrong');
    await phone.page.evaluate(() => (window as any).Client.connect((window as any).delegate));
    await assert.rejects(phone.run('Register'));
    assert.deepEqual(await phone.told('onRegisteredState'), ['onRegisteredState', false]);
    await phone.page.close();
  });

  it('uploads, tells how far it is, fetches and gives up', async () => {
    const phone = await functionsPage(site, '1001');
    const size = 3_000_000;
    await phone.page.evaluate((size) => {
      const bytes = new Uint8Array(size).map((_, index) => index % 251);
      (window as any).upload = (name: string) =>
        (window as any).Client.httpUploadStart(name, 1, new Blob([bytes]));
      (window as any).upload('a.bin');
    }, size);
    const [, name, ok, response] = await phone.told('onFileUploadResult');
    assert.deepEqual([name, ok], ['a.bin', true]);
    const {code, url} = JSON.parse(response as string);
    assert.equal(code, 0);
    const progress = (await phone.all()).filter(([told]) => told === 'onFileUploadprogress');
    assert.ok(progress.length >= 1);
    for (const [, file, percent, speed, seconds] of progress) {
      assert.equal(file, 'a.bin');
      assert.match(String(percent), /^\d{1,3}%$/);
      assert.match(String(speed), /^\d+\.\d[bkM]\/s$/);
      assert.match(String(seconds), /^(\d+\.\d|-)$/);
    }
    const fetched = await phone.page.evaluate(
      (path) =>
        new Promise((resolve) =>
          (window as any).Client.ClienthttpGet(path, {
            onResponse: (asked: string, xhr: XMLHttpRequest) =>
              resolve([asked, xhr.status, xhr.responseText.length]),
          }),
        ),
      new URL(url as string, site.server.url).pathname,
    );
    assert.deepEqual((fetched as unknown[]).slice(1, 2), [200]);
    // Refused, because it is too large.
    await phone.page.evaluate(
      (size) => void (window as any).Client.httpUploadStart('large.bin', 1, new Blob([new Uint8Array(size)])),
      2 * size,
    );
    const [, large, accepted, why] = await phone.told('onFileUploadResult');
    assert.deepEqual([large, accepted], ['large.bin', false]);
    assert.notEqual(JSON.parse(why as string).code, 0);
    const before = (await phone.all()).filter(([told]) => told === 'onFileUploadResult').length;
    await phone.page.evaluate(() => {
      const handle = (window as any).upload('b.bin');
      (window as any).Client.httpUploadStop(handle);
    });
    await phone.run('GetGroupTree');
    await phone.told('onAPIReceived');
    assert.equal((await phone.all()).filter(([told]) => told === 'onFileUploadResult').length, before);
    await phone.run('httpUploadStop', null);
    assert.match((await phone.errors()).at(-1)!, /httpUploadStop, xhr/);
    await phone.page.close();
  });

  it('says which function and which argument was wrong, and throws nothing', async () => {
    const phone = await functionsPage(site);
    await phone.run('MakeCall', '1002', AUDIO, null, null, null, false);
    assert.match((await phone.errors()).at(-1)!, /MakeCall/);
    const rejected = (name: string, ...values: unknown[]): Promise<string> =>
      phone.run(name, ...values).then(
        () => 'resolved',
        (error: Error) => error.message,
      );
    assert.match(await rejected('connect'), /connect/);
    const {hostname, port} = new URL(site.server.url);
    await phone.run('init', hostname, Number(port), '1001', '1234');
    await phone.page.evaluate(() => (window as any).Client.connect((window as any).delegate));
    await phone.run('Register');
    for (const name of ['Hangup', 'Hold', 'UnHold', 'Answer'])
      assert.match(await rejected(name, 'nothing'), new RegExp(`nothing.*${name}, sid`));
    assert.match(await rejected('SendDTMF', '1', 'nothing'), /SendDTMF, sid/);
    for (const [name, argument, ...values] of [
      ['MakeCall', 'videotype', '1002', 'loud'],
      ['MakeCall', 'called', null, AUDIO],
      ['MakeCall', 'remotevideo', '1002', VIDEO, null, 'a text'],
      ['CreatePlayFileConf', 'fileid', '1002', '', '', AUDIO, null],
      ['PlayFile', 'playnum', 'c1', 'f1', 'often'],
      ['AddMember', 'addnum', 'c1', null],
      ['SetMemberSpeakType', 'type', 'c1', '1002', ''],
      ['SendAPI', 'msg', '{broken'],
      ['SendAPI', 'msg', '{"body": {}}'],
      ['init', 'serverport', 'host', 'no port', '1', '1'],
      ['init', 'serverip', 'a host', 8080, '1', '1'],
      ['init', 'userid', 'host', 8080, '10 01', '1'],
    ] as const) {
      const before = (await phone.errors()).length;
      await phone.run(name, ...values);
      await phone.page.waitForFunction((before) => (window as any).reported.length > before, {}, before);
      assert.match((await phone.errors()).at(-1)!, new RegExp(`${name}, ${argument}`));
    }
    assert.ok(!(await phone.errors()).some((text) => text.startsWith('unhandled')));
    assert.deepEqual((await open(phone.page)).tracks, 0);
    await phone.page.close();
  });

  it('goes on where a callback throws, and where the page ignores a promise', async () => {
    const [alice, bob] = [await functionsPage(site), await functionsPage(site, '1002')];
    const {hostname, port} = new URL(site.server.url);
    await alice.page.evaluate(
      async (hostname, port) => {
        const {Client} = window as any;
        void Client.Hold('nothing');
        Client.init(hostname, port, '1001', '1234');
        const delegate = (window as any).delegate;
        await Client.connect({
          onServerConnect: () => {
            throw new Error('of the page');
          },
          onRegisteredState: delegate.onRegisteredState,
          onCallAnswered: delegate.onCallAnswered,
        });
        await Client.Register(60);
        void Client.Hangup('nothing');
      },
      hostname,
      port,
    );
    await alice.told('onRegisteredState');
    await alice.run('MakeCall', '1002', AUDIO, null, null, null, false);
    await bob.run('Answer', await idOf(bob, 'onCallReceived'));
    await alice.told('onCallAnswered');
    // Reported as an error of the page, whose text a script without an address may not read.
    assert.equal((await alice.errors()).length, 1);
    // A second init ends the client before, and its call.
    await alice.run('init', hostname, port, '1003', '1234');
    await bob.told('onCallHangup');
    for (const {page} of [alice, bob]) await page.close();
  });

  it('tells the end of the client before a second init, and only then of the new one', async () => {
    const phone = await functionsPage(site, '1001');
    const {hostname, port} = new URL(site.server.url);
    await phone.page.evaluate(
      async (hostname, port) => {
        const {Client, delegate} = window as any;
        Client.init(hostname, port, '1003', '1234');
        await Client.connect(delegate);
        await Client.Register();
      },
      hostname,
      port,
    );
    assert.deepEqual(
      (await phone.all()).filter(([name]) => name === 'onServerConnectState' || name === 'onRegisteredState'),
      [
        ['onServerConnectState', true],
        ['onRegisteredState', true],
        ['onRegisteredState', false],
        ['onServerConnectState', false],
        ['onServerConnectState', true],
        ['onRegisteredState', true],
      ],
    );
    await phone.page.close();
  });

  it('tells the state by its own number where it ends a call', async () => {
    const [alice, bob] = [await functionsPage(site, '1001'), await functionsPage(site, '1002')];
    await alice.run('MakeCall', '1002', AUDIO, null, null, null, false);
    await bob.run('Hangup', await idOf(bob, 'onCallReceived'));
    const told = async (): Promise<string[]> =>
      (await alice.all()).flatMap(([name, , json]) =>
        name === 'onSessionStateChange'
          ? [`state ${JSON.parse(json as string).state}`]
          : name === 'onCallHangup'
            ? ['hangup']
            : [],
      );
    while ((await told()).at(-1) !== 'state 10') await new Promise((resolve) => setTimeout(resolve, 20));
    assert.deepEqual((await told()).slice(-3), ['state 18', 'hangup', 'state 10']);
    for (const {page} of [alice, bob]) await page.close();
  });

  it('tells the page where it connects before init', async () => {
    const phone = await functionsPage(site);
    const message = await phone.page.evaluate(() =>
      (window as any).Client.connect((window as any).delegate).catch((error: Error) => error.message),
    );
    assert.match(message, /connect/);
    assert.deepEqual(await phone.all(), [
      ['onServerDisconnect', message],
      ['onServerConnectState', false],
    ]);
    await phone.page.close();
  });

  it('tells that a server cannot be reached', async () => {
    const way = await openNarrow(site.server.port);
    const phone = await functionsPage(on(way));
    await way.close();
    await phone.run('init', 'localhost', way.port, '1001', '1234');
    const message = await phone.page.evaluate(() =>
      (window as any).Client.connect((window as any).delegate).catch((error: Error) => error.message),
    );
    const server = new RegExp(`localhost:${way.port}`);
    assert.match(message, server);
    assert.match(String((await phone.told('onServerDisconnect'))[1]), server);
    assert.deepEqual(await phone.told('onServerConnectState'), ['onServerConnectState', false]);
    site.complaints.length = 0;
    await phone.page.close();
  });

  it('tells that the connection is lost, and that it is back, and goes on by itself', async () => {
    const way = await openNarrow(site.server.port);
    try {
      const alice = await functionsPage(on(way), '1001');
      const bob = await functionsPage(site, '1002');
      const connections = async (phone: FunctionsPage): Promise<Told[]> =>
        (await phone.all()).filter(([name]) => /^on(Server|Registered)/.test(name));
      const before = [['onServerConnect'], ['onServerConnectState', true], ['onRegisteredState', true]];
      assert.deepEqual(await connections(alice), before);
      await alice.run('ConnWebSocket');
      await alice.run('MakeCall', '1002', AUDIO, ...ELEMENTS, false);
      const sid = await idOf(bob, 'onCallReceived');
      await bob.run('Answer', sid, ...ELEMENTS);
      for (const phone of [alice, bob]) assert.equal(await idOf(phone, 'onCallAnswered'), sid);
      way.cut();
      await alice.page.waitForFunction(
        () => (window as any).told.filter(([name]: Told) => name === 'onRegisteredState').length === 3,
      );
      const [disconnected] = (await alice.all()).filter(([name]) => name === 'onServerDisconnect');
      assert.match(String(disconnected![1]), /lost/);
      assert.deepEqual(await connections(alice), [
        ...before,
        ['onRegisteredState', false],
        disconnected,
        ['onServerConnectState', false],
        ...before,
      ]);
      // The call goes on.
      await plays(alice.page, undefined, '#remoteaudio');
      await alice.run('Hangup', sid);
      for (const phone of [alice, bob]) assert.equal(await idOf(phone, 'onCallHangup'), sid);
      // As before: the server reaches the page, and the page the server.
      await bob.run('MakeCall', '1001', AUDIO, ...ELEMENTS, false);
      const again = await idOf(alice, 'onCallReceived');
      await alice.run('Answer', again, ...ELEMENTS);
      for (const phone of [alice, bob]) assert.equal(await idOf(phone, 'onCallAnswered'), again);
      await plays(alice.page, undefined, '#remoteaudio');
      await alice.run('Hangup', again);
      for (const phone of [alice, bob]) {
        assert.equal(await idOf(phone, 'onCallHangup'), again);
        await released(phone.page);
        assert.deepEqual(await phone.errors(), []);
        await phone.page.close();
      }
    } finally {
      await way.close();
    }
  });

  it('is what the pages beside it are written with', async () => {
    const [alice, bob] = await Promise.all(
      ['1001', '1002'].map((user) => site.open(`/functions/call.html?lang=en&user=${user}`)),
    );
    for (const page of [alice!, bob!]) {
      await page.click('#account .go');
      await page.waitForFunction(() =>
        document.querySelector('#log')!.textContent.includes('onRegisteredState true'),
      );
    }
    await alice!.select('#videotype', '2');
    await alice!.click('#make');
    await bob!.waitForSelector('#sid option');
    await bob!.click('#answer');
    for (const page of [alice!, bob!]) await plays(page, '#remotevideo', '#remoteaudio');
    await bob!.click('#hangup');
    for (const page of [alice!, bob!]) {
      await page.waitForFunction(() => document.querySelector('#log')!.textContent.includes('onCallHangup'));
      await page.close();
    }
    for (const name of ['', 'conference.html', 'intercom.html', 'monitor.html', 'data.html'])
      await (await site.open(`/functions/${name}`)).close();
    // Firefox itself complains of each connection that is cut.
    const own = /was interrupted while the page was loading/;
    assert.deepEqual(
      site.complaints.filter((line) => !own.test(line)),
      [],
    );
  });

  it('is a module too', async () => {
    const {page} = await functionsPage(site);
    const ids = await page.evaluate(async () => {
      const Client = await import('/functions.js' as string);
      return [typeof Client.MakeCall, Client.AllEnum.MediaType.MediaTypeVideo];
    });
    assert.deepEqual(ids, ['function', 2]);
    await page.close();
  });
});
