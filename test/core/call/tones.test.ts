import {expect} from '@open-wc/testing';
import {resolveOptions} from '../../../src/core/client/options.js';
import {checkTones} from '../../../src/core/call/tones.js';
import {rejects} from '../../support/in-page/rejections.js';
import {StagedClient} from '../../support/staged/staged-client.js';

describe('checkTones', () => {
  it('takes every tone and pauses, small letters too, and leaves out what only separates', () => {
    expect(checkTones('0123456789*#abcdABCD,')).to.equal('0123456789*#ABCDABCD,');
    expect(checkTones(' 12-34 #')).to.equal('1234#');
  });

  for (const tones of ['', ' ', '12e', '１２', '1\r\n2;', '+1', '😀', undefined, null, {}])
    it(`takes nothing of ${JSON.stringify(tones)}`, () => {
      expect(() => checkTones(tones as string))
        .to.throw()
        .with.property('code', 'bad-parameter');
    });
});

describe('SipCall.sendDtmf', () => {
  it('hands checked tones to the dialog, and nothing of what cannot be sent', async () => {
    const client = await StagedClient.ready();
    const {call, dialog} = client.dial();
    dialog.confirm();
    await rejects(call.sendDtmf('1x'), 'bad-parameter');
    expect(dialog.commands).to.deep.equal([]);
    await call.sendDtmf('1a#');
    expect(dialog.commands).to.deep.equal(['tones 1A#']);
    await call.hangup();
    await rejects(call.sendDtmf('1'), 'invalid-state');
  });

  it('goes the way that the client’s option says, which is one of three', () => {
    const server = 'wss://pbx.example/sip';
    expect(resolveOptions({server, user: '1'}).dtmf).to.equal('auto');
    expect(resolveOptions({server, user: '1', dtmf: 'info'}).dtmf).to.equal('info');
    expect(() => resolveOptions({server, user: '1', dtmf: 'inband' as 'info'}))
      .to.throw()
      .with.property('code', 'bad-parameter');
  });
});
