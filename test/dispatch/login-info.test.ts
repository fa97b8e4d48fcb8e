import {expect} from '@open-wc/testing';
import fc from 'fast-check';
import {checkedApiUrl, readLoginInfo, uploadUrlAt} from '../../src/dispatch/login-info.js';
import type {LoginInfo} from '../../src/core/directory/people.js';
import {message} from '../support/wire/wire-dispatch.js';

const SITE = {
  EXEmployeeLoginSipIP: '203.0.113.5',
  EXEmployeeLoginICEIP: '203.0.113.6',
  EXServerWebHttpsPort: '8443',
  EXRecordServerWebIP: '203.0.113.7',
  EXRecordServerWebPort: '9443',
  EXServerWebSocketPATH: 'wss://203.0.113.5:7443',
  ServerWebHttpsPort: '443',
  RecordServerWebIP: '10.0.0.7',
  RecordServerWebPort: '9000',
  ServerWebSocketPATH: 'wss://10.0.0.5:7443',
};

function read(values: object, host = '10.0.0.5'): LoginInfo {
  return readLoginInfo(
    message(JSON.stringify({header: 'system.server.logininfo.CB', code: 0, body: [values]})),
    host,
  );
}

describe('uploadUrlAt', () => {
  for (const [server, port, url] of [
    ['wss://10.0.0.5:7443/fswebrtc', 8443, 'https://10.0.0.5:8443/UpFileServlet'],
    ['wss://pbx.example/proxy/sip', 443, 'https://pbx.example/UpFileServlet'],
    ['wss://[2001:db8::1]:1/sip', 444, 'https://[2001:db8::1]:444/UpFileServlet'],
    ['ws://localhost:8080/fswebrtc', 8080, 'http://localhost:8080/UpFileServlet'],
  ] as const)
    it(`is ${url}`, () => expect(uploadUrlAt(server, port)).to.equal(url));
});

describe('readLoginInfo', () => {
  it('gives the plain values inside the site', () => {
    expect(read(SITE)).to.deep.equal({
      apiUrl: 'wss://10.0.0.5:7443/websocketapi',
      webPort: 443,
      recordHost: '10.0.0.7',
      recordPort: 9000,
      echo: undefined,
      raw: SITE,
    });
  });

  it('gives the outside values where the host is the outside one', () => {
    expect(read(SITE, '203.0.113.5')).to.deep.equal({
      apiUrl: 'wss://203.0.113.5:7443/websocketapi',
      webPort: 8443,
      recordHost: '203.0.113.7',
      recordPort: 9443,
      echo: undefined,
      raw: SITE,
    });
  });

  it('gives the number of the echo if the server names one', () => {
    expect(read({...SITE, EchoNumber: '9999'}).echo).to.equal('9999');
  });

  for (const [sip, ice, port] of [
    ['203.0.113.5', '203.0.113.5', 8443],
    ['203.0.113.5', '203.0.113.6', 8443],
    ['203.0.113.6', '203.0.113.5', 8443],
    ['203.0.113.6', '203.0.113.7', 443],
  ] as const)
    it(`gives port ${port} at 203.0.113.5 if the outside is ${sip} for SIP and ${ice} for ICE`, () => {
      const values = {...SITE, EXEmployeeLoginSipIP: sip, EXEmployeeLoginICEIP: ice};
      expect(read(values, '203.0.113.5').webPort).to.equal(port);
    });

  it('knows the outside by one address if there is no other', () => {
    expect(read({...SITE, EXEmployeeLoginSipIP: ''}, '203.0.113.6').webPort).to.equal(8443);
    expect(read({...SITE, EXEmployeeLoginICEIP: undefined}, '203.0.113.5').webPort).to.equal(8443);
  });

  it('compares hosts regardless of case and brackets', () => {
    expect(read({...SITE, EXEmployeeLoginSipIP: 'PBX.Example'}, 'pbx.example').webPort).to.equal(8443);
    expect(read({...SITE, EXEmployeeLoginSipIP: '2001:DB8::1'}, '[2001:db8::1]').webPort).to.equal(8443);
  });

  it('falls back to the plain value for each that is missing, and to 443', () => {
    const {EXServerWebSocketPATH: _path, EXServerWebHttpsPort: _port, ...rest} = SITE;
    const {ServerWebHttpsPort: _plain, ...less} = rest;
    expect(read(rest, '203.0.113.5').apiUrl).to.equal('wss://10.0.0.5:7443/websocketapi');
    expect(read(less, '203.0.113.5').webPort).to.equal(443);
  });

  for (const [path, url] of [
    ['wss://10.0.0.5:7443/', 'wss://10.0.0.5:7443/websocketapi'],
    ['wss://10.0.0.5/behind/proxy', 'wss://10.0.0.5/behind/proxy/websocketapi'],
    ['https://10.0.0.5', 'wss://10.0.0.5/websocketapi'],
    ['http://localhost:8080', 'ws://localhost:8080/websocketapi'],
    ['10.0.0.5:7443', 'wss://10.0.0.5:7443/websocketapi'],
    ['ftp://10.0.0.5', undefined],
    ['wss://', undefined],
    ['', undefined],
  ] as const)
    it(`makes ${url} of ${path || 'nothing'}`, () =>
      expect(read({ServerWebSocketPATH: path}).apiUrl).to.equal(url));

  it('takes whatever a server sends', () => {
    const keys = fc.constantFrom(...Object.keys(SITE));
    fc.assert(
      fc.property(fc.dictionary(keys, fc.jsonValue()), fc.string(), (values, host) => {
        const {apiUrl, webPort} = read(values, host);
        if (apiUrl !== undefined) expect(new URL(apiUrl).protocol).to.match(/^wss?:$/);
        expect(webPort).to.be.within(1, 65_535);
      }),
    );
  });
});

describe('checkedApiUrl', () => {
  it('keeps a whole address, and gives a server alone the protocol’s path', () => {
    expect(checkedApiUrl('wss://proxy.example/api/ws')).to.equal('wss://proxy.example/api/ws');
    expect(checkedApiUrl('ws://localhost:8080')).to.equal('ws://localhost:8080/websocketapi');
  });

  for (const address of ['', 'x', 'https://pbx.example/', 'javascript:alert(1)'])
    it(`refuses ${address || 'nothing'}`, () => {
      expect(() => checkedApiUrl(address))
        .to.throw()
        .with.property('code', 'bad-parameter');
    });
});
