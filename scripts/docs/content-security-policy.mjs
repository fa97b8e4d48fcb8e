/** Makes the pages of the documentation site work under a strict Content-Security-Policy: no inline script or style. */
import {createHash} from 'node:crypto';
import {mkdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {transformerStyleToClass} from '@shikijs/transformers';

/** The colors of code, and the scripts that would be inline. */
export function strictPages() {
  const styles = transformerStyleToClass({classPrefix: 'code-'});
  /** @type {Map<string, string>} Scripts by their files. */
  const scripts = new Map();
  return {
    transformer: styles,
    /**
     * @param {string} html
     * @returns {string}
     */
    transformHtml: (html) =>
      html
        .replace(/<script( id="[\w-]+")?>(.+?)<\/script>/gs, (_, id = '', /** @type {string} */ text) => {
          const file = `assets/page.${createHash('sha256').update(text).digest('hex').slice(0, 8)}.js`;
          scripts.set(file, text);
          return `<script${id} src="/docs/${file}"></script>`;
        })
        // What the theme sets at run time.
        .replace(/ style="(?:--vp-vh:0px;|position:relative;)?"/g, '')
        .replace('</head>', '<link rel="stylesheet" href="/docs/assets/code.css">\n</head>'),
    /** @param {{outDir: string}} site */
    writeFiles({outDir}) {
      mkdirSync(join(outDir, 'assets'), {recursive: true});
      writeFileSync(join(outDir, 'assets/code.css'), styles.getCSS());
      for (const [file, text] of scripts) writeFileSync(join(outDir, file), text);
    },
  };
}
