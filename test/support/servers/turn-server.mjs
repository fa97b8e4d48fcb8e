import {createSocket} from 'node:dgram';

/** The types of STUN messages, and of their attributes (RFC 8489 §14, RFC 8656 §18). */
const ALLOCATE_ERROR = 0x0113;
const ATTRIBUTES = {errorCode: 0x0009, realm: 0x0014, nonce: 0x0015};

/**
 * Starts TURN servers that give no address, and answers with where one is: `/turn?refuses=401` refuses whatever it is
 * asked, `/turn` takes requests and says nothing.
 *
 * @returns {import('koa').Middleware}
 */
export function turnServer() {
  return async (context, next) => {
    if (context.path !== '/turn') return next();
    const status = Number(context.query['refuses'] ?? 0);
    const socket = createSocket('udp4').unref();
    if (status)
      socket.on('message', (request, {port, address}) =>
        socket.send(refusal(request, status), port, address),
      );
    await new Promise((resolve) => socket.bind(0, '127.0.0.1', () => resolve(undefined)));
    context.body = `turn:127.0.0.1:${socket.address().port}?transport=udp`;
  };
}

/**
 * @param {Buffer} request
 * @param {number} status
 */
function refusal(request, status) {
  const code = Buffer.from([0, 0, Math.floor(status / 100), status % 100]);
  const body = Buffer.concat([
    attribute(ATTRIBUTES.errorCode, Buffer.concat([code, Buffer.from('Unauthorized')])),
    attribute(ATTRIBUTES.realm, Buffer.from('sip.test')),
    attribute(ATTRIBUTES.nonce, Buffer.from('12345678')),
  ]);
  // The cookie and the transaction are the request's.
  const header = Buffer.from(request.subarray(0, 20));
  header.writeUInt16BE(ALLOCATE_ERROR, 0);
  header.writeUInt16BE(body.length, 2);
  return Buffer.concat([header, body]);
}

/**
 * One whose value is of whole words, so that nothing is to be filled up.
 *
 * @param {number} type
 * @param {Buffer} value
 */
function attribute(type, value) {
  const header = Buffer.alloc(4);
  header.writeUInt16BE(type, 0);
  header.writeUInt16BE(value.length, 2);
  return Buffer.concat([header, value]);
}
