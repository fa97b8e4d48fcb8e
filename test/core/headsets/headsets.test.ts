import {expect} from '@open-wc/testing';
import {SipHeadsets} from '../../../src/core/headsets/headsets.js';
import {isNewPress} from '../../../src/core/devices/press-once.js';
import {SipError} from '../../../src/errors.js';
import {
  restoreHid,
  simulateHid,
  type SimulatedDevice,
  type SimulatedHid,
} from '../../support/in-page/button-devices.js';
import {shorten} from '../../support/in-page/durations.js';
import {until} from '../../support/in-page/facts.js';
import {
  BUTTON_AND_BOOM,
  EPOS,
  JABRA,
  PAIRS_AND_ARRAY,
  PEDAL,
  POLY,
  YEALINK,
} from '../../support/headsets/models.js';
import {StagedClient} from '../../support/staged/staged-client.js';

const KEY = 'sip-headsets';
const LOCK = 'sip-elements:headset';

/** What a descriptor says of a headset, and its name. */
interface Model {
  readonly vendorId: number;
  readonly productId: number;
  readonly name: string;
  readonly collections: unknown;
  readonly confirms?: SimulatedDevice['confirms'];
}

describe('the buttons of headsets', () => {
  let hid: SimulatedHid;
  let client: StagedClient;
  let headsets: SipHeadsets;

  beforeEach(async () => {
    localStorage.removeItem(KEY);
    hid = simulateHid();
    client = await StagedClient.ready();
    shorten({headsetPulse: 0, samePress: 0});
  });

  afterEach(async () => {
    await client.disconnect();
    // No device of this test is used by the next one.
    for (const device of [...hid.granted]) hid.unplug(device);
    await until(isFree);
    restoreHid();
  });

  /** Whether no tab has the headsets. */
  const isFree = async (): Promise<boolean> =>
    (await navigator.locks.query()).held!.every(({name}) => name !== LOCK);

  function made({vendorId, productId, name, collections, confirms}: Model): SimulatedDevice {
    const device = hid.device(vendorId, productId, name, collections);
    device.confirms = confirms;
    return device;
  }

  /** Plugs in headsets that the user has connected on an earlier visit. */
  async function remembers(...models: Model[]): Promise<SimulatedDevice[]> {
    const devices = models.map(made);
    hid.granted.push(...devices);
    const stored = models.map(({vendorId, productId, name}) => ({
      model: [vendorId, productId].map((part) => part.toString(16).padStart(4, '0')).join(':'),
      name,
    }));
    localStorage.setItem(KEY, JSON.stringify({version: 1, models: stored}));
    headsets = new SipHeadsets();
    headsets.add(client);
    await until(() => headsets.state.headsets.every(({status}) => status === 'ready'));
    // The lights of a page that is gone are turned off.
    for (const device of devices) await got(device, ...darkOf(device));
    return devices;
  }

  const darkOf = (device: SimulatedDevice): string[] =>
    ({
      [JABRA.vendorId]: ['2:0000'],
      [POLY.vendorId]: ['9:00', '23:00', '24:00', '32:00', '42:00'],
      [EPOS.vendorId]: ['3:00'],
      [YEALINK.vendorId]: ['4:00'],
      [BUTTON_AND_BOOM.vendorId]: ['5:00'],
      [PAIRS_AND_ARRAY.vendorId]: ['0:0000'],
    })[(device as unknown as {vendorId: number}).vendorId]!;

  /** Waits until a headset has got these reports, and nothing else, since the last time. */
  async function got(device: SimulatedDevice, ...reports: string[]): Promise<void> {
    try {
      await until(() => device.got.length >= reports.length, 3000);
    } catch (error) {
      expect(device.got).to.deep.equal(reports);
      throw error;
    }
    expect(device.got.splice(0)).to.deep.equal(reports);
  }

  /** Presses: reports that follow one another. */
  const send = (device: SimulatedDevice, id: number, ...reports: string[]): void => {
    for (const report of reports) device.send(report, id);
  };

  it('rings, answers and hangs up by the hook of a Jabra, in step with its lights', async () => {
    const [device] = await remembers(JABRA);
    const {id, offHook, onHook} = JABRA.reports;
    const {call, dialog} = client.ring();
    await got(device!, '2:2400');
    send(device!, id, offHook);
    await until(() => call.state.phase === 'answered');
    expect(dialog.commands).to.deep.equal(['accept audio']);
    await until(() => device!.got.at(-1) === '2:0100');
    device!.got = [];
    send(device!, id, onHook);
    await until(() => call.state.phase === 'released');
    expect(dialog.commands).to.deep.equal(['accept audio', 'hangup']);
    await until(() => device!.got.at(-1) === '2:0000');
  });

  it('reports in the log why a press failed, by the reason alone', async () => {
    await client.disconnect();
    const warnings: string[] = [];
    client = await StagedClient.ready({
      log: ({level, text}) => {
        if (level === 'warning') warnings.push(text);
      },
    });
    const [device] = await remembers(JABRA);
    const {dialog} = client.ring();
    await got(device!, '2:2400');
    dialog.failure = new SipError('microphone-missing');
    send(device!, JABRA.reports.id, JABRA.reports.offHook);
    await until(() => warnings.length > 0);
    expect(warnings).to.deep.equal([
      `A headset’s off-hook failed: ${new SipError('microphone-missing').message}`,
    ]);
  });

  it('lights and confirms nothing twice: a page that answers and hangs up is no press', async () => {
    const [device] = await remembers(JABRA);
    const {call, dialog} = client.ring();
    await got(device!, '2:2400');
    await call.answer();
    await got(device!, '2:0100');
    await call.hangup();
    await got(device!, '2:0000');
    expect(dialog.commands).to.deep.equal(['accept audio', 'hangup']);
  });

  it('does not end the next call by a late confirmation that the last one has ended', async () => {
    const [device] = await remembers(JABRA);
    device!.confirms = undefined;
    const first = client.dial();
    first.dialog.confirm();
    await got(device!, '2:0100');
    send(device!, JABRA.reports.id, JABRA.reports.offHook);
    await first.call.hangup();
    await got(device!, '2:0000');
    const next = client.dial();
    await got(device!, '2:0100');
    send(device!, JABRA.reports.id, JABRA.reports.onHook, JABRA.reports.offHook);
    expect(next.dialog.commands).to.deep.equal([]);
    send(device!, JABRA.reports.id, JABRA.reports.onHook);
    await until(() => next.call.state.phase === 'released');
  });

  it('mutes by presses and follows the mute of the page, without an echo', async () => {
    const [device] = await remembers(JABRA);
    const {id, offHook, mute} = JABRA.reports;
    const {call, dialog} = client.dial();
    dialog.confirm();
    await got(device!, '2:0100');
    send(device!, id, mute, offHook);
    await until(() => call.state.muted);
    await until(() => device!.got.at(-1) === '2:1300');
    send(device!, id, mute, offHook);
    await until(() => !call.state.muted);
    await until(() => device!.got.at(-1) === '2:0100');
    device!.got = [];
    await call.mute();
    await got(device!, '2:1300');
    await call.unmute();
    await got(device!, '2:0100');
    expect(dialog.commands).to.deep.equal(['mute', 'unmute', 'mute', 'unmute']);
  });

  it('answers a press of mute with the light, also if no call is there', async () => {
    const [device] = await remembers(JABRA);
    send(device!, JABRA.reports.id, JABRA.reports.muteOnHook, JABRA.reports.onHook);
    await until(() => device!.got.at(-1) === '2:0000');
  });

  it('holds and resumes by flash; a Jabra stays off-hook', async () => {
    const [device] = await remembers(JABRA);
    const {id, offHook, flash, onHook} = JABRA.reports;
    const {call, dialog} = client.dial();
    dialog.confirm();
    await got(device!, '2:0100');
    send(device!, id, flash, offHook);
    await until(() => call.state.held);
    await until(() => device!.got.at(-1) === '2:0900');
    send(device!, id, flash, offHook);
    await until(() => !call.state.held);
    await until(() => device!.got.at(-1) === '2:0100');
    await call.hold();
    await until(() => device!.got.at(-1) === '2:0900');
    send(device!, id, onHook);
    await until(() => call.state.phase === 'released');
    expect(dialog.commands).to.deep.equal(['hold', 'unhold', 'hold', 'hangup']);
  });

  it('changes between two calls by flash, answers a second one by it, and hangs up one of two', async () => {
    const [device] = await remembers(YEALINK);
    const {id, offHook, flash, onHook} = YEALINK.reports;
    const first = client.dial();
    first.dialog.confirm();
    await got(device!, '4:01');
    const second = client.ring('audio', {number: '1003', name: ''});
    await got(device!, '4:05');
    send(device!, id, offHook, flash, offHook);
    await until(() => second.call.state.phase === 'answered' && first.call.state.held);
    await until(() => device!.got.at(-1) === '4:09');
    send(device!, id, flash, offHook);
    await until(() => !first.call.state.held && second.call.state.held);
    send(device!, id, onHook);
    await until(() => first.call.state.phase === 'released');
    expect(second.call.state).to.deep.include({phase: 'answered', held: true});
    await until(() => device!.got.at(-1) === '4:08');
    send(device!, id, offHook);
    await until(() => !second.call.state.held);
    await until(() => device!.got.at(-1) === '4:01');
  });

  it('declines by the button that is programmable', async () => {
    for (const model of [JABRA, YEALINK]) {
      const [device] = await remembers(model);
      const {call, dialog} = client.ring();
      await until(() => device!.got.length > 0);
      send(device!, model.reports.id, model.reports.decline, model.reports.onHook);
      await until(() => call.state.phase === 'released');
      expect(dialog.commands, model.name).to.deep.equal(['reject 603']);
      await until(() => device!.got.at(-1) === darkOf(device!)[0]);
      hid.unplug(device!);
      await until(isFree);
    }
  });

  it('sends each light of a Poly by a report of its own, and declines by its on-hook', async () => {
    const [device] = await remembers(POLY);
    const {id, onHook, offHook, mute} = POLY.reports;
    const {call, dialog} = client.ring();
    await got(device!, '9:00', '23:00', '24:01', '32:00', '42:00');
    send(device!, id, onHook);
    await until(() => call.state.phase === 'released');
    expect(dialog.commands).to.deep.equal(['reject 603']);
    await until(() => device!.got.includes('24:00'));
    await until(isFree);
    device!.got = [];
    const next = client.ring();
    await until(() => device!.got.includes('24:01'));
    send(device!, id, offHook);
    await until(() => next.call.state.phase === 'answered');
    await until(() => ['23:01', '24:00', '42:01'].every((report) => device!.got.includes(report)));
    send(device!, id, mute, offHook);
    await until(() => next.call.state.muted && device!.got.includes('9:01'));
  });

  it('does not end a call that a Poly holds by flash, when it goes on-hook for that', async () => {
    const [device] = await remembers(POLY);
    const {id, onHook, offHook, flash} = POLY.reports;
    const {call, dialog} = client.dial();
    dialog.confirm();
    await until(() => device!.got.includes('42:01'));
    send(device!, id, offHook, flash, onHook);
    await until(() => call.state.held);
    await until(() => device!.got.includes('32:01') && device!.got.includes('23:00'));
    send(device!, id, offHook);
    await until(() => !call.state.held);
    send(device!, id, onHook);
    await until(() => call.state.phase === 'released');
    expect(dialog.commands).to.deep.equal(['hold', 'unhold', 'hangup']);
  });

  it('lights that an EPOS is online once the call is connected, and ends it by its drop button', async () => {
    const [device] = await remembers(EPOS);
    const {id, offHook, drop} = EPOS.reports;
    const {call, dialog} = client.dial();
    await got(device!, '3:02');
    dialog.confirm();
    await got(device!, '3:22');
    send(device!, id, offHook, drop, offHook);
    await until(() => call.state.phase === 'released');
    expect(dialog.commands).to.deep.equal(['hangup']);
  });

  it('answers, and hangs up, by one press each of a button that sends 1 and 0', async () => {
    const [device] = await remembers(BUTTON_AND_BOOM);
    shorten({headsetPulse: 300});
    const {id, pressed, released} = BUTTON_AND_BOOM.reports;
    const {call, dialog} = client.ring();
    send(device!, id, pressed, released);
    // The headset belongs to this tab once it rings.
    await until(async () => {
      if (dialog.commands.length) return true;
      send(device!, id, pressed, released);
      await new Promise((resolve) => setTimeout(resolve, 20));
      return false;
    });
    await until(() => device!.got.at(-1) === '5:01');
    expect(dialog.commands).to.deep.equal(['accept audio']);
    send(device!, id, pressed, released);
    await until(() => call.state.phase === 'released');
  });

  it('follows a switch of mute, such as a boom that is turned up', async () => {
    const [device] = await remembers(BUTTON_AND_BOOM);
    const {id, boomUp, released} = BUTTON_AND_BOOM.reports;
    const {call, dialog} = client.dial();
    dialog.confirm();
    await got(device!, '5:01');
    send(device!, id, boomUp);
    await until(() => call.state.muted && device!.got.at(-1) === '5:03');
    send(device!, id, released);
    await until(() => !call.state.muted && device!.got.at(-1) === '5:01');
  });

  it('mutes by each press of a switch that is turned off at once', async () => {
    const [device] = await remembers(BUTTON_AND_BOOM);
    const {id, boomUp, released} = BUTTON_AND_BOOM.reports;
    const {call, dialog} = client.dial();
    dialog.confirm();
    await got(device!, '5:01');
    shorten({headsetPulse: 100});
    for (const muted of [true, false, true]) {
      // Longer after the last change than a press takes.
      await new Promise((resolve) => setTimeout(resolve, 120));
      send(device!, id, boomUp, released);
      await until(() => call.state.muted === muted);
      await until(() => device!.got.at(-1) === (muted ? '5:03' : '5:01'));
    }
  });

  it('knows relative hooks, pairs of buttons, and keys of an array', async () => {
    const [device] = await remembers(PAIRS_AND_ARRAY);
    const {id, hook, hold, resume, drop, mute, rest} = PAIRS_AND_ARRAY.reports;
    const {call, dialog} = client.dial();
    dialog.confirm();
    await until(async () => !(await isFree()));
    send(device!, id, hold, rest);
    await until(() => call.state.held && device!.got.at(-1) === '0:0001');
    send(device!, id, resume, rest);
    await until(() => !call.state.held);
    send(device!, id, mute, rest);
    await until(() => call.state.muted);
    send(device!, id, drop, rest);
    await until(() => call.state.phase === 'released');
    const next = client.ring();
    await until(async () => !(await isFree()));
    send(device!, id, hook, rest);
    await until(() => next.call.state.phase === 'answered');
    expect(dialog.commands).to.deep.equal(['hold', 'unhold', 'mute', 'hangup']);
  });

  it('rings by the light alone in quiet hours, for a call that waits, and without a ringtone', async () => {
    const [device] = await remembers(JABRA);
    client.ringer.quietHours = '00:00-23:59';
    const quiet = client.ring();
    await got(device!, '2:0400');
    await quiet.call.hangup();
    await got(device!, '2:0000');
    client.ringer.quietHours = '';
    const talk = client.dial();
    talk.dialog.confirm();
    await got(device!, '2:0100');
    client.ring('audio', {number: '1003', name: ''});
    await got(device!, '2:0500');
    await talk.call.hangup();
    await until(() => device!.got.at(-1) === '2:2400');
  });

  it('leaves intercoms, watched cameras and calls of other tabs alone', async () => {
    const [device] = await remembers(JABRA);
    const {dialog} = client.interphone();
    dialog.confirm();
    client.look();
    send(device!, JABRA.reports.id, JABRA.reports.offHook, JABRA.reports.onHook);
    await until(() => device!.got.length > 0);
    expect(device!.got.every((report) => report === '2:0000')).to.equal(true);
    expect(dialog.commands).to.not.include('hangup');
  });

  it('has two headsets in step: both ring, one answers, the other hangs up', async () => {
    const [first, second] = await remembers(JABRA, YEALINK);
    const {call} = client.ring();
    await Promise.all([got(first!, '2:2400'), got(second!, '4:04')]);
    send(second!, YEALINK.reports.id, YEALINK.reports.offHook);
    await until(() => call.state.phase === 'answered');
    await until(() => first!.got.at(-1) === '2:0100' && second!.got.at(-1) === '4:01');
    send(first!, JABRA.reports.id, JABRA.reports.onHook);
    await until(() => call.state.phase === 'released');
    await until(() => first!.got.at(-1) === '2:0000' && second!.got.at(-1) === '4:00');
  });

  it('counts one press of two devices, or of a headset and the system’s controls, once', async () => {
    const [first, second] = await remembers(JABRA, YEALINK);
    const {call, dialog} = client.dial();
    dialog.confirm();
    await Promise.all([got(first!, '2:0100'), got(second!, '4:01')]);
    // Longer after the presses of other tests than one press takes.
    await new Promise((resolve) => setTimeout(resolve, 400));
    shorten({samePress: 300});
    send(first!, JABRA.reports.id, JABRA.reports.mute);
    send(second!, YEALINK.reports.id, YEALINK.reports.mute);
    await until(() => call.state.muted);
    expect(isNewPress('togglemicrophone', 'the system')).to.equal(false);
    expect(isNewPress('hangup', 'the system'), 'another press').to.equal(true);
    await until(() => first!.got.length > 0 && second!.got.length > 0);
    expect(dialog.commands).to.deep.equal(['mute']);
  });

  it('goes on with the call when a headset is unplugged, and writes its lights anew when it is back', async () => {
    const [device] = await remembers(JABRA);
    const {call, dialog} = client.dial();
    dialog.confirm();
    await got(device!, '2:0100');
    await call.mute();
    await got(device!, '2:1300');
    hid.unplug(device!);
    expect(headsets.state.headsets).to.deep.equal([
      {name: 'Jabra Evolve 65', model: '0b0e:0412', status: 'absent'},
    ]);
    await call.hold();
    expect(call.state.phase).to.equal('answered');
    const back = made(JABRA);
    hid.plugIn(back);
    await got(back, '2:1b00');
    expect(headsets.state.headsets[0]!.status).to.equal('ready');
    send(back, JABRA.reports.id, JABRA.reports.flash, JABRA.reports.offHook);
    await until(() => !call.state.held);
    expect(dialog.commands).to.deep.equal(['mute', 'hold', 'unhold']);
  });

  it('says that another program has the headset, and uses it once that is closed', async () => {
    const device = made(JABRA);
    device.blocked = true;
    hid.choice = device;
    headsets = new SipHeadsets();
    headsets.add(client);
    expect(await headsets.connect()).to.equal('connected');
    expect(headsets.state.headsets[0]).to.deep.include({status: 'blocked'});
    device.blocked = false;
    await headsets.refresh();
    expect(headsets.state.headsets[0]).to.deep.include({status: 'ready'});
    client.ring();
    await until(() => device.got.at(-1) === '2:2400');
  });

  it('says that a headset takes no reports, goes on with the call, and tries again with the next change', async () => {
    const [device] = await remembers(JABRA);
    const {call, dialog} = client.dial();
    dialog.confirm();
    await got(device!, '2:0100');
    device!.deaf = true;
    await call.mute();
    await until(() => headsets.state.headsets[0]!.status === 'blocked');
    device!.deaf = false;
    await call.hold();
    await until(() => headsets.state.headsets[0]!.status === 'ready');
    expect(device!.got.at(-1)).to.equal('2:1b00');
    send(device!, JABRA.reports.id, JABRA.reports.onHook);
    await until(() => call.state.phase === 'released');
  });

  it('leaves headsets to other tabs after a call, also if one never takes what it is sent', async () => {
    shorten({headsetReport: 100});
    const [device] = await remembers(JABRA);
    const {call, dialog} = client.dial();
    dialog.confirm();
    await got(device!, '2:0100');
    const {sendReport} = device as unknown as {sendReport: () => Promise<void>};
    Object.assign(device!, {sendReport: () => new Promise(() => {})});
    await call.mute();
    await call.hangup();
    await until(isFree);
    expect(headsets.state.headsets[0]!.status).to.equal('blocked');
    Object.assign(device!, {sendReport});
    const next = client.dial();
    next.dialog.confirm();
    await until(async () => {
      await next.call.mute();
      await next.call.unmute();
      return headsets.state.headsets[0]!.status === 'ready';
    });
  });

  for (const steals of [false, true])
    it(`uses a headset if the browser never answers whether another tab has it (${steals ? 'placed' : 'rings'})`, async () => {
      shorten({headsetLock: 100});
      const [device] = await remembers(JABRA);
      Object.defineProperty(navigator.locks, 'request', {
        value: () => new Promise(() => {}),
        configurable: true,
      });
      try {
        const {call, dialog} = steals ? client.dial() : client.ring();
        if (steals) dialog.confirm();
        await got(device!, steals ? '2:0100' : '2:2400');
        send(device!, JABRA.reports.id, steals ? JABRA.reports.onHook : JABRA.reports.decline);
        await until(() => call.state.phase === 'released');
      } finally {
        Reflect.deleteProperty(navigator.locks, 'request');
      }
    });

  it('is not kept busy by a device that claims endless reports', async () => {
    const claims = [
      {reportSize: 2 ** 31, reportCount: 1},
      {reportSize: 0, reportCount: 2 ** 31},
      {reportSize: 1, reportCount: 2 ** 31},
      {isArray: true, isRange: true, usageMinimum: 0x090000, reportSize: 8, reportCount: 2 ** 31},
    ];
    const telephony = (JABRA.collections as any[]).find(({usagePage}) => usagePage === 0x0b);
    const [{items}] = telephony.inputReports;
    // The last device has them many times, before the items of a headset.
    for (const more of [...claims.map((claim) => [claim]), Array.from({length: 1_000}, () => claims[3]!)]) {
      const strange = more.map((claim) => ({...items[0], ...claim}));
      const reports = [2, 7].map((reportId) => ({reportId, items: [...strange, ...items]}));
      const collections = [{...telephony, inputReports: reports, outputReports: reports}];
      const device = made({...JABRA, collections});
      hid.choice = device;
      headsets = new SipHeadsets();
      headsets.add(client);
      const since = performance.now();
      await headsets.connect();
      const {call} = client.ring();
      device.send('0100', 2);
      device.send('0000', 2);
      await call.hangup();
      expect(performance.now() - since).to.be.below(2_000);
      hid.unplug(device);
    }
  });

  it('shows and remembers the name that a device gives itself as one line of text', async () => {
    hid.choice = made({...JABRA, name: `Evil\u202e\u0007\n${'x'.repeat(500)}`});
    headsets = new SipHeadsets();
    expect(await headsets.connect()).to.equal('connected');
    const name = `Evil ${'x'.repeat(195)}`;
    expect(headsets.state.headsets.map((each) => each.name)).to.deep.equal([name]);
    expect(localStorage.getItem(KEY)).to.include(`"${name}"`);
    hid.unplug(hid.granted[0]!);
    localStorage.setItem(KEY, localStorage.getItem(KEY)!.replace('Evil ', 'Evil\u202e'));
    expect(new SipHeadsets().state.headsets.map((each) => each.name)).to.deep.equal([
      `Evil ${'x'.repeat(195)}`,
    ]);
  });

  it('says that the permission was withdrawn, and works when the user gives it again', async () => {
    const [device] = await remembers(JABRA);
    const {call, dialog} = client.dial();
    dialog.confirm();
    await got(device!, '2:0100');
    hid.withdraw(device!);
    document.dispatchEvent(new Event('visibilitychange'));
    await until(() => headsets.state.headsets[0]!.status === 'forbidden');
    expect(call.state.phase).to.equal('answered');
    const again = made(JABRA);
    hid.choice = again;
    expect(await headsets.connect()).to.equal('connected');
    await got(again, '2:0100');
    expect(headsets.state.headsets.map(({status}) => status)).to.deep.equal(['ready']);
  });

  it('forgets a headset: turns its lights off, ends the permission, and stores nothing', async () => {
    const [device] = await remembers(JABRA);
    const {call, dialog} = client.dial();
    dialog.confirm();
    await got(device!, '2:0100');
    await headsets.forget(headsets.state.headsets[0]!);
    expect(device!.got).to.deep.equal(['2:0000']);
    expect(hid.granted).to.deep.equal([]);
    expect(localStorage.getItem(KEY)).to.equal(null);
    expect(headsets.state.headsets).to.deep.equal([]);
    send(device!, JABRA.reports.id, JABRA.reports.offHook, JABRA.reports.onHook);
    expect(call.state.phase).to.equal('answered');
  });

  it('uses no device that the user has connected for something else, and none without such buttons', async () => {
    const pedal = made(PEDAL);
    const other = made(YEALINK);
    hid.granted.push(pedal, other);
    await remembers(JABRA);
    expect(other.opened).to.equal(false);
    hid.choice = pedal;
    expect(await headsets.connect()).to.equal('no-buttons');
    hid.choice = undefined;
    expect(await headsets.connect()).to.equal('cancelled');
    expect(headsets.state.headsets.map(({name}) => name)).to.deep.equal(['Jabra Evolve 65']);
  });

  it('reads nothing but headsets of what scripts have stored', async () => {
    const models = [null, 5, {model: 1, name: 'a'}, {model: '0b0e:0001', name: 'b'}];
    localStorage.setItem(KEY, JSON.stringify({version: 1, models}));
    expect(new SipHeadsets().state.headsets).to.deep.equal([
      {model: '0b0e:0001', name: 'b', status: 'absent'},
    ]);
  });

  it('leaves a headset to another tab until the calls there are over', async () => {
    const [device] = await remembers(JABRA);
    let end = (): void => {};
    const other = navigator.locks.request(LOCK, () => new Promise<void>((resolve) => (end = resolve)));
    const {call} = client.ring();
    await until(() => headsets.state.elsewhere);
    send(device!, JABRA.reports.id, JABRA.reports.offHook, JABRA.reports.onHook);
    expect(device!.got).to.deep.equal([]);
    expect(call.state.phase).to.equal('ringing');
    end();
    await other;
    await got(device!, '2:2400');
    expect(headsets.state.elsewhere).to.equal(false);
  });

  it('takes a headset from a tab when the user answers here, and gives it back', async () => {
    const [device] = await remembers(JABRA);
    const taken = navigator.locks
      .request(LOCK, () => new Promise<void>(() => {}))
      .catch((error: Error) => error.name);
    const {call} = client.ring();
    await until(() => headsets.state.elsewhere);
    await call.answer();
    expect(await taken).to.equal('AbortError');
    await got(device!, '2:0100');
    // The other tab takes it back for a call of its own, and this one waits.
    let end = (): void => {};
    const back = navigator.locks.request(
      LOCK,
      {steal: true},
      () => new Promise<void>((resolve) => (end = resolve)),
    );
    await until(() => headsets.state.elsewhere);
    await call.mute();
    expect(device!.got).to.deep.equal([]);
    end();
    await back;
    await got(device!, '2:1300');
  });

  it('turns the lights off when the page is left, and on again when the user comes back', async () => {
    const [device] = await remembers(JABRA);
    const {dialog} = client.dial();
    dialog.confirm();
    await got(device!, '2:0100');
    device!.confirms = undefined;
    window.dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}));
    await got(device!, '2:0000');
    window.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}));
    await got(device!, '2:0100');
  });

  it('controls the calls of several clients, and those of none that has disconnected', async () => {
    const [device] = await remembers(YEALINK);
    const other = await StagedClient.ready({user: '2001'});
    headsets.add(other);
    const first = client.dial();
    first.dialog.confirm();
    await got(device!, '4:01');
    const second = other.ring();
    await got(device!, '4:05');
    send(device!, YEALINK.reports.id, YEALINK.reports.offHook, YEALINK.reports.flash);
    await until(() => second.call.state.phase === 'answered' && first.call.state.held);
    await until(() => device!.got.at(-1) === '4:09');
    await other.disconnect();
    await until(() => device!.got.at(-1) === '4:08');
    other.ring();
    await client.disconnect();
    await until(() => device!.got.at(-1) === '4:00');
  });
});
