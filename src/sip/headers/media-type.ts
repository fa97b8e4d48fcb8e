/** The value of a header, such as the media type of a Content-Type (RFC 3261 §20.15): in lower case, without parameters. */
export function mediaTypeOf(contentType: string): string {
  return contentType.split(';', 1)[0]!.trim().toLowerCase();
}
