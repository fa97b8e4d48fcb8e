/** Signs in without a form: a real page asks its own server, which knows the cookie that came with the file. */
await customElements.whenDefined('sip-client');
const client = document.querySelector('sip-client');
client.options = {...client.options, credentials: async () => ({password: '1234'})};
client.autoconnect = true;
