import {expect} from '@open-wc/testing';
import * as Client from '../../src/functions.js';
import {FunctionsScene} from '../support/wire/functions-scene.js';

/** The name in the ES module build: the first letter in lower case, nothing else. */
const small = <T extends string>(name: T): Uncapitalize<T> =>
  (name[0]!.toLowerCase() + name.slice(1)) as Uncapitalize<T>;

type Names = Exclude<keyof typeof Client, 'AllEnum'>;
// Fails to compile where a function lacks its other name.
Client satisfies Readonly<Record<Uncapitalize<Names>, (...values: never[]) => unknown>>;

describe('the names of the functions', () => {
  const names = Object.keys(Client).filter((name) => name !== 'AllEnum') as Names[];

  it('are the documented ones and those of the ES module build, by one rule', () => {
    const documented = names.filter((name) => /^[A-Z]/.test(name));
    expect(names.filter((name) => !documented.includes(name)).sort()).to.include.members(
      documented.map(small),
    );
    for (const name of documented)
      if (name !== 'Register') expect(Client[small(name)], name).to.equal(Client[name]);
  });
});

describe('register, as the ES module build has it', () => {
  let scene: FunctionsScene;
  beforeEach(async () => (scene = await FunctionsScene.ready()));
  afterEach(() => scene.close());

  it('resolves true when it is sent, and onRegisteredState tells that the server refuses', async () => {
    expect(await Client.unRegister()).to.equal(true);
    await scene.next('onRegisteredState');
    scene.server.wire.users.set('1001', 'another password');
    expect(await Client.register(60)).to.equal(true);
    expect(await scene.next('onRegisteredState')).to.deep.equal(['onRegisteredState', false]);
  });

  it('rejects where nothing can be sent', async () => {
    expect(await Client.disconnect()).to.equal(true);
    const refused = await Client.register(60).catch((error: {code: string}) => error.code);
    expect(refused).to.equal('not-connected');
    expect(await Client.connect()).to.equal(true);
    expect(await Client.register(60)).to.equal(true);
    expect(await scene.next('onRegisteredState')).to.deep.equal(['onRegisteredState', false]);
    expect(await scene.next('onRegisteredState')).to.deep.equal(['onRegisteredState', true]);
  });
});
