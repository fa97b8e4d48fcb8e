import {expect, fixture, html} from '@open-wc/testing';
import type {PictureDetail, SipVideoElement} from '../../../src/elements/sip-video/sip-video.js';
import {isAccessible, part, shows} from '../../support/in-page/elements.js';
import {until} from '../../support/in-page/facts.js';
import {picture, sound, StagedClient, type Staged} from '../../support/staged/staged-client.js';

describe('<sip-video>', () => {
  let client: StagedClient;
  let remote: SipVideoElement;
  let local: SipVideoElement;

  beforeEach(async () => {
    client = await StagedClient.ready();
    const root = await fixture(
      html`<sip-client .client=${client}
        ><sip-video></sip-video><sip-video of="local"></sip-video
      ></sip-client>`,
    );
    [remote, local] = root.querySelectorAll('sip-video') as unknown as [SipVideoElement, SipVideoElement];
  });

  const video = (of: SipVideoElement): HTMLVideoElement => part(of, 'video') as HTMLVideoElement;
  const tracks = (of: SipVideoElement): MediaStreamTrack[] =>
    (video(of).srcObject as MediaStream).getTracks();
  async function pictured(): Promise<Staged & {face: MediaStreamTrack; own: MediaStreamTrack}> {
    const staged = client.dial('video');
    const [face, own] = [picture(), picture('brown')];
    staged.dialog.confirm(true);
    staged.dialog.play(new MediaStream([sound(), face]), new MediaStream([sound(), own]));
    await shows(remote, () => remote.playing);
    await shows(local, () => local.playing);
    return {...staged, face, own};
  }

  it('is accessible without a picture, and no dark stage without a call', async () => {
    await isAccessible(remote);
    const ground = (): string => getComputedStyle(part(remote, 'empty')!).backgroundColor;
    expect(ground()).to.equal('rgb(255, 255, 255)');
    client.dial('video');
    await shows(remote, () => ground() === 'rgba(0, 0, 0, 0)');
  });

  it('shows the other side’s picture, and one’s own as in a mirror', async () => {
    const told: PictureDetail[] = [];
    remote.addEventListener('sip-picture', ({detail}) => told.push(detail));
    const {face, own, call} = await pictured();
    expect([tracks(remote), tracks(local)]).to.deep.equal([[face], [own]]);
    expect(told).to.deep.equal([{playing: true, width: 160, height: 120}]);
    expect(remote.matches(':state(playing)')).to.equal(true);
    expect(video(remote).getAttribute('aria-label')).to.equal('Video of 李雷');
    const turned = (of: SipVideoElement): string => getComputedStyle(video(of)).transform;
    expect([turned(remote), turned(local)]).to.deep.equal(['none', 'matrix(-1, 0, 0, 1, 0, 0)']);
    await isAccessible(remote);
    await isAccessible(local);
    await call.hangup();
    await shows(remote, () => !remote.playing);
    expect([video(remote).srcObject, video(local).srcObject]).to.deep.equal([null, null]);
    expect(told.at(-1)).to.deep.equal({playing: false, width: 0, height: 0});
  });

  it('shows none of a call that is held, by whichever side', async () => {
    const {dialog} = await pictured();
    dialog.set({remoteHeld: true});
    await shows(remote, () => !remote.playing);
    expect(local.playing).to.equal(true);
    dialog.set({remoteHeld: false, held: true});
    await shows(local, () => !local.playing);
    expect(remote.playing).to.equal(false);
    dialog.set({held: false});
    await shows(remote, () => remote.playing);
  });

  it('shows one’s own screen as it is, and no camera that is off', async () => {
    const {dialog} = await pictured();
    dialog.set({cameraOff: true});
    await shows(local, () => !local.playing);
    dialog.set({sharing: true});
    await shows(local, () => local.playing);
    expect(getComputedStyle(video(local)).transform).to.equal('none');
  });

  it('shows another one when that is asked for', async () => {
    const {own} = await pictured();
    remote.of = 'local';
    await shows(remote, () => tracks(remote)[0] === own);
  });

  it('goes on where it is moved, and ends where it is taken away', async () => {
    await pictured();
    remote.parentElement!.append(remote);
    await until(() => !video(remote).paused);
    remote.remove();
    await until(() => video(remote).srcObject === null);
  });
});
