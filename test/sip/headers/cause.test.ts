import {expect} from '@open-wc/testing';
import {causeOfBye, causeOfCancel, causeOfResponse} from '../../../src/sip/headers/cause.js';

describe('causes of an end', () => {
  for (const [header, code] of [
    ['SIP;cause=200;text="Call completed elsewhere"', 'answered-elsewhere'],
    ['Q.850;cause=16, SIP ; cause=200 ; text="a, b"', 'answered-elsewhere'],
    ['SIP;cause=487', 'cancelled'],
    ['Q.850;cause=16', 'cancelled'],
    ['', 'cancelled'],
    ['nonsense;;cause', 'cancelled'],
  ] as const) {
    it(`reads the CANCEL reason “${header}” as ${code}`, () => {
      expect(causeOfCancel([header]).code).to.equal(code);
    });
  }

  for (const [header, code] of [
    ['SIP;cause=200', 'normal'],
    ['SIP;cause=486;text="Busy Here"', 'busy'],
    ['SIP;cause=408', 'no-answer'],
    ['Q.850;cause=16;text="NORMAL_CLEARING"', 'normal'],
    ['Q.850;cause=17', 'busy'],
    ['Q.850;cause=19', 'no-answer'],
    ['Q.850;cause=21', 'declined'],
    ['SIP;cause=480, Q.850;cause=19', 'no-answer'],
    ['Q.850;cause=102', 'session-expired'],
    ['preemption;cause=1', 'normal'],
  ] as const) {
    it(`reads the BYE reason “${header}” as ${code}`, () => {
      expect(causeOfBye([header]).code).to.equal(code);
    });
  }

  it('does not read what was written to keep it busy', () => {
    const header = `SIP;cause=486;text="${'a,'.repeat(30_000)}"`;
    expect(causeOfBye([header]).code).to.equal('normal');
    expect(causeOfCancel([header]).code).to.equal('cancelled');
    expect(causeOfBye([header, 'SIP;cause=486']).code).to.equal('busy');
  });

  // As Asterisk sends it: the status alone would mean forbidden, a wrong number, not reachable, declined.
  for (const [status, header, by, code] of [
    [403, 'Q.850;cause=21', 'remote', 'declined'],
    [404, 'Q.850;cause=3', 'server', 'number-offline'],
    [480, 'Q.850;cause=19', 'remote', 'no-answer'],
    [480, 'Q.850;cause=20', 'server', 'number-offline'],
    [603, 'Q.850 ;cause=41 ;text="Temporary, failure"', 'server', 'server-error'],
    [603, 'SIP;cause=486, Q.850;cause=17', 'remote', 'busy'],
    [603, 'q.850;cause=28', 'server', 'invalid-number'],
    [500, 'Q.850;cause=102', 'server', 'server-error'],
    [404, 'Q.850;cause=16', 'server', 'unknown-number'],
    [603, 'Q.850;cause=16', 'server', 'call-refused'],
    [480, 'Q.850;cause=0', 'remote', 'number-offline'],
  ] as const) {
    it(`reads a ${status} with “${header}” as ${code}`, () => {
      expect(causeOfResponse(status, '1002', [header])).to.deep.equal({by, code, status});
    });
  }

  it('tells the one who was called from servers on the way', () => {
    expect(causeOfResponse(603, '1002')).to.deep.equal({by: 'server', code: 'call-refused', status: 603});
    expect(causeOfResponse(404, '1002')).to.deep.equal({by: 'server', code: 'unknown-number', status: 404});
    expect(causeOfResponse(599, '1002').code).to.equal('server-error');
  });
});
