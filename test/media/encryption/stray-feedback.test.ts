import {expect} from '@open-wc/testing';
import {withoutStrayFeedback} from '../../../src/media/encryption/media-encryption.js';

/** Lines of a description, as they are sent. */
const lines = (...all: string[]): string => all.map((line) => `${line}\r\n`).join('');

// RFC 4585 §4.2: `a=rtcp-fb:` and a payload type of its m line, or `*` for all of them.
describe('the feedback in a description whose codecs were left out', () => {
  it('is that of payload types that its own m line has, and of all of them', () => {
    const sound = lines(
      'm=audio 9 UDP/TLS/RTP/SAVPF 109 0',
      'a=rtcp-fb:109 transport-cc',
      'a=rtcp-fb:120 nack',
      'a=mid:0',
    );
    const picture = lines(
      'm=video 9/2 UDP/TLS/RTP/SAVPF 120 121',
      'a=rtcp-fb:120 nack',
      'a=rtcp-fb:120 nack pli',
      'a=rtcp-fb:126 nack',
      'a=rtcp-fb:12 ccm fir',
      'a=rtcp-fb:109 transport-cc',
      'a=rtcp-fb:* goog-remb',
      'a=rtpmap:126 H264/90000',
      'a=mid:1',
    );
    const head = lines('v=0', 'o=- 1 2 IN IP4 0.0.0.0', 's=-', 't=0 0');
    expect(withoutStrayFeedback(head + sound + picture)).to.equal(
      head +
        lines('m=audio 9 UDP/TLS/RTP/SAVPF 109 0', 'a=rtcp-fb:109 transport-cc', 'a=mid:0') +
        lines(
          'm=video 9/2 UDP/TLS/RTP/SAVPF 120 121',
          'a=rtcp-fb:120 nack',
          'a=rtcp-fb:120 nack pli',
          'a=rtcp-fb:* goog-remb',
          'a=rtpmap:126 H264/90000',
          'a=mid:1',
        ),
    );
  });

  it('is as it was where no codec was left out, with the ends of lines that it has', () => {
    for (const end of ['\r\n', '\n']) {
      const whole = lines(
        'v=0',
        'm=audio 9 UDP/TLS/RTP/SAVPF 111',
        'a=rtcp-fb:111 transport-cc',
        'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
        'm=video 0 UDP/TLS/RTP/SAVPF 96',
        'a=rtcp-fb:96 nack',
      ).replaceAll('\r\n', end);
      expect(withoutStrayFeedback(whole)).to.equal(whole);
    }
  });
});
