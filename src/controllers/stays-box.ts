/**
 * Gives an element its box back in a page that resets everything by `* {all: unset !important}`: as `inline`, its layout
 * would not follow its width. A style sheet cannot, because pages hide elements by `display: none`.
 */
export function staysBox(host: HTMLElement): void {
  // Only elements in the page itself: its rules do not reach those inside a shadow root.
  if (host.getRootNode() !== document) return;
  // By then the browser has computed the styles: asking for them before the first picture would have it do so twice.
  const observer = new IntersectionObserver(() => {
    const style = getComputedStyle(host);
    // Called again when it is shown, or in the document again.
    if (!host.isConnected || style.display === 'none') return;
    observer.disconnect();
    const own = style.getPropertyValue('--_display');
    // A box that is fixed is a block even if it is reset.
    const reset = style.display === (style.position === 'fixed' ? 'block' : 'inline');
    if (own && reset) host.style.setProperty('display', 'var(--_display)', 'important');
  });
  observer.observe(host);
}
