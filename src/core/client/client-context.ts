/** The context by which a `<sip-client>` provides its client, in each bundle of a page. */
export const CLIENT_CONTEXT = Symbol.for('sip-elements/client@1');
