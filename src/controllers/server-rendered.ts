import {adoptStyles, isServer, type ReactiveElement} from 'lit';

/**
 * Makes an element replace the HTML that a server has rendered for it, at its first update. What the server drew stays
 * until then.
 *
 * The element is not hydrated node by node: calls, devices, permissions and the language are known in the browser alone, so
 * that its first rendering often differs from the server's, which Lit's hydration refuses.
 */
export function replaceServerRendering(host: ReactiveElement): void {
  const {shadowRoot} = host;
  if (isServer || !shadowRoot || host.hasUpdated) return;
  // With a root of its own, the element neither makes one nor hydrates.
  Object.assign(host, {renderRoot: shadowRoot});
  const replacement = {
    hostUpdate(): void {
      host.removeController(replacement);
      shadowRoot.replaceChildren();
      adoptStyles(shadowRoot, (host.constructor as typeof ReactiveElement).elementStyles);
    },
  };
  host.addController(replacement);
}
