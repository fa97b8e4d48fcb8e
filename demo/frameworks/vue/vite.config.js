import vue from '@vitejs/plugin-vue';

const isCustomElement = (/** @type {string} */ tag) => tag.startsWith('sip-');

export default {
  base: './',
  build: {minify: false, modulePreload: {polyfill: false}},
  plugins: [vue({template: {compilerOptions: {isCustomElement}}})],
};
