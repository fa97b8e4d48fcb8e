/**
 * Puts the codecs that are named first, in their order, before all others that the browser has: it goes on to offer
 * those, or there might be none in common. What the browser does not have is passed over.
 *
 * @param names - Encoding names as in `a=rtpmap` (RFC 8866 §6.6), in any case.
 */
export function preferCodecs(transceiver: RTCRtpTransceiver, names: readonly string[]): void {
  const {kind} = transceiver.receiver.track;
  // Firefox has it since version 128, whatever the type says.
  const {setCodecPreferences} = transceiver as Partial<RTCRtpTransceiver>;
  const known = setCodecPreferences ? RTCRtpReceiver.getCapabilities(kind)?.codecs : undefined;
  if (!known) return;
  const rank = ({mimeType}: {mimeType: string}): number => {
    const place = names.findIndex((name) => mimeType.toLowerCase() === `${kind}/${name.toLowerCase()}`);
    return place < 0 ? names.length : place;
  };
  if (known.every((codec) => rank(codec) === names.length)) return;
  transceiver.setCodecPreferences([...known].sort((one, other) => rank(one) - rank(other)));
}
