/** The version of the package, which reports name. `npm run release:version` writes it; a test compares it with `package.json`. */
export const VERSION = '0.1.0';
