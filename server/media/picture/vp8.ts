/** Whether a VP8 RTP payload begins a key frame (RFC 7741 §4.2, §4.3). */
export function startsKeyFrame(payload: Uint8Array): boolean {
  const first = payload[0] ?? 0;
  // Only the first partition's first packet carries the frame header.
  if ((first & 0x10) === 0 || (first & 0x07) !== 0) return false;
  let offset = 1;
  if (first & 0x80) {
    const extension = payload[offset++] ?? 0;
    if (extension & 0x80) offset += (payload[offset] ?? 0) & 0x80 ? 2 : 1;
    if (extension & 0x40) offset += 1;
    if (extension & 0x30) offset += 1;
  }
  return offset < payload.length && ((payload[offset] ?? 1) & 0x01) === 0;
}
