const show = (text) => (document.getElementById('state').textContent = text);

Client.useClient(document.querySelector('sip-client'));
Client.connect({
  onRegisteredState: (registered) => show(registered ? 'Ready' : 'Not registered'),
  onCallCreated: () => show('Calling'),
  onCallReceived: () => show('Ringing'),
  onCallAnswered: () => show('In a call'),
  onCallHold: (sid, held) => show(held ? 'On hold' : 'In a call'),
  onCallHangup: () => show('Ready'),
});
