/**
 * Writes into the built package what editors and coding assistants read, from `custom-elements.json`: the same without white
 * space, custom data of VS Code, web-types of JetBrains, `llms.txt`, and a page in Markdown for each element.
 */
import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {getWebTypesData} from 'custom-element-jet-brains-integration';
import {getVsCodeCssCustomData, getVsCodeHtmlCustomData} from 'custom-element-vs-code-integration';
import {elementReference} from './docs/element-reference.mjs';
import {firstSentence} from './docs/markdown.mjs';
import {elementsOf, readManifest} from './elements.mjs';
import {within} from './project.mjs';

const {name, version, description} = JSON.parse(readFileSync(within('package.json'), 'utf8'));

/**
 * Removes what the generators write for a default that is not known.
 *
 * @param {string} text
 */
const withoutUnknown = (text) => text.replaceAll(' _(default: undefined)_', '');

/** @param {import('./elements.mjs').Element} element */
const elementPage = ({tagName, name: className, description}) => `# \`<${tagName}>\`

${description}

\`import '${name}/elements/${tagName}.js'\` defines it; its class is \`${className}\`.

${elementReference(tagName, 'en').trim()}
`;

/** Every element on one page, for coding assistants: see https://llmstxt.org. */
const overview = () => `# SIP Elements

> ${description}

Elements work inside a \`<sip-client>\`, or beside one whose id their attribute \`for\` names. A phone is these five lines:

\`\`\`html
<sip-client server="wss://pbx.example.com" user="1003" password="…" autoconnect>
  <sip-call></sip-call>
  <sip-incoming></sip-incoming>
  <sip-dialer></sip-dialer>
</sip-client>
\`\`\`

- \`import '${name}/define'\` defines every tag, \`import '${name}/elements/sip-call.js'\` one of them.
- \`import {SipClient} from '${name}'\` is the client without any element.
- Write every closing tag. Attributes have hyphens (\`display-name\`), properties are in camel case (\`displayName\`).
- Commands such as \`client.call('1001', {media: 'video'})\` return promises, which reject with a \`SipError\`; events report.
- Events bubble; their \`detail\` is typed in \`HTMLElementEventMap\`.
- Types of the tags: \`import type {} from '${name}/react'\` (React 19), \`${name}/vue\`, \`${name}/svelte\`; components for React 18:
  \`${name}/react-wrappers\`.

## Elements

${elementsOf(readManifest())
  .map(
    (element) =>
      `- [\`<${element.tagName}>\`](docs/${element.tagName}.md): ${firstSentence(element.description)}.`,
  )
  .join('\n')}

## Optional

- [README](../README.md)
- [Changelog](../CHANGELOG.md)
- [Manifest](custom-elements.json): every attribute, property, method, event, slot, part, custom property and state
`;

/** @param {string} folder Of the built package, relative to the project's root. */
export function writeEditors(folder) {
  const write = (/** @type {string} */ file, /** @type {string} */ text) =>
    writeFileSync(within(join(folder, file)), text);
  write('vscode.html-custom-data.json', withoutUnknown(getVsCodeHtmlCustomData(readManifest(), {})));
  write('vscode.css-custom-data.json', withoutUnknown(getVsCodeCssCustomData(readManifest(), {})));
  const webTypes = JSON.parse(withoutUnknown(getWebTypesData(readManifest(), {})));
  write('custom-elements.json', JSON.stringify(readManifest()));
  write('config.schema.json', readFileSync(within('config.schema.json'), 'utf8'));
  write('web-types.json', `${JSON.stringify({...webTypes, name, version})}\n`);
  write('llms.txt', overview());
  mkdirSync(within(join(folder, 'docs')));
  for (const element of elementsOf(readManifest())) write(`docs/${element.tagName}.md`, elementPage(element));
}
