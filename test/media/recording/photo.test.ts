import {expect} from '@open-wc/testing';
import {takePhoto} from '../../../src/media/recording/photo.js';
import {shorten} from '../../support/in-page/durations.js';
import {painting, type Painting} from '../../support/in-page/recordings.js';
import {rejects} from '../../support/in-page/rejections.js';

describe('takePhoto', () => {
  let source: Painting;
  beforeEach(() => {
    source = painting('rgb(200, 30, 60)', 322, 242);
  });
  afterEach(() => source.stop());

  async function pixels(photo: Blob): Promise<{size: [number, number]; color: number[]}> {
    const image = await createImageBitmap(photo);
    const canvas = Object.assign(document.createElement('canvas'), {
      width: image.width,
      height: image.height,
    });
    const paint = canvas.getContext('2d')!;
    paint.drawImage(image, 0, 0);
    const color = [...paint.getImageData(image.width >> 1, image.height >> 1, 1, 1).data];
    return {size: [image.width, image.height], color};
  }

  it('makes a PNG of the picture at its full size', async () => {
    const photo = await takePhoto(source.track);
    expect(photo.type).to.equal('image/png');
    const {size, color} = await pixels(photo);
    expect(size).to.deep.equal([322, 242]);
    expect(color[0]).to.be.closeTo(200, 6);
    expect(color[1]).to.be.closeTo(30, 6);
    expect(color[2]).to.be.closeTo(60, 6);
  });

  it('takes the newest picture, at the size that it has become', async () => {
    await takePhoto(source.track);
    source.paint('rgb(20, 180, 40)', 1280, 720);
    const {size, color} = await pixels(await takePhoto(source.track));
    expect(size).to.deep.equal([1280, 720]);
    expect(color[1]).to.be.closeTo(180, 6);
  });

  it('says so where no picture arrives', async () => {
    shorten({photoPicture: 200});
    const peers = [new RTCPeerConnection(), new RTCPeerConnection()] as const;
    const {receiver} = peers[0].addTransceiver('video');
    await rejects(takePhoto(receiver.track), 'no-picture');
    for (const peer of peers) peer.close();
  });

  it('leaves the track on, and nothing playing it', async () => {
    const {play} = HTMLMediaElement.prototype;
    const videos: HTMLMediaElement[] = [];
    HTMLMediaElement.prototype.play = function () {
      videos.push(this);
      return play.call(this);
    };
    try {
      await takePhoto(source.track);
    } finally {
      HTMLMediaElement.prototype.play = play;
    }
    expect(videos.map(({srcObject}) => srcObject)).to.deep.equal([null]);
    expect(source.track.readyState).to.equal('live');
  });
});
