import {expect} from '@open-wc/testing';
import {API_EVENT, API_HEADER, CALL_STATE} from '../../src/dispatch/protocol.js';
import {watchDevices, type Devices} from '../support/in-page/devices.js';
import {becomes, reaches, until} from '../support/in-page/facts.js';
import {WireClient, WireDispatch} from '../support/wire/wire-dispatch.js';

describe('DispatchService: dial rules', () => {
  let server: WireDispatch;
  let client: WireClient;
  let devices: Devices;

  async function begin(dialRules: string): Promise<void> {
    client = new WireClient(server.wire, {user: '1001', historyStorage: 'memory', dialRules});
    await client.connect();
    await client.register();
  }

  beforeEach(() => {
    devices = watchDevices();
    server = new WireDispatch();
    for (const header of Object.values(API_HEADER))
      server.reactions[header] = (request) => server.reply(request, 1);
  });

  afterEach(async () => {
    await client.disconnect();
    await server.close();
    devices.restore();
    expect(devices.opened.filter(({readyState}) => readyState === 'live')).to.have.length(0);
  });

  /** The bodies of the requests that arrived after the first ones. */
  const written = (first = 0): string => JSON.stringify(server.requests.slice(first).map(({body}) => body));

  it('sends numbers as they are written without rules, without what separates their digits', async () => {
    await begin('');
    await client.call('+86 138-0013 (8000)').catch(() => undefined);
    expect(written()).to.contain('"+8613800138000"');
  });

  it('applies them to every request', async () => {
    await begin('+86=>9; +=>00');
    const number = '+86 138';
    for (const command of [
      () => client.call(number),
      () => client.createConference({members: [number, '9138', '1002']}),
      () => client.createBroadcast({members: number}),
      () => client.intercom({members: number}),
      () => client.intercom(number),
      () => client.monitor(number),
      () => client.bargeIn(number),
      () => client.listenIn(number),
      () => client.removeCall(number),
      () => client.removeOther(number),
    ]) {
      const before = server.requests.length;
      await command().catch(() => undefined);
      const asked = written(before);
      expect(asked, String(command)).to.contain('9138').and.not.to.contain('86');
      expect(asked.match(/9138/g), String(command)).to.have.length(1);
    }
  });

  it('adds members by them, and finds those who are there', async () => {
    await begin('+86=>');
    server.reactions[API_HEADER.allMembers] = (request) => server.reply(request);
    server.reactions[API_HEADER.createCall] = (request) =>
      server.reply(request, 0, {cid: 'c5', sessnum: '8807'});
    await server.leg('1002');
    const conference = await client.createConference({members: '+86 1002'});
    const leg = await server.invite('c5.5', {from: '1002'});
    await reaches(leg, 'confirmed');
    server.event('c5', CALL_STATE.connected, {type: '5', othernum: '8807', othername: ''});
    await becomes(conference, ({phase}) => phase === 'answered');
    server.send(
      JSON.stringify({header: API_EVENT.memberChange, body: [{cid: 'c5', number: '1002', state: '6'}]}),
    );
    await becomes(conference, ({members}) => members.length === 1);
    for (const command of [
      () => conference.addMember('+86 1003'),
      () => conference.removeMember('+86 1002'),
      () => conference.watchMember('+86 1002'),
    ]) {
      const before = server.requests.length;
      void command().catch(() => undefined);
      await until(() => server.requests.length > before);
      expect(written(before), String(command)).not.to.contain('86');
    }
  });
});
