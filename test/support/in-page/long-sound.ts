/** Writes an element of Matroska (RFC 8794): its id in hexadecimal digits, and what it contains. */
function element(id: string, ...parts: readonly (Uint8Array | readonly number[])[]): Uint8Array<ArrayBuffer> {
  const bytes = parts.flatMap((part) => [...part]);
  const size = [0x08, 0, 0, 0, ...big(bytes.length, 4)];
  size[0] = 0x01;
  return Uint8Array.from([...id.match(/../g)!.map((digits) => parseInt(digits, 16)), ...size, ...bytes]);
}

const big = (value: number, length: number): number[] =>
  Array.from({length}, (_, index) => Math.floor(value / 256 ** (length - 1 - index)) % 256);
const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const float = (value: number): Uint8Array => {
  const data = new DataView(new ArrayBuffer(8));
  data.setFloat64(0, value);
  return new Uint8Array(data.buffer);
};

/**
 * A WebM file of silence whose Opus packets have two bytes and last 120 ms each: about 70 bytes for each second.
 *
 * @param told - The length that the file tells, in seconds; none if omitted.
 */
export function longSound(seconds: number, told?: number): File {
  const head = element('1A45DFA3', element('4282', text('webm')), element('4287', [4]), element('4285', [2]));
  const info = element(
    '1549A966',
    ...(told === undefined ? [] : [element('4489', float(told * 1000))]),
    element('2AD7B1', big(1_000_000, 3)),
    element('4D80', text('x')),
    element('5741', text('x')),
  );
  const opus = [...text('OpusHead'), 1, 1, 0, 0, 0x80, 0xbb, 0, 0, 0, 0, 0];
  const track = element(
    'AE',
    element('D7', [1]),
    element('73C5', [1]),
    element('83', [2]),
    element('86', text('A_OPUS')),
    element('63A2', opus),
    element('E1', element('B5', float(48_000)), element('9F', [1])),
  );
  const clusters = Array.from({length: Math.ceil(seconds / 30)}, (_, index) => {
    const blocks = Array.from({length: 250}, (_, block) => [
      ...[0xa3, 0x86, 0x81, ...big(block * 120, 2), 0x80, 0xfb, 0x06],
    ]);
    return element('1F43B675', element('E7', big(index * 30_000, 5)), ...blocks);
  });
  const unknown = Uint8Array.from([0x18, 0x53, 0x80, 0x67, 0x01, ...Array<number>(7).fill(0xff)]);
  return new File([head, unknown, info, element('1654AE6B', track), ...clusters], 'long.webm', {
    type: 'audio/webm',
  });
}
