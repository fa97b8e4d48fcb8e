import {expect} from '@open-wc/testing';
import {resolveOptions, type SipClientOptions} from '../../../src/core/client/options.js';
import {phoneOf, servedBesideWorker} from '../../../src/core/tabs/shared-phone.js';

const workerOf = (options: Partial<SipClientOptions> = {}): string =>
  resolveOptions({
    ...{server: 'wss://sip.test/ws', user: '1001', password: '1234', profile: 'standard'},
    ...options,
  }).sharedWorker;

describe('the worker that all tabs share', () => {
  it('is the one beside the page’s script, if that is of the page’s origin', () => {
    expect(workerOf()).to.equal('');
    for (const script of ['https://cdn.test/sip-elements.js', 'file:///sip-elements.js', 'blob:x']) {
      servedBesideWorker(script);
      expect(workerOf()).to.equal('');
    }
    servedBesideWorker(`${location.origin}/lib/sip-elements.js?2`);
    for (const profile of ['standard', 'dispatch'] as const)
      expect(workerOf({profile})).to.equal(`${location.origin}/lib/sip-shared-worker.js?2`);
  });

  it('is another one, or none, if the page says so', () => {
    expect(workerOf({sharedWorker: '/worker.js'})).to.equal('/worker.js');
    expect(workerOf({sharedWorker: 'none'})).to.equal('');
  });

  it('belongs to an account and its servers, in any order', () => {
    const phone = (...servers: string[]): string => phoneOf({user: '1001', domain: 'sip.test', servers});
    const [one, other] = ['wss://sip.test:7443/ws', 'wss://sip.test:8089/ws'];
    expect(phone(one)).not.to.equal(phone(other));
    expect(phone(one, other)).to.equal(phone(other, one));
  });

  it('has a name without the secrets of an address, and another one for each tenant', () => {
    const phone = (server: string): string => phoneOf({user: '1001', domain: 'sip.test', servers: [server]});
    const addresses = ['?token=SECRET', '?token=OTHER', '#SECRET'].map((end) => `wss://sip.test/ws${end}`);
    const names = [...addresses, 'wss://me:SECRET@sip.test/ws', 'wss://sip.test/ws'].map(phone);
    for (const name of names) expect(name).to.match(/^1001@sip\.test wss:\/\/sip\.test\/ws(#\d+)?$/);
    expect(new Set(names).size).to.equal(names.length);
  });
});
