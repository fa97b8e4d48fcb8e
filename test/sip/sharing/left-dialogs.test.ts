import {expect} from '@open-wc/testing';
import {LeftDialogs} from '../../../src/sip/sharing/left-dialogs.js';
import {SipText} from '../../../src/sip/sharing/sip-text.js';

describe('the dialogs of pages that are gone', () => {
  it('are the newest alone: those of a page that never comes back are not kept for ever', () => {
    const dialogs = new LeftDialogs();
    for (let number = 0; number < 1_000; number += 1)
      dialogs.sent(
        'page',
        new SipText(
          `ACK sip:${number}@x SIP/2.0\r\nVia: SIP/2.0/WS x;branch=${number}\r\nCall-ID: ${number}\r\nCSeq: 1 ACK\r\n\r\n`,
        ),
      );
    const byes = dialogs.end('page');
    expect(byes).to.have.length(200);
    expect(byes.at(-1)).to.match(/^BYE sip:999@x SIP/);
    expect(dialogs.end('page')).to.deep.equal([]);
  });
});
