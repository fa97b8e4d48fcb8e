import {expect} from '@open-wc/testing';
import {masked} from '../../src/core/diagnosis/masked.js';
import {logOf} from '../../src/sip/log.js';

describe('the log of a layer', () => {
  for (const [secret, text] of [
    [
      'deadbeef',
      'REGISTER sip:x SIP/2.0\r\nAuthorization: Digest username="u", response="deadbeef"\r\nTo: x',
    ],
    ['deadbeef', 'INVITE sip:x SIP/2.0\r\nProxy-Authorization: Digest\r\n response="deadbeef"\r\nTo: x'],
    ['deadbeef', 'SIP/2.0 401 Unauthorized\r\nWWW-Authenticate: Digest nonce="deadbeef"\r\nTo: x'],
    ['deadbeef', '{"header":"x","password" : "dead\\"beef deadbeef", "To: x": 1}'],
    ['deadbeef', 'a=ice-pwd:deadbeef\r\nTo: x'],
    ['1234', '{"header":"x","password":1234, "To: x": 1}'],
    ['deadbeef', '{"access_token":"deadbeef", "To: x": 1}'],
    ['deadbeef', '{"header":"x","body":"{\\"password\\":\\"deadbeef\\"}", "To: x": 1}'],
    ['deadbeef', 'dropped {"To: x": 1, "password":"deadbeef'],
    ['deadbeef', 'connecting to wss://user:deadbeef@pbx.example/ws\r\nTo: x'],
    ['deadbeef', 'connecting to wss://pbx.example/ws?a=1&token=deadbeef\r\nTo: x'],
  ] as const) {
    it(`masks ${JSON.stringify(text.slice(0, 60))}`, () => {
      expect(masked(text)).to.include('***').and.include('To: x').and.not.include(secret);
    });
  }

  for (const start of ['"', '?', '\\"'])
    it(`loses no time with a stranger's word after ${start}`, () => {
      const begin = performance.now();
      masked(start + 'pwd'.repeat(60_000));
      expect(performance.now() - begin).to.be.below(1_000);
    });

  it('breaks nothing where the page’s function throws', () => {
    const log = logOf(() => {
      throw new Error('the page');
    }, 'sip');
    log('info', 'x');
  });
});
