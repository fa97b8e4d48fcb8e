/** The page of a live example, which the documentation shows in a frame. */

/**
 * Returns the page and its files, by their paths in the site. Styles and scripts become files, because the
 * Content-Security-Policy of the development server allows no inline ones.
 *
 * @param {string} page Its path without an ending.
 * @param {string} code As the documentation shows it.
 * @param {string} language
 * @returns {[file: string, text: string][]}
 */
export function examplePage(page, code, language) {
  /** @type {[file: string, text: string][]} */
  const files = [];
  const head = [
    '<link rel="stylesheet" href="/docs/example.css">',
    '<script type="module" src="/docs/example.js"></script>',
    '<script type="module" src="/sip-elements.js"></script>',
  ];
  const body = code
    .replace(/<style>([^]*?)<\/style>\s*/g, (_, /** @type {string} */ text) => {
      files.push([`${page}.css`, text]);
      head.push(`<link rel="stylesheet" href="/docs/${page}.css">`);
      return '';
    })
    .replace(/<script type="module">([^]*?)<\/script>\s*/g, (_, /** @type {string} */ text) => {
      files.push([`${page}.js`, text]);
      head.push(`<script type="module" src="/docs/${page}.js"></script>`);
      return '';
    });
  const title = language === 'en' ? 'Live example' : '实时示例';
  files.push([
    `${page}.html`,
    `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
${head.join('\n')}
</head>
<body>
<main>
${body}</main>
</body>
</html>
`,
  ]);
  return files;
}
