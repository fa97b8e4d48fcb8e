import {expect} from '@open-wc/testing';
import * as Client from '../../src/functions.js';
import {reaches, until} from '../support/in-page/facts.js';
import {FunctionsScene} from '../support/wire/functions-scene.js';

describe('MakeCallold', () => {
  let scene: FunctionsScene;
  beforeEach(async () => (scene = await FunctionsScene.ready()));
  afterEach(() => scene.close());

  for (const video of [false, true])
    it(`invites the number itself, without the API, ${video ? 'with a picture' : 'with sound'}`, async () => {
      const callee = await scene.server.leg('1002');
      const sound = document.createElement('audio');
      Client.MakeCallold('1002', null, video ? document.createElement('video') : null, sound);
      const dialog = await callee.rings();
      expect([dialog.remote.number, dialog.offered.video]).to.deep.equal(['1001', video]);
      const [, sid, json] = await scene.next('onCallCreated');
      const {callid, mktime, ...call} = JSON.parse(json);
      expect(callid).to.equal(dialog.id);
      expect(Date.parse(mktime)).to.be.a('number');
      expect({...call, state: 1}).to.deep.equal({
        cid: sid,
        ctype: 1,
        direction: 1,
        othernum: '1002',
        state: 1,
        autoanswer: true,
        isshowscreen: false,
      });
      await dialog.accept({audio: true, video});
      expect((await scene.next('onCallAnswered'))[1]).to.equal(sid);
      await until(() => sound.srcObject !== null);
      await Client.Hangup(sid);
      await reaches(dialog, 'terminated');
      expect((await scene.next('onCallHangup'))[1]).to.equal(sid);
      expect([scene.texts, scene.reported]).to.deep.equal([[], []]);
    });

  it('cancels a call that rings, and reports one that is refused', async () => {
    const callee = await scene.server.leg('1002');
    Client.MakeCallold('1002');
    const ringing = await callee.rings();
    const [, first] = await scene.next('onCallCreated');
    await Client.Hangup(first);
    await reaches(ringing, 'terminated');
    expect((await scene.next('onCallHangup'))[1]).to.equal(first);
    Client.MakeCallold('1002');
    const [, second] = await scene.next('onCallCreated');
    await (await callee.rings()).reject(486);
    expect((await scene.next('onCallHangup'))[1]).to.equal(second);
    expect([scene.texts, scene.reported]).to.deep.equal([[], []]);
  });

  it('names the argument that is no number', async () => {
    Client.MakeCallold(null as never);
    await scene.knows(() => scene.reported.length > 0);
    expect(scene.reported[0]).to.include('MakeCallold, number');
  });
});

describe('Answerbycallid', () => {
  let scene: FunctionsScene;
  beforeEach(async () => (scene = await FunctionsScene.ready()));
  afterEach(() => scene.close());

  it('answers the call with that Call-ID', async () => {
    const {server} = scene;
    const [leg, other] = [await server.invite('c1.12'), await server.invite('c2.12')];
    const [, , json] = await scene.next('onCallReceived');
    await scene.next('onCallReceived');
    const {cid, callid} = JSON.parse(json);
    await Client.Answerbycallid(callid);
    const [answered, ringing] = cid === 'c1' ? [leg, other] : [other, leg];
    await reaches(answered, 'confirmed');
    expect(answered.id).to.equal(callid);
    expect((await scene.next('onCallAnswered'))[1]).to.equal(cid);
    expect(ringing.state.phase).to.equal('early');
  });

  it('rejects where there is no such call', async () => {
    // No Call-ID yet.
    scene.server.reactions['session.createcall'] = (request) => scene.server.reply(request, 0, {cid: 'c1'});
    Client.MakeCall('1002', 1);
    await scene.next('onCallCreated');
    for (const callid of ['nothing', '']) {
      const error = await Client.Answerbycallid(callid).catch((error: Error) => error);
      expect(error).to.include({code: 'call-not-found'});
      expect(String(error)).to.include(`“${callid}” (Answerbycallid, callid)`);
    }
  });
});
