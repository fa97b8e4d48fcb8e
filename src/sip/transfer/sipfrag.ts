import type {IncomingRequestMessage} from '../sip-js.js';

/** The report in a NOTIFY on the request that a REFER caused (RFC 3515 §2.4.5). */
export interface Fragment {
  /** SIP status of the response; 0 if there is none. */
  readonly status: number;
  /** Whether this is the last report. */
  readonly over: boolean;
}

/** Reads the report of a NOTIFY. */
export function readFragment(request: IncomingRequestMessage): Fragment {
  const fragment = /^message\/sipfrag\b/i.test(request.getHeader('content-type') ?? '');
  return {
    status: fragment ? Number(/^\s*SIP\/2\.0 (\d{3})\b/i.exec(request.body)?.[1] ?? 0) : 0,
    over: /^\s*terminated\b/i.test(request.getHeader('subscription-state') ?? ''),
  };
}
