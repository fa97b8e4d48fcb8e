/**
 * Gives an element its box back in a page that resets everything by `* {all: unset !important}`: as `inline`, its layout
 * would not follow its width. A style sheet cannot, because pages hide elements by `display: none`.
 */
export function staysBox(host: HTMLElement): void {
  // Only elements in the page itself: its rules do not reach those inside a shadow root.
  if (host.getRootNode() !== document) return;
  const style = getComputedStyle(host);
  const own = style.getPropertyValue('--_display');
  if (own && style.display === 'inline') host.style.setProperty('display', own, 'important');
}
