const show = (text) => (document.getElementById('state').textContent = text);

const port = location.port || (location.protocol === 'https:' ? '443' : '80');
Client.init(location.hostname, port, '1003', '1234');
Client.connect({
  onServerConnect: () => Client.Register(60),
  onRegisteredState: (registered) => show(registered ? 'Ready' : 'Not registered'),
  onCallCreated: () => show('Calling'),
  onCallReceived: () => show('Ringing'),
  onCallAnswered: () => show('In a call'),
  onCallHold: (sid, held) => show(held ? 'On hold' : 'In a call'),
  onCallHangup: () => show('Ready'),
});
