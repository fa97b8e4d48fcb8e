/** A screen pop: the CRM tells who calls. Here it is a folder of files that are named by numbers. */
const client = document.querySelector('#agent-phone');
const form = document.querySelector('#customer').content;

/** Asks the CRM; a number is whatever a caller sends. */
async function customerOf(number) {
  const reply = await fetch(`customers/${encodeURIComponent(number)}.json`);
  return reply.ok ? reply.json() : undefined;
}

// The name, picture and detail of each number that an element shows.
client.people = customerOf;

// The orders, in the box that rings; then beside the call.
client.addEventListener('sip-call-received', async ({detail: {call}}) => {
  const customer = await customerOf(call.remote.number);
  if (!customer || call.state.phase !== 'ringing') return;
  const record = form.firstElementChild.cloneNode(true);
  for (const order of customer.orders) {
    const row = record.appendChild(document.createElement('dd'));
    row.appendChild(document.createElement('bdi')).textContent = order;
  }
  record.slot = `details-${call.id}`;
  document.querySelector('sip-incoming').append(record);
  call.addEventListener('statechange', () => {
    if (call.state.phase === 'answered') document.querySelector('#record').replaceChildren(record);
    else if (call.state.phase === 'released') record.remove();
  });
});
