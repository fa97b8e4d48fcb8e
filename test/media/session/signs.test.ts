import {expect} from '@open-wc/testing';
import {signsOf, withSigns} from '../../../src/media/session/signs.js';

const described = (...lines: readonly string[]): string =>
  ['v=0', 'o=- 1 1 IN IP4 127.0.0.1', 's=-', 't=0 0', ...lines, ''].join('\r\n');
const audio = ['m=audio 9 UDP/TLS/RTP/SAVPF 111', 'a=sendrecv'];
const video = ['m=video 9 UDP/TLS/RTP/SAVPF 96', 'a=sendrecv'];

describe('The signs in a description', () => {
  for (const [title, lines, sharing, recording] of [
    ['nothing', [...audio, ...video], false, undefined],
    ['a screen', [...audio, ...video, 'a=content:slides'], true, undefined],
    ['a screen among other contents', [...video, 'a=content:main,slides,alt'], true, undefined],
    ['another content', [...video, 'a=content:slideshow'], false, undefined],
    ['a screen that is not sent', ['m=video 9 X 96', 'a=recvonly', 'a=content:slides'], false, undefined],
    ['a refused screen', ['m=video 0 X 96', 'a=content:slides'], false, undefined],
    ['sound that says it is slides', [...audio, 'a=content:slides', ...video], false, undefined],
    ['a recording', ['a=record:on', ...audio], false, 'on'],
    ['a recording of one line', [...audio, 'a=record:off', ...video, 'a=record:on'], false, 'on'],
    ['a paused recording', ['a=record:paused', ...audio], false, 'paused'],
    ['the end of a recording', ['a=record:off', ...audio], false, 'off'],
    ['a recording that is none', ['a=record:once', ...audio], false, undefined],
  ] as const)
    it(`are read: ${title}`, () => {
      expect(signsOf(described(...lines))).to.deep.equal({sharing, recording});
    });

  it('are written where the other side reads them', () => {
    for (const sharing of [true, false])
      for (const recording of ['on', 'paused', 'off', undefined] as const) {
        const written = withSigns(described(...audio, ...video), {sharing, recording});
        expect(signsOf(written)).to.deep.equal({sharing, recording});
      }
  });

  it('leave a description without any as it is', () => {
    expect(withSigns(described(...audio, ...video), {sharing: false})).to.equal(
      described(...audio, ...video),
    );
  });
});
