const ALL = process.env['TEST_ALL'] === '1';

/** A number of a test that has two sizes: the usual one, and that of `--all`. */
export const size = (usual: number, all: number): number => (ALL ? all : usual);
