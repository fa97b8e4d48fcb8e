/** The documentation site: `npm run docs` builds it, and `npm start` serves it under `/docs/`. */
import {defineConfig} from 'vitepress';
import {strictPages} from '../../scripts/docs/content-security-policy.mjs';
import {expansions} from '../../scripts/docs/expansions.mjs';
import {outerLinks} from '../../scripts/docs/outer-links.mjs';
import {navigation} from '../../scripts/docs/pages.mjs';
import {within} from '../../scripts/project.mjs';

const {transformer, transformHtml, writeFiles} = strictPages();
const {plugin, writeExamples} = expansions();

export default defineConfig({
  title: 'SIP Elements',
  description: 'Web components for SIP and WebRTC.',
  base: '/docs/',
  outDir: process.env['DOCS_FOLDER'] ?? within('.cache/docs'),
  cacheDir: within('.cache/vitepress'),
  // For those who change the code, and read it in the repository.
  srcExclude: ['architecture.md'],
  head: [['link', {rel: 'icon', href: '/docs/icon.svg', type: 'image/svg+xml'}]],
  metaChunk: true,
  // Otherwise a change of the theme adds a style element, which the Content-Security-Policy forbids.
  appearance: {disableTransition: false},
  // Pages of the development server.
  ignoreDeadLinks: 'localhostLinks',
  markdown: {
    theme: {light: 'github-light-high-contrast', dark: 'github-dark-high-contrast'},
    codeTransformers: [transformer],
    config: (md) => {
      md.use(plugin);
      md.use(outerLinks);
    },
  },
  transformHtml,
  buildEnd: (site) => {
    writeFiles(site);
    writeExamples(site);
  },
  locales: {
    root: {label: 'English', lang: 'en', themeConfig: navigation('en')},
    zh: {
      label: '简体中文',
      lang: 'zh-CN',
      description: '用于 SIP 与 WebRTC 的 Web 组件。',
      themeConfig: navigation('zh'),
    },
  },
  themeConfig: {
    logo: '/icon.svg',
    search: {
      provider: 'local',
      options: {
        locales: {
          zh: {
            translations: {
              button: {buttonText: '搜索', buttonAriaLabel: '搜索'},
              modal: {
                displayDetails: '显示详细列表',
                resetButtonTitle: '清除',
                backButtonTitle: '关闭搜索',
                noResultsText: '没有找到',
                footer: {
                  selectText: '选择',
                  selectKeyAriaLabel: '回车键',
                  navigateText: '切换',
                  navigateUpKeyAriaLabel: '上箭头',
                  navigateDownKeyAriaLabel: '下箭头',
                  closeText: '关闭',
                  closeKeyAriaLabel: 'Esc 键',
                },
              },
            },
          },
        },
      },
    },
  },
  vite: {
    // The index of the search is one chunk, which loads with the first search.
    build: {chunkSizeWarningLimit: 4000},
    logLevel: 'warn',
  },
});
