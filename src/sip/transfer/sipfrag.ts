import type {IncomingRequestMessage} from 'sip.js/lib/core/index.js';

/** What a NOTIFY tells of the request that a REFER asked for (RFC 3515 §2.4.5). */
export interface Fragment {
  /** SIP status of its response; 0 where it tells of none. */
  readonly status: number;
  /** Nothing more is told. */
  readonly over: boolean;
}

/** Reads it. */
export function readFragment(request: IncomingRequestMessage): Fragment {
  const fragment = /^message\/sipfrag\b/i.test(request.getHeader('content-type') ?? '');
  return {
    status: fragment ? Number(/^\s*SIP\/2\.0 (\d{3})\b/i.exec(request.body)?.[1] ?? 0) : 0,
    over: /^\s*terminated\b/i.test(request.getHeader('subscription-state') ?? ''),
  };
}
