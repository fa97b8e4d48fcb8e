import {expect} from '@open-wc/testing';
import type {DialogState} from '../../../src/core/server/dialog.js';
import {mediaLines} from '../../../src/media/peer/description.js';
import type {SipDialog} from '../../../src/sip/user-agent.js';
import {watchDevices, type Devices} from '../../support/in-page/devices.js';
import {shorten} from '../../support/in-page/durations.js';
import {becomes, hears, reaches, until} from '../../support/in-page/facts.js';
import {shareCanvas, type SharedCanvas} from '../../support/in-page/shared-canvas.js';
import {WireUser} from '../../support/wire/wire-users.js';
import {Wire, type Arrived} from '../../support/wire/wire.js';

/** What a user does and undoes, and what both sides report in between. */
const DEEDS: Readonly<Record<string, Deed>> = {
  hold: {
    begin: (dialog) => dialog.setHeld(true),
    end: (dialog) => dialog.setHeld(false),
    own: ({held}) => held,
    other: ({remoteHeld}) => remoteHeld,
  },
  share: {
    begin: (dialog) => dialog.shareScreen(),
    end: (dialog) => dialog.stopScreen(),
    own: ({sharing}) => sharing,
    other: () => true,
  },
  upgrade: {
    begin: (dialog) => dialog.setMedia({video: true}),
    end: (dialog) => dialog.setMedia({video: false}),
    own: () => true,
    other: () => true,
  },
};

interface Deed {
  readonly begin: (dialog: SipDialog) => Promise<void>;
  readonly end: (dialog: SipDialog) => Promise<void>;
  readonly own: (state: Readonly<DialogState>) => boolean;
  readonly other: (state: Readonly<DialogState>) => boolean;
}

const NAMES = Object.keys(DEEDS);
/** Every pair. */
const CROSSINGS = NAMES.flatMap((one) => NAMES.map((other) => [one, other] as const));
/** Each pair once with offers that cross on the way, and once without. */
const ROUNDS = 2 * CROSSINGS.length;
/** Simultaneous calls, which share the rounds. */
const CALLS = 3;

const MIRRORED = {sendrecv: 'sendrecv', sendonly: 'recvonly', recvonly: 'sendonly', inactive: 'inactive'};

/** Whether both sides report the same media, each from its own point of view. */
const agree = ({state: {media: one}}: SipDialog, {state: {media: other}}: SipDialog): boolean =>
  MIRRORED[one.audio] === other.audio && MIRRORED[one.video] === other.video;

describe('SipDialog: changes from both sides at the same moment', () => {
  let devices: Devices;
  let screen: SharedCanvas;

  beforeEach(() => {
    shorten({glareUnit: 1});
    devices = watchDevices();
    screen = shareCanvas();
  });

  afterEach(() => {
    devices.restore();
    screen.restore();
    expect([...devices.opened, ...screen.opened].map(({readyState}) => readyState)).not.to.include('live');
  });

  /** Runs its share of the rounds in a call of its own; returns how often glare refused an offer. */
  async function glare(share: number): Promise<number> {
    const wire = new Wire({alice: '', bob: ''});
    const [alice, bob] = await Promise.all([
      new WireUser(wire, {user: 'alice'}).begin(),
      new WireUser(wire, {user: 'bob'}).begin(),
    ]);
    /** Lets the next two offers cross on the way; otherwise one may arrive while the other is still being made. */
    const cross = (): void => {
      let first: Arrived | undefined;
      wire.handle = (arrived) => {
        if (arrived.request.method !== 'INVITE') return false;
        if (!first) {
          first = arrived;
          return true;
        }
        const {request, from} = first;
        wire.handle = undefined;
        queueMicrotask(() => wire.receive(request.data, from));
        return false;
      };
    };
    const call = alice.agent.invite('bob', {audio: true, video: false});
    const far = await bob.rings();
    await far.accept({audio: true, video: false});
    await reaches(call, 'confirmed');
    for (let round = share; round < ROUNDS; round += CALLS) {
      const [one, other] = CROSSINGS[round % CROSSINGS.length]!.map((name) => DEEDS[name]!) as [Deed, Deed];
      if (round % 2) cross();
      await Promise.all([one.begin(call), other.begin(far)]);
      await becomes(call, (state) => one.own(state) && other.other(state));
      await becomes(far, (state) => other.own(state) && one.other(state));
      await until(() => agree(call, far));
      if (round % 2) cross();
      await Promise.all([one.end(call), other.end(far)]);
      for (const dialog of [call, far])
        await becomes(
          dialog,
          ({held, remoteHeld, sharing, media}) =>
            !held && !remoteHeld && !sharing && media.audio === 'sendrecv' && media.video === 'inactive',
        );
      const described = wire.messages.filter((message) => message.includes('\r\nm='));
      expect(mediaLines(described.at(-1)!.split('\r\n\r\n')[1]!).length).to.be.at.most(2);
    }
    await Promise.all([hears(call), hears(far)]);
    await Promise.all([alice.agent.disconnect(), bob.agent.disconnect()]);
    return wire.messages.filter((message) => message.startsWith('SIP/2.0 491')).length;
  }

  it(`end in the same state, ${ROUNDS} times, and the sound goes on`, async function () {
    this.timeout(120_000);
    const refused = await Promise.all(Array.from({length: CALLS}, (_, share) => glare(share)));
    // In every second round the offers crossed, and both were refused.
    expect(refused.reduce((sum, count) => sum + count)).to.be.at.least(2 * ROUNDS);
  });
});
