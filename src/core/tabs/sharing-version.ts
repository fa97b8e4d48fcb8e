/** Raised with every change of the messages between pages and their worker: two versions can be open at once. */
export const SHARING_VERSION = 7;
