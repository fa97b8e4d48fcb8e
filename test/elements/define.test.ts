import {expect} from '@open-wc/testing';
import {TAGS} from '../support/in-page/tags.js';

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
