import {SipError} from '../../errors.js';

/** How long to wait for the policy violation event after a connection has failed, in milliseconds: Firefox fires it late. */
export const POLICY_DELAY = 100;

/** Whether a violation of a Content-Security-Policy is that of a connection to a URL (CSP3 §5.5). */
export function forbids(violation: SecurityPolicyViolationEvent, url: string): boolean {
  const {effectiveDirective, disposition, blockedURI} = violation;
  if (effectiveDirective !== 'connect-src' || disposition !== 'enforce') return false;
  if (!/^(?:http|ws)s?:/i.test(blockedURI)) return false;
  const [{host, protocol}, blocked] = [new URL(url), new URL(blockedURI)];
  // A policy may change the connection to TLS before it forbids it, but makes no socket of an upload.
  return blocked.host === host && blocked.protocol[0] === protocol[0];
}

/**
 * Rejects if the page's Content-Security-Policy forbids a connection to a URL, which only the document learns.
 *
 * The violation event arrives in a task after the one that reports the failed connection.
 */
export function watchPolicy(url: string, reject: (error: SipError) => void, signal: AbortSignal): void {
  document.addEventListener(
    'securitypolicyviolation',
    (violation) => {
      if (forbids(violation, url)) reject(new SipError('forbidden-by-page', {subject: url}));
    },
    {signal},
  );
}
