/**
 * Ignores a report of the browser in a test: what was laid out again after it was measured reaches its observers in the
 * next picture. So it is in a frame, which is laid out after its page, and where a desk becomes narrow: its elements
 * measure themselves in turn.
 */
export const forgiveLayout = (event: ErrorEvent): void => {
  if (event.message.startsWith('ResizeObserver loop')) event.stopImmediatePropagation();
};
