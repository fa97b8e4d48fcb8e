/**
 * Gives an element its box back in a page that resets everything by `* {all: unset !important}`: as `inline`, its layout
 * would not follow its width. A style sheet cannot, because pages hide elements by `display: none`.
 */
export function staysBox(host: HTMLElement): void {
  // Only elements in the page itself: its rules do not reach those inside a shadow root.
  if (host.getRootNode() !== document) return;
  const style = getComputedStyle(host);
  const own = style.getPropertyValue('--_display');
  // A box that is fixed is a block even if it is reset.
  const reset = style.display === (style.position === 'fixed' ? 'block' : 'inline');
  if (own && reset) host.style.setProperty('display', 'var(--_display)', 'important');
  else if (style.display === 'none') onceSeen(host, () => staysBox(host));
}

/** Calls back when a hidden element is shown for the first time. */
function onceSeen(host: HTMLElement, then: () => void): void {
  // A busy page hands over several changes at once.
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some(({isIntersecting}) => isIntersecting)) return;
    observer.disconnect();
    then();
  });
  observer.observe(host);
}
