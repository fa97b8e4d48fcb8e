import type {IncomingMessage} from 'node:http';
import type {TLSSocket} from 'node:tls';

/** The address that a client used for this server. */
export interface Origin {
  /** Host and port, as in a URL. */
  readonly authority: string;
  /** The host alone; an IPv6 address in brackets. */
  readonly hostname: string;
  /** The port, even if the address omits it. */
  readonly port: string;
  readonly secure: boolean;
}

/** The valid values of a Host header; anything else could end up in another header of ours. */
const HOST = /^(?:\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i;

/** Reads the address from a request; a reverse proxy may set it in the usual headers. */
export function originOf(request: IncomingMessage): Origin {
  const forwarded = first(request.headers['x-forwarded-proto']);
  const secure = forwarded
    ? forwarded === 'https'
    : (request.socket as Partial<TLSSocket>).encrypted === true;
  const given = first(request.headers['x-forwarded-host']) ?? request.headers.host ?? '';
  const authority = HOST.test(given) ? given : `localhost:${request.socket.localPort ?? 80}`;
  const port = /:(\d+)$/.exec(authority.replace(/^\[.*\]/, ''))?.[1];
  return {
    authority,
    hostname: port === undefined ? authority : authority.slice(0, -port.length - 1),
    port: port ?? (secure ? '443' : '80'),
    secure,
  };
}

/** Returns the path of a request as it was sent. */
export function pathOf({url = ''}: IncomingMessage): string {
  return url.split(/[?#]/, 1)[0]!;
}

function first(value: string | string[] | undefined): string | undefined {
  return (Array.isArray(value) ? value[0] : value)?.split(',')[0]?.trim();
}
