/** What a file may take of the server: a stranger may have made one of a few bytes that takes all there is. */
export const READER_LIMITS = {
  /** How many files may be played at once, each by a process of its own. */
  files: 16,
  /** How long a process may take to start, on a busy machine, in milliseconds. */
  startMs: 60_000,
  /** How long it may then take for each answer, in milliseconds. */
  answerMs: {length: 3_000, open: 25_000, read: 10_000},
  /** How large its heap may grow, in megabytes. */
  heapMb: 128,
  /** How much memory it may take in all, in megabytes: what is decoded is outside the heap. */
  memoryMb: 512,
};
