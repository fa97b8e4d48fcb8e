import {X509Certificate} from 'node:crypto';
import {isIP} from 'node:net';
import {hostname, networkInterfaces} from 'node:os';

/** A certificate with its key, both PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/**
 * Creates a self-signed certificate for this machine: its names, its addresses, loopback, and the given host.
 *
 * A browser refuses it until the user has accepted it once; the page at `/fswebrtc` exists for that.
 */
export async function selfSigned(host?: string): Promise<Certificate> {
  const {generate} = await import('selfsigned');
  const addresses = Object.values(networkInterfaces()).flatMap((list) =>
    (list ?? []).map((each) => each.address),
  );
  const names = new Set(['localhost', '127.0.0.1', '::1', hostname(), ...addresses, ...(host ? [host] : [])]);
  const altNames = [...names]
    // A scope (`fe80::1%eth0`) is not allowed in a certificate.
    .filter((name) => name !== '' && !name.includes('%'))
    .map((name) => (isIP(name) === 0 ? {type: 2 as const, value: name} : {type: 7 as const, ip: name}));
  const {private: key, cert} = await generate(
    [{name: 'commonName', value: 'SIP Elements development server'}],
    {
      keyType: 'ec',
      algorithm: 'sha256',
      extensions: [
        {name: 'basicConstraints', cA: false, critical: true},
        {name: 'keyUsage', digitalSignature: true, critical: true},
        {name: 'extKeyUsage', serverAuth: true},
        {name: 'subjectAltName', altNames},
      ],
    },
  );
  return {key, cert};
}

/** Returns the SHA-256 fingerprint of a certificate, for users to compare. */
export const fingerprintOf = ({cert}: Certificate): string => new X509Certificate(cert).fingerprint256;
