/** Returns a description whose sound asks for packets of so many milliseconds (RFC 8866 §6.4); without a time, the same one. */
export function withPacketTime(description: string, ptime: number | undefined): string {
  if (ptime === undefined) return description;
  const asking = (section: string): string =>
    `${section.replace(/^a=ptime:.*\r?\n?/gm, '').trimEnd()}\r\na=ptime:${ptime}\r\n`;
  return description
    .split(/^(?=m=\S)/m)
    .map((section) => (section.startsWith('m=audio ') ? asking(section) : section))
    .join('');
}
