import {expect} from '@open-wc/testing';
import {shorten} from '../support/in-page/durations.js';
import {becomes} from '../support/in-page/facts.js';
import {WireClient} from '../support/wire/wire-dispatch.js';
import {WirePbx, type FarSide} from '../support/wire/wire-pbx.js';

/** What browsers have been seen never to answer: a driver that hangs, storage that does not open. */
const SILENT = [
  // The page's database is opened once: before another test opens it.
  ['IndexedDB', indexedDB, 'open', () => ({})],
  ['locks', navigator.locks, 'request'],
  ['a list of devices', navigator.mediaDevices, 'enumerateDevices'],
  ['a permission', navigator.permissions, 'query'],
  ['private files', navigator.storage, 'getDirectory'],
  ['an estimate of the space', navigator.storage, 'estimate'],
  ['a list of locks', navigator.locks, 'query'],
] as const;

const never = (): Promise<never> => new Promise(() => {});

describe('a browser that never answers', () => {
  let pbx: WirePbx;
  let bob: FarSide;
  let alice: WireClient;

  beforeEach(async () => {
    shorten({database: 200, deviceList: 200, recordingStorage: 200, callsRead: 200, callsBack: 400});
    pbx = new WirePbx();
    bob = await pbx.far('bob');
  });
  afterEach(async () => {
    await pbx.end();
    sessionStorage.clear();
  });

  SILENT.forEach(([what, target, method, instead = never], index) => {
    it(`does not keep calls and messages from passing, nor the user from signing out: ${what}`, async () => {
      Object.defineProperty(target, method, {value: instead, configurable: true});
      // A user of its own: the page has no instance id of theirs yet.
      const user = `alice${index}`;
      pbx.wire.users.set(user, '');
      try {
        alice = new WireClient(pbx.wire, {user, password: '', profile: 'standard', resume: true});
        await alice.connect();
        await alice.register();
        const call = await alice.call('bob');
        await becomes(call, ({phase}) => phase === 'answered');
        await call.startRecording();
        await call.hold();
        await call.hangup();
        await becomes(call, ({phase}) => phase === 'released');
        const calling = new Promise<void>((resolve) =>
          alice.addEventListener('sip-call-received', ({detail}) => void detail.call.answer().then(resolve), {
            once: true,
          }),
        );
        const back = await bob.client.call(user);
        await calling;
        await becomes(back, ({phase}) => phase === 'answered');
        const {state} = await alice.messages.send('bob', `about ${what}`);
        expect(state).to.equal('sent');
        await alice.disconnect();
        await becomes(back, ({phase}) => phase === 'released');
      } finally {
        Reflect.deleteProperty(target, method);
        await alice.disconnect();
      }
      expect(pbx.wire.messages.some((message) => message.endsWith(`about ${what}`))).to.equal(true);
    });
  });
});
