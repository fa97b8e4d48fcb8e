import {expect} from '@open-wc/testing';
import {recallAccount, rememberAccount} from '../../../src/elements/sip-phone/account-memory.js';

const KEY = 'sip-elements/account';

describe('the remembered account', () => {
  const before = localStorage.getItem(KEY);
  after(() => (before === null ? localStorage.removeItem(KEY) : localStorage.setItem(KEY, before)));

  for (const server of [
    'wss://pbx.test/ws',
    'wss://pbx.test/ws?token=SECRET',
    'wss://pbx.test/ws#SECRET',
    'wss://me:SECRET@pbx.test/ws',
  ])
    it(`has no secret of ${server}`, () => {
      rememberAccount({server, user: '1001'});
      expect(recallAccount()).to.deep.equal({server: 'wss://pbx.test/ws', user: '1001'});
    });

  it('has an address without a scheme', () => {
    rememberAccount({server: 'me:SECRET@pbx.test', user: '1001'});
    expect(recallAccount().server).to.equal('pbx.test');
  });
});
