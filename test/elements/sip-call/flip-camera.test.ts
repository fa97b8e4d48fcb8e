import {expect, fixture, html} from '@open-wc/testing';
import type {SipCall} from '../../../src/core/call/call.js';
import {SipDevices} from '../../../src/core/devices/devices.js';
import type {SipCallElement} from '../../../src/elements/sip-call/sip-call.js';
import {deep, isAccessible, part, shows, textOf} from '../../support/in-page/elements.js';
import {becomes, until} from '../../support/in-page/facts.js';
import {StagedDevices} from '../../support/staged/staged-devices.js';
import {WireClient} from '../../support/wire/wire-dispatch.js';
import {Wire} from '../../support/wire/wire.js';

/** Alice has a phone with a red front camera and a blue back camera; Bob sees her. */
describe('<sip-call>: the button that switches the camera', () => {
  let stage: StagedDevices;
  let wire: Wire;
  let alice: WireClient;
  let bob: WireClient;
  let element: SipCallElement;
  let call: SipCall;
  let far: SipCall;
  let video: HTMLVideoElement;

  beforeEach(() => {
    localStorage.clear();
    wire = new Wire({alice: '', bob: ''});
    video = Object.assign(document.createElement('video'), {muted: true});
  });
  afterEach(async () => {
    video.srcObject = null;
    await Promise.all([alice, bob].map((client) => client.disconnect()));
    expect(stage.live).to.deep.equal([]);
    stage.restore();
  });

  async function talk(...back: ('user' | 'environment')[]): Promise<void> {
    stage = new StagedDevices([
      {kind: 'microphone', id: 'mic'},
      {kind: 'camera', id: 'front', facing: 'user', color: '#f00'},
      ...back.map((facing) => ({kind: 'camera', id: 'back', facing, color: '#00f'}) as const),
    ]);
    [alice, bob] = ['alice', 'bob'].map(
      (user) =>
        new WireClient(wire, {
          user,
          password: '',
          profile: 'standard',
          historyStorage: 'none',
          devices: new SipDevices({storage: `devices-${user}`}),
        }),
    ) as [WireClient, WireClient];
    for (const client of [alice, bob]) {
      await client.connect();
      await client.register();
    }
    const root = await fixture(
      html`<sip-client .client=${alice} lang="en"><sip-call></sip-call></sip-client>`,
    );
    element = root.querySelector('sip-call')!;
    const arriving = new Promise<SipCall>((resolve) =>
      bob.addEventListener('sip-call-received', ({detail}) => resolve(detail.call), {once: true}),
    );
    call = await alice.call('bob', {media: 'video'});
    far = await arriving;
    await far.answer({media: 'video'});
    await becomes(call, ({phase}) => phase === 'answered');
    await until(() => (far.remoteStream?.getVideoTracks().length ?? 0) > 0);
    video.srcObject = far.remoteStream!;
    await video.play();
  }

  /** The color that Bob sees of Alice. */
  function seen(): 'front' | 'back' | 'black' {
    const canvas = Object.assign(document.createElement('canvas'), {width: 1, height: 1});
    const context = canvas.getContext('2d')!;
    context.drawImage(video, 0, 0, 1, 1);
    const [red = 0, , blue = 0] = context.getImageData(0, 0, 1, 1).data;
    if (red < 60 && blue < 60) return 'black';
    return red > blue ? 'front' : 'back';
  }

  const button = (): HTMLElement | null => part(element, 'flip');
  const mirrored = (): boolean => deep(element, 'video.mirrored').length > 0;
  const invites = (): number => wire.messages.filter((message) => message.startsWith('INVITE ')).length;

  it('sends the other one at once, without black in between and without an offer, and mirrors the front camera alone', async () => {
    await talk('environment');
    await until(() => seen() === 'front');
    await shows(element, () => button()?.ariaLabel === 'Switch to back camera');
    await shows(element, mirrored);
    await isAccessible(element);
    const before = invites();
    const colors = new Set<string>([seen()]);
    const watch = setInterval(() => colors.add(seen()), 10);
    button()!.click();
    await until(() => seen() === 'back');
    await shows(element, () => textOf(element).includes('Back camera is on'));
    await shows(element, () => button()?.ariaLabel === 'Switch to front camera');
    await shows(element, () => !mirrored());
    expect(stage.live).to.include('back');
    button()!.click();
    await until(() => seen() === 'front');
    await shows(element, mirrored);
    clearInterval(watch);
    expect([...colors].sort()).to.deep.equal(['back', 'front']);
    expect(invites()).to.equal(before);
  });

  it('is missing without a camera for the other direction, and while the camera is off', async () => {
    await talk('user');
    await until(() => seen() === 'front');
    await shows(element, () => part(element, 'camera') !== null && alice.devices.state.devices.length > 0);
    expect(button()).to.equal(null);
    stage.plug({kind: 'camera', id: 'rear', facing: 'environment', color: '#00f'});
    await shows(element, () => button() !== null);
    await call.setCameraEnabled(false);
    await shows(element, () => button() === null);
    await call.setCameraEnabled(true);
    await shows(element, () => button() !== null);
    await call.hangup();
  });
});
