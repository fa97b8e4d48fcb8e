export default {
  base: './',
  // The other React of this folder is for another application.
  resolve: {dedupe: ['react', 'react-dom']},
  build: {minify: false, modulePreload: {polyfill: false}},
  // StrictMode mounts twice in the development build alone.
  define: {'process.env.NODE_ENV': '"development"'},
};
