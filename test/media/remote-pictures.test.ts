import {expect} from '@open-wc/testing';
import {RemotePictures} from '../../src/media/remote-pictures.js';
import {picture, sound} from '../support/staged-client.js';

const said = (label: string): string =>
  `v=0\r\nm=audio 9 X 0\r\na=mid:0\r\nm=video 9 X 96\r\na=mid:1\r\n${label}m=video 9 X 96\r\na=mid:2\r\na=content:slides\r\n`;

describe('RemotePictures', () => {
  it('gives each picture a stream of its own, which stays while its track and its label do', () => {
    const pictures = new RemotePictures();
    const [camera, slides] = [picture(), picture('red')];
    pictures.update(
      new Map([
        ['0', sound()],
        ['1', camera],
        ['2', slides],
      ]),
      said(''),
    );
    const [first, second] = pictures.list;
    expect(pictures.list.map(({id, label}) => [id, label])).to.deep.equal([
      ['1', ''],
      ['2', 'slides'],
    ]);
    expect(first!.stream.getTracks()).to.deep.equal([camera]);
    expect(second!.stream.getTracks()).to.deep.equal([slides]);
    pictures.update(
      new Map([
        ['1', camera],
        ['2', slides],
      ]),
      said('a=label:1003\r\n'),
    );
    expect(pictures.list[0]).to.include({id: '1', label: '1003'});
    expect(pictures.list[1]).to.equal(second);
    pictures.update(new Map([['2', slides]]), said(''));
    expect(pictures.list).to.deep.equal([second]);
    pictures.clear();
    expect(pictures.list).to.deep.equal([]);
  });
});
