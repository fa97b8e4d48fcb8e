/**
 * Connects both phones to the development server, or, with `?kamailio` in the address, to the Kamailio of `demo/infra`, with
 * which media go from page to page.
 */

/** The policy of this page allows the address; that of the worker of all tabs does not. */
const KAMAILIO = {server: 'ws://localhost:8088', domain: 'sip.test', 'shared-worker': 'none'};
const PEOPLE = ['alice', 'bob'];

const clients = [...document.querySelectorAll('sip-client')];

if (new URLSearchParams(location.search).has('kamailio')) {
  document.querySelector('#here').hidden = true;
  document.querySelector('#elsewhere').hidden = false;
  clients.forEach((client, index) => {
    const user = PEOPLE[index];
    const account = {...KAMAILIO, user, password: `pw-${user}`};
    for (const [name, value] of Object.entries(account)) client.setAttribute(name, value);
    client.querySelector('sip-dialer').setAttribute('number', PEOPLE[1 - index]);
  });
}

for (const client of clients) client.toggleAttribute('autoconnect', true);
