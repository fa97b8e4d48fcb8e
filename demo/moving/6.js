const show = (text) => (document.getElementById('state').textContent = text);

const client = document.querySelector('sip-client');
const on = (type, listener) => client.addEventListener(type, ({detail}) => listener(detail));
on('sip-registration', ({state}) => show(state === 'registered' ? 'Ready' : 'Not registered'));
on('sip-call-created', () => show('Calling'));
on('sip-call-received', () => show('Ringing'));
on('sip-call-answered', () => show('In a call'));
on('sip-call-hold', ({held}) => show(held ? 'On hold' : 'In a call'));
on('sip-call-hangup', () => show('Ready'));
