import {expect} from '@open-wc/testing';
import {resolveOptions} from '../../../src/core/client/options.js';
import type {ApiState} from '../../../src/core/types.js';
import {Carriers} from '../../../src/dispatch/carriers.js';
import {WebSocketTransport} from '../../../src/sip/transport/web-socket-transport.js';
import {describeError, registerErrorTexts} from '../../../src/errors.js';
import {errorsZh} from '../../../src/errors/texts-zh.js';
import {rejects} from '../../support/in-page/rejections.js';

/** Nobody listens there. */
const NOWHERE = 'ws://127.0.0.1:9/fswebrtc';

describe('Connections of a page with a Content-Security-Policy', () => {
  /** A policy, once set, lasts as long as the page. */
  before(() => {
    registerErrorTexts('zh', errorsZh);
    const policy = document.createElement('meta');
    policy.httpEquiv = 'Content-Security-Policy';
    policy.content = `connect-src 'self' ${location.origin.replace(/^http/, 'ws')} ws://127.0.0.1:9`;
    document.head.append(policy);
  });

  it('says that the page forbids the address, and what to add', async () => {
    const url = 'ws://127.0.0.1:10/fswebrtc?token=hush';
    const {message} = await rejects(new WebSocketTransport(url, 60_000).connect(), 'forbidden-by-page');
    expect(message).to.contain('ws://127.0.0.1:10/fswebrtc').and.to.contain('connect-src');
    expect(message).not.to.contain('hush');
  });

  it('says what the policy allows instead: the address or its port may be wrong', async () => {
    const error = await rejects(
      new WebSocketTransport('ws://127.0.0.1:13/fswebrtc', 60_000).connect(),
      'forbidden-by-page',
    );
    // Some browsers write the page's own origin instead of 'self'.
    expect(error.message).to.match(
      /It has: connect-src \S+ ws:\/\/localhost:\d+ ws:\/\/127\.0\.0\.1:9\. Check the address and port/,
    );
    for (const [language, words] of Object.entries({
      en: 'connect to the server (ws://127.0.0.1:13/fswebrtc). Check the address and port',
      zh: '连接服务器（ws://127.0.0.1:13/fswebrtc）。请检查地址和端口',
    }))
      expect(describeError(error, language)).to.contain(words);
  });

  it('says of an address that is allowed that nobody is there', async () => {
    const allowed = rejects(new WebSocketTransport(NOWHERE, 60_000).connect(), 'server-unreachable');
    const forbidden = rejects(
      new WebSocketTransport('ws://127.0.0.1:11/', 60_000).connect(),
      'forbidden-by-page',
    );
    await Promise.all([allowed, forbidden]);
  });

  it('says it of the socket of the API, and does not try again', async () => {
    const url = 'ws://127.0.0.1:12/api';
    const states: ApiState[] = [];
    const carriers = new Carriers({
      options: resolveOptions({server: NOWHERE, user: '1001', password: '1234', api: url}),
      sender: {message: async () => true},
      instance: () => 'an-instance',
      shared: () => false,
      onState: (state) => states.push(state),
      onUnsolicited: () => {},
    });
    const {message} = await rejects(carriers.open(), 'forbidden-by-page');
    expect(message).to.contain(url).and.to.contain('connect-src');
    expect(states).to.deep.equal(['opening', 'closed']);
  });
});
