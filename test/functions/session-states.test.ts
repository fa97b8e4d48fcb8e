import {expect} from '@open-wc/testing';
import * as Client from '../../src/functions.js';
import {reaches} from '../support/in-page/facts.js';
import {FunctionsScene} from '../support/wire/functions-scene.js';

describe('onSessionStateChange', () => {
  let scene: FunctionsScene;
  beforeEach(async () => (scene = await FunctionsScene.ready()));
  afterEach(() => scene.close());

  /** Takes the reported states: the session, and what the page can read of it. */
  const states = (): [string, number][] =>
    scene.told.flatMap(([name, sid, json]) =>
      name === 'onSessionStateChange' ? [[sid, JSON.parse(json).state] as [string, number]] : [],
    );

  it('tells of a session without a call here, as far as the server does', async () => {
    const {server} = scene;
    server.event('c5', 10, {type: '5', direction: '0', othernum: '8001', othername: '晨会'});
    const [, sid, json] = await scene.next('onSessionStateChange');
    expect(sid).to.equal('c5');
    expect(JSON.parse(json)).to.deep.equal({
      cid: 'c5',
      ctype: 5,
      direction: 0,
      othernum: '8001',
      othername: '晨会',
      state: 10,
    });
    server.event('c6', 6, {type: '12', direction: undefined, othernum: '', othername: undefined});
    expect(JSON.parse((await scene.next('onSessionStateChange'))[2])).to.deep.equal({
      cid: 'c6',
      ctype: 12,
      state: 6,
    });
    // A value that is not a number is not reported as one.
    server.event('c7', 6, {type: '', direction: 'in', othernum: 8002, othername: null});
    expect(JSON.parse((await scene.next('onSessionStateChange'))[2])).to.deep.equal({
      cid: 'c7',
      othernum: '8002',
      state: 6,
    });
    // The session is known by now.
    server.event('c6', 7);
    server.event('c6', 10);
    await scene.knows(() => states().length === 2);
    expect(states()).to.deep.equal([
      ['c6', 7],
      ['c6', 10],
    ]);
    expect(scene.told.map(([name]) => name)).to.deep.equal(['onSessionStateChange', 'onSessionStateChange']);
  });

  it('tells what is said again once, of sessions with a call and without', async () => {
    const {server} = scene;
    server.reactions['session.createcall'] = (request) => server.reply(request, 0, {cid: 'c1'});
    Client.MakeCall('1002', 1);
    await reaches(await server.invite('c1.12'), 'confirmed');
    for (const state of [5, 5, 6, 6, 7, 7, 6]) server.event('c1', state);
    for (const state of [6, 6, 10, 10]) server.event('c2', state);
    await scene.knows(() => states().some(([sid, state]) => sid === 'c2' && state === 10));
    // A new speaker is news, though the state is the same.
    for (const speaker of ['1003', '1003', '1004']) server.event('c3', 11, {type: '9', speaker});
    server.event('c3', 10);
    await scene.knows(() => states().some(([sid, state]) => sid === 'c3' && state === 10));
    expect(states().filter(([sid]) => sid === 'c1')).to.deep.equal(
      [5, 6, 7, 6].map((state) => ['c1', state]),
    );
    expect(states().filter(([sid]) => sid === 'c2')).to.deep.equal([6, 10].map((state) => ['c2', state]));
    expect(states().filter(([sid]) => sid === 'c3')).to.deep.equal(
      [11, 11, 10].map((state) => ['c3', state]),
    );
    await Client.Hangup('c1');
  });

  it('tells after a reconnection what was told before, and nothing while it is disconnected', async () => {
    await scene.close();
    scene = await FunctionsScene.ready({invitePatience: 100});
    const {server} = scene;
    server.event('c2', 6);
    await scene.next('onSessionStateChange');
    // It waits for a call.
    server.event('c4', 6);
    await scene.client.disconnect();
    await scene.next('onServerDisconnect');
    await scene.client.connect();
    await Client.Register(60);
    server.event('c2', 6);
    expect((await scene.next('onSessionStateChange'))[1]).to.equal('c2');
    expect(states()).to.deep.equal([]);
  });

  it('tells the end of a session once, though the server tells it after every registration', async () => {
    const {server} = scene;
    for (const state of [6, 10]) server.event('c2', state);
    await scene.knows(() => states().length === 2);
    await scene.client.disconnect();
    await scene.next('onServerDisconnect');
    await scene.client.connect();
    await Client.Register(60);
    server.event('c2', 10);
    // A session of the same id begins again, and ends.
    for (const state of [6, 10]) server.event('c2', state);
    await scene.knows(() => states().length === 4);
    expect(states().map(([, state]) => state)).to.deep.equal([6, 10, 6, 10]);
  });

  it('tells of a call that an event has overtaken after the call itself, and once', async () => {
    await scene.close();
    scene = await FunctionsScene.ready({invitePatience: 20_000});
    const {server} = scene;
    server.event('c1', 5);
    const leg = await server.invite('c1.12');
    await reaches(leg, 'early');
    server.event('c1', 5);
    server.event('c1', 10);
    await scene.next('onCallHangup');
    await scene.knows(() => states().length === 2);
    expect(scene.told.map(([name]) => name)).to.deep.equal([
      'onCallReceived',
      'onSessionStateChange',
      'onSessionStateChange',
    ]);
    expect(states()).to.deep.equal([
      ['c1', 5],
      ['c1', 10],
    ]);
    // A second call under the same id is reported again.
    const again = await server.invite('c1.12');
    await reaches(again, 'early');
    server.event('c1', 10);
    await scene.knows(() => states().length === 3);
  });
});

describe('onCallAnswered', () => {
  let scene: FunctionsScene;
  beforeEach(async () => (scene = await FunctionsScene.ready()));
  afterEach(() => scene.close());

  it('tells that the call is connected, though the server has told the ringing last', async () => {
    const {server} = scene;
    server.reactions['session.createcall'] = (request) => server.reply(request, 0, {cid: 'c1'});
    Client.MakeCall('1002', 1);
    await reaches(await server.invite('c1.12'), 'confirmed');
    for (const state of [3, 5, 6]) server.event('c1', state);
    expect(JSON.parse((await scene.next('onCallAnswered'))[2]).state).to.equal(6);
    await Client.Hangup('c1');

    const leg = await server.invite('c2.12');
    await reaches(leg, 'early');
    server.event('c2', 4, {direction: '2'});
    await scene.next('onCallReceived');
    await scene.knows(() =>
      scene.told.some(([name, sid]) => name === 'onSessionStateChange' && sid === 'c2'),
    );
    await Client.Answer('c2');
    expect(JSON.parse((await scene.next('onCallAnswered'))[2])).to.include({cid: 'c2', state: 6});
    await Client.Hangup('c2');
  });
});
