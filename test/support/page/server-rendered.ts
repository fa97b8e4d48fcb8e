import {render} from '@lit-labs/ssr';
import {collectResultSync} from '@lit-labs/ssr/lib/render-result.js';
import {html} from 'lit';

/** Renders HTML with custom elements as a server does. The elements must be defined. */
export function renderOnServer(text: string): string {
  const strings = Object.assign([text], {raw: [text]});
  return collectResultSync(render(html(strings)));
}
