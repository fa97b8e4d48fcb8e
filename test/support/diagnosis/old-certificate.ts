import {generate} from 'selfsigned';
import type {Certificate} from '../../../server/tls.js';

const DAY = 86_400_000;

/** Makes a certificate for this machine that has expired yesterday. */
export async function oldCertificate(): Promise<Certificate> {
  const {private: key, cert} = await generate([{name: 'commonName', value: 'localhost'}], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - 30 * DAY),
    notAfterDate: new Date(Date.now() - DAY),
    extensions: [{name: 'subjectAltName', altNames: [{type: 2, value: 'localhost'}]}],
  });
  return {key, cert};
}
