/** The pages that the server itself provides, in both languages. */

const page = (title: string, ...paragraphs: string[]): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
${paragraphs.join('\n')}
</html>
`;

/** Shown to a user who opened the SIP address to accept a self-signed certificate (docs/protocol/clients.md#http). */
export const ACCEPTED_PAGE = page(
  'Certificate accepted · 证书已接受',
  '<h1>The certificate is accepted</h1>',
  '<p>This browser can reach the server now. You can close this page and connect again.</p>',
  '<h2 lang="zh-CN">证书已接受</h2>',
  '<p lang="zh-CN">浏览器现在可以连接服务器。您可以关闭此页面，然后重新连接。</p>',
);

/** Shown while the documentation is being built; it reloads itself every two seconds. */
export const BUILDING_PAGE = page(
  'The documentation is being built · 正在生成文档',
  '<meta http-equiv="refresh" content="2">',
  '<h1>The documentation is being built</h1>',
  '<p>It will appear here in a minute or two.</p>',
  '<h2 lang="zh-CN">正在生成文档</h2>',
  '<p lang="zh-CN">一两分钟后会显示在此处。</p>',
);

/** Shown if the documentation could not be built. */
export const unbuiltPage = (reason: string): string =>
  page(
    'The documentation could not be built · 无法生成文档',
    '<h1>The documentation could not be built</h1>',
    '<p>Correct what is written below, run <code>npm run docs</code>, and load this page again.</p>',
    '<h2 lang="zh-CN">无法生成文档</h2>',
    '<p lang="zh-CN">请根据以下信息修正，运行 <code>npm run docs</code>，然后重新加载此页面。</p>',
    `<pre>${reason.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</pre>`,
  );

/** Shown for a path that does not exist. */
export const MISSING_PAGE = page(
  'Not found · 未找到',
  '<h1>There is nothing here</h1>',
  '<p><a href="/">To the start page</a></p>',
  '<h2 lang="zh-CN">这里没有内容</h2>',
  '<p lang="zh-CN"><a href="/">返回首页</a></p>',
);
