/** The parts of the layout that no element has: who it is, whom to call, and the box of a call that comes in. */
const client = document.querySelector('#own-phone');
const box = client.querySelector('dialog');

const nameOf = ({remote}) => remote.name || remote.number;
/** The elements show failures themselves; these buttons are the page's own. */
const run = (task) => task.catch((error) => console.warn(error.code, error.message));

client.querySelector('#call').onclick = () => run(client.call('1002', {media: 'video'}));

for (const type of ['sip-call-received', 'sip-call-created', 'sip-call-answered', 'sip-call-hangup'])
  client.addEventListener(type, () => {
    const ringing = client.calls.find(
      ({state, direction}) => state.phase === 'ringing' && direction === 'incoming',
    );
    const call = client.calls.find((each) => each !== ringing);
    client.classList.toggle('active', !!call);
    client.querySelector('.who bdi').textContent = call ? nameOf(call) : '';
    if (!ringing) return box.close();
    box.querySelector('#caller').textContent = nameOf(ringing);
    box.querySelector('#answer').onclick = () => run(ringing.answer({media: ringing.media}));
    box.querySelector('#decline').onclick = () => run(ringing.decline());
    if (!box.open) box.show();
  });
