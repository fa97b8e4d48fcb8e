export default {
  base: './',
  build: {minify: false, modulePreload: {polyfill: false}},
  // StrictMode mounts twice in the development build alone.
  define: {'process.env.NODE_ENV': '"development"'},
};
