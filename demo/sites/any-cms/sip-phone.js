/**
 * A phone in the corner of each page, which calls the numbers of the page's links. One line in the site's template:
 *
 * <script type="module" src="/phone/sip-phone.js?server=wss://pbx.example.com/ws&amp;profile=standard"></script>
 *
 * Beside this file is the folder `loader` of the package's `dist`.
 */
const ATTRIBUTES = ['server', 'profile', 'domain', 'dial-rules'];

const parameters = new URL(import.meta.url).searchParams;
const phone = document.createElement('sip-phone');
for (const name of ['corner', 'links', 'resume']) phone.setAttribute(name, '');
for (const name of ATTRIBUTES) {
  const value = parameters.get(name);
  if (value) phone.setAttribute(name, value);
}

/** Where the site names the account of its user; without it, the phone asks for one. */
const account = parameters.get('account');
if (account) {
  const response = await fetch(account);
  if (!response.ok) throw new Error(`${account} was answered by ${response.status}.`);
  const {user, password} = await response.json();
  phone.setAttribute('user', user);
  // The phone takes the attribute away.
  phone.setAttribute('password', password);
  phone.setAttribute('autoconnect', '');
} else {
  phone.setAttribute('login', '');
}

document.body.append(phone);
await import(new URL('loader/sip-elements-loader.js', import.meta.url).href);
