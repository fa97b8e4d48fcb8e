import {useRef, useState} from 'react';
import {Link, Route, Routes} from 'react-router';
import type {SipClientElement, SipError} from 'sip-elements';
import 'sip-elements/define';
import {
  SipCallComponent,
  SipClientComponent,
  SipDialerComponent,
  SipDurationComponent,
  SipHistoryComponent,
  SipIncomingComponent,
} from 'sip-elements/react-wrappers';
import {peer, server, typed, user} from '../../account.js';

export function App() {
  const [signedIn, setSignedIn] = useState(true);
  const [registration, setRegistration] = useState('');
  const [log, setLog] = useState<readonly string[]>([]);
  const line = useRef<SipClientElement>(null);
  const note = (text: string) => setLog((lines) => [...lines, text]);
  const call = () => line.current?.call(peer, {media: 'audio'}).catch((error: SipError) => note(error.code));
  const phone = (
    <>
      <SipCallComponent>
        <SipDurationComponent of="call" labelled />
      </SipCallComponent>
      <div className="actions">
        <button id="call" onClick={call}>
          Call {peer}
        </button>
      </div>
      <SipDialerComponent number={peer} />
    </>
  );
  return (
    <>
      <nav>
        <Link to="/">Phone</Link>
        <Link to="/history">History</Link>
        <button id="sign" onClick={() => setSignedIn(!signedIn)}>
          {signedIn ? 'Sign out' : 'Sign in'}
        </button>
        <output id="registration">{registration}</output>
      </nav>
      {signedIn && (
        <SipClientComponent
          ref={line}
          server={server}
          user={user}
          password="1234"
          autoconnect
          onSipRegistration={({detail}) => setRegistration(typed(detail.state))}
          onSipCallReceived={({detail}) => note(`received ${typed(detail.call.remote.number)}`)}
          onSipCallAnswered={() => note('answered')}
          onSipCallHangup={({detail}) => note(`ended ${typed(detail.cause.code)}`)}
          onSipError={({detail}) => note(typed(detail.error.code))}
        >
          <SipIncomingComponent />
          <Routes>
            <Route path="/" element={phone} />
            <Route path="/history" element={<SipHistoryComponent />} />
          </Routes>
        </SipClientComponent>
      )}
      <ol id="log">
        {log.map((text, index) => (
          <li key={index}>{text}</li>
        ))}
      </ol>
    </>
  );
}
