/** The `localStorage` key of the headsets whose buttons the user has connected: without it, nothing is loaded for them. */
export const HEADSETS_KEY = 'sip-headsets';
