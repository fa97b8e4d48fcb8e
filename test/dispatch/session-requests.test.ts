import {expect} from '@open-wc/testing';
import type {SessionRequest} from '../../src/core/server/session-request.js';
import {API_HEADER, CALL_STATE} from '../../src/dispatch/protocol.js';
import {apiSessionRequest} from '../../src/dispatch/session-request.js';
import type {SipError} from '../../src/errors.js';
import {watchDevices, type Devices} from '../support/in-page/devices.js';
import {becomes, reaches, until} from '../support/in-page/facts.js';
import {WireClient, WireDispatch} from '../support/wire/wire-dispatch.js';

const conference = {
  kind: 'conference',
  members: ['1002', '1003'],
  number: '8001',
  name: '晨会',
  media: 'video',
} as const;

/** The request on the wire (docs/protocol/calls.md). */
const REQUESTS: readonly [string, SessionRequest, string, Readonly<Record<string, unknown>>][] = [
  [
    'a conference',
    conference,
    'session.createcall',
    {caller: '1001', ctype: 5, members: '1002,1003', isVideo: 2, sessnum: '8001', sessname: '晨会'},
  ],
  [
    'a conference with a file',
    {...conference, fileId: 'f1'},
    'session.createcall.playfile',
    {
      caller: '1001',
      ctype: 5,
      members: '1002,1003',
      isVideo: 2,
      sessnum: '8001',
      sessname: '晨会',
      FileID: 'f1',
    },
  ],
  [
    'a broadcast',
    {...conference, kind: 'broadcast', media: 'audio', fileId: 'f1'},
    'session.createcall.playfile',
    {
      caller: '1001',
      ctype: 4,
      members: '1002,1003',
      isVideo: 1,
      sessnum: '8001',
      sessname: '晨会',
      FileID: 'f1',
    },
  ],
  [
    'a temporary intercom',
    {...conference, kind: 'temporary-intercom', media: 'audio'},
    'session.createcall',
    {caller: '1001', ctype: 13, members: '1002,1003', isVideo: 1, sessnum: '8001', sessname: '晨会'},
  ],
  [
    'another type with a file',
    {...conference, kind: 'file', fileId: 'f1', typeNumber: 3},
    'session.createcall.playfile',
    {
      caller: '1001',
      ctype: 3,
      members: '1002,1003',
      isVideo: 2,
      sessnum: '8001',
      sessname: '晨会',
      FileID: 'f1',
    },
  ],
  [
    'monitoring',
    {kind: 'monitor', number: '7001', codec: '*7*102'},
    'session.createvideobug',
    {caller: '1001', called: '7001', codec: '*7*102'},
  ],
  [
    'monitoring as existing clients ask for it',
    {kind: 'monitor', number: '7001', codec: ''},
    'session.createvideobug',
    {caller: '1001', called: '7001', codec: '*7*101'},
  ],
  [
    'the picture of a member',
    {kind: 'member-video', sid: 'c1', member: '1003', number: '', name: '', to: ['1001', '1002']},
    'operate.transfer.video',
    {srccid: 'c1', srcnumber: '1003', sessnum: '', sessname: '', calleds: '1001,1002'},
  ],
  [
    'the picture of a member for nobody else',
    {kind: 'member-video', sid: 'c1', member: '1003', number: '77', name: '西门', to: []},
    'operate.transfer.video',
    {srccid: 'c1', srcnumber: '1003', sessnum: '77', sessname: '西门', calleds: '1001'},
  ],
  ...(['barge-in', 'listen-in', 'remove', 'remove-other'] as const).map(
    (kind, index): (typeof REQUESTS)[number] => [
      `a call of others, to ${kind}`,
      {kind, number: '1002', sid: 'c1'},
      'operate.call',
      {CallOpType: index + 1, caller: '1001', called: '1002', cid: 'c1', receiver: '1001'},
    ],
  ),
  [
    'the floor',
    {kind: 'intercom', group: '9001', speak: true},
    'session.applyspeak',
    {caller: '1001', ctype: 9, members: '9001', isVideo: 1, optype: 55},
  ],
];

describe('apiSessionRequest', () => {
  for (const [what, request, header, body] of REQUESTS) {
    it(`asks for ${what}`, () => {
      expect(apiSessionRequest(request, '1001')).to.deep.include({header, body});
    });
  }

  it('opens no device for what is only watched', () => {
    for (const request of [REQUESTS[5]![1], REQUESTS[7]![1]])
      expect(apiSessionRequest(request, '1001').opens).to.deep.equal({audio: false, video: false});
  });

  it('waits for an INVITE only where the asker sees it too', () => {
    const [, request] = REQUESTS[7]!;
    expect(apiSessionRequest(request, '1001').invites).to.equal(true);
    expect(apiSessionRequest(request, '1009').invites).to.equal(false);
  });
});

describe('DispatchService: sessions of other kinds', () => {
  let server: WireDispatch;
  let client: WireClient;
  let devices: Devices;

  beforeEach(async () => {
    devices = watchDevices();
    server = new WireDispatch();
    client = new WireClient(server.wire, {user: '1001'});
    await client.connect();
    await client.register();
    await server.leg('1002');
  });

  afterEach(async () => {
    await client.disconnect();
    await server.close();
    devices.restore();
    expect(devices.opened.filter(({readyState}) => readyState === 'live')).to.have.length(0);
  });

  it('becomes a call with the number that the server allotted', async () => {
    server.reactions[API_HEADER.createCall] = (request) =>
      server.reply(request, 0, {cid: 'c5', sessnum: '8807'});
    const call = (await client.createSession({...conference, number: '', media: 'audio'}))!;
    expect(call).to.include({id: 'c5', type: 'conference', typeNumber: 5, direction: 'outgoing'});
    expect(call.remote).to.deep.equal({number: '8807', name: '晨会'});
    const leg = await server.invite('c5.5', {from: '1002'});
    await reaches(leg, 'confirmed');
    server.event('c5', CALL_STATE.connected, {type: '5', othernum: '8807', othername: '晨会'});
    await becomes(call, ({phase}) => phase === 'answered');
    await call.hangup();
  });

  it('watches without a device of its own', async () => {
    server.reactions[API_HEADER.createVideoBug] = (request) =>
      server.send(
        JSON.stringify({
          header: 'session.creatvideobug.CB',
          code: 0,
          body: [{msgid: request.msgid, cid: 'c14'}],
        }),
      );
    const call = (await client.createSession({kind: 'monitor', number: '1002', codec: ''}))!;
    expect(call).to.include({type: 'monitor', typeNumber: 14});
    expect(devices.opened).to.have.length(0);
    await call.hangup();
  });

  it('rejects with the code of the server, and where nobody here is invited resolves without a call', async () => {
    server.reactions[API_HEADER.createCall] = (request) => server.reply(request, 1102);
    const refused = await client.createSession(conference).catch((error: unknown) => error as SipError);
    expect(refused).to.include({name: 'SipError', code: 'bad-parameter', apiCode: 1102});
    const others = {kind: 'member-video', sid: 'c1', member: '1003', number: '', name: ''} as const;
    expect(await client.createSession({...others, to: ['1002']})).to.equal(undefined);
    server.reactions[API_HEADER.transferVideo] = (request) => server.reply(request, 1124);
    const missing = await client
      .createSession({...others, to: ['1002']})
      .catch((error: unknown) => error as SipError);
    expect(missing).to.include({apiCode: 1124});
  });

  it('tells of every message of the API', async () => {
    const heard: string[] = [];
    client.addEventListener('apimessage', ({detail}) => heard.push(detail.header));
    await client.sendApi({header: 'data.get.allgroup'});
    server.send(JSON.stringify({header: 'Some.Event', body: [{}]}));
    await new Promise((resolve) => client.addEventListener('sip-api-received', resolve, {once: true}));
    await until(() => heard.length === 2);
    expect(heard).to.deep.equal(['data.get.allgroup.CB', 'Some.Event']);
  });
});
