import {expect} from '@open-wc/testing';
import {SipDevices} from '../../../src/core/devices/devices.js';
import type {CallCause} from '../../../src/core/types.js';
import {SipError} from '../../../src/errors.js';
import {listenToPage} from '../../support/in-page/ear.js';
import {becomes, until} from '../../support/in-page/facts.js';
import {sound, StagedClient} from '../../support/staged/staged-client.js';

describe('Ringer', () => {
  const ear = listenToPage();
  let client: StagedClient;

  beforeEach(async () => {
    client = await StagedClient.ready();
  });

  afterEach(async () => {
    await client.disconnect();
    await until(() => ear.states().length === 0);
  });

  /** The tone to be heard, once the changes have been processed. */
  const tones = async (): Promise<string> => {
    await Promise.resolve();
    await new Promise((resolve) => setTimeout(resolve));
    return [...client.ringer.state.tones].sort().join();
  };

  it('rings for an incoming call until it is answered, declined or given up, and gives the device back', async () => {
    expect(await tones()).to.equal('');
    const first = client.ring();
    await until(() => ear.now().level > 0.1);
    await first.call.answer();
    expect(await tones()).to.equal('');
    await until(() => ear.states().join() === 'suspended');
    await first.call.hangup();
    const second = client.ring();
    expect(await tones()).to.equal('ringtone');
    await second.call.decline();
    expect(await tones()).to.equal('');
    const third = client.ring();
    await until(() => ear.now().level > 0.1);
    third.dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'cancelled'}});
    expect(await tones()).to.equal('');
    await until(() => ear.states().every((state) => state === 'suspended'));
  });

  it('rings as loud as its user has chosen, this time and the next, else as the page says', async () => {
    localStorage.removeItem('sip-devices-volume');
    await client.disconnect();
    const devices = new SipDevices({storage: 'sip-devices-volume'});
    client = await StagedClient.ready({devices, ringVolume: 1});
    client.ring();
    await until(() => ear.now().level > 0.1);
    const loud = ear.now().level;
    await devices.setRingVolume(0.1);
    await until(() => ear.now().level > 0 && ear.now().level < loud / 4);
    client.ringer.volume = 0.9;
    await client.disconnect();
    await until(() => ear.states().length === 0);
    const next = new SipDevices({storage: 'sip-devices-volume'});
    client = await StagedClient.ready({devices: next, ringVolume: 1});
    await until(() => next.state.ringVolume === 0.1);
    client.ring();
    await until(() => ear.now().level > 0);
    expect(ear.now().level).to.be.lessThan(loud / 4);
    await next.setRingVolume(undefined);
    await until(() => ear.now().level > loud / 2);
  });

  it('rings for no call that the page keeps quiet, not for a moment', async () => {
    const heard: string[] = [];
    client.ringer.addEventListener('statechange', () => heard.push(client.ringer.state.tones.join()));
    client.addEventListener('sip-call-received', (event) => event.preventDefault(), {once: true});
    const {call} = client.ring();
    expect(call.state.quiet).to.equal(true);
    expect(await tones()).to.equal('');
    expect(heard).to.deep.equal([]);
    client.ring();
    expect(await tones()).to.equal('ringtone');
  });

  it('knocks where somebody is on the phone, and rings on when that call is over', async () => {
    const {dialog} = client.dial();
    dialog.confirm();
    client.ring('audio', {number: '1003', name: ''});
    expect(await tones()).to.equal('waiting');
    await until(() => Math.abs(ear.now().frequency - 450) < 8);
    expect(ear.now().level).to.be.below(0.1);
    await dialog.hangup();
    expect(await tones()).to.equal('ringtone');
  });

  for (const type of ['urgent', 'sos'] as const)
    it(`sounds the alarm for a call of the type ${type}, louder than its user has chosen, on the phone too`, async () => {
      client.ringer.volume = 0.1;
      const calm = client.ring();
      await until(() => Math.abs(ear.now().frequency - 880) < 8);
      const {level} = ear.now();
      const {call} = client.ring('audio', {number: '1003', name: ''}, type);
      expect(await tones()).to.equal('alarm,ringtone');
      await until(() => Math.abs(ear.now().frequency - 960) < 8 && ear.now().level > 5 * level);
      await calm.call.answer();
      expect(await tones()).to.equal('alarm');
      await until(() => Math.abs(ear.now().frequency - 770) < 8 && ear.now().level > 0.8);
      await call.answer();
      expect(await tones()).to.equal('');
    });

  it('sounds no alarm where the page wants no ringing', async () => {
    client.ringer.ringtone = 'none';
    client.ring('audio', {number: '1003', name: ''}, 'sos');
    expect(await tones()).to.equal('');
  });

  it('lets a caller hear that it rings over there, until the other side is heard itself', async () => {
    const {dialog} = client.dial();
    expect(await tones()).to.equal('ringback');
    await until(() => Math.abs(ear.now().frequency - 450) < 8);
    dialog.play(new MediaStream([sound()]));
    expect(await tones()).to.equal('');
  });

  it('lets a caller hear it no more when the call is answered', async () => {
    const {dialog} = client.dial();
    expect(await tones()).to.equal('ringback');
    dialog.confirm();
    expect(await tones()).to.equal('');
  });

  for (const [cause, tone] of [
    [{by: 'remote', code: 'busy', status: 486}, 'busy'],
    [{by: 'remote', code: 'declined', status: 603}, 'busy'],
    [{by: 'remote', code: 'unknown-number', status: 404}, 'congestion'],
    [{by: 'server', code: 'connection-lost'}, 'congestion'],
    [{by: 'remote', code: 'no-answer', status: 408}, 'congestion'],
    [{by: 'local', code: 'normal'}, ''],
    [{by: 'remote', code: 'normal'}, ''],
  ] as const satisfies [CallCause, string][])
    it(`lets a caller hear ${tone || 'nothing'} where the call ended as ${cause.by} ${cause.code}`, async () => {
      client.dial().dialog.set({phase: 'terminated', cause});
      expect(await tones()).to.equal(tone);
    });

  it('lets it be heard for three seconds, and not where a call follows or the call was answered', async () => {
    const busy = {phase: 'terminated', cause: {by: 'remote', code: 'busy'}} as const;
    const begun = performance.now();
    client.dial().dialog.set(busy);
    expect(await tones()).to.equal('busy');
    await becomes(client.ringer, (state) => state.tones.length === 0);
    expect(performance.now() - begun).to.be.at.least(2_990);
    client.dial().dialog.set(busy);
    expect(await tones()).to.equal('busy');
    const {dialog} = client.dial();
    expect(await tones()).to.equal('ringback');
    dialog.confirm();
    dialog.set(busy);
    expect(await tones()).to.equal('');
    const incoming = client.ring();
    incoming.dialog.set(busy);
    expect(await tones()).to.equal('');
  });

  it('lets it be heard where an intercom stands, or a camera is watched', async () => {
    const {dialog} = client.ring('audio', {number: '8001', name: ''}, 'intercom');
    dialog.confirm();
    const watched = client.ring('video', {number: '1004', name: ''}, 'monitor');
    watched.dialog.confirm();
    client.dial().dialog.set({phase: 'terminated', cause: {by: 'remote', code: 'busy'}});
    expect(await tones()).to.equal('busy');
  });

  it('is as the client’s options say, and can be changed', async () => {
    const other = await StagedClient.ready({ringtone: 'none', ringVolume: 7, callTones: false});
    expect(other.ringer.volume).to.equal(1);
    const {dialog} = other.ring();
    other.dial();
    await new Promise((resolve) => setTimeout(resolve));
    expect(other.ringer.state.tones).to.deep.equal([]);
    other.ringer.callTones = true;
    await becomes(other.ringer, ({tones}) => tones.includes('ringback'));
    other.ringer.ringtone = '';
    expect(other.ringer.ringtone).to.equal('default');
    await becomes(other.ringer, ({tones}) => tones.includes('waiting'));
    for (const [given, taken] of [
      [0.5, 0.5],
      [-1, 0],
      [NaN, 1],
    ] as const) {
      other.ringer.volume = given;
      expect(other.ringer.volume).to.equal(taken);
    }
    await dialog.hangup();
    await other.disconnect();
  });

  it('lets the tones of another country be heard, from the next one on', async () => {
    const other = await StagedClient.ready({toneCountry: 'DE'});
    expect(other.ringer.toneCountry).to.equal('de');
    const first = other.dial();
    await until(() => Math.abs(ear.now().frequency - 425) < 8);
    other.ringer.toneCountry = 'us';
    await first.dialog.hangup();
    other.dial();
    await until(() => [440, 480].some((frequency) => Math.abs(ear.now().frequency - frequency) < 8));
    for (const country of ['xx', 'germany', '<b>'])
      expect(() => (other.ringer.toneCountry = country))
        .to.throw(SipError)
        .with.property('code', 'bad-parameter');
    expect(other.ringer.toneCountry).to.equal('us');
    await other.disconnect();
  });

  it('is silent in quiet hours, but for urgent calls, and a caller hears what there is to be heard', async () => {
    const clock = (minutes: number): string =>
      new Date(Date.now() + minutes * 60_000).toTimeString().slice(0, 5);
    client.ringer.quietHours = `${clock(-60)}-${clock(60)}`;
    const {call} = client.ring();
    expect(await tones()).to.equal('');
    expect(call.state).to.deep.include({phase: 'ringing', quiet: false});
    client.dial();
    expect(await tones()).to.equal('ringback');
    client.ring('audio', {number: '1003', name: ''}, 'sos');
    expect(await tones()).to.equal('alarm,ringback');
    client.ringer.quietHours = `${clock(60)}-${clock(-60)}`;
    expect(await tones()).to.equal('alarm,ringback,waiting');
    client.ringer.quietHours = '00:00-24:00';
    expect(await tones()).to.equal('alarm,ringback');
    client.ringer.quietHours = '';
    expect(await tones()).to.equal('alarm,ringback,waiting');
    for (const hours of ['22-7', '25:00-07:00', '22:00-07:60', 'always'])
      expect(() => (client.ringer.quietHours = hours))
        .to.throw(SipError)
        .with.property('code', 'bad-parameter');
    expect(client.ringer.quietHours).to.equal('');
  });

  it('rings on the ringer that is chosen, and lets a caller hear on the chosen speaker', async () => {
    const {devices} = client;
    const [one, other] = (await devices.list()).filter(({kind, id}) => kind === 'ringer' && id !== 'default');
    expect(one!.id).not.to.equal(other!.id);
    await devices.select('ringer', one!.id);
    await devices.select('speaker', other!.id);
    try {
      const {call} = client.ring();
      await until(() => ear.now().level > 0.1 && ear.sinks().join() === one!.id);
      await devices.select('ringer', other!.id);
      await until(() => ear.sinks().join() === other!.id);
      await call.decline();
      await devices.select('ringer', one!.id);
      client.dial();
      await until(() => ear.sinks().includes(other!.id) && Math.abs(ear.now().frequency - 450) < 8);
      await devices.select('ringer', '');
      await until(() => ear.sinks().includes(''));
      client.ringer.setSinkId(one!.id);
      await until(() => ear.sinks().includes(one!.id));
    } finally {
      for (const kind of ['ringer', 'speaker'] as const) await devices.select(kind, '');
    }
  });

  it('has nothing open before anything is to be heard', () => {
    expect(ear.states()).to.deep.equal([]);
  });

  it('lets a key be heard', async () => {
    ear.lately();
    await client.ringer.playKey('1');
    await until(() => ear.lately() > 0.03);
    await until(() => ear.states().every((state) => state === 'suspended'));
  });

  describe('of one of several tabs', () => {
    const options = {profile: 'standard', sharedWorker: '/worker.js', maxCalls: 1} as const;
    let tabs: readonly [StagedClient, StagedClient];

    /** Calls both tabs; resolves with the one that rings, and the other. */
    async function inOrder(): Promise<readonly [StagedClient, StagedClient]> {
      for (const tab of tabs) tab.ring();
      const [first, other] = document.visibilityState === 'visible' ? [tabs[1], tabs[0]] : tabs;
      await until(() => first.ringer.state.tones.includes('ringtone') && other.ringer.state.aside);
      return [first, other];
    }

    beforeEach(async () => {
      const first = await StagedClient.ready(options);
      await until(async () =>
        (await navigator.locks.query()).held!.some(({name}) => name!.includes('front')),
      );
      tabs = [first, await StagedClient.ready(options)];
    });
    afterEach(() => Promise.all(tabs.map((tab) => tab.disconnect())));

    for (const [what, drop] of [
      ['is not to be disturbed', (tab: StagedClient) => void (tab.doNotDisturb = true)],
      ['unregisters', (tab: StagedClient) => tab.unregister()],
      ['disconnects', (tab: StagedClient) => tab.disconnect()],
      ['has no line left', (tab: StagedClient) => tab.calls[0]!.answer()],
    ] as const)
      it(`leaves ringing to the other if it ${what}`, async () => {
        const [first, other] = await inOrder();
        await drop(first);
        await until(() => other.ringer.state.tones.includes('ringtone'));
        expect(other.ringer.state.aside).to.equal(false);
      });

    it('is not aside once it is disconnected, and sounds the alarm although its user does not want to be disturbed', async () => {
      const [first, other] = await inOrder();
      await other.disconnect();
      await until(() => !other.ringer.state.aside);
      first.doNotDisturb = true;
      first.ring('audio', {number: '1003', name: ''}, 'sos');
      await until(() => first.ringer.state.tones.includes('alarm'));
    });
  });
});
