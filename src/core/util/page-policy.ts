import {SipError} from '../../errors.js';

/** How long to wait for the policy violation event after a connection has failed, in milliseconds: Firefox fires it late. */
export const POLICY_DELAY = 100;

/**
 * Rejects if the page's Content-Security-Policy forbids a connection to a URL (CSP3 §5.5), which only the document learns.
 *
 * The violation event arrives in a task after the one that reports the failed connection.
 */
export function watchPolicy(url: string, reject: (error: SipError) => void, signal: AbortSignal): void {
  const {host, protocol} = new URL(url);
  document.addEventListener(
    'securitypolicyviolation',
    ({effectiveDirective, disposition, blockedURI, originalPolicy}) => {
      if (effectiveDirective !== 'connect-src' || disposition !== 'enforce') return;
      if (!/^(?:http|ws)s?:/i.test(blockedURI)) return;
      const blocked = new URL(blockedURI);
      // A policy may change the connection to TLS before it forbids it, but makes no socket of an upload.
      if (blocked.host === host && blocked.protocol[0] === protocol[0])
        reject(new SipError('forbidden-by-page', {subject: url, expected: connectSource(originalPolicy)}));
    },
    {signal},
  );
}

/** Returns the directive of a policy that is about connections. */
function connectSource(policy: string): string {
  return (/connect-src[^;]*/i.exec(policy) ?? /default-src[^;]*/i.exec(policy) ?? [policy])[0];
}
