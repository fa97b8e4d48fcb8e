const find = (id) => document.getElementById(id);
const show = (text) => (find('state').textContent = text);
let current;

/** Shows the call of the desk, and what can be done with it. */
function follow(sid, text) {
  current = sid;
  show(text);
  find('call').disabled = Boolean(sid);
  find('hangup').disabled = !sid;
}

const port = location.port || (location.protocol === 'https:' ? '443' : '80');
Client.init(location.hostname, port, '1003', '1234');
Client.connect({
  onServerConnect: () => Client.Register(60),
  onRegisteredState: (registered) => show(registered ? 'Ready' : 'Not registered'),
  onCallCreated: (sid) => follow(sid, 'Calling'),
  onCallReceived: (sid) => follow(sid, 'Ringing'),
  onCallAnswered: (sid) => follow(sid, 'In a call'),
  onCallHold: (sid, held) => show(held ? 'On hold' : 'In a call'),
  onCallHangup: () => follow(undefined, 'Ready'),
});

const number = document.querySelector('input');
document.getElementById('call').onclick = () =>
  Client.MakeCall(number.value, AllEnum.MediaType.MediaTypeAudio, null, null, null, false);
find('hangup').onclick = () => Client.Hangup(current);
