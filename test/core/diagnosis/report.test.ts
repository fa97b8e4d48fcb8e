import {expect} from '@open-wc/testing';
import type {CheckReport, ReportOptions} from '../../../src/core/diagnosis/report.js';
import type {SipClientOptions} from '../../../src/core/client/options.js';
import {SipClient} from '../../../src/client.js';

const message = (head: readonly string[], body = ''): string =>
  `received\n${['MESSAGE sip:1001@pbx.example SIP/2.0', ...head, '', body].join('\r\n')}`;

describe('the report of a diagnosis', () => {
  async function report(
    lines: readonly string[],
    numbers: ReportOptions['numbers'] = 'whole',
    options: Partial<SipClientOptions> = {},
  ): Promise<CheckReport> {
    const client = new SipClient({
      server: 'wss://pbx.example/ws',
      user: '1001',
      historyStorage: 'none',
      ...options,
    });
    client.trace.start();
    for (const text of lines) client.trace.note({level: 'debug', area: 'sip', text});
    const diagnosis = await client.diagnose({only: ['secure-page']});
    await diagnosis.finished;
    return diagnosis.report({numbers});
  }

  for (const [what, text] of [
    ['short name of the header', message(['c: text/plain'], 'the secret')],
    ['header that goes on in the next line', message(['Content-Type:', ' text/plain'], 'the secret')],
    ['header that is missing', message(['To: <sip:1001@pbx.example>'], 'the secret')],
    ['type that nobody knows', message(['Content-Type: application/x-note'], 'the secret')],
    ['body before a second blank line', message(['Content-Type: text/plain'], 'a\r\n\r\nthe secret')],
  ] as const)
    it(`has no text of a user, with a ${what}`, async () => {
      const {trace} = await report([text]);
      expect(trace[0]!.text)
        .to.match(/\(\d+ characters\)$/)
        .and.not.include('secret');
    });

  it('has the bodies that programs have written', async () => {
    for (const type of ['application/sdp', 'message/sipfrag;version=2.0', 'application/dialog-info+xml'])
      expect((await report([message([`c: ${type}`], 'v=0')])).trace[0]!.text, type).to.match(/v=0$/);
  });

  for (const [what, text] of [
    ['the password of a SIP address', 'received\nINVITE sip:1002:deadbeef@pbx.example SIP/2.0'],
    [
      'the subscription of pushes, which lets its reader push',
      'sent\nREGISTER sip:x SIP/2.0\r\nContact: <sip:a@b;pn-provider=webpush;pn-prid=https%3A%2F%2Fpush.example%2Fdeadbeef>;expires=60',
    ],
    ['the user of a URL', 'uploading to https://u:deadbeef@files.example/x'],
    ['a user of a URL with two at signs', 'connecting to wss://u:dead@beef@pbx.example/ws'],
    ['the query of a URL, by any name', 'connecting to wss://pbx.example/ws?a=1&sig=deadbeef'],
    ['the fragment of a URL', 'see https://pbx.example/#access=deadbeef'],
    ['the query of a URL in JSON', String.raw`{"url":"https:\/\/u:deadbeef@x.example\/f?k=deadbeef"}`],
    ['a list in JSON', '{"tokens":["deadbeef","deadbeef"],"a":1}'],
    ['an object in JSON', '{"credentials":{"user":"u","key":"deadbeef"},"a":1}'],
    ['an authorization in JSON', '{"Authorization":"Digest response=\\"deadbeef\\"","a":1}'],
    ['a key in JSON', '{"api_key":"deadbeef","apiKey":"deadbeef"}'],
    [
      'a list within an object in JSON',
      '{"token":{"of":{"user":"u","key":"deadbeef"},"old":["deadbeef"]},"a":1}',
    ],
    ['lists within a list in JSON', '{"tokens":[["a"],["deadbeef"]],"a":1}'],
    ['a key with a hyphen', '{"api-key":"deadbeef","Api-Key":"deadbeef"}'],
    ['a header with a key', 'sent\nREGISTER sip:x SIP/2.0\r\nApi-Key: deadbeef'],
    [
      'an object in JSON within JSON',
      String.raw`{"b":"{\"token\":{\"of\":{\"key\":\"deadbeef\"}},\"tokens\":[\"deadbeef\"],\"c\":1}"}`,
    ],
    ['a quote in JSON within JSON', String.raw`{"b":"{\"password\":\"dead\\\"deadbeef\",\"c\":1}"}`],
    ['an escape in JSON within JSON', String.raw`{"b":"{\"password\":\"\u00e4deadbeef\"}"}`],
    ['an SDP key of the old kind', message(['c: application/sdp'], 'v=0\r\nk=clear:deadbeef\r\n')],
    ['an SDP key management', message(['c: application/sdp'], 'v=0\r\na=key-mgmt:mikey deadbeef\r\n')],
    [
      'keys of SDP in JSON',
      String.raw`{"sdp":"v=0\r\na=ice-pwd:deadbeef\r\na=crypto:1 A inline:deadbeef\r\n"}`,
    ],
    [
      'what a header goes on with',
      'sent\nREGISTER sip:x SIP/2.0\r\nauthorization : Digest\r\n\tresponse="deadbeef"',
    ],
    ['what the server has agreed on', 'SIP/2.0 200 OK\r\nAuthentication-Info: nextnonce="deadbeef"'],
    [
      'a header of the page',
      'sent\nREGISTER sip:x SIP/2.0\r\nTicket: deadbeef\r\n deadbeef\r\nCSeq: 1 REGISTER',
    ],
  ] as const)
    it(`has no secrets: ${what}`, async () => {
      const {trace} = await report([text], 'whole', {registerHeaders: {ticket: 'deadbeef'}});
      expect(trace[0]!.text).to.include('***').and.not.include('deadbeef');
    });

  it('has no secrets of the options', async () => {
    const {options} = await report([], 'whole', {
      server: 'wss://u:deadbeef@pbx.example/ws?sig=deadbeef',
      uploadUrl: 'https://u:deadbeef@files.example/up?k=deadbeef',
      ringtone: 'https://files.example/ring.mp3?Signature=deadbeef',
      password: 'deadbeef',
      registerHeaders: {ticket: 'deadbeef'},
      recordingsUpload: {
        endpoint: 'https://u:deadbeef@files.example/tus?k=deadbeef',
        headers: {authorization: 'Bearer deadbeef', ticket: 'deadbeef'},
      },
      push: {worker: '/w.js', subscription: {endpoint: 'https://push.example/deadbeef'}},
      iceServers: [{urls: 'turn:turn.example', username: 'deadbeef', credential: 'deadbeef'}],
    });
    expect(JSON.stringify(options)).to.include('pbx.example').and.not.include('deadbeef');
  });

  for (const [what, text] of [
    ['without quotes', 'INVITE x SIP/2.0\r\nFrom: Alice Smith <sip:1002@pbx.example>;tag=1'],
    ['with quotes within it', 'INVITE x SIP/2.0\r\nf: "Alice \\"Smith\\"" <sip:1002@pbx.example>;tag=1'],
    ['longer than others', `x\r\nFrom: "${'Alice Smith '.repeat(50)}"<sip:1002@pbx.example>`],
    ['longer than others in JSON', `{"othername":"${'Alice Smith '.repeat(50)}"}`],
    ['with quotes in JSON', '{"name":"Alice \\" Alice Smith"}'],
    ['of JSON within JSON', String.raw`{"b":"{\"name\":\"Alice Smith\"}"}`],
    [
      'on the next line',
      'INVITE x SIP/2.0\r\nP-Asserted-Identity:\r\n Alice Smith\r\n <sip:1002@pbx.example>',
    ],
    ['of the second address', 'Diversion: <sip:1003@pbx.example>, Alice Smith <sip:1002@pbx.example>'],
    [
      'of a document',
      message(['c: application/dialog-info+xml'], '<identity display="Alice Smith">sip:1002@x</identity>'),
    ],
    [
      'of an element',
      message(['c: application/x+xml'], '<c:display-text a="1">Alice Smith</c:display-text>'),
    ],
  ] as const)
    it(`has no names if they are masked, also none ${what}`, async () => {
      const {trace} = await report([text], 'masked');
      expect(trace[0]!.text).to.not.match(/Alice|Smith|1002/);
    });

  it('masks the numbers of other domains and of any length', async () => {
    const long = '7'.repeat(300);
    const {trace} = await report([`INVITE sip:${long}@evil.example SIP/2.0`], 'masked');
    expect(trace[0]!.text).to.include('@evil.example').and.not.include('777');
  });

  it('stays as it is whatever strangers call themselves', async () => {
    const words = ['passed', 'secure-page', 'page-secure', 'sip-elements-report', 'unregistered', 'dispatch'];
    const lines = words.map((word) => `received\nINVITE sip:${word}@evil.example SIP/2.0`);
    const {format, steps, client, options} = await report(lines, 'masked', {profile: 'dispatch'});
    expect(format).to.equal('sip-elements-report');
    expect(steps[0]).to.include({name: 'secure-page', verdict: 'passed', code: 'page-secure'});
    expect([client.registration, options['profile'], options['user']]).to.deep.equal([
      'unregistered',
      'dispatch',
      '**01',
    ]);
  });

  it('is made in a moment although strangers have filled the trace', async () => {
    for (const unit of [
      '\\"',
      '"<sip:',
      'sip:',
      '<sip:a',
      'wss://',
      '"token":[',
      '"name":"',
      '\\"name\\":\\"',
      '<note ',
      'a=crypto:',
    ]) {
      const lines = Array.from({length: 50}, () => unit.repeat(16_000 / unit.length));
      const begun = performance.now();
      await report(lines, 'masked');
      expect(performance.now() - begun, unit).to.be.below(3_000);
    }
  });
});
