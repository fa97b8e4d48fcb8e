import {svelte} from '@sveltejs/vite-plugin-svelte';

export default {
  base: './',
  build: {minify: false, modulePreload: {polyfill: false}},
  plugins: [svelte()],
};
