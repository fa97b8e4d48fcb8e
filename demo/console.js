/** The desk: the next user signs in after the end of a shift. */

const client = document.querySelector('sip-client');
const form = document.querySelector('#sign-in');

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  const {user, password} = Object.fromEntries(new FormData(form));
  form.reset();
  // The client of another user connects by itself.
  const again = user === client.user;
  Object.assign(client, {user, password});
  if (!again) return;
  await client.connect();
  await client.register();
});
