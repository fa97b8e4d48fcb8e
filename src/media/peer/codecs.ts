/**
 * Puts the named codecs first, in their order, before all others that the browser has. The others are still offered,
 * because the two sides might have no codec in common otherwise. Codecs that the browser lacks are skipped.
 *
 * @param names - Encoding names as in `a=rtpmap` (RFC 8866 §6.6), in any case.
 */
export function preferCodecs(transceiver: RTCRtpTransceiver, names: readonly string[]): void {
  const {kind} = transceiver.receiver.track;
  // Firefox supports it since version 128, despite the type.
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
