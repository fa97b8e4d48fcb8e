/** A user's camera, and the video of a member of a running session. */
press('watch', () => Client.VideoBug($('called').value, $('codec').value, ...places()));
press('member-video', () =>
  Client.SetGetCallMemberVideo($('cid').value, $('member').value, '', '', $('user').value, $('remotevideo')),
);
