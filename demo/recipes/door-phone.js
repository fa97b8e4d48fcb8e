/** The only number that the door calls, and the only one that opens it. */
const RECEPTION = '1002';
/** How long the door stays open, in milliseconds. */
const OPEN_MS = 5000;

const door = document.querySelector('#door');
const opened = door.querySelector('#opened');

// One key: the same button calls and hangs up.
door.querySelector('#ring').onclick = async () => {
  const [call] = door.calls;
  try {
    await (call ? call.hangup() : door.call(RECEPTION, {media: 'video'}));
  } catch (error) {
    console.warn(error.code, error.message);
  }
};

for (const type of ['sip-call-created', 'sip-call-hangup'])
  door.addEventListener(type, () => door.classList.toggle('calling', door.calls.length > 0));

// Calls that come in are refused (`do-not-disturb`): only who answers the door can send a tone.
door.addEventListener('sip-dtmf', ({detail: {call, tone}}) => {
  if (tone === '#' && call.direction === 'outgoing' && call.remote.number === RECEPTION) openDoor();
});

/** Here a controller would switch the lock. */
function openDoor() {
  opened.hidden = false;
  setTimeout(() => (opened.hidden = true), OPEN_MS);
}
