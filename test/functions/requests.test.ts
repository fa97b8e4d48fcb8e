import {expect} from '@open-wc/testing';
import type {SipCall} from '../../src/core/call/call.js';
import {API_CODE} from '../../src/dispatch/protocol.js';
import * as Client from '../../src/functions.js';
import {until} from '../support/in-page/facts.js';
import {FunctionsScene} from '../support/wire/functions-scene.js';

const NOTHING = [null, null, null, false] as const;

/** A function, its arguments, the header, and the body that the server gets. */
const AS_WRITTEN: readonly [keyof typeof Client, readonly unknown[], string, object][] = [
  [
    'MakeCall',
    ['8100-1', 1],
    'session.createcall',
    {caller: '1001', ctype: 12, members: '8100-1', isVideo: 1},
  ],
  [
    'MakeCall',
    ['10 60', '1'],
    'session.createcall',
    {caller: '1001', ctype: 12, members: '10 60', isVideo: '1'},
  ],
  ['MakeCall', [1002, 0], 'session.createcall', {caller: '1001', ctype: 12, members: 1002, isVideo: 0}],
  ['MakeCall', ['', 3], 'session.createcall', {caller: '1001', ctype: 12, members: '', isVideo: 3}],
  [
    'MakeCall',
    ['张 <b>', 1],
    'session.createcall',
    {caller: '1001', ctype: 12, members: '张 <b>', isVideo: 1},
  ],
  [
    'CreateConf',
    ['8100-1; 10 60,', ' 07', ' 晨会 ', '1', ...NOTHING],
    'session.createcall',
    {caller: '1001', ctype: 5, members: '8100-1; 10 60,', isVideo: '1', sessnum: ' 07', sessname: ' 晨会 '},
  ],
  [
    'CreateConf',
    ['', 700, undefined, 1],
    'session.createcall',
    {caller: '1001', ctype: 5, members: '', isVideo: 1, sessnum: 700, sessname: ''},
  ],
  [
    'CreatePlayFileConf',
    ['8100-1', '', '', 1, ''],
    'session.createcall.playfile',
    {caller: '1001', ctype: 5, members: '8100-1', isVideo: 1, sessnum: '', sessname: '', FileID: ''},
  ],
  [
    'CreatePlayFileBroadcast',
    ['8100-1', '', '', 1, 17],
    'session.createcall.playfile',
    {caller: '1001', ctype: 4, members: '8100-1', isVideo: 1, sessnum: '', sessname: '', FileID: 17},
  ],
  [
    'CreatePlayFileCall',
    ['8100-1', '', '', 1, 'f 1', '99'],
    'session.createcall.playfile',
    {caller: '1001', ctype: '99', members: '8100-1', isVideo: 1, sessnum: '', sessname: '', FileID: 'f 1'},
  ],
  [
    'CreateTmpIntercom',
    ['10 60', '', ''],
    'session.createcall',
    {caller: '1001', ctype: 13, members: '10 60', isVideo: 1, sessnum: '', sessname: ''},
  ],
  [
    'VideoBug',
    ['8100-1', ' *7 '],
    'session.createvideobug',
    {caller: '1001', called: '8100-1', codec: ' *7 '},
  ],
  ['VideoBug', ['', ''], 'session.createvideobug', {caller: '1001', called: '', codec: '*7*101'}],
  [
    'SetGetCallMemberVideo',
    ['c1', '8100-1', '', 7, '8100-2; 10 60'],
    'operate.transfer.video',
    {srccid: 'c1', srcnumber: '8100-1', sessnum: '', sessname: 7, calleds: '8100-2; 10 60'},
  ],
  [
    'PlayFile',
    ['c1', 'f1', 0],
    'session.playfile',
    {cid: 'c1', FileID: 'f1', RePlayNum: '"0"', playnow: '1'},
  ],
  ['PlayFile', ['', 12, '2'], 'session.playfile', {cid: '', FileID: 12, RePlayNum: '"2"', playnow: '1'}],
  // The quotation marks on the wire are those of the page.
  [
    'PlayFile',
    ['c1', 'f1', '"2"'],
    'session.playfile',
    {cid: 'c1', FileID: 'f1', RePlayNum: '"2"', playnow: '1'},
  ],
  ['PlayFileStop', ['c1', ' f1'], 'session.playfile.stop', {cid: 'c1', FileID: ' f1'}],
  [
    'AddMember',
    ['c1', '8100-1'],
    'operate.addmember',
    {cid: 'c1', number: '8100-1', astype: 2, speakertype: 2},
  ],
  ['AddMember', ['', ''], 'operate.addmember', {cid: '', number: '', astype: 2, speakertype: 2}],
  ['DelMember', ['c1', 1002], 'operate.delmember', {cid: 'c1', number: 1002}],
  [
    'SetMemberSpeakType',
    ['c1', '10 60', '2'],
    'operate.member.speak',
    {cid: 'c1', number: '10 60', stype: '2'},
  ],
  ['SetMemberHearType', ['c1', '1002', 9], 'operate.member.hear', {cid: 'c1', number: '1002', htype: 9}],
  ['SetMemberPushType', ['c1', '1002', 0], 'operate.member.push', {cid: 'c1', number: '1002', ptype: 0}],
  ['GetCallAllMembers', [''], 'session.members.getall', {cid: ''}],
  ['FoceEndConf', [' c1'], 'operate.forceend.call', {cid: ' c1'}],
  [
    'froceOPCall',
    ['7', '8100-1', '', ''],
    'operate.call',
    {CallOpType: '7', caller: '1001', called: '8100-1', cid: '', receiver: '1001'},
  ],
  [
    'ApplySpeak',
    ['8100-1'],
    'session.applyspeak',
    {caller: '1001', ctype: 9, members: '8100-1', isVideo: 1, optype: 55},
  ],
  [
    'ApplySpeakByType',
    [9001, '55'],
    'session.applyspeak',
    {caller: '1001', ctype: 9, members: 9001, isVideo: 1, optype: '55'},
  ],
  [
    'ApplySpeakByType',
    ['', 57],
    'session.applyspeak',
    {caller: '1001', ctype: 9, members: '', isVideo: 1, optype: 57},
  ],
  [
    'GetGroupMember',
    ['8100-1', '3', ' site'],
    'data.get.groupemps',
    {type: '3', dnsprefix: ' site', groupnum: '8100-1', getemp: '1001'},
  ],
  ['QueryEmps', [' 王 '], 'data.query.emps', {queryinfo: ' 王 ', getemp: '1001'}],
  ['QueryEmpsByType', ['7'], 'data.get.empbytype', {type: '7', getemp: '1001'}],
  ['SetGisTrace', ['8100-1; 10 60'], 'gis.set.trace', {type: 1, emps: '8100-1; 10 60', getemp: '1001'}],
  ['GetEmpsGisInfo', [''], 'gis.get.emppos', {emps: ''}],
];

describe('the requests of the documented functions', () => {
  let scene: FunctionsScene;
  beforeEach(async () => (scene = await FunctionsScene.ready()));
  afterEach(() => scene.close());

  for (const [name, values, header, body] of AS_WRITTEN)
    it(`sends what the page wrote: ${name}(${JSON.stringify(values).slice(1, -1)})`, async () => {
      const {server} = scene;
      server.reactions[header] = (request) => server.reply(request, API_CODE.badParameter);
      (Client[name] as (...values: unknown[]) => void)(...values);
      await scene.knows(() => scene.reported.length > 0 || scene.told.length > 0);
      expect(scene.reported).to.deep.equal([]);
      expect(server.requests.map(({header, body}) => ({header, body}))).to.deep.equal([{header, body}]);
      // The server decides, and the page gets the answer.
      const [told, text] = scene.told[0]!;
      expect(told).to.equal('onAPIReceived');
      expect(JSON.parse(text)).to.include({header: `${header}.CB`, code: 1008});
    });

  for (const [name, argument, ...values] of [
    ['MakeCall', 'called', null, 1],
    ['MakeCall', 'called', {}, 1],
    ['MakeCall', 'videotype', '1002', 'loud'],
    ['MakeCall', 'videotype', '1002', undefined],
    ['CreateConf', 'called', undefined, '', '', 1],
    ['CreatePlayFileConf', 'fileid', '1002', '', '', 1, undefined],
    ['PlayFile', 'playnum', 'c1', 'f1', 'often'],
    ['PlayFile', 'playnum', 'c1', 'f1', NaN],
    ['SetMemberSpeakType', 'type', 'c1', '1002', ''],
    ['AddMember', 'addnum', 'c1', undefined],
    ['GetGroupMember', 'type', '8210', {}],
    ['froceOPCall', 'localnumber', 1, '1002', 'c1', {}],
  ] as const)
    it(`sends nothing that is neither a number nor a text: ${argument} of ${name}`, async () => {
      (Client[name] as (...values: unknown[]) => void)(...values);
      await scene.knows(() => scene.reported.length > 0);
      expect(scene.reported[0]).to.include(`${name}, ${argument}`);
      expect(scene.texts).to.deep.equal([]);
    });

  it('tells of a call by the number as it was written, until the server says another', async () => {
    const {server} = scene;
    server.reactions['session.createcall'] = (request) => server.reply(request, 0, {cid: 'c1'});
    Client.MakeCall('8100-1', 1, ...NOTHING);
    const [, sid, json] = await scene.next('onCallCreated');
    expect(sid).to.equal('c1');
    expect(JSON.parse(json)).to.deep.include({
      othernum: '8100-1',
      mkinfo: {caller: '1001', ctype: 12, members: '8100-1', isVideo: 1},
    });
    server.event('c1', 5, {othernum: '81001'});
    expect(JSON.parse((await scene.next('onSessionStateChange'))[2])).to.include({
      othernum: '81001',
      state: 5,
    });
    await Client.Hangup('c1');
  });

  it('tells the session that shows a member to others alone by its sid', async () => {
    const {server} = scene;
    server.reactions['operate.transfer.video'] = ({msgid, header}) =>
      server.send(JSON.stringify({header: `${header}.CB`, code: 0, body: [{msgid, cid: 'v1'}]}));
    Client.SetGetCallMemberVideo('c1', '1002', '700', '晨会', '1003;1004', null);
    const [, sid, json] = await scene.next('onCallCreated');
    const {mktime, ...told} = JSON.parse(json);
    const [{msgid, body}] = server.requests as [(typeof server.requests)[0]];
    expect(sid).to.equal('v1');
    expect(told).to.deep.equal({
      msgid,
      cid: 'v1',
      ctype: 17,
      direction: 1,
      othernum: '700',
      othername: '晨会',
      state: 1,
      autoanswer: true,
      isshowscreen: false,
      getvinfo: body,
    });
    expect(mktime).to.match(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    expect([scene.told, scene.reported]).to.deep.equal([[], []]);
  });

  it('names the address that ClienthttpGet cannot fetch', async () => {
    Client.ClienthttpGet('http://', {});
    await scene.knows(() => scene.reported.length > 0);
    expect(scene.reported[0]).to.include('ClienthttpGet, path “http://”');
  });

  describe('SendAPI', () => {
    /** The server's reply to each request, verbatim. */
    const answered = (header: string, text: string): void => {
      scene.server.reactions[header] = () => scene.server.send(text);
    };

    it('sends the text as it was written, and gives the page the reply as it came', async () => {
      const text =
        ' {"msgid": 7, "header" : "data.query.emps",\n "body":{"id":12345678901234567890,"n":1.0,"s":"\\u738b"}, "more":[]} ';
      const reply = '{"msgid":7,"header":"data.query.emps.CB","code":0,"body":[{"id":12345678901234567890}]}';
      answered('data.query.emps', reply);
      Client.SendAPI(text);
      expect(await scene.next('onAPIReceived')).to.deep.equal(['onAPIReceived', reply]);
      expect(scene.texts).to.deep.equal([text]);
      expect(scene.reported).to.deep.equal([]);
    });

    it('adds no msgid to a text without one', async () => {
      const text = '{"header":"data.get.allgroup"}';
      answered('data.get.allgroup', '{"header":"data.get.allgroup.CB","code":"0","body":[{}]}');
      Client.SendAPI(text);
      await scene.next('onAPIReceived');
      expect(scene.texts).to.deep.equal([text]);
    });

    it('tells apart what has the same msgid, by its header', async () => {
      const {server} = scene;
      const asked: string[] = [];
      for (const header of ['gis.get.emppos', 'data.get.allgroup'])
        server.reactions[header] = (request) => void asked.push(request.header);
      Client.SendAPI('{"msgid":1,"header":"gis.get.emppos"}');
      Client.SendAPI('{"msgid":1,"header":"data.get.allgroup"}');
      Client.SendAPI('{"msgid":1,"header":"data.get.allgroup"}');
      await until(() => asked.length === 3);
      for (const header of ['data.get.allgroup', 'gis.get.emppos', 'data.get.allgroup'])
        server.send(JSON.stringify({msgid: 1, header: `${header}.CB`, code: 0, body: []}));
      for (let count = 0; count < 3; count++) await scene.next('onAPIReceived');
      // Each of them has its reply: nothing is waited for, and nothing was refused here.
      await scene.client.disconnect();
      expect(scene.reported).to.deep.equal([]);
    });

    it('tells of the success of a session that the page itself asked for, by a number too', async () => {
      const {server} = scene;
      server.reactions['session.createcall'] = (request) =>
        server.send(
          JSON.stringify({
            header: 'session.createcall.CB',
            code: 0,
            body: [{msgid: request.msgid, cid: 'c9'}],
          }),
        );
      const calls: SipCall[] = [];
      scene.client.addEventListener('sip-call-created', ({detail}) => calls.push(detail.call));
      Client.SendAPI('{"msgid":9007199254740993,"header":"session.createcall","body":{}}');
      const reply = JSON.parse((await scene.next('onAPIReceived'))[1]);
      expect(reply).to.deep.include({header: 'session.createcall.CB', code: 0});
      expect(calls).to.deep.equal([]);
    });

    it('tells of it though the reply comes when nobody waits for it any more', async () => {
      await scene.close();
      scene = await FunctionsScene.ready({reply: 50});
      const {server} = scene;
      server.reactions['session.createcall'] = () => {};
      Client.SendAPI('{"msgid":"mine","header":"session.createcall","body":{}}');
      await scene.knows(() => scene.reported.length > 0);
      server.reply(server.requests[0]!, 0, {cid: 'c9'});
      const reply = JSON.parse((await scene.next('onAPIReceived'))[1]);
      expect(reply.body).to.deep.equal([{msgid: 'mine', cid: 'c9'}]);
    });

    it('gives the page the reply to its own heartbeat', async () => {
      const reply = '{"msgid":"h","header":"reg.ws.heartbeat.CB","code":0,"body":[{}]}';
      answered('reg.ws.heartbeat', reply);
      Client.SendAPI('{"msgid":"h","header":"reg.ws.heartbeat","body":{"username":"1001"}}');
      await scene.knows(() => scene.told.length > 0);
      expect(scene.told).to.deep.equal([['onAPIReceived', reply]]);
    });
  });
});
