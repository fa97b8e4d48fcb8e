import {expect} from '@open-wc/testing';
import {RemotePictures} from '../../../src/media/session/remote-pictures.js';
import {picture, sound} from '../../support/staged/staged-client.js';

const called = (label: string): ReadonlyMap<string, string> =>
  new Map([
    ['0', ''],
    ['1', label],
    ['2', 'slides'],
  ]);

describe('RemotePictures', () => {
  it('gives each picture a stream of its own, in the order of the lines, which stays while its track and its label do', () => {
    const pictures = new RemotePictures();
    const [camera, slides] = [picture(), picture('red')];
    pictures.update(
      new Map([
        ['0', sound()],
        ['1', camera],
        ['2', slides],
      ]),
      called(''),
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
        ['2', slides],
        ['1', camera],
      ]),
      called('1003'),
    );
    expect(pictures.list[0]).to.include({id: '1', label: '1003'});
    expect(pictures.list[1]).to.equal(second);
    pictures.update(new Map([['2', slides]]), called(''));
    expect(pictures.list).to.deep.equal([second]);
    pictures.clear();
    expect(pictures.list).to.deep.equal([]);
  });
});
