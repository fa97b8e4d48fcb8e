import {getBody, type Body, type IncomingRequestMessage, type IncomingResponseMessage} from '../sip-js.js';

/** The media type of session descriptions (RFC 8866 §8.1). */
export const SDP = 'application/sdp';

/** The session description in a message, an offer or an answer; undefined if it has none. */
export function descriptionIn(message: IncomingRequestMessage | IncomingResponseMessage): string | undefined {
  const body = getBody(message);
  return body?.contentDisposition === 'session' && body.content.trim() ? body.content : undefined;
}

/** The body of a message that carries a session description. */
export function bodyOf(description: string): Body {
  return {contentDisposition: 'session', contentType: SDP, content: description};
}
