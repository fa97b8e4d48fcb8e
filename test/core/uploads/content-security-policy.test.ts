import {expect} from '@open-wc/testing';
import {Uploads} from '../../../src/core/uploads/uploads.js';
import {backoff} from '../../../src/core/util/reconnect-policy.js';
import type {SipError} from '../../../src/errors.js';
import {WebSocketTransport} from '../../../src/sip/transport/web-socket-transport.js';
import {rejects} from '../../support/in-page/rejections.js';
import {someFile} from '../../support/servers/upload-form.js';

/** Another origin, which the page's policy does not name. */
const FORBIDDEN = 'http://127.0.0.1:10/upload?token=hush';

/** Nothing listens here. */
const NOWHERE = 'http://127.0.0.1:9/upload';

describe('Uploads in a page with a Content-Security-Policy', () => {
  let ends: {error?: SipError}[];

  const uploadTo = (url: string) =>
    new Uploads({
      findUrl: async () => url,
      tell: (type, detail) => type !== 'sip-upload-end' || ends.push(detail as {error?: SipError}) > 0,
      policy: backoff({first: 10, longest: 20}),
    }).upload(someFile(10));

  /** A policy, once set, lasts as long as the page. */
  before(() => {
    const policy = document.createElement('meta');
    policy.httpEquiv = 'Content-Security-Policy';
    policy.content = `connect-src 'self' ${location.origin.replace(/^http/, 'ws')} ${new URL(NOWHERE).origin}`;
    document.head.append(policy);
  });
  beforeEach(() => (ends = []));

  it('reject at once if the policy forbids the address, and name what to add', async () => {
    let violations = 0;
    const count = (): number => (violations += 1);
    document.addEventListener('securitypolicyviolation', count);
    const error = await rejects(uploadTo(FORBIDDEN), 'forbidden-by-page');
    document.removeEventListener('securitypolicyviolation', count);
    expect(error.message).to.contain('http://127.0.0.1:10/upload').and.to.contain('connect-src');
    expect(error.message).not.to.contain('hush');
    expect(ends.map((end) => end.error)).to.deep.equal([error]);
    expect(violations, 'attempts').to.equal(1);
  });

  it('report an allowed address without a server as such, beside forbidden connections', async () => {
    await Promise.all([
      rejects(uploadTo(NOWHERE), 'upload-failed'),
      rejects(uploadTo(FORBIDDEN), 'forbidden-by-page'),
      rejects(new WebSocketTransport(NOWHERE.replace('http', 'ws'), 60_000).connect(), 'forbidden-by-page'),
    ]);
  });
});
