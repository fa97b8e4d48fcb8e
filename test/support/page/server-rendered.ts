import {readFileSync} from 'node:fs';
import {render} from '@lit-labs/ssr';
import {collectResultSync} from '@lit-labs/ssr/lib/render-result.js';
import {html} from 'lit';

/** An attribute of an element, as the manifest lists it. */
interface Attribute {
  readonly name: string;
  readonly type?: {readonly text: string};
}

interface Declaration {
  readonly tagName: string;
  readonly attributes?: readonly Attribute[];
}

const manifest = JSON.parse(
  readFileSync(new URL('../../../custom-elements.json', import.meta.url), 'utf8'),
) as {readonly modules: readonly {readonly declarations: readonly Declaration[]}[]};

/** The attributes of every documented element, by its tag. */
export const ELEMENTS: ReadonlyMap<string, readonly Attribute[]> = new Map(
  manifest.modules.flatMap(({declarations}) =>
    declarations.map(({tagName, attributes = []}) => [tagName, attributes] as const),
  ),
);

/** Renders HTML with custom elements as a server does. The elements must be defined. */
export function renderOnServer(text: string): string {
  const strings = Object.assign([text], {raw: [text]});
  return collectResultSync(render(html(strings)));
}
