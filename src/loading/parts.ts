/** A part: its file, and the places in the list of the parts that it imports at once. */
export type Part = readonly [file: string, ...imports: number[]];

/** The parts beside the loader. The build fills in both. */
export const PARTS: readonly Part[] = [];

/** The file with the hashes of the parts, in the order of the list, and its own hash. */
export const HASHES = {file: '', integrity: ''};
