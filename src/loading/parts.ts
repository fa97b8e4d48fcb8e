/** The file beside the loader that has the hashes of all parts, and its own hash. The build fills both in. */
export const HASHES = {file: '', integrity: ''};
