/** Connecting, registering, and sending requests to the server's API. */
$('info').addEventListener('click', () =>
  told(Client.GetEmployeeLoginInfo().then((info) => log('GetEmployeeLoginInfo', JSON.stringify(info)))),
);
$('socket').addEventListener('click', () => told(Client.ConnWebSocket().then(() => log('ConnWebSocket'))));
$('unsocket').addEventListener('click', () =>
  told(Client.DisConnWebSocket().then(() => log('DisConnWebSocket'))),
);
$('send').addEventListener('click', () => Client.SendAPI($('msg').value));
