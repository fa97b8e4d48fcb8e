import {expect} from '@open-wc/testing';

const TAGS = [
  'sip-audio',
  'sip-call',
  'sip-calls',
  'sip-camera-button',
  'sip-client',
  'sip-devices',
  'sip-dialer',
  'sip-directory',
  'sip-duration',
  'sip-hangup-button',
  'sip-history',
  'sip-hold-button',
  'sip-incoming',
  'sip-keypad',
  'sip-mute-button',
  'sip-photo-button',
  'sip-quality',
  'sip-record-button',
  'sip-transfer-button',
  'sip-screen-button',
  'sip-video',
  'sip-upload',
  'sip-conference',
  'sip-intercom',
  'sip-monitor',
  'sip-phone',
];

describe('definitions', () => {
  it('come with the define modules alone, and leave alone what the page has registered', async () => {
    const {SipCallElement} = await import('../../src/index.js');
    for (const tag of TAGS) expect(customElements.get(tag), tag).to.equal(undefined);

    class OwnCallElement extends SipCallElement {}
    customElements.define('sip-call', OwnCallElement);
    await import('../../src/define/sip-dialer.js');
    expect(TAGS.filter((tag) => customElements.get(tag))).to.deep.equal(['sip-call', 'sip-dialer']);

    await import('../../src/define.js');
    expect(TAGS.every((tag) => customElements.get(tag))).to.equal(true);
    expect(customElements.get('sip-call')).to.equal(OwnCallElement);
  });
});
